"""Reports as offices print them to PDF: tables over pages, on their side, without rules, in narrow cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pdf_uji import Cell, Page, document, table

from assets.readers import reading, vocabulary
from assets.readers.grid import Grid
from assets.readers.opening import open_book
from assets.readers.pdf.table import read_pdf

HEAD = ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI", "%"]
WIDTHS = [80, 150, 100, 100, 50]
TITLES = ["LAPORAN REALISASI ANGGARAN", "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "TAHUN ANGGARAN 2025"]


def rows(first: int, count: int) -> list[list[str]]:
    return [
        [
            f"5.1.02.{n:02d}",
            f"Belanja Barang dan Jasa nomor {n}",
            f"{n}.234.567,89",
            f"{n}.000.000,00",
            "81,00",
        ]
        for n in range(first, first + count)
    ]


def titled(page: Page, lines: list[str] = TITLES) -> Page:
    for n, line in enumerate(lines):
        page.text(60, 30 + 12 * n, line)
    return page


def read(path: Path) -> tuple[reading.FileRead, list[dict[str, Any]]]:
    found, tables = reading.read(open_book(path), "a" * 64, vocabulary.load())
    return found, [row for arrow in tables for row in arrow.to_pylist()]


def grid_of(path: Path, number: int = 1) -> Grid:
    return read_pdf(path).lembar[number - 1]


def told(found: reading.FileRead) -> list[str]:
    return sorted(f.aturan for f in found.findings)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_pages_with_and_without_its_header_again(tmp_path: Path, repeated: bool) -> None:
    pages = []
    for number, first in enumerate((1, 11, 21), 1):
        page = titled(Page()) if number == 1 else Page().text(60, 30, TITLES[1])
        top = 80 if number == 1 else 60
        body = rows(first, 10)
        table(page, [HEAD, *body] if number == 1 or repeated else body, WIDTHS, top=top)
        pages.append(page.text(280, 810, f"Halaman {number} dari 3").text(40, 820, "Dicetak dari SIPD"))
    found, made = read(document(tmp_path / "a.pdf", *pages))
    assert [r["kode"] for r in made] == [f"5.1.02.{n:02d}" for n in range(1, 31)]
    assert [r["pagu"] for r in made] == [f"{n}.234.567,89" for n in range(1, 31)]
    assert {t.tabel for t in found.tables} == {"realisasi_rekening"}
    assert [s["tidak_dikenal"] for s in found.lembar] == [0, 0, 0]
    assert told(found) == []


def test_merged_names_are_carried_over_the_end_of_a_page(tmp_path: Path) -> None:
    head = ["PROGRAM", "SUB KEGIATAN", "PAGU", "REALISASI"]
    widths = [150, 150, 100, 100]

    def part(n: int) -> list[str]:
        return [f"Sub kegiatan nomor {n}", f"{n}.000.000", f"{n}00.000"]

    one, two = titled(Page()), Page()
    table(one, [head, [Cell("Program Satu", rows=2), *part(1)], [None, *part(2)]], widths)
    table(two, [[Cell("", rows=2), *part(3)], [None, *part(4)], ["Program Dua", *part(5)]], widths, top=40)
    _, made = read(document(tmp_path / "a.pdf", one, two))
    assert [r["program"] for r in made] == [*["Program Satu"] * 4, "Program Dua"]
    assert [r["format_sel"][1] for r in made] == [" ", "^", "^", "^", " "]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_the_rotation_entry_says_does_not_matter(tmp_path: Path, turn: int) -> None:
    page = titled(Page(turn=turn))
    table(page, [HEAD, *rows(1, 4)], WIDTHS)
    found, made = read(document(tmp_path / "a.pdf", page))
    assert [r["uraian"] for r in made] == [f"Belanja Barang dan Jasa nomor {n}" for n in range(1, 5)]
    assert told(found) == []


@pytest.mark.parametrize("matrix", ["0 1 -1 0 842 0", "0 -1 1 0 0 595", "-1 0 0 -1 842 595"])
def test_a_wide_table_lies_on_its_side_in_a_tall_page(tmp_path: Path, matrix: str) -> None:
    lying = titled(Page(width=842, height=595))
    table(lying, [HEAD, *rows(1, 4)], WIDTHS)
    found, made = read(document(tmp_path / "a.pdf", Page(width=842, height=842).around(matrix, lying)))
    assert [r["realisasi"] for r in made] == [f"{n}.000.000,00" for n in range(1, 5)]
    assert told(found) == [] and len(found.tables) == 1


def test_a_page_of_which_only_a_part_lies_is_told_and_its_figures_wait(tmp_path: Path) -> None:
    lying = Page(width=842, height=595)
    table(lying, [HEAD, *rows(1, 8)], WIDTHS)
    page = titled(Page(width=842, height=842)).around("0 1 -1 0 842 0", lying)
    end = table(page, [HEAD, *rows(1, 4)], WIDTHS, left=20)
    assert end < 300
    book = read_pdf(document(tmp_path / "a.pdf", page))
    assert book.catatan == [("pdf_arah_campur", {"lembar": "hal. 1", "halaman": "1"})]


@pytest.mark.parametrize("turned", ["0 1 -1 0", "0 -1 1 0"])
def test_a_header_that_runs_up_or_down_is_read_as_it_runs(tmp_path: Path, turned: str) -> None:
    page = titled(Page())
    narrow = [
        [Cell("", columns=1), "URAIAN", "ANGGARAN", "REALISASI"],
        *[[r[0], *r[1:4]] for r in rows(1, 4)],
    ]
    table(page, [[Cell("\n" * 8), *narrow[0][1:]], *narrow[1:]], [80, 150, 100, 100])
    up = turned.startswith("0 1")
    for n, word in enumerate(("KODE", "REKENING")):
        page.text(60 + 12 * (n if up else 1 - n), (150 if up else 85) - 8, word, turned=turned)
    grid = grid_of(document(tmp_path / "a.pdf", page))
    assert [t for t in grid.teks[3] if t] == ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI"]


def test_words_broken_by_a_narrow_column_are_whole_and_names_keep_their_space(tmp_path: Path) -> None:
    page = titled(Page())
    head = ["NO", "KECAMATAN", "KABUPATEN", "JUMLAH"]
    body = [
        ["1", "PELAIHARI", "TANAH LAUT", "12.296.340.286,46"],
        ["2", "BATI-BATI", "perundang-undangan", "1.234"],
        ["3", "Kota Baru", "Ling-\nkungan", "7:9"],
    ]
    table(page, [head, *body], [20, 41, 46, 60])
    grid = grid_of(document(tmp_path / "a.pdf", page))
    assert grid.teks[3] == head
    assert grid.teks[4] == ["1", "PELAIHARI", "TANAH LAUT", "12.296.340.286,46"]
    assert grid.teks[5] == ["2", "BATI-BATI", "perundang-undangan", "1.234"]
    assert grid.teks[6] == ["3", "Kota Baru", "Lingkungan", "7:9"]


def test_header_cells_over_columns_and_rows_keep_their_places(tmp_path: Path) -> None:
    page = titled(Page())
    head = [
        [Cell("URAIAN", rows=2), Cell("ANGGARAN DAN REALISASI", columns=2), None, Cell("%", rows=2)],
        [None, "ANGGARAN", "REALISASI", None],
    ]
    table(page, [*head, ["Belanja", "10", "5", "50"]], [150, 100, 100, 50])
    grid = grid_of(document(tmp_path / "a.pdf", page))
    assert grid.teks[3:6] == [
        ["URAIAN", "ANGGARAN DAN REALISASI", "", "%"],
        ["", "ANGGARAN", "REALISASI", ""],
        ["Belanja", "10", "5", "50"],
    ]
    assert sorted(grid.gabung) == [(3, 0, 4, 0), (3, 1, 3, 2), (3, 3, 4, 3)]


def test_rows_without_rules_between_them_are_parted_by_their_amounts(tmp_path: Path) -> None:
    page = titled(Page())
    plain = [[r[0], f"Belanja {n}", *r[2:]] for n, r in enumerate(rows(1, 6), 1)]
    table(page, [HEAD, *plain], WIDTHS, across=False)
    found, made = read(document(tmp_path / "a.pdf", page))
    assert [(r["kode"], r["uraian"], r["pagu"]) for r in made] == [tuple(r[:3]) for r in plain]
    assert told(found) == []


def test_wrapped_names_in_rows_without_rules_make_the_page_wait(tmp_path: Path) -> None:
    page = titled(Page())
    table(page, [HEAD, *rows(1, 6)], [80, 90, 100, 100, 50], across=False)
    found, made = read(document(tmp_path / "a.pdf", page))
    assert [r["realisasi"] for r in made] == [f"{n}.000.000,00" for n in range(1, 7)]
    assert told(found) == ["pdf_baris_tanpa_garis"]


def test_amounts_at_different_heights_of_one_row_are_one_row(tmp_path: Path) -> None:
    page = titled(Page())
    table(
        page, [HEAD, ["5.1", "Belanja\nOperasi\nDaerah", "\n\n1.000.000,00", "\n500.000,00", "50,00"]], WIDTHS
    )
    grid = grid_of(document(tmp_path / "a.pdf", page))
    assert grid.teks[4] == ["5.1", "Belanja Operasi Daerah", "1.000.000,00", "500.000,00", "50,00"]


def test_a_table_without_rules_is_read_by_its_white_space_and_waits(tmp_path: Path) -> None:
    page = titled(Page())
    table(page, [HEAD, *rows(1, 8)], [90, 190, 110, 110, 50], frame=False)
    found, made = read(document(tmp_path / "a.pdf", page))
    assert [r["kode"] for r in made] == [f"5.1.02.{n:02d}" for n in range(1, 9)]
    assert [r["realisasi"] for r in made] == [f"{n}.000.000,00" for n in range(1, 9)]
    (doubt,) = found.findings
    assert (doubt.aturan, doubt.lembar, doubt.cell, doubt.akibat) == ("pdf_tanpa_garis", "hal. 1", None, None)


def test_columns_that_white_space_does_not_part_are_not_guessed(tmp_path: Path) -> None:
    page = titled(Page())
    for n in range(6):
        # 1.000.000 stands now left, now right; 20.000.000 reaches under both.
        places = [(40, f"5.1.0{n}"), (120 + 70 * (n % 2), "1.000.000"), (300, "500.000")]
        places += [(170, "20.000.000.000,00")] if n == 2 else []
        for x, said in places:
            page.text(x, 100 + 12 * n, said)
    book = read_pdf(document(tmp_path / "a.pdf", page))
    assert book.catatan == [] and {len(row) for row in book.lembar[0].teks} == {1}


def test_prose_makes_no_table_and_no_doubt(tmp_path: Path) -> None:
    page = titled(Page())
    for n in range(20):
        page.text(40, 100 + 12 * n, "Capaian kinerja kecamatan tahun 2025 meningkat 5,2 persen dari 2024.")
    book = read_pdf(document(tmp_path / "a.pdf", page))
    assert book.catatan == [] and len(book.lembar[0].teks[0]) == 1


def test_pictures_of_pages_are_named_and_the_others_read(tmp_path: Path) -> None:
    """5 of 12 pages are scans, one of them with the invisible text a scanner writes behind its picture."""
    pages = []
    for number in range(1, 13):
        page = Page()
        if number in (2, 3, 7, 12):
            page.picture()
        elif number == 9:
            page.text(40, 80, "Anggaran 1.234.567", mode=3).picture()
        else:
            table(titled(page), [HEAD, *rows(number, 2)], WIDTHS)
        pages.append(page)
    book = read_pdf(document(tmp_path / "a.pdf", *pages))
    assert book.catatan == [
        ("pdf_tanpa_teks", {"halaman": "2-3, 7, 9, 12", "jumlah": "5", "seluruhnya": "12"})
    ]
    assert [g.halaman for g in book.lembar] == [1, 4, 5, 6, 8, 10, 11]


def test_a_picture_behind_visible_text_is_no_scan(tmp_path: Path) -> None:
    page = titled(Page().picture())
    table(page, [HEAD, *rows(1, 3)], WIDTHS)
    assert read_pdf(document(tmp_path / "a.pdf", page)).catatan == []


def test_a_map_is_told_and_costs_little(tmp_path: Path) -> None:
    drawn = Page()
    drawn.content.append("\n".join(f"{n % 500} {n % 700} m {n % 90} {n % 70} l S" for n in range(41_000)))
    table_page = titled(Page())
    table(table_page, [HEAD, *rows(1, 3)], WIDTHS)
    book = read_pdf(document(tmp_path / "a.pdf", drawn, table_page))
    assert book.catatan == [("pdf_halaman_berat", {"halaman": "1", "jumlah": "1"})]
    assert [g.halaman for g in book.lembar] == [2]


def test_a_plan_of_crossing_rules_is_no_table(tmp_path: Path) -> None:
    drawn = Page(width=9_000, height=9_000).text(40, 40, "DENAH")
    for n in range(1_500):
        drawn.rule(10, 20 + 5 * n, 8_000, 20 + 5 * n).rule(10 + 5 * n, 20, 10 + 5 * n, 8_000)
    book = open_book(document(tmp_path / "a.pdf", drawn))
    assert book.ditolak == ("pdf_halaman_berat", {"halaman": "1", "jumlah": "1"})


def test_bold_made_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    page = Page().text(40, 80, "JUMLAH 11.250").text(40.4, 80, "JUMLAH 11.250")
    assert grid_of(document(tmp_path / "a.pdf", page)).teks == [["JUMLAH 11.250"]]


def test_blanks_printed_over_digits_part_nothing(tmp_path: Path) -> None:
    page = Page().text(40, 80, "8710").text(41.5, 80, "      ").text(120, 80, "12 15")
    assert grid_of(document(tmp_path / "a.pdf", page)).teks == [["8710 12 15"]]


def test_every_value_stands_in_its_box(tmp_path: Path) -> None:
    page = titled(Page())
    table(page, [HEAD, *rows(1, 12)], WIDTHS)
    path = document(tmp_path / "a.pdf", page)
    grid = grid_of(path)
    text = pdfium.PdfDocument(path)[0].get_textpage()
    for row, boxes in zip(grid.teks, grid.kotak, strict=True):
        for said, box in zip(row, boxes, strict=True):
            assert (box is None) <= (said == "")
            if box and said:
                there = text.get_text_bounded(box[0], 842 - box[3], box[2], 842 - box[1])
                assert there.split() == said.split()


def test_the_oracle_reads_the_same_cells(tmp_path: Path) -> None:
    import pdfplumber

    page = titled(Page())
    table(page, [HEAD, *rows(1, 30)], WIDTHS)
    path = document(tmp_path / "a.pdf", page)
    with pdfplumber.open(path) as oracle:
        (cells,) = oracle.pages[0].extract_tables()
    ours = grid_of(path).teks[len(TITLES) :]
    assert [[c.split() for c in row] for row in ours] == [[(c or "").split() for c in row] for row in cells]
