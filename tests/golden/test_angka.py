"""Every computed figure of the two reports that our tables cover, recomputed from the raw files."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ExampleRun

pytestmark = pytest.mark.golden
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@lru_cache(maxsize=2)
def connection(published: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(published), read_only=True)


def value(published: Path, line: dict[str, str]) -> Any:
    parts = dict(p.split("=", 1) for p in line["kunci"].split(";"))
    where = " AND ".join(f'CAST("{k}" AS VARCHAR) = ?' for k in parts)
    found = (
        connection(published)
        .execute(f'SELECT "{line["kolom"]}" FROM "{line["tabel"]}" WHERE {where}', list(parts.values()))
        .fetchall()
    )
    assert len(found) == 1, f"{len(found)} rows of {line['tabel']} with {line['kunci']}"
    return found[0][0]


def printed_number(text: str, desimal: int) -> Decimal:
    """A number as the reports print it: ``1.715.174.950``, ``91,09``, ``3.907``, ``896,00``, ``-``.

    A last group of three digits is decimals only where three decimals are printed; ``-`` in a column of
    amounts is none (contract 2.7).
    """
    if text.strip() == "-":
        return Decimal(0)
    digits = re.sub(r"[^\d.,()-]", "", text)
    assert any(c.isdigit() for c in digits), f"{text!r} is no number"
    negative = digits.startswith(("(", "-"))
    digits = digits.strip("()-")
    split = re.fullmatch(rf"(.*?)[.,](\d{{1,2}}|\d{{{max(desimal, 1)}}})", digits)
    whole, decimals = split.groups() if split else (digits, "0")
    number = Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")
    return -number if negative else number


def agrees(found: Any, expected: str, desimal: str) -> bool:
    """Equal at printed precision; a print may round half-up or truncate (accounting exports truncate).

    ``n/a`` is a figure that must be NULL: it cannot be computed, or it is withheld.
    """
    if expected == "n/a":
        return found is None
    if desimal == "":
        return str(found) == expected
    due = printed_number(expected, int(desimal))
    if found is None:
        return False
    step = Decimal(1).scaleb(-int(desimal))
    number = Decimal(found)
    return due in (number.quantize(step, ROUND_HALF_UP), number.quantize(step, ROUND_DOWN))


def name_of(line: dict[str, str]) -> str:
    return f"{line['laporan']} {line['tabel_laporan']} {line['uraian']}"


@pytest.mark.parametrize("line", lines("angka.csv"), ids=name_of)
def test_a_printed_figure(examples: ExampleRun, line: dict[str, str]) -> None:
    expected = line["benar"] or line["tercetak"]
    assert not line["benar"] or line["mengapa"], "a print is called wrong without a reason"
    found = value(examples.published, line)
    assert agrees(found, expected, line["desimal"]), f"expected {expected}, computed {found}"
    if line["benar"] and line["desimal"]:
        assert not agrees(found, line["tercetak"], line["desimal"]), "the print is right after all"


@pytest.mark.parametrize("line", lines("bawaan.csv"), ids=name_of)
def test_what_the_defaults_give(bare_examples: ExampleRun, line: dict[str, str]) -> None:
    found = value(bare_examples.published, line)
    assert agrees(found, line["benar"], line["desimal"]), f"expected {line['benar']}, computed {found}"


def test_the_readme_says_how_many_figures_are_reproduced() -> None:
    said = lines("angka.csv")
    right = sum(not line["benar"] for line in said)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{right} of {len(said)}" in readme


def test_the_comparison_can_fail() -> None:
    assert agrees(Decimal("99.949"), "99,95", "2") and agrees(Decimal("99.949"), "99,94", "2")
    assert not agrees(Decimal("99.949"), "99,93", "2")
    assert not agrees(None, "0,00", "2") and not agrees("MAJU", "MANDIRI", "")
    assert agrees(Decimal("12296340286.46"), "12.296.340.286,46", "2")
    assert agrees(Decimal("3.907"), "3.907", "3")
    assert agrees(None, "n/a", "2") and agrees(None, "n/a", "")
    assert not agrees(Decimal(0), "n/a", "2") and not agrees("MAJU", "n/a", "")
    with pytest.raises(AssertionError, match="is no number"):
        agrees(None, "tidak ada", "2")
