"""Pages: how wide their text is, and turning them for wide tables."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn

from assets.publish.bab_iii.word.markup import Element, el


class Pages:
    """The pages of a style's last section, in which the report stands; upright unless turned.

    Attributes:
        upright, turned: width of the text in twentieths of a point.
    """

    def __init__(self, document: Document) -> None:
        self._last: Element = document.element.body[-1]
        self._first = True
        size, margin = self._last.find(qn("w:pgSz")), self._last.find(qn("w:pgMar"))
        wide, high = int(size.get(qn("w:w"))), int(size.get(qn("w:h")))
        side = {s: int(margin.get(qn(f"w:{s}"))) for s in ("left", "right", "top", "bottom")}
        self.upright = wide - side["left"] - side["right"]
        self.turned = high - side["top"] - side["bottom"]

    def end(self, turned: bool) -> Element:
        """A paragraph, of no height, that ends a section here."""
        section = deepcopy(self._last)
        if turned:
            _turn(section)
        self._counted_on()
        nothing = el("w:spacing", before=0, after=0, line=20, lineRule="exact")
        return el("w:p", el("w:pPr", nothing, el("w:rPr", el("w:sz", val=2)), section))

    def turn_last(self) -> None:
        """Turn the last section itself: nothing comes after it."""
        _turn(self._last)

    def _counted_on(self) -> None:
        """Page numbers begin anew only in the first of the sections."""
        if not self._first:
            return
        self._first = False
        numbers = self._last.find(qn("w:pgNumType"))
        if numbers is not None and numbers.get(qn("w:start")) is not None:
            del numbers.attrib[qn("w:start")]


def _turn(section: Element) -> None:
    """Width for height, and each margin for the one that comes to lie there."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), high)
    size.set(qn("w:h"), wide)
    size.set(qn("w:orient"), "landscape")
    side = {s: margin.get(qn(f"w:{s}")) for s in ("left", "right", "top", "bottom")}
    for new, old in (("left", "top"), ("right", "bottom"), ("top", "left"), ("bottom", "right")):
        margin.set(qn(f"w:{new}"), side[old])
