"""What all pages are made from: the published tables by unit, names, and what the validation report tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa

from assets.publish.validation.facts import OPEN, Facts
from assets.publish.validation.figures import YEAR
from quality.rule import RuleBook
from warehouse import contracts
from warehouse.indicators import Catalogue

Row = dict[str, Any]
_WORD = "kecamatan "


@dataclass(frozen=True)
class Pengetahuan:
    """What is known besides the tables: indicators, rules, names of units, kabupaten, provinces by code."""

    katalog: Catalogue
    aturan: RuleBook
    nama: Mapping[str, str]


@dataclass(frozen=True)
class Bahan:
    """The material of the site.

    Attributes:
        tabel: rows of every published figure table by its name.
        told: the facts of the validation report: findings with their state, files, what is withheld.
        tahu: what is known besides.
        berkas_terbit: size of each open data file by its way from the folder that the site lies in.
        survei_kecil: (unit, period) of surveys whose figures are not shown to everybody.
    """

    tabel: Mapping[str, list[Row]]
    told: Facts
    tahu: Pengetahuan
    berkas_terbit: Mapping[str, int] = field(default_factory=dict)
    survei_kecil: frozenset[tuple[str, str]] = frozenset()

    @property
    def nama(self) -> Mapping[str, str]:
        """Names of units, kabupaten and provinces by code."""
        return self.tahu.nama

    @property
    def katalog(self) -> Catalogue:
        """The indicators."""
        return self.tahu.katalog

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for name, rows in self.tabel.items():
            for row in rows:
                if row.get("kode_unit"):
                    found[name, row["kode_unit"]].append(row)
        return found

    def of(self, table: str, unit: str) -> Sequence[Row]:
        """Rows of a table that are of a unit."""
        return self._by_unit.get((table, unit), ())

    @cached_property
    def temuan(self) -> Mapping[str, list[Row]]:
        """Findings by unit, the gravest first; those of no unit under ''."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in contracts.as_rows(self.told.temuan):
            found[row["kode_unit"] or ""].append(row)
        return found

    @cached_property
    def berkas(self) -> Mapping[str, list[Row]]:
        """Received files by the unit they are of; those of no single unit under ''."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.told.berkas:
            found[row["kode_unit"] or ""].append(row)
        return found

    @cached_property
    def keadaan(self) -> Mapping[tuple[str, str], Row]:
        """What each unit's year came to (``Facts.unit``), by unit and year."""
        return {(r["kode_unit"], r["tahun"]): r for r in self.told.unit}

    @cached_property
    def melapor(self) -> list[str]:
        """Units that report themselves, by code."""
        return sorted({r["kode_unit"] for r in self.told.unit if r["utama"]})

    @cached_property
    def pembanding(self) -> list[str]:
        """Units that only stand in data about many: they owe nothing here."""
        return sorted({r["kode_unit"] for r in self.told.unit if r["kode_unit"]} - set(self.melapor))

    @cached_property
    def berdesa(self) -> list[str]:
        """Units with villages in the data."""
        return sorted({r["kode_unit"] for r in self.tabel.get("status_desa", ())})

    def nama_unit(self, unit: str) -> str:
        """The name of a unit without the word kecamatan before it, else its code."""
        said = self.nama.get(unit) or unit
        return said[len(_WORD) :] if said.casefold().startswith(_WORD) else said

    def nama_indikator(self, kode: str) -> str:
        """The name of an indicator in the catalogue, else what its code says."""
        known = self.katalog.indicators.get(kode)
        return known.nama if known else kode.partition(":")[2].replace("-", " ").replace("_", " ").strip()


def material(
    tables: Mapping[str, pa.Table],
    told: Facts,
    knows: Pengetahuan,
    open_files: Mapping[str, int],
    small: Iterable[tuple[str, str]] = (),
) -> Bahan:
    """Gather the material; the arguments are the attributes of ``Bahan``, ``tables`` as they may be shown."""
    rows = {name: rows_of(tables, name) for name in contracts.names("mart")}
    return Bahan(rows, told, knows, open_files, frozenset(small))


def rows_of(tables: Mapping[str, pa.Table], name: str) -> list[Row]:
    """The rows of a table, none where it is not published."""
    return contracts.as_rows(tables[name]) if name in tables else []


def tahun(row: Row) -> str:
    """The year a row is of, '' where it has none."""
    return str(next((row[c] for c in YEAR if row.get(c)), ""))[:4]


def setahun(rows: Iterable[Row], year: str) -> list[Row]:
    """The rows that are of the whole year, not of a part of it."""
    return [r for r in rows if str(r.get("periode", r.get("tahun"))) == year]


def terbuka(rows: Iterable[Row]) -> list[Row]:
    """Findings that are neither corrected nor waived."""
    return [r for r in rows if r["keadaan"] in OPEN]
