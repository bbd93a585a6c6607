"""Numbers as offices print them, to exact decimals and back.

A text is read only with the kind of its column in hand: ``3.907`` is 3,907 in a score column and
3907 in a money column. What does not belong here: targets such as ``7:9`` or ``12 Bulan``
(``fractions.py``), codes (``codes.py``), questionnaire answers (``answers.py``).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

Kind = Literal["money", "score", "percent", "ratio", "count"]

# The warehouse keeps money as DECIMAL(18,2) and all else as DECIMAL(24,12); a longer number is a slip
# of the keyboard, and must become a told cell instead of an overflow at the end of the run.
_LARGEST = {"money": Decimal(10) ** 16}
_LARGEST_OTHER = Decimal(10) ** 12
# No office prints so many decimals: they are what a spreadsheet keeps behind the two that it shows.
SPREADSHEET_DECIMALS = 9
_NOT_A_NUMBER_CELL = {
    "e": "sel berisi galat lembar kerja, bukan angka",
    "f": "sel berisi rumus yang nilainya belum tersimpan; buka berkas, simpan ulang, lalu kirim lagi",
    "d": "sel berisi tanggal, bukan angka",
    "w": "sel berisi jam, bukan angka",
    "l": "sel berisi lama waktu, bukan angka",
    "b": "sel berisi BENAR/SALAH, bukan angka",
}
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_NONE_REPORTED = re.compile(r"-+|nihil", re.IGNORECASE)
_NOT_KNOWN = re.compile(r"n/?a\.?|n\.a\.?|tidak ada data|belum ada data", re.IGNORECASE)
_CURRENCY = re.compile(r"^(?:rp|idr)(?![a-z])\.?|(?:rp|idr)\.?$", re.IGNORECASE)
_EMPTY_CENTS = re.compile(r"[.,]-+$")
_SHORTEST = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")
_MARK_AND_SPACE = re.compile(r"(?<=[.,]) (?=\d)|(?<=\d) (?=[.,])")


class Unreadable(ValueError):
    """A text that is not what its column holds; the message is an Indonesian sentence for the officer."""


def parse_number(text: str, kind: Kind, jenis: str = "t", format: str = " ") -> Decimal | None:  # noqa: A002
    """Read one cell of a column of the given kind.

    A numeric cell (``jenis`` ``n``) is taken as it stands; shown with a percent format in a percent
    column, its value is multiplied by 100. A text cell is read by the habits of the kind: in money and
    counts a single mark before three digits groups thousands, in scores, percents and ratios a single
    mark is always the decimal one. Where one text could mean two numbers it is refused.

    Args:
        text: The cell as printed.
        kind: What the column holds.
        jenis: Kind of the cell, one character (see ``docs/flow.md``, section 2).
        format: Number format of the cell, one character.

    Returns:
        The exact value; ``None`` for an empty cell. ``-`` is 0 in money and counts ("none"), else None.

    Raises:
        Unreadable: if the cell holds an error, a formula without value, a date, or no single number.

    >>> parse_number("12.296.340.286,46", "money")
    Decimal('12296340286.46')
    >>> parse_number("3.907", "score"), parse_number("3.907", "money")
    (Decimal('3.907'), Decimal('3907'))
    """
    if jenis in _NOT_A_NUMBER_CELL:
        raise Unreadable(f"{_shown(text)}{_NOT_A_NUMBER_CELL[jenis]}")
    tidy = _SPACES.sub(" ", _DASHES.sub("-", text)).strip()
    if not tidy or jenis == " ":
        return None
    value = _numeric_cell(tidy, kind, format) if jenis == "n" else _text_cell(tidy, kind)
    return None if value is None else _within(value, kind, text)


def _shown(text: str) -> str:
    short = text.strip()[:60]
    return f'"{short}": ' if short else ""


def _numeric_cell(tidy: str, kind: Kind, format_: str) -> Decimal:
    if not _SHORTEST.fullmatch(tidy):
        raise Unreadable(f'"{tidy[:60]}" bukan angka')
    value = Decimal(tidy)
    if kind == "percent" and format_ == "%":
        with localcontext() as context:
            context.prec = 60
            value *= 100
    return value


def _text_cell(tidy: str, kind: Kind) -> Decimal | None:
    if tidy.startswith("#"):
        raise Unreadable(f'"{tidy[:60]}" adalah galat lembar kerja, bukan angka')
    if _NOT_KNOWN.fullmatch(tidy):
        return None
    # "Rp -" is how the accounting format shows none.
    if _NONE_REPORTED.fullmatch(_CURRENCY.sub("", tidy).strip()):
        return Decimal(0) if kind in ("money", "count") else None
    negative, digits, percent = _bare(tidy, kind)
    plain = _grouped(digits, tidy) if kind in ("money", "count") else _single_mark(digits, tidy)
    value = Decimal(plain)
    with localcontext() as context:
        context.prec = 80
        if percent and kind == "ratio":
            value = value.scaleb(-2)
        return -value if negative else value


def _bare(tidy: str, kind: Kind) -> tuple[bool, str, bool]:
    """Sign, digits with their marks, and whether a percent sign stood there."""
    rest = tidy
    negative = False
    percent = False
    # Each wrapping is taken off at most once, in whatever order it was put on: "(Rp 1.000)", "Rp (1.000)".
    for _ in range(5):
        before = rest
        if kind == "money":
            rest = _EMPTY_CENTS.sub("", _CURRENCY.sub("", rest).strip()).strip()
        if rest.endswith("%") and not percent and kind not in ("money", "count"):
            rest, percent = rest[:-1].rstrip(), True
        rest, negative = _unsigned(rest, negative, tidy)
        if rest == before:
            break
    return negative, _joined(rest, tidy), percent


def _unsigned(rest: str, negative: bool, tidy: str) -> tuple[str, bool]:
    if rest.startswith("(") and rest.endswith(")"):
        inner = rest[1:-1].strip()
    elif rest.startswith("-"):
        inner = rest[1:].strip()
    elif rest.endswith("-"):
        inner = rest[:-1].strip()
    elif rest.startswith("+"):
        return rest[1:].strip(), negative
    else:
        return rest, negative
    if negative:
        raise Unreadable(f'"{tidy[:60]}" memuat dua tanda negatif')
    return inner, True


def _joined(rest: str, tidy: str) -> str:
    """Digits and marks without the spaces that group thousands or that a narrow column put beside a mark."""
    if " " in rest:
        rest = _MARK_AND_SPACE.sub("", rest)
        if _SPACED_GROUPS.fullmatch(rest):
            rest = rest.replace(" ", "")
    if not re.fullmatch(r"[0-9][0-9.,]{0,79}", rest) or rest[-1] in ".,":
        raise Unreadable(f'"{tidy[:60]}" bukan satu angka')
    return rest


def _single_mark(digits: str, tidy: str) -> str:
    marks = re.sub(r"\d", "", digits)
    if len(set(marks)) > 1:
        raise Unreadable(f'"{tidy[:60]}" memuat titik dan koma sekaligus; nilai atau persen hanya punya satu')
    if len(marks) > 1:
        raise Unreadable(f'"{tidy[:60]}" memuat "{marks[0]}" lebih dari sekali')
    return digits.replace(",", ".")


def _grouped(digits: str, tidy: str) -> str:
    """An amount or count: which marks group thousands, which one is the decimal mark."""
    marks = re.sub(r"\d", "", digits)
    if not marks:
        return digits
    *heads, tail = re.split(r"[.,]", digits)
    if len(tail) in (1, 2):
        if len(marks) > 1 and marks[-1] in marks[:-1]:
            raise Unreadable(
                f'"{tidy[:60]}": kelompok angka terakhir tidak tiga angka dan bukan desimal yang jelas'
            )
        if len(heads) > 1:
            _must_group(heads, tidy)
        return "".join(heads) + "." + tail
    if len(tail) == 3 and _groups([*heads, tail]):
        return "".join(heads) + tail
    # A machine's export: the head is too long to be a group, so the mark can only be the decimal one.
    # Not with exactly three digits behind it: that is how a lost dot looks ("12345.678").
    if len(marks) == 1 and len(heads[0]) > 3 and len(tail) > 3:
        return f"{heads[0]}.{tail}"
    raise Unreadable(f'"{tidy[:60]}": titik dan koma tidak membagi angka menurut ribuan')


def _groups(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:])


def _must_group(parts: list[str], tidy: str) -> None:
    if not _groups(parts):
        raise Unreadable(f'"{tidy[:60]}": titik dan koma tidak membagi angka menurut ribuan')


def _within(value: Decimal, kind: Kind, text: str) -> Decimal:
    if value.copy_abs() >= _LARGEST.get(kind, _LARGEST_OTHER):
        raise Unreadable(f'"{text.strip()[:60]}" terlalu besar untuk kolom ini')
    if kind == "count" and value != value.to_integral_value():
        raise Unreadable(f'"{text.strip()[:60]}" bukan bilangan bulat')
    return value


def tampil(value: Decimal | None, desimal: int = 2) -> str:
    """The value in Indonesian format, rounded half-up: ``1.234,56``; an absent value is an empty text.

    >>> tampil(Decimal("12296340286.455"))
    '12.296.340.286,46'
    """
    if value is None:
        return ""
    with localcontext() as context:
        context.prec = 80
        rounded = value.quantize(Decimal(1).scaleb(-desimal), rounding=ROUND_HALF_UP)
    shown = f"{rounded.copy_abs():,f}".replace(",", "\x00").replace(".", ",").replace("\x00", ".")
    return f"-{shown}" if rounded < 0 else shown


def tampil_pendek(value: Decimal) -> str:
    """The value in Indonesian format with its own decimals; four where a spreadsheet's arithmetic left more.

    >>> tampil_pendek(Decimal("66.666667")), tampil_pendek(Decimal("92.001162769031"))
    ('66,666667', '92,0012')
    """
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return tampil(value, places if places < SPREADSHEET_DECIMALS else 4)


def tampil_rupiah(value: Decimal | None) -> str:
    """An amount in rupiah: ``Rp11.200.768.358``, with cents only where there are any.

    >>> tampil_rupiah(Decimal("-12296340286.46"))
    '-Rp12.296.340.286,46'
    """
    if value is None:
        return ""
    shown = tampil(value.copy_abs(), 0 if value == value.to_integral_value() else 2)
    return f"-Rp{shown}" if value < 0 else f"Rp{shown}"
