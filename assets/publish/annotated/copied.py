"""A new workbook that holds the text of another file at the same addresses, for files that cannot be marked.

Text as it was read and nothing else: no formula, no number format, so that nothing looks like more than it
is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from assets.publish.annotated.book import free_name
from assets.publish.annotated.markup import quoted, text
from assets.publish.annotated.place import LAST_COLUMN, LAST_ROW, Area, a1, area
from assets.readers.grid import Grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ONLY_SHEET = "Isi berkas"
_LONGEST = 32_767
_NARROWEST, _WIDEST, _LOOKED_AT = 9, 45, 200


def sheet_names(grids: Sequence[Grid]) -> dict[str, str]:
    """Name of each sheet as read -> its name in the copy: short, and without what a name may not hold."""
    given: dict[str, str] = {}
    for grid in grids:
        wanted = _ONLY_SHEET if grid.lembar == "-" else grid.lembar
        given[grid.lembar] = free_name(wanted, list(given.values()))
    return given


def write(grids: Sequence[Grid], to: Path) -> None:
    """Write the copy, whole or not at all. A list with named columns gets their names as its first row."""
    building = to.with_name(f".{to.name}.building")
    names = sheet_names(grids)
    with zipfile.ZipFile(building, "w", zipfile.ZIP_DEFLATED) as out:
        for name, said in _parts(grids, names):
            out.writestr(name, said)
        for n, grid in enumerate(grids, 1):
            with out.open(f"xl/worksheets/sheet{n}.xml", "w") as part:
                for said in _sheet(grid):
                    part.write(said.encode("utf-8"))
    building.replace(to)


def _parts(grids: Sequence[Grid], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(grids) + 1)
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}</Types>',
    )
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    listed = "".join(
        f'<sheet name={quoted(names[g.lembar])} sheetId="{n}"{_hidden(g, grids)} r:id="rId{n}"/>'
        for n, g in zip(numbers, grids, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    )


def _hidden(grid: Grid, grids: Sequence[Grid]) -> str:
    # A workbook must show at least one sheet.
    alone = all(g.tersembunyi for g in grids)
    return ' state="hidden"' if grid.tersembunyi and not alone else ""


def place(sel: str | None, grid: Grid) -> Area | None:
    """Where an address of the file lies in the copy: the same cell, or that of a named column.

    A record of a list with named columns (``SKOR#36``) stands one row lower, below the names.
    """
    if not grid.kolom_nama:
        return area(sel)
    ends = [end.rpartition("#") for end in (sel or "").split(":")]
    if not all(name in grid.kolom_nama and number.isdigit() for name, _, number in ends):
        return None
    columns = [grid.kolom_nama.index(name) + 1 for name, _, _ in ends]
    rows = [int(number) + _shift(grid) for _, _, number in ends]
    return Area(min(rows), min(columns), max(rows), max(columns))


def _shift(grid: Grid) -> int:
    return 1 if grid.kolom_nama else 0


def _sheet(grid: Grid) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols>'
    for n in range(min(len(grid.teks[0]) if grid.teks else 1, LAST_COLUMN)):
        longest = max((len(row[n]) for row in grid.teks[:_LOOKED_AT]), default=0)
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        yield f'<col min="{n + 1}" max="{n + 1}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    if grid.kolom_nama and grid.baris_awal > 0:
        yield _row(1, grid.kolom_nama)
    for n, row in enumerate(grid.teks, grid.baris_awal + _shift(grid)):
        if n <= LAST_ROW:
            yield _row(n, row)
    yield "</sheetData></worksheet>"


def _row(number: int, said: Sequence[str]) -> str:
    cells = "".join(
        f'<c r="{a1(number, k)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{text(words[:_LONGEST])}</t></is></c>'
        for k, words in enumerate(said[:LAST_COLUMN], 1)
        if words
    )
    return f'<row r="{number}">{cells}</row>'
