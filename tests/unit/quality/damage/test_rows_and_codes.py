"""Codes, dates, labels, shifted rows and rows that are no data: planted at random places, found at them."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.damage.clock import pairs
from quality.damage.coded import candidates
from tests.unit.quality.damage import printed as p

QUESTIONS = "jk usia pendidikan pekerjaan " + " ".join(f"u{k}" for k in range(1, 10))


def respondents(rng: random.Random, n: int = 30) -> list[list[p.Cell]]:
    return [
        [rng.choice("LP"), p.n(rng.randint(17, 70)), rng.choice(["SD", "SMA", "S1"]), "Petani"]
        + [p.n(rng.choice([2, 3, 3, 4])) for _ in range(9)]
        for _ in range(n)
    ]


# --- ratios and numbers that became dates ---------------------------------------------------------------


def test_both_orders_of_a_date() -> None:
    assert pairs("2025-04-18") == [(18, 4), (4, 18)]
    assert pairs("2025-07-09 00:00:00") == [(9, 7), (7, 9)]
    assert pairs("2025-05-05") == [(5, 5)]
    assert pairs("07:09") == [(7, 9)]
    assert pairs("tujuh") == []


@pytest.mark.parametrize(
    ("realisasi", "capaian", "proven"),
    [
        (p.kind("2025-04-18", "d"), "44.44", "4:18"),  # 4/18 : 1/2
        (p.kind("2025-04-18", "d"), "", "4:18"),  # by the other ratios of the column
    ],
)
def test_a_ratio_that_became_a_date(realisasi, capaian, proven) -> None:
    rows = [
        ["Kandangan", "rasio", "1:2", realisasi, p.n(capaian) if capaian else ""],
        ["Padang Batung", "rasio", "1:2", "3:9", p.n("66.67")],
    ]
    told = p.found("pembanding_kutipan", p.table("nama satuan target realisasi capaian", rows))
    assert p.told(told) == [("rasio_jadi_tanggal", 5, "realisasi", proven)]
    assert p.BOOK.akibat(told[0]) == "tolak"


def test_without_proof_both_ratios_are_named() -> None:
    told = p.found(
        "perjanjian_kinerja_target", p.table("indikator target", [["Rasio", p.kind("2025-04-18", "d")]])
    )
    assert (told[0].seharusnya, told[0].isi["bukti"]) == ("18:4 / 4:18", "-")


def test_a_score_that_became_a_date_is_told_by_its_scale() -> None:
    rows = [[p.n("6306092001"), "A", "Maju", p.kind("2025-09-07", "d")]]
    told = p.found("bumdes_pemeringkatan", p.table("kode_desa desa nama nilai", rows))
    assert p.told(told) == [("angka_jadi_tanggal", 5, "nilai", "7,9 / 9,7")]


def test_an_amount_that_became_a_date_is_told_by_its_sum() -> None:
    rows = [
        ["5.1", "Belanja", p.n("1007.9"), p.n("2"), ""],
        ["5.1.01", "Pegawai", p.n("1000"), p.n("1"), ""],
        ["5.1.02", "Barang", p.kind("2025-09-07", "d"), p.n("1"), ""],
    ]
    told = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert p.told(told) == [("angka_jadi_tanggal", 7, "pagu", "7,9")]
    assert "1.007,9" in told[0].isi["bukti"]


# --- codes ----------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_code_that_became_a_date(seed: int) -> None:
    """5.1.02 typed where the day stands first: 5 January 2002; its children prove it."""
    rng = random.Random(seed)
    rows = p.accounts(rng, groups=rng.randint(2, 9))
    row = rng.choice([i for i, r in enumerate(rows) if len(str(r[0])) == 6])
    code = str(rows[row][0])
    rows[row][0] = p.kind(f"20{code[-2:]}-01-05", "d")
    told = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert p.told(told) == [("kode_rusak", row + 5, "kode", code)]


@pytest.mark.parametrize(
    ("at", "damaged", "proven"),
    [
        (0, p.kind("630.103", "t"), ("kode_kec", "630103")),
        (1, p.kind("6.301.032.001", "t"), ("kode_desa", "6301032001")),
    ],
)
def test_a_region_grouped_like_an_amount(at: int, damaged: p.Cell, proven: tuple[str, str]) -> None:
    rows = [[p.n("630103"), p.n(f"63010320{k:02d}"), f"DESA {k}"] for k in range(1, 6)]
    rows[0][at] = damaged
    told = p.found("idm_ekspor", p.table("kode_kec kode_desa desa", rows))
    assert p.told(told) == [("kode_rusak", 5, *proven)]


@pytest.mark.parametrize("code", ["6.30103E+09", "6,301032E+9"])
def test_a_code_in_scientific_form_has_lost_its_figures(code: str) -> None:
    rows: list[list[p.Cell]] = [[p.n(f"63010320{k:02d}"), f"DESA {k}"] for k in range(1, 6)]
    rows[2][0] = code
    told = p.found("idm_ekspor", p.table("kode_desa desa", rows))
    assert p.told(told) == [("kode_rusak", 7, "kode_desa", None)]


def test_a_programme_that_lost_a_zero() -> None:
    rows = [[p.n("7.1"), "Bidang"], ["7.01.01", "Program Penunjang"], ["7.01.02", "Program Pelayanan"]]
    told = p.found("realisasi_program", p.table("kode uraian", rows))
    assert p.told(told) == [("kode_rusak", 5, "kode", "7.01")]
    assert told[0].isi["bukti"] == "7.01 → 7.01.01"


def test_what_a_damaged_code_may_have_been() -> None:
    assert set(candidates("6301", "n", "wilayah")) == set()
    assert set(candidates("63.1", "n", "wilayah")) == {"6310", "6301"}
    assert set(candidates("2002-01-05", "d", "rekening")) >= {"5.1.02", "1.5.02"}


# --- labels ---------------------------------------------------------------------------------------------


def test_a_label_that_was_carried_too_far() -> None:
    rows: list[list[p.Cell]] = [
        ["7.01.01.2.01", "Program Penunjang", "Perencanaan", p.n(100)],
        ["7.01.01.2.02", ("Program Penunjang", "t", "^"), "Keuangan", p.n(200)],
        ["7.01.02.2.01", ("Program Penunjang", "t", "^"), "Pelayanan", p.n(300)],
        ["7.01.02.2.02", ("Program Penunjang", "t", "^"), "Urusan", p.n(400)],
    ]
    (told,) = p.found("dpa_pagu", p.table("kode program kegiatan pagu", rows))
    assert (told.aturan, told.cell.baris, told.jumlah) == ("label_terbawa_jauh", 7, 2)
    rows[2][1] = "Program Pelayanan"
    rows[3][1] = ("Program Pelayanan", "t", "^")
    assert p.found("dpa_pagu", p.table("kode program kegiatan pagu", rows)) == []


def test_a_label_only_in_the_first_row() -> None:
    rows = [[p.n(f"63010320{k:02d}"), f"DESA {k}", "PELAIHARI" if k == 1 else ""] for k in range(1, 6)]
    (told,) = p.found("idm_ekspor", p.table("kode_desa desa kecamatan", rows))
    assert (told.aturan, told.cell.baris, told.jumlah, told.seharusnya) == (
        "label_hanya_baris_pertama", 6, 4, "PELAIHARI",
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), down=st.booleans())
def test_labels_one_row_off_their_amounts(seed: int, down: bool) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng, groups=14)
    amounts = [r[2:] for r in rows]
    blank: list[p.Cell] = ["", "", ""]
    moved = [blank, *amounts[:-1]] if down else [*amounts[1:], blank]
    given_ = p.table(p.ACCOUNTS, [[*r[:2], *a] for r, a in zip(rows, moved, strict=True)])
    (told,) = p.found("realisasi_rekening", given_)
    assert (told.aturan, p.BOOK.akibat(told), told.isi["arah"]) == (
        "label_bergeser",
        "tahan",
        "↑" if down else "↓",
    )


# --- shifted rows ---------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), right=st.booleans())
def test_a_row_one_column_off(seed: int, right: bool) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng, groups=5)
    row = rng.randrange(len(rows))
    rows[row] = ["", *rows[row][:-1]] if right else [*rows[row][1:], ""]
    told = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert [(f.aturan, f.cell.baris, f.isi["arah"]) for f in told if f.cell] == [
        ("kolom_bergeser", row + 5, "→" if right else "←")
    ]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_respondent_one_column_off_whatever_the_order_of_columns(seed: int) -> None:
    rng = random.Random(seed)
    rows = respondents(rng)
    names = QUESTIONS.split()
    order = [*names[4:], *names[:4]]  # printed: answers first, then who answered
    rng.shuffle(rows)
    at = rng.randrange(len(rows))
    printed = [rows[at][names.index(f)] for f in order]
    shifted = ["", *printed[:-1]]
    rows[at] = [shifted[order.index(f)] for f in names]
    (told,) = p.found("skm_jawaban", p.table(QUESTIONS, rows), order)
    assert (told.aturan, told.cell.baris) == ("kolom_bergeser", at + 5)


# --- rows that are no data ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "2025", "Jml seluruhnya"])
def test_a_total_that_came_through_as_data(name: str) -> None:
    rows = [[f"Kelompok {k}", p.n(1_234_567 * k), p.n(1_000_000 * k)] for k in range(1, 7)]
    rows.append([name, p.n(1_234_567 * 21), p.n(21_000_000)])
    (told,) = p.found("hibah_daftar", p.table("penerima jumlah realisasi", rows))
    assert (told.aturan, told.cell.baris, told.cell.field) == ("jumlah_sebagai_data", 11, "jumlah")
    assert told.isi["bukti"].endswith("= 25.925.907")


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_sums_and_means_below_a_questionnaire(seed: int) -> None:
    rng = random.Random(seed)
    rows = respondents(rng, 37)
    answers = [[int(r[4 + k][0]) for r in rows] for k in range(9)]  # type: ignore[index]
    rows.append(["", "", "", "", *(p.n(sum(a)) for a in answers)])
    rows.append(["", "", "", "", *(p.n((Decimal(sum(a)) / 37).quantize(Decimal("0.001"))) for a in answers)])
    told = [f for f in p.found("skm_jawaban", p.table(QUESTIONS, rows)) if f.cell]
    assert [(f.aturan, f.cell.baris) for f in told if f.cell] == [
        ("ringkasan_sebagai_data", 42),
        ("ringkasan_sebagai_data", 43),
    ]


def test_a_signature_is_told_without_its_words() -> None:
    rows: list[list[p.Cell]] = [[f"Layanan {k}", p.n(10 + k * k)] for k in range(1, 6)]
    rows += [["Mengetahui, Camat", ""], ["NIP. 190001012000011001", ""]]
    (told,) = p.found("layanan_volume", p.table("layanan jumlah", rows))
    assert (told.aturan, told.cell.baris, told.jumlah, told.tertulis) == (
        "tanda_tangan_sebagai_data",
        10,
        2,
        None,
    )
