"""The few cells around a finding, as they stand in the file, without what is nobody's business.

Only columns that were taken for a field are shown, persons masked in them; what else stands in a row of data
is hidden, for it may be anybody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.publish.annotated.place import Area, area
from assets.readers import private
from assets.readers.copying import TableRead
from assets.readers.grid import Grid

HIDDEN = "•••"
_ROWS, _COLUMNS, _LONGEST = 1, 2, 60  # shown above and below, left and right, letters of a cell
# Answers are shown; who gave them is not, not even as age and work.
_NOT_SHOWN = frozenset("jk usia pendidikan pekerjaan tanggal".split())
_ANSWER = re.compile(r"u[1-9](?:_\w+)?")


@dataclass(frozen=True)
class Piece:
    """One cell of an excerpt."""

    teks: str
    bertanda: bool
    tertutup: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A small grid: names of its columns, what they were taken for, and rows with their numbers."""

    kolom: list[str]
    kepala: list[str]
    baris: list[tuple[int, list[Piece]]]


def excerpt(grid: Grid, sel: str | None, tables: Iterable[TableRead]) -> Excerpt | None:
    """The cells around an address, or None where it names no cell of the sheet.

    Args:
        grid: the sheet.
        sel: the address, as findings name it.
        tables: what was recognised on it.
    """
    marked = place(grid, sel)
    if marked is None:
        return None
    own = [t for t in tables if t.lembar == grid.lembar]
    first_row, first_column = marked.baris - grid.baris_awal, marked.kolom - 1
    rows = range(max(first_row - _ROWS, 0), min(first_row + _ROWS + 1, len(grid.teks)))
    width = len(grid.teks[0]) if grid.teks else 0
    start = max(min(first_column - _COLUMNS, width - 2 * _COLUMNS - 1), 0)
    columns = range(start, min(start + 2 * _COLUMNS + 1, width))
    if not rows or not columns:
        return None
    table = _table_at(own, grid.baris_awal + first_row)
    return Excerpt(
        [grid.kolom(c) for c in columns],
        [_head(table, grid.kolom(c)) for c in columns],
        [(grid.baris_awal + r, [_piece(grid, r, c, own, marked) for c in columns]) for r in rows],
    )


def place(grid: Grid, sel: str | None) -> Area | None:
    """Where an address lies on a sheet or page; rows and columns as the grid counts them, columns from 1."""
    found = area(sel)
    if found is not None and not grid.kolom_nama:
        return found
    if grid.kolom_nama:
        name, _, number = (sel or "").split(":")[0].rpartition("#")
        if name in grid.kolom_nama and number.isdigit():
            at = grid.kolom_nama.index(name) + 1
            return Area(int(number), at, int(number), at)
    head, word, tail = (sel or "").partition("baris ")
    first, _, last = tail.partition("-")
    if head and word and first.isdigit():
        return area(f"{first}:{last if last.isdigit() else first}")
    return None


def _table_at(tables: Sequence[TableRead], baris: int) -> TableRead | None:
    """The table in which a row lies, or whose header it is: the nearest that has not ended above it."""
    return min((t for t in tables if t.baris_akhir >= baris), key=lambda t: t.baris_akhir, default=None)


def _head(table: TableRead | None, kolom: str) -> str:
    found = (c["kepala"] for c in table.kolom if c["kolom"] == kolom) if table else ()
    return next((k for k in found if k), "")


def _piece(grid: Grid, r: int, c: int, tables: Sequence[TableRead], marked: Area) -> Piece:
    baris, text = grid.baris_awal + r, grid.teks[r][c].strip()
    here = marked.holds(baris, c + 1)
    table = _table_at(tables, baris)
    in_data = table is not None and table.baris_awal <= baris
    kolom = grid.kolom(c)
    if table is not None and in_data:
        taken = {str(x["kolom"]): str(x["field"]).partition("@")[0] for x in table.kolom}
        if text and (kolom not in taken or taken[kolom] in _NOT_SHOWN):
            return Piece(HIDDEN, here, True)
        shape = "jawaban" if _ANSWER.fullmatch(taken.get(kolom, "")) else "teks"
        return Piece(_short(private.kept(text, shape)), here)
    if table is None and text and not here:
        return Piece(HIDDEN, here, True)
    return Piece(_short(private.title(text, 2 * _LONGEST)), here)


def _short(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= _LONGEST else tidy[: _LONGEST - 1] + "…"
