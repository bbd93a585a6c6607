"""BUM Desa: class by score, the printed one beside it, active or not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assets.marts.bumdes import bumdes
from assets.passing import Context
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell, Figure

CONTEXT = Context(Regions.load(), Catalogue.load(), Choices.load())


def at(baris: int = 1) -> dict[str, Any]:
    return {"berkas_id": "a", "lembar": "S", "tabel_ke": 1, "baris": baris}


def one(nilai: str | None, kelas: str | None = None, aktif: bool | None = None, n: int = 1) -> dict[str, Any]:
    return {
        "bumdes_id": f"6306092001:b{n}",
        "tahun": 2024,
        "kode_desa": "6306092001",
        "kode_unit": "630609",
        "nama": f"B{n}",
        "nilai": None if nilai is None else Decimal(nilai),
        "kelas_tercetak": kelas,
        "aktif": aktif,
    } | at(n)


def classed(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    mart = bumdes(contracts.build("clean_bumdes", rows), CONTEXT)["bumdes"]
    contracts.build("bumdes", mart.rows)
    return mart.rows


@pytest.mark.parametrize(
    ("nilai", "kelas"),
    [
        ("0", "PERINTIS"),
        ("54.99", "PERINTIS"),
        ("55", "PEMULA"),
        ("60.02", "PEMULA"),
        ("70", "BERKEMBANG"),
        ("84.99", "BERKEMBANG"),
        ("85", "MAJU"),
        ("100", "MAJU"),
        (None, None),
    ],
)
def test_class_by_score(nilai: str | None, kelas: str | None) -> None:
    (row,) = classed(one(nilai))
    assert row["kelas"] == kelas
    assert (row["alasan"] is None) == (kelas is not None)


def test_the_printed_class_stands_beside_ours() -> None:
    (row,) = classed(one("43.38", "PEMULA"))
    assert (row["kelas"], row["kelas_tercetak"]) == ("PERINTIS", "PEMULA")


@pytest.mark.parametrize(
    ("nilai", "stated", "aktif"),
    [("43", None, True), ("0", None, False), (None, None, None), ("0", True, True), ("43", False, False)],
)
def test_active_is_stated_or_follows_from_a_score(
    nilai: str | None, stated: bool | None, aktif: bool | None
) -> None:
    (row,) = classed(one(nilai, aktif=stated))
    assert row["aktif"] is aktif


def test_the_class_rests_on_the_score_and_the_score_on_its_cell() -> None:
    mart = bumdes(contracts.build("clean_bumdes", [one("43.38")]), CONTEXT)["bumdes"]
    key = "bumdes_id=6306092001:b1;tahun=2024"
    found = {s.figure.kolom: s.source for s in mart.trail.steps}
    assert found["kelas"] == Figure("bumdes", key, "nilai")
    assert found["nilai"] == Cell("a", "S", 1, 1, "nilai")


def test_two_bumdes_of_one_village_are_two_rows() -> None:
    assert len(classed(one("43", n=1), one("43", n=2))) == 2


def test_nothing_gives_nothing() -> None:
    (mart,) = bumdes(contracts.build("clean_bumdes", []), CONTEXT).values()
    assert (mart.rows, mart.trail.steps) == ([], [])


def test_one_without_a_score_is_withheld_with_the_share_that_rests_on_scores() -> None:
    share = Figure(
        "realisasi_iku", "kode_unit=630609;periode=2024;kode_indikator=persen_bumdes_baik", "realisasi"
    )
    mart = bumdes(contracts.build("clean_bumdes", [one("43"), one(None, n=2)]), CONTEXT)["bumdes"]
    (finding,) = mart.findings
    assert (finding.aturan, finding.cell, finding.figures) == (
        "bumdes_tanpa_nilai",
        Cell("a", "S", 1, 2, "nilai"),
        (share,),
    )


def test_where_active_is_stated_and_chosen_the_share_needs_no_score() -> None:
    chosen = Choices.load({"630609": {"pilihan": {"bumdes_baik": "aktif"}}})
    context = Context(CONTEXT.regions, CONTEXT.indicators, chosen)
    (finding,) = bumdes(contracts.build("clean_bumdes", [one(None, aktif=True)]), context)["bumdes"].findings
    assert finding.figures == ()
    (finding,) = bumdes(contracts.build("clean_bumdes", [one(None)]), context)["bumdes"].findings
    assert len(finding.figures) == 1
