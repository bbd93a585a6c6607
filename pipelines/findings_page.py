"""The findings as one page: opens offline, prints, reads from the gravest to the lightest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_MEANS = {
    "henti": "tidak ada yang terbit",
    "tahan": "angka ini tidak terbit sampai dibereskan",
    "tolak": "baris atau sel ini tidak dipakai",
    "ingat": "angka terbit, dengan catatan",
}

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1.5rem;
  color: #1c1c1a }
h1 { margin: 0 0 .25rem } h2 { margin: 2rem 0 .5rem; border-bottom: 2px solid #1c1c1a }
h2 small, .faint { color: #5a5a55; font-weight: normal; font-size: .9rem }
article { border: 1px solid #cfcfc8; border-left: .4rem solid #8a8a80; padding: .6rem .9rem; margin: .6rem 0;
  break-inside: avoid }
.henti { border-left-color: #7a0000 } .tahan { border-left-color: #b3261e }
.tolak { border-left-color: #9a6700 }
p { margin: .2rem 0 } .where { font-family: ui-monospace, monospace; font-size: .88rem }
dl { display: inline-flex; gap: 1.5rem; margin: .3rem 0; flex-wrap: wrap }
dt { color: #5a5a55; font-size: .82rem } dd { margin: 0; font-variant-numeric: tabular-nums }
"""


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """The whole page; ``rows`` are findings, gravest first."""
    counts = Counter(r["akibat"] for r in rows)
    said = ", ".join(f"{n} {akibat}" for akibat, n in counts.items()) or "tidak ada"
    body = "".join(_part(akibat, [r for r in rows if r["akibat"] == akibat]) for akibat in counts)
    return (
        '<!doctype html>\n<html lang="id">\n<head><meta charset="utf-8"><title>Temuan lumbung</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>Temuan</h1>\n"
        f"<p>{len(rows)} temuan dari jalan terakhir: {escape(said)}.</p>\n{body}</main></body></html>\n"
    )


def _part(akibat: str, rows: Sequence[Mapping[str, Any]]) -> str:
    heading = f"<h2>{escape(akibat)} <small>{escape(_MEANS[akibat])} · {len(rows)}</small></h2>\n"
    return f"<section>{heading}{''.join(map(_article, rows))}</section>\n"


def _article(row: Mapping[str, Any]) -> str:
    where = " · ".join(escape(str(row[c])) for c in ("berkas", "lembar", "sel") if row[c] and row[c] != "-")
    about = " · ".join(escape(str(row[c])) for c in ("kode_unit", "periode", "aturan") if row[c])
    values = "".join(
        f"<div><dt>{name}</dt><dd>{escape(str(row[name]))}</dd></div>"
        for name in ("tertulis", "seharusnya", "selisih")
        if row[name]
    )
    basis = f'<p class="faint">Dasar: {escape(row["dasar_hukum"])}</p>' if row["dasar_hukum"] else ""
    return (
        f'<article class="{row["akibat"]}"><p><strong>{escape(row["pesan"])}</strong></p>'
        f'<p class="where">{where}</p><dl>{values}</dl>'
        f'<p>→ {escape(row["cara_perbaiki"] or "")}</p>{basis}<p class="faint">{about}</p></article>\n'
    )
