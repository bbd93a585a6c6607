"""Workbooks: what stands in a cell is read back at the same address, with kind and format."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from assets.readers import sidecar
from assets.readers.grid import Grid
from assets.readers.printed import number_text, printed
from assets.readers.safety import Limits, Refused
from assets.readers.workbook import read_workbook


def saved(path: Path, cells: dict[str, Any], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for address, value in cells.items():
        sheet[address] = value
    for address, code in (formats or {}).items():
        sheet[address].number_format = code
    book.save(path)
    return path


def cell(grid: Grid, address: str) -> tuple[str, str, str]:
    row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
    return grid.teks[row - 1][column - 1], grid.jenis[row - 1][column - 1], grid.format[row - 1][column - 1]


def only(path: Path) -> Grid:
    book = read_workbook(path, "xlsx")
    assert len(book.lembar) == 1
    return book.lembar[0]


def with_sheet_xml(path: Path, xml: str | bytes) -> Path:
    """A workbook whose sheet is written by hand, to stand for other programs."""
    source = saved(path.with_name("dasar.xlsx"), {"A1": 1})
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            changed.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    return path


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6301012001.0, "6301012001"),
        (6301012001, "6301012001"),
        (0.7314, "0.7314"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (12296340286.459999, "12296340286.46"),
        (0.1 + 0.2, "0.30000000000000004"),
        (2.0**53, "9007199254740992"),
        (1e16, "10000000000000000"),
        (1.2345678901234567e20, "123456789012345670000"),
        (-1234.5, "-1234.5"),
    ],
)
def test_number_prints_shortest_and_exact(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_printed_number_is_the_number_and_never_an_exponent(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.time(7, 9), ("07:09", "w")),
        (dt.time(7, 9, 5), ("07:09:05", "w")),
        (dt.timedelta(hours=27, minutes=9), ("27:09", "l")),
        (dt.timedelta(minutes=-90), ("-01:30", "l")),
        (dt.datetime(2025, 4, 18, 10, 32), ("2025-04-18", "d")),
        (dt.date(2025, 4, 18), ("2025-04-18", "d")),
        (dt.datetime(1900, 1, 1, 3, 0), ("03:00", "w")),
        (True, ("TRUE", "b")),
        (float("inf"), ("#NUM!", "e")),
        ("  ", ("", " ")),
        (" 7:9 ", (" 7:9 ", "t")),
        (None, ("", " ")),
    ],
)
def test_values_print_with_their_kind(value: object, expected: tuple[str, str]) -> None:
    assert printed(value) == expected


def test_kinds_and_formats_of_a_sheet(tmp_path: Path) -> None:
    cells = {
        "C3": "Rp 1.234,56",
        "D3": True,
        "E3": 1,
        "C4": 0.9109,
        "D4": 45765,
        "E4": dt.time(7, 9),
        "C5": 630609200,
        "D5": 11200768358,
        "E5": 0.5,
        "C6": "91,09",
        "D6": dt.timedelta(hours=27, minutes=9),
    }
    formats = {"C4": "0.00%", "D4": "dd.mm", "C5": "0000000000", "D5": "#,##0.00", "C6": "0.00%"}
    grid = only(saved(tmp_path / "a.xlsx", cells, formats))
    assert len(grid.teks) == 6
    assert {len(row) for row in (*grid.teks, *grid.jenis, *grid.format)} == {5}
    assert grid.teks[0] == [""] * 5
    assert grid.jenis[0] == " " * 5
    expected = {
        "C3": ("Rp 1.234,56", "t", " "),
        "D3": ("TRUE", "b", " "),
        "E3": ("1", "n", " "),
        "C4": ("0.9109", "n", "%"),
        "D4": ("2025-04-18", "d", "d"),
        "E4": ("07:09", "w", "w"),
        "C5": ("630609200", "n", "0"),
        "D5": ("11200768358", "n", ","),
        "E5": ("0.5", "n", " "),
        "C6": ("91,09", "t", " "),  # text has no number format, whatever its style says
        "D6": ("27:09", "l", "w"),
    }
    assert {address: cell(grid, address) for address in expected} == expected


def test_formula_without_value_and_error_are_not_blank(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"A1": "x", "B2": "=A1+1", "C9": "#REF!", "D1": ""})
    book = read_workbook(path, "xlsx")
    grid = book.lembar[0]
    assert cell(grid, "B2") == ("", "f", " ")
    assert cell(grid, "C9") == ("#REF!", "e", " ")
    assert len(grid.teks) == 9
    assert len(grid.teks[0]) == 3
    assert book.catatan == [
        ("rumus_tanpa_nilai", {"lembar": "Sheet", "sel": "B2", "jumlah": "1", "daftar": "B2"}),
        ("sel_galat", {"lembar": "Sheet", "sel": "C9", "jumlah": "1", "daftar": "C9", "tertulis": "#REF!"}),
    ]


def test_cached_values_of_formulas_are_read_and_an_empty_text_is_blank(tmp_path: Path) -> None:
    xml = (
        f"<worksheet {MAIN}><sheetData>"
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f t="shared" si="0"/></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1" t="str"><f>"a"</f><v>a</v></c></row></sheetData></worksheet>'
    )
    grid = only(with_sheet_xml(tmp_path / "a.xlsx", xml))
    assert grid.teks == [["2", "", "", "#DIV/0!", "a"]]
    assert grid.jenis == ["n fet"]


def test_hidden_sheets_rows_and_columns_are_read_and_noted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 12):
        sheet.append([row, row, row, row])
    for row in (3, 4, 5, 9):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("Lama")
    hidden["A1"] = 1
    hidden.sheet_state = "veryHidden"
    book.create_sheet("Kosong")
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx", "xlsx")
    assert [(g.lembar, g.tersembunyi) for g in read.lembar] == [("Sheet", False), ("Lama", True)]
    assert read.lembar[0].baris_tersembunyi == {2, 3, 4, 8}
    assert read.lembar[0].kolom_tersembunyi == {2}
    facts = {"lembar": "Sheet", "jumlah": "5", "daftar": "baris 3-5, baris 9, kolom C"}
    assert read.catatan == [("baris_tersembunyi", facts), ("lembar_tersembunyi", {"lembar": "Lama"})]


def test_merged_ranges_are_those_of_the_oracle_within_the_grid(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["D5"] = "judul", "akhir"
    for area in ("B2:D3", "A4:A5", "D5:F9"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    assert sorted(only(tmp_path / "a.xlsx").gabung) == [(1, 1, 2, 3), (3, 0, 4, 0), (4, 3, 4, 3)]


def test_dates_of_the_1904_system(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2025, 3, 31)
    book.save(tmp_path / "a.xlsx")
    assert only(tmp_path / "a.xlsx").teks == [["2025-03-31"]]


def test_macros_are_noted_and_not_needed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsm", {"A1": 1})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00")
    book = read_workbook(path, "xlsm")
    assert book.catatan == [("makro_diabaikan", {})]
    assert book.lembar[0].teks == [["1"]]


def test_empty_sheets_only_is_an_empty_workbook(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {}, {"B7": "0%"})
    with pytest.raises(Refused) as caught:
        read_workbook(path, "xlsx")
    assert caught.value.aturan == "berkas_kosong"


def test_a_cell_at_the_sheets_end_is_refused_before_the_value_reader_sees_it(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_workbook(saved(tmp_path / "a.xlsx", {"A1": 1, "XFD1048576": 2}), "xlsx")
    assert caught.value.aturan == "berkas_terlalu_besar"
    assert "1048576 baris x 16384 kolom" in caught.value.facts["bagian"]


@pytest.mark.parametrize("blank", ['<c r="XFD1048576" s="0"/>', '<c r="XFD1048576" s="0" t="n"></c>'])
def test_blank_styled_cells_at_the_sheets_end_do_no_harm(tmp_path: Path, blank: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{blank}</row>'
    path = with_sheet_xml(tmp_path / "a.xlsx", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
    assert only(path).teks == [["1"]]


def test_the_cell_limit_holds_for_every_format(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"J10": 1})
    with pytest.raises(Refused):
        read_workbook(path, "xlsx", Limits(cells=99))
    assert len(read_workbook(path, "xlsx", Limits(cells=99_999 * 26)).lembar) == 1


PREFIXED = (
    '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:cols>'
    '<x:col min="2" max="2" hidden="true"/></x:cols><x:sheetData><x:row r="2" hidden="1">'
    '<x:c r="B2" t="e"><x:v>#N/A</x:v></x:c><x:c r="C2"><x:f>A1</x:f></x:c></x:row>'
    "</x:sheetData></x:worksheet>"
)
NO_ADDRESSES = (
    f"<worksheet {MAIN}><sheetData><row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row>"
    "<row hidden='1'><c/><c><f>A1</f><v/></c></row></sheetData></worksheet>"
)


def test_xml_of_other_shapes_goes_through_the_parser() -> None:
    side = sidecar.scan(PREFIXED.encode(), [" "])
    assert (side.galat, side.tanpa_nilai) == ({(1, 1): "#N/A"}, {(1, 2)})
    assert (side.baris_tersembunyi, side.kolom_tersembunyi) == ({1}, [(1, 1)])
    side = sidecar.scan(NO_ADDRESSES.encode(), [" "])
    assert (side.galat, side.tanpa_nilai, side.baris_tersembunyi) == ({(0, 1): "#N/A"}, {(1, 1)}, {1})
    side = sidecar.scan(
        NO_ADDRESSES.replace("<worksheet", '<?xml version="1.0" encoding="utf-16"?><worksheet').encode(
            "utf-16"
        ),
        [" "],
    )
    assert side.tanpa_nilai == {(1, 1)}


def test_a_comment_cannot_hide_a_cell_from_the_scan() -> None:
    xml = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<!-- <c r="B1" t="e"><v>#N/A</v></c> -->'
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row></sheetData></worksheet>'
    )
    assert sidecar.scan(xml.encode(), [" "]).galat == {(1, 0): "#REF!"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0%", "%"),
        ('0.00"%"', " "),  # a percent sign that is only printed: the number is 91.09 already
        (r"0.00\%", " "),
        ("dd/mm/yyyy", "d"),
        ("mmm", "d"),
        ("[$-421]dd mmmm yyyy;@", "d"),
        ("h:mm", "w"),
        ("[h]:mm:ss", "w"),
        ("mm:ss", "w"),
        ("00", "0"),
        ('00"."00', "0"),
        ("0.00", " "),
        ("0", " "),
        ("@", " "),
        ('"Rp"#,##0', ","),
        ("[Red]#,##0.00;(#,##0.00)", ","),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', ","),
        ("0.00E+00", " "),
    ],
)
def test_format_classes(code: str, kind: str) -> None:
    assert sidecar.format_class(code) == kind


# Excel keeps 15 digits and dates from March 1900; texts in XML have no control characters, and marks that
# print nothing are not kept.
_PRINTED = st.characters(
    min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp")
)
_TEXTS = st.text(_PRINTED, min_size=1, max_size=12)
_VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda f: float(f"{f:.12g}")),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    _TEXTS.filter(
        lambda t: (
            not t.startswith("=")
            and not re.search(r"_x[0-9A-Fa-f]{4}_", t)
            and t not in openpyxl.cell.cell.ERROR_CODES
        )
    ),
)
_FORMATS = {"0.0%": "%", "#,##0.00": ",", "00000": "0", "0.00": " "}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 30)), _VALUES, min_size=1, max_size=25),
    st.sampled_from(sorted(_FORMATS)),
)
def test_what_openpyxl_writes_is_read_at_the_same_address(
    tmp_path: Path, cells: dict[tuple[int, int], Any], code: str
) -> None:
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        there = book.active.cell(row, column, value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            there.number_format = code
    path = tmp_path / "a.xlsx"
    book.save(path)
    grid = only(path)
    assert len(grid.teks) == max(row for row, _ in cells)
    assert len(grid.jenis[0]) == max(column for _, column in cells)
    filled = {
        (r + 1, c + 1): (text, grid.jenis[r][c], grid.format[r][c])
        for r, texts in enumerate(grid.teks)
        for c, text in enumerate(texts)
        if grid.jenis[r][c] != " "
    }
    assert filled == {at: expected(value, _FORMATS[code]) for at, value in cells.items()}


def expected(value: Any, mark: str) -> tuple[str, str, str]:
    if isinstance(value, bool):
        return str(value).upper(), "b", " "
    if isinstance(value, str):
        return value, "t", " "
    if isinstance(value, dt.date):
        return value.isoformat(), "d", "d"
    return number_text(float(value)), "n", mark


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(1, 30)),
        st.sampled_from([1, 0.5, "=A1", "#REF!", "teks", dt.date(2025, 1, 1)]),
        min_size=1,
        max_size=20,
    ),
    st.sets(st.integers(1, 12), max_size=4),
)
def test_the_byte_scan_and_the_parser_agree(
    tmp_path: Path, cells: dict[tuple[int, int], Any], hidden: set[int]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for (row, column), value in cells.items():
        sheet.cell(row, column, value).number_format = ["General", "0%", "#,##0"][(row + column) % 3]
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        xml, formats = archive.read("xl/worksheets/sheet1.xml"), sidecar.formats_of(archive)
    fast = sidecar.scan(xml, formats)
    slow = sidecar.scan(b"<!-- x -->" + xml, formats)
    assert (fast.galat, fast.tanpa_nilai, fast.format) == (slow.galat, slow.tanpa_nilai, slow.format)
    assert (fast.baris_tersembunyi, fast.kolom_tersembunyi) == (
        slow.baris_tersembunyi,
        slow.kolom_tersembunyi,
    )
    assert fast.tinggi >= slow.tinggi
    assert fast.lebar >= slow.lebar
