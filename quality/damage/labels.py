"""Labels one row off their amounts: the sums of the codes hold only with the amounts moved by a row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quality.damage.equations import Equation, children
from quality.damage.sheet import Sheet
from quality.finding import Finding

# So many sums of two or more parts must speak; as printed few may hold, moved by a row most must.
_SUMS = 4
_AS_PRINTED, _MOVED = Decimal("0.25"), Decimal("0.8")


def find(sheet: Sheet) -> list[Finding]:
    """One finding for the sheet, or for its part from the row on at which the amounts begin to be off."""
    if not sheet.form.pohon or not sheet.present(sheet.form.pohon):
        return []
    kin = {p: rows for p, rows in children(sheet, sheet.form.pohon).items() if len(rows) > 1}
    amounts = [n for n in sheet.form.uang if sheet.present(n)]
    if len(kin) < _SUMS or not amounts:
        return []
    for start in _starts(sheet, amounts):
        lower = {p: rows for p, rows in kin.items() if min(p, *rows) >= start}
        found = _off_by_one(sheet, lower, amounts, start) if len(lower) >= _SUMS else None
        if found:
            return [found]
    return []


def _starts(sheet: Sheet, amounts: Sequence[str]) -> list[int]:
    """Rows from which amounts may be off: the first, and those that have a code but no amount."""
    bare = [i for i in sheet.data if not any(sheet.text(i, n) for n in amounts)]
    return [0, *bare[:20]]


def _holding(sheet: Sheet, kin: dict[int, list[int]], name: str, step: int, start: int) -> tuple[int, int]:
    """How many sums hold with the amounts taken ``step`` rows further down, and how many can be asked."""
    values = sheet.numbers(name)
    holding = asked = 0
    for parent, rows in kin.items():
        at = [r + step for r in (parent, *rows)]
        if min(at) < start or max(at) >= len(values):
            continue
        found = [v for v in (values[i] for i in at) if v is not None]
        if len(found) == len(at) and found[0]:
            asked += 1
            holding += Equation("jumlah", (parent, name), ()).holds(found[0], found[1:])
    return holding, asked


def _off_by_one(
    sheet: Sheet, kin: dict[int, list[int]], amounts: Sequence[str], start: int
) -> Finding | None:
    printed, n = _all(sheet, kin, amounts, 0, start)
    if n and printed > _AS_PRINTED * n:
        return None
    for step in (1, -1):
        moved, asked = _all(sheet, kin, amounts, step, start)
        if asked >= _SUMS and moved >= _MOVED * asked:
            return sheet.finding(
                "label_bergeser",
                sheet.cell(start, amounts[0], len(sheet) - 1, amounts[-1]),
                jumlah=len(sheet) - start,
                isi={
                    "arah": "↑" if step == 1 else "↓",
                    "bukti": f"{moved}/{asked}",
                    "tercetak": f"{printed}/{n}",
                },
            )
    return None


def _all(
    sheet: Sheet, kin: dict[int, list[int]], amounts: Sequence[str], step: int, start: int
) -> tuple[int, int]:
    counted = [_holding(sheet, kin, n, step, start) for n in amounts]
    return sum(h for h, _ in counted), sum(n for _, n in counted)
