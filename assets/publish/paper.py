"""What every page has in common: one style, readable on paper, on a phone and without a network."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

# The consequences from the gravest on, and what each means to the officer.
MEANS = {
    "henti": "tidak ada yang terbit",
    "tahan": "angka ini tidak terbit sampai dibereskan",
    "tolak": "baris atau sel ini tidak dipakai",
    "ingat": "angka terbit, dengan catatan",
}

STYLE = """
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1.5rem;
  color: #1c1c1a; background: #fff }
h1 { margin: 0 0 .25rem; overflow-wrap: anywhere }
h2 { margin: 2rem 0 .5rem; border-bottom: 2px solid #1c1c1a }
h2 small, .faint { color: #55554f; font-weight: normal; font-size: .9rem }
article { border: 1px solid #cfcfc8; border-left: .4rem solid #8a8a80; padding: .6rem .9rem; margin: .6rem 0;
  break-inside: avoid }
.henti { border-left-color: #7a0000 } .tahan { border-left-color: #b3261e }
.tolak { border-left-color: #9a6700 }
p { margin: .2rem 0; overflow-wrap: anywhere }
.where { font-family: ui-monospace, monospace; font-size: .88rem }
dl { display: inline-flex; gap: 1.5rem; margin: .3rem 0; flex-wrap: wrap }
dt { color: #55554f; font-size: .82rem } dd { margin: 0; font-variant-numeric: tabular-nums }
a { color: #0b5394 }
a:focus-visible, [tabindex]:focus-visible, summary:focus-visible { outline: 3px solid #0b5394 }
@media (max-width: 40rem) { body { padding: .8rem } }
@media print { body { max-width: none; padding: 0; font-size: 11px } a { color: inherit } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """A whole page; ``style`` adds to the common one, ``body`` is markup."""
    return document(title, f"<main>\n{body}</main>", style)


def document(title: str, body: str, style: str = "", *, lang: str = "id", head: str = "") -> str:
    """A whole page whose body brings its own landmarks; ``head`` is markup that goes before the style."""
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{head}'
        f"<style>{STYLE}{style}</style></head>\n<body>{body}</body></html>\n"
    )


def article(row: Mapping[str, Any], inside: str = "") -> str:
    """One finding (a row of ``temuan``); ``inside`` is markup to show below what stood there."""
    where = " · ".join(escape(str(row[c])) for c in ("berkas", "lembar", "sel") if row[c] and row[c] != "-")
    about = " · ".join(escape(str(row[c])) for c in ("kode_unit", "periode", "aturan") if row[c])
    values = "".join(
        f"<div><dt>{name}</dt><dd>{escape(str(row[name]))}</dd></div>"
        for name in ("tertulis", "seharusnya", "selisih")
        if row[name]
    )
    beside = f'<p class="where">Sel terkait: {escape(row["sel_terkait"])}</p>' if row["sel_terkait"] else ""
    guess = f"<p>? {escape(row['dugaan'])}</p>" if row["dugaan"] else ""
    basis = f'<p class="faint">Dasar: {escape(row["dasar_hukum"])}</p>' if row["dasar_hukum"] else ""
    return (
        f'<article class="{row["akibat"]}"><p><strong>{escape(row["pesan"])}</strong></p>'
        f'<p class="where">{where}</p>{f"<dl>{values}</dl>" if values else ""}{beside}{inside}'
        f'{guess}<p>→ {escape(row["cara_perbaiki"] or "")}</p>{basis}<p class="faint">{about}</p></article>\n'
    )


def section(akibat: str, articles: list[str]) -> str:
    """The findings of one consequence, under what it means."""
    heading = f"<h2>{escape(akibat)} <small>{escape(MEANS[akibat])} · {len(articles)}</small></h2>\n"
    return f"<section>{heading}{''.join(articles)}</section>\n"
