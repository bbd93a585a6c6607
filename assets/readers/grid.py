"""What every reader gives: a sheet (or PDF page) as a grid of printed text with kinds and formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# One character a cell; see docs/flow.md section 2.
BLANK, TEXT, NUMBER, BOOL, DATE, TIME, DURATION, ERROR, FORMULA = " tnbdwlef"
# Format of a cell that was read from a picture: nobody has checked it.
UNVERIFIED = "o"


@dataclass
class Grid:
    """One sheet. ``teks[r][c]`` is the printed text ('' where blank); all rows have the same width.

    ``jenis[r]`` and ``format[r]`` are strings with one character a column. Row r is the physical row
    ``baris_awal + r`` of the file, column c the spreadsheet column with that index (0 = A), or the one that
    ``kolom_nama`` names where a file has names for its columns instead of letters (``SKOR#`` of a JSON list).
    """

    lembar: str
    teks: Sequence[Sequence[str]]
    jenis: Sequence[str]
    format: Sequence[str]
    gabung: list[tuple[int, int, int, int]] = field(default_factory=list)  # r0, c0, r1, c1 inclusive
    tersembunyi: bool = False
    baris_tersembunyi: frozenset[int] = frozenset()  # grid indices
    kolom_tersembunyi: frozenset[int] = frozenset()
    baris_awal: int = 1
    halaman: int | None = None
    kolom_nama: list[str] = field(default_factory=list)
    # Of a PDF page: each cell's box (x0, top, x1, bottom) in points of the upright page, and rows that are
    # page numbers or running titles.
    kotak: list[list[tuple[float, float, float, float] | None]] = field(default_factory=list)
    perabot: frozenset[int] = frozenset()

    def kolom(self, index: int) -> str:
        """Letters or name of a column, as addresses begin with it."""
        return self.kolom_nama[index] if self.kolom_nama else kolom_huruf(index)


@dataclass
class Book:
    """One opened file. ``ditolak`` says why nothing could be read: (rule id, facts for its sentence)."""

    jenis_berkas: str  # xlsx xlsm xls ods csv pdf json txt ""
    lembar: list[Grid] = field(default_factory=list)
    ditolak: tuple[str, dict[str, str]] | None = None
    catatan: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # notes as (rule id, facts)
    templat: dict[str, str] = field(default_factory=dict)  # stamp of an input workbook (stempel.py)
    gambar: list[tuple[Any, ...]] = field(default_factory=list)  # scanned pages (pdf.scan.Picture.plain)


def kolom_huruf(index: int) -> str:
    """Spreadsheet letters of a column index: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
