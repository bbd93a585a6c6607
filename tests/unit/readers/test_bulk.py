"""What a large sheet tells by its distinct cells is what the judge says of its rows one by one."""

from __future__ import annotations

import random
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.readers import bulk, reading, vocabulary
from assets.readers.coded import coded
from assets.readers.grid import Book, Grid
from tests.unit.readers.kisi import Galat, Rumus, kisi

SKM = ["No", "Jenis Layanan", "Pendidikan", *(f"U{n}" for n in range(1, 10)), "Saran"]
LRA = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"]
IDM = ["KODE DESA", "NAMA DESA", "IKS 2024", "IKE 2024", "IKL 2024", "NILAI IDM 2024", "STATUS IDM 2024"]
ANSWERS: list[Any] = [1, 2, 3, 4, 4, 4, "3", "b", "Sangat baik", "5", "tidak tahu", None, Galat("#N/A"), " "]
ODD: list[list[Any]] = [
    [],
    ["Jumlah", None, None, 4, 4],
    ["Nilai rata-rata", None, None, *[3.1] * 9],
    ["Pelaihari, 31 Desember 2025"],
    [None, None, None, "Camat Pelaihari"],
    ["*) catatan kaki"],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    ["Rp", "Total", None, ":"],
    SKM,
    LRA,
    ["LAPORAN REALISASI ANGGARAN"],
]


def _skm(chance: random.Random, n: int) -> list[Any]:
    return [
        n,
        chance.choice(["KTP", "Total layanan", "Rp", "No"]),
        "SMA",
        *chance.choices(ANSWERS, k=9),
        None,
    ]


def _lra(chance: random.Random, n: int) -> list[Any]:
    money = [1000, 2500.5, "1.234.567,00", "-", None, Rumus(), Galat("#REF!"), "Rp", "lihat lampiran"]
    code = chance.choice(["5", "5.1", "5.1.02.01.01.0052", None, "JUMLAH", 5.1])
    name = chance.choice(["BELANJA", "Jumlah Belanja", "Belanja Modal", None, "Total"])
    return [code, name, *chance.choices(money, k=2), chance.choice([91.5, "91,5%", None])]


def _idm(chance: random.Random, n: int) -> list[Any]:
    index = [0.7314, "0,8", None, 1]
    code = chance.choice([6301012001 + n, "63.01.01.2001", None, "TOTAL"])
    return [code, f"Desa {n}", *chance.choices(index, k=4), chance.choice(["MAJU", "MANDIRI", None])]


def sheet(seed: int, rows: int, odd: float) -> Grid:
    """A random sheet: one or two tables, rows of every kind in any order."""
    chance = random.Random(seed)
    made: list[list[Any]] = [["SURVEI KEPUASAN MASYARAKAT KECAMATAN PELAIHARI TRIWULAN I TAHUN 2025"], []]
    for header, make in chance.sample([(SKM, _skm), (LRA, _lra), (IDM, _idm)], k=chance.choice([1, 1, 2])):
        made.append(header)
        for n in range(rows):
            made.append(chance.choice(ODD) if chance.random() < odd else make(chance, n))
    merged = []
    for r in range(3, len(made) if odd else 0):
        if chance.random() < 0.2:
            c = chance.randrange(max(map(len, made)) - 1)
            merged.append((r, c, r, c + 1))
    return kisi([row or [None] for row in made], gabung=merged)


def taken_for(grid: Grid) -> tuple[Any, ...]:
    """All that reading a sheet gives."""
    found, rows = reading.read(Book("xlsx", [grid]), "0" * 64, vocabulary.load())
    return asdict(found), [table.to_pydict() for table in rows]


@given(seed=st.integers(0, 10**9), rows=st.integers(1, 40), odd=st.sampled_from([0.0, 0.05, 0.4]))
@settings(max_examples=25, deadline=None)
def test_codes_and_lists_are_read_alike(seed: int, rows: int, odd: float) -> None:
    grid = sheet(seed, rows, odd)
    assert taken_for(coded(grid)) == taken_for(grid)


@pytest.mark.parametrize("ahead", [1, 3, 64])
def test_blocks_of_any_length_give_the_same(ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST", ahead)
    monkeypatch.setattr(bulk, "_MOST", ahead)
    for seed in range(6):
        grid = sheet(seed, 30, 0.1)
        assert taken_for(coded(grid)) == taken_for(grid)


def test_most_rows_of_a_plain_sheet_never_meet_the_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    from assets.readers.judging import RowJudge

    asked: list[int] = []
    judge = RowJudge.judge
    monkeypatch.setattr(RowJudge, "judge", lambda s, r, *more: asked.append(r) or judge(s, r, *more))
    rows = [[n, "KTP", "SMA", *[4] * 9, "baik"] for n in range(500)]
    grid = replace(coded(kisi([SKM, *rows])), lembar="a")
    _, (table,) = taken_for(grid)
    assert len(table["baris"]) == 500
    assert len(asked) < 5
