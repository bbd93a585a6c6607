"""Every discrepancy known in the two reports: found where files show it, explained where they cannot."""

from __future__ import annotations

from collections import Counter

import pytest

from docs import discrepancies
from docs.discrepancies import Line, Told
from quality.rule import RuleBook
from tests.conftest import ROOT, ExampleRun

pytestmark = pytest.mark.golden
LINES = discrepancies.ledger()
KINDS = {"berkas", "laporan", "pembulatan", "tidak terbukti", "keterangan"}


@pytest.fixture(scope="module")
def runs(examples: ExampleRun, bare_examples: ExampleRun) -> dict[str, set[Told]]:
    """The findings as configured, and without configuration and corrections."""
    return {
        "contoh": discrepancies.told(examples.published),
        "bawaan": discrepancies.told(bare_examples.published),
    }


@pytest.mark.parametrize("line", [x for x in LINES if x["aturan"]], ids=lambda x: f"{x['id']} {x['aturan']}")
def test_what_the_files_show_is_found_at_its_cell(line: Line, runs: dict[str, set[Told]]) -> None:
    near = sorted(each for each in runs[line["jalan"]] if each[0] == line["aturan"])
    assert discrepancies.found(line, runs), f"wanted {discrepancies.place(line)}; this rule found {near[:8]}"


@pytest.mark.parametrize("name", discrepancies.RUNS)
def test_no_finding_is_a_false_alarm(name: str, runs: dict[str, set[Told]]) -> None:
    strange = discrepancies.unexplained(LINES, runs[name])
    assert not strange, f"mend the rule, or say in tests/golden/buku_besar.csv why these are true: {strange}"


def test_the_page_says_what_the_runs_found(runs: dict[str, set[Told]]) -> None:
    kept = discrepancies.TARGET.read_text(encoding="utf-8")
    assert kept == discrepancies.page(LINES, runs), "run: make temuan"


def test_every_line_is_whole() -> None:
    book = RuleBook.load()
    assert max(Counter(line["id"] for line in LINES).values()) == 1
    assert sum(line["laporan"] == "LKj Pelaihari 2025" for line in LINES) == 66
    for line in LINES:
        assert line["sifat"] in KINDS, line
        shown = line["sifat"] in ("berkas", "keterangan")
        assert bool(line["aturan"]) == shown and (line["jalan"] in discrepancies.RUNS) == shown, line
        assert shown or line["alasan"], f"{line['id']}: a miss needs its reason"
        assert not line["aturan"] or line["aturan"] in book, line
        assert not line["berkas"] or (ROOT / "examples" / line["berkas"]).is_file(), line


def test_a_planted_false_alarm_and_a_planted_miss_are_seen() -> None:
    (line,) = (x for x in LINES if x["id"] == "P0032")
    right: Told = (*discrepancies.place(line), "ingat")
    wrong: Told = (line["aturan"], right[1], right[2], "D11", "tahan")
    assert discrepancies.unexplained(LINES, [right, wrong]) == [wrong]
    assert discrepancies.found(line, {"contoh": [right]}) and not discrepancies.found(
        line, {"contoh": [wrong]}
    )
