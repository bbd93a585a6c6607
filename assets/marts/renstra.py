"""Realisation against every plan year of the Renstra and against its end (contract 6)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.marts.capaian import Sasaran
from assets.marts.figures import Row, exact_realisasi, figure, grouped, is_kecamatan, is_year
from assets.marts.hasil import Hasil
from assets.marts.sasaran import RENSTRA, not_a_share, target_cell
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Unit
from warehouse.formulas import achievement
from warehouse.formulas.sensitivity import BATAS, TERBALIK, batas
from warehouse.indicators import Indicator
from warehouse.trail import Choice, Source

TABEL = "renstra_iku"
TANPA_AKHIR = "target tahun akhir tidak ada pada tabel Renstra"


def renstra(target: pa.Table, tren_iku: pa.Table, context: Context) -> dict[str, Mart]:
    """One row a plan year: its target, the end target, and the achievement against both (percent).

    The end year is the unit's ``tahun_akhir_renstra``, else the last column of the Renstra.

    Args:
        target: ``clean_target``; only rows of the Renstra.
        tren_iku: realised values by year.
        context: choices and catalogue.
    """
    mart = Mart()
    realised = {(r["kode_unit"], r["kode_indikator"], r["tahun"]): r for r in contracts.as_rows(tren_iku)}
    planned = [
        r
        for r in contracts.as_rows(target)
        if r["dokumen"] == RENSTRA and is_kecamatan(r["kode_unit"]) and is_year(r["periode"])
    ]
    counted = {
        (r["kode_unit"], r["kode_indikator"]): r
        for r in sorted(realised.values(), key=lambda r: int(r["tahun"]))
        if r["penyebut"] is not None
    }
    last = {unit: max(r["tahun"] for r in rows) for (unit,), rows in grouped(planned, "kode_unit").items()}
    for (unit, kode), rows in grouped(planned, "kode_unit", "kode_indikator").items():
        choices = context.choices.of(unit)
        end_year = choices.tahun_akhir_renstra or last[unit]
        plan = {r["tahun"]: r for r in rows}
        for tahun, row in sorted(plan.items()):
            one = _Tahun(row, plan.get(end_year), realised.get((unit, kode, tahun)), choices, end_year)
            known = context.indicators.get(kode)
            _write(mart, one, known, plan[max(plan)])
            _tell(mart, row, counted.get((unit, kode)), known)
    return {TABEL: mart}


def _tell(mart: Mart, row: Row, counted: Row | None, known: Indicator | None) -> None:
    """A plan target that no share of the things last counted prints as."""
    if counted is None or row["target"] is None:
        return
    source = figure("tren_iku", counted, "realisasi")
    hasil = Hasil(counted["realisasi"], counted, "tren", source)
    if not Sasaran.of(row, hasil, known).fits:
        mart.findings.append(not_a_share(row, counted["penyebut"], known))


class _Tahun:
    """One plan year: its target, the end target, the realised value."""

    def __init__(self, row: Row, end: Row | None, realised: Row | None, choices: Unit, end_year: int) -> None:
        self.row, self.end, self.realised, self.choices, self.end_year = row, end, realised, choices, end_year

    def achieved(self, target: Row | None, known: Indicator | None) -> tuple[Decimal | None, str | None]:
        """The achievement against a target, or why it cannot be had."""
        used, exact = self.operands(target, known)
        arah = self.row["arah"] or (known and known.arah) or "naik"
        cap = batas(self.choices.value(BATAS))
        return achievement.capaian(used, exact, arah, self.choices.value(TERBALIK), cap)

    def operands(self, target: Row | None, known: Indicator | None) -> tuple[Decimal | None, Decimal | None]:
        """The target to compute with and the realised value, unrounded."""
        hasil, exact = self._hasil(known)
        return Sasaran.of(target, hasil, known).hitung, exact

    def _hasil(self, known: Indicator | None) -> tuple[Hasil | None, Decimal | None]:
        if self.realised is None:
            return None, None
        exact = exact_realisasi(self.realised, known.satuan if known else None)
        return Hasil(exact, self.realised, "tren", figure("tren_iku", self.realised, "realisasi")), exact

    def rumus(self, known: Indicator | None) -> str:
        """The formula of the achievement."""
        arah = self.row["arah"] or (known and known.arah) or "naik"
        return achievement.rumus_capaian(arah, self.choices.value(TERBALIK))


def _write(mart: Mart, one: _Tahun, known: Indicator | None, last: Row) -> None:
    this_year, why = one.achieved(one.row, known)
    at_end, why_end = one.achieved(one.end, known)
    made: dict[str, Any] = {
        "kode_unit": one.row["kode_unit"],
        "kode_indikator": one.row["kode_indikator"],
        "tahun": one.row["tahun"],
        "target_tahun": one.row["target"],
        "tahun_akhir": one.end_year,
        "target_akhir": one.end["target"] if one.end else None,
        "realisasi": one.realised["realisasi"] if one.realised else None,
        "capaian_tahun_persen": this_year,
        "capaian_akhir_persen": at_end,
        "alasan": _reason(one, why, why_end),
    }
    mart.rows.append(made)
    _trace(mart, made, one, known, last)


def _reason(one: _Tahun, why: str | None, why_end: str | None) -> str | None:
    said = [why, TANPA_AKHIR if one.end is None else why_end]
    return "; ".join(dict.fromkeys(s for s in said if s)) or None


def _trace(mart: Mart, made: Mapping[str, Any], one: _Tahun, known: Indicator | None, last: Row) -> None:
    def add(column: str, rumus: str, *operands: tuple[str, Any, Source]) -> None:
        mart.trail.add(figure(TABEL, made, column), rumus, operands)

    def own(column: str) -> tuple[str, Any, Source]:
        return (column, made[column], figure(TABEL, made, column))

    add("target_tahun", "salin", ("target Renstra", one.row["target"], target_cell(one.row)))
    chosen = one.choices.tahun_akhir_renstra
    end: Source = Choice("tahun_akhir_renstra", str(chosen)) if chosen else target_cell(last)
    add("tahun_akhir", "tahun_akhir", ("tahun akhir", one.end_year, end))
    if one.end is not None:
        add("target_akhir", "salin", (f"target {one.end_year}", one.end["target"], target_cell(one.end)))
    if one.realised is not None:
        source = figure("tren_iku", one.realised, "realisasi")
        add("realisasi", "salin", ("realisasi", made["realisasi"], source))
    for column, printed, target in (
        ("capaian_tahun_persen", "target_tahun", one.row),
        ("capaian_akhir_persen", "target_akhir", one.end),
    ):
        used, exact = one.operands(target, known)
        realised = ("realisasi", exact, figure(TABEL, made, "realisasi"))
        add(column, one.rumus(known), realised, own(printed), ("target hitung", used, None))
        if batas(one.choices.value(BATAS)) is not None:
            cap = one.choices.choice(BATAS)
            add(column, "batas_capaian", (cap.nama, cap.nilai, cap))
