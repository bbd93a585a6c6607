"""Charts as data: what a browser draws beside the table of the same figures, and its sight in words.

Drawn in the browser, not at publish time, because a picture made for 600 pixels cannot be read on a phone,
and drawing one takes 0.1 s (docs/decisions/0011). Positions are floats; what is read is written from exact
values.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.publish.site.material import Row
from warehouse.values.numbers import tampil


@dataclass(frozen=True)
class Seri:
    """One line or set of bars: a name, a value for each label, its look (``realisasi``, ``target``)."""

    nama: str
    nilai: Sequence[Decimal | int | None]
    rupa: str = "realisasi"


@dataclass(frozen=True)
class Grafik:
    """A chart.

    ``jenis`` is ``garis`` (points over time), ``batang`` (bars), ``tumpuk`` (bars upon each other);
    ``dari`` and ``ke`` bound the axis where the measure has a scale of its own.
    """

    jenis: str
    judul: str
    label: Sequence[str]
    seri: Sequence[Seri]
    desimal: int = 2
    dari: float | None = None
    ke: float | None = None

    @property
    def data(self) -> str:
        """What the script draws, as JSON."""
        said: dict[str, Any] = {
            "jenis": self.jenis,
            "label": list(self.label),
            "desimal": self.desimal,
            "seri": [
                {
                    "nama": s.nama,
                    "rupa": s.rupa,
                    "nilai": [None if v is None else float(v) for v in s.nilai],
                    "teks": [self._shown(v) for v in s.nilai],
                }
                for s in self.seri
            ],
        }
        bounds = {"dari": self.dari, "ke": self.ke}
        return json.dumps(said | {k: v for k, v in bounds.items() if v is not None}, ensure_ascii=False)

    @property
    def kata(self) -> str:
        """What is seen, in words: every label with its value."""
        parts = []
        for one in self.seri:
            known = zip(self.label, one.nilai, strict=True)
            said = ", ".join(f"{label} {self._shown(v)}" for label, v in known if v is not None)
            parts.append(f"{one.nama}: {said}" if said else "")
        return f"{self.judul}. {'; '.join(p for p in parts if p)}."

    def _shown(self, value: Decimal | int | None) -> str:
        return "" if value is None else tampil(Decimal(value), 0 if isinstance(value, int) else self.desimal)


def tren(title: str, rows: Sequence[Row], said: dict[str, str]) -> Grafik | None:
    """Actual and target of an indicator over the years; nothing before the second year."""
    years = list(range(min(r["tahun"] for r in rows), max(r["tahun"] for r in rows) + 1))
    if sum(r["realisasi"] is not None for r in rows) < 2:
        return None
    by_year = {r["tahun"]: r for r in rows}
    breaks = [y for y in years if by_year.get(y, {}).get("putus_seri")]
    # A new measure begins a new line: what lies before it is another thing.
    spans = list(zip([years[0], *breaks], [*breaks, years[-1] + 1], strict=True))
    lines = [
        Seri(said[name], [by_year.get(y, {}).get(name) if a <= y < b else None for y in years], name)
        for name in ("realisasi", "target")
        for a, b in spans
    ]
    return Grafik("garis", title, [str(y) for y in years], lines)


def ikm_periode(title: str, rows: Sequence[Row], labels: Sequence[str]) -> Grafik | None:
    """The index by quarter or semester; nothing where there is but one."""
    known = [r["ikm"] for r in rows]
    if sum(v is not None for v in known) < 2:
        return None
    return Grafik("batang", title, labels, [Seri("IKM", known)], dari=0, ke=100)


def ikm_unsur(title: str, rows: Sequence[Row]) -> Grafik | None:
    """The nine aspects of a year on the scale of the questionnaire, 1 to 4."""
    known = [r["nrr"] for r in rows]
    if all(v is None for v in known):
        return None
    return Grafik("batang", title, [str(r["unsur"]) for r in rows], [Seri("NRR", known)], dari=1, ke=4)


def status_desa(
    title: str, years: Sequence[tuple[str, dict[str, int]]], order: Sequence[str]
) -> Grafik | None:
    """Villages by status, a bar a year; the lowest status at the bottom."""
    if not years:
        return None
    found = [s for s in reversed(order) if any(s in counted for _, counted in years)]
    bars = [
        Seri(s.title(), [counted.get(s, 0) for _, counted in years], s.lower().replace(" ", "-"))
        for s in found
    ]
    return Grafik("tumpuk", title, [label for label, _ in years], bars, desimal=0)
