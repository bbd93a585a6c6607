"""Tables without damage: not one alarm."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest

from quality.damage.detect import told_once
from quality.damage.form import forms
from tests.unit.quality.damage import printed as p
from warehouse.values.numbers import tampil


@pytest.mark.parametrize("seed", range(40))
def test_a_report_by_account(seed: int) -> None:
    rng = random.Random(seed)
    assert p.found("realisasi_rekening", p.table(p.ACCOUNTS, p.accounts(rng))) == []
    shown = p.accounts(rng, show=lambda v: tampil(v, 2))
    assert p.found("realisasi_rekening", p.table(p.ACCOUNTS, shown)) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_report_with_a_misprint_that_nothing_explains(seed: int) -> None:
    """A wrong figure alone is the business of the rules over tables: no slip is made up for it."""
    rng = random.Random(seed)
    rows = p.accounts(rng)
    row = rng.randrange(len(rows))
    rows[row][rng.choice([2, 3])] = p.n(rng.randint(1_000_000, 900_000_000))
    assert p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows)) == []


def test_an_export_of_villages() -> None:
    rows = [
        [
            p.n(f"63010320{k:02d}"),
            f"DESA {k}",
            p.n("0.8514"),
            p.n("0.6833"),
            p.n("0.7333"),
            p.n("0.756"),
            "MAJU",
        ]
        for k in range(1, 12)
    ]
    fields = "kode_desa desa iks@2024 ike@2024 ikl@2024 nilai@2024 status@2024"
    assert p.found("idm_ekspor", p.table(fields, rows)) == []


@pytest.mark.parametrize("seed", range(10))
def test_a_questionnaire(seed: int) -> None:
    rng = random.Random(seed)
    rows = [
        [rng.choice("LP"), p.n(rng.randint(17, 70)), rng.choice(["SD", "SMA", "S1"]), "Petani"]
        + [p.n(rng.choice([3, 3, 4, 4, 2])) for _ in range(9)]
        for _ in range(60)
    ]
    fields = "jk usia pendidikan pekerjaan " + " ".join(f"u{k}" for k in range(1, 10))
    assert p.found("skm_jawaban", p.table(fields, rows)) == []


def test_lists_with_and_without_a_printed_total() -> None:
    rows = [[f"Kelompok {k}", p.n(1_000_000 * k)] for k in range(1, 7)]
    assert p.found("hibah_daftar", p.table("penerima jumlah", rows)) == []
    total = [*rows, ["Jumlah", p.n(21_000_000)]]
    assert p.found("hibah_daftar", p.table("penerima jumlah", total, ["data"] * 6 + ["total"])) == []


def test_a_list_whose_last_thing_happens_to_equal_the_others() -> None:
    rows = [
        ["KTP", p.n(1)],
        ["KK", p.n(2)],
        ["Surat pindah", p.n(3)],
        ["Legalisasi", p.n(4)],
        ["Izin", p.n(10)],
    ]
    assert p.found("layanan_volume", p.table("layanan jumlah", rows)) == []


def test_an_empty_table_and_one_that_nobody_described() -> None:
    assert p.found("realisasi_rekening", p.table(p.ACCOUNTS, [])) == []
    assert p.found("tidak_ada", p.table("apa", [["x"]])) == []


def test_every_extract_table_is_described_by_fields_that_it_has() -> None:
    from assets.readers import vocabulary

    known = vocabulary.load().tables
    for name, form in forms().items():
        assert name in known
        fields = {f.keluar for f in known[name].kolom} | {f.nama for f in known[name].kolom}
        assert form.named() <= fields, f"{name}: {sorted(form.named() - fields)}"


def test_scores_of_the_form_are_decimals() -> None:
    assert forms()["bumdes_pemeringkatan"].scale("nilai") == (Decimal(0), Decimal(100))


def test_a_hundred_thousand_respondents_cost_little() -> None:
    rng = random.Random(1)
    few = [
        [
            rng.choice("LP"),
            p.n(rng.randint(17, 70)),
            "SMA",
            "Petani",
            *(p.n(rng.choice([2, 3, 4])) for _ in range(9)),
        ]
        for _ in range(1000)
    ]
    fields = "jk usia pendidikan pekerjaan " + " ".join(f"u{k}" for k in range(1, 10))
    part = p.table(fields, few)
    many = pa.concat_tables([part] * 100).combine_chunks()
    p.found("skm_jawaban", part)  # imports and the forms are not what is measured
    start = time.process_time()
    assert p.found("skm_jawaban", many) == []
    assert time.process_time() - start < 0.25


def test_of_one_cell_the_cleaner_and_the_damage_speak_once() -> None:
    rows = [[p.n("6306092001"), "A", "Maju", p.kind("2025-09-07", "d")]]
    (damage,) = p.found("bumdes_pemeringkatan", p.table("kode_desa desa nama nilai", rows))
    cleaner = replace(damage, aturan="tidak_terbaca")
    elsewhere = replace(cleaner, cell=replace(damage.cell, baris=99))
    other = replace(damage, aturan="kunci_ganda")
    assert told_once([cleaner, elsewhere, other], [damage]) == [elsewhere, other, damage]
