"""An office's Word style: a ``.docx`` whose named styles, cover, header and footer the report takes.

The office may change everything about it but the names of its styles. ``{{judul}}`` and the like, anywhere in
its text, header or footer, are filled; the paragraph ``{{isi}}`` is where the report goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle, ParagraphStyle

from assets.publish.bab_iii.word.markup import Element, clean, text_of

_PARAGRAPH, _TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.TABLE
# Headings and lists are Word's own: its navigation and its fields know them by these names in every language.
STYLES = {
    "Heading 1": _PARAGRAPH,
    "Heading 2": _PARAGRAPH,
    "Heading 3": _PARAGRAPH,
    "Isi": _PARAGRAPH,
    "Butir": _PARAGRAPH,
    "Judul Daftar": _PARAGRAPH,
    "toc 1": _PARAGRAPH,
    "toc 2": _PARAGRAPH,
    "toc 3": _PARAGRAPH,
    "table of figures": _PARAGRAPH,
    "Keterangan Tabel": _PARAGRAPH,
    "Kepala Tabel": _PARAGRAPH,
    "Sel": _PARAGRAPH,
    "Angka": _PARAGRAPH,
    "Catatan": _PARAGRAPH,
    "Grafik": _PARAGRAPH,
    "Keterangan Grafik": _PARAGRAPH,
    "Isian": _PARAGRAPH,
    "Tabel": _TABLE,
}
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BODY = "isi"
_USUAL = 10.0  # points, where a style leaves the size to Word


class StyleBroken(ValueError):
    """The office's style cannot be used; says which file, what is missing and what to do."""


class Office:
    """An opened style.

    Attributes:
        document: the document to fill.
    """

    def __init__(self, document: Document, ids: Mapping[str, str], name: str) -> None:
        self.document = document
        self._ids = ids
        self._name = name

    @classmethod
    def open(cls, path: Path) -> Office:
        """Open a style.

        Raises:
            StyleBroken: no Word document, or without one of ``STYLES``.
        """
        try:
            document = docx.Document(str(path))
        except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as problem:
            raise StyleBroken(
                f"{path.name} bukan dokumen Word (.docx) yang dapat dibuka; simpan ulang dari Word."
            ) from problem
        there = {(s.name.casefold(), s.type): s.style_id for s in document.styles if s.name}
        ids = {name: there.get((name.casefold(), kind)) for name, kind in STYLES.items()}
        if missing := [name for name, found in ids.items() if found is None]:
            kinds = {_PARAGRAPH: "paragraf", _TABLE: "tabel"}
            said = ", ".join(f'"{name}" (gaya {kinds[STYLES[name]]})' for name in missing)
            raise StyleBroken(
                f"{path.name} tidak punya gaya {said}. Buat gaya dengan nama itu di Word, "
                "atau mulai lagi dari salinan baku.docx."
            )
        return cls(document, {name: found for name, found in ids.items() if found}, path.name)

    def id(self, name: str) -> str:
        """The id by which the document itself calls a style."""
        return self._ids[name]

    @cached_property
    def letters(self) -> float:
        """Size of the letters in a table, points: the largest of its styles."""
        return max(self._size(name) for name in ("Kepala Tabel", "Sel", "Angka"))

    def _size(self, name: str) -> float:
        style: BaseStyle | None = next(s for s in self.document.styles if s.style_id == self._ids[name])
        while isinstance(style, ParagraphStyle):
            if style.font.size is not None:
                return float(style.font.size.pt)
            style = style.base_style
        return _USUAL

    @cached_property
    def head_fill(self) -> str | None:
        """Colour behind the head of a table, RRGGBB; a table style itself reaches only the first row."""
        style = next(s for s in self.document.styles if s.style_id == self._ids["Tabel"])
        for part in style.element.iter(qn("w:tblStylePr")):
            shade = part.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
            if part.get(qn("w:type")) == "firstRow" and shade is not None:
                return str(shade.get(qn("w:fill")))
        return None

    def fill(self, facts: Mapping[str, str]) -> None:
        """Fill the places ``{{name}}`` of cover, header and footer.

        Raises:
            StyleBroken: for a name that the report does not know.
        """
        for paragraph in self._paragraphs():
            if "{{" not in (whole := text_of(paragraph)):
                continue
            names = set(_PLACE.findall(whole)) - {_BODY}
            if unknown := sorted(names - facts.keys()):
                known = ", ".join(sorted(facts))
                raise StyleBroken(f"{self._name} meminta {{{{{unknown[0]}}}}}; yang dikenal: {known}, isi.")
            if names:
                _write_over(paragraph, facts)

    @property
    def closes(self) -> bool:
        """Whether the style has anything of its own after the report."""
        place = self._place()
        return place is not None and place.getnext() is not self.document.element.body[-1]

    def place(self, content: list[Element]) -> None:
        """Put the report where ``{{isi}}`` stands, or at the end."""
        place = self._place()
        before = self.document.element.body[-1] if place is None else place
        for element in content:
            before.addprevious(element)
        if place is not None:
            self.document.element.body.remove(place)

    def _place(self) -> Element | None:
        for paragraph in self.document.element.body.iterchildren(qn("w:p")):
            found = _PLACE.fullmatch(text_of(paragraph).strip())
            if found and found[1] == _BODY:
                return paragraph
        return None

    def _paragraphs(self) -> Iterator[Element]:
        roots = [self.document.element.body]
        roots += [
            part._element
            for section in self.document.sections
            for part in (section.header, section.footer, section.first_page_header, section.first_page_footer)
            if not part.is_linked_to_previous
        ]
        for root in roots:
            yield from root.iter(qn("w:p"))


def _write_over(paragraph: Element, facts: Mapping[str, str]) -> None:
    """Places filled; one that Word has cut into several runs takes the look of the first."""
    letters = [t for t in paragraph.iter(qn("w:t")) if t.text]
    for each in letters:
        _set(each, _filled(each.text, facts))
    if "{{" in (whole := "".join(t.text for t in letters)):
        _set(letters[0], _filled(whole, facts))
        for each in letters[1:]:
            each.text = ""


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: facts.get(place[1], place[0]), text)


def _set(letters: Element, text: str) -> None:
    letters.text = clean(text)
    letters.set(qn("xml:space"), "preserve")
