"""Indeks Desa Membangun: one row a village and year, of every kecamatan the file holds.

Source: Permendesa PDTT 2/2016 (three indices on 0..1), data years to 2024.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.places import village_code
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.regions import Regions
from warehouse.values.codes import kode_wilayah

_INDICES = ("iks", "ike", "ikl", "nilai")


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``idm_ekspor`` -> ``clean_idm``; the year comes from the column (``iks@2024``), else from the table."""
    return sift("clean_idm", tables, context, ("idm_ekspor",), partial(_read, context.regions))


def _read(regions: Regions, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.blank("kode_desa", "desa"):
        return Fate.LAYOUT
    kode_desa = village_code(row, regions)
    if kode_desa is None:
        raise Refused("wajib_kosong", "kode desa kosong", "kode_desa")
    same = {
        "kode_desa": kode_desa,
        "desa": row.text("desa", required=True),
        "kode_unit": kode_desa[:6],
        "kecamatan": row.text("kecamatan"),
        "kode_kab": row.code("kode_kab", kode_wilayah) or kode_desa[:4],
    }
    made = []
    for key in sorted({k for name in (*_INDICES, "status") for k in row.repeated(name)}):
        fields = {n: f"{n}@{key}" if key else n for n in (*_INDICES, "status")}
        if row.blank(*fields.values()):
            continue
        status = row.text(fields["status"])
        made.append(
            {
                **same,
                "tahun": int(key) if key else row.year(),
                **{n: row.score(fields[n], 0, 1) for n in _INDICES},
                "status": status.upper() if status else None,
            }
        )
    if not made:
        raise Refused("wajib_kosong", "tidak ada satu pun nilai IDM pada baris ini", "desa")
    return made
