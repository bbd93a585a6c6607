"""Targets of the performance agreement (PK, PK-P) and of the strategic plan (RENSTRA).

Source: PermenPANRB 53/2014, Lampiran; Permendagri 86/2017, Lampiran (table T-C.25).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.documents import agreement, dated
from assets.clean.indicator_rows import Levels, Matched, match, shown, unit_of, value
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted

_PK, _RENSTRA = "perjanjian_kinerja_target", "renstra_target"
_YEAR, _QUARTER = re.compile(r"\d{4}"), re.compile(r"(?:(?P<year>\d{4})-)?(?P<part>TW[1-4])")


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``perjanjian_kinerja_target``, ``renstra_target`` -> ``clean_target``, one row a target and period."""
    levels = {source: Levels(tables.get(source)) for source in (_PK, _RENSTRA)}
    return sift("clean_target", tables, context, (_PK, _RENSTRA), partial(_read, context, levels))


def _read(context: Context, levels: Mapping[str, Levels], row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data":
        return Fate.LAYOUT
    indikator = row.text("indikator")
    if indikator is None:
        return _without_indicator(row)
    level = levels[row.source].of(row)
    found = match(row, indikator, context.indicators, tingkat=level)
    same = {
        "kode_unit": row.unit(),
        "dokumen": "RENSTRA" if row.source == _RENSTRA else agreement(row.judul),
        "berlaku_sejak": dated(row.judul) if row.source == _PK else None,
        "tingkat": level,
        "nomor_dokumen": row.printed("nomor").rstrip(". ") or None,
        "sasaran": row.text("sasaran" if level == "sasaran" and row.printed("sasaran") else "tujuan"),
        "indikator": indikator,
        "kode_indikator": found.kode,
        "cara_cocok": found.cara,
        "satuan": unit_of(row, indikator),
        "arah": found.indicator.arah,
    }
    made = [{**same, **_target(row, name, found, indikator), "periode": p, "tahun": int(p[:4])}
            for name, p in _targets(row)]  # fmt: skip
    return made or (Fate.ELSEWHERE if row.source == _RENSTRA else _empty(row, same))


def _targets(row: Row) -> Iterator[tuple[str, str]]:
    """Field and period of each target the row prints."""
    for key, name in row.repeated("target").items():
        if row.blank(name):
            continue
        quarter = _QUARTER.fullmatch(key)
        if _YEAR.fullmatch(key):
            yield name, key
        elif quarter:
            yield name, f"{quarter['year'] or row.year()}-{quarter['part']}"
        elif not key:
            yield name, str(row.year())


def _target(row: Row, name: str, found: Matched, indikator: str) -> dict[str, Any]:
    printed = value(row, name, unit_of(row, indikator), found.indicator)
    return {
        "target_teks": shown(printed),
        "target": printed.nilai,
        "pembilang": printed.pembilang,
        "penyebut": printed.penyebut,
    }


def _empty(row: Row, same: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An indicator without a target stays one: its figure is withheld for that, not lost (contract 1.4)."""
    return [{**same, "periode": str(row.year()), "tahun": row.year()}]


def _without_indicator(row: Row) -> Fate:
    fields = row.repeated("target").values()
    if row.blank(*fields):
        return Fate.LAYOUT
    raise Refused("wajib_kosong", "kolom indikator kosong", "indikator")
