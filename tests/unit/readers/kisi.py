"""Sheets made by hand: rows of Python values become a grid as the readers give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assets.readers.grid import Grid
from assets.readers.printed import number_text
from assets.readers.recognise import Recogniser, SheetReading
from assets.readers.rows import PrintedTable
from assets.readers.vocabulary import load


def kisi(
    rows: Sequence[Sequence[Any]],
    *,
    lembar: str = "Lembar1",
    gabung: Sequence[tuple[int, int, int, int]] = (),
    halaman: int | None = None,
) -> Grid:
    """A grid; text is text, numbers are numeric cells, None is blank, ``Galat`` an error."""
    width = max(len(r) for r in rows)
    teks, jenis = [], []
    for row in rows:
        cells = [_cell(v) for v in (*row, *[None] * (width - len(row)))]
        teks.append([t for t, _ in cells])
        jenis.append("".join(k for _, k in cells))
    return Grid(lembar, teks, jenis, [" " * width] * len(rows), list(gabung), halaman=halaman)


class Galat(str):
    """An error cell."""


class Rumus(str):
    """A formula without a value."""


def _cell(value: Any) -> tuple[str, str]:
    if isinstance(value, Galat):
        return str(value), "e"
    if isinstance(value, Rumus):
        return "", "f"
    if value is None or value == "":
        return "", " "
    if isinstance(value, (int, float)):
        return number_text(value), "n"
    return str(value), "t"


def baca(grid: Grid) -> SheetReading:
    """Read with the vocabularies of the program."""
    return Recogniser(load()).sheet(grid)


def satu(grid: Grid) -> PrintedTable:
    """The only table of a sheet."""
    (table,) = baca(grid).tables
    return table


def letak(table: PrintedTable) -> dict[str, int]:
    """Field -> first grid column."""
    return {c.field: c.kolom[0] for c in table.columns}
