"""Rows that are no data but came through as such: printed totals, summaries of a survey, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from quality.damage.sheet import Sheet
from quality.finding import Finding
from quality.wording import shown
from warehouse.values.numbers import Unreadable, parse_number

_SUM_WORD = re.compile(r"\b(jumlah|jml|total|tot|rekap|sum)\b|[Σ∑]", re.IGNORECASE)
# A last row that equals all before it is a total by chance only where these are few.
_ADDENDS, _NAMED_ADDENDS = 4, 2
_TAIL = 8
_COLUMNS = 3
_SIGNED = re.compile(
    r"\bnip\b|\b(19|20)\d{6}\s?\d{6}\s?\d\s?\d{3}\b"
    r"|^(mengetahui|menyetujui|disetujui|dibuat oleh|diperiksa)\b"
    r"|^(plt\.? |plh\.? |an\.? |a\.n\.? )?(camat|lurah|bupati|sekretaris)\b"
    r"|^kepala (dinas|badan|seksi|bagian)\b",
    re.IGNORECASE,
)


def find(sheet: Sheet) -> list[Finding]:
    """Totals, summaries and signatures among the data rows of one sheet."""
    return [*_totals(sheet), *_summaries(sheet), *_signatures(sheet)]


# --- totals -------------------------------------------------------------------------------------------


def _totals(sheet: Sheet) -> Iterator[Finding]:
    """Data rows without a code whose amounts are the sum of the data rows above, since the last such row."""
    amounts = [n for n in (*sheet.form.uang, *sheet.form.cacah) if sheet.present(n)]
    if not amounts or not (sheet.form.daftar or sheet.form.pohon):
        return
    above: list[int] = []
    sums = _Sums(sheet, amounts)
    for row in sheet.data:
        if not _coded(sheet, row) and (names := _summed(sheet, row, sums)):
            yield sheet.finding(
                "jumlah_sebagai_data",
                sheet.cell(row, names[0], None, names[-1]),
                tertulis=sheet.text(row, names[0]),
                related=(sheet.cell(above[0], names[0], above[-1]),),
                isi={"bukti": _addition(sheet, above, names[0])},
            )
            above = []
            sums = _Sums(sheet, amounts)
        elif not _coded(sheet, row) or not sheet.form.pohon:
            above.append(row)
            sums.add(row)


class _Sums:
    """Running sums of the amount columns, and how many amounts other than 0 went into each."""

    def __init__(self, sheet: Sheet, amounts: Sequence[str]) -> None:
        self._columns = {n: sheet.numbers(n) for n in amounts}
        self._sums = dict.fromkeys(amounts, (0, Decimal(0)))

    def add(self, row: int) -> None:
        """Let a row be one of those above."""
        for name, column in self._columns.items():
            if value := column[row]:
                count, total = self._sums[name]
                self._sums[name] = (count + 1, total + value)

    def filled(self, row: int) -> list[str]:
        """The columns that this row fills."""
        return [name for name, column in self._columns.items() if column[row]]

    def equal(self, row: int, name: str, needed: int) -> bool:
        """Whether the row holds the sum of at least so many amounts above."""
        count, total = self._sums[name]
        return count >= needed and total == self._columns[name][row]


def _coded(sheet: Sheet, row: int) -> bool:
    return any(sheet.present(n) and sheet.text(row, n) for n in sheet.form.kode)


def _summed(sheet: Sheet, row: int, sums: _Sums) -> list[str]:
    """The amount columns in which the row is the sum of those above, if it is so in all that it fills."""
    filled = sums.filled(row)
    named = any(_SUM_WORD.search(sheet.text(row, n)) for n in sheet.form.teks if n in sheet.fields)
    needed = _NAMED_ADDENDS if named else _ADDENDS
    if not all(sums.equal(row, name, needed) for name in filled):
        return []
    return filled if named or (row == sheet.data[-1] and _unnamed(sheet, row)) else []


def _unnamed(sheet: Sheet, row: int) -> bool:
    """Whether the row has no name of its own: blank, or nothing but figures and marks."""
    return not any(re.search(r"[^\W\d_]", sheet.text(row, n)) for n in sheet.form.teks if n in sheet.fields)


def _addition(sheet: Sheet, rows: Sequence[int], name: str) -> str:
    values = [v for r in rows if (v := sheet.numbers(name)[r]) is not None]
    said = [shown(v) or "" for v in values]
    said = said if len(said) <= 4 else [*said[:2], "…", said[-1]]
    return f"{' + '.join(said)} = {shown(sum(values, Decimal(0)))}"


# --- summaries of a survey ----------------------------------------------------------------------------


def _summaries(sheet: Sheet) -> Iterator[Finding]:
    """Rows at the end of a questionnaire whose answers are the sums or means of the answers above."""
    asked = [n for n in sheet.form.jawaban if sheet.present(n)]
    if len(asked) < _COLUMNS or len(sheet) < _COLUMNS + 1:
        return
    tail = [r for r in range(max(1, len(sheet) - _TAIL), len(sheet)) if sheet.jenis_baris_at(r) == "data"]
    odd = [r for r in tail if any(not _is_answer(sheet.text_at(r, n)) for n in asked)]
    if not odd:
        return
    first = odd[0]
    columns = {n: [v for v in map(_number, sheet.head(n, first)) if v is not None] for n in asked}
    for row in odd:
        for what, of in (("jumlah", _sum), ("rata", _mean)):
            told = [n for n in asked if (v := _number(sheet.text_at(row, n))) and _same(v, of(columns[n]))]
            if len(told) >= _COLUMNS and len(told) * 2 > len(asked):
                value = sheet.text_at(row, told[0])
                yield sheet.finding(
                    "ringkasan_sebagai_data",
                    sheet.cell(row, told[0], None, told[-1]),
                    tertulis=value,
                    related=(sheet.cell(0, told[0], first - 1),),
                    jumlah=len(told),
                    isi={"bukti": f"{'Σ' if what == 'jumlah' else 'Σ : n'} = {value}", "n": first},
                )
                break


def _is_answer(text: str) -> bool:
    return not text or not re.fullmatch(r"\d+([.,]\d+)?", text) or text in ("1", "2", "3", "4")


def _number(text: str | None) -> Decimal | None:
    try:
        return parse_number(text or "", "score")
    except Unreadable:
        return None


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return _sum(values) / len(values) if values else Decimal(-1)


def _same(printed: Decimal, computed: Decimal) -> bool:
    exponent = int(printed.as_tuple().exponent)
    # A mean printed without decimals proves nothing: it may be an answer.
    if exponent == 0:
        return printed == computed and printed > 4
    return computed.quantize(Decimal(1).scaleb(max(exponent, -12)), rounding=ROUND_HALF_UP) == round(
        printed, 12
    )


# --- signatures ---------------------------------------------------------------------------------------


def _signatures(sheet: Sheet) -> Iterator[Finding]:
    """Rows at the end that hold no number and the words of a signature block; their text is not shown."""
    numbers = [n for n in sheet.fields if sheet.form.number(n) and sheet.present(n)]
    if not numbers:
        return
    bare: list[int] = []
    for row in range(len(sheet) - 1, max(-1, len(sheet) - 1 - _TAIL), -1):
        if any(sheet.text_at(row, n) for n in numbers):
            break
        bare.append(row)
    signed = [
        r for r in reversed(bare)
        if sheet.jenis_baris_at(r) == "data"
        and any(_SIGNED.search(sheet.text_at(r, n)) for n in sheet.fields if n in sheet.column_names)
    ]  # fmt: skip
    if signed:
        lead = next(n for n in sheet.fields if n in sheet.column_names and sheet.text_at(signed[0], n))
        yield sheet.finding(
            "tanda_tangan_sebagai_data", sheet.cell(signed[0], lead, signed[-1]), jumlah=len(signed)
        )
