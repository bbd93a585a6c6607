r"""How the lines of a cell become one text, where a page breaks words and numbers to fit its columns.

A number or code broken at the end of a line is joined without a space; a word broken because its column is
too narrow is joined where the page shows that it is one. Never by guess: a name keeps its space.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assets.readers.printed import seen

_NUMBER_BROKEN = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*\.\d{0,2}|[(-]?\d[\d.]*,|(?:\d+\.)+")
_NUMBER_WHOLE = re.compile(r"[(-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?[)%]?|\d+(?:\.\d+)+")
# Marks by which programs note that a word goes on in the next line (U+FFFE is pdfium's, U+0002 an old one).
_GOES_ON = re.compile("[\ufffe\uffff\x02\u00ad]")
_HYPHENED = re.compile(r"(?<=[^\W_])-$")
_LETTERS = re.compile(r"[^\W\d_]+")
# A line is full where not even half a letter more would have fitted.
_HALF = 0.5
# Baselines that differ by less than this share of the letter's height are one line.
_SAME_LINE = 0.5


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


def lines_of(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Words (``x0 x1 top bottom text``) of one cell, in lines from top to bottom.

    Words that run upwards or downwards (``arah`` 90 or 270) are read as if the page were turned.
    """
    if words and words[0].get("arah"):
        return _sideways(words)
    found: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        last = found[-1] if found else None
        near = last and word["bottom"] - last[0]["bottom"] <= _SAME_LINE * (word["bottom"] - word["top"])
        if last and near:
            last.append(word)
        else:
            found.append([word])
    return [_line(sorted(each, key=lambda w: float(w["x0"]))) for each in found]


def _sideways(words: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of a cell whose text runs upwards or downwards, each with the box where it stands."""
    up = words[0]["arah"] == 90
    turned = []
    for word in words:
        x0, x1 = (-word["bottom"], -word["top"]) if up else (word["top"], word["bottom"])
        top, bottom = (word["x0"], word["x1"]) if up else (-word["x1"], -word["x0"])
        turned.append({"text": word["text"], "x0": x0, "x1": x1, "top": top, "bottom": bottom})
    box = _line(words)
    return [Line(line.text, box.x0, box.top, box.x1, box.bottom) for line in lines_of(turned)]


def _line(words: Sequence[dict[str, Any]]) -> Line:
    return Line(
        " ".join(w["text"] for w in words),
        min(w["x0"] for w in words),
        min(w["top"] for w in words),
        max(w["x1"] for w in words),
        max(w["bottom"] for w in words),
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
        return seen(_GOES_ON.sub("", text)).strip()

    def _with(self, text: str, before: Line, line: Line, room: float) -> str:
        more = line.text.strip()
        if _NUMBER_BROKEN.fullmatch(text) and _NUMBER_WHOLE.fullmatch(text + more):
            return text + more
        if _GOES_ON.search(text[-1:]) or (_HYPHENED.search(text) and more[:1].isalpha()):
            return text + more
        return text + more if self._broken(before, line, room) else f"{text} {more}".strip()

    def _broken(self, before: Line, line: Line, room: float) -> bool:
        """Whether a word goes on in the next line because the column was too narrow for it."""
        first, second = before.text.strip(), line.text.strip().split(" ")[0]
        if not _LETTERS.fullmatch(first) or not _LETTERS.fullmatch(second):
            return False
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


def joined(cell: str | None) -> str:
    r"""A cell's lines as one text: by a space, or by nothing where the break fell inside a number or code.

    >>> joined("Nilai\nAnggaran"), joined("12.296.340.\n286,46"), joined("5.1.02.\n01"), joined("12\n15")
    ('Nilai Anggaran', '12.296.340.286,46', '5.1.02.01', '12 15')
    """
    lines = [Line(each, 0, 12 * n, 0, 12 * n + 10) for n, each in enumerate((cell or "").split("\n")) if each]
    return Joiner().text(lines)
