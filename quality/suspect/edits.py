"""How a misprint looks: what a hand or a spreadsheet does to a number, told from the two numbers alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_SCALES = {Decimal(10) ** n: n for n in (1, 2, 3, 6)}


@dataclass(frozen=True)
class Edit:
    """One small slip; ``biaya`` orders slips by how seldom they happen by chance."""

    teks: str
    teks_en: str
    biaya: int


def edit(printed: Decimal, due: Decimal) -> Edit | None:
    """The single slip that makes ``due`` read as ``printed``, or None where it takes more than one."""
    if not printed or not due:
        return None
    if printed == -due:
        return Edit("tanda minus hilang atau berlebih", "a minus sign dropped or added", 2)
    ratio = max(abs(printed), abs(due)) / min(abs(printed), abs(due))
    if ratio in _SCALES:
        zeros = _SCALES[ratio]
        return Edit(f"bergeser {zeros} tempat desimal", f"the decimal mark moved {zeros} places", 2)
    if (printed < 0) != (due < 0):
        return None
    places = max(_places(printed), _places(due))
    return _digits(_text(printed, places), _text(due, places))


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _text(value: Decimal, places: int) -> str:
    return str(int(abs(value).scaleb(places)))


def _digits(printed: str, due: str) -> Edit | None:
    if len(printed) == len(due):
        return _same_length(printed, due)
    if len(printed) == len(due) + 1 and _without_one(printed, due):
        return Edit("satu angka berlebih", "one digit too many", 2)
    if len(due) == len(printed) + 1 and _without_one(due, printed):
        return Edit("satu angka hilang", "one digit dropped", 2)
    return None


def _same_length(printed: str, due: str) -> Edit | None:
    differing = [i for i, (a, b) in enumerate(zip(printed, due, strict=True)) if a != b]
    if len(differing) == 1:
        was, is_due = printed[differing[0]], due[differing[0]]
        return Edit(f"satu angka berbeda ({was} seharusnya {is_due})", f"one digit ({was} for {is_due})", 1)
    swapped = any(
        differing == [i, j] and printed[i] == due[j] and printed[j] == due[i] for i, j in pairwise(differing)
    )
    if swapped and differing[1] == differing[0] + 1:
        return Edit("dua angka bersebelahan tertukar", "two neighbouring digits swapped", 1)
    return None


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
