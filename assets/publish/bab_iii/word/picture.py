"""A chart in the document: a picture that prints well, with what it shows in words."""

from __future__ import annotations

from io import BytesIO

from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from assets.publish.bab_iii.blocks import Grafik
from assets.publish.bab_iii.word.markup import Element, clean, paragraph
from assets.publish.bab_iii.word.office import Office
from assets.publish.charts import draw

PPI = 220
_TWENTIETH = 635  # EMU in a twentieth of a point
NAME = "lumbung:"  # before the chart's key, in the name of its picture


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
        about.set("name", NAME + grafik.kunci)
        about.set("descr", clean(grafik.teks_alternatif))
    return made
