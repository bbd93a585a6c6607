"""The set of layouts: each is taken for what it is, column by column and row by row, or refused by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from assets.readers import vocabulary
from tests.layouts.contoh import Layout, layouts
from tests.layouts.ukur import Measured, first_try, measure, measured

SET = layouts()


@pytest.fixture(scope="module")
def results() -> dict[str, Measured]:
    return {m.layout.nama: m for m in measured()}


@pytest.mark.parametrize("layout", SET, ids=[f"{x.berkas}-{x.nama}" for x in SET])
def test_a_layout_is_taken_for_what_it_is(layout: Layout, results: dict[str, Measured]) -> None:
    assert results[layout.nama].beda == []


def test_the_set_is_wide() -> None:
    assert len(SET) >= 60
    assert len({x.nama for x in SET}) == len(SET), "each has a name of its own"
    assert sum(x.berkas.startswith("tertahan") for x in SET) >= 25
    assert {x.format.partition(";")[0].rstrip("\t") for x in SET} == {"xlsx", "ods", "csv"}
    read = Counter(t.tabel for x in SET for t in x.tabel)
    # Answers of a data service and tables of printed reports are no workbooks of an office.
    elsewhere = {"idm_api", "idm_salinan", "kinerja_program_triwulanan"}
    untold = set(vocabulary.load().tables) - set(read) - elsewhere
    assert untold == set(), "every form that offices print is in the set"
    assert sum(bool(x.bukan) for x in SET) >= 10, "and so are files that are none of ours"


def test_what_is_right_of_a_planted_fault_is_counted() -> None:
    """A set that cannot fail measures nothing."""
    lra = next(x for x in SET if x.nama == "lra-kolom-ditukar")
    (table,) = lra.tabel
    wrong = [
        {"kolom": {**table.kolom, "pagu": "A", "realisasi": "E"}},
        {"data": [4]},
        {"unit": "630103"},
        {"periode": "2025"},
        {"tabel": "realisasi_program"},
    ]
    planted = [_with(lra, **change) for change in wrong]
    found = measure(planted)
    assert [bool(m.beda) for m in found] == [True] * len(wrong)
    assert found[0].kolom == (3, 5)
    assert found[1].baris == (1, 2)
    assert found[4].kolom == (0, 5)


def _with(layout: Layout, **change: object) -> Layout:
    (table,) = layout.tabel
    return replace(layout, tabel=[replace(table, **change)])


def test_the_first_try_is_that_of_the_held_out_ones() -> None:
    held_out = layouts("tertahan", "tertahan_kedua")
    assert [r["tata_letak"] for r in first_try()] == [x.nama for x in held_out]
