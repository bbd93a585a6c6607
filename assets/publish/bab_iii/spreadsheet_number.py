"""How a figure stands in a spreadsheet: a number where one can be kept whole, read as in the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assets.publish.bab_iii.blocks import Angka, Kalimat
from warehouse.values.numbers import tampil

# 421 is Indonesian: thousands by a point; programs that do not know it use the computer's own language.
_LOCALE = "[$-421]"
_UNIT = 12  # letters after a figure that are its unit; more are a sentence
_SHOWN = re.compile(r"(?P<sign>[-+(]?)(?P<before>[^\d()+-]*)(?P<digits>\d[\d.]*(?:,\d+)?)(?P<after>\D*)")


@dataclass(frozen=True)
class Number:
    """A cell that holds a number.

    Attributes:
        figure: the figure it is.
        value: as spreadsheets keep numbers; 15 digits survive.
        decimals: how many are shown.
        pattern: the number format, such that it is read as ``figure.teks`` with the words around it.
    """

    figure: Angka
    value: float
    decimals: int
    pattern: str


def number(isi: Kalimat) -> Number | None:
    """The number that a cell holds; None for a sentence, for several figures, and where no value is.

    A figure of more than 15 digits is None too: a spreadsheet would change it, so it stands as text.
    """
    figures = [p for p in isi if isinstance(p, Angka)]
    if len(figures) != 1:
        return None
    figure, held = figures[0], figures[0].nilai
    shown = _SHOWN.fullmatch(figure.teks)
    if shown is None or held is None:
        return None
    exact = Decimal(held)
    decimals = len(shown["digits"].partition(",")[2])
    kept = float(exact)
    if tampil(Decimal(f"{kept:.15g}"), decimals) != tampil(exact, decimals):
        return None
    at = isi.index(figure)
    before, after = ("".join(str(p) for p in part) for part in (isi[:at], isi[at + 1 :]))
    if before.strip() not in ("", "Rp") or len(after) > _UNIT:
        return None
    return Number(figure, kept, decimals, _pattern(figure, shown, decimals, before, after))


def _pattern(figure: Angka, shown: re.Match[str], decimals: int, before: str, after: str) -> str:
    digits = "0" if figure.satuan == "tahun" else "#,##0"
    digits += f".{'0' * decimals}" if decimals else ""
    closing = shown["after"].removeprefix(")") if shown["sign"] == "(" else shown["after"]
    inside = f"{_quoted(shown['before'])}{digits}{_quoted(closing)}"
    first, last = _quoted(before), _quoted(after)
    plus = f"{_LOCALE}{first}{'+' if shown['sign'] == '+' else ''}{inside}{last}"
    if shown["sign"] == "(":
        return f"{plus};{_LOCALE}{first}({inside}){last}"
    if figure.nilai is not None and figure.nilai < 0 and not shown["sign"]:
        return f"{plus};{plus}"  # words beside it say the direction
    return f"{plus};{_LOCALE}{first}-{inside}{last}"


def _quoted(words: str) -> str:
    """Words inside a number format; a quotation mark cannot stand in one."""
    plain = words.replace('"', "'")
    return f'"{plain}"' if plain else ""
