"""Cell styles of a workbook with a fill put in: each marked cell keeps font, border, format and protection.

A style is cloned once for each fill; the styles that were there stay what and where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assets.publish.annotated.markup import Edits, Element, elements, joined, with_attributes

# What a marked cell is filled with, by consequence: pale, so that the figures stay readable on it.
FILLS = {"henti": "FFF2A3A3", "tahan": "FFF8C1B8", "tolak": "FFFBD9A0", "ingat": "FFFFF3B0"}
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
# What a styles part must hold before anything can be added to it.
_NEEDED = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
_FONTS = {
    "biasa": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "tebal": '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "judul": '<font><b/><sz val="15"/><name val="Calibri"/><family val="2"/></font>',
    "tautan": '<font><u/><sz val="11"/><color rgb="FF0B5394"/><name val="Calibri"/><family val="2"/></font>',
}
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'


def empty(main: str) -> bytes:
    """A styles part for a workbook that has none; ``main`` is the namespace."""
    return joined([f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{main}"/>'])


class Styles:
    """The styles part of one workbook while cells are marked."""

    def __init__(self, data: bytes) -> None:
        self._data = _complete(data)
        found = _sections_and_items(self._data)
        self._sections = {e.name: e for e in found if len(e.path) == 1}
        self._items = {
            name: [e for e in found if len(e.path) == 2 and e.path[1] == name]
            for name in ("fonts", "fills", "cellXfs")
        }
        self._prefix = self._sections["cellXfs"].prefix
        self._added: dict[str, list[str]] = {name: [] for name in self._items}
        self._made: dict[tuple[str, ...], int] = {}

    def filled(self, style: int, akibat: str) -> int:
        """The style like ``style`` (its number) with the fill of a consequence."""
        return self._once(("cellXfs", str(style), akibat), lambda: self._clone(style, akibat))

    def own(self, font: str, akibat: str = "") -> int:
        """A style of the index sheet: its font, wrapped at the top, filled for a consequence."""

        def made() -> str:
            fill = self._fill(akibat) if akibat else 0
            ids = f'numFmtId="0" fontId="{self._font(font)}" fillId="{fill}" borderId="0"'
            return self._ours(f'<xf {ids} applyFont="1" applyFill="1" applyAlignment="1">{_WRAPPED}</xf>')

        return self._once(("cellXfs", "own", font, akibat), made)

    def result(self) -> bytes:
        """The part with what was added."""
        edits = Edits(self._data)
        for name, added in self._added.items():
            if added:
                section = self._sections[name]
                edits.set_attributes(section, count=str(len(self._items[name]) + len(added)))
                edits.insert(section.close, joined(added))
        return edits.result()

    # --- made ----------------------------------------------------------------------------------------
    def _clone(self, style: int, akibat: str) -> str:
        xfs = self._items["cellXfs"]
        one = xfs[style if style < len(xfs) else 0]
        attributes = {"fillId": str(self._fill(akibat)), "applyFill": "1"}
        tag = with_attributes(self._data[one.start : one.inner], attributes)
        return (tag + self._data[one.inner : one.end]).decode("utf-8")

    def _fill(self, akibat: str) -> int:
        colour = f'<fgColor rgb="{FILLS[akibat]}"/><bgColor indexed="64"/>'
        said = f'<fill><patternFill patternType="solid">{colour}</patternFill></fill>'
        return self._once(("fills", akibat), lambda: self._ours(said))

    def _font(self, name: str) -> int:
        return self._once(("fonts", name), lambda: self._ours(_FONTS[name]))

    def _once(self, key: tuple[str, ...], make: Callable[[], str]) -> int:
        """The number of what ``make`` says in the section ``key[0]``, added at the first asking."""
        if key not in self._made:
            said = make()
            added = self._added[key[0]]
            added.append(said)
            self._made[key] = len(self._items[key[0]]) + len(added) - 1
        return self._made[key]

    def _ours(self, said: str) -> str:
        return prefixed(said, self._prefix)


def _sections_and_items(data: bytes) -> list[Element]:
    def wanted(_: str, __: Mapping[str, str], path: Sequence[str]) -> bool:
        return len(path) == 1 or (len(path) == 2 and path[1] in ("fonts", "fills", "cellXfs"))

    return elements(data, wanted)


def _complete(data: bytes) -> bytes:
    """The part with every section there is something to add to; writers of small workbooks leave some out."""
    top = elements(data, lambda _, __, path: len(path) <= 1)
    root, sections = top[0], {e.name: e for e in top[1:]}
    edits, ahead = Edits(data), root
    opened = []
    for name in _ORDER:
        section = sections.get(name)
        if section is not None and not (section.bare and name in _NEEDED):
            ahead = section
            continue
        if name not in _NEEDED:
            continue
        items = "".join(_NEEDED[name])
        said = prefixed(f'<{name} count="{len(_NEEDED[name])}">{items}</{name}>', root.prefix).encode()
        if section is not None:
            edits.replace(section.start, section.end, said)
        elif root.bare:
            opened.append(said)
        else:
            edits.insert(ahead.inner if ahead is root else ahead.end, said)
    if opened:
        edits.append_to(root, b"".join(opened))
    return edits.result()


def prefixed(said: str, prefix: str) -> str:
    """Markup of ours with the prefix that a part uses."""
    if not prefix:
        return said
    return said.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")


def style_of(attributes: Mapping[str, str], name: str = "s") -> int | None:
    """The style number that a cell, row or column names, or None."""
    said = attributes.get(name, "")
    return int(said) if said.isdigit() else None
