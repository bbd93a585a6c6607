"""The way back of a published row as data: formulas, operands, cells, corrections, findings that touch them.

``tree`` is what ``lumbung why --format json`` prints and what a report may embed; the same data makes the
text and the page. Every column of every published table has an answer: figures by their trail, other columns
by the sentence of ``asal_kolom.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assets.publish.origin_graph import Graph, Origin, Place, Step
from assets.publish.shown import text_of
from warehouse import contracts
from warehouse.formulas import registry
from warehouse.peka import in_words


class NotFound(LookupError):
    """The question names no published row, or more than one. The message is Indonesian."""


def tree(
    graph: Graph,
    table: str,
    key: Mapping[str, str] | str,
    column: str | None = None,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """The origin of one row, or of one of its columns, down to cells.

    Args:
        graph: the publication.
        table: a figure table.
        key: values of key columns, as many as single out one row; or the key as findings write it
            (``kode_unit=630103;periode=2025``).
        column: only this column, whatever it is; else every figure of the row.
        whole: all columns, labels and bookkeeping too (without ``column``).

    Returns:
        ``tabel, judul, kunci, kunci_teks, sebutan`` (what a person calls the row, in parts), ``status_terbit,
        alasan, versi_aturan, peka, terbit`` (when and by which program), ``kolom`` (one node each), ``rumus``
        (every formula met, by id), ``temuan`` (every finding that touches the row or a cell below it, by id),
        ``koreksi`` (by id). A node has ``tabel, kunci, kolom, arti, satuan``, ``nilai`` (exact, as text),
        ``tampil``, ``cara`` (rumus, disalin, label, ditetapkan, kosong), ``kalimat``, ``rumus`` (ids),
        ``masukan``, ``temuan`` (ids) and ``ulangan`` (told above already). An operand has ``peran, nilai,
        tampil, jenis`` and one of ``sel`` (``berkas, berkas_id, lembar, sel, koreksi, temuan``), ``angka`` (a
        node), ``pilihan``.

    Raises:
        NotFound: no such table, row or column, or several rows.
    """
    if table not in contracts.names("mart"):
        raise NotFound(f"tabel {table!r} tidak ada; yang ada: {', '.join(contracts.names('mart'))}")
    wanted = dict(p.split("=", 1) for p in key.split(";")) if isinstance(key, str) else key
    return _Walk(graph, contracts.table(table)).row(wanted, column, whole)


@dataclass
class _Walk:
    """One question: what was met on the way is told once."""

    graph: Graph
    table: contracts.Table
    told: set[Place] = field(default_factory=set)
    formulas: dict[str, dict[str, Any]] = field(default_factory=dict)
    met: dict[str, None] = field(default_factory=dict)

    def row(self, wanted: Mapping[str, str], column: str | None, whole: bool) -> dict[str, Any]:
        """The whole answer."""
        if column and column not in {c.name for c in self.table.columns}:
            raise NotFound(f"{self.table.name} tidak punya kolom {column}")
        key = self.table.key_of(self._found(wanted))
        found = self.graph.row(self.table.name, key)
        assert found is not None  # just found
        nodes = []
        for name in [column] if column else self._columns(key, whole):
            place = Place(self.table.name, key, name)
            if column or whole or place not in self.told:
                nodes.append(self._figure(place))
        self._meet(self.graph.findings.of_figure(self.table.name, key))
        return {
            **about(self.table, found),
            "terbit": {k: plain(v) for k, v in self.graph.run.items()} if self.graph.run else None,
            "kolom": nodes,
            "rumus": self.formulas,
            "temuan": self.graph.findings.told(self.met),
            "koreksi": self.graph.findings.corrections(self.met),
        }

    def _found(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        known = {c.name for c in self.table.columns}
        if strange := set(wanted) - known:
            raise NotFound(
                f"{self.table.name} tidak punya kolom {', '.join(sorted(strange))}; "
                f"kuncinya: {', '.join(self.table.key)}"
            )
        if set(wanted) == set(self.table.key):
            whole = self.graph.row(self.table.name, self.table.key_of(wanted))
            if whole is not None:
                return whole
        where = " AND ".join(f'CAST("{c}" AS VARCHAR) = ?' for c in wanted) or "true"
        found = self.graph.ask(f'SELECT * FROM "{self.table.name}" WHERE {where}', list(wanted.values()))
        if len(found) == 1:
            return found[0]
        said = " ".join(f"{k}={v}" for k, v in wanted.items()) or "(tanpa kunci)"
        if not found:
            raise NotFound(f"tidak ada baris {self.table.name} dengan {said}")
        keys = "\n  ".join(self.table.key_of(r).replace(";", " ") for r in found[:20])
        more = f"\n  … dan {len(found) - 20} lagi" if len(found) > 20 else ""
        raise NotFound(f"{len(found)} baris cocok dengan {said}; pilih satu:\n  {keys}{more}")

    def _columns(self, key: str, whole: bool) -> list[str]:
        if whole:
            return [c.name for c in self.table.columns if c.name not in self.table.key]
        return self.graph.columns(self.table.name, key)

    def _meet(self, ids: list[str]) -> list[str]:
        self.met |= dict.fromkeys(ids)
        return ids

    def _figure(self, place: Place) -> dict[str, Any]:
        found = self.graph.origin(place)
        node = self._node(found)
        if found.asal != place:
            node["disalin_dari"] = found.asal._asdict()
        if found.kalimat is None:
            if found.asal in self.told:
                return node | {"ulangan": True}
            self.told.add(found.asal)
        else:
            node |= {"kalimat": found.kalimat[0], "kalimat_en": found.kalimat[1]}
        for one in found.rumus:
            self.formulas.setdefault(one, formula(one))
        return node | {"rumus": found.rumus, "masukan": [self._operand(s) for s in found.langkah]}

    def _node(self, found: Origin) -> dict[str, Any]:
        place = found.place
        column = next(c for c in contracts.table(place.tabel).columns if c.name == place.kolom)
        return {
            **place._asdict(),
            "arti": column.means,
            "satuan": column.unit,
            "nilai": plain(found.nilai),
            "tampil": shown(found.nilai),
            "cara": found.cara,
            "rumus": [],
            "masukan": [],
            "temuan": self._meet(self.graph.findings.of_figure(place.tabel, place.kunci)),
        }

    def _operand(self, step: Step) -> dict[str, Any]:
        said = {
            "peran": step["peran"],
            "rumus": step["rumus"],
            "nilai": step["nilai"],
            "tampil": text_of(step["nilai"]),
            "jenis": step["jenis"],
        }
        if step["jenis"] == "sel":
            made = cell(self.graph, step)
            self._meet(made["temuan"])
            return said | {"sel": made}
        if step["jenis"] == "pilihan":
            return said | {"pilihan": step["rujuk_kunci"]}
        if step["jenis"] == "angka":
            node = self._figure(below(step))
            return said | {"tampil": node["tampil"], "angka": node}
        return said


# --- what a tree and a pack say alike ----------------------------------------------------------------


def about(table: contracts.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a row: which it is, its state and why."""
    return {
        "tabel": table.name,
        "judul": table.one_row_is,
        "kunci": {k: str(row[k]) for k in table.key},
        "kunci_teks": table.key_of(row),
        "sebutan": table.said_parts(row),
        **{k: row[k] for k in ("status_terbit", "alasan", "versi_aturan")},
        "peka": in_words(row.get("peka"), row.get("satuan")),
    }


def below(step: Step) -> Place:
    """The figure that a step of kind ``angka`` is."""
    return Place(step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"])


def cell(graph: Graph, step: Step) -> dict[str, Any]:
    """The cell or range that a step of kind ``sel`` is."""
    return {
        "berkas": graph.files.get(step["berkas_id"], step["berkas_id"][:12]),
        "berkas_id": step["berkas_id"],
        "lembar": None if step["lembar"] in (None, "-") else step["lembar"],
        "sel": step["sel"],
        "koreksi": step["koreksi_id"],
        "temuan": graph.findings.of_cell(step["berkas_id"], step["lembar"], step["sel"]),
    }


def formula(id_: str) -> dict[str, Any]:
    """A formula as it is explained to a reader."""
    said = registry.rumus(id_)
    basis = said.dasar_hukum if said.dasar_hukum.strip("- ") else None
    return {"judul": said.judul, "kalimat": said.kalimat, "dasar_hukum": basis, "berlaku": said.berlaku}


def shown(value: Any) -> str:
    """A value of a table as a person reads it; a text is one already (``7.01`` is a code, not a number)."""
    return value if isinstance(value, str) else text_of(value)


def plain(value: Any) -> Any:
    """Exact: a decimal is its text, a moment its ISO form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value


def cells(node: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Every cell below a node (or the whole tree), each as often as it is used."""
    for one in node.get("kolom", ()) if isinstance(node.get("kolom"), list) else [node]:
        for operand in one.get("masukan", ()):
            if "sel" in operand:
                yield operand["sel"]
            elif "angka" in operand:
                yield from cells(operand["angka"])
