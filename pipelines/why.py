"""The way back of one published figure: formula by formula, down to file, sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.shown import text_of
from warehouse import contracts
from warehouse.formulas import registry

COPIED = "salin"  # the formula of a value taken as it stands
_Place = tuple[str, str, str]  # table, key, column


class NotFound(LookupError):
    """The question names no published row, or more than one."""


@dataclass(frozen=True)
class Line:
    """One line of the tree: how deep it stands, and what it says."""

    depth: int
    text: str


def why(published: Path, table: str, wanted: Mapping[str, str], column: str | None = None) -> Iterator[Line]:
    """The formula tree of the row that ``wanted`` names.

    Args:
        published: the warehouse file.
        table: a figure table.
        wanted: values of key columns; as many as single out one row.
        column: only this column; else every column that has a formula.

    Raises:
        NotFound: no such table or column, no such row, or several rows (their keys are listed).
    """
    if table not in contracts.names("mart"):
        raise NotFound(f"tabel {table!r} tidak ada; yang ada: {', '.join(contracts.names('mart'))}")
    if not published.exists():
        raise NotFound(f"belum ada terbitan: {published} tidak ada. Jalankan: lumbung run")
    with duckdb.connect(str(published), read_only=True) as con:
        yield from _Tree(con, table, wanted, column).lines()


class _Tree:
    def __init__(
        self, con: duckdb.DuckDBPyConnection, table: str, wanted: Mapping[str, str], column: str | None
    ) -> None:
        self._con = con
        self._table = contracts.table(table)
        self._wanted = wanted
        self._column = column
        self._told: set[_Place] = set()
        self._formulas: set[str] = set()

    def lines(self) -> Iterator[Line]:
        row = self._row()
        key = self._table.key_of(row)
        yield Line(0, f"{self._table.name} · {key.replace(';', ' · ')}")
        yield from self._state(row)
        columns = self._columns(key)
        if not columns:
            yield Line(1, "baris ini disalin dari berkas; tidak ada rumus")
        for column in columns:
            if (self._table.name, key, column) not in self._told:
                yield from self._figure((self._table.name, key, column), 1, column, key)

    def _row(self) -> dict[str, Any]:
        known = {c.name for c in self._table.columns}
        strange = set(self._wanted) - known
        if strange:
            raise NotFound(
                f"{self._table.name} tidak punya kolom {', '.join(sorted(strange))}; "
                f"kuncinya: {', '.join(self._table.key)}"
            )
        where = " AND ".join(f'CAST("{c}" AS VARCHAR) = ?' for c in self._wanted) or "true"
        found = contracts.as_rows(
            self._con.sql(
                f'SELECT * FROM "{self._table.name}" WHERE {where}', params=list(self._wanted.values())
            ).to_arrow_table()
        )
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotFound(f"tidak ada baris {self._table.name} dengan {_said(self._wanted)}")
        keys = "\n  ".join(self._table.key_of(r).replace(";", " ") for r in found[:20])
        more = f"\n  … dan {len(found) - 20} lagi" if len(found) > 20 else ""
        raise NotFound(f"{len(found)} baris cocok dengan {_said(self._wanted)}; pilih satu:\n  {keys}{more}")

    def _state(self, row: Mapping[str, Any]) -> Iterator[Line]:
        said = f"status {row['status_terbit']}, versi aturan {row['versi_aturan'] or '-'}"
        yield Line(1, said + (f": {row['alasan']}" if row["alasan"] else ""))
        if row.get("peka"):
            yield Line(1, f"peka terhadap pilihan lain yang sah: {row['peka']}")

    def _columns(self, key: str) -> list[str]:
        if self._column:
            if self._column not in {c.name for c in self._table.columns}:
                raise NotFound(f"{self._table.name} tidak punya kolom {self._column}")
            return [self._column]
        found = self._con.execute(
            "SELECT DISTINCT kolom FROM jejak WHERE tabel = ? AND kunci = ? AND rumus IS DISTINCT FROM ?",
            [self._table.name, key, COPIED],
        ).fetchall()
        have = {c for (c,) in found}
        # The figures that the table is for come first; what they rest on is told below them.
        first = [c for c in self._table.main if c in have]
        return first + [c.name for c in self._table.columns if c.name in have and c.name not in first]

    def _figure(self, place: _Place, depth: int, label: str, above: str) -> Iterator[Line]:
        steps = self._steps(place)
        # A copy says nothing: go on to what was copied.
        while len(steps) == 1 and steps[0]["rumus"] == COPIED and steps[0]["jenis"] == "angka":
            place = (steps[0]["rujuk_tabel"], steps[0]["rujuk_kunci"], steps[0]["rujuk_kolom"])
            steps = self._steps(place)
        where = _differing(place[1], above)
        said = f"{label}{f' ({where})' if where and where not in label else ''} = {self._value(place)}"
        if place in self._told:
            yield Line(depth, f"{said}   (diuraikan di atas)")
            return
        self._told.add(place)
        if steps and all(s["jenis"] == "sel" for s in steps) and steps[0]["rumus"] == COPIED:
            yield Line(depth, f"{said}   ⟵ {self._cells(steps)}")
            return
        yield from self._headed(said, steps[0]["rumus"] if steps else None, depth)
        yield from self._operands(steps, depth + 1, place[1])

    def _headed(self, said: str, rumus_id: str | None, depth: int) -> Iterator[Line]:
        """The figure with its formula; sentence and legal basis are printed where a formula first appears."""
        if rumus_id is None or rumus_id in self._formulas:
            yield Line(depth, said + (f"   ⟵ rumus {rumus_id}" if rumus_id else ""))
            return
        self._formulas.add(rumus_id)
        formula = registry.rumus(rumus_id)
        yield Line(depth, f"{said}   ⟵ {formula.kalimat}  [{rumus_id}]")
        if formula.dasar_hukum.strip("- "):
            yield Line(depth + 1, f"dasar: {formula.dasar_hukum}")

    def _operands(self, steps: list[dict[str, Any]], depth: int, above: str) -> Iterator[Line]:
        """Operands in order; those that come straight from cells of one sheet share a line."""
        cells: list[dict[str, Any]] = []
        for step in steps:
            leaf = self._leaf(step)
            if leaf is not None:
                if cells and _sheet(cells[-1]) != _sheet(leaf):
                    yield self._line_of(cells, depth)
                    cells = []
                cells.append(leaf)
                continue
            if cells:
                yield self._line_of(cells, depth)
                cells = []
            yield from self._operand(step, depth, above)
        if cells:
            yield self._line_of(cells, depth)

    def _leaf(self, step: dict[str, Any]) -> dict[str, Any] | None:
        """The step, if it is a cell or the copy of one."""
        if step["jenis"] == "sel":
            return step
        if step["jenis"] != "angka":
            return None
        below = self._steps((step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"]))
        if len(below) == 1 and below[0]["rumus"] == COPIED and below[0]["jenis"] == "sel":
            return {**below[0], "peran": step["peran"], "nilai": step["nilai"]}
        return None

    def _line_of(self, steps: list[dict[str, Any]], depth: int) -> Line:
        values = " · ".join(f"{s['peran']} {text_of(s['nilai'])}" for s in steps)
        return Line(depth, f"{values}   ⟵ {self._cells(steps)}")

    def _operand(self, step: Mapping[str, Any], depth: int, above: str) -> Iterator[Line]:
        said = f"{step['peran']} = {text_of(step['nilai'])}" if step["peran"] else text_of(step["nilai"])
        if step["jenis"] == "angka":
            place = (step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"])
            yield from self._figure(place, depth, step["peran"] or step["rujuk_kolom"], above)
        elif step["jenis"] == "pilihan":
            yield Line(depth, f"{said}   ⟵ pilihan {step['rujuk_kunci']} (konfigurasi unit atau bawaan)")
        else:
            yield Line(depth, f"{said}   (tetapan rumus)")

    def _cells(self, steps: list[dict[str, Any]]) -> str:
        first = steps[0]
        found = self._con.execute(
            "SELECT nama FROM berkas WHERE berkas_id = ?", [first["berkas_id"]]
        ).fetchall()
        name = found[0][0] if found else first["berkas_id"][:12]
        sheet = "" if first["lembar"] in (None, "-") else f" · {first['lembar']}"
        cells = ", ".join(dict.fromkeys(s["sel"] for s in steps))
        mended = dict.fromkeys(s["koreksi_id"] for s in steps if s["koreksi_id"])
        return f"{name}{sheet} · {cells}" + (f"  (koreksi {', '.join(mended)})" if mended else "")

    def _value(self, place: _Place) -> str:
        table, key, column = place
        contract = contracts.table(table)
        parts = dict(p.split("=", 1) for p in key.split(";"))
        where = " AND ".join(f'CAST("{k}" AS VARCHAR) = ?' for k in contract.key)
        found = self._con.execute(
            f'SELECT "{column}" FROM "{table}" WHERE {where}', [parts[k] for k in contract.key]
        ).fetchall()
        return text_of(found[0][0]) if found else "(tidak terbit)"

    def _steps(self, place: _Place) -> list[dict[str, Any]]:
        return contracts.as_rows(
            self._con.sql(
                "SELECT * FROM jejak WHERE tabel = ? AND kunci = ? AND kolom = ? ORDER BY urut",
                params=list(place),
            ).to_arrow_table()
        )


def _sheet(step: Mapping[str, Any]) -> tuple[Any, ...]:
    return (step["berkas_id"], step["lembar"])


def _differing(key: str, above: str) -> str:
    """The values of a key that the figure above does not share: ``2025-TW1 U1``."""
    known = set(above.split(";"))
    return " ".join(part.partition("=")[2] for part in key.split(";") if part not in known)


def _said(wanted: Mapping[str, str]) -> str:
    return " ".join(f"{k}={v}" for k, v in wanted.items()) or "(tanpa kunci)"
