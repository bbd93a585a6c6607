"""Comparison: ranks in each scope, and the guard that refuses what is not the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.marts.banding import banding
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.formulas import registry
from warehouse.formulas.exact import share
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell, Figure

PELAIHARI, KALUMPANG = "630103", "630609"
REGIONS, CATALOGUE = Regions.load(), Catalogue.load()
TANAH_LAUT = [k.kode for k in REGIONS.kecamatan_of("6301")]


def context(chosen: Mapping[str, Mapping[str, str]] | None = None) -> Context:
    files = {unit: {"pilihan": dict(choices)} for unit, choices in (chosen or {}).items()}
    return Context(REGIONS, CATALOGUE, Choices.load(files))


def own(unit: str, k: int | None, n: int = 10, tahun: int = 2024, **more: Any) -> dict[str, Any]:
    row = {
        "kode_unit": unit,
        "periode": str(tahun),
        "kode_indikator": "persen_desa_mandiri",
        "realisasi": None if k is None else Decimal(k * 100) / n,
        "pembilang": k,
        "penyebut": None if k is None else n,
        "metode": "IDM",
    }
    return row | more


def cited(kode: str, nilai: str | None, unit: str = PELAIHARI, **more: Any) -> dict[str, Any]:
    row = {
        "kode_unit": unit,
        "kode_indikator": "persen_desa_mandiri",
        "indikator": "Persentase Desa Mandiri",
        "lingkup": f"kutipan:{unit}",
        "kode_pembanding": kode,
        "nama": f"N{kode}",
        "tahun": 2024,
        "tahun_tertulis": True,
        "nilai": None if nilai is None else Decimal(nilai),
        "nilai_teks": nilai,
        "berkas_id": "a",
        "lembar": "S",
        "tabel_ke": 1,
        "baris": 5,
    }
    return row | more


def made(
    rows: list[dict[str, Any]] | None = None,
    quotes: list[dict[str, Any]] | None = None,
    chosen: Mapping[str, Mapping[str, str]] | None = None,
) -> Mart:
    mart = banding(
        contracts.build("realisasi_iku", rows or []),
        contracts.build("clean_pembanding", quotes or []),
        context(chosen),
    )["banding"]
    contracts.build("banding", mart.rows)
    keys = {contracts.table("banding").key_of(r) for r in mart.rows}
    for step in mart.trail.steps:
        registry.rumus(step.rumus)
        assert step.figure.kunci in keys
    return mart


def of(mart: Mart, lingkup: str, kode: str) -> dict[str, Any]:
    found = [r for r in mart.rows if (r["lingkup"], r["kode_pembanding"]) == (lingkup, kode)]
    assert len(found) == 1, f"{len(found)} rows of {kode} in {lingkup}"
    return found[0]


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    mart = made([own(k, v) for k, v in zip(TANAH_LAUT, (9, 7, 7, 5), strict=False)])
    ranks = [(r["peringkat"], r["dari"]) for r in mart.rows if r["lingkup"] == "kab:6301"]
    assert ranks == [(1, 4), (2, 4), (2, 4), (4, 4)]
    assert of(mart, "kab:6301", TANAH_LAUT[0])["persentil"] == 100
    assert of(mart, "kab:6301", TANAH_LAUT[3])["persentil"] == 0


def test_a_kecamatan_without_a_value_lowers_dari_and_is_told() -> None:
    rows = [own(k, 5) for k in TANAH_LAUT[1:]] + [own(TANAH_LAUT[0], None)]
    mart = made(rows)
    empty = of(mart, "kab:6301", TANAH_LAUT[0])
    assert (empty["peringkat"], empty["dari"], empty["alasan_banding"]) == (None, None, "nilai tidak ada")
    other = of(mart, "kab:6301", TANAH_LAUT[1])
    assert (other["dari"], other["alasan"]) == (
        10,
        "hanya 10 dari 11 kecamatan di kabupaten/kota ini yang ada angkanya",
    )


def test_a_whole_kabupaten_has_no_note_and_the_province_says_what_it_lacks() -> None:
    mart = made([own(k, 5) for k in TANAH_LAUT])
    assert of(mart, "kab:6301", PELAIHARI)["alasan"] is None
    assert (
        of(mart, "prov:63", PELAIHARI)["alasan"]
        == "hanya 1 dari 13 kabupaten/kota di provinsi ini yang ada angkanya"
    )


def test_each_kecamatan_stands_once_in_each_scope() -> None:
    mart = made([own(PELAIHARI, 9), own(KALUMPANG, 3), own(PELAIHARI, 8, tahun=2023)])
    scopes = sorted((r["tahun"], r["lingkup"], r["kode_pembanding"]) for r in mart.rows)
    assert len(scopes) == len(set(scopes)) == 6
    assert of_year(mart, 2024, "prov:63", KALUMPANG)["peringkat"] == 2


def of_year(mart: Mart, tahun: int, lingkup: str, kode: str) -> dict[str, Any]:
    return next(
        r for r in mart.rows if (r["tahun"], r["lingkup"], r["kode_pembanding"]) == (tahun, lingkup, kode)
    )


def test_quarters_are_not_compared() -> None:
    assert made([own(PELAIHARI, 9) | {"periode": "2024-TW1"}]).rows == []


def test_two_indices_of_one_year_are_not_ranked_together() -> None:
    mart = made([own(k, 5) for k in TANAH_LAUT[:3]] + [own(TANAH_LAUT[3], 9, metode="INDEKS_DESA")])
    odd = of(mart, "kab:6301", TANAH_LAUT[3])
    assert (odd["dapat_dibandingkan"], odd["peringkat"]) == (False, None)
    assert odd["alasan_banding"] == "metode Indeks Desa, acuan IDM"
    assert of(mart, "kab:6301", TANAH_LAUT[0])["dari"] == 3


def index(unit: str, nilai: str) -> dict[str, Any]:
    return own(unit, 0) | {
        "kode_indikator": "ikm",
        "realisasi": Decimal(nilai),
        "pembilang": None,
        "penyebut": None,
        "metode": "SKM",
    }


def test_indices_with_another_weight_are_not_ranked_together() -> None:
    rows = [index(PELAIHARI, "95.54"), index(TANAH_LAUT[0], "90"), index(TANAH_LAUT[1], "91")]
    mart = made(rows, chosen={PELAIHARI: {"skm_bobot": "0.111"}})
    assert of(mart, "kab:6301", PELAIHARI)["alasan_banding"] == "bobot IKM 0.111, acuan 1/9"
    assert of(mart, "kab:6301", TANAH_LAUT[1])["peringkat"] == 1


def test_a_cited_index_has_no_known_weight() -> None:
    quote = cited("630213", "82.82", kode_indikator="ikm", indikator="IKM", metode="SKM")
    peer = of(made([index(PELAIHARI, "95.54")], [quote]), "kutipan:630103", "630213")
    assert (peer["dapat_dibandingkan"], peer["peringkat"]) == (False, None)
    assert peer["alasan_banding"] == "bobot IKM tidak diketahui, acuan 1/9"


def test_a_cited_peer_with_its_own_configuration_is_compared() -> None:
    quote = cited("630213", "82.82", kode_indikator="ikm", indikator="IKM", metode="SKM")
    mart = made([index(PELAIHARI, "95.54")], [quote], {"630213": {"skm_bobot": "1/9"}})
    assert [r["peringkat"] for r in mart.rows if r["lingkup"] == "kutipan:630103"] == [2, 1]


def test_what_good_means_must_be_the_same() -> None:
    row = own(KALUMPANG, 9, 9, kode_indikator="persen_bumdes_baik", metode="BUMDES")
    quote = cited("630601", "100", KALUMPANG, kode_indikator="persen_bumdes_baik")
    peer = of(made([row], [quote], {KALUMPANG: {"bumdes_baik": "aktif"}}), "kutipan:630609", "630601")
    assert peer["alasan_banding"] == "arti BUM Desa baik tidak diketahui, acuan aktif"


def test_the_unit_stands_among_the_peers_it_cites() -> None:
    mart = made([own(PELAIHARI, 9, 15)], [cited("630213", "15.38"), cited("630212", "70")])
    ranks = {r["kode_pembanding"]: r["peringkat"] for r in mart.rows if r["lingkup"] == "kutipan:630103"}
    assert ranks == {"630212": 1, PELAIHARI: 2, "630213": 3}


def test_its_own_computed_value_replaces_what_it_cites_of_itself_but_keeps_the_target() -> None:
    quote = cited(KALUMPANG, "100", KALUMPANG, target=Decimal("66.67"), target_teks="66,67")
    row = of(made([own(KALUMPANG, 3, 9)], [quote]), "kutipan:630609", KALUMPANG)
    assert contracts.stored(row["nilai"], "decimal(18,2)") == Decimal("33.33")
    assert row["sumber"] == "dihitung dari IDM 2024"
    # 66,67 of nine villages is 6/9: half of it was reached, exactly.
    assert contracts.stored(row["capaian_persen"], "decimal(18,2)") == 50


def test_a_figure_without_a_year_is_not_compared() -> None:
    peer = of(
        made([own(PELAIHARI, 9)], [cited("630213", "15.38", tahun_tertulis=False)]),
        "kutipan:630103",
        "630213",
    )
    assert (peer["nilai"], peer["dapat_dibandingkan"], peer["peringkat"]) == (Decimal("15.38"), False, None)
    assert peer["alasan_banding"] == "tahun angka ini tidak tertulis; metode tidak tertulis, acuan IDM"


def test_a_dash_has_no_value_before_anything_else() -> None:
    peer = of(
        made([own(PELAIHARI, 9)], [cited("63", None, lingkup="prov:63", tahun_tertulis=False)]),
        "prov:63",
        "63",
    )
    assert (peer["dapat_dibandingkan"], peer["alasan_banding"]) == (False, "nilai tidak ada")


def test_another_year_is_another_comparison() -> None:
    mart = made([own(PELAIHARI, 9)], [cited("630213", "15.38", tahun=2023)])
    assert {(r["tahun"], r["kode_pembanding"]) for r in mart.rows if r["lingkup"] == "kutipan:630103"} == {
        (2023, "630213")
    }


def test_a_cited_idm_figure_is_refused_beside_indeks_desa() -> None:
    quote = cited("630213", "15.38", tahun=2025, metode="IDM")
    peer = of(made([own(PELAIHARI, 12, 15, 2025, metode="INDEKS_DESA")], [quote]), "kutipan:630103", "630213")
    assert peer["alasan_banding"] == "metode IDM, acuan Indeks Desa"


def test_maju_is_never_in_the_row_of_mandiri() -> None:
    mart = made([own(KALUMPANG, 3, 9)], [cited("630601", "100", KALUMPANG, kode_indikator="rasio_desa_maju")])
    assert {r["kode_pembanding"] for r in mart.rows if r["kode_indikator"] == "rasio_desa_maju"} == {"630601"}


def test_an_indicator_outside_the_catalogue_is_not_compared() -> None:
    row = of(
        made([], [cited("630213", "5", kode_indikator="manual:jumlah-gotong-royong")]),
        "kutipan:630103",
        "630213",
    )
    assert (row["dapat_dibandingkan"], row["peringkat"]) == (False, None)


def test_the_nation_is_exact_compared_with_and_not_ranked() -> None:
    quote = cited("00", "27.24", lingkup="nasional", tahun=2025, pembilang=20503, penyebut=75261)
    row = of(made([own(PELAIHARI, 12, 15, 2025, metode="INDEKS_DESA")], [quote]), "nasional", "00")
    assert contracts.stored(row["nilai"], "decimal(24,12)") == Decimal("27.242529331261")
    assert (row["dapat_dibandingkan"], row["peringkat"], row["metode"]) == (True, None, "INDEKS_DESA")
    assert row["alasan_banding"] == "angka nasional, bukan kecamatan: tidak diperingkat"


def test_a_national_index_of_unknown_weight_is_refused() -> None:
    row = of(made([], [cited("00", "88", lingkup="nasional", kode_indikator="ikm")]), "nasional", "00")
    assert (row["dapat_dibandingkan"], row["alasan_banding"]) == (
        False,
        "bobot IKM tidak diketahui, acuan 1/9",
    )


def test_a_cited_province_stands_in_its_scope_without_a_rank() -> None:
    mart = made([own(PELAIHARI, 9), own(KALUMPANG, 3)], [cited("63", "40", lingkup="prov:63")])
    assert (of(mart, "prov:63", "63")["peringkat"], of(mart, "prov:63", PELAIHARI)["dari"]) == (None, 2)


@pytest.mark.parametrize(("second", "found"), [("27.24", 0), ("27.30", 1)])
def test_one_public_figure_cited_twice(second: str, found: int) -> None:
    quotes = [
        cited("00", "27.24", lingkup="nasional", pembilang=20503, penyebut=75261),
        cited("00", second, KALUMPANG, lingkup="nasional"),
    ]
    mart = made([], quotes)
    assert len(mart.rows) == 1
    assert [f.aturan for f in mart.findings] == ["kutipan_bertentangan"] * found


@pytest.mark.parametrize(
    ("target", "nilai", "capaian"),
    [("88", "89.49", "101.69"), ("90.5", "90.43", "99.92"), ("86", "88.75", "103.20")],
)
def test_achievement_of_cited_peers_is_realisation_over_target(target: str, nilai: str, capaian: str) -> None:
    quote = cited(
        "630601", nilai, KALUMPANG, kode_indikator="ikm", target=Decimal(target), target_teks=target
    )
    row = of(made([], [quote]), "kutipan:630609", "630601")
    assert str(contracts.stored(row["capaian_persen"], "decimal(18,2)")) == capaian


def test_a_ratio_is_read_as_k_of_n() -> None:
    quote = cited(
        "630602",
        "0.909090909091",
        KALUMPANG,
        kode_indikator="rasio_desa_maju",
        pembilang=10,
        penyebut=11,
        target=Decimal("0.727272727273"),
        target_teks="8:11",
    )
    row = of(made([], [quote]), "kutipan:630609", "630602")
    assert row["capaian_persen"] == 125


def test_the_way_back() -> None:
    mart = made([own(PELAIHARI, 9, 15)], [cited("630213", "15.38")])
    key = contracts.table("banding").key_of(of(mart, "kutipan:630103", "630213"))
    sources = {s.figure.kolom: s.source for s in mart.trail.steps if s.figure.kunci == key and s.source}
    assert sources["nilai"] == Cell("a", "S", 1, 5, "realisasi")
    assert sources["peringkat"] == Figure("banding", key, "nilai")
    mine = contracts.table("banding").key_of(of(mart, "kab:6301", PELAIHARI))
    rests = [s.source for s in mart.trail.steps if s.figure == Figure("banding", mine, "nilai")]
    assert [s.tabel for s in rests if isinstance(s, Figure)] == ["realisasi_iku"]


def test_nothing_gives_nothing() -> None:
    mart = made()
    assert (mart.rows, mart.trail.steps, mart.findings) == ([], [], [])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=11))
def test_ranks_are_consistent(counts: list[int | None]) -> None:
    mart = made([own(k, c) for k, c in zip(TANAH_LAUT, counts, strict=False)])
    there = [r for r in mart.rows if r["lingkup"] == "kab:6301"]
    ranked = [r for r in there if r["peringkat"] is not None]
    assert len(ranked) == sum(c is not None for c in counts)
    for row in ranked:
        better = sum(other["nilai"] > row["nilai"] for other in ranked)
        assert row["peringkat"] == better + 1
        assert row["dari"] == len(ranked)
        if len(ranked) > 1:
            not_better = sum(o["nilai"] <= row["nilai"] for o in ranked) - 1
            assert row["persentil"] == share(not_better, len(ranked) - 1, 100)
        else:
            assert row["persentil"] is None


def test_a_region_without_a_value_says_why_and_rests_on_what_is_missing() -> None:
    gap = own(PELAIHARI, None, alasan="1 desa tidak ada dalam berkas: Panjaratan")
    mart = made([gap], [cited("63", None, lingkup="prov:63")])
    row = of(mart, "kab:6301", PELAIHARI)
    assert row["alasan"].startswith("1 desa tidak ada dalam berkas: Panjaratan; hanya 0 dari 11")
    key = contracts.table("banding").key_of(row)
    source = Figure(
        "realisasi_iku", f"kode_unit={PELAIHARI};periode=2024;kode_indikator=persen_desa_mandiri", "realisasi"
    )
    assert source in [s.source for s in mart.trail.steps if s.figure == Figure("banding", key, "nilai")]
    assert of(mart, "prov:63", "63")["alasan"].startswith("angka ini tidak dikutip")
