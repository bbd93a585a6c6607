"""The first look at a PDF, without reading it: pages of text, pages that are pictures, pages with rules.

Costs a few milliseconds a page (pdfium). What does not belong here: tables and cells (``pdf/table.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assets.readers.pdf.rules import DEPTH
from assets.readers.safety import Limits, Refused

TEXT, SCAN, HIDDEN, HEAVY, BLANK = "teks", "pindai", "teks_tersembunyi", "berat", "kosong"
# Share of a page that a picture covers before the page counts as a picture of a page.
_PICTURE = 0.5
# Points: thinner than this, a painted shape is a rule; shorter, a rule parts no table.
_RULE_THICKNESS, _RULE_LENGTH = 3.0, 15.0
# A table has at least its frame and one rule within.
_RULES = 4
# A page of a thousand cells draws some 5,000 shapes, each letter by itself perhaps 20,000; maps draw more,
# and would cost minutes.
_SHAPES = 40_000


@dataclass(frozen=True)
class PageLook:
    """One page: its kind, whether rules are drawn on it, and how many letters its text has.

    ``kind``: ``teks``; ``pindai`` (a picture or drawing without text); ``teks_tersembunyi`` (a picture with
    invisible text behind it, as scanners write it: nobody saw that text); ``berat`` (so many shapes that it
    is a map or a plan); ``kosong``.
    """

    index: int
    kind: str
    ruled: bool
    letters: int

    @property
    def number(self) -> int:
        """As a person counts pages."""
        return self.index + 1


@dataclass
class Pages:
    """All pages, and the words that stand inside lines: none of them is the broken half of a word."""

    looks: list[PageLook]
    words: frozenset[str]

    def of(self, *kinds: str) -> list[PageLook]:
        """The pages of some kinds."""
        return [look for look in self.looks if look.kind in kinds]


def look_at(path: Path, limits: Limits) -> Pages:
    """Look at every page once.

    Raises:
        Refused: ``berkas_terkunci``, ``berkas_rusak``, ``berkas_terlalu_besar``.
    """
    with opened(path) as document:
        count = len(document)
        if count > limits.pages:
            raise Refused(
                "berkas_terlalu_besar",
                bagian="isi berkas",
                ukuran=f"{count} halaman",
                batas=f"{limits.pages} halaman",
            )
        try:
            words: set[str] = set()
            looks = [_look(document, index, words) for index in range(count)]
        except pdfium.PdfiumError as wrong:
            raise broken(wrong) from wrong
    return Pages(looks, frozenset(words))


def opened(path: Path) -> Any:
    """The document, to be used in a ``with``.

    Raises:
        Refused: ``berkas_terkunci``, ``berkas_rusak``.
    """
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as wrong:
        if "password" in str(wrong).lower() or "security" in str(wrong).lower():
            raise Refused("berkas_terkunci", sebab="berkata sandi") from wrong
        raise broken(wrong) from wrong


def broken(wrong: Exception) -> Refused:
    """A PDF that its parser cannot read."""
    return Refused("berkas_rusak", sebab=f"PDF tidak terbaca ({wrong})")


def _look(document: Any, index: int, words: set[str]) -> PageLook:
    page = document[index]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    letters = sum(not ch.isspace() for ch in text)
    for line in text.splitlines():
        words.update(line.casefold().split()[1:-1])
    shapes = _Shapes(page)
    kind = shapes.kind(letters)
    text_page.close()
    page.close()
    return PageLook(index, kind, shapes.rules >= _RULES, letters)


class _Shapes:
    """What is drawn on a page: rules, the largest picture, and whether any text is visible."""

    def __init__(self, page: Any) -> None:
        self.rules = 0
        self._any = False
        self._visible = self._heavy = False
        self._largest = 0.0
        self._area = max(page.get_width() * page.get_height(), 1.0)
        for seen, thing in enumerate(page.get_objects(max_depth=DEPTH)):
            self._any = True
            if seen >= _SHAPES:
                self._heavy = True
                break
            self._take(thing)

    def _take(self, thing: Any) -> None:
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if not self._visible:
                self._visible = raw.FPDFTextObj_GetTextRenderMode(thing) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            self._largest = max(self._largest, abs(right - left) * abs(top - bottom))
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = thing.get_bounds()
            short, long = sorted((abs(right - left), abs(top - bottom)))
            # A frame drawn as one rectangle has four rules; one thin shape is one.
            self.rules += (1 if short <= _RULE_THICKNESS else 4) if long >= _RULE_LENGTH else 0

    def kind(self, letters: int) -> str:
        if self._heavy:
            return HEAVY
        if not letters:
            return SCAN if self._any else BLANK
        picture = self._largest >= _PICTURE * self._area
        return HIDDEN if picture and not self._visible else TEXT


def unread(numbers: Sequence[int], seluruhnya: str) -> tuple[str, dict[str, str]]:
    """The note on pages that are pictures only and were not read, of so many in all."""
    return "pdf_tanpa_teks", {"halaman": said(numbers), "jumlah": str(len(numbers)), "seluruhnya": seluruhnya}


def said(numbers: Sequence[int]) -> str:
    """Page numbers as a person lists them.

    >>> said([1, 2, 3, 7])
    '1-3, 7'
    """
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = before = None
    for number in numbers:
        if start is None or before is None or number != before + 1:
            if start is not None and before is not None:
                yield start, before
            start = number
        before = number
    if start is not None and before is not None:
        yield start, before
