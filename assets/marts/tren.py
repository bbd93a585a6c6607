"""Indicators over the years: realisation, target, change, and where a series breaks (contract 6).

A change is told only between two years that were measured alike: never across a gap, nor across a
new method (IDM to Indeks Desa in 2025) or a new definition (the catalogue's ``menggantikan``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.marts.capaian import Sasaran
from assets.marts.figures import Row, figure, figures, is_year
from assets.marts.hasil import Hasil, Realised
from assets.marts.sasaran import Targets, target_cell
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.formulas import achievement, village
from warehouse.formulas.exact import EXACT
from warehouse.formulas.sensitivity import BATAS, TERBALIK, batas
from warehouse.indicators import Indicator

TABEL = "tren_iku"
DESA = frozenset(("persen_desa", "rasio_desa"))


def tren(
    capaian_iku: pa.Table,
    realisasi_iku: pa.Table,
    realisasi_manual: pa.Table,
    target: pa.Table,
    context: Context,
) -> dict[str, Mart]:
    """One row a year for every indicator that a unit has a target or a hand-filled value for.

    Args:
        capaian_iku: achievements; a year that stands there is taken from there.
        realisasi_iku: computed values.
        realisasi_manual: ``clean_realisasi_manual``.
        target: ``clean_target``; the Perjanjian Kinerja of a year before the Renstra.
        context: the catalogue, and the choices for years that stand only in the Renstra.
    """
    rows = {
        (r["kode_unit"], r["kode_indikator"], int(r["periode"])): r
        for r in contracts.as_rows(capaian_iku)
        if is_year(r["periode"])
    }
    work = _Work(
        Mart(),
        rows,
        Targets(contracts.as_rows(target)),
        Realised(contracts.as_rows(realisasi_iku), contracts.as_rows(realisasi_manual), context.indicators),
        context,
    )
    for (unit, kode), years in work.series().items():
        work.one(unit, kode, years)
    return {TABEL: work.mart}


@dataclass(frozen=True)
class Tahun:
    """One year of a series: its realised value, its achievement row if it has one, its method."""

    tahun: int
    hasil: Hasil | None
    capaian: Row | None
    metode: str | None

    @property
    def exact(self) -> Decimal | None:
        """The realised value, unrounded."""
        return self.hasil.exact if self.hasil else None


@dataclass
class _Work:
    """Everything the series of a run are made from."""

    mart: Mart
    capaian: Mapping[tuple[str, str, int], Row]
    targets: Targets
    realised: Realised
    context: Context
    used: dict[tuple[str, str], set[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Years in which a unit itself used an indicator: agreed on it, or filled it in."""
        self.used = self.targets.years()
        for unit, kode, tahun in self.realised.filled_in():
            self.used.setdefault((unit, kode), set()).add(tahun)

    def series(self) -> dict[tuple[str, str], list[int]]:
        """Years by unit and indicator, in order."""
        filled = self.realised.filled_in()
        wanted = self.targets.indicators() | {(u, k) for u, k, _ in filled}
        found: dict[tuple[str, str], set[int]] = {}
        for key, periods in self.realised.by_unit().items():
            if key in wanted:
                found.setdefault(key, set()).update(int(p) for p in periods if is_year(p))
        for unit, kode, tahun in self.capaian:
            found.setdefault((unit, kode), set()).add(tahun)
        return {key: sorted(found[key]) for key in sorted(found) if found[key]}

    def one(self, unit: str, kode: str, years: Iterable[int]) -> None:
        """One indicator of one unit, year by year."""
        known = self.context.indicators.get(kode)
        before: Tahun | None = None
        new_from = self._new_definition(unit, known, years)
        for tahun in years:
            hasil = self.realised.of(unit, kode, str(tahun))
            year = Tahun(tahun, hasil, self.capaian.get((unit, kode, tahun)), _metode(hasil, known, tahun))
            self._write(unit, kode, year, before, new_from, known)
            before = year

    def _new_definition(self, unit: str, known: Indicator | None, years: Iterable[int]) -> int | None:
        """The first year after the last in which the unit still used the definition this one replaced."""
        if known is None or not known.menggantikan:
            return None
        used = [max(self.used[unit, old]) for old in known.menggantikan if (unit, old) in self.used]
        return next((t for t in years if t > max(used)), None) if used else None

    def _write(
        self,
        unit: str,
        kode: str,
        year: Tahun,
        before: Tahun | None,
        new_from: int | None,
        known: Indicator | None,
    ) -> None:
        broken = year.tahun == new_from or _other_method(before, year)
        made: dict[str, Any] = {"kode_unit": unit, "kode_indikator": kode, "tahun": year.tahun}
        made |= {k: year.hasil.row[k] if year.hasil else None for k in ("realisasi", "pembilang", "penyebut")}
        made |= {"metode": year.metode, "asal": year.hasil.asal if year.hasil else None, "putus_seri": broken}
        made |= self._targeted(made, year, known)
        change = None if broken else _change(before, year)
        made |= {"perubahan": change, "alasan": _reason(year, before, broken, made)}
        self.mart.rows.append(made)
        self._trace(made, year, before, change)
        said = [
            ("metode tahun sebelumnya", before.metode if before else None, None),
            ("metode", year.metode, None),
            ("tahun", year.tahun, None),
            ("tahun pertama definisi baru", new_from, None),
        ]
        self.mart.trail.add(figure(TABEL, made, "putus_seri"), "putus_seri", said)

    def _targeted(self, made: Row, year: Tahun, known: Indicator | None) -> dict[str, Any]:
        """Target and achievement: of the achievement row, else by the Renstra."""
        own = (figure(TABEL, made, "target"), figure(TABEL, made, "capaian_persen"))
        if year.capaian is not None:
            for mine, column in zip(own, ("target", "capaian_persen"), strict=True):
                source = figure("capaian_iku", year.capaian, column)
                self.mart.trail.add(mine, "salin", [(column, year.capaian[column], source)])
            return {"target": year.capaian["target"], "capaian_persen": year.capaian["capaian_persen"]}
        unit, kode = made["kode_unit"], made["kode_indikator"]
        resting = figures(TABEL, made, ("realisasi", "capaian_persen", "perubahan"))
        self.mart.findings += self.realised.disputes(unit, kode, str(year.tahun), resting)
        row = self.targets.renstra(unit, kode, str(year.tahun))
        if row is None:
            return {"target": None, "capaian_persen": None}
        choices = self.context.choices.of(unit)
        terbalik, cap = choices.value(TERBALIK), batas(choices.value(BATAS))
        arah = row["arah"] or (known and known.arah) or "naik"
        sasaran = Sasaran.of(row, year.hasil, known)
        percent, _ = achievement.capaian(sasaran.hitung, year.exact, arah, terbalik, cap)
        self.mart.trail.add(own[0], "salin", [("target RENSTRA", row["target"], target_cell(row))])
        realised = ("realisasi", year.exact, figure(TABEL, made, "realisasi"))
        target = ("target", row["target"], own[0])
        used = ("target hitung", sasaran.hitung, None)
        self.mart.trail.add(own[1], achievement.rumus_capaian(arah, terbalik), [realised, target, used])
        if cap is not None:
            chosen = choices.choice(BATAS)
            self.mart.trail.add(own[1], "batas_capaian", [(chosen.nama, chosen.nilai, chosen)])
        return {"target": row["target"], "capaian_persen": percent}

    def _trace(self, made: Row, year: Tahun, before: Tahun | None, change: Decimal | None) -> None:
        if year.hasil is not None:
            said = ("asal realisasi", year.hasil.asal, None)
            self.mart.trail.add(figure(TABEL, made, "asal"), "asal_realisasi", [said])
            for column in ("realisasi", "pembilang", "penyebut"):
                # A realised value that cannot be had has its way back too: what withholds it holds this row.
                if column == "realisasi" or made[column] is not None:
                    source = (
                        figure("capaian_iku", year.capaian, column)
                        if year.capaian is not None
                        else year.hasil.part(column)
                    )
                    mine = figure(TABEL, made, column)
                    self.mart.trail.add(mine, "salin", [(column, made[column], source)])
        if before is not None and change is not None:
            earlier = {**made, "tahun": before.tahun}
            pair = [
                (f"realisasi {year.tahun}", year.exact, figure(TABEL, made, "realisasi")),
                (f"realisasi {before.tahun}", before.exact, figure(TABEL, earlier, "realisasi")),
            ]
            self.mart.trail.add(figure(TABEL, made, "perubahan"), "perubahan", pair)


def _metode(hasil: Hasil | None, known: Indicator | None, tahun: int) -> str | None:
    """How a year was measured; a hand-filled village share was measured by the index of its year."""
    if hasil is None:
        return None
    if hasil.metode is None and known is not None and known.rumus in DESA:
        return village.metode_tahun(tahun)
    return hasil.metode


def _other_method(before: Tahun | None, year: Tahun) -> bool:
    if before is None or before.metode is None or year.metode is None:
        return False
    return before.metode != year.metode


def _change(before: Tahun | None, year: Tahun) -> Decimal | None:
    """The difference to the year directly before, unrounded; None across a gap."""
    if before is None or before.tahun != year.tahun - 1 or before.exact is None or year.exact is None:
        return None
    return EXACT.subtract(year.exact, before.exact)


def _reason(year: Tahun, before: Tahun | None, broken: bool, made: Row) -> str | None:
    """Why something of the row is empty, in the order of its columns."""
    said = []
    if year.exact is None:
        said.append((year.hasil and year.hasil.alasan) or achievement.TANPA_REALISASI)
    if made["target"] is None:
        said.append("target tahun ini tidak ada")
    if year.exact is not None and _change(before, year) is None and before is not None:
        said.append("tahun sebelumnya tidak ada")
    if broken:
        said.append("seri putus: metode atau definisi baru")
    return "; ".join(said) or None
