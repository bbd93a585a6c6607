"""PDF pages with a text layer to grids: ruled tables as rows, the lines around them as rows of one cell.

One page is one grid, in reading order. Whether a table goes on from the page before is told by whoever
recognises tables (the columns are the same in number); nothing is read from images.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from assets.readers.grid import BLANK, TEXT, Book, Grid
from assets.readers.safety import LIMITS, Limits, Refused

# Share of the letters that must run the same way before a page counts as lying on its side: seals and
# vertical headers of an upright page stay far below.
_LYING = 0.8
# Points; a rule drawn as a filled rectangle is thinner, a painted background is thicker.
_RULE_THICKNESS = 3
# The quarter turns, clockwise, that bring text running this way upright; (cos, sin) of its direction.
_TURNS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}
_NUMBER_BROKEN = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*\.\d{0,2}|[(-]?\d[\d.]*,|(?:\d+\.)+")
_NUMBER_WHOLE = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?[)%]?|\d+(?:\.\d+)+")


def read_pdf(path: Path, limits: Limits = LIMITS) -> Book:
    """Every page with text as a grid named ``hal. N``; pages without text are noted.

    Raises:
        Refused: ``berkas_terkunci``, ``berkas_rusak``, ``berkas_terlalu_besar``, ``berkas_kosong``, or
            ``pdf_tanpa_teks`` where no page at all has text.
    """
    book = Book("pdf")
    with_text, without = _first_pass(path, limits)
    if without:
        book.catatan.append(
            ("pdf_tanpa_teks", {"halaman": _pages_said(without), "jumlah": str(len(without))})
        )
    if not with_text:
        if without:
            raise Refused("pdf_tanpa_teks", **book.catatan[0][1])
        raise Refused("berkas_kosong", sebab="tidak ada halaman yang berisi")
    try:
        book.lembar = list(_grids(path, with_text))
    except (PdfminerException, PDFException) as broken:
        raise _broken(broken) from broken
    return book


def _first_pass(path: Path, limits: Limits) -> tuple[list[int], list[int]]:
    """Indices of the pages with text, and of those that show something but hold no text."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as wrong:
        if "password" in str(wrong).lower() or "security" in str(wrong).lower():
            raise Refused("berkas_terkunci", sebab="berkata sandi") from wrong
        raise _broken(wrong) from wrong
    try:
        if len(document) > limits.pages:
            raise Refused(
                "berkas_terlalu_besar",
                bagian="isi berkas",
                ukuran=f"{len(document)} halaman",
                batas=f"{limits.pages} halaman",
            )
        return _sorted_pages(document)
    except pdfium.PdfiumError as wrong:
        raise _broken(wrong) from wrong
    finally:
        document.close()


def _sorted_pages(document: Any) -> tuple[list[int], list[int]]:
    with_text, without = [], []
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage().get_text_bounded()
        if text.strip():
            with_text.append(index)
        elif next(page.get_objects(max_depth=1), None) is not None:
            without.append(index)
        page.close()
    return with_text, without


def _grids(path: Path, pages: Sequence[int]) -> Iterator[Grid]:
    with pdfplumber.open(path) as document:
        for index in pages:
            page = document.pages[index]
            turn = _turn(page.chars)
            if turn:
                with pdfplumber.open(_turned(path, index, turn)) as upright:
                    grid = _grid(upright.pages[0], index + 1)
            else:
                grid = _grid(page, index + 1)
            page.close()
            if grid.teks:
                yield grid


def _turn(chars: Sequence[dict[str, Any]]) -> int:
    """Degrees clockwise by which the page as shown must be turned so that its text runs to the right."""
    ways = Counter((_sign(c["matrix"][0]), _sign(c["matrix"][1])) for c in chars)
    if not ways:
        return 0
    way, count = ways.most_common(1)[0]
    return _TURNS.get(way, 0) if count >= _LYING * ways.total() else 0


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-3 else (1 if value > 0 else -1)


def _turned(path: Path, index: int, turn: int) -> BytesIO:
    """The one page, turned upright, as a document of its own."""
    saved = BytesIO()
    source, alone = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    alone.import_pages(source, [index])
    page = alone[0]
    page.set_rotation((page.get_rotation() + turn) % 360)
    alone.save(saved)
    page.close()
    alone.close()
    source.close()
    saved.seek(0)
    return saved


def _grid(page: Any, number: int) -> Grid:
    """Tables and lines of one page from top to bottom; a table's first column is the grid's first."""
    tables = _tables(page)
    parts = [(table.bbox[1], table) for table in tables]
    parts += [(line["top"], line["text"]) for line in _lines_outside(page, [table.bbox for table in tables])]
    rows: list[list[str]] = []
    merged: list[tuple[int, int, int, int]] = []
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, str):
            rows.append([part])
        else:
            merged += [(r0 + len(rows), c0, r1 + len(rows), c1) for r0, c0, r1, c1 in _merged(part)]
            rows += [[joined(cell) for cell in row] for row in part.extract()]
    width = max((len(row) for row in rows), default=0)
    teks = [row + [""] * (width - len(row)) for row in rows]
    jenis = ["".join(TEXT if cell else BLANK for cell in row) for row in teks]
    return Grid(f"hal. {number}", teks, jenis, [BLANK * width] * len(teks), merged, halaman=number)


def _tables(page: Any) -> list[Any]:
    """Ruled tables. Where a table is cut by the page's end its last rule is not drawn, only its uprights."""
    ruled = page.filter(_rules)
    uprights = [edge for edge in ruled.edges if edge["orientation"] == "v"]
    ends = [min(e["top"] for e in uprights), max(e["bottom"] for e in uprights)] if uprights else []
    return list(ruled.find_tables({"explicit_horizontal_lines": ends}) or page.find_tables())


def _rules(thing: dict[str, Any]) -> bool:
    """Drop painted backgrounds: programs lay one behind each line of text, and its edges are no rules."""
    thick = min(thing["width"], thing["height"]) > _RULE_THICKNESS
    return not (thing["object_type"] == "rect" and thick and not thing["stroke"])


def _lines_outside(page: Any, boxes: Sequence[tuple[float, float, float, float]]) -> list[dict[str, Any]]:
    def outside(thing: dict[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return False
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)

    kept = page.filter(outside)
    return [line for line in kept.extract_text_lines(return_chars=False) if line["text"].strip()]


def _merged(table: Any) -> Iterator[tuple[int, int, int, int]]:
    """Cells over several columns or rows of their table: first row, first column, last row, last column."""
    columns = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    for x0, top, x1, bottom in table.cells:
        c0, r0 = columns.index(x0), tops.index(top)
        c1 = sum(1 for x in columns if x < x1 - 1) - 1  # a point of slack: rules are drawn, not computed
        r1 = sum(1 for y in tops if y < bottom - 1) - 1
        if c1 > c0 or r1 > r0:
            yield r0, c0, r1, c1


def joined(cell: str | None) -> str:
    r"""A cell's lines as one text: by a space, or by nothing where the break fell inside a number or code.

    >>> joined("Nilai\nAnggaran"), joined("12.296.340.\n286,46"), joined("5.1.02.\n01"), joined("12\n15")
    ('Nilai Anggaran', '12.296.340.286,46', '5.1.02.01', '12 15')
    """
    if not cell:
        return ""
    lines = [line.strip() for line in cell.split("\n")]
    text = lines[0]
    for line in lines[1:]:
        broken = _NUMBER_BROKEN.fullmatch(text) and _NUMBER_WHOLE.fullmatch(text + line)
        text = text + line if broken else f"{text} {line}".strip()
    return text


def _pages_said(indices: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return ", ".join(str(a + 1) if a == b else f"{a + 1}-{b + 1}" for a, b in runs)


def _broken(wrong: Exception) -> Refused:
    return Refused("berkas_rusak", sebab=f"PDF tidak terbaca ({wrong})")
