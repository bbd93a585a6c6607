"""The two Word styles that come with the reports: ``make gaya`` writes them below ``warehouse/bab_iii/gaya``.

An office restyles a copy in Word; this only makes ours, so that they can be read as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from assets.publish.bab_iii.word import package
from assets.publish.bab_iii.word.markup import el, field
from assets.publish.bab_iii.word.office import STYLES

GAYA = Path(__file__).resolve().parent.parent / "warehouse" / "bab_iii" / "gaya"

_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>lumbung</Application></Properties>"
)


@dataclass(frozen=True)
class Look:
    """What tells one style from another; colours as RRGGBB, sizes in points."""

    huruf: str
    ukuran: float
    warna: str  # headings, cover, lines
    kepala_latar: str
    kepala_huruf: str
    tegak: bool  # vertical lines in tables
    sampul: ALIGN


LOOKS = {
    "baku": Look("Arial", 11, "000000", "E3E3DE", "000000", True, ALIGN.CENTER),
    "biru": Look("Times New Roman", 12, "12436D", "12436D", "FFFFFF", False, ALIGN.LEFT),
}


def make(name: str, look: Look, to: Path) -> None:
    """Write one style."""
    document = docx.Document()
    _strip(document)
    _defaults(document, look)
    _styles(document, look)
    _table_style(document, look)
    _pages(document, look)
    package.describe(document, f"Gaya laporan: {name}", "", "")
    package.save(document, to)


def _strip(document: Document) -> None:
    """Leave nothing of the library's own template but the styles every document has."""
    kept = {
        "normal",
        "header",
        "footer",
        "heading 1",
        "heading 2",
        "heading 3",
        "default paragraph font",
        "normal table",
        "no list",
    }
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")).casefold() not in kept:
            document.styles.element.remove(style)
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith(("/customXml", "/stylesWithEffects")):
            document.part.drop_rel(relation.rId)
    for key, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[key]
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _APP


def _defaults(document: Document, look: Look) -> None:
    fonts = {"ascii": look.huruf, "hAnsi": look.huruf, "cs": look.huruf, "eastAsia": look.huruf}
    base = el(
        "w:rPrDefault",
        el(
            "w:rPr",
            el("w:rFonts", **fonts),
            el("w:sz", val=round(look.ukuran * 2)),
            el("w:szCs", val=round(look.ukuran * 2)),
            el("w:lang", val="id-ID", eastAsia="en-US", bidi="ar-SA"),
        ),
    )
    defaults = document.styles.element.find(qn("w:docDefaults"))
    defaults.replace(defaults.find(qn("w:rPrDefault")), base)
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    modern = el("w:compat", el("w:compatSetting", name="compatibilityMode", uri=uri, val=15))
    before = next(e for e in settings if e.tag in {qn("w:rsids"), qn("m:mathPr"), qn("w:themeFontLang")})
    before.addprevious(modern)
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:val"), "id-ID")


def _style(
    document: Document, look: Look, name: str, base: str | None = "Normal", **said: Any
) -> ParagraphStyle:
    """A paragraph style; ``said``: size, bold, italic, colour, before, after, align, left, hanging, keep."""
    there = {s.name: s for s in document.styles}
    style: Any = there.get(name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base] if base else None
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)
    style.font.name, style.font.size = look.huruf, Pt(said.get("size", look.ukuran))
    style.font.bold, style.font.italic = said.get("bold", False), said.get("italic", False)
    style.font.color.rgb = RGBColor.from_string(said.get("colour", "000000"))
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(said.get("before", 0)), Pt(said.get("after", 0))
    form.alignment, form.keep_with_next = said.get("align"), said.get("keep", False)
    form.line_spacing = said.get("line", 1.0)
    form.left_indent, form.first_line_indent = Cm(said.get("left", 0)), Cm(said.get("hanging", 0))
    form.widow_control = True
    form.page_break_before = said.get("fresh", False)
    style.quick_style, style.hidden = True, False
    return style


def _styles(document: Document, look: Look) -> None:
    small, tiny = look.ukuran - 2, look.ukuran - 2.5
    make = partial(_style, document, look)
    make("Normal", base=None, line=1.15)
    make(
        "Heading 1",
        size=look.ukuran + 3,
        bold=True,
        colour=look.warna,
        before=12,
        after=12,
        keep=True,
        fresh=True,
        align=ALIGN.CENTER if look.tegak else ALIGN.LEFT,
    )
    make("Heading 2", size=look.ukuran + 1, bold=True, colour=look.warna, before=14, after=6, keep=True)
    make("Heading 3", bold=True, colour=look.warna, before=10, after=4, keep=True)
    make("Isi", after=6, line=1.3, align=ALIGN.JUSTIFY)
    bullet = make("Butir", after=3, line=1.2, left=0.75, hanging=-0.5)
    _bullet(document, bullet)
    make("Judul Daftar", size=look.ukuran + 1, bold=True, colour=look.warna, before=14, after=6, keep=True)
    for level, indent in ((1, 0.0), (2, 0.5), (3, 1.0)):
        _dotted(make(f"toc {level}", after=3, left=indent, bold=level == 1))
    _dotted(make("table of figures", after=3))
    make(
        "Keterangan Tabel",
        size=small + 1,
        bold=True,
        before=10,
        after=4,
        keep=True,
        align=ALIGN.CENTER if look.tegak else ALIGN.LEFT,
    )
    make(
        "Kepala Tabel",
        size=tiny,
        bold=True,
        colour=look.kepala_huruf,
        align=ALIGN.CENTER,
        before=2,
        after=2,
        keep=True,
    )
    make("Sel", size=tiny, before=1, after=1)
    make("Angka", size=tiny, before=1, after=1, align=ALIGN.RIGHT)
    make("Catatan", size=small - 1, before=2, after=6, colour="3D3D38")
    make("Grafik", before=8, after=2, align=ALIGN.CENTER, keep=True)
    make(
        "Keterangan Grafik",
        size=small + 1,
        bold=True,
        after=6,
        align=ALIGN.CENTER if look.tegak else ALIGN.LEFT,
    )
    slot = make("Isian", italic=True, before=4, after=8, line=1.2)
    edge = {"val": "single", "sz": 6, "space": 4, "color": "A05A00"}
    borders = el("w:pBdr", *(el(f"w:{side}", **edge) for side in ("top", "left", "bottom", "right")))
    slot.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )
    borders.addnext(el("w:shd", val="clear", color="auto", fill="FFF4D6"))
    make("Judul Sampul", size=look.ukuran + 15, bold=True, colour=look.warna, align=look.sampul, after=12)
    make("Anak Judul Sampul", size=look.ukuran + 5, colour=look.warna, align=look.sampul, after=6)
    make("Kaki", size=8, colour="55554F", align=ALIGN.CENTER)


def _bullet(document: Document, style: ParagraphStyle) -> None:
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    level = el(
        "w:lvl",
        el("w:start", val=1),
        el("w:numFmt", val="bullet"),
        el("w:lvlText", val="•"),
        el("w:lvlJc", val="left"),
        el("w:pPr", el("w:ind", left=425, hanging=283)),
        ilvl=0,
    )
    numbering.append(el("w:abstractNum", el("w:multiLevelType", val="singleLevel"), level, abstractNumId=1))
    numbering.append(el("w:num", el("w:abstractNumId", val=1), numId=1))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        el("w:numPr", el("w:numId", val=1)), "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _dotted(style: ParagraphStyle) -> None:
    """A right tab with dots at the edge of the text."""
    tabs = el("w:tabs", el("w:tab", val="right", leader="dot", pos=9070))
    style.element.get_or_add_pPr().insert_element_before(tabs, "w:spacing", "w:ind", "w:jc")


def _table_style(document: Document, look: Look) -> None:
    line = {"val": "single", "sz": 4, "space": 0, "color": look.warna if not look.tegak else "6B6B64"}
    none = {"val": "nil"}
    sides = {
        "top": line,
        "left": line if look.tegak else none,
        "bottom": line,
        "right": line if look.tegak else none,
        "insideH": line,
        "insideV": line if look.tegak else none,
    }
    style = el(
        "w:style",
        el("w:name", val="Tabel"),
        el("w:basedOn", val="TableNormal"),
        el("w:uiPriority", val=59),
        el("w:qFormat"),
        el(
            "w:tblPr",
            el("w:tblBorders", *(el(f"w:{side}", **said) for side, said in sides.items())),
            el(
                "w:tblCellMar",
                *(
                    el(f"w:{side}", w=w, type="dxa")
                    for side, w in (("top", 20), ("left", 70), ("bottom", 20), ("right", 70))
                ),
            ),
        ),
        el(
            "w:tblStylePr",
            el("w:tcPr", el("w:shd", val="clear", color="auto", fill=look.kepala_latar)),
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId="Tabel",
    )
    document.styles.element.append(style)


def _pages(document: Document, look: Look) -> None:
    """A cover without header and footer, and the section in which the report stands."""
    cover = document.sections[0]
    for section in (cover,):
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.5)
    document.add_paragraph(style="Judul Sampul").paragraph_format.space_before = Pt(180)
    document.paragraphs[-1].add_run("{{judul}}")
    document.add_paragraph("{{anak_judul}}", style="Anak Judul Sampul")
    dated = document.add_paragraph("Angka diterbitkan {{diterbitkan_pada}}", style="Anak Judul Sampul")
    dated.runs[0].font.size = Pt(look.ukuran)
    dated.paragraph_format.space_before = Pt(24)
    main = document.add_section()
    document.add_paragraph("{{isi}}", style="Isi")
    main.header.is_linked_to_previous = main.footer.is_linked_to_previous = False
    head, foot = main.header.paragraphs[0], main.footer.paragraphs[0]
    head.style = foot.style = document.styles["Kaki"]
    head.add_run("{{anak_judul}}")
    foot.add_run("Angka dari jalan {{jalan_id}}  ·  halaman ")
    for part in field("PAGE", "1"):
        foot._p.append(part)
    main._sectPr.append(el("w:pgNumType", start=1))
    _ordered(main._sectPr)


def _ordered(section: Any) -> None:
    """Children of a section in the order of the schema."""
    order = "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid".split()
    section[:] = sorted(section, key=lambda e: order.index(e.tag.rpartition("}")[2]))


def main() -> None:
    """Write all."""
    GAYA.mkdir(parents=True, exist_ok=True)
    for name, look in LOOKS.items():
        make(name, look, GAYA / f"{name}.docx")
        there = {s.name.casefold() for s in docx.Document(str(GAYA / f"{name}.docx")).styles if s.name}
        if missing := [s for s in STYLES if s.casefold() not in there]:
            raise SystemExit(f"{name}: lacks {missing}")


if __name__ == "__main__":
    main()
