"""Links of programmes with indicators, as they are published."""

from decimal import Decimal
from typing import Any

from assets.marts.pautan import pautan_program
from assets.passing import Mart
from tests.unit.marts.rows import KALUMPANG, PELAIHARI, REPORT, built, clean, knowing, mart, steps
from warehouse.formulas.recompute import recompute
from warehouse.formulas.recomputed.operands import Operand, Operands
from warehouse.trail import Cell, Choice


def link(kode: str, indikator: str, porsi: Any = None, dokumen: str = "PK", **more: Any) -> dict[str, Any]:
    given = {"kode_unit": PELAIHARI, "tahun": 2025, "dokumen": dokumen, "kode": kode}
    return given | {"kode_indikator": indikator, "porsi": porsi} | more


def run(
    indicators: list[tuple[str, str, str]], links: list[dict[str, Any]], files: dict[str, Any] | None = None
) -> tuple[dict[tuple[str, str, str], tuple[Decimal, str]], Mart]:
    rows = [dict(zip(("kode_unit", "periode", "kode_indikator"), i, strict=True)) for i in indicators]
    made = pautan_program(
        mart("capaian_iku", *rows), clean("clean_pautan_program", *links, berkas="pk"), knowing(files)
    )["pautan_program"]
    found = {
        (r["periode"], r["kode_indikator"], r["kode"]): (r["porsi"], r["sumber"])
        for r in built("pautan_program", made).values()
    }
    return found, made


def worked_out(made: Mart, key: str) -> Any:
    own = steps(made, key, "porsi")
    return recompute(own[0].rumus, Operands([Operand(s.peran, s.nilai) for s in own]))


def test_links_are_told_also_where_the_whole_budget_is_compared() -> None:
    found, made = run(
        [(PELAIHARI, "2025", "ikm"), (PELAIHARI, "2025", "persen_desa_mandiri")],
        [link("7.01.01", "ikm"), link("7.01.03", "persen_desa_mandiri", Decimal("62.5"))],
        REPORT,
    )
    assert REPORT[PELAIHARI]["alokasi_anggaran"] == "seluruhnya"
    assert found == {
        ("2025", "ikm", "7.01.01"): (Decimal(100), "PK"),
        ("2025", "persen_desa_mandiri", "7.01.03"): (Decimal("62.5"), "PK"),
    }
    whole = f"kode_unit={PELAIHARI};periode=2025;kode_indikator=ikm;kode=7.01.01"
    assert Cell("pk", "-", 1, 2, "kode") in [s.source for s in steps(made, whole, "porsi")]
    part = f"kode_unit={PELAIHARI};periode=2025;kode_indikator=persen_desa_mandiri;kode=7.01.03"
    assert [s.source for s in steps(made, part, "porsi")] == [Cell("pk", "-", 1, 3, "porsi")]
    assert (worked_out(made, whole), worked_out(made, part)) == (Decimal(100), Decimal("62.5"))


def test_each_period_has_the_links_of_the_document_then_in_force() -> None:
    given = {"kode_unit": KALUMPANG, "tahun": 2024}
    found, _ = run(
        [(KALUMPANG, "2024-TW1", "ikm"), (KALUMPANG, "2024", "ikm")],
        [link("7.01.01", "ikm", **given), link("7.01.02", "ikm", dokumen="PK-P", **given)],
    )
    assert found == {
        ("2024-TW1", "ikm", "7.01.01"): (Decimal(100), "PK"),
        ("2024", "ikm", "7.01.02"): (Decimal(100), "PK-P"),
    }


def test_the_configuration_links_where_the_agreement_does_not_and_a_year_of_its_own_goes_first() -> None:
    every = {"kode": "7.01.01", "kode_indikator": "ikm", "porsi": 40}
    said = [every | {"porsi": 30, "tahun": 2025}, every, every | {"kode": "7.01.02", "tahun": 2024}]
    both = [(PELAIHARI, "2025", "ikm"), (PELAIHARI, "2025", "serapan")]
    found, made = run(both, [link("7.01.05", "serapan")], {PELAIHARI: {"pautan": said}})
    assert found == {
        ("2025", "ikm", "7.01.01"): (Decimal(30), "konfigurasi"),
        ("2025", "serapan", "7.01.05"): (Decimal(100), "PK"),
    }
    key = f"kode_unit={PELAIHARI};periode=2025;kode_indikator=ikm;kode=7.01.01"
    assert [s.source for s in steps(made, key, "porsi")] == [Choice("pautan", "7.01.01 untuk ikm")]


def test_a_link_to_an_indicator_that_the_unit_does_not_have_is_no_row() -> None:
    assert run([(PELAIHARI, "2025", "ikm")], [link("7.01.03", "persen_desa_mandiri")])[0] == {}
