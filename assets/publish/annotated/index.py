"""The index sheet: one row a mark, gravest first, each leading to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets.publish import paper
from assets.publish.annotated.markup import joined, quoted, text
from assets.publish.annotated.place import a1
from assets.publish.annotated.styles import Styles

NAME = "Temuan"
_HEADS = ("No", "Akibat", "Lembar", "Sel", "Temuan", "Yang tertulis, yang seharusnya, cara memperbaiki")
_WIDTHS = (6, 10, 22, 12, 62, 80)
_LETTERS_A_LINE, _LINE_HEIGHT = (58, 76), 15
_LONGEST = 32_000  # letters of a cell


@dataclass(frozen=True)
class Line:
    """One row of the index. ``tujuan`` is where its cell lies, None where there is nothing to lead to."""

    nomor: int
    akibat: str
    lembar: str
    sel: str
    title: str
    text: str
    tujuan: str | None


def first_row(notes: Sequence[str]) -> int:
    """The row of the sheet in which the first line stands."""
    return 2 + len(notes) + len(paper.MEANS) + 3


def sheet(lines: Sequence[Line], heading: str, notes: Sequence[str], styles: Styles, main: str) -> bytes:
    """The part of the index sheet.

    Args:
        lines: the marks, in the order they are told.
        heading: the first line.
        notes: sentences below it.
        styles: styles of the workbook, to which those of this sheet are added.
        main: the namespace of its sheets.
    """
    plain, bold = styles.own("biasa"), styles.own("tebal")
    begins = first_row(notes)
    rows = [_row(1, {1: (heading, styles.own("judul"))}, 24)]
    rows += [_row(n, {1: (note, plain)}) for n, note in enumerate(notes, 2)]
    for n, (akibat, means) in enumerate(paper.MEANS.items(), 2 + len(notes)):
        rows.append(_row(n, {2: (akibat.upper(), styles.own("tebal", akibat)), 3: (means, plain)}))
    rows.append(_row(begins - 1, {k: (head, bold) for k, head in enumerate(_HEADS, 1)}))
    rows += list(_lines(lines, begins, styles))
    links = [
        f'<hyperlink ref="{a1(n, 4)}" location={quoted(line.tujuan)} tooltip="Ke sel ini"/>'
        for n, line in enumerate(lines, begins)
        if line.tujuan
    ]
    merges = [f'<mergeCell ref="A{n}:F{n}"/>' for n in range(1, 2 + len(notes))]
    merges += [f'<mergeCell ref="C{n}:F{n}"/>' for n in range(2 + len(notes), begins - 2)]
    last = max(begins + len(lines) - 1, begins)
    columns = [f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, 1)]
    return joined(
        [
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}">',
            '<sheetPr><tabColor rgb="FFB3261E"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{begins - 1}" topLeftCell="A{begins}" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>",
            f'<sheetFormatPr defaultRowHeight="{_LINE_HEIGHT}"/>',
            *("<cols>", *columns, "</cols>"),
            *("<sheetData>", *rows, "</sheetData>"),
            f'<autoFilter ref="A{begins - 1}:F{last}"/>',
            *(f'<mergeCells count="{len(merges)}">', *merges, "</mergeCells>"),
            *(("<hyperlinks>", *links, "</hyperlinks>") if links else ()),
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
            '<pageSetup orientation="landscape" paperSize="9" fitToWidth="1" fitToHeight="0"/>',
            "</worksheet>",
        ]
    )


def _lines(lines: Sequence[Line], begins: int, styles: Styles) -> Iterator[str]:
    plain, link = styles.own("biasa"), styles.own("tautan")
    for n, line in enumerate(lines, begins):
        told = [str(line.nomor), line.akibat.upper(), line.lembar, line.sel, line.title, line.text]
        cells = {k: (said, plain) for k, said in enumerate(told, 1)}
        cells[2] = (told[1], styles.own("tebal", line.akibat))
        if line.tujuan:
            cells[4] = (told[3], link)
        yield _row(n, cells, _height(line))


def _height(line: Line) -> int:
    """Points for the taller of the two long cells: programs do not measure wrapped text on opening."""
    taller = 1
    for said, width in zip((line.title, line.text), _LETTERS_A_LINE, strict=True):
        taller = max(taller, sum(1 + len(part) // width for part in said.split("\n")))
    return min(taller * _LINE_HEIGHT + 3, 400)


def _row(number: int, cells: Mapping[int, tuple[str, int]], height: int | None = None) -> str:
    tall = f' ht="{height}" customHeight="1"' if height else ""
    said = "".join(
        f'<c r="{a1(number, k)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{text(words[:_LONGEST])}</t></is></c>"
        for k, (words, style) in sorted(cells.items())
    )
    return f'<row r="{number}"{tall}>{said}</row>'
