from decimal import Decimal
from typing import Any

from assets.marts.tren import tren
from assets.passing import Mart
from tests.unit.marts.rows import KALUMPANG, PELAIHARI, built, cells, clean, knowing, mart, steps, told
from warehouse.trail import Figure


def by_hand(
    kode: str, tahun: int, teks: str, unit: str = PELAIHARI, asal: str = "manual", **more: Any
) -> dict[str, Any]:
    value = more.pop("realisasi", None) or Decimal(teks.replace(",", "."))
    return {
        "kode_unit": unit,
        "periode": str(tahun),
        "kode_indikator": kode,
        "indikator": kode,
        "asal": asal,
        "realisasi": value,
        "realisasi_teks": teks,
        **more,
    }


def computed(
    kode: str, tahun: int, value: Any, metode: str, k: Any = None, n: Any = None, unit: str = PELAIHARI
) -> dict[str, Any]:
    return {
        "kode_unit": unit,
        "periode": str(tahun),
        "kode_indikator": kode,
        "realisasi": value,
        "pembilang": k,
        "penyebut": n,
        "metode": metode,
    }


def target(
    kode: str, tahun: int, teks: str, dokumen: str = "RENSTRA", unit: str = PELAIHARI
) -> dict[str, Any]:
    return {
        "kode_unit": unit,
        "dokumen": dokumen,
        "periode": str(tahun),
        "tahun": tahun,
        "indikator": kode,
        "kode_indikator": kode,
        "target": Decimal(teks.replace(",", ".")),
        "target_teks": teks,
    }


def run(
    achieved: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    realised: list[dict[str, Any]] = [],  # noqa: B006
    manual: list[dict[str, Any]] = [],  # noqa: B006
    targets: list[dict[str, Any]] = [],  # noqa: B006
) -> tuple[dict[tuple[str, int], dict[str, Any]], Mart]:
    made = tren(
        mart("capaian_iku", *achieved),
        mart("realisasi_iku", *realised),
        clean("clean_realisasi_manual", *manual, berkas="manual"),
        clean("clean_target", *targets, berkas="renstra"),
        knowing(),
    )["tren_iku"]
    return {(r["kode_indikator"], r["tahun"]): r for r in built("tren_iku", made).values()}, made


DESA = "persen_desa_mandiri"
PELAIHARI_MANUAL = [
    by_hand(DESA, y, t, realisasi=Decimal(t.replace(",", ".")))
    for y, t in ((2021, "0"), (2022, "6,67"), (2023, "13,33"), (2024, "60"))
]
PELAIHARI_COMPUTED = [
    computed(DESA, 2024, Decimal(60), "IDM", 9, 15),
    computed(DESA, 2025, Decimal(80), "INDEKS_DESA", 12, 15),
]
AGREED = {
    "kode_unit": PELAIHARI,
    "periode": "2025",
    "kode_indikator": DESA,
    "indikator": DESA,
    "target": Decimal("66.666667"),
    "target_hitung": Decimal("66.666666666667"),
    "realisasi": Decimal(80),
    "pembilang": 12,
    "penyebut": 15,
    "capaian_persen": Decimal(120),
}


def test_pelaihari_breaks_where_the_index_changes() -> None:
    rows, made = run([AGREED], PELAIHARI_COMPUTED, PELAIHARI_MANUAL, [target(DESA, 2025, "60,6666667")])
    series = [rows[DESA, y] for y in range(2021, 2026)]
    assert [r["realisasi"] for r in series] == [0, Decimal("6.67"), Decimal("13.33"), 60, 80]
    assert [r["perubahan"] for r in series] == [
        None,
        Decimal("6.67"),
        Decimal("6.66"),
        Decimal("46.67"),
        None,
    ]
    assert [r["putus_seri"] for r in series] == [False, False, False, False, True]
    assert [r["asal"] for r in series] == ["manual"] * 3 + ["dihitung"] * 2
    assert [r["metode"] for r in series] == ["IDM"] * 4 + ["INDEKS_DESA"]
    assert (series[4]["target"], series[4]["capaian_persen"]) == (Decimal("66.666667"), 120)
    assert series[3]["target"] is None
    key = f"kode_unit={PELAIHARI};kode_indikator={DESA};tahun=2025"
    above = f"kode_unit={PELAIHARI};periode=2025;kode_indikator={DESA}"
    assert [s.source for s in steps(made, key, "realisasi")] == [Figure("capaian_iku", above, "realisasi")]
    assert [s.nilai for s in steps(made, key, "putus_seri")] == ["IDM", "INDEKS_DESA", "2025", None]
    assert cells(made, key.replace("2025", "2023"), "realisasi") == [(4, "realisasi")]


def test_a_gap_gives_no_change() -> None:
    rows, _ = run(
        manual=[by_hand("ikm", 2021, "80"), by_hand("ikm", 2023, "85"), by_hand("ikm", 2024, "84,5")]
    )
    assert [rows["ikm", y]["perubahan"] for y in (2021, 2023, 2024)] == [None, None, Decimal("-0.5")]
    assert rows["ikm", 2023]["alasan"] == "target tahun ini tidak ada; tahun sebelumnya tidak ada"
    assert rows["ikm", 2021]["alasan"] == "target tahun ini tidak ada"


def test_a_value_that_is_not_known_breaks_the_chain_not_the_series() -> None:
    silent = computed("ikm", 2024, None, "SKM") | {"alasan": "IKM tidak ada"}
    rows, _ = run(
        realised=[silent, computed("ikm", 2025, Decimal(90), "SKM")], manual=[by_hand("ikm", 2023, "88")]
    )
    assert rows["ikm", 2024]["alasan"] == "IKM tidak ada; target tahun ini tidak ada"
    assert (rows["ikm", 2025]["perubahan"], rows["ikm", 2025]["putus_seri"]) == (None, False)


def test_a_hand_filled_year_before_a_computed_one_is_no_break() -> None:
    rows, _ = run(realised=[computed("ikm", 2025, Decimal(90), "SKM")], manual=[by_hand("ikm", 2024, "88")])
    assert (rows["ikm", 2025]["perubahan"], rows["ikm", 2025]["putus_seri"]) == (2, False)


def test_kalumpang_breaks_where_the_definition_changes() -> None:
    old, new = "rasio_desa_maju", "rasio_desa_mandiri"
    ratio = {"pembilang": 7, "penyebut": 9, "realisasi": Decimal(7) / 9}
    rows, _ = run(
        realised=[computed(k, 2024, Decimal(n) / 9, "IDM", n, 9, KALUMPANG) for k, n in ((old, 6), (new, 3))],
        manual=[
            by_hand(old, 2023, "7:9", KALUMPANG, **ratio),
            by_hand(new, 2023, "7:9", KALUMPANG, "renstra", **ratio),
        ],
        targets=[target(new, 2024, "0,33", "PK", KALUMPANG)],
    )
    assert (rows[new, 2024]["putus_seri"], rows[new, 2024]["perubahan"]) == (True, None)
    assert rows[new, 2023]["asal"] == "renstra"
    assert (rows[old, 2024]["putus_seri"], rows[old, 2023]["putus_seri"]) == (False, False)
    assert "seri putus" in rows[new, 2024]["alasan"]


def test_a_unit_that_never_used_the_old_definition_has_no_break() -> None:
    new = "rasio_desa_mandiri"
    rows, _ = run(
        realised=[
            computed(new, y, Decimal(n) / 9, "IDM", n, 9, KALUMPANG) for y, n in ((2023, 2), (2024, 3))
        ],
        targets=[target(new, 2024, "0,33", "PK", KALUMPANG)],
    )
    assert rows[new, 2024]["putus_seri"] is False
    assert rows[new, 2024]["perubahan"] == Decimal("0.111111111111")


def test_a_year_that_stands_only_in_the_renstra_is_achieved_against_it() -> None:
    rows, made = run(
        realised=[computed(DESA, 2025, Decimal(80), "INDEKS_DESA", 12, 15)],
        targets=[target(DESA, 2025, "73,3333333")],
    )
    assert rows[DESA, 2025]["target"] == Decimal("73.3333333")
    assert rows[DESA, 2025]["capaian_persen"] == Decimal("109.090909090909")
    key = f"kode_unit={PELAIHARI};kode_indikator={DESA};tahun=2025"
    assert cells(made, key, "target") == [(2, "target@2025")]


def test_hand_filled_values_that_differ_are_told_here_where_no_achievement_tells_them() -> None:
    rows, made = run(manual=[by_hand("ikm", 2023, "86,72"), by_hand("ikm", 2023, "88", asal="renstra")])
    assert rows["ikm", 2023]["realisasi"] == Decimal("86.72")
    (finding,) = told(made, "isian_bertentangan")
    assert {f.tabel for f in finding.figures} == {"tren_iku"}


def test_only_units_with_a_target_or_a_value_of_their_own() -> None:
    rows, _ = run(realised=[computed(DESA, 2024, Decimal(60), "IDM", 9, 15)])
    assert rows == {}


def test_a_year_that_cannot_be_had_rests_on_what_is_missing() -> None:
    # The gate finds the row by this step: a village that is missing withholds the year in the trend as well.
    empty = computed(DESA, 2025, None, "INDEKS_DESA") | {"alasan": "1 desa tidak ada dalam berkas"}
    rows, made = run([], [empty], [], [target(DESA, 2025, "60")])
    assert rows[DESA, 2025]["realisasi"] is None
    source = Figure("realisasi_iku", f"kode_unit={PELAIHARI};periode=2025;kode_indikator={DESA}", "realisasi")
    key = f"kode_unit={PELAIHARI};kode_indikator={DESA};tahun=2025"
    assert [s.source for s in steps(made, key, "realisasi")] == [source]
