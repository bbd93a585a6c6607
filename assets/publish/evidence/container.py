"""One zip file whose every byte is proven: parts hashed one by one, chained, and written in one way only.

The parts are stored uncompressed, in order, with fixed times. ``verify`` checks each part against the
manifest, the chain from the first part to the seal, and then writes the file again from what it read: a byte
changed anywhere, also between the parts, is found and the part it belongs to named. Without this program
``sha256sum -c SHA256SUMS`` proves the parts.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST, SUMS = "rantai.json", "SHA256SUMS"
FORM = "lumbung-bukti/1"
_START = hashlib.sha256(FORM.encode()).hexdigest()
_TIME = (1980, 1, 1, 0, 0, 0)
_LARGEST = 1 << 30
_LINK = ("nama", "sha256", "ukuran", "rantai")


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: the part it concerns and why (Indonesian, English)."""

    bagian: str
    sebab: str
    sebab_en: str


@dataclass(frozen=True)
class Proof:
    """What a verification found. ``segel`` is the last hash of the chain as recomputed."""

    segel: str | None
    tentang: Mapping[str, Any]
    bagian: int
    faults: tuple[Fault, ...]


def seal(parts: Mapping[str, bytes], about: Mapping[str, Any]) -> tuple[bytes, str]:
    """The container and its seal.

    Args:
        parts: content by name, in the order of the chain.
        about: plain facts of the pack (unit, period, run); part of the chain.

    Returns:
        The bytes of the file, and the seal: hex SHA-256 that commits to every part, its name and its place.
    """
    links, last = _chain(parts, about)
    manifest = {"bentuk": FORM, "tentang": dict(about), "bagian": links, "segel": last}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    sums = "".join(f"{each['sha256']}  {each['nama']}\n" for each in links).encode()
    return _zip({**parts, SUMS: sums, MANIFEST: text}), last


def _chain(parts: Mapping[str, bytes], about: Mapping[str, Any]) -> tuple[list[dict[str, Any]], str]:
    said = json.dumps(dict(about), ensure_ascii=False, sort_keys=True)
    last = _hash(f"{_START}\n{said}")
    links = []
    for name, content in parts.items():
        digest = hashlib.sha256(content).hexdigest()
        last = _hash(f"{last}\n{name}\n{digest}")
        links.append({"nama": name, "sha256": digest, "ukuran": len(content), "rantai": last})
    return links, last


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def verify(path: Path, expected: str | None = None) -> Proof:
    """Prove a pack from its bytes alone; reads nothing else and writes nothing.

    Args:
        path: the pack.
        expected: the seal as it was told when the pack was made; without it the pack proves only itself.
    """
    size = path.stat().st_size
    if size > _LARGEST:
        return _broken(
            "(wadah)", f"berkas {size} bita, lebih besar dari batas", f"{size} bytes exceed the limit"
        )
    whole = path.read_bytes()
    try:
        parts = _read(whole)
        manifest = json.loads(parts.pop(MANIFEST))
        about = dict(manifest["tentang"])
        links = [{k: each[k] for k in _LINK} for each in manifest["bagian"]]
        listed = [str(each["nama"]) for each in links]
    except _Unreadable as wrong:
        return _broken(wrong.part, *wrong.why)
    except (KeyError, ValueError, TypeError, AttributeError):
        return _broken(MANIFEST, "daftar rantai tidak terbaca", "the manifest is not readable")
    given = {n: parts[n] for n in listed if n in parts}
    faults = [*_parts(links, parts), *_links(links, given, about, manifest.get("segel"))]
    recomputed = _chain(given, about)[1] if len(given) == len(listed) else None
    if not faults:
        faults += _between(whole, seal(given, about)[0])
    if expected and recomputed != expected.strip().lower():
        faults.append(
            Fault("segel", f"segel {recomputed}, yang tercatat {expected}", "not the recorded seal")
        )
    return Proof(recomputed, about, len(links), tuple(faults))


def content(path: Path, name: str) -> bytes:
    """One part of a pack.

    Raises:
        KeyError: the pack has no such part, or cannot be read.
    """
    try:
        return _read(path.read_bytes())[name]
    except _Unreadable as wrong:
        raise KeyError(name) from wrong


class _Unreadable(Exception):
    def __init__(self, part: str, *why: str) -> None:
        super().__init__(part)
        self.part, self.why = part, why


def _read(whole: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            for entry in archive.infolist():
                if entry.compress_type != zipfile.ZIP_STORED or entry.filename in parts:
                    raise _Unreadable(entry.filename, "tidak tersimpan sebagaimana ditulis", "not as written")
                # The content is taken as it lies there: its hash says whether it is right, not the zip's CRC.
                parts[entry.filename] = _stored(whole, entry)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as wrong:
        raise _Unreadable(
            "(wadah)", f"wadah zip rusak: {wrong}", f"the container is broken: {wrong}"
        ) from wrong
    return parts


def _stored(whole: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = entry.header_offset
    name, extra = (int.from_bytes(whole[header + at : header + at + 2], "little") for at in (26, 28))
    begin = header + 30 + name + extra
    content = whole[begin : begin + entry.file_size]
    if len(content) != entry.file_size:
        raise _Unreadable(entry.filename, "isinya terpotong", "its content is cut short")
    return content


def _parts(links: Sequence[Mapping[str, Any]], parts: Mapping[str, bytes]) -> list[Fault]:
    faults = []
    for each in links:
        content = parts.get(each["nama"])
        if content is None:
            faults.append(Fault(each["nama"], "tidak ada di dalam paket", "is not in the pack"))
        elif hashlib.sha256(content).hexdigest() != each["sha256"]:
            faults.append(Fault(each["nama"], "isinya berubah sejak disegel", "changed since it was sealed"))
    known = {each["nama"] for each in links} | {SUMS}
    faults += [
        Fault(n, "tidak tercatat dalam rantai", "is not in the chain") for n in parts if n not in known
    ]
    return faults


def _links(
    links: Sequence[Mapping[str, Any]], given: Mapping[str, bytes], about: Mapping[str, Any], sealed: object
) -> list[Fault]:
    """Each link from what the manifest says of itself: a changed manifest is told from a changed part."""
    said = json.dumps(dict(about), ensure_ascii=False, sort_keys=True)
    last = _hash(f"{_START}\n{said}")
    for each in links:
        last = _hash(f"{last}\n{each['nama']}\n{each['sha256']}")
        if last != each["rantai"]:
            return [
                Fault(MANIFEST, f"rantai putus pada {each['nama']}", f"the chain breaks at {each['nama']}")
            ]
        if each["nama"] in given and each["ukuran"] != len(given[each["nama"]]):
            return [Fault(MANIFEST, f"ukuran {each['nama']} tidak cocok", f"size of {each['nama']} differs")]
    if last != sealed:
        return [Fault(MANIFEST, "segel tidak cocok dengan rantainya", "the seal does not fit the chain")]
    return []


def _between(whole: bytes, again: bytes) -> list[Fault]:
    """A byte that differs from the one way of writing the pack, by the part that it stands in or before."""
    if whole == again:
        return []
    at = next(
        (i for i, (a, b) in enumerate(zip(whole, again, strict=False)) if a != b), min(len(whole), len(again))
    )
    name = "(wadah)"
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        for entry in archive.infolist():
            if (
                entry.header_offset
                <= at
                < entry.header_offset + 30 + len(entry.filename.encode()) + entry.file_size
            ):
                name = entry.filename
    return [Fault(name, f"bita ke-{at + 1} bukan sebagaimana ditulis", f"byte {at + 1} is not as written")]


def _broken(part: str, why: str, why_en: str) -> Proof:
    return Proof(None, {}, 0, (Fault(part, why, why_en),))
