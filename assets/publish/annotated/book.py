"""The workbook part: which sheets there are, where they lie, and one more at the end."""

from __future__ import annotations

from dataclasses import dataclass

from assets.publish.annotated.markup import Edits, MarkupUnfit, elements, quoted
from assets.publish.annotated.package import Package

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# What a sheet's name may not hold, and how long it may be.
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), "_")
_LONGEST = 31


@dataclass(frozen=True)
class SheetEntry:
    """One sheet of the workbook: its name, the part it lies in, whether it is shown."""

    nama: str
    part: str
    tersembunyi: bool


def sheets(package: Package) -> list[SheetEntry]:
    """The worksheets in their order; chart sheets hold no cells and are left out."""
    parts = package.targets(package.book).get("worksheet", {})
    found = elements(package.read(package.book), lambda name, *_: name == "sheet")
    return [
        SheetEntry(e.get("name"), parts[e.get("id")], e.get("state") in ("hidden", "veryHidden"))
        for e in found
        if e.get("id") in parts
    ]


def free_name(wanted: str, used: list[str]) -> str:
    """The name a sheet may have: the wanted one, or with a number where that is taken.

    >>> free_name("Temuan", ["LRA", "temuan"])
    'Temuan (2)'
    """
    tidy = wanted.translate(_FORBIDDEN).strip("' ") or "Lembar"
    taken = {u.casefold() for u in used}
    number, name = 1, tidy[:_LONGEST]
    while name.casefold() in taken:
        number += 1
        name = f"{tidy[: _LONGEST - 6]} ({number})"
    return name


def add_sheet(package: Package, nama: str, part: str, content: bytes) -> None:
    """Put one more sheet at the end, where it moves no other: names and charts count sheets by place.

    Raises:
        MarkupUnfit: the workbook part lists no sheets.
    """
    data = package.read(package.book)
    found = elements(data, lambda name, *_: name in ("sheet", "sheets"))
    listed = next((e for e in found if e.name == "sheets"), None)
    if listed is None:
        raise MarkupUnfit("the workbook lists no sheets")
    numbers = [int(e.get("sheetId")) for e in found if e.get("sheetId").isdigit()]
    relationship = package.refer(package.book, "worksheet", part)
    said = f'<{listed.prefix}sheet name={quoted(nama)} sheetId="{max([0, *numbers]) + 1}"'
    edits = Edits(data)
    edits.append_to(listed, f'{said} xmlns:lbr="{package.office}" lbr:id="{relationship}"/>'.encode())
    package.write(package.book, edits.result())
    package.write(part, content)
    package.declare(part, _SHEET)


def styles_part(package: Package) -> str | None:
    """Where the styles of the workbook lie, if it has any."""
    return next(iter(package.targets(package.book).get("styles", {}).values()), None)


def add_styles(package: Package, part: str) -> None:
    """Tell the workbook of a styles part that it did not have."""
    package.refer(package.book, "styles", part)
    package.declare(part, _STYLES)
