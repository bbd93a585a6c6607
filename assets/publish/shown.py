"""A stored value as a person reads it on the command line: Indonesian numbers, words for yes and nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from warehouse import contracts
from warehouse.values.numbers import tampil


def text_of(value: Any) -> str:
    """The value as text; at least two decimals, at most the twelve that the warehouse keeps."""
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and _EXACT.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal):
        return _number(value)
    return str(value)


_EXACT = re.compile(r"-?\d+(\.\d+)?E[+-]?\d+|-?\d+\.\d+")
_MOST = 12  # decimals, as the warehouse keeps them


def _number(value: Decimal) -> str:
    short = contracts.stored(value, "decimal(24,12)").normalize()
    exponent = short.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 2
    return tampil(short, min(max(2, decimals), _MOST))
