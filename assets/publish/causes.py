"""Why a figure changed, told for each figure from what it rests on before and after.

The trails of the two publications name the files, corrections and choices below a figure; where these are
the same, rules and program versions are compared. A figure that rests on others by rank or count alone has no
such trail, and is told with what changed in the run as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse import contracts

AWAL, BARU, DIGANTI, DITARIK = "awal", "berkas_baru", "berkas_diganti", "berkas_ditarik"
KOREKSI, PENGECUALIAN, KONFIGURASI = "koreksi", "pengecualian", "konfigurasi"
TEMUAN, ATURAN, PROGRAM, LAIN = "temuan", "aturan", "program", "lain"
SEBAB = (
    AWAL, BARU, DIGANTI, DITARIK, KOREKSI, PENGECUALIAN, KONFIGURASI, TEMUAN, ATURAN, PROGRAM, LAIN
)  # fmt: skip
Place = tuple[str, str, str]  # table, key, column
Row = Mapping[str, Any]


class Cause(NamedTuple):
    """Word, sentence, and the reason that somebody recorded for it (a withdrawal, a correction), if any."""

    sebab: str
    alasan: str
    dasar: str | None = None


class Leaves(NamedTuple):
    """What a figure rests on: files, corrections, choices ``name=value``."""

    files: frozenset[str] = frozenset()
    corrections: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()

    def with_(self, other: Leaves) -> Leaves:
        """Both together."""
        return Leaves(*(a | b for a, b in zip(self, other, strict=True)))


@dataclass
class State:
    """One publication, as far as causes need it."""

    jejak: Sequence[Row]
    berkas: Mapping[str, Row]
    temuan: Sequence[Row]
    versi_program: str
    versi_aturan: str
    versi_baris: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    _leaves: dict[Place, Leaves] = field(default_factory=dict)

    @cached_property
    def _steps(self) -> dict[Place, list[Row]]:
        found: dict[Place, list[Row]] = defaultdict(list)
        for step in self.jejak:
            found[step["tabel"], step["kunci"], step["kolom"]].append(step)
        return found

    @cached_property
    def _columns(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for table, key, column in self._steps:
            found[table, key].append(column)
        return found

    def under(self, place: Place) -> Leaves:
        """What the figure rests on; a column without a trail rests on what its row does."""
        if place in self._steps:
            return self._of(place)
        whole = Leaves()
        for column in self._columns.get(place[:2], ()):
            whole = whole.with_(self._of((*place[:2], column)))
        return whole

    def _of(self, place: Place) -> Leaves:
        if place not in self._leaves:
            self._leaves[place] = Leaves()
            self._leaves[place] = self._gather(place)
        return self._leaves[place]

    def _gather(self, place: Place) -> Leaves:
        files, corrections, choices = set(), set(), set()
        whole = Leaves()
        for step in self._steps.get(place, ()):
            if step["jenis"] == "angka":
                whole = whole.with_(self._of((step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"])))
            elif step["jenis"] == "sel":
                files.add(step["berkas_id"])
                corrections |= {step["koreksi_id"]} if step["koreksi_id"] else set()
            elif step["jenis"] == "pilihan":
                choices.add(f"{step['rujuk_kunci']}={step['nilai']}")
        return whole.with_(Leaves(frozenset(files), frozenset(corrections), frozenset(choices)))

    @cached_property
    def in_force(self) -> set[str]:
        """Files whose tables count."""
        return {b for b, row in self.berkas.items() if row["status"] == "dipakai"}

    @cached_property
    def waived(self) -> dict[str, str]:
        """Waivers by the finding they settle."""
        return {r["temuan_id"]: r["pengecualian_id"] for r in self.temuan if r["pengecualian_id"]}

    @cached_property
    def holding(self) -> dict[str, list[str]]:
        """Findings that withhold, by the file in which they stand."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.temuan:
            if row["akibat"] == "tahan" and row["berkas_id"]:
                found[row["berkas_id"]].append(row["temuan_id"])
        return found

    @cached_property
    def by_figure(self) -> dict[tuple[str, str], list[Row]]:
        """Findings that name a row of figures."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.temuan:
            for named in (row["angka_terkait"] or "").split("; "):
                table, mark, key = named.partition("|")
                if mark:
                    found[table, key].append(row)
        return found


def published(path: Path) -> State | None:
    """What was published before; None where nothing was. A column it had not yet is None."""
    if not path.exists():
        return None
    with duckdb.connect(str(path), read_only=True) as con:
        found = {name: _rows(con, name) for name in ("jejak", "berkas", "temuan", "jalan")}
        versions = {
            (name, contracts.table(name).key_of(r)): r.get("versi_aturan")
            for name in contracts.names("mart")
            for r in _rows(con, name, (*contracts.table(name).key, "versi_aturan"))
        }
    if not found["jalan"]:
        return None
    last = max(found["jalan"], key=lambda r: str(r["jalan_id"]))
    files = {r["berkas_id"]: r for r in found["berkas"]}
    return State(
        found["jejak"], files, found["temuan"], last["versi_program"], last["versi_aturan"], versions
    )


def _rows(con: duckdb.DuckDBPyConnection, name: str, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    there = {
        r[0]
        for r in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]
        ).fetchall()
    }
    wanted = [c for c in only or contracts.table(name).schema.names if c in there]
    if not wanted:
        return []
    listed = ", ".join(f'"{c}"' for c in wanted)
    rows = contracts.as_rows(con.sql(f'SELECT {listed} FROM "{name}"').to_arrow_table())
    absent = dict.fromkeys(set(only or contracts.table(name).schema.names) - there)
    return [{**absent, **r} for r in rows] if absent else rows


class Causes:
    """Two publications held against each other."""

    def __init__(self, before: State, now: State, waivers: Iterable[Row] = ()) -> None:
        """Take both; ``waivers`` are the recorded exceptions, for their reasons."""
        self._before, self._now = before, now
        self._waivers = {str(w["id"]): w for w in waivers}

    def of(self, place: Place) -> Cause:
        """Why this figure changed."""
        was, now = self._before.under(place), self._now.under(place)
        return (
            self._files(was.files, now.files, "")
            or self._corrections(was.corrections, now.corrections)
            or self._waived(place)
            or self._choices(was.choices, now.choices)
            or self._configured(place)
            or self._withheld(place)
            or self._rules()
            or self._files(self._before.in_force, self._now.in_force, "berkas lain: ")
            or Cause(LAIN, "cakupan terbit, atau sebab yang tidak dapat dirunut")
        )

    def _files(self, was: Iterable[str], now: Iterable[str], head: str) -> Cause | None:
        gone, new = sorted(set(was) - set(now)), sorted(set(now) - set(was))
        withdrawn = [b for b in gone if self._status(b) == "ditarik"]
        if withdrawn:
            reasons = [str(self._now.berkas[b].get("alasan")) for b in withdrawn]
            said = "; ".join(f"{self._name(b)} ditarik: {r}" for b, r in zip(withdrawn, reasons, strict=True))
            return Cause(DITARIK, head + said, "; ".join(dict.fromkeys(reasons)))
        if gone:
            told = {str(r) for b in gone if (r := self._now.berkas.get(b, {}).get("alasan"))}
            names = ", ".join(map(self._name, gone))
            said = (
                f"{', '.join(map(self._name, new))} menggantikan {names}"
                if new
                else f"{names} tidak berlaku lagi"
            )
            return Cause(
                DIGANTI,
                head + said + "".join(f" ({r})" for r in sorted(told)),
                "; ".join(sorted(told)) or None,
            )
        if new:
            return Cause(BARU, f"{head}berkas baru: {', '.join(map(self._name, new))}")
        return None

    def _status(self, berkas_id: str) -> str | None:
        row = self._now.berkas.get(berkas_id)
        return None if row is None else row["status"]

    def _name(self, berkas_id: str) -> str:
        row = self._now.berkas.get(berkas_id) or self._before.berkas.get(berkas_id)
        return str(row["nama"]) if row else berkas_id[:12]

    def _corrections(self, was: frozenset[str], now: frozenset[str]) -> Cause | None:
        if was == now:
            return None
        told = {r["koreksi_id"]: r["pesan"] for r in self._now.temuan if r["aturan"] == "koreksi_dipakai"}
        said = [f"koreksi {i} dipakai: {told.get(i, '')}".rstrip(": ") for i in sorted(now - was)]
        said += [f"koreksi {i} tidak dipakai lagi" for i in sorted(was - now)]
        return Cause(KOREKSI, "; ".join(said), "; ".join(said))

    def _waived(self, place: Place) -> Cause | None:
        # A waived finding withholds nothing and may name the row no more: both sides are asked for it.
        about = self._holding(self._before, place) | self._holding(self._now, place)
        was, now = ({w for i, w in s.waived.items() if i in about} for s in (self._before, self._now))
        if was == now:
            return None
        reasons = [str(self._waivers[i]["alasan"]) for i in sorted(now - was) if i in self._waivers]
        said = [f"pengecualian {i} berlaku" for i in sorted(now - was)]
        said += [f"pengecualian {i} berakhir atau dihapus" for i in sorted(was - now)]
        said += reasons
        return Cause(PENGECUALIAN, "; ".join(said), "; ".join(reasons) or said[0])

    def _holding(self, state: State, place: Place) -> set[str]:
        """Findings that name the row, or that withhold and stand in a file it rests on."""
        named = {r["temuan_id"] for r in state.by_figure.get(place[:2], ())}
        return named | {i for b in state.under(place).files for i in state.holding.get(b, ())}

    def _choices(self, was: frozenset[str], now: frozenset[str]) -> Cause | None:
        before, after = (dict(c.split("=", 1) for c in side) for side in (was, now))
        changed = [
            f"{name}: {before.get(name, 'tidak dipakai')} → {after.get(name, 'tidak dipakai')}"
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ]
        return Cause(KONFIGURASI, "; ".join(changed)) if changed else None

    def _configured(self, place: Place) -> Cause | None:
        """The unit's configuration has another version, though none of the choices in the trail differ."""
        was, now = (s.versi_baris.get(place[:2]) for s in (self._before, self._now))
        if was is None or now is None or was.rpartition("-")[2] == now.rpartition("-")[2]:
            return None
        if (
            was.rpartition("-")[0] != self._before.versi_aturan
            or now.rpartition("-")[0] != self._now.versi_aturan
        ):
            return None
        return Cause(
            KONFIGURASI, f"konfigurasi unit {was.rpartition('-')[2]} menjadi {now.rpartition('-')[2]}"
        )

    def _withheld(self, place: Place) -> Cause | None:
        """A finding that withholds appeared or went."""
        was, now = (
            {r["temuan_id"]: r for r in s.by_figure.get(place[:2], ()) if r["akibat"] == "tahan"}
            for s in (self._before, self._now)
        )
        said = [f"ditahan: {now[i]['pesan']}" for i in sorted(now.keys() - was.keys())]
        said += [f"tidak ditahan lagi: {was[i]['pesan']}" for i in sorted(was.keys() - now.keys())]
        return Cause(TEMUAN, "; ".join(said[:3])) if said else None

    def _rules(self) -> Cause | None:
        was, now = self._before, self._now
        if was.versi_aturan != now.versi_aturan:
            return Cause(ATURAN, f"aturan atau rumus {was.versi_aturan} menjadi {now.versi_aturan}")
        if was.versi_program != now.versi_program:
            return Cause(PROGRAM, f"program {was.versi_program} menjadi {now.versi_program}")
        return None
