"""Efficiency of spending against achievement: E, its score NE, and the plain ratio.

The E chain adopts PMK 249/PMK.02/2011, 214/PMK.02/2017 and 22/PMK.02/2021, which bind ministries,
not regional governments: reports may say "mengadopsi", never "sesuai". Which budget belongs to an
indicator is not here but in the mart.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from warehouse.formulas.exact import decimal, parameters, share


def official_formulas() -> tuple[str, ...]:
    """Formulas a unit may call its official one (choice ``efisiensi_resmi``), the default first."""
    return tuple(parameters("efficiency")["rumus_resmi"])


def e(pak: Decimal | None, capaian_persen: Decimal | None, rak: Decimal | None) -> Decimal | None:
    """``(PAK x CK - RAK) / (PAK x CK) x 100`` in percent, unrounded.

    Args:
        pak: budget, Rp.
        capaian_persen: raw achievement in percent (120 = 120 %).
        rak: realised budget, Rp.

    Returns:
        None where an operand is missing or ``PAK x CK`` is not positive.
    """
    if pak is None or capaian_persen is None or rak is None:
        return None
    expected = Fraction(pak) * Fraction(capaian_persen) / 100
    if expected <= 0:
        return None
    return decimal((expected - Fraction(rak)) * 100 / expected)


def ne(efisiensi: Decimal | None) -> Decimal | None:
    """``50 + E/20 x 50``, E clipped to -20..20 first, so 0..100; None of None."""
    if efisiensi is None:
        return None
    said = parameters("efficiency")["ne"]
    clipped = max(Fraction(-said["batas"]), min(Fraction(said["batas"]), Fraction(efisiensi)))
    return decimal(said["tengah"] + clipped * said["tengah"] / said["pembagi"])


def rasio(capaian_persen: Decimal | None, serapan_persen: Decimal | None) -> Decimal | None:
    """Achievement per absorption, without unit; None where either is missing or nothing was spent."""
    if capaian_persen is None or serapan_persen is None or serapan_persen == 0:
        return None
    return share(capaian_persen, serapan_persen)
