"""What may be kept of a text depends on what its field holds. All numbers are invented (born 30 February)."""

from __future__ import annotations

import pytest

from assets.readers.private import file_name, kept, sheet_names, title
from warehouse.values.personal import MASK


@pytest.mark.parametrize("shape", ["uang", "nilai", "kode", "persen"])
@pytest.mark.parametrize("text", ["0812-3456-7890", "081234567890", "6301033002900001", "199002302015031001"])
def test_a_person_is_no_number_of_a_figure(shape: str, text: str) -> None:
    assert kept(text, shape) == MASK


@pytest.mark.parametrize(
    "text",
    [
        *("628123456789", "62.812.345.678", "Rp 628.123.456.789,00", "(1.000.000)", "12296340286.46"),
        *("81234567890", "5.1.02.01.01.0052", "6301032001", "0.831234567891", "100 %", "1,234,567.89"),
    ],
)
def test_amounts_codes_and_ratios_stay(text: str) -> None:
    assert kept(text, "uang") == text


def test_in_words_a_telephone_number_is_one() -> None:
    assert kept("628123456789", "teks") == MASK
    assert kept("hubungi 0812 3456 7890 ya", "bebas") == f"hubungi {MASK} ya"


def test_an_answer_that_is_a_name_goes_whole() -> None:
    assert kept("BUDI SANTOSO", "jawaban") == MASK
    assert [kept(t, "jawaban") for t in ("4", "B", "sangat baik")] == ["4", "B", "sangat baik"]


def test_names_of_sheets_stay_different() -> None:
    told = sheet_names(["LRA", "WA 081234567890", "WA 081234567891", "Data\x1b[2J"])
    assert told == ["LRA", f"WA {MASK}", f"WA {MASK} (2)", "Data_[2J"]


def test_names_of_files_are_one_line_of_letters() -> None:
    assert file_name("a\r\nb\u202excel\udcff.xlsx") == "a_b_xcel_.xlsx"
    assert title("Petugas: Siti Aminah", 100) == f"Petugas: {MASK}"
