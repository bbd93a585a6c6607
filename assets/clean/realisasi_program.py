"""Budget realisation along the programme tree: one row a programme, kegiatan, sub kegiatan or total.

Source: Permendagri 90/2019 and its nomenclature decrees. Outputs on the same sheet (target and
realisation of performance) are ``kinerja_program``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.program_rows import ProgramTree
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``realisasi_program`` -> ``clean_realisasi_program``."""
    return sift(
        "clean_realisasi_program", tables, context, ("realisasi_program",), partial(_read, ProgramTree())
    )


def _read(tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    node = tree.node(row)
    if node is None:
        return Fate.LAYOUT
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            "kode": node.kode,
            "kode_induk": node.kode_induk,
            "kode_tercetak": node.kode_tercetak,
            "uraian": node.uraian,
            "tingkat": node.tingkat,
            "pagu": row.money("pagu"),
            "realisasi": row.money("realisasi"),
            "persen_tercetak": row.percent("persen"),
        }
    ]
