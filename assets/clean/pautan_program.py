"""Which programme (or sub kegiatan) serves which indicator, as the performance agreement links them.

Source: PermenPANRB 53/2014, Lampiran; contract 1.5 (no share means 100).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.documents import agreement
from assets.clean.indicator_rows import match
from assets.clean.program_rows import TOTAL, ProgramTree
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``perjanjian_kinerja_program`` -> ``clean_pautan_program``."""
    read = partial(_read, context, ProgramTree())
    return sift("clean_pautan_program", tables, context, ("perjanjian_kinerja_program",), read)


def _read(context: Context, tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    node = tree.node(row)
    if node is None or node.kode == TOTAL:
        return Fate.LAYOUT
    indikator = row.text("indikator", required=True) or ""
    return [
        {
            "kode_unit": row.unit(),
            "tahun": row.year(),
            "dokumen": agreement(row.judul),
            "kode": node.kode,
            "kode_indikator": match(row, indikator, context.indicators).kode,
            "porsi": row.percent("porsi"),
        }
    ]
