"""Ratios and decimals that a spreadsheet took for dates or times: ``4/18`` is 18 April, ``7.9`` 7 September.

The date keeps both numbers; which of them stood first is proven by a sum or quotient of the row, by the scale
of the column, or by its other ratios (no numerator above its denominator). Times in ratio columns are read by
the cleaners (``rasio_jadi_jam``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quality.damage.equations import At, Ledger
from quality.damage.sheet import Sheet
from quality.finding import Finding
from quality.wording import shown

_DATE = re.compile(r"(?P<tahun>\d{4})-(?P<bulan>\d\d)-(?P<hari>\d\d)(?:[ T].*)?")
_TIME = re.compile(r"(?P<jam>\d{1,2}):(?P<menit>\d\d)(?::00)?")
_PAIR = re.compile(r"(\d{1,4})\s*[:/]\s*(\d{1,4})")


def find(sheet: Sheet, ledger: Ledger) -> list[Finding]:
    """Every date in a column of ratios, and every date or time in a column of numbers."""
    found = []
    for name in sheet.fields:
        if sheet.form.holds(sheet.form.rasio, name):
            found += [_ratio(sheet, row, name, ledger) for row in sheet.rows_of_kind(name, "d")]
        elif sheet.form.number(name) is not None:
            found += [_number(sheet, row, name, ledger) for row in sheet.rows_of_kind(name, "dw")]
    return [f for f in found if f is not None]


def pairs(text: str) -> list[tuple[int, int]]:
    """The two numbers of a date or time, in the orders in which they may have been typed.

    >>> pairs("2025-04-18"), pairs("07:09")
    ([(18, 4), (4, 18)], [(7, 9)])
    """
    if date := _DATE.fullmatch(text):
        day, month = int(date["hari"]), int(date["bulan"])
        return [(day, month), (month, day)] if day != month else [(day, month)]
    if time := _TIME.fullmatch(text):
        return [(int(time["jam"]), int(time["menit"]))]
    return []


def _ratio(sheet: Sheet, row: int, name: str, ledger: Ledger) -> Finding | None:
    tried = pairs(sheet.text(row, name))
    if not tried:
        return None
    proven, bukti = _by_quotient(sheet, row, name, tried)
    others = [] if proven else [p for p in _ratios(sheet, name) if p[1]]
    if not proven and others and all(a <= b for a, b in others):
        proven = [p for p in tried if p[0] <= p[1]]
        bukti = ", ".join(f"{a}:{b}" for a, b in others[:3])
    said = proven if len(proven) == 1 else tried
    return sheet.finding(
        "rasio_jadi_tanggal",
        sheet.cell(row, name),
        tertulis=sheet.text(row, name),
        seharusnya=" / ".join(f"{a}:{b}" for a, b in said),
        isi={"bukti": bukti if len(proven) == 1 else "-"},
    )


def _by_quotient(
    sheet: Sheet, row: int, name: str, tried: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], str]:
    """The pairs by which a printed achievement of the row comes out."""
    for result, (above, below) in sheet.form.bagi.items():
        if name not in (above, below) or not sheet.present(result):
            continue
        printed, other = sheet.numbers(result)[row], _value(sheet, row, below if name == above else above)
        if printed is None or not other:
            continue
        unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
        fits = []
        for pair in tried:
            mine = Decimal(pair[0]) / pair[1]
            if abs((mine / other if name == above else other / mine) * 100 - printed) < unit:
                fits.append(pair)
        if len(fits) == 1:
            return fits, f"{shown(printed)} %"
    return [], "-"


def _value(sheet: Sheet, row: int, name: str) -> Decimal | None:
    if found := _PAIR.fullmatch(sheet.text(row, name)):
        return Decimal(found[1]) / int(found[2]) if int(found[2]) else None
    return sheet.numbers(name)[row]


def _ratios(sheet: Sheet, name: str) -> Iterator[tuple[int, int]]:
    for text in sheet.texts(name):
        if found := _PAIR.fullmatch(text):
            yield int(found[1]), int(found[2])


def _number(sheet: Sheet, row: int, name: str, ledger: Ledger) -> Finding | None:
    tried = [Decimal(f"{a}.{b}") for a, b in pairs(sheet.text(row, name))]
    if not tried:
        return None
    at: At = (row, name)
    proven = [(v, by) for v in tried if (by := ledger.proves({at: v})) is not None]
    proven = [(v, by) for v, by in proven if ledger.exact(by, {at: v})] or proven
    bukti = "-"
    if len(proven) == 1:
        tried, bukti = [proven[0][0]], ledger.proof(proven[0][1], {at: proven[0][0]})
    elif (scale := sheet.form.scale(name)) and (fits := [v for v in tried if scale[0] <= v <= scale[1]]):
        tried = fits
        bukti = f"{scale[0]} ≤ {shown(fits[0])} ≤ {scale[1]}" if len(fits) == 1 else "-"
    return sheet.finding(
        "angka_jadi_tanggal",
        sheet.cell(row, name),
        tertulis=sheet.text(row, name),
        seharusnya=" / ".join(shown(v) or "" for v in tried),
        isi={"bukti": bukti},
    )
