from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas.rounding import matches, mode_of, printed, rounded


@pytest.mark.parametrize(
    ("print_", "exact", "mode"),
    [
        ("97,48", Decimal("97.4768"), "half_up"),
        ("99,67", Decimal("99.6766"), "truncate"),
        ("109,24", Decimal("109.2457"), "truncate"),
        ("60,6666667", Decimal(200) / 3, None),
        ("91,10 %", Decimal("91.1008"), "half_up"),
        ("91,10", Decimal("91.1057"), "truncate"),
        ("4.980", Decimal("3.98"), None),
        (Decimal("91.090000000000"), Decimal("91.0900"), "half_up"),
    ],
)
def test_a_print_tells_its_rounding(print_: str | Decimal, exact: Decimal, mode: str | None) -> None:
    assert matches(print_, exact) == mode


def test_half_up_is_not_bankers_rounding() -> None:
    assert rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert rounded(Decimal("-0.125"), 2) == Decimal("-0.13")
    assert rounded(Decimal("-0.129"), 2, "truncate") == Decimal("-0.12")


def test_a_truncated_column_is_known_as_a_whole() -> None:
    pairs = [
        ("91,09", Decimal("91.0902")),
        ("91,10", Decimal("91.1008")),
        ("90,38", Decimal("90.3810")),
        ("99,78", Decimal("99.7894")),
    ]
    assert mode_of(pairs) == "truncate"
    assert mode_of(pairs[:2]) == "half_up"
    assert mode_of([*pairs, ("90,18", Decimal("90.1729"))]) is None
    assert mode_of([]) is None


@pytest.mark.parametrize("text", ["", "-", "1.234,56", "dua", "1:3", "3,9,0"])
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not one printed number"):
        printed(text)


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(ValueError, match="bankers"):
        rounded(Decimal(1), 2, "bankers")  # type: ignore[arg-type]


@given(st.decimals("-1000", "1000", allow_nan=False), st.integers(0, 6))
def test_every_rounding_of_a_number_is_recognised(value: Decimal, places: int) -> None:
    for mode in ("half_up", "truncate"):
        assert matches(format(rounded(value, places, mode), "f"), value) is not None
