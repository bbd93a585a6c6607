"""The report as one page: opens in any browser with no network, prints on A4, its tables paste into Word.

Without the script everything is there to be read; the script copies tables and opens the way back of figures.
A policy in its head forbids any request.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from assets.publish import paper
from assets.publish.bab_iii.blocks import (
    Blok,
    DaftarTabel,
    Dokumen,
    Grafik,
    Isian,
    Judul,
    Paragraf,
    Tabel,
)
from assets.publish.bab_iii.page_table import anchor, table, words
from assets.publish.way_back import assets, pack

_HERE = Path(__file__).parent


def write(dokumen: Dokumen, to: Path, asal: Mapping[str, Any] | None = None) -> None:
    """Write the page, whole or not at all.

    Args:
        dokumen: the report.
        to: the file.
        asal: pack of the ways back of its figures (:func:`figures_of` names them); without it figures are
            plain text that only carries its address.

    Raises:
        OSError: the file cannot be written.
    """
    building = to.with_name(f".{to.name}.building")
    building.write_text(page(dokumen, asal), encoding="utf-8")
    building.replace(to)


def figures_of(dokumen: Dokumen) -> list[tuple[str, str, str]]:
    """Table, key and column of every bound figure once: what the way back is packed for."""
    found = {(a.tabel, a.baris, a.kolom) for figure in dokumen.angka() if (a := figure.alamat) is not None}
    return sorted(found)


def page(dokumen: Dokumen, asal: Mapping[str, Any] | None = None) -> str:
    """The whole page."""
    own = (_HERE / "page.js").read_text(encoding="utf-8")
    scripts = [own] if asal is None else [assets.script(), own]
    packed = "" if asal is None else _data(asal)
    parts = "".join(_parts(dokumen, opens=asal is not None))
    body = (
        '<a class="skip" href="#isi">Langsung ke isi</a>\n'
        f"<header><h1>{escape(dokumen.judul)}</h1>\n<p>{escape(dokumen.anak_judul)}</p></header>\n"
        f'<main id="isi">\n{parts}</main>\n<footer>{_about(dokumen)}</footer>\n'
        f'<p id="kabar" role="status"></p>\n{packed}'
        + "".join(f"<script>{script}</script>\n" for script in scripts)
    )
    style = assets.style() + (_HERE / "page.css").read_text(encoding="utf-8")
    title = f"{dokumen.judul} · {dokumen.anak_judul}"
    return paper.document(title, body, style, head=_policy(scripts))


def _data(asal: Mapping[str, Any]) -> str:
    return f'<script type="application/json" id="asal">{pack.in_page(dict(asal))}</script>\n'


def _policy(scripts: list[str]) -> str:
    """Nothing is fetched, and no script runs but these."""
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}"
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'


def _about(document: Dokumen) -> str:
    facts = document.keterangan
    when, run, rules = (facts.get(name, "") for name in ("diterbitkan_pada", "jalan_id", "versi_aturan"))
    said = (
        f"Angka dari terbitan {when[:16]} UTC (jalan {run}, aturan {rules}). "
        "Angka yang ditahan atau basi ditandai, dengan sebabnya di bawah tabelnya."
    )
    return f'<p class="faint">{escape(said)}</p>'


# --- the parts -----------------------------------------------------------------------------------------


def _parts(document: Dokumen, *, opens: bool) -> Iterator[str]:
    for is_list, run in groupby(document.blok, key=lambda b: isinstance(b, Paragraf) and b.butir):
        if is_list:
            items = (f"<li>{words(b.isi, opens=opens)}</li>" for b in run if isinstance(b, Paragraf))
            yield f"<ul>{''.join(items)}</ul>\n"
        else:
            yield from (_part(block, document, opens) for block in run)


def _part(block: Blok, document: Dokumen, opens: bool) -> str:
    match block:
        case Judul(tingkat=level, teks=said):
            tag, lies = f"h{min(level + 1, 6)}", ' class="mendatar"' if _lies(block, document) else ""
            return f"<{tag}{lies}>{escape(said)}</{tag}>\n"
        case Paragraf(isi=said):
            return f"<p>{words(said, opens=opens)}</p>\n"
        case Tabel():
            return table(block, opens=opens)
        case Grafik():
            return _chart(block)
        case Isian(petunjuk=hint):
            return f'<div class="isian" role="note"><p><b>Untuk diisi:</b> {escape(hint)}</p></div>\n'
        case DaftarTabel():
            return _list(document)


def _lies(heading: Judul, document: Dokumen) -> bool:
    """Whether the heading stands over a table on a page that lies, so that it goes there with it."""
    at = next(n for n, block in enumerate(document.blok) if block is heading)
    below = next((b for b in document.blok[at:] if not isinstance(b, Judul)), None)
    return isinstance(below, Tabel) and below.mendatar


def _chart(chart: Grafik) -> str:
    from assets.publish.charts import draw

    name, seen = escape(f"Grafik {chart.nomor} {chart.judul}"), escape(chart.teks_alternatif)
    svg = re.sub(r"^<\?xml[^>]*>\s*", "", draw.svg(chart.spesifikasi))
    source = f'<p class="sumber">Sumber: {escape(chart.sumber)}</p>' if chart.sumber else ""
    return (
        f'<figure class="grafik" id="{anchor("grafik", chart.kunci)}"><figcaption>{name}</figcaption>\n'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<div role="img" aria-label="{seen}">{svg}</div></div>\n'
        f'<p class="catatan">{seen}</p>{source}</figure>\n'
    )


def _list(document: Dokumen) -> str:
    """The list of tables and of charts, each a link."""
    rows = [("tabel", f"Tabel {t.nomor} {t.judul}", t.kunci) for t in document.tabel()]
    rows += [("grafik", f"Grafik {c.nomor} {c.judul}", c.kunci) for c in document.grafik()]
    title = "Daftar tabel dan grafik"
    links = "".join(f'<li><a href="#{anchor(kind, key)}">{escape(said)}</a></li>' for kind, said, key in rows)
    return (
        '<nav class="daftar" aria-labelledby="daftar-judul"><h2 id="daftar-judul">'
        f"{title}</h2><ul>{links}</ul></nav>\n"
    )
