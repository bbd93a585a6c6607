"""Scanned pages: straightened, rules taken off, read by tesseract where it is, believed where proven."""

from __future__ import annotations

import shutil
import zlib
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pypdfium2 as pdfium
import pytest
from pdf_uji import Page, document, table

from assets.readers import reading, vocabulary
from assets.readers.grid import Book
from assets.readers.opening import open_book
from assets.readers.pdf import ocr
from assets.readers.pdf.proof import unproven
from assets.readers.pdf.rules import tables_of
from assets.readers.pdf.scan import Picture, picture_of, runs, straight
from assets.readers.pdf.words import Letter
from assets.readers.safety import Limits

FORM = vocabulary.load().form("realisasi", "rekening")
HEAD = ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI", "PERSEN"]
ROWS = [
    ["5", "Belanja Daerah", "12.296.340.286,46", "11.200.768.358,00", "91,09"],
    ["5.1", "Belanja Operasi", "12.081.908.923,46", "11.006.723.958,00", "91,10"],
    ["5.1.01", "Belanja Pegawai", "10.081.908.923,46", "9.006.723.958,00", "89,34"],
    ["5.1.02", "Belanja Barang dan Jasa", "2.000.000.000,00", "2.000.000.000,00", "100,00"],
    ["5.2", "Belanja Modal", "214.431.363,00", "194.044.400,00", "90,49"],
]
has_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="the program tesseract is not on this machine"
)


def printed(rows: list[list[str]]) -> Page:
    page = Page()
    for n, line in enumerate(("KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "TAHUN ANGGARAN 2025")):
        page.text(60, 40 + 12 * n, line)
    table(page, [HEAD, *rows], [80, 150, 120, 120, 60])
    return page


def scanned(path: Path, *pages: Page, slant: float = 0.0) -> Path:
    """The pages as pictures of themselves, turned by a few tenths of a degree."""
    source = pdfium.PdfDocument(document(path.with_suffix(".asal"), *pages))
    made = pdfium.PdfDocument.new()
    for number in range(len(source)):
        bitmap = source[number].render(scale=200 / 72, grayscale=True)
        page = made.new_page(595, 842)
        picture = pdfium.PdfImage.new(made)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pdfium.PdfMatrix().scale(595, 842).rotate(slant))
        page.insert_obj(picture)
        page.gen_content()
    made.save(path)
    return path


def copied(rows: list[list[str]], jenis: list[str] | None = None) -> pa.Table:
    fields = ["kode", "uraian", "pagu", "realisasi", "persen"]
    columns: dict[str, Any] = {name: [r[n] for r in rows] for n, name in enumerate(fields)}
    return pa.table(
        {"baris": list(range(len(rows))), "jenis_baris": jenis or ["data"] * len(rows), **columns}
    )


def changed(row: int, column: int, said: str) -> list[list[str]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = said
    return rows


# --- proof -------------------------------------------------------------------------------------------
def test_rows_whose_sums_hold_under_their_official_names_are_proven() -> None:
    assert unproven(copied(ROWS), FORM) == []


@pytest.mark.parametrize(
    ("row", "column", "said", "held"),
    [
        (3, 2, "2.000.000.008,00", [0, 1, 2, 3, 4]),  # breaks 5.1, which 5 is made of
        (4, 3, "194.044.480,00", [0, 1, 4]),  # only the sum of 5; the parts of 5.1 still add up
        (3, 0, "5.1.03", [3]),  # the amount adds up, under a code that has another name
        (4, 1, "Belanja Moda1", [4]),
        (2, 2, "10.081.9O8.923,46", [0, 1, 2, 3, 4]),
    ],
)
def test_one_wrong_letter_leaves_what_rests_on_it_unproven(
    row: int, column: int, said: str, held: list[int]
) -> None:
    found = unproven(copied(changed(row, column, said)), FORM)
    assert row in found and set(held) >= set(found)


def test_a_percentage_that_fits_proves_nothing() -> None:
    assert unproven(copied([ROWS[2]]), FORM) == [0]


def test_a_printed_total_proves_the_rows_it_adds_up() -> None:
    rows = [ROWS[1], ROWS[4], ["", "JUMLAH", "12.296.340.286,46", "11.200.768.358,00", ""]]
    assert unproven(copied(rows, ["data", "data", "total"]), FORM) == []
    rows[2][3] = "11.200.768.350,00"
    assert unproven(copied(rows, ["data", "data", "total"]), FORM) == [0, 1, 2]


# --- the picture -------------------------------------------------------------------------------------
def test_long_runs_are_rules_and_letters_are_not() -> None:
    ink = np.zeros((40, 300), dtype=bool)
    ink[10, 20:220] = True
    ink[20, 20:60] = True
    found = runs(ink, axis=1)
    assert found[10].sum() == 200 and found[20].sum() == 0
    assert (runs(ink.T, axis=0) == found.T).all()


def test_a_slanted_page_is_set_straight() -> None:
    grey = np.full((600, 800), 255, dtype=np.uint8)
    for x in range(40, 760):
        for top in (100, 300, 500):
            grey[top + x // 100 : top + x // 100 + 3, x] = 0
    columns = straight(grey)
    levels = [int(np.flatnonzero(columns[:200, x] < 140)[0]) for x in (60, 400, 740)]
    assert max(levels) - min(levels) <= 2  # it fell by 7; a rule is 3 thick


@pytest.mark.parametrize("slant", [0.0, 0.4, -0.4])
def test_the_rules_of_a_scan_enclose_its_cells(tmp_path: Path, slant: float) -> None:
    path = scanned(tmp_path / "a.pdf", printed(ROWS), slant=slant)
    picture = picture_of(pdfium.PdfDocument(path)[0], 1)
    (found,) = tables_of(picture.aturan)
    assert len(found.cells) == 5 * (len(ROWS) + 1)
    assert Picture.of(picture.plain()) == picture
    assert picture.png.startswith(b"\x89PNG")


SCANNED = ("pdf_tanpa_teks", {"halaman": "1", "jumlah": "1", "seluruhnya": "1"})


def test_what_is_no_picture_is_refused() -> None:
    """The process that drew it has read an untrusted file."""
    good = Picture(1, 4, b"\xff" * 8, (), 0.36, 842.0).plain()
    assert Picture.of(good).png.startswith(b"\x89PNG")
    bomb = zlib.compress(b"\0" * 20_000_000)
    for said in (
        good[:5],
        ("x", *good[1:]),
        (1, 3, *good[2:]),
        (1, 4, b"x", *good[3:]),
        (1, 4, bomb, *good[3:]),
        (inf, *good[1:]),
        (*good[:3], ((True, nan, 1.0, 2.0),), *good[4:]),
        (*good[:3], ((True, 10**400, 1.0, 2.0),), *good[4:]),
        (*good[:4], nan, good[5]),
    ):
        assert refused(Book("pdf", gambar=[said], catatan=[SCANNED])) == "berkas_berbahaya"
    unasked = Book("pdf", gambar=[good] * (ocr.MAX_PAGES + 1), catatan=[SCANNED])
    assert [refused(Book("pdf", gambar=[good])), refused(unasked)] == ["berkas_berbahaya"] * 2


def refused(book: Book) -> str:
    return (ocr.read_pictures(book).ditolak or ("",))[0]


def test_a_fault_of_ours_in_a_scan_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_grids", lambda *_: {}["BUDI"])
    good = Picture(1, 4, b"\xff" * 8, (), 0.36, 842.0).plain()
    book = ocr.read_pictures(Book("pdf", gambar=[good], catatan=[SCANNED]))
    assert book.ditolak is not None and book.ditolak[0] == "berkas_tak_terolah"
    assert "BUDI" not in book.ditolak[1]["sebab"]


# --- from file to finding ----------------------------------------------------------------------------
def with_pictures(path: Path) -> Book:
    return ocr.read_pictures(open_book(path, Limits(pictures=5)))


def test_without_tesseract_the_scan_is_refused_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    book = with_pictures(scanned(tmp_path / "a.pdf", printed(ROWS)))
    assert book.ditolak == ("pdf_tanpa_teks", {"halaman": "1", "jumlah": "1", "seluruhnya": "1"})
    assert "tesseract" in dict(book.catatan)["ocr_tidak_ada"]["sebab"]


def test_pages_beyond_those_that_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned(tmp_path / "a.pdf", *(printed(ROWS) for _ in range(3)))
    monkeypatch.setattr(ocr, "words_of", lambda _: [Letter("Bab", 10, 10, 40, 20)])
    book = ocr.read_pictures(open_book(path, Limits(pictures=2)))
    assert [g.halaman for g in book.lembar] == [1, 2]
    beyond = ("pdf_tanpa_teks", {"halaman": "3", "jumlah": "1", "seluruhnya": "3"})
    assert book.catatan == [("pdf_dibaca_ocr", {"halaman": "1-2", "jumlah": "2"}), beyond]
    small = ocr.read_pictures(open_book(path, Limits(pictures=2)), Limits(cells=1))
    assert (small.ditolak or ("",))[0] == "berkas_terlalu_besar"
    monkeypatch.setattr(ocr, "words_of", lambda _: [])
    none = ocr.read_pictures(open_book(path, Limits(pictures=2)))
    assert none.ditolak == ("pdf_tanpa_teks", {"halaman": "1-3", "jumlah": "3", "seluruhnya": "3"})


def test_without_being_asked_nothing_is_read(tmp_path: Path) -> None:
    book = open_book(scanned(tmp_path / "a.pdf", printed(ROWS)))
    assert book.gambar == [] and (book.ditolak or ("",))[0] == "pdf_tanpa_teks"


@has_tesseract
@pytest.mark.parametrize("slant", [0.0, 0.4])
def test_a_scan_is_read_marked_and_proven(tmp_path: Path, slant: float) -> None:
    book = with_pictures(scanned(tmp_path / "a.pdf", printed(ROWS), slant=slant))
    assert book.catatan == [("pdf_dibaca_ocr", {"halaman": "1", "jumlah": "1"})]
    assert all(set(marks) <= {"o", " "} for marks in book.lembar[0].format)
    found, tables = reading.read(book, "a" * 64, vocabulary.load())
    rows = [row for arrow in tables for row in arrow.to_pylist()]
    assert [r["realisasi"].replace(" ", "") for r in rows] == [r[3] for r in ROWS]
    assert [f.aturan for f in found.findings] == ["pdf_dibaca_ocr"]


@has_tesseract
def test_rows_of_a_scan_that_do_not_add_up_wait(tmp_path: Path) -> None:
    book = with_pictures(scanned(tmp_path / "a.pdf", printed(changed(4, 3, "194.044.480,00"))))
    found, _ = reading.read(book, "a" * 64, vocabulary.load())
    held = [f for f in found.findings if f.aturan == "ocr_belum_terverifikasi"]
    assert held and all(f.cell and f.cell.sampai_field == "persen" for f in held)
    rows = book.lembar[0].teks
    assert {rows[f.cell.baris - 1][0] for f in held if f.cell} >= {"5", "5.2"}


@has_tesseract
def test_only_the_scanned_pages_of_a_file_are_read_so(tmp_path: Path) -> None:
    both = pdfium.PdfDocument.new()
    text = pdfium.PdfDocument(document(tmp_path / "t.pdf", printed(ROWS)))
    both.import_pages(text)
    both.import_pages(pdfium.PdfDocument(scanned(tmp_path / "s.pdf", printed(ROWS))))
    both.save(tmp_path / "b.pdf")
    book = with_pictures(tmp_path / "b.pdf")
    assert [g.halaman for g in book.lembar] == [1, 2]
    assert ["o" in "".join(g.format) for g in book.lembar] == [False, True]
