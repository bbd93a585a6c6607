"""Village status (IDM to 2024, Indeks Desa from 2025) and BUM Desa classes.

The two village indices are not comparable: other dimensions, other scales, other thresholds. Here
is one village or one BUM Desa; counting them over a kecamatan is a reduction, the share is
``share_of``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from warehouse.formulas.exact import decimal, parameters, share

Metode = Literal["IDM", "INDEKS_DESA"]
METODE: tuple[Metode, ...] = ("IDM", "INDEKS_DESA")


def _given(part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = parameters("village")[part]
    return found


def _bands(metode: str) -> list[Mapping[str, Any]]:
    if metode not in METODE:
        raise ValueError(f"unknown method {metode!r}; known: {', '.join(METODE)}")
    bands: list[Mapping[str, Any]] = _given(metode.lower())["status"]
    return bands


def statuses() -> tuple[str, ...]:
    """The five words of status, lowest first; both indices use the same words."""
    return tuple(band["status"] for band in reversed(_bands("INDEKS_DESA")))


def classes() -> tuple[str, ...]:
    """The four words of BUM Desa class, lowest first."""
    return tuple(band["kelas"] for band in reversed(_given("bumdes")["kelas"]))


def at_least(word: str, minimum: str) -> bool:
    """Whether a status or class is ``minimum`` or above it.

    Raises:
        ValueError: if the two words do not stand in one list.
    """
    for order in (statuses(), classes()):
        if word in order and minimum in order:
            return order.index(word) >= order.index(minimum)
    raise ValueError(f"{word!r} and {minimum!r} are not words of one scale")


def metode_tahun(tahun: int) -> Metode:
    """The index that is in force for a data year: IDM to 2024, Indeks Desa from 2025.

    Source: Permendesa PDTT 9/2024 revokes 2/2016.
    """
    return "IDM" if tahun <= _given("idm")["berlaku"]["sampai"] else "INDEKS_DESA"


def skor_idm(iks: Decimal, ike: Decimal, ikl: Decimal) -> Decimal:
    """``(IKS + IKE + IKL) / 3`` on 0..1, unrounded. Source: Permendesa PDTT 2/2016.

    Raises:
        ValueError: if a part is outside 0..1.
    """
    for name, part in (("IKS", iks), ("IKE", ike), ("IKL", ikl)):
        if not 0 <= part <= 1:
            raise ValueError(f"{name} {part} is outside 0..1")
    return decimal((Fraction(iks) + Fraction(ike) + Fraction(ikl)) / 3)


def same_idm(tercetak: Decimal, dihitung: Decimal) -> bool:
    """Whether a printed IDM is what its parts, printed to four decimals, give (contract 4)."""
    return bool(abs(tercetak - dihitung) <= _given("idm")["selisih_wajar"])


def status_idm(skor: Decimal) -> str:
    """Status by IDM score; a score on the threshold belongs to the lower status.

    Source: Permendesa PDTT 2/2016; the thresholds reproduce all published statuses 2021-2024.

    Raises:
        ValueError: if the score is outside 0..1.
    """
    return _by_score("IDM", skor)


def _by_score(metode: Metode, skor: Decimal) -> str:
    scale = _given(metode.lower())["skala"]
    if not scale["terendah"] <= skor <= scale["tertinggi"]:
        raise ValueError(f"{metode} score {skor} is outside {scale['terendah']}..{scale['tertinggi']}")
    return next(
        str(band["status"]) for band in _bands(metode) if band["di_atas"] is None or skor > band["di_atas"]
    )


def dimension_maxima() -> dict[str, int]:
    """Highest points of the six dimensions of Indeks Desa, in the form's order; they sum to 635."""
    return dict(_given("indeks_desa")["dimensi"])


def poin_tertinggi() -> int:
    """The denominator of Indeks Desa: 635. Source: Permendesa PDTT 9/2024, 2025 scoring sheet."""
    return sum(dimension_maxima().values())


def poin_indeks_desa(dimensi: Mapping[str, Decimal | int]) -> int:
    """Sum of the six dimensions' points.

    Raises:
        ValueError: if a dimension is missing, not whole, or above its maximum.
    """
    total = 0
    for name, highest in dimension_maxima().items():
        point = dimensi.get(name)
        if point is None or point != int(point) or not 0 <= point <= highest:
            raise ValueError(f"{name}: {point} is not a whole number of points within 0..{highest}")
        total += int(point)
    return total


def skor_indeks_desa(poin: Decimal | int) -> Decimal:
    """``points / 635 x 100`` on 0..100, unrounded. Source: Permendesa PDTT 9/2024.

    Raises:
        ValueError: if the points are outside 0..635.
    """
    if not 0 <= poin <= poin_tertinggi():
        raise ValueError(f"{poin} points are outside 0..{poin_tertinggi()}")
    return share(poin, poin_tertinggi(), 100)


def status_indeks_desa(poin: Decimal | int | None = None, *, skor: Decimal | None = None) -> str:
    """Status by points where they are known, else by score. Source: Permendesa PDTT 9/2024.

    Points are whole, so no village falls between two printed bands; a score alone is judged by
    the upper end of the band below it (``> 79,62`` is MANDIRI).

    Raises:
        ValueError: if neither is given, or the value is outside its scale.
    """
    if poin is None:
        if skor is None:
            raise ValueError("a status needs points or a score")
        return _by_score("INDEKS_DESA", skor)
    skor_indeks_desa(poin)
    return next(str(band["status"]) for band in _bands("INDEKS_DESA") if poin >= band["poin"])


def jarak_naik(metode: str, skor: Decimal) -> Decimal | None:
    """Score that is missing to the lowest printed score of the next status; None at the top.

    Source: thresholds of Permendesa PDTT 2/2016 (IDM) and 9/2024 (Indeks Desa).

    Raises:
        ValueError: unknown method, or score outside its scale.
    """
    bands = _bands(metode)
    status = _by_score("IDM" if metode == "IDM" else "INDEKS_DESA", skor)
    place = next(i for i, band in enumerate(bands) if band["status"] == status)
    return None if place == 0 else decimal(Fraction(bands[place - 1]["mulai"]) - Fraction(skor))


def poin_naik(poin: Decimal | int) -> int | None:
    """Points that are missing to the next Indeks Desa status; None at the top.

    Raises:
        ValueError: if the points are outside 0..635.
    """
    skor_indeks_desa(poin)
    higher = [band["poin"] for band in _bands("INDEKS_DESA") if band["poin"] > poin]
    return int(min(higher) - poin) if higher else None


def share_of(banyak: int, dari: int, satuan: Literal["persen", "rasio"] = "persen") -> Decimal | None:
    """``k / n`` as percent or plain ratio (``persen_desa``, ``rasio_desa``); None of none.

    Raises:
        ValueError: if there are more counted than there are.
    """
    if not 0 <= banyak <= dari:
        raise ValueError(f"{banyak} of {dari} is not a share")
    if dari == 0:
        return None
    return share(banyak, dari, 100 if satuan == "persen" else 1)


def kelas_bumdes(nilai: Decimal) -> str:
    """BUM Desa class by total score: PERINTIS < 55 <= PEMULA < 70 <= BERKEMBANG < 85 <= MAJU.

    Source: Permendesa PDTT 3/2021 Pasal 22; Kepmendesa 145/2022.

    Raises:
        ValueError: if the score is outside 0..100.
    """
    if not 0 <= nilai <= 100:
        raise ValueError(f"BUM Desa score {nilai} is outside 0..100")
    return next(str(band["kelas"]) for band in _given("bumdes")["kelas"] if nilai >= band["mulai"])
