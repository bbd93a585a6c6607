"""The reports that a run of the examples writes: all of them, true to the warehouse, narrowed on demand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import jsonschema
import openpyxl
import pytest

from assets.publish.validation import document
from pipelines import findings_view
from pipelines.changes import NoHistory
from pipelines.findings_view import Narrowed, NothingPublished
from pipelines.settings import Settings
from tests.conftest import ExampleRun

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(examples: ExampleRun) -> Settings:
    return Settings(examples.home)


def ask(examples: ExampleRun, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        return con.execute(question).fetchall()


def test_the_closing_names_the_report(examples: ExampleRun, home: Settings) -> None:
    page = home.laporan / "laporan-validasi.html"
    assert str(page) in examples.ran.out.replace("\n", "") and page.stat().st_size > 50_000


def test_the_document_tells_the_table_of_findings(examples: ExampleRun, home: Settings) -> None:
    said = json.loads((home.laporan / "temuan.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(document.schema()).validate(said)
    told = {r["temuan_id"]: (r["aturan"], r["pesan"], r["sel"]) for r in said["temuan"]}
    rows = ask(examples, "SELECT temuan_id, aturan, pesan, sel FROM temuan")
    assert told == {i: tuple(rest) for i, *rest in rows}
    judged = {(r["aturan"], r["tabel"]): r["dinilai"] for r in said["pemeriksaan"] if r["tabel"]}
    rows = ask(examples, "SELECT aturan, tabel, dinilai FROM cakupan_aturan")
    assert judged == {(a, t): n for a, t, n in rows} and sum(judged.values()) > 1000


def test_every_withheld_figure_is_named_by_the_finding_that_withholds_it(
    examples: ExampleRun, home: Settings
) -> None:
    said = json.loads((home.laporan / "temuan.json").read_text(encoding="utf-8"))
    named = {figure for r in said["temuan"] for figure in r["menahan"]}
    key = "'kinerja_program|kode_unit=' || kode_unit || ';periode=' || periode || ';kode=' || kode"
    held = ask(examples, f"SELECT {key} FROM kinerja_program WHERE status_terbit <> 'terbit'")
    assert held and {h for (h,) in held} <= named
    assert any(figure.startswith("efisiensi_program|") for figure in named), (
        "what rests on it is withheld, too"
    )


def test_each_link_leads_to_a_copy_with_the_cell_marked(examples: ExampleRun, home: Settings) -> None:
    said = json.loads((home.laporan / "temuan.json").read_text(encoding="utf-8"))
    copies = {b["berkas_id"]: b["salinan"] for b in said["berkas"] if b["salinan"]}
    mentioned = {r["berkas_id"] for r in said["temuan"] if r["berkas_id"]}
    assert mentioned <= copies.keys()
    for link in copies.values():
        assert (home.laporan / unquote(link)).is_file()
    row = next(r for r in said["temuan"] if r["akibat"] == "tahan")
    marked = openpyxl.load_workbook(home.laporan / unquote(copies[row["berkas_id"]]))
    comment = marked[row["lembar"]][row["sel"]].comment
    assert comment is not None and row["pesan"][:60] in comment.text


@pytest.mark.parametrize(
    ("narrowed", "where"),
    [
        (Narrowed(unit="630103"), "kode_unit = '630103'"),
        (Narrowed(period="2024"), "periode = '2024' OR periode LIKE '2024-%'"),
        (Narrowed(akibat="tahan"), "akibat = 'tahan'"),
        (
            Narrowed(unit="630609", aturan="persen_terbalik"),
            "kode_unit = '630609' AND aturan = 'persen_terbalik'",
        ),
        (Narrowed(since="2020-01-01"), "true"),
        (Narrowed(since="2999-01-01"), "false"),
    ],
)
def test_narrowed_as_asked(examples: ExampleRun, narrowed: Narrowed, where: str) -> None:
    found = findings_view.read(examples.published, narrowed)["temuan_id"].to_pylist()
    assert sorted(found) == sorted(i for (i,) in ask(examples, f"SELECT temuan_id FROM temuan WHERE {where}"))


def test_what_cannot_be_answered_is_said(examples: ExampleRun, tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="bukan tanggal"):
        findings_view.read(examples.published, Narrowed(since="besok"))
    with pytest.raises(NothingPublished, match="lumbung run"):
        findings_view.read(tmp_path / "lumbung.duckdb", Narrowed())


def test_a_narrowed_report_says_by_what_and_links_from_where_it_lies(home: Settings, tmp_path: Path) -> None:
    to = tmp_path / "satu.html"
    said = findings_view.write(home, Narrowed(unit="630609", period="2024"), "html", to, "en")
    page = to.read_text(encoding="utf-8")
    assert "findings" in said and '<html lang="en">' in page and "Only: unit 630609, period 2024" in page
    data = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)[0])
    assert set(data["kolom"]["kode_unit"]["d"]) == {"630609"}
    assert all((to.parent / unquote(link)).resolve().is_file() for link in data["salinan"].values())
