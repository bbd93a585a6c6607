"""BUM Desa ranking: class by score beside the printed one.

A printed class or flag that contradicts the score is judged by ``quality`` and withholds that BUM
Desa alone (contract 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import village
from warehouse.trail import Cell, Figure

TANPA_NILAI = "total nilai tidak ada"


def bumdes(bumdes: pa.Table, context: Context) -> dict[str, Mart]:
    """Every BUM Desa of every year with its class.

    Source: Permendesa PDTT 3/2021 Pasal 22; Kepmendesa 145/2022.

    Args:
        bumdes: ``clean_bumdes``.
        context: choice ``bumdes_baik``: what a BUM Desa without a score withholds.
    """
    mart = Mart()
    for row in contracts.as_rows(bumdes):
        made = _row(row)
        mart.rows.append(made)
        _trace(mart, row, made)
        if made["nilai"] is None:
            mart.findings.append(_without_score(row, made, context))
    return {"bumdes": mart}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    nilai = row["nilai"]
    stated = row["aktif"]
    same = ("bumdes_id", "tahun", "kode_desa", "kode_unit", "nama", "nilai", "kelas_tercetak")
    return {
        **{k: row[k] for k in same},
        "kelas": None if nilai is None else village.kelas_bumdes(nilai),
        "aktif": nilai > 0 if stated is None and nilai is not None else stated,
        "alasan": TANPA_NILAI if nilai is None else None,
    }


def _without_score(row: Mapping[str, Any], made: Mapping[str, Any], context: Context) -> Finding:
    """A BUM Desa without a score is withheld, and the share of its kecamatan where that rests on scores."""
    unit, tahun = str(row["kode_unit"]), str(row["tahun"])
    by_activity = context.choices.of(unit).value("bumdes_baik") == "aktif"
    counted = made["aktif"] if by_activity else None
    share = {"kode_unit": unit, "periode": tahun, "kode_indikator": "persen_bumdes_baik"}
    key = contracts.table("realisasi_iku").key_of(share)
    return Finding(
        "bumdes_tanpa_nilai",
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=Cell.of(row, "nilai"),
        kode_unit=unit,
        periode=tahun,
        isi={"nama": row["nama"], "desa": row["desa"] or row["kode_desa"]},
        figures=() if counted is not None else (Figure("realisasi_iku", key, "realisasi"),),
    )


def _trace(mart: Mart, row: Mapping[str, Any], made: Mapping[str, Any]) -> None:
    key = contracts.table("bumdes").key_of(made)

    def figure(kolom: str) -> Figure:
        return Figure("bumdes", key, kolom)

    score = ("total nilai", row["nilai"], Cell.of(row, "nilai"))
    active = ("aktif", row["aktif"], Cell.of(row, "aktif"))
    mart.trail.add(figure("nilai"), "salin", [score])
    mart.trail.add(figure("kelas"), "kelas_bumdes", [("total nilai", row["nilai"], figure("nilai"))])
    printed = ("kelas tercetak", row["kelas_tercetak"], Cell.of(row, "kelas"))
    mart.trail.add(figure("kelas_tercetak"), "salin", [printed])
    if row["aktif"] is None:
        mart.trail.add(figure("aktif"), "bumdes_aktif", [("total nilai", row["nilai"], figure("nilai"))])
    else:
        mart.trail.add(figure("aktif"), "salin", [active])
