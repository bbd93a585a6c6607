"""A value that its own sums contradict, explained by one slip: the one other value that mends them.

For every failing equation each of its cells is tried with the readings that one slip of a spreadsheet makes
of it. Only an explanation that mends an equation, breaks none that held, and is the only one of its kind is
told; a contradiction without such an explanation is left to the rules over tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quality.damage.equations import UNITS, UNITS_OF_FRACTION, At, Equation, Ledger
from quality.damage.marks import readings
from quality.damage.sheet import Sheet, over
from quality.finding import Finding
from quality.wording import shown

_POWERS = (3, -3, 1, -1, 2, -2, 6, -6)
_LIKELY_PERCENT = Decimal(150)
# So many figures that are not zero make a power of ten more than a chance.
_SIGNIFICANT = 2
_MOST, _RELATED = 400, 6


@dataclass(frozen=True)
class Explained:
    """One cell, the value that is proven, the slip that made the other of it, and what proves it."""

    at: At
    value: Decimal
    aturan: str
    slip: str
    by: Equation
    rival: At | None = None


def find(sheet: Sheet, ledger: Ledger | None = None) -> list[Finding]:
    """What is proven of one sheet, alike ones of a column together."""
    found = explanations(ledger := ledger or Ledger(sheet))
    groups: dict[tuple[str, str, str], list[Explained]] = defaultdict(list)
    for each in found:
        groups[each.aturan, each.at[1], each.slip].append(each)
    return [_told(sheet, ledger, group) for group in groups.values()]


def explanations(ledger: Ledger) -> list[Explained]:
    """Every proven explanation, one a cell."""
    found: dict[At, Explained] = {}
    for equation in ledger.unsettled()[:_MOST]:
        if any(at in found for at in equation.cells):
            continue
        for each in _of_equation(ledger, equation):
            found.setdefault(each.at, each)
    rest = [e for e in ledger.unsettled() if e.jenis == "bagi" and not any(at in found for at in e.cells)]
    return [*found.values(), *_of_columns(ledger, rest)]


def _of_equation(ledger: Ledger, equation: Equation) -> Iterator[Explained]:
    tried = [e for at in equation.cells for e in _of_cell(ledger, at)]
    percent = [e for e in tried if e.slip in ("pecahan", "koma")]
    exact = [e for e in tried if ledger.exact(e.by, {e.at: e.value})]
    chosen = percent or exact or tried
    if len({e.at for e in chosen}) == 1 and len({e.value for e in chosen}) == 1:
        yield chosen[0]


def _of_cell(ledger: Ledger, at: At) -> Iterator[Explained]:
    for aturan, slip, value in _candidates(ledger, at):
        units = UNITS_OF_FRACTION if slip == "pecahan" else UNITS
        if (by := ledger.proves({at: value}, units)) is not None:
            yield Explained(at, value, aturan, slip, by)


def _of_columns(ledger: Ledger, quotients: list[Equation]) -> Iterator[Explained]:
    """One column of amounts in another unit than its neighbour: all its rows moved at once.

    Where either column, so moved, breaks no sum, it cannot be told which of them is meant.
    """
    for power in _POWERS:
        above, below = (
            {e.parts[part]: v for e in quotients if (v := _moved(ledger, e, part, step)) is not None}
            for part, step in ((0, power), (1, -power))
        )
        fits = [each for each in (above, below) if each and ledger.proves(each) is not None]
        for at, value in (fits[0] if fits else {}).items():
            by = next(e for e in quotients if at in e.parts)
            rival = next(p for p in by.parts if p != at) if len(fits) > 1 else None
            yield Explained(at, value, "angka_berskala", f"× 10^{power}", by, rival)


def _moved(ledger: Ledger, quotient: Equation, part: int, power: int) -> Decimal | None:
    """One part of a failing quotient with its mark moved, if the quotient holds then and tells it."""
    found = ledger.operands(quotient, {})
    if found is None or ledger.state(quotient) is not False:
        return None
    result, parts = found
    changed = [v.scaleb(power) if k == part else v for k, v in enumerate(parts)]
    fits = quotient.holds(result, changed) and quotient.telling(result, changed, UNITS)
    return changed[part] if fits and parts[0] else None


def _candidates(ledger: Ledger, at: At) -> Iterator[tuple[str, str, Decimal]]:
    """Rule, slip and value of each reading of a cell; those of its text before powers of ten."""
    sheet, (row, name) = ledger.sheet, at
    text, value, kind = sheet.text(row, name), ledger.value(at), sheet.form.number(name)
    if sheet.kind(row, name) == "t" and kind is not None:
        for read in readings(text, kind):
            if read != value:
                yield "angka_tanda_tercampur", "tanda", read
    if value is None or value == 0:
        return
    if kind == "percent":
        if abs(value) <= Decimal("1.5"):
            yield "persen_pecahan_tercampur", "pecahan", value.scaleb(2)
        if not re.search(r"[.,]", text) and abs(value) > _LIKELY_PERCENT / 10:
            yield from (("koma_hilang", "koma", value.scaleb(-k)) for k in (1, 2))
    elif kind == "score":
        yield from _of_score(sheet, at, value)
    elif kind is not None and _figures(value) >= _SIGNIFICANT:
        yield from (("angka_berskala", f"× 10^{k}", value.scaleb(k)) for k in _POWERS)


def _of_score(sheet: Sheet, at: At, value: Decimal) -> Iterator[tuple[str, str, Decimal]]:
    """A score off its scale: the decimal mark set elsewhere, or one figure another."""
    low, high = sheet.form.scale(at[1]) or (value, value)
    if low <= value <= high:
        return
    for read in one_slip(value):
        if low <= read <= high:
            yield "skor_salah_angka", "angka", read


def one_slip(value: Decimal) -> list[Decimal]:
    """Values that differ by the place of the decimal mark, or by one figure.

    >>> Decimal("3.5") in one_slip(Decimal("35")), Decimal("3.980") in one_slip(Decimal("4.980"))
    (True, True)
    """
    moved = [value.scaleb(-k) for k in range(1, 5)]
    text = str(value)
    other = [
        Decimal(text[:i] + figure + text[i + 1 :])
        for i, old in enumerate(text)
        if old.isdigit()
        for figure in "0123456789"
        if figure != old
    ]
    return [*moved, *other]


def _figures(value: Decimal) -> int:
    return len(str(abs(value)).replace(".", "").strip("0"))


def _told(sheet: Sheet, ledger: Ledger, group: list[Explained]) -> Finding:
    first = group[0]
    row, name = first.at
    rival = first.rival
    finding = sheet.finding(
        first.aturan if rival is None else "satuan_berbeda",
        sheet.cell(row, name),
        tertulis=sheet.text(row, name),
        seharusnya=shown(first.value) if rival is None else None,
        related=tuple(sheet.cell(*at) for at in first.by.cells if at != first.at)[:_RELATED],
        isi={
            "bukti": ledger.proof(first.by, {first.at: first.value}),
            "kelipatan": _times(ledger, first),
            "lawan": rival[1].replace("_", " ") if rival else "-",
        },
    )
    return over(sheet, finding, sorted(e.at[0] for e in group))


def _times(ledger: Ledger, each: Explained) -> str:
    """``1.000`` where the value is that many times too small, ``1 : 1.000`` where too great."""
    value = ledger.value(each.at)
    if not value or not each.value:
        return "-"
    grown = each.value / value
    return shown(grown.normalize()) or "-" if abs(grown) >= 1 else f"1 : {shown((1 / grown).normalize())}"
