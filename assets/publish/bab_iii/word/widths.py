"""How wide the columns of a table are: as its definition says, but no number and no word is cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from assets.publish.bab_iii.blocks import Tabel, teks
from assets.publish.bab_iii.placing import place

# Shares of the letter size, of Arial; fonts for print are rarely wider.
_NARROW, _LOWER, _UPPER, _BROAD, _DIGIT = 0.28, 0.56, 0.72, 0.86, 0.56
_THIN, _WIDE = frozenset(".,:;'|!()[]/ ijltIf-"), frozenset("mwMW@%")
_BOLD = 1.08
_EDGES = 180  # twentieths of a point: margins of a cell and its lines
_TWENTIETHS = 20
SMALLEST = 7.0  # points that can still be read in print


def widths(tabel: Tabel, width: int, letters: float) -> list[int]:
    """Whole twentieths of a point that sum up to the width.

    Args:
        tabel: the table.
        width: what it may take.
        letters: size of its letters in points.
    """
    shares = [k.lebar for k in tabel.kolom]
    least = [length * letters * _TWENTIETHS + _EDGES for length in _longest(tabel)]
    wanted = [width * share / sum(shares) for share in shares]
    found = _given(wanted, least, width)
    edges, edge = [0], 0.0
    for each in found:
        edge += each
        edges.append(round(edge * width / sum(found)))
    return [right - left for left, right in pairwise(edges)]


def size(tabel: Tabel, width: int, letters: float) -> float | None:
    """Size of letters with which a table stands in a width without cutting a number or a word.

    Returns:
        ``letters``, or less down to ``SMALLEST``; None where that is still too wide.
    """
    room = width - _EDGES * len(tabel.kolom)
    longest = sum(_longest(tabel)) * _TWENTIETHS
    if longest * letters <= room:
        return letters
    smaller = math.floor(2 * room / longest) / 2
    return smaller if smaller >= SMALLEST else None


def _given(wanted: Sequence[float], least: Sequence[float], width: int) -> list[float]:
    """The wanted widths, those too narrow widened at the cost of those with room."""
    if sum(least) >= width:
        return list(least)
    found = [max(w, m) for w, m in zip(wanted, least, strict=True)]
    over = sum(found) - width
    room = sum(f - m for f, m in zip(found, least, strict=True))
    return [f - over * (f - m) / room if room else f for f, m in zip(found, least, strict=True)]


def _longest(tabel: Tabel) -> list[float]:
    """For each column the length of the longest word that stands in it alone, in sizes of a letter."""
    longest = [0.0] * len(tabel.kolom)
    rows = (*tabel.kepala, *tabel.baris)
    for placed in place(rows, len(tabel.kolom)):
        if placed.cell.kolom > 1:
            continue
        data = placed.row - len(tabel.kepala)
        bold = placed.cell.tebal or not 0 <= data < len(tabel.baris) - tabel.jumlah
        for word in teks(placed.cell.isi).split():
            longest[placed.column] = max(longest[placed.column], _length(word) * (_BOLD if bold else 1))
    return longest


def _length(word: str) -> float:
    return sum(map(_letter, word))


def _letter(letter: str) -> float:
    if letter in _THIN:
        return _NARROW
    if letter in _WIDE:
        return _BROAD
    if letter.isdigit():
        return _DIGIT
    return _UPPER if letter.isupper() else _LOWER
