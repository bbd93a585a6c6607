"""Budgets in the codes before Permendagri 90/2019: where each row stands, and what their sums contradict."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lembar_uji import aturan, context, n, tabel

from assets.clean import dpa, realisasi_rekening
from assets.clean.old_sums import parent, place, unequal

CONTEXT = context()
DOTTED = "1.20 . 1.20.03 . "
AGENCY = [
    ("00 . 00 . 5", "BELANJA", "300"),
    ("00 . 00 . 5 . 1", "BELANJA TIDAK LANGSUNG", "100"),
    ("00 . 00", "Non Kegiatan", "100"),
    ("00 . 00 . 5 . 1 . 1", "Belanja Pegawai", "100"),
    ("01 . 26 . 5 . 2", "BELANJA LANGSUNG", "200"),
    ("01", "Program Pelayanan", "200"),
    ("01 . 26", "Penyediaan Jasa", "150"),
    ("01 . 26 . 5 . 2 . 2", "Belanja Barang dan Jasa", "150"),
    ("01 . 26 . 5 . 2 . 2 . 01", "Belanja Bahan", "150"),
    ("01 . 27", "Rapat", "50"),
    ("01 . 27 . 5 . 2 . 1", "Belanja Pegawai", "50"),
]


def _agency(**changed: str):
    rows = [
        (DOTTED + kode, nama, n(changed.get(nama.replace(" ", "_"), pagu))) for kode, nama, pagu in AGENCY
    ]
    return {"dpa_pagu": tabel("kode uraian pagu", rows)}


@pytest.mark.parametrize(
    ("kode", "where", "above"),
    [
        ("1.20 . 1.20.03 . 00.00 . 5.1.1", ("akun", "5", "1", "1"), ("akun", "5", "1")),
        ("1.20 . 1.20.03 . 01.02 . 5.2", ("akun", "5", "2"), ("akun", "5")),
        ("1.20 . 1.20.03 . 01.02 . 5.2.2", ("prog", "01", "02", "5", "2", "2"), ("prog", "01", "02")),
        ("1.20 . 1.20.03 . 01", ("prog", "01"), ("akun", "5", "2")),
        (
            "120  12003  0102  52201",
            ("prog", "01", "02", "5", "2", "2", "01"),
            ("prog", "01", "02", "5", "2", "2"),
        ),
        ("120  12003  01", ("prog", "01"), ("akun", "5", "2")),
        ("1.20 . 1.20.03", ("urusan", "1", "20", "1", "20", "03"), ("urusan", "1", "20")),
        ("1", ("urusan", "1"), None),
        ("5.2.2.01.04", ("akun", "5", "2", "2", "01", "04"), ("akun", "5", "2", "2", "01")),
        ("1.20 . 1.20.03 . 00 . 00", None, None),
        ("A", None, None),
        ("", None, None),
    ],
)
def test_a_code_has_its_place_and_one_above_it(kode, where, above):
    assert place(kode) == where
    assert where is None or parent(where) == above


def test_sums_that_hold_say_nothing_and_the_table_is_told_once():
    sifted = dpa.clean(_agency(), CONTEXT)
    assert aturan(sifted) == ["kode_sistem_lama"] and sifted.accepted == []
    assert len(sifted.rejected) == len(AGENCY)


def test_an_amount_that_is_not_the_sum_below_it_is_told_at_its_cell():
    findings = [f for f in dpa.clean(_agency(Rapat="80"), CONTEXT).findings if f.aturan == "jumlah_kode_lama"]
    told = {f.isi["kode"].removeprefix(DOTTED): (f.tertulis, f.seharusnya, f.selisih) for f in findings}
    assert told == {
        "01": ("200,00", "230,00", "-30,00"),  # its programme
        "01 . 27": ("80,00", "50,00", "30,00"),
    }
    assert {(f.cell.field, f.cell.baris) for f in findings} == {("pagu", 10), ("pagu", 14)}


def test_the_same_holds_for_realisations():
    rows = [("5.2.2", "Barang", n("9"), n("5")), ("5.2.2.01", "Bahan", n("9"), n("4"))]
    found = realisasi_rekening.clean(
        {"realisasi_rekening": tabel("kode uraian pagu realisasi", rows, periode="2014")}, CONTEXT
    ).findings
    (told,) = [f for f in found if f.aturan == "jumlah_kode_lama"]
    assert (told.cell.field, told.tertulis, told.seharusnya) == ("realisasi", "5,00", "4,00")


def test_a_place_printed_twice_counts_twice():
    rows = [(("akun", "5"), Decimal(3)), (("akun", "5", "1"), Decimal(1)), (("akun", "5", "1"), Decimal(2))]
    assert unequal(rows) == {}
