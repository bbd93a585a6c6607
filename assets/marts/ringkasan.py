"""One line a unit and period: means of unrounded figures, how many they hold, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from assets.marts.efisiensi import base
from assets.marts.figures import Row, figure, grouped, is_year
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.formulas import achievement
from warehouse.formulas.exact import mean

TABEL = "capaian_ringkasan"
RUMUS = ("E", "NE", "RASIO")
NOTHING = ("tidak ada yang dihitung", None, None)


def ringkasan(
    capaian_iku: pa.Table,
    efisiensi: pa.Table,
    kinerja_program: pa.Table,
    efisiensi_program: pa.Table,
    context: Context,
) -> dict[str, Mart]:
    """Unweighted means of achievement (percent) and of efficiency by formula.

    Figures that are empty are left out of a mean and named; a mean of nothing is empty, and a mean of
    which a part is withheld is withheld.

    Args:
        capaian_iku: achievements.
        efisiensi: efficiencies of indicators.
        kinerja_program: outputs; those of programmes (not of kegiatan) are averaged.
        efisiensi_program: efficiencies of programmes.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    by_indicator = _by_place(contracts.as_rows(efisiensi))
    outputs = _by_place(r for r in contracts.as_rows(kinerja_program) if r["tingkat"] == "program")
    ratios = _by_place(r for r in contracts.as_rows(efisiensi_program) if r["tingkat"] == "program")
    for place, rows in _by_place(contracts.as_rows(capaian_iku)).items():
        if is_year(place[1]) or any(r["capaian_persen"] is not None for r in rows):
            _write(
                mart, place, rows, by_indicator.get(place, []), outputs.get(place, []), ratios.get(place, [])
            )
    return {TABEL: mart}


def _by_place(rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
    return grouped(rows, "kode_unit", "periode")


def _write(
    mart: Mart,
    place: tuple[Any, ...],
    rows: Sequence[Row],
    by_indicator: Sequence[Row],
    outputs: Sequence[Row],
    ratios: Sequence[Row],
) -> None:
    made: dict[str, Any] = {"kode_unit": place[0], "periode": place[1]}
    _mean(mart, made, ("rata_capaian", "n"), rows, "capaian_iku", "capaian_persen")
    made["kategori"] = achievement.kategori(made["rata_capaian"])
    rata = ("rata_capaian", made["rata_capaian"], figure(TABEL, made, "rata_capaian"))
    mart.trail.add(figure(TABEL, made, "kategori"), "kategori", [rata])
    for rumus in RUMUS:
        name = f"efisiensi_{rumus.lower()}"
        one = [r for r in by_indicator if r["rumus"] == rumus]
        _mean(mart, made, (f"rata_{name}", f"n_{name}"), one, "efisiensi", "efisiensi")
    _programmes(mart, made, outputs)
    _mean(mart, made, ("rata_efisiensi_program",), ratios, "efisiensi_program", "rasio")
    left_out = _left_out(rows, by_indicator, outputs, ratios)
    made["tidak_dihitung"] = " | ".join(f"{what}: {why}" for what, why in left_out) or None
    mart.trail.add(
        figure(TABEL, made, "tidak_dihitung"), "tidak_dihitung", [(what, why, None) for what, why in left_out]
    )
    made["alasan"] = "tidak ada capaian yang dapat dihitung" if made["rata_capaian"] is None else None
    mart.rows.append(made)


def _mean(
    mart: Mart, made: dict[str, Any], columns: Sequence[str], rows: Sequence[Row], table: str, of: str
) -> None:
    """The mean of a column over the rows that have it, and into the second column how many there are.

    It rests on the empty ones as well: one that a finding withholds takes the mean with it, since the mean
    of the rest would be another figure; one that is merely not there yet is left out and named.
    """
    known = [r for r in rows if r[of] is not None]
    values = (mean(r[of] for r in known) if known else None, len(known))
    operands = [(_name(r), r[of], figure(table, r, of)) for r in rows]
    for column, value, rumus in zip(columns, values, ("rata_rata", "banyak"), strict=False):
        made[column] = value
        mart.trail.add(figure(TABEL, made, column), rumus, operands or [NOTHING])


def _programmes(mart: Mart, made: dict[str, Any], outputs: Sequence[Row]) -> None:
    """The mean over programmes of the mean of each one's outputs."""
    known = [r for r in outputs if r["capaian_persen"] is not None]
    by_code = grouped([{**r, "induk": base(r["kode"])} for r in known], "induk")
    each = [mean(r["capaian_persen"] for r in rows) for rows in by_code.values()]
    made["rata_capaian_program"], made["n_program"] = mean(each) if each else None, len(each)
    operands = [
        (f"{r['kode']} {_name(r)}", r["capaian_persen"], figure("kinerja_program", r, "capaian_persen"))
        for r in outputs
    ]
    mart.trail.add(figure(TABEL, made, "rata_capaian_program"), "rata_program", operands)
    mart.trail.add(figure(TABEL, made, "n_program"), "banyak_program", operands or [NOTHING])


def _name(row: Row) -> str:
    return str(row.get("indikator") or row.get("kode_indikator") or row["kode"])


def _left_out(
    rows: Iterable[Row], by_indicator: Iterable[Row], outputs: Iterable[Row], ratios: Iterable[Row]
) -> list[tuple[str, str]]:
    """What has no value, each with its reason, by mean."""
    missing = {
        "capaian": [r for r in rows if r["capaian_persen"] is None],
        # One reason an indicator is enough: E, NE and the ratio of one miss the same operand.
        "efisiensi": [r for r in by_indicator if r["rumus"] == "E" and r["efisiensi"] is None],
        "capaian program": [r for r in outputs if r["capaian_persen"] is None],
        "efisiensi program": [r for r in ratios if r["rasio"] is None],
    }
    return [
        (f"{word} {row.get('kode_indikator') or row['kode']}", row["alasan"] or "ditahan")
        for word, found in missing.items()
        for row in found
    ]
