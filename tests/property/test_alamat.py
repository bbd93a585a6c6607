"""The value at a reported address is the reported value, asked of another reader than ours.

A table of grants is written somewhere on a sheet, in every kind of file. Whatever is handed over must stand
where its address says: the letters of the column map with the row number.
"""

from __future__ import annotations

import csv
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from assets.readers import reading, vocabulary
from assets.readers.grid import kolom_huruf
from assets.readers.json_table import parse, value_at
from assets.readers.opening import open_book
from tests.hostile.wadah import ods, ods_row, page_bodies, pdf, ruled, xls
from tests.property.profil import quick

Value = str | int
Matrix = list[list[Value]]
Find = Callable[[str], object]  # the value at "B7", by another reader

TITLE = "PENYALURAN HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025"
NAMES = st.text("ABCDEFGHIKLMNOPRSTUW", min_size=4, max_size=12).map(lambda word: f"KELOMPOK {word}")


@dataclass(frozen=True)
class Sheet:
    """A table with its title, ``top`` rows and ``left`` columns from the corner; a number column if asked."""

    top: int
    left: int
    names: list[str]
    amounts: list[int]
    numbered: bool
    gap: int

    @property
    def matrix(self) -> Matrix:
        head: list[Value] = ["No"] if self.numbered else []
        rows: Matrix = [[TITLE], *[[] for _ in range(self.gap)], [*head, "Nama Penerima Hibah", "Jumlah"]]
        for n, (name, amount) in enumerate(zip(self.names, self.amounts, strict=True), 1):
            lead: list[Value] = [n] if self.numbered else []
            rows.append([*lead, name, amount])
        placed: Matrix = [[] for _ in range(self.top)] + [
            [""] * self.left + row if row else [] for row in rows
        ]
        wide = max(map(len, placed))
        return [row + [""] * (wide - len(row)) for row in placed]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    names = draw(st.lists(NAMES, min_size=2, max_size=12, unique=True))
    amounts = [draw(st.integers(1, 10**9)) * 500 for _ in names]
    place = st.integers(0, 4)
    return Sheet(draw(place), draw(place), names, amounts, draw(st.booleans()), draw(st.integers(0, 2)))


# --- writers, each with another reader's look-up -----------------------------------------------------


def as_xlsx(path: Path, sheet: Sheet) -> Find:
    book = openpyxl.Workbook()
    for r, row in enumerate(sheet.matrix, 1):
        for c, value in enumerate(row, 1):
            if value != "":
                book.active.cell(r, c, value)
    book.save(path)
    again = openpyxl.load_workbook(path, data_only=True).active
    return lambda sel: again[sel].value


def as_csv(path: Path, sheet: Sheet) -> Find:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, delimiter=";").writerows(sheet.matrix)
    with path.open(newline="", encoding="utf-8") as again:
        rows = list(csv.reader(again, delimiter=";"))
    return lambda sel: rows[_place(sel)[0]][_place(sel)[1]]


def as_xls(path: Path, sheet: Sheet) -> Find:
    xls(path, sheet.matrix)
    return lambda sel: _biff(path.read_bytes(), *_place(sel))


def _biff(data: bytes, row: int, column: int) -> object:
    """The cell's record, found by its own bytes: a number or a label at this row and column."""
    place = row.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0"
    if (at := data.find(b"\x03\x02\x0e\x00" + place)) >= 0:
        return int(struct.unpack_from("<d", data, at + 10)[0])
    found = re.search(rb"\x04\x02.." + re.escape(place), data, re.DOTALL)
    assert found, "no record of this cell"
    (count,) = struct.unpack_from("<H", data, found.end())
    return data[found.end() + 3 : found.end() + 3 + 2 * count].decode("utf-16-le")


def as_ods(path: Path, sheet: Sheet) -> Find:
    blank = '<table:table-row table:number-rows-repeated="%d"><table:table-cell/></table:table-row>'
    rows = sheet.matrix
    before = blank % sheet.top if sheet.top else ""
    ods(path, before + "".join(map(ods_row, rows[sheet.top :])))
    with zipfile.ZipFile(path) as archive:
        again = [list(_ods_cells(r)) for r in _ods_rows(archive.read("content.xml"))]
    return lambda sel: again[_place(sel)[0]][_place(sel)[1]]


def _ods_rows(content: bytes) -> Iterator[ElementTree.Element]:
    for row in ElementTree.fromstring(content).iter():
        if row.tag.endswith("}table-row"):
            times = next((int(v) for k, v in row.attrib.items() if k.endswith("rows-repeated")), 1)
            yield from [row] * times


def _ods_cells(row: ElementTree.Element) -> Iterator[str]:
    for cell in row:
        times = next((int(v) for k, v in cell.attrib.items() if k.endswith("columns-repeated")), 1)
        yield from ["".join(cell.itertext())] * times


def as_pdf(path: Path, sheet: Sheet) -> Find:
    """The page's ruled table; rows of its grid are counted from the first line of the page."""
    rows = [[str(v) for v in row][sheet.left :] for row in sheet.matrix[sheet.top + 1 + sheet.gap :]]
    title = f"BT /F 9 Tf 30 780 Td ({TITLE}) Tj ET\n".encode()
    pdf(path, page_bodies([title + ruled(rows, wide=150)]))
    with pdfplumber.open(path) as again:
        words = again.pages[0].extract_words(keep_blank_chars=True)
    lines = sorted({round(w["top"]) for w in words})

    def find(sel: str) -> object:
        row, column = _place(sel)
        left = 30 + 150 * column
        return next(
            w["text"] for w in words if round(w["top"]) == lines[row] and left <= w["x0"] < left + 150
        )

    return find


WRITERS = {"xlsx": as_xlsx, "csv": as_csv, "xls": as_xls, "ods": as_ods, "pdf": as_pdf}


def _place(sel: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(sel)
    return row - 1, column_index_from_string(letters) - 1


def handed_over(path: Path) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The column map (field -> letters) and the rows of the one table of grants in a file."""
    found, tables = reading.read(open_book(path), "f1", vocabulary.load())
    assert [t.tabel for t in found.tables] == ["hibah_daftar"], found.findings
    (table,) = found.tables
    return {str(k["field"]): str(k["kolom"]) for k in table.kolom}, tables[0].to_pylist()


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_handed_over_stands_where_it_says(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"hibah.{kind}"

    @given(sheets())
    @quick(25 if kind == "pdf" else 40)
    def holds(sheet: Sheet) -> None:
        find = WRITERS[kind](path, sheet)
        columns, rows = handed_over(path)
        data = [row for row in rows if row["jenis_baris"] == "data"]
        assert [row["penerima"] for row in data] == sheet.names, "no row is lost, none is added"
        for row in data:
            for field in ("penerima", "jumlah"):
                sel = f"{columns[field]}{row['baris']}"
                assert str(find(sel)) == row[field], sel
        assert [Decimal(row["jumlah"]) for row in data] == sheet.amounts

    holds()


RECORD = st.dictionaries(st.sampled_from("abcdef"), st.integers(-(10**9), 10**9) | NAMES, min_size=1)


def test_a_value_of_json_stands_where_its_address_says(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    @given(st.lists(RECORD, min_size=2))
    @quick(60)
    def holds(records: list[dict[str, Value]]) -> None:
        text = json.dumps({"judul": TITLE, "isi": {"daftar": records}})
        path.write_text(text, encoding="utf-8")
        (grid,) = open_book(path).lembar
        assert grid.lembar == "/isi/daftar"
        columns = {grid.kolom(c): c for c in range(len(grid.teks[0]))}
        for r, record in enumerate(records, 1):
            for key, value in record.items():
                told = grid.teks[r][columns[f"{key}#"]]
                assert told == str(value)
                assert str(value_at(parse(text), grid.lembar, f"{key}#{grid.baris_awal + r}")) == told

    holds()


@given(st.integers(1, 16_384))
@quick(60)
def test_letters_of_columns_are_those_of_office_programs(number: int) -> None:
    assert kolom_huruf(number - 1) == get_column_letter(number)
