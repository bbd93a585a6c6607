"""Public satisfaction survey (SKM): means, index, quality, sample size.

Legal basis of all formulas here: PermenPANRB 14/2017, Lampiran. How periods make a year is not
laid down there and is the unit's choice (contract 3); the three ways are in the registry.
Counting answers is not here: sums and counts come from SQL reductions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from warehouse.formulas.exact import decimal, parameters, share
from warehouse.formulas.rounding import MODES, printed, rounded


def _given() -> Mapping[str, Any]:
    return parameters("survey")


def unsur() -> dict[str, str]:
    """The nine elements ``U1``..``U9`` with their names, in the order of the regulation's list.

    Source: PermenPANRB 14/2017, Lampiran. Its questionnaire swaps U8 and U9; this is the list.
    """
    return dict(_given()["unsur"])


def weights() -> tuple[str, ...]:
    """Permitted weight rules, ``1/9`` first (choice ``skm_bobot``)."""
    return tuple(_given()["bobot"])


def weight(aturan: str, banyak_unsur: int = 9) -> Fraction:
    """The weight of one element as an exact rational; see ``bobot``."""
    if aturan not in _given()["bobot"]:
        raise ValueError(f"unknown weight {aturan!r}; permitted: {', '.join(weights())}")
    if not 1 <= banyak_unsur <= 9:
        raise ValueError(f"{banyak_unsur} elements; a survey has 1 to 9")
    if banyak_unsur != 9:
        return Fraction(1, banyak_unsur)
    return Fraction(_given()["bobot"][aturan])


def bobot(aturan: str, banyak_unsur: int = 9) -> Decimal:
    """Weight of one element: ``1/9``, ``0.111`` or ``0.11``; 1/k where only k elements apply.

    Source: PermenPANRB 14/2017, Lampiran: 1 / number of elements; it prints 0,11.

    Raises:
        ValueError: if the rule is not permitted, or the number of elements not 1..9.
    """
    return decimal(weight(aturan, banyak_unsur))


def nrr(jumlah: int, n: int) -> Decimal:
    """Mean answer of one element: sum of answers / respondents who answered it, 1..4, unrounded.

    Source: PermenPANRB 14/2017, Lampiran.

    Raises:
        ValueError: if nobody answered, or the sum cannot come from ``n`` answers of 1..4.
    """
    if n <= 0:
        raise ValueError("nobody answered: a mean of nothing is not a number")
    scale = _given()["skala"]
    if not n * scale["terendah"] <= jumlah <= n * scale["tertinggi"]:
        raise ValueError(f"a sum of {jumlah} cannot come from {n} answers of 1..4")
    return share(jumlah, n)


def ikm(nrrs: Iterable[Decimal], bobot: Decimal | str) -> Decimal:
    """The index: sum of the elements' means x weight x 25, on 25..100, unrounded.

    Source: PermenPANRB 14/2017, Lampiran.

    Args:
        nrrs: means of the elements, unrounded.
        bobot: the weight, or better its rule (``"1/9"``), which stays exact.

    Raises:
        ValueError: if there are no means, more than nine, or the rule is unknown.
    """
    means = [Fraction(x) for x in nrrs]
    if not 1 <= len(means) <= 9:
        raise ValueError(f"{len(means)} elements; a survey has 1 to 9")
    each = weight(bobot, len(means)) if isinstance(bobot, str) else Fraction(bobot)
    return decimal(sum(means, Fraction(0)) * each * _given()["skala"]["pengali_ikm"])


def ikm_unsur(nrr: Decimal) -> Decimal:
    """One element on the index scale: mean x 25. Source: PermenPANRB 14/2017, Lampiran."""
    return decimal(Fraction(nrr) * _given()["skala"]["pengali_ikm"])


def mutu(ikm: Decimal) -> tuple[str, str]:
    """Quality letter and performance word, e.g. ``("A", "Sangat baik")``.

    Judged on the index rounded half-up to two decimals, which closes the gaps between the printed
    bands. Source: PermenPANRB 14/2017, Lampiran, table of perception values.

    Raises:
        ValueError: if the index is outside the scale (below 24,75 or above 100).
    """
    value = rounded(ikm, 2)
    if value <= 100:
        for band in _given()["mutu"]:
            if value >= band["mulai"]:
                return band["mutu"], band["kinerja"]
    raise ValueError(f"an index of {ikm} is outside the scale 25..100")


def mutu_bands() -> tuple[tuple[str, str, Decimal], ...]:
    """Letter, performance word and lowest index of each band, best first. Source: as ``mutu``."""
    return tuple((b["mutu"], b["kinerja"], b["mulai"]) for b in _given()["mutu"])


def krejcie_morgan(populasi: int) -> int:
    """Smallest sample for a population (service volume), rounded half-up.

    ``n = X2*N*P*(1-P) / (d2*(N-1) + X2*P*(1-P))``. Source: Krejcie & Morgan (1970), the table
    annexed to PermenPANRB 14/2017.

    Raises:
        ValueError: if the population is not positive.
    """
    if populasi <= 0:
        raise ValueError(f"a population of {populasi} has no sample")
    said = _given()["krejcie_morgan"]
    spread = Fraction(said["kai_kuadrat"]) * Fraction(said["proporsi"]) * (1 - Fraction(said["proporsi"]))
    error = Fraction(said["galat"]) ** 2
    return int(rounded(decimal(spread * populasi / (error * (populasi - 1) + spread)), 0))


def nrr_mungkin(tercetak: str | Decimal, n: int) -> bool:
    """Whether ``n`` answers of 1..4 can have the printed mean, rounded half-up or truncated.

    Raises:
        ValueError: if ``n`` is not positive or the print is not one number.
    """
    if n <= 0:
        raise ValueError("nobody answered: no mean is possible")
    value, places = printed(tercetak)
    scale = _given()["skala"]
    near = int(Fraction(value) * n)
    sums = (k for k in range(near - 1, near + 3) if n * scale["terendah"] <= k <= n * scale["tertinggi"])
    return any(rounded(share(k, n), places, mode) == value for k in sums for mode in MODES)


def n_tersirat(tercetak: Iterable[str | Decimal], sampai: int = 1000) -> int | None:
    """Smallest number of respondents that makes all printed means possible; None up to ``sampai``."""
    prints = list(tercetak)
    return next((n for n in range(1, sampai + 1) if all(nrr_mungkin(p, n) for p in prints)), None)
