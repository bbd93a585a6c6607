"""Thousands and decimal marks: what a text can mean, and columns in which both habits stand side by side.

``1.234,56`` and ``1,234.56`` are one amount by two habits. A text with one mark before three figures
(``1.234``) is told by the column's own habit, and by arithmetic where a sum binds it (``explain.py``).
"""

from __future__ import annotations

import re
from decimal import Decimal

import pyarrow.compute as pc

from quality.damage.sheet import Sheet
from quality.finding import Finding
from quality.wording import shown
from warehouse.values.numbers import Kind, Unreadable, parse_number

# Where a text shows its habit beyond doubt: grouped with a dot and decimals behind a comma, or the reverse.
_COMMA = r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}|\d+,\d{1,2}"
_DOT = r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}|\d+\.\d{1,2}"
_BEFORE = r"^[^\d]{0,6}"
_BEHIND = r"(?:[^\d.,].{0,4})?$"
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_MANY = re.compile(r"\d[\d.,]*")


def readings(text: str, kind: Kind) -> list[Decimal]:
    """All values a text could have under either habit; none where it holds no single number.

    >>> [str(v) for v in readings("1.234", "money")]
    ['1234', '1.234']
    """
    found = _MANY.search(text)
    if found is None or len(_MANY.findall(text)) != 1:
        return []
    digits = found[0].rstrip(".,")
    tries = [digits.replace(".", "").replace(",", "."), digits.replace(",", ""), re.sub(r"[.,]", "", digits)]
    made = []
    for each in tries:
        if re.fullmatch(r"\d{1,20}(\.\d{1,12})?", each):
            value = Decimal(each)
            made.append(-value if re.search(r"^\s*[-(\u2212]", text) else value)
    if kind == "count":
        made = [v for v in made if v == v.to_integral_value()]
    return list(dict.fromkeys(made))


def mixed(sheet: Sheet) -> list[Finding]:
    """Number columns in which both habits stand, each beyond doubt; one finding a column."""
    found = []
    for name in sheet.fields:
        kind = sheet.form.number(name)
        if kind in ("money", "count", "percent", "score") and sheet.rows_of_kind(name, "t"):
            found += _mixed(sheet, name, kind)
    return found


def _mixed(sheet: Sheet, name: str, kind: Kind) -> list[Finding]:
    column = sheet.column(name)
    comma = pc.match_substring_regex(column, f"{_BEFORE}(?:{_COMMA}){_BEHIND}")
    dot = pc.match_substring_regex(column, f"{_BEFORE}(?:{_DOT}){_BEHIND}")
    texts = set(sheet.rows_of_kind(name, "t"))
    first, second = (
        [i for i, said in enumerate(mask.to_pylist()) if said and i in texts] for mask in (comma, dot)
    )
    if not first or not second:
        return []
    usual, rare = (first, second) if len(first) >= len(second) else (second, first)
    cells = [i for i in rare if i not in set(usual)]
    if not cells:
        return []
    row = cells[0]
    value = _by_habit(sheet.text(row, name), rare is second)
    if value is None:
        return []
    unread = _unreadable(sheet.text(row, name), kind)
    return [
        sheet.finding(
            "tanda_angka_campur",
            sheet.cell(row, name),
            tertulis=sheet.text(row, name),
            seharusnya=shown(value),
            jumlah=len(cells),
            related=(sheet.cell(usual[0], name),),
            isi={"contoh": sheet.text(usual[0], name), "banyak": len(usual)},
            akibat="tolak" if unread else None,
        )
    ]


def _by_habit(text: str, dot: bool) -> Decimal | None:
    found = _MANY.search(text)
    if found is None:
        return None
    digits = found[0].rstrip(".,")
    plain = digits.replace(",", "") if dot else digits.replace(".", "").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _unreadable(text: str, kind: Kind) -> bool:
    try:
        return parse_number(text, kind) is None
    except Unreadable:
        return True
