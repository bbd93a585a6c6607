"""Small pieces of WordprocessingML that python-docx has no call for."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any  # lxml elements: python-docx types them loosely
# What XML 1.0 cannot hold; a cell of a received file may.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_LOOK = [qn(f"w:{name}") for name in ("b", "i", "sz")]  # in the order that the schema asks for


def el(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element; ``tag`` as ``w:p``, attributes of the namespace ``w``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _FORBIDDEN.sub(" ", text)


def run(text: str, *properties: Element) -> Element:
    """A run; line ends are breaks, tabs are tabs."""
    ordered = sorted(properties, key=lambda p: _LOOK.index(p.tag))
    made = el("w:r", el("w:rPr", *ordered)) if ordered else el("w:r")
    for part in re.split(r"(\n|\t)", clean(text)):
        if part == "\n":
            made.append(el("w:br"))
        elif part == "\t":
            made.append(el("w:tab"))
        elif part:
            letters = el("w:t")
            letters.text = part
            letters.set(qn("xml:space"), "preserve")
            made.append(letters)
    return made


def paragraph(style: str, *content: Element, **properties: Element | None) -> Element:
    """A paragraph of a style (its id).

    ``properties`` stand in the order that the schema asks for: ``keep``, ``sect``, ``jc``.
    """
    order = ("keep", "jc", "sect")
    said = [properties[name] for name in order if properties.get(name) is not None]
    return el("w:p", el("w:pPr", el("w:pStyle", val=style), *said), *content)


def field(code: str, shown: str, *properties: Element) -> list[Element]:
    """A field with its result as it stands until it is updated."""
    instruction = el("w:instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    return [
        el("w:r", el("w:fldChar", fldCharType="begin")),
        el("w:r", instruction),
        el("w:r", el("w:fldChar", fldCharType="separate")),
        run(shown, *properties),
        el("w:r", el("w:fldChar", fldCharType="end")),
    ]


def text_of(element: Element) -> str:
    """All letters below an element; breaks and tabs as such."""
    letters = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
    found = (letters[e.tag] or e.text or "" for e in element.iter(*letters))
    return "".join(found)
