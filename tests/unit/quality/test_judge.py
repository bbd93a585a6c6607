from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from quality.judge import Judged, RuleBroken, Verdict, judge
from quality.rule import RuleBook, columns_named
from tests.unit.quality.rows import RULES, one, read, rule, table

# For each rule: a value that keeps it, one that breaks it, and the row around them.
CASES: dict[str, tuple[Any, Any, Mapping[str, Any]]] = {
    "kode_unit_enam_angka": ("630103", "63.01.03", {}),
    "periode_berbentuk": ("2025-TW1", "TW1 2025", {}),
    "tahun_wajar": (2025, 25, {}),
    "tahun_lhe_wajar": (2024, 202, {}),
    "kode_desa_sepuluh_angka": ("6301032001", "6301034001", {}),
    "idm_indeks_nol_sampai_satu": ("1.000000000000", "1.000000000001", {}),
    "idm_status_dikenal": ("MAJU", "LUMAYAN", {}),
    "indeks_desa_layanan_dasar_skala": ("170", "171", {}),
    "indeks_desa_sosial_skala": ("85", "86", {}),
    "indeks_desa_ekonomi_skala": ("160", "161", {}),
    "indeks_desa_lingkungan_skala": ("90", "-1", {}),
    "indeks_desa_aksesibilitas_skala": ("50", "51", {}),
    "indeks_desa_tata_kelola_skala": ("80", "81", {}),
    "indeks_desa_skor_skala": ("100", "100.01", {}),
    "indeks_desa_status_dikenal": ("SANGAT TERTINGGAL", "MADYA", {}),
    "skm_jawaban_skala": (4, 5, {}),
    "skm_nrr_skala": ("3.98", "4.98", {"ukuran": "U4"}),
    "skm_ikm_skala": ("97.48", "3.9", {"ukuran": "IKM"}),
    "skm_responden_ada": ("150", "0", {"ukuran": "N"}),
    "pagu_tidak_negatif": ("0", "-0.01", {}),
    "pagu_dpa_tidak_negatif": ("0", "-1", {"tahap": "murni"}),
    "realisasi_tidak_negatif": ("0", "-0.01", {}),
    "belanja_tidak_negatif": ("0", "-1", {"kode": "5.1"}),
    "kode_rekening_berbentuk": ("5.1.02.01.01.0052", "5.1.2", {}),
    "kode_program_berbentuk": ("7.01.02.2.01.0001", "7.1.2", {}),
    "persen_tercetak_tidak_negatif": ("0", "-91.09", {}),
    "tahap_dikenal": ("perubahan", "pergeseran", {}),
    "dokumen_target_dikenal": ("PK-P", "RKT", {}),
    "arah_dikenal": ("turun", "tetap", {}),
    "satuan_target_terisi": ("%", None, {"kode_indikator": "manual:x"}),
    "target_renstra_terisi": ("80", None, {"dokumen": "RENSTRA"}),
    "target_persen_skala": ("100", "120", {"satuan": "%"}),
    "target_tidak_negatif": ("0", "-1", {}),
    "porsi_skala": ("100", "100.5", {}),
    "keluaran_tidak_negatif": ("0", "-1", {}),
    "realisasi_manual_tidak_negatif": ("0", "-1", {}),
    "realisasi_manual_berbukti": ("laporan.pdf", None, {"asal": "manual"}),
    "bumdes_nilai_skala": ("100", "100.01", {}),
    "bumdes_kelas_dikenal": ("PERINTIS", "UNGGUL", {}),
    "layanan_tidak_negatif": (0, -1, {}),
    "pembanding_tidak_negatif": ("0", "-1", {}),
    "pembanding_mutu_dikenal": ("B", "E", {}),
    "lhe_rencana_terisi": ("Rapat", None, {}),
    "lhe_status_dikenal": ("proses", "hampir", {}),
    "lhe_selesai_berbukti": ("Notulen", None, {"status": "selesai"}),
}
PAIRS = ("realisasi_lebih_pagu_rekening", "realisasi_lebih_pagu_program", "hibah_lebih_pagu")
UNIQUE = ("bumdes_satu_per_desa", "bumdes_nilai_kembar")
HARAP = [r for r in read(RULES / "baris.yaml") if r.jenis == "harap"]


PLACES = [
    (rule_id, tabel, column)
    for rule_id in CASES
    for tabel in rule(rule_id).tabel
    for column in columns_named(rule(rule_id).dengan)
]
FIRST = {place: 100 * (n + 1) for n, place in enumerate(PLACES)}


def test_every_expectation_has_a_planted_offender() -> None:
    assert {r.id for r in HARAP} == {*CASES, *PAIRS, *UNIQUE}


@pytest.fixture(scope="module")
def everything() -> Judged:
    """All rules over tables that hold, for each rule, table and column, a good, a bad and a good row."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for place in PLACES:
        rule_id, tabel, column = place
        good, bad, around = CASES[rule_id]
        rows.setdefault(tabel, []).extend(
            {**around, column: value, "baris": FIRST[place] + n} for n, value in enumerate((good, bad, good))
        )
    book = RuleBook(r for r in HARAP if r.id in CASES)
    return judge({name: table(name, *held, cara="raw") for name, held in rows.items()}, book)


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_an_expectation_catches_its_offender_and_nothing_beside_it(
    everything: Judged, place: tuple[str, str, str]
) -> None:
    rule_id, _, column = place
    planted = range(FIRST[place], FIRST[place] + 3)
    caught = [
        (f.cell.baris, f.cell.field)
        for f in everything.findings
        if f.aturan == rule_id and f.cell and f.cell.baris in planted
        and f.cell.field.partition("@")[0].startswith(column)
    ]  # fmt: skip
    assert [row for row, _ in caught] == [FIRST[place] + 1]


@pytest.mark.parametrize("rule_id", PAIRS)
def test_spending_beyond_the_budget_is_caught_at_the_spending(rule_id: str) -> None:
    (tabel,) = rule(rule_id).tabel
    kode = {} if tabel == "clean_hibah" else {"kode": "5.1"}
    rows = [
        {"pagu": "10.02", "realisasi": "10.01", **kode},
        {"pagu": "10.01", "realisasi": "10.02", **kode},
        {"pagu": "10.01", "realisasi": "10.01", **kode},
        {"pagu": None, "realisasi": "10.02", **kode},
    ]
    judged = judge({tabel: table(tabel, *rows, cara="raw")}, one(rule_id))
    (found,) = judged.findings
    assert found.cell and (found.cell.baris, found.cell.field) == (6, "realisasi")
    assert [(c.baris, c.field) for c in found.related] == [(6, "pagu")]
    assert (found.tertulis, found.seharusnya) == ("10,02", "paling banyak 10,01")
    assert judged.verdicts == [Verdict(rule_id, tabel, 3, 1)]


def test_income_may_exceed_its_budget() -> None:
    rows = [{"pagu": "1", "realisasi": "2", "kode": "4.1"}]
    tables = {"clean_realisasi_rekening": table("clean_realisasi_rekening", *rows)}
    assert judge(tables, one("realisasi_lebih_pagu_rekening")).findings == []


@pytest.mark.parametrize(
    ("rule_id", "column"), [("bumdes_satu_per_desa", "kode_desa"), ("bumdes_nilai_kembar", "nilai")]
)
def test_a_key_that_repeats_is_one_finding_with_all_its_rows(rule_id: str, column: str) -> None:
    values = {"kode_desa": ["6301032001"] * 3 + ["6301032002"], "nilai": ["43.38"] * 3 + ["32.34"]}[column]
    other = {"kode_desa": "nilai", "nilai": "kode_desa"}[column]
    rows = [
        {column: v, other: f"{n}" if other == "nilai" else f"630103200{n}"}
        for n, v in enumerate(values, 1)
    ]  # fmt: skip
    judged = judge({"clean_bumdes": table("clean_bumdes", *rows)}, one(rule_id))
    (found,) = judged.findings
    assert found.jumlah == 3
    assert found.cell and found.cell.baris == 6
    assert [c.baris for c in found.related] == [5, 7]
    assert judged.verdicts == [Verdict(rule_id, "clean_bumdes", 4, 3)]


def test_a_column_blank_throughout_is_one_cause_told_at_its_header() -> None:
    rows = [{"rencana": None, "lembar": sheet, "nomor": f"{sheet}{n}"} for sheet in "AB" for n in range(3)]
    rows[5]["rencana"] = "Rapat"
    judged = judge({"clean_lhe": table("clean_lhe", *rows)}, one("lhe_rencana_terisi"))
    told = [(f.lembar, f.cell.baris, f.jumlah) for f in judged.findings if f.cell]
    assert told == [("A", 0, 3), ("B", 8, 1), ("B", 9, 1)]
    assert judged.verdicts[0].pelanggar == 5


def test_blanks_are_another_rule_s_business() -> None:
    rows = [{"nilai": None}, {"nilai": "50"}]
    judged = judge({"clean_bumdes": table("clean_bumdes", *rows)}, one("bumdes_nilai_skala"))
    assert judged == Judged([], [Verdict("bumdes_nilai_skala", "clean_bumdes", 1, 0)])


def test_a_finding_names_cell_unit_period_and_what_was_expected() -> None:
    rows = [{"ukuran": "U4", "nilai": "4.98", "periode": "2025-TW1", "kode_unit": "630103"}]
    (found,) = judge(
        {"clean_skm_ringkasan": table("clean_skm_ringkasan", *rows)}, one("skm_nrr_skala")
    ).findings
    assert found.cell and found.cell.field == "nilai@2025-TW1"
    assert (found.kode_unit, found.periode) == ("630103", "2025-TW1")
    assert (found.tertulis, found.seharusnya) == ("4,98", "1 sampai 4")
    assert found.isi["arti"] == "Nilai tercetak"
    assert found.isi["kunci_baris"] == "630103, 2025-TW1, U4"


def test_all_offenders_are_told_however_many() -> None:
    rows = [{"u1": 5} for _ in range(500)] + [{"u1": 4}]
    judged = judge({"clean_skm_jawaban": table("clean_skm_jawaban", *rows)}, one("skm_jawaban_skala"))
    assert [f.cell.baris for f in judged.findings if f.cell] == list(range(5, 505))


def test_a_rule_judges_only_the_periods_it_is_in_force_for() -> None:
    rows = [{"tahun": y, "sosial": "99", "kode_desa": f"63010320{y % 100}"} for y in (2024, 2025)]
    judged = judge({"clean_indeks_desa": table("clean_indeks_desa", *rows)}, one("indeks_desa_sosial_skala"))
    assert [f.periode for f in judged.findings] == ["2025"]
    assert judged.verdicts[0].dinilai == 1


def test_decimals_are_judged_exactly() -> None:
    # 0.1 + 0.2 in binary would pass or fail here by luck.
    rows = [{"porsi": "100.000000000001", "kode": "7.01.02"}, {"porsi": "100", "kode": "7.01.03"}]
    judged = judge({"clean_pautan_program": table("clean_pautan_program", *rows)}, one("porsi_skala"))
    assert [f.tertulis for f in judged.findings] == ["100,000000000001"]


def test_the_same_question_of_many_columns_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import quality.judge as door

    asked = []
    answer = door._answer
    monkeypatch.setattr(door, "_answer", lambda *a: asked.append(len(a[2])) or answer(*a))
    rows = [{f"u{n}": 1 + at % 4 for n in range(1, 10)} for at in range(1000)]
    judge({"clean_skm_jawaban": table("clean_skm_jawaban", *rows)}, one("skm_jawaban_skala"))
    assert asked == [36]  # nine columns of four distinct values each, not 9000 answers


def test_a_rule_that_could_not_run_is_no_verdict() -> None:
    broken = replace(rule("bumdes_nilai_skala"), dengan={"column": "nilai", "min_value": "banyak"})
    with pytest.raises(RuleBroken, match=r"bumdes_nilai_skala.*proves nothing"):
        judge({"clean_bumdes": table("clean_bumdes", {"nilai": "1"})}, RuleBook([broken]))


def test_a_column_missing_from_the_table_stops_the_run() -> None:
    import duckdb

    with pytest.raises((RuleBroken, duckdb.Error)):
        judge({"clean_bumdes": pa.table({"baris": [1]})}, one("bumdes_nilai_skala"))


def test_nothing_to_judge_does_not_even_import_great_expectations() -> None:
    code = (
        "import sys; from quality.judge import judge; from quality.rule import RuleBook;"
        "from warehouse import contracts; name='clean_bumdes';"
        "judged = judge({name: contracts.table(name).schema.empty_table()}, RuleBook.load());"
        "assert not judged.findings and judged.verdicts;"
        "assert 'great_expectations' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_what_is_kept_of_a_verdict_carries_no_values() -> None:
    assert list(Verdict.__dataclass_fields__) == ["aturan", "tabel", "dinilai", "pelanggar"]
