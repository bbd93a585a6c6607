"""Outputs of programmes, kegiatan and sub kegiatan: target and realisation of their performance.

From the output tables, and from realisation tables that carry both performance columns beside the money.
Source: PermenPANRB 53/2014, Lampiran (programmes that support an achievement).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.indicator_rows import shown, unit_of, value
from assets.clean.program_rows import TOTAL, ProgramTree
from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted

_OUTPUT, _MONEY = "kinerja_program_keluaran", "realisasi_program"
_FIELDS = {_OUTPUT: ("target", "realisasi"), _MONEY: ("target_kinerja", "realisasi_kinerja")}


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``kinerja_program_keluaran``, ``realisasi_program`` -> ``clean_kinerja_program``."""
    tree = ProgramTree(silent=frozenset({_MONEY}))
    return sift("clean_kinerja_program", tables, context, (_OUTPUT, _MONEY), partial(_read, tree))


def _read(tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    target_field, result_field = _FIELDS[row.source]
    not_ours = Fate.ELSEWHERE if row.source == _MONEY else Fate.LAYOUT
    if row.source == _MONEY and not {target_field, result_field} <= set(row.fields):
        return not_ours
    node = tree.node(row)
    if node is None or node.kode == TOTAL or row.blank(target_field, result_field, "capaian"):
        return not_ours
    indikator = row.text("indikator") or node.uraian
    target = value(row, target_field, unit_of(row, indikator))
    result = value(row, result_field, unit_of(row, indikator))
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            "kode": node.kode,
            "tingkat": node.tingkat,
            "uraian": node.uraian,
            "indikator": indikator,
            "satuan": target.satuan or result.satuan,
            "target": target.nilai,
            "target_teks": shown(target),
            "realisasi": result.nilai,
            "realisasi_teks": shown(result),
            "capaian_tercetak": row.percent("capaian"),
        }
    ]
