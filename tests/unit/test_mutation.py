"""The consistent tables of ``make mutation``: nothing is found in them, and an error in them is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks import clean_tables, mutation
from benchmarks.contradiction import contradicted
from pipelines import knowledge
from pipelines.settings import settings
from pipelines.stages import Noted, Notes, compute_all
from quality.across import judge_across

UNIT = "630103"


def test_clean_kecamatan_are_silent_and_an_error_speaks_of_its_own(tmp_path: Path) -> None:
    known = knowledge.load(settings(tmp_path))
    rng = random.Random(5)
    clean, broken = (mutation.Planted(u, clean_tables.consistent(u, rng)) for u in mutation.units(known)[:2])
    total = next(r for r in broken.rows["clean_realisasi_rekening"] if r["kode"] == "5.1.02")
    total["pagu"] += 40_000_000
    rows = {n: [*clean.rows[n], *broken.rows[n]] for n in clean.rows}
    tables = clean_tables.tables(rows)
    marts = compute_all({n: Noted(t, Notes()) for n, t in tables.items()}, known)
    found = judge_across(tables | {n: m.table for n, m in marts.items()}, known.book).findings
    assert {f.kode_unit for f in found} == {broken.unit}
    assert {"jumlah_rekening", "persen_rekening", "lra_sama_dpa"} <= {f.aturan for f in found}
    assert [f for m in marts.values() for f in m.notes.findings] == []


@pytest.mark.parametrize("seed", range(3))
def test_arithmetic_tells_agreement_from_contradiction(seed: int) -> None:
    rows = clean_tables.consistent(UNIT, random.Random(seed))
    assert not contradicted(rows)
    # One rupiah is rounding; a leaf of last year out of its sum is not.
    leaf = next(r for r in rows["clean_realisasi_rekening"] if r["kode"] == "5.1.05.05")
    leaf["realisasi_tahun_lalu"] += 1
    assert not contradicted(rows)
    leaf["realisasi_tahun_lalu"] += 1000
    assert contradicted(rows)


@pytest.mark.parametrize("kind", mutation.ERRORS)
def test_every_kind_of_error_changes_the_tables_where_it_says(kind: str) -> None:
    rng = random.Random(kind)
    before = clean_tables.consistent(UNIT, random.Random(7))
    after = clean_tables.consistent(UNIT, random.Random(7))
    assert before == after
    places = mutation.ERRORS[kind](after, rng)
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) == 1 and changed <= {table for table, _ in places}
