"""Whatever careless hands do to a table, every row that was read ended somewhere that can be told."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.readers.opening import open_book
from tests.conftest import ROOT
from tests.fuzz.mutasi import of_table
from tests.fuzz.pintu import Door
from tests.property.profil import quick

TABLES = {
    "hibah": "630103/Hibah Pelaihari 2025.csv",
    "lra": "630103/LRA Pelaihari 31 Desember 2025.xlsx",
    "program": "630103/Realisasi Program Pelaihari 2025.xlsx",
    "pk": "630103/Perjanjian Kinerja Pelaihari 2025.xlsx",
    "indeks desa": "630103/Status Indeks Desa Pelaihari 2025.xlsx",
    "bumdes": "630609/Pemeringkatan BUMDesa Kalumpang 2024.xlsx",
    "layanan": "630103/Volume Layanan Pelaihari 2025.csv",
}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with Door(tmp_path_factory.mktemp("rumah")) as opened:
        yield opened


@pytest.mark.parametrize("table", TABLES)
def test_rows_read_are_rows_that_ended(table: str, door: Door, tmp_path: Path) -> None:
    rows = [list(map(str, row)) for row in open_book(ROOT / "examples" / TABLES[table]).lembar[0].teks]
    path = tmp_path / "rusak.csv"
    accepted = []

    @given(st.integers(0, 10**6))
    @quick(5)
    def holds(number: int) -> None:
        damaged = of_table(rows, random.Random(number))
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, delimiter=";").writerows(damaged)
        outcome = door.through(path)  # it raises where the balance does not hold
        if outcome.status == "diterima":
            read, ended = outcome.sums
            assert read == ended > 0
            accepted.append(read)

    holds()
    assert accepted, "the damage left nothing to be balanced"
