"""PDF pages written by hand: ruled tables, the lines around them, pages on their side, scans."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_uji import Page, document

from assets.readers.grid import Grid
from assets.readers.opening import open_book
from assets.readers.pdf.table import read_pdf
from assets.readers.pdf.text import Joiner, Line
from assets.readers.safety import Limits, Refused


def pdf(path: Path, *pages: str, rotate: int = 0) -> Path:
    """A document of 400 x 300 points a page, from content streams."""
    return document(path, *(Page(400, 300, rotate, [content]) for content in pages))


def text(x: float, y: float, said: str) -> str:
    return f"BT /F 9 Tf {x} {y} Td ({said}) Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(
    rows: list[list[str]], top: float = 240, left: float = 30, width: float = 100, height: float = 24
) -> str:
    """A table with every rule drawn."""
    columns, bottom = len(rows[0]), top - height * len(rows)
    out = "".join(
        rule(left, top - height * i, left + width * columns, top - height * i) for i in range(len(rows) + 1)
    )
    out += "".join(rule(left + width * i, top, left + width * i, bottom) for i in range(columns + 1))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            for n, line in enumerate(cell.split("\n")):
                out += text(left + width * c + 4, top - height * r - 10 - 10 * n, line)
    return out


ROWS = [["Kode", "Uraian", "Pagu"], ["5.1.02", "Belanja\nBarang", "12.296.340."], ["5.2", "Modal", "7:9"]]
READ = [["Kode", "Uraian", "Pagu"], ["5.1.02", "Belanja Barang", "12.296.340."], ["5.2", "Modal", "7:9"]]


def only(path: Path) -> Grid:
    book = read_pdf(path)
    assert len(book.lembar) == 1
    return book.lembar[0]


def test_a_ruled_table_with_the_lines_around_it(tmp_path: Path) -> None:
    content = text(30, 270, "Tabel 3.8 Indeks Desa") + ruled(ROWS) + text(30, 120, "Sumber: Kecamatan")
    grid = only(pdf(tmp_path / "a.pdf", content))
    assert grid.teks == [["Tabel 3.8 Indeks Desa", "", ""], *READ, ["Sumber: Kecamatan", "", ""]]
    assert grid.jenis == ["t  ", "ttt", "ttt", "ttt", "t  "]
    assert grid.format == ["   "] * 5
    assert (grid.lembar, grid.halaman, grid.baris_awal) == ("hal. 1", 1, 1)


def test_each_page_is_a_grid_and_keeps_the_number_of_columns(tmp_path: Path) -> None:
    book = read_pdf(pdf(tmp_path / "a.pdf", ruled(ROWS), ruled(ROWS[1:])))
    assert [(g.lembar, g.halaman, len(g.teks), len(g.teks[0])) for g in book.lembar] == [
        ("hal. 1", 1, 3, 3),
        ("hal. 2", 2, 2, 3),
    ]


def test_a_cell_over_two_columns_is_merged(tmp_path: Path) -> None:
    rows = [["", "", ""], ["a", "b", "c"]]
    cover = "1 1 1 rg\n"
    left = rule(30, 240, 330, 240) + rule(30, 216, 330, 216) + rule(30, 192, 330, 192)
    uprights = (
        rule(30, 240, 30, 192)
        + rule(330, 240, 330, 192)
        + rule(130, 216, 130, 192)
        + rule(230, 240, 230, 192)
    )
    content = cover + left + uprights + text(34, 230, "Nama") + text(234, 230, "Nilai")
    content += "".join(text(34 + 100 * c, 206, rows[1][c]) for c in range(3))
    grid = only(pdf(tmp_path / "a.pdf", content))
    assert grid.teks == [["Nama", "", "Nilai"], ["a", "b", "c"]]
    assert grid.gabung == [(0, 0, 0, 1)]


def test_painted_backgrounds_are_no_rules(tmp_path: Path) -> None:
    paint = "0.9 g 34 228 60 10 re f 34 204 60 10 re f 34 194 60 9 re f 134 204 40 10 re f\n0 g\n"
    assert only(pdf(tmp_path / "a.pdf", paint + ruled(ROWS))).teks == READ


def test_a_table_cut_by_the_pages_end_keeps_its_open_rows(tmp_path: Path) -> None:
    whole = ruled(ROWS)
    open_above = whole.replace(rule(30, 240, 330, 240), "").replace(rule(30, 168, 330, 168), "")
    assert open_above.count("S\n") == whole.count("S\n") - 2
    assert only(pdf(tmp_path / "a.pdf", open_above)).teks == READ


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_turned_by_its_rotation_entry_is_read_upright(tmp_path: Path, rotate: int) -> None:
    content = text(30, 270, "Judul") + ruled(ROWS)
    assert only(pdf(tmp_path / "a.pdf", content, rotate=rotate)).teks == [["Judul", "", ""], *READ]


@pytest.mark.parametrize("turn", ["0 1 -1 0 350 0 cm", "0 -1 1 0 0 350 cm", "-1 0 0 -1 400 300 cm"])
def test_a_table_drawn_on_its_side_is_read_upright(tmp_path: Path, turn: str) -> None:
    content = f"q {turn}\n" + text(40, 120, "Judul") + ruled(ROWS, top=110, left=40, width=80) + "Q\n"
    assert only(pdf(tmp_path / "a.pdf", content)).teks == [["Judul", "", ""], *READ]


def test_pages_without_text_are_noted_and_the_others_read(tmp_path: Path) -> None:
    scan = "q 400 0 0 300 0 0 cm /I Do Q\n"
    book = read_pdf(pdf(tmp_path / "a.pdf", ruled(ROWS), scan, scan, "", ruled(ROWS), scan))
    assert [g.halaman for g in book.lembar] == [1, 5]
    assert book.catatan == [("pdf_tanpa_teks", {"halaman": "2-3, 6", "jumlah": "3", "seluruhnya": "6"})]


def test_a_scan_is_refused_and_a_blank_document_is_empty(tmp_path: Path) -> None:
    book = open_book(pdf(tmp_path / "a.pdf", "q 400 0 0 300 0 0 cm /I Do Q\n"))
    assert book.ditolak == ("pdf_tanpa_teks", {"halaman": "1", "jumlah": "1", "seluruhnya": "1"})
    assert (open_book(pdf(tmp_path / "b.pdf", "")).ditolak or ("",))[0] == "berkas_kosong"


def test_a_page_of_prose_is_lines(tmp_path: Path) -> None:
    grid = only(pdf(tmp_path / "a.pdf", text(30, 200, "Bab III") + text(30, 180, "Capaian kinerja")))
    assert grid.teks == [["Bab III"], ["Capaian kinerja"]]


def test_too_many_pages_and_broken_documents_are_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", ruled(ROWS), ruled(ROWS))
    with pytest.raises(Refused) as caught:
        read_pdf(path, Limits(pages=1))
    assert caught.value.facts == {"bagian": "isi berkas", "ukuran": "2 halaman", "batas": "1 halaman"}
    path.write_bytes(b"%PDF-1.4\n" + b"x" * 300)
    assert (open_book(path).ditolak or ("",))[0] == "berkas_rusak"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", ""),
        ("Nilai\nAnggaran", "Nilai Anggaran"),
        ("12.296.340.\n286,46", "12.296.340.286,46"),
        ("12.296.3\n40.286", "12.296.340.286"),
        ("1.234,\n56", "1.234,56"),
        ("5.1.02.\n01.01", "5.1.02.01.01"),
        ("12\n15", "12 15"),
        ("1.234,5\n6", "1.234,5 6"),
        ("1.234\n567", "1.234 567"),
        ("Tahun 2025.\n10 desa", "Tahun 2025. 10 desa"),
        ("a\n\nb", "a b"),
    ],
)
def test_lines_of_a_cell_join_without_breaking_numbers(cell: str, said: str) -> None:
    lines = [Line(each, 0, 12 * n, 0, 12 * n + 10) for n, each in enumerate(cell.split("\n")) if each]
    assert Joiner().text(lines) == said
