"""Twenty-two kecamatan in one run, one error in one: what rests on it waits, everything else is published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.accept.receive import receive
from benchmarks import kecamatan
from benchmarks.clean_tables import Rows
from tests.conftest import Outcome, lumbung
from warehouse import contracts
from warehouse.regions import Regions

pytestmark = pytest.mark.integration

COUNT = 22
SHEET = "Realisasi Anggaran"
ACCOUNT, ABOVE = "5.1.02.02", ("5.1.02", "5.1", "5")
TYPED = Decimal(90_000)  # what the officer typed too much
PERIODS = ("2025", "2025-TW4")
# Places among those that have a figure: one waiting figure moves them, and ``dari`` and ``alasan`` say so.
PLACES = ("peringkat", "dari", "persentil", "alasan")

Key = tuple[str, ...]
Published = dict[str, dict[Key, dict[str, Any]]]


def mistyped(rows: Rows) -> None:
    row = next(r for r in rows["clean_realisasi_rekening"] if r["kode"] == ACCOUNT)
    row["realisasi"] += TYPED


@dataclass(frozen=True)
class Two:
    """The same 22 kecamatan run twice, the second time with one wrong cell in the files of ``unit``."""

    unit: str
    codes: list[str]
    clean: Published
    wrong: Published
    ran: list[Outcome]
    findings: list[dict[str, Any]]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = tmp_path_factory.mktemp("satu-salah")
    regions = Regions.load()
    codes = kecamatan.write(root / "berkas", COUNT, answers=False)
    unit = codes[COUNT // 2]
    altered = kecamatan.write_one(root / "salah", unit, regions, answers=False, change=mistyped)
    differs = [p for p in altered if p.read_bytes() != (root / "berkas" / unit / p.name).read_bytes()]
    assert [p.name.startswith(SHEET) for p in differs] == [True]
    right = (root / "berkas" / unit / differs[0].name).rename(root / differs[0].name)

    homes = [root / "benar", root / "satu"]
    taken = receive([root / "berkas"], homes[0], regions)
    shutil.copytree(homes[0], homes[1])
    for home, file in zip(homes, (right, differs[0]), strict=True):
        taken += receive([file], home, regions)
    assert {one.status for one in taken} == {"diterima"}
    with ThreadPoolExecutor(2) as both:
        ran = list(both.map(lambda home: lumbung(home, "run"), homes))
    clean, wrong = (home / "warehouse" / "lumbung.duckdb" for home in homes)
    return Two(unit, codes, published(clean), published(wrong), ran, rows(wrong, "temuan"))


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    with duckdb.connect(str(file), read_only=True) as con:
        return contracts.as_rows(con.sql(f'SELECT * FROM "{table}"').to_arrow_table())


def published(file: Path) -> Published:
    return {
        name: {tuple(str(row[k]) for k in contracts.table(name).key): row for row in rows(file, name)}
        for name in contracts.names("mart")
    }


def pairs(two: Two) -> Iterator[tuple[str, Key, dict[str, Any], dict[str, Any]]]:
    for table, clean in two.clean.items():
        assert clean.keys() == two.wrong[table].keys(), table
        yield from ((table, key, row, two.wrong[table][key]) for key, row in clean.items())


def expected(unit: str) -> set[tuple[str, Key]]:
    """What rests on the contradicted sum: its account and those above, the office's total, its absorption."""
    kab, prov = unit[:4], unit[:2]
    held: set[tuple[str, Key]] = set()
    for period in PERIODS:
        held |= {("serapan_rekening", (unit, period, kode)) for kode in ABOVE}
        held |= {
            ("serapan_program", (unit, period, "TOTAL")),
            ("realisasi_iku", (unit, period, "serapan")),
        }
    return held | {("banding", ("serapan", "2025", s, unit)) for s in (f"kab:{kab}", f"prov:{prov}")}


def test_the_clean_run_says_nothing_and_the_other_says_where(two: Two) -> None:
    assert [done.code for done in two.ran] == [0, 2], [done.err for done in two.ran]
    assert {row["kode_unit"] for row in two.findings} == {two.unit}
    assert {(row["aturan"], row["akibat"]) for row in two.findings} == {
        ("jumlah_rekening", "tahan"),
        ("persen_rekening", "ingat"),
    }
    # Both name the cell that was mistyped as the likeliest.
    assert {row["sel_dicurigai"] for row in two.findings} == {"D13"}


def test_only_what_rests_on_it_waits(two: Two) -> None:
    held = {(table, key) for table, key, _, row in pairs(two) if row["status_terbit"] != "terbit"}
    assert held == expected(two.unit)
    for table, key in held:
        row = two.wrong[table][key]
        assert (row["status_terbit"], row["alasan"][:15]) == ("ditahan", "jumlah_rekening")
        assert not [c for c in contracts.table(table).figures if row[c] is not None], (table, key)


def test_every_other_figure_of_all_is_the_same(two: Two) -> None:
    own = {("serapan_rekening", (two.unit, period, ACCOUNT)) for period in PERIODS}
    same = 0
    for table, key, clean, wrong in pairs(two):
        if (table, key) in expected(two.unit) | own:
            continue
        moved = PLACES if (table, key[0]) == ("banding", "serapan") else ()
        assert {k: v for k, v in clean.items() if k not in moved} == {
            k: v for k, v in wrong.items() if k not in moved
        }, (table, key)
        same += sum(clean[c] is not None for c in contracts.table(table).figures)
    units = {row["kode_unit"] for row in two.wrong["serapan_rekening"].values()}
    assert units == set(two.codes) and len(units) == COUNT
    assert same > 500 * COUNT


def test_the_cell_itself_is_published_as_it_was_sent(two: Two) -> None:
    """Contract 5: a contradiction withholds the sum and those above it; its parts go out, with a finding."""
    for period in PERIODS:
        key = (two.unit, period, ACCOUNT)
        clean, wrong = (made["serapan_rekening"][key] for made in (two.clean, two.wrong))
        assert wrong["realisasi"] == clean["realisasi"] + TYPED
        assert wrong["pagu"] == clean["pagu"] and wrong["status_terbit"] == "terbit"


def test_places_of_the_others_are_among_those_that_have_a_figure(two: Two) -> None:
    for clean, wrong in zip(two.clean["banding"].values(), two.wrong["banding"].values(), strict=True):
        if clean["kode_indikator"] == "serapan" and clean["kode_pembanding"] != two.unit:
            assert (clean["dari"], wrong["dari"]) == (COUNT, COUNT - 1)
            assert clean["peringkat"] - wrong["peringkat"] in (0, 1)
            assert "1 wilayah ditahan" in wrong["alasan"] and "ditahan" not in clean["alasan"]
