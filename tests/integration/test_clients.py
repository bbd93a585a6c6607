"""Clients that a dashboard's developer has: pandas, polars, DuckDB; and every query the documents show."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.conftest import ROOT, ExampleRun

pytestmark = pytest.mark.integration
FENCE = re.compile(r"^```(sql|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
DOCUMENTED = FENCE.findall((ROOT / "docs" / "dashboard.md").read_text(encoding="utf-8"))
# Of the questions shown, those that the examples answer with nothing.
MAY_BE_EMPTY = ("akibat IN ('tahan', 'henti')",)


@pytest.fixture
def home(examples: ExampleRun, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(examples.home)
    return examples.home


def test_the_page_shows_queries_and_programs() -> None:
    assert len([c for kind, c in DOCUMENTED if kind == "sql"]) >= 8
    assert len([c for kind, c in DOCUMENTED if kind == "python"]) >= 3


@pytest.mark.parametrize("query", [c for kind, c in DOCUMENTED if kind == "sql"])
def test_a_documented_query_runs_and_finds_something(home: Path, query: str) -> None:
    with duckdb.connect("warehouse/lumbung.duckdb", read_only=True) as con:
        found = con.execute(query).fetchall()
    assert found or any(word in query for word in MAY_BE_EMPTY)


@pytest.mark.parametrize("program", [c for kind, c in DOCUMENTED if kind == "python"])
def test_a_documented_program_runs(home: Path, program: str) -> None:
    if "polars" in program:
        pytest.importorskip(
            "polars", reason="the dependency group `notebook` is not installed (.ci/run does)"
        )
    names: dict[str, object] = {}
    exec(compile(program, "docs/dashboard.md", "exec"), names)
    assert len(names["frame"]) > 0  # type: ignore[arg-type]


def published(examples: ExampleRun) -> list[tuple[str, Decimal]]:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        asked = "SELECT periode, ikm FROM ikm WHERE ikm IS NOT NULL ORDER BY kode_unit, periode"
        return con.execute(asked).fetchall()


def test_pandas_reads_exact_decimals_from_both_forms(examples: ExampleRun) -> None:
    folder = examples.home / "warehouse" / "terbit"
    arrow = pd.read_parquet(folder / "ikm.parquet", dtype_backend="pyarrow").dropna(subset="ikm")
    assert list(zip(arrow["periode"], arrow["ikm"], strict=True)) == published(examples)
    text = pd.read_csv(folder / "ikm.csv", dtype=str, keep_default_na=False).query("ikm != ''")
    assert [(p, Decimal(v)) for p, v in zip(text["periode"], text["ikm"], strict=True)] == published(examples)


def test_polars_reads_exact_decimals_from_both_forms(examples: ExampleRun) -> None:
    polars = pytest.importorskip(
        "polars", reason="the dependency group `notebook` is not installed (.ci/run does)"
    )
    folder = examples.home / "warehouse" / "terbit"
    exact = polars.read_parquet(folder / "ikm.parquet")
    assert exact.schema["ikm"] == polars.Decimal(24, 12)
    types = {"periode": polars.String, "kode_unit": polars.String, "ikm": polars.Decimal(24, 12)}
    text = polars.read_csv(folder / "ikm.csv", schema_overrides=types)
    for frame in (exact, text):
        assert frame.drop_nulls("ikm").select("periode", "ikm").rows() == published(examples)


def test_the_open_data_of_the_examples_are_valid_and_hold_no_small_cell(examples: ExampleRun) -> None:
    from frictionless import Package

    report = Package(str(examples.home / "warehouse" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    assert report.stats["tasks"] == 2 * len(list((examples.home / "warehouse" / "terbit").glob("*.csv")))
    terbit = examples.home / "warehouse" / "terbit"
    for name, persons in (("ikm", "n_responden"), ("ikm_unsur", "n")):
        small = f"SELECT count(*) FROM '{terbit}/{name}.parquet' WHERE {persons} < 5"
        assert duckdb.sql(small).fetchall() == [(0,)]
