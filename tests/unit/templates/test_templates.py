"""Every input workbook, filled in as its sheets say, gives the clean rows typed, and nothing to mend."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from openpyxl import load_workbook

from assets.accept.receive import receive
from assets.accept.telling import Received
from assets.extract.assemble import assemble
from assets.readers import templat, vocabulary
from assets.readers.opening import open_book
from pipelines import knowledge, stages, template
from pipelines.settings import Settings
from pipelines.stages import Noted
from quality import judge
from quality.finding import Finding
from quality.rule import RuleBook
from tests.unit.templates.contoh import CLEAN, FILLED, fill
from warehouse import contracts
from warehouse.regions import Regions

UNIT, YEAR = "630103", 2025
SOURCES = [s for s in template.sources() if s != "konfigurasi"]
OTHER = "630104"
REGIONS = Regions.load()
RULES = RuleBook.load()
WORDS = vocabulary.load()


@dataclass
class Judged:
    """A home in which filled workbooks were accepted, cleaned, judged; ``wrong`` are those with a fault."""

    received: dict[str, Received]
    wrong: dict[str, Received]
    clean: dict[str, Noted]
    findings: list[Finding]

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(r) for r in contracts.as_rows(self.clean[table].table)]


def written(folder: Path, source: str, *, typed: bool = True, unit: str = UNIT) -> Path:
    path = folder / f"{source}.xlsx"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(blank(source, unit))
    if typed:
        fill(path, FILLED[source], named_by="Kode Desa" if source == "indeks_desa" else None)
    return path


@cache
def blank(source: str, unit: str) -> bytes:
    """The workbook as the product makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{source}.xlsx"
        template.write(Settings(Path(folder)), source, path, unit, YEAR)
        return path.read_bytes()


def judged(home: Path, paths: list[Path], wrong: list[Path], *, with_rules: bool = True) -> Judged:
    got = receive([*paths, *wrong], home, REGIONS)
    read = stages.extracted(assemble(home, REGIONS))
    known = knowledge.load(Settings(home))
    clean = stages.clean_all(read.tables, known)
    notes = stages.gathered(clean.values(), [read.files.findings])
    if with_rules:
        notes.findings += judge.judge({n: t.table for n, t in clean.items()}, known.book).findings
    named = [(r.nama.removesuffix(".xlsx"), r) for r in got]
    return Judged(dict(named[: len(paths)]), dict(named[len(paths) :]), clean, notes.findings)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("isian")
    home, wrong = folder / "home", []
    paths = [written(folder, s) for s in SOURCES]
    for source, (sheet, row) in WRONG.items():
        wrong.append(written(folder / "salah", source, typed=False, unit=OTHER))
        fill(wrong[-1], {sheet: [row]})
    return judged(home, paths, wrong)


def akibat(finding: Finding) -> str:
    return RULES.akibat(finding)


def same(value: Any, said: str) -> bool:
    try:
        return value is not None and Decimal(str(value)) == Decimal(said)
    except InvalidOperation:
        return str(value) == said


def holds(rows: list[dict[str, Any]], wanted: Mapping[str, str]) -> bool:
    return any(all(same(r[k], v) for k, v in wanted.items()) for r in rows)


def test_every_source_that_an_office_fills_in_has_a_template() -> None:
    assert set(SOURCES) == FILLED.keys() == CLEAN.keys()
    filled_in = """skm perjanjian_kinerja renstra realisasi_manual realisasi dpa kinerja_program layanan
        bumdes hibah lhe pembanding indeks_desa"""
    assert set(filled_in.split()) <= set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_a_filled_workbook_is_its_own_source_with_all_its_columns(filled: Judged, source: str) -> None:
    one = filled.received[source]
    asked = templat.plan(source, WORDS, RULES)
    assert one.status == "diterima"
    assert {str(t["tabel"]) for t in one.tabel} == {s.form.tabel for s in asked.sheets}
    for sheet in asked.sheets:
        table = next(t for t in one.tabel if t["tabel"] == sheet.form.tabel)
        columns = table["kolom"]
        assert isinstance(columns, list)
        found = {c["field"].partition("@")[0] for c in columns}
        assert found == {sheet.form.by_name[a.nama].keluar for a in sheet.asks}
        assert not table["kolom_asing"]
        assert table["kode_unit"] == (None if source == "wilayah" else UNIT)
        assert table["periode"] == (str(YEAR) if sheet.form.periode in ("tabel",) else table["periode"])


@pytest.mark.parametrize("source", SOURCES)
def test_the_clean_rows_are_what_was_typed(filled: Judged, source: str) -> None:
    for table, rows in CLEAN[source].items():
        for wanted in rows:
            assert holds(filled.rows(table), wanted), (table, wanted)


def test_nothing_is_found_that_must_be_mended(filled: Judged) -> None:
    faulty = {r.berkas_id for r in filled.wrong.values()}
    ours = [f for f in filled.findings if (f.cell.berkas_id if f.cell else f.berkas_id) not in faulty]
    assert [f for f in ours if akibat(f) != "ingat"] == []
    # Live totals have no value until a spreadsheet program saves them: told once a sheet, never more.
    sheets = [(f.berkas_id, f.lembar) for f in ours if f.aturan == "rumus_tanpa_nilai"]
    assert sheets and len(sheets) == len(set(sheets))


WRONG: Mapping[str, tuple[str, dict[str, Any]]] = {
    "skm": ("Jawaban", {"U1 Persyaratan *": 7, "U2 Prosedur *": 3}),
    "bumdes": ("BUM Desa", {"Nama Desa *": "Takisung", "Nama BUM Desa *": "Jaya", "Total Nilai *": 172}),
    "perjanjian_kinerja": (
        "Program Pendukung",
        {"Kode Program *": "7.01.02", "Indikator Kinerja *": "Persentase Desa Mandiri", "Porsi (%)": 140},
    ),
    "hibah": ("Hibah", {"Nama Penerima Hibah *": "Lembaga Lain", "Jumlah Hibah (Rp) *": -5}),
    "layanan": ("Volume Layanan", {"Jenis Layanan *": "Lain", "Jumlah Layanan *": -1}),
    "dpa": (
        "Pagu",
        {"Kode Program/Kegiatan/Sub Kegiatan *": "7.01.02", "Uraian *": "Lain", "Pagu Anggaran (Rp) *": -9},
    ),
}


@pytest.mark.parametrize("source", WRONG)
def test_a_value_outside_its_range_is_found(filled: Judged, source: str) -> None:
    own = filled.wrong[source].berkas_id
    told = [f for f in filled.findings if f.cell and f.cell.berkas_id == own]
    assert [f for f in told if akibat(f) in ("tahan", "tolak")]


@pytest.mark.parametrize("source", WRONG)
def test_the_workbook_refuses_the_value_that_the_rules_find(tmp_path: Path, source: str) -> None:
    sheet, row = WRONG[source]
    path = written(tmp_path, source, typed=False)
    assert any(refuses(path, sheet, header, value) for header, value in row.items())


def refuses(path: Path, sheet: str, header: str, value: Any) -> bool:
    """Whether the check of the column stops this value (as far as ranges and short lists go)."""
    page = load_workbook(path)[sheet]
    column = next(c.column_letter for c in page[5] if c.value == header)
    for check in page.data_validations.dataValidation:
        if str(check.sqref).startswith(column) and check.showErrorMessage and check.errorStyle == "stop":
            if check.type in ("decimal", "whole"):
                return not Decimal(check.formula1) <= Decimal(value) <= Decimal(check.formula2)
            if check.type == "list" and check.formula1.startswith('"'):
                return str(value) not in check.formula1.strip('"').split(",")
    return False


@pytest.mark.parametrize("source", SOURCES)
def test_the_checks_are_such_as_spreadsheets_take(tmp_path: Path, source: str) -> None:
    book = load_workbook(written(tmp_path, source, typed=False))
    for page in book:
        for check in page.data_validations.dataValidation:
            assert len(check.error or "") <= 225 and len(check.errorTitle or "") <= 32
            assert len(check.prompt or "") <= 255 and len(check.promptTitle or "") <= 32
            assert len(check.formula1 or "") <= 255
            if check.type == "list" and not check.formula1.startswith('"'):
                name, _, area = check.formula1.partition("!")
                words = [c.value for (c,) in book[name][area.replace("$", "")]]
                assert words and all(words) and len(words) == len(set(words))
        if page.title not in ("Petunjuk", "Daftar"):
            assert sum(d.width for d in page.column_dimensions.values()) < 230, "must fit a printed page"
            assert page.freeze_panes and page.print_title_rows and page.page_setup.orientation == "landscape"


def test_lists_are_of_the_unit(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, "bumdes", typed=False))
    villages = [c.value for c in book["Daftar"]["A"][1:]]
    assert villages == [r.nama for r in REGIONS.desa_of(UNIT) if r.jenis == "desa"]
    assert book["BUM Desa"]["A2"].value == "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"


def test_without_unit_and_year_the_title_is_left_to_fill_in_and_nothing_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "hibah.xlsx"
    template.write(Settings(tmp_path), "hibah", path, None, None)
    fill(path, FILLED["hibah"])
    [one] = receive([path], tmp_path, REGIONS)
    assert {f.aturan for f in one.findings} >= {"unit_tidak_diketahui", "periode_tidak_diketahui"}
    [again] = receive([path], tmp_path, REGIONS, unit=UNIT, period="2025")
    assert [(t["kode_unit"], t["periode"]) for t in again.tabel] == [(UNIT, "2025")]


def test_unfilled_workbooks_are_told_to_be_empty(tmp_path: Path) -> None:
    paths = [written(tmp_path, s, typed=False) for s in SOURCES]
    for one in receive(paths, tmp_path, REGIONS):
        told = {f.aturan for f in one.findings}
        given = one.nama == "wilayah.xlsx"  # a list of regions is complete as it is given
        assert one.status == "diterima" and ("tabel_kosong" in told) is not given, one.nama
        assert all(akibat(f) == "ingat" for f in one.findings)


# --- the stamp ---------------------------------------------------------------------------------------
COLUMN = '      realisasi: {kepala: "Realisasi Hibah (Rp)", lebar: 22, isi: uang}\n'


def test_an_outdated_template_is_named_with_what_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / "raw" / "hibah" / "templat.yaml"
    own.parent.mkdir(parents=True)
    said = (vocabulary.PROGRAM_RAW / "hibah" / "templat.yaml").read_text(encoding="utf-8")
    assert COLUMN in said
    own.write_text(said.replace(COLUMN, "").replace(", realisasi: jumlah", ""), encoding="utf-8")
    path = tmp_path / "hibah.xlsx"
    template.write(Settings(home), "hibah", path, UNIT, YEAR)
    rows = [{k: v for k, v in r.items() if "Realisasi" not in k} for r in FILLED["hibah"]["Hibah"]]
    fill(path, {"Hibah": rows})
    [now] = receive([path], home, REGIONS)
    assert "templat_usang" not in {f.aturan for f in now.findings}
    own.unlink()
    [later] = receive([path], home, REGIONS)
    [old] = [f for f in later.findings if f.aturan == "templat_usang"]
    assert old.isi["perubahan"] == "daftar: kolom baru realisasi"
    assert "templat hibah versi lama" in later.pesan and "kolom baru realisasi" in later.pesan
    told = [f.aturan for f in assemble(home, REGIONS).findings]
    assert told.count("templat_usang") == 1


def test_a_rule_that_changed_makes_a_template_outdated(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = written(tmp_path, "bumdes")
    rules = home / "quality" / "rules" / "baris.yaml"
    rules.parent.mkdir(parents=True)
    said = (Path(templat.__file__).parents[2] / "quality" / "rules" / "baris.yaml").read_text(
        encoding="utf-8"
    )
    before = "dengan: {column: nilai, min_value: 0, max_value: 100}\n  pesan"
    assert said.count(before) == 1
    rules.write_text(said.replace(before, before.replace("100", "90")), encoding="utf-8")
    [one] = receive([path], home, REGIONS)
    [old] = [f for f in one.findings if f.aturan == "templat_usang"]
    assert old.isi["perubahan"] == "pemeringkatan: aturan atau kepala berubah nilai"


def drop_properties(path: Path) -> None:
    book = load_workbook(path)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)


def drop_instructions(path: Path) -> None:
    book = load_workbook(path)
    del book["Petunjuk"]
    book.save(path)


@pytest.mark.parametrize("change", [drop_properties, drop_instructions])
def test_one_of_its_two_places_is_enough_for_the_stamp(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = written(tmp_path, "bumdes")
    whole = open_book(path)
    change(path)
    [one] = receive([path], tmp_path, REGIONS)
    assert whole.templat["sumber"] == "bumdes"
    assert one.findings == []


def test_instructions_that_somebody_wrote_into_are_told_not_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "bumdes")
    book = load_workbook(path)
    book["Petunjuk"]["G3"] = "angka sementara 17"
    book.save(path)
    [one] = receive([path], tmp_path, REGIONS)
    assert one.status == "diterima"
    assert [f.lembar for f in one.findings] == ["Petunjuk"]


# --- by hand -----------------------------------------------------------------------------------------
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_saved_by_a_spreadsheet_program_the_same_rows_and_the_live_totals_hold(
    tmp_path: Path,
) -> None:
    sent, saved = tmp_path / "isian", tmp_path / "simpan"
    paths = [written(sent, s) for s in ("dpa", "skm", "realisasi", "hibah", "perjanjian_kinerja")]
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to", "xlsx",
         "--outdir", str(saved), *map(str, paths)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = judged(tmp_path / "home", sorted(saved.glob("*.xlsx")), [], with_rules=False)
    assert len(found.received) == len(paths)
    assert [f for f in found.findings if f.aturan in ("rumus_tanpa_nilai", "templat_usang")] == []
    for source in found.received:
        for table, rows in CLEAN[source].items():
            assert all(holds(found.rows(table), wanted) for wanted in rows), (source, table)
    assert holds(found.rows("clean_dpa"), {"kode": "TOTAL", "pagu": "900000000"})
    books = {p.stem: load_workbook(p, data_only=True) for p in saved.glob("*.xlsx")}
    assert books["realisasi"]["Rekening"]["C6"].value == 900_000_000
    assert books["realisasi"]["Program"]["D6"].value == 810_000_000.5
    assert books["hibah"]["Hibah"]["B6"].value == 25_000_000
    assert books["skm"]["Jawaban"]["F6"].value == 3.5
