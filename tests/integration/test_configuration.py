"""A configuration that cannot be used withholds its own unit, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ExampleRun, lumbung

pytestmark = pytest.mark.integration


def states(home: Path) -> dict[str, set[str]]:
    with duckdb.connect(str(home / "warehouse" / "lumbung.duckdb"), read_only=True) as con:
        found = con.execute(
            "SELECT kode_unit, status_terbit FROM capaian_iku WHERE periode IN ('2024', '2025')"
        )
        said: dict[str, set[str]] = {}
        for unit, status in found.fetchall():
            said.setdefault(unit, set()).add(status)
    return said


def test_a_broken_configuration_makes_its_own_figures_stale(examples: ExampleRun, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    shutil.copytree(examples.home, home)
    path = home / "raw" / "konfigurasi" / "630609.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("periode_akhir", "kira-kira"), encoding="utf-8")
    ran = lumbung(home, "run")
    assert ran.code == 2, ran.out + ran.err
    assert "kira-kira" in ran.out
    found = states(home)
    assert found["630609"] == {"basi"}
    assert found["630103"] == {"terbit"}


def test_unreadable_yaml_is_told_and_stops_nothing_else(examples: ExampleRun, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    shutil.copytree(examples.home, home)
    (home / "raw" / "konfigurasi" / "630609.yaml").write_text("pilihan: [", encoding="utf-8")
    assert lumbung(home, "run").code == 2
    assert states(home)["630103"] == {"terbit"}


def test_scope_leaves_everything_else_as_it_was_published(examples: ExampleRun, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    shutil.copytree(examples.home, home)
    lumbung(home, "withdraw", _berkas_id(home, "IKM Kalumpang 2024.csv"), "--reason", "uji")
    lumbung(home, "withdraw", _berkas_id(home, "Status Indeks Desa Pelaihari 2025.xlsx"), "--reason", "uji")
    assert lumbung(home, "run", "--unit", "630103").code == 2
    before, after = _ikm(examples.home), _ikm(home)
    assert after == before, "the index of the other unit stays as it was published"
    assert lumbung(home, "run").code == 2
    assert "630609" not in _ikm(home)


def _ikm(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(home / "warehouse" / "lumbung.duckdb"), read_only=True) as con:
        rows = con.execute("SELECT kode_unit, periode, ikm FROM ikm ORDER BY ALL").fetchall()
    said: dict[str, list[tuple[object, ...]]] = {}
    for unit, *rest in rows:
        said.setdefault(unit, []).append(tuple(rest))
    return said


def _berkas_id(home: Path, name: str) -> str:
    with duckdb.connect(str(home / "warehouse" / "lumbung.duckdb"), read_only=True) as con:
        return str(con.execute("SELECT berkas_id FROM berkas WHERE nama = ?", [name]).fetchall()[0][0])
