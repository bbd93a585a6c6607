"""Rows read = accepted + rejected + layout + told as unknown."""

from __future__ import annotations

import pyarrow as pa
import pytest

from assets.publish.balance import RowsVanished, neraca

COUNTS = pa.table(
    {
        "berkas_id": ["b"],
        "lembar": ["LRA"],
        "dibaca": [10],
        "data": [6],
        "tata_letak": [3],
        "tidak_dikenal": [1],
    }
)


def rows_at(*baris: int) -> pa.Table:
    n = len(baris)
    return pa.table({"berkas_id": ["b"] * n, "lembar": ["LRA"] * n, "baris": pa.array(baris, pa.int64())})


def rejected(baris: int, kolom: str = "*") -> dict[str, object]:
    return {"berkas_id": "b", "lembar": "LRA", "baris": baris, "kolom": kolom, "aturan": "r", "alasan": "x"}


def test_every_row_ends_once() -> None:
    found = neraca(COUNTS, {"x": rows_at(4, 5, 6, 7)}, [rejected(8), rejected(4, "pagu")], [("b", "LRA", 9)])
    counts = {"dibaca": 10, "diterima": 4, "ditolak": 1, "tata_letak": 4, "tidak_dikenal": 1}
    assert found == [{"berkas_id": "b", "lembar": "LRA", **counts}]


def test_a_row_two_tables_use_counts_once_and_accepted_wins() -> None:
    found = neraca(
        COUNTS, {"x": rows_at(4, 5, 6, 7, 8), "y": rows_at(4, 5, 9)}, [rejected(4)], [("b", "LRA", 5)]
    )
    assert (found[0]["diterima"], found[0]["ditolak"], found[0]["tata_letak"]) == (6, 0, 3)


def test_a_vanished_row_stops_the_run() -> None:
    with pytest.raises(RowsVanished, match="1 rows ended nowhere"):
        neraca(COUNTS, {"x": rows_at(4, 5, 6, 7, 8)}, [], [])
