"""The trails of a publication as a graph: each figure with what it came of, each told once.

``origin_tree`` walks it for one question, ``way_back`` packs it for many. Read in bulk: however many figures
are asked, the warehouse is asked once a depth and once a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import yaml

from assets.publish.origin_findings import Findings
from assets.publish.shown import with_names
from warehouse import contracts

COPIED = "salin"  # the formula of a value taken as it stands
_TAKEN = frozenset(("salin", "target_berlaku", "pagu_berlaku", "realisasi_tahun_lalu", "indeks_tercetak"))
_LABELS = Path(__file__).with_name("asal_kolom.yaml")
_BESIDE = 3  # cells of the row shown beside a label
_AT_ONCE = 40  # units whose trails are read together: each reading goes through all trails there are
_NOTHING = ("tidak ada masukannya", "nothing to make it of")

Step = Mapping[str, Any]


class Place(NamedTuple):
    """One figure: table, key as trails write it, column."""

    tabel: str
    kunci: str
    kolom: str


class Origin(NamedTuple):
    """What one figure came of.

    ``cara`` is one of rumus, disalin, label, ditetapkan, kosong; ``kalimat`` says the last three, labels that
    are copied too, in Indonesian and English. ``asal`` is where ``langkah`` (rows of ``jejak``) stand:
    another place where the figure is a mere copy.
    """

    place: Place
    nilai: Any
    cara: str
    kalimat: tuple[str, str] | None
    asal: Place
    langkah: Sequence[Step]

    @property
    def rumus(self) -> list[str]:
        """Ids of the formulas, in the order they are used; a label's neighbours are no operands."""
        if self.kalimat is not None:
            return []
        return list(dict.fromkeys(s["rumus"] for s in self.langkah))


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """What makes the columns that are no figures: ``cara`` and a sentence in ``id`` and ``en``."""
    said = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))["kolom"]
    return {str(name): dict(facts) for name, facts in said.items()}


@dataclass
class Graph:
    """A publication's trails, rows and findings, read as they are asked for and kept.

    Args:
        con: the published warehouse, or any connection in which its tables can be asked: the figures,
            ``jejak``, ``berkas``, ``temuan``, ``jalan``.
    """

    con: duckdb.DuckDBPyConnection
    findings: Findings = field(init=False)
    files: Mapping[str, str] = field(init=False)
    run: dict[str, Any] | None = field(init=False)
    _steps: dict[tuple[str, str], dict[str, list[Step]]] = field(default_factory=dict)
    _rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.findings = Findings(self.con)
        self.files = dict(self.con.execute("SELECT berkas_id, nama FROM berkas").fetchall())
        runs = self.ask("SELECT * FROM jalan ORDER BY jalan_id DESC LIMIT 1")
        self.run = runs[0] if runs else None

    def ask(self, query: str, values: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query, decimals exact."""
        return contracts.as_rows(self.con.sql(query, params=values).to_arrow_table())

    def reach(self, rows: Iterable[tuple[str, str]]) -> None:
        """Read these rows (table, key) and everything they rest on."""
        new = {row for row in rows if row not in self._steps}
        if not new:
            return
        met = set(new)
        while new:
            found: dict[tuple[str, str], dict[str, list[Step]]] = {row: {} for row in new}
            for step in self._wanted(new, _STEPS):
                found[step["tabel"], step["kunci"]].setdefault(step["kolom"], []).append(step)
            self._steps |= found
            below = {
                (s["rujuk_tabel"], s["rujuk_kunci"])
                for columns in found.values()
                for steps in columns.values()
                for s in steps
                if s["jenis"] == "angka"
            }
            new = below - self._steps.keys()
            met |= new
        self._read(met)

    def _read(self, rows: Iterable[tuple[str, str]]) -> None:
        by_table: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for table, key in rows:
            by_table[table].append((table, key))
        for table, wanted in by_table.items():
            contract = contracts.table(table)
            query = f'SELECT * FROM "{table}" WHERE {contract.key_sql} IN (SELECT kunci FROM dicari)'
            for row in self._wanted(wanted, query):
                row["alasan"] = with_names(row["alasan"], self.files) if row["alasan"] else None
                self._rows[table, contract.key_of(row)] = row

    def _wanted(self, rows: Iterable[tuple[str, str]], query: str) -> list[dict[str, Any]]:
        listed = list(rows)
        columns = {"tabel": [t for t, _ in listed], "kunci": [k for _, k in listed]}
        self.con.register("dicari", pa.table(columns, pa.schema([(c, pa.string()) for c in columns])))
        try:
            return self.ask(query)
        finally:
            self.con.unregister("dicari")

    def forget(self) -> None:
        """Drop what was read of single figures: between units, so that memory holds one at a time."""
        self._steps.clear()
        self._rows.clear()

    def in_turn(self, owned: Mapping[str, Collection[tuple[str, str]]]) -> Iterator[str]:
        """Each owner (a unit) of the rows in turn, its rows read; memory holds some owners at a time."""
        names = list(owned)
        for begin in range(0, len(names), _AT_ONCE):
            some = names[begin : begin + _AT_ONCE]
            self.reach(row for name in some for row in owned[name])
            yield from some
            self.forget()

    def row(self, table: str, key: str) -> dict[str, Any] | None:
        """The published row; ``alasan`` with names of files."""
        if (table, key) not in self._steps:
            self.reach([(table, key)])
        return self._rows.get((table, key))

    def columns(self, table: str, key: str) -> list[str]:
        """Columns of a row that have a trail; those that the table is for come first."""
        self.reach([(table, key)])
        contract, have = contracts.table(table), self._steps[table, key]
        first = [c for c in contract.main if c in have]
        return first + [c.name for c in contract.columns if c.name in have and c.name not in first]

    def origin(self, place: Place) -> Origin:
        """What a figure came of; a copy says nothing, so it leads to what was copied."""
        row = self.row(place.tabel, place.kunci)
        value = row[place.kolom] if row else None
        at, steps = place, self._of(place)
        while len(steps) == 1 and steps[0]["rumus"] == COPIED and steps[0]["jenis"] == "angka":
            at = Place(steps[0]["rujuk_tabel"], steps[0]["rujuk_kunci"], steps[0]["rujuk_kolom"])
            steps = self._of(at)
        if not steps:
            return self._plain(place, value, at)
        taken = {s["rumus"] for s in steps} <= _TAKEN and all(s["jenis"] == "sel" for s in steps)
        return Origin(place, value, "disalin" if taken else "rumus", None, at, steps)

    def _plain(self, place: Place, value: Any, at: Place) -> Origin:
        """A column without a trail: a label, or nothing stands in it."""
        label = labels().get(at.kolom)
        if label is not None:
            beside = self._beside(at) if label["cara"] == "disalin" else []
            return Origin(place, value, label["cara"], (label["id"], label["en"]), at, beside)
        row = self.row(at.tabel, at.kunci)
        why = row["alasan"] if row else None
        return Origin(place, value, "kosong", (why, why) if why else _NOTHING, at, ())

    def _of(self, place: Place) -> Sequence[Step]:
        self.row(place.tabel, place.kunci)
        return self._steps[place.tabel, place.kunci].get(place.kolom, ())

    def _beside(self, place: Place) -> list[Step]:
        """Cells in which the row's own values stand: the label is printed beside them."""
        columns = self._steps[place.tabel, place.kunci]
        cells = [s for name in sorted(columns) for s in columns[name] if s["jenis"] == "sel"]
        return [{**s, "peran": f"di baris yang sama dengan {s['peran']}"} for s in cells[:_BESIDE]]


_STEPS = "SELECT * FROM jejak SEMI JOIN dicari USING (tabel, kunci) ORDER BY tabel, kunci, kolom, urut"
