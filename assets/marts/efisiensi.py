"""Efficiency of every indicator, and of every programme's outputs (contract 5).

Which budget belongs to an indicator is the unit's choice: that of the programmes linked to it, or
the agency's whole for each (then not additive over indicators). Absorption alone is no efficiency:
where nothing is linked, the figure is empty with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from assets.marts.figures import Row, exact_realisasi, exact_target, figure, grouped, is_year
from assets.marts.pautan import Links, Pautan, overdrawn, without_nested
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.choices import Unit
from warehouse.formulas import accounts, achievement, efficiency
from warehouse.formulas.exact import decimal, mean
from warehouse.formulas.sensitivity import BATAS, TERBALIK, batas
from warehouse.indicators import Indicator
from warehouse.trail import Cell, Source
from warehouse.values.numbers import tampil

Operand = tuple[str, Any, Source]
TABEL, PROGRAM = "efisiensi", "efisiensi_program"
RUMUS = ("E", "NE", "RASIO")
ID = {"E": "efisiensi_e", "NE": "efisiensi_ne", "RASIO": "efisiensi_rasio"}
SELURUHNYA = "seluruhnya"
TANPA_PAUTAN = "indikator tidak dipautkan dengan program"
TANPA_LRA = "LRA kode 5 tidak ada: anggaran seluruh perangkat daerah tidak diketahui"
TANPA_SERAPAN = "serapan kode ini tidak ada"


@dataclass
class Anggaran:
    """The budget of one indicator: amounts in Rp, what they were made of, or why they are missing."""

    pagu: Decimal | None = None
    realisasi: Decimal | None = None
    operands: dict[str, list[Operand]] = field(default_factory=dict)
    alasan: str | None = None


def efisiensi(
    capaian_iku: pa.Table,
    serapan_rekening: pa.Table,
    serapan_program: pa.Table,
    pautan_program: pa.Table,
    context: Context,
) -> dict[str, Mart]:
    """E and NE in percent and the plain ratio of every indicator; one of E and RASIO is official.

    Source: E and NE adopt PMK 249/PMK.02/2011 and 22/PMK.02/2021; contract 5.

    Args:
        capaian_iku: achievements; where a unit caps them, the uncapped one is computed again.
        serapan_rekening: code 5 is the agency's whole budget.
        serapan_program: budgets of programmes, kegiatan and sub kegiatan.
        pautan_program: ``clean_pautan_program``.
        context: choices ``alokasi_anggaran``, ``efisiensi_resmi``, and the configured links.
    """
    work = _Work(
        Mart(),
        {
            (r["kode_unit"], r["periode"]): r
            for r in contracts.as_rows(serapan_rekening)
            if r["kode"] == accounts.spending_code()
        },
        {(r["kode_unit"], r["periode"], r["kode"]): r for r in contracts.as_rows(serapan_program)},
        Links(contracts.as_rows(pautan_program), context.choices),
        context,
    )
    wanted = [
        r for r in contracts.as_rows(capaian_iku) if is_year(r["periode"]) or r["capaian_persen"] is not None
    ]
    for (unit, periode), rows in grouped(wanted, "kode_unit", "periode").items():
        work.unit(unit, periode, rows)
    return {TABEL: work.mart}


@dataclass
class _Work:
    """Everything the efficiencies of a run are made from."""

    mart: Mart
    belanja: Mapping[tuple[str, str], Row]
    program: Mapping[tuple[str, str, str], Row]
    links: Links
    context: Context

    def unit(self, unit: str, periode: str, rows: Iterable[Row]) -> None:
        """All indicators of one unit and period."""
        choices = self.context.choices.of(unit)
        whole = choices.value("alokasi_anggaran") == SELURUHNYA
        links = [] if whole else self.links.of(unit, periode)
        above = {p.kode: self._above(unit, periode, p.kode) for p in links}
        linked = {p.kode_indikator for p in links}
        for row in rows:
            mine = [p for p in links if p.kode_indikator == row["kode_indikator"]]
            budget = self._whole(unit, periode) if whole else self._mapped(row, without_nested(mine, above))
            _write(self.mart, row, budget, choices, self.context.indicators.get(row["kode_indikator"]))
        if is_year(periode):
            unlinked = [] if whole else [r for r in rows if r["kode_indikator"] not in linked]
            self._tell_unlinked(unit, periode, links, unlinked)
            self._tell_overdrawn(unit, periode, overdrawn(links, above))

    def _above(self, unit: str, periode: str, kode: str) -> tuple[str, ...]:
        row = self.program.get((unit, periode, kode))
        induk = row["kode_induk"] if row is not None else accounts.parent(kode, "program")
        if induk is None or induk == accounts.total_code():
            return ()
        return (induk, *self._above(unit, periode, induk))

    def _whole(self, unit: str, periode: str) -> Anggaran:
        row = self.belanja.get((unit, periode))
        if row is None:
            return Anggaran(alasan=TANPA_LRA)
        operands: dict[str, list[Operand]] = {
            k: [(f"{k} LRA kode 5", row[k], figure("serapan_rekening", row, k))]
            for k in ("pagu", "realisasi")
        }
        return Anggaran(row["pagu"], row["realisasi"], operands, row["alasan"])

    def _mapped(self, row: Row, links: list[Pautan]) -> Anggaran:
        if not links:
            return Anggaran(alasan=TANPA_PAUTAN)
        found = Anggaran(Decimal(0), Decimal(0), {"pagu": [], "realisasi": []})
        for link in links:
            budget = self.program.get((row["kode_unit"], row["periode"], link.kode))
            if budget is None or budget["pagu"] is None or budget["realisasi"] is None:
                self._tell_unbudgeted(row, link)
                return _missing(budget, link)
            _take(found, budget, link)
        return found

    def _tell_unbudgeted(self, row: Row, link: Pautan) -> None:
        said = link.row
        self.mart.findings.append(
            Finding(
                "pautan_tanpa_anggaran",
                berkas_id=said["berkas_id"] if said else None,
                lembar=said["lembar"] if said else None,
                cell=link.cell,
                kode_unit=row["kode_unit"],
                periode=row["periode"],
                isi={"indikator": row["indikator"], "kode": link.kode},
            )
        )

    def _name(self, kode: str) -> str:
        known = self.context.indicators.get(kode)
        return known.nama if known is not None else kode

    def _tell_unlinked(self, unit: str, periode: str, links: Iterable[Pautan], rows: Iterable[Row]) -> None:
        """One cause: the indicators of a year that no programme serves; at the header of the link table."""
        names = [str(r["indikator"]) for r in rows]
        said = next((p.row for p in links if p.row is not None), None)
        if names:
            self.mart.findings.append(
                Finding(
                    "pautan_tidak_ada",
                    berkas_id=said["berkas_id"] if said else None,
                    lembar=said["lembar"] if said else None,
                    cell=replace(Cell.of(said, "indikator"), baris=0) if said else None,
                    kode_unit=unit,
                    periode=periode,
                    jumlah=len(names),
                    isi={"indikator": "; ".join(names)},
                )
            )

    def _tell_overdrawn(self, unit: str, periode: str, shared: Mapping[str, list[Pautan]]) -> None:
        for kode, found in shared.items():
            links = sorted(found, key=lambda p: p.place)
            cells = [p.cell for p in links if p.cell is not None]
            first = next((p.row for p in links if p.row is not None), None)
            given = f"{tampil(sum((p.porsi for p in links), Decimal(0)), 0)} %"
            served = sorted({p.kode_indikator for p in links})
            self.mart.findings.append(
                Finding(
                    "porsi_lebih",
                    berkas_id=first["berkas_id"] if first else None,
                    lembar=first["lembar"] if first else None,
                    cell=cells[0] if cells else None,
                    related=tuple(cells[1:]),
                    kode_unit=unit,
                    periode=periode,
                    tertulis=f"{kode}: {given}",
                    seharusnya="100 %",
                    jumlah=len(served),
                    isi={"kode": kode, "porsi": given, "indikator": "; ".join(map(self._name, served))},
                )
            )


def _missing(budget: Row | None, link: Pautan) -> Anggaran:
    """No budget; it rests on the unknown one, so that what withholds that withholds the efficiency."""
    known = {} if budget is None else {k: figure("serapan_program", budget, k) for k in ("pagu", "realisasi")}
    operands: dict[str, list[Operand]] = {k: [(f"{k} {link.kode}", None, known[k])] for k in known}
    return Anggaran(operands=operands, alasan=f"pagu atau realisasi {link.kode} tidak ada")


def _take(found: Anggaran, budget: Row, link: Pautan) -> None:
    for column in ("pagu", "realisasi"):
        part = Fraction(budget[column]) * Fraction(link.porsi) / 100
        before: Decimal = getattr(found, column)
        setattr(found, column, decimal(Fraction(before) + part))
        amount: Operand = (f"{column} {link.kode}", budget[column], figure("serapan_program", budget, column))
        found.operands[column] += [amount, *link.portion()]


def _write(mart: Mart, row: Row, budget: Anggaran, choices: Unit, known: Indicator | None) -> None:
    raw, formula, operands = _raw(row, choices, known)
    absorbed = accounts.serapan(budget.pagu, budget.realisasi)
    e = efficiency.e(budget.pagu, raw, budget.realisasi)
    values = {"E": e, "NE": efficiency.ne(e), "RASIO": efficiency.rasio(raw, absorbed)}
    for rumus in RUMUS:
        made = {
            **{k: row[k] for k in ("kode_unit", "periode", "kode_indikator")},
            "rumus": rumus,
            "pagu": budget.pagu,
            "realisasi": budget.realisasi,
            "capaian_persen": raw,
            "serapan_persen": absorbed,
            "efisiensi": values[rumus],
            "resmi": rumus == choices.value("efisiensi_resmi"),
            "alokasi": choices.value("alokasi_anggaran"),
            "alasan": None if values[rumus] is not None else _reason(row, raw, budget),
        }
        mart.rows.append(made)
        mart.trail.add(figure(TABEL, made, "capaian_persen"), formula, operands)
        _trace(mart, made, budget, choices, e)


def _raw(row: Row, choices: Unit, known: Indicator | None) -> tuple[Decimal | None, str, list[Operand]]:
    """The uncapped achievement: the published one, or where the unit caps it the formula once more."""
    if batas(choices.value(BATAS)) is None:
        said = ("capaian", row["capaian_persen"], figure("capaian_iku", row, "capaian_persen"))
        return row["capaian_persen"], "salin", [said]
    arah, terbalik = row["arah"] or "naik", choices.value(TERBALIK)
    satuan = known.satuan if known else None
    target, realised = exact_target(row, known), exact_realisasi(row, satuan)
    raw, _ = achievement.capaian(target, realised, arah, terbalik)
    exact = {"realisasi": realised, "target_hitung": target}
    pair = [(k, exact[k], figure("capaian_iku", row, k)) for k in exact]
    return raw, achievement.rumus_capaian(arah, terbalik), [*pair]


def _reason(row: Row, raw: Decimal | None, budget: Anggaran) -> str:
    if raw is None:
        return f"capaian tidak ada: {row['alasan'] or 'tidak dapat dihitung'}"
    if budget.alasan is not None:
        return budget.alasan
    if budget.pagu == 0:
        return "pagu 0"
    return "realisasi anggaran 0" if budget.realisasi == 0 else "capaian 0"


def _trace(mart: Mart, made: Row, budget: Anggaran, choices: Unit, e: Decimal | None) -> None:
    def own(column: str, **other: str) -> Operand:
        return (column, made[column], figure(TABEL, {**made, **other}, column))

    allocation = choices.choice("alokasi_anggaran")
    chosen: Operand = (allocation.nama, allocation.nilai, allocation)
    for column in ("pagu", "realisasi"):
        rumus = f"alokasi_{allocation.nilai}"
        mart.trail.add(figure(TABEL, made, column), rumus, [*budget.operands.get(column, ()), chosen])
    mart.trail.add(figure(TABEL, made, "serapan_persen"), "serapan", [own("pagu"), own("realisasi")])
    inputs: dict[str, list[Operand]] = {
        "E": [own("pagu"), own("capaian_persen"), own("realisasi")],
        "NE": [("E", e, figure(TABEL, {**made, "rumus": "E"}, "efisiensi"))],
        "RASIO": [own("capaian_persen"), own("serapan_persen")],
    }
    rumus = str(made["rumus"])
    mart.trail.add(figure(TABEL, made, "efisiensi"), ID[rumus], inputs[rumus])


def efisiensi_program(
    kinerja_program: pa.Table, serapan_program: pa.Table, context: Context
) -> dict[str, Mart]:
    """Mean achievement of a code's outputs against its absorption, as a plain ratio.

    Args:
        kinerja_program: outputs.
        serapan_program: budgets.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    budgets = {(r["kode_unit"], r["periode"], r["kode"]): r for r in contracts.as_rows(serapan_program)}
    outputs = [{**r, "induk": base(r["kode"])} for r in contracts.as_rows(kinerja_program)]
    for (unit, periode, kode), rows in grouped(outputs, "kode_unit", "periode", "induk").items():
        _program(mart, unit, periode, kode, rows, budgets.get((unit, periode, kode)))
    return {PROGRAM: mart}


def base(kode: str) -> str:
    """The code of an output without the number of a second and further one (``/2``)."""
    return kode.partition("/")[0]


def _program(mart: Mart, unit: str, periode: str, kode: str, rows: list[Row], budget: Row | None) -> None:
    known = [r for r in rows if r["capaian_persen"] is not None]
    percent = mean(r["capaian_persen"] for r in known) if len(known) == len(rows) else None
    absorbed = budget["serapan_persen"] if budget else None
    made = {
        "kode_unit": unit,
        "periode": periode,
        "kode": kode,
        "tingkat": rows[0]["tingkat"],
        "uraian": rows[0]["uraian"],
        "capaian_persen": percent,
        "serapan_persen": absorbed,
        "rasio": efficiency.rasio(percent, absorbed),
    }
    mart.rows.append(made | {"alasan": _program_reason(made, rows, budget)})
    each = [
        (f"capaian {r['indikator']}", r["capaian_persen"], figure("kinerja_program", r, "capaian_persen"))
        for r in rows
    ]
    mart.trail.add(figure(PROGRAM, made, "capaian_persen"), "rata_keluaran", each)
    if budget is not None:
        spent = [("serapan", absorbed, figure("serapan_program", budget, "serapan_persen"))]
        mart.trail.add(figure(PROGRAM, made, "serapan_persen"), "salin", spent)
    both = [(k, made[k], figure(PROGRAM, made, k)) for k in ("capaian_persen", "serapan_persen")]
    mart.trail.add(figure(PROGRAM, made, "rasio"), "efisiensi_rasio", both)


def _program_reason(made: Row, rows: Iterable[Row], budget: Row | None) -> str | None:
    if made["rasio"] is not None:
        return None
    if made["capaian_persen"] is None:
        missing = [
            f"{r['indikator']}: {r['alasan'] or 'ditahan'}" for r in rows if r["capaian_persen"] is None
        ]
        return "; ".join(missing)
    if budget is None or made["serapan_persen"] is None:
        return (budget and budget["alasan"]) or TANPA_SERAPAN
    return "realisasi anggaran 0"
