"""Every judging rule has a planted example: it speaks there, says what stands written, and only there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quality import findings
from quality.across import judge_across
from quality.finding import Finding
from quality.judge import judge
from quality.rule import Rule, RuleBook
from tests.rules.planted import Rows, planted, whole
from tests.unit.quality.rows import table, tables

BOOK = RuleBook.load()
EXAMPLES = planted()
JUDGED = [r for r in BOOK if r.jenis in ("harap", "lintas")]
# These compare rows with each other: each is judged alone, the others in one call (calls cost).
ALONE = {r.id for r in BOOK.of("harap") if "column_list" in r.dengan}


@pytest.fixture(scope="module")
def of_rows() -> Mapping[tuple[str, str], list[Finding]]:
    """Findings of all rules on rows by rule and kind of example; every example is a file of its own."""
    together: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rules = [r for r in BOOK.of("harap") if r.id in EXAMPLES and r.id not in ALONE]
    for rule in rules:
        for kind in ("langgar", "wajar"):
            for name, rows in getattr(EXAMPLES[rule.id], kind).items():
                together[name] += [
                    {"berkas_id": f"{rule.id} {kind}", "baris": 5 + at, **row} for at, row in enumerate(rows)
                ]
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    # Keys repeat across examples, which the contract of one run would refuse.
    rows = {name: table(name, *each, cara="apa adanya") for name, each in together.items()}
    for each in judge(rows, RuleBook(rules)).findings:
        of, _, kind = (each.berkas_id or "").partition(" ")
        if of == each.aturan:
            found[(of, kind)].append(each)
    return found


def found(rule: Rule, kind: str, of_rows: Mapping[tuple[str, str], list[Finding]]) -> list[Finding]:
    rows: Rows = whole(getattr(EXAMPLES[rule.id], kind))
    if rule.jenis == "lintas":
        return judge_across(tables(**rows), RuleBook([rule])).findings
    if rule.id in ALONE:
        return judge(tables(**rows), RuleBook([rule])).findings
    return of_rows.get((rule.id, kind), [])


def told(finding: Finding) -> dict[str, Any]:
    cell = finding.cell
    said: Mapping[str, Any] = {
        "baris": cell and cell.baris,
        "kolom": cell and cell.field,
        "tertulis": finding.tertulis,
        "seharusnya": finding.seharusnya,
        "akibat": BOOK.akibat(finding),
    }
    return {k: v for k, v in said.items() if v is not None}


def test_every_judging_rule_has_an_example_and_every_example_a_rule() -> None:
    assert set(EXAMPLES) == {r.id for r in JUDGED}


@pytest.mark.parametrize("rule", JUDGED, ids=lambda r: r.id)
def test_a_rule_catches_its_planted_offender_and_says_so(
    rule: Rule, of_rows: Mapping[tuple[str, str], list[Finding]]
) -> None:
    example = EXAMPLES[rule.id]
    (offence,) = found(rule, "langgar", of_rows)
    assert told(offence) == example.temuan
    assert findings.sentence(offence, BOOK) == example.dikatakan
    assert "{" not in findings.sentence(offence, BOOK, "pesan_en")


@pytest.mark.parametrize("rule", JUDGED, ids=lambda r: r.id)
def test_a_rule_leaves_the_near_miss_alone(
    rule: Rule, of_rows: Mapping[tuple[str, str], list[Finding]]
) -> None:
    assert found(rule, "wajar", of_rows) == []


def test_the_page_of_coverage_names_rules_that_exist() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "rule-coverage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+)+)`", page))
    assert len(named) > 80 and named <= {r.id for r in BOOK}
    left_out = {r.id for r in BOOK.of("lintas")} - named
    assert not left_out, "rules over tables that docs/rule-coverage.md does not name"
