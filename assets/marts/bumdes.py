"""BUM Desa ranking: class by score beside the printed one.

A printed class or flag that contradicts the score is judged by ``quality`` and withholds that BUM
Desa alone (contract 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.formulas import village
from warehouse.trail import Cell, Figure

TANPA_NILAI = "total nilai tidak ada"


def bumdes(bumdes: pa.Table, context: Context) -> dict[str, Mart]:
    """Every BUM Desa of every year with its class.

    Source: Permendesa PDTT 3/2021 Pasal 22; Kepmendesa 145/2022.

    Args:
        bumdes: ``clean_bumdes``.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    for row in contracts.as_rows(bumdes):
        made = _row(row)
        mart.rows.append(made)
        _trace(mart, row, made)
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
    mart.trail.add(figure("aktif"), "salin", [score if row["aktif"] is None else active])
