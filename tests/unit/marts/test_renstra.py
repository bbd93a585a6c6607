from decimal import Decimal
from typing import Any

from assets.marts.renstra import renstra
from assets.passing import Mart
from tests.unit.marts.rows import PELAIHARI, built, cells, clean, knowing, mart, steps, told
from warehouse.formulas.rounding import rounded
from warehouse.trail import Choice, Figure

DESA = "persen_desa_mandiri"
PLAN = {
    DESA: {
        2025: "60,6666667",
        2026: "60,6666667",
        2027: "73,3333333",
        2028: "73,3333333",
        2029: "80",
        2030: "80",
    },
    "ikm": {2025: "95,59", 2026: "95,6", 2027: "95,7", 2028: "95,75", 2029: "95,8", 2030: "95,85"},
}


def planned() -> list[dict[str, Any]]:
    return [
        {
            "kode_unit": PELAIHARI,
            "dokumen": "RENSTRA",
            "periode": str(tahun),
            "tahun": tahun,
            "indikator": kode,
            "kode_indikator": kode,
            "target_teks": teks,
            "target": Decimal(teks.replace(",", ".")),
        }
        for kode, years in PLAN.items()
        for tahun, teks in years.items()
    ]


TREND = [
    {
        "kode_unit": PELAIHARI,
        "kode_indikator": DESA,
        "tahun": 2025,
        "realisasi": Decimal(80),
        "pembilang": 12,
        "penyebut": 15,
    },
    {"kode_unit": PELAIHARI, "kode_indikator": "ikm", "tahun": 2025, "realisasi": Decimal("95.5425")},
]


def run(end: int | None = None, **more: Any) -> tuple[dict[tuple[str, int], dict[str, Any]], Mart]:
    files = {PELAIHARI: {k: v for k, v in {"tahun_akhir_renstra": end, **more}.items() if v is not None}}
    made = renstra(clean("clean_target", *planned()), mart("tren_iku", *TREND), knowing(files))["renstra_iku"]
    return {(r["kode_indikator"], r["tahun"]): r for r in built("renstra_iku", made).values()}, made


def test_against_the_last_column() -> None:
    rows, made = run()
    villages, survey = rows[DESA, 2025], rows["ikm", 2025]
    assert (villages["tahun_akhir"], villages["target_akhir"], villages["capaian_akhir_persen"]) == (
        2030,
        80,
        100,
    )
    assert rounded(villages["capaian_tahun_persen"], 4) == Decimal("131.8681")
    # The report prints 99,67 from the rounded 95,54; unrounded it is 99,6792.
    assert rounded(survey["capaian_akhir_persen"], 4) == Decimal("99.6792")
    key = f"kode_unit={PELAIHARI};kode_indikator=ikm;tahun=2025"
    assert cells(made, key, "target_akhir") == [(13, "target@2030")]
    assert cells(made, key, "tahun_akhir") == [(13, "target@2030")]
    realised = Figure("tren_iku", key, "realisasi")
    assert [s.source for s in steps(made, key, "realisasi")] == [realised]


def test_the_end_year_is_the_units_choice() -> None:
    rows, made = run(2029)
    assert rows["ikm", 2025]["target_akhir"] == Decimal("95.8")
    key = f"kode_unit={PELAIHARI};kode_indikator=ikm;tahun=2025"
    assert [s.source for s in steps(made, key, "tahun_akhir")] == [Choice("tahun_akhir_renstra", "2029")]
    rows, _ = run(2031)
    assert (rows["ikm", 2025]["target_akhir"], rows["ikm", 2025]["capaian_akhir_persen"]) == (None, None)
    assert rows["ikm", 2025]["alasan"] == "target tahun akhir tidak ada pada tabel Renstra"


def test_one_row_a_plan_year_with_or_without_a_realisation() -> None:
    rows, _ = run()
    assert [t for k, t in rows if k == DESA] == list(range(2025, 2031))
    later = rows[DESA, 2027]
    assert (later["realisasi"], later["capaian_tahun_persen"], later["alasan"]) == (
        None,
        None,
        "realisasi belum ada",
    )
    assert later["target_tahun"] == Decimal("73.3333333")


def test_the_unit_s_cap_holds_here_too() -> None:
    rows, _ = run(batas_capaian="100")
    assert rows[DESA, 2025]["capaian_tahun_persen"] == 100


def test_plan_targets_that_no_share_meets_are_told_for_every_year() -> None:
    _, made = run()
    found = told(made, "target_bukan_k_per_n")
    assert [(f.periode, f.tertulis, f.isi["n"]) for f in found] == [
        ("2025", "60,6666667", 15),
        ("2026", "60,6666667", 15),
    ]
    assert [f.cell and f.cell.field for f in found] == ["target@2025", "target@2026"]


def test_agreements_are_no_plan() -> None:
    agreed = planned()[0] | {"dokumen": "PK"}
    made = renstra(clean("clean_target", agreed), mart("tren_iku"), knowing())["renstra_iku"]
    assert made.rows == []
