"""What the value reader loses of an OpenDocument spreadsheet, read from its ``content.xml``.

Percent, date, time and currency cells (by their value type), errors, formulas without a value, hidden
rows and columns, merged ranges, and the extent of each sheet. Grouping and leading zeros of plain
numbers are not told: they live in styles that change no value.
"""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree

from assets.readers.sidecar import FORMAT_DATE, FORMAT_TIME, GROUPED, PERCENT, Side, local

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT_LINE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_FORMATS = {"percentage": PERCENT, "date": FORMAT_DATE, "time": FORMAT_TIME, "currency": GROUPED}
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)|(?:Err|Galat):\d+")


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Side]:
    """Facts of every sheet, by its name.

    Raises:
        xml.etree.ElementTree.ParseError: the content is no XML.
    """
    sides: dict[str, Side] = {}
    side, row, column = Side(), 0, 0
    with archive.open("content.xml") as content:
        for event, element in ElementTree.iterparse(content, events=("start", "end")):
            name = local(element.tag)
            if event == "start":
                if name == "table" and element.tag.startswith(_TABLE):
                    side, row, column = sides.setdefault(element.get(f"{_TABLE}name", ""), Side()), 0, 0
            elif name == "table-column":
                column += _take_column(element, column, side)
            elif name == "table-row":
                row += _take_row(element, row, side)
                element.clear()
    return sides


def _take_column(element: ElementTree.Element, column: int, side: Side) -> int:
    count = _times(element, "number-columns-repeated")
    if _is_hidden(element):
        side.kolom_tersembunyi.append((column, column + count - 1))
    return count


def _take_row(element: ElementTree.Element, row: int, side: Side) -> int:
    """Facts of one row, which may stand for many equal ones; how many it stands for."""
    count, column, marks = _times(element, "number-rows-repeated"), 0, []
    for cell in element:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        times = _times(cell, "number-columns-repeated")
        if cell.attrib and (len(cell) or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula")):
            side.grow(row + count - 1, column + times - 1)
            kind = _FORMATS.get(cell.get(f"{_OFFICE}value-type", ""))
            marks += [(column + i, kind) for i in range(times)] if kind else []
            _take_cell(cell, row, column, side)
        column += times
    if marks:
        side.format.update(dict.fromkeys(range(row, row + count), marks))
    if _is_hidden(element):
        side.baris_tersembunyi.update(range(row, row + count))
    return count


def _take_cell(cell: ElementTree.Element, row: int, column: int, side: Side) -> None:
    """Error, missing value and span; a cell with any of these is never repeated by the programs."""
    if cell.get(f"{_TABLE}formula"):
        text = "".join("".join(line.itertext()) for line in cell if line.tag == _TEXT_LINE).strip()
        if _ERROR.fullmatch(text):
            side.galat[row, column] = text
        elif not text and not cell.get(f"{_OFFICE}value-type"):
            side.tanpa_nilai.add((row, column))
    down, right = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
    if down > 1 or right > 1:
        side.gabung.append(((row, column), (row + down - 1, column + right - 1)))


def _times(element: ElementTree.Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")
