"""Origins of many figures as one graph: every figure, cell, formula and text once, as JSON for a page.

A kecamatan's figures of all its years with everything below them, figures of others it is compared with
included, weigh about 135 bytes each: the larger one of the examples (1,458 figures, 434 cells) is 197 KB,
42 KB when compressed.
``asal.js`` unpacks one figure at a time into what ``origin_tree.tree`` gives.

The parts, by name (``teks`` is a list of texts, numbers and null; ``#`` below is a position in it)::

    lumbung  1, the version of this form
    terbit   when and by which program, as the tree says it
    teks     [null, ...]
    tabel    name: {judul, kunci: [column], kolom: {column: [arti, satuan]}}
    rumus    id: {judul, kalimat, dasar_hukum, berlaku}
    berkas   [[berkas_id, nama]]
    temuan   id: what the tree says of it
    koreksi  id: what it says
    baris    [[#tabel, [#key value], [#sebutan], #status_terbit, #alasan, #versi_aturan, #peka, [#temuan],
              [position in simpul of each figure asked for], or 0 where the row itself was not asked for]]
    sel      [[position in berkas, #lembar, #sel, #koreksi, [#temuan]]]
    simpul   [[position in baris, #kolom, #nilai, #tampil, #cara, position in simpul of what it copies or -1,
              [#kalimat, #kalimat_en] or 0, [operand]]]
    operand  [#jenis, #peran, #rumus, #nilai, then: position in sel or simpul, or #choice, or #tampil]
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from assets.publish.origin_graph import Graph, Origin, Place, Step
from assets.publish.origin_tree import about, below, cell, formula, plain, shown
from assets.publish.shown import text_of
from warehouse import contracts

VERSION = 1
# The column that says whose a row is.
_OWNER = ("kode_unit", "kode_pembanding")

_CELL = ("berkas_id", "lembar", "sel", "koreksi_id")

Pack = dict[str, Any]
K = TypeVar("K", bound=Hashable)


def figures_of(graph: Graph, kode_unit: str | None) -> Iterator[tuple[str, str]]:
    """Every published row of a unit, all its years; None gives the rows that belong to no unit."""
    for name in contracts.names("mart"):
        contract = contracts.table(name)
        owner = owner_of(contract)
        if owner is None:
            continue
        key = ", ".join(contract.key)
        query = f'SELECT {key} FROM "{name}" WHERE {owner} IS NOT DISTINCT FROM ? ORDER BY ALL'
        rows = graph.con.execute(query, [kode_unit]).fetchall()
        yield from ((name, contract.key_of(dict(zip(contract.key, row, strict=True)))) for row in rows)


def owner_of(contract: contracts.Table) -> str | None:
    """The column of a figure table that says whose a row is."""
    known = {c.name for c in contract.columns}
    return next((c for c in _OWNER if c in known), None)


def pack(graph: Graph, figures: Iterable[tuple[str, ...]], *, findings: bool = True) -> Pack:
    """The shared graph of what these figures came of.

    Args:
        graph: the publication.
        figures: ``(table, key, column)``, or ``(table, key)`` for every figure of a row. Rows that are not
            published any more are left out.
        findings: what the findings say is packed, too; else only their ids, for a page that has them anyway
            (``LumbungAsal.init({temuan: id => row})``).
    """
    asked = list(dict.fromkeys(tuple(f) for f in figures))
    graph.reach((f[0], f[1]) for f in asked)
    making = _Packing(graph)
    asked = [f for f in asked if graph.row(f[0], f[1]) is not None]
    for table, key, *_ in asked:
        making.enlist((table, key))
    for table, key, *column in asked:
        for name in column or graph.columns(table, key):
            making.ask(Place(table, key, name))
    packed = making.done()
    return packed if findings else packed | {"temuan": {}}


def in_page(packed: Pack) -> str:
    """The pack, or other plain data, as JSON that may stand in a script element."""
    said = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def as_script(packed: Pack) -> str:
    """The pack as a script file that hands it to the page (``<script src>``)."""
    return f"LumbungAsal.isi({in_page(packed)});\n"


class _Once(Generic[K]):
    """Things told once: each gets a position when it is first met, and is written by ``make``."""

    def __init__(self, make: Callable[[K], Any]) -> None:
        self._make = make
        self._at: dict[K, int] = {}
        self.made: list[Any] = []

    def of(self, key: K) -> int:
        """The position of a thing."""
        at = self._at.get(key)
        if at is None:
            at = self._at[key] = len(self.made)
            self.made.append(None)  # its place is taken before what it is made of
            self.made[at] = self._make(key)
        return at


class _Packing:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._texts: _Once[tuple[type, Any]] = _Once(lambda key: key[1])
        self._text(None)
        self._rows = _Once(self._row)
        self._files: _Once[str] = _Once(lambda b: [b, graph.files.get(b, b[:12])])
        self._cells = _Once(self._cell)
        self._nodes: _Once[Place] = _Once(lambda place: None)
        self._formulas: dict[str, Any] = {}
        self._tables: dict[str, dict[str, Any]] = {}
        self._met: dict[str, None] = {}
        self._waiting: list[Place] = []

    def enlist(self, row: tuple[str, str]) -> None:
        """List a row as asked for, though it may have no figure; rows stand in the order of asking."""
        self._rows.made[self._rows.of(row)][-1] = []

    def ask(self, place: Place) -> None:
        """Pack a figure of a listed row, and all below it."""
        listed = self._rows.made[self._rows.of((place.tabel, place.kunci))][-1]
        at = self._node(place)
        if at not in listed:
            listed.append(at)
        # Not by recursion: trails are as deep as they are.
        while self._waiting:
            one = self._waiting.pop()
            self._nodes.made[self._nodes.of(one)] = self._written(self._graph.origin(one))

    def done(self) -> Pack:
        """The pack."""
        run = self._graph.run
        return {
            "lumbung": VERSION,
            "terbit": {k: plain(v) for k, v in run.items()} if run else None,
            "teks": self._texts.made,
            "tabel": self._tables,
            "rumus": self._formulas,
            "berkas": self._files.made,
            "temuan": self._graph.findings.told(self._met),
            "koreksi": self._graph.findings.corrections(self._met),
            "baris": self._rows.made,
            "sel": self._cells.made,
            "simpul": self._nodes.made,
        }

    def _text(self, value: Any) -> int:
        return self._texts.of((type(value), value))

    def _findings(self, ids: list[str]) -> list[int]:
        self._met |= dict.fromkeys(ids)
        return [self._text(i) for i in ids]

    def _row(self, place: tuple[str, str]) -> list[Any]:
        contract = contracts.table(place[0])
        row = self._graph.row(*place)
        self._tables.setdefault(
            contract.name, {"judul": contract.one_row_is, "kunci": list(contract.key), "kolom": {}}
        )
        found = self._findings(self._graph.findings.of_figure(*place))
        if row is None:  # a trail leads to a row that is not published: its key is all there is
            parts = [part.partition("=")[2] for part in place[1].split(";")]
            return [self._text(contract.name), [self._text(p) for p in parts], [], 0, 0, 0, 0, found, 0]
        said = about(contract, row)
        return [
            self._text(contract.name),
            [self._text(v) for v in said["kunci"].values()],
            [self._text(p) for p in said["sebutan"]],
            *(self._text(said[k]) for k in ("status_terbit", "alasan", "versi_aturan", "peka")),
            found,
            0,
        ]

    def _cell(self, key: tuple[str, str | None, str, str | None]) -> list[Any]:
        berkas_id, lembar, sel, koreksi = key
        said = cell(
            self._graph, {"berkas_id": berkas_id, "lembar": lembar, "sel": sel, "koreksi_id": koreksi}
        )
        return [
            self._files.of(berkas_id),
            *(self._text(said[k]) for k in ("lembar", "sel", "koreksi")),
            self._findings(said["temuan"]),
        ]

    def _node(self, place: Place) -> int:
        """The position of a figure; what it came of is written when its turn comes."""
        known = len(self._nodes.made)
        at = self._nodes.of(place)
        if at == known:
            self._waiting.append(place)
        return at

    def _written(self, found: Origin) -> list[Any]:
        place = found.place
        row = self._rows.of((place.tabel, place.kunci))
        told = self._tables[place.tabel]["kolom"]
        if place.kolom not in told:
            column = next(c for c in contracts.table(place.tabel).columns if c.name == place.kolom)
            told[place.kolom] = [column.means, column.unit]
        copied = found.asal != place
        for one in found.rumus:
            self._formulas.setdefault(one, formula(one))
        return [
            row,
            self._text(place.kolom),
            self._text(plain(found.nilai)),
            self._text(shown(found.nilai)),
            self._text(found.cara),
            self._node(found.asal) if copied else -1,
            [self._text(s) for s in found.kalimat] if found.kalimat else 0,
            [] if copied else [self._operand(s) for s in found.langkah],
        ]

    def _operand(self, step: Step) -> list[int]:
        said = [self._text(step[k]) for k in ("jenis", "peran", "rumus", "nilai")]
        match step["jenis"]:
            case "sel":
                last = self._cells.of(tuple(step[k] for k in _CELL))
                return [*said, last, self._text(text_of(step["nilai"]))]
            case "angka":
                return [*said, self._node(below(step))]
            case "pilihan":
                return [*said, self._text(step["rujuk_kunci"]), self._text(text_of(step["nilai"]))]
        return [*said, 0, self._text(text_of(step["nilai"]))]
