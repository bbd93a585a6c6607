"""Sentences of a report: a template without a number, its rows, and the words that its data earn.

``kalimat/<file>.yaml``, one entry a sentence::

    capaian_indikator:
      sql: SELECT ...                 # a row is a sentence; none: one sentence from the report's own facts
      baris: pembanding               # in place of sql: the rows of that table
      angka: {realisasi: {dari: capaian_iku.realisasi, satuan: "@satuan"}}
      kalimat:                        # the first whose conditions hold; none holds: no sentence
        - bila: {tercapai: ya}
          teks: "{indikator} mencapai {realisasi} (Tabel {tabel:capaian_iku})."
        - teks: "..."
      butir: ya                       # items of a list

``{nama}`` is a figure of ``angka``, else a column of the query, else a fact of the report;
``{tabel:kunci}`` and ``{grafik:kunci}`` are numbers of tables and charts; ``{hukum:nama}`` is a citation of
``hukum.yaml``. A sentence that points to a table which this report does not have is left out with it.
A figure that is withheld or old says so in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.publish.bab_iii.blocks import Angka, Kalimat, Paragraf, Potongan, teks
from assets.publish.bab_iii.figures import figure
from assets.publish.bab_iii.published import Published, Row
from assets.publish.bab_iii.shelf import DefinitionBroken, Shelf

PLACE = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")
_KNOWN = frozenset("sql baris angka kalimat butir".split())
_WORDS = {True: "ya", False: "tidak", None: "kosong"}


class NoSuchTable(KeyError):
    """A sentence points to a table or chart that this report does not have."""


@dataclass(frozen=True)
class Around:
    """What stands around a definition: the warehouse, the shelf, the report's facts and its numbers.

    ``nomor`` is the number of each table and chart by its key (``tabel:capaian_iku``); inside a repeated
    part the one of that part is ``akhiran``'s.
    """

    published: Published
    shelf: Shelf
    facts: Mapping[str, Any]
    nomor: Mapping[str, str] = field(default_factory=dict)
    akhiran: str = ""

    def number(self, kind: str, key: str) -> str:
        """The number of a table or chart, first of this part of the report.

        Raises:
            NoSuchTable: if the report has none of that key.
        """
        for name in (f"{kind}:{key}{self.akhiran}", f"{kind}:{key}"):
            if name in self.nomor:
                return self.nomor[name]
        raise NoSuchTable(key)


def paragraphs(name: str, around: Around) -> Iterator[Paragraf]:
    """The sentences of one definition, one a row of its query.

    Raises:
        DefinitionBroken: if there is no such sentence, or it names what its rows do not have.
    """
    said = around.shelf.sentences.get(name)
    if said is None:
        raise DefinitionBroken(f"kalimat {name}: tidak ada")
    if strange := set(said) - _KNOWN:
        raise DefinitionBroken(f"kalimat {name}: kata {sorted(strange)} tidak dikenal")
    where = f"kalimat {name}"
    for row in _rows(said, around, where):
        template = _chosen(said["kalimat"], row, where)
        if template is None:
            continue
        try:
            composed = compose(template, row, around, where, said.get("angka", {}))
        except NoSuchTable:
            continue
        yield Paragraf((*composed, *remarks(composed)), butir=bool(said.get("butir", False)))


def _rows(said: Mapping[str, Any], around: Around, where: str) -> Sequence[Row]:
    if "baris" in said:
        return around.published.rows(around.shelf.text(f"tabel/{said['baris']}.sql"), around.facts, where)
    return around.published.rows(said["sql"], around.facts, where) if "sql" in said else [{}]


def compose(
    template: str,
    row: Row,
    around: Around,
    where: str,
    figures: Mapping[str, Mapping[str, Any]] | None = None,
) -> Kalimat:
    """A template with its places filled.

    Raises:
        DefinitionBroken: a place that nothing fills.
        NoSuchTable: a table or chart that the report does not have.
    """
    parts: list[Potongan] = []
    end = 0
    for found in PLACE.finditer(template):
        parts.append(template[end : found.start()])
        parts.append(_filled(found, row, around, where, figures or {}))
        end = found.end()
    parts.append(template[end:])
    return tuple(_joined(parts))


def plain(template: str, row: Row, around: Around, where: str) -> str:
    """A template that has words only: a title, a header."""
    return teks(compose(template, row, around, where))


def remarks(composed: Sequence[Potongan]) -> Kalimat:
    """What must be said of withheld and old figures among the parts."""
    told: dict[str, None] = {}
    for part in composed:
        if isinstance(part, Angka) and part.keadaan in {"ditahan", "basi"}:
            word = "Ditahan" if part.keadaan == "ditahan" else "Angka terbit terakhir"
            told[f" ({word}: {part.alasan or 'lihat temuan'})"] = None
    return tuple(told)


def _chosen(said: str | list[Mapping[str, Any]], row: Row, where: str) -> str | None:
    if isinstance(said, str):
        return said
    for each in said:
        if all(_holds(column, wanted, row, where) for column, wanted in each.get("bila", {}).items()):
            return str(each["teks"])
    return None


def _holds(column: str, wanted: Any, row: Row, where: str) -> bool:
    if column not in row:
        raise DefinitionBroken(f"{where}: bila menyebut kolom {column} yang tidak ada pada kuerinya")
    found = row[column]
    word = _WORDS[found] if found is None or isinstance(found, bool) else str(found)
    expected = _WORDS[wanted] if isinstance(wanted, bool) else str(wanted)
    return word == expected


def _filled(
    found: re.Match[str], row: Row, around: Around, where: str, figures: Mapping[str, Mapping[str, Any]]
) -> Potongan:
    name, of = found[1], found[2]
    if of is not None:
        return _pointed(name, of, around, where)
    if name in figures:
        return figure(figures[name], {**around.facts, **row}, around.published, where)
    for known in (row, around.facts):
        if name in known:
            return "" if known[name] is None else str(known[name])
    raise DefinitionBroken(f"{where}: {{{name}}} tidak dikenal")


def _pointed(kind: str, name: str, around: Around, where: str) -> str:
    if kind == "hukum":
        if name not in around.shelf.laws:
            raise DefinitionBroken(f"{where}: dasar hukum {name} tidak ada dalam hukum.yaml")
        return around.shelf.laws[name]
    if kind in {"tabel", "grafik"}:
        return around.number(kind, name)
    raise DefinitionBroken(f"{where}: {{{kind}:{name}}} tidak dikenal")


def _joined(parts: Sequence[Potongan]) -> Iterator[Potongan]:
    """Parts with neighbouring words as one, and none that is empty."""
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        if words:
            yield words
        words = ""
        yield part
    if words:
        yield words
