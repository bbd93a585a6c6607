from decimal import Decimal
from typing import Any

from assets.marts.kinerja_program import kinerja_program
from assets.passing import Mart
from tests.unit.marts.rows import KALUMPANG, built, cells, clean, knowing, told
from warehouse.trail import Cell

CONTEXT = knowing()
SUB = "7.01.06.2.01.0003"


def output(indikator: str, target: Any, realisasi: Any, kode: str = SUB, **more: Any) -> dict[str, Any]:
    return {
        "kode_unit": KALUMPANG,
        "periode": "2024",
        "kode": kode,
        "tingkat": "sub_kegiatan",
        "uraian": "Fasilitasi Administrasi",
        "indikator": indikator,
        "target": target,
        "realisasi": realisasi,
        **more,
    }


def budget(kode: str) -> dict[str, Any]:
    return {
        "kode_unit": KALUMPANG,
        "periode": "2024",
        "kode": kode,
        "uraian": "x",
        "tingkat": "sub_kegiatan",
        "kode_induk": "7.01.06.2.01",
    }


def run(
    *outputs: dict[str, Any], budgets: tuple[dict[str, Any], ...] = ()
) -> tuple[dict[str, dict[str, Any]], Mart]:
    made = kinerja_program(
        clean("clean_kinerja_program", *outputs),
        clean("clean_realisasi_program", *budgets, berkas="b2"),
        CONTEXT,
    )["kinerja_program"]
    return {r["kode"]: r for r in built("kinerja_program", made).values()}, made


def test_achievement_of_an_output_and_its_way_back() -> None:
    rows, made = run(output("Dokumen", 12, 9))
    assert (rows[SUB]["capaian_persen"], rows[SUB]["alasan"]) == (75, None)
    key = f"kode_unit={KALUMPANG};periode=2024;kode={SUB}"
    assert cells(made, key, "realisasi") == [(2, "realisasi")]
    rows, _ = run(output("Dokumen", 10, 15))
    assert rows[SUB]["capaian_persen"] == 150


def test_an_output_beside_the_money_stands_in_its_own_columns() -> None:
    made = kinerja_program(
        clean("clean_kinerja_program", output("Dokumen", 12, 9), berkas="b2"),
        clean("clean_realisasi_program", budget(SUB), berkas="b2"),
        CONTEXT,
    )["kinerja_program"]
    key = f"kode_unit={KALUMPANG};periode=2024;kode={SUB}"
    assert cells(made, key, "target") == [(2, "target_kinerja")]
    assert cells(made, key, "realisasi") == [(2, "realisasi_kinerja")]


def test_further_outputs_of_a_code_are_numbered_in_sheet_order() -> None:
    rows, _ = run(output("Dokumen", 10, 10), output("Laporan", 4, 3))
    assert {k: r["indikator"] for k, r in rows.items()} == {SUB: "Dokumen", f"{SUB}/2": "Laporan"}
    assert rows[f"{SUB}/2"]["capaian_persen"] == 75


def test_one_fact_in_two_tables_counts_once() -> None:
    rows, made = run(
        output("Fasilitasi Administrasi", 100, 100, target_teks="100%"),
        output("Persentase tugas dilaksanakan", 12, 12, target_teks="12 Bulan"),
        output("Persentase Tugasdilaksanakan", 12, 12),
    )
    assert {k: r["indikator"] for k, r in rows.items()} == {SUB: "Persentase tugas dilaksanakan"}
    assert made.findings == []


def test_two_tables_that_differ_withhold_the_output() -> None:
    rows, made = run(
        output("Dokumen", 10, 10, target_teks="10 Dok", realisasi_teks="10 Dok"),
        output("DOKUMEN", 10, 8, target_teks="10 Dok", realisasi_teks="8 Dok"),
    )
    assert list(rows) == [SUB]
    (finding,) = told(made, "keluaran_bertentangan")
    assert finding.cell is not None
    assert (finding.cell.baris, finding.related[0].baris) == (3, 2)
    assert (finding.tertulis, finding.seharusnya) == (
        "target 10 Dok, realisasi 8 Dok",
        "target 10 Dok, realisasi 10 Dok",
    )
    assert {f.kolom for f in finding.figures} == {"target", "realisasi", "capaian_persen"}


def test_an_unnamed_print_that_was_achieved_otherwise_is_a_contradiction() -> None:
    _, made = run(output("Fasilitasi Administrasi", 100, 80), output("Dokumen", 10, 10))
    (finding,) = told(made, "keluaran_bertentangan")
    assert finding.cell is not None
    assert finding.cell.baris == 2


def test_what_is_missing_stays_empty_with_its_reason() -> None:
    rows, _ = run(output("Dokumen", None, 9), output("Laporan", 4, None), output("Rapat", 0, 0))
    assert [r["capaian_persen"] for r in rows.values()] == [None, None, None]
    assert rows[SUB]["alasan"] == "target tidak ada"
    assert rows[f"{SUB}/2"]["alasan"] == "realisasi belum ada"
    assert "target 0" in rows[f"{SUB}/3"]["alasan"]


def test_an_empty_target_withholds_the_output_and_contradicts_nothing() -> None:
    rows, made = run(
        output("Fasilitasi Administrasi", 100, 100),
        output("Tugas dilaksanakan", None, 100, target_teks=None, realisasi_teks="100%"),
    )
    assert rows[SUB]["capaian_persen"] is None
    (finding,) = made.findings
    assert finding.aturan == "target_kosong"
    assert finding.cell is not None
    assert (finding.cell.baris, finding.cell.field) == (3, "target")
    assert [f.kolom for f in finding.figures] == ["capaian_persen"]


def test_an_output_without_a_budget_is_told_once() -> None:
    lost = output("Laporan", 1, 1, kode="nama:lain")
    above = output("Desa terbina", 1, 1, kode="7.01.06", tingkat="program")
    _, made = run(output("Dokumen", 1, 1), lost, above, budgets=(budget(SUB),))
    (finding,) = told(made, "keluaran_tanpa_anggaran")
    assert (finding.jumlah, finding.isi["kode_program"]) == (1, "nama:lain")
    assert finding.cell is not None
    assert finding.cell.baris == 3
    _, made = run(output("Dokumen", 1, 1), lost)
    assert made.findings == []


def test_exact_thirds() -> None:
    rows, _ = run(output("Dokumen", 3, 1))
    assert rows[SUB]["capaian_persen"] == Decimal("33.333333333333")


def test_a_quarter_of_a_yearly_grid_has_no_target_of_its_own_and_names_what_it_adds_up() -> None:
    summed = "realisasi_kinerja@2024-TW1:realisasi_kinerja@2024-TW2"
    rows, made = run(output("Dokumen", None, 5, periode="2024-TW2", realisasi_dari=summed))
    assert rows[SUB]["capaian_persen"] is None
    assert rows[SUB]["alasan"] == "target triwulan tidak ada; targetnya setahun"
    assert made.findings == []
    step = next(s for s in made.trail.steps if s.figure.kolom == "realisasi")
    assert step.rumus == "jumlah_triwulan"
    assert step.source == Cell(
        "b1", "-", 1, 2, "realisasi_kinerja@2024-TW1", sampai_field="realisasi_kinerja@2024-TW2"
    )


def test_outputs_that_may_not_add_up_say_so() -> None:
    rows, made = run(
        output("Orang", None, None, periode="2024-TW2", realisasi_dari="realisasi_kinerja@2024-TW2")
    )
    assert rows[SUB]["alasan"] == "kinerja sampai triwulan ini tidak dapat dijumlahkan"
    assert made.findings == []


def test_the_year_of_a_grid_has_its_target_and_its_own_columns() -> None:
    summed = "realisasi_kinerja@2024-TW1:realisasi_kinerja@2024-TW4"
    rows, made = run(output("Dokumen", 4, 4, realisasi_dari=summed))
    assert rows[SUB]["capaian_persen"] == 100
    key = f"kode_unit={KALUMPANG};periode=2024;kode={SUB}"
    assert cells(made, key, "target") == [(2, "target_kinerja")]
    _, made = run(output("Dokumen", None, 4, realisasi_dari=summed))
    assert [f.aturan for f in made.findings] == ["target_kosong"]
