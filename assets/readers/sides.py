"""Tables that stand side by side on a sheet, and tables that lie: fields down the rows, records across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assets.readers.fitting import Near
from assets.readers.grid import Grid
from assets.readers.header import Head, Merges, heads
from assets.readers.matching import Claims
from assets.readers.rows import (
    CATATAN,
    DATA,
    JUDUL,
    KEPALA,
    LANJUTAN,
    NOMOR,
    SEKAT,
    SUBTOTAL,
    TANDA_TANGAN,
    TIDAK_DIKENAL,
    TOTAL,
    check_counts,
)
from assets.readers.scanning import SheetReading
from assets.readers.vocabulary import Form, Vocabulary

# Of what several tables make of one physical row, what counts first.
_FIRST = (DATA, SUBTOTAL, TOTAL, KEPALA, NOMOR, JUDUL, SEKAT, LANJUTAN, TANDA_TANGAN, TIDAK_DIKENAL, CATATAN)
# A table has at least so many headers; below them so many rows are looked at for a column left blank.
_LEAST, _BELOW = 2, 200
# Columns in which the fields of a lying table may stand, rows looked at, and records it has at least.
_MARGIN, _DOWN, _ACROSS = 4, 300, 2


@dataclass(frozen=True)
class Groups:
    """Headers that stand apart: the first row of the header, and the first column of each group."""

    top: int
    bottom: int
    starts: tuple[int, ...]


def groups(grid: Grid, whole: SheetReading, vocabulary: Vocabulary) -> Groups | None:
    """Where tables may stand side by side on a sheet; None where none do.

    Args:
        grid: the sheet.
        whole: what it gave as one.
        vocabulary: for the words of headers.
    """
    for top, bottom in _doubtful(whole):
        above = heads(grid, Merges(grid), top, bottom, vocabulary.normal)
        found = _groups(grid, above, bottom, vocabulary)
        if len(found) > 1:
            return Groups(top, bottom, tuple(g[0].kolom[0] for g in found))
    return None


def parts(grid: Grid, found: Groups) -> list[Grid]:
    """The sheet once for each of the tables that stand side by side, the others blanked."""
    return [_alone(grid, found, i) for i in range(len(found.starts))]


def beginning(grid: Grid, found: Groups) -> Grid:
    """So much of the sheet as shows whether the groups are tables; a long one is not read twice in vain."""
    end = found.bottom + 1 + _BELOW
    return replace(grid, teks=grid.teks[:end], jenis=grid.jenis[:end], format=grid.format[:end])


def _doubtful(whole: SheetReading) -> list[tuple[int, int]]:
    """Headers that were not explained whole, from the top."""
    rows = [t.kepala for t in whole.tables if len(t.asing) >= _LEAST and not t.lanjutan]
    return sorted({*rows, *((n.sel[0], n.bawah) for n in whole.near)})


def _groups(grid: Grid, above: Sequence[Head], bottom: int, vocabulary: Vocabulary) -> list[list[Head]]:
    """Headers apart from each other by a blank column, or by a column of numbers that begins anew."""
    groups: list[list[Head]] = [[above[0]]] if above else []
    for before, head in pairwise(above):
        gap = range(before.kolom[-1] + 1, head.kolom[0])
        if any(_blank_below(grid, c, bottom) for c in gap) or vocabulary.abaikan.matches(head.penuh):
            groups.append([])
        groups[-1].append(head)
    return groups if all(len(g) >= _LEAST for g in groups) else []


def _blank_below(grid: Grid, c: int, bottom: int) -> bool:
    return all(kinds[c] == " " for kinds in grid.jenis[bottom + 1 : bottom + 1 + _BELOW])


def _alone(grid: Grid, found: Groups, which: int) -> Grid:
    """The sheet with the columns of one table only; titles over all of them stay."""
    top, edges = found.top, [0, *found.starts[1:], len(grid.teks[0])]
    first, last = edges[which], edges[which + 1]
    owners = [_owners(grid, r, edges) for r in range(top)]
    own_titles = any(o and min(o) > 0 for o in owners)
    teks, jenis, kinds = [], [], []
    for r in range(len(grid.teks)):
        if r < top and _common(owners[r], own_titles):
            teks.append(list(grid.teks[r]))
            jenis.append(grid.jenis[r])
            kinds.append(grid.format[r])
            continue
        width = len(grid.teks[r])
        left, right = " " * first, " " * (width - last)
        teks.append([""] * first + list(grid.teks[r][first:last]) + [""] * (width - last))
        jenis.append(left + grid.jenis[r][first:last] + right)
        kinds.append(left + grid.format[r][first:last] + right)
    return replace(grid, teks=teks, jenis=jenis, format=kinds)


def _owners(grid: Grid, r: int, edges: Sequence[int]) -> set[int]:
    """Which of the tables have text of their own in a title row; a range merged over all is nobody's own."""
    wide = {c0 for r0, c0, _, c1 in grid.gabung if r0 == r and c0 < edges[1] <= c1}
    filled = [c for c, kind in enumerate(grid.jenis[r]) if kind != " " and c not in wide]
    return {i for i in range(len(edges) - 1) for c in filled if edges[i] <= c < edges[i + 1]}


def _common(owners: set[int], own_titles: bool) -> bool:
    """Whether a title row titles all: nobody's own, or the first one's where no other has any."""
    return not owners or (owners == {0} and not own_titles)


def together(grid: Grid, apart: Sequence[SheetReading]) -> SheetReading:
    """The tables side by side as one sheet; a physical row counts once, as the most that any makes of it."""
    tables = [t for reading in apart for t in reading.tables]
    tables.sort(key=lambda t: (t.kepala, t.columns[0].kolom))
    for i, table in enumerate(tables, 1):
        table.tabel_ke = i
    classes = [_one_of(found) for found in zip(*(a.classes for a in apart), strict=True)]
    near = [n for a in apart for n in a.near if classes[n.sel[0]] == TIDAK_DIKENAL]
    return SheetReading(grid.lembar, tables, classes, check_counts(classes, grid.lembar), near)


def _one_of(found: Sequence[str]) -> str:
    return next((k for k in _FIRST if k in found), found[0])


def lying(grid: Grid, vocabulary: Vocabulary, claims: Claims) -> Near | None:
    """The form whose required fields stand below each other, one a row, with values to their right."""
    best: Near | None = None
    for c in range(min(_MARGIN, len(grid.teks[0]) if grid.teks else 0)):
        rows = _named(grid, c, vocabulary.normal, claims)
        for i, named in rows.items():
            form = vocabulary.forms[i]
            if not _whole(form, set(named)) or (best is not None and len(named) <= best.kolom):
                continue
            first = min(named.values())
            best = Near(form, (first, c), first, (), (), (), 1.0, len(named), melintang=True)
    return best


def _named(grid: Grid, c: int, normal: Callable[[str], str], claims: Claims) -> dict[int, dict[str, int]]:
    """Form -> field -> row, of the texts of one column that have values beside them."""
    found: dict[int, dict[str, int]] = {}
    for r, (texts, jenis) in enumerate(zip(grid.teks[:_DOWN], grid.jenis[:_DOWN], strict=True)):
        if jenis[c] != "t" or len(jenis[c + 1 :].replace(" ", "")) < _ACROSS:
            continue
        for i, one, _ in claims(normal(texts[c])):
            found.setdefault(i, {}).setdefault(one.nama, r)
    return found


def _whole(form: Form, named: set[str]) -> bool:
    required = {f.nama for f in form.kolom if f.wajib}
    ways = all(any(set(way) <= named for way in group) for group in form.salah_satu)
    return len(required) > _LEAST and required <= named and ways
