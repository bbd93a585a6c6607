"""YAML that officers send: a unit's configuration, recorded corrections, waivers. Checked, then put in force.

They go to ``HOME/raw/konfigurasi/``: ``<kode>.yaml`` replaces the unit's former one; corrections and waivers
are merged by ``id``, so that two offices can each send their own. What a choice means is
``warehouse/choices.py``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assets.accept import usulan
from assets.accept.edited import UsulanSalah
from warehouse.choices import Choices

ENDINGS = (".yaml", ".yml")
CORRECTIONS, WAIVERS = "corrections.yaml", "pengecualian.yaml"
_CORRECTION_NEEDS = ("id", "tabel", "di", "kolom", "tercetak", "pakai", "alasan", "oleh")
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
    if isinstance(said, Mapping):
        return _unit(folder, path, said)
    if isinstance(said, list) and said:
        kind, needs = (CORRECTIONS, _CORRECTION_NEEDS) if _corrects(said) else (WAIVERS, _WAIVER_NEEDS)
        _check_list(said, needs)
        merged, added = _merged(folder / kind, said)
        _put(folder / kind, path.read_bytes() if merged is None else _dump(merged))
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
    _put(folder / f"{kode}.yaml", path.read_bytes())
    chosen = said.get("pilihan") or {}
    listed = ", ".join(f"{k} {v}" for k, v in chosen.items())
    return f"konfigurasi unit {kode}" + (f" ({listed})" if listed else "")


def _corrects(said: Sequence[Any]) -> bool:
    return any(isinstance(item, Mapping) and ("pakai" in item or "tercetak" in item) for item in said)


def _check_list(said: Sequence[Any], needs: Sequence[str]) -> None:
    seen: set[str] = set()
    for number, item in enumerate(said, 1):
        if not isinstance(item, Mapping):
            raise KonfigurasiSalah(f"butir ke-{number} bukan baris-baris kunci: nilai")
        name = str(item.get("id") or f"ke-{number}")
        missing = [k for k in needs if item.get(k) in (None, "", {})]
        if missing:
            raise KonfigurasiSalah(f"butir {name}: belum memuat {', '.join(missing)}")
        if not isinstance(item["di"], Mapping):
            raise KonfigurasiSalah(f'butir {name}: "di" seharusnya kunci: nilai yang menunjuk barisnya')
        if not isinstance(item["id"], str | int):
            raise KonfigurasiSalah(f"butir ke-{number}: id seharusnya satu kata, bukan daftar")
        if name in seen:
            raise KonfigurasiSalah(f"butir {name} tertulis dua kali")
        seen.add(name)


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


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f"{path.name}.{os.getpid()}.building")
    building.write_bytes(content)
    building.replace(path)
