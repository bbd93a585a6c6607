"""How wide the columns of a table are: as its definition says, but no number and no word is cut."""

from __future__ import annotations

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


def widths(tabel: Tabel, width: int, letters: float) -> list[int]:
    """Whole twentieths of a point that sum up to the width.

    Args:
        tabel: the table.
        width: what it may take.
        letters: size of its letters in points.
    """
    shares = [k.lebar for k in tabel.kolom]
    least = _least(tabel, letters)
    wanted = [width * share / sum(shares) for share in shares]
    found = _given(wanted, least, width)
    edges, edge = [0], 0.0
    for each in found:
        edge += each
        edges.append(round(edge * width / sum(found)))
    return [right - left for left, right in pairwise(edges)]


def fits(tabel: Tabel, width: int, letters: float) -> bool:
    """Whether a table can stand in a width without cutting a number or a word."""
    return sum(_least(tabel, letters)) <= width


def _given(wanted: Sequence[float], least: Sequence[float], width: int) -> list[float]:
    """The wanted widths, those too narrow widened at the cost of those with room."""
    if sum(least) >= width:
        return list(least)
    found = [max(w, m) for w, m in zip(wanted, least, strict=True)]
    over = sum(found) - width
    room = sum(f - m for f, m in zip(found, least, strict=True))
    return [f - over * (f - m) / room if room else f for f, m in zip(found, least, strict=True)]


def _least(tabel: Tabel, letters: float) -> list[float]:
    """For each column the longest word that stands in it alone."""
    least = [0.0] * len(tabel.kolom)
    rows = (*tabel.kepala, *tabel.baris)
    for placed in place(rows, len(tabel.kolom)):
        if placed.cell.kolom > 1:
            continue
        data = placed.row - len(tabel.kepala)
        bold = placed.cell.tebal or not 0 <= data < len(tabel.baris) - tabel.jumlah
        for word in teks(placed.cell.isi).split():
            length = _length(word) * letters * _TWENTIETHS * (_BOLD if bold else 1)
            least[placed.column] = max(least[placed.column], length + _EDGES)
    return least


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
