import pytest
from kisi import kisi

from assets.readers import reading
from assets.readers.grid import Book
from assets.readers.money_unit import scaled
from assets.readers.vocabulary import load


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(dalam ribuan rupiah)", "dalam ribuan rupiah"),
        ("Disajikan dalam jutaan Rp", "dalam jutaan Rp"),
        ("Satuan : Juta Rupiah", "Satuan : Juta Rupiah"),
        ("Pagu (Rp. ribu)", "(Rp. ribu)"),
        ("Anggaran (Rp 000)", "(Rp 000)"),
        ("Anggaran (Rp1.000)", "(Rp1.000)"),
        ("Anggaran Rp Milyar", "Rp Milyar"),
        ("Pagu Anggaran (Rp)", None),
        ("dalam rupiah", None),
        ("Bantuan Seribu Rumah dan Jutaan Pohon", None),
        ("Kode Rekening (000)", None),
    ],
)
def test_words_that_name_another_unit_of_money(text: str, words: str | None):
    assert scaled(text) == words


@pytest.mark.parametrize(
    ("title", "pagu"), [("(dalam ribuan rupiah)", "Pagu"), ("(dalam rupiah)", "Pagu (Rp)")]
)
def test_amounts_in_thousands_are_told_on_the_whole_table(title: str, pagu: str):
    rows = [["REALISASI PROGRAM"], [title or None], ["Program", pagu, "Realisasi"], ["Program A", 9, 8]]
    words = load().only("realisasi")
    found, _ = reading.read(Book("xlsx", [kisi(rows)]), "f1", words)
    told = [
        (f.tertulis, f.cell.baris, f.cell.field) for f in found.findings if f.aturan == "uang_bukan_rupiah"
    ]
    assert told == ([("dalam ribuan rupiah", 4, "program")] if scaled(title) else [])


def test_a_header_over_the_amounts_tells_their_unit_too():
    rows = [
        ["Program", "Anggaran (dalam ribuan rupiah)", None],
        [None, "Pagu", "Realisasi"],
        ["Program A", 9, 8],
    ]
    found, _ = reading.read(Book("xlsx", [kisi(rows, gabung=[(0, 1, 0, 2)])]), "f1", load().only("realisasi"))
    assert [(f.tertulis, f.akibat) for f in found.findings] == [("dalam ribuan rupiah", None)]
