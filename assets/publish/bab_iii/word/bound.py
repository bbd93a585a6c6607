"""Bound figures: a content control in the text for each, and a list of them inside the document.

The control's tag is a short id; the part ``customXml`` (namespace ``NAMESPACE``) maps it to the address in
the warehouse, the exact value and the letters that were written, so that an auditor can list them and a later
run can tell what a person wrote over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self, cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from assets.publish.bab_iii.blocks import Angka, Keadaan, Satuan
from assets.publish.bab_iii.word.markup import Element, clean, el, run

NAMESPACE = "urn:lumbung:bab-iii:1"
_STORE = "{6C756D62-756E-6700-8000-626162206969}"  # Word asks each part of data for an id of its own
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_MARK = "#"  # before the id in a control's title
# LibreOffice 7.4 saves neither tag nor title of such a control, but bookmarks inside; the line hides them.
_BOOKMARK = re.compile(r"_lumbung_(\w+)_\d+")
_TITLE = 64  # letters of a control's title that Word takes


@dataclass(frozen=True)
class Bound:
    """A figure as it was written into a document."""

    id: str
    alamat: str
    nilai: Decimal | None
    teks: str
    satuan: Satuan
    desimal: int
    keadaan: Keadaan

    def to_xml(self) -> Element:
        """Its entry in the list."""
        made = etree.Element(f"{{{NAMESPACE}}}angka")
        said = {"id": self.id, "alamat": self.alamat, "teks": clean(self.teks), "satuan": self.satuan,
                "desimal": str(self.desimal), "keadaan": self.keadaan}  # fmt: skip
        for name, value in said.items():
            made.set(name, value)
        if self.nilai is not None:
            made.set("nilai", f"{self.nilai:f}")
        return made

    @classmethod
    def from_xml(cls, entry: Element) -> Self:
        """An entry of the list."""
        nilai = entry.get("nilai")
        return cls(
            entry.get("id"),
            entry.get("alamat"),
            None if nilai is None else Decimal(nilai),
            entry.get("teks"),
            cast("Satuan", entry.get("satuan")),
            int(entry.get("desimal")),
            cast("Keadaan", entry.get("keadaan")),
        )


class Register:
    """The bound figures of one document, each address in each of its written forms once."""

    def __init__(self, entries: Mapping[str, Bound] | None = None) -> None:
        self._entries = dict(entries or {})
        self._known = {(e.alamat, e.teks, e.satuan, e.desimal): e.id for e in self._entries.values()}
        self._controls = 0

    def __iter__(self) -> Iterator[Bound]:
        return iter(self._entries.values())

    def __getitem__(self, tag: str) -> Bound:
        return self._entries[tag]

    def __contains__(self, tag: str) -> bool:
        return tag in self._entries

    def update(self, tag: str, **what: object) -> None:
        """Change an entry: what is written in the document now."""
        self._entries[tag] = replace(self._entries[tag], **what)  # type: ignore[arg-type]

    def control(self, angka: Angka, *properties: Element) -> Element:
        """The figure as a content control, or as plain letters when the report itself counted it."""
        look = [el("w:i"), *properties] if angka.keadaan in ("ditahan", "basi") else list(properties)
        letters = run(angka.teks, *look)
        if angka.alamat is None:
            return letters
        # Rich text: LibreOffice prints a plain one without its look.
        self._controls += 1
        tag = self._id(angka)
        mark = f" {_MARK}{tag}"
        title = f"{angka.alamat.tabel}.{angka.alamat.kolom}"[: _TITLE - len(mark)] + mark
        number = 100_000 + self._controls
        return el(
            "w:sdt",
            el(
                "w:sdtPr",
                el("w:alias", val=title),
                el("w:tag", val=tag),
                el("w:id", val=number),
            ),
            el(
                "w:sdtContent",
                el("w:bookmarkStart", id=number, name=f"_lumbung_{tag}_{self._controls}"),
                letters,
                el("w:bookmarkEnd", id=number),
            ),
        )

    def _id(self, angka: Angka) -> str:
        form = (str(angka.alamat), angka.teks, angka.satuan, angka.desimal)
        if form not in self._known:
            made = f"a{len(self._entries) + 1}"
            self._known[form] = made
            nilai = None if angka.nilai is None else Decimal(angka.nilai)
            self._entries[made] = Bound(
                made, form[0], nilai, angka.teks, angka.satuan, angka.desimal, angka.keadaan
            )
        return self._known[form]

    def store(self, document: Document, facts: Mapping[str, str]) -> None:
        """Put the list into the document, in place of one that is there.

        Args:
            document: the document.
            facts: whose report it is, attributes of the list's root.
        """
        root = etree.Element(f"{{{NAMESPACE}}}bab_iii", nsmap={None: NAMESPACE})
        for name, value in facts.items():
            root.set(name, clean(value))
        root.extend(entry.to_xml() for entry in self)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if (old := _part(document)) is not None:
            old._blob = blob
            return
        package = document.part.package
        number = 1 + sum(str(p.partname).startswith("/customXml/item") for p in package.iter_parts())
        data = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", blob, package)
        about = Part(
            PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES, _about().encode("utf-8"), package
        )
        data.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        document.part.relate_to(data, RELATIONSHIP_TYPE.CUSTOM_XML)

    @classmethod
    def load(cls, document: Document) -> tuple[Self, dict[str, str]] | None:
        """The list of a document with the facts of its root; None where there is no list."""
        part = _part(document)
        if part is None:
            return None
        root = parse_xml(part.blob)
        entries = [Bound.from_xml(e) for e in root.iterchildren(f"{{{NAMESPACE}}}angka")]
        return cls({e.id: e for e in entries}), dict(root.attrib)


def controls(document: Document) -> Iterator[tuple[str, Element]]:
    """Every content control in the body that holds letters and is known by name, in reading order."""
    for control in document.element.body.iter(qn("w:sdt")):
        tag = _tag(control)
        if tag and control.find(qn("w:sdtContent")) is not None:
            yield tag, control


def _tag(control: Element) -> str:
    """The id of a control: its tag, else what its title or the bookmark in it keeps of it."""
    said = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    if said is not None and said.get(qn("w:val")):
        return str(said.get(qn("w:val")))
    title = control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}")
    if title is not None and title.get(qn("w:val")):
        return str(title.get(qn("w:val"))).rpartition(_MARK)[2]
    names = (mark.get(qn("w:name")) or "" for mark in control.iter(qn("w:bookmarkStart")))
    return next((found[1] for found in map(_BOOKMARK.match, names) if found), "")


def _part(document: Document) -> Part | None:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external:
            part: Part = relation.target_part
            if NAMESPACE.encode() in part.blob:
                return part
    return None


def _about() -> str:
    ds = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{ds}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
