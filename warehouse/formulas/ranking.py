"""Competition ranks and percentiles over unrounded values.

Who may be compared with whom (same definition, method, year, weight) is not here but in the mart.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from warehouse.formulas.exact import share

Key = TypeVar("Key")


def peringkat(nilai: Mapping[Key, Decimal | None], arah: str = "naik") -> dict[Key, int]:
    """Competition rank of every key that has a value: 1 is best, ties share, ``1 2 2 4``.

    Args:
        nilai: unrounded values; None is not ranked.
        arah: ``naik`` the highest is best, ``turun`` the lowest.

    Raises:
        ValueError: unknown direction.
    """
    if arah not in ("naik", "turun"):
        raise ValueError(f"unknown direction {arah!r}: naik or turun")
    known = {key: value for key, value in nilai.items() if value is not None}
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(known.values(), reverse=arah == "naik"), start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in known.items()}


def persentil(peringkat: int, dari: int) -> Decimal | None:
    """Share of the other ranked ones that are not better, percent: best 100, a lone last one 0.

    None where there is nobody else.

    Raises:
        ValueError: if the rank is not within 1..dari.
    """
    if not 1 <= peringkat <= dari:
        raise ValueError(f"rank {peringkat} of {dari}")
    return None if dari == 1 else share(dari - peringkat, dari - 1, 100)
