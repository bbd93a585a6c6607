"""Recipients of grants: organisations, never persons.

Source: Permendagri 77/2020 (belanja hibah); reconciled with the account's budget and realisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``hibah_daftar`` -> ``clean_hibah``."""
    return sift("clean_hibah", tables, context, ("hibah_daftar",), _read)


def _read(row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data" or row.blank("penerima", "jumlah", "realisasi"):
        return Fate.LAYOUT
    return [
        {
            "kode_unit": row.unit(),
            "tahun": row.year(),
            "penerima": row.text("penerima", required=True),
            "pagu": row.money("jumlah"),
            "realisasi": row.money("realisasi"),
        }
    ]
