"""The origin of a row as one page of nested details: opens without a network, prints, works by keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from assets.publish.origin_words import word
from assets.publish.paper import document

Node = Mapping[str, Any]

_STYLE = """
main details { border-left: 2px solid #cfcfc8; margin: .25rem 0 .25rem .2rem; padding-left: .8rem }
main > details { border: 1px solid #cfcfc8; border-left: .4rem solid #0b5394; padding: .4rem .8rem;
  margin: .6rem 0 }
summary { cursor: pointer; overflow-wrap: anywhere }
.v { font-variant-numeric: tabular-nums; font-weight: 600 }
.leaf { margin: .25rem 0 .25rem 1.2rem; overflow-wrap: anywhere }
.f { color: #33332e; margin: .15rem 0 } .b { color: #55554f; font-size: .88rem }
.cell { font-family: ui-monospace, monospace; font-size: .86rem }
.n { display: inline-block; border: 1px solid #9a6700; color: #7a4d00; border-radius: .2rem;
  padding: 0 .35rem; font-size: .8rem; text-decoration: none; margin-left: .3rem }
.n.tahan, .n.henti { border-color: #b3261e; color: #8c1d18 }
@media print { details > * { display: block } }
"""


def page(told: Mapping[str, Any], lang: str = "id") -> str:
    """A whole page of what ``origin_tree.tree`` gives."""
    title = f"{word('title', lang)}: {told['tabel']}"
    return document(title, f"<main>{body(told, lang)}</main>", _STYLE, lang=lang)


def body(told: Mapping[str, Any], lang: str = "id", level: int = 1) -> str:
    """The markup alone, for another page; headings begin at ``level``. Its style is ``style()``."""
    return _Markup(told, lang, level).whole()


def style() -> str:
    """What ``body`` adds to the common style."""
    return _STYLE


class _Markup:
    def __init__(self, told: Mapping[str, Any], lang: str, level: int) -> None:
        self._told, self._lang, self._level = told, lang, level

    def whole(self) -> str:
        told, h = self._told, self._level
        key = " · ".join(f"{escape(k)} {escape(v)}" for k, v in told["kunci"].items())
        said = self._say("status", status=told["status_terbit"], versi=told["versi_aturan"] or "-")
        run = told["terbit"]
        made = f" · {self._say('published', **run | {'selesai': _minute(run['selesai'])})}" if run else ""
        notes = [f"{self._say('reason')}: {told['alasan']}"] if told["alasan"] else []
        notes += [self._say("sensitive", peka=told["peka"])] if told["peka"] else []
        return (
            f"<h{h}>{escape(told['tabel'])}</h{h}><p>{key}</p>"
            f'<p class="faint">{escape(told["judul"])} · {escape(said)}{escape(made)}</p>'
            + "".join(f"<p>{escape(n)}</p>" for n in notes)
            + "".join(self._node(n, n["kolom"], opened=True) for n in told["kolom"])
            + self._formulas()
            + self._corrections()
            + self._findings()
        )

    def _say(self, name: str, **facts: Any) -> str:
        return word(name, self._lang, **facts)

    def _node(self, node: Node, label: str, opened: bool = False) -> str:
        unit = f" {node['satuan']}" if node["satuan"] else ""
        head = f'{escape(label)} = <span class="v">{escape(node["tampil"])}</span>{escape(unit)}'
        head += self._marks(node["temuan"])
        if node.get("ulangan"):
            return f'<p class="leaf">{head} <span class="b">{escape(self._say("again"))}</span></p>'
        inside = "".join(self._operand(o) for o in node["masukan"])
        return (
            f"<details{' open' if opened else ''}><summary>{head}</summary>"
            f'<p class="b">{escape(node["arti"])}{self._copied(node)}</p>{self._how(node)}{inside}</details>'
        )

    def _copied(self, node: Node) -> str:
        source = node.get("disalin_dari")
        if not source:
            return ""
        said = self._say("copied_from", tabel=source["tabel"], kolom=source["kolom"])
        return f" · {escape(said)} ({escape(source['kunci'].replace(';', ' '))})"

    def _how(self, node: Node) -> str:
        if node["cara"] in ("label", "ditetapkan", "kosong") or not node["rumus"]:
            sentence = node["kalimat" if self._lang == "id" else "kalimat_en"]
            return f'<p class="f">{escape(self._say("cara_" + node["cara"]))}: {escape(sentence)}</p>'
        said = []
        for one in node["rumus"]:
            formula = self._told["rumus"][one]
            basis = self._say("basis", dasar=formula["dasar_hukum"]) if formula["dasar_hukum"] else ""
            said.append(
                f'<p class="f">{escape(formula["kalimat"])} '
                f'<a class="b" href="#r-{escape(one)}">{escape(one)}</a>'
                f'<br><span class="b">{escape(basis)}</span></p>'
            )
        return "".join(said)

    def _operand(self, operand: Node) -> str:
        role = operand["peran"] or ""
        if "angka" in operand:
            return self._node(operand["angka"], role or operand["angka"]["kolom"])
        head = f'{escape(role)} = <span class="v">{escape(operand["tampil"])}</span>'
        if "sel" in operand:
            return f'<p class="leaf">{head} ⟵ {self._cell(operand["sel"])}</p>'
        choice = operand.get("pilihan")
        told = self._say("choice", nama=choice) if choice else self._say("constant")
        return f'<p class="leaf">{head} <span class="b">{escape(told)}</span></p>'

    def _cell(self, cell: Node) -> str:
        where = " · ".join(escape(x) for x in (cell["berkas"], cell["lembar"], cell["sel"]) if x)
        mended = self._say("corrected", id=cell["koreksi"]) if cell["koreksi"] else ""
        link = f' <a class="n" href="#k-{escape(cell["koreksi"])}">{escape(mended)}</a>' if mended else ""
        return f'<span class="cell">{where}</span>{link}{self._marks(cell["temuan"])}'

    def _marks(self, ids: list[str]) -> str:
        rows = ((i, self._told["temuan"][i]) for i in ids)
        return "".join(
            f'<a class="n {r["akibat"]}" href="#t-{escape(i)}">{escape(r["akibat"] + ": " + r["aturan"])}</a>'
            for i, r in rows
        )

    def _heading(self, name: str) -> str:
        h = self._level + 1
        return f"<h{h}>{escape(self._say(name))}</h{h}>"

    def _formulas(self) -> str:
        said = []
        for one, f in self._told["rumus"].items():
            valid = f" · {self._say('valid', berlaku=f['berlaku'])}" if f["berlaku"] else ""
            said.append(
                f'<div id="r-{escape(one)}"><dt>{escape(f["judul"])} '
                f'<span class="b">{escape(one)}</span></dt><dd>{escape(f["kalimat"])}<br>'
                f'<span class="b">{escape((f["dasar_hukum"] or "-") + valid)}</span></dd></div>'
            )
        return self._heading("formulas") + f"<dl style='display:block'>{''.join(said)}</dl>" if said else ""

    def _corrections(self) -> str:
        listed = "".join(
            f'<li id="k-{escape(i)}">{escape(said)}</li>' for i, said in self._told["koreksi"].items()
        )
        return f"{self._heading('corrections')}<ul>{listed}</ul>" if listed else ""

    def _findings(self) -> str:
        made = "".join(self._finding(i, r) for i, r in self._told["temuan"].items())
        return self._heading("findings") + (made or f"<p>{escape(self._say('none'))}</p>")

    def _finding(self, name: str, row: Mapping[str, Any]) -> str:
        tail = "" if self._lang == "id" else "_en"
        where = " · ".join(escape(row[c]) for c in ("berkas", "lembar", "sel") if row[c])
        settled = [
            f"{self._say(w)}: {row[c]}"
            for c, w in (("koreksi_id", "mended"), ("pengecualian_id", "waived"))
            if row[c]
        ]
        guess = f'<p class="b">{escape(row["dugaan" + tail])}</p>' if row["dugaan" + tail] else ""
        return (
            f'<article class="{row["akibat"]}" id="t-{escape(name)}"><p><strong>{escape(row["pesan" + tail])}'
            f'</strong></p><p class="where">{where}</p>{guess}'
            f"<p>→ {escape(row['cara_perbaiki' + tail] or '')}</p>"
            f'<p class="faint">{escape(" · ".join([row["akibat"], row["aturan"], *settled]))}</p></article>'
        )


def _minute(moment: str) -> str:
    """A moment as people say it, without its seconds."""
    return moment[:16].replace("T", " ")
