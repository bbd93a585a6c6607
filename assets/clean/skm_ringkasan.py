"""Printed survey summaries, in long form: means of the nine elements, their weighted sum, index, respondents.

Source: PermenPANRB 14/2017, Lampiran (nine elements, scale 1..4, index 25..100).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.sift import Fate, Refused, Row, Sieve
from assets.clean.survey_order import BY_CHOICE, undecided
from assets.passing import Context, Sifted

# In the order of the regulation's list; a code alone ("U4") is read before any word.
_WORDS: tuple[tuple[str, str], ...] = (
    ("N", r"(jumlah|banyak\w*|total)\s+(responden|sampel|kuesioner)|^\s*(responden|n)\s*$"),
    (
        "SKM",
        r"\b(nrr|nilai rata-? ?rata)\b.*(tertimbang|ruang lingkup|\b9\b)|\btertimbang\b|\bskm\b(?!.*\bikm\b)",
    ),
    ("IKM", r"\bikm\b|indeks\s+kepuasan|nilai\s+(konversi|indeks)|konversi"),
    ("", r"\bmutu\b|kinerja\s+unit|kategori|predikat|^\s*(jumlah|total)\b|peringkat"),
    ("U1", r"persyarat"),
    ("U2", r"prosedur|prosuder|mekanisme"),
    ("U3", r"waktu|cepat"),
    ("U4", r"biaya|tarif"),
    ("U5", r"produk|spesifikasi|hasil\s+layanan"),
    ("U6", r"kompetensi|kemampuan"),
    ("U7", r"perilaku|prilaku|sopan"),
    ("U8", r"aduan|saran\b"),
    ("U9", r"sarana|prasarana|sarpras"),
)
_BARE_CODE = re.compile(r"\s*(?:unsur\s*)?u\s*([1-9])\s*", re.IGNORECASE)
_SCALE = {"SKM": ("0.9", "4"), "IKM": ("22", "100")}
_KEY = re.compile(r"(?:(?P<year>\d{4})(?:-(?P<part>TW[1-4]|S[12]))?)|(?P<bare>TW[1-4]|S[12])")


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``skm_ringkasan`` -> ``clean_skm_ringkasan``, one row a printed figure and period."""
    sieve = Sieve("clean_skm_ringkasan", context)
    sieve.each(sieve.rows(tables, "skm_ringkasan"), partial(_read, sieve, set()))
    return sieve.close()


def _read(sieve: Sieve, told: set[tuple[Any, ...]], row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    ukuran = _ukuran(sieve, told, row)
    if ukuran == "":
        return Fate.LAYOUT
    made, asked = [], 0
    for key, name in row.repeated("nilai").items():
        if row.blank(name):
            continue
        asked += 1
        nilai = _value(row, name, ukuran)
        if nilai is not None:
            made.append(
                {"kode_unit": row.unit(), "periode": _period(row, key), "ukuran": ukuran, "nilai": nilai}
            )
    if made:
        return made
    if asked:
        raise Refused("wajib_kosong", "tidak ada nilai yang terbaca pada baris ini", "unsur", told=True)
    return Fate.LAYOUT


def _ukuran(sieve: Sieve, told: set[tuple[Any, ...]], row: Row) -> str:
    """What the row holds; '' for a line that is no figure of ours (mutu, a plain sum).

    Raises:
        Refused: if it names no element of the regulation.
    """
    said = row.printed("unsur")
    code = _BARE_CODE.fullmatch(said)
    if code is not None:
        return _bare(sieve, told, row, code[1])
    if not said and row.blank(*row.repeated("nilai").values()):
        return ""
    for ukuran, words in _WORDS:
        if re.search(words, said, re.IGNORECASE):
            return ukuran
    raise Refused("unsur_tidak_dikenal", "bukan unsur survei menurut peraturan", "unsur")


def _bare(sieve: Sieve, told: set[tuple[Any, ...]], row: Row, number: str) -> str:
    """``U1`` to ``U9`` without words; which of U8 and U9 is meant is the unit's choice, never guessed."""
    if number not in "89":
        return f"U{number}"
    kode_unit = row.unit()
    choice = sieve.context.choices.of(kode_unit).choice("u8_u9").nilai
    if choice in BY_CHOICE:
        return BY_CHOICE[choice][int(number) - 8]
    if row.sheet not in told:
        told.add(row.sheet)
        periods = [_period(row, k) for k, f in row.repeated("nilai").items() if not row.blank(f)]
        sieve.findings.append(undecided(row.cell("unsur"), kode_unit, periods))
    return f"U{number}"


def _value(row: Row, name: str, ukuran: str) -> Any:
    if ukuran == "N":
        return row.count(name)
    return row.score(name, *_SCALE.get(ukuran, ("1", "4")))


def _period(row: Row, key: str) -> str:
    """Period of a column: its own key, with the table's year where it names only the part."""
    found = _KEY.fullmatch(key)
    if found is None:
        return row.period()
    return f"{row.year()}-{found['bare']}" if found["bare"] else key
