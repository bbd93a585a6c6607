from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas import survey
from warehouse.formulas.exact import mean
from warehouse.formulas.rounding import rounded

# Table 3.9 of the Pelaihari report with its three misprints mended (4.980 4.960 4.688).
TW = {
    1: (150, "3.907 3.873 3.867 3.980 3.893 3.880 3.887 3.880 3.960", "97.48", "97.57", "96.60"),
    2: (150, "3.887 3.880 3.833 3.960 3.840 3.833 3.873 3.880 4.000", "97.09", "97.19", "96.21"),
    3: (150, "3.847 3.840 3.820 3.960 3.813 3.840 3.887 3.873 3.973", "96.72", "96.81", "95.85"),
    4: (48, "3.771 3.521 3.625 3.688 3.667 3.354 3.458 3.896 3.771", "90.88", "90.97", "90.06"),
}
SUMS = {tw: [int(rounded(Decimal(p) * n, 0)) for p in prints.split()] for tw, (n, prints, *_) in TW.items()}


def means(tw: int) -> list[Decimal]:
    return [survey.nrr(total, TW[tw][0]) for total in SUMS[tw]]


@pytest.mark.parametrize("tw", TW)
def test_the_four_quarters_of_pelaihari(tw: int) -> None:
    n, prints, *published = TW[tw]
    assert survey.n_tersirat(prints.split()) == n
    for rule, value in zip(("0.111", "1/9", "0.11"), published, strict=True):
        assert rounded(survey.ikm(means(tw), rule), 2) == Decimal(value)


def test_the_year_by_mean_of_quarters_and_pooled() -> None:
    for rule, by_mean, pooled in (("0.111", "95.54", "96.50"), ("1/9", "95.64", "96.59")):
        quarters = [survey.ikm(means(tw), rule) for tw in TW]
        assert rounded(mean(quarters), 2) == Decimal(by_mean)
        sums = [sum(SUMS[tw][u] for tw in TW) for u in range(9)]
        together = survey.ikm([survey.nrr(total, 498) for total in sums], rule)
        assert rounded(together, 2) == Decimal(pooled)
    assert rounded(mean(Decimal(p) for p in ("97.48", "97.09", "96.72", "90.88")), 4) == Decimal("95.5425")


def test_the_misprints_are_impossible_means() -> None:
    assert not survey.nrr_mungkin("4.980", 150)
    assert not survey.nrr_mungkin("4.688", 48)
    assert survey.nrr_mungkin("3.688", 48)
    assert not survey.nrr_mungkin("3.771", 47)


@pytest.mark.parametrize(
    ("rule", "highest", "lowest"),
    [("1/9", "100", "25"), ("0.111", "99.90", "24.975"), ("0.11", "99", "24.75")],
)
def test_the_ends_of_the_scale_under_each_weight(rule: str, highest: str, lowest: str) -> None:
    assert survey.ikm([Decimal(4)] * 9, rule) == Decimal(highest)
    assert survey.ikm([Decimal(1)] * 9, rule) == Decimal(lowest)
    assert survey.mutu(Decimal(lowest)) == ("D", "Tidak baik")


def test_fewer_elements_weigh_one_in_k() -> None:
    assert survey.ikm([Decimal(4)] * 8, "0.111") == Decimal(100)
    assert survey.bobot("1/9", 8) == Decimal("0.125")


@pytest.mark.parametrize(
    ("index", "letter"),
    [
        ("100", "A"),
        ("88.31", "A"),
        ("88.305", "A"),
        ("88.3049", "B"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.6049", "C"),
        ("65", "C"),
        ("64.994", "D"),
        ("25", "D"),
        ("95.5425", "A"),
        ("88.75", "A"),
    ],
)
def test_quality_bands_have_no_gaps(index: str, letter: str) -> None:
    assert survey.mutu(Decimal(index))[0] == letter


@pytest.mark.parametrize("index", ["24.74", "100.01", "0", "-1"])
def test_an_index_outside_the_scale_has_no_quality(index: str) -> None:
    with pytest.raises(ValueError, match="outside the scale"):
        survey.mutu(Decimal(index))


@given(st.decimals("24.75", "100", places=6), st.decimals("24.75", "100", places=6))
def test_a_higher_index_never_has_a_lower_quality(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    assert survey.mutu(low)[0] >= survey.mutu(high)[0]


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (1, 1),
        (10, 10),
        (55, 48),
        (220, 140),
        (250, 152),
        (300, 169),
        (1200, 291),
        (1500, 306),
        (2000, 322),
        (2200, 327),
    ],
)
def test_the_printed_sample_table(population: int, sample: int) -> None:
    assert survey.krejcie_morgan(population) == sample


@given(st.integers(1, 10**7))
def test_a_sample_is_within_its_population(population: int) -> None:
    assert 1 <= survey.krejcie_morgan(population) <= min(population, 384)


def test_nothing_answered_is_not_zero() -> None:
    with pytest.raises(ValueError, match="nobody"):
        survey.nrr(0, 0)
    with pytest.raises(ValueError, match="cannot come from"):
        survey.nrr(601, 150)
    with pytest.raises(ValueError, match="no sample"):
        survey.krejcie_morgan(0)
    with pytest.raises(ValueError, match=r"0\.12"):
        survey.bobot("0.12")


def test_the_nine_elements_stand_in_list_order() -> None:
    assert list(survey.unsur()) == [f"U{i}" for i in range(1, 10)]
    assert survey.unsur()["U8"].startswith("Penanganan Pengaduan")
    assert survey.unsur()["U9"] == "Sarana dan Prasarana"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=200))
def test_a_true_mean_is_always_possible(answers: list[int]) -> None:
    exact = survey.nrr(sum(answers), len(answers))
    for mode in ("half_up", "truncate"):
        assert survey.nrr_mungkin(format(rounded(exact, 3, mode), "f"), len(answers))
