"""PDF pages with a text layer to grids: ruled tables as rows, the lines around them as rows of one cell.

One page is one grid, in reading order. Whether a table goes on from the page before is told by whoever
recognises tables (the columns are the same in number); nothing is read from images.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from assets.readers import pdf_pages, pdf_words
from assets.readers.grid import BLANK, TEXT, Book, Grid
from assets.readers.pdf_cells import rows_of
from assets.readers.pdf_loose import loose_tables
from assets.readers.pdf_pages import HEAVY, HIDDEN, SCAN, PageLook, Pages, said
from assets.readers.pdf_rules import Table, rules_of, tables_of
from assets.readers.pdf_space import Box, Space
from assets.readers.pdf_text import Joiner, Line, joined, line_of
from assets.readers.pdf_words import Glyph, Letter, Word, glyphs_of, letters_of, turn_of
from assets.readers.safety import LIMITS, Limits, Refused

__all__ = ["joined", "read_pdf"]

# Share of the page, above and below, where programs print running titles and page numbers.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"(?:(?:hal(?:aman)?|page)\.?\s*:?\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:dari|of|/)\s*\d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")


def read_pdf(path: Path, limits: Limits = LIMITS) -> Book:
    """Every page with text as a grid named ``hal. N``; pages without text are noted.

    Raises:
        Refused: ``berkas_terkunci``, ``berkas_rusak``, ``berkas_terlalu_besar``, ``berkas_kosong``, or
            ``pdf_tanpa_teks`` where no page at all has text.
    """
    book = Book("pdf")
    pages = pdf_pages.look_at(path, limits)
    heavy = [look.number for look in pages.of(HEAVY)]
    if heavy:
        book.catatan.append(("pdf_halaman_berat", {"halaman": said(heavy), "jumlah": str(len(heavy))}))
    unread = [look.number for look in pages.of(SCAN, HIDDEN)]
    if unread:
        facts = {"halaman": said(unread), "jumlah": str(len(unread)), "seluruhnya": str(len(pages.looks))}
        book.catatan.append(("pdf_tanpa_teks", facts))
    if not pages.of(pdf_pages.TEXT):
        if unread:
            raise Refused("pdf_tanpa_teks", **facts)
        if heavy:
            raise Refused("pdf_halaman_berat", **book.catatan[0][1])
        raise Refused("berkas_kosong", sebab="tidak ada halaman yang berisi")
    reader = _Reader(path, pages, limits)
    try:
        book.lembar = [grid for grid in reader.grids() if grid.teks]
    except pdfium.PdfiumError as wrong:
        raise pdf_pages.broken(wrong) from wrong
    book.catatan += reader.notes()
    return book


@dataclass
class _Part:
    """A piece of a page from top to bottom: a table, or one line outside tables."""

    bbox: Box
    teks: list[list[str]]
    kotak: list[list[Box | None]]
    gabung: list[tuple[int, int, int, int]] = field(default_factory=list)
    edge: bool = False


class _Reader:
    """Reads the pages of one document; remembers what was doubtful, and lines that every page repeats."""

    def __init__(self, path: Path, pages: Pages, limits: Limits) -> None:
        self._path, self._pages, self._limits = path, pages, limits
        self._joiner = Joiner(pages.words)
        self._running: set[str] = set()
        self._cells = 0
        self._doubtful: dict[str, list[int]] = {}

    def grids(self) -> Iterator[Grid]:
        """The pages with text, in order."""
        with pdf_pages.opened(self._path) as document:
            for look in self._pages.of(pdf_pages.TEXT):
                page = document[look.index]
                text_page = page.get_textpage()
                yield self._page(page, glyphs_of(text_page), look)
                text_page.close()
                page.close()

    def _page(self, page: Any, glyphs: Sequence[Glyph], look: PageLook) -> Grid:
        turn, mixed = turn_of(glyphs)
        if mixed:
            self._doubt("pdf_arah_campur", look)
            glyphs = [g for g in glyphs if g.turn == turn]
        space = Space(page.get_cropbox(), turn)
        tables = tables_of(rules_of(page, space)) if look.ruled else []
        return self._grid(tables, letters_of(glyphs, space), space.height, look)

    def notes(self) -> Iterator[tuple[str, dict[str, str]]]:
        """What was doubtful: rule id and facts, one note a page, so that it holds that page."""
        for aturan, numbers in self._doubtful.items():
            for number in numbers:
                yield aturan, {"lembar": f"hal. {number}", "halaman": str(number)}

    def _doubt(self, aturan: str, look: PageLook) -> None:
        self._doubtful.setdefault(aturan, []).append(look.number)

    def _grid(
        self, tables: Sequence[Table], letters: Sequence[Letter], height: float, look: PageLook
    ) -> Grid:
        """Tables and lines of one page from top to bottom; a table's first column is the grid's first."""
        parts = [self._of_rules(table, letters, look) for table in tables]
        rest = [g for g in letters if not any(_inside(g, part.bbox) for part in parts)]
        lines = pdf_words.lines_of(rest)
        if not tables:
            loose = [_Part(found.bbox, found.teks, found.kotak) for found in loose_tables(lines)]
            if loose:
                self._doubt("pdf_tanpa_garis", look)
                parts += loose
                lines = [words for words in lines if not any(_inside(words[0], part.bbox) for part in loose)]
        parts += [_line_part(line_of(words), height) for words in lines]
        parts.sort(key=lambda part: part.bbox[1])
        grid = _assembled(parts, look.number)
        grid.perabot = frozenset(self._furniture(parts))
        self._count(grid)
        return grid

    def _of_rules(self, table: Table, letters: Sequence[Letter], look: PageLook) -> _Part:
        rows = rows_of(table.cells, [g for g in letters if _inside(g, table.bbox)], self._joiner)
        if rows.ragu:
            self._doubt("pdf_baris_tanpa_garis", look)
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


def _assembled(parts: Sequence[_Part], number: int) -> Grid:
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
    formats = [BLANK * width] * len(teks)
    return Grid(f"hal. {number}", teks, jenis, formats, merged, halaman=number, kotak=kotak)


def _rounded(box: Box | None) -> Box | None:
    return None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
