"""Which programmes serve an indicator, and with which share of their budget (contract 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.marts.figures import Row, figure, is_kecamatan
from assets.marts.serapan import changed_by
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.trail import Cell, Choice, Source

TABEL = "pautan_program"
KONFIGURASI = "konfigurasi"
PENUH = Decimal(100)
# The later agreement goes first where a changed budget is in force.
_DOKUMEN = {True: ("PK-P", "PK"), False: ("PK",)}


@dataclass(frozen=True)
class Pautan:
    """One programme, kegiatan or sub kegiatan that serves an indicator."""

    kode: str
    kode_indikator: str
    porsi: Decimal
    source: Source
    row: Row | None = None

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it stands among the sheets; the configuration's come last."""
        row = self.row
        return (row["berkas_id"], row["lembar"], row["tabel_ke"], row["baris"]) if row else ("~", "", 0, 0)

    @property
    def sumber(self) -> str:
        """The document that links: PK, PK-P, or the unit's configuration."""
        return KONFIGURASI if self.row is None else str(self.row["dokumen"])

    def portion(self) -> list[tuple[str, Any, Source]]:
        """The share as operands; where none is printed the whole, and the cell that links."""
        said = f"porsi {self.kode} (%)"
        if self.row is not None and self.row["porsi"] is None:
            return [(said, self.porsi, None), ("pautan", None, self.source)]
        return [(said, self.porsi.normalize(), self.source)]

    @property
    def cell(self) -> Cell | None:
        """Where it is written; None if the configuration says it."""
        return None if self.row is None else Cell.of(self.row, "kode")


class Links:
    """Links by unit and period: the agreement's, and the configuration's where it has none."""

    def __init__(self, rows: Iterable[Row], choices: Choices) -> None:
        self._choices = choices
        self._rows: dict[tuple[str, int, str], list[Row]] = {}
        for row in rows:
            if is_kecamatan(row["kode_unit"]):
                self._rows.setdefault((row["kode_unit"], row["tahun"], row["dokumen"]), []).append(row)

    def of(self, unit: str, periode: str) -> list[Pautan]:
        """All links of a unit that hold at the end of a period, ordered by indicator and code."""
        agreed = self._agreed(unit, periode)
        known = {p.kode_indikator for p in agreed}
        said = [p for p in self._configured(unit, int(periode[:4])) if p.kode_indikator not in known]
        return sorted([*agreed, *said], key=lambda p: (p.kode_indikator, p.kode))

    def _agreed(self, unit: str, periode: str) -> list[Pautan]:
        documents = _DOKUMEN[changed_by(periode)]
        found = (self._rows.get((unit, int(periode[:4]), d)) for d in documents)
        rows = next((r for r in found if r), [])
        return [
            Pautan(
                r["kode"],
                r["kode_indikator"],
                PENUH if r["porsi"] is None else r["porsi"],
                Cell.of(r, "kode" if r["porsi"] is None else "porsi"),
                r,
            )
            for r in rows
        ]

    def _configured(self, unit: str, tahun: int) -> list[Pautan]:
        """Those of every year, and over them those said for this one."""
        said = sorted(self._choices.of(unit).pautan, key=lambda link: link["tahun"] is not None)
        held = {
            (link["kode_indikator"], link["kode"]): link for link in said if link["tahun"] in (None, tahun)
        }
        return [
            Pautan(kode, indikator, link["porsi"], Choice("pautan", f"{kode} untuk {indikator}"))
            for (indikator, kode), link in held.items()
        ]


def without_nested(links: Iterable[Pautan], above: Mapping[str, tuple[str, ...]]) -> list[Pautan]:
    """Links of one indicator without those whose budget a linked parent already holds."""
    kept = list(links)
    codes = {p.kode for p in kept}
    return [p for p in kept if codes.isdisjoint(above.get(p.kode, ()))]


def overdrawn(links: Iterable[Pautan], above: Mapping[str, tuple[str, ...]]) -> dict[str, list[Pautan]]:
    """Codes given away by more than 100 percent, with the links of the code and of those above it."""
    found = list(links)
    shared: dict[str, list[Pautan]] = {}
    for kode in sorted({p.kode for p in found}):
        holds = {kode, *above.get(kode, ())}
        taken = [p for p in found if p.kode in holds]
        if sum((p.porsi for p in taken), Decimal(0)) > PENUH:
            shared[kode] = taken
    return shared


def pautan_program(capaian_iku: pa.Table, pautan_program: pa.Table, context: Context) -> dict[str, Mart]:
    """Every link that holds in a period of an indicator, whichever budget its efficiency is told with.

    Args:
        capaian_iku: indicators by unit and period.
        pautan_program: ``clean_pautan_program``.
        context: the configured links.
    """
    mart = Mart()
    links = Links(contracts.as_rows(pautan_program), context.choices)
    told = {(r["kode_unit"], r["periode"], r["kode_indikator"]) for r in contracts.as_rows(capaian_iku)}
    for unit, periode in sorted({key[:2] for key in told}):
        for link in links.of(unit, periode):
            if (unit, periode, link.kode_indikator) in told:
                _write(mart, unit, periode, link)
    return {TABEL: mart}


def _write(mart: Mart, unit: str, periode: str, link: Pautan) -> None:
    row = {
        "kode_unit": unit,
        "periode": periode,
        "kode_indikator": link.kode_indikator,
        "kode": link.kode,
        "porsi": link.porsi,
        "sumber": link.sumber,
    }
    mart.rows.append(row)
    mart.trail.add(figure(TABEL, row, "porsi"), "porsi_pautan", link.portion())
