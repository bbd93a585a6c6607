"""Grids of quarters: running sums, whose rows they are, what may be added up."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from lembar_uji import KALUMPANG, PELAIHARI, aturan, context, rows, tabel

from assets.clean import kinerja_program, realisasi_program
from assets.clean.triwulan_rows import LEVEL, SUM, output_way, running
from warehouse.trail import Cell

CONTEXT = context()
FIELDS = (
    "uraian indikator target_kinerja pagu realisasi_kinerja@2025-TW1 realisasi_kinerja@2025-TW2 "
    "realisasi_kinerja@2025-TW3 realisasi_kinerja@2025-TW4 realisasi@2025-TW1 realisasi@2025-TW2 "
    "realisasi@2025-TW3 realisasi@2025-TW4 total_kinerja total persen_kinerja persen perangkat_daerah"
)
PROGRAM = "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"
KEGIATAN = "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan"
SUB = "Peningkatan Efektifitas Kegiatan Pemerintahan di Tingkat Kecamatan"


def _row(uraian, indikator, k, rp, target="", pagu="", total_k="", total="", unit="Kec. Pelaihari"):
    four = [*k, *[""] * (4 - len(k))]
    money = [*rp, *[""] * (4 - len(rp))]
    return (uraian, indikator, target, pagu, *four, *money, total_k, total, "", "", unit)


def _made(*each, **kwargs):
    tables = {"kinerja_program_triwulanan": tabel(FIELDS, each, **{"periode": None, **kwargs})}
    outputs, money = kinerja_program.clean(tables, CONTEXT), realisasi_program.clean(tables, CONTEXT)
    return outputs, money


def _money(sifted, kode="7.01.02"):
    found = rows(sifted, "clean_realisasi_program")
    return {r["periode"]: r["realisasi"] for r in found if r["kode"] == kode}


def test_amounts_of_a_quarter_become_the_running_sum_and_name_the_columns_behind_it():
    outputs, money = _made(
        _row("KECAMATAN PELAIHARI", "", [], ["1.100", "900"]),
        _row(PROGRAM, "Persentase layanan sesuai SOP", [], ["1.000", "-"], pagu="5.000"),
        _row(KEGIATAN, "Jumlah dokumen", ["1", "2"], ["1.000", "-"], target="4", total_k="3"),
    )
    assert _money(money) == {"2025-TW1": 1000, "2025-TW2": 1000}
    assert _money(money, "TOTAL") == {"2025-TW1": 1100, "2025-TW2": 2000}
    row = next(r for r in rows(money, "clean_realisasi_program") if r["periode"] == "2025-TW2")
    assert Cell.of(row, "realisasi").field == "realisasi@2025-TW1"
    assert Cell.of(row, "realisasi").sampai_field == "realisasi@2025-TW2"
    assert Cell.of(row, "pagu") == Cell("f1", "L", 1, row["baris"], "pagu")
    found = {r["periode"]: (r["realisasi"], r["target"]) for r in rows(outputs, "clean_kinerja_program")}
    assert found == {"2025-TW1": (1, None), "2025-TW2": (3, None)}
    assert aturan(outputs) == [] and aturan(money) == []


def test_the_fourth_quarter_is_the_year_too_and_only_there_stands_the_target():
    outputs, money = _made(
        _row(SUB, "Jumlah laporan", ["1", "1", "0", "2"], ["10", "5", "5", "5"], "4", "30", "4", "25")
    )
    found = {r["periode"]: (r["realisasi"], r["target"]) for r in rows(outputs, "clean_kinerja_program")}
    assert found["2025-TW4"] == (4, None) and found["2025"] == (4, 4)
    assert [r["realisasi"] for r in rows(money, "clean_realisasi_program")] == [10, 15, 20, 25]
    assert {r["pagu"] for r in rows(money, "clean_realisasi_program")} == {30}


def test_outputs_that_may_not_add_up_are_told_and_left_empty_from_the_second_quarter_on():
    outputs, _ = _made(
        _row(KEGIATAN, "Jumlah orang yang menerima gaji", ["44", "44"], ["10", "5"]),
        _row(SUB, "Jumlah laporan", ["0", "0"], ["3", "2"]),
    )
    found = {(r["indikator"][:12], r["periode"]): r for r in rows(outputs, "clean_kinerja_program")}
    assert found["Jumlah orang", "2025-TW1"]["realisasi"] == 44
    assert found["Jumlah orang", "2025-TW2"]["realisasi"] is None
    assert found["Jumlah lapor", "2025-TW2"]["realisasi"] == 0
    assert aturan(outputs) == ["kinerja_triwulan_tidak_pasti"]


@pytest.mark.parametrize(
    ("values", "total", "way"),
    [
        (["44", "44"], "44", LEVEL), (["44", "44"], "88", SUM), (["44", "44"], None, None),
        (["44", "44"], "60", None), (["3"], None, SUM), (["0", "3"], None, SUM), (["3", None], "3", None),
        (["3", "0"], "3", SUM),
    ],
)  # fmt: skip
def test_only_the_printed_year_tells_whether_outputs_add_up(values, total, way):
    told = [None if v is None else Decimal(v) for v in values]
    assert output_way(told, None if total is None else Decimal(total)) == way


def test_an_unknown_quarter_makes_the_later_sums_unknown():
    assert running([Decimal(1), None, Decimal(2)], SUM) == [1, None, None]
    assert running([Decimal(1), None, Decimal(2)], LEVEL) == [1, None, 2]
    _, money = _made(_row(PROGRAM, "i", [], ["10", "abc", "5"]))
    assert list(_money(money).values()) == [10, None, None]
    assert aturan(money) == ["tidak_terbaca"]


def test_a_second_indicator_has_no_money_of_its_own():
    first = _row(PROGRAM, "Nilai PMPRB", [], ["50", "40"])
    _, money = _made(first, ((PROGRAM, "t", "^"), *_row("", "Predikat SAKIP", ["0"], ["7"])[1:]))
    assert list(_money(money).values()) == [50, 90]
    assert aturan(money) == ["rupiah_indikator_kedua"]
    _, money = _made(first, ((PROGRAM, "t", "^"), *_row("", "Predikat SAKIP", ["0"], ["-", "-"])[1:]))
    assert aturan(money) == []


def test_sums_to_date_are_found_by_the_printed_year():
    outputs, money = _made(
        _row(PROGRAM, "i", [], ["10", "25", "30"], total="30"),
        _row(KEGIATAN, "Jumlah laporan", ["1", "2", "3"], ["10", "25", "30"], total_k="3", total="30"),
    )
    assert list(_money(money).values()) == [10, 25, 30]
    assert [r["realisasi"] for r in rows(outputs, "clean_kinerja_program")] == [1, 2, 3]
    assert aturan(money) == []


def test_amounts_that_only_rise_are_withheld_until_the_year_is_printed():
    names = [f"Sub Kegiatan Uji {n}" for n in "abcde"]
    rising = [_row(name, "i", ["1"], [str(10 + n), str(20 + n)]) for n, name in enumerate(names)]
    _, money = _made(*rising)
    assert aturan(money) == ["triwulan_mungkin_kumulatif"] * 5
    summed = [(*r[:13], str(30 + 2 * n), *r[14:]) for n, r in enumerate(rising)]
    assert aturan(_made(*summed)[1]) == []


def test_a_printed_sum_that_is_none_is_told_and_ours_goes_out():
    _, money = _made(
        _row(PROGRAM, "i", [], ["10", "5"], total="15"), _row(KEGIATAN, "i", ["1"], ["10", "5"], total="16")
    )
    assert list(_money(money, "7.01.02.2.01").values()) == [10, 15]
    (found,) = money.findings
    assert (found.aturan, found.tertulis, found.seharusnya) == ("jumlah_triwulan_berbeda", "16", "15,00")


def test_a_quarter_behind_an_empty_one_is_not_published():
    outputs, money = _made(_row(KEGIATAN, "i", ["1", "", "2"], ["10", "", "5"]))
    assert _money(money, "7.01.02.2.01") == {"2025-TW1": 10}
    assert aturan(outputs) == ["triwulan_terputus"]


@pytest.mark.parametrize(
    ("units", "unit", "told"),
    [
        (("Kec. Pelaihari", "Kec. Pelaihari"), "6301", None),
        (("Seksi Pemerintahan", ""), PELAIHARI, None),
        (("Kec. Pelaihari", "Kec. Takisung"), "6301", "bukan_kecamatan"),
        (("Kec. Pelaihari", "Kec. Takisung"), PELAIHARI, "bukan_kecamatan"),
        (("Dinas Kesehatan", "Dinas Kesehatan"), PELAIHARI, "bukan_kecamatan"),
        (("Kec. Pelaihari", "Kec. Pelaihari"), KALUMPANG, "kecamatan_baris_lain"),
        (("Kec. Pelaihari", "Kec. Pelaihari"), None, "unit_tidak_diketahui"),
        (("", ""), "6301", "bukan_kecamatan"),
    ],
)
def test_rows_of_others_are_read_and_published_nowhere(units, unit, told):
    each = [
        _row(name, "i", ["1"], ["10"], unit=who) for name, who in zip((KEGIATAN, SUB), units, strict=True)
    ]
    outputs, money = _made(*each, unit=unit)
    made = [*rows(outputs, "clean_kinerja_program"), *rows(money, "clean_realisasi_program")]
    found = {r["kode_unit"] for r in made}
    assert found == ({PELAIHARI} if told is None else set())
    assert aturan(outputs) == ([told] if told else []) and aturan(money) == []
    assert len(outputs.rejected) == (2 if told else 0)


def test_the_tree_goes_on_over_pages_in_their_order():
    first = tabel(FIELDS, [_row(PROGRAM, "i", [], ["10"])], lembar="hal. 9", periode=None)
    second = tabel(FIELDS, [_row(KEGIATAN, "i", ["1"], ["10"])], lembar="hal. 10", periode=None)
    third = tabel(
        FIELDS, [_row("Sub Kegiatan Tak Terdaftar", "i", ["1"], ["10"])], lembar="hal. 11", periode=None
    )
    shuffled = pa.concat_tables([third, second, first])
    sifted = realisasi_program.clean({"kinerja_program_triwulanan": shuffled}, CONTEXT)
    found = {r["lembar"]: (r["kode"], r["kode_induk"]) for r in rows(sifted, "clean_realisasi_program")}
    assert found["hal. 10"] == ("7.01.02.2.01", "7.01.02")
    assert found["hal. 11"] == ("nama:tak-terdaftar", "7.01.02.2.01")


def test_without_a_year_nothing_is_published_and_that_is_told():
    fields = FIELDS.replace("2025-", "")
    tables = {"kinerja_program_triwulanan": tabel(fields, [_row(KEGIATAN, "i", ["1"], ["10"])], periode=None)}
    assert aturan(kinerja_program.clean(tables, CONTEXT)) == ["periode_tidak_diketahui"]
    dated = {
        "kinerja_program_triwulanan": tabel(fields, [_row(KEGIATAN, "i", ["1"], ["10"])], periode="2025-TW1")
    }
    assert [r["periode"] for r in rows(kinerja_program.clean(dated, CONTEXT), "clean_kinerja_program")] == [
        "2025-TW1"
    ]
