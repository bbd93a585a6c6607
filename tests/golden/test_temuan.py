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


def name_of(line: dict[str, str]) -> str:
    return f"{line['aturan']} {line['lembar']} {line['sel']}"


@pytest.mark.parametrize("line", required(), ids=name_of)
def test_a_required_finding(examples: ExampleRun, line: dict[str, str]) -> None:
    wanted = {"aturan": line["aturan"], "berkas": Path(line["berkas"]).name}
    told = ("kode_unit", "lembar", "sel", "akibat", "tertulis", "seharusnya", "selisih")
    wanted |= {c: line[c] for c in told if line[c]}
    where = " AND ".join(f'"{c}" = ?' for c in wanted)
    with duckdb.connect(str(examples.published), read_only=True) as con:
        exact = con.execute(f"SELECT count(*) FROM temuan WHERE {where}", list(wanted.values())).fetchall()
        near = con.execute(
            "SELECT berkas, lembar, sel, akibat, tertulis, seharusnya FROM temuan WHERE aturan = ?",
            [line["aturan"]],
        ).fetchall()
    assert exact[0][0] >= 1, f"wanted {wanted}; this rule found {near[:8]}"


@pytest.mark.parametrize("line", [r for r in required() if r["terbit"]], ids=name_of)
def test_its_figure_goes_out_or_is_withheld(examples: ExampleRun, line: dict[str, str]) -> None:
    table, _, key = line["angka"].partition("|")
    parts = dict(part.split("=", 1) for part in key.split(";"))
    where = " AND ".join(f'CAST("{column}" AS VARCHAR) = ?' for column in parts)
    with duckdb.connect(str(examples.published), read_only=True) as con:
        found = con.execute(
            f'SELECT status_terbit FROM "{table}" WHERE {where}', [*parts.values()]
        ).fetchall()
    assert found == [(line["terbit"],)]
