"""Containers written by hand, so that a test can bend any part of them: xlsx, ods, old Excel, PDF."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, bytes]


def sheet_xml(cells: str, before: str = "") -> str:
    return f'{XML}{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def rows_xml(rows: Sequence[Sequence[str | int | float]], first: int = 1) -> str:
    """Rows of inline texts and numbers."""
    made = []
    for r, row in enumerate(rows, first):
        cells = []
        for c, value in enumerate(row):
            at = f"{chr(65 + c)}{r}"
            if isinstance(value, str):
                cells.append(f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>')
            else:
                cells.append(f'<c r="{at}"><v>{value}</v></c>')
        made.append(f'<row r="{r}">{"".join(cells)}</row>')
    return "".join(made)


def xlsx_parts(sheet: str | bytes | None = None, sst: str | bytes | None = None) -> Parts:
    """The parts of a workbook with one sheet ``Data``."""
    if sheet is None:
        sheet = sheet_xml(rows_xml([["Kode", "Nama"], ["1", "satu"], ["2", "dua"]]))
    links = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    if sst is not None:
        links += f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{KINDS}"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{LINKS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{LINKS}">{links}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if sst is not None:
        parts["xl/sharedStrings.xml"] = sst
    return {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}


def packed(path: Path, parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def xlsx(path: Path, sheet: str | bytes | None = None, sst: str | bytes | None = None, **more: bytes) -> Path:
    return packed(path, xlsx_parts(sheet, sst) | more)


def repeated_part(name: str, block: bytes, times: int) -> tuple[bytes, bytes, int]:
    """A part that deflates to next to nothing, without ever being held whole.

    Returns:
        Its name, its compressed bytes, its size when opened.
    """
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return name.encode(), once * times + b"\x03\x00", len(block) * times


def raw_zip(path: Path, entries: Sequence[tuple[bytes, bytes, int, int]]) -> Path:
    """A container of deflated parts as given: name, compressed bytes, declared size, declared checksum."""
    body, central = b"", b""
    for name, data, size, checksum in entries:
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, checksum, len(data), size, len(name), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        central += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04" + fields + name + data
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(central), len(body), 0)
    path.write_bytes(body + central + b"PK\x05\x06" + end)
    return path


def deflated(
    name: str, data: bytes, size: int | None = None, checksum: int | None = None
) -> tuple[bytes, bytes, int, int]:
    """A part for ``raw_zip``, with its own size and checksum unless others are given."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(data) + squeezer.flush()
    said = len(data) if size is None else size
    return name.encode(), squeezed, said, zlib.crc32(data[:said]) if checksum is None else checksum


# --- OpenDocument ---

_ODS = (
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def ods(path: Path, rows: str, name: str = "Data", manifest: str = "", before: str = "") -> Path:
    content = (
        f"{XML}{before}<office:document-content{_ODS}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    files = (
        f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</m:manifest>'
    )
    parts = {"mimetype": _SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": XML + files}
    return packed(path, {n: p.encode() for n, p in parts.items()}, zipfile.ZIP_STORED)


def ods_row(values: Sequence[str | int | float]) -> str:
    cells = []
    for value in values:
        if isinstance(value, str) and not value:
            cells.append("<table:table-cell/>")
        elif isinstance(value, str):
            cells.append(
                f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            )
        else:
            cells.append(
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


# --- old Excel (BIFF8 in a compound file) ---

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title), kind, 1, FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def compound(stream: bytes, name: str = "Workbook", beside: str = "") -> bytes:
    """A compound file that holds one stream, and a storage ``beside`` it."""
    stored = stream.ljust(4096, b"\0")
    count = -(-len(stored) // SECTOR)
    tables = -(-(count + 64) // 128)
    fat = [FAT] * tables + [END] + [*range(tables + 2, tables + 1 + count), END]
    entries = _entry("Root Entry", 5, END, 0, child=1)
    entries += _entry(name, 2, tables + 1, len(stored), right=2 if beside else FREE)
    entries += _entry(beside, 1, 0, 0) if beside else b""
    header = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIII", 0, tables, tables, 0, 4096) + struct.pack("<IIII", END, 0, END, 0)
    header += struct.pack("<109I", *[*range(tables), *[FREE] * 109][:109])
    table = b"".join(struct.pack("<I", n) for n in fat).ljust(SECTOR * tables, b"\xff")
    return header + table + entries.ljust(SECTOR, b"\0") + stored.ljust(count * SECTOR, b"\0")


def xls_records(rows: Sequence[Sequence[str | int | float]], locked: bool = False) -> bytes:
    """The records of a workbook with one sheet ``Data``."""
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0))
    head += record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\x5a" * 48) if locked else b""
    head += record(0x00E0, struct.pack("<HH", 0, 0) + b"\0" * 16)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<3H", r, c, 0)
            if isinstance(value, str) and value:
                text = value.encode("utf-16-le")
                sheet += record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text)
            elif not isinstance(value, str):
                sheet += record(0x0203, at + struct.pack("<d", value))
    sheet += record(0x000A)
    place = len(head) + 4 + 12 + 4
    return head + record(0x0085, struct.pack("<IBBBB", place, 0, 0, 4, 0) + b"Data") + record(0x000A) + sheet


def xls(
    path: Path, rows: Sequence[Sequence[str | int | float]], locked: bool = False, beside: str = ""
) -> Path:
    path.write_bytes(compound(xls_records(rows, locked), beside=beside))
    return path


# --- PDF ---


def pdf(path: Path, bodies: Sequence[bytes], trailer: bytes = b"") -> Path:
    """A document of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R ".encode() + trailer
    path.write_bytes(out + f" >>\nstartxref\n{start}\n%%EOF\n".encode())
    return path


def stream(data: bytes, more: bytes = b"") -> bytes:
    squeezed = zlib.compress(data, 9)
    head = f"<< /Length {len(squeezed)} /Filter /FlateDecode ".encode() + more
    return head + b">>\nstream\n" + squeezed + b"\nendstream"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page_bodies(
    contents: Sequence[bytes], catalogue: bytes = b"", size: tuple[int, int] = (600, 800)
) -> list[bytes]:
    """Catalogue, page tree, font, then a page and its content for each of ``contents``."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(contents)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        FONT,
    ]
    for i, content in enumerate(contents):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        bodies.append(stream(content))
    return bodies


def ruled(
    rows: Sequence[Sequence[str]], top: float = 760, left: float = 30, wide: float = 120, high: float = 20
) -> bytes:
    """Drawing of a table with every rule, a text in each cell."""
    columns, bottom = len(rows[0]), top - high * len(rows)
    out = [
        f"0.5 w {left} {top - high * i} m {left + wide * columns} {top - high * i} l S"
        for i in range(len(rows) + 1)
    ]
    out += [f"{left + wide * i} {top} m {left + wide * i} {bottom} l S" for i in range(columns + 1)]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            said = cell.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            out.append(f"BT /F 8 Tf {left + wide * c + 3} {top - high * r - 13} Td ({said}) Tj ET")
    return "\n".join(out).encode("latin-1")
