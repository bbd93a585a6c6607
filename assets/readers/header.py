"""Header rows of a sheet: cells of one to four rows joined to one text a column, merged or not.

Pure geometry. Which field a header names is decided in ``recognise.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assets.readers.grid import Grid
from assets.readers.words import normal

MAX_ROWS = 4
# "K", "Rp", "Target": words under the numbers of the columns, the same ones under each group.
_SHORT_HEAD = 12
# So many small figures that are 1..n in another order are no data.
_MOVED = 5
_COLUMN_NUMBER = re.compile(r"^(?:\(?\d{1,2}\)?[a-z]?|\d{1,2}\s*=\s*.+|\(?[a-z]\)?)$")
_YEARLIKE = re.compile(r"^(?:19|20)\d\d$")
_NUMERIC = re.compile(r"^[-(]?\s*(?:rp\.?\s*)?\d[\d.,\s]*\)?%?$", re.I)


@dataclass(frozen=True)
class Head:
    """One header: the columns under it, its printed text, and the text as vocabularies compare it.

    ``kolom`` are grid columns (several where one header spans them); ``penuh`` joins all its rows,
    ``daun`` is the lowest row alone; ``sel`` is the grid cell of the lowest row.
    """

    kolom: tuple[int, ...]
    teks: str
    penuh: str
    daun: str
    sel: tuple[int, int]


class Merges:
    """Merged ranges of a sheet, by cell."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    @cached_property
    def by_row(self) -> dict[int, list[tuple[int, int, int, int]]]:
        """Ranges that touch each row."""
        found: dict[int, list[tuple[int, int, int, int]]] = {}
        for area in self._grid.gabung:
            for r in range(area[0], area[2] + 1):
                found.setdefault(r, []).append(area)
        return found

    def origin(self, r: int, c: int) -> tuple[int, int]:
        """Top left cell of the merged range that holds the cell; the cell itself if there is none."""
        for r0, c0, r1, c1 in self.by_row.get(r, ()):
            if r0 <= r <= r1 and c0 <= c <= c1:
                return r0, c0
        return r, c

    def bottom(self, top: int, bottom: int) -> int:
        """The last row of any filled range that starts inside the rows ``top..bottom``."""
        ends = [
            a[2]
            for r in range(top, bottom + 1)
            for a in self.by_row.get(r, ())
            if a[0] == r and self._grid.teks[r][a[1]].strip()
        ]
        return max([bottom, *ends])


def blank(grid: Grid, r: int) -> bool:
    """Whether the row holds nothing at all."""
    return not any(t and not t.isspace() for t in grid.teks[r])


def is_number_row(texts: Iterable[str]) -> bool:
    """Whether the row numbers its columns: ``1 2 3``, ``(1) (2) (3)``, ``5 = (4/3)*100`` among them.

    >>> is_number_row(["1", "2", "3", "4", "5 = (4/3)*100", "6"]), is_number_row(["2023", "2024", ""])
    (True, False)

    Columns moved about take their numbers along: all of ``1..n`` in any order is such a row too.
    """
    filled: list[str] = []
    for text in texts:
        tidy = text.strip().casefold()
        if tidy and not _COLUMN_NUMBER.match(tidy):
            return False
        if tidy:
            filled.append(tidy)
    if len(filled) < 2:
        return False
    numbers = [int(m.group()) for t in filled if (m := re.search(r"\d{1,2}", t))]
    if len(numbers) < 2:
        return filled == [chr(97 + i) for i in range(len(filled))]
    if len(numbers) >= _MOVED and sorted(numbers) == list(range(1, len(numbers) + 1)):
        return True
    rising = sum(a < b for a, b in pairwise(numbers))
    return numbers[0] <= 2 and rising >= 0.8 * (len(numbers) - 1) and numbers[-1] <= 2 * len(numbers) + 2


def windows(grid: Grid, merges: Merges, top: int) -> Iterator[tuple[int, int]]:
    """Row ranges that may be one header starting at ``top``, shortest first."""
    seen: set[int] = set()
    for height in range(1, MAX_ROWS + 1):
        last = top + height - 1
        if last >= len(grid.teks):
            return
        bottom = merges.bottom(top, last)
        if bottom - top >= MAX_ROWS + 2 or not _may_be_header(grid, range(last, bottom + 1), last > top):
            return
        if bottom not in seen:
            seen.add(bottom)
            yield top, bottom


def _may_be_header(grid: Grid, rows: range, below: bool) -> bool:
    for r in rows:
        if r >= len(grid.teks):
            return False
        texts = grid.teks[r]
        if (below or r > rows.start) and _numbers_columns(grid, r):
            if not _numbers_amid(grid, r):
                return False
            continue
        if (below and blank(grid, r) and len(rows) == 1) or any(_is_amount(t) for t in texts if t):
            return False
    return True


def _numbers_columns(grid: Grid, r: int) -> bool:
    """Whether a row numbers columns: from the first one on, or only the groups that part below it (6 7 8)."""
    texts = grid.teks[r]
    if is_number_row(texts):
        return True
    filled = [t.strip(" ()") for t in texts if t.strip()]
    rising = len(filled) >= 2 and all(len(t) <= 2 and t.isdecimal() for t in filled)
    return rising and all(int(a) < int(b) for a, b in pairwise(filled)) and _numbers_amid(grid, r)


def _numbers_amid(grid: Grid, r: int) -> bool:
    """Whether a row of column numbers stands inside a header: below it groups part alike (K, Rp, K, Rp)."""
    below = [t.strip() for t in grid.teks[r + 1] if t.strip()] if r + 1 < len(grid.teks) else []
    short = all(len(t) <= _SHORT_HEAD and not any(ch.isdigit() for ch in t) for t in below)
    return len(below) >= 4 and short and len(set(below)) * 2 <= len(below)


def _is_amount(text: str) -> bool:
    tidy = text.strip()
    return bool(_NUMERIC.match(tidy)) and not _YEARLIKE.match(tidy)


def amounts(texts: Sequence[str], jenis: str) -> bool:
    """Whether a row holds numeric cells that are no years: no header does."""
    at = jenis.find("n")
    while at >= 0:
        if _is_amount(texts[at]):
            return True
        at = jenis.find("n", at + 1)
    return False


def heads(
    grid: Grid, merges: Merges, top: int, bottom: int, read: Callable[[str], str] = normal
) -> list[Head]:
    """The headers over the rows ``top..bottom``, from left to right; ``read`` makes texts comparable."""
    spread = _spread(grid, merges, top, bottom)
    found: list[Head] = []
    before: tuple[tuple[int, int], ...] = ()
    for c in range(len(grid.teks[top])):
        origins = tuple(dict.fromkeys(spread[r][c] for r in range(bottom - top + 1) if spread[r][c]))
        cells = tuple(o for o in origins if o is not None)
        if not cells:
            before = ()
            continue
        if cells == before:
            last = found[-1]
            found[-1] = Head((*last.kolom, c), last.teks, last.penuh, last.daun, last.sel)
            continue
        found.append(_head(grid, c, cells, read))
        before = cells
    return found


def _head(grid: Grid, c: int, cells: tuple[tuple[int, int], ...], read: Callable[[str], str]) -> Head:
    worded = tuple(o for o in cells if not _numbers_columns(grid, o[0]))
    cells = worded or cells
    parts = [" ".join(grid.teks[r][k].split()) for r, k in cells]
    words = [w for w in dict.fromkeys(read(p) for p in parts) if w]
    return Head((c,), " / ".join(parts), " ".join(words), words[-1] if words else "", cells[-1])


def _spread(grid: Grid, merges: Merges, top: int, bottom: int) -> list[list[tuple[int, int] | None]]:
    """For each header cell the cell whose text stands there: merged ranges, and groups merely printed so."""
    made: list[list[tuple[int, int] | None]] = []
    for r in range(top, bottom + 1):
        row: list[tuple[int, int] | None] = []
        for c in range(len(grid.teks[r])):
            o = merges.origin(r, c)
            row.append(o if top <= o[0] and grid.teks[o[0]][o[1]].strip() else None)
        made.append(row)
    for i in range(len(made) - 1):
        _carry_right(made, i, merges, top + i)
    return made


def _carry_right(made: list[list[tuple[int, int] | None]], i: int, merges: Merges, r: int) -> None:
    """A header over children carries over the blank cells to its right that have children of their own."""
    parent: tuple[int, int] | None = None
    for c, here in enumerate(made[i]):
        below = made[i + 1][c]
        own = below is not None and below != here
        if here is not None:
            in_range = any(a[0] <= r <= a[2] and a[1] <= c <= a[3] for a in merges.by_row.get(r, ()))
            parent = here if own and not in_range else None
        elif own and parent is not None and not any(made[k][c] for k in range(i)):
            made[i][c] = parent
        else:
            parent = None
