"""A large sheet held by its distinct cells: one number a cell instead of a text, a kind and a format.

A hundred thousand respondents give two million cells and a few thousand different ones. ``Rows`` shows them
as the plain lists of any other grid, so that nothing else needs to know; what works through a whole sheet
(judging rows, copying columns) asks ``codes_of`` and works by distinct cell.
What does not belong here: reading files; any opinion about a value.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from assets.readers.grid import BLANK, Grid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Cells from which a grid of lists is worth turning into codes.
WORTH_CELLS = 200_000
TEKS, JENIS, FORMAT = "teks", "jenis", "format"


class Codes:
    """The cells of one sheet as places in lists of distinct texts, kinds and formats.

    Args:
        data: ``tinggi * lebar`` native 32-bit integers, row by row.
        tinggi: number of rows.
        lebar: number of columns.
        teks: printed text of each distinct cell; the first is the blank one.
        jenis: kind of each, one character.
        formats: format of each, one character.

    Raises:
        ValueError: the parts do not fit together, or a cell names no distinct one.
    """

    def __init__(
        self, data: bytes, tinggi: int, lebar: int, teks: list[str], jenis: str, formats: str
    ) -> None:
        self.data, self.tinggi, self.lebar = data, tinggi, lebar
        self.teks, self.jenis, self.format = teks, jenis, formats
        if len(data) != 4 * tinggi * lebar or not len(teks) == len(jenis) == len(formats):
            raise ValueError("parts of a coded sheet do not fit together")
        if not teks or (teks[0], jenis[0], formats[0]) != ("", BLANK, BLANK):
            raise ValueError("a coded sheet begins with the blank cell")
        if tinggi * lebar and not 0 <= self.cells.min() <= self.cells.max() < len(teks):
            raise ValueError("a coded cell names no distinct cell")

    def __reduce__(self) -> tuple[type[Codes], tuple[Any, ...]]:
        return Codes, (self.data, self.tinggi, self.lebar, self.teks, self.jenis, self.format)

    @cached_property
    def cells(self) -> NDArray[np.int32]:
        """The codes, ``(tinggi, lebar)``."""
        import numpy as np  # a third of a second that a folder of small workbooks never needs

        return np.frombuffer(self.data, np.int32).reshape(self.tinggi, self.lebar)

    def used(self, column: int) -> list[int]:
        """The distinct codes of one column, rising."""
        import numpy as np

        found: list[int] = np.flatnonzero(np.bincount(self.cells[:, column])).tolist()
        return found

    def table(self, codes: Sequence[int], test: Callable[[int], bool]) -> NDArray[np.bool_]:
        """What a test says of each of these codes, by code; False for all others."""
        import numpy as np

        said = np.zeros(len(self.teks), np.bool_)
        said[[c for c in codes if test(c)]] = True
        return said

    def where(self, jenis: str) -> list[tuple[int, int]]:
        """Rows and columns of all cells of one kind, row by row."""
        if jenis not in self.jenis:
            return []
        is_one = self.table(range(len(self.teks)), lambda c: self.jenis[c] == jenis)
        rows, columns = is_one[self.cells].nonzero()
        return list(zip(rows.tolist(), columns.tolist(), strict=True))

    def trimmed(self) -> Codes:
        """Without wholly blank rows at the end and columns at the right."""
        import numpy as np

        filled = np.array([kind != BLANK for kind in self.jenis])[self.cells]
        rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
        height, width = (int(found[-1]) + 1 if len(found) else 0 for found in (rows, columns))
        if (height, width) == (self.tinggi, self.lebar):
            return self
        kept = np.ascontiguousarray(self.cells[:height, :width]).tobytes()
        return Codes(kept, height, width, self.teks, self.jenis, self.format)

    def grid(self, lembar: str) -> Grid:
        """The sheet as a grid without merged or hidden parts."""
        return Grid(lembar, Rows(self, TEKS), Rows(self, JENIS), Rows(self, FORMAT))


class Rows(Sequence[Any]):
    """Rows of a coded sheet as plain lists of texts, or as strings of kinds or formats."""

    __slots__ = ("_last", "codes", "part")

    def __init__(self, codes: Codes, part: str) -> None:
        if part not in (TEKS, JENIS, FORMAT):
            raise ValueError(f"{part}: no part of a cell")
        self.codes, self.part = codes, part
        self._last: tuple[int, Any] = (-1, None)

    def __reduce__(self) -> tuple[type[Rows], tuple[Codes, str]]:
        return Rows, (self.codes, self.part)

    def __len__(self) -> int:
        return self.codes.tinggi

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self._made(row) for row in self.codes.cells[at].tolist()]
        if at < 0:
            at += len(self)
        if self._last[0] != at:
            if not 0 <= at < len(self):
                raise IndexError(at)
            self._last = at, self._made(self.codes.cells[at].tolist())
        return self._last[1]

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self), 1000):
            yield from self[start : start + 1000]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _made(self, codes: list[int]) -> list[str] | str:
        distinct: Sequence[str] = getattr(self.codes, self.part)
        found = [distinct[c] for c in codes]
        return found if self.part == TEKS else "".join(found)


def codes_of(grid: Grid) -> Codes | None:
    """The codes of a grid that has them."""
    return grid.teks.codes if isinstance(grid.teks, Rows) else None


def coded(grid: Grid) -> Grid:
    """The same grid by its distinct cells."""
    if codes_of(grid) is not None:
        return grid
    known: dict[tuple[str, str, str], int] = {("", BLANK, BLANK): 0}
    data = array("i")
    for cells in zip(grid.teks, grid.jenis, grid.format, strict=True):
        data.extend([known.setdefault(cell, len(known)) for cell in zip(*cells, strict=True)])
    width = len(grid.jenis[0]) if len(grid.jenis) else 0
    teks, jenis, format_ = ([cell[i] for cell in known] for i in range(3))
    codes = Codes(data.tobytes(), len(grid.teks), width, teks, "".join(jenis), "".join(format_))
    return replace(grid, teks=Rows(codes, TEKS), jenis=Rows(codes, JENIS), format=Rows(codes, FORMAT))
