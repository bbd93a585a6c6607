"""National nomenclature: names of programmes, kegiatan and sub kegiatan of a kecamatan, and of accounts.

Only codes that are known for sure are listed (``reference/program.csv``, ``reference/rekening.csv``,
each with its source in ``reference/README.md``); a name that is not, or that two codes share, gives
None and is never guessed (contract 5). What does not belong here: the form of a code (``values/codes.py``).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from warehouse.values.codes import induk_program, nama_baku

REFERENCE = Path(__file__).parent / "reference"


@cache
def nomenclature(table: str) -> Mapping[str, str]:
    """Official names by code of one table, ``program`` or ``rekening``, in the order of the codes."""
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {line["kode"]: line["nama"] for line in csv.DictReader(lines)}


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Codes by normalised name."""
    found: dict[str, list[str]] = defaultdict(list)
    for kode, nama in nomenclature("program").items():
        found[nama_baku(nama)].append(kode)
    return {name: tuple(codes) for name, codes in found.items()}


def nama_program(kode: str) -> str | None:
    """The official name of a canonical programme, kegiatan or sub kegiatan code; None if not listed."""
    return nomenclature("program").get(kode)


def nama_rekening(kode: str) -> str | None:
    """The official name of a canonical account code; None if not listed."""
    return nomenclature("rekening").get(kode)


def find_program(nama: str, induk: str | None = None) -> str | None:
    """The canonical code of an official name; None if it is not listed, or not unique.

    Args:
        nama: As printed; a leading code, "Program", case, spacing and known spellings do not matter.
        induk: Code of the programme or kegiatan it stands under; a name is then looked for at any
            depth below it.

    >>> find_program("PROGRAM KOORDINASI KETENTRAMAN DAN KETERTIBAN UMUM")
    '7.01.04'
    """
    found = [k for k in _codes().get(nama_baku(nama), ()) if induk is None or _below(k, induk)]
    return found[0] if len(found) == 1 else None


def _below(kode: str, induk: str) -> bool:
    above = induk_program(kode)
    while above is not None and above != induk:
        above = induk_program(above)
    return above == induk
