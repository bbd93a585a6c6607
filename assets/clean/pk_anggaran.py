"""Budgets of the programmes as the performance agreement prints them.

Source: PermenPANRB 53/2014, Lampiran (second page of the Perjanjian Kinerja).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.documents import agreement
from assets.clean.program_rows import ProgramTree
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``perjanjian_kinerja_anggaran`` -> ``clean_pk_anggaran``; the printed sum is code ``TOTAL``."""
    return sift(
        "clean_pk_anggaran", tables, context, ("perjanjian_kinerja_anggaran",), partial(_read, ProgramTree())
    )


def _read(tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    node = tree.node(row)
    if node is None or node.tingkat not in ("program", "total"):
        return Fate.LAYOUT
    return [
        {
            "kode_unit": row.unit(),
            "tahun": row.year(),
            "dokumen": agreement(row.judul),
            "kode": node.kode,
            "uraian": node.uraian,
            "tingkat": node.tingkat,
            "pagu": row.money("anggaran"),
        }
    ]
