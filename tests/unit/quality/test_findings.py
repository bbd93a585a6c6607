from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quality.address import Addresses
from quality.finding import Finding
from quality.findings import WaiverInvalid, identity, must_stop, place, rows, waived
from quality.origin import candidates, same
from quality.rule import Rule, RuleBook, RuleInvalid, placeholders
from quality.wording import SentenceIncomplete, fill, readable, shown
from tests.unit.quality.rows import BERKAS, peta
from warehouse import contracts
from warehouse.trail import Cell, Figure

NAMES = {BERKAS: "LRA 2025 081234567890.xlsx"}
MAP = Addresses(peta("no", "kode", "iks@2024", "pagu_perubahan", "u1", "u2", "nilai@TW1", "nilai@2025-TW2"))


def a_rule(**change: Any) -> Rule:
    said: dict[str, Any] = {
        "id": "contoh",
        "jenis": "temuan",
        "akibat": "tahan",
        "mengapa": "sebab",
        "sumber": Path("a.yaml"),
        "pesan": "Sel {sel} lembar {lembar} tertulis {tertulis}, seharusnya {seharusnya}.",
        "cara": "Buka {berkas}.",
        "pesan_en": "Cell {sel}: {tertulis}, due {seharusnya}.",
        "cara_en": "Open {berkas}.",
    }
    return Rule(**(said | change))


def cell(baris: int = 6, field: str = "kode", **more: Any) -> Cell:
    return Cell(more.pop("berkas", BERKAS), more.pop("lembar", "Lembar1"), 1, baris, field, **more)


def finding(**change: Any) -> Finding:
    where = change.pop("cell", cell())
    said: dict[str, Any] = {"aturan": "contoh", "cell": where, "kode_unit": "630103", "periode": "2025"}
    if where is not None:
        said |= {"berkas_id": where.berkas_id, "lembar": where.lembar}
    return Finding(**(said | change))


def made(*findings: Finding, rule: Rule | None = None, waivers: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    return rows(findings, RuleBook([rule or a_rule()]), MAP, NAMES, "j1", waivers, dt.date(2026, 1, 15))


def test_a_finding_becomes_a_row_of_the_contract() -> None:
    found = finding(
        tertulis="9.331.555,88",
        seharusnya="9.311.555,88",
        selisih="20.000",
        related=(cell(7), cell(3, lembar="LRA")),
        suspects=(cell(9),),
        figures=(
            Figure("serapan_program", "kode=TOTAL", "pagu"),
            Figure("serapan_program", "kode=TOTAL", "sisa"),
        ),
    )
    (row,) = made(found, rule=a_rule(kelompok="jumlah", dasar_hukum="Permendagri 77/2020"))
    assert contracts.build("temuan", [row]).num_rows == 1
    assert row["pesan"] == "Sel B6 lembar Lembar1 tertulis 9.331.555,88, seharusnya 9.311.555,88."
    assert row["pesan_en"] == "Cell B6: 9.331.555,88, due 9.311.555,88."
    assert (row["sel"], row["sel_terkait"], row["sel_dicurigai"]) == ("B6", "B7, LRA!3:3", "B9")
    assert row["berkas"] == "LRA 2025 [disamarkan].xlsx"
    assert row["cara_perbaiki"] == "Buka LRA 2025 [disamarkan].xlsx."
    assert row["kelompok_sebab"] == "jumlah:630103:2025:20.000"
    assert row["angka_terkait"] == "serapan_program|kode=TOTAL"
    assert (row["akibat"], row["dasar_hukum"], row["jalan_id"]) == ("tahan", "Permendagri 77/2020", "j1")


@pytest.mark.parametrize(
    ("where", "periode", "sel"),
    [
        (cell(6, "kode"), None, "B6"),
        (cell(6, "iks"), "2024", "C6"),
        (cell(6, "iks@2024"), None, "C6"),
        (cell(6, "pagu"), "2025", "D6"),  # a clean column under the name its form gave it
        (cell(6, "pagu_murni"), "2025", "6:6"),  # no column of that name: the row
        (cell(6, "nilai"), "2025-TW1", "G6"),
        (cell(6, "nilai"), "2025-TW2", "H6"),
        (cell(6, "u1", sampai_baris=155, sampai_field="u2"), None, "E6:F155"),
        (cell(6, "kode", sampai_baris=9), None, "B6:B9"),
        (cell(0, "kode"), None, "B4"),  # an absent thing points to its header
        (cell(6, "*"), None, "6:6"),
        (cell(5, "kode", lembar="hal. 3"), None, "hal. 3 baris 5"),
        (cell(5, "kode", lembar="hal. 3", sampai_baris=9), None, "hal. 3 baris 5-9"),
    ],
)
def test_a_cell_in_letters(where: Cell, periode: str | None, sel: str) -> None:
    assert place(where, MAP, periode) == sel


def test_a_related_cell_of_another_file_says_which() -> None:
    other = cell(7, berkas="f" * 64, lembar="LRA")
    (row,) = rows(
        [finding(related=(cell(7), other))],
        RuleBook([a_rule()]),
        MAP,
        NAMES | {"f" * 64: "LRA TW4.xlsx"},
        "j1",
    )
    assert row["sel_terkait"] == "B7, [LRA TW4.xlsx]LRA!7:7"


def test_a_blank_is_not_told_of_a_form_without_the_column() -> None:
    asked = a_rule(jenis="harap", hanya_bila_ada=True)
    absent, there = cell(0, "satuan"), cell(0, "kode")
    assert made(finding(cell=absent), rule=asked) == []
    assert [r["sel"] for r in made(finding(cell=there), rule=asked)] == ["B4"]
    assert len(made(finding(cell=absent), rule=a_rule())) == 1


def test_a_csv_has_no_sheet() -> None:
    (row,) = made(finding(cell=cell(lembar="-")))
    assert row["lembar"] is None
    assert row["pesan"].startswith("Sel 6:6 tertulis ")


def test_what_is_blank_reads_as_blank_in_both_languages() -> None:
    (row,) = made(finding(tertulis=None, seharusnya="1"))
    assert row["pesan"].endswith("tertulis (kosong), seharusnya 1.")
    assert row["pesan_en"] == "Cell B6: (blank), due 1."
    assert row["tertulis"] is None


def test_a_sentence_that_asks_for_more_than_is_supplied_is_our_fault() -> None:
    with pytest.raises(SentenceIncomplete, match=r"rule 'contoh' says \{desa\}"):
        made(finding(), rule=a_rule(pesan="Desa {desa}"))


def test_a_finding_s_own_facts_fill_its_sentence_and_personal_ones_are_masked() -> None:
    rule = a_rule(pesan="{jumlah} halaman: {nama}, {nilai}")
    (row,) = made(
        finding(isi={"jumlah": "3", "nama": "hubungi 081234567890", "nilai": Decimal("1234.50")}), rule=rule
    )
    assert row["pesan"] == "3 halaman: hubungi [disamarkan], 1.234,5"
    assert row["jumlah"] == 1


def test_the_same_cause_found_twice_is_told_once() -> None:
    assert len(made(finding(tertulis="a"), finding(tertulis="a"))) == 1


def test_two_things_said_about_one_cell_stay_two() -> None:
    told = made(finding(tertulis="a"), finding(tertulis="b"))
    assert len({r["temuan_id"] for r in told}) == 2


def test_findings_without_a_place_are_told_apart_by_what_they_say() -> None:
    told = made(
        *(finding(cell=None, berkas_id=BERKAS, isi={"kolom": k}) for k in "xyx"),
        rule=a_rule(pesan="kolom {kolom}"),
    )
    assert [r["pesan"] for r in told] == ["kolom x", "kolom y"]


def test_identity_is_the_same_run_after_run_and_differs_by_rule_file_cell_and_figure() -> None:
    base = finding()
    others = [
        finding(aturan="lain"),
        finding(cell=cell(berkas="c" * 64)),
        finding(cell=cell(7)),
        finding(cell=cell(field="u1")),
        finding(figures=(Figure("ikm", "k", "ikm"),)),
    ]
    assert identity(base) == identity(finding(tertulis="kata lain", kode_unit="630103"))
    assert len({identity(f) for f in (base, *others)}) == 6


def test_order_is_gravity_unit_period_file_sheet_row() -> None:
    mild, grave = a_rule(id="mild", akibat="ingat"), a_rule(id="grave", akibat="henti")
    found = [
        finding(aturan="mild", cell=cell(10, "no")),
        finding(aturan="mild", cell=cell(9, "kode")),
        finding(aturan="mild", kode_unit="630101"),
        finding(aturan="grave", kode_unit="999999"),
    ]
    told = rows(found, RuleBook([mild, grave]), MAP, NAMES, "j1")
    assert [(r["aturan"], r["kode_unit"], r["sel"]) for r in told] == [
        ("grave", "999999", "B6"),
        ("mild", "630101", "B6"),
        ("mild", "630103", "B9"),
        ("mild", "630103", "A10"),
    ]
    assert told == rows(found[::-1], RuleBook([grave, mild]), MAP, NAMES, "j1")


def test_only_henti_stops_the_run() -> None:
    book = RuleBook([a_rule(id="berhenti", akibat="henti"), a_rule()])
    assert must_stop([finding(), finding(aturan="berhenti")], book) == [finding(aturan="berhenti")]


def test_a_finding_by_an_unknown_rule_is_refused() -> None:
    with pytest.raises(RuleInvalid, match="no rule 'entah'"):
        made(finding(aturan="entah"))


# --- waivers -----------------------------------------------------------------------------------------


def waiver(**change: Any) -> dict[str, Any]:
    return {
        "id": "P-1",
        "aturan": "contoh",
        "di": {"kode_unit": "630103"},
        "alasan": "disepakati",
        "pemilik": "Kasubbag Perencanaan",
        "berlaku_sampai": dt.date(2026, 1, 15),
        **change,
    }


@pytest.mark.parametrize(
    ("di", "marked"),
    [
        ({"kode_unit": "630103"}, True),
        ({"kode_unit": "630609"}, False),
        ({"kode_unit": "630103", "periode": "2024"}, False),
        ({"berkas": "LRA 2025*"}, True),
        ({"berkas": "DPA*"}, False),
        ({"sel": "B6"}, True),
        ({"sel": "B7"}, False),
        ({"lembar": "Lembar1", "berkas_id": BERKAS}, True),
    ],
)
def test_a_waiver_marks_what_it_names(di: dict[str, str], marked: bool) -> None:
    (row,) = made(finding(), waivers=(waiver(di=di),))
    assert row["pengecualian_id"] == ("P-1" if marked else None)
    assert row["akibat"] == "tahan"


def test_an_expired_waiver_marks_nothing() -> None:
    (row,) = made(finding(), waivers=(waiver(berlaku_sampai=dt.date(2026, 1, 14)),))
    assert row["pengecualian_id"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"aturan": "entah"}, "no rule 'entah'"),
        ({"di": {}}, "di names some of"),
        ({"di": {"kolom": "B"}}, "di names some of"),
        ({"berlaku_sampai": "2026"}, "must be a date"),
        ({"catatan": "x"}, "unknown keys"),
    ],
)
def test_a_waiver_that_does_not_fit_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(WaiverInvalid, match=f"'P-1'.*{said}"):
        made(finding(), waivers=(waiver(**change),))


def test_a_waiver_without_an_owner_is_refused() -> None:
    ownerless = {k: v for k, v in waiver().items() if k != "pemilik"}
    with pytest.raises(WaiverInvalid, match="pemilik"):
        waived([finding()], RuleBook([a_rule()]), MAP, NAMES, [ownerless])


def test_brackets_in_a_file_name_are_only_brackets() -> None:
    names = {BERKAS: "LRA [1].xlsx"}
    (marked,) = waived(
        [finding()],
        RuleBook([a_rule()]),
        MAP,
        names,
        [waiver(di={"berkas": "LRA [1]*"})],
        dt.date(2026, 1, 1),
    )
    assert marked.pengecualian_id == "P-1"


# --- names of columns and values ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("pagu", "pagu", True),
        ("iks", "iks@2024", True),
        ("iks@2023", "iks@2024", False),
        ("nilai@TW1", "nilai@2025-TW1", True),
        ("kelas_tercetak", "kelas", True),
        ("pagu", "anggaran", True),
        ("pagu", "realisasi", False),
        ("*", "realisasi", True),
    ],
)
def test_two_names_of_one_column(one: str, other: str, may_be: bool) -> None:
    assert same(one, other) is may_be
    assert same(other, one) is may_be


def test_candidates_try_the_name_itself_first() -> None:
    assert candidates("nilai", "2025-TW1")[:4] == ["nilai", "nilai@2025-TW1", "nilai@TW1", "nilai@2025"]


@pytest.mark.parametrize(
    ("value", "money", "text"),
    [
        (Decimal("11216668358.00"), True, "11.216.668.358"),
        (Decimal("12296340286.50"), True, "12.296.340.286,50"),
        (Decimal("0.731400000000"), False, "0,7314"),
        (Decimal("-20000"), True, "-20.000"),
        (Decimal("1E+3"), False, "1.000"),
        (True, False, "ya"),
        (2025, False, "2025"),
        (None, False, None),
        ("7:9", False, "7:9"),
    ],
)
def test_values_as_printed(value: Any, money: bool, text: str | None) -> None:
    assert shown(value, money=money) == text


def test_a_quarter_s_cell_is_found_under_a_header_without_the_year() -> None:
    assert place(cell(9, "nilai@2025-TW1"), MAP) == "G9"
    assert place(cell(9, "nilai@2025-TW2"), MAP) == "H9"


def test_no_sentence_holds_the_decimals_of_a_spreadsheet() -> None:
    """A cell shows 92,00 and keeps 92.001162769031; what an office printed itself is quoted whole."""
    [row] = made(finding(tertulis="92,001162769031", seharusnya="60,6666667", selisih="31,334496069031"))
    assert row["pesan"] == "Sel B6 lembar Lembar1 tertulis 92,0012, seharusnya 60,6666667."
    assert (row["tertulis"], row["selisih"]) == ("92,0012", "31,3345")
    kept = readable("5.1.02.01.01.0052, 081234567890, 6301.032001, 1.234567890.xlsx, 2,5")
    assert kept == "5.1.02.01.01.0052, 081234567890, 6301.032001, 1.234567890.xlsx, 2,5"


def test_lists_in_an_english_sentence_are_english() -> None:
    rule = a_rule(pesan="{tertulis}.", pesan_en="{tertulis}.", cara="a", cara_en="a")
    [row] = made(finding(tertulis="9/15 = 60,00 atau 10/15; dan 15 lainnya"), rule=rule)
    assert row["pesan"] == "9/15 = 60,00 atau 10/15; dan 15 lainnya."
    assert row["pesan_en"] == "9/15 = 60,00 or 10/15; and 15 more."


def test_of_a_csv_no_sentence_names_a_sheet() -> None:
    """It has none: where a rule's sentence names the sheet, the words around it go too, and no others."""
    odd = re.compile(r"\b(lembar|sheet) -|\( |\(\)|\(,|  | [.,:;)]")
    for rule in RuleBook.load():
        for name in ("pesan", "cara", "pesan_en", "cara_en"):
            said = getattr(rule, name)
            if "{lembar}" not in said:
                continue
            facts = dict.fromkeys(placeholders(said), "X")
            without = fill(rule, said, facts | {"lembar": None}, "id")
            assert not odd.search(without), f"{rule.id}: {without}"
            assert "LRA" in fill(rule, said, facts | {"lembar": "LRA"}, "id")
