"""The rules drawn on a page, and the cells they enclose.

Programs draw a rule as a line, as a thin filled rectangle, as one side of a frame, or as a stretched picture;
they paint rectangles behind text as well, which are no rules. What does not belong here: text
(``pdf/words.py``).
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from assets.readers.pdf.space import Box, Space

# Points; a rule drawn as a filled rectangle is thinner, a painted background is thicker.
_THICKNESS = 3.0
# Points: how crooked a straight rule may be, how far apart the parts of one rule may lie, the shortest rule,
# and how near a rule must come to the one it ends at.
_CROOKED, _APART, _SHORTEST, _MEETS = 1.0, 3.0, 3.0, 3.0
# So many corners make one rectangle; more may be several.
_ONE_SHAPE = 5
# Shapes within shapes: programs nest what they draw at most so deep.
DEPTH = 4

# A hundred rows of a hundred columns, each cell drawn by itself; a plan of a building has more.
_MEETINGS = 2_000_000

Point = tuple[float, float]


class TooManyRules(Exception):
    """So many rules cross each other that the page shows a drawing, not a table."""


class Rule(NamedTuple):
    """One rule: whether it lies, where (x of an upright one, y of a lying one), from where to where."""

    lies: bool
    at: float
    start: float
    end: float


class Table(NamedTuple):
    """The cells of one ruled table, and the box around them."""

    cells: tuple[Box, ...]
    bbox: Box

    @classmethod
    def of(cls, cells: Sequence[Box]) -> Table:
        """The table that these cells make."""
        x0, top = min(c[0] for c in cells), min(c[1] for c in cells)
        return cls(tuple(cells), (x0, top, max(c[2] for c in cells), max(c[3] for c in cells)))


# --- what is drawn -----------------------------------------------------------------------------------
def rules_of(page: Any, space: Space) -> list[Rule]:
    """All rules of a page of pdfium, in the coordinates of ``space``."""
    found: list[Rule] = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            corners = [_moved(_matrix(thing), x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
            found += _thin(corners, space)
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not stroke.value and thing.container is None and raw.FPDFPath_CountSegments(thing) <= _ONE_SHAPE:
            left, bottom, right, top = thing.get_bounds()
            found += _thin([(left, bottom), (right, top)], space)
            continue
        for points in _outlines(thing, _matrix(thing)):
            if stroke.value:
                found += _sides(points, space)
            elif fill.value:
                found += _thin(points, space)
    return found


Matrix = tuple[float, float, float, float, float, float]


def _matrix(thing: Any) -> Matrix:
    """From the thing's own coordinates to the page's, through the groups that hold it."""
    own = _own_matrix(thing)
    holder = thing.container
    while holder is not None:
        own = _times(own, _own_matrix(holder))
        holder = holder.container
    return own


def _own_matrix(thing: Any) -> Matrix:
    m = thing.get_matrix()
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _moved(m: Matrix, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _outlines(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each straight outline of a path; a closed one ends where it began."""
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_moved(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _sides(points: Sequence[Point], space: Space) -> Iterator[Rule]:
    """The straight sides of a stroked outline."""
    placed = [space.point(*p) for p in points]
    for (x0, y0), (x1, y1) in pairwise(placed):
        if abs(y1 - y0) <= _CROOKED and abs(x1 - x0) > _CROOKED:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= _CROOKED and abs(y1 - y0) > _CROOKED:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _thin(points: Sequence[Point], space: Space) -> Iterator[Rule]:
    """A filled shape thin enough to be a rule, as one."""
    placed = [space.point(*p) for p in points]
    x0, x1 = min(x for x, _ in placed), max(x for x, _ in placed)
    y0, y1 = min(y for _, y in placed), max(y for _, y in placed)
    if min(x1 - x0, y1 - y0) > _THICKNESS:
        return
    if x1 - x0 > y1 - y0:
        yield Rule(True, (y0 + y1) / 2, x0, x1)
    elif y1 > y0:
        yield Rule(False, (x0 + x1) / 2, y0, y1)


# --- what they enclose -------------------------------------------------------------------------------
def tables_of(rules: Iterable[Rule]) -> list[Table]:
    """The ruled tables, from top to bottom.

    Where a table is cut by the page's end its last rule is not drawn, only its uprights: their ends count as
    rules too.

    Raises:
        TooManyRules: to seek the cells would cost minutes.
    """
    lying = [r for r in rules if r.lies]
    upright = [r for r in rules if not r.lies]
    if upright:
        left, right = min(r.at for r in upright), max(r.at for r in upright)
        for end in (min(r.start for r in upright), max(r.end for r in upright)):
            lying.append(Rule(True, end, left, right))
    lying, upright = _whole(lying), _whole(upright)
    if len(lying) * len(upright) > _MEETINGS:
        raise TooManyRules
    cells = _cells(lying, upright)
    return [Table.of(group) for group in _together(cells) if len(group) > 1]


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that nearly fall together as one, their parts joined; the shortest ones dropped."""
    found: list[Rule] = []
    for group in _clusters(sorted(rules, key=lambda r: r.at)):
        at = sum(r.at for r in group) / len(group)
        start = end = None
        for rule in sorted(group, key=lambda r: r.start):
            if start is None or end is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _APART:
                end = max(end, rule.end)
            else:
                found.append(Rule(rule.lies, at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            found.append(Rule(group[0].lies, at, start, end))
    return [r for r in found if r.end - r.start >= _SHORTEST]


def _clusters(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[-1].at > _APART:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


class _Meetings:
    """The points where rules meet, and which of them a rule joins."""

    def __init__(self, lying: Sequence[Rule], upright: Sequence[Rule]) -> None:
        self._rules: dict[Point, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        self.down: dict[float, list[float]] = defaultdict(list)
        self.right: dict[float, list[float]] = defaultdict(list)
        for v, up in enumerate(upright):
            for h, flat in enumerate(lying):
                meets_down = up.start <= flat.at + _MEETS and up.end >= flat.at - _MEETS
                if meets_down and flat.start - _MEETS <= up.at <= flat.end + _MEETS:
                    found = self._rules[up.at, flat.at]
                    found[0].add(v)
                    found[1].add(h)
        for x, y in self._rules:
            self.down[x].append(y)
            self.right[y].append(x)
        for each in (*self.down.values(), *self.right.values()):
            each.sort()

    @property
    def points(self) -> list[Point]:
        """From left to right, then downwards."""
        return sorted(self._rules)

    def joined(self, one: Point, other: Point) -> bool:
        """Whether one rule runs through both points."""
        if one not in self._rules or other not in self._rules:
            return False
        part = 0 if one[0] == other[0] else 1
        return not self._rules[one][part].isdisjoint(self._rules[other][part])

    def cell(self, point: Point) -> Box | None:
        """The smallest cell whose upper left corner is this point."""
        x, y = point
        below = self.down[x][bisect_right(self.down[x], y) :]
        beside = self.right[y][bisect_right(self.right[y], x) :]
        for bottom in below:
            if not self.joined(point, (x, bottom)):
                break
            for right in beside:
                if not self.joined(point, (right, y)):
                    break
                corner = (right, bottom)
                if self.joined((right, y), corner) and self.joined((x, bottom), corner):
                    return x, y, right, bottom
        return None


def _cells(lying: Sequence[Rule], upright: Sequence[Rule]) -> list[Box]:
    meetings = _Meetings(lying, upright)
    return [cell for cell in map(meetings.cell, meetings.points) if cell is not None]


def _together(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share a corner are of one table."""
    above: dict[Point, Point] = {}

    def top(corner: Point) -> Point:
        while above[corner] != corner:
            above[corner] = above[above[corner]]
            corner = above[corner]
        return corner

    for x0, y0, x1, y1 in cells:
        for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1)):
            above.setdefault(corner, corner)
            above[top(corner)] = top((x0, y0))
    groups: dict[Point, list[Box]] = {}
    for cell in cells:
        groups.setdefault(top(cell[:2]), []).append(cell)
    return sorted(groups.values(), key=lambda group: min((c[1], c[0]) for c in group))
