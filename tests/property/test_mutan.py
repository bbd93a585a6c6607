"""A few of the mutants of ``make fuzz`` on every run of the tests, always the same ones."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.mutate import run

# Of every kind of file, accepted, unknown and refused ones.
NUMBERS = range(36)


def test_mutants_neither_break_the_door_nor_lose_a_row(tmp_path: Path) -> None:
    ends, failures = run(NUMBERS, tmp_path / "gagal")
    assert failures == []
    assert sum(ends.values()) == len(NUMBERS)
    kinds = {end.split()[0] for end in ends}
    assert kinds == {"csv", "json", "ods", "pdf", "xls", "xlsx"}
    assert {end.split()[1] for end in ends} == {"diterima", "ditolak", "tidak_dikenal"}
