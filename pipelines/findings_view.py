"""Findings of the last run, as a table, JSON, workbook or page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assets.publish import snapshot
from assets.publish.cells import safe_text
from pipelines import findings_page
from warehouse import contracts

_SHOWN = (
    "akibat", "aturan", "kode_unit", "periode", "berkas", "lembar", "sel", "tertulis", "seharusnya",
    "selisih", "pesan", "cara_perbaiki", "dasar_hukum", "jumlah", "koreksi_id", "pengecualian_id",
    "temuan_id",
)  # fmt: skip
_ENGLISH = {"pesan": "pesan_en", "cara_perbaiki": "cara_perbaiki_en"}
_ORDER = {"henti": 0, "tahan": 1, "tolak": 2, "ingat": 3}


class NothingPublished(LookupError):
    """There is no run whose findings could be shown."""


def read(published: Path, *, unit: str | None, akibat: str | None) -> list[dict[str, Any]]:
    """Findings of the last run, gravest first; optionally of one unit or one consequence.

    Raises:
        NothingPublished: nothing has been published in this home yet.
    """
    found = snapshot.read(published, "temuan")
    if found is None:
        raise NothingPublished(f"belum ada terbitan di {published}; jalankan: lumbung run")
    rows = [
        r
        for r in contracts.as_rows(found)
        if (unit is None or r["kode_unit"] == unit) and (akibat is None or r["akibat"] == akibat)
    ]
    rows.sort(key=lambda r: (_ORDER[r["akibat"]], r["aturan"], r["berkas"] or "", r["temuan_id"]))
    return rows


def write(rows: list[dict[str, Any]], form: str, to: Path | None, lang: str) -> str:
    """Write the findings; returns what is to be printed (the text itself, or where the file lies)."""
    shown = [{c: r[_ENGLISH.get(c, c) if lang == "en" else c] for c in _SHOWN} for r in rows]
    if form == "xlsx" and to is None:
        raise ValueError("a workbook needs a file to be written to")
    if to is None:
        return _as_text(shown, form)
    to.parent.mkdir(parents=True, exist_ok=True)
    if form == "xlsx":
        _workbook(shown, to)
    else:
        to.write_text(_as_text(shown, form), encoding="utf-8")
    return f"{len(rows)} temuan: {to}"


def _as_text(rows: list[dict[str, Any]], form: str) -> str:
    if form == "json":
        return _json(rows)
    return findings_page.page(rows) if form == "html" else _text(rows)


def _text(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "Tidak ada temuan."
    lines = []
    for r in rows:
        where = " · ".join(str(r[c]) for c in ("berkas", "lembar", "sel") if r[c] and r[c] != "-")
        about = " ".join(str(r[c]) for c in ("kode_unit", "periode") if r[c])
        lines.append(f"[{r['akibat']}] {r['aturan']}  {about}")
        lines += [f"    {where}"] if where else []
        lines.append(f"    {r['pesan']}")
        lines += [f"    → {r['cara_perbaiki']}"] if r["cara_perbaiki"] else []
    return "\n".join(lines)


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _workbook(rows: list[dict[str, Any]], to: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Temuan"
    sheet.append(list(_SHOWN))
    for row in rows:
        sheet.append([safe_text(row[c]) for c in _SHOWN])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in {"E": 34, "H": 22, "I": 22, "K": 70, "L": 50, "M": 40}.items():
        sheet.column_dimensions[column].width = width
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(to)
