"""Old Excel (.xls) and OpenDocument (.ods) workbooks, written by hand: formats, errors, what is hidden."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.readers.opening import open_book
from assets.readers.sidecar_xls import XlsBroken, scan_xls, workbook_stream

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def cell(kind: int, row: int, column: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<3H", row, column, style) + value)


def workbook_records() -> bytes:
    """One sheet ``LRA``: style 0 general, 1 percent, 2 grouped, 3 date (built in)."""
    percent = '0.00"x"%'
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0)
    head = record(0x0809, bof)
    head += record(0x041E, struct.pack("<HHB", 164, len(percent), 0) + percent.encode())
    head += b"".join(record(0x00E0, struct.pack("<HH", 0, n) + b"\0" * 16) for n in (0, 164, 3, 14))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    sheet += record(0x007D, struct.pack("<5HH", 1, 1, 2000, 0, 1, 0))  # column B hidden
    sheet += record(0x0208, struct.pack("<8H", 2, 0, 5, 300, 0, 0, 0x20, 0))  # row 3 hidden
    sheet += cell(0x0203, 0, 0, 1, struct.pack("<d", 0.9109))
    sheet += cell(0x0203, 0, 1, 3, struct.pack("<d", 45765))
    sheet += cell(0x0203, 2, 0, 0, struct.pack("<d", 6301012001))
    sheet += cell(0x0205, 0, 2, 0, b"\x17\x01")  # #REF!
    sheet += cell(0x0205, 0, 3, 0, b"\x01\x00")  # TRUE
    formula = b"\x02\x00\x07\x00\x00\x00\xff\xff" + b"\0" * 6 + struct.pack("<H", 0)
    sheet += cell(0x0006, 2, 2, 0, formula)  # #DIV/0!
    multiple = (
        struct.pack("<HH", 1, 0) + struct.pack("<HI", 2, (5 << 2) | 2) + struct.pack("<HI", 0, (7 << 2) | 2)
    )
    sheet += record(0x00BD, multiple + struct.pack("<H", 1))
    sheet += record(0x000A)
    tail = record(0x000A)
    place = len(head) + len(record(0x0085, b"\0" * 11)) + len(tail)
    return head + record(0x0085, struct.pack("<IBBBB", place, 0, 0, 3, 0) + b"LRA") + tail + sheet


def compound(stream: bytes, small: bool = False) -> bytes:
    """A compound file holding one stream; ``small`` puts it into the mini stream as writers do below 4096."""
    cutoff = 4096
    stored = stream if small else stream.ljust(cutoff, b"\0")
    count = -(-len(stored) // SECTOR)
    links = [*range(3, 2 + count), END]  # sectors from 2 on
    fat = [FAT, END, *links]
    mini = b""
    if small:
        units = -(-len(stored) // 64)
        fat.append(END)
        mini = b"".join(struct.pack("<I", n) for n in [*range(1, units), END]).ljust(SECTOR, b"\xff")
    mini_sector = 2 + count if small else END
    root_start, root_size = (2, count * SECTOR) if small else (END, 0)
    entries = entry("Root Entry", 5, root_start, root_size, child=1)
    entries += entry("Workbook", 2, 0 if small else 2, len(stored))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIII", 0, 1, 1, 0, cutoff)
    header += struct.pack("<IIII", mini_sector, int(small), END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    table = b"".join(struct.pack("<I", n) for n in fat).ljust(SECTOR, b"\xff")
    return header + table + entries.ljust(SECTOR, b"\0") + stored.ljust(count * SECTOR, b"\0") + mini


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title), kind, 1, FREE, FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def test_the_hand_made_container_is_whole() -> None:
    records = workbook_records()
    assert workbook_stream(compound(records)).startswith(records)
    assert workbook_stream(compound(records, small=True)) == records


def test_formats_errors_and_hidden_parts_of_an_xls(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(compound(workbook_records()))
    book = open_book(path)
    assert book.ditolak is None
    grid = book.lembar[0]
    assert (book.jenis_berkas, grid.lembar) == ("xls", "LRA")
    assert grid.teks == [
        ["0.9109", "2025-04-18", "#REF!", "TRUE"],
        ["5", "7", "", ""],
        ["6301012001", "", "#DIV/0!", ""],
    ]
    assert grid.jenis == ["ndeb", "nn  ", "n e "]
    assert grid.format == ["%d  ", ",   ", "    "]
    assert (grid.baris_tersembunyi, grid.kolom_tersembunyi) == ({2}, {1})
    assert [rule for rule, _ in book.catatan] == ["baris_tersembunyi", "sel_galat"]


def test_a_chain_that_runs_in_a_circle_is_broken() -> None:
    data = bytearray(compound(workbook_records()))
    struct.pack_into("<I", data, SECTOR + 4 * 3, 2)  # the second sector of the stream leads back to the first
    with pytest.raises(XlsBroken):
        scan_xls(bytes(data))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(8, 5500), st.integers(0, 255), st.booleans())
def test_a_garbled_xls_never_raises(tmp_path: Path, at: int, byte: int, cut: bool) -> None:
    data = bytearray(compound(workbook_records()))
    at = min(at, len(data) - 1)
    data[at] = byte
    path = tmp_path / "a.xls"
    path.write_bytes(data[:at] if cut else data)
    book = open_book(path)
    assert book.lembar or book.ditolak


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text")
)


def ods(path: Path, rows: str) -> Path:
    content = f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
    content += f'<table:table table:name="IDM">{rows}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<a/>")
        archive.writestr("content.xml", content + "</office:document-content>")
    return path


def value(kind: str, stored: str, shown: str, more: str = "") -> str:
    attribute = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    said = f'office:{attribute}="{stored}"' if kind != "string" else ""
    tag = f'table:table-cell office:value-type="{kind}" {said} {more}'
    return f"<{tag}><text:p>{shown}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_formats_errors_spans_and_hidden_parts_of_an_ods(tmp_path: Path) -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += '<table:table-column table:visibility="collapse"/>'
    error = value("string", "", "#DIV/0!", 'table:formula="of:=1/0"')
    rows = [
        row(
            value("string", "", "Judul", 'table:number-columns-spanned="3"'),
            "<table:covered-table-cell/>" * 2,
        ),
        row(value("percentage", "0.9109", "91,09%"), value("date", "2025-04-18", "18/04"), error),
        row(
            value("float", "7", "7"),
            '<table:table-cell table:formula="of:=A1"/>',
            more='table:visibility="filter"',
        ),
        row(
            value("time", "PT07H09M00S", "7:09"),
            value("currency", "5000", "Rp5.000"),
            value("boolean", "true", "TRUE"),
        ),
        row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more='table:number-rows-repeated="1048000"',
        ),
    ]
    book = open_book(ods(tmp_path / "a.ods", columns + "".join(rows)))
    assert book.ditolak is None
    grid = book.lembar[0]
    assert grid.teks == [
        ["Judul", "", ""],
        ["0.9109", "2025-04-18", "#DIV/0!"],
        ["7", "", ""],
        ["07:09", "5000", "TRUE"],
    ]
    assert grid.jenis == ["t  ", "nde", "nf ", "wnb"]
    assert grid.format == ["   ", "%d ", "   ", "w, "]
    assert grid.gabung == [(0, 0, 0, 2)]
    assert (grid.baris_tersembunyi, grid.kolom_tersembunyi) == ({2}, {2})
    assert [rule for rule, _ in book.catatan] == ["baris_tersembunyi", "rumus_tanpa_nilai", "sel_galat"]


def test_an_ods_cell_that_repeats_itself_over_the_sheet_is_refused(tmp_path: Path) -> None:
    bomb = row(
        value("float", "5", "5", 'table:number-columns-repeated="16384"'),
        more='table:number-rows-repeated="1048576"',
    )
    book = open_book(ods(tmp_path / "a.ods", bomb))
    assert (book.ditolak or ("",))[0] == "berkas_terlalu_besar"
