"""Writes a layout as the file an office would send: xlsx, ods or csv."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, range_boundaries

from tests.layouts.contoh import Layout, Sheet

_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def write(layout: Layout, folder: Path) -> Path:
    """The file of a layout: ``csv`` (comma), ``csv;`` and ``csv;cp1252`` say their mark and encoding."""
    if layout.format.startswith("csv"):
        return _csv(layout, folder / f"{layout.nama}.csv")
    path = folder / f"{layout.nama}.{layout.format}"
    return {"xlsx": _xlsx, "ods": _ods}[layout.format](layout, path)


def _xlsx(layout: Layout, path: Path) -> Path:
    book = Workbook()
    book.remove(book.active)
    for sheet in layout.lembar:
        made = book.create_sheet(sheet.nama)
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None and value != "":
                    made.cell(r, c, value).data_type = "s" if isinstance(value, str) else "n"
        for area in sheet.gabung:
            made.merge_cells(area)
        for r in sheet.baris_tersembunyi:
            made.row_dimensions[r].hidden = True
        for letter in sheet.kolom_tersembunyi:
            made.column_dimensions[letter].hidden = True
        if sheet.tersembunyi:
            made.sheet_state = "hidden"
    book.save(path)
    return path


def _csv(layout: Layout, path: Path) -> Path:
    mark = layout.format[3:4] or ","
    with path.open("w", encoding=layout.format[4:] or "utf-8", newline="") as target:
        csv.writer(target, delimiter=mark).writerows(
            ["" if v is None else v for v in row] for row in layout.lembar[0].rows
        )
    return path


def _ods(layout: Layout, path: Path) -> Path:
    tables = "".join(_ods_sheet(sheet) for sheet in layout.lembar)
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("mimetype", _ODS_MIME)
        pack.writestr("META-INF/manifest.xml", "<manifest/>")
        pack.writestr("content.xml", _ODS.format(tables))
    return path


def _ods_sheet(sheet: Sheet) -> str:
    spans = {}
    for area in sheet.gabung:
        c0, r0, c1, r1 = range_boundaries(area)
        spans[r0, c0] = (r1 - r0 + 1, c1 - c0 + 1)
    hidden = {column_index_from_string(letter) for letter in sheet.kolom_tersembunyi}
    width = max(len(row) for row in sheet.rows)
    columns = "".join(f"<table:table-column{_collapsed(c in hidden)}/>" for c in range(1, width + 1))
    rows = "".join(
        f"<table:table-row{_collapsed(r in sheet.baris_tersembunyi)}>"
        + "".join(_ods_cell(v, spans.get((r, c))) for c, v in enumerate(row, 1))
        + "</table:table-row>"
        for r, row in enumerate(sheet.rows, 1)
    )
    return f'<table:table table:name="{escape(sheet.nama)}">{columns}{rows}</table:table>'


def _collapsed(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(value: Any, area: tuple[int, int] | None) -> str:
    wide = ""
    if area:
        wide = f' table:number-rows-spanned="{area[0]}" table:number-columns-spanned="{area[1]}"'
    if value is None or value == "":
        return f"<table:table-cell{wide}/>"
    if isinstance(value, (int, float)):
        kind = f' office:value-type="float" office:value="{value}"'
    else:
        kind = ' office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell{wide}{kind}>{lines}</table:table-cell>"
