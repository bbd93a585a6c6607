"""A table that nobody gave a header is refused with its build and the nearest form, not with its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.readers import reading, vocabulary
from assets.readers.opening import open_book

ROWS = "".join(f"1.15 . 1.15.01 . 01 . {i:02d},Belanja Rahasia {i},{i}000000,\n" for i in range(20, 40))
WORDS = vocabulary.load()


def read(tmp_path: Path, text: str) -> reading.FileRead:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    found, _ = reading.read(open_book(path), "f1", WORDS)
    return found


def test_a_list_without_header_is_refused_and_its_build_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, "Judul,Anggaran,,\nTahun,2016,,\n,,,\n" + ROWS)
    assert found.tables == []
    (told,) = found.findings
    assert (told.aturan, told.sel, told.jumlah) == ("tabel_tanpa_kepala", "A4", 20)
    assert told.isi["susunan"] == "A berisi kode, B berisi teks, C berisi angka"
    assert told.isi["terdekat"].startswith("dpa_pagu atau ") and told.isi["kepala"] == "kode, pagu"
    assert "Rahasia" not in str(told)


def test_with_the_header_added_it_is_read_and_its_codes_are_no_villages(tmp_path: Path) -> None:
    ten_digits = "1.15 . 1.15.01 . 01,Program,9000000,\n"
    found = read(tmp_path, "Judul,Anggaran,,\nNo. Rekening,Uraian,Jumlah,\n" + ten_digits + ROWS)
    assert [(t.tabel, t.banyak, t.kode_baris) for t in found.tables] == [("dpa_pagu", {"data": 21}, [])]


@pytest.mark.parametrize(
    "text",
    [
        "Apa,Siapa,Berapa\n" + ROWS,  # a header stands there, of words that are not known
        "".join(f"catatan {i}, lain, lagi\n" for i in range(20)),  # no numbers
        ROWS[:200],  # too few rows to tell
    ],
)
def test_what_is_no_such_table_is_told_otherwise(tmp_path: Path, text: str) -> None:
    assert "tabel_tanpa_kepala" not in {f.aturan for f in read(tmp_path, text).findings}
