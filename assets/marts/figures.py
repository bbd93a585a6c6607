"""Small things every mart of performance and budget needs: names of figures, rows by key, exact values.

What a figure means is not here but in the mart that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from warehouse import contracts
from warehouse.formulas.achievement import KN, Skala, kn, kn_candidates
from warehouse.formulas.exact import share
from warehouse.formulas.rounding import matches, printed
from warehouse.indicators import Indicator
from warehouse.trail import Figure
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import Period

Row = Mapping[str, Any]
# Formulas whose value is a share of things, so that only k/n can be reached (contract 2.6).
BAGIAN = frozenset(("persen_desa", "rasio_desa", "persen_bumdes"))
SKALA: tuple[Skala, ...] = ("persen", "rasio")


def figure(tabel: str, row: Row, kolom: str) -> Figure:
    """The figure in one column of a row of a published table."""
    return Figure(tabel, contracts.table(tabel).key_of(row), kolom)


def figures(tabel: str, row: Row, kolom: Iterable[str]) -> tuple[Figure, ...]:
    """Several figures of one row."""
    return tuple(figure(tabel, row, k) for k in kolom)


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns, groups in order of their key."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[c] for c in columns), []).append(row)
    return dict(sorted(found.items()))


def is_year(periode: str) -> bool:
    """Whether a period is a whole year."""
    return len(periode) == 4


def is_published(periode: str) -> bool:
    """Whether it is a year, quarter or semester; other ranges of months are only judged (contract 2.1)."""
    try:
        Period.parse(periode)
    except Unreadable:
        return False
    return True


def is_kecamatan(kode_unit: str | None) -> bool:
    """Whether a code is a kecamatan's; whole regencies are published in no kecamatan table."""
    return kode_unit is not None and len(kode_unit) == 6


def skala_of(row: Row, satuan: str | None) -> Skala | None:
    """Whether a k of n is told in percent or as a plain ratio; None where the row holds no share.

    The unit's word decides; without one, the scale on which the stored value is the share.

    Args:
        row: has ``realisasi``, ``pembilang``, ``penyebut``.
        satuan: the indicator's unit.
    """
    part, whole = row["pembilang"], row["penyebut"]
    if part is None or whole is None or whole == 0:
        return None
    word = (satuan or "").strip().casefold()
    named: tuple[Skala, ...] = ("persen",) if word.startswith(("persen", "%")) else SKALA
    if word.startswith("rasio"):
        named = ("rasio",)
    fits = [s for s in named if _stored_share(part, whole, s) == row["realisasi"]]
    return fits[0] if fits else None


def _times(skala: Skala) -> int:
    return 100 if skala == "persen" else 1


def _stored_share(part: Decimal, whole: Decimal, skala: Skala) -> Decimal:
    return contracts.stored(share(part, whole, _times(skala)), "decimal(24,12)")


def exact_realisasi(row: Row, satuan: str | None) -> Decimal | None:
    """The unrounded value behind a stored share; any other value as it is stored."""
    skala = skala_of(row, satuan)
    if skala is None:
        value: Decimal | None = row["realisasi"]
        return value
    return share(row["pembilang"], row["penyebut"], _times(skala))


def exact_target(row: Row, known: Indicator | None) -> Decimal | None:
    """The unrounded value behind a stored ``target_hitung`` that is k of n; any other as it is stored."""
    target: Decimal | None = row["target_hitung"]
    skala = skala_of(row, known.satuan if known else None)
    if target is None or skala is None or known is None or known.rumus not in BAGIAN:
        return target
    found = kn(target, int(row["penyebut"]), skala)
    return target if found is None else found.nilai


def target_kn(teks: str | None, target: Decimal, n: Decimal, skala: Skala) -> tuple[KN | None, bool]:
    """The k of n that a printed target stands for, and whether any k of n fits at all (contract 2.6).

    The text decides how many decimals were printed, if it says the same number as the value.
    """
    print_: str | Decimal = teks if teks is not None and _says(teks, target) else target
    return kn(print_, int(n), skala), bool(kn_candidates(print_, int(n), skala))


def _says(teks: str, value: Decimal) -> bool:
    try:
        return printed(teks)[0] == value
    except ValueError:
        return False


def agrees(teks: str | None, value: Decimal, exact: Decimal) -> bool:
    """Whether a hand-filled value is the exact one, rounded half-up or truncated as it is printed."""
    print_: str | Decimal = teks if teks is not None and _says(teks, value) else value
    return matches(print_, exact) is not None
