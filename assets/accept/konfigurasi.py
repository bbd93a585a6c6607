"""YAML that officers send: a unit's configuration, recorded corrections, waivers. Checked, then put in force.

They go to ``HOME/raw/konfigurasi/``: ``<kode>.yaml`` replaces the unit's former one; corrections and waivers
are merged by ``id``, so that two offices can each send their own. What a choice means is
``warehouse/choices.py``.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assets.accept import usulan
from assets.accept.edited import UsulanSalah
from assets.accept.stored import put
from quality.findings import WAIVER_PLACES
from quality.rule import RuleBook
from warehouse import open_terms
from warehouse.choices import Choices
from warehouse.open_terms import TermsInvalid

ENDINGS = (".yaml", ".yml")
CORRECTIONS, WAIVERS = "corrections.yaml", "pengecualian.yaml"
_CORRECTION_NEEDS = ("id", "tabel", "di", "kode_unit", "kolom", "tercetak", "pakai", "alasan", "oleh")
_WAIVER_NEEDS = ("id", "aturan", "di", "alasan", "pemilik", "berlaku_sampai")
_LONGEST = 1_000_000


class KonfigurasiSalah(ValueError):
    """A configuration cannot be used; the message is Indonesian, for the officer; ``aturan`` tells of it."""

    aturan = "konfigurasi_salah"


class UsulanDitolak(KonfigurasiSalah):
    """A proposal how to read a table is not confirmed, or contradicts itself."""

    aturan = "usulan_salah"


def take(home: Path, path: Path) -> str:
    """Check one YAML file and put it in force.

    Returns:
        What it was taken as, for the message.

    Raises:
        KonfigurasiSalah: no YAML, or something in it that cannot be used.
    """
    said = _parsed(path)
    folder = home / "raw" / "konfigurasi"
    if isinstance(said, Mapping) and usulan.KUNCI in said:
        try:
            return usulan.take(home, path.read_text(encoding="utf-8"))
        except UsulanSalah as wrong:
            raise UsulanDitolak(str(wrong)) from wrong
    if isinstance(said, Mapping) and open_terms.KEY in said:
        try:
            open_terms.parse(said)
        except TermsInvalid as wrong:
            raise KonfigurasiSalah(str(wrong)) from wrong
        put(folder / open_terms.FILE, path.read_bytes())
        return "ketentuan data terbuka"
    if isinstance(said, Mapping):
        return _unit(folder, path, said)
    if isinstance(said, list) and said:
        kind, needs = (CORRECTIONS, _CORRECTION_NEEDS) if _corrects(said) else (WAIVERS, _WAIVER_NEEDS)
        places = _Places.of(path)
        _check_list(said, needs, places)
        if kind == WAIVERS:
            _check_waivers(home, said, places)
        merged, added = _merged(folder / kind, said)
        put(folder / kind, path.read_bytes() if merged is None else _dump(merged))
        word = "koreksi" if kind == CORRECTIONS else "pengecualian"
        return f"{len(said)} {word} ({added} baru)"
    raise KonfigurasiSalah("bukan konfigurasi unit (kunci: nilai) dan bukan daftar koreksi atau pengecualian")


def take_out(home: Path, berkas_id: str) -> bool:
    """Take a configuration out of force, if exactly these bytes are in force."""
    for path in (home / "raw" / "konfigurasi").glob("*.yaml"):
        if hashlib.sha256(path.read_bytes()).hexdigest() == berkas_id:
            path.unlink()
            return True
    return False


def _parsed(path: Path) -> Any:
    if path.stat().st_size > _LONGEST:
        raise KonfigurasiSalah("terlalu besar untuk konfigurasi")
    try:
        text = path.read_text(encoding="utf-8")
        if "&" in text or "*" in text:
            _no_aliases(text)
        return yaml.safe_load(text)
    except UnicodeDecodeError as wrong:
        raise KonfigurasiSalah("bukan teks UTF-8") from wrong
    except yaml.YAMLError as wrong:
        raise KonfigurasiSalah(f"bukan YAML yang sah{_where(wrong)}") from wrong
    except RecursionError as wrong:
        raise KonfigurasiSalah("bukan YAML yang sah: kurungnya bertingkat terlalu dalam") from wrong
    except KonfigurasiSalah:
        raise
    except ValueError as wrong:  # 2025-02-30, a number of thousands of digits
        raise KonfigurasiSalah("memuat tanggal atau angka yang tidak mungkin, misalnya 2025-02-30") from wrong


def _where(wrong: yaml.YAMLError) -> str:
    mark = wrong.problem_mark if isinstance(wrong, yaml.MarkedYAMLError) else None
    return f" di baris {mark.line + 1}, kolom {mark.column + 1}" if mark else ""


def _no_aliases(text: str) -> None:
    """Anchors multiply: a small file can unfold to gigabytes."""
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
        raise KonfigurasiSalah("memuat rujukan YAML (*nama), yang tidak dipakai dalam konfigurasi")


def _unit(folder: Path, path: Path, said: Mapping[str, Any]) -> str:
    kode = str(said.get("kode_unit") or path.stem)
    problems = Choices.load().problems(kode, said)
    if problems:
        raise KonfigurasiSalah("; ".join(str(p) for p in problems))
    put(folder / f"{kode}.yaml", path.read_bytes())
    chosen = said.get("pilihan") or {}
    listed = ", ".join(f"{k} {v}" for k, v in chosen.items())
    return f"konfigurasi unit {kode}" + (f" ({listed})" if listed else "")


def _corrects(said: Sequence[Any]) -> bool:
    return any(isinstance(item, Mapping) and ("pakai" in item or "tercetak" in item) for item in said)


@dataclass(frozen=True)
class _Places:
    """Where each entry of a list begins, and where each of its keys stands: lines of the file, from 1."""

    items: Sequence[tuple[int, Mapping[str, int]]]

    @classmethod
    def of(cls, path: Path) -> _Places:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        found: list[tuple[int, Mapping[str, int]]] = []
        for node in root.value if isinstance(root, yaml.SequenceNode) else ():
            pairs = node.value if isinstance(node, yaml.MappingNode) else ()
            found.append((_line(node), {str(key.value): _line(key) for key, _ in pairs}))
        return cls(found)

    def at(self, number: int, key: str | None = None) -> str:
        """``baris 7``: where the key of an entry stands, else where the entry begins."""
        first, keys = self.items[number - 1]
        return f"baris {keys.get(key or '', first)}"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _check_list(said: Sequence[Any], needs: Sequence[str], places: _Places) -> None:
    seen: dict[str, str] = {}
    for number, item in enumerate(said, 1):
        where = places.at(number)
        if not isinstance(item, Mapping):
            raise KonfigurasiSalah(f"{where}: butir ke-{number} bukan baris-baris kunci: nilai")
        name = str(item.get("id") or f"ke-{number}")
        missing = [k for k in needs if item.get(k) in (None, "", {})]
        if missing:
            raise KonfigurasiSalah(f"{where}: butir {name} belum memuat {', '.join(missing)}")
        if not isinstance(item["di"], Mapping):
            raise KonfigurasiSalah(f'{places.at(number, "di")}: butir {name}: "di" seharusnya kunci: nilai')
        if not isinstance(item["id"], str | int):
            raise KonfigurasiSalah(f"{where}: butir ke-{number}: id seharusnya satu kata, bukan daftar")
        if name in seen:
            raise KonfigurasiSalah(f"{where}: butir {name} tertulis dua kali, juga pada {seen[name]}")
        seen[name] = where


def _check_waivers(home: Path, said: Sequence[Mapping[str, Any]], places: _Places) -> None:
    """What only the rule book knows: the rule, the places it may be narrowed to, a date."""
    own = home / "quality" / "rules"
    book = RuleBook.load(own if own.is_dir() else None)
    for number, item in enumerate(said, 1):
        name = item["id"]
        if str(item["aturan"]) not in book:
            near = difflib.get_close_matches(str(item["aturan"]), [rule.id for rule in book], 1)
            hint = f"; mungkin {near[0]}" if near else ""
            raise KonfigurasiSalah(
                f"{places.at(number, 'aturan')}: butir {name}: aturan {item['aturan']} tidak ada{hint}"
            )
        if strange := sorted(set(map(str, item["di"])) - WAIVER_PLACES):
            raise KonfigurasiSalah(
                f"{places.at(number, 'di')}: butir {name}: di tidak mengenal {', '.join(strange)};"
                f" yang ada: {', '.join(sorted(WAIVER_PLACES))}"
            )
        if strange := sorted(set(map(str, item)) - set(_WAIVER_NEEDS)):
            raise KonfigurasiSalah(
                f"{places.at(number, strange[0])}: butir {name}: {', '.join(strange)} tidak dikenal"
            )
        if not isinstance(item["berlaku_sampai"], dt.date):
            raise KonfigurasiSalah(
                f"{places.at(number, 'berlaku_sampai')}: butir {name}: berlaku_sampai"
                f" {item['berlaku_sampai']} bukan tanggal (tulis 2026-12-31, tanpa tanda petik)"
            )


def _merged(path: Path, said: Sequence[Mapping[str, Any]]) -> tuple[list[Any] | None, int]:
    """The former list with new entries in place of those of the same id; None where nothing else stood."""
    former = (_parsed(path) or []) if path.exists() else []
    if not isinstance(former, list) or not all(isinstance(item, Mapping) and "id" in item for item in former):
        raise KonfigurasiSalah(
            f"raw/konfigurasi/{path.name} yang sudah ada tidak terbaca; perbaiki itu dahulu"
        )
    fresh = {item["id"]: item for item in said}
    known = {item["id"] for item in former}
    added = len(fresh.keys() - known)
    if known <= fresh.keys():
        return None, added
    kept = [fresh.pop(item["id"], item) for item in former]
    return [*kept, *fresh.values()], added


def _dump(items: Sequence[Any]) -> bytes:
    return yaml.safe_dump(items, allow_unicode=True, sort_keys=False, width=110).encode("utf-8")
