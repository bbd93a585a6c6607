"""Budget codes and amounts: absorption, remainder, parents of a code, sums up a tree.

Turning a printed code into a canonical one is not here but in ``warehouse.values.codes``. What is
left of a budget is ``sisa``; SiLPA exists only for a whole regional government.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from warehouse.formulas.exact import EXACT, parameters, share

Pohon = Literal["rekening", "program"]


def total_code() -> str:
    """The code of a programme table's total row: ``TOTAL``."""
    return str(parameters("accounts")["total"])


def spending_code() -> str:
    """The account of all spending, ``5``: the agency's totals come from it (contract 5)."""
    return str(parameters("accounts")["belanja"])


def serapan(pagu: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Realised budget in percent of the budget, unrounded; None where one is missing or pagu is 0."""
    if pagu is None or realisasi is None or pagu == 0:
        return None
    return share(realisasi, pagu, 100)


def sisa(pagu: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Budget less realisation in Rp; None where one is missing."""
    return None if pagu is None or realisasi is None else EXACT.subtract(pagu, realisasi)


def level(kode: str, pohon: Pohon) -> str | None:
    """The word for a code's depth, None for a code outside the tree (``nama:...``).

    Source: Permendagri 90/2019: accounts have 1..6 segments; ``7.01.01`` is a programme,
    ``7.01.01.2.01`` a kegiatan, ``7.01.01.2.01.0001`` a sub kegiatan.
    """
    if kode == total_code():
        return "total"
    parts = kode.split(".")
    if not all(part.isalnum() for part in parts):
        return None
    word = parameters("accounts")[f"tingkat_{pohon}"].get(len(parts))
    return None if word is None else str(word)


def parent(kode: str, pohon: Pohon) -> str | None:
    """The code one level up; None at the top or outside the tree.

    A programme's parent is ``TOTAL``; the level digit of a kegiatan (``.2.``) belongs to it.
    """
    word = level(kode, pohon)
    if word in (None, "total", "akun"):
        return None
    if word == "program":
        return total_code()
    return kode.rsplit(".", 2 if word == "kegiatan" else 1)[0]


def ancestors(kode: str, pohon: Pohon) -> tuple[str, ...]:
    """All codes above a code, nearest first."""
    above = parent(kode, pohon)
    return () if above is None else (above, *ancestors(above, pohon))


def directly_below(
    codes: Iterable[str], parent_of: Callable[[str], str | None]
) -> dict[str, tuple[str, ...]]:
    """Every code that has codes below it, with the nearest ones; levels that are not there are passed over.

    Args:
        codes: the codes that are there.
        parent_of: the code one level up, or None.
    """
    there = set(codes)
    below: dict[str, list[str]] = {}
    for kode in sorted(there):
        above = parent_of(kode)
        while above is not None and above not in there:
            above = parent_of(above)
        if above is not None:
            below.setdefault(above, []).append(kode)
    return {kode: tuple(found) for kode, found in below.items()}


def contradicts(total: Decimal, addends: Sequence[Decimal], whole_rupiah: bool) -> bool:
    """Whether a printed total is not the sum of its addends (contract 5).

    Compared at the coarser printed unit times the number of addends: one list prints whole rupiah,
    another cents.

    Args:
        total: the printed total, Rp.
        addends: what it should be the sum of, Rp.
        whole_rupiah: whether the total or its addends are printed in whole rupiah.
    """
    unit = Decimal(1) if whole_rupiah else Decimal("0.01")
    return abs(EXACT.subtract(total, sum(addends, Decimal(0)))) > unit * len(addends)


def misprints(
    amounts: Mapping[str, Decimal],
    below: Mapping[str, Sequence[str]],
    whole: Mapping[str, bool],
    repeated: Mapping[str, Decimal],
) -> dict[str, Decimal]:
    """Printed parents that are themselves the misprint, each with the sum of its children.

    A parent that its children contradict is proven wrong where the code above it adds up only with the
    children's sum, or where a printed JUMLAH of the same account says that sum. Everything else stays as
    printed: which side is wrong cannot be told.

    Args:
        amounts: printed amounts by code, Rp.
        below: printed codes directly below a printed code.
        whole: whether a code's list prints whole rupiah.
        repeated: what a printed JUMLAH says of a code.
    """

    def wrong(kode: str, addends: Sequence[Decimal]) -> bool:
        coarse = whole[kode] or any(whole[child] for child in below[kode])
        return contradicts(amounts[kode], addends, coarse)

    sums = {kode: sum((amounts[child] for child in found), Decimal(0)) for kode, found in below.items()}
    doubtful = {kode for kode, found in below.items() if wrong(kode, [amounts[child] for child in found])}
    proven = {kode for kode in doubtful if kode in repeated and repeated[kode] == sums[kode]}
    for found in ((kode, [c for c in below[kode] if c in doubtful]) for kode in below):
        kode, children = found
        if children and not wrong(kode, [sums[c] if c in children else amounts[c] for c in below[kode]]):
            proven.update(children)

    def own(kode: str) -> Decimal:
        return sums_of(kode) if kode in proven else amounts[kode]

    def sums_of(kode: str) -> Decimal:
        return sum((own(child) for child in below[kode]), Decimal(0))

    return {kode: sums_of(kode) for kode in sorted(proven)}


def build_up(
    amounts: Mapping[str, Decimal | None], parent_of: Callable[[str], str | None]
) -> dict[str, tuple[Decimal | None, tuple[str, ...]]]:
    """Sums for the parents that are missing from ``amounts``, each with the codes it was summed from.

    Given codes are kept as they are and never replaced; children are never invented. A parent over
    an unknown amount is unknown (None), not the sum of the rest.

    Args:
        amounts: code -> amount; None is unknown.
        parent_of: the code one level up, or None.
    """
    below: dict[str, set[str]] = {}
    for kode in amounts:
        above = parent_of(kode)
        while above is not None:
            below.setdefault(above, set()).add(kode)
            kode, above = above, parent_of(above)
    built: dict[str, tuple[Decimal | None, tuple[str, ...]]] = {}

    def amount(kode: str) -> Decimal | None:
        if kode in amounts:
            return amounts[kode]
        if kode not in built:
            children = tuple(sorted(below[kode]))
            built[kode] = (add(amount(child) for child in children), children)
        return built[kode][0]

    for kode in below:
        amount(kode)
    return built


def add(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Exact sum of amounts; None if one is unknown or there are none."""
    total: Decimal | None = None
    for value in amounts:
        if value is None:
            return None
        total = value if total is None else EXACT.add(total, value)
    return total
