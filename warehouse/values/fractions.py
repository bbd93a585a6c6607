"""Targets and results as documents print them: ``80%``, ``0,33``, ``7:9``, ``12 Bulan``, ``Nilai 86``.

What does not belong here: whether a printed ``0,33`` stands for 3 of 9 villages (that is a formula,
contract 2.6), or what to do about a ratio that a spreadsheet turned into a time of day (a finding).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext

from warehouse.values.numbers import Kind, Unreadable, parse_number, tampil_pendek

_RATIO = re.compile(r"(\d{1,9})\s*[:/∶]\s*(\d{1,9})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})")
_MARKED = re.compile(
    r"(?P<kata>[^\W\d][^\d]*?)?[\s:=]*(?P<angka>[-(]?\s*\d[\d.,:/∶\s]*\)?\s*%?)\s*(?P<sisa>.*)", re.DOTALL
)
_CURRENCY = re.compile(r"rp\.?|idr|rupiah", re.IGNORECASE)
_SCALED = re.compile(
    r"%|persen(?:tase)?|persentasi|nilai|indeks|index|skor|angka|poin|point|rasio|ratio|predikat",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\(?\s*[A-D]{1,2}\s*\)?")


@dataclass(frozen=True)
class Printed:
    """A printed target or result.

    ``nilai`` holds percent numbers for percents and the exact quotient for ``n:m``, whose parts are
    ``pembilang`` and ``penyebut``; ``satuan`` is the unit printed in the cell, else the given one.
    """

    teks: str
    nilai: Decimal | None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    satuan: str | None = None


def parse_target(text: str, satuan: str | None = None, jenis: str = "t", format: str = " ") -> Printed:  # noqa: A002
    """Read a target or result cell.

    Args:
        text: The cell as printed.
        satuan: The unit printed elsewhere in the row, if any; it decides how ``1.250`` and ``04.18`` read.
        jenis: Kind of the cell, one character.
        format: Number format of the cell; ``%`` multiplies a numeric cell by 100.

    Returns:
        The printed value; ``nilai`` is None for an empty cell or a dash.

    Raises:
        Unreadable: if the cell holds no single value.

    >>> parse_target("7:9").pembilang, parse_target("66,666667 %").nilai
    (Decimal('7'), Decimal('66.666667'))
    """
    teks = " ".join(text.split())
    if is_rasio(satuan) and (jam := rasio_jam(teks, jenis)):
        return _ratio(teks, Decimal(jam[0]), Decimal(jam[1]), satuan)
    if jenis != "t":
        return _typed(teks, satuan, jenis, format)
    if not re.search(r"\d", teks):
        return Printed(teks, parse_number(teks, "score"), satuan=satuan)
    found = _MARKED.fullmatch(teks)
    if found is None:
        raise Unreadable(f'"{teks[:60]}" bukan satu nilai')
    kata, angka, sisa = (found["kata"] or "").strip(), found["angka"].strip(), found["sisa"].strip()
    if re.search(r"\d", sisa):
        raise Unreadable(f'"{teks[:60]}" memuat lebih dari satu nilai')
    return _assembled(teks, angka, _unit(kata, angka, sisa), satuan)


def _typed(teks: str, satuan: str | None, jenis: str, format_: str) -> Printed:
    nilai = parse_number(teks, "percent", jenis, format_)
    if jenis != "n" or nilai is None:
        return Printed(teks, nilai, satuan=satuan)
    # A number in a sheet has no print of its own: as the office's program shows it, in Indonesian format.
    shown = tampil_pendek(nilai)
    return Printed(f"{shown}%", nilai, satuan="%") if format_ == "%" else Printed(shown, nilai, satuan=satuan)


def _unit(kata: str, angka: str, sisa: str) -> str | None:
    """The unit printed in the cell itself; a mutu letter ("82,82 (B)") is none."""
    if angka.endswith("%"):
        return "%"
    if sisa and not _GRADE.fullmatch(sisa):
        return sisa
    return kata.rstrip(" .:=") or None


def _assembled(teks: str, angka: str, printed: str | None, satuan: str | None) -> Printed:
    words = printed if printed and teks.startswith(printed) else None
    ratio = _RATIO.fullmatch(angka)
    # "Triwulan 1: 20" is no ratio; "Rasio 7:9" is.
    if ratio and (words is None or is_rasio(words)):
        return _ratio(teks, Decimal(ratio[1]), Decimal(ratio[2]), printed or satuan)
    unit = printed or satuan
    return Printed(teks, _value(angka, unit), satuan=unit)


def _value(angka: str, unit: str | None) -> Decimal | None:
    kinds: tuple[Kind, ...] = ("percent",)
    if unit and _CURRENCY.match(unit):
        kinds = ("money",)
    elif unit and not _SCALED.match(unit):
        # Things are counted in whole numbers, where "1.250 Orang" groups; "0,33 Desa" is printed too.
        kinds = ("count", "percent")
    for kind in kinds[:-1]:
        try:
            return parse_number(angka, kind)
        except Unreadable:
            continue
    return parse_number(angka, kinds[-1])


def _ratio(teks: str, pembilang: Decimal, penyebut: Decimal, satuan: str | None) -> Printed:
    if penyebut == 0:
        raise Unreadable(f'"{teks[:60]}": penyebut nol')
    with localcontext() as context:
        context.prec = 40
        return Printed(teks, pembilang / penyebut, pembilang, penyebut, satuan)


def is_rasio(satuan: str | None) -> bool:
    """Whether the printed unit says that the column holds ratios."""
    return bool(satuan and re.match(r"\s*(rasio|ratio|perbandingan)", satuan, re.IGNORECASE))


def rasio_jam(text: str, jenis: str) -> tuple[int, int] | None:
    """The ratio that a spreadsheet turned into a time of day, as (hours, minutes); None if it is none.

    ``4:18`` typed into a sheet becomes the time 04:18, printed ``04.18``. Only for columns known to
    hold ratios: elsewhere ``04.18`` is a number. A dotted text below 1 (``0.33``) is a decimal.

    >>> rasio_jam("04:18", "w"), rasio_jam("04.18", "t"), rasio_jam("0.33", "t")
    ((4, 18), (4, 18), None)
    """
    found = _CLOCK.fullmatch(text.strip()) if jenis == "w" else None
    if jenis == "t":
        found = _DOTTED.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2])
    return (hours, minutes) if 0 < hours <= minutes or (jenis == "w" and minutes) else None
