"""Indeks Desa: one row a village and year.

Source: Permendesa PDTT 9/2024 (six dimensions, 635 points in all, score of 100), data years from 2025.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.places import village
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted
from warehouse.formulas.village import dimension_maxima
from warehouse.regions import Regions


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``indeks_desa_tabel`` -> ``clean_indeks_desa``; villages without a code by name in their kecamatan."""
    return sift("clean_indeks_desa", tables, context, ("indeks_desa_tabel",), partial(_read, context.regions))


def _read(regions: Regions, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data" or row.blank("desa", "kode_desa"):
        return Fate.LAYOUT
    desa = row.text("desa", required=True)
    kode_desa, kode_unit = village(row, regions)
    status = row.text("status")
    return [
        {
            "tahun": row.year(),
            "kode_desa": kode_desa,
            "desa": desa,
            "kode_unit": kode_unit,
            **{dimensi: row.score(dimensi, 0, poin) for dimensi, poin in dimension_maxima().items()},
            "skor": row.score("skor", 0, 100),
            "status": status.upper() if status else None,
        }
    ]
