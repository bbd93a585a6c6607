"""Recommendations of the evaluation of accountability (LHE AKIP) and what was done about them.

Source: PermenPANRB 88/2021. Who is responsible is kept as an office, never as a person (contract 7.6).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Row, sift
from assets.passing import Context, Sifted

_OFFICES = re.compile(
    r"\b(?:(?:plt|plh|pj)\.?\s*)?(?:camat|sekcam|sekretaris(?:\s+kecamatan)?|kasi|kasubbag|kasubag|kepala|"
    r"seksi|sub\s?bag(?:ian)?|bagian|subkoordinator|sekretariat|bendahara|operator|pejabat\s+pelaksana|"
    r"tim\b|kelompok\s+jabatan|jabatan\s+fungsional|inspektorat|lurah|kecamatan|dinas|badan|pptk|ppk|kpa|pa\b)"
    r"[^,;/\n()]*",
    re.IGNORECASE,
)
_PERSON_BEHIND = re.compile(r"\s*(?::|\bNIP\b|\ba\.?n\.?\b|\bdrs?\.|\bir\.|\bh\.|\bhj\.).*$", re.IGNORECASE)
# The first that fits: "belum selesai" is not done, "sebagian selesai" is under way.
_STATUS: tuple[tuple[str, str], ...] = (
    ("belum", r"\bbelum\b|\btidak\s+(?:di|ter)|^0\s*%"),
    ("proses", r"\bproses\b|\bsedang\b|\bsebagian\b|\bberjalan\b|\bdalam\s+pe"),
    ("selesai", r"\bselesai\b|\btuntas\b|\bsudah\b|\btelah\b|\bterlaksana\b|\bdilaksanakan\b|100\s*%"),
)


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``lhe_tindak_lanjut`` -> ``clean_lhe``; a row without a number takes the next of its table."""
    last: dict[tuple[str, str, int], int] = defaultdict(int)
    return sift("clean_lhe", tables, context, ("lhe_tindak_lanjut",), partial(_read, last))


def _read(last: dict[tuple[str, str, int], int], row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data" or row.blank("rekomendasi", "rencana", "status"):
        return Fate.LAYOUT
    rekomendasi = row.text("rekomendasi", required=True)
    return [
        {
            "kode_unit": row.unit(),
            "tahun_lhe": row.year(),
            "nomor": _number(last, row),
            "komponen": row.text("komponen"),
            "rekomendasi": rekomendasi,
            "rencana": row.text("rencana"),
            "target": row.text("target"),
            "jadwal": row.text("jadwal"),
            "penanggung_jawab": _office(row),
            "status": _status(row.printed("status")),
            "bukti": row.text("bukti"),
        }
    ]


def _number(last: dict[tuple[str, str, int], int], row: Row) -> str:
    said = row.printed("nomor").strip(".) ")
    last[row.sheet] = int(said) if said.isdigit() else last[row.sheet] + 1
    return said or str(last[row.sheet])


def _office(row: Row) -> str | None:
    """The office named in the cell; a person's name is dropped and told."""
    said = row.printed("penanggung_jawab")
    if not said:
        return None
    offices = [_PERSON_BEHIND.sub("", m[0]).strip(" .,-") for m in _OFFICES.finditer(said)]
    kept = ", ".join(o for o in offices if o)
    if len(re.sub(r"\W", "", kept)) < len(re.sub(r"\W", "", said)):
        row.note("data_pribadi_dibuang", "penanggung_jawab", tertulis=None)
    return kept or None


def _status(said: str) -> str | None:
    return next((word for word, pattern in _STATUS if re.search(pattern, said, re.IGNORECASE)), None)
