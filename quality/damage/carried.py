"""Labels that hold until the next one, where the rows' own codes say that one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.damage.sheet import LARGE, Sheet
from quality.finding import Finding


def find(sheet: Sheet) -> list[Finding]:
    """One finding for each block of rows under a label that is not theirs, and one a column for blanks."""
    found: list[Finding] = []
    for name, (code, parts) in sheet.form.isian.items():
        if sheet.present(name) and sheet.present(code) and len(sheet) <= LARGE:
            stems = [_stem(t, parts) for t in sheet.texts(code)]
            found += _too_far(sheet, name, code, stems)
            found += _blank(sheet, name, stems)
    return found


def _stem(text: str, parts: int) -> str | None:
    """The part of a code that stands for the label's level; None where the code does not reach it."""
    if "." in text:
        segments = [s.lstrip("0") or "0" for s in re.split(r"[.\s]+", text.strip(" ."))]
        if len(segments) > parts:
            return ".".join(segments[:parts])
        text = "" if len(segments) < 4 else "".join(segments)
    return text[:parts] if text.isdigit() and len(text) > parts and parts in (2, 4, 6) else None


def _too_far(sheet: Sheet, name: str, code: str, stems: list[str | None]) -> Iterator[Finding]:
    """Blocks of rows whose label was carried down from a row of another code."""
    above: tuple[int, str | None] | None = None
    blocks: dict[tuple[int, str], list[int]] = {}
    for row in sheet.data:
        text = sheet.text(row, name)
        if text and sheet.format(row, name) != "^":
            above = (row, stems[row])
        elif text and above and above[1] and stems[row] and stems[row] != above[1]:
            blocks.setdefault((above[0], stems[row] or ""), []).append(row)
    for (first, stem), rows in blocks.items():
        yield sheet.finding(
            "label_terbawa_jauh",
            sheet.cell(rows[0], name, rows[-1]),
            tertulis=sheet.text(rows[0], name),
            jumlah=len(rows),
            related=(sheet.cell(rows[0], code), sheet.cell(first, code)),
            isi={"bukti": f"{stem} ≠ {stems[first]}"},
        )


def _blank(sheet: Sheet, name: str, stems: list[str | None]) -> Iterator[Finding]:
    """Rows without the label that another row of the same code carries."""
    texts = sheet.texts(name)
    named: dict[str, int] = {}
    for row in sheet.data:
        if texts[row] and (stem := stems[row]):
            named.setdefault(stem, row)
    bare = [r for r in sheet.data if not texts[r] and stems[r] in named]
    if bare:
        first = named[stems[bare[0]] or ""]
        yield sheet.finding(
            "label_hanya_baris_pertama",
            sheet.cell(bare[0], name, bare[-1]),
            seharusnya=texts[first],
            jumlah=len(bare),
            related=(sheet.cell(first, name),),
            isi={"bukti": f"{stems[first]}"},
        )
