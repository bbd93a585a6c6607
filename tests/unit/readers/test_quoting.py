"""Rows that quotation marks damaged: mended where the columns prove it, told, and never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.readers.delimited import read_delimited
from assets.readers.grid import Book

HEAD = "No. Rekening;Uraian;Sebelum;Sesudah;Keterangan\n"
ROWS = "".join(f"5.2.{i};Belanja {i};{i}00,00;{i}50,00;\n" for i in range(1, 9))


def book(tmp_path: Path, text: str) -> Book:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read_delimited(path)


def rows(tmp_path: Path, text: str) -> list[list[str]]:
    return [list(row) for row in book(tmp_path, text).lembar[0].teks]


def test_a_comma_row_in_the_first_cell_of_a_semicolon_list_is_split_and_told(tmp_path: Path) -> None:
    bad = '"5.3 ,""Belanja Perangko, Materai"",10000.00,12000.00,""Perda, pasal 4""";;;;\n'
    found = book(tmp_path, HEAD + ROWS + bad)
    assert list(found.lembar[0].teks[9]) == [
        "5.3 ",
        "Belanja Perangko, Materai",
        "10000.00",
        "12000.00",
        "Perda, pasal 4",
    ]
    assert found.catatan == [
        ("baris_dalam_satu_sel", {"lembar": "-", "sel": "A10", "jumlah": "1", "daftar": "10"})
    ]


def test_a_row_beside_its_own_text_is_one_row(tmp_path: Path) -> None:
    bad = '"5.3 , ,700.00,750.00,Perda";Retribusi;700.00;750.00;\n'
    assert rows(tmp_path, HEAD + ROWS + bad)[9] == ["5.3 ", "Retribusi", "700.00", "750.00", "Perda"]


@pytest.mark.parametrize(
    "cell",
    [
        '"Belanja kertas, tinta, dan map";;;;\n',  # a heading that holds commas
        '"5.3,Belanja,700,800,x";Lain;900;950;\n',  # beside it stands another row
        '"5.3,Belanja,tujuh,delapan,x";;;;\n',  # no numbers where numbers stand
    ],
)
def test_what_only_looks_like_a_row_stays_one_cell(tmp_path: Path, cell: str) -> None:
    found = book(tmp_path, HEAD + ROWS + cell)
    assert found.lembar[0].teks[9][0] == cell.split('"')[1] and found.catatan == []


def test_rows_with_blank_cells_of_another_mark_behind_them(tmp_path: Path) -> None:
    lines = [
        '"1.0 . 4 ,""Hasil, retribusi"",5000,""Perda, 4""";;;',
        *(f"1.0 . {i} ,Belanja {i},{i}000,;;;" for i in range(9)),
    ]
    found = rows(tmp_path, "Kode,Uraian,Jumlah,Keterangan;;;\n" + "\n".join(lines) + "\n")
    assert found[0] == ["Kode", "Uraian", "Jumlah", "Keterangan"]
    assert found[1] == ["1.0 . 4 ", "Hasil, retribusi", "5000", "Perda, 4"]
    assert found[5] == ["1.0 . 3 ", "Belanja 3", "3000", ""]


@pytest.mark.parametrize("after", [3, 7])
def test_an_unclosed_mark_swallows_no_row(tmp_path: Path, after: int) -> None:
    """Closed rows below, where another mark happens to stand, or never at all."""
    below = ROWS.splitlines(keepends=True)
    closing = 'x";Lain;1,00;2,00;\n' if after == 3 else ""
    text = HEAD + ROWS + '5.4;"Belanja makan;400,00;450,00;\n' + "".join(below[:after]) + closing
    found = book(tmp_path, text)
    teks = found.lembar[0].teks
    assert list(teks[9]) == ["5.4", '"Belanja makan', "400,00", "450,00", ""]
    assert [row[0] for row in teks[10 : 10 + after]] == [f"5.2.{i}" for i in range(1, after + 1)]
    assert found.catatan == [
        ("kutip_tidak_tertutup", {"lembar": "-", "sel": "A10", "jumlah": "1", "daftar": "10"})
    ]


def test_a_cell_of_a_hundred_lines_is_a_cell(tmp_path: Path) -> None:
    note = "\n".join(f"Bibit {i} kg x 25.000 = 200.000" for i in range(100))
    found = book(tmp_path, HEAD + ROWS + f'5.4;Hibah;400,00;450,00;"{note}"\n' + ROWS)
    teks = found.lembar[0].teks
    assert teks[9][4] == note and len(teks) == 18 and found.catatan == []
