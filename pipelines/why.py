"""The way back of one published figure, as text, JSON or a page: formula by formula, down to its cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from assets.publish.origin_graph import Graph
from assets.publish.origin_page import page
from assets.publish.origin_tree import NotFound, tree
from assets.publish.origin_words import word

__all__ = ["Asked", "Line", "NotFound", "origin", "written"]

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What is asked: table, key columns with their values, one column or all, language."""

    table: str
    key: Mapping[str, str]
    column: str | None = None
    whole: bool = False
    lang: str = "id"


@dataclass(frozen=True)
class Line:
    """One line of the tree: how deep it stands, and what it says."""

    depth: int
    text: str


def origin(published: Path, asked: Asked) -> dict[str, Any]:
    """The origin as data (``assets/publish/origin_tree.py``).

    Raises:
        NotFound: nothing is published, or the question names no row, no column, or several rows.
    """
    if not published.exists():
        raise NotFound(f"belum ada terbitan: {published} tidak ada. Jalankan: lumbung run")
    with duckdb.connect(str(published), read_only=True) as con:
        return tree(Graph(con), asked.table, asked.key, asked.column, whole=asked.whole)


def written(published: Path, asked: Asked, form: str) -> str:
    """The origin in a form: ``text``, ``json`` or ``html``.

    Raises:
        NotFound: as ``origin``.
    """
    told = origin(published, asked)
    if form == "json":
        return json.dumps(told, ensure_ascii=False, indent=1)
    if form == "html":
        return page(told, asked.lang)
    return "\n".join("   " * line.depth + line.text for line in lines(told, asked.lang))


def lines(told: Mapping[str, Any], lang: str = "id") -> Iterator[Line]:
    """The origin as indented lines."""
    yield from _Text(told, lang).lines()


@dataclass
class _Text:
    told: Mapping[str, Any]
    lang: str
    seen: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        told = self.told
        yield Line(0, f"{told['tabel']} · {told['kunci_teks'].replace(';', ' · ')}")
        said = self._say("status", status=told["status_terbit"], versi=told["versi_aturan"] or "-")
        yield Line(1, said + (f": {told['alasan']}" if told["alasan"] else ""))
        if told["peka"]:
            yield Line(1, self._say("sensitive", peka=told["peka"]))
        for node in told["kolom"]:
            yield from self._node(node, 1, told["kunci_teks"], node["kolom"])
        yield from self._findings()

    def _say(self, name: str, **facts: Any) -> str:
        return word(name, self.lang, **facts)

    def _node(self, node: Node, depth: int, above: str, label: str) -> Iterator[Line]:
        key = node.get("disalin_dari", node)["kunci"]
        where = _differing(key, above)
        said = f"{label}{f' ({where})' if where and where not in label else ''} = {node['tampil']}"
        if node.get("ulangan"):
            yield Line(depth, f"{said}   {self._say('again')}")
        elif node["cara"] == "disalin" and node["rumus"]:
            yield Line(depth, f"{said}   ⟵ {self._cells([o['sel'] for o in node['masukan']])}")
        elif node["cara"] != "rumus":
            sentence = node["kalimat" if self.lang == "id" else "kalimat_en"]
            yield Line(depth, f"{said}   ⟵ {self._say('cara_' + node['cara'])}: {sentence}")
            yield from self._operands(node["masukan"], depth + 1, key)
        else:
            yield from self._computed(node, said, depth, key)

    def _computed(self, node: Node, said: str, depth: int, key: str) -> Iterator[Line]:
        """The figure with its formulas; sentence and basis are printed where a formula first appears."""
        first, *more = node["rumus"]
        yield Line(depth, said + self._named(first))
        yield from self._basis(first, depth + 1)
        yield from self._operands([o for o in node["masukan"] if o["rumus"] == first], depth + 1, key)
        for each in more:
            yield Line(depth + 1, self._named(each).strip())
            yield from self._basis(each, depth + 2)
            yield from self._operands([o for o in node["masukan"] if o["rumus"] == each], depth + 2, key)

    def _named(self, rumus: str) -> str:
        if rumus in self.seen:
            return f"   ⟵ {self._say('formula', id=rumus)}"
        return f"   ⟵ {self.told['rumus'][rumus]['kalimat']}  [{rumus}]"

    def _basis(self, rumus: str, depth: int) -> Iterator[Line]:
        basis = self.told["rumus"][rumus]["dasar_hukum"]
        if basis and rumus not in self.seen:
            yield Line(depth, self._say("basis", dasar=basis))
        self.seen.add(rumus)

    def _operands(self, operands: Sequence[Node], depth: int, above: str) -> Iterator[Line]:
        """Operands in order; those that come straight from cells of one sheet share a line."""
        waiting: list[tuple[str, Node]] = []
        for operand in operands:
            leaf = _leaf(operand)
            if leaf is not None:
                if waiting and _sheet(waiting[-1][1]) != _sheet(leaf):
                    yield self._line_of(waiting, depth)
                    waiting = []
                waiting.append((f"{operand['peran']} {operand['tampil']}", leaf))
                continue
            if waiting:
                yield self._line_of(waiting, depth)
                waiting = []
            yield from self._operand(operand, depth, above)
        if waiting:
            yield self._line_of(waiting, depth)

    def _line_of(self, leaves: Sequence[tuple[str, Node]], depth: int) -> Line:
        values = " · ".join(said for said, _ in leaves)
        return Line(depth, f"{values}   ⟵ {self._cells([cell for _, cell in leaves])}")

    def _operand(self, operand: Node, depth: int, above: str) -> Iterator[Line]:
        if "angka" in operand:
            node = operand["angka"]
            yield from self._node(node, depth, above, operand["peran"] or node["kolom"])
            return
        said = f"{operand['peran']} = {operand['tampil']}" if operand["peran"] else operand["tampil"]
        choice = operand.get("pilihan")
        told = self._say("choice", nama=choice) if choice else self._say("constant")
        yield Line(depth, f"{said}   {'⟵ ' if choice else ''}{told}")

    def _cells(self, cells: Sequence[Node]) -> str:
        first = cells[0]
        sheet = f" · {first['lembar']}" if first["lembar"] else ""
        listed = ", ".join(dict.fromkeys(c["sel"] for c in cells))
        mended = ", ".join(dict.fromkeys(c["koreksi"] for c in cells if c["koreksi"]))
        said = f"  ({self._say('corrected', id=mended)})" if mended else ""
        return f"{first['berkas']}{sheet} · {listed}{said}"

    def _findings(self) -> Iterator[Line]:
        if self.told["temuan"]:
            yield Line(1, f"{self._say('findings')}:")
        for row in self.told["temuan"].values():
            where = " · ".join(row[c] for c in ("berkas", "lembar", "sel") if row[c])
            sentence = row["pesan" if self.lang == "id" else "pesan_en"]
            yield Line(
                2, f"[{row['akibat']}] {row['aturan']}: {sentence}" + (f"  ({where})" if where else "")
            )


def _leaf(operand: Node) -> Node | None:
    """The cell an operand is, or is the copy of."""
    if "sel" in operand:
        return operand["sel"]  # type: ignore[no-any-return]
    node = operand.get("angka")
    if node is None or node["cara"] != "disalin" or node.get("ulangan") or len(node["masukan"]) != 1:
        return None
    return node["masukan"][0]["sel"]  # type: ignore[no-any-return]


def _sheet(cell: Node) -> tuple[Any, ...]:
    return (cell["berkas_id"], cell["lembar"])


def _differing(key: str, above: str) -> str:
    """The values of a key that the figure above does not share: ``2025-TW1 U1``."""
    known = set(above.split(";"))
    return " ".join(part.partition("=")[2] for part in key.split(";") if part not in known)
