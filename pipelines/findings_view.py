"""Findings of the last run, as a table, JSON, workbook or page."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from assets.publish import snapshot
from assets.publish.cells import safe_text
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
    return _page(rows) if form == "html" else _text(rows)


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


_PAGE = """<!doctype html>
<html lang="id">
<meta charset="utf-8">
<title>Temuan lumbung</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1a1a1a }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #bbb; padding: .35rem .5rem; text-align: left; vertical-align: top }}
th {{ background: #f0f0ec; position: sticky; top: 0 }}
.henti {{ background: #f8d0d0 }} .tahan {{ background: #fde8e4 }} .tolak {{ background: #fdf3d8 }}
@media print {{ th {{ position: static }} }}
</style>
<h1>Temuan</h1>
<p>{n} temuan dari jalan terakhir.</p>
<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>
</html>
"""


def _page(rows: list[dict[str, Any]]) -> str:
    columns = _SHOWN[:-1]
    head = "".join(f"<th scope=col>{html.escape(c.replace('_', ' '))}</th>" for c in columns)
    body = "".join(
        f'<tr class="{r["akibat"]}">'
        + "".join(f"<td>{html.escape('' if r[c] is None else str(r[c]))}</td>" for c in columns)
        + "</tr>"
        for r in rows
    )
    return _PAGE.format(n=len(rows), head=head, body=body)
