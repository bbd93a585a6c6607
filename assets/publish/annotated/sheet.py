"""One sheet with cells marked: their style numbers changed, links back added, everything else as it stood.

Cells that the sheet does not hold (blank ones) are put in where they belong, in the style of their row or
column.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assets.publish.annotated.markup import Edits, Element, elements, joined, quoted
from assets.publish.annotated.place import Area, a1, area
from assets.publish.annotated.styles import style_of

# Children of a worksheet in the order of the standard, from the cells on.
_ORDER = (
    "sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate"
    " customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions"
    " pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors"
    " smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls AlternateContent"
    " webPublishItems tableParts extLst"
).split()
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([^"']+)["']""")
_RANK = {name: n for n, name in enumerate(_ORDER)}


_New = tuple[int, Callable[[int], int]]  # a column, and what gives its cell a style


@dataclass
class _Row:
    element: Element
    number: int
    cells: list[tuple[int, Element]] = field(default_factory=list)


class Sheet:
    """The part of one sheet, read once for the cells that shall be marked."""

    def __init__(self, data: bytes, areas: Sequence[Area]) -> None:
        self._data = data
        self._edits = Edits(data)
        self._rows: list[_Row] = []
        self._children: list[Element] = []
        self._columns: list[tuple[int, int, int]] = []
        self._linked: list[Area] = []
        # Merged ranges stand behind the cells, but tell which of them must be found.
        said = (area(m.group(1).decode()) for m in _MERGED.finditer(data))
        self._merged = [a for a in said if a is not None]
        shown = (self.anchor(*a.first) for a in areas)
        self._read(_Rows([*areas, *(Area(*cell, *cell) for cell in shown)]))

    def anchor(self, baris: int, kolom: int) -> tuple[int, int]:
        """The cell that shows what stands here: the first one of a merged range."""
        return next((m.first for m in self._merged if m.holds(baris, kolom)), (baris, kolom))

    def filled_cells(self, where: Area) -> list[tuple[int, int]]:
        """The cells of an area that the sheet holds, in order."""
        return [
            (row.number, kolom)
            for row in self._rows
            if where.baris <= row.number <= where.sampai_baris
            for kolom, _ in row.cells
            if where.holds(row.number, kolom)
        ]

    def may_link(self, baris: int, kolom: int) -> bool:
        """Whether a link may be put on the cell: it holds something, and has no link of its own.

        Some programs show the address of a link in a cell that holds nothing.
        """
        if any(a.holds(baris, kolom) for a in self._linked):
            return False
        cells = (e for row in self._rows if row.number == baris for k, e in row.cells if k == kolom)
        return any(e.close > e.inner for e in cells)

    @property
    def drawing(self) -> str | None:
        """Relationship of the drawing in which comments are shown, if there is one."""
        return next((e.get("id") for e in self._children if e.name == "legacyDrawing"), None)

    # --- changes -------------------------------------------------------------------------------------
    def restyle(self, cells: Mapping[tuple[int, int], Callable[[int], int]]) -> None:
        """Give cells another style: each is told the number of the style it has, and says the new one."""
        rows = {row.number: row for row in self._rows}
        absent: dict[int, list[_New]] = {}
        for (baris, kolom), styled in sorted(cells.items(), key=lambda item: item[0]):
            held = dict(rows[baris].cells) if baris in rows else {}
            if kolom in held:
                cell = held[kolom]
                self._edits.set_attributes(cell, s=str(styled(style_of(cell.attributes) or 0)))
            else:
                absent.setdefault(baris, []).append((kolom, styled))
        at_end = [
            said
            for baris, new in absent.items()
            if (said := self._put_in(baris, rows.get(baris), new)) is not None
        ]
        if at_end:
            self._edits.append_to(self._cells_of_all, joined(at_end))

    def link(self, links: Mapping[tuple[int, int], tuple[str, str]]) -> None:
        """Let cells lead elsewhere in the workbook: ``location`` and the words shown beside the pointer."""
        if not links:
            return
        prefix = self._children[0].prefix
        said = [
            f'<{prefix}hyperlink ref="{a1(*cell)}" location={quoted(to)} tooltip={quoted(tip)}/>'
            for cell, (to, tip) in links.items()
        ]
        held = next((e for e in self._children if e.name == "hyperlinks"), None)
        if held is not None:
            self._edits.append_to(held, joined(said))
        else:
            whole = joined([f"<{prefix}hyperlinks>", *said, f"</{prefix}hyperlinks>"])
            self._edits.insert(self._place_of("hyperlinks"), whole)

    def draw(self, relationship: str, office: str) -> None:
        """Name the drawing in which comments are shown."""
        prefix = self._children[0].prefix
        said = f'<{prefix}legacyDrawing xmlns:lbr="{office}" lbr:id="{relationship}"/>'
        self._edits.insert(self._place_of("legacyDrawing"), said.encode())

    def result(self) -> bytes:
        """The part with the changes."""
        return self._edits.result()

    # --- reading -------------------------------------------------------------------------------------
    def _read(self, rows: _Rows) -> None:
        for element in elements(self._data, rows.wanted):
            match element.name:
                case "row" if len(element.path) == 2:
                    self._rows.append(_Row(element, rows.numbers[len(self._rows)]))
                case "c" if len(element.path) == 3:
                    self._rows[-1].cells.append((rows.columns.popleft(), element))
                case "col":
                    style = style_of(element.attributes, "style")
                    if style is not None:
                        self._columns.append((int(element.get("min")), int(element.get("max")), style))
                case "hyperlink":
                    self._linked += [a for a in (area(element.get("ref")),) if a is not None]
                case _:
                    self._children.append(element)

    # --- places --------------------------------------------------------------------------------------
    def _place_of(self, name: str) -> int:
        """Where a child of the worksheet belongs: after the last of those that come before it."""
        before = [e for e in self._children if _RANK.get(e.name, len(_ORDER)) < _RANK[name]]
        return before[-1].end

    @property
    def _cells_of_all(self) -> Element:
        return next(e for e in self._children if e.name == "sheetData")

    def _put_in(self, baris: int, row: _Row | None, new: Sequence[_New]) -> str | None:
        """Put blank cells into a row; a row that the sheet does not hold is returned if it comes last."""
        if row is None:
            prefix = self._cells_of_all.prefix
            cells = [self._blank(prefix, baris, k, styled(self._style(None, k))) for k, styled in new]
            whole = "".join([f'<{prefix}row r="{baris}">', *cells, f"</{prefix}row>"])
            after = next((r for r in self._rows if r.number > baris), None)
            if after is None:
                return whole
            self._edits.insert(after.element.start, whole.encode())
            return None
        at_end = []
        for kolom, styled in new:
            said = self._blank(row.element.prefix, baris, kolom, styled(self._style(row.element, kolom)))
            after_cell = next((e for k, e in row.cells if k > kolom), None)
            if after_cell is not None:
                self._edits.insert(after_cell.start, said.encode())
            else:
                at_end.append(said)
        if at_end:
            self._edits.append_to(row.element, joined(at_end))
        return None

    def _style(self, row: Element | None, kolom: int) -> int:
        """The style a blank cell shows: its row's, else its column's."""
        if row is not None and row.get("customFormat") in ("1", "true"):
            found = style_of(row.attributes)
            if found is not None:
                return found
        return next((s for first, last, s in self._columns if first <= kolom <= last), 0)

    @staticmethod
    def _blank(prefix: str, baris: int, kolom: int, style: int) -> str:
        return f'<{prefix}c r="{a1(baris, kolom)}" s="{style}"/>'


class _Rows:
    """Picks what marking needs: the rows to be marked, and the one after each that is missing."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._spans = _together(sorted((a.baris, a.sampai_baris) for a in areas))
        self._lasts = [last for _, last in self._spans]
        self.numbers: list[int] = []
        self.columns: deque[int] = deque()
        self._row = self._column = 0
        self._inside = False

    def wanted(self, name: str, attributes: Mapping[str, str], path: Sequence[str]) -> bool:
        depth = len(path)
        if depth < 2:
            return depth == 1
        if name == "c":
            return depth == 3 and self._cell(attributes)
        if name == "row":
            return depth == 2 and self._new_row(attributes)
        return depth == 2 and name in ("col", "hyperlink")

    def _new_row(self, attributes: Mapping[str, str]) -> bool:
        said = attributes.get("r", "")
        former, self._row = self._row, int(said) if said.isdigit() else self._row + 1
        self._column = 0
        self._inside = self._any_within(self._row, self._row)
        wanted = self._inside or self._any_within(former + 1, self._row - 1)
        if wanted:
            self.numbers.append(self._row)
        return wanted

    def _cell(self, attributes: Mapping[str, str]) -> bool:
        if not self._inside:
            return False
        found = area(attributes.get("r"))
        self._column = found.kolom if found else self._column + 1
        self.columns.append(self._column)
        return True

    def _any_within(self, first: int, last: int) -> bool:
        """Whether a row from ``first`` to ``last`` is to be marked."""
        at = bisect_left(self._lasts, first)
        return first <= last and at < len(self._spans) and self._spans[at][0] <= last


def _together(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans of rows, those that touch or overlap as one."""
    made: list[tuple[int, int]] = []
    for first, last in spans:
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return made
