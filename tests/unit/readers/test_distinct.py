"""A large sheet read by its distinct cells is the sheet that the ordinary reader gives, in every part."""

from __future__ import annotations

import datetime as dt
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assets.readers import delimited, distinct, workbook
from assets.readers.coded import FORMAT, JENIS, TEKS, Codes, Rows, coded, codes_of
from assets.readers.delimited import read_delimited
from assets.readers.grid import Book, Grid
from assets.readers.guarded import open_guarded
from assets.readers.safety import LIMITS, Limits, Refused
from assets.readers.workbook import read_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELLS = st.one_of(
    st.none(),
    st.integers(-3, 3),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.sampled_from(["a", "Desa <A> & B", " ", "4:18", "1.234,50", "é\u200b", "</row>", '"']),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.times().map(lambda t: t.replace(microsecond=0, tzinfo=None)),
    st.sampled_from(["#REF!", "=A1+1"]),
)
STYLES = st.sampled_from(["General", "0.00%", "dd.mm", "[h]:mm", "0000000000", "#,##0.00", "yyyy-mm-dd"])


@pytest.fixture
def by_distinct(monkeypatch: pytest.MonkeyPatch) -> Any:
    def read(path: Path, limits: Limits = LIMITS) -> Book:
        with monkeypatch.context() as lowered:
            lowered.setattr(workbook, "LARGE_BYTES", 0)
            return read_workbook(path, "xlsx", limits)

    return read


def saved(path: Path, rows: list[list[tuple[Any, str]]], hidden: list[int], merged: bool) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, 1):
        for c, (value, style) in enumerate(row, 1):
            sheet.cell(r, c, value)
            if not isinstance(value, (dt.date, dt.time)):
                sheet.cell(r, c).number_format = style
    for r in hidden:
        sheet.row_dimensions[r].hidden = True
    sheet.column_dimensions["B"].hidden = bool(hidden)
    if merged:
        sheet.merge_cells("A1:B2")
    book.create_sheet("Kecil")["B2"] = "lembar lain"
    book.save(path)
    return path


def plain(book: Book) -> Book:
    """The same book with lists in the place of codes."""
    return replace(book, lembar=[_plain(grid) for grid in book.lembar])


def _plain(grid: Grid) -> Grid:
    return replace(grid, teks=list(grid.teks), jenis=list(grid.jenis), format=list(grid.format))


@given(
    rows=st.lists(st.lists(st.tuples(CELLS, STYLES), min_size=1, max_size=30), min_size=1, max_size=12),
    hidden=st.lists(st.integers(1, 12), max_size=3),
    merged=st.booleans(),
)
@example(rows=[[(None, "General")], [(None, "0.00%"), ("x", "General")]], hidden=[], merged=False)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_equal_to_the_ordinary_reading(
    rows: Any, hidden: list[int], merged: bool, tmp_path: Path, by_distinct: Any
) -> None:
    path = saved(tmp_path / "a.xlsx", rows, hidden, merged)
    ordinary, book = read_workbook(path, "xlsx"), by_distinct(path)
    assert all(codes_of(grid) is not None for grid in book.lembar)
    assert plain(book) == ordinary


def with_sheet(path: Path, xml: str) -> Path:
    source = saved(path.with_name("dasar.xlsx"), [[("teks bersama", "dd.mm"), (5, "0.00%")]], [], False)
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            changed.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    return path


PLAIN = {
    "gaps": '<row r="3"><c r="B3"><v>1</v></c><c r="AA3"><v>2</v></c></row>'
    '<row r="1000"><c r="C1000"><v>1</v></c></row>',
    "far column": '<row r="1"><c r="A1"><v>1</v></c><c r="AAB1"><v>2</v></c></row>',
    "space between": '\n <row r="1" >\n <c r="A1" s="1">\n<v>45688</v>\n</c>\n</row>\n<row r="2"/>\n',
    "inline text": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r>'
    '<r><t xml:space="preserve"> b</t></r></is></c></row>',
    "styled blanks": '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"></c>'
    '<c r="C1"><v>7</v></c><c r="ZZ1" s="1"/></row>',
    "shared formula": '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>',
    "exponent": '<row r="1"><c r="A1"><v>1.5E-07</v></c><c r="B1" s="1"><v>45688</v></c></row>',
    "row twice": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
    "nothing": "",
}
ODD = {
    "no address": '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>',
    "address later": '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c></row>",
    "small letters": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "comment": '<row r="1"><!-- <c r="B1"><v>9</v></c> --><c r="A1"><v>1</v></c></row>',
    "cdata": '<row r="1"><c r="A1" t="str"><v><![CDATA[</row><c r="B1">]]></v></c></row>',
    "backwards": '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    "twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "rich text": '<row r="1"><c r="A1" t="inlineStr"><is>'
    '<r><rPr><b/><color rgb="1"/></rPr><t>a</t></r></is></c></row>',
}


@pytest.mark.parametrize("name", [*PLAIN, *ODD])
def test_other_hands_write_other_xml(name: str, tmp_path: Path, by_distinct: Any) -> None:
    rows = (PLAIN | ODD)[name]
    path = with_sheet(tmp_path / "a.xlsx", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
    ordinary, book = read_workbook(path, "xlsx"), by_distinct(path)
    first = next((g for g in book.lembar if g.lembar == "Sheet"), None)
    assert first is None or (codes_of(first) is not None) == (name in PLAIN)
    assert plain(book) == ordinary


@pytest.mark.parametrize("name", ["gaps", "space between", "styled blanks"])
def test_rows_cut_over_blocks(
    name: str, tmp_path: Path, by_distinct: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = "".join(f'<row r="{r}"><c r="B{r}"><v>{r}</v></c></row>' for r in range(1001, 1300))
    path = with_sheet(
        tmp_path / "a.xlsx", f"<worksheet {MAIN}><sheetData>{PLAIN[name]}{more}</sheetData></worksheet>"
    )
    ordinary = read_workbook(path, "xlsx")
    monkeypatch.setattr(distinct, "_BLOCK", 100)
    assert plain(by_distinct(path)) == ordinary


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576"])
def test_far_cell_is_refused_before_room_is_made(cell: str, tmp_path: Path, by_distinct: Any) -> None:
    row = cell.lstrip("AXFD")
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    path = with_sheet(tmp_path / "a.xlsx", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
    with pytest.raises(Refused) as refused:
        by_distinct(path, Limits(cells=1_000_000))
    assert refused.value.aturan == "berkas_terlalu_besar"


@pytest.mark.parametrize(
    "address", ["AAAA1", "XFE1", "A0", "A1048577", "A12345678", "A-1", "A1 ", "A:", "A1:", "A1\xfa"]
)
def test_no_address_of_a_sheet_is_left_to_the_ordinary_reader(address: str) -> None:
    sheet = distinct._Sheet("a", LIMITS)
    with pytest.raises(distinct.NotPlain):
        sheet.take(f'<row r="1"><c r="{address}"><v>1</v></c></row>'.encode())


def test_the_guarded_child_hands_over_codes(tmp_path: Path) -> None:
    row = "".join(f'<c r="{c}%d"><v>%d</v></c>' for c in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{r}">{row % ((r, r % 7) * 10)}</row>' for r in range(1, 16_000))
    xml = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    assert len(xml) > distinct.LARGE_BYTES
    path = with_sheet(tmp_path / "a.xlsx", xml)
    ((_, book),) = open_guarded([path])
    assert book.ditolak is None
    codes = codes_of(book.lembar[0])
    assert codes is not None
    assert (codes.tinggi, codes.lebar, len(codes.teks)) == (15_999, 10, 8)
    assert book.lembar[0].teks[7] == ["1"] * 10


# --- coded grids ---


def test_coded_grid_reads_like_lists() -> None:
    grid = Grid("a", [["x", ""], ["1", "x"]], ["t ", "nt"], ["  ", "% "], baris_awal=3)
    made = coded(grid)
    assert made == grid
    assert pickle.loads(pickle.dumps(made)) == grid
    assert (made.teks[-1], made.teks[1:], list(made.jenis)) == (["1", "x"], [["1", "x"]], ["t ", "nt"])
    codes = codes_of(made)
    assert codes is not None
    assert (codes.where("t"), codes.where("e")) == ([(0, 0), (1, 1)], [])
    with pytest.raises(IndexError):
        made.teks[2]


@pytest.mark.parametrize(
    ("data", "teks", "jenis"),
    [
        ([0, 2], ["", "a"], " t"),
        ([0, -1], ["", "a"], " t"),
        ([0], ["", "a"], " t"),
        ([0, 1], ["", "a"], " "),
        ([0, 1], ["a", ""], "t "),
    ],
)
def test_codes_that_do_not_fit_are_refused(data: list[int], teks: list[str], jenis: str) -> None:
    from array import array

    with pytest.raises(ValueError, match="coded"):
        Codes(array("i", data).tobytes(), 1, 2, teks, jenis, "  ")


def test_rows_know_their_parts() -> None:
    codes = Codes(b"\1\0\0\0", 1, 1, ["", "a"], " t", " %")
    assert [Rows(codes, part)[0] for part in (TEKS, JENIS, FORMAT)] == [["a"], "t", "%"]
    with pytest.raises(ValueError, match="part"):
        Rows(codes, "lain")


@pytest.mark.parametrize(
    "rows",
    [
        ["a;b;c", "1;;3", ";;", '"x;y";="01";\u200b', ";;", ""],
        ["a;b;;", "1;2;;", "\u200b;3; ;"],
        ["a;b", *(f"{n % 3};{n}" for n in range(50))],
    ],
)
def test_a_large_csv_is_the_same_by_its_distinct_cells(
    rows: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    ordinary = read_delimited(path)
    monkeypatch.setattr(delimited, "WORTH_CELLS", 0)
    monkeypatch.setattr(delimited, "_REMEMBERED", 2)
    book = read_delimited(path)
    assert codes_of(book.lembar[0]) is not None
    assert plain(book) == ordinary
