"""Delimited text: encodings, delimiters, and the quoting that offices produce."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.readers.delimited import decode, read_delimited
from assets.readers.grid import Grid
from assets.readers.safety import Limits, Refused


def read(tmp_path: Path, data: bytes | str, limits: Limits | None = None) -> Grid:
    path = tmp_path / "a.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    book = read_delimited(path, limits or Limits())
    assert book.jenis_berkas == "csv"
    return book.lembar[0]


ROWS = [["Kode", "Uraian", "Pagu"], ["5.1", "Belanja – Pegawai é", "1.234,56"], ["5.2", "Modal", "2.345,67"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_delimiters(tmp_path: Path, delimiter: str, encoding: str, newline: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(ROWS)
    grid = read(tmp_path, out.getvalue().encode(encoding))
    assert grid.teks == ROWS
    assert grid.jenis == ["ttt"] * 3
    assert grid.format == ["   "] * 3
    assert (grid.lembar, grid.baris_awal) == ("-", 1)


def test_decimal_commas_in_every_row_do_not_make_the_comma_the_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, "1,5;2,5;a\n3,5;4,5;b\n").teks == [["1,5", "2,5", "a"], ["3,5", "4,5", "b"]]


def test_sep_line_decides_and_is_no_row(tmp_path: Path) -> None:
    grid = read(tmp_path, "sep=|\r\na,b|c;d\r\n1,2|3;4\r\n")
    assert grid.teks == [["a,b", "c;d"], ["1,2", "3;4"]]


def test_rows_of_different_length_blank_rows_and_trailing_blanks(tmp_path: Path) -> None:
    grid = read(tmp_path, "Judul,,,\n\nKode,Nama,,\n1,a,,\n2,  ,x,\n,,,\n\n")
    assert grid.teks == [["Judul", "", ""], [""] * 3, ["Kode", "Nama", ""], ["1", "a", ""], ["2", "", "x"]]
    assert grid.jenis == ["t  ", "   ", "tt ", "tt ", "t t"]


def test_rows_quoted_as_one_field_are_split(tmp_path: Path) -> None:
    text = 'Laporan\n"Kode;Uraian;Pagu"\n"5.1;""Belanja; Pegawai"";100"\n"5.2;Modal;200"\n'
    assert read(tmp_path, text).teks == [
        ["Laporan", "", ""],
        ["Kode", "Uraian", "Pagu"],
        ["5.1", "Belanja; Pegawai", "100"],
        ["5.2", "Modal", "200"],
    ]


def test_a_quoted_title_that_holds_the_delimiter_stays_one_cell(tmp_path: Path) -> None:
    grid = read(tmp_path, '"Realisasi, Tahun 2025"\na,b,c\n1,2,3\n4,5,6\n')
    assert grid.teks[0] == ["Realisasi, Tahun 2025", "", ""]


def test_line_break_in_a_quoted_cell_is_one_row(tmp_path: Path) -> None:
    assert read(tmp_path, 'a;b\n"x\ny";2\n').teks == [["a", "b"], ["x\ny", "2"]]


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest(tmp_path: Path) -> None:
    lines = ["a;b", '"Kel. Angsau;1', *(f"baris {i};{i}" for i in range(200))]
    grid = read(tmp_path, "\n".join(lines))
    assert len(grid.teks) == 202
    assert grid.teks[1] == ['"Kel. Angsau', "1"]
    assert grid.teks[-1] == ["baris 199", "199"]


def test_leading_zeros_kept_by_a_text_formula(tmp_path: Path) -> None:
    assert read(tmp_path, 'kode,nama\n"=""0630609200""",x\n=1+1,y\n').teks[1:] == [
        ["0630609200", "x"],
        ["=1+1", "y"],
    ]


def test_text_without_delimiter_is_one_column(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Laporan Kinerja\r\n\r\nBab III\r\n")
    book = read_delimited(path)
    assert book.jenis_berkas == "txt"
    assert book.lembar[0].teks == [["Laporan Kinerja"], [""], ["Bab III"]]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"a\x07b;c\n", b"\x81\x8d\x8f;a\n"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    assert decode(data) is None
    with pytest.raises(Refused) as caught:
        read(tmp_path, data)
    assert caught.value.aturan == "berkas_bukan_tabel"


def test_nothing_but_separators_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, ";;;\n;;;\n  ;;;\n")
    assert caught.value.aturan == "berkas_kosong"


def test_a_row_of_absurd_width_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, "a;b\n" + ";".join("x" * 101), Limits(columns=100))
    assert caught.value.aturan == "berkas_terlalu_besar"
    with pytest.raises(Refused):
        read(tmp_path, "a;b\n1;2\n3;4\n", Limits(cells=5))


_CELL = st.text("ab 1.\"'\n,;|", max_size=6).filter(lambda t: not t or not t.isspace())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(";\t|,"))
def test_what_csv_writes_is_read_back(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    said = f"sep={delimiter}\r\n" + out.getvalue()  # the guess is another test's matter
    grid = read(tmp_path, said)
    filled = [["a", "b", "c"], *rows]
    while not any(filled[-1]):
        filled.pop()
    assert grid.teks == filled


def test_marks_that_print_nothing_are_no_part_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama;n\n\u202eDESA\u200b BARU\u202c;\ufeff1\n\u200b;2\n", encoding="utf-8")
    (grid,) = read_delimited(path).lembar
    assert grid.teks == [["nama", "n"], ["DESA BARU", "1"], ["", "2"]]


def test_blank_cells_behind_every_row_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    grid = read(tmp_path, "Kode,Uraian,Jumlah;;\n5,BELANJA,9;;\n5.1,OPERASI,8;;\n")
    assert [row[:2] for row in grid.teks] == [["Kode", "Uraian"], ["5", "BELANJA"], ["5.1", "OPERASI"]]
