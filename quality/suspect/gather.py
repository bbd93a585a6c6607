"""Facts and relations of each unit and period, from the clean tables of budget and realisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from quality.suspect.relations import Fact, Percent, Relation, Sum
from quality.suspect.search import Web
from warehouse import contracts
from warehouse.trail import Cell

Row = Mapping[str, Any]
_CENT, _RUPIAH = Decimal("0.01"), Decimal(1)
_AMOUNTS = ("pagu", "realisasi")
_PERCENT = "persen_tercetak"
Key = tuple[str, str]


def webs(tables: Mapping[str, pa.Table], wanted: Iterable[Key]) -> dict[Key, Web]:
    """The web of each wanted (kode_unit, periode); what has no table gives an empty one.

    Args:
        tables: clean tables by name; absent ones count as empty.
        wanted: units and periods to look at.
    """
    by_key = {key: _Gathered() for key in wanted}
    for name, add in (
        ("clean_realisasi_rekening", _Gathered.accounts),
        ("clean_realisasi_program", _Gathered.programmes),
        ("clean_dpa", _Gathered.budget),
        ("clean_pk_anggaran", _Gathered.agreement),
    ):
        for key, rows in _by_key(tables.get(name), by_key):
            add(by_key[key], rows)
    return {key: found.web() for key, found in by_key.items()}


def _by_key(table: pa.Table | None, wanted: Mapping[Key, object]) -> Iterator[tuple[Key, list[Row]]]:
    """Rows by unit and period; a yearly table (DPA, PK) stands for the year and for its last quarter."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in contracts.as_rows(table) if table is not None else ():
        periode = row.get("periode")
        periods = (periode,) if periode else (str(row["tahun"]), f"{row['tahun']}-TW4")
        for each in periods:
            if (row["kode_unit"], each) in wanted:
                found[row["kode_unit"], each].append(row)
    yield from found.items()


class _Gathered:
    def __init__(self) -> None:
        self._facts: dict[Cell, Fact] = {}
        self._relations: list[Relation] = []
        # Amounts by what they are: (kind, code, column) -> cells that say it.
        self._same: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
        # Programmes of a table that prints no total, by column.
        self._untotalled: dict[str, list[Cell]] = {}

    def web(self) -> Web:
        """What was gathered, with the equalities between tables."""
        for column, parts in self._untotalled.items():
            for whole in self._same.get(("rekening", "5", column), ())[:1]:
                unit = self._unit((whole, *parts))
                self._relations.append(Sum(whole, tuple(parts), unit * len(parts)))
        for cells in self._same.values():
            first, *others = cells
            unit = self._unit(cells)
            self._relations += [Sum(first, (other,), unit) for other in others]
        return Web(self._facts.values(), self._relations)

    def accounts(self, rows: Sequence[Row]) -> None:
        """The account tree of the LRA: every level is the sum of the one below."""
        coded = [r for r in rows if not r["kode"].startswith("JUMLAH")]
        self._table(coded, "rekening", _AMOUNTS, _ancestor({r["kode"] for r in coded}))

    def programmes(self, rows: Sequence[Row]) -> None:
        """The programme tree with its total, which is account 5 of the LRA."""
        codes = {r["kode"] for r in rows}
        above = _ancestor(codes - {"TOTAL"})
        parents = {r["kode"]: above(r["kode"]) or ("TOTAL" if "TOTAL" in codes else None) for r in rows}
        parents |= {
            r["kode"]: r["kode_induk"]
            for r in rows
            if r["kode"].startswith("nama:") and r["kode_induk"] in codes
        }
        parents.pop("TOTAL", None)
        self._table(rows, "program", _AMOUNTS, parents.get)
        top = [r for r in rows if r["tingkat"] == "program"]
        for column in () if "TOTAL" in codes else _AMOUNTS:
            if top and all(r[column] is not None for r in top):
                self._untotalled[column] = [Cell.of(r, column) for r in top]

    def budget(self, rows: Sequence[Row]) -> None:
        """The DPA in its last stage."""
        last = max(("murni", "perubahan").index(r["tahap"]) for r in rows)
        latest = [r for r in rows if r["tahap"] == ("murni", "perubahan")[last]]
        for kind in ("rekening", "program"):
            mine = [r for r in latest if r["pohon"] == kind]
            self._table(mine, kind, ("pagu",), _ancestor({r["kode"] for r in mine}))

    def agreement(self, rows: Sequence[Row]) -> None:
        """Programme budgets of the latest Perjanjian Kinerja."""
        last = max(r["dokumen"] for r in rows)
        latest = {r["kode"]: r for r in rows if r["dokumen"] == last}
        above = {kode: "TOTAL" for kode in latest if kode != "TOTAL"}
        self._table(list(latest.values()), "program", ("pagu",), above.get)

    def _table(
        self,
        rows: Sequence[Row],
        kind: str,
        columns: Sequence[str],
        parent: Callable[[str], str | None],
    ) -> None:
        for column in columns:
            cells = {r["kode"]: Cell.of(r, column) for r in rows if r[column] is not None}
            for row in rows:
                if row["kode"] in cells:
                    self._add(row, kind, column, cells[row["kode"]])
            self._sums(rows, cells, parent)
        if tuple(columns) == _AMOUNTS:
            self._percents(rows)

    def _add(self, row: Row, kind: str, column: str, cell: Cell) -> None:
        kode = "5" if row["kode"] == "TOTAL" else row["kode"]
        name = row.get("uraian") or row["kode"]
        self._facts[cell] = Fact(cell, name, row["kode"], column, row[column])
        self._same["rekening" if kode == "5" else kind, kode, column].append(cell)

    def _sums(
        self, rows: Sequence[Row], cells: Mapping[str, Cell], parent: Callable[[str], str | None]
    ) -> None:
        children: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            above = parent(row["kode"])
            if above is not None:
                children[above].append(row["kode"])
        for above, below in children.items():
            # A sum over an unknown addend is not judged.
            if above in cells and all(kode in cells for kode in below):
                parts = tuple(cells[kode] for kode in below)
                self._relations.append(
                    Sum(cells[above], parts, self._unit((cells[above], *parts)) * len(parts))
                )

    def _percents(self, rows: Sequence[Row]) -> None:
        printed = [r for r in rows if r.get(_PERCENT) is not None]
        places = max((_places(r[_PERCENT]) for r in printed), default=0)
        for row in printed:
            if row["pagu"] is None or row["realisasi"] is None:
                continue
            cell = Cell.of(row, "persen")
            self._facts[cell] = Fact(
                cell, row.get("uraian") or row["kode"], row["kode"], "persen", row[_PERCENT]
            )
            part, whole = Cell.of(row, "realisasi"), Cell.of(row, "pagu")
            self._relations.append(Percent(cell, part, whole, places))

    def _unit(self, cells: Iterable[Cell]) -> Decimal:
        """The coarser printed unit: whole rupiah where any of the sheets prints no cents."""
        cents: dict[tuple[str, str, int], bool] = defaultdict(bool)
        for cell in cells:
            cents[cell.berkas_id, cell.lembar, cell.tabel_ke] |= self._facts[cell].nilai % 1 != 0
        return _CENT if all(cents.values()) else _RUPIAH


def _ancestor(codes: set[str]) -> Callable[[str], str | None]:
    """The nearest printed code above a code."""

    def above(kode: str) -> str | None:
        parts = kode.split(".")
        for n in range(len(parts) - 1, 0, -1):
            if (found := ".".join(parts[:n])) in codes:
                return found
        return None

    return above


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
