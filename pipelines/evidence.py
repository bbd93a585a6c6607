"""``lumbung evidence`` and ``lumbung verify``: a pack that an auditor can prove years later, offline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.publish.evidence import container, parts
from assets.readers.standing import sha256
from pipelines.knowledge import CORRECTIONS, WAIVERS
from pipelines.settings import Settings
from warehouse import contracts

MADE = "bukti.jsonl"


class CannotProve(LookupError):
    """There is nothing to make a pack of, or nothing to verify. The message is Indonesian."""


@dataclass(frozen=True)
class Pack:
    """A pack as made: its seal and how many parts."""

    segel: str
    bagian: int


def make(found: Settings, unit: str, periode: str, to: Path) -> Pack:
    """Write the pack of one unit and period, and note its seal in the history of the home.

    Raises:
        CannotProve: nothing is published for them.
    """
    if not found.published.exists():
        raise CannotProve(f"belum ada terbitan: {found.published} tidak ada. Jalankan: lumbung run")
    names = (f"{unit[:4]}.yaml", f"{unit}.yaml", CORRECTIONS, WAIVERS)
    kept = {f"konfigurasi/{n}": found.konfigurasi / n for n in names if (found.konfigurasi / n).is_file()}
    try:
        with duckdb.connect(str(found.published), read_only=True) as con:
            said, about = parts.gather(con, unit, periode, kept)
    except parts.NothingToProve as nothing:
        raise CannotProve(str(nothing)) from nothing
    content, segel = container.seal(said, about)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(content)
    _note(found, {"segel": segel, "kode_unit": unit, "periode": periode, "jalan_id": about["jalan_id"]})
    return Pack(segel, len(said))


def _note(found: Settings, line: dict[str, object]) -> None:
    found.riwayat.mkdir(parents=True, exist_ok=True)
    with (found.riwayat / MADE).open("a", encoding="utf-8") as opened:
        opened.write(json.dumps({"dibuat": contracts.utc_now().isoformat(), **line}, sort_keys=True) + "\n")


@dataclass(frozen=True)
class Inputs:
    """Input files held against the pack: how many it names, which of them a folder lacks, by name."""

    semua: int
    tidak_ada: tuple[str, ...]


def inputs(pack: Path, folder: Path) -> Inputs:
    """Whether a folder holds, under any name, every input file that the pack names.

    Raises:
        CannotProve: the pack does not say which files it rests on.
    """
    try:
        listed = json.loads(container.content(pack, "1-berkas.json"))
    except (KeyError, ValueError) as wrong:
        raise CannotProve(f"{pack}: daftar berkas masukan tidak terbaca") from wrong
    have = {sha256(p) for p in _files(folder)}
    return Inputs(len(listed), tuple(each["nama"] for each in listed if each["berkas_id"] not in have))


def _files(folder: Path) -> Iterator[Path]:
    yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
