"""A report as a Word document in the style of an office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assets.publish.bab_iii.blocks import (
    Blok,
    DaftarTabel,
    Dokumen,
    Grafik,
    Isian,
    Judul,
    Kalimat,
    Paragraf,
    Tabel,
)
from assets.publish.bab_iii.word import package
from assets.publish.bab_iii.word.bound import Register
from assets.publish.bab_iii.word.contents import Marks, entries, lists, measured
from assets.publish.bab_iii.word.grid import grid
from assets.publish.bab_iii.word.markup import Element, el, paragraph, run
from assets.publish.bab_iii.word.office import Office
from assets.publish.bab_iii.word.picture import picture
from assets.publish.bab_iii.word.sections import Pages
from assets.publish.bab_iii.word.widths import size
from warehouse.values.periods import BULAN

# What ``{{...}}`` of a style may ask for beside the title; said in ``Dokumen.keterangan``.
_KNOWN = ("jalan_id", "versi_aturan", "diterbitkan_pada", "kabupaten", "nama_unit")


def write(dokumen: Dokumen, gaya: Path, to: Path, halaman: Mapping[str, int] | None = None) -> None:
    """Write the report.

    Args:
        dokumen: the report.
        gaya: the office's style, a ``.docx`` (see ``office``).
        to: the file to write.
        halaman: page of each heading and caption, as ``layout.pages`` measures them; without it lists have
            no page numbers until Word updates them.

    Raises:
        StyleBroken: the style lacks a named style, or asks for a fact that the report does not have.
    """
    _made(dokumen, gaya, to, halaman or {})


def write_to_measure(dokumen: Dokumen, gaya: Path, to: Path) -> None:
    """The same report with the pages of all bookmarks after it: for ``layout``, not to hand out."""
    _made(dokumen, gaya, to, {}, measure=True)


def _made(
    dokumen: Dokumen, gaya: Path, to: Path, halaman: Mapping[str, int], *, measure: bool = False
) -> None:
    office = Office.open(gaya)
    said = {name: dokumen.keterangan.get(name, "") for name in _KNOWN}
    office.fill({**said, **_title(dokumen), "diterbitkan_pada": _date(said["diterbitkan_pada"])})
    register = Register()
    listed = entries(dokumen)
    body = list(_Body(office, register, lists(listed, office, halaman)).elements(dokumen))
    office.place([*body, *(measured(listed) if measure else ())])
    register.store(office.document, {**said, **_title(dokumen)})
    package.describe(office.document, dokumen.judul, dokumen.anak_judul, said["diterbitkan_pada"])
    package.save(office.document, to)


def _title(dokumen: Dokumen) -> dict[str, str]:
    return {name: getattr(dokumen, name) for name in ("judul", "anak_judul", "kode_unit", "periode")}


def _date(moment: str) -> str:
    """``5 Januari 2026`` for ISO 8601; other words stay."""
    try:
        day = dt.datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


class _Body:
    """The blocks as elements, in their order; the pages turn where a wide table asks for it."""

    def __init__(self, office: Office, register: Register, front: list[Element]) -> None:
        self._office = office
        self._register = register
        self._front = front
        self._marks = Marks(office)
        self._pages = Pages(office.document)
        self._closes = office.closes
        self._turned = False
        self._begun = False

    def elements(self, dokumen: Dokumen) -> Iterator[Element]:
        for block, wide in self._turning(dokumen.blok):
            if wide is not self._turned:
                if self._begun:
                    yield self._pages.end(self._turned)
                self._turned = wide
            self._begun = True
            yield from self._block(block)
        if self._turned and self._closes:
            yield self._pages.end(True)
        elif self._turned:
            self._pages.turn_last()

    def _turning(self, blocks: Sequence[Blok]) -> list[tuple[Blok, bool]]:
        """Each block, and whether its page is turned: for a wide table and the headings right above it."""
        found: list[tuple[Blok, bool]] = []
        wide = False
        for block in reversed(blocks):
            wide = self._is_wide(block) if isinstance(block, Tabel) else wide and isinstance(block, Judul)
            found.append((block, wide))
        return found[::-1]

    def _is_wide(self, tabel: Tabel) -> bool:
        return tabel.mendatar or size(tabel, self._pages.upright, self._office.letters) is None

    @property
    def _width(self) -> int:
        return self._pages.turned if self._turned else self._pages.upright

    def _block(self, block: Blok) -> Iterator[Element]:
        match block:
            case Judul():
                yield self._marks.heading(block)
            case Paragraf():
                yield self._said("Butir" if block.butir else "Isi", block.isi)
            case Tabel():
                yield from self._table(block)
            case Grafik():
                yield picture(block, self._width, self._office)
                yield self._marks.caption("Grafik", block.nomor, block.judul)
                yield from self._source(block.sumber)
            case Isian():
                yield self._slot(block)
            case DaftarTabel():
                yield from self._front

    def _said(self, style: str, isi: Kalimat) -> Element:
        content = [run(part) if isinstance(part, str) else self._register.control(part) for part in isi]
        return paragraph(self._office.id(style), *content)

    def _table(self, block: Tabel) -> Iterator[Element]:
        yield self._marks.caption("Tabel", block.nomor, block.judul)
        yield grid(block, self._width, self._office, self._register)
        yield from self._source(block.sumber)
        for note in block.catatan:
            yield self._said("Catatan", note)
        if not block.sumber and not block.catatan:
            # Two tables without a paragraph between them become one.
            yield paragraph(self._office.id("Catatan"))

    def _source(self, sumber: str) -> Iterator[Element]:
        if sumber:
            said = sumber if sumber.casefold().startswith("sumber") else f"Sumber: {sumber}"
            yield paragraph(self._office.id("Catatan"), run(said))

    def _slot(self, block: Isian) -> Element:
        """A control that shows what to write until something is written; a click selects all of it."""
        placeholder = el("w:sdtContent", paragraph(self._office.id("Isian"), run(f"[{block.petunjuk}]")))
        about = el(
            "w:sdtPr",
            el("w:alias", val="Diisi petugas"),
            el("w:tag", val=f"isian:{block.kunci}"[:64]),
            el("w:showingPlcHdr"),
        )
        return el("w:sdt", about, placeholder)
