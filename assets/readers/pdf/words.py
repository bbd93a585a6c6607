"""The letters of a page and the words they make, by where they stand; their order in the file is nothing."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from assets.readers.pdf.space import UPRIGHT, Box, Space

# Share of the letters that must run the same way before a page counts as lying on its side: seals and
# vertical headers of an upright page stay far below.
_LYING = 0.8
# Letters this share of their height apart are of two words; words whose feet differ by less are of one line.
_GAP, _SAME_LINE = 0.2, 0.45
# Share of a blank that lies upon a letter before it parts nothing; kerning moves letters by less.
_UPON = 0.3
# Bold made by printing twice: the same letter again, moved by less than this share of its width.
_TWICE = 0.25
_QUARTER = math.pi / 2
# What pdfium gives for the hyphen at the end of a line.
_HYPHENS = (0x02, 0xFFFE)


class Glyph(NamedTuple):
    """One letter in the page's own coordinates (left, bottom, right, top), and the turn it needs to stand."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    turn: int


class Letter(NamedTuple):
    """One letter where it stands on the page as it is read (points from the top left)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = UPRIGHT

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Word(NamedTuple):
    """Letters without a gap between them."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def glyphs_of(text_page: Any) -> list[Glyph]:
    """The letters of a text page of pdfium in the order of the file; blanks that it made up are left out."""
    found: list[Glyph] = []
    box = raw.FS_RECTF()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        text = chr(code)
        if (code <= 0x20 or text.isspace()) and raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        angle = raw.FPDFText_GetCharAngle(text_page, index)
        turn = -round(angle / _QUARTER) % 4 * 90 if angle else 0
        found.append(Glyph("-" if code in _HYPHENS else text, box.left, box.bottom, box.right, box.top, turn))
    return found


def turn_of(glyphs: Sequence[Glyph]) -> tuple[int, bool]:
    """Degrees clockwise that bring the page's text upright, and whether a good part of it lies otherwise."""
    ways = Counter(g.turn for g in glyphs if not g.text.isspace())
    if not ways:
        return UPRIGHT, False
    way, count = ways.most_common(1)[0]
    mixed = count < _LYING * ways.total()
    return (UPRIGHT if mixed else way), mixed


def letters_of(glyphs: Sequence[Glyph], space: Space) -> list[Letter]:
    """The letters where they stand once the page is turned."""
    if space.turn == UPRIGHT:
        left, _, _, top = space.page
        return [
            Letter(text, x0 - left, top - high, x1 - left, top - low, turn)
            for text, x0, low, x1, high, turn in glyphs
        ]
    return [
        Letter(g.text, *space.box(g.left, g.bottom, g.right, g.top), (g.turn - space.turn) % 360)
        for g in glyphs
    ]


def lines_of(letters: Sequence[Letter]) -> list[list[Word]]:
    """The words of letters that stand upright, line by line from top to bottom."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda g: (g.bottom, g.x0)):
        feet = lines[-1][0].bottom if lines else 0.0
        if lines and letter.bottom - feet <= _SAME_LINE * (letter.bottom - letter.top):
            lines[-1].append(letter)
        else:
            lines.append([letter])
    made = (list(_words(sorted(line, key=lambda g: g.x0))) for line in lines)
    return [words for words in made if words]


def _words(line: Sequence[Letter]) -> Iterator[Word]:
    """The words of one line; a blank parts them, unless a letter was printed over it."""
    solid = [g for g in line if not g.text.isspace()]
    starts = [g.x0 for g in solid]
    blanks = [g for g in line if g.text.isspace() and not _overprinted(g, solid, starts)]
    parts = sorted((b.x0 + b.x1) / 2 for b in blanks)
    held: list[Letter] = []
    for letter in solid:
        if held and letter.text == held[-1].text and _same_place(held[-1], letter):
            continue
        if held and _parted(held[-1], letter, parts):
            yield _word(held)
            held = []
        held.append(letter)
    if held:
        yield _word(held)


def _same_place(one: Letter, other: Letter) -> bool:
    return other.x0 - one.x0 < _TWICE * (one.x1 - one.x0)


def _parted(one: Letter, other: Letter, parts: Sequence[float]) -> bool:
    """Whether two letters are of two words: a gap lies between them, or a blank."""
    if other.x0 - one.x1 > _GAP * (other.bottom - other.top):
        return True
    at = bisect_left(parts, one.middle[0])
    return at < len(parts) and parts[at] < other.middle[0]


def _overprinted(blank: Letter, solid: Sequence[Letter], starts: Sequence[float]) -> bool:
    share = _UPON * (blank.x1 - blank.x0)
    # The letter before and the one after can lie under the blank; those further off cannot.
    at = bisect_left(starts, blank.x0)
    near = solid[max(at - 1, 0) : at + 2]
    return any(min(g.x1, blank.x1) - max(g.x0, blank.x0) > share for g in near)


def _word(letters: Sequence[Letter]) -> Word:
    return Word(
        "".join(g.text for g in letters),
        letters[0].x0,
        min(g.top for g in letters),
        max(g.x1 for g in letters),
        max(g.bottom for g in letters),
    )


def upright(letters: Sequence[Letter]) -> list[Letter]:
    """Letters that all run up or down, as they stand once turned; their own boxes are lost."""
    turn = letters[0].turn if letters else UPRIGHT
    space = Space((0.0, 0.0, 0.0, 0.0), turn)
    return [Letter(g.text, *space.box(g.x0, -g.bottom, g.x1, -g.top)) for g in letters]


def around(letters: Sequence[Letter]) -> Box:
    """The box around letters."""
    return (
        min(g.x0 for g in letters),
        min(g.top for g in letters),
        max(g.x1 for g in letters),
        max(g.bottom for g in letters),
    )
