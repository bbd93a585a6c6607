"""``laporan-validasi.html``: one file that an auditor opens with no network, on a telephone or on paper.

Everything is inside: the facts as data, the script that filters them, the style. A policy in its head forbids
any request. Without the script the summary, every table's first rows and the gravest findings are there to be
read. The English twin is a file of its own: sentences are the bulk of the page, and two languages in one
would double what an office with a slow machine has to open.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assets.publish import paper
from assets.publish.validation import grids, packed
from assets.publish.validation.card import card
from assets.publish.validation.facts import OPEN, STATES, Facts
from assets.publish.validation.grid import printed
from assets.publish.validation.words import SIGNS, meanings, states, words
from assets.publish.way_back import assets as way_back
from assets.publish.way_back.pack import in_page

_HERE = Path(__file__).parent
# Findings written out for readers without a script.
_WRITTEN_OUT = 60
# Tables that stand before the findings.
BEFORE = ("unit", "ditahan")
_SCRIPTS = ("page.js", "figures.js")


def page(facts: Facts, lang: str = "id") -> str:
    """The whole page in one language."""
    said = words(lang) | {f"keadaan_{state}": word for state, word in states(lang).items()}
    shown = packed.columns(facts.temuan, lang)
    tables = grids.of(facts, said)
    data = {
        "n": facts.temuan.num_rows,
        "kolom": shown,
        "tabel": {g.name: g.rest for g in tables if g.rest},
        "kata": said,
        "arti": meanings(lang),
        "tanda": SIGNS,
        "unit": dict(facts.nama),
        "aturan": {r["aturan"]: r["mengapa"] for r in facts.aturan if r["temuan"]},
        "salinan": dict(facts.salinan),
        "catatan": grids.settled(facts, said),
        "asal": {
            "isi": facts.asal.isi,
            "utuh": list(facts.asal.utuh),
            "milik": facts.asal.milik,
            "tanpa": sorted(facts.asal.tanpa),
        },
    }
    scripts = [way_back.script(), *((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)]
    before = [g for g in tables if g.name in BEFORE]
    after = [g for g in tables if g not in before]
    body = (
        f'<a class="skip" href="#temuan">{said["langsung"]}</a>\n'
        f"{_head(facts, said)}<main>\n{_counts(facts, said, lang)}{''.join(g.html() for g in before)}"
        f"{_findings(facts, data)}{_listed(facts, said)}{''.join(g.html() for g in after)}</main>\n"
        f'<footer><p class="faint">{said["kaki"]}</p></footer>\n'
        f'<script type="application/json" id="data">{in_page(data)}</script>\n'
        + "".join(f"<script>{script}</script>\n" for script in scripts)
    )
    style = (_HERE / "page.css").read_text(encoding="utf-8") + way_back.style()
    return paper.document(said["judul"], body, style, lang=lang, head=_policy(scripts))


def _policy(scripts: Sequence[str]) -> str:
    """Nothing is fetched, and no script runs but these."""
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    known = " ".join(f"'sha256-{digest}'" for digest in digests)
    allowed = f"default-src 'none'; style-src 'unsafe-inline'; script-src {known}"
    return f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'


def _head(facts: Facts, said: Mapping[str, str]) -> str:
    run = facts.jalan
    about = (
        f"{said['jalan']} {run['jalan_id']} · {said['selesai_pada']} {run['selesai']:%Y-%m-%d %H:%M} UTC · "
        f"{said['program']} {run['versi_program']} · {said['versi_aturan']} {run['versi_aturan']}"
    )
    only = ", ".join(f"{k} {v}" for k, v in facts.saringan.items())
    narrowed = f'<p class="note">{said["hanya"]}: {escape(only)}</p>' if only else ""
    notes = "".join(f"<li>{escape(said[note.kata].format(**note.fakta))}</li>" for note in facts.catatan)
    told = f'<div class="note"><b>{said["catatan_judul"]}</b><ul>{notes}</ul></div>' if notes else ""
    links = [("ringkasan", "ringkasan"), *((g, f"{g}_judul") for g in grids.NAMES)]
    links[1 + len(BEFORE) : 1 + len(BEFORE)] = [("temuan", "temuan"), ("angka", "angka_judul")]
    nav = "".join(
        f'<a href="#{name}">{escape(said[word])}</a>' for name, word in links if _there(facts, name)
    )
    return (
        f"<header><h1>{said['judul']}</h1>\n<p>{escape(about)}</p>{narrowed}{told}\n"
        f'<nav aria-label="{said["isi"]}">{nav}</nav></header>\n'
    )


def _there(facts: Facts, name: str) -> bool:
    if name == "angka":
        return bool(facts.asal.utuh)
    return name in ("ringkasan", "temuan") or bool(getattr(facts, name))


def _counts(facts: Facts, said: Mapping[str, str], lang: str) -> str:
    """What the run came to, in a dozen numbers."""
    akibats, states_ = (facts.temuan[c].to_pylist() for c in ("akibat", "keadaan"))
    akibat = Counter(a for a, s in zip(akibats, states_, strict=True) if s in OPEN)
    state = Counter(states_)
    figures = Counter({s: sum(r[s] for r in facts.unit) for s in ("terbit", "ditahan", "basi")})
    checks = Counter(r["keadaan"] for r in facts.aturan if r["tabel"])
    shown = [(said["n_temuan"], facts.temuan.num_rows)]
    shown += [(f"{SIGNS[a]} {a}, {said['terbuka']}", akibat[a]) for a in SIGNS if akibat[a] or a != "henti"]
    shown += [(said[f"keadaan_{s}"], state[s]) for s in STATES]
    shown += [(said[f"angka_{s}"], figures[s]) for s in ("terbit", "ditahan", "basi")]
    shown += [(said["aturan_lolos"], checks["lolos"]), (said["aturan_dilanggar"], checks["dilanggar"])]
    boxes = "".join(f"<div><dt>{escape(w)}</dt><dd>{printed(n)}</dd></div>" for w, n in shown)
    means = "".join(f"<li>{SIGNS[a]} {a}: {escape(m)}</li>" for a, m in meanings(lang).items())
    rows = {c: printed(sum(r[c] for r in facts.neraca)) for c in grids.BALANCE}
    gone = f" {len(facts.hilang)} {said['n_hilang']}." if facts.hilang else ""
    return (
        f'<section id="ringkasan" aria-labelledby="ringkasan-judul">'
        f'<h2 id="ringkasan-judul" tabindex="-1">{said["ringkasan"]}</h2>\n'
        f'<dl class="counts">{boxes}</dl>\n<p class="faint">{said["satu_baris_angka"]}.{gone}</p>'
        f"<p>{escape(said['baris_neraca'].format(**rows))}</p><ul>{means}</ul></section>\n"
    )


# --- findings ----------------------------------------------------------------------------------------


def _findings(facts: Facts, data: Mapping[str, Any]) -> str:
    said = data["kata"]
    n = facts.temuan.num_rows
    written = [_row(data["kolom"], i) for i in range(min(n, _WRITTEN_OUT))]
    cards = "".join(
        card(
            row,
            said,
            data["catatan"].get(row["pengecualian_id"] or row["koreksi_id"] or ""),
            f"{row['kode_unit'] or ''} {facts.nama.get(row['kode_unit'] or '', '')}".strip(),
            facts.salinan.get(row["berkas_id"] or ""),
            facts.asal.tanpa,
        )
        for row in written
    )
    without = escape(said["tanpa_js"].format(n=len(written), semua=n))
    return (
        f'<section id="temuan" aria-labelledby="temuan-judul">'
        f'<h2 id="temuan-judul" tabindex="-1">{said["temuan"]} <small>{printed(n)}</small></h2>\n'
        f"{_form(said)}"
        f'<noscript><p class="note">{without}</p></noscript>\n'
        f'<p role="status" id="hitungan"></p><p class="printed note" id="cetak"></p>\n'
        f'<div id="daftar">{cards}</div></section>\n'
    )


def _listed(facts: Facts, said: Mapping[str, str]) -> str:
    """Every figure of the units that report themselves; the script lists those of one unit and year."""
    if not facts.asal.utuh:
        return ""
    names = {u: f"{u} {facts.nama.get(u, '')}".strip() for u in facts.asal.utuh}
    units = "".join(f'<option value="{escape(u)}">{escape(name)}</option>' for u, name in names.items())
    states = "".join(f'<option value="{s}">{escape(said[s])}</option>' for s in ("terbit", "ditahan", "basi"))
    return (
        f'<section id="angka" aria-labelledby="angka-judul"><h2 id="angka-judul" tabindex="-1">'
        f'{said["angka_judul"]}</h2>\n<p class="faint">{escape(said["angka_ket"])}</p>'
        f'<noscript><p class="note">{escape(said["angka_tanpa_js"])}</p></noscript>\n'
        f'<form id="pilihan" aria-label="{said["angka_judul"]}" hidden>'
        f'<label>{said["unit"]}<select name="unit">{units}</select></label>'
        f'<label>{said["tahun"]}<select name="tahun"></select></label>'
        f'<label>{said["keadaan"]}<select name="keadaan"><option value="">{said["semua"]}</option>{states}'
        f'</select></label><label>{said["angka_cari"]}<input type="search" name="kata" autocomplete="off">'
        f'</label></form>\n<p role="status" id="angka-hitungan"></p><div id="angka-daftar"></div></section>\n'
    )


def _row(columns: Mapping[str, Any], i: int) -> dict[str, Any]:
    return {
        name: column[i] if isinstance(column, list) else column["d"][column["i"][i]]
        for name, column in columns.items()
    }


def _form(said: Mapping[str, str]) -> str:
    """The controls; hidden until the script can serve them."""
    choices = "".join(
        f'<label>{said[name]}<select name="{name}"><option value="">{said["semua"]}</option></select></label>'
        for name in ("unit", "periode", "akibat", "aturan", "berkas", "keadaan")
    )
    groups = "".join(
        f'<option value="{how}">{said["menurut_" + how]}</option>'
        for how in ("sebab", "aturan", "berkas", "unit", "tanpa")
    )
    return (
        f'<form id="saringan" role="search" aria-label="{said["saringan"]}" hidden>'
        f'<label class="wide">{said["cari"]}<input type="search" name="cari" autocomplete="off"></label>'
        f'{choices}<label>{said["kelompok"]}<select name="kelompok">{groups}</select></label>'
        f'<button type="button" id="hapus">{said["bersihkan"]}</button></form>\n'
    )
