"""The example notebook answers its three questions from the published files as the warehouse would."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, ExampleRun

pytestmark = pytest.mark.integration
NOTEBOOK = ROOT / "docs" / "contoh" / "tiga_pertanyaan.py"
RUN = """
import json, runpy, sys
module = runpy.run_path(sys.argv.pop(1))
_, found = module["app"].run()
print(json.dumps({n: found[n] for n in ("jawaban_1", "jawaban_2", "jawaban_3")}, default=str))
"""


@pytest.fixture(scope="module")
def answers(examples: ExampleRun) -> dict[str, list[dict[str, object]]]:
    pytest.importorskip("marimo", reason="the dependency group `notebook` is not installed (.ci/run does)")
    terbit = examples.home / "warehouse" / "terbit"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), "--terbit", str(terbit)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout.splitlines()[-1])
    return found


def ask(examples: ExampleRun, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_who_spent_much_and_achieved_little(examples: ExampleRun, answers: dict[str, list]) -> None:
    found = [(a["kode_unit"], a["tahun"], round(float(a["selisih"]), 6)) for a in answers["jawaban_1"]]
    due = ask(
        examples,
        "SELECT r.kode_unit, r.periode, round((r.rata_capaian - s.realisasi / s.pagu * 100)::DOUBLE, 6) "
        "FROM v1_capaian_ringkasan r JOIN v1_serapan_program s USING (kode_unit, periode) "
        "WHERE s.kode = 'TOTAL' AND length(periode) = 4 ORDER BY 3",
    )
    assert len(found) == 2 and found == due


def test_which_villages_are_nearest(examples: ExampleRun, answers: dict[str, list]) -> None:
    nearest = {a["kode_unit"]: a["kode_desa"] for a in answers["jawaban_2"] if a["urutan"] == 1}
    for unit, village in nearest.items():
        assert ask(
            examples,
            f"SELECT kode_desa FROM v1_status_desa WHERE kode_unit = '{unit}' AND jarak_naik IS NOT NULL "
            "ORDER BY tahun DESC, jarak_naik LIMIT 1",
        ) == [(village,)]
    assert set(nearest) == {"630103", "630609"}


def test_what_pulled_the_index_down(examples: ExampleRun, answers: dict[str, list]) -> None:
    first = answers["jawaban_3"][0]
    change = sum(float(a["sumbangan"]) for a in answers["jawaban_3"] if a["kode_unit"] == first["kode_unit"])
    due = ask(
        examples,
        f"SELECT (b.ikm - a.ikm)::DOUBLE FROM v1_ikm a, v1_ikm b WHERE a.kode_unit = '{first['kode_unit']}' "
        f"AND b.kode_unit = a.kode_unit AND a.periode = '{first['awal']}' AND b.periode = '{first['akhir']}'",
    )
    # The parts are the whole: to the last digits that twelve decimals keep.
    assert change == pytest.approx(due[0][0], abs=1e-8) and change < 0
    assert first["sumbangan"] == min((a["sumbangan"] for a in answers["jawaban_3"]), key=float)


def test_the_notebook_says_so_when_there_is_nothing(tmp_path: Path) -> None:
    pytest.importorskip("marimo", reason="the dependency group `notebook` is not installed (.ci/run does)")
    done = subprocess.run(
        [sys.executable, str(NOTEBOOK), "--terbit", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert done.stdout == f"Tidak ada Parquet dalam `{tmp_path}`. Jalankan `make run` dahulu.\n"


def test_as_a_plain_script_it_prints_its_answers(examples: ExampleRun) -> None:
    pytest.importorskip("marimo", reason="the dependency group `notebook` is not installed (.ci/run does)")
    done = subprocess.run(
        [sys.executable, str(NOTEBOOK), "--terbit", "warehouse/terbit"],
        cwd=examples.home,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert re.findall(r"^(?:- )?\*\*(\w+)", done.stdout, re.MULTILINE) == [
        "630609", "PANJARATAN", "KARANG", "630103"
    ], done.stdout  # fmt: skip
