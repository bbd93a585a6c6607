"""Tables without rules: columns parted by the white space that runs down between them.

Nothing proves such a table: a column may have been cut in two, or a wrapped name taken for a row. So it is
read only where the white space leaves one reading, every page read this way is told, and its figures wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.readers.pdf.space import Box
from assets.readers.pdf.text import Line, line_of
from assets.readers.pdf.words import Word

# A row of a table holds at least so many parts, one of them an amount; a table at least so many such rows.
_PARTS, _ROWS = 3, 3
# White space wider than this many letters parts two cells of a line; words are one letter apart.
_GAP = 1.6
# Lines without an amount between two rows: wrapped names; more end the table. Lines above may be its header.
_BETWEEN, _ABOVE = 3, 4
# Lines further apart than this many line heights are of two tables.
_APART = 4.0
_AMOUNT = re.compile(r"\(?-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?\)?|\(?-?\d{1,6}(?:[.,]\d{1,4})?\)?\s*%?|-")


@dataclass
class Loose:
    """One table: rows of texts with their boxes, and the box of the whole."""

    teks: list[list[str]]
    kotak: list[list[Box | None]]
    bbox: Box


@dataclass(frozen=True)
class _Printed:
    """One line of the page as its parts."""

    parts: list[Line]

    @property
    def top(self) -> float:
        return min(p.top for p in self.parts)

    @property
    def bottom(self) -> float:
        return max(p.bottom for p in self.parts)

    @property
    def is_row(self) -> bool:
        return len(self.parts) >= _PARTS and any(_AMOUNT.fullmatch(p.text) for p in self.parts[1:])


def loose_tables(lines_: Sequence[Sequence[Word]]) -> Iterator[Loose]:
    """The tables among the lines of a page, from top to bottom."""
    lines = [_Printed(list(_parts(words))) for words in lines_]
    start = 0
    while start < len(lines):
        if not lines[start].is_row:
            start += 1
            continue
        end = _end(lines, start)
        made = _table(lines, start, end)
        if made is not None:
            yield made
        start = end + 1


def _parts(words: Sequence[Word]) -> Iterator[Line]:
    """The words of a line, joined where less than a gap lies between them."""
    held: list[Word] = []
    for word in words:
        letter = max((word.x1 - word.x0) / len(word.text), 0.25 * (word.bottom - word.top))
        if held and word.x0 - held[-1].x1 > _GAP * letter:
            yield line_of(held)
            held = []
        held.append(word)
    if held:
        yield line_of(held)


def _end(lines: Sequence[_Printed], start: int) -> int:
    """The last row of the table that starts here."""
    last = start
    for n in range(start + 1, len(lines)):
        if lines[n].top - lines[n - 1].bottom > _APART * (lines[n].bottom - lines[n].top):
            break
        if lines[n].is_row:
            last = n
        elif n - last > _BETWEEN:
            break
    return last


def _table(lines: Sequence[_Printed], start: int, end: int) -> Loose | None:
    """The lines as rows; None where they are too few, or where two parts of a line share a column."""
    rows = [line for line in lines[start : end + 1] if line.is_row]
    columns = _columns(rows)
    if len(rows) < _ROWS or len(columns) < _PARTS:
        return None
    first = start
    while first > 0 and start - first < _ABOVE and len(lines[first - 1].parts) >= 2:
        first -= 1
    made = Loose([], [], (0, 0, 0, 0))
    for line in lines[first : end + 1]:
        placed = _placed(line, columns)
        if placed is None:
            return None
        made.teks.append([p.text if p else "" for p in placed])
        made.kotak.append([(p.x0, p.top, p.x1, p.bottom) if p else None for p in placed])
    boxes = [box for row in made.kotak for box in row if box]
    made.bbox = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return made


def _columns(rows: Sequence[_Printed]) -> list[tuple[float, float]]:
    """What the parts of all rows cover from left to right; white space runs down between the columns."""
    found: list[tuple[float, float]] = []
    for part in sorted((p for row in rows for p in row.parts), key=lambda p: p.x0):
        if found and part.x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], part.x1))
        else:
            found.append((part.x0, part.x1))
    return found


def _placed(line: _Printed, columns: Sequence[tuple[float, float]]) -> list[Line | None] | None:
    """The parts of a line by column: the one each overlaps most; None where two fall into one.

    Two amounts so near each other that no gap parts them are two cells as well.
    """
    if any(len(p.text.split()) > 1 and all(map(_AMOUNT.fullmatch, p.text.split())) for p in line.parts):
        return None
    placed: list[Line | None] = [None] * len(columns)
    for part in line.parts:
        overlap = [min(part.x1, x1) - max(part.x0, x0) for x0, x1 in columns]
        at = overlap.index(max(overlap))
        if placed[at] is not None:
            return None
        placed[at] = part
    return placed
