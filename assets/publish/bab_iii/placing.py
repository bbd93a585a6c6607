"""Where the cells of a table stand once spans are laid out: a cell covered by another is not listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.publish.bab_iii.blocks import Sel


@dataclass(frozen=True)
class Placed:
    """A cell with the row and column of its upper left corner, both from 0."""

    row: int
    column: int
    cell: Sel


class DoesNotFit(ValueError):
    """Cells and spans of a table leave a gap, or stand outside its columns."""


def place(rows: Sequence[Sequence[Sel]], columns: int) -> list[Placed]:
    """Every cell with its place, row by row.

    Args:
        rows: the cells of each row; those under a span of another are left out.
        columns: how many columns the table has.

    Raises:
        DoesNotFit: a row does not fill its columns exactly, or a span ends below the last row.
    """
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(row, column, cell))
            taken |= {(row + r, column + c) for r in range(cell.baris) for c in range(cell.kolom)}
            column += cell.kolom
    wanted = {(row, column) for row in range(len(rows)) for column in range(columns)}
    if taken != wanted:
        row, column = min(taken ^ wanted)
        raise DoesNotFit(f"row {row + 1}, column {column + 1}: cells do not fill {columns} columns exactly")
    return placed
