from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas.accounts import serapan
from warehouse.formulas.efficiency import e, ne, official_formulas, rasio
from warehouse.formulas.exact import EXACT
from warehouse.formulas.rounding import rounded

PAK, RAK = Decimal("12296340286.46"), Decimal("11200768358")


def test_pelaihari_e_and_its_score() -> None:
    villages, survey = e(PAK, Decimal(120), RAK), e(PAK, Decimal("99.95"), RAK)
    assert villages is not None and survey is not None
    assert rounded(villages, 2) == Decimal("24.09")
    assert rounded(survey, 2) == Decimal("8.86")
    assert ne(villages) == Decimal(100)
    assert rounded(ne(survey) or Decimal(0), 2) == Decimal("72.16")


def test_kalumpang_ratio() -> None:
    found = [
        rasio(Decimal(100), Decimal("94.34")),
        rasio(Decimal(100), Decimal(100)),
        rasio(Decimal("103.20"), Decimal("92.65")),
    ]
    assert [rounded(x, 1) for x in found if x is not None] == [Decimal("1.1"), Decimal("1.0"), Decimal("1.1")]
    assert rounded(serapan(Decimal(300728350), Decimal(283787350)) or Decimal(0), 2) == Decimal("94.37")


@pytest.mark.parametrize(
    "operands",
    [
        (None, Decimal(100), Decimal(1)),
        (Decimal(1), None, Decimal(1)),
        (Decimal(1), Decimal(100), None),
        (Decimal(0), Decimal(100), Decimal(0)),
        (Decimal(1), Decimal(0), Decimal(1)),
    ],
)
def test_no_efficiency_without_its_operands(
    operands: tuple[Decimal | None, Decimal | None, Decimal | None],
) -> None:
    assert e(*operands) is None


def test_no_score_and_no_ratio_of_nothing() -> None:
    assert ne(None) is None
    assert rasio(Decimal(100), Decimal(0)) is None
    assert rasio(None, Decimal(90)) is None
    assert rasio(Decimal(100), None) is None
    assert official_formulas() == ("E", "RASIO")


@given(st.decimals("-500", "100", places=6), st.decimals("-500", "100", places=6))
def test_the_score_is_monotone_and_within_0_to_100(a: Decimal, b: Decimal) -> None:
    low, high = (ne(x) for x in sorted((a, b)))
    assert low is not None and high is not None
    assert 0 <= low <= high <= 100


@given(st.decimals("1", "1e10", places=2), st.decimals("0", "1e10", places=2))
def test_at_full_achievement_e_is_the_unspent_share(pak: Decimal, rak: Decimal) -> None:
    efficiency, absorbed = e(pak, Decimal(100), rak), serapan(pak, rak)
    assert efficiency is not None and absorbed is not None
    assert rounded(efficiency, 30) == rounded(EXACT.subtract(Decimal(100), absorbed), 30)
