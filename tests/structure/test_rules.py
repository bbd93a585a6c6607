"""Every rule that code names stands in the book, and every rule in the book can be kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.across import connection, offenders
from quality.rule import ACROSS, RULES, Rule, RuleBook, placeholders

ROOT = Path(__file__).resolve().parent.parent.parent
BOOK = RuleBook.load()
FLOORS = ("quality", "assets", "pipelines")


def named_rules(tree: ast.AST) -> Iterator[str]:
    """Ids in ``Finding("…")``, ``aturan="…"`` and ``Refused("…")``, wherever they stand literally."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [k.value for k in node.keywords if k.arg == "aturan"]
        if called in ("Finding", "Refused", "note", "refuse_cell") and node.args:
            given.append(node.args[1] if called == "refuse_cell" and len(node.args) > 1 else node.args[0])
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def code() -> Iterator[tuple[Path, str]]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            for rule_id in set(named_rules(ast.parse(path.read_text(encoding="utf-8")))):
                yield path.relative_to(ROOT), rule_id


NAMED = sorted(set(code()))


def test_the_search_sees_what_it_looks_for() -> None:
    tree = ast.parse('Finding("a"); Finding(aturan="b"); row.note("c", "x"); row.refuse_cell("f", "d", "y")')
    assert set(named_rules(tree)) == {"a", "b", "c", "d"}
    assert len(NAMED) > 10


@pytest.mark.parametrize(("path", "rule_id"), NAMED, ids=lambda v: str(v))
def test_a_rule_named_in_code_stands_in_the_book(path: Path, rule_id: str) -> None:
    assert rule_id in BOOK, f"{path} makes findings by {rule_id!r}, which no file of quality/rules holds"


def test_no_select_lies_unused() -> None:
    used = {rule.berkas_sql.name for rule in BOOK.of("lintas") if rule.berkas_sql}
    assert {p.name for p in ACROSS.glob("*.sql") if not p.name.startswith("_")} == used


@pytest.mark.parametrize("rule", BOOK.of("lintas"), ids=lambda r: r.id)
def test_a_select_reads_only_what_its_rule_names_and_returns_what_its_sentences_say(rule: Rule) -> None:
    with connection({}, rule.tabel) as con:
        offenders(con, rule)


def test_money_and_scores_are_never_divided_or_made_binary() -> None:
    forbidden = re.compile(
        r"(?<![/*])/(?![/*])|\bavg\s*\(|\bround\s*\(|::|\b(double|float|real)\b", re.IGNORECASE
    )
    for path in sorted(ACROSS.glob("*.sql")):
        bare = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
        assert not forbidden.search(bare), f"{path.name}: {forbidden.search(bare)}"


def test_every_rule_file_is_read() -> None:
    assert {rule.sumber.name for rule in BOOK} == {p.name for p in RULES.glob("*.yaml")}


@pytest.mark.parametrize("rule", [*BOOK.of("harap"), *BOOK.of("lintas")], ids=lambda r: r.id)
def test_both_languages_say_the_same_facts(rule: Rule) -> None:
    said, said_en = placeholders(rule.pesan), placeholders(rule.pesan_en)
    # A fact that is words has a twin in English.
    twins = {"printed_thing": "yang_tercetak"}
    assert said == {twins.get(name, name.removesuffix("_en")) for name in said_en}
