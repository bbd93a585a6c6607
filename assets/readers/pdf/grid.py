"""The tables and lines of one page, from top to bottom, as a grid; and what the pages have in common.

Where letters and rules come from (a text layer, or a picture that was read) makes no difference here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assets.readers.grid import BLANK, TEXT, Grid
from assets.readers.pdf import words as pdf_words
from assets.readers.pdf.cells import rows_of
from assets.readers.pdf.loose import loose_tables
from assets.readers.pdf.rules import Table
from assets.readers.pdf.space import Box
from assets.readers.pdf.text import Joiner, Line, line_of
from assets.readers.pdf.words import Letter, Word
from assets.readers.safety import Limits, Refused

# Share of the page, above and below, where programs print running titles and page numbers.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"(?:(?:hal(?:aman)?|page)\.?\s*:?\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:dari|of|/)\s*\d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")


@dataclass
class _Part:
    """A piece of a page from top to bottom: a table, or one line outside tables."""

    bbox: Box
    teks: list[list[str]]
    kotak: list[list[Box | None]]
    gabung: list[tuple[int, int, int, int]] = field(default_factory=list)
    edge: bool = False


class PageGrids:
    """Makes the grids of one document; remembers what was doubtful, and lines that every page repeats.

    ``mark`` is the format of every filled cell.
    """

    def __init__(self, joiner: Joiner, limits: Limits, mark: str = BLANK) -> None:
        self._joiner, self._limits, self._format = joiner, limits, mark
        self._running: set[str] = set()
        self._cells = 0
        self._doubtful: dict[str, list[int]] = {}

    def notes(self) -> Iterator[tuple[str, dict[str, str]]]:
        """What was doubtful: rule id and facts, one note a page, so that it holds that page."""
        for aturan, numbers in self._doubtful.items():
            for number in numbers:
                yield aturan, {"lembar": f"hal. {number}", "halaman": str(number)}

    def doubt(self, aturan: str, number: int) -> None:
        """Remember that a page was read with a doubt that a rule names."""
        self._doubtful.setdefault(aturan, []).append(number)

    def grid(self, tables: Sequence[Table], letters: Sequence[Letter], height: float, number: int) -> Grid:
        """Tables and lines of one page from top to bottom; a table's first column is the grid's first.

        Raises:
            Refused: ``berkas_terlalu_besar`` where the pages hold more cells than memory allows.
        """
        parts = [self._of_rules(table, letters, number) for table in tables]
        rest = [g for g in letters if not any(_inside(g, part.bbox) for part in parts)]
        lines = pdf_words.lines_of(rest)
        if not tables:
            loose = [_Part(found.bbox, found.teks, found.kotak) for found in loose_tables(lines)]
            if loose:
                self.doubt("pdf_tanpa_garis", number)
                parts += loose
                lines = [words for words in lines if not any(_inside(words[0], part.bbox) for part in loose)]
        parts += [_line_part(line_of(words), height) for words in lines]
        parts.sort(key=lambda part: part.bbox[1])
        grid = _assembled(parts, number, self._format)
        grid.perabot = frozenset(self._furniture(parts))
        self._count(grid)
        return grid

    def _of_rules(self, table: Table, letters: Sequence[Letter], number: int) -> _Part:
        rows = rows_of(table.cells, [g for g in letters if _inside(g, table.bbox)], self._joiner)
        if rows.ragu:
            self.doubt("pdf_baris_tanpa_garis", number)
        return _Part(table.bbox, rows.teks, rows.kotak, rows.gabung)

    def _count(self, grid: Grid) -> None:
        self._cells += len(grid.teks) * len(grid.jenis[0]) if grid.teks else 0
        if self._cells > self._limits.cells:
            raise Refused(
                "berkas_terlalu_besar",
                bagian="isi berkas",
                ukuran=f"lebih dari {self._limits.cells} sel",
                batas=f"{self._limits.cells} sel",
            )

    def _furniture(self, parts: Sequence[_Part]) -> Iterator[int]:
        """Grid rows of page numbers, and of lines at the edge that an earlier page had there too."""
        row = 0
        for part in parts:
            if part.edge:
                text = _DIGITS.sub("#", part.teks[0][0].casefold())
                if _PAGE_NUMBER.fullmatch(part.teks[0][0].strip()) or text in self._running:
                    yield row
                self._running.add(text)
            row += len(part.teks)


def _inside(thing: Letter | Word, box: Box) -> bool:
    x, y = (thing.x0 + thing.x1) / 2, (thing.top + thing.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _line_part(line: Line, height: float) -> _Part:
    edge = line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height
    box = (line.x0, line.top, line.x1, line.bottom)
    return _Part(box, [[line.text]], [[box]], edge=edge)


def _assembled(parts: Sequence[_Part], number: int, mark: str) -> Grid:
    rows: list[list[str]] = []
    boxes: list[list[Box | None]] = []
    merged: list[tuple[int, int, int, int]] = []
    for part in parts:
        merged += [(r0 + len(rows), c0, r1 + len(rows), c1) for r0, c0, r1, c1 in part.gabung]
        rows += part.teks
        boxes += part.kotak
    width = max((len(row) for row in rows), default=0)
    teks = [row + [""] * (width - len(row)) for row in rows]
    kotak = [[_rounded(box) for box in row] + [None] * (width - len(row)) for row in boxes]
    jenis = ["".join(TEXT if cell else BLANK for cell in row) for row in teks]
    formats = ["".join(mark if cell else BLANK for cell in row) for row in teks]
    return Grid(f"hal. {number}", teks, jenis, formats, merged, halaman=number, kotak=kotak)


def _rounded(box: Box | None) -> Box | None:
    return None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
