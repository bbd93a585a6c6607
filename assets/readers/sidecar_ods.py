"""What the value reader loses of an OpenDocument spreadsheet, read from its ``content.xml``.

Percent, date, time and currency cells (by their value type), errors, formulas without a value, hidden
rows and columns, merged ranges, and the extent of each sheet. Grouping and leading zeros of plain
numbers are not told: they live in styles that change no value.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from assets.readers.safety import LIMITS, Limits, check_cells
from assets.readers.sidecar import FORMAT_DATE, FORMAT_TIME, GROUPED, PERCENT, Side, local

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT_LINE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_FORMATS = {"percentage": PERCENT, "date": FORMAT_DATE, "time": FORMAT_TIME, "currency": GROUPED}
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)|(?:Err|Galat):\d+")


# Rows of the largest sheet that office programs open; what is hidden beyond holds nothing.
_ROWS = 1_048_576


def scan_ods(archive: zipfile.ZipFile, limits: Limits = LIMITS) -> dict[str, Side]:
    """Facts of every sheet, by its name.

    Raises:
        xml.etree.ElementTree.ParseError: the content is no XML.
        Refused: ``berkas_terlalu_besar``, where few cells say that they stand for very many.
    """
    sides: dict[str, Side] = {}
    side, row, column, sheet = Side(), 0, 0, ""
    with archive.open("content.xml") as content:
        for event, element in ElementTree.iterparse(content, events=("start", "end")):
            name = local(element.tag)
            if event == "start":
                if name == "table" and element.tag.startswith(_TABLE):
                    sheet = element.get(f"{_TABLE}name", "")
                    side, row, column = sides.setdefault(sheet, Side()), 0, 0
            elif name == "table-column":
                column += _take_column(element, column, side)
            elif name == "table-row":
                _measure(element, row, side)
                check_cells(side.tinggi, side.lebar, sheet, limits)
                row += _take_row(element, row, side)
                element.clear()
    return sides


def _take_column(element: ElementTree.Element, column: int, side: Side) -> int:
    count = _times(element, "number-columns-repeated")
    if _is_hidden(element):
        side.kolom_tersembunyi.append((column, column + count - 1))
    return count


def _measure(element: ElementTree.Element, row: int, side: Side) -> None:
    """Let the bounding box hold the filled cells of a row before anything is repeated as often as it says."""
    count, column = _times(element, "number-rows-repeated"), 0
    for cell in _cells(element):
        times = _times(cell, "number-columns-repeated")
        if _is_filled(cell):
            side.grow(row + count - 1, column + times - 1)
        column += times


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (cell for cell in row if local(cell.tag) in ("table-cell", "covered-table-cell"))


def _is_filled(cell: ElementTree.Element) -> bool:
    said = len(cell) or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula")
    return bool(cell.attrib and said)


def _take_row(element: ElementTree.Element, row: int, side: Side) -> int:
    """Facts of one row, which may stand for many equal ones; how many it stands for."""
    count, column, marks = _times(element, "number-rows-repeated"), 0, []
    for cell in _cells(element):
        times = _times(cell, "number-columns-repeated")
        if _is_filled(cell):
            kind = _FORMATS.get(cell.get(f"{_OFFICE}value-type", ""))
            marks += [(column + i, kind) for i in range(times)] if kind else []
            _take_cell(cell, row, column, side)
        column += times
    if marks:
        side.format.update(dict.fromkeys(range(row, row + count), marks))
    if _is_hidden(element):
        side.baris_tersembunyi.update(range(row, min(row + count, _ROWS)))
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
    return max(int(element.get(f"{_TABLE}{name}", "1")), 1)


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")
