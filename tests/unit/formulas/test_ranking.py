from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas.ranking import peringkat, persentil

values = st.dictionaries(st.integers(), st.one_of(st.none(), st.decimals(0, 100, places=2)), max_size=20)


def test_competition_ranks() -> None:
    scores = {"a": Decimal(80), "b": Decimal(60), "c": Decimal("60.0"), "d": Decimal(10), "e": None}
    assert peringkat(scores) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert peringkat(scores, "turun") == {"d": 1, "b": 2, "c": 2, "a": 4}


def test_unrounded_values_are_told_apart() -> None:
    assert peringkat({"a": Decimal("97.4801"), "b": Decimal("97.4802")}) == {"b": 1, "a": 2}


def test_percentile_is_the_share_of_the_others() -> None:
    assert [persentil(r, 11) for r in (1, 6, 11)] == [Decimal(100), Decimal(50), Decimal(0)]
    assert persentil(1, 1) is None
    with pytest.raises(ValueError, match="12 of 11"):
        persentil(12, 11)
    with pytest.raises(ValueError, match="direction"):
        peringkat({}, "up")


@given(values)
def test_rank_is_one_more_than_the_number_that_is_better(scores: dict[int, Decimal | None]) -> None:
    known = [v for v in scores.values() if v is not None]
    for key, rank in peringkat(scores).items():
        mine = scores[key]
        assert mine is not None
        assert rank == 1 + sum(v > mine for v in known)
    assert len(peringkat(scores)) == len(known)


@given(values)
def test_the_other_direction_ranks_the_negatives(scores: dict[int, Decimal | None]) -> None:
    assert peringkat(scores, "turun") == peringkat({k: None if v is None else -v for k, v in scores.items()})
