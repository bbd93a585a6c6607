import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from assets.marts.capaian import capaian
from assets.passing import Mart
from tests.unit.marts.rows import (
    KALUMPANG,
    PELAIHARI,
    REPORT,
    built,
    cells,
    clean,
    knowing,
    mart,
    steps,
    told,
)
from warehouse.formulas.rounding import rounded
from warehouse.trail import Choice, Figure

SATUAN = {
    "persen_desa_mandiri": "%",
    "ikm": "Nilai",
    "rasio_desa_mandiri": "Desa",
    "persen_bumdes_baik": "Persen",
}


def target(
    kode: str, teks: str | None, value: str | None, dokumen: str = "PK", periode: str = "2025", **more: Any
) -> dict[str, Any]:
    return {
        "kode_unit": PELAIHARI,
        "dokumen": dokumen,
        "periode": periode,
        "tahun": int(periode[:4]),
        "sasaran": "Meningkatnya tata kelola",
        "indikator": f"Indikator {kode}",
        "kode_indikator": kode,
        "satuan": SATUAN.get(kode),
        "target_teks": teks,
        "target": None if value is None else Decimal(value),
        **more,
    }


def computed(
    kode: str, value: Any, k: Any = None, n: Any = None, periode: str = "2025", **more: Any
) -> dict[str, Any]:
    return {
        "kode_unit": PELAIHARI,
        "periode": periode,
        "kode_indikator": kode,
        "realisasi": value,
        "pembilang": k,
        "penyebut": n,
        **more,
    }


def by_hand(
    kode: str, teks: str, value: str, periode: str = "2025", asal: str = "manual", **more: Any
) -> dict[str, Any]:
    return {
        "kode_unit": PELAIHARI,
        "periode": periode,
        "kode_indikator": kode,
        "indikator": kode,
        "asal": asal,
        "realisasi": Decimal(value),
        "realisasi_teks": teks,
        **more,
    }


def variant(
    metode: str, bobot: str, ikm: str, mutu: str = "A", *, resmi: bool = False, periode: str = "2025"
) -> dict[str, Any]:
    return {
        "kode_unit": PELAIHARI,
        "periode": periode,
        "metode": metode,
        "bobot_aturan": bobot,
        "ikm": Decimal(ikm),
        "mutu": mutu,
        "resmi": resmi,
    }


def run(
    targets: list[dict[str, Any]],
    realised: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    manual: list[dict[str, Any]] = [],  # noqa: B006
    variants: list[dict[str, Any]] = [],  # noqa: B006
    files: dict[str, dict[str, Any]] | None = None,
) -> tuple[dict[tuple[str, str], dict[str, Any]], Mart]:
    made = capaian(
        clean("clean_target", *targets, berkas="pk"),
        mart("realisasi_iku", *realised),
        clean("clean_realisasi_manual", *manual, berkas="manual"),
        mart("ikm_varian", *variants),
        knowing(files),
    )["capaian_iku"]
    return {(r["periode"], r["kode_indikator"]): r for r in built("capaian_iku", made).values()}, made


DESA = target("persen_desa_mandiri", "66,666667", "66.666667")
IKM = target("ikm", "95,59", "95.59")
VARIANTS = [
    variant("rata_periode", "0.111", "95.5425", resmi=True),
    variant("rata_periode", "1/9", "95.638138138138"),
    variant("rata_periode", "0.11", "94.6817"),
    variant("gabungan", "0.111", "96.495"),
    variant("periode_akhir", "0.111", "90.8813"),
    variant("gabungan", "1/9", "96.5916"),
]


def key(kode: str, periode: str = "2025") -> str:
    return f"kode_unit={PELAIHARI};periode={periode};kode_indikator={kode}"


def test_pelaihari_2025_by_its_own_choices() -> None:
    rows, made = run(
        [DESA, IKM],
        [computed("persen_desa_mandiri", Decimal(80), 12, 15), computed("ikm", Decimal("95.5425"))],
        variants=VARIANTS,
        files=REPORT,
    )
    villages, survey = rows["2025", "persen_desa_mandiri"], rows["2025", "ikm"]
    assert villages["capaian_persen"] == 120
    assert (villages["target"], villages["target_hitung"]) == (
        Decimal("66.666667"),
        Decimal("66.666666666667"),
    )
    assert (villages["kategori"], villages["tercapai"], villages["peka"]) == ("Sangat Tinggi", True, None)
    assert (villages["dokumen_target"], villages["sasaran"], villages["satuan"]) == (
        "PK",
        "Meningkatnya tata kelola",
        "%",
    )
    assert rounded(survey["capaian_persen"], 2) == Decimal("99.95")
    assert survey["tercapai"] is False
    assert survey["peka"] == (
        "ikm_tahunan=gabungan: 96,50 -> capaian 100,95, tercapai; "
        "skm_bobot=1/9: 95,64 -> capaian 100,05, tercapai"
    )
    assert made.findings == []
    assert cells(made, key("ikm"), "target") == [(3, "target")]
    used = steps(made, key("persen_desa_mandiri"), "target_hitung")
    assert [(s.rumus, s.peran, s.nilai) for s in used][1:] == [
        ("target_k_per_n", "k", "10"),
        ("target_k_per_n", "n", "15"),
    ]
    sources = [s.source for s in steps(made, key("ikm"), "peka")]
    assert (
        Figure(
            "ikm_varian", f"kode_unit={PELAIHARI};periode=2025;metode=rata_periode;bobot_aturan=1/9", "ikm"
        )
        in sources
    )


def test_the_verdict_of_the_default_choices_is_the_other_one() -> None:
    flipped = [v | {"resmi": v["bobot_aturan"] == "1/9" and v["metode"] == "gabungan"} for v in VARIANTS]
    rows, _ = run([IKM], [computed("ikm", Decimal("96.5916"))], variants=flipped)
    assert rows["2025", "ikm"]["tercapai"] is True
    assert rows["2025", "ikm"]["peka"] is None


def test_another_quality_letter_is_told_even_without_a_target() -> None:
    variants = [
        variant("langsung", "0.111", "88.25", "B", resmi=True, periode="2025-TW1"),
        variant("langsung", "1/9", "88.34", "A", periode="2025-TW1"),
    ]
    rows, _ = run([IKM], [computed("ikm", Decimal("88.25"), periode="2025-TW1")], variants=variants)
    quarter = rows["2025-TW1", "ikm"]
    assert quarter["peka"] == "skm_bobot=1/9: 88,34 -> mutu A"
    assert (quarter["capaian_persen"], quarter["kategori"], quarter["tercapai"]) == (None, None, None)
    assert quarter["alasan"] == "target periode ini tidak ditetapkan"
    assert quarter["indikator"] == "Indikator ikm"
    assert (rows["2025", "ikm"]["realisasi"], rows["2025", "ikm"]["alasan"]) == (None, "realisasi belum ada")


def test_a_quarter_with_its_own_target() -> None:
    rows, made = run(
        [IKM, target("ikm", "90", "90", periode="2025-TW1"), target("ikm", "91", "91", periode="2025-TW2")],
        [computed("ikm", Decimal(99), periode="2025-TW1")],
    )
    assert rows["2025-TW1", "ikm"]["capaian_persen"] == 110
    assert rows["2025-TW2", "ikm"]["alasan"] == "realisasi belum ada"
    assert cells(made, key("ikm", "2025-TW1"), "target") == [(3, "target@TW1")]


def test_kalumpang_2024_in_thirds() -> None:
    one = {"kode_unit": KALUMPANG}
    rows, _ = run(
        [
            target("rasio_desa_mandiri", "0,33", "0.33", "PK-P", "2024") | one,
            target("persen_bumdes_baik", "100 %", "100", "PK-P", "2024") | one,
        ],
        [
            computed(
                "rasio_desa_mandiri", Decimal(1) / 3, 3, 9, "2024", peka="penyebut_desa=desa_kelurahan: 0,30"
            )
            | one,
            computed(
                "persen_bumdes_baik",
                Decimal(100),
                9,
                9,
                "2024",
                peka="bumdes_baik=PEMULA: 11,11; bumdes_baik=BERKEMBANG: 0,00",
            )
            | one,
        ],
        files=REPORT,
    )
    villages, bumdes = rows["2024", "rasio_desa_mandiri"], rows["2024", "persen_bumdes_baik"]
    assert (villages["capaian_persen"], villages["tercapai"]) == (100, True)
    assert (
        villages["peka"]
        == "penyebut_desa=desa_kelurahan: 0,30 -> capaian 90,00, tidak tercapai, kategori Tinggi"
    )
    assert bumdes["peka"] == (
        "bumdes_baik=PEMULA: 11,11 -> capaian 11,11, tidak tercapai, kategori Sangat Rendah; "
        "bumdes_baik=BERKEMBANG: 0,00 -> capaian 0,00, tidak tercapai, kategori Sangat Rendah"
    )


def test_a_print_against_the_score_is_always_told_and_an_unreadable_remark_is_kept() -> None:
    rows, _ = run(
        [DESA],
        [computed("persen_desa_mandiri", Decimal(80), 12, 15, peka="status_tercetak: 86,67; periksa lagi")],
    )
    assert (
        rows["2025", "persen_desa_mandiri"]["peka"]
        == "status_tercetak: 86,67 -> capaian 130,00; periksa lagi"
    )


def test_an_alternative_that_reaches_the_target_exactly_is_not_lost_in_its_print() -> None:
    target_third = target("rasio_desa_mandiri", "0,33", "0.33")
    said = "bumdes_baik=PEMULA: 0,33"
    rows, _ = run([target_third], [computed("rasio_desa_mandiri", Decimal(2) / 9, 2, 9, peka=said)])
    assert rows["2025", "rasio_desa_mandiri"]["peka"] == (
        "bumdes_baik=PEMULA: 0,33 -> capaian 100,00, tercapai, kategori Sangat Tinggi"
    )


def test_the_latest_agreement_in_force_decides() -> None:
    later = target("ikm", "90", "90", "PK-P", berlaku_sejak=dt.date(2025, 8, 1))
    quarters = [target("ikm", "80", "80", periode=f"2025-TW{q}") for q in (2, 3)]
    changed = [
        q | {"dokumen": "PK-P", "target": Decimal(85), "berlaku_sejak": dt.date(2025, 8, 1)} for q in quarters
    ]
    realised = [computed("ikm", Decimal(90), periode=p) for p in ("2025-TW2", "2025-TW3", "2025")]
    rows, _ = run([IKM, later, *quarters, *changed], realised)
    assert (rows["2025", "ikm"]["dokumen_target"], rows["2025", "ikm"]["target"]) == ("PK-P", 90)
    assert rows["2025-TW2", "ikm"]["target"] == 80
    assert rows["2025-TW3", "ikm"]["target"] == 85
    late = target("ikm", "90", "90", "PK-P", berlaku_sejak=dt.date(2026, 1, 5))
    rows, _ = run([IKM, late], realised)
    assert rows["2025", "ikm"]["target"] == Decimal("95.59")


def test_the_renstra_only_where_there_is_no_agreement() -> None:
    planned = [target("ikm", "88", "88", "RENSTRA", p) for p in ("2024", "2025", "2026")]
    other = target("ikm_daerah", "88,6", "88.6", "RENSTRA")
    realised = [computed("ikm", Decimal(90), periode=p) for p in ("2024", "2025")]
    rows, made = run([IKM, other, *planned], realised)
    assert set(rows) == {("2024", "ikm"), ("2025", "ikm")}
    assert (rows["2024", "ikm"]["dokumen_target"], rows["2024", "ikm"]["target"]) == ("RENSTRA", 88)
    assert cells(made, key("ikm", "2024"), "target") == [(4, "target@2024")]
    assert rows["2025", "ikm"]["dokumen_target"] == "PK"


def test_an_empty_target_withholds_the_achievement_but_not_the_realisation() -> None:
    rows, made = run([target("ikm", "-", None)], [computed("ikm", Decimal(90))])
    row = rows["2025", "ikm"]
    assert (row["realisasi"], row["capaian_persen"], row["tercapai"]) == (90, None, None)
    assert row["alasan"] == "target kosong pada dokumen"
    (finding,) = told(made, "target_kosong")
    assert {f.kolom for f in finding.figures} == {"capaian_persen", "kategori", "tercapai"}
    assert finding.cell is not None
    assert (finding.cell.baris, finding.cell.field) == (2, "target")


def test_a_target_that_no_share_meets_is_used_as_printed_and_told() -> None:
    printed = target("persen_desa_mandiri", "60,6666667", "60.6666667")
    rows, made = run([printed], [computed("persen_desa_mandiri", Decimal(60), 9, 15)])
    assert rows["2025", "persen_desa_mandiri"]["target_hitung"] == Decimal("60.6666667")
    (finding,) = told(made, "target_bukan_k_per_n")
    assert finding.seharusnya == "9/15 = 60,00 atau 10/15 = 66,67"
    assert finding.isi["n"] == 15


@pytest.mark.parametrize(
    ("kode", "planned", "realised", "manual", "told_of"),
    [
        ("persen_desa_mandiri", "0.6667", "80", False, "target"),
        ("persen_desa_mandiri", "80", "0.8", True, "realisasi"),
        ("persen_desa_mandiri", "80", "0.8", False, None),  # computed: so little it is
        ("persen_desa_mandiri", "1", "2", False, None),
        ("persen_desa_mandiri", "0.8", "0.9", True, None),
        ("rasio_desa_mandiri", "0.6667", "80", False, None),
    ],
)
def test_a_percentage_against_a_fraction_is_withheld(
    kode: str, planned: str, realised: str, manual: bool, told_of: str | None
) -> None:
    values = [] if manual else [computed(kode, Decimal(realised))]
    filled = [by_hand(kode, realised, realised)] if manual else []
    _, made = run([target(kode, planned, planned)], values, filled)
    found = told(made, "persen_dan_pecahan")
    assert [f.cell.field for f in found if f.cell] == ([told_of] if told_of else [])
    assert {g.kolom for f in found for g in f.figures} == (
        {"capaian_persen", "kategori", "tercapai"} if told_of else set()
    )


@pytest.mark.parametrize(
    ("kode", "teks", "value", "k", "n", "parts", "used"),
    [
        ("rasio_desa_mandiri", "7:9", "0.777777777778", 7, 9, (7, 9), Decimal("0.777777777778")),
        ("persen_desa_mandiri", "12:15", "0.8", 12, 15, (12, 15), Decimal(80)),
    ],
)
def test_a_target_printed_as_a_fraction(
    kode: str, teks: str, value: str, k: int, n: int, parts: tuple[int, int], used: Decimal
) -> None:
    realised = Decimal(k) / n * (100 if kode.startswith("persen") else 1)
    rows, _ = run(
        [target(kode, teks, value, pembilang=parts[0], penyebut=parts[1])], [computed(kode, realised, k, n)]
    )
    assert rows["2025", kode]["target_hitung"] == used
    assert rows["2025", kode]["capaian_persen"] == 100


def test_computed_beats_hand_filled_and_a_difference_is_told() -> None:
    manual = [by_hand("ikm", "95,59", "95.59"), by_hand("persen_desa_mandiri", "80,0", "80")]
    realised = [computed("ikm", Decimal("95.5425")), computed("persen_desa_mandiri", Decimal(80), 12, 15)]
    rows, made = run([IKM, DESA], realised, manual)
    assert rows["2025", "ikm"]["realisasi"] == Decimal("95.5425")
    (finding,) = told(made, "manual_berbeda")
    assert (finding.tertulis, finding.seharusnya) == ("95,59", "95,54")
    assert finding.cell is not None
    assert (finding.cell.berkas_id, finding.cell.baris) == ("manual", 2)
    _, made = run([IKM], realised, [by_hand("ikm", "95,54", "95.54")])
    assert told(made, "manual_berbeda") == []


def test_hand_filled_where_nothing_is_computed() -> None:
    renstra = by_hand("ikm", "94,9", "94.9", asal="renstra")
    rows, made = run([IKM], manual=[by_hand("ikm", "95,59", "95.59"), renstra])
    assert (rows["2025", "ikm"]["realisasi"], rows["2025", "ikm"]["capaian_persen"]) == (
        Decimal("95.59"),
        100,
    )
    assert cells(made, key("ikm"), "realisasi") == [(2, "realisasi")]
    (finding,) = told(made, "isian_bertentangan")
    assert finding.cell is not None
    assert finding.cell.field == "realisasi@2025"
    assert {f.kolom for f in finding.figures} >= {"realisasi", "capaian_persen"}


def test_a_value_that_files_should_give_but_cannot_is_not_filled_in_by_hand() -> None:
    silent = computed("persen_desa_mandiri", None, alasan="1 desa tidak ada dalam berkas: PANGGUNG")
    rows, _ = run([DESA], [silent], [by_hand("persen_desa_mandiri", "80", "80")])
    row = rows["2025", "persen_desa_mandiri"]
    assert (row["realisasi"], row["capaian_persen"]) == (None, None)
    assert row["alasan"] == "1 desa tidak ada dalam berkas: PANGGUNG"


def test_caps_and_inverse_formulas_are_choices() -> None:
    down = target("manual:keluhan", "10", "10", arah="turun")
    manual = [by_hand("manual:keluhan", "8", "8")]
    rows, _ = run([down], manual=manual)
    assert rows["2025", "manual:keluhan"]["capaian_persen"] == 120
    rows, made = run(
        [down], manual=manual, files={PELAIHARI: {"capaian_terbalik": "T/R", "batas_capaian": "100"}}
    )
    assert rows["2025", "manual:keluhan"]["capaian_persen"] == 100
    choices = [
        s.source for s in steps(made, key("manual:keluhan"), "capaian_persen") if isinstance(s.source, Choice)
    ]
    assert choices == [Choice("capaian_terbalik", "T/R"), Choice("batas_capaian", "100")]


def test_another_inverse_formula_that_changes_the_category_is_told() -> None:
    down = target("manual:keluhan", "10", "10", arah="turun")
    rows, _ = run([down], manual=[by_hand("manual:keluhan", "15", "15")])
    row = rows["2025", "manual:keluhan"]
    assert (row["capaian_persen"], row["kategori"]) == (50, "Sangat Rendah")
    assert row["peka"] == "capaian_terbalik=T/R: 15,00 -> capaian 66,67, kategori Sedang"


def test_a_zero_target_gives_no_achievement() -> None:
    rows, _ = run([target("ikm", "0", "0")], [computed("ikm", Decimal(90))])
    assert rows["2025", "ikm"]["capaian_persen"] is None
    assert "target 0" in rows["2025", "ikm"]["alasan"]


def test_absorption_is_no_share_of_things() -> None:
    spent = computed("serapan", Decimal("91.090272"), Decimal("11200768358"), Decimal("12296340286.46"))
    rows, made = run([target("serapan", "95", "95")], [spent])
    assert rows["2025", "serapan"]["target_hitung"] == 95
    assert made.findings == []


def test_no_target_no_row_and_empty_tables_are_fine() -> None:
    rows, _ = run([], [computed("ikm", Decimal(90))], [by_hand("ikm", "90", "90")])
    assert rows == {}
