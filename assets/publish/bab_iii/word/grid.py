"""A table of a report as a Word table: real rows, a repeated head, no row broken over two pages."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from assets.publish.bab_iii.blocks import Potongan, Rata, Sel, Tabel
from assets.publish.bab_iii.placing import Placed, place
from assets.publish.bab_iii.word.bound import Register
from assets.publish.bab_iii.word.markup import Element, clean, el, paragraph, run
from assets.publish.bab_iii.word.office import Office
from assets.publish.bab_iii.word.widths import SMALLEST, size, widths

_JC = {"kiri": "left", "tengah": "center", "kanan": "right"}
_WHOLE = 8  # rows of data up to which a table is kept on one page
_KEPT = 2  # rows that stay with the head, or with the totals


def grid(tabel: Tabel, width: int, office: Office, register: Register) -> Element:
    """The table's element.

    Args:
        tabel: the table.
        width: what it may take, in twentieths of a point.
        office: the style.
        register: takes the bound figures.
    """
    letters = size(tabel, width, office.letters) or SMALLEST
    columns = widths(tabel, width, letters)
    made = el(
        "w:tbl",
        el(
            "w:tblPr",
            el("w:tblStyle", val=office.id("Tabel")),
            el("w:tblW", w=sum(columns), type="dxa"),
            el("w:jc", val="center"),
            el("w:tblLayout", type="fixed"),
            el("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noVBand=1),
            el("w:tblCaption", val=clean(tabel.judul)),
        ),
        el("w:tblGrid", *(el("w:gridCol", w=c) for c in columns)),
    )
    rows = (*tabel.kepala, *tabel.baris)
    smaller = letters if letters < office.letters else None
    cells = _Cells(tabel, columns, office, register, smaller)
    for number, row in enumerate(_laid_out(rows, len(columns))):
        head = number < len(tabel.kepala)
        kept = head or _stays(number - len(tabel.kepala), len(tabel.baris), tabel.jumlah)
        properties = [el("w:cantSplit"), *([el("w:tblHeader")] if head else [])]
        made.append(
            el("w:tr", el("w:trPr", *properties), *(cells.cell(placed, number, kept) for placed in row))
        )
    return made


class _Cells:
    def __init__(
        self,
        tabel: Tabel,
        columns: Sequence[int],
        office: Office,
        register: Register,
        letters: float | None,
    ) -> None:
        self._tabel = tabel
        self._columns = columns
        self._office = office
        self._register = register
        self._fill = office.head_fill
        self._letters = letters

    def cell(self, placed: Placed, row: int, kept: bool) -> Element:
        """One cell; one that a span covers from above is empty and says so."""
        sel, above = placed.cell, placed.row < row
        wide = sum(self._columns[placed.column : placed.column + sel.kolom])
        properties = [el("w:tcW", w=wide, type="dxa")]
        if sel.kolom > 1:
            properties.append(el("w:gridSpan", val=sel.kolom))
        if sel.baris > 1:
            properties.append(el("w:vMerge") if above else el("w:vMerge", val="restart"))
        head = row < len(self._tabel.kepala)
        if head and self._fill:
            properties.append(el("w:shd", val="clear", color="auto", fill=self._fill))
        if head:
            properties.append(el("w:vAlign", val="center"))
        return el("w:tc", el("w:tcPr", *properties), self._paragraph(sel, placed, head, above, kept))

    def _paragraph(self, sel: Sel, placed: Placed, head: bool, above: bool, kept: bool) -> Element:
        side = sel.rata or ("tengah" if head else self._tabel.kolom[placed.column].rata)
        style = self._office.id("Kepala Tabel" if head else "Angka" if side == "kanan" else "Sel")
        total = (
            not head and placed.row >= len(self._tabel.kepala) + len(self._tabel.baris) - self._tabel.jumlah
        )
        look = [el("w:b")] if sel.tebal or total else []
        if self._letters is not None:
            look.append(el("w:sz", val=round(2 * self._letters)))
        said = () if above else sel.isi
        content = [self._part(p, [deepcopy(e) for e in look]) for p in said]
        keep = el("w:keepNext") if kept else None
        return paragraph(style, *content, keep=keep, jc=_direct(side, head))

    def _part(self, part: Potongan, look: Sequence[Element]) -> Element:
        return run(part, *look) if isinstance(part, str) else self._register.control(part, *look)


def _direct(side: Rata, head: bool) -> Element | None:
    """What the style does not say already: numbers stand right by their style, heads and words otherwise."""
    usual = "tengah" if head else side if side == "kanan" else "kiri"
    return None if side == usual else el("w:jc", val=_JC[side])


def _stays(row: int, rows: int, totals: int) -> bool:
    """Whether a data row stays on the page of the next one."""
    if row == rows - 1:
        return True  # with its source
    return rows <= _WHOLE or row < _KEPT or row >= rows - max(totals, 1) - 1


def _laid_out(rows: Sequence[Sequence[Sel]], columns: int) -> list[list[Placed]]:
    """For each row the cells that stand or reach into it, from left to right."""
    found: list[list[Placed]] = [[] for _ in rows]
    for placed in place(rows, columns):
        for row in range(placed.row, placed.row + placed.cell.baris):
            found[row].append(placed)
    return [sorted(row, key=lambda p: p.column) for row in found]
