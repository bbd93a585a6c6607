from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quality.across import connection, judge_across, offenders
from quality.finding import Finding
from quality.judge import RuleBroken
from quality.rule import RuleBook
from tests.rules.planted import planted
from tests.unit.quality.rows import one, rule, tables
from warehouse.trail import Figure

LINTAS = [r.id for r in RuleBook.load().of("lintas")]
EXAMPLES = planted()


def _lra(
    kode: str, pagu: Any, realisasi: Any, persen: Any = None, uraian: str | None = None
) -> dict[str, Any]:
    level = ("akun", "kelompok", "jenis", "objek")[kode.count(".")]
    return {
        "kode": kode,
        "tingkat": "jumlah" if kode.startswith("JUMLAH:") else level,
        "uraian": uraian or f"Belanja {kode}",
        "pagu": pagu,
        "realisasi": realisasi,
        "persen_tercetak": persen,
    }


def program(
    kode: str, pagu: Any, realisasi: Any, persen: Any = None, induk: str | None = "TOTAL"
) -> dict[str, Any]:
    level = {"TOTAL": "total"}.get(
        kode, ("program", "kegiatan", "sub_kegiatan")[max(0, kode.count(".") - 2) // 2]
    )
    return {
        "kode": kode,
        "kode_induk": None if kode == "TOTAL" else induk,
        "tingkat": level,
        "uraian": f"Program {kode}",
        "pagu": pagu,
        "realisasi": realisasi,
        "persen_tercetak": persen,
    }


def dpa(kode: str, pagu: Any, tahap: str = "perubahan", pohon: str = "rekening") -> dict[str, Any]:
    level = "total" if kode == "TOTAL" else f"{pohon}{kode.count('.')}"
    return {"kode": kode, "tahap": tahap, "pohon": pohon, "tingkat": level, "pagu": pagu, "uraian": kode}


def target(dokumen: str, nilai: str, **more: Any) -> dict[str, Any]:
    return {"dokumen": dokumen, "kode_indikator": "ikm", "indikator": "IKM", "target": nilai, **more}


def desa(metode: str = "INDEKS_DESA", **more: Any) -> dict[str, Any]:
    return {
        "metode": metode,
        "kode_unit": "630103",
        "desa": "PANGGUNG",
        "status": "MAJU",
        "skor": "74.33",
        **more,
    }


def peer(**more: Any) -> dict[str, Any]:
    return {
        "kode_indikator": "persen_desa_mandiri",
        "indikator": "Persentase Desa Mandiri",
        "nama": "Kelumpang Tengah",
        "lingkup": "kutipan:630103",
        "kode_pembanding": "630209",
        "tahun_tertulis": False,
        **more,
    }


def computed(periode: str, nilai: str, k: str | None = None, n: str | None = None) -> dict[str, Any]:
    return {
        "kode_unit": "630209",
        "periode": periode,
        "kode_indikator": "persen_desa_mandiri",
        "realisasi": nilai,
        "pembilang": k,
        "penyebut": n,
    }


SURVEY = {"kode_unit": "630103", "periode": "2025-TW1"}


def found(rule_id: str, given: Mapping[str, Any]) -> list[Finding]:
    return judge_across(tables(**given), one(rule_id)).findings


@pytest.mark.parametrize("rule_id", LINTAS)
def test_a_select_runs_on_no_rows_and_reads_only_the_tables_it_names(rule_id: str) -> None:
    asked = rule(rule_id)
    with connection({}, asked.tabel) as con:
        assert offenders(con, asked).num_rows == 0


# --- amounts -----------------------------------------------------------------------------------------


def test_an_account_withholds_itself_and_its_ancestors() -> None:
    (offence,) = found(
        "jumlah_rekening",
        {
            "clean_realisasi_rekening": [
                _lra("5", "9", "100"),
                _lra("5.1", "9", "100"),
                _lra("5.1.02", "9", "100"),
                _lra("5.1.02.01", "9", "40"),
            ]
        },
    )
    # December is the fourth quarter and the year: both are withheld.
    assert [(f.kunci.split(";")[1], f.kunci.rpartition("=")[2]) for f in offence.figures] == [
        (f"periode={periode}", kode) for kode in ("5", "5.1", "5.1.02") for periode in ("2025", "2025-TW4")
    ]
    assert {f.kolom for f in offence.figures} == {"realisasi"}
    assert [c.baris for c in offence.related] == [8]


def test_a_quarter_with_a_sheet_of_its_own_is_not_withheld_with_the_year() -> None:
    year = [_lra("5", "9", "100"), _lra("5.1", "9", "40")]
    quarter = [{**r, "periode": "2025-TW4", "realisasi": "100"} for r in year]
    (offence,) = found("jumlah_rekening", {"clean_realisasi_rekening": [*year, *quarter]})
    assert {f.kunci.split(";")[1] for f in offence.figures} == {"periode=2025"}


def test_a_misprinted_subtotal_is_one_cause_and_holds_nothing_back() -> None:
    rows = [
        _lra("5", "9", "100"),
        _lra("5.1", "9", "60"),
        _lra("5.1.01", "9", "20"),
        _lra("5.1.02", "9", "46"),  # misprint of 40
        _lra("5.1.02.01", "9", "30"),
        _lra("5.1.02.02", "9", "10"),
        _lra("5.2", "9", "40"),
    ]
    told = [
        (f.isi["kode"], f.tertulis, f.seharusnya, f.akibat)
        for f in found("jumlah_rekening", {"clean_realisasi_rekening": rows})
        if f.isi["kolom"] == "realisasi"
    ]
    assert told == [("5.1.02", "46", "40", "ingat")]


def test_a_total_that_repeats_the_right_sum_is_no_second_cause() -> None:
    rows = [
        _lra("5", "9", "105"),  # misprint of 100
        _lra("5.1", "9", "60"),
        _lra("5.2", "9", "40"),
        {**_lra("JUMLAH:jumlah-belanja", "9", "100"), "uraian": "JUMLAH BELANJA", "tingkat": "jumlah"},
    ]
    told = [
        (f.isi["kode"], f.akibat)
        for f in found("jumlah_rekening", {"clean_realisasi_rekening": rows})
        if f.isi["kolom"] == "realisasi"
    ]
    assert told == [("5", "ingat")]


def test_a_kegiatan_of_a_programme_table_withholds_the_programme_above_it() -> None:
    rows = [
        program("7.01.06", "30", "10"),
        program("7.01.06.2.01", "30", "10", induk="7.01.06"),
        program("7.01.06.2.01.0001", "12", "10", induk="7.01.06.2.01"),
    ]
    (offence,) = found("jumlah_program", {"clean_realisasi_program": rows})
    named = {f.kunci.rpartition("=")[2] for f in offence.figures}
    assert {"7.01.06", "7.01.06.2.01"} <= named and "7.01.06.2.01.0001" not in named


def test_the_total_from_the_lra_is_not_withheld_by_a_programme() -> None:
    given = {
        "clean_realisasi_program": [program("7.01.06", "30", "10"), program("TOTAL", "30", "10")],
        "clean_dpa": [dpa("7.01.06", "33", pohon="program")],
        "clean_realisasi_rekening": [_lra("5", "30", "10")],
    }
    (offence,) = found("program_sama_dpa", given)
    named = {f.kunci.rpartition("=")[2] for f in offence.figures}
    assert "7.01.06" in named and "TOTAL" not in named


def test_a_subtotal_that_its_own_total_disproves_is_only_told() -> None:
    rows = [
        _lra("5", "9", "70"),
        _lra("5.1", "9", "60"),
        _lra("5.1.01", "9", "30"),
        _lra("5.1.02", "9", "20"),
        _lra("5.2", "0", "20"),
    ]
    both = found("jumlah_rekening", {"clean_realisasi_rekening": rows})
    by_row = {f.cell.baris: f.akibat for f in both if f.cell and f.cell.field == "realisasi"}
    # 5.1 is printed as 60; its children give 50, and only with 50 does 5 add up to 70.
    assert by_row[6] == "ingat"


def test_a_printed_total_repeats_its_account_whatever_its_name() -> None:
    rows = [
        _lra("5", "10", "8"),
        _lra("5.1", "10", "8", uraian="BELANJA OPERASI"),
        _lra("JUMLAH:jumlah-belanja-operasi", "10", "9", uraian="JUMLAH BELANJA OPERASI"),
        _lra("JUMLAH:jumlah-belanja", "10.5", "8", uraian="JUMLAH BELANJA"),
        _lra("JUMLAH:surplus", "-10", "-8", uraian="SURPLUS/DEFISIT"),
    ]
    offences = found("jumlah_rekening", {"clean_realisasi_rekening": rows})
    assert [(f.cell.baris, f.cell.field, f.seharusnya, f.akibat) for f in offences if f.cell] == [
        (7, "realisasi", "8", "ingat")
    ]


def test_missing_levels_are_bridged() -> None:
    rows = [_lra("5", "10", "8"), _lra("5.1.02.01", "6", "5"), _lra("5.1.02.02", "4", "3")]
    assert found("jumlah_rekening", {"clean_realisasi_rekening": rows}) == []


def test_last_year_s_column_is_only_told() -> None:
    rows = [
        _lra("5", "1", "1") | {"realisasi_tahun_lalu": "50"},
        _lra("5.1", "1", "1") | {"realisasi_tahun_lalu": "5"},
    ]
    (offence,) = found("jumlah_rekening", {"clean_realisasi_rekening": rows})
    assert (offence.akibat, offence.cell and offence.cell.field) == ("ingat", "realisasi_tahun_lalu")


@pytest.mark.parametrize(
    ("total", "parts", "caught"),
    [
        (
            "12296340286.46",
            ("11106754896", "13914093", "30443720", "9311556", "1088675687", "47240335"),
            False,
        ),
        (
            "12296340286.46",
            ("11106754896", "13914093", "30443720", "9311556", "1088675687", "47240345"),
            True,
        ),
        ("30.30", ("10.10", "20.20"), False),
        ("30.32", ("10.10", "20.20"), False),  # two addends, a cent each
        ("30.33", ("10.10", "20.20"), True),
        ("32", ("10", "20"), False),  # whole rupiah: a rupiah each
        ("33", ("10", "20"), True),
    ],
)
def test_amounts_are_compared_at_the_printed_unit_times_the_addends(
    total: str, parts: tuple[str, ...], caught: bool
) -> None:
    rows = [program(f"7.01.0{n}", p, None) for n, p in enumerate(parts, 1)]
    given = {"clean_realisasi_program": [*rows, program("TOTAL", total, None)]}
    assert bool(found("jumlah_program", given)) is caught


def test_the_programmes_of_pelaihari() -> None:
    # T3.11 as printed: the Trantib budget is 20.000 too high, the realisations 15.900.000.
    printed = {
        "7.01.01": ("11106754895.77", "10046334055"),
        "7.01.02": ("13914093", "12470000"),
        "7.01.03": ("30443720", "29827000"),
        "7.01.04": ("9331555.88", "8756868"),
        "7.01.05": ("1088675686.81", "1072231800"),
        "7.01.06": ("47240335", "47048635"),
        "TOTAL": ("12296340286.46", "11200768358"),
    }
    given = {
        "clean_realisasi_program": [program(k, *v) for k, v in printed.items()],
        "clean_realisasi_rekening": [_lra("5", "12296340286.46", "11200768358")],
    }
    sums = found("jumlah_program", given)
    assert [(f.isi["kolom"], f.tertulis, f.seharusnya, f.selisih, f.akibat) for f in sums] == [
        ("pagu", "12.296.340.286,46", "12.296.360.286,46", "-20.000", "ingat"),
        ("realisasi", "11.200.768.358", "11.216.668.358", "-15.900.000", "ingat"),
    ]
    both = found("program_sama_lra", given)
    assert [(f.tertulis, f.seharusnya, f.selisih) for f in both] == [
        ("12.296.360.286,46", "12.296.340.286,46", "20.000"),
        ("11.216.668.358", "11.200.768.358", "15.900.000"),
    ]
    assert both[1].figures == tuple(
        Figure("serapan_program", f"kode_unit=630103;periode={periode};kode=TOTAL", "realisasi")
        for periode in ("2025", "2025-TW4")
    )
    # It points at all programmes, but nothing tells which of them is wrong.
    assert both[1].cell and (both[1].cell.baris, both[1].cell.sampai_baris) == (5, 10)
    assert not both[1].holds_cell


def test_sub_kegiatan_without_printed_parents_add_up_to_the_total() -> None:
    rows = [
        program("7.01.06.2.01.0001", "9450000", "9450000", induk="7.01.06.2.01"),
        program("7.01.06.2.01.0002", "15437100", "15317100", induk="7.01.06.2.01"),
        program("nama:rapat", "1", "1", induk="7.01.06"),
        program("TOTAL", "24887110", "24767101"),
    ]
    offences = found("jumlah_program", {"clean_realisasi_program": rows})
    assert [(f.isi["kolom"], f.seharusnya) for f in offences] == [("pagu", "24.887.101")]


def test_a_programme_is_the_sum_of_its_kegiatan() -> None:
    rows = [
        program("7.01.06", "30", "10"),
        program("7.01.06.2.01", "10", "5", induk="7.01.06"),
        program("7.01.06.2.02", "10", "5", induk="7.01.06"),
        program("7.01.05", "5", "5"),
        program("TOTAL", "35", "15"),
    ]
    (offence,) = found("jumlah_program", {"clean_realisasi_program": rows})
    assert offence.cell and (offence.cell.baris, offence.seharusnya) == (5, "20")
    # TOTAL is not named: it goes with its parts, or comes from the LRA.
    named = {f.kunci.rpartition("=")[2] for f in offence.figures}
    assert "7.01.06" in named and not named & {"TOTAL", "7.01.05", "7.01.06.2.01"}


def test_a_quarter_may_stand_on_either_stage_of_the_budget() -> None:
    given = {
        "clean_realisasi_rekening": [
            _lra("5.1", p, "1") | {"periode": f"2025-TW{q}"} for q, p in ((1, "100"), (4, "120"), (3, "110"))
        ],
        "clean_dpa": [dpa("5.1", "100", "murni"), dpa("5.1", "120")],
    }
    (offence,) = found("lra_sama_dpa", given)
    assert (offence.periode, offence.tertulis, offence.seharusnya) == ("2025-TW3", "110", "120")


def test_against_the_first_stage_alone_a_difference_is_told_once() -> None:
    given = {
        "clean_realisasi_program": [
            program("7.01.01", "3", "1"),
            program("7.01.02", "5", "1"),
            program("TOTAL", "8", "2"),
        ],
        "clean_dpa": [
            dpa(k, p, "murni", "program") for k, p in (("7.01.01", "30"), ("7.01.02", "20"), ("TOTAL", "50"))
        ],
    }
    (offence,) = found("program_sama_dpa", given)
    assert (offence.akibat, offence.jumlah, offence.tertulis) == ("ingat", 3, "8")


def test_rows_without_a_code_are_parts_of_a_flat_list_only() -> None:
    flat = [
        dpa("7.01.01.2.01.0001", "10", pohon="program"),
        dpa("nama:rapat", "5", pohon="program"),
        dpa("TOTAL", "15", pohon="program"),
    ]
    for row in flat[:2]:
        row["tingkat"] = "sub_kegiatan"
    assert found("jumlah_dpa", {"clean_dpa": flat}) == []
    flat[2]["pagu"] = "10"
    assert [f.seharusnya for f in found("jumlah_dpa", {"clean_dpa": flat})] == ["15"]
    deep = [
        *flat[1:2],
        dpa("7.01.01", "20", pohon="program"),
        dpa("7.01.01.2.01", "15", pohon="program"),
        dpa("TOTAL", "20", pohon="program"),
    ]
    # 7.01.01 lacks 5, which the row without a code may be; 21 nothing could explain.
    assert found("jumlah_dpa", {"clean_dpa": deep}) == []
    deep[1]["pagu"] = deep[3]["pagu"] = "21"
    assert [f.tertulis for f in found("jumlah_dpa", {"clean_dpa": deep})] == ["21"]


def test_a_whole_column_of_percentages_may_be_cut_or_rounded() -> None:
    # 99,6766 printed as 99,67 (cut) and as 99,68 (rounded); 99,69 is neither.
    rows = [_lra(f"5.{n}", "10000", "9967.66", p) for n, p in enumerate(("99.67", "99.68", "99.69"), 1)]
    offences = found("persen_rekening", {"clean_realisasi_rekening": rows})
    assert [f.cell.baris for f in offences if f.cell] == [7]


def test_a_percentage_of_nothing_is_zero_or_absent() -> None:
    rows = [
        _lra("5.1", "0", "0", "0"),
        _lra("5.2", "0", "0", "100"),
        _lra("5.3", "0", "0", None),
        _lra("JUMLAH:x", "-12296340286.46", "-11200768358", "91.09"),
    ]
    (offence,) = found("persen_rekening", {"clean_realisasi_rekening": rows})
    assert (offence.tertulis, offence.seharusnya) == ("100", None)


def test_a_mean_of_percentages_and_a_ratio_turned_round_are_told_as_such() -> None:
    rows = [
        program("7.01.01", "100", "50", "50"),
        program("7.01.02", "900", "810", "90"),
        program("TOTAL", "1000", "860", "70"),  # (50 + 90) / 2; the ratio of sums is 86
    ]
    (mean,) = found("persen_program", {"clean_realisasi_program": rows})
    assert mean.seharusnya == "86" and "rata-rata dari 2 persentase" in mean.isi["bukti"]
    (turned,) = found("persen_rekening", {"clean_realisasi_rekening": [_lra("5.1", "100", "80", "125")]})
    assert "terbalik" in turned.isi["bukti"] and "turned round" in turned.isi["bukti_en"]


def test_percentages_of_large_amounts_are_exact() -> None:
    rows = [_lra("5.1", "9999999999999998.99", "9999999999999998.98", "100")]
    assert found("persen_rekening", {"clean_realisasi_rekening": rows}) == []


# --- other rules -------------------------------------------------------------------------------------


def test_the_target_in_force_is_compared_and_whole_numbers_exactly() -> None:
    rows = [target("PK", "86"), target("PK-P", "86.4"), target("RENSTRA", "86", target_teks="86")]
    (offence,) = found("pk_sama_renstra", {"clean_target": rows})
    assert (offence.isi["dokumen"], offence.tertulis, offence.seharusnya) == ("PK-P", "86,4", "86")


def test_idm_scores_agree_within_a_ten_thousandth() -> None:
    given = {
        "clean_idm": [{"kode_desa": f"630103200{n}"} for n in (1, 2)],
        "status_desa": [
            desa("IDM", kode_desa="6301032001", tahun=2025, skor="0.70750000", skor_tercetak="0.7076"),
            desa("IDM", kode_desa="6301032002", tahun=2025, skor="0.70750000", skor_tercetak="0.7077"),
        ],
    }
    (offence,) = found("skor_desa_berbeda", given)
    assert offence.cell and (offence.cell.baris, offence.cell.field) == (6, "nilai")


def test_a_withheld_bumdes_leaves_the_rest_of_its_kecamatan_alone() -> None:
    (offence,) = found("kelas_bumdes_berbeda", EXAMPLES["kelas_bumdes_berbeda"].langgar)
    assert offence.figures == (Figure("bumdes", "bumdes_id=a;tahun=2025", "."),)
    assert not offence.holds_cell


def test_an_index_made_of_printed_means_may_differ_by_their_rounding() -> None:
    given = {
        "clean_skm_ringkasan": [
            {**SURVEY, "ukuran": "IKM", "nilai": "88.61"},
            {**SURVEY, "ukuran": "U1", "nilai": "3.5"},
        ],
        "ikm": [{**SURVEY, "ikm": "89.80", "metode": "ringkasan"}],
    }
    assert found("ikm_tercetak_berbeda", given) == []
    given["clean_skm_ringkasan"][1]["nilai"] = "3.512"
    assert [f.tertulis for f in found("ikm_tercetak_berbeda", given)] == ["88,61"]


def test_a_yearly_mean_of_means_is_no_mean_of_answers() -> None:
    year = {"kode_unit": "630103", "periode": "2025"}
    rows = [
        {**year, "ukuran": "U1", "nilai": "3.822"},
        {**year, "ukuran": "N", "nilai": "498"},
        {**SURVEY, "ukuran": "U1", "nilai": "3.973"},
    ]
    assert found("nrr_tidak_mungkin", {"clean_skm_ringkasan": rows}) == []
    assert len(found("nrr_tidak_mungkin", {"clean_skm_ringkasan": rows[:2]})) == 1


def test_a_citation_without_a_year_is_held_to_the_latest_export() -> None:
    exports = [computed("2023", "15.38"), computed("2024", "0"), computed("2026", "15.38")]
    given = {"clean_pembanding": [peer(nilai="15.38")], "realisasi_iku": exports}
    assert [f.isi["tahun_ekspor"] for f in found("kutipan_berbeda_dari_ekspor", given)] == ["2024"]
    given["clean_pembanding"] = [peer(nilai="15.38", tahun=2023, tahun_tertulis=True)]
    assert found("kutipan_berbeda_dari_ekspor", given) == []


def test_an_indicator_that_should_fall_may_be_target_over_realisation() -> None:
    given = EXAMPLES["persen_terbalik"].langgar | {
        "clean_target": [target("PK", "86", arah="turun") | {"kode_indikator": "persen_desa_mandiri"}]
    }
    assert found("persen_terbalik", given) == []


def test_a_printed_percentage_is_quoted_with_the_decimals_of_its_column() -> None:
    rows = [
        peer(target="86", nilai="88.75", capaian_tercetak="96.90", kode_pembanding="630609"),
        peer(target="88", nilai="89.49", capaian_tercetak="98.34", kode_pembanding="630601"),
    ]
    told = found("persen_terbalik", {"clean_pembanding": rows})
    assert sorted(f.tertulis or "" for f in told) == ["96,90%", "98,34%"]


def test_an_inverted_percentage_is_told_once() -> None:
    assert found("capaian_tercetak_berbeda", EXAMPLES["persen_terbalik"].langgar) == []
    minutes = {"clean_pembanding": [peer(target="0.222222222222", nilai="1", capaian_tercetak="23.50")]}
    (plain,) = found("capaian_tercetak_berbeda", minutes)
    assert "60" not in plain.isi["bukti"]
    assert found("persen_terbalik", minutes) == []


def test_an_output_over_its_result_is_proven_turned_round() -> None:
    row = {"kode": "7.01.01", "indikator": "Laporan", "target": "12", "realisasi": "11"}
    (told,) = found(
        "capaian_tercetak_berbeda", {"clean_kinerja_program": [row | {"capaian_tercetak": "109.09"}]}
    )
    assert told.isi["bukti"] == "12 : 11 × 100 = 109,09%"


@pytest.mark.parametrize(
    ("target", "nilai", "printed", "proof"),
    [
        ("04:18", "18:18", "23.50", "(4×60+18) : (18×60+18) = 258 : 1098 = 23,5%"),
        ("08:11", "10:11", "80.36", "(8×60+11) : (10×60+11) = 491 : 611 = 80,36%"),
        ("11.14", "14.14", "78.92", "(11×60+14) : (14×60+14) = 674 : 854 = 78,92%"),
        ("14:16", "15:16", "93.45", "(14×60+16) : (15×60+16) = 856 : 916 = 93,45%"),
    ],
)
def test_a_percentage_of_two_times_of_day_is_shown_in_minutes(target, nilai, printed, proof) -> None:
    a, b = (int(x[:2]) / int(x[3:]) for x in (target, nilai))
    row = peer(
        target=f"{a:.6f}", nilai=f"{b:.6f}", capaian_tercetak=printed, target_teks=target, nilai_teks=nilai
    )
    (told,) = found("capaian_tercetak_berbeda", {"clean_pembanding": [row]})
    assert told.isi["bukti"] == proof


# --- one fact in several places -----------------------------------------------------------------------


def test_the_two_trees_of_a_dpa_and_the_agreement_have_one_total() -> None:
    given = {
        "clean_dpa": [
            dpa("TOTAL", "100", pohon="program"),
            dpa("5", "110"),
        ],
        "clean_pk_anggaran": [{"dokumen": "PK", "kode": "TOTAL", "tingkat": "total", "pagu": "90"}],
        "clean_realisasi_rekening": [_lra("5", "110", "1")],
    }
    (trees,) = found("fakta_berbeda", given)
    assert (trees.isi["tempat"], trees.isi["tempat_lain"]) == ("pohon program DPA", "rekening 5 DPA")
    # Where no programmes stand anywhere else the agreement's total is held to the LRA.
    given["clean_dpa"].pop(0)
    (total,) = found("fakta_berbeda", given)
    assert (total.tertulis, total.seharusnya, total.selisih) == ("90", "110", "-20")


def test_a_printed_number_of_respondents_is_the_rows_or_those_used() -> None:
    rows = [{**SURVEY, "u1": 4} for _ in range(3)]
    given = {
        "clean_skm_jawaban": rows,
        "clean_skm_ringkasan": [{**SURVEY, "ukuran": "N", "nilai": "2"}],
        "ikm": [{**SURVEY, "ikm": "90", "n_responden": 2, "metode": "langsung"}],
    }
    assert found("fakta_berbeda", given) == []
    given["ikm"][0]["n_responden"] = 3
    assert [(f.tertulis, f.seharusnya) for f in found("fakta_berbeda", given)] == [("2", "3")]


def test_a_year_of_services_is_its_quarters() -> None:
    rows = [
        {"periode": f"2025-TW{n}", "layanan": "KTP", "kode_layanan": "ktp", "jumlah": 10}
        for n in (1, 2, 3, 4)
    ]
    year = {"periode": "2025", "layanan": "KTP", "kode_layanan": "ktp", "jumlah": 41}
    (offence,) = found("fakta_berbeda", {"clean_layanan": [*rows, year]})
    assert (offence.tertulis, offence.seharusnya) == ("41", "40")
    assert found("fakta_berbeda", {"clean_layanan": [*rows[:3], year]}) == []


# --- completeness --------------------------------------------------------------------------------------


def test_a_quarter_missing_between_quarters_is_told_and_one_at_the_end_is_not() -> None:
    answers = [{"periode": f"2025-TW{n}", "ukuran": "IKM", "nilai": "90"} for n in (1, 3)]
    told = found("berkas_belum_ada", {"clean_skm_ringkasan": answers})
    assert [f.periode for f in told] == ["2025", "2025-TW2"]
    assert told[1].cell is None and "survei kepuasan" in told[1].isi["daftar"]


def test_a_year_before_the_first_result_is_not_owed() -> None:
    given = {
        "clean_target": [target("PK", "86", tahun=2024, periode="2024"), target("PK", "87")],
        "clean_realisasi_rekening": [_lra("5", "9", "9")],
    }
    (year,) = found("berkas_belum_ada", given)
    assert year.periode == "2025" and "pagu DPA" in year.isi["daftar"]
    assert "Perjanjian Kinerja" not in year.isi["daftar"] and "survei" in year.isi["daftar"]


# --- villages and citations ----------------------------------------------------------------------------


def test_the_median_of_a_kecamatan_that_moves_as_one_is_no_jump() -> None:
    rows = []
    for n in range(1, 7):
        code = f"630103200{n}"
        rows += [
            desa("IDM", kode_desa=code, tahun=2023, skor="0.50"),
            desa("IDM", kode_desa=code, tahun=2024, skor="0.75"),
        ]
    given = {
        "status_desa": rows,
        "clean_idm": [{"kode_desa": f"630103200{n}", "tahun": 2024} for n in range(1, 7)],
    }
    assert found("skor_desa_melompat", given) == []


def test_a_share_may_count_the_kelurahan_too() -> None:
    row = {"kode_indikator": "persen_desa_mandiri", "indikator": "x", "asal": "manual", "realisasi": "45"}
    export = [computed("2025", "60", "9", "15") | {"kode_unit": "630103"}]
    given = {"clean_realisasi_manual": [row], "realisasi_iku": export, "clean_idm": [{"desa": "PANGGUNG"}]}
    assert found("realisasi_bukan_k_per_n", given) == []  # 9 of 20 with the five kelurahan
    given["clean_realisasi_manual"] = [row | {"realisasi": "44"}]
    assert [f.isi["n"] for f in found("realisasi_bukan_k_per_n", given)] == ["15"]


# --- the machinery -----------------------------------------------------------------------------------


def test_a_kept_rule_has_a_verdict_too() -> None:
    judged = judge_across(tables(**EXAMPLES["jumlah_pk"].wajar), one("jumlah_pk"))
    assert [(v.aturan, v.tabel, v.dinilai, v.pelanggar) for v in judged.verdicts] == [
        ("jumlah_pk", "clean_pk_anggaran", 3, 0)
    ]
    assert [v.dinilai for v in judge_across({}, one("jumlah_pk")).verdicts] == [0]


def test_a_select_that_cannot_run_is_no_verdict(tmp_path: Path) -> None:
    sql = tmp_path / "rusak.sql"
    sql.write_text("SELECT tiada FROM clean_pk_anggaran", encoding="utf-8")
    broken = replace(rule("jumlah_pk"), berkas_sql=sql)
    with pytest.raises(RuleBroken, match=r"jumlah_pk.*proves nothing"):
        judge_across(tables(clean_pk_anggaran=[{}]), RuleBook([broken]))


def test_a_select_must_return_the_address_and_what_its_sentences_say(tmp_path: Path) -> None:
    sql = tmp_path / "kurang.sql"
    sql.write_text("SELECT kode_unit, '2025' AS periode FROM clean_pk_anggaran", encoding="utf-8")
    with pytest.raises(RuleBroken, match=r"returns no column .*baris.*dokumen"):
        judge_across(tables(clean_pk_anggaran=[{}]), RuleBook([replace(rule("jumlah_pk"), berkas_sql=sql)]))


def test_a_select_reaches_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "rahasia.csv").write_text("a\n1\n", encoding="utf-8")
    sql = tmp_path / "luar.sql"
    sql.write_text(f"SELECT * FROM read_csv('{tmp_path}/rahasia.csv')", encoding="utf-8")
    with pytest.raises(RuleBroken):
        judge_across(tables(clean_pk_anggaran=[{}]), RuleBook([replace(rule("jumlah_pk"), berkas_sql=sql)]))


def test_a_rule_out_of_force_tells_nothing() -> None:
    import datetime as dt

    bad = EXAMPLES["jumlah_pk"].langgar
    old = RuleBook([replace(rule("jumlah_pk"), sampai=dt.date(2024, 12, 31))])
    assert judge_across(tables(**bad), old).findings == []


def test_a_sentence_names_the_indicator_not_the_title_of_its_sheet() -> None:
    title = "RASIO DESA MAJU TERHADAP JUMLAH DESA | KECAMATAN KALUMPANG"
    known = peer(target="86", nilai="88.75", capaian_tercetak="96.90", indikator=title) | {
        "kode_indikator": "rasio_desa_maju"
    }
    (offence,) = found("persen_terbalik", {"clean_pembanding": [known]})
    assert offence.isi["indikator"] == "Rasio Desa Maju terhadap Jumlah Desa"
    unknown = known | {"kode_indikator": "manual:lain", "indikator": "Indikator lain"}
    (offence,) = found("persen_terbalik", {"clean_pembanding": [unknown]})
    assert offence.isi["indikator"] == "Indikator lain"


def test_a_score_is_told_with_the_decimals_of_its_index() -> None:
    village = {"kode_desa": "6301032006", "tahun": 2025, "desa": "BUMI JAYA"}
    given = {
        "status_desa": [
            village
            | {
                "metode": "INDEKS_DESA",
                "skor": "74.330708661417",
                "status": "MAJU",
                "status_tercetak": "MANDIRI",
            }
        ],
        "clean_indeks_desa": [village],
    }
    (offence,) = found("status_desa_berbeda", given)
    assert offence.isi["skor"] == "74,33"


def test_a_total_that_the_agreement_disproves_is_only_told() -> None:
    given = {
        "clean_realisasi_program": [
            program("7.01.05", "10", "5"),
            program("7.01.06", "30", "10"),
            program("TOTAL", "49", "15"),  # misprint of 40
        ],
        "clean_pk_anggaran": [
            {"kode": kode, "tahun": 2025, "dokumen": dokumen, "pagu": pagu, "tingkat": "program"}
            for kode, dokumen, pagu in (
                ("7.01.05", "PK", "9"),
                ("7.01.05", "PK-P", "10"),
                ("7.01.06", "PK-P", "30"),
            )
        ],
    }
    assert [(f.isi["kolom"], f.akibat) for f in found("jumlah_program", given)] == [("pagu", "ingat")]
    given["clean_pk_anggaran"].pop()
    assert [(f.isi["kolom"], f.akibat) for f in found("jumlah_program", given)] == [("pagu", "tahan")]


@pytest.mark.parametrize("rule_id", ["jumlah_rekening", "jumlah_program"])
def test_a_sum_over_an_unknown_addend_is_not_judged(rule_id: str) -> None:
    if rule_id == "jumlah_rekening":
        name, rows = (
            "clean_realisasi_rekening",
            [_lra("5", "9", "100"), _lra("5.1", "9", "60"), _lra("5.2", "0", None)],
        )
    else:
        name = "clean_realisasi_program"
        rows = [program("TOTAL", "9", "100"), program("7.01.05", "9", "60"), program("7.01.06", "0", None)]
    assert found(rule_id, {name: rows}) == []


def test_an_account_printed_blank_over_its_details_leaves_them_to_the_account_above() -> None:
    rows = [
        _lra("5", "9", "100"),
        _lra("5.1", "9", None),
        _lra("5.1.01", "9", "60"),
        _lra("5.2", "0", "50"),
    ]
    (offence,) = [
        f
        for f in found("jumlah_rekening", {"clean_realisasi_rekening": rows})
        if f.isi["kolom"] == "realisasi"
    ]
    assert (offence.isi["kode"], offence.seharusnya) == ("5", "110")


def test_a_citation_that_another_permitted_choice_gives_is_no_contradiction() -> None:
    given = {
        "clean_pembanding": [peer(nilai="60")],
        "realisasi_iku": [computed("2024", "80") | {"peka": "penyebut_desa=desa_kelurahan: 60,00"}],
    }
    assert found("kutipan_berbeda_dari_ekspor", given) == []
    given["realisasi_iku"] = [computed("2024", "80") | {"peka": "penyebut_desa=desa_kelurahan: 61,00"}]
    assert len(found("kutipan_berbeda_dari_ekspor", given)) == 1
