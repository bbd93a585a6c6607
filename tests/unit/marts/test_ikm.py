"""The satisfaction index: both reference reports, and every corner of contract section 3."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.marts.ikm import ikm
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.formulas import registry
from warehouse.formulas.rounding import rounded
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell, Choice, Figure

PELAIHARI, KALUMPANG = "630103", "630609"
REGIONS, CATALOGUE = Regions.load(), Catalogue.load()
PELAIHARI_DIPILIH = {"skm_bobot": "0.111", "ikm_tahunan": "rata_periode"}
# LKj Pelaihari 2025, table 3.9, its three misprints of U4 mended: means of U1..U9 and respondents.
NRR_PELAIHARI = {
    "2025-TW1": (150, "3.907 3.873 3.867 3.980 3.893 3.880 3.887 3.880 3.960"),
    "2025-TW2": (150, "3.887 3.880 3.833 3.960 3.840 3.833 3.873 3.880 4.000"),
    "2025-TW3": (150, "3.847 3.840 3.820 3.960 3.813 3.840 3.887 3.873 3.973"),
    "2025-TW4": (48, "3.771 3.521 3.625 3.688 3.667 3.354 3.458 3.896 3.771"),
}


def context(chosen: Mapping[str, Mapping[str, Any]] | None = None) -> Context:
    files = {unit: {"pilihan": choices} for unit, choices in (chosen or {}).items()}
    return Context(REGIONS, CATALOGUE, Choices.load(files))


def at(baris: int, berkas: str = "a") -> dict[str, Any]:
    return {"berkas_id": berkas, "lembar": "S", "tabel_ke": 1, "baris": baris}


def answers(periode: str, means: str, n: int, unit: str = PELAIHARI) -> list[dict[str, Any]]:
    """Respondents whose answers have these printed means, the remainder given to the first ones."""
    columns = []
    for mean in means.split():
        base, more = divmod(int(rounded(Decimal(mean) * n, 0)), n)
        columns.append([base + (i < more) for i in range(n)])
    return [
        {"kode_unit": unit, "periode": periode, "jawaban_ditolak": 0}
        | {f"u{u}": column[i] for u, column in enumerate(columns, start=1)}
        | at(i + 5, periode)
        for i in range(n)
    ]


def printed(unit: str, periode: str, baris: int = 1, **values: str) -> list[dict[str, Any]]:
    return [
        {"kode_unit": unit, "periode": periode, "ukuran": k, "nilai": Decimal(v)}
        | at(baris + i, f"c{periode}")
        for i, (k, v) in enumerate(values.items())
    ]


def made(
    jawaban: list[dict[str, Any]] | None = None,
    ringkasan: list[dict[str, Any]] | None = None,
    layanan: list[dict[str, Any]] | None = None,
    files: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Mart]:
    marts = ikm(
        contracts.build("clean_skm_jawaban", jawaban or []),
        contracts.build("clean_skm_ringkasan", ringkasan or []),
        contracts.build("clean_layanan", layanan or []),
        context(files),
    )
    for name, mart in marts.items():
        contracts.build(name, mart.rows)  # every result keeps its contract
        keys = {contracts.table(name).key_of(r) for r in mart.rows}
        for step in mart.trail.steps:
            registry.rumus(step.rumus)
            assert step.figure.tabel == name
            assert step.figure.kunci in keys
    return marts


def by(mart: Mart, **where: Any) -> dict[str, Any]:
    found = [r for r in mart.rows if all(r[k] == v for k, v in where.items())]
    assert len(found) == 1, f"{len(found)} rows for {where}"
    return found[0]


def pelaihari() -> list[dict[str, Any]]:
    return [r for periode, (n, means) in NRR_PELAIHARI.items() for r in answers(periode, means, n)]


def two(value: Decimal) -> str:
    return str(rounded(value, 2))


@pytest.fixture(scope="module")
def reference() -> dict[str, Mart]:
    return made(pelaihari(), files={PELAIHARI: PELAIHARI_DIPILIH})


@pytest.mark.parametrize(
    ("periode", "value"),
    [
        ("2025-TW1", "97.48"),
        ("2025-TW2", "97.09"),
        ("2025-TW3", "96.72"),
        ("2025-TW4", "90.88"),
        ("2025", "95.54"),
    ],
)
def test_pelaihari_as_its_report_computes(reference: dict[str, Mart], periode: str, value: str) -> None:
    row = by(reference["ikm"], periode=periode)
    assert two(row["ikm"]) == value
    assert (row["mutu"], row["kinerja"], row["bobot_aturan"]) == ("A", "Sangat baik", "0.111")
    assert row["metode"] == ("rata_periode" if periode == "2025" else "langsung")


@pytest.mark.parametrize(
    ("metode", "bobot", "value"),
    [
        ("rata_periode", "0.111", "95.54"),
        ("rata_periode", "1/9", "95.64"),
        ("gabungan", "0.111", "96.50"),
        ("gabungan", "1/9", "96.59"),
        ("periode_akhir", "0.111", "90.88"),
    ],
)
def test_pelaihari_variants_of_the_year(
    reference: dict[str, Mart], metode: str, bobot: str, value: str
) -> None:
    row = by(reference["ikm_varian"], periode="2025", metode=metode, bobot_aturan=bobot)
    assert two(row["ikm"]) == value
    assert row["resmi"] == ((metode, bobot) == ("rata_periode", "0.111"))


def test_pelaihari_without_configuration_pools_the_answers() -> None:
    row = by(made(pelaihari())["ikm"], periode="2025")
    assert (row["metode"], row["bobot_aturan"], two(row["ikm"]), row["n_responden"]) == (
        "gabungan",
        "1/9",
        "96.59",
        498,
    )


def test_pelaihari_elements_of_the_year_are_means_of_the_periods(reference: dict[str, Mart]) -> None:
    year = {r["unsur"]: r for r in reference["ikm_unsur"].rows if r["periode"] == "2025"}
    assert [year[u]["peringkat"] for u in ("U9", "U6")] == [1, 9]
    assert str(rounded(year["U9"]["nrr"], 3)) == "3.926"
    assert str(rounded(year["U6"]["nrr"], 3)) == "3.727"


def test_every_period_has_one_official_variant(reference: dict[str, Mart]) -> None:
    official = [r["periode"] for r in reference["ikm_varian"].rows if r["resmi"]]
    assert sorted(official) == sorted(r["periode"] for r in reference["ikm"].rows)


def test_kalumpang_prints_only_its_index_and_takes_the_last_period() -> None:
    prints = printed(KALUMPANG, "2024-S1", IKM="88.61") + printed(KALUMPANG, "2024-S2", IKM="88.75")
    marts = made(ringkasan=prints, files={KALUMPANG: {"ikm_tahunan": "periode_akhir"}})
    found = {r["periode"]: (r["ikm"], r["metode"]) for r in marts["ikm"].rows}
    assert found == {
        "2024-S1": (Decimal("88.61"), "tercetak"),
        "2024-S2": (Decimal("88.75"), "tercetak"),
        "2024": (Decimal("88.75"), "periode_akhir"),
    }
    unsur = [r for r in marts["ikm_unsur"].rows if r["periode"] == "2024-S1"]
    assert len(unsur) == 9
    assert all(r.get("nrr") is None and r["alasan"] == "hanya indeks yang tercetak" for r in unsur)
    # What another weight would give cannot be told from a printed index.
    assert {r["bobot_aturan"] for r in marts["ikm_varian"].rows} == {"1/9"}


def test_a_summary_is_recomputed_from_its_means_with_the_units_weight() -> None:
    n, means = NRR_PELAIHARI["2025-TW1"]
    nrr = {f"U{i}": m for i, m in enumerate(means.split(), start=1)}
    marts = made(
        ringkasan=printed(PELAIHARI, "2025-TW1", **nrr, IKM="97.40", N=str(n)),
        files={PELAIHARI: PELAIHARI_DIPILIH},
    )
    row = by(marts["ikm"], periode="2025-TW1")
    assert (row["metode"], two(row["ikm"]), row["ikm_tercetak"], row["n_responden"]) == (
        "ringkasan",
        "97.48",
        Decimal("97.40"),
        150,
    )
    assert by(marts["ikm_unsur"], periode="2025-TW1", unsur="U1")["nrr"] == Decimal("3.907")


def test_answers_win_over_a_print_which_is_kept() -> None:
    n, means = NRR_PELAIHARI["2025-TW1"]
    nrr = {f"U{i}": m for i, m in enumerate(means.split(), start=1)} | {"U1": "3.000"}
    marts = made(answers("2025-TW1", means, n), printed(PELAIHARI, "2025-TW1", **nrr, IKM="99"))
    row = by(marts["ikm"], periode="2025-TW1")
    assert (row["metode"], row["ikm_tercetak"], two(row["ikm"])) == ("langsung", Decimal(99), "97.57")
    unsur = by(marts["ikm_unsur"], periode="2025-TW1", unsur="U1")
    assert (str(rounded(unsur["nrr"], 3)), unsur["nrr_tercetak"]) == ("3.907", Decimal("3.000"))
    assert {r["metode"] for r in marts["ikm_varian"].rows if r["periode"] == "2025-TW1"} == {
        "langsung",
        "ringkasan",
    }


def test_one_mean_missing_from_a_summary_leaves_the_printed_index() -> None:
    nrr = {f"U{i}": "3.5" for i in range(1, 9)}
    row = by(made(ringkasan=printed(PELAIHARI, "2025-TW1", **nrr, IKM="87.5"))["ikm"], periode="2025-TW1")
    assert (row["metode"], row["ikm"]) == ("tercetak", Decimal("87.5"))
    assert "U9" in row["alasan"]


def test_one_mean_missing_and_no_index_gives_null_with_a_reason() -> None:
    marts = made(ringkasan=printed(PELAIHARI, "2025-TW1", U1="3.5"))
    row = by(marts["ikm"], periode="2025-TW1")
    assert (row["ikm"], row["mutu"]) == (None, None)
    assert "U2" in row["alasan"]
    assert by(marts["ikm"], periode="2025")["ikm"] is None
    assert marts["ikm_varian"].rows == []


def test_a_printed_index_off_the_scale_is_not_published() -> None:
    row = by(made(ringkasan=printed(PELAIHARI, "2025-TW1", IKM="3.9"))["ikm"], periode="2025-TW1")
    assert row["ikm"] is None
    assert "di luar skala" in row["alasan"]


def test_an_element_nobody_answered_leaves_the_index_empty_and_the_others_published() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 3)
    for r in rows:
        r["u4"] = None
    marts = made(rows)
    row = by(marts["ikm"], periode="2025-TW1")
    assert (row["ikm"], row["n_responden"]) == (None, 3)
    assert "U4" in row["alasan"]
    assert by(marts["ikm_unsur"], periode="2025-TW1", unsur="U4").get("nrr") is None
    assert by(marts["ikm_unsur"], periode="2025-TW1", unsur="U1")["nrr"] == 4


def test_a_period_whose_respondents_are_all_excluded_has_no_index() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 2)
    for r in rows:
        r["u1"] = r["u2"] = None
    row = by(made(rows)["ikm"], periode="2025-TW1")
    assert (row["n_responden"], row["ikm"]) == (0, None)


def test_nothing_at_all_gives_empty_tables() -> None:
    assert all(not mart.rows and not mart.findings for mart in made().values())


def test_undecided_order_publishes_the_index_and_withholds_two_elements() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 3 2 1", 4)
    for r in rows:
        r["u8_u9_a"], r["u8_u9_b"] = r.pop("u8"), r.pop("u9")
    marts = made(rows)
    assert two(by(marts["ikm"], periode="2025-TW1")["ikm"]) == "83.33"
    unsur = {r["unsur"]: r for r in marts["ikm_unsur"].rows if r["periode"] == "2025-TW1"}
    for u in ("U8", "U9"):
        assert (unsur[u]["status_terbit"], unsur[u].get("nrr")) == ("ditahan", None)
        assert "urutan" in unsur[u]["alasan"]
    assert (unsur["U7"]["nrr"], unsur["U7"]["peringkat"]) == (3, 7)
    fields = {s.source.field for s in marts["ikm"].trail.steps if isinstance(s.source, Cell)}
    assert {"u8_u9_a", "u8_u9_b"} <= fields


def test_withholding_the_pair_of_a_summary_reaches_neither_the_index_nor_other_ranks() -> None:
    nrr = {f"U{i}": f"3.{i}" for i in range(1, 10)}
    marts = made(ringkasan=printed(PELAIHARI, "2025-TW1", **nrr) + printed(PELAIHARI, "2025-TW2", **nrr))
    pair = {
        Figure(
            "ikm_unsur",
            contracts.table("ikm_unsur").key_of({"kode_unit": PELAIHARI, "periode": p, "unsur": u}),
            "nrr",
        )
        for p in ("2025-TW1", "2025-TW2")
        for u in ("U8", "U9")
    }
    steps = [s for mart in marts.values() for s in mart.trail.steps]
    reached = set(pair)
    while more := {s.figure for s in steps if s.source in reached} - reached:
        reached |= more
    assert {f.tabel for f in reached} == {"ikm_unsur"}
    assert {f.kunci.rpartition("=")[2] for f in reached} == {"U8", "U9"}


def test_ties_share_a_rank() -> None:
    marts = made(answers("2025-TW1", "4 3 3 2 2 2 1 1 1", 2))
    ranks = {r["unsur"]: r["peringkat"] for r in marts["ikm_unsur"].rows if r["periode"] == "2025-TW1"}
    assert list(ranks.values()) == [1, 2, 2, 4, 4, 4, 7, 7, 7]


@pytest.mark.parametrize(("touched", "withheld"), [(1, False), (2, True)])
def test_over_five_percent_touched_withholds_the_period(touched: int, withheld: bool) -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 20) + answers("2025-TW2", "3 3 3 3 3 3 3 3 3", 20)
    for r in rows[:touched]:
        r["u1"], r["jawaban_ditolak"] = None, 1
    found = [f for f in made(rows)["ikm"].findings if f.aturan == "jawaban_ditolak_banyak"]
    assert bool(found) == withheld
    if withheld:
        (finding,) = found
        assert (finding.periode, finding.jumlah) == ("2025-TW1", 2)
        reached = {(f.tabel, f.kunci) for f in finding.figures}
        assert ("ikm", "kode_unit=630103;periode=2025-TW1") in reached
        assert ("ikm", "kode_unit=630103;periode=2025") in reached  # pooled by default
        assert ("ikm", "kode_unit=630103;periode=2025-TW2") not in reached


def test_peka_tells_the_choices_that_change_the_letter() -> None:
    # 88,33 with 1/9 is A; with 0.111 it is 88,24 and with 0.11 87,45: B.
    means = " ".join(["3.5333"] * 9)
    rows = answers("2025-TW1", means, 30)
    assert (
        by(made(rows)["ikm"], periode="2025-TW1")["peka"]
        == "skm_bobot=0.111: 88,24 (B); skm_bobot=0.11: 87,45 (B)"
    )
    assert by(made(pelaihari())["ikm"], periode="2025")["peka"] is None


def test_peka_tells_the_other_ways_to_make_a_year() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 90) + answers("2025-TW2", "3 3 3 3 3 3 3 3 3", 10)
    assert (
        by(made(rows)["ikm"], periode="2025")["peka"]
        == "ikm_tahunan=rata_periode: 87,50 (B); ikm_tahunan=periode_akhir: 75,00 (C)"
    )


def test_a_quarter_without_answers_falls_back_to_the_mean_and_says_so() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 10)
    marts = made(rows, printed(PELAIHARI, "2025-TW2", IKM="80"))
    row = by(marts["ikm"], periode="2025")
    assert (row["metode"], row["ikm"]) == ("rata_periode", Decimal(90))
    assert "gabungan tidak dapat dihitung tanpa jawaban 2025-TW2" in row["alasan"]


def test_semesters_and_quarters_of_one_year_are_not_averaged_together() -> None:
    prints = [
        *printed(PELAIHARI, "2025-TW1", IKM="80"),
        *printed(PELAIHARI, "2025-TW2", IKM="90"),
        *printed(PELAIHARI, "2025-S1", IKM="30"),
    ]
    assert by(made(ringkasan=prints)["ikm"], periode="2025")["ikm"] == 85


def test_an_annual_print_alone_is_the_year() -> None:
    row = by(made(ringkasan=printed(PELAIHARI, "2025", IKM="91.5"))["ikm"], periode="2025")
    assert (row["metode"], row["ikm"]) == ("tercetak", Decimal("91.5"))


def test_an_annual_print_beside_periods_is_only_kept() -> None:
    prints = printed(PELAIHARI, "2025", IKM="91.5") + printed(PELAIHARI, "2025-TW1", IKM="80")
    row = by(made(ringkasan=prints)["ikm"], periode="2025")
    assert (row["metode"], row["ikm"], row["ikm_tercetak"]) == ("rata_periode", Decimal(80), Decimal("91.5"))


def service(periode: str, jumlah: int | None, kode: str = "ktp") -> dict[str, Any]:
    row = {
        "kode_unit": PELAIHARI,
        "periode": periode,
        "kode_layanan": kode,
        "layanan": kode,
        "jumlah": jumlah,
    }
    return row | at(hash((periode, kode)) % 1000, "l")


def test_the_sample_is_measured_against_the_volume_of_the_same_period() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 100)
    marts = made(rows, layanan=[service("2025-TW1", 220)])
    quarter, year = by(marts["ikm"], periode="2025-TW1"), by(marts["ikm"], periode="2025")
    assert quarter["n_minimum"] == 140
    assert (year["n_minimum"], "volume layanan 2025 tidak ada" in year["alasan"]) == (None, True)
    (finding,) = marts["ikm"].findings
    assert (finding.aturan, finding.tertulis, finding.seharusnya, finding.selisih) == (
        "sampel_kurang",
        "100",
        "140",
        "-40",
    )


def test_four_quarters_of_services_are_the_population_of_the_year() -> None:
    rows = answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 400)
    marts = made(rows, layanan=[service(f"2025-TW{q}", 375) for q in range(1, 5)])
    assert by(marts["ikm"], periode="2025")["n_minimum"] == 306  # N = 1500


@pytest.mark.parametrize(("jumlah", "why"), [(None, "belum dilaporkan"), (0, "nol")])
def test_no_population_no_sample(jumlah: int | None, why: str) -> None:
    marts = made(answers("2025-TW1", "4 4 4 4 4 4 4 4 4", 3), layanan=[service("2025-TW1", jumlah)])
    row = by(marts["ikm"], periode="2025-TW1")
    assert row["n_minimum"] is None
    assert why in row["alasan"]


def test_the_way_back_of_a_mean_is_the_column_of_answers(reference: dict[str, Mart]) -> None:
    key = contracts.table("ikm_unsur").key_of({"kode_unit": PELAIHARI, "periode": "2025-TW1", "unsur": "U4"})
    steps = [s for s in reference["ikm_unsur"].trail.steps if s.figure == Figure("ikm_unsur", key, "nrr")]
    assert [(s.rumus, s.nilai) for s in steps] == [("nrr", "597"), ("nrr", "150")]
    assert steps[0].source == Cell("2025-TW1", "S", 1, 5, "u4", sampai_baris=154)


def test_the_way_back_of_the_year_names_periods_and_choice(reference: dict[str, Mart]) -> None:
    key = contracts.table("ikm").key_of({"kode_unit": PELAIHARI, "periode": "2025"})
    sources = [s.source for s in reference["ikm"].trail.steps if s.figure == Figure("ikm", key, "ikm")]
    assert Choice("ikm_tahunan", "rata_periode") in sources
    assert sum(isinstance(s, Figure) for s in sources) == 4


def test_every_published_figure_has_a_way_back(reference: dict[str, Mart]) -> None:
    due = {
        "ikm": ("ikm", "mutu", "kinerja", "n_responden"),
        "ikm_varian": ("ikm", "mutu"),
        "ikm_unsur": ("nrr", "ikm_unsur", "mutu", "peringkat", "n"),
    }
    for name, columns in due.items():
        traced = {(s.figure.kunci, s.figure.kolom) for s in reference[name].trail.steps}
        for row in reference[name].rows:
            for kolom in columns:
                assert (contracts.table(name).key_of(row), kolom) in traced


one_answer = st.one_of(st.none(), st.integers(1, 4))
sheets = st.lists(st.lists(one_answer, min_size=9, max_size=9), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)
@given(sheets)
def test_any_sheet_gives_an_index_on_the_scale_or_a_reason(sheet: list[list[int | None]]) -> None:
    rows = [
        {"kode_unit": PELAIHARI, "periode": "2025-TW1", "jawaban_ditolak": 0}
        | {f"u{u}": a for u, a in enumerate(line, start=1)}
        | at(i)
        for i, line in enumerate(sheet)
    ]
    marts = made(rows)
    row = by(marts["ikm"], periode="2025-TW1")
    used = [line for line in sheet if line.count(None) < 2]
    assert row["n_responden"] == len(used)
    if row["ikm"] is None:
        assert any(all(line[u] is None for line in used) for u in range(9))
        assert row["alasan"]
    else:
        assert 25 <= row["ikm"] <= 100
        ranks = [r["peringkat"] for r in marts["ikm_unsur"].rows if r["periode"] == "2025-TW1"]
        assert min(ranks) == 1
        assert all(sum(other < rank for other in ranks) == rank - 1 for rank in ranks)


def test_an_empty_arrow_input_keeps_the_contract() -> None:
    assert isinstance(contracts.build("ikm", []), pa.Table)
