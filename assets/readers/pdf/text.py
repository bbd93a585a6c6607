"""How the lines of a cell become one text, where a page breaks words and numbers to fit its columns.

A number or code broken at the end of a line is joined without a space; a word broken because its column is
too narrow is joined where the page shows that it is one. Never by guess: a name keeps its space.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.readers.pdf import words as pdf_words
from assets.readers.pdf.words import Letter, Word
from assets.readers.printed import seen

_NUMBER_BROKEN = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*\.\d{0,2}|[(-]?\d[\d.]*,|(?:\d+\.)+")
_NUMBER_WHOLE = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?[)%]?|\d+(?:\.\d+)+")
# A hyphen at the end of a line, the soft one among them.
_HYPHEN = re.compile("(?<=[^\\W_])[-\u00ad\u2010]$")
_LAST_WORD = re.compile(r"[^\W_]+(?=\W$)")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"(?:\S*[^\w\s])?(?P<word>[^\W\d_]+)")
# A line is full where not even half a letter more would have fitted.
_HALF = 0.5


@dataclass(frozen=True)
class Line:
    """One line of a cell: text, box in points from the top left, and the mean width of a letter."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def letter(self) -> float:
        """Mean width of a letter."""
        return (self.x1 - self.x0) / max(len(self.text), 1)


def lines_of(letters: Sequence[Letter]) -> list[Line]:
    """The letters of one cell, in lines from top to bottom; letters that run up or down as they run."""
    turned = [g for g in letters if g.turn]
    if len(turned) * 2 <= len(letters):
        return [line_of(words) for words in pdf_words.lines_of([g for g in letters if not g.turn])]
    x0, top, x1, bottom = pdf_words.around(turned)
    ran = (line_of(words).text for words in pdf_words.lines_of(pdf_words.upright(turned)))
    return [Line(text, x0, top, x1, bottom) for text in ran]


def line_of(words: Sequence[Word]) -> Line:
    """The words of one line."""
    return Line(
        " ".join(w.text for w in words),
        words[0].x0,
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )


class Joiner:
    """Joins the lines of cells; ``words`` are words that stand whole somewhere in the document."""

    def __init__(self, words: Collection[str] = ()) -> None:
        self._words = words

    def text(self, lines: Sequence[Line], room: float = float("inf")) -> str:
        """The lines as one text; ``room`` is the width of the cell between its margins, in points."""
        if not lines:
            return ""
        text, before = lines[0].text.strip(), lines[0]
        for line in lines[1:]:
            text = self._with(text, before, line, room)
            before = line
        return seen(text).strip()

    def _with(self, text: str, before: Line, line: Line, room: float) -> str:
        more = line.text.strip()
        broken = _NUMBER_BROKEN.fullmatch(text) or (more[:1] in ".," and text[-1:].isdigit())
        if broken and _NUMBER_WHOLE.fullmatch(text + more):
            return text + more
        if _HYPHEN.search(text) and more[:1].isalpha():
            return self._unhyphened(text, more)
        return text + more if self._broken(before, line, room) else f"{text} {more}".strip()

    def _unhyphened(self, text: str, more: str) -> str:
        """``Ling-`` and ``kungan`` are one word, ``perundang-`` and ``undangan`` are two with a hyphen."""
        first = _LAST_WORD.search(text)
        second = _LETTERS.match(more)
        whole = first and second and self._known(first[0] + second[0])
        return (text[:-1] if whole else text) + more

    def _broken(self, before: Line, line: Line, room: float) -> bool:
        """Whether a word goes on in the next line because the column was too narrow for it."""
        # A word that does not fit goes to the next line; it is broken only where it has a line to itself.
        ends, begins = _ENDS.fullmatch(before.text.strip()), _LETTERS.match(line.text.strip())
        if ends is None or begins is None:
            return False
        first, second = ends["word"], begins[0]
        if before.x1 - before.x0 + _HALF * before.letter < room - before.letter:
            return False  # a letter more would have fitted: the line ends where the word does
        if self._known(first + second):
            return True
        return not self._known(first) and not self._known(second)

    def _known(self, word: str) -> bool:
        plain = word.casefold()
        return plain in self._words or plain in _vocabulary()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Words of all headers that any source knows, and of the national nomenclatures."""
    from assets.readers import vocabulary  # only where a narrow column asks for it
    from warehouse.programs import nomenclature

    headers = [p.spec for f in vocabulary.load().forms for c in f.kolom for p in c.kepala.patterns]
    names = [n for table in ("program", "rekening") for n in nomenclature(table).values()]
    return frozenset(_LETTERS.findall(" ".join([*headers, *names]).casefold()))
