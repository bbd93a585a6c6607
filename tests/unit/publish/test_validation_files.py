"""The files of the report: workbook, document and schema, marked copies, and what cannot be written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from assets.publish.annotated import Mark
from assets.publish.validation import copies, document, page, reports, workbook
from assets.publish.validation.copies import Source
from assets.publish.validation.facts import Facts
from assets.publish.validation.words import _WORDS, LANGUAGES, words
from tests.conftest import ROOT
from tests.unit.publish import laporan_uji as run

COPIES = {"a" * 64: "berkas/LRA%20630103%20-%20diperiksa.xlsx"}


@pytest.fixture(scope="module")
def told() -> Facts:
    return run.told(copies=COPIES)


# --- workbook ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(told: Facts, tmp_path_factory: pytest.TempPathFactory) -> Any:
    to = tmp_path_factory.mktemp("buku") / "temuan.xlsx"
    workbook.write(told, to, {"P-1": "Pengecualian P-1: alasan"})
    return openpyxl.load_workbook(to)


def column(sheet: Any, head: str) -> list[Any]:
    at = next(c.column for c in sheet[1] if c.value == head)
    return [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]


def test_the_header_is_frozen_and_filters(book: Any) -> None:
    sheet = book["Temuan"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.max_row) == ("A2", sheet.dimensions, 8)
    assert [s.title for s in book] == ["Temuan", "Aturan", "Berkas"]


def test_numbers_stay_text_as_printed(book: Any) -> None:
    assert column(book["Temuan"], "Tertulis")[0] == "9.331.555,88"
    assert column(book["Temuan"], "Selisih")[3] == "-15.900.000"
    assert column(book["Temuan"], "Pelanggar")[5] == 7


def test_nothing_runs_as_a_formula(book: Any) -> None:
    assert "'=1+1" in column(book["Temuan"], "Tertulis")
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_a_finding_leads_to_its_cell_in_the_marked_copy(book: Any) -> None:
    sheet = book["Temuan"]
    linked = [c for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert ("'LRA'!D2", "D2") in [(c.hyperlink.location, c.value) for c in linked]
    assert {c.hyperlink.target for c in linked} == set(COPIES.values())


def test_settled_findings_say_why(book: Any) -> None:
    assert "Pengecualian P-1: alasan" in column(book["Temuan"], "Alasan")


def test_more_than_a_sheet_holds_goes_on_in_the_next(told: Facts, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 4)
    workbook.write(told, tmp_path / "t.xlsx", {})
    made = openpyxl.load_workbook(tmp_path / "t.xlsx")
    ids = [i for s in made if s.title.startswith("Temuan") for i in column(s, "Pengenal")]
    assert ids == told.temuan["temuan_id"].to_pylist() and "Temuan 3" in made.sheetnames


# --- document ----------------------------------------------------------------------------------------


def test_the_document_fits_its_schema(told: Facts) -> None:
    said = json.loads("".join(document.text(told)))
    jsonschema.Draft202012Validator.check_schema(document.schema())
    jsonschema.Draft202012Validator(document.schema()).validate(said)
    assert len(said["temuan"]) == 7 and said["temuan"][0]["menahan"] == [run.HELD]
    assert {r["keadaan"] for r in said["pemeriksaan"]} >= {"lolos", "dilanggar", "tanpa_baris"}


@pytest.mark.parametrize(
    ("place", "value"),
    [("akibat", "fatal"), ("temuan_id", None), ("jumlah", "7"), ("menahan", ["tanpa kunci"]), ("asing", "x")],
)
def test_the_schema_refuses_what_does_not_fit(told: Facts, place: str, value: Any) -> None:
    said = json.loads("".join(document.text(told)))
    said["temuan"][0][place] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(document.schema()).validate(said)


def test_the_published_schema_is_the_one_in_use() -> None:
    published = ROOT / "docs" / "reference" / document.SCHEMA
    assert published.read_text(encoding="utf-8") == reports.schema(), "run: make docs"


def test_no_findings_is_a_document_too() -> None:
    said = json.loads("".join(document.text(run.told([]))))
    jsonschema.Draft202012Validator(document.schema()).validate(said)
    assert said["temuan"] == []


# --- page --------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing_outside_itself(told: Facts) -> None:
    said = page.page(told)
    assert "default-src 'none'" in said
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", said) and "@import" not in said


def test_text_of_findings_never_becomes_markup(told: Facts) -> None:
    said = page.page(told)
    assert "<img src=x" not in said and "</script><b>" not in said
    assert said.count("</script>") == said.count("<script") == 4


def test_both_languages_say_everything(told: Facts) -> None:
    assert all(len(said) == len(LANGUAGES) and all(said) for said in _WORDS.values())
    english = page.page(told, "en")
    assert "Sentence number 2." in english and "Kalimat nomor 5." not in english
    assert set(words("id")) == set(words("en"))


def test_a_run_without_findings_says_so(told: Facts) -> None:
    said = page.page(run.told([]))
    assert words("id")["tidak_ada_sama_sekali"] in said and "Sudah beres." in said


# --- marked copies -----------------------------------------------------------------------------------


@pytest.fixture
def sent(tmp_path: Path) -> list[Source]:
    made = []
    for n, name in enumerate(("LRA.xlsx", "lra.xlsx")):
        path = tmp_path / str(n) / name
        path.parent.mkdir()
        own = openpyxl.Workbook()
        own.active.title = "LRA"
        own.active["B2"] = f"angka {n}"
        own.save(path)
        made.append(Source(f"{n}" * 64, name, path))
    return made


def marks(*texts: str) -> list[Mark]:
    return [Mark("LRA", "B2", "tahan", text, "Perbaiki.") for text in texts]


def test_only_files_with_findings_are_copied(sent: list[Source], tmp_path: Path) -> None:
    made = copies.write(sent, {"0" * 64: marks("salah")}, tmp_path / "berkas")
    assert made.salinan == {"0" * 64: "LRA - diperiksa.xlsx"} and not made.catatan
    marked = openpyxl.load_workbook(tmp_path / "berkas" / "LRA - diperiksa.xlsx")
    assert marked["LRA"]["B2"].value == "angka 0" and "salah" in marked["LRA"]["B2"].comment.text
    assert copies.held(tmp_path / "berkas") == made.salinan


def test_what_did_not_change_is_left_alone_and_what_is_not_due_goes(
    sent: list[Source], tmp_path: Path
) -> None:
    folder = tmp_path / "berkas"
    first = copies.write(sent, {s.berkas_id: marks("satu") for s in sent}, folder)
    assert len(set(map(str.casefold, first.salinan.values()))) == 2, "two files of one name are told apart"
    before = {n: (folder / n).stat().st_mtime_ns for n in first.salinan.values()}
    again = copies.write(sent, {s.berkas_id: marks("satu") for s in sent}, folder)
    assert {n: (folder / n).stat().st_mtime_ns for n in again.salinan.values()} == before
    changed = copies.write(sent, {"0" * 64: marks("dua")}, folder)
    name = changed.salinan["0" * 64]
    assert (folder / name).stat().st_mtime_ns != before[name]
    assert sorted(p.name for p in folder.glob("*.xlsx")) == [name]


def test_a_copy_that_was_deleted_comes_back(sent: list[Source], tmp_path: Path) -> None:
    folder = tmp_path / "berkas"
    made = copies.write(sent, {"0" * 64: marks("satu")}, folder)
    (folder / made.salinan["0" * 64]).unlink()
    assert copies.held(folder) == {}
    copies.write(sent, {"0" * 64: marks("satu")}, folder)
    assert copies.held(folder) == made.salinan


def test_a_copy_that_fails_is_told_and_stops_nothing(
    sent: list[Source], tmp_path: Path, monkeypatch: Any
) -> None:
    real = copies.annotate

    def failing(path: Path, *args: Any, **named: Any) -> Any:
        if path == sent[0].path:
            raise KeyError("lembar hilang")
        return real(path, *args, **named)

    monkeypatch.setattr(copies, "annotate", failing)
    made = copies.write(sent, {s.berkas_id: marks("satu") for s in sent}, tmp_path / "berkas")
    assert set(made.salinan) == {"1" * 64}
    (note,) = reports.sentences(made.catatan, "id")
    assert "LRA.xlsx" in note and "lembar hilang" in note
    assert note.replace("'", "&#x27;") in page.page(run.told(notes=made.catatan))


def test_a_file_too_large_is_told(sent: list[Source], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(copies, "LARGEST", 100)
    made = copies.write(sent[:1], {"0" * 64: marks("satu")}, tmp_path / "berkas")
    assert not made.salinan and "terlalu besar" in reports.sentences(made.catatan, "id")[0]


def test_what_is_no_workbook_of_parts_is_copied_as_text(tmp_path: Path) -> None:
    csv = tmp_path / "SKM.csv"
    csv.write_text("unsur;nilai\nU1;3,9\n", encoding="utf-8")
    pdf = tmp_path / "LKj.pdf"
    pdf.write_bytes(b"%PDF-1.4\n%%EOF\n")
    files = [Source("1" * 64, "SKM.csv", csv), Source("2" * 64, "LKj.pdf", pdf)]
    told = {s.berkas_id: [Mark("-", "B2", "ingat", "aneh", "Periksa.")] for s in files}
    made = copies.write(files, told, tmp_path / "berkas")
    assert made.salinan == {"1" * 64: "SKM - diperiksa.xlsx"} and not made.catatan
    marked = openpyxl.load_workbook(tmp_path / "berkas" / "SKM - diperiksa.xlsx")
    assert "aneh" in marked.worksheets[0]["B2"].comment.text


# --- all of them -------------------------------------------------------------------------------------


def test_everything_is_written_and_the_english_page_kept_up(told: Facts, tmp_path: Path) -> None:
    assert reports.write_all(told, tmp_path) == []
    names = {"laporan-validasi.html", "temuan.xlsx", "temuan.json", "temuan.schema.json"}
    assert {p.name for p in tmp_path.iterdir()} == names
    (tmp_path / "laporan-validasi-en.html").write_text("lama", encoding="utf-8")
    reports.write_all(told, tmp_path)
    assert "Validation report" in (tmp_path / "laporan-validasi-en.html").read_text(encoding="utf-8")


def test_a_file_held_open_is_told_and_the_others_are_written(told: Facts, tmp_path: Path) -> None:
    (tmp_path / "temuan.xlsx").mkdir()  # cannot be replaced, as a workbook that Windows holds open
    (note,) = reports.write_all(told, tmp_path)
    assert note.kata == "catatan_tertutup" and note.fakta["nama"] == "temuan.xlsx"
    assert "temuan.xlsx tidak dapat ditulis" in (tmp_path / "laporan-validasi.html").read_text(
        encoding="utf-8"
    )
    json.loads((tmp_path / "temuan.json").read_text(encoding="utf-8"))


def test_links_are_relative_to_the_file_that_holds_them(tmp_path: Path) -> None:
    folder = tmp_path / "laporan" / "berkas"
    made = reports.links({"x": "LRA 1 - diperiksa.xlsx"}, folder, tmp_path / "lain")
    assert made == {"x": "../laporan/berkas/LRA%201%20-%20diperiksa.xlsx"}
