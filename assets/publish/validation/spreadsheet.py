"""A workbook of plain tables, written part by part: text exactly as it is, header frozen, filters, links.

A library that keeps every cell as an object takes a minute for a hundred thousand findings; this takes
seconds. Each text stands once (shared strings). Text that a spreadsheet could run is made harmless by
``cells.safe_text``. What does not belong here: knowing what the tables are about.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from assets.publish.annotated.markup import quoted, text
from assets.publish.annotated.place import a1
from assets.publish.cells import safe_text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST = 32_767  # letters a cell may hold
_LINKS = 65_000  # Excel drops the links of a sheet beyond 65,530
_BLOCK = 2_000
_PLAIN, _BOLD, _LINK = 1, 2, 3  # styles, in the order of ``_STYLES``


@dataclass
class Sheet:
    """One sheet: heads and widths, columns of values, and links by row (file, place in it) on one column."""

    name: str
    widths: Mapping[str, int]
    heads: Sequence[str]
    columns: list[list[Any]]
    link_column: int = 0
    links: Mapping[int, tuple[str, str | None]] = field(default_factory=dict)


def write(sheets: Sequence[Sheet], to: Path) -> None:
    """Write the workbook, whole or not at all."""
    building = to.with_name(f".{to.name}.building")
    strings: dict[str, int] = {}
    with zipfile.ZipFile(building, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for n, sheet in enumerate(sheets, 1):
            with out.open(f"xl/worksheets/sheet{n}.xml", "w", force_zip64=True) as part:
                part.writelines(piece.encode("utf-8") for piece in _sheet(sheet, strings))
            if sheet.links:
                out.writestr(f"xl/worksheets/_rels/sheet{n}.xml.rels", _targets(sheet))
        with out.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.writelines(piece.encode("utf-8") for piece in _strings(strings))
        for name, content in _frame(sheets):
            out.writestr(name, content)
    building.replace(to)


def _sheet(sheet: Sheet, strings: dict[str, int]) -> Iterator[str]:
    rows = len(sheet.columns[0])
    last = a1(rows + 1, len(sheet.heads))
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><dimension ref="A1:{last}"/><sheetViews>'
    yield '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    yield 'state="frozen"/></sheetView></sheetViews><cols>'
    for n, width in enumerate(sheet.widths.values(), 1):
        yield f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
    yield '</cols><sheetData><row r="1">'
    for n, head in enumerate(sheet.heads, 1):
        yield f'<c r="{a1(1, n)}" s="{_BOLD}" t="s"><v>{_shared(head, strings)}</v></c>'
    yield "</row>"
    yield from _rows(sheet, strings)
    yield f'</sheetData><autoFilter ref="A1:{last}"/>'
    yield from _links(sheet)
    yield f'<ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors>'
    yield "</worksheet>"


def _rows(sheet: Sheet, strings: dict[str, int]) -> Iterator[str]:
    letters = [f'<c r="{a1(1, n)[:-1]}' for n in range(1, len(sheet.heads) + 1)]
    cells = [[_inside(value, _PLAIN, strings) for value in column] for column in sheet.columns]
    for at in _linked(sheet):
        cells[sheet.link_column][at] = _inside(sheet.columns[sheet.link_column][at], _LINK, strings)
    block: list[str] = []
    for number, values in enumerate(zip(*cells, strict=True), 2):
        filled = [f"{letter}{number}{value}" for letter, value in zip(letters, values, strict=True) if value]
        block.append(f'<row r="{number}">{"".join(filled)}</row>')
        if len(block) == _BLOCK:
            yield "".join(block)
            block.clear()
    yield "".join(block)


def _inside(value: Any, style: int, strings: dict[str, int]) -> str:
    """The rest of a cell after its address: a number, a shared text; nothing for a blank."""
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        return f'" s="{style}"><v>{value}</v></c>'
    return f'" s="{style}" t="s"><v>{_shared(value, strings)}</v></c>'


def _shared(value: str, strings: dict[str, int]) -> int:
    return strings.setdefault(value, len(strings))


def _strings(strings: Mapping[str, int]) -> Iterator[str]:
    yield f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">'
    said = list(strings)
    for n in range(0, len(said), _BLOCK):
        some = (text(safe_text(one)[:_LONGEST]) for one in said[n : n + _BLOCK])
        yield "".join(f'<si><t xml:space="preserve">{one}</t></si>' for one in some)
    yield "</sst>"


def _linked(sheet: Sheet) -> dict[int, tuple[str, str | None]]:
    return dict(islice(sheet.links.items(), _LINKS))


def _targets_of(sheet: Sheet) -> dict[str, int]:
    return {target: n for n, target in enumerate(dict.fromkeys(t for t, _ in _linked(sheet).values()), 1)}


def _links(sheet: Sheet) -> Iterator[str]:
    if not sheet.links:
        return
    numbers = _targets_of(sheet)
    yield "<hyperlinks>"
    for at, (target, place) in _linked(sheet).items():
        where = f" location={quoted(place)}" if place else ""
        yield f'<hyperlink ref="{a1(at + 2, sheet.link_column + 1)}" r:id="rId{numbers[target]}"{where}/>'
    yield "</hyperlinks>"


def _targets(sheet: Sheet) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/hyperlink" Target={quoted(target)}'
        ' TargetMode="External"/>'
        for target, n in _targets_of(sheet).items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """The parts around the sheets."""
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f"{kinds}</Types>",
    )
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    listed = "".join(
        f'<sheet name={quoted(s.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, s in zip(numbers, sheets, strict=True)
    )
    # Excel keeps a filter under a hidden name; without it the arrows are there but do not filter on opening.
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
        f"{text(_range(s))}</definedName>"
        for n, s in enumerate(sheets)
    )
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        f"<definedNames>{filters}</definedNames></workbook>",
    )
    others = (("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
    links = [f'Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"' for n in numbers]
    links += [
        f'Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"'
        for n, (kind, target) in enumerate(others, len(sheets) + 1)
    ]
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f"<Relationship {link}/>" for link in links)
        + "</Relationships>",
    )
    yield "xl/styles.xml", _STYLES


def _range(sheet: Sheet) -> str:
    last, rows = a1(1, len(sheet.heads))[:-1], len(sheet.columns[0]) + 1
    return f"'{sheet.name}'!$A$1:${last}${rows}"


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="3"><font><sz val="10"/><name val="Calibri"/></font>'
    '<font><b/><sz val="10"/><name val="Calibri"/></font>'
    '<font><u/><sz val="10"/><color rgb="FF0B5394"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF1F1EC"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
