"""Volumes of public services: one row a service and period; the printed sum is ``TOTAL``.

Source: Permendagri 4/2010 (PATEN); the volume is the population of the survey's sample.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.codes import slug

_SUM = re.compile(r"(jumlah|total)(\s+(total|seluruh\w*|keseluruhan|layanan|pelayanan))*", re.IGNORECASE)


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``layanan_volume`` -> ``clean_layanan``; '-' is none (0), blank is not reported (contract 2.7)."""
    return sift("clean_layanan", tables, context, ("layanan_volume",), _read)


def _read(row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.blank("layanan", "jumlah"):
        return Fate.LAYOUT
    is_sum = row.jenis_baris == "total" or bool(_SUM.fullmatch(row.printed("layanan")))
    layanan = row.text("layanan", required=not is_sum) or "Jumlah"
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            "kode_layanan": "TOTAL" if is_sum else slug(layanan),
            "layanan": layanan,
            "jumlah": row.count("jumlah"),
            "seksi": row.text("seksi"),
        }
    ]
