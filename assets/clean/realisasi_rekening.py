"""Budget realisation by account (LRA): one row an account code or printed sum, in one period.

Source: Permendagri 90/2019 and Kepmendagri 050-5889/2021 (codes), PP 12/2019 (report).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.old_codes import OldTables
from assets.clean.remainder import remainder
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.codes import kode_rekening, slug, tingkat_rekening

_SOURCE = "realisasi_rekening"
_SUM_WORD = re.compile(r"^(sub\s*)?(jumlah|total)\s+(?=\S)", re.IGNORECASE)
_SUM = re.compile(r"^(sub\s*)?(jumlah|total)\b|surplus|defisit|^silpa\b|pembiayaan neto", re.IGNORECASE)


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``realisasi_rekening`` -> ``clean_realisasi_rekening``; printed sums as ``JUMLAH:<slug>``.

    A table in the code system before Permendagri 90/2019 is kept out whole.
    """
    old = OldTables(tables.get(_SOURCE))
    found = sift("clean_realisasi_rekening", tables, context, (_SOURCE,), partial(_read, old))
    found.findings += old.findings()
    return found


def _read(old: OldTables, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    old.refuse(row)
    printed, uraian = row.printed("kode"), row.text("uraian")
    if _SUM.search(printed) and uraian is None:
        printed, uraian = "", row.text("kode")  # a sum's name merged over both columns
    kode = row.code("kode", kode_rekening, required=True) if printed else None
    if kode is None and uraian is None:
        return _nameless(row)
    if kode is None and row.jenis_baris == "data" and not _SUM.search(uraian or ""):
        raise Refused("wajib_kosong", "baris tidak memuat kode rekening", "uraian")
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            "kode": kode or f"JUMLAH:{slug(_SUM_WORD.sub('', uraian or ''))}",
            "kode_tercetak": printed if kode and printed != kode else None,
            "uraian": uraian,
            "tingkat": tingkat_rekening(kode) if kode else "jumlah",
            "pagu": row.money("pagu"),
            "realisasi": row.money("realisasi"),
            "persen_tercetak": row.percent("persen"),
            "realisasi_tahun_lalu": row.money("realisasi_tahun_lalu"),
            **remainder(row),
        }
    ]


def _nameless(row: Row) -> Fate:
    # A note written across the amounts ("Catatan: ...") is no amount.
    if not any(row.readable(f, "money") for f in ("pagu", "realisasi")):
        return Fate.LAYOUT
    raise Refused("wajib_kosong", "baris tidak memuat kode maupun uraian", row.lead())
