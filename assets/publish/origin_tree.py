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
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from assets.publish.origin_findings import Findings
from assets.publish.shown import text_of, with_names
from warehouse import contracts
from warehouse.formulas import registry

COPIED = "salin"  # the formula of a value taken as it stands
_TAKEN = frozenset(("salin", "target_berlaku", "pagu_berlaku", "realisasi_tahun_lalu", "indeks_tercetak"))
_Place = tuple[str, str, str]  # table, key, column
_LABELS = Path(__file__).with_name("asal_kolom.yaml")
_BESIDE = 3  # cells of the row shown beside a label


class NotFound(LookupError):
    """The question names no published row, or more than one. The message is Indonesian."""


def tree(
    con: duckdb.DuckDBPyConnection,
    table: str,
    key: Mapping[str, str] | str,
    column: str | None = None,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """The origin of one row, or of one of its columns, down to cells.

    Args:
        con: the published warehouse.
        table: a figure table.
        key: values of key columns, as many as single out one row; or the key as findings write it
            (``kode_unit=630103;periode=2025``).
        column: only this column, whatever it is; else every figure of the row.
        whole: all columns, labels and bookkeeping too (without ``column``).

    Returns:
        ``tabel, judul, kunci, kunci_teks, status_terbit, alasan, versi_aturan, terbit`` (when and by which
        program), ``kolom`` (one node each), ``rumus`` (every formula met, by id), ``temuan`` (every finding
        that touches the row or a cell below it, by id), ``koreksi`` (by id). A node has ``tabel, kunci,
        kolom, arti, satuan``, ``nilai`` (exact, as text), ``tampil``, ``cara`` (rumus, disalin, label,
        ditetapkan, kosong), ``kalimat``, ``rumus`` (ids), ``masukan``, ``temuan`` (ids) and ``ulangan``
        (told above already). An operand has ``peran, nilai, tampil, jenis`` and one of ``sel`` (``berkas,
        berkas_id, lembar, sel, koreksi, temuan``), ``angka`` (a node), ``pilihan``.

    Raises:
        NotFound: no such table, row or column, or several rows.
    """
    if table not in contracts.names("mart"):
        raise NotFound(f"tabel {table!r} tidak ada; yang ada: {', '.join(contracts.names('mart'))}")
    wanted = dict(p.split("=", 1) for p in key.split(";")) if isinstance(key, str) else key
    return _Walk(con, contracts.table(table)).row(wanted, column, whole)


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """What makes the columns that are no figures: ``cara`` and a sentence in ``id`` and ``en``."""
    said = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))["kolom"]
    return {str(name): dict(facts) for name, facts in said.items()}


@dataclass
class _Walk:
    """One question: what was met on the way is told once."""

    con: duckdb.DuckDBPyConnection
    table: contracts.Table
    told: set[_Place] = field(default_factory=set)
    formulas: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def row(self, wanted: Mapping[str, str], column: str | None, whole: bool) -> dict[str, Any]:
        """The whole answer."""
        found = self._found(wanted)
        found |= {"alasan": self._reason(found["alasan"])}
        key = self.table.key_of(found)
        self.findings = Findings(self.con)
        columns = [column] if column else self._columns(key, whole)
        if column and column not in {c.name for c in self.table.columns}:
            raise NotFound(f"{self.table.name} tidak punya kolom {column}")
        nodes = []
        for name in columns:
            if column or whole or (self.table.name, key, name) not in self.told:
                nodes.append(self._column(found, key, name))
        return {
            "tabel": self.table.name,
            "judul": self.table.one_row_is,
            "kunci": {k: text_of(found[k]) for k in self.table.key},
            "kunci_teks": key,
            **{k: found[k] for k in ("status_terbit", "alasan", "versi_aturan")},
            "peka": found.get("peka"),
            "terbit": self._run(),
            "kolom": nodes,
            "rumus": self.formulas,
            "temuan": self.findings.met(self.table.name, key),
            "koreksi": self.findings.corrections(),
        }

    def _found(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        known = {c.name for c in self.table.columns}
        if strange := set(wanted) - known:
            raise NotFound(
                f"{self.table.name} tidak punya kolom {', '.join(sorted(strange))}; "
                f"kuncinya: {', '.join(self.table.key)}"
            )
        where = " AND ".join(f'CAST("{c}" AS VARCHAR) = ?' for c in wanted) or "true"
        found = self._rows(f'SELECT * FROM "{self.table.name}" WHERE {where}', list(wanted.values()))
        if len(found) == 1:
            return found[0]
        said = " ".join(f"{k}={v}" for k, v in wanted.items()) or "(tanpa kunci)"
        if not found:
            raise NotFound(f"tidak ada baris {self.table.name} dengan {said}")
        keys = "\n  ".join(self.table.key_of(r).replace(";", " ") for r in found[:20])
        more = f"\n  … dan {len(found) - 20} lagi" if len(found) > 20 else ""
        raise NotFound(f"{len(found)} baris cocok dengan {said}; pilih satu:\n  {keys}{more}")

    def _run(self) -> dict[str, Any] | None:
        found = self._rows("SELECT * FROM jalan ORDER BY jalan_id DESC LIMIT 1", [])
        return {k: _plain(v) for k, v in found[0].items()} if found else None

    def _columns(self, key: str, whole: bool) -> list[str]:
        if whole:
            return [c.name for c in self.table.columns if c.name not in self.table.key]
        found = self._rows(
            "SELECT DISTINCT kolom FROM jejak WHERE tabel = ? AND kunci = ?", [self.table.name, key]
        )
        have = {r["kolom"] for r in found}
        # The figures that the table is for come first; what they rest on is told below them.
        first = [c for c in self.table.main if c in have]
        return first + [c.name for c in self.table.columns if c.name in have and c.name not in first]

    # --- one column ------------------------------------------------------------------------------
    def _column(self, row: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
        place = (self.table.name, key, name)
        if self._steps(place):
            return self._figure(place)
        node = self._node(place, row[name])
        label = labels().get(name)
        if label is not None:
            beside = self._beside(key) if label["cara"] == "disalin" else []
            return (
                node
                | {"cara": label["cara"], "kalimat": label["id"], "kalimat_en": label["en"]}
                | ({"masukan": beside} if beside else {})
            )
        why = row["alasan"] or "tidak ada masukannya"
        return node | {"cara": "kosong", "kalimat": why, "kalimat_en": why}

    def _node(self, place: _Place, value: Any) -> dict[str, Any]:
        column = next(c for c in contracts.table(place[0]).columns if c.name == place[2])
        return {
            "tabel": place[0],
            "kunci": place[1],
            "kolom": place[2],
            "arti": column.means,
            "satuan": column.unit,
            "nilai": _plain(value),
            "tampil": text_of(value),
            "cara": "rumus",
            "rumus": [],
            "masukan": [],
            "temuan": self.findings.of_figure(place[0], place[1]),
        }

    def _figure(self, place: _Place) -> dict[str, Any]:
        node = self._node(place, self._value(place))
        steps = self._steps(place)
        # A copy says nothing: go on to what was copied.
        while len(steps) == 1 and steps[0]["rumus"] == COPIED and steps[0]["jenis"] == "angka":
            place = (steps[0]["rujuk_tabel"], steps[0]["rujuk_kunci"], steps[0]["rujuk_kolom"])
            node["disalin_dari"] = {"tabel": place[0], "kunci": place[1], "kolom": place[2]}
            steps = self._steps(place)
        if place in self.told:
            return node | {"ulangan": True}
        self.told.add(place)
        if not steps:
            why = "tidak ada masukannya"
            return node | {"cara": "kosong", "kalimat": why, "kalimat_en": "nothing to make it of"}
        ids = list(dict.fromkeys(s["rumus"] for s in steps))
        for one in ids:
            self.formulas.setdefault(one, _formula(one))
        if set(ids) <= _TAKEN and all(s["jenis"] == "sel" for s in steps):
            node["cara"] = "disalin"
        return node | {"rumus": ids, "masukan": [self._operand(s) for s in steps]}

    def _operand(self, step: Mapping[str, Any]) -> dict[str, Any]:
        said = {
            "peran": step["peran"],
            "rumus": step["rumus"],
            "nilai": step["nilai"],
            "tampil": text_of(step["nilai"]),
            "jenis": step["jenis"],
        }
        if step["jenis"] == "sel":
            return said | {"sel": self._cell(step)}
        if step["jenis"] == "pilihan":
            return said | {"pilihan": step["rujuk_kunci"]}
        if step["jenis"] == "angka":
            node = self._figure((step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"]))
            return said | {"tampil": node["tampil"], "angka": node}
        return said

    def _cell(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "berkas": self._file(step["berkas_id"]),
            "berkas_id": step["berkas_id"],
            "lembar": None if step["lembar"] in (None, "-") else step["lembar"],
            "sel": step["sel"],
            "koreksi": step["koreksi_id"],
            "temuan": self.findings.of_cell(step["berkas_id"], step["lembar"], step["sel"]),
        }

    def _beside(self, key: str) -> list[dict[str, Any]]:
        """Cells in which the row's own values stand: the label is printed beside them."""
        found = self._rows(
            "SELECT * FROM jejak WHERE tabel = ? AND kunci = ? AND jenis = 'sel' "
            "ORDER BY kolom, urut LIMIT ?",
            [self.table.name, key, _BESIDE],
        )
        return [self._operand(s) | {"peran": f"di baris yang sama dengan {s['peran']}"} for s in found]

    # --- the warehouse ---------------------------------------------------------------------------
    def _value(self, place: _Place) -> Any:
        table, key, column = place
        contract = contracts.table(table)
        parts = dict(p.split("=", 1) for p in key.split(";"))
        where = " AND ".join(f'CAST("{k}" AS VARCHAR) = ?' for k in contract.key)
        found = self._rows(
            f'SELECT "{column}" FROM "{table}" WHERE {where}', [parts[k] for k in contract.key]
        )
        return found[0][column] if found else None

    def _steps(self, place: _Place) -> list[dict[str, Any]]:
        return self._rows(
            "SELECT * FROM jejak WHERE tabel = ? AND kunci = ? AND kolom = ? ORDER BY urut", list(place)
        )

    def _reason(self, alasan: str | None) -> str | None:
        names = {r["berkas_id"]: r["nama"] for r in self._rows("SELECT berkas_id, nama FROM berkas", [])}
        return with_names(alasan, names) if alasan else alasan

    def _file(self, berkas_id: str) -> str:
        if berkas_id not in self.files:
            found = self._rows("SELECT nama FROM berkas WHERE berkas_id = ?", [berkas_id])
            self.files[berkas_id] = found[0]["nama"] if found else berkas_id[:12]
        return self.files[berkas_id]

    def _rows(self, query: str, values: list[Any]) -> list[dict[str, Any]]:
        return contracts.as_rows(self.con.sql(query, params=values).to_arrow_table())


def _formula(id_: str) -> dict[str, Any]:
    said = registry.rumus(id_)
    basis = said.dasar_hukum if said.dasar_hukum.strip("- ") else None
    return {"judul": said.judul, "kalimat": said.kalimat, "dasar_hukum": basis, "berlaku": said.berlaku}


def _plain(value: Any) -> Any:
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
