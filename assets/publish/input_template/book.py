"""The whole input workbook: one sheet a form, the instructions, the lists, and the stamp it carries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from assets.publish.input_template import guide, look
from assets.publish.input_template.lists import SHEET as LISTS_SHEET
from assets.publish.input_template.lists import Known, lists
from assets.publish.input_template.sheet import Writer
from assets.readers import stempel
from assets.readers.templat import Plan

_LIST_WIDTH, _LONGEST_LIST = 18, 100


def write(plan: Plan, known: Known, version: str, to: Path) -> None:
    """Write the workbook beside, then put it in place whole.

    Args:
        plan: what is asked.
        known: unit, year and reference lists.
        version: of the program, for the stamp.
        to: the file.

    Raises:
        sheet.YearNeeded: headers of this source name years, and ``known.tahun`` is None.
        OSError: the file cannot be written.
    """
    book = Workbook()
    del book["Sheet"]
    made = lists(plan, known)
    for one in plan.sheets:
        Writer(book.create_sheet(one.nama), one, known, made).write()
    own: dict[str, Sequence[Sequence[str]]] = {
        guide.SHEET: _guide(book.create_sheet(guide.SHEET), plan, known)
    }
    if made.columns:
        own[LISTS_SHEET] = _lists(book.create_sheet(LISTS_SHEET), made.rows)
    _stamp(book, plan, version, {name: stempel.sheet_mark(rows) for name, rows in own.items()})
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    book.properties.title, book.properties.creator = plan.judul, f"lumbung {version}"
    to.parent.mkdir(parents=True, exist_ok=True)
    building = to.with_name(f".{to.name}.building")
    book.save(building)
    building.replace(to)


def _guide(sheet: Worksheet, plan: Plan, known: Known) -> list[Sequence[str]]:
    """The instructions; returns the rows as written."""
    told = guide.lines(plan, known.unit is not None, known.tahun)
    rows: list[Sequence[str]] = [*((text,) for text in told), (), *guide.table(plan, known.tahun)]
    head = len(told) + 2
    last = get_column_letter(len(guide.WIDTHS))
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column, text)
            cell.font, cell.alignment = look.PLAIN, look.TEXT_ALIGN
            if at >= head:
                cell.border = look.BORDER
            if at == head:
                cell.font, cell.fill, cell.alignment = look.HEAD_FONT, look.HEAD_FILL, look.HEAD_ALIGN
        if at < head and row:
            sheet.merge_cells(f"A{at}:{last}{at}")
        elif row:
            sheet.row_dimensions[at].height = _height(row)
    sheet["A1"].font = look.TITLE
    for column, width in enumerate(guide.WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    look.on_paper(sheet, head)
    return rows


def _height(row: Sequence[str]) -> float:
    """Room for the longest wrapped text of a row."""
    lines = max(-(-len(text) // max(width - 1, 1)) for text, width in zip(row, guide.WIDTHS, strict=False))
    return 15.0 * max(1, lines)


def _lists(sheet: Worksheet, rows: list[list[str]]) -> list[list[str]]:
    """The lists; returns the rows as written."""
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(at, column, text)
                cell.number_format = "@"
                cell.font = Font(name="Calibri", size=11, bold=at == 1)
                if at == 1:
                    cell.fill = PatternFill("solid", fgColor="DDE6EE")
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(row[column - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = max(
            _LIST_WIDTH, min(longest + 2, _LONGEST_LIST)
        )
    sheet.freeze_panes = "A2"
    look.on_paper(sheet, 1)
    return rows


def _stamp(book: Workbook, plan: Plan, version: str, own: dict[str, str]) -> None:
    said = {
        stempel.SUMBER: plan.sumber,
        stempel.VERSI: plan.versi,
        stempel.PROGRAM: version,
        stempel.LEMBAR: stempel.joined(own),
        **{f"{stempel.KOLOM}{form}": stempel.joined(marks) for form, marks in plan.kolom.items()},
    }
    for name, value in said.items():
        book.custom_doc_props.append(StringProperty(name=f"{stempel.PREFIX}{name}", value=value))
    sheet, text = book[guide.SHEET], stempel.line(said)
    row = sheet.max_row + 2
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = look.SMALL, look.TEXT_ALIGN
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(guide.WIDTHS))
    sheet.row_dimensions[row].height = 13 * -(-len(text) // sum(guide.WIDTHS))
