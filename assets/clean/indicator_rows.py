"""Rows about an indicator: which one of the catalogue it is, and its targets and results as printed.

What does not belong here: the catalogue (``warehouse/indikator.yaml``) and how a value is judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.sift import Row, reason
from warehouse.indicators import Catalogue, Indicator
from warehouse.values.fractions import Printed, is_rasio, parse_target, rasio_jam
from warehouse.values.numbers import Unreadable

_BEHIND = re.compile(r"\((?P<satuan>[^()]{1,20})\)\s*$")
_PERCENT = re.compile(r"%|persen\w*", re.IGNORECASE)
_TOLD_BY_EXTRACT = {"e": "sel_galat", "f": "rumus_tanpa_nilai"}


@dataclass(frozen=True)
class Matched:
    """The indicator of a row and how it was found: ``kunci_rumus``, ``alias`` or ``manual`` (unknown)."""

    indicator: Indicator
    cara: str

    @property
    def kode(self) -> str:
        """The catalogue's code, or ``manual:<slug>``."""
        return self.indicator.kode


class Levels:
    """Whether a row states a tujuan or a sasaran.

    Some plans print both in one column ("Tujuan/Sasaran"): there the first text is the tujuan, and what
    follows are its sasaran.
    """

    def __init__(self, table: pa.Table | None):
        self._first: dict[tuple[str, str, int], str] = {}
        self._apart: frozenset[tuple[str, str, int]] = frozenset()
        if table is not None and "sasaran" in table.column_names:
            apart = table.filter(pc.is_valid(table["sasaran"]))
            columns = (apart[c].to_pylist() for c in ("berkas_id", "lembar", "tabel_ke"))
            self._apart = frozenset(zip(*columns, strict=True))

    def of(self, row: Row) -> str | None:
        """``sasaran`` or ``tujuan``, the nearest the row states; not one carried down past a new tujuan."""
        tujuan = row.printed("tujuan")
        stale = row.filled_down("sasaran") and tujuan and not row.filled_down("tujuan")
        if row.printed("sasaran") and not stale:
            return "sasaran"
        if not tujuan:
            return None
        if row.sheet in self._apart or "sasaran" not in row.judul.casefold():
            return "tujuan"
        return "tujuan" if self._first.setdefault(row.sheet, tujuan) == tujuan else "sasaran"


def match(
    row: Row, nama: str, catalogue: Catalogue, *, tingkat: str | None = None, tell: bool = True
) -> Matched:
    """Find a row's indicator: by its formula key first, then by name; unknown ones are ``manual:<slug>``.

    Args:
        row: the row; its field ``kunci_rumus`` is used.
        nama: the name as printed.
        catalogue: the indicators of the product.
        tingkat: ``tujuan`` or ``sasaran``, where the row states it.
        tell: whether an unknown indicator is a finding here.
    """
    found = catalogue.match(nama, row.printed("kunci_rumus") or None, tingkat)
    if found is not None:
        return Matched(*found)
    if tell:
        row.note("indikator_tidak_dikenal", "indikator" if row.printed("indikator") else None, nama=nama)
    return Matched(catalogue.manual(nama), "manual")


def unit_of(row: Row, nama: str) -> str | None:
    """The printed unit: its own column, else the bracket behind the name (``... (Nilai)``)."""
    said = row.printed("satuan")
    if said:
        return said
    behind = _BEHIND.search(nama)
    return behind["satuan"] if behind else None


def value(row: Row, name: str, satuan: str | None, indicator: Indicator | None = None) -> Printed:
    """A target or result in the indicator's unit: percents as percent numbers, ratios as decimals.

    An unreadable cell is rejected and its value NULL; the text stays. A ratio that a spreadsheet
    turned into a time of day is read as the ratio and told (domain-rules C5).
    """
    said = row.printed(name)
    if row.kind(name) in "ef":
        row.refuse_cell(name, _TOLD_BY_EXTRACT[row.kind(name)], "sel tidak memuat nilai", told=True)
        return Printed(said, None)
    unit = (indicator.satuan if indicator else None) or satuan
    hint = unit if is_rasio(unit) or not satuan else satuan
    try:
        found = parse_target(said, hint, row.kind(name), row.format(name))
    except Unreadable as wrong:
        row.refuse_cell(name, "tidak_terbaca", reason(wrong))
        return Printed(said, None)
    if is_rasio(hint) and rasio_jam(said, row.kind(name)):
        shown = f"{found.pembilang}:{found.penyebut}"
        row.note("rasio_jadi_jam", name, seharusnya=shown, together=True)
    return _in_unit(found, unit)


def _in_unit(found: Printed, unit: str | None) -> Printed:
    """A share printed in the other form: ``7:9`` for a percentage, ``33%`` for a ratio."""
    if found.nilai is None or unit is None:
        return found
    if _PERCENT.match(unit) and found.pembilang is not None and found.penyebut:
        return replace(found, nilai=found.pembilang * 100 / found.penyebut)
    if is_rasio(unit) and found.satuan == "%" and found.pembilang is None:
        return replace(found, nilai=found.nilai.scaleb(-2))
    return found


def shown(found: Printed) -> str | None:
    """The text as printed, None where the cell was blank."""
    return found.teks or None
