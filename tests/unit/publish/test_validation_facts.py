"""What the reports tell: states, causes, what is withheld, what passed."""

from __future__ import annotations

from typing import Any

import pytest

from assets.publish.validation import facts, grids
from assets.publish.validation.facts import Facts
from assets.publish.validation.packed import spoken
from assets.publish.validation.words import words
from tests.unit.publish import laporan_uji as run
from warehouse import contracts


@pytest.fixture(scope="module")
def told() -> Facts:
    return run.told()


@pytest.fixture(scope="module")
def rows(told: Facts) -> dict[int, dict[str, Any]]:
    return {int(r["temuan_id"], 16): r for r in told.temuan.to_pylist()}


def test_gravest_first_then_as_judged(told: Facts) -> None:
    assert [int(i, 16) for i in told.temuan["temuan_id"].to_pylist()] == [1, 4, 2, 3, 5, 6, 7]


def test_state_is_settled_new_or_known(rows: dict[int, dict[str, Any]]) -> None:
    assert {n: r["keadaan"] for n, r in rows.items()} == {
        1: "lama", 2: "lama", 3: "baru", 4: "lama", 5: "dikecualikan", 6: "dikoreksi", 7: "lama",
    }  # fmt: skip
    assert (rows[1]["sejak"], rows[3]["sejak"]) == (run.BEFORE, run.NOW)


def test_one_cause_seen_by_two_rules_is_one_group(rows: dict[int, dict[str, Any]]) -> None:
    assert rows[2]["kelompok"] == rows[3]["kelompok"] == "lra:630103:2025:15.900.000"
    assert rows[1]["kelompok"] == "jumlah_program"


def test_a_finding_withholds_only_what_does_not_go_out(rows: dict[int, dict[str, Any]]) -> None:
    assert (rows[1]["menahan"], rows[1]["menyentuh"]) == (run.HELD, run.FREE)


def test_a_settled_finding_withholds_nothing() -> None:
    row = run.finding(1, akibat="tahan", angka_terkait=run.HELD, pengecualian_id="P-1")
    (found,) = run.told([row]).temuan.to_pylist()
    assert (found["menahan"], found["menyentuh"]) == (None, run.HELD)


def test_light_of_each_unit_and_year(told: Facts) -> None:
    lights = {(r["kode_unit"], r["tahun"]): r["lampu"] for r in told.unit}
    assert lights == {("630103", "2025"): "perbaiki", ("630609", "2025"): "ditahan", ("", "-"): "catatan"}
    of_630609 = next(r for r in told.unit if r["kode_unit"] == "630609")
    assert (of_630609["ditahan"], of_630609["tahan"], of_630609["selesai"]) == (1, 1, 1)


def test_a_year_of_which_there_is_only_a_plan_is_not_called_clean() -> None:
    plan = {"kode_unit": "630103", "kode_indikator": "ikm", "status_terbit": "terbit"}
    rows = [{**plan, "tahun": y} for y in (2025, 2027, 2028)]
    note = run.finding(1, akibat="ingat", kode_unit="630103", periode="2028")
    plans = {"renstra_iku": contracts.build("renstra_iku", rows)}
    told = facts.gather(run.tables([note]) | plans, run.BOOK, facts.Settlements(), {})
    lights = {r["tahun"]: r["lampu"] for r in told.unit if r["kode_unit"] == "630103"}
    assert lights == {"2025": "bersih", "2027": "rencana", "2028": "rencana"}


def test_units_with_something_withheld_come_first_of_those_that_report(told: Facts) -> None:
    assert [r["kode_unit"] for r in told.unit] == ["630609", "630103", ""]


def test_figures_held_whole_and_in_part(told: Facts) -> None:
    assert {h.angka: h.status for h in told.ditahan} == {
        run.HELD: "ditahan",
        "serapan_program|kode_unit=630103;periode=2025-TW1;kode=7.01.01": "sebagian",
    }


def test_every_rule_is_listed_with_what_it_judged(told: Facts) -> None:
    assert {r["aturan"] for r in told.aturan} == {rule.id for rule in run.BOOK}
    by_rule = {r["aturan"]: r for r in told.aturan}
    assert (by_rule["jumlah_program"]["keadaan"], by_rule["jumlah_program"]["pelanggar"]) == ("dilanggar", 3)
    assert (by_rule["jumlah_pk"]["keadaan"], by_rule["jumlah_pk"]["dinilai"]) == ("lolos", 12)
    assert by_rule["hibah_sama_rekening"]["keadaan"] == "tanpa_baris"
    assert by_rule["koreksi_dipakai"]["keadaan"] == "dilanggar"


def test_what_is_gone_and_what_settles(told: Facts) -> None:
    assert [r["pesan"] for r in told.hilang] == ["Sudah beres."]
    assert [(r["id"], r["temuan"], r["pemilik"]) for r in told.selesai] == [
        ("P-1", 1, "Sekretaris Kecamatan"),
        ("K-1", 1, "Kepala Subbagian Perencanaan"),
    ]


def test_an_expired_waiver_is_told_as_expired() -> None:
    waiver = {**run.WAIVER, "berlaku_sampai": run.BEFORE.date()}
    from assets.publish.validation import facts

    found = facts.gather(run.tables(), run.BOOK, facts.Settlements((), [waiver]), run.NAMES)
    assert [r["habis"] for r in found.selesai] == [True]


def test_narrowed_to_a_unit_its_figures_and_files_alone_are_told() -> None:
    only = [r for r in run.findings() if r["kode_unit"] == "630609"]
    found = run.told(only, narrowed={"unit": "630609"})
    assert {r["kode_unit"] for r in found.unit} == {"630609"}
    assert {h.kode_unit for h in found.ditahan} == {"630609"}
    assert {b["nama"] for b in found.berkas} == {"LRA 630609.xlsx", "Lama.xlsx"}


def test_a_file_that_a_person_replaced_comes_first_with_the_reason(told: Facts) -> None:
    (table,) = (t for t in grids.of(told, words("id")) if t.name == "berkas")
    said = [row[table.heads.index("Status")] for row in table.rows]
    replaced = f"digantikan oleh {run.FILES['a' * 64]}: dicetak ulang BPKAD"
    assert said == [replaced, *["dipakai"] * (len(run.FILES) - 1)]


def test_the_page_tells_a_waiver_once() -> None:
    why = "[Dikecualikan P-1 sampai 31-12-2027, Camat: (lihat BA) a]"
    row = run.finding(5, pengecualian_id="P-1", pesan=f"{why} Jumlah [lain] berbeda.", pesan_en=None)
    assert spoken(run.told([row]).temuan, "pesan", "id").to_pylist() == ["Jumlah [lain] berbeda."]
    open_ = run.finding(6, pesan=f"{why} Jumlah berbeda.", pesan_en=None)
    assert spoken(run.told([open_]).temuan, "pesan", "en").to_pylist() == [f"{why} Jumlah berbeda."]
