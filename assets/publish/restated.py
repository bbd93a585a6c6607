"""Published figures that changed: why each did, and those of closed periods that changed without a reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.publish import causes
from assets.publish.causes import Cause, Place
from quality.finding import Finding
from warehouse import contracts
from warehouse.trail import Figure

RULE = "ralat_tanpa_alasan"
_WORDS = {
    "berkas_diganti": "berkas diganti",
    "berkas_ditarik": "berkas ditarik",
    "lain": "sebab yang tidak dapat dirunut",
}


@dataclass
class Asked:
    """Why a figure of a release differs from the one before; nothing is read until the first is asked.

    ``published`` is the file of the last publication, ``tables`` those of this release (figures, ``jejak``,
    ``berkas``, ``temuan``).
    """

    published: Path
    tables: Mapping[str, pa.Table]
    versi_program: str
    versi_aturan: str
    waivers: Sequence[Mapping[str, Any]]

    def __call__(self, place: Place) -> Cause:
        """The cause of one figure's change."""
        return self._of(place)

    @cached_property
    def _of(self) -> Callable[[Place], Cause]:
        before = causes.published(self.published)
        if before is None:
            return lambda _: Cause(causes.AWAL, "terbitan pertama")
        return causes.Causes(before, self._now(), self.waivers).of

    def _now(self) -> causes.State:
        versions = {
            (name, contracts.table(name).key_of(r)): r["versi_aturan"]
            for name in contracts.names("mart")
            if name in self.tables
            for r in contracts.as_rows(self.tables[name], (*contracts.table(name).key, "versi_aturan"))
        }
        return causes.State(
            contracts.as_rows(self.tables["jejak"]),
            {r["berkas_id"]: r for r in contracts.as_rows(self.tables["berkas"])},
            contracts.as_rows(self.tables["temuan"]),
            self.versi_program,
            self.versi_aturan,
            versions,
        )


def findings(open_: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """One finding for each unit, period and day with restatements that nobody gave a reason for.

    Args:
        open_: rows of ``history.unexplained``.
    """
    groups: dict[tuple[str | None, str | None, dt.date], list[Mapping[str, Any]]] = {}
    for row in open_:
        unit, when = _whose(row["kunci"])
        groups.setdefault((unit, when, row["tercatat_pada"].date()), []).append(row)
    return [_told(*group, rows) for group, rows in groups.items()]


def _told(unit: str | None, when: str | None, day: dt.date, rows: Sequence[Mapping[str, Any]]) -> Finding:
    why = Counter(_WORDS.get(r["sebab"], r["sebab"]) for r in rows)
    first = rows[0]
    return Finding(
        RULE,
        kode_unit=unit,
        periode=when,
        jumlah=len(rows),
        isi={
            "pada": f"{day:%d-%m-%Y}",
            "sebab": ", ".join(why),
            "contoh": f"{first['tabel']}.{first['kolom']} ({first['kunci'].replace(';', ' ')})",
        },
        figures=tuple(Figure(r["tabel"], r["kunci"], r["kolom"]) for r in rows),
    )


def _whose(kunci: str) -> tuple[str | None, str | None]:
    """Unit and period of a key; a village's code begins with its kecamatan's."""
    parts = dict(p.split("=", 1) for p in kunci.split(";"))
    code = parts.get("kode_unit") or parts.get("kode_desa") or parts.get("kode_pembanding") or ""
    unit = code[:6] if code[:6].isdigit() and len(code) >= 6 else None
    return unit, parts.get("periode") or parts.get("tahun")


def counted(events: pa.Table, open_: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many published figures this run restates, and how many on record lack a reason."""
    return {"sekarang": sum(bool(r) for r in events["ralat"].to_pylist()), "tanpa_alasan": len(open_)}
