"""Means of a survey's elements against the printed index: which one figure is wrong, and what it was."""

from __future__ import annotations

import re
from decimal import Decimal

from quality.damage.explain import one_slip
from quality.damage.sheet import Sheet
from quality.finding import Finding
from quality.wording import shown

_INDEX = re.compile(r"\bikm\b|indeks\s+kepuasan|konversi", re.IGNORECASE)
_OTHER = re.compile(r"nrr|tertimbang|jumlah|total|responden|mutu|\bskm\b|kinerja|peringkat", re.IGNORECASE)
_ELEMENTS = 9
_LOW, _HIGH = Decimal(1), Decimal(4)
_WEIGHTS = (Decimal(1) / 9, Decimal("0.111"), Decimal("0.11"))


def find(sheet: Sheet) -> list[Finding]:
    """Every mean off its scale of 1 to 4 of which the printed index leaves one value."""
    if sheet.form.nama != "skm_ringkasan":
        return []
    labels = sheet.texts("unsur")
    index = [i for i, t in enumerate(labels) if _INDEX.search(t)]
    elements = [i for i, t in enumerate(labels) if t and i not in index and not _OTHER.search(t)]
    if len(elements) != _ELEMENTS or len(index) != 1:
        return []
    found = [_column(sheet, n, elements, index[0]) for n in sheet.fields if n.startswith("nilai@")]
    return [f for f in found if f is not None]


def _column(sheet: Sheet, name: str, elements: list[int], index: int) -> Finding | None:
    values = {i: v for i in elements if (v := sheet.numbers(name)[i]) is not None}
    printed = sheet.numbers(name)[index]
    off = [i for i, v in values.items() if not _LOW <= v <= _HIGH]
    if printed is None or len(values) != _ELEMENTS or len(off) != 1:
        return None
    rest = sum((v for i, v in values.items() if i != off[0]), Decimal(0))
    unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    fits = {
        v: weight
        for v in one_slip(values[off[0]])
        for weight in _WEIGHTS
        if _LOW <= v <= _HIGH and abs((rest + v) * weight * 25 - printed) < unit
    }
    if len(fits) != 1:
        return None
    value, weight = next(iter(fits.items()))
    said = "1/9" if weight == _WEIGHTS[0] else shown(weight)
    return sheet.finding(
        "skor_salah_angka",
        sheet.cell(off[0], name),
        tertulis=sheet.text(off[0], name),
        seharusnya=shown(value),
        related=(sheet.cell(index, name),),
        isi={"bukti": f"({shown(rest)} + {shown(value)}) × {said} × 25 = {shown(printed)}", "kelipatan": "-"},
    )
