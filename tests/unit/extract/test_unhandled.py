"""Rows that nobody processes are told as unknown, and only those."""

from __future__ import annotations

import pyarrow as pa

from assets.extract.unhandled import as_unknown

COUNTS = pa.table(
    {"berkas_id": ["b", "c"], "lembar": ["A", "A"], "dibaca": [9, 5],
     "data": [6, 3], "tata_letak": [3, 2], "tidak_dikenal": [0, 0]}
)  # fmt: skip


def test_rows_move_from_data_to_unknown_and_are_told() -> None:
    asked = pa.table({"berkas_id": ["b"] * 4, "lembar": ["A"] * 4})
    counts, findings = as_unknown(COUNTS, {"prodeskel_tabel": asked})
    first, second = counts.to_pylist()
    assert (first["data"], first["tidak_dikenal"]) == (2, 4)
    assert second == COUNTS.to_pylist()[1]
    assert [(f.aturan, f.berkas_id, f.lembar, f.jumlah) for f in findings] == [
        ("sumber_tanpa_pengolah", "b", "A", 4)
    ]


def test_nothing_unasked_changes_nothing() -> None:
    counts, findings = as_unknown(COUNTS, {})
    assert counts is COUNTS and findings == []
