"""Villages by an accepted list of region codes, which overrides the shipped one for its kabupaten.

Source: Kepmendagri 300.2.2-2138/2025 (codes); contract 1.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.codes import kode_wilayah


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``wilayah_daftar`` -> ``clean_wilayah``; rows of provinces, kabupaten and kecamatan are headings."""
    return sift("clean_wilayah", tables, context, ("wilayah_daftar",), partial(_read, {}))


def _read(districts: dict[str, str], row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.blank("kode"):
        if row.blank("nama"):
            return Fate.LAYOUT
        raise Refused("wajib_kosong", "kolom kode kosong", "kode")
    kode = row.code("kode", kode_wilayah, required=True) or ""
    nama = row.text("nama", required=True) or ""
    if len(kode) != 10:
        if len(kode) == 6:
            districts[kode] = nama
        return Fate.LAYOUT
    kode_unit = kode[:6]
    return [
        {
            "kode_desa": kode,
            "nama": nama,
            "kode_unit": kode_unit,
            "kecamatan": row.text("kecamatan") or districts.get(kode_unit),
        }
    ]
