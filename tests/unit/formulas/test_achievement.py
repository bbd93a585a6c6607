from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas import achievement
from warehouse.formulas.achievement import capaian, kategori, kn
from warehouse.formulas.exact import share
from warehouse.formulas.rounding import rounded


def test_pelaihari_2025() -> None:
    target = kn("66,666667", 15)
    assert target is not None
    villages, reason = capaian(target.nilai, Decimal(80))
    survey, _ = capaian(Decimal("95.59"), Decimal("95.5425"))
    assert reason is None
    assert villages is not None and survey is not None
    assert rounded(villages, 2) == Decimal("120.00")
    assert rounded(survey, 2) == Decimal("99.95")
    assert rounded(achievement.rata_capaian([villages, survey]), 4) == Decimal("109.9752")
    assert achievement.tercapai(survey) is False
    # A print that is not reached exactly is not reached, however it is shown.
    assert achievement.tercapai(Decimal("99.999999999999")) is False
    assert achievement.tercapai(None) is None


def test_kalumpang_2024() -> None:
    found = [
        capaian(Decimal(1) / 3, Decimal(1) / 3)[0],
        capaian(Decimal(100), Decimal(100))[0],
        capaian(Decimal(86), Decimal("88.75"))[0],
    ]
    assert [rounded(x, 2) for x in found if x is not None] == [Decimal(100), Decimal(100), Decimal("103.20")]
    assert rounded(achievement.rata_capaian([x for x in found if x is not None]), 4) == Decimal("101.0659")


@pytest.mark.parametrize(
    ("target", "realised", "formula", "percent"),
    [
        (Decimal(10), Decimal(8), "(2T-R)/T", Decimal(120)),
        (Decimal(10), Decimal(8), "T/R", Decimal(125)),
        (Decimal(10), Decimal(25), "(2T-R)/T", Decimal(0)),
        (Decimal(0), Decimal(0), "(2T-R)/T", Decimal(100)),
        (Decimal(0), Decimal(1), "(2T-R)/T", Decimal(0)),
        (Decimal(0), Decimal(2), "T/R", Decimal(0)),
    ],
)
def test_lower_is_better(target: Decimal, realised: Decimal, formula: str, percent: Decimal) -> None:
    assert capaian(target, realised, "turun", formula) == (percent, None)


@pytest.mark.parametrize(
    ("target", "realised", "arah", "formula", "reason"),
    [
        (None, Decimal(1), "naik", "(2T-R)/T", achievement.TANPA_TARGET),
        (Decimal(1), None, "naik", "(2T-R)/T", achievement.TANPA_REALISASI),
        (Decimal(0), Decimal(1), "naik", "(2T-R)/T", achievement.TARGET_NOL),
        (Decimal(0), Decimal(0), "naik", "(2T-R)/T", achievement.TARGET_NOL),
        (Decimal(5), Decimal(0), "turun", "T/R", achievement.REALISASI_NOL),
        (Decimal(-5), Decimal(1), "naik", "(2T-R)/T", achievement.TARGET_NEGATIF),
    ],
)
def test_what_cannot_be_computed_is_empty_with_a_reason(
    target: Decimal | None, realised: Decimal | None, arah: str, formula: str, reason: str
) -> None:
    assert capaian(target, realised, arah, formula) == (None, reason)


def test_the_cap_only_lowers() -> None:
    assert capaian(Decimal(50), Decimal(60), batas=Decimal(100)) == (Decimal(100), None)
    assert capaian(Decimal(50), Decimal(40), batas=Decimal(100)) == (Decimal(80), None)


def test_the_last_digit_of_a_third_tips_no_category() -> None:
    third = kn("0,33", 9, "rasio")
    assert third is not None
    percent, _ = capaian(third.nilai, Decimal("0.3"))
    assert (percent, kategori(percent)) == (90, "Tinggi")


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="direction"):
        capaian(Decimal(1), Decimal(1), "up")
    with pytest.raises(ValueError, match="formula"):
        capaian(Decimal(1), Decimal(1), "turun", "R/T")


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        ("120", "Sangat Tinggi"),
        ("90.01", "Sangat Tinggi"),
        ("90", "Tinggi"),
        ("75.5", "Tinggi"),
        ("75", "Sedang"),
        ("65.0001", "Sedang"),
        ("65", "Rendah"),
        ("50.5", "Rendah"),
        ("50", "Sangat Rendah"),
        ("0", "Sangat Rendah"),
    ],
)
def test_categories(percent: str, word: str) -> None:
    assert kategori(Decimal(percent)) == word


@given(st.decimals("-100", "400", places=4), st.decimals("-100", "400", places=4))
def test_a_higher_achievement_never_has_a_lower_category(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    order = achievement.categories()
    assert order.index(kategori(low) or "") <= order.index(kategori(high) or "")


def test_the_printed_bands_have_gaps_and_ours_none() -> None:
    assert achievement.gaps([(91, 100), (76, 90), (66, 75), (51, 65), (0, 50)]) == [
        (50, 51),
        (65, 66),
        (75, 76),
        (90, 91),
    ]
    assert achievement.gaps([(0, 50), (50, 100)]) == []
    assert achievement.in_printed_gap(Decimal("90.5"))
    assert not achievement.in_printed_gap(Decimal(91))
    assert not achievement.in_printed_gap(Decimal(120))
    with pytest.raises(ValueError, match="overlap"):
        achievement.gaps([(0, 60), (50, 100)])
    with pytest.raises(ValueError, match="upside down"):
        achievement.gaps([(60, 50)])


@pytest.mark.parametrize(
    ("print_", "n", "scale", "k", "how"),
    [
        ("0,33", 9, "rasio", 3, "half_up"),
        ("66,666667", 15, "persen", 10, "half_up"),
        ("66,666667%", 15, "persen", 10, "half_up"),
        ("66,66", 15, "persen", 10, "truncate"),
        ("80", 15, "persen", 12, "tepat"),
        ("73,3333333", 15, "persen", 11, "half_up"),
        ("0,56", 9, "rasio", 5, "half_up"),
        ("0,55", 9, "rasio", 5, "truncate"),
        ("1", 9, "rasio", 9, "tepat"),
        ("100", 9, "persen", 9, "tepat"),
        ("0", 9, "persen", 0, "tepat"),
        ("50", 300, "persen", 150, "tepat"),
        (Decimal("66.666667000000"), 15, "persen", 10, "half_up"),
    ],
)
def test_a_printed_share_is_k_of_n(print_: str | Decimal, n: int, scale: str, k: int, how: str) -> None:
    found = kn(print_, n, scale)  # type: ignore[arg-type]
    assert found is not None
    assert (found.k, found.n, found.cara) == (k, n, how)


def test_a_print_that_no_share_meets() -> None:
    assert achievement.kn_candidates("60,6666667", 15) == []
    assert kn("60,6666667", 15) is None
    assert kn("130", 15) is None


def test_a_print_that_several_shares_meet_decides_nothing() -> None:
    assert [c.k for c in achievement.kn_candidates("50", 235)] == [117, 118]
    assert kn("50", 235) is None


@given(st.integers(1, 400), st.data())
def test_a_share_printed_with_enough_decimals_is_found_again(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    exact = Decimal(k) * 100 / Decimal(n)
    for mode in ("half_up", "truncate"):
        found = kn(format(rounded(exact, 6, mode), "f"), n)
        assert found is not None
        assert found.k == k


@given(st.integers(1, 60), st.data())
def test_reaching_exactly_k_of_n_is_exactly_100(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n))
    target = kn(format(rounded(Decimal(k) / Decimal(n), 6), "f"), n, "rasio")
    assert target is not None
    percent, _ = capaian(target.nilai, share(k, n))
    assert percent == 100
    assert achievement.tercapai(percent)
