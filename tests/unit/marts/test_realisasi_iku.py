"""Computed indicators: counts, choices, gaps, and what another choice would give."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.marts.realisasi_iku import realisasi_iku
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.formulas import registry, village
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Choice, Figure

PELAIHARI, KALUMPANG = "630103", "630609"
REGIONS, CATALOGUE = Regions.load(), Catalogue.load()
DESA = ("persen_desa_mandiri", "rasio_desa_mandiri", "rasio_desa_maju", "persen_desa_maju_ke_atas")


def context(chosen: Mapping[str, Mapping[str, str]] | None = None) -> Context:
    files = {unit: {"pilihan": dict(choices)} for unit, choices in (chosen or {}).items()}
    return Context(REGIONS, CATALOGUE, Choices.load(files))


def villages(
    unit: str,
    statuses: list[str | None],
    tahun: int = 2024,
    metode: str = "IDM",
    printed: list[str] | None = None,
) -> list[dict[str, Any]]:
    codes = [d.kode for d in REGIONS.desa_of(unit) if d.adalah_desa]
    said: list[str | None] = list(printed) if printed else list(statuses)
    return [
        {
            "kode_desa": kode,
            "tahun": tahun,
            "metode": metode,
            "kode_unit": unit,
            "desa": f"D{kode[-2:]}",
            "status": status,
            "status_tercetak": on_paper,
        }
        for kode, status, on_paper in zip(codes, statuses, said, strict=False)
    ]


def made(
    desa: list[dict[str, Any]] | None = None,
    bumdes: list[dict[str, Any]] | None = None,
    ikm: list[dict[str, Any]] | None = None,
    rekening: list[dict[str, Any]] | None = None,
    varian: list[dict[str, Any]] | None = None,
    chosen: Mapping[str, Mapping[str, str]] | None = None,
) -> Mart:
    mart = realisasi_iku(
        contracts.build("status_desa", desa or []),
        contracts.build("bumdes", bumdes or []),
        contracts.build("ikm", ikm or []),
        contracts.build("serapan_rekening", rekening or []),
        context(chosen),
        contracts.build("ikm_varian", varian or []),
    )["realisasi_iku"]
    contracts.build("realisasi_iku", mart.rows)
    assert {r["kode_indikator"] for r in mart.rows} <= set(CATALOGUE.indicators)
    for step in mart.trail.steps:
        registry.rumus(step.rumus)
    return mart


def of(mart: Mart, kode: str, periode: str = "2024", unit: str | None = None) -> dict[str, Any]:
    found = [
        r
        for r in mart.rows
        if (r["kode_indikator"], r["periode"]) == (kode, periode) and unit in (None, r["kode_unit"])
    ]
    assert len(found) == 1, f"{len(found)} rows of {kode} {periode}"
    return found[0]


def test_kalumpang_three_of_nine() -> None:
    mart = made(villages(KALUMPANG, ["MANDIRI"] * 3 + ["MAJU"] * 6))
    ratio = of(mart, "rasio_desa_mandiri")
    assert (ratio["pembilang"], ratio["penyebut"], ratio["metode"]) == (3, 9, "IDM")
    assert contracts.stored(ratio["realisasi"], "decimal(24,12)") == Decimal("0.333333333333")
    # Maju is not Mandiri, and Mandiri is not counted as Maju.
    assert of(mart, "rasio_desa_maju")["pembilang"] == 6
    assert of(mart, "persen_desa_maju_ke_atas")["realisasi"] == 100


def test_pelaihari_both_years_under_their_own_index() -> None:
    idm = villages(PELAIHARI, ["MANDIRI"] * 9 + ["MAJU"] * 6)
    indeks = villages(PELAIHARI, ["MANDIRI"] * 12 + ["MAJU"] * 2 + ["BERKEMBANG"], 2025, "INDEKS_DESA")
    mart = made(idm + indeks)
    before, now = (of(mart, "persen_desa_mandiri", y) for y in ("2024", "2025"))
    assert (before["realisasi"], before["metode"]) == (60, "IDM")
    assert (now["realisasi"], now["pembilang"], now["penyebut"], now["metode"]) == (80, 12, 15, "INDEKS_DESA")


def test_the_index_out_of_force_does_not_count() -> None:
    rows = villages(KALUMPANG, ["MANDIRI"] * 9, 2024, "INDEKS_DESA") + villages(KALUMPANG, ["MAJU"] * 9)
    row = of(made(rows), "persen_desa_mandiri")
    assert (row["realisasi"], row["metode"]) == (0, "IDM")


def test_kelurahan_count_only_by_choice_and_the_other_choice_is_told() -> None:
    rows = villages(PELAIHARI, ["MANDIRI"] * 9 + ["MAJU"] * 6)
    default = of(made(rows), "persen_desa_mandiri")
    assert (default["penyebut"], default["peka"]) == (15, "penyebut_desa=desa_kelurahan: 45,00")
    chosen = of(made(rows, chosen={PELAIHARI: {"penyebut_desa": "desa_kelurahan"}}), "persen_desa_mandiri")
    assert (chosen["realisasi"], chosen["penyebut"], chosen["peka"]) == (45, 20, "penyebut_desa=desa: 60,00")


def test_a_printed_status_that_counts_otherwise_makes_the_share_sensitive() -> None:
    mart = made(villages(KALUMPANG, ["MANDIRI"] * 3 + ["MAJU"] * 6, printed=["MANDIRI"] * 4 + ["MAJU"] * 5))
    assert of(mart, "persen_desa_mandiri")["peka"] == "status_tercetak: 44,44"
    assert of(mart, "persen_desa_maju_ke_atas")["peka"] is None


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        (["MANDIRI"] * 8, "1 desa tidak ada dalam berkas"),
        (["MANDIRI"] * 8 + [None], "1 desa tanpa skor: D09"),
    ],
)
def test_a_gap_empties_its_kecamatan_only(statuses: list[str | None], why: str) -> None:
    mart = made(villages(KALUMPANG, statuses) + villages(PELAIHARI, ["MANDIRI"] * 15))
    for kode in DESA:
        row = of(mart, kode, unit=KALUMPANG)
        assert (row.get("realisasi"), row.get("pembilang"), row.get("penyebut")) == (None, None, None)
        assert why in row["alasan"]
    assert of(mart, "persen_desa_mandiri", unit=PELAIHARI)["realisasi"] == 100


def test_each_village_stands_once_in_the_way_back_of_numerators() -> None:
    mart = made(villages(KALUMPANG, ["MANDIRI"] * 3 + ["MAJU"] * 6))

    def count(kode: str, kolom: str) -> int:
        key = f"kode_unit=630609;periode=2024;kode_indikator={kode}"
        there = [s for s in mart.trail.steps if s.figure == Figure("realisasi_iku", key, kolom)]
        return sum(isinstance(s.source, Figure) and s.source.tabel == "status_desa" for s in there)

    assert count("persen_desa_mandiri", "penyebut") == 9
    # The numerator of Mandiri: its three; of Maju: six; Maju and above rests on Mandiri's count and six.
    assert [count(k, "pembilang") for k in DESA] == [3, 0, 6, 6]


def company(n: int, kelas: str | None, aktif: bool | None = True, unit: str = KALUMPANG) -> dict[str, Any]:
    return {
        "bumdes_id": f"b{n}",
        "tahun": 2024,
        "kode_unit": unit,
        "nama": f"B{n}",
        "kelas": kelas,
        "aktif": aktif,
    }


KALUMPANG_BUMDES = [company(i, "PERINTIS") for i in range(8)] + [company(8, "PEMULA")]


@pytest.mark.parametrize(
    ("choice", "pembilang", "peka"),
    [
        ("BERKEMBANG", 0, "bumdes_baik=PEMULA: 11,11; bumdes_baik=aktif: 100,00"),
        ("PEMULA", 1, "bumdes_baik=BERKEMBANG: 0,00; bumdes_baik=MAJU: 0,00; bumdes_baik=aktif: 100,00"),
        ("aktif", 9, "bumdes_baik=BERKEMBANG: 0,00; bumdes_baik=PEMULA: 11,11; bumdes_baik=MAJU: 0,00"),
    ],
)
def test_good_bumdes_are_what_the_unit_chose(choice: str, pembilang: int, peka: str) -> None:
    mart = made(bumdes=KALUMPANG_BUMDES, chosen={KALUMPANG: {"bumdes_baik": choice}})
    row = of(mart, "persen_bumdes_baik")
    assert (row["pembilang"], row["penyebut"], row["peka"]) == (pembilang, 9, peka)
    assert row["realisasi"] == village.share_of(pembilang, 9)
    assert Choice("bumdes_baik", choice) in [s.source for s in mart.trail.steps]


def test_a_bumdes_without_a_class_leaves_the_share_empty_but_not_the_active_one() -> None:
    rows = [*KALUMPANG_BUMDES, company(9, None)]
    row = of(made(bumdes=rows), "persen_bumdes_baik")
    assert (row["realisasi"], row["alasan"]) == (None, "1 BUM Desa tanpa nilai")
    active = of(made(bumdes=rows, chosen={KALUMPANG: {"bumdes_baik": "aktif"}}), "persen_bumdes_baik")
    assert (active["realisasi"], active["peka"]) == (100, None)


def variant(metode: str, bobot: str, ikm: str) -> dict[str, Any]:
    return {
        "kode_unit": PELAIHARI,
        "periode": "2025",
        "metode": metode,
        "bobot_aturan": bobot,
        "ikm": Decimal(ikm),
    }


def test_the_index_is_copied_and_tells_each_other_single_choice() -> None:
    official = {"kode_unit": PELAIHARI, "periode": "2025", "metode": "rata_periode", "bobot_aturan": "0.111"}
    variants = [
        variant("rata_periode", "0.111", "95.54"),
        variant("rata_periode", "1/9", "95.638"),
        variant("gabungan", "0.111", "96.50"),
        variant("gabungan", "1/9", "96.59"),  # two choices at once: not told
        variant("ringkasan", "0.111", "90"),  # not a way to make a year
        variant("periode_akhir", "0.111", "95.54"),  # same value: not told
    ]
    mart = made(ikm=[official | {"ikm": Decimal("95.54")}], varian=variants)
    row = of(mart, "ikm", "2025")
    assert (row["realisasi"], row["metode"]) == (Decimal("95.54"), "SKM")
    assert row["peka"] == "ikm_tahunan=gabungan: 96,50; skm_bobot=1/9: 95,64"
    key = "kode_unit=630103;periode=2025"
    copied = [s for s in mart.trail.steps if s.figure.kolom == "realisasi"]
    assert [s.source for s in copied] == [Figure("ikm", key, "ikm")]
    others = {s.peran: s.nilai for s in mart.trail.steps if s.figure.kolom == "peka"}
    assert Decimal(others["bila skm_bobot=1/9"] or 0) == Decimal("95.638")


def test_an_index_that_is_empty_keeps_its_reason() -> None:
    official = {"kode_unit": PELAIHARI, "periode": "2025-TW1", "alasan": "tidak ada jawaban untuk U4"}
    row = of(made(ikm=[official]), "ikm", "2025-TW1")
    assert (row["realisasi"], row["alasan"]) == (None, "tidak ada jawaban untuk U4")


def test_absorption_is_that_of_code_five() -> None:
    def account(kode: str, pagu: str, persen: str | None) -> dict[str, Any]:
        row = {"kode_unit": PELAIHARI, "periode": "2025", "kode": kode, "pagu": Decimal(pagu)}
        return row | {"realisasi": Decimal(1), "serapan_persen": None if persen is None else Decimal(persen)}

    row = of(made(rekening=[account("5", "2", "50"), account("5.1", "9", "11")]), "serapan", "2025")
    assert (row["realisasi"], row["pembilang"], row["penyebut"], row["metode"]) == (50, 1, 2, "LRA")
    empty = of(made(rekening=[account("5", "0", None)]), "serapan", "2025")
    assert (empty["realisasi"], empty["alasan"]) == (None, "serapan tidak ada")


def test_nothing_gives_nothing() -> None:
    mart = made()
    assert (mart.rows, mart.trail.steps) == ([], [])


STATUS = st.sampled_from(village.statuses())


@settings(max_examples=25, deadline=None)
@given(st.lists(STATUS, min_size=9, max_size=9))
def test_shares_agree_with_one_another_whatever_the_statuses(statuses: list[str]) -> None:
    mart = made(villages(KALUMPANG, list(statuses)))
    persen, rasio, maju, atas = (of(mart, k) for k in DESA)
    assert persen["realisasi"] == village.share_of(int(persen["pembilang"]), 9)
    assert rasio["pembilang"] == persen["pembilang"] == statuses.count("MANDIRI")
    assert persen["pembilang"] + maju["pembilang"] == atas["pembilang"] <= 9
