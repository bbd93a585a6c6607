"""What a check found in one file, as one page: opens offline, prints, and shows each cell in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from assets.publish import paper
from assets.publish.excerpt import Excerpt

_STYLE = """
.verdict { font-size: 1.15rem; font-weight: 600; border: 2px solid #1c1c1a; padding: .5rem .8rem;
  margin: .6rem 0 }
.verdict.bersih { border-color: #1b6b2f } .verdict.perbaiki { border-color: #b3261e }
.scroll { overflow-x: auto; margin: .4rem 0 }
table { border-collapse: collapse; font-size: .9rem } caption { text-align: left; color: #55554f;
  font-size: .82rem; padding: .1rem 0 }
th, td { border: 1px solid #b9b9b1; padding: .2rem .45rem; text-align: left; vertical-align: top }
th { background: #f1f1ec; font-weight: 600 } th small { display: block; font-weight: normal; color: #55554f }
td.n { text-align: right; font-variant-numeric: tabular-nums }
td.here { outline: 3px solid #b3261e; outline-offset: -3px; background: #fff3b0; font-weight: 600 }
td.shut { color: #6b6b64 } summary { cursor: pointer; font-weight: 600 } details { margin: .4rem 0 }
nav a { margin-right: 1rem }
@media (max-width: 40rem) { table { font-size: .78rem } th, td { padding: .15rem .25rem }
  thead small { display: none } }
"""
# Beyond so many the page would be long in opening; the workbook marks them all.
_EXCERPTS = 300


@dataclass(frozen=True)
class Shown:
    """One finding: its row of ``temuan``, the cells around it, and whether it was corrected or waived."""

    baris: Mapping[str, Any]
    cuplikan: Excerpt | None = None
    selesai: str = ""


@dataclass(frozen=True)
class TakenFor:
    """One recognised table: what, whose, of when, and which header was taken for which field."""

    judul: str
    kolom: Sequence[Mapping[str, Any]] = ()
    kolom_asing: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    """All that is told of one file; ``putusan`` sums it up, ``bersih`` says whether it is well."""

    nama: str
    bersih: bool
    putusan: str
    keterangan: str
    tabel: Sequence[TakenFor] = ()
    neraca: Sequence[Mapping[str, Any]] = ()
    temuan: Sequence[Shown] = field(default_factory=list)


def page(report: Report) -> str:
    """The whole page."""
    verdict = "bersih" if report.bersih else "perbaiki"
    return paper.page(
        f"{report.nama} - diperiksa",
        f"<h1>{escape(report.nama)}</h1>\n"
        f'<p class="verdict {verdict}">{"✓" if report.bersih else "✗"} {escape(report.putusan)}</p>\n'
        f'<p class="faint">{escape(report.keterangan)}</p>\n'
        f"{_contents(report)}{_tables(report.tabel)}{_balance(report.neraca)}{''.join(_findings(report))}",
        _STYLE,
    )


def _contents(report: Report) -> str:
    here = {s.baris["akibat"] for s in report.temuan}
    links = [
        f'<a href="#{a}">{escape(a)} ({sum(s.baris["akibat"] == a for s in report.temuan)})</a>'
        for a in paper.MEANS
        if a in here
    ]
    return f'<nav aria-label="Isi halaman">{"".join(links)}</nav>\n' if links else ""


def _findings(report: Report) -> Iterator[str]:
    shown = 0
    for akibat in paper.MEANS:
        articles = []
        for one in (s for s in report.temuan if s.baris["akibat"] == akibat):
            shown += 1
            articles.append(paper.article(one.baris, _inside(one, shown <= _EXCERPTS)))
        if articles:
            yield f'<div id="{akibat}">{paper.section(akibat, articles)}</div>'


def _inside(one: Shown, with_excerpt: bool) -> str:
    settled = f"<p><em>{escape(one.selesai)}</em></p>" if one.selesai else ""
    if one.cuplikan is None or not with_excerpt:
        return settled
    return settled + _excerpt(one.cuplikan, str(one.baris["sel"] or ""))


def _excerpt(cut: Excerpt, sel: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape(letter)}<small>{escape(_short(head))}</small></th>'
        for letter, head in zip(cut.kolom, cut.kepala, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{number}</th>{"".join(map(_cell, pieces))}</tr>' for number, pieces in cut.baris
    )
    return _scrolled(
        f"Sel di sekitar {sel}",
        f"<table><caption>Di sekitar {escape(sel)}</caption><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>",
    )


def _cell(piece: Any) -> str:
    classes = ("here " if piece.bertanda else "") + ("shut" if piece.tertutup else "")
    named = f' class="{classes.strip()}"' if classes else ""
    why = ' title="Tidak ditampilkan: kolom ini tidak dibaca dan mungkin memuat nama orang"'
    mark = "► " if piece.bertanda else ""
    return f"<td{named}{why if piece.tertutup else ''}>{mark}{escape(piece.teks)}</td>"


def _short(text: str) -> str:
    """The end of a header: what tells it from its neighbours under the same group stands there."""
    last = text.rpartition(" / ")[2]
    return last if len(last) <= 40 else last[:39] + "…"


def _scrolled(name: str, table: str) -> str:
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{table}</div>\n'


def _tables(tables: Sequence[TakenFor]) -> str:
    if not tables:
        return ""
    said = "".join(map(_table, tables))
    return f'<section id="dibaca"><h2>Dibaca sebagai</h2>{said}</section>\n'


def _table(table: TakenFor) -> str:
    rows = "".join(
        f"<tr><td>{escape(str(c['field']))}</td><td>{escape(str(c['kolom']))}</td>"
        f"<td>{escape(str(c['kepala'] or ''))}</td></tr>"
        for c in table.kolom
    )
    foreign = "; ".join(table.kolom_asing)
    more = f'<p class="faint">Kolom yang tidak dibaca: {escape(foreign)}</p>' if foreign else ""
    names = ("Isian", "Kolom", "Kepala yang tercetak")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    return (
        f"<details><summary>{escape(table.judul)}</summary>"
        + _scrolled(
            "Kolom yang dibaca", f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )
        + f"{more}</details>\n"
    )


_COUNTS = ("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal")


def _balance(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col">{h}</th>'
        for h in ("Lembar", "Baris dibaca", "= diterima", "+ ditolak", "+ tata letak", "+ tidak dikenal")
    )
    body = "".join(
        f"<tr><td>{escape('-' if r['lembar'] is None else str(r['lembar']))}</td>"
        + "".join(f'<td class="n">{r[c]}</td>' for c in _COUNTS)
        + "</tr>"
        for r in rows
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f"<section><h2>Neraca baris</h2>{_scrolled('Neraca baris', table)}</section>\n"
