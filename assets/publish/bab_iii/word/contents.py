"""Headings and captions, and the lists that point to them.

The lists are Word fields whose entries are already there. On which page each stands is not known before
the pages are laid out: without ``halaman`` that place is empty until the reader updates the list (F9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assets.publish.bab_iii.blocks import Dokumen, Grafik, Judul, Tabel
from assets.publish.bab_iii.word.markup import Element, clean, el, paragraph, run
from assets.publish.bab_iii.word.markup import field as fields
from assets.publish.bab_iii.word.office import Office

Macam = Literal["Tabel", "Grafik"]
_LISTS: tuple[tuple[Macam, str], ...] = (("Tabel", "DAFTAR TABEL"), ("Grafik", "DAFTAR GRAFIK"))
_DEEPEST = 3


@dataclass(frozen=True)
class Entry:
    """A line of a list.

    Attributes:
        bookmark: where it points to.
        style: name of its style.
        teks: the line.
    """

    bookmark: str
    style: str
    teks: str


@dataclass
class Marks:
    """Bookmarks of one document, numbered in reading order, and what is written beside them."""

    office: Office
    _count: int = 0
    _counted: dict[tuple[str, str], int] = field(default_factory=dict)

    def heading(self, judul: Judul) -> Element:
        """A heading with its bookmark."""
        style = self.office.id(f"Heading {min(judul.tingkat, _DEEPEST)}")
        return paragraph(style, *self._marked(run(judul.teks)))

    def caption(self, macam: Macam, nomor: str, judul: str) -> Element:
        """``Tabel 3.1 Judul`` with its bookmark; the last part of the number is counted by Word too.

        Raises:
            ValueError: a number whose last part is none.
        """
        before, _, last = nomor.rpartition(".")
        if not last.isdigit():
            raise ValueError(f"{macam} {nomor!r}: the last part of its number is no number")
        fresh = self._counted.get((macam, before)) is None and bool(self._counted_any(macam))
        gap = int(last) != self._counted.get((macam, before), 0) + 1
        self._counted[macam, before] = int(last)
        code = f"SEQ {macam} \\* ARABIC" + (f" \\r {last}" if fresh or gap else "")
        content = [
            run(f"{macam} {before}." if before else f"{macam} "),
            *fields(code, last),
            run(f" {judul}"),
        ]
        keep = el("w:keepNext") if macam == "Tabel" else None
        return paragraph(self.office.id(f"Keterangan {macam}"), *self._marked(*content), keep=keep)

    def _counted_any(self, macam: str) -> list[int]:
        return [n for (kind, _), n in self._counted.items() if kind == macam]

    def _marked(self, *content: Element) -> list[Element]:
        self._count += 1
        name, number = bookmark(self._count), self._count
        return [el("w:bookmarkStart", id=number, name=name), *content, el("w:bookmarkEnd", id=number)]


def bookmark(number: int) -> str:
    """Word's own form of a name for what its lists point to; such names are hidden from the reader."""
    return f"_Toc{number:08d}"


def entries(dokumen: Dokumen) -> dict[str, list[Entry]]:
    """The lines of all lists by the title of each list, in the order in which ``Marks`` makes bookmarks."""
    found: dict[str, list[Entry]] = {"DAFTAR ISI": [], **{title: [] for _, title in _LISTS}}
    number = 0
    for block in dokumen.blok:
        match block:
            case Judul():
                title, style, teks = "DAFTAR ISI", f"toc {min(block.tingkat, _DEEPEST)}", block.teks
            case Tabel():
                title, style, teks = "DAFTAR TABEL", "table of figures", f"Tabel {block.nomor} {block.judul}"
            case Grafik():
                title, style, teks = (
                    "DAFTAR GRAFIK",
                    "table of figures",
                    f"Grafik {block.nomor} {block.judul}",
                )
            case _:
                continue
        number += 1
        found[title].append(Entry(bookmark(number), style, teks))
    return {title: lines for title, lines in found.items() if lines}


def lists(found: Mapping[str, Sequence[Entry]], office: Office, halaman: Mapping[str, int]) -> list[Element]:
    """The lists, each a field.

    Args:
        found: their lines by title.
        office: the style.
        halaman: page of each bookmark, as far as known.
    """
    made: list[Element] = []
    for title, lines in found.items():
        made.append(paragraph(office.id("Judul Daftar"), run(title)))
        paragraphs = [_line(line, office, halaman.get(line.bookmark)) for line in lines]
        _enclose(paragraphs, _code(title))
        made.extend(paragraphs)
    return made


def measured(found: Mapping[str, Sequence[Entry]]) -> Iterator[Element]:
    """A page of its own after the report: the page of each bookmark, outside of any list.

    Programs leave a list as it is when they open a document, but fill in a page number that stands by itself.
    """
    yield el("w:p", el("w:pPr", el("w:pageBreakBefore")))
    for line in (line for lines in found.values() for line in lines):
        yield el("w:p", run(f"{line.bookmark}="), *fields(f"PAGEREF {line.bookmark}", "0"), run(";"))


def _code(title: str) -> str:
    for macam, name in _LISTS:
        if name == title:
            return f'TOC \\h \\z \\c "{macam}"'
    return f'TOC \\o "1-{_DEEPEST}" \\h \\z \\u'


def _line(line: Entry, office: Office, page: int | None) -> Element:
    link = el(
        "w:hyperlink",
        run(clean(line.teks).replace("\n", " ")),
        run("\t"),
        *fields(f"PAGEREF {line.bookmark} \\h", "" if page is None else str(page)),
        anchor=line.bookmark,
        history=1,
    )
    return paragraph(office.id(line.style), link)


def _enclose(paragraphs: Sequence[Element], code: str) -> None:
    """The lines as the result of one field: it begins in the first and ends in the last."""
    begin, instruction, separate, _, end = fields(code, "")
    for at, part in enumerate((begin, instruction, separate), 1):  # after the paragraph's properties
        paragraphs[0].insert(at, part)
    paragraphs[-1].append(end)
