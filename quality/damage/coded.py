"""Codes that a spreadsheet took for numbers or dates: ``5.1.02`` -> 5 January 2002, ``6301`` -> ``6.301``.

Which code stood there is proven by its family: the row's own longer code, the rows below that begin with it,
or the neighbour that counts on from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quality.damage.sheet import Sheet
from quality.finding import Finding
from warehouse.values.codes import kode_program, kode_rekening, kode_wilayah
from warehouse.values.numbers import Unreadable

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)[eE]\+?(\d{1,2})")
# Kinds that a code column may hold besides text.
_ODD = "dnw"
_MOST = 2000


def find(sheet: Sheet) -> list[Finding]:
    """Damaged codes of one sheet, each with the code that its family proves, if any does."""
    found: list[Finding] = []
    for name, kind in sheet.form.kode.items():
        if sheet.present(name):
            found += _column(sheet, name, kind)
    return found


def _column(sheet: Sheet, name: str, kind: str) -> Iterator[Finding]:
    suspects = [i for i in _suspects(sheet, name, kind) if _canonical(sheet, i, name, kind) is None]
    if not suspects:
        return
    known = {i: c for i in range(len(sheet)) if (c := _canonical(sheet, i, name, kind)) is not None}
    for row in suspects[:_MOST]:
        text, jenis = sheet.text(row, name), sheet.kind(row, name)
        tried = list(dict.fromkeys(candidates(text, jenis, kind)))
        if not tried and not _SCIENTIFIC.fullmatch(text):
            continue
        proofs = {code: by for code in tried if (by := _family(sheet, row, name, kind, code, known))}
        proven = next(iter(proofs)) if len(proofs) == 1 else None
        said = proven or " / ".join(tried) or None
        yield sheet.finding(
            "kode_rusak",
            sheet.cell(row, name),
            tertulis=text,
            seharusnya=said,
            isi={"bukti": f"{proven} → {proofs[proven]}" if proven else "-"},
        )


def _suspects(sheet: Sheet, name: str, kind: str) -> list[int]:
    if kind == "wilayah":
        # Only a number with a fraction, or a text grouped like an amount.
        odd = sheet.rows_of_kind(name, "dw")
        numbers = sheet.rows_of_kind(name, "n")
        if len(sheet) == len(numbers) and not any("." in t for t in sheet.texts(name)):
            return odd
        texts = sheet.texts(name)
        return sorted({*odd, *(i for i, t in enumerate(texts) if re.search(r"[.,eE]", t))})
    texts = sheet.texts(name)
    odd_rows = set(sheet.rows_of_kind(name, _ODD))
    return sorted(i for i, t in enumerate(texts) if t and (i in odd_rows or _SCIENTIFIC.fullmatch(t)))


def _readers(kind: str) -> tuple[Callable[[str, str], str | None], ...]:
    return {
        "wilayah": (kode_wilayah,),
        "rekening": (kode_rekening,),
        "program": (kode_program,),
        "rekening_atau_program": (kode_rekening, kode_program),
    }[kind]


def _canonical(sheet: Sheet, row: int, name: str, kind: str) -> str | None:
    jenis = sheet.kind(row, name)
    return None if jenis in "dw" else _code(sheet.text(row, name), jenis, kind)


def _code(text: str, jenis: str, kind: str) -> str | None:
    for read in _readers(kind):
        try:
            return read(text, jenis)
        except Unreadable:
            continue
    return None


def candidates(text: str, jenis: str, kind: str) -> Iterator[str]:
    """Codes that may have become this cell.

    >>> sorted(set(candidates("2002-01-05", "d", "rekening")))
    ['1.5.02', '5.1.02']
    """
    for raw in _raw(text, jenis):
        code = _code(raw, "t", kind)
        if code is not None:
            yield code


def _raw(text: str, jenis: str) -> Iterator[str]:
    if date := _DATE.fullmatch(text):
        year, month, day = date.groups()
        for first, second in ((day, month), (month, day)):
            yield f"{int(first)}.{int(second)}.{year[2:]}"
            yield f"{int(first)}.{int(second)}"
    elif jenis == "n" and "." in text:
        whole, _, rest = text.partition(".")
        yield from (f"{whole}.{rest}0", f"{whole}.0{rest}", f"{whole}.{rest}000"[:7])
    elif re.fullmatch(r"\d{1,3}([.,]\d{3})+([.,]0+)?", text):
        yield re.sub(r"\D", "", re.sub(r"[.,]0{1,2}$", "", text))


def _family(sheet: Sheet, row: int, name: str, kind: str, code: str, known: dict[int, str]) -> str | None:
    """The code that proves this one: it begins with it, or this one counts on from it."""
    if code in known.values():
        return None
    if kind == "wilayah":
        return _longer_beside(sheet, row, name, code)
    below = known.get(row + 1, "")
    if below.startswith(code + "."):
        return below
    for near, step in ((row - 1, 1), (row + 1, -1)):
        stem, _, last = known.get(near, "").rpartition(".")
        mine, _, end = code.rpartition(".")
        if stem and stem == mine and last.isdigit() and int(end) == int(last) + step:
            return known[near]
    return None


def _longer_beside(sheet: Sheet, row: int, name: str, code: str) -> str | None:
    """Of regions: a longer code of the same row, or the next number of one kecamatan."""
    for other, kind in sheet.form.kode.items():
        if kind == "wilayah" and other != name and sheet.present(other):
            beside = _canonical(sheet, row, other, kind)
            if beside and (beside.startswith(code) or code.startswith(beside)):
                return beside
    for near in (row - 1, row + 1):
        if 0 <= near < len(sheet):
            found = _canonical(sheet, near, name, "wilayah")
            if (
                found
                and len(found) == len(code) == 10
                and found[:6] == code[:6]
                and abs(int(found) - int(code)) == 1
            ):
                return found
    return None
