"""What the value reader loses of an xlsx sheet, read from the sheet's own XML.

Error cells, formulas without a cached value, hidden rows and columns, the class of each number's format,
and the extent of the sheet (asked before the value reader, which aborts on absurd extents). A byte scan
serves the XML that office programs write; any other XML goes through a real parser to the same answer.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from assets.readers.grid import BLANK

GENERAL, PERCENT, FORMAT_DATE, FORMAT_TIME, ZEROS, GROUPED = " %dw0,"

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
BUILT_IN = {
    **dict.fromkeys((9, 10), PERCENT),
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)), FORMAT_DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), FORMAT_TIME),
    **dict.fromkeys((3, 4, *range(37, 45)), GROUPED),
}
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass
class Side:
    """Facts of one sheet; rows and columns are 0-based, as in the grid."""

    tinggi: int = 0  # the filled cells lie within this many rows and columns from A1
    lebar: int = 0
    galat: dict[tuple[int, int], str] = field(default_factory=dict)
    tanpa_nilai: set[tuple[int, int]] = field(default_factory=set)
    format: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # row -> (column, format)
    baris_tersembunyi: set[int] = field(default_factory=set)
    kolom_tersembunyi: list[tuple[int, int]] = field(default_factory=list)  # first, last of a run
    gabung: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)  # ods only

    def grow(self, row: int, column: int) -> None:
        """Let the bounding box hold this cell."""
        self.tinggi = max(self.tinggi, row + 1)
        self.lebar = max(self.lebar, column + 1)


def format_class(code: str) -> str:
    """The class of a number format: percent, date, time, zero-padded, grouped or general.

    >>> [format_class(c) for c in ("0.00%", "dd.mm", "[h]:mm", "0000000000", '"Rp" #,##0.00', "General")]
    ['%', 'd', 'w', '0', ',', ' ']
    """
    bare = _LITERALS.sub("", code).split(";")[0].lower()
    if "%" in bare:
        return PERCENT
    if "general" in bare or not bare or bare == "@":
        return GENERAL
    if re.search(r"[yd]", bare) or re.fullmatch(r"[m\s/.-]+", bare):
        return FORMAT_DATE
    if re.search(r"[hs]", bare):
        return FORMAT_TIME
    if re.fullmatch(r"0{2,}|0[0\s./-]*0", bare) and not re.fullmatch(r"0[.]0+", bare):
        return ZEROS
    return GROUPED if re.search(r"[0#?],[0#?]", bare) else GENERAL


def formats_of(archive: zipfile.ZipFile) -> list[str]:
    """The format class of each cell style of the workbook, by style id."""
    part = _part_named(archive, "xl/styles.xml")
    if part is None:
        return [GENERAL]
    styles = ElementTree.fromstring(archive.read(part))
    own = {
        number.get("numFmtId"): format_class(number.get("formatCode", ""))
        for number in styles.iter()
        if local(number.tag) == "numFmt"
    }
    cell_styles = [found for found in styles if local(found.tag) == "cellXfs"]
    ids = [style.get("numFmtId", "0") for found in cell_styles for style in found]
    return [own.get(id_) or BUILT_IN.get(int(id_), GENERAL) for id_ in ids] or [GENERAL]


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet -> the part of the zip that holds it, in the workbook's order."""
    book = _part_named(archive, "xl/workbook.xml") or "xl/workbook.xml"
    links = _part_named(archive, "xl/_rels/workbook.xml.rels")
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in (ElementTree.fromstring(archive.read(links)) if links else ())
    }
    found = {}
    for sheet in ElementTree.fromstring(archive.read(book)).iter():
        if local(sheet.tag) != "sheet":
            continue
        target = targets.get(sheet.get(f"{_OFFICE}id") or sheet.get(f"{_OFFICE_STRICT}id"), "")
        part = _part_named(archive, target[1:] if target.startswith("/") else normpath(join("xl", target)))
        if part is not None:
            found[sheet.get("name", "")] = part
    return found


def _part_named(archive: zipfile.ZipFile, name: str) -> str | None:
    """The entry with this name whatever its case and slashes, as the value reader finds it."""
    wanted = name.lower()
    return next((n for n in archive.namelist() if n.lower().replace("\\", "/") == wanted), None)


def scan(xml: bytes, formats: list[str]) -> Side:
    """All facts of one sheet.

    Args:
        xml: the sheet's part, whole.
        formats: ``formats_of`` its workbook.

    Raises:
        xml.etree.ElementTree.ParseError: the XML is broken (and not of the common shape).
    """
    if _is_plain(xml) and formats[0] == GENERAL:
        return _scan_bytes(xml, formats)
    return _scan_parsed(xml, formats)


# --- the common shape: unprefixed UTF-8, r= first in every row and cell, double quotes ---


# A cell or row whose first attribute is not r=, a comment, a CDATA section.
_ODD = re.compile(rb'<(?:c(?! r="|[a-z])|row(?! r="|[A-Z])|!)')


def _is_plain(xml: bytes) -> bool:
    head = xml[:200].lower()
    if b"\x00" in head or (b"encoding=" in head and b"utf-8" not in head):
        return False
    return b"<sheetData" in xml and b"='" not in xml and not _ODD.search(xml)


# Most sheets end before column AA and row 100,000; only beyond it must the extent be known exactly.
_NEAR = (99_999, 26)
_FAR = re.compile(rb'<c r="(?:[A-Z]{2}|[A-Z][0-9]{6})')
# Blank styled cells reach far in honest files and cost the value reader nothing: only filled ones count.
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*(?<!/)>(?!</c>)')
_SHARED_UNCACHED = re.compile(rb"<f(?: [^<>]*)?/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_UNCACHED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_TAG = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>')
_ROW = re.compile(rb'<row r="([0-9]+)"')
_HIDDEN = b' hidden="'
_COLS = re.compile(rb'<col [^>]*?(?:min="(\d+)")[^>]*?max="(\d+)"')


def _scan_bytes(xml: bytes, formats: list[str]) -> Side:
    side = Side(*_extent(xml))
    for start, end in _cells_around(xml, b' t="e"'):
        value = _VALUE.search(xml, start, end)
        row, column, _ = _address(xml, start)
        side.galat[row, column] = unescape(value[1].decode()) if value else "#N/A"
    if b"<f>" in xml or b"<f " in xml:
        side.tanpa_nilai.update(_uncached(xml))
    side.baris_tersembunyi.update(hidden_rows(xml))
    _hidden_columns(xml, side)
    _styled(xml, formats, side)
    return side


def _extent(xml: bytes) -> tuple[int, int]:
    if not _FAR.search(xml):
        return _NEAR
    found = _FILLED.findall(xml)
    rows, columns = {row for _, row in found}, {letters for letters, _ in found}
    return max(map(int, rows), default=0), max(map(_column, columns), default=-1) + 1


def _cells_around(xml: bytes, mark: bytes) -> Iterator[tuple[int, int]]:
    at = xml.find(mark)
    while at >= 0:
        start, end = xml.rfind(b'<c r="', 0, at), xml.find(b"</c>", at)
        if start >= 0 and xml.find(b">", start) > at:  # the mark stands inside a cell's tag
            yield start, end if end >= 0 else len(xml)
        at = xml.find(mark, at + 1)


def _address(xml: bytes, start: int) -> tuple[int, int, bytes]:
    tag = _TAG.match(xml, start)
    if tag is None:
        raise ElementTree.ParseError(f"no cell at byte {start}")
    return int(tag[2]) - 1, _column(tag[1]), tag[3]


def _uncached(xml: bytes) -> Iterator[tuple[int, int]]:
    for pattern in (_UNCACHED, _SHARED_UNCACHED):
        for found in pattern.finditer(xml):
            row, column, attributes = _address(xml, xml.rfind(b'<c r="', 0, found.start()))
            if b' t="str"' not in attributes:  # a string type with no text is a computed empty text
                yield row, column


def hidden_rows(xml: bytes) -> Iterator[int]:
    """Rows (0-based) that are hidden, of XML of the common shape; any part of a sheet's rows will do."""
    for start in _hidden(xml):
        if row := _ROW.match(xml, start):
            yield int(row[1]) - 1


def _hidden_columns(xml: bytes, side: Side) -> None:
    for start in _hidden(xml):
        if columns := _COLS.match(xml, start):
            side.kolom_tersembunyi.append((int(columns[1]) - 1, int(columns[2]) - 1))


def _hidden(xml: bytes) -> Iterator[int]:
    """Where the tags begin that say hidden."""
    at = xml.find(_HIDDEN)
    while at >= 0:
        if xml[at + len(_HIDDEN) : at + len(_HIDDEN) + 2] in (b'1"', b"tr"):
            yield xml.rfind(b"<", 0, at)
        at = xml.find(_HIDDEN, at + 1)


def _styled(xml: bytes, formats: list[str], side: Side) -> None:
    wanted = {str(id_).encode(): kind for id_, kind in enumerate(formats) if kind != GENERAL}
    if not wanted:
        return
    pattern = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*? s="(' + b"|".join(wanted) + rb')"[^>]*(?<!/)>')
    rows: dict[bytes, list[tuple[int, str]]] = {}
    marks: dict[tuple[bytes, bytes], tuple[int, str]] = {}
    for letters, row, style in pattern.findall(xml):
        mark = marks.get((letters, style))
        if mark is None:
            mark = marks[letters, style] = (_column(letters), wanted[style])
        rows.setdefault(row, []).append(mark)
    side.format = {int(row) - 1: cells for row, cells in rows.items()}


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


# --- any other shape: a real parser ---


def _scan_parsed(xml: bytes, formats: list[str]) -> Side:
    side = Side()
    row = column = -1
    for event, element in ElementTree.iterparse(BytesIO(xml), events=("start", "end")):
        name = local(element.tag)
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            if _yes(element.get("hidden")):
                side.baris_tersembunyi.add(row)
        elif event == "end" and name == "c":
            row, column = _place(element.get("r"), row, column)
            _take_cell(element, row, column, formats, side)
            element.clear()
        elif event == "end" and name == "col" and _yes(element.get("hidden")):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            side.kolom_tersembunyi.append((first - 1, last - 1))
        elif event == "end" and name == "row":
            element.clear()
    return side


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """The cell's own address, or the one after the last where it has none."""
    found = re.fullmatch(r"\$?([A-Za-z]+)\$?([0-9]+)", address or "")
    if found is None:
        return row, column + 1
    return int(found[2]) - 1, _column(found[1].upper().encode())


def _take_cell(cell: ElementTree.Element, row: int, column: int, formats: list[str], side: Side) -> None:
    parts = {local(part.tag): part for part in cell}
    if not parts:
        return
    side.grow(row, column)
    value = (parts["v"].text or "").strip() if "v" in parts else ""
    if cell.get("t") == "e":
        side.galat[row, column] = value or "#N/A"
    elif "f" in parts and not value and cell.get("t") != "str":
        side.tanpa_nilai.add((row, column))
    style = int(cell.get("s", "0"))
    kind = formats[style] if style < len(formats) else GENERAL
    if kind != GENERAL:
        side.format.setdefault(row, []).append((column, kind))


def _yes(flag: str | None) -> bool:
    return flag in ("1", "true")


def local(tag: str) -> str:
    """The name of an XML tag without its namespace."""
    return tag.rpartition("}")[2]


def format_rows(kinds: list[str], styled: dict[int, list[tuple[int, str]]], numeric: str) -> Iterable[str]:
    """One format string a row; only cells of the ``numeric`` kinds have a format, text has none."""
    plain = BLANK * (len(kinds[0]) if kinds else 0)
    for index, row in enumerate(kinds):
        cells = styled.get(index)
        if not cells:
            yield plain
            continue
        marks = list(plain)
        for column, mark in cells:
            if column < len(row) and row[column] in numeric:
                marks[column] = mark
        yield "".join(marks)
