"""Villages by an accepted list of region codes, which overrides the shipped one for its kabupaten.

Source: Kepmendagri 300.2.2-2138/2025 (codes); contract 1.7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from quality.finding import Finding
from warehouse.values.codes import kode_wilayah


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``wilayah_daftar`` -> ``clean_wilayah``; rows of provinces, kabupaten and kecamatan are headings."""
    found = sift("clean_wilayah", tables, context, ("wilayah_daftar",), partial(_read, {}))
    found.findings += _without_villages(tables.get("wilayah_daftar"), found)
    return found


def _without_villages(table: pa.Table | None, found: Sifted) -> Iterator[Finding]:
    """Lists of provinces, kabupaten or kecamatan alone: they replace nothing, and that is told."""
    if table is None:
        return
    told = {row["berkas_id"] for row in [*found.accepted, *found.rejected]}
    for berkas_id, rows in Counter(table["berkas_id"].to_pylist()).items():
        if berkas_id not in told:
            yield Finding("wilayah_tanpa_desa", berkas_id=berkas_id, jumlah=rows)


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
