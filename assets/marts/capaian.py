"""Achievement of every indicator of the Perjanjian Kinerja (contract 1.4, 2.1, 2.6, 2.8).

Formulas are in ``warehouse.formulas.achievement``; which target is in force in ``sasaran``, which
realised value counts in ``hasil``, what another choice would change in ``peka``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.marts import peka as lain
from assets.marts.figures import BAGIAN, Row, figure, figures, grouped, is_year, skala_of, target_kn
from assets.marts.hasil import DIHITUNG, Hasil, Realised
from assets.marts.peka import Bagian
from assets.marts.sasaran import RENSTRA, Targets, mixed_scales, not_a_share, target_cell
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.choices import Unit
from warehouse.formulas import achievement
from warehouse.formulas.achievement import KN, Skala
from warehouse.formulas.sensitivity import BATAS, TERBALIK, Kasus, batas
from warehouse.indicators import Indicator
from warehouse.trail import Source

Operand = tuple[str, Any, Source]

TABEL = "capaian_iku"
TANPA_TRIWULAN = "target periode ini tidak ditetapkan"
TARGET_KOSONG = "target kosong pada dokumen"


def capaian(
    target: pa.Table,
    realisasi_iku: pa.Table,
    realisasi_manual: pa.Table,
    ikm_varian: pa.Table,
    context: Context,
) -> dict[str, Mart]:
    """Target, realisation, achievement (percent), category and what another choice would change.

    A year has the indicators of its Perjanjian Kinerja; where a unit has none for that year, those
    of its Renstra that were realised. Quarters and semesters have what their source holds.

    Args:
        target: ``clean_target``.
        realisasi_iku: computed values.
        realisasi_manual: ``clean_realisasi_manual``.
        ikm_varian: the satisfaction index under every weight and way of making the year.
        context: choices ``batas_capaian`` and ``capaian_terbalik``; the catalogue.
    """
    work = _Work(
        Mart(),
        Targets(contracts.as_rows(target)),
        Realised(contracts.as_rows(realisasi_iku), contracts.as_rows(realisasi_manual), context.indicators),
        grouped(contracts.as_rows(ikm_varian), "kode_unit", "periode"),
        context,
    )
    for unit, kode, periode in work.wanted():
        work.one(unit, kode, periode)
    return {TABEL: work.mart}


@dataclass(frozen=True)
class Sasaran:
    """The target of one figure: its row, and the value to compute with."""

    row: Row | None
    hitung: Decimal | None
    kn: KN | None
    fits: bool = True

    @classmethod
    def of(cls, row: Row | None, hasil: Hasil | None, known: Indicator | None) -> Sasaran:
        """The printed target, read as k of n where the indicator counts things (contract 2.6)."""
        if row is None or row["target"] is None:
            return cls(row, None, None)
        if row["pembilang"] is not None and row["penyebut"]:
            unit: Skala | None = "persen" if known is not None and known.satuan == "persen" else None
            exact = achievement.printed_ratio(row["pembilang"], row["penyebut"], row["target"], unit)
            return cls(row, exact, None)
        if hasil is None or known is None or known.rumus not in BAGIAN:
            return cls(row, row["target"], None)
        skala = skala_of(hasil.row, known.satuan)
        if skala is None:
            return cls(row, row["target"], None)
        found, fits = target_kn(row["target_teks"], row["target"], hasil.row["penyebut"], skala)
        return cls(row, found.nilai if found else row["target"], found, fits)


@dataclass
class _Work:
    """Everything the achievements of a run are made from."""

    mart: Mart
    targets: Targets
    realised: Realised
    variants: dict[tuple[Any, ...], list[Row]]
    context: Context

    def wanted(self) -> list[tuple[str, str, str]]:
        """Unit, indicator and period of every row."""
        return sorted({*self._agreed(), *self._planned()})

    def _agreed(self) -> Iterator[tuple[str, str, str]]:
        by_unit = self.realised.by_unit()
        for (unit, tahun), kodes in self.targets.agreed().items():
            for kode in kodes:
                yield unit, kode, str(tahun)
                for periode in (*by_unit.get((unit, kode), ()), *self.targets.quarters(unit, kode, tahun)):
                    if periode.startswith(f"{tahun}-"):
                        yield unit, kode, periode

    def _planned(self) -> Iterator[tuple[str, str, str]]:
        agreed, by_unit = self.targets.agreed(), self.realised.by_unit()
        for unit, kode, periode in self.targets.planned():
            if (unit, int(periode[:4])) not in agreed and periode in by_unit.get((unit, kode), ()):
                yield unit, kode, periode

    def target(self, unit: str, kode: str, periode: str) -> Row | None:
        """The agreement in force, the Renstra only for a unit that has no agreement that year."""
        if (unit, int(periode[:4])) in self.targets.agreed():
            return self.targets.pk(unit, kode, periode)
        return self.targets.renstra(unit, kode, periode)

    def one(self, unit: str, kode: str, periode: str) -> None:
        """Make one row with its trail and findings."""
        known = self.context.indicators.get(kode)
        hasil = self.realised.of(unit, kode, periode)
        sasaran = Sasaran.of(self.target(unit, kode, periode), hasil, known)
        named = sasaran.row or self._named(unit, kode, periode)
        choices = self.context.choices.of(unit)
        kasus = Kasus(
            sasaran.hitung,
            hasil.exact if hasil else None,
            (named and named["arah"]) or (known and known.arah) or "naik",
            choices.value(TERBALIK),
            batas(choices.value(BATAS)),
            self._mutu(unit, kode, periode),
        )
        text, kept = self._peka(unit, periode, kasus, hasil, known, choices)
        row = _row(unit, kode, periode, kasus, hasil, sasaran, named, known) | {"peka": text}
        self.mart.rows.append(row)
        _trace(self.mart, row, kasus, hasil, sasaran, choices, kept)
        self._tell(row, sasaran, hasil, known)

    def _named(self, unit: str, kode: str, periode: str) -> Row | None:
        """The row that names the indicator where the period itself has no target."""
        return self.target(unit, kode, periode[:4])

    def _mutu(self, unit: str, kode: str, periode: str) -> str | None:
        if kode != "ikm":
            return None
        official = [r for r in self.variants.get((unit, periode), ()) if r["resmi"]]
        return official[0]["mutu"] if official else None

    def _peka(
        self,
        unit: str,
        periode: str,
        kasus: Kasus,
        hasil: Hasil | None,
        known: Indicator | None,
        choices: Unit,
    ) -> tuple[str | None, list[lain.Lain | str]]:
        if hasil is None or hasil.exact is None:
            return None, []
        others: list[lain.Lain | str] = [*lain.formulas(kasus, choices)]
        if known is not None and known.rumus == "ikm" and hasil.asal == DIHITUNG:
            others += lain.surveys(kasus, self.variants.get((unit, periode), ()), choices)
        else:
            others += lain.told_by(kasus, hasil.row.get("peka"), _bagian(hasil, known), hasil.source)
        return lain.changes(kasus, others, choices.options)

    def _tell(self, row: Row, sasaran: Sasaran, hasil: Hasil | None, known: Indicator | None) -> None:
        resting = figures(TABEL, row, ("realisasi", "capaian_persen", "kategori", "tercapai"))
        place = (row["kode_unit"], row["kode_indikator"], row["periode"])
        self.mart.findings += self.realised.disputes(*place, resting)
        if sasaran.row is None:
            return
        if sasaran.row["target"] is None:
            self.mart.findings.append(_empty_target(row, sasaran.row))
            return
        by_hand = hasil.source if hasil is not None and hasil.asal != DIHITUNG else None
        if mixed := mixed_scales(row, sasaran.row, sasaran.hitung, known, by_hand):
            self.mart.findings.append(mixed)
        elif not sasaran.fits and hasil is not None and row["dokumen_target"] != RENSTRA:
            # The Renstra's own targets are told where the plan is compared, with all their years.
            self.mart.findings.append(not_a_share(sasaran.row, hasil.row["penyebut"], known))


def _bagian(hasil: Hasil, known: Indicator | None) -> Bagian | None:
    if known is None or known.rumus not in BAGIAN:
        return None
    skala = skala_of(hasil.row, known.satuan)
    return None if skala is None else Bagian(hasil.row["pembilang"], hasil.row["penyebut"], skala)


def _row(
    unit: str,
    kode: str,
    periode: str,
    kasus: Kasus,
    hasil: Hasil | None,
    sasaran: Sasaran,
    named: Row | None,
    known: Indicator | None,
) -> dict[str, Any]:
    percent = kasus.capaian
    printed = sasaran.row
    return {
        "kode_unit": unit,
        "periode": periode,
        "kode_indikator": kode,
        **{k: named[k] if named else None for k in ("sasaran", "nomor_dokumen")},
        "indikator": named["indikator"] if named else known.nama if known else kode,
        "satuan": (named and named["satuan"]) or (known and known.satuan) or None,
        "arah": kasus.arah,
        "dokumen_target": printed["dokumen"] if printed else None,
        "target": printed["target"] if printed else None,
        "target_teks": printed["target_teks"] if printed else None,
        "target_hitung": sasaran.hitung,
        **{k: hasil.row[k] if hasil else None for k in ("realisasi", "pembilang", "penyebut")},
        "capaian_persen": percent,
        "kategori": achievement.kategori(percent),
        "tercapai": achievement.tercapai(percent),
        "alasan": None if percent is not None else _reason(periode, kasus, hasil, sasaran),
    }


def _reason(periode: str, kasus: Kasus, hasil: Hasil | None, sasaran: Sasaran) -> str | None:
    said = []
    if sasaran.row is None:
        said.append(achievement.TANPA_TARGET if is_year(periode) else TANPA_TRIWULAN)
    elif sasaran.hitung is None:
        said.append(TARGET_KOSONG)
    if kasus.realisasi is None:
        said.append((hasil and hasil.alasan) or achievement.TANPA_REALISASI)
    if not said:
        _, reason = achievement.capaian(
            kasus.target, kasus.realisasi, kasus.arah, kasus.terbalik, kasus.batas
        )
        return reason
    return "; ".join(said)


def _trace(
    mart: Mart,
    row: Row,
    kasus: Kasus,
    hasil: Hasil | None,
    sasaran: Sasaran,
    choices: Unit,
    told: Sequence[lain.Lain | str],
) -> None:
    _trace_target(mart, row, hasil, sasaran)
    if hasil is not None:
        _trace_realised(mart, row, hasil)
    formula = achievement.rumus_capaian(kasus.arah, kasus.terbalik)
    percent = figure(TABEL, row, "capaian_persen")
    realised = ("realisasi", kasus.realisasi, figure(TABEL, row, "realisasi"))
    target = ("target_hitung", kasus.target, figure(TABEL, row, "target_hitung"))
    mart.trail.add(percent, formula, [realised, target])
    if kasus.arah == "turun":
        mart.trail.add(percent, formula, [_chosen(choices, TERBALIK)])
    if kasus.batas is not None:
        mart.trail.add(percent, "batas_capaian", [_chosen(choices, BATAS)])
    for column in ("kategori", "tercapai"):
        mart.trail.add(figure(TABEL, row, column), column, [_own(row, "capaian_persen")])
    if row["peka"]:
        mart.trail.add(
            figure(TABEL, row, "peka"), "peka", [realised, target, *_other(row, kasus, choices, told)]
        )


def _other(row: Row, kasus: Kasus, choices: Unit, told: Sequence[lain.Lain | str]) -> Iterator[Operand]:
    """What the verdict rests on, and what each other choice gives; a choice of a formula gives no value."""
    yield "arah", row["arah"], None
    yield _chosen(choices, TERBALIK)
    yield _chosen(choices, BATAS)
    yield "mutu", kasus.mutu, None
    for one in told:
        if isinstance(one, str):
            yield "catatan", one, None
            continue
        yield f"bila {one.pilihan}", one.kasus.realisasi, None
        if one.kasus.mutu is not None:
            yield f"bila mutu {one.pilihan}", one.kasus.mutu, None
        if one.source is not None:
            yield "bersandar pada", None, one.source


def _trace_target(mart: Mart, row: Row, hasil: Hasil | None, sasaran: Sasaran) -> None:
    if sasaran.row is None:
        return
    for column in ("target", "target_teks"):
        stated = (f"target {row['dokumen_target']}", row[column], target_cell(sasaran.row))
        mart.trail.add(figure(TABEL, row, column), "target_berlaku", [stated])
    used = figure(TABEL, row, "target_hitung")
    if sasaran.kn is None or hasil is None:
        exact = ("target", sasaran.hitung, figure(TABEL, row, "target"))
        mart.trail.add(used, "salin", [exact])
        return
    things = ("n", sasaran.kn.n, hasil.part("penyebut"))
    mart.trail.add(used, "target_k_per_n", [_own(row, "target"), ("k", sasaran.kn.k, None), things])


def _trace_realised(mart: Mart, row: Row, hasil: Hasil) -> None:
    said = (f"realisasi {hasil.asal}", row["realisasi"], hasil.source)
    mart.trail.add(figure(TABEL, row, "realisasi"), "salin", [said])
    for column in ("pembilang", "penyebut"):
        if row[column] is not None:
            part = (column, row[column], hasil.part(column))
            mart.trail.add(figure(TABEL, row, column), "salin", [part])


def _own(row: Row, column: str) -> tuple[str, Any, Source]:
    return (column, row[column], figure(TABEL, row, column))


def _chosen(choices: Unit, name: str) -> tuple[str, Any, Source]:
    choice = choices.choice(name)
    return (choice.nama, choice.nilai, choice)


def _empty_target(row: Row, target: Row) -> Finding:
    return Finding(
        "target_kosong",
        berkas_id=target["berkas_id"],
        lembar=target["lembar"],
        cell=target_cell(target),
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        tertulis=target["target_teks"],
        isi={"indikator": row["indikator"]},
        figures=figures(TABEL, row, ("capaian_persen", "kategori", "tercapai")),
    )
