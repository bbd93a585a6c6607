"""The findings as the page holds them: columns, each text that recurs written once.

A hundred thousand findings share few files, rules, sheets and advices; a column of which half recurs is a
list of its texts (``d``) and, for each finding, which of them (``i``). The browser opens that in the time it
takes to read it, and filters by numbers instead of texts.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from quality.findings import without_waiver

# What the page filters and groups by: always numbers, however few recur.
FILTERED = ("akibat", "aturan", "kode_unit", "periode", "berkas_id", "keadaan", "kelompok")
COLUMNS = (
    *FILTERED, "temuan_id", "berkas", "lembar", "sel", "sel_terkait", "jumlah", "tertulis", "seharusnya",
    "selisih", "pesan", "cara_perbaiki", "dasar_hukum", "dugaan", "sel_dicurigai", "menahan", "menyentuh",
    "sejak", "koreksi_id", "pengecualian_id",
)  # fmt: skip
IN_ENGLISH = {"pesan": "pesan_en", "cara_perbaiki": "cara_perbaiki_en", "dugaan": "dugaan_en"}


def spoken(temuan: pa.Table, column: str, lang: str) -> pa.ChunkedArray:
    """A column in the reader's language; Indonesian where a finding has no other.

    Sentences come without the waiver before them: the page tells it below.
    """
    if column not in IN_ENGLISH:
        return temuan[column]
    said = temuan[column].to_pylist()
    if lang != "id":
        said = [e or o for e, o in zip(temuan[IN_ENGLISH[column]].to_pylist(), said, strict=True)]
    if column == "pesan":
        waived = temuan["pengecualian_id"].to_pylist()
        said = [without_waiver(s) if s and w else s for s, w in zip(said, waived, strict=True)]
    return pa.chunked_array([pa.array(said, pa.string())])


def columns(temuan: pa.Table, lang: str) -> dict[str, Any]:
    """The findings, column by column: a list of texts, or ``{"d": texts, "i": which}``; null is null."""
    made: dict[str, Any] = {}
    for name in COLUMNS:
        found = spoken(temuan, name, lang)
        if pa.types.is_timestamp(found.type):
            found = pa.chunked_array([pa.array([_minute(m) for m in found.to_pylist()], pa.string())])
        made[name] = _column(found, name in FILTERED)
    return made


def _minute(moment: Any) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment is not None else None


def _column(found: pa.ChunkedArray, coded: bool) -> Any:
    encoded = found.combine_chunks().dictionary_encode(null_encoding="encode")
    distinct = encoded.dictionary.to_pylist()
    if coded or 2 * len(distinct) <= len(found):
        return {"d": distinct, "i": encoded.indices.to_pylist()}
    return found.to_pylist()
