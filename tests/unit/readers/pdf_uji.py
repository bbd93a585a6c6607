"""PDF documents made by hand: what a page shows is what a test says, with no library between.

Courier, in which every letter is 0.6 of its size wide: whether a word fits is plain arithmetic.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.wadah import pdf, stream

SIZE = 8.0
LETTER = 0.6 * SIZE
LEADING = 10.0
PADDING = 4.0
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
_PIXEL = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 "
    b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)


@dataclass
class Page:
    """One page while it is drawn, in points from the top left. ``turn`` is its /Rotate entry."""

    width: float = 595
    height: float = 842
    turn: int = 0
    content: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, said: str, *, mode: int = 0, turned: str = "1 0 0 1") -> Page:
        """One line; ``mode`` 3 is invisible, ``turned`` the matrix of its direction."""
        plain = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"{turned} {x:.2f} {self.height - top - SIZE:.2f} Tm"
        self.content.append(f"BT {mode} Tr /F {SIZE} Tf {place} ({plain}) Tj ET")
        return self

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> Page:
        """A drawn line."""
        self.content.append(
            f"0.5 w {x0:.2f} {self.height - top:.2f} m {x1:.2f} {self.height - bottom:.2f} l S"
        )
        return self

    def fill(self, x0: float, top: float, x1: float, bottom: float) -> Page:
        """A painted rectangle."""
        self.content.append(f"{x0:.2f} {self.height - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f} re f")
        return self

    def picture(self, share: float = 1.0) -> Page:
        """A picture over so much of the page's height."""
        high = self.height * share
        self.content.append(f"q {self.width} 0 0 {high:.2f} 0 {self.height - high:.2f} cm /I Do Q")
        return self

    def around(self, matrix: str, drawn: Page) -> Page:
        """What another page draws, turned and moved as a whole."""
        self.content.append(f"q {matrix} cm\n" + "\n".join(drawn.content) + "\nQ")
        return self


@dataclass
class Cell:
    """A cell that spans columns or rows; a plain text is one by one."""

    said: str
    columns: int = 1
    rows: int = 1


def table(
    page: Page,
    rows: Sequence[Sequence[str | Cell | None]],
    widths: Sequence[float],
    *,
    left: float = 40,
    top: float = 80,
    across: bool = True,
    frame: bool = True,
    gap: float = 2,
) -> float:
    """Draw a table; ``None`` is a place that a spanning cell covers. Returns where it ends.

    Args:
        page: where to draw.
        rows: cells from left to right; words are broken as word processors do, over-long ones at the edge.
        widths: of the columns, in points.
        left: of the first column.
        top: of the first row.
        across: whether rules part the rows; without, only the first row and the end have one.
        frame: whether there are rules at all.
        gap: points between the rows' text and what is below.
    """
    xs = [left]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = [top]
    for row in rows:
        tall = max(
            len(wrapped(_said(cell), _width(cell, n, widths)))
            for n, cell in enumerate(row)
            if cell is not None
        )
        ys.append(ys[-1] + tall * LEADING + gap)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            _write(page, wrapped(_said(cell), _width(cell, c, widths)), xs[c], ys[r])
            if frame:
                columns, down = (cell.columns, cell.rows) if isinstance(cell, Cell) else (1, 1)
                _frame(page, (xs[c], ys[r], xs[c + columns], ys[r + down]), across=across or r == 0)
    if frame and not across:
        page.rule(xs[0], ys[-1], xs[-1], ys[-1])
    return ys[-1]


def _write(page: Page, lines: Sequence[str], x: float, top: float) -> None:
    for n, line in enumerate(lines):
        if line:
            page.text(x + PADDING, top + 1 + n * LEADING, line)


def _frame(page: Page, box: tuple[float, float, float, float], *, across: bool) -> None:
    x0, top, x1, bottom = box
    page.rule(x0, top, x0, bottom).rule(x1, top, x1, bottom)
    if across:
        page.rule(x0, top, x1, top).rule(x0, bottom, x1, bottom)


def _said(cell: str | Cell | None) -> str:
    return cell.said if isinstance(cell, Cell) else (cell or "")


def _width(cell: str | Cell | None, column: int, widths: Sequence[float]) -> float:
    columns = cell.columns if isinstance(cell, Cell) else 1
    return sum(widths[column : column + columns])


def wrapped(said: str, width: float) -> list[str]:
    """A text in lines that fit a column, as a word processor breaks it."""
    room = max(int((width - 2 * PADDING) / LETTER), 1)
    lines = [
        textwrap.wrap(part, room, break_long_words=True, break_on_hyphens=True) for part in said.split("\n")
    ]
    return [line for part in lines for line in (part or [""])]


def document(path: Path, *pages: Page) -> Path:
    """Write the pages."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(count))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        _FONT,
        _PIXEL,
    ]
    for index, page in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.turn} "
            f"/Contents {6 + 2 * index} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode()
        )
        bodies.append(stream("\n".join(page.content).encode("cp1252")))
    return pdf(path, bodies)
