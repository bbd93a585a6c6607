"""Scores off their scale that lost their decimal mark: ``8904`` for ``89,04`` in a column of two decimals."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from quality.damage.equations import places
from quality.damage.sheet import LARGE, Sheet
from quality.finding import Finding
from quality.wording import shown

_ENOUGH, _SHARE = 3, Decimal("0.75")


def find(sheet: Sheet) -> list[Finding]:
    """Every score off its scale that the column's own number of decimals brings back onto it."""
    found = []
    for name in sheet.fields:
        scale = sheet.form.scale(name)
        if scale and sheet.form.nama != "skm_ringkasan" and sheet.present(name) and len(sheet) <= LARGE:
            found += _column(sheet, name, *scale)
    return found


def _column(sheet: Sheet, name: str, low: Decimal, high: Decimal) -> list[Finding]:
    values = {i: v for i in sheet.data if (v := sheet.numbers(name)[i]) is not None}
    off = [i for i, v in values.items() if not low <= v <= high and v == v.to_integral_value()]
    printed = Counter(places(v) for v in values.values() if low <= v <= high)
    if not off or not printed:
        return []
    decimals, times = printed.most_common(1)[0]
    if decimals == 0 or times < _ENOUGH or times < _SHARE * printed.total():
        return []
    moved = {row: values[row].scaleb(-decimals) for row in off}
    return [
        sheet.finding(
            "skor_salah_angka",
            sheet.cell(row, name),
            tertulis=sheet.text(row, name),
            seharusnya=shown(value),
            isi={"bukti": f"{shown(values[row])} : 10^{decimals} = {shown(value)}", "kelipatan": "-"},
        )
        for row, value in moved.items()
        if low < value <= high
    ]
