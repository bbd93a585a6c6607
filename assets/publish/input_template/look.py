"""How an input workbook looks: colours that survive a black-and-white printer, Indonesian number formats."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

# 421 is Indonesian: thousands by a point, decimals by a comma, whatever the computer's own language.
NUMBER_FORMAT = {"uang": "[$-421]#,##0.00", "angka": "[$-421]0.00##", "bulat": "0", "teks": "@", "bebas": "@"}
COUNTED = "[$-421]#,##0"

_LINE = Side(style="thin", color="808080")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE = Font(name="Calibri", size=14, bold=True)
SUBTITLE = Font(name="Calibri", size=11, bold=True)
PLAIN = Font(name="Calibri", size=11)
SMALL = Font(name="Calibri", size=9, italic=True, color="595959")
HEAD_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
OPTIONAL_FILL = PatternFill("solid", fgColor="5B7F9E")
TOTAL_FILL = PatternFill("solid", fgColor="DDE6EE")
GIVEN_FILL = PatternFill("solid", fgColor="F2F2F2")
TO_FILL = PatternFill("solid", fgColor="FFF7D6")
# Conditional formats take the background colour.
MISSING_FILL = PatternFill("solid", bgColor="F8CBAD")
WRONG_FILL = PatternFill("solid", bgColor="FF9B9B")
HEAD_ALIGN = Alignment(horizontal="center", vertical="center", wrap_text=True)
TEXT_ALIGN = Alignment(vertical="top", wrap_text=True)
NUMBER_ALIGN = Alignment(horizontal="right", vertical="top")
CENTRE_ALIGN = Alignment(horizontal="center", vertical="top")


def on_paper(sheet: Worksheet, head_row: int) -> None:
    """A4 landscape, one page wide, the header on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.sheet_view.showGridLines = False
