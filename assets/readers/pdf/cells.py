"""From the cells and letters of a page to the rows of a table: each letter in the cell that holds its middle.

Rows between which no rule is drawn are parted by their amounts. What does not belong here: finding the rules
(``pdf/rules.py``) and how the lines of one cell become its text (``pdf/text.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assets.readers.pdf.space import Box
from assets.readers.pdf.text import Joiner, Line, lines_of
from assets.readers.pdf.words import Letter

# An amount, a percentage or a dash that fills a line by itself; a code of accounts or programmes.
_AMOUNT = re.compile(
    r"\(?-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?\)?|\(?-?\d{1,3}[.,]\d{1,2}\)?\s*%?|-|\d{1,3}\s*%"
)
_CODE = re.compile(r"\d(?:\.\d{1,5}){1,7}\.?")
# Points by which baselines of one printed row may differ.
_LEVEL = 2.5
# No program keeps text further from its rules, unless it centres it.
_WIDEST_MARGIN = 6.0
# Points of slack: rules are drawn, not computed.
_SLACK = 1.0


@dataclass
class Rows:
    """The rows of one ruled table: texts, boxes (None for what a merged cell covers), merged ranges.

    ``dipisah`` counts rows that no rule parts from the one above; ``ragu`` says that their wrapped lines were
    given to the row above them, which the page does not prove.
    """

    teks: list[list[str]] = field(default_factory=list)
    kotak: list[list[Box | None]] = field(default_factory=list)
    gabung: list[tuple[int, int, int, int]] = field(default_factory=list)
    dipisah: int = 0
    ragu: bool = False


def rows_of(cells: Sequence[Box], letters: Sequence[Letter], joiner: Joiner) -> Rows:
    """The rows of a table.

    Args:
        cells: boxes (x0, top, x1, bottom) of its cells in points, as the rules make them.
        letters: the letters of the page.
        joiner: joins the lines of a cell.
    """
    grid = _Cells(cells)
    inside: dict[Box, list[Letter]] = {}
    for letter in letters:
        cell = grid.at(*letter.middle)
        if cell is not None:
            inside.setdefault(cell, []).append(letter)
    lined = {cell: lines_of(found) for cell, found in inside.items()}
    made, first, margin = Rows(), {}, _margin(lined)
    for number, row in enumerate(grid.rows):
        first[number] = len(made.teks)
        _add(made, row, [lined.get(cell, []) if cell else [] for cell in row], margin, joiner)
    first[len(grid.rows)] = len(made.teks)
    made.gabung = [(first[r0], c0, first[r1 + 1] - 1, c1) for r0, c0, r1, c1 in grid.merged()]
    return made


class _Cells:
    """The cells of a table as rows and columns, and which of them holds a point."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self._cells = cells
        self._xs = sorted({cell[0] for cell in cells})
        self._tops = sorted({cell[1] for cell in cells})
        self.rows: list[list[Box | None]] = [[None] * len(self._xs) for _ in self._tops]
        self._holder: dict[tuple[int, int], Box] = {}
        for cell in cells:
            r, c, last_row, last_column = self._span(cell)
            self.rows[r][c] = cell
            for i in range(r, last_row + 1):
                for j in range(c, last_column + 1):
                    self._holder.setdefault((i, j), cell)

    def _span(self, cell: Box) -> tuple[int, int, int, int]:
        x0, top, x1, bottom = cell
        c, r = self._xs.index(x0), self._tops.index(top)
        last_column = max(c, sum(1 for x in self._xs if x < x1 - _SLACK) - 1)
        last_row = max(r, sum(1 for y in self._tops if y < bottom - _SLACK) - 1)
        return r, c, last_row, last_column

    def at(self, x: float, y: float) -> Box | None:
        """The cell that holds a point."""
        place = (bisect_right(self._tops, y) - 1, bisect_right(self._xs, x) - 1)
        cell = self._holder.get(place)
        return cell if cell and cell[0] <= x < cell[2] and cell[1] <= y < cell[3] else None

    def merged(self) -> Iterator[tuple[int, int, int, int]]:
        """Cells over several rows or columns: first row, first column, last row, last column."""
        for cell in self._cells:
            r, c, last_row, last_column = self._span(cell)
            if last_row > r or last_column > c:
                yield r, c, last_row, last_column


def _add(
    made: Rows, boxes: Sequence[Box | None], lines: Sequence[Sequence[Line]], margin: float, joiner: Joiner
) -> None:
    """Add one ruled row, or the several printed rows within it."""
    rooms = [box[2] - box[0] - 2 * margin if box else float("inf") for box in boxes]
    anchors = _anchors(lines)
    if len(anchors) < 2:
        made.teks.append([joiner.text(each, room) for each, room in zip(lines, rooms, strict=True)])
        made.kotak.append(list(boxes))
        return
    parts = [[_part(each, anchors, n) for each in lines] for n in range(len(anchors))]
    made.ragu = made.ragu or any(len(each) > 1 for part in parts for each in part)
    made.dipisah += len(parts) - 1
    for n, part in enumerate(parts):
        made.teks.append([joiner.text(each, room) for each, room in zip(part, rooms, strict=True)])
        made.kotak.append([_slice(box, anchors, n) for box in boxes])


def _anchors(lines: Sequence[Sequence[Line]]) -> list[float]:
    """Baselines of the rows within a ruled row, where at least two cells hold a column of values each.

    One value a cell is one row, however high or low each stands in its cell.
    """
    levels: list[list[float]] = []
    for each in lines:
        values = [line.bottom for line in each if _is_value(line.text.strip())]
        for bottom in values if len(values) >= 2 else ():
            level = next((x for x in levels if abs(x[0] - bottom) <= _LEVEL), None)
            if level is None:
                levels.append([bottom])
            else:
                level.append(bottom)
    found = sorted(level[0] for level in levels if len(level) >= 2)
    return found if len(found) >= 2 else []


def _is_value(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(text) or _CODE.fullmatch(text))


def _part(lines: Sequence[Line], anchors: Sequence[float], n: int) -> list[Line]:
    """The lines of a cell from one anchor to the next; what stands above the first belongs to it."""
    start = anchors[n] - _LEVEL if n else float("-inf")
    end = anchors[n + 1] - _LEVEL if n + 1 < len(anchors) else float("inf")
    return [line for line in lines if start <= line.bottom < end]


def _slice(box: Box | None, anchors: Sequence[float], n: int) -> Box | None:
    if box is None:
        return None
    height = anchors[1] - anchors[0]
    top = box[1] if n == 0 else max(box[1], anchors[n] - height)
    bottom = box[3] if n + 1 == len(anchors) else min(box[3], anchors[n + 1] - height)
    return box[0], top, box[2], max(bottom, top)


def _margin(lined: Mapping[Box, Sequence[Line]]) -> float:
    """Points between a rule and the text of a cell, in the cell where they are nearest."""
    nearest = [min(line.x0 for line in lines) - cell[0] for cell, lines in lined.items() if lines]
    return min(max(min(nearest, default=0.0), 0.0), _WIDEST_MARGIN)
