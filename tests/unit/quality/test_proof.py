"""A figure is proven from its trail, and a trail that proves nothing is named."""

from __future__ import annotations

from typing import Any

import pytest

from quality.proof import Proof, TrailIncomplete, check_formulas
from warehouse import contracts

KEY = "kode_unit=630103;periode=2025;kode=5"


def row(**more: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("pagu", "realisasi", "sisa", "serapan_persen", "realisasi_tahun_lalu", "alasan"))
    return {
        **plain, "kode_unit": "630103", "periode": "2025", "kode": "5", "status_terbit": "terbit", **more
    }  # fmt: skip


def step(kolom: str, rumus: str, peran: str, nilai: str | None, **more: Any) -> dict[str, Any]:
    keys = ("rujuk_tabel", "rujuk_kunci", "rujuk_kolom", "koreksi_id")
    return {
        **dict.fromkeys(keys), "tabel": "serapan_rekening", "kunci": KEY, "kolom": kolom, "urut": 1,
        "rumus": rumus, "peran": peran, "nilai": nilai, "jenis": "sel", **more,
    }  # fmt: skip


def below(kolom: str, of: str, nilai: str | None, urut: int = 1) -> dict[str, Any]:
    figure = {"rujuk_tabel": "serapan_rekening", "rujuk_kunci": KEY, "rujuk_kolom": of}
    return step(kolom, "serapan", of, nilai, jenis="angka", urut=urut, **figure)


CELLS = [step("pagu", "salin", "pagu", "300.00"), step("realisasi", "salin", "realisasi", "200.00")]
RATIO = [below("serapan_persen", "pagu", "300.00"), below("serapan_persen", "realisasi", "200.00", 2)]
RIGHT = row(pagu="300.00", realisasi="200.00", serapan_persen="66.666666666667")


def faults(trail: list[dict[str, Any]], *rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.kolom, f.sebab_en) for f in Proof(trail, {"serapan_rekening": rows}).faults()]


def test_what_follows_is_proven() -> None:
    proof = Proof([*CELLS, *RATIO], {"serapan_rekening": [RIGHT]})
    assert list(proof.faults()) == [] and proof.proven() == 3


def test_operands_that_were_left_empty_are_taken_from_below() -> None:
    empty = [{**s, "nilai": None} for s in RATIO]
    assert faults([*CELLS, *empty], RIGHT) == []


@pytest.mark.parametrize(
    ("trail", "published", "named"),
    [
        ([*CELLS, *RATIO], {**RIGHT, "serapan_persen": "66.666666666666"}, ["serapan_persen"]),
        ([*CELLS, *RATIO], {**RIGHT, "serapan_persen": None}, ["serapan_persen"]),
        ([CELLS[0], step("realisasi", "salin", "realisasi", "201.00"), *RATIO], RIGHT,
         ["realisasi", "serapan_persen"]),
        ([*CELLS, RATIO[0]], RIGHT, ["serapan_persen"]),  # an operand is missing
        ([*CELLS], RIGHT, ["serapan_persen"]),  # no trail at all
        ([*CELLS, *({**s, "rumus": "baru"} for s in RATIO)], RIGHT, ["serapan_persen"]),
        ([*CELLS, RATIO[0], below("serapan_persen", "serapan_persen", None, 2)], RIGHT, ["serapan_persen"]),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_named(
    trail: list[dict[str, Any]], published: dict[str, Any], named: list[str]
) -> None:
    assert sorted(column for column, _ in faults(trail, published)) == named


@pytest.mark.parametrize(
    "withheld",
    [
        {"status_terbit": "ditahan", "pagu": None, "realisasi": None, "serapan_persen": None},
        {"status_terbit": "basi", "serapan_persen": "1.000000000000"},
        {"serapan_persen": None, "alasan": "serapan_persen ditahan: sebab"},
    ],
)
def test_what_is_withheld_is_not_held_against_its_trail(withheld: dict[str, Any]) -> None:
    assert faults([*CELLS, *RATIO], {**RIGHT, **withheld}) == []


def test_a_formula_that_nothing_recomputes_stops_the_publishing() -> None:
    check_formulas(["serapan", "salin", ""])
    with pytest.raises(TrailIncomplete, match="jumlah_posyandu"):
        check_formulas(["serapan", "jumlah_posyandu"])


def test_a_mean_of_answers_is_computed_from_their_sum_and_count() -> None:
    own = {"tabel": "ikm_unsur", "kunci": "kode_unit=630103;periode=2025;unsur=U1"}
    given = [("jumlah jawaban U1", "577"), ("banyak jawaban U1", "150")]
    trail = [step("nrr", "nrr", what, value, urut=n) | own for n, (what, value) in enumerate(given, 1)]
    for nrr, right in (("3.846666666667", True), ("3.85", False)):
        mean = dict.fromkeys(contracts.table("ikm_unsur").figures) | row(unsur="U1", nrr=nrr)
        assert (list(Proof(trail, {"ikm_unsur": [mean]}).faults()) == []) is right
