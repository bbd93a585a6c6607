"""Ranking of village enterprises (BUM Desa): total value, printed class, and the class its flags mark.

Source: Permendesa PDTT 3/2021 Pasal 22; Kepmendesa 145/2022.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.places import village
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted
from warehouse.regions import Regions
from warehouse.values.codes import slug

_FLAGS = {
    "k_perintis": "PERINTIS", "k_pemula": "PEMULA", "k_berkembang": "BERKEMBANG", "k_maju": "MAJU",
}  # fmt: skip
_UNMARKED = frozenset({"", "0", "-", "–", "tidak"})
_ACTIVE = {
    "aktif": True, "ya": True, "1": True, "v": True, "beroperasi": True, "berjalan": True,
    "tidak aktif": False, "tidak": False, "0": False, "nonaktif": False, "non aktif": False,
    "tidak beroperasi": False, "belum beroperasi": False, "vakum": False, "mati suri": False,
}  # fmt: skip


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``bumdes_pemeringkatan`` -> ``clean_bumdes``."""
    return sift("clean_bumdes", tables, context, ("bumdes_pemeringkatan",), partial(_read, context.regions))


def _read(regions: Regions, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data" or row.blank("nama", "desa", "kode_desa"):
        return Fate.LAYOUT
    kode_desa, kode_unit = village(row, regions)
    nama = row.text("nama", required=True) or ""
    kelas = row.text("kelas")
    return [
        {
            "bumdes_id": f"{kode_desa}-{slug(nama)}",
            "tahun": row.year(),
            "kode_desa": kode_desa,
            "kode_unit": kode_unit,
            "desa": row.text("desa"),
            "nama": nama,
            "nilai": row.score("nilai", 0, 100),
            "kelas_tercetak": kelas.upper() if kelas else None,
            "bendera": _flag(row),
            "aktif": _active(row),
        }
    ]


def _flag(row: Row) -> str | None:
    marked = [kelas for name, kelas in _FLAGS.items() if row.printed(name).casefold() not in _UNMARKED]
    return marked[0] if len(marked) == 1 else None


def _active(row: Row) -> bool | None:
    said = row.printed("aktif").casefold()
    if not said or said in _ACTIVE:
        return _ACTIVE.get(said)
    row.refuse_cell("aktif", "tidak_terbaca", "bukan keterangan aktif atau tidak aktif")
    return None
