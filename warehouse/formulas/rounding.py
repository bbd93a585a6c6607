"""Named roundings, and which of them made a printed number.

Accounting exports truncate, most officers' tables round half-up; a print is compared under the
rounding that its own column uses (contract 1.2). The parsing of amounts with grouping marks is not
here but in ``warehouse.values.numbers``: pass such a number as ``Decimal``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

Mode = Literal["half_up", "truncate"]

# Half-up first: it is what most tables mean; truncation is believed only where half-up fails.
MODES: tuple[Mode, ...] = ("half_up", "truncate")
_RULE = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
_PRINTED = re.compile(r"-?\d+(?:[.,]\d+)?")


def rounded(value: Decimal, places: int, mode: Mode = "half_up") -> Decimal:
    """The value at ``places`` decimals; ``truncate`` cuts toward zero.

    Raises:
        ValueError: if the mode is not one of ``MODES``.
    """
    if mode not in _RULE:
        raise ValueError(f"unknown rounding {mode!r}; known: {', '.join(MODES)}")
    with localcontext() as context:
        context.prec = 80
        return value.quantize(Decimal(1).scaleb(-places), rounding=_RULE[mode])


def printed(text: str | Decimal | int) -> tuple[Decimal, int]:
    """A printed score, ratio or percent and its number of decimals; one mark is the decimal mark.

    A ``Decimal`` stands for a print of which only the value is known: closing zeros do not count.

    Raises:
        ValueError: if the text is not one number.
    """
    if not isinstance(text, str):
        value = Decimal(text)
        return value, max(0, -int(value.normalize().as_tuple().exponent))
    bare = re.sub(r"[\s%]", "", text)
    if not _PRINTED.fullmatch(bare):
        raise ValueError(f"not one printed number: {text!r}")
    whole, _, decimals = bare.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals)


def matches(print_: str | Decimal, exact: Decimal, places: int | None = None) -> Mode | None:
    """Which rounding of ``exact`` gives the print; None if neither does.

    Args:
        print_: as printed (``"91,10"``, ``"97.48"``, ``"66,666667%"``), or its value.
        exact: the recomputed, unrounded value, in the same unit.
        places: decimals of the print's column where they are known better than from the print.

    Raises:
        ValueError: if the print is not one number.
    """
    value, decimals = printed(print_)
    for mode in MODES:
        if rounded(exact, decimals if places is None else places, mode) == value:
            return mode
    return None


def mode_of(pairs: Iterable[tuple[str | Decimal, Decimal]], places: int | None = None) -> Mode | None:
    """The one rounding that explains a whole printed column, half-up first; None if none does.

    Args:
        pairs: (print, exact value) of the column's rows.
        places: decimals of the column, where known.
    """
    rows = [
        (value, exact, decimals if places is None else places)
        for (value, decimals), exact in ((printed(p), x) for p, x in pairs)
    ]
    for mode in MODES:
        if rows and all(rounded(exact, decimals, mode) == value for value, exact, decimals in rows):
            return mode
    return None
