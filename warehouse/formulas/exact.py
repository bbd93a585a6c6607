"""Exact arithmetic of all formulas: one precision, division last, parameters without floats.

Figures are chained unrounded at 50 digits and rounded once, at storage (``contracts.stored``).
Nothing here knows a law; parameters stand in the YAML beside each formula module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)
# What is chained carries 50 digits; a verdict is taken on 40, so that a third's last digit tips no scale.
SETTLED = Context(prec=40, rounding=ROUND_HALF_EVEN)


class ParameterBroken(ValueError):
    """A parameter file of a formula is missing, or holds something its formula cannot use."""


class _ExactLoader(yaml.SafeLoader):
    """YAML in which ``0.111`` is the decimal 0.111, not the nearest double."""


def _as_written(_: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _as_written)


@cache
def parameters(name: str) -> Mapping[str, Any]:
    """The parameter file ``<name>.yaml`` beside the formulas; numbers with a point are ``Decimal``.

    Raises:
        ParameterBroken: if there is no such file or it is not a mapping.
    """
    path = HERE / f"{name}.yaml"
    if not path.exists():
        raise ParameterBroken(f"no parameters {path.name} beside the formulas")
    # A subclass of SafeLoader: it builds plain values only.
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=_ExactLoader)
    if not isinstance(said, dict):
        raise ParameterBroken(f"{path.name}: expected a mapping, found {type(said).__name__}")
    return said


def decimal(value: Fraction | Decimal | int) -> Decimal:
    """The value as a decimal of 50 digits; equal rationals give equal decimals."""
    if isinstance(value, Fraction):
        return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(value)


def settled(value: Fraction | Decimal) -> Decimal:
    """The value at 40 digits: 0,3 against 1/3 is 90 percent, not a digit above it."""
    return SETTLED.plus(decimal(value))


def share(part: Decimal | int, whole: Decimal | int, times: int = 1) -> Decimal:
    """``part * times / whole`` with the division last, so that 10/15 is the same number everywhere.

    Raises:
        ZeroDivisionError: if ``whole`` is 0.
    """
    return decimal(Fraction(part) * times / Fraction(whole))


def mean(values: Iterable[Decimal]) -> Decimal:
    """The unweighted mean of unrounded values (registry: ``rata_rata``).

    Raises:
        ValueError: if there are no values; the mean of nothing is not 0.
    """
    found = [Fraction(v) for v in values]
    if not found:
        raise ValueError("the mean of no values")
    return settled(sum(found, Fraction(0)) / len(found))
