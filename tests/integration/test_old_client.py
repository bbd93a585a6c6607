"""Dashboards lag: clients of DuckDB 1.2 and of the last 1.x read the published file and every view."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.conftest import ExampleRun
from warehouse import contracts, view_contract

pytestmark = pytest.mark.integration
ASK = """
import duckdb, json, sys
con = duckdb.connect(sys.argv[1], read_only=True)
views = [r[0] for r in con.execute("select view_name from duckdb_views() where not internal").fetchall()]
counts = {v: con.execute(f'select count(*) from "{v}"').fetchone()[0] for v in sorted(views)}
day = con.execute("select count(*) from v1_angka_pada(current_date)").fetchone()[0]
before = con.execute("select count(*) from v1_angka_pada('2020-01-01')").fetchone()[0]
types = {v: con.execute(f'describe "{v}"').fetchall() for v in views}
asked = "select table_name, column_name, comment from duckdb_columns() where not internal"
said = con.execute(asked).fetchall()
print(json.dumps({"version": duckdb.__version__, "counts": counts, "today": day, "before": before,
    "types": {v: [[c[0], c[1]] for c in t] for v, t in types.items()},
    "comments": {f"{t}.{c}": words for t, c, words in said}}))
"""


@pytest.mark.parametrize("version", ["1.2", "1.4"])
def test_an_older_client_reads_everything(examples: ExampleRun, version: str) -> None:
    variable = f"LUMBUNG_PYTHON_DUCKDB_{version.replace('.', '')}"
    python = os.environ.get(variable)
    if not python:
        pytest.skip(f"{variable} names no Python with DuckDB {version} (.ci/run makes one)")
    done = subprocess.run(
        [python, "-c", ASK, str(examples.published)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["version"].startswith(f"{version}.")
    assert {f"v1_{name}" for name in contracts.names("mart")} <= set(said["counts"])
    assert said["counts"]["v1_capaian_iku"] > 0
    promised = view_contract.load()["pandangan"]
    assert said["types"] == {v: [[c["nama"], c["tipe"]] for c in e["kolom"]] for v, e in promised.items()}
    assert said["comments"]["v1_iku_lengkap.putus_seri"] == next(
        c["arti"] for c in promised["v1_iku_lengkap"]["kolom"] if c["nama"] == "putus_seri"
    )
    assert said["today"] == said["counts"]["v1_riwayat_angka"] and said["before"] == 0
