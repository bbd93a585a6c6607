"""PDF pages with a text layer to grids: ruled tables as rows, the lines around them as rows of one cell.

One page is one grid, in reading order. Whether a table goes on from the page before is told by whoever
recognises tables (the columns are the same in number); nothing is read from images here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from assets.readers.grid import Book, Grid
from assets.readers.pdf import pages as pdf_pages
from assets.readers.pdf.grid import PageGrids
from assets.readers.pdf.pages import HEAVY, HIDDEN, SCAN, PageLook, said, unread
from assets.readers.pdf.rules import TooManyRules, rules_of, tables_of
from assets.readers.pdf.space import Space
from assets.readers.pdf.text import Joiner
from assets.readers.pdf.words import glyphs_of, letters_of, turn_of
from assets.readers.safety import LIMITS, Limits, Refused


def read_pdf(path: Path, limits: Limits = LIMITS) -> Book:
    """Every page with text as a grid named ``hal. N``; pages without text are noted.

    Raises:
        Refused: ``berkas_terkunci``, ``berkas_rusak``, ``berkas_terlalu_besar``, ``berkas_kosong``, or
            ``pdf_tanpa_teks`` or ``pdf_halaman_berat`` where no page at all could be read.
    """
    book = Book("pdf")
    pages = pdf_pages.look_at(path, limits)
    scans = [look.number for look in pages.of(SCAN, HIDDEN)]
    if scans:
        book.catatan.append(unread(scans, str(len(pages.looks))))
        book.gambar = _pictures(path, scans[: limits.pictures])
    if book.gambar and (beyond := scans[limits.pictures :]):
        book.catatan.append(unread(beyond, str(len(pages.looks))))  # what stays unread where the others are
    heavy = [look.number for look in pages.of(HEAVY)]
    made = PageGrids(Joiner(pages.words), limits)
    for look, grid in _grids(path, pages.of(pdf_pages.TEXT), made):
        if grid is None:
            heavy.append(look.number)
        elif grid.teks:
            book.lembar.append(grid)
    if heavy:
        facts = {"halaman": said(sorted(heavy)), "jumlah": str(len(heavy))}
        book.catatan.append(("pdf_halaman_berat", facts))
    if not book.lembar and not book.gambar:
        rule, facts = next(iter(book.catatan), ("berkas_kosong", {"sebab": "tidak ada halaman yang berisi"}))
        raise Refused(rule, **facts)
    book.catatan += made.notes()
    return book


def _grids(path: Path, looks: Sequence[PageLook], made: PageGrids) -> Iterator[tuple[PageLook, Grid | None]]:
    """Each page with its grid, None where it shows a drawing."""
    try:
        with pdf_pages.opened(path) as document:
            for look in looks:
                try:
                    yield look, _grid(document[look.index], look, made)
                except TooManyRules:
                    yield look, None
    except pdfium.PdfiumError as wrong:
        raise pdf_pages.broken(wrong) from wrong


def _pictures(path: Path, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Scanned pages as pictures, where somebody will read them."""
    if not numbers:
        return []
    from assets.readers.pdf.scan import picture_of  # numpy, which no other page needs

    with pdf_pages.opened(path) as document:
        return [picture_of(document[number - 1], number).plain() for number in numbers]


def _grid(page: Any, look: PageLook, made: PageGrids) -> Grid:
    text_page = page.get_textpage()
    glyphs = glyphs_of(text_page)
    turn, mixed = turn_of(glyphs)
    if mixed:
        made.doubt("pdf_arah_campur", look.number)
        glyphs = [g for g in glyphs if g.turn == turn]
    space = Space(page.get_cropbox(), turn)
    tables = tables_of(rules_of(page, space)) if look.ruled else []
    text_page.close()
    page.close()
    return made.grid(tables, letters_of(glyphs, space), space.height, look.number)
