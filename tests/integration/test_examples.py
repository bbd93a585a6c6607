"""The whole job on the examples, as a user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, ExampleRun, lumbung
from warehouse import contracts

pytestmark = pytest.mark.integration


def ask(published: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published), read_only=True) as con:
        return con.execute(sql).fetchall()


def figures(published: Path) -> dict[str, list[tuple[object, ...]]]:
    return {n: ask(published, f'SELECT * FROM "{n}" ORDER BY ALL') for n in contracts.names("mart")}


def test_the_examples_are_published_with_figures_withheld(examples: ExampleRun) -> None:
    assert examples.accepted.code == 0, examples.accepted.out
    assert examples.ran.code == 2, examples.ran.out + examples.ran.err
    assert "Indikator kinerja utama" in examples.ran.out and "Mengapa ditahan" in examples.ran.out


def test_every_figure_table_has_rows(examples: ExampleRun) -> None:
    empty = [
        n for n in contracts.names("mart") if not ask(examples.published, f'SELECT 1 FROM "{n}" LIMIT 1')
    ]
    assert not empty


def test_nothing_is_lost(examples: ExampleRun) -> None:
    wrong = ask(
        examples.published,
        "SELECT * FROM neraca_baris WHERE dibaca <> diterima + ditolak + tata_letak + tidak_dikenal",
    )
    assert not wrong
    files = ask(
        examples.published,
        "SELECT nama FROM berkas WHERE status = 'dipakai' AND sumber <> 'konfigurasi' "
        "AND berkas_id NOT IN (SELECT berkas_id FROM neraca_baris)",
    )
    assert not files


def test_every_rejected_row_has_a_reason(examples: ExampleRun) -> None:
    assert not ask(examples.published, "SELECT * FROM baris_ditolak WHERE alasan IS NULL OR alasan = ''")


def test_every_finding_says_where_and_what_to_do(examples: ExampleRun) -> None:
    vague = ask(
        examples.published,
        "SELECT aturan FROM temuan WHERE pesan IS NULL OR cara_perbaiki IS NULL OR dasar_hukum IS NULL",
    )
    assert not vague


def test_a_withheld_row_is_empty_and_says_why(examples: ExampleRun) -> None:
    for name in contracts.names("mart"):
        table = contracts.table(name)
        held = ask(examples.published, f"SELECT alasan FROM \"{name}\" WHERE status_terbit = 'ditahan'")
        assert all(reason for (reason,) in held), name
        if table.figures:
            some = " OR ".join(f'"{c}" IS NOT NULL' for c in table.figures)
            full = ask(
                examples.published, f"SELECT * FROM \"{name}\" WHERE status_terbit = 'ditahan' AND ({some})"
            )
            assert not full, name


def test_every_computed_achievement_has_a_way_back_to_cells(examples: ExampleRun) -> None:
    rootless = ask(
        examples.published,
        """
        WITH RECURSIVE asal AS (
          SELECT kunci, jenis, rujuk_tabel, rujuk_kunci, rujuk_kolom FROM jejak
          WHERE tabel = 'capaian_iku' AND kolom = 'capaian_persen'
          UNION
          SELECT a.kunci, j.jenis, j.rujuk_tabel, j.rujuk_kunci, j.rujuk_kolom
          FROM asal a JOIN jejak j
            ON j.tabel = a.rujuk_tabel AND j.kunci = a.rujuk_kunci AND j.kolom = a.rujuk_kolom
        )
        SELECT 'kode_unit=' || kode_unit || ';periode=' || periode || ';kode_indikator=' || kode_indikator
        FROM capaian_iku WHERE capaian_persen IS NOT NULL
        EXCEPT SELECT kunci FROM asal WHERE jenis = 'sel'
        """,
    )
    assert not rootless


def test_a_second_run_changes_nothing(examples: ExampleRun, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    shutil.copytree(examples.home, home)
    before = (home / "warehouse" / "lumbung.duckdb").read_bytes()
    again = lumbung(home, "run")
    assert again.code == examples.ran.code and "Tidak ada yang berubah" in again.out
    assert (home / "warehouse" / "lumbung.duckdb").read_bytes() == before


def test_the_same_bytes_give_the_same_figures_whatever_names_and_order(
    examples: ExampleRun, tmp_path: Path
) -> None:
    shuffled = tmp_path / "lain"
    files = [
        p for n in ("bersama", "630103", "630609") for p in (ROOT / "examples" / n).rglob("*") if p.is_file()
    ]
    for number, path in enumerate(sorted(files, reverse=True)):
        inside = shuffled / f"{number:02d}"
        inside.mkdir(parents=True)
        name = path.name if path.suffix == ".yaml" else f"unggahan-{number}{path.suffix}"
        shutil.copy(path, inside / name)
    home = tmp_path / "rumah"
    assert lumbung(home, "accept", str(shuffled)).code == 0
    assert lumbung(home, "run").code == examples.ran.code
    assert figures(home / "warehouse" / "lumbung.duckdb") == figures(examples.published)


def test_a_figure_is_explained_down_to_its_cells(examples: ExampleRun) -> None:
    said = lumbung(
        examples.home,
        "why",
        "capaian_iku",
        "kode_unit=630103",
        "periode=2025",
        "kode_indikator=persen_desa_mandiri",
    )
    assert said.code == 0, said.err
    assert "Status Indeks Desa Pelaihari 2025.xlsx" in said.out
    assert "Permendesa" in said.out and "120,00" in said.out


def test_an_unclear_question_lists_the_answers(examples: ExampleRun) -> None:
    said = lumbung(examples.home, "why", "capaian_iku", "kode_unit=630103")
    assert said.code == 64 and "pilih satu" in said.err


def test_findings_in_every_form(examples: ExampleRun, tmp_path: Path) -> None:
    rows = json.loads(lumbung(examples.home, "findings", "--format", "json").out)["temuan"]
    assert len(rows) == ask(examples.published, "SELECT count(*) FROM temuan")[0][0]
    for form in ("xlsx", "html"):
        target = tmp_path / f"temuan.{form}"
        assert lumbung(examples.home, "findings", "--format", form, "--to", str(target)).code == 0
        assert target.stat().st_size > 5_000


def test_parquet_and_data_package_hold_the_same(examples: ExampleRun) -> None:
    package = json.loads((examples.home / "warehouse" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = examples.home / "warehouse" / resource["path"]
        table = path.stem
        in_file = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()
        assert in_file == ask(examples.published, f'SELECT count(*) FROM "{table}"'), table
