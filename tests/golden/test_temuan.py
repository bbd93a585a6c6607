"""The findings that the examples must raise: rule, file, cell, consequence."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, ExampleRun

pytestmark = pytest.mark.golden
FACTS = ROOT / "examples" / "fakta" / "temuan_wajib.csv"


def required() -> list[dict[str, str]]:
    with FACTS.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(
    "line", required(), ids=lambda r: f"{r['aturan']} {Path(r['berkas']).name} {r['sel']}"
)
def test_a_required_finding(examples: ExampleRun, line: dict[str, str]) -> None:
    wanted = {"aturan": line["aturan"], "berkas": Path(line["berkas"]).name}
    wanted |= {c: line[c] for c in ("lembar", "sel", "akibat", "tertulis", "seharusnya") if line[c]}
    where = " AND ".join(f'"{c}" = ?' for c in wanted)
    with duckdb.connect(str(examples.published), read_only=True) as con:
        exact = con.execute(f"SELECT count(*) FROM temuan WHERE {where}", list(wanted.values())).fetchall()
        near = con.execute(
            "SELECT berkas, lembar, sel, akibat, tertulis, seharusnya FROM temuan WHERE aturan = ?",
            [line["aturan"]],
        ).fetchall()
    assert exact[0][0] >= 1, f"wanted {wanted}; this rule found {near[:8]}"
