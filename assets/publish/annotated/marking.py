"""Marks put on a workbook: fills, comments, an index with links, and nothing else changed.

An xlsx or xlsm keeps every part that is not touched byte for byte, and every byte around an edit: charts,
pictures, validations, conditional formats, macros, names, formulas with their values, protection. Any other
file is marked on a copy of its text (``copied.py``), which says so.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from assets.publish.annotated import book, comments, copied, index, styles
from assets.publish.annotated.markup import MarkupUnfit
from assets.publish.annotated.package import Package
from assets.publish.annotated.place import Area, a1, area
from assets.publish.annotated.sheet import Sheet
from assets.readers import private
from assets.readers.grid import Grid
from assets.readers.guarded import open_guarded

_GRAVITY = {"henti": 0, "tahan": 1, "tolak": 2, "ingat": 3}
# Beyond these a sheet gets slow to open: cells of one mark that are filled, comments on one sheet.
_FILLED, _COMMENTED = 5_000, 1_000
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WHERE_TO_MEND = "Perbaiki di berkas asli Anda, lalu periksa lagi: lumbung check. Salinan ini hanya penunjuk."
_KEPT = "Ini berkas Anda dengan sel bertanda: isi, rumus, dan bentuknya tidak diubah. " + _WHERE_TO_MEND
_COPY = (
    "Ini SALINAN untuk penandaan, bukan berkas asli: isi berkas ditulis ulang sebagai teks di alamat yang"
    " sama. " + _WHERE_TO_MEND
)
_HOW = "Klik alamat di kolom Sel untuk ke selnya; klik sel bertanda untuk kembali ke barisnya di sini."

_Cell = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """Something to show at a cell.

    ``lembar`` and ``sel`` are as findings name them (``sel`` a cell, a range, or rows; either may be None);
    ``akibat`` is the consequence; ``title`` says what is wrong, ``text`` what stood there, what was expected
    and how to mend it.
    """

    lembar: str | None
    sel: str | None
    akibat: str
    title: str
    text: str


@dataclass(frozen=True)
class Annotated:
    """What was written: where, how many cells are filled, and whether it is a copy for marking."""

    path: Path
    sel_bertanda: int
    salinan: bool


def annotate(
    path: Path,
    marks: Iterable[Mark],
    to: Path,
    *,
    nama: str | None = None,
    lembar: Sequence[Grid] | None = None,
) -> Annotated:
    """Write a workbook with these cells marked.

    Args:
        path: the file, which has passed the guard of ``assets/readers``.
        marks: in the order in which they are to be told; one of the same cell adds to its comment.
        to: the workbook to write, whole or not at all.
        nama: the file's name as it may be told; its own where not given.
        lembar: its sheets as read, if they are at hand (needed only for a copy; else the file is opened).

    Raises:
        MarkupUnfit: no sheet of it can be read, so there is nothing to mark.
    """
    told = list(marks)
    name = nama or path.name
    if zipfile.is_zipfile(path):
        try:
            return _marked(path, told, to, name, _KEPT, salinan=False)
        except MarkupUnfit:
            # An ods, or of a program that keeps to no standard: a copy serves, and says that it is one.
            to.with_name(f".{to.name}.building").unlink(missing_ok=True)
    grids = list(lembar) if lembar is not None else next(iter(open_guarded([path])))[1].lembar
    return _on_copy(grids, told, to, name)


def _on_copy(grids: Sequence[Grid], marks: Sequence[Mark], to: Path, nama: str) -> Annotated:
    if not grids:
        raise MarkupUnfit(f"{nama} holds no sheet that can be shown")
    names = copied.sheet_names(grids)
    by_name = {g.lembar: g for g in grids}
    only = grids[0].lembar if len(grids) == 1 else None
    moved = []
    for mark in marks:
        grid = by_name.get(mark.lembar or only or "")
        where = copied.place(mark.sel, grid) if grid else None
        moved.append(replace(mark, lembar=names[grid.lembar] if grid else mark.lembar, sel=_said(where)))
    blank = to.with_name(f".{to.name}.salinan")
    copied.write(grids, blank)
    try:
        return _marked(blank, moved, to, nama, _COPY, salinan=True)
    finally:
        blank.unlink()


def _said(where: Area | None) -> str | None:
    if where is None:
        return None
    if where.whole_rows:
        return f"{where.baris}:{where.sampai_baris}"
    first, last = a1(*where.first), a1(where.sampai_baris, where.sampai_kolom)
    return first if first == last else f"{first}:{last}"


# --- one workbook ------------------------------------------------------------------------------------


@dataclass
class _OnSheet:
    """The marks of one sheet: what each cell is filled for, what its comment says, its line in the index."""

    akibat: dict[_Cell, str] = field(default_factory=dict)
    komentar: dict[_Cell, list[str]] = field(default_factory=dict)
    nomor: dict[_Cell, int] = field(default_factory=dict)


def _marked(path: Path, marks: Sequence[Mark], to: Path, nama: str, note: str, *, salinan: bool) -> Annotated:
    with Package.open(path) as package:
        sheets = list(book.sheets(package))
        entries = dict(zip(private.sheet_names([e.nama for e in sheets]), sheets, strict=True))
        index_name = book.free_name(index.NAME, [e.nama for e in sheets])
        part = book.styles_part(package)
        style = styles.Styles(package.read(part) if part else styles.empty(package.main))
        notes = [note, _HOW]
        begins = index.first_row(notes)
        lines: list[index.Line] = []
        filled = 0
        numbered = list(enumerate(marks, 1))
        for name, entry in entries.items():
            own = [(n, m, a) for n, m in numbered if m.lembar == name and (a := area(m.sel)) is not None]
            if own:
                filled += _mark_sheet(package, entry, own, style, index_name, begins)
        lines = [_line(n, m, entries) for n, m in numbered]
        content = index.sheet(lines, f"Temuan atas {nama}", notes, style, package.main)
        target = part or "xl/styles.xml"  # where some readers look whatever the package says
        if not part:
            book.add_styles(package, target)
        package.write(target, style.result())
        book.add_sheet(package, index_name, _free_part(package, "xl/worksheets/temuan"), content)
        package.save(to)
    return Annotated(to, filled, salinan)


def _line(nomor: int, mark: Mark, entries: Mapping[str, book.SheetEntry]) -> index.Line:
    where, entry = area(mark.sel), entries.get(mark.lembar or "")
    sel = mark.sel or ""
    lembar = mark.lembar or ""
    if entry is not None and entry.tersembunyi:
        lembar += " (tersembunyi)"
    target = None
    if where is not None and entry is not None and not entry.tersembunyi:
        target = f"{_quoted(entry.nama)}!{_said(where)}"
    return index.Line(nomor, mark.akibat, lembar, sel, mark.title, mark.text, target)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _free_part(package: Package, stem: str, ending: str = "xml") -> str:
    number = 1
    while package.has(f"{stem}{number}.{ending}"):
        number += 1
    return f"{stem}{number}.{ending}"


def _mark_sheet(
    package: Package,
    entry: book.SheetEntry,
    own: Sequence[tuple[int, Mark, Area]],
    style: styles.Styles,
    index_name: str,
    begins: int,
) -> int:
    """Mark one sheet; returns how many cells are filled."""
    sheet = Sheet(package.read(entry.part), [a for _, _, a in own])
    placed = _OnSheet()
    for nomor, mark, where in own:
        _place(placed, sheet, nomor, mark, where)
    sheet.restyle({cell: _filler(style, akibat) for cell, akibat in placed.akibat.items()})
    tip = "Temuan no. {}: ke daftar temuan"
    sheet.link(
        {
            cell: (f"{_quoted(index_name)}!D{begins + n - 1}", tip.format(n))
            for cell, n in placed.nomor.items()
            if sheet.may_link(*cell)
        }
    )
    _comment(package, entry.part, sheet, placed)
    package.write(entry.part, sheet.result())
    return len(placed.akibat)


def _filler(style: styles.Styles, akibat: str) -> Callable[[int], int]:
    return partial(style.filled, akibat=akibat)


def _place(placed: _OnSheet, sheet: Sheet, nomor: int, mark: Mark, where: Area) -> None:
    """Settle which cells of a mark are filled, and which one speaks."""
    speaks = sheet.anchor(*where.first)
    cells = [speaks]
    if where.first != (where.sampai_baris, where.sampai_kolom):
        inside = [cell for cell in sheet.filled_cells(where) if sheet.anchor(*cell) == cell]
        cells = inside if inside and len(inside) <= _FILLED else [speaks]
        speaks = cells[0] if where.whole_rows else speaks
    for cell in dict.fromkeys([speaks, *cells]):
        former = placed.akibat.get(cell)
        if former is None or _GRAVITY[mark.akibat] < _GRAVITY[former]:
            placed.akibat[cell] = mark.akibat
    if speaks in placed.komentar or len(placed.komentar) < _COMMENTED:
        said = f"[{mark.akibat.upper()}] {mark.title}\n{mark.text}\n(Temuan no. {nomor})"
        placed.komentar.setdefault(speaks, []).append(said)
    placed.nomor.setdefault(speaks, nomor)


def _comment(package: Package, part: str, sheet: Sheet, placed: _OnSheet) -> None:
    """Put the comments of one sheet in their part, and a box for each new one in its drawing."""
    if not placed.komentar:
        return
    words = {cell: "\n\n".join(said) for cell, said in placed.komentar.items()}
    targets = package.targets(part)
    held = next(iter(targets.get("comments", {}).values()), None)
    content, new = comments.add(package.read(held) if held else comments.empty(package.main), words)
    if held is None:
        held = _free_part(package, "xl/commentsLumbung")
        package.declare(held, _COMMENTS)
        package.refer(part, "comments", held)
    package.write(held, content)
    drawing = targets.get("vmlDrawing", {}).get(sheet.drawing or "")
    if drawing is not None:
        package.write(drawing, comments.boxes(package.read(drawing), {c: words[c] for c in new}))
        return
    drawing = _free_part(package, "xl/drawings/vmlDrawingLumbung", "vml")
    package.declare_ending("vml", _VML)
    package.write(drawing, comments.boxes(None, {c: words[c] for c in new}))
    sheet.draw(package.refer(part, "vmlDrawing", drawing), package.office)
