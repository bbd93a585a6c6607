"""Cells by their letters: from the text of an address to rows and columns, and back; both begin at 1."""

from __future__ import annotations

import re
from dataclasses import dataclass

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ROWS = re.compile(r"([1-9]\d{0,6}):([1-9]\d{0,6})")


@dataclass(frozen=True, order=True)
class Area:
    """A range of cells, both ends included; a whole row reaches from column 1 to the last."""

    baris: int
    kolom: int
    sampai_baris: int
    sampai_kolom: int

    @property
    def first(self) -> tuple[int, int]:
        """Row and column of its first cell."""
        return self.baris, self.kolom

    @property
    def whole_rows(self) -> bool:
        """Whether it is named by rows alone."""
        return self.kolom == 1 and self.sampai_kolom == LAST_COLUMN

    def holds(self, baris: int, kolom: int) -> bool:
        """Whether the cell lies in it."""
        return self.baris <= baris <= self.sampai_baris and self.kolom <= kolom <= self.sampai_kolom


def area(sel: str | None) -> Area | None:
    """The area an address names, or None where it names no cells of a sheet (``hal. 3 baris 12``).

    >>> area("D6:E7"), area("hal. 3 baris 12")
    (Area(baris=6, kolom=4, sampai_baris=7, sampai_kolom=5), None)
    """
    said = (sel or "").strip()
    if rows := _ROWS.fullmatch(said):
        first, last = sorted((int(rows[1]), int(rows[2])))
        return Area(first, 1, last, LAST_COLUMN) if last <= LAST_ROW else None
    first_said, colon, last_said = said.partition(":")
    one, other = _CELL.fullmatch(first_said), _CELL.fullmatch(last_said if colon else first_said)
    if one is None or other is None:
        return None
    rows_, columns = sorted((int(one[2]), int(other[2]))), sorted((column(one[1]), column(other[1])))
    if rows_[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return Area(rows_[0], columns[0], rows_[1], columns[1])


def column(letters: str) -> int:
    """The number of a column: ``A`` -> 1, ``AA`` -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """The letters of a column: 1 -> ``A``."""
    said = ""
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said


def a1(baris: int, kolom: int) -> str:
    """The address of a cell."""
    return f"{letters(kolom)}{baris}"
