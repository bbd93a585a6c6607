"""Checks that a spreadsheet program makes while the officer types: drop-downs, ranges, marks on blank cells.

The same ranges and words judge the file when it is accepted; what is pasted past a check is found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assets.publish.input_template import look
from assets.publish.input_template.lists import inline
from assets.readers.templat import NUMERIC, Ask, Batas
from warehouse.values.numbers import tampil

# What spreadsheet programs take of a title and a message.
_TITLE, _MESSAGE = 32, 225
_FEW = 12


def ranges_said(ask: Ask, facts: Mapping[str, str] | None = None) -> str:
    """The range in words: ``0 sampai 100``, ``tidak negatif``; '' where any value will do."""
    low, high = bounds(ask, facts)
    if low is not None and high is not None:
        return f"{_told(low)} sampai {_told(high)}"
    if low is not None:
        return "tidak negatif" if low == 0 else f"paling sedikit {_told(low)}"
    return f"paling banyak {_told(high)}" if high is not None else ""


def bounds(ask: Ask, facts: Mapping[str, str] | None = None) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest permitted value, of all rules that hold for a row with these facts."""
    held = _held(ask, facts)
    lows = [b.minimum for b in held if b.minimum is not None]
    highs = [b.maksimum for b in held if b.maksimum is not None]
    return max(lows, default=None), min(highs, default=None)


def _held(ask: Ask, facts: Mapping[str, str] | None) -> list[Batas]:
    return [b for b in ask.batas if b.holds(facts or {})]


def _told(number: Decimal) -> str:
    return tampil(number, 0 if number == number.to_integral_value() else 2)


def check(ask: Ask, area: str, source: str | None, facts: Mapping[str, str] | None = None) -> DataValidation:
    """The check of one column (or of one of its cells).

    Args:
        ask: what the column asks.
        area: the cells, ``C7:C46``.
        source: the words to choose from, as ``lists.Lists.source`` gives them.
        facts: facts of the row, where its range depends on them.
    """
    made = (
        _choice(ask, source)
        if source
        else _number(ask, area, facts)
        if ask.isi in NUMERIC
        else _text(ask, area)
    )
    made.showInputMessage = True
    made.promptTitle = ask.kepala[:_TITLE]
    made.prompt = _prompt(ask, facts)[:_MESSAGE]
    made.allow_blank = True
    made.add(area)
    return made


def _choice(ask: Ask, source: str) -> DataValidation:
    made = DataValidation(type="list", formula1=source)
    made.showErrorMessage = True
    made.errorStyle = "stop" if ask.tertutup else "warning"
    made.errorTitle = "Pilih dari daftar" if ask.tertutup else "Tidak ada di daftar"
    told = f"{ask.kepala}: pilih dari daftar." if ask.tertutup else (
        f"{ask.kepala}: tulisan ini tidak ada di daftar. Pakai bila memang demikian di dokumen Anda."
    )  # fmt: skip
    made.error = told[:_MESSAGE]
    return made


def _number(ask: Ask, area: str, facts: Mapping[str, str] | None) -> DataValidation:
    low, high = bounds(ask, facts)
    few = _few(ask, low, high)
    if few:
        made = DataValidation(type="list", formula1=inline(few))
    else:
        kind = "whole" if ask.isi == "bulat" else "decimal"
        least = low if low is not None else Decimal(-(10**15))
        made = DataValidation(type=kind, operator="between", formula1=str(least))
        made.formula2 = str(high if high is not None else Decimal(10**15))
    made.showErrorMessage = True
    made.errorStyle = "stop"
    made.errorTitle = "Di luar rentang" if _held(ask, facts) else "Harus angka"
    why = next((b.mengapa for b in _held(ask, facts)), "Tulis angka saja, tanpa Rp dan tanpa titik ribuan.")
    said = ranges_said(ask, facts)
    made.error = f"{ask.kepala}: {f'angka {said}. ' if said else ''}{why}"[:_MESSAGE]
    return made


def _few(ask: Ask, low: Decimal | None, high: Decimal | None) -> list[str]:
    """A short scale of whole numbers is chosen from a list."""
    if ask.isi != "bulat" or low is None or high is None or high - low >= _FEW:
        return []
    return [str(n) for n in range(int(low), int(high) + 1)]


def _text(ask: Ask, area: str) -> DataValidation:
    """Text of any manner; a minus sign is stopped where no value may be negative."""
    low, _ = bounds(ask)
    if low is None or low < 0:
        return DataValidation()
    first = area.partition(":")[0]
    made = DataValidation(type="custom", formula1=f'LEFT(TRIM({first}),1)<>"-"')
    made.showErrorMessage = True
    made.errorStyle = "stop"
    made.errorTitle = "Tidak boleh negatif"
    made.error = f"{ask.kepala}: {ask.batas[0].mengapa} Kosongkan bila tidak ada."[:_MESSAGE]
    return made


def _prompt(ask: Ask, facts: Mapping[str, str] | None) -> str:
    said = ranges_said(ask, facts)
    parts = ["Wajib diisi." if ask.wajib else "Boleh kosong.", f"Angka {said}." if said else "", ask.catatan]
    return " ".join(p for p in parts if p)


def marks(sheet: Worksheet, ask: Ask, column: str, rows: tuple[int, int], typed: Sequence[str]) -> None:
    """Colour a required cell that is still blank in a row with entries, and a value outside its range.

    Args:
        sheet: the sheet.
        ask: what the column asks.
        column: its letter.
        rows: first and last row to fill in.
        typed: letters of the columns that the officer fills in.
    """
    first, last = rows
    area, cell = f"{column}{first}:{column}{last}", f"{column}{first}"
    if ask.wajib and column in typed:
        filled = "+".join(f"LEN(TRIM(${c}{first}))" for c in typed)
        blank = f"AND({filled}>0,LEN(TRIM({cell}))=0)"
        sheet.conditional_formatting.add(area, FormulaRule(formula=[blank], fill=look.MISSING_FILL))
    if ask.isi in NUMERIC and not any(b.bila for b in ask.batas):
        outside = " , ".join(_outside(cell, *bounds(ask)))
        wrong = f"AND(LEN(TRIM({cell}))>0,OR(NOT(ISNUMBER({cell})),{outside}))" if outside else (
            f"AND(LEN(TRIM({cell}))>0,NOT(ISNUMBER({cell})))"
        )  # fmt: skip
        sheet.conditional_formatting.add(area, FormulaRule(formula=[wrong], fill=look.WRONG_FILL))


def _outside(cell: str, low: Decimal | None, high: Decimal | None) -> Iterable[str]:
    if low is not None:
        yield f"{cell}<{low}"
    if high is not None:
        yield f"{cell}>{high}"
