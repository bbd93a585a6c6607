from decimal import Decimal
from typing import Any

from assets.marts.serapan import serapan
from tests.unit.marts.rows import PELAIHARI, built, cells, clean, knowing, rp, steps, told
from warehouse.formulas.rounding import rounded
from warehouse.trail import Cell, Figure

CONTEXT = knowing()
LRA = """
5|BELANJA DAERAH|12.296.340.286,46|11.200.768.358,00|11.418.793.994,00
5.1|BELANJA OPERASI|12.081.908.923,46|11.006.723.958,00|11.195.090.085,00
5.2|BELANJA MODAL|214.431.363,00|194.044.400,00|223.703.909,00
5.2.02.06|Belanja Modal Alat Studio|0,00|0,00|11.600.000,00
"""
PROGRAM = """
7.01.01|11.106.754.895,77|10.046.334.055,00
7.01.02|13.914.093,00|12.470.000,00
7.01.03|30.443.720,00|29.827.000,00
7.01.04|9.331.555,88|8.756.868,00
7.01.05|1.088.675.686,81|1.072.231.800,00
7.01.06|47.240.335,00|47.048.635,00
"""


def account(kode: str, pagu: Any, realisasi: Any, lalu: Any = None, periode: str = "2025") -> dict[str, Any]:
    levels = ("akun", "kelompok", "jenis", "objek", "rincian_objek", "sub_rincian")
    return {
        "kode_unit": PELAIHARI,
        "periode": periode,
        "kode": kode,
        "tingkat": levels[kode.count(".")],
        "pagu": pagu,
        "realisasi": realisasi,
        "realisasi_tahun_lalu": lalu,
    }


def programme(kode: str, pagu: Any, realisasi: Any, **more: Any) -> dict[str, Any]:
    level = {3: "program", 5: "kegiatan", 6: "sub_kegiatan"}[len(kode.split("."))]
    return {
        "kode_unit": PELAIHARI,
        "periode": "2025",
        "kode": kode,
        "uraian": f"nama {kode}",
        "tingkat": level,
        "pagu": pagu,
        "realisasi": realisasi,
        **more,
    }


def run(
    accounts: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    programmes: list[dict[str, Any]] = [],  # noqa: B006
    dpa: list[dict[str, Any]] = [],  # noqa: B006
    pk: list[dict[str, Any]] = [],  # noqa: B006
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    made = serapan(
        clean("clean_realisasi_rekening", *accounts, berkas="lra"),
        clean("clean_realisasi_program", *programmes, berkas="program"),
        clean("clean_dpa", *dpa, berkas="dpa"),
        clean("clean_pk_anggaran", *pk, berkas="pk"),
        CONTEXT,
    )
    by_account = {
        (k.split(";")[1][8:], r["kode"]): r
        for k, r in built("serapan_rekening", made["serapan_rekening"]).items()
    }
    by_programme = {
        (k.split(";")[1][8:], r["kode"]): r
        for k, r in built("serapan_program", made["serapan_program"]).items()
    }
    return by_account, by_programme, made


def lra() -> list[dict[str, Any]]:
    rows = [line.split("|") for line in LRA.strip().splitlines()]
    return [account(k, rp(p), rp(r), rp(x)) | {"uraian": u} for k, u, p, r, x in rows]


def test_absorption_of_pelaihari_and_a_budget_of_nothing() -> None:
    rows, _, made = run(lra())
    office = rows["2025", "5"]
    assert rounded(office["serapan_persen"], 2) == Decimal("91.09")
    assert office["sisa"] == rp("1.095.571.928,46")
    assert office["realisasi_tahun_lalu"] == rp("11.418.793.994,00")
    empty = rows["2025", "5.2.02.06"]
    assert (empty["serapan_persen"], empty["sisa"], empty["alasan"]) == (None, 0, "pagu 0")
    key = f"kode_unit={PELAIHARI};periode=2025;kode=5"
    assert cells(made["serapan_rekening"], key, "realisasi") == [(2, "realisasi")]
    operands = [s.source for s in steps(made["serapan_rekening"], key, "serapan_persen")]
    assert operands == [Figure("serapan_rekening", key, "pagu"), Figure("serapan_rekening", key, "realisasi")]


def test_december_is_the_fourth_quarter_and_the_year() -> None:
    rows, _, _ = run(lra())
    assert rows["2025-TW4", "5"]["realisasi"] == rows["2025", "5"]["realisasi"]
    rows, _, _ = run([account("5", 10, 4, periode="2025-TW4"), account("5", 10, 2, periode="2025-S1")])
    assert rows["2025", "5"]["realisasi"] == 4
    assert rows["2025-TW2", "5"]["realisasi"] == 2
    assert {p for p, _ in rows} == {"2025", "2025-TW4", "2025-TW2"}


def test_a_year_and_its_fourth_quarter_that_differ_are_told() -> None:
    rows, _, made = run([account("5", 10, 4), account("5", 10, 3, periode="2025-TW4")])
    assert (rows["2025", "5"]["realisasi"], rows["2025-TW4", "5"]["realisasi"]) == (4, 3)
    (finding,) = told(made["serapan_rekening"], "anggaran_bertentangan")
    assert finding.cell is not None
    assert (finding.cell.baris, finding.related[0].baris, finding.selisih) == (2, 3, "1,00")
    assert {f.kolom for f in finding.figures} == {"realisasi"}


def test_missing_levels_are_built_and_a_printed_parent_is_kept() -> None:
    leaves = [account("5.1.02.01", 60, 50, 5), account("5.1.02.02", 40, 30, 6), account("5", 99, 81)]
    rows, _, made = run(leaves)
    assert (rows["2025", "5.1.02"]["pagu"], rows["2025", "5.1.02"]["realisasi"]) == (100, 80)
    assert rows["2025", "5.1.02"]["tingkat"] == "jenis"
    assert rows["2025", "5.1"]["realisasi_tahun_lalu"] == 11
    assert rows["2025", "5"]["pagu"] == 99
    key = f"kode_unit={PELAIHARI};periode=2025;kode=5.1.02"
    (first, second) = steps(made["serapan_rekening"], key, "pagu")
    assert (first.rumus, first.nilai, second.nilai) == ("jumlah_anak", "60.00", "40.00")
    assert first.source == Figure(
        "serapan_rekening", f"kode_unit={PELAIHARI};periode=2025;kode=5.1.02.01", "pagu"
    )


def test_a_misprinted_subtotal_is_published_as_the_sum_of_its_children() -> None:
    tree = [
        account("5", 100, 90),
        account("5.1", 60, 50),
        account("5.2", 44, 40),  # misprint of 40
        account("5.2.02", 30, 30),
        account("5.2.03", 10, 10),
    ]
    rows, _, made = run(tree)
    assert (rows["2025", "5.2"]["pagu"], rows["2025-TW4", "5.2"]["pagu"]) == (40, 40)
    assert (rows["2025", "5.2"]["serapan_persen"], rows["2025", "5"]["pagu"]) == (100, 100)
    key = f"kode_unit={PELAIHARI};periode=2025;kode=5.2"
    assert [s.rumus for s in steps(made["serapan_rekening"], key, "pagu")] == ["jumlah_anak", "jumlah_anak"]
    assert cells(made["serapan_rekening"], key, "realisasi") == [(4, "realisasi")]


def test_a_misprinted_total_is_proven_by_its_jumlah() -> None:
    total = account("5", 99, 100) | {"kode": "JUMLAH:b", "tingkat": "jumlah", "uraian": "JUMLAH BELANJA"}
    rows, _, _ = run([account("5", 99, 105), account("5.1", 59, 60), account("5.2", 40, 40), total])
    assert rows["2025", "5"]["realisasi"] == 100
    rows, _, _ = run([account("5", 99, 105), account("5.1", 59, 60), account("5.2", 40, 40)])
    assert rows["2025", "5"]["realisasi"] == 105  # not proven: the rule withholds it


def test_a_sum_over_an_unknown_addend_mends_nothing() -> None:
    tree = [account("5", 100, 90), account("5.1", 60, 50), account("5.2", 44, 40)]
    tree += [account("5.2.02", 30, 30), account("5.2.03", 10, 10), account("5.2.04", None, 0)]
    rows, _, _ = run(tree)
    assert rows["2025", "5.2"]["pagu"] == 44


def test_a_misprinted_programme_is_proven_by_the_printed_total() -> None:
    rows = [
        programme("7.01.06", 33, 10),
        programme("7.01.06.2.01", 30, 10, kode_induk="7.01.06"),
        programme("7.01.05", 5, 5),
        programme("7.01.05", 35, 15) | {"kode": "TOTAL", "tingkat": "total"},
    ]
    _, made, _ = run(programmes=rows)
    assert (made["2025", "7.01.06"]["pagu"], made["2025", "TOTAL"]["pagu"]) == (30, 35)


def test_a_parent_printed_empty_is_built_and_one_over_an_unknown_amount_is_unknown() -> None:
    rows, _, _ = run([account("5", None, 7), account("5.1", 4, 3), account("5.2", 6, 4)])
    assert (rows["2025", "5"]["pagu"], rows["2025", "5"]["realisasi"]) == (10, 7)
    rows, _, _ = run([account("5.1", 4, None), account("5.2", 6, 4)])
    assert (rows["2025", "5"]["pagu"], rows["2025", "5"]["realisasi"]) == (10, None)
    assert rows["2025", "5"]["alasan"] == "realisasi tidak ada"


def test_programmes_get_a_total_which_is_the_lra_where_there_is_one() -> None:
    lines = [line.split("|") for line in PROGRAM.strip().splitlines()]
    programmes = [programme(k, rp(p), rp(r)) for k, p, r in lines]
    _, alone, _ = run(programmes=programmes)
    assert alone["2025", "TOTAL"]["realisasi"] == rp("11.216.668.358,00")
    _, beside, made = run(lra(), programmes)
    total = beside["2025", "TOTAL"]
    assert total["realisasi"] == rp("11.200.768.358,00")
    assert rounded(total["serapan_persen"], 2) == Decimal("91.09")
    assert beside["2025", "7.01.04"]["kode_induk"] == "TOTAL"
    key = f"kode_unit={PELAIHARI};periode=2025;kode=TOTAL"
    assert [s.source for s in steps(made["serapan_program"], key, "realisasi")] == [
        Figure("serapan_rekening", f"kode_unit={PELAIHARI};periode=2025;kode=5", "realisasi")
    ]


def test_a_printed_total_is_left_to_the_rules_and_no_programme_falls_out_of_the_sum() -> None:
    rows = [
        programme("7.01.06.2.01.0003", 5, 4),
        programme("7.01.06.2.01.0004", 7, 6) | {"kode": "nama:wisata", "kode_induk": "7.01.06.2.01"},
        programme("7.01.01", 1, 1) | {"kode": "nama:program-lain"},
        programme("7.01.01", 900, 900) | {"kode": "TOTAL", "tingkat": "total"},
    ]
    _, found, _ = run(programmes=rows)
    assert found["2025", "7.01.06"]["pagu"] == 12
    assert found["2025", "TOTAL"]["pagu"] == 13


def test_the_budget_in_force_where_the_sheet_has_none() -> None:
    def stage(tahap: str, pagu: int) -> dict[str, Any]:
        return {"kode_unit": PELAIHARI, "tahun": 2025, "tahap": tahap, "pohon": "program", "kode": "7.01.01",
                "tingkat": "program", "pagu": pagu}  # fmt: skip

    early = programme("7.01.01", None, 1) | {"periode": "2025-TW1"}
    sheet = [early, programme("7.01.01", None, 9)]
    _, rows, made = run(programmes=sheet, dpa=[stage("murni", 100), stage("perubahan", 80)])
    assert rows["2025-TW1", "7.01.01"]["pagu"] == 100
    assert (rows["2025", "7.01.01"]["pagu"], rows["2025", "7.01.01"]["pagu_murni"]) == (80, 100)
    assert rows["2025", "TOTAL"]["pagu_murni"] == 100
    step = steps(made["serapan_program"], f"kode_unit={PELAIHARI};periode=2025;kode=7.01.01", "pagu")[0]
    assert (step.peran, step.source.berkas_id) == ("pagu perubahan", "dpa")  # type: ignore[union-attr]
    agreed = {
        "kode_unit": PELAIHARI,
        "tahun": 2025,
        "dokumen": "PK",
        "kode": "7.01.01",
        "tingkat": "program",
        "pagu": 70,
    }
    _, rows, _ = run(programmes=sheet, pk=[agreed])
    assert rows["2025", "7.01.01"]["pagu"] == 70
    _, rows, _ = run(programmes=sheet)
    assert (rows["2025", "7.01.01"]["pagu"], rows["2025", "7.01.01"]["alasan"]) == (None, "pagu tidak ada")


def test_the_original_budget_is_summed_over_the_original_codes() -> None:
    def stage(kode: str, pagu: int, tingkat: str = "sub_kegiatan") -> dict[str, Any]:
        return {
            "kode_unit": PELAIHARI,
            "tahun": 2025,
            "tahap": "murni",
            "pohon": "program",
            "kode": kode,
            "tingkat": tingkat,
            "pagu": pagu,
        }

    sheet = [programme("7.01.06.2.01.0003", 50, 4), programme("7.01.06.2.01.0009", 7, 6)]
    dpa = [stage("7.01.06.2.01.0003", 30), stage("7.01.06.2.01.0004", 11), stage("TOTAL", 900, "total")]
    _, rows, made = run(programmes=sheet, dpa=dpa)
    assert rows["2025", "7.01.06.2.01.0003"]["pagu_murni"] == 30
    assert rows["2025", "7.01.06.2.01.0009"]["pagu_murni"] is None
    assert (rows["2025", "7.01.06"]["pagu_murni"], rows["2025", "TOTAL"]["pagu_murni"]) == (41, 41)
    key = f"kode_unit={PELAIHARI};periode=2025;kode=7.01.06"
    assert cells(made["serapan_program"], key, "pagu_murni") == [(2, "pagu"), (3, "pagu")]
    unplaced = stage("nama:entah", 5)
    _, rows, _ = run(programmes=sheet, dpa=[*dpa, unplaced])
    assert (rows["2025", "7.01.06"]["pagu_murni"], rows["2025", "TOTAL"]["pagu_murni"]) == (None, 46)


def test_a_built_level_has_its_official_name() -> None:
    _, rows, _ = run(programmes=[programme("7.01.06.2.01.0003", 5, 4)])
    assert rows["2025", "7.01.06"]["uraian"].upper().endswith("PEMBINAAN DAN PENGAWASAN PEMERINTAHAN DESA")


def test_the_sheets_own_column_comes_first() -> None:
    stage = {"kode_unit": PELAIHARI, "tahun": 2025, "tahap": "murni", "pohon": "rekening", "kode": "5",
             "tingkat": "akun", "pagu": 100}  # fmt: skip
    rows, _, _ = run([account("5", 90, 9)], dpa=[stage])
    assert rows["2025", "5"]["pagu"] == 90


def test_last_years_file_beats_the_print_and_the_difference_is_told() -> None:
    rows, _, made = run([account("5.1", 10, 7, periode="2024"), account("5.1", 10, 8, 6)])
    assert rows["2025", "5.1"]["realisasi_tahun_lalu"] == 7
    assert rows["2025", "5"]["realisasi_tahun_lalu"] == 7
    (finding,) = told(made["serapan_rekening"], "tahun_lalu_berbeda")
    assert (finding.tertulis, finding.seharusnya, finding.selisih) == ("6,00", "7,00", "-1,00")
    assert [c.baris for c in finding.related] == [2]


def test_a_whole_regency_and_other_months_are_published_in_no_kecamatan_table() -> None:
    rows, _, _ = run([account("5", 1, 1) | {"kode_unit": "6301"}, account("5", 1, 1, periode="2025-05")])
    assert rows == {}


def test_empty_tables_give_empty_marts() -> None:
    rows, programmes, made = run()
    assert (rows, programmes) == ({}, {})
    assert set(made) == {"serapan_rekening", "serapan_program"}


def test_a_realisation_added_up_from_quarters_names_them() -> None:
    summed = "realisasi@2025-TW1:realisasi@2025-TW3"
    made = serapan(
        clean("clean_realisasi_rekening"),
        clean(
            "clean_realisasi_program",
            programme("7.01.01", 100, 60, periode="2025-TW3", realisasi_dari=summed),
        ),
        clean("clean_dpa"),
        clean("clean_pk_anggaran"),
        CONTEXT,
    )["serapan_program"]
    step = next(s for s in made.trail.steps if s.figure.kolom == "realisasi" and s.source is not None)
    assert (step.rumus, step.nilai) == ("jumlah_triwulan", "60.00")
    assert step.source == Cell("b1", "-", 1, 2, "realisasi@2025-TW1", sampai_field="realisasi@2025-TW3")
