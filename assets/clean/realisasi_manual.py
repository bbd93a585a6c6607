"""Results that no source computes: written by hand with their evidence, or printed in the strategic plan.

Source: PermenPANRB 53/2014, Lampiran (realisation of earlier years beside this year's).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.indicator_rows import Levels, match, shown, unit_of, value
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.fractions import Printed
from warehouse.values.periods import parse_period

_MANUAL, _RENSTRA = "realisasi_manual_realisasi", "renstra_target"
_YEAR = re.compile(r"\d{4}")


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``realisasi_manual_realisasi``, ``renstra_target`` -> ``clean_realisasi_manual``."""
    read = partial(_read, context, Levels(tables.get(_RENSTRA)))
    return sift("clean_realisasi_manual", tables, context, (_MANUAL, _RENSTRA), read)


def _read(context: Context, levels: Levels, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    return _from_renstra(context, levels, row) if row.source == _RENSTRA else _by_hand(context, row)


def _by_hand(context: Context, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.blank("indikator") and row.blank("realisasi"):
        return Fate.LAYOUT
    indikator = row.text("indikator", required=True) or ""
    found = match(row, indikator, context.indicators)
    satuan = unit_of(row, indikator)
    result = value(row, "realisasi", satuan, found.indicator)
    target = value(row, "target", satuan, found.indicator)
    return [
        {
            **_result(row, indikator, found.kode, _period(row), result),
            "asal": "manual",
            "target": target.nilai,
            "target_teks": shown(target),
            "bukti": row.text("bukti"),
        }
    ]


def _from_renstra(context: Context, levels: Levels, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    indikator = row.text("indikator")
    printed = {k: f for k, f in row.repeated("realisasi").items() if not row.blank(f)}
    if indikator is None or not printed or row.jenis_baris != "data":
        return Fate.ELSEWHERE
    found = match(row, indikator, context.indicators, tingkat=levels.of(row), tell=False)
    satuan = unit_of(row, indikator)
    return [
        {
            **_result(row, indikator, found.kode, key, value(row, name, satuan, found.indicator)),
            "asal": "renstra",
        }
        for key, name in printed.items()
        if _YEAR.fullmatch(key)
    ] or Fate.ELSEWHERE


def _result(row: Row, indikator: str, kode: str, periode: str, result: Printed) -> dict[str, Any]:
    return {
        "kode_unit": row.unit(),
        "periode": periode,
        "kode_indikator": kode,
        "indikator": indikator,
        "realisasi": result.nilai,
        "realisasi_teks": shown(result),
        "pembilang": result.pembilang,
        "penyebut": result.penyebut,
    }


def _period(row: Row) -> str:
    """The row's own year and part of it, else the table's.

    Raises:
        Refused: if what stands there is no period.
    """
    # Where a row's own period is blank, the table's stands in the same column: only its kind tells.
    said = {name: row.printed(name) for name in ("tahun", "periode") if row.kind(name) != " "}
    year = _YEAR.match(row.periode_tabel or "")
    found = None
    for name, text in said.items():
        if text:
            found = parse_period(text, found.tahun if found else int(year[0]) if year else None)
            if found is None:
                raise Refused("tidak_terbaca", "bukan tahun atau periode", name)
    return str(found) if found else row.period()
