from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from quality.finding import Finding
from quality.rule import RuleBook, RuleInvalid, last_day, placeholders

GOOD = {
    "id": "contoh",
    "jenis": "harap",
    "akibat": "tahan",
    "mengapa": "sebab",
    "pesan": "{arti} tertulis {tertulis}.",
    "cara": "Perbaiki.",
    "pesan_en": "{arti} is {tertulis}.",
    "cara_en": "Mend it.",
    "tabel": "clean_bumdes",
    "harapan": "column_values_to_be_between",
    "dengan": {"column": "nilai", "min_value": 0, "max_value": 100},
}
LINTAS = {k: v for k, v in GOOD.items() if k not in ("harapan", "dengan")} | {
    "jenis": "lintas", "id": "persen_program", "tabel": ["clean_realisasi_program"],
    "pesan": "{tertulis}", "pesan_en": "{tertulis}",
}  # fmt: skip


def book(folder: Path, *rules: object, name: str = "a.yaml") -> RuleBook:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(list(rules), sort_keys=False), encoding="utf-8")
    return RuleBook.load(rules=folder)


def test_a_rule_is_read_with_its_fields(tmp_path: Path) -> None:
    rule = book(tmp_path, GOOD | {"berlaku": {"sejak": 2024, "sampai": dt.date(2025, 6, 30)}})["contoh"]
    assert rule.tabel == ("clean_bumdes",)
    assert rule.mesin == "gx"
    assert (rule.sejak, rule.sampai) == (dt.date(2024, 1, 1), dt.date(2025, 6, 30))
    assert rule.sumber == tmp_path / "a.yaml"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"severity": "high"}, "unknown keys ['severity']"),
        ({"akibat": "warn"}, "akibat 'warn'"),
        ({"akibat_lain": ["abaikan"]}, "akibat 'abaikan'"),
        ({"jenis": "cek"}, "jenis 'cek'"),
        ({"pesan_en": " "}, "pesan_en is missing or empty"),
        ({"cara": None}, "cara is missing or empty"),
        ({"mengapa": ""}, "mengapa is missing or empty"),
        ({"id": "Contoh Satu"}, "snake_case"),
        ({"tabel": "clean_entah"}, "unknown tables ['clean_entah']"),
        ({"tabel": "ikm"}, "unknown tables ['ikm']"),
        ({"tabel": []}, "tabel is missing"),
        ({"dengan": {"column": "nila", "min_value": 0}}, "clean_bumdes has no column ['nila']"),
        ({"dengan": {"min_value": 0}}, "needs ['column']"),
        ({"dengan": {"column": "nilai", "min": 0}}, "has no parameter ['min']"),
        ({"dengan": {"column": "nilai", "min_value": 0.1}}, "not exact in binary"),
        ({"harapan": "column_sum_to_be_between"}, "not on the list"),
        ({"bila": {"tahap": "murni"}}, "clean_bumdes has no column ['tahap']"),
        ({"alamat": "nilai@{periode}"}, "clean_bumdes has no column ['periode']"),
        ({"kunci": ["nip"]}, "clean_bumdes has no column ['nip']"),
        ({"pesan": "{tertulis.real}"}, "is not a plain name"),
        ({"pesan": "{tertulis!r}"}, "is not a plain name"),
        ({"pesan": "{entah}"}, "asks for ['entah']"),
        ({"pesan": "{tertulis"}, "expected '}'"),
        ({"berlaku": {"mulai": 2024}}, "only sejak and sampai"),
        ({"berlaku": {"sejak": "dahulu"}}, "neither a year nor a date"),
        ({"berkas_sql": "x.sql"}, "unknown keys ['berkas_sql']"),
    ],
)
def test_what_does_not_fit_is_refused_naming_file_and_rule(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(RuleInvalid) as refused:
        book(tmp_path, GOOD | change)
    assert said in str(refused.value)
    assert "a.yaml" in str(refused.value)
    assert str(change.get("id", "contoh")) in str(refused.value)


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- id: a\n  id: b\n", encoding="utf-8")
    with pytest.raises(RuleInvalid, match="key twice: id"):
        RuleBook.load(rules=tmp_path)


@pytest.mark.parametrize("text", ["contoh: 1", "- 1", "[: bad"])
def test_a_file_that_is_no_list_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleInvalid, match=r"a\.yaml"):
        RuleBook.load(rules=tmp_path)


def test_an_id_in_two_files_is_refused_naming_both(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(yaml.safe_dump([GOOD]), encoding="utf-8")
    with pytest.raises(RuleInvalid, match=r"b\.yaml.*contoh.*a\.yaml"):
        book(tmp_path, GOOD)


def test_a_lintas_rule_needs_its_select(tmp_path: Path) -> None:
    assert book(tmp_path, LINTAS)["persen_program"].berkas_sql is not None
    with pytest.raises(RuleInvalid, match=r"no file across/tiada\.sql"):
        book(tmp_path, LINTAS | {"id": "tiada"})


def test_a_home_brings_rules_with_their_own_select(tmp_path: Path) -> None:
    (tmp_path / "across").mkdir()
    (tmp_path / "across" / "sendiri.sql").write_text("SELECT 1", encoding="utf-8")
    made = book(tmp_path / "rules", LINTAS | {"id": "sendiri"})
    assert made["sendiri"].berkas_sql == tmp_path / "across" / "sendiri.sql"


def test_a_file_of_the_same_name_in_a_home_replaces_the_product_s(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    book(ours, GOOD)
    book(ours, GOOD | {"id": "lain"}, name="b.yaml")
    book(theirs, GOOD | {"akibat": "ingat"})
    merged = RuleBook.load(theirs, rules=ours)
    assert merged["contoh"].akibat == "ingat"
    assert "lain" in merged
    assert RuleBook.load(tmp_path / "absent", rules=ours)["contoh"].akibat == "tahan"


def test_an_unknown_id_is_our_fault_and_said(tmp_path: Path) -> None:
    with pytest.raises(RuleInvalid, match="no rule 'entah'"):
        book(tmp_path, GOOD)["entah"]


def test_a_finding_may_only_take_a_consequence_its_rule_permits(tmp_path: Path) -> None:
    made = book(tmp_path, GOOD | {"akibat_lain": ["ingat"]})
    assert made.akibat(Finding("contoh")) == "tahan"
    assert made.akibat(Finding("contoh", akibat="ingat")) == "ingat"
    with pytest.raises(RuleInvalid, match="does not permit akibat 'henti'"):
        made.akibat(Finding("contoh", akibat="henti"))


@pytest.mark.parametrize(
    ("periode", "day"),
    [("2025", (12, 31)), ("2025-TW1", (3, 31)), ("2025-TW2", (6, 30)), ("2025-TW4", (12, 31)),
     ("2025-S1", (6, 30)), ("2025-S2", (12, 31)), ("2025-03", (12, 31))],
)  # fmt: skip
def test_last_day_of_a_period(periode: str, day: tuple[int, int]) -> None:
    assert last_day(periode) == dt.date(2025, *day)


def test_a_rule_judges_the_periods_it_is_in_force_for(tmp_path: Path) -> None:
    rule = book(tmp_path, GOOD | {"berlaku": {"sejak": 2024, "sampai": dt.date(2025, 6, 30)}})["contoh"]
    held = [p for p in ("2023", "2024", "2025-S1", "2025-TW3", "2025") if rule.holds_in(p)]
    assert held == ["2024", "2025-S1"]
    assert rule.holds_in(None)


def test_placeholders_of_a_sentence() -> None:
    assert placeholders("Sel {sel} {{bukan}} {tertulis}") == {"sel", "tertulis"}
