"""The villages of a kecamatan, one after the other: scores by dimension, status, what lifts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assets.publish.site.material import Bahan, Row
from warehouse.formulas import village

# The parts of each measure, and the scale of one part.
_IDM = ("iks", "ike", "ikl")


@dataclass(frozen=True)
class Bagian:
    """One part of a village's score: its column, the highest it can be, and the room above it."""

    kolom: str
    tertinggi: Decimal
    ruang: Decimal | None
    persen: Decimal | None


@dataclass(frozen=True)
class TahunDesa:
    """A village in a year: its row, its parts with those that have most room first in ``angkat``."""

    baris: Row
    bagian: list[Bagian]
    angkat: list[Bagian]


@dataclass(frozen=True)
class Desa:
    """A village, its latest year first."""

    kode: str
    nama: str
    tahun: list[TahunDesa]


def desa_desa(bahan: Bahan, unit: str) -> list[Desa]:
    """The villages of a unit by name."""
    found: dict[str, list[Row]] = {}
    for row in bahan.of("status_desa", unit):
        found.setdefault(row["kode_desa"], []).append(row)
    made = [Desa(code, str(rows[0]["desa"]), _years(rows)) for code, rows in found.items()]
    return sorted(made, key=lambda d: d.nama)


def _years(rows: Sequence[Row]) -> list[TahunDesa]:
    return [_year(r) for r in sorted(rows, key=lambda r: (r["tahun"], r["metode"]), reverse=True)]


def _year(row: Row) -> TahunDesa:
    highest: dict[str, Decimal] = (
        dict.fromkeys(_IDM, Decimal(1))
        if row["metode"] == "IDM"
        else {name: Decimal(most) for name, most in village.dimension_maxima().items()}
    )
    parts = [_part(row, name, most) for name, most in highest.items()]
    room = [p for p in parts if p.ruang]
    return TahunDesa(row, parts, sorted(room, key=lambda p: -(p.ruang or 0)) if _may_rise(row) else [])


def _may_rise(row: Row) -> bool:
    return row["jarak_naik"] is not None


def _part(row: Row, name: str, most: Decimal) -> Bagian:
    value = row[name]
    if value is None:
        return Bagian(name, most, None, None)
    return Bagian(name, most, most - value, value / most * 100)
