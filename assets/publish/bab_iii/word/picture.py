"""A chart in the document: a picture that prints well, with what it shows in words."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from assets.publish.bab_iii.blocks import Grafik
from assets.publish.bab_iii.word.markup import Element, clean, paragraph
from assets.publish.bab_iii.word.office import Office
from assets.publish.charts import draw

PPI = 220
_TWENTIETH = 635  # EMU in a twentieth of a point
_NAME = "lumbung:"  # before the chart's key, in the name of its picture


def picture(grafik: Grafik, width: int, office: Office) -> Element:
    """The chart's paragraph.

    Args:
        grafik: the chart.
        width: the most it may take, in twentieths of a point.
        office: the style.
    """
    made = paragraph(office.id("Grafik"))
    office.document.element.body[-1].addprevious(made)  # python-docx adds pictures to what is in the document
    shape = (
        Paragraph(made, office.document._body)
        .add_run()
        .add_picture(BytesIO(draw.png(grafik.spesifikasi, PPI)))
    )
    most = Emu(width * _TWENTIETH)
    if shape.width > most:
        shape.height, shape.width = Emu(round(shape.height * most / shape.width)), most
    for about in made.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        about.set("name", _NAME + grafik.kunci)
        about.set("descr", clean(grafik.teks_alternatif))
    return made


def redraw(document: Document, charts: Mapping[str, Grafik]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw the charts of a document anew where they differ; a picture keeps the width a person gave it.

    Returns:
        Keys of those drawn anew, and of those that are in the document but not among ``charts``.
    """
    drawn, unknown = [], []
    for shape in document.element.body.iter(qn("wp:inline"), qn("wp:anchor")):
        about = shape.find(qn("wp:docPr"))
        name = "" if about is None else about.get("name", "")
        if not name.startswith(_NAME):
            continue
        key = name.removeprefix(_NAME)
        if key not in charts:
            unknown.append(key)
        elif _replaced(document, shape, charts[key]):
            drawn.append(key)
    return tuple(drawn), tuple(unknown)


def _replaced(document: Document, shape: Element, grafik: Grafik) -> bool:
    blip = next(shape.iter(qn("a:blip")))
    data = draw.png(grafik.spesifikasi, PPI)
    if document.part.related_parts[blip.get(qn("r:embed"))].blob == data:
        return False
    relation, image = document.part.get_or_add_image(BytesIO(data))
    blip.set(qn("r:embed"), relation)
    for size in (shape.find(qn("wp:extent")), *shape.iter(qn("a:ext"))):
        if size.get("cx"):
            size.set("cy", str(round(int(size.get("cx")) * image.px_height / image.px_width)))
    for about in shape.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        about.set("descr", clean(grafik.teks_alternatif))
    return True
