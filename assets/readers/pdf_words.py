"""The words of a page and where they stand: letter by letter, or quickly (pdfium) on pages without rules.

Both give the same: ``text``, and a box ``x0 top x1 bottom`` in points from the top left. ``arah`` marks words
that run upwards (90) or downwards (270), as headers of narrow columns do.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as raw
from pdfplumber.utils.text import extract_words

Word = dict[str, Any]
# Share of the letters that must run the same way before a page counts as lying on its side: seals and
# vertical headers of an upright page stay far below.
_LYING = 0.8
# The quarter turns, clockwise, that bring text running this way upright; (cos, sin) of its direction.
_TURNS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}
# Letters this share of their height apart are of two words.
_GAP = 0.2
# Share of a blank that lies upon a letter before it parts nothing; kerning moves letters by less.
_UPON = 0.3
# Every so many letters of a page is asked for its direction.
_ASKED = 25


def turn_of(chars: Sequence[Word]) -> tuple[int, bool]:
    """Degrees clockwise that bring the page's text upright, and whether a good part of it lies otherwise."""
    ways = Counter(_way(c) for c in chars)
    if not ways:
        return 0, False
    way, count = ways.most_common(1)[0]
    mixed = count < _LYING * ways.total()
    return (0 if mixed else _TURNS.get(way, 0)), mixed


def _way(char: Word) -> tuple[int, int]:
    return _sign(char["matrix"][0]), _sign(char["matrix"][1])


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-3 else (1 if value > 0 else -1)


def words_of(chars: Sequence[Word], *, all_ways: bool) -> list[Word]:
    """The words of letters (of pdfplumber); those that do not run to the right only with ``all_ways``."""
    by_turn: dict[int, list[Word]] = {}
    for char in _letters(chars):
        by_turn.setdefault(_TURNS.get(_way(char), 0), []).append(char)
    found: list[Word] = extract_words(by_turn.pop(0, []), x_tolerance_ratio=_GAP)
    for turn, some in by_turn.items() if all_ways else ():
        words = extract_words(
            some,
            x_tolerance_ratio=_GAP,
            y_tolerance_ratio=_GAP,
            char_dir_rotated="btt" if turn == 90 else "ttb",
            line_dir_rotated="ltr",
        )
        found += [{**word, "arah": turn} for word in words]
    return found


def _letters(chars: Sequence[Word]) -> list[Word]:
    """The letters, without blanks that lie upon one: number formats pad with blanks that others overprint."""
    by_line: dict[int, list[tuple[float, float]]] = {}
    for char in chars:
        if not char["text"].isspace():
            by_line.setdefault(round(char["bottom"]), []).append((char["x0"], char["x1"]))
    for there in by_line.values():
        there.sort()
    return [c for c in chars if not c["text"].isspace() or not _overprinted(c, by_line)]


def _overprinted(blank: Word, lines: dict[int, list[tuple[float, float]]]) -> bool:
    part = _UPON * (blank["x1"] - blank["x0"])
    line = round(blank["bottom"])
    for near in (line - 1, line, line + 1):
        there = lines.get(near, [])
        # The letter before and the one after can lie under the blank; those further off cannot.
        at = bisect_left(there, (blank["x0"], 0.0))
        for x0, x1 in there[max(at - 1, 0) : at + 2]:
            if min(x1, blank["x1"]) - max(x0, blank["x0"]) > part:
                return True
    return False


def quick_words(page: Any) -> list[Word] | None:
    """The words of a page of pdfium; None where the page is turned or its text lies on its side."""
    if page.get_rotation():
        return None
    text_page = page.get_textpage()
    try:
        return _gathered(text_page, page.get_cropbox()[0], page.get_cropbox()[3])
    finally:
        text_page.close()


def _gathered(text_page: Any, left: float, top: float) -> list[Word] | None:
    words: list[Word] = []
    word: Word | None = None
    box = raw.FS_RECTF()
    for index in range(text_page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text_page, index))
        if letter.isspace() or raw.FPDFText_IsGenerated(text_page, index) == 1:
            word = None
            continue
        if index % _ASKED == 0 and abs(raw.FPDFText_GetCharAngle(text_page, index)) > 0.01:
            return None
        if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        x0, x1, above, below = box.left - left, box.right - left, top - box.top, top - box.bottom
        if word is not None and _goes_on(word, x0, below):
            word["text"] += letter
            word["x1"] = max(word["x1"], x1)
            word["top"], word["bottom"] = min(word["top"], above), max(word["bottom"], below)
        else:
            word = {"text": letter, "x0": x0, "x1": x1, "top": above, "bottom": below}
            words.append(word)
    return words


def _goes_on(word: Word, x0: float, bottom: float) -> bool:
    height = word["bottom"] - word["top"]
    apart = x0 - word["x1"]
    return bool(abs(bottom - word["bottom"]) < 0.5 * height and -height < apart < _GAP * height)
