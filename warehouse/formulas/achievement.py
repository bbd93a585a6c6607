"""Achievement against a target: formulas, categories, and targets that are shares of n things.

No law fixes the formula of an indicator whose lower values are better; the permitted ones are
choices (``capaian_terbalik``, ``batas_capaian``). Which target is in force is not here but in the
mart, since it needs documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from warehouse.formulas.exact import decimal, mean, parameters, settled, share
from warehouse.formulas.rounding import MODES, Mode, printed, rounded

Arah = Literal["naik", "turun"]
Skala = Literal["persen", "rasio"]

TANPA_TARGET = "target tidak ada"
TANPA_REALISASI = "realisasi belum ada"
TARGET_NOL = "target 0: realisasi per target tidak dapat dihitung"
TARGET_NEGATIF = "target negatif: capaian tidak bermakna"
REALISASI_NOL = "realisasi 0: target per realisasi tidak dapat dihitung"


def _given() -> Mapping[str, Any]:
    return parameters("achievement")


def inverse_formulas() -> tuple[str, ...]:
    """Permitted formulas for lower-is-better (choice ``capaian_terbalik``), the default first."""
    return tuple(_given()["terbalik"])


def rumus_capaian(arah: str, terbalik: str = "(2T-R)/T") -> str:
    """Registry id of the achievement formula that applies."""
    if arah == "naik":
        return "capaian_naik"
    return "capaian_turun" if terbalik == "(2T-R)/T" else "capaian_turun_t_r"


def capaian(
    target: Decimal | None,
    realisasi: Decimal | None,
    arah: str = "naik",
    terbalik: str = "(2T-R)/T",
    batas: Decimal | None = None,
) -> tuple[Decimal | None, str | None]:
    """Achievement in percent, unrounded, or None with the reason (Indonesian).

    naik: ``R/T x 100``. turun: ``(2T-R)/T x 100``, at least 0 (PermenPANRB 8/2021, Lampiran), or
    ``T/R x 100``. Target 0 with turun: 100 if nothing happened, else 0. Empty is never 0.

    Args:
        target: the target used, unrounded (k/n for a share), in the indicator's unit.
        realisasi: the realisation, unrounded, in the same unit.
        arah: ``naik`` or ``turun``.
        terbalik: the formula for ``turun``.
        batas: highest achievement in percent, None for no cap (choice ``batas_capaian``).

    Raises:
        ValueError: unknown direction or formula.
    """
    if arah not in ("naik", "turun"):
        raise ValueError(f"unknown direction {arah!r}: naik or turun")
    if terbalik not in inverse_formulas():
        raise ValueError(f"unknown inverse formula {terbalik!r}; permitted: {', '.join(inverse_formulas())}")
    reason = _not_computable(target, realisasi)
    if reason or target is None or realisasi is None:
        return None, reason
    found = _raw(target, realisasi, arah, terbalik)
    if isinstance(found, str):
        return None, found
    percent = settled(found)
    return (percent if batas is None else min(percent, batas)), None


def _not_computable(target: Decimal | None, realisasi: Decimal | None) -> str | None:
    if target is None:
        return TANPA_TARGET
    if realisasi is None:
        return TANPA_REALISASI
    return TARGET_NEGATIF if target < 0 else None


def _raw(target: Decimal, realisasi: Decimal, arah: str, terbalik: str) -> Decimal | str:
    if arah == "naik":
        return TARGET_NOL if target == 0 else share(realisasi, target, 100)
    if terbalik == "T/R":
        return REALISASI_NOL if realisasi == 0 else share(target, realisasi, 100)
    if target == 0:
        return Decimal(100) if realisasi == 0 else Decimal(0)
    left = Fraction(target) * 2 - Fraction(realisasi)
    return max(Decimal(0), decimal(left * 100 / Fraction(target)))


def tercapai(capaian_persen: Decimal | None) -> bool | None:
    """Whether the unrounded achievement is at least 100; None of None (contract 2.8)."""
    return None if capaian_persen is None else capaian_persen >= _given()["tercapai_mulai"]


def kategori(capaian_persen: Decimal | None) -> str | None:
    """Category of an unrounded achievement; None of None.

    Sangat Tinggi > 90, Tinggi > 75, Sedang > 65, Rendah > 50, else Sangat Rendah. Source:
    Permendagri 86/2017, Lampiran; its printed whole-number bands leave gaps, closed downwards.
    """
    if capaian_persen is None:
        return None
    bands = _given()["kategori"]
    return next(str(b["kategori"]) for b in bands if b["di_atas"] is None or capaian_persen > b["di_atas"])


def categories() -> tuple[str, ...]:
    """The five words of category, lowest first."""
    return tuple(band["kategori"] for band in reversed(_given()["kategori"]))


def gaps(bands: Iterable[Sequence[Decimal | int]]) -> list[tuple[Decimal, Decimal]]:
    """Open intervals that no closed band ``[from, to]`` covers, between the lowest and the highest.

    A lint for printed band tables: bands of whole numbers leave (90, 91).

    Raises:
        ValueError: if a band is upside down or two bands overlap.
    """
    ordered = sorted((Decimal(low), Decimal(high)) for low, high in bands)
    found = []
    for (low, high), (next_low, _) in zip(ordered, [*ordered[1:], (None, None)], strict=True):
        if low > high:
            raise ValueError(f"the band {low}..{high} is upside down")
        if next_low is None:
            break
        if next_low < high:
            raise ValueError(f"bands overlap at {next_low}..{high}")
        if next_low > high:
            found.append((high, next_low))
    return found


def in_printed_gap(capaian_persen: Decimal) -> bool:
    """Whether an achievement falls between two printed bands, where offices may read it otherwise."""
    printed_bands = [band["tercetak"] for band in _given()["kategori"]]
    return any(low < capaian_persen < high for low, high in gaps(printed_bands))


@dataclass(frozen=True)
class KN:
    """A printed share read as k of n: how it was printed, and its exact value in the print's unit."""

    k: int
    n: int
    cara: Literal["tepat"] | Mode
    nilai: Decimal


def kn_candidates(tercetak: str | Decimal, n: int, skala: Skala = "persen") -> list[KN]:
    """All k of n whose share is printed so: rounded half-up, or only if there is none truncated.

    Args:
        tercetak: the printed target (``"66,666667%"``, ``"0,33"``), or its value.
        n: how many things there are.
        skala: ``persen`` (66,67 for 10/15) or ``rasio`` (0,67).

    Raises:
        ValueError: if ``n`` is not positive or the print is not one number.
    """
    if n <= 0:
        raise ValueError(f"a share of {n} things")
    value, places = printed(tercetak)
    times = 100 if skala == "persen" else 1
    step = Fraction(1, 10**places)
    lowest = max(0, int((Fraction(value) - step) * n / times))
    highest = min(n, int((Fraction(value) + step) * n / times) + 1)
    for mode in MODES:
        fits = [
            KN(k, n, "tepat" if exact == value else mode, exact)
            for k in range(lowest, highest + 1)
            if rounded(exact := share(k, n, times), places, mode) == value
        ]
        if fits:
            return fits
    return []


def kn(tercetak: str | Decimal, n: int, skala: Skala = "persen") -> KN | None:
    """The k of n that a printed target stands for; None if there is none, or no single one.

    Half-up first, else truncated; of several the exact one (contract 2.6): ``0,33`` of 9 is 3/9,
    ``66,666667`` of 15 is 10/15, ``60,6666667`` of 15 is none.

    Raises:
        ValueError: if ``n`` is not positive or the print is not one number.
    """
    fits = kn_candidates(tercetak, n, skala)
    exact = [fit for fit in fits if fit.cara == "tepat"]
    if exact:
        return exact[0]
    return fits[0] if len(fits) == 1 else None


def printed_ratio(k: Decimal, n: Decimal, stored: Decimal, skala: Skala | None = None) -> Decimal:
    """The exact value of a target printed as ``k:n``.

    Args:
        k: the printed numerator.
        n: the printed denominator.
        stored: the value as it was read, which tells the scale where ``skala`` does not.
        skala: the scale of the indicator, if it is known.

    Raises:
        ZeroDivisionError: if ``n`` is 0.
    """
    plain, percent = share(k, n), share(k, n, 100)
    if skala is not None:
        return percent if skala == "persen" else plain
    return percent if abs(percent - stored) < abs(plain - stored) else plain


def rata_capaian(capaian_persen: Iterable[Decimal]) -> Decimal:
    """Unweighted mean of unrounded achievements.

    Raises:
        ValueError: if there are none.
    """
    return mean(capaian_persen)
