"""One finding as the page shows it; ``page.js`` draws the same from the packed columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from assets.publish.validation.grid import cap
from assets.publish.validation.words import SIGNS
from assets.publish.way_back.assets import button

# Figures listed at once; more fold away.
_LISTED = 8


def card(
    row: Mapping[str, Any],
    said: Mapping[str, str],
    settled: str | None,
    unit: str,
    copy: str | None,
    missing: Collection[str] = (),
) -> str:
    """The finding.

    Args:
        row: its columns as the page holds them (``packed.columns``), in the reader's language.
        said: words of the page.
        settled: the correction or waiver that settles it, as a sentence.
        unit: code and name of its unit.
        copy: link to the marked copy of its file.
        missing: figures that are not published; they have no way back.
    """
    where = " · ".join(escape(str(row[c])) for c in ("berkas", "lembar", "sel") if row[c])
    link = f' <a href="{escape(copy)}">{said["buka_salinan"]}</a>' if copy else ""
    parts = [
        f"<h4>{cap(row['akibat'], SIGNS[row['akibat']], row['akibat'])} {escape(row['pesan'])}</h4>",
        f'<p class="where">{where}{link}</p>' if where else "",
        _values(row, said),
        _line(said["dugaan"], _suspicion(row, said)),
        _line(said["sel_terkait"], row["sel_terkait"]),
        _line(said["cara"], row["cara_perbaiki"]),
        _line(said["dasar"], row["dasar_hukum"]),
        _figures(said["menahan"], row["menahan"], said, missing),
        _figures(said["menyentuh"], row["menyentuh"], said, missing),
        f'<p class="settled">{escape(settled)}</p>' if settled else "",
        f'<p class="faint">{_about(row, said, unit)}</p>',
    ]
    return f'<article class="temuan {row["akibat"]}">{"".join(parts)}</article>\n'


def _line(word: str, text: str | None) -> str:
    return f"<p><b>{escape(word)}:</b> {escape(text)}</p>" if text else ""


def _values(row: Mapping[str, Any], said: Mapping[str, str]) -> str:
    shown = "".join(
        f"<div><dt>{said[name]}</dt><dd>{escape(row[name])}</dd></div>"
        for name in ("tertulis", "seharusnya", "selisih")
        if row[name]
    )
    return f"<dl>{shown}</dl>" if shown else ""


def _suspicion(row: Mapping[str, Any], said: Mapping[str, str]) -> str | None:
    if row["dugaan"] and row["sel_dicurigai"]:
        return f"{row['dugaan']} ({said['dugaan_sel']}: {row['sel_dicurigai']})"
    return row["dugaan"] or (f"{said['dugaan_sel']} {row['sel_dicurigai']}" if row["sel_dicurigai"] else None)


def _figures(word: str, listed: str | None, said: Mapping[str, str], missing: Collection[str]) -> str:
    if not listed:
        return ""
    items = [f"<li>{_figure(one, missing)}</li>" for one in listed.split("; ")]
    more = ""
    if len(items) > _LISTED:
        rest = said["lagi"].format(n=len(items) - _LISTED)
        more = f"<details><summary>{rest}</summary><ul>{''.join(items[_LISTED:])}</ul></details>"
    return f'<div class="angka"><b>{escape(word)}:</b><ul>{"".join(items[:_LISTED])}</ul>{more}</div>'


def _figure(named: str, missing: Collection[str]) -> str:
    shown = figure(named)
    if named in missing:
        return f"<code>{escape(shown)}</code>"
    table, _, key = named.partition("|")
    return button(table, key, None, shown)


def figure(named: str) -> str:
    """A figure as ``lumbung why`` takes it: ``table key=value key=value``."""
    return named.replace("|", " ").replace(";", " ")


def _about(row: Mapping[str, Any], said: Mapping[str, str], unit: str) -> str:
    since = (
        f"{said['keadaan_' + row['keadaan']]}, {said['sejak']} {row['sejak']} UTC" if row["sejak"] else None
    )
    parts = [unit, row["periode"], row["aturan"], since or said["keadaan_" + row["keadaan"]]]
    parts += [said["jumlah"].format(n=row["jumlah"])] if (row["jumlah"] or 1) > 1 else []
    link = f'<a href="#temuan={escape(row["temuan_id"])}">{escape(row["temuan_id"])}</a>'
    return " · ".join([*(escape(str(p)) for p in parts if p), link])
