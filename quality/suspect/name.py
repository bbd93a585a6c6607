"""Writes beside each broken sum, equality or percentage which cell is most likely wrong, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from quality.finding import Finding
from quality.suspect.gather import webs
from quality.suspect.relations import Relation, Sum
from quality.suspect.search import Suspect, Web
from warehouse.values.numbers import tampil
from warehouse.values.personal import mask

_EQUALS_SHOWN = 3


def with_suspects(
    findings: Sequence[Finding], tables: Mapping[str, pa.Table], rules: Iterable[str]
) -> list[Finding]:
    """The findings, those of ``rules`` with ``suspects`` and ``dugaan`` where the relations point somewhere.

    Args:
        findings: of the rules over tables.
        tables: clean tables by name.
        rules: ids of the rules whose findings are about amounts that relations tie together.
    """
    asked = frozenset(rules)
    mine = {id(f): _key(f) for f in findings if f.aturan in asked and f.cell and f.kode_unit and f.periode}
    found = webs(tables, set(mine.values()))
    return [_named(f, found[mine[id(f)]]) if id(f) in mine else f for f in findings]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.kode_unit or "", finding.periode or ""


def _named(finding: Finding, web: Web) -> Finding:
    cells = [c for c in (finding.cell, *finding.related) if c is not None]
    broken = web.broken(cells)
    suspects = web.suspects(broken)
    if suspects and len(suspects) <= _EQUALS_SHOWN:
        return replace(
            finding,
            suspects=tuple(s.fact.cell for s in suspects),
            dugaan=_said(suspects, "id"),
            dugaan_en=_said(suspects, "en"),
        )
    known = _known(web, broken)
    return replace(finding, dugaan=known[0], dugaan_en=known[1]) if known else finding


def _known(web: Web, broken: Iterable[Relation]) -> tuple[str, str] | None:
    told = (web.known_as(r) for r in broken if isinstance(r, Sum))
    found = next((t for t in told if t), None)
    return (f"Selisihnya {_m(found[0])}.", f"The difference {_m(found[1])}.") if found else None


def _said(suspects: Sequence[Suspect], lang: str) -> str:
    whole = " atau " if lang == "id" else " or "
    return _FORMS[lang][0] + whole.join(_one(s, lang) for s in suspects) + "."


_FORMS = {
    "id": (
        "Paling mungkin ",
        "{nama} ({kolom}): tertulis {lama}, dengan {baru}{slip} {n} dari {semua} hubungannya terpenuhi",
    ),
    "en": (
        "Most likely ",
        "{nama} ({kolom}): printed {lama}; with {baru}{slip} {n} of {semua} of its relations hold",
    ),
}


def _one(suspect: Suspect, lang: str) -> str:
    slip = (suspect.slip.teks if lang == "id" else suspect.slip.teks_en) if suspect.slip else ""
    places = 2
    return _FORMS[lang][1].format(
        nama=_m(suspect.fact.nama),
        kolom=suspect.fact.kolom,
        lama=tampil(suspect.fact.nilai, places),
        baru=tampil(suspect.nilai, places),
        slip=f" ({slip})" if slip else "",
        n=suspect.terpenuhi,
        semua=suspect.semua,
    )


def _m(text: str) -> str:
    return mask(text)
