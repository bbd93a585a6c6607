"""May this figure go out? A ``tahan`` finding withholds every figure that rests on it, and no other.

The way back that the marts wrote is walked upward: from the cells and figures that findings name to
whatever was made of them. Where that reaches a figure its table is there for (``Table.main``), the row is
withheld: its figures are empty (``ditahan``), or those of the last publish (``basi``). Where it reaches only
side figures, those alone are empty and the row says so; the rest of it goes out. Ranks are then told among
what goes out.
One look-up a step and a finding; nothing here compares everything with everything.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from quality.address import Addresses
from quality.finding import Finding
from quality.findings import identity, must_stop, sentence, waived
from quality.origin import same
from quality.ranks import without_withheld
from quality.rule import RuleBook
from warehouse import contracts
from warehouse.trail import Cell, Figure, Step

WHOLE_ROW = "*"  # every figure of a row, with what rests on them
ROW_ALONE = "."  # the row, but nothing that rests on it
_TOLD = 3  # reasons spelled out in one ``alasan``


class RunStopped(RuntimeError):
    """A ``henti`` finding: nothing may be published, the old warehouse stays. The message is Indonesian."""


@dataclass(frozen=True)
class Withheld:
    """One row that does not go out as computed.

    ``temuan`` are the findings that reached it first (``findings.identity``); none where its mart held it.
    """

    tabel: str
    kunci: str
    status_terbit: str
    alasan: str
    temuan: tuple[str, ...] = ()


def stop_if_meaningless(findings: Iterable[Finding], book: RuleBook) -> None:
    """Stop before publishing where a finding makes all else meaningless.

    Raises:
        RunStopped: with what was found and what to do.
    """
    if stops := must_stop(findings, book):
        said = [f"{sentence(f, book)} {sentence(f, book, 'cara')}" for f in stops]
        raise RunStopped("\n".join(dict.fromkeys(said)))


def withhold(
    marts: Mapping[str, pa.Table],
    steps: Iterable[Step],
    findings: Iterable[Finding],
    book: RuleBook,
    previous: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    waivers: Sequence[Mapping[str, Any]] = (),
    addresses: Addresses | None = None,
    berkas_names: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> tuple[dict[str, pa.Table], list[Withheld]]:
    """Withhold what rests on a ``tahan`` finding that is neither corrected nor waived.

    Args:
        marts: computed tables by name.
        steps: the way back of their figures.
        findings: from all stages.
        book: rules by id.
        previous: rows of the last publish by table; a withheld row found there with figures stays, ``basi``.
        waivers: recorded exceptions (``findings.waived``).
        addresses: cell letters; only a waiver that names a cell needs them.
        berkas_names: names of files; only a waiver that names a file needs them.
        today: the day on which waivers are in force.

    Returns:
        The tables that may go out, and the rows withheld in order of table and key.
    """
    marked = waived(findings, book, addresses, berkas_names or {}, waivers, today)
    causes = sorted(
        (f for f in marked if book.akibat(f) == "tahan" and not (f.koreksi_id or f.pengecualian_id)),
        key=lambda f: (f.aturan, f.kode_unit or "", f.periode or "", sentence(f, book)),
    )
    reached = _Trails(steps).reached(causes)
    by_table: dict[str, dict[str, _Reached]] = defaultdict(lambda: defaultdict(dict))
    for figure, cause in reached.items():
        by_table[figure.tabel][figure.kunci][figure.kolom] = cause
    told = [_Cause(f"{f.aturan}: {sentence(f, book)}", identity(f)) for f in causes]
    out: dict[str, pa.Table] = {}
    withheld: list[Withheld] = []
    for name, table in marts.items():
        out[name], rows = _without(
            name, table, by_table.get(name, {}), told, (previous or {}).get(name) or ()
        )
        withheld += rows
    if "banding" in out:
        out["banding"] = without_withheld(out["banding"])
    return out, sorted(withheld, key=lambda w: (w.tabel, w.kunci))


class _Cause(NamedTuple):
    """Why a figure is withheld: the sentence, and the finding that says it."""

    alasan: str
    temuan: str


def _reason(causes: Sequence[_Cause], numbers: Iterable[int]) -> str:
    told = list(dict.fromkeys(causes[n].alasan for n in sorted(set(numbers))))
    more = f" (dan {len(told) - _TOLD} sebab lain)" if len(told) > _TOLD else ""
    return "; ".join(told[:_TOLD]) + more


_Reached = dict[str, int]  # column -> number of the cause that reached it

# --- rows --------------------------------------------------------------------------------------------


def _without(
    name: str,
    table: pa.Table,
    reached: Mapping[str, _Reached],
    causes: Sequence[_Cause],
    previous: Iterable[Mapping[str, Any]],
) -> tuple[pa.Table, list[Withheld]]:
    """The table without what is withheld; rows that a mart withheld itself may be stale, too."""
    if not reached and "ditahan" not in table["status_terbit"].unique().to_pylist():
        return table, []
    contract = contracts.table(name)
    before = {contract.key_of(row): row for row in previous}
    rows, withheld = [], []
    for row in contracts.as_rows(table):
        kunci = contract.key_of(row)
        columns = reached.get(kunci, {})
        alasan = _reason(causes, columns.values()) or row["alasan"] or ""
        if row["status_terbit"] == "ditahan" or _is_held(contract, columns):
            row = _held(contract, row, before.get(kunci), alasan)
        elif columns:
            row = _partly(contract, row, columns, alasan)
        if row["status_terbit"] != "terbit" or columns:
            by = tuple(dict.fromkeys(causes[n].temuan for n in sorted(set(columns.values()))))
            withheld.append(Withheld(name, kunci, row["status_terbit"], row["alasan"], by))
        rows.append(row)
    return contracts.build(name, rows), withheld


def _is_held(contract: contracts.Table, columns: Mapping[str, int]) -> bool:
    return ROW_ALONE in columns or any(c in columns for c in contract.main or contract.figures)


def _partly(
    contract: contracts.Table, row: dict[str, Any], columns: Mapping[str, int], alasan: str
) -> dict[str, Any]:
    empty = [c for c in contract.figures if c in columns]
    said = f"{', '.join(empty)} ditahan: {alasan}"
    told = f"{row['alasan']}; {said}" if row["alasan"] else said
    return {**row, **dict.fromkeys(empty), "alasan": told}


def _held(
    contract: contracts.Table, row: dict[str, Any], before: Mapping[str, Any] | None, alasan: str
) -> dict[str, Any]:
    if before is not None and before.get("status_terbit") != "ditahan":
        last = {c: before.get(c) for c in contract.figures}
        if any(value is not None for value in last.values()):
            made_by = before.get("versi_aturan")
            return {**row, **last, "status_terbit": "basi", "alasan": alasan, "versi_aturan": made_by}
    return {**row, **dict.fromkeys(contract.figures), "status_terbit": "ditahan", "alasan": alasan}


# --- the way up --------------------------------------------------------------------------------------

_Place = tuple[str, str, int]


class _Trails:
    """The way back turned round: which figures rest on a cell, and which on a figure."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._above: dict[Figure, dict[Figure, None]] = defaultdict(dict)
        self._cells: dict[_Place, dict[int, list[tuple[str, Figure]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._ranges: dict[_Place, list[tuple[Cell, Figure]]] = defaultdict(list)
        self._sheets: dict[str, dict[_Place, None]] = defaultdict(dict)
        for step in steps:
            if isinstance(step.source, Figure):
                self._above[step.source][step.figure] = None
            elif isinstance(step.source, Cell):
                self._rests(step.figure, step.source)

    def _rests(self, figure: Figure, cell: Cell) -> None:
        place = (cell.berkas_id, cell.lembar, cell.tabel_ke)
        self._sheets[cell.berkas_id][place] = None
        if cell.sampai_baris is None and cell.sampai_field is None:
            self._cells[place][cell.baris].append((cell.field, figure))
        else:
            self._ranges[place].append((cell, figure))

    def reached(self, causes: Sequence[Finding]) -> dict[Figure, int]:
        """Every figure that rests on a cause, with the first cause that reached it."""
        found: dict[Figure, int] = {}
        waiting: deque[Figure] = deque()
        for number, finding in enumerate(causes):
            for figure in self._seeds(finding):
                if figure not in found:
                    found[figure] = number
                    waiting.append(figure)
        while waiting:
            below = waiting.popleft()
            for figure in self._above.get(below, ()):
                if figure not in found:
                    found[figure] = found[below]
                    waiting.append(figure)
        return found

    def _seeds(self, finding: Finding) -> Iterator[Figure]:
        for figure in finding.figures:
            if figure.kolom in (WHOLE_ROW, ""):
                named = contracts.table(figure.tabel).figures
                yield from (Figure(figure.tabel, figure.kunci, column) for column in named)
            else:
                yield figure
        if finding.cell is not None:
            if finding.holds_cell:
                yield from self._on(finding.cell)
        elif finding.berkas_id and not finding.figures:
            yield from self._on_sheet(finding.berkas_id, finding.lembar)

    def _on_sheet(self, berkas_id: str, lembar: str | None) -> Iterator[Figure]:
        """Everything that rests on a file, or on one of its sheets."""
        for place in self._sheets.get(berkas_id, ()):
            if lembar is None or place[1] == lembar:
                for row in self._cells.get(place, {}).values():
                    yield from (figure for _, figure in row)
                yield from (figure for _, figure in self._ranges.get(place, ()))

    def _on(self, cell: Cell) -> Iterator[Figure]:
        """Everything that rests on a cell, or on a range that shares a cell with it."""
        place = (cell.berkas_id, cell.lembar, cell.tabel_ke)
        rows = self._cells.get(place, {})
        for baris in _rows(cell, rows):
            yield from (figure for field, figure in rows[baris] if _covers(cell, field))
        for wide, figure in self._ranges.get(place, ()):
            if _overlap(cell, wide) and (wide.sampai_field is not None or _covers(cell, wide.field)):
                yield figure


def _rows(cell: Cell, rows: Mapping[int, Any]) -> Iterable[int]:
    """The rows of the cell that anything rests on; row 0 is a header and stands for its whole column."""
    if cell.baris == 0:
        return list(rows)
    last = cell.sampai_baris or cell.baris
    if last - cell.baris < len(rows):
        return [baris for baris in range(cell.baris, last + 1) if baris in rows]
    return [baris for baris in rows if cell.baris <= baris <= last]


def _covers(cell: Cell, field: str) -> bool:
    # The order of columns is not known here: a finding on several columns covers the row.
    return cell.sampai_field is not None or same(cell.field, field)


def _overlap(one: Cell, other: Cell) -> bool:
    if one.baris == 0:
        return True
    return one.baris <= (other.sampai_baris or other.baris) and other.baris <= (one.sampai_baris or one.baris)
