"""Amounts, percentages and scores: damage planted at random places is found, with its true value."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.damage.equations import Equation
from quality.damage.explain import one_slip
from quality.damage.marks import readings
from quality.wording import shown
from tests.unit.quality.damage import printed as p
from warehouse.values.numbers import tampil


def _value(cell: Any) -> Decimal:
    return Decimal(cell[0])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), power=st.sampled_from([-3, 3, 1, -1, 2]))
def test_an_amount_times_a_power_of_ten(seed: int, power: int) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng)
    row, column = rng.randrange(len(rows)), rng.choice([2, 3])
    true = _value(rows[row][column])
    rows[row][column] = p.n(f"{true.scaleb(power):f}")
    name = p.ACCOUNTS.split()[column]
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert p.told([told]) == [("angka_berskala", row + 5, name, shown(true))]
    assert p.BOOK.akibat(told) == "tahan"


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_dot_that_was_meant_to_group(seed: int) -> None:
    """1.234.567 with one dot lost its meaning: 1234.567 in a numeric cell; as text 1,234,567."""
    rng = random.Random(seed)
    rows = p.accounts(rng, show=lambda v: tampil(v, 0))
    row = rng.randrange(len(rows))
    true = Decimal(str(rows[row][2]).replace(".", ""))
    rows[row][2] = p.n(f"{true.scaleb(-3):f}")
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert (told.cell.baris, told.cell.field, told.seharusnya) == (row + 5, "pagu", shown(true))


def test_an_ambiguous_text_is_told_by_the_percentage() -> None:
    """1.250 is 1250 in a column of amounts; the sum says that 1,25 was meant."""
    rows = [
        ["5.1", "Belanja", p.n("1001.25"), p.n("500"), ""],
        ["5.1.01", "Belanja Pegawai", p.n("1000"), p.n("400"), ""],
        ["5.1.02", "Belanja Barang", "1.250", p.n("100"), ""],
    ]
    told = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert p.told(told) == [("angka_tanda_tercampur", 7, "pagu", "1,25")]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), many=st.integers(1, 3))
def test_percentages_written_as_fractions(seed: int, many: int) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng)
    at = sorted(rng.sample(range(len(rows)), many))
    for row in at:
        rows[row][4] = p.n(f"{_value(rows[row][4]) / 100:f}")
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert (told.aturan, told.cell.baris, told.cell.field, told.jumlah) == (
        "persen_pecahan_tercampur", at[0] + 5, "persen", many,
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_percentage_that_lost_its_decimal_mark(seed: int) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng)
    row = rng.randrange(len(rows))
    true = _value(rows[row][4])
    rows[row][4] = p.n(str(true).replace(".", ""))
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert p.told([told]) == [("koma_hilang", row + 5, "persen", shown(true))]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_two_columns_in_different_units_are_told_once(seed: int) -> None:
    """All realisation in thousands: no sum breaks, every percentage does."""
    rng = random.Random(seed)
    rows = p.accounts(rng)
    for row in rows:
        row[3] = p.n(f"{_value(row[3]) / 1000:f}")
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert (told.aturan, told.jumlah, told.isi["kelipatan"]) == ("satuan_berbeda", len(rows), "1.000")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), several=st.integers(1, 4))
def test_two_habits_of_dots_and_commas_in_one_column(seed: int, several: int) -> None:
    rng = random.Random(seed)
    rows = p.accounts(rng, groups=6, show=lambda v: tampil(v, 2))
    at = sorted(rng.sample(range(len(rows)), several))
    for row in at:
        rows[row][2] = str(rows[row][2]).translate(str.maketrans(".,", ",."))
    (told,) = p.found("realisasi_rekening", p.table(p.ACCOUNTS, rows))
    assert (told.aturan, told.cell.baris, told.cell.field, told.jumlah) == (
        "tanda_angka_campur", at[0] + 5, "pagu", several,
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_score_that_lost_its_decimal_mark(seed: int) -> None:
    rng = random.Random(seed)
    values = [Decimal(rng.randint(3000, 9899)) / 100 + Decimal("0.01") for _ in range(12)]
    values = [v if v != v.quantize(Decimal("0.1")) else v + Decimal("0.01") for v in values]
    rows = [[p.n(f"63060920{k:02d}"), f"DESA {k}", f"MAJU {k}", p.n(v)] for k, v in enumerate(values, 1)]
    row = rng.randrange(len(rows))
    rows[row][3] = p.n(str(values[row]).replace(".", ""))
    (told,) = p.found("bumdes_pemeringkatan", p.table("kode_desa desa nama nilai", rows))
    assert p.told([told]) == [("skor_salah_angka", row + 5, "nilai", shown(values[row]))]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_mean_off_its_scale_is_proven_by_the_printed_index(seed: int) -> None:
    rng = random.Random(seed)
    means = [Decimal(rng.randint(2801, 3999)) / 1000 for _ in range(9)]
    index = (sum(means) * Decimal("0.111") * 25).quantize(Decimal("0.01"))
    labels = [f"Unsur {k} layanan" for k in range(1, 10)]
    rows = [[label, p.n(m)] for label, m in zip(labels, means, strict=True)] + [["Nilai IKM", p.n(index)]]
    row = rng.randrange(9)
    rows[row][1] = p.n(means[row] + 1 if means[row] > 3 else means[row] * 10)
    told = p.found("skm_ringkasan", p.table("unsur nilai@TW1", rows))
    assert p.told(told) == [("skor_salah_angka", row + 5, "nilai@TW1", shown(means[row]))]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_an_index_of_villages_against_its_parts(seed: int) -> None:
    rng = random.Random(seed)
    rows = []
    for k in range(1, 9):
        parts = [Decimal(rng.randint(4501, 9799)) / 10000 for _ in range(3)]
        rows.append(
            [
                p.n(f"63010320{k:02d}"),
                f"DESA {k}",
                *map(p.n, parts),
                p.n((sum(parts) / 3).quantize(Decimal("0.0001"))),
            ]
        )
    row, column = rng.randrange(8), rng.choice([2, 3, 4, 5])
    true = _value(rows[row][column])
    rows[row][column] = p.n(f"{true * 10000:.0f}")
    told = p.found("idm_ekspor", p.table("kode_desa desa iks@2024 ike@2024 ikl@2024 nilai@2024", rows))
    name = "kode_desa desa iks@2024 ike@2024 ikl@2024 nilai@2024".split()[column]
    assert p.told(told) == [("skor_salah_angka", row + 5, name, shown(true))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234", {"1234", "1.234"}),
        ("1,234.56", {"1234.56"}),
        ("(1.234,56)", {"-1234.56"}),
        ("12 Bulan", {"12"}),
        ("1 dari 2", set()),
    ],
)
def test_what_a_text_can_mean(text: str, values: set[str]) -> None:
    assert values <= {f"{v.normalize():f}" for v in readings(text, "money")}
    assert values or not readings(text, "money")


def test_a_slip_is_one_figure_or_one_mark() -> None:
    assert {Decimal("3.5"), Decimal(34), Decimal(25)} <= set(one_slip(Decimal(35)))
    assert Decimal("89.04") in one_slip(Decimal(8904))
    assert Decimal("98.04") not in one_slip(Decimal("89.04"))


def test_sums_are_compared_at_the_coarser_printed_unit() -> None:
    sums = Equation("jumlah", (0, "pagu"), ((1, "pagu"), (2, "pagu")))
    assert sums.holds(Decimal(300), [Decimal("100.40"), Decimal("200.40")])
    assert not sums.holds(Decimal("300.00") + 3, [Decimal("100.40"), Decimal("200.40")])
    share = Equation("bagi", (0, "persen"), ((0, "realisasi"), (0, "pagu")))
    assert share.holds(Decimal("66.66"), [Decimal(2), Decimal(3)]), "cut off"
    assert share.holds(Decimal("66.67"), [Decimal(2), Decimal(3)]), "rounded"
    assert not share.holds(Decimal("66.65"), [Decimal(2), Decimal(3)])
