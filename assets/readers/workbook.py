"""Workbooks (xlsx, xlsm, xls, ods) to grids: values by calamine, what it loses by the sidecar.

What a file is and whether it may be opened at all is settled before, in ``opening.py`` and ``safety.py``.
Formulas are never evaluated and links never followed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import python_calamine as calamine

from assets.readers import stempel
from assets.readers.coded import codes_of
from assets.readers.distinct import LARGE_BYTES, Distinct, NotPlain, distinct_of, replaced
from assets.readers.grid import BLANK, DATE, DURATION, ERROR, FORMULA, NUMBER, TIME, Book, Grid, kolom_huruf
from assets.readers.printed import Printer
from assets.readers.safety import LIMITS, Limits, Refused, check_cells
from assets.readers.sidecar import Side, format_rows, formats_of, scan, sheet_parts
from assets.readers.sidecar_ods import scan_ods
from assets.readers.sidecar_xls import scan_xls

NUMERIC = NUMBER + DATE + TIME + DURATION
_SHOWN = 5  # addresses named in one note


def read_workbook(path: Path, jenis_berkas: str, limits: Limits = LIMITS) -> Book:
    """Every sheet that holds anything, as grids of printed text.

    Args:
        path: the file; its zip container, if it is one, has passed ``safety.check_zip``.
        jenis_berkas: ``xlsx``, ``xlsm``, ``xls`` or ``ods``.
        limits: the largest bounding box of a sheet.

    Raises:
        Refused: locked, broken, empty or too large.
    """
    book = Book(jenis_berkas)
    try:
        sides = _sides(path, jenis_berkas, limits, book)
        with _opened(path, sides) as workbook:
            for about in workbook.sheets_metadata:
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                grid = _grid(workbook.get_sheet_by_name(about.name), sides.get(about.name, _Known()), limits)
                if not len(grid.teks):
                    continue
                grid.tersembunyi = about.visible != calamine.SheetVisibleEnum.Visible
                book.lembar.append(grid)
                book.catatan += _notes(grid)
    except calamine.PasswordError as locked:
        raise Refused("berkas_terkunci", sebab="berkata sandi") from locked
    except calamine.CalamineError as broken:
        if "limit exceeded" in str(broken):  # its own limit for ods, where one cell may say "repeat me"
            facts = {"bagian": "isi lembar", "ukuran": str(broken), "batas": f"{limits.cells} sel"}
            raise Refused("berkas_terlalu_besar", **facts) from broken
        raise Refused("berkas_rusak", sebab="isi buku kerja tidak terbaca sampai selesai") from broken
    except (ElementTree.ParseError, LookupError, ValueError) as broken:  # also a name of no encoding
        raise Refused("berkas_rusak", sebab="isi buku kerja tidak terbaca sampai selesai") from broken
    if not book.lembar:
        raise Refused("berkas_kosong", sebab="tidak ada lembar yang berisi")
    return book


@dataclass
class _Known:
    """What is known of a sheet before the value reader sees it; a large one is given it by distinct cells."""

    side: Side = field(default_factory=Side)
    part: str = ""
    distinct: Distinct | None = None


def _sides(path: Path, jenis_berkas: str, limits: Limits, book: Book) -> dict[str, _Known]:
    """The sidecar of each sheet, and the check of its extent before the value reader may see it."""
    if jenis_berkas == "xls":
        return {name: _Known(side) for name, side in scan_xls(path.read_bytes()).items()}
    if jenis_berkas == "ods":
        with zipfile.ZipFile(path) as archive:
            sides = scan_ods(archive)
        for name, side in sides.items():
            check_cells(side.tinggi, side.lebar, name, limits)
        return {name: _Known(side) for name, side in sides.items()}
    return _xlsx_sides(path, limits, book)


def _xlsx_sides(path: Path, limits: Limits, book: Book) -> dict[str, _Known]:
    sides = {}
    with zipfile.ZipFile(path) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            book.catatan.append(("makro_diabaikan", {}))
        book.templat = stempel.properties(archive)
        formats = formats_of(archive)
        for name, part in sheet_parts(archive).items():
            distinct = _distinct(archive, part, name, limits)
            side = scan(distinct.small if distinct else archive.read(part), formats)
            check_cells(side.tinggi, side.lebar, name, limits)
            if distinct:
                side.baris_tersembunyi = distinct.baris_tersembunyi
            sides[name] = _Known(side, part, distinct)
    return sides


def _distinct(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> Distinct | None:
    if archive.getinfo(part).file_size < LARGE_BYTES:
        return None
    try:
        return distinct_of(archive, part, name, limits)
    except NotPlain:
        return None


def _opened(path: Path, sides: Mapping[str, _Known]) -> calamine.CalamineWorkbook:
    """The workbook as the value reader is to see it."""
    small = {known.part: known.distinct.small for known in sides.values() if known.distinct}
    if not small:
        return calamine.CalamineWorkbook.from_path(path)
    with zipfile.ZipFile(path) as archive:
        return calamine.CalamineWorkbook.from_filelike(replaced(archive, small))


def _grid(sheet: calamine.CalamineSheet, known: _Known, limits: Limits) -> Grid:
    side = known.side
    end = sheet.end or (-1, -1)
    check_cells(end[0] + 1, end[1] + 1, sheet.name, limits)
    teks, jenis = _printed_rows(sheet)
    _overlay(teks, jenis, side)
    _trim(teks, jenis)
    grid = Grid(sheet.name, teks, jenis, list(format_rows(jenis, side.format, NUMERIC)))
    if known.distinct:
        grid = known.distinct.expand(grid).grid(sheet.name)
    height, width = len(grid.teks), len(grid.jenis[0]) if len(grid.jenis) else 0
    grid.gabung = _within(sheet.merged_cell_ranges or side.gabung, height, width)
    grid.baris_tersembunyi = frozenset(r for r in side.baris_tersembunyi if r < height)
    grid.kolom_tersembunyi = frozenset(
        c for first, last in side.kolom_tersembunyi for c in range(first, min(last + 1, width))
    )
    return grid


def _printed_rows(sheet: calamine.CalamineSheet) -> tuple[list[list[str]], list[str]]:
    """Rows from row 1 and column A, as the sheet shows them."""
    if sheet.start is None:
        return [], []
    printer, before = Printer(), sheet.start[1]
    lead, lead_kinds = [""] * before, BLANK * before
    teks, jenis = [], []
    for values in sheet.iter_rows():
        texts, kinds = printer.row(values)  # type: ignore[arg-type]
        teks.append(lead + texts if before else texts)
        jenis.append(lead_kinds + kinds)
    return teks, jenis


def _overlay(teks: list[list[str]], jenis: list[str], side: Side) -> None:
    """Put back what the value reader gave as blank: errors, and formulas without a value."""
    marks = dict.fromkeys(side.tanpa_nilai, ("", FORMULA))
    marks.update((cell, (error, ERROR)) for cell, error in side.galat.items())
    if not marks:
        return
    _widen(teks, jenis, 1 + max(r for r, _ in marks), 1 + max(c for _, c in marks))
    for (row, column), (text, kind) in marks.items():
        teks[row][column] = text
        jenis[row] = jenis[row][:column] + kind + jenis[row][column + 1 :]


def _widen(teks: list[list[str]], jenis: list[str], height: int, width: int) -> None:
    present = len(jenis[0]) if jenis else 0
    width = max(width, present)
    if width > present:
        for index, row in enumerate(teks):
            row.extend([""] * (width - present))
            jenis[index] += BLANK * (width - present)
    for _ in range(height - len(teks)):
        teks.append([""] * width)
        jenis.append(BLANK * width)


def _trim(teks: list[list[str]], jenis: list[str]) -> None:
    """Drop wholly blank rows at the end and columns at the right."""
    while jenis and not jenis[-1].strip(BLANK):
        jenis.pop()
        teks.pop()
    width = max((len(kinds.rstrip(BLANK)) for kinds in jenis), default=0)
    if jenis and width < len(jenis[0]):
        jenis[:] = [kinds[:width] for kinds in jenis]
        for row in teks:
            del row[width:]


def _within(
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> list[tuple[int, int, int, int]]:
    return [
        (r0, c0, min(r1, height - 1), min(c1, width - 1))
        for (r0, c0), (r1, c1) in merged
        if r0 < height and c0 < width
    ]


def _notes(grid: Grid) -> list[tuple[str, dict[str, str]]]:
    """What an officer should know of this sheet before its values are used."""
    notes: list[tuple[str, dict[str, str]]] = []
    where = {"lembar": grid.lembar}
    if grid.tersembunyi:
        notes.append(("lembar_tersembunyi", where))
    if grid.baris_tersembunyi or grid.kolom_tersembunyi:
        notes.append(("baris_tersembunyi", where | _hidden_said(grid)))
    for kind, rule in ((FORMULA, "rumus_tanpa_nilai"), (ERROR, "sel_galat")):
        cells = _of_kind(grid, kind)
        if cells:
            said = [f"{kolom_huruf(c)}{grid.baris_awal + r}" for r, c in cells[:_SHOWN]]
            more = f" dan {len(cells) - _SHOWN} lainnya" if len(cells) > _SHOWN else ""
            facts = {"sel": said[0], "jumlah": str(len(cells)), "daftar": ", ".join(said) + more}
            if kind == ERROR:
                facts["tertulis"] = grid.teks[cells[0][0]][cells[0][1]]
            notes.append((rule, where | facts))
    return notes


def _of_kind(grid: Grid, kind: str) -> list[tuple[int, int]]:
    if codes := codes_of(grid):
        return codes.where(kind)
    rows = [r for r, kinds in enumerate(grid.jenis) if kind in kinds]
    return [(r, c) for r in rows for c, k in enumerate(grid.jenis[r]) if k == kind]


def _hidden_said(grid: Grid) -> dict[str, str]:
    rows = _runs(grid.baris_tersembunyi)
    columns = _runs(grid.kolom_tersembunyi)
    parts = [f"baris {_span(str(a + 1), str(b + 1))}" for a, b in rows[:_SHOWN]]
    parts += [f"kolom {_span(kolom_huruf(a), kolom_huruf(b))}" for a, b in columns[:_SHOWN]]
    count = len(grid.baris_tersembunyi) + len(grid.kolom_tersembunyi)
    hidden = len(rows[_SHOWN:]) + len(columns[_SHOWN:])
    more = f" dan {hidden} bagian lain" if hidden else ""
    return {"jumlah": str(count), "daftar": ", ".join(parts) + more}


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
