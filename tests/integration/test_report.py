"""``lumbung report`` over the published examples: three files, the warehouse's figures, refusals."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import click
import duckdb
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from assets.publish.bab_iii import word
from pipelines import cli
from tests.conftest import ExampleRun
from warehouse import contracts
from warehouse.values.numbers import tampil

pytestmark = pytest.mark.integration
WORDS = re.compile(r"(SUM|AVERAGE)\(([A-Z]+)(\d+):[A-Z]+(\d+)\)")


@dataclass(frozen=True)
class Said:
    code: int
    out: str


Ask = Callable[..., Said]


@pytest.fixture(scope="module")
def ask(examples: ExampleRun) -> Ask:
    def asked(*words: object, home: Path = examples.home, lang: str = "id") -> Said:
        order = ["--home", str(home), "--lang", lang, "report", *map(str, words)]
        shown = CliRunner().invoke(cli.lumbung, order, standalone_mode=False)
        if isinstance(shown.exception, click.ClickException):
            return Said(cli.WRONG_USAGE, shown.exception.format_message())
        assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
        return Said(shown.exit_code, shown.output)

    return asked


@pytest.fixture(scope="module", autouse=True)
def without_libreoffice() -> object:
    """Page numbers take LibreOffice several seconds a document and are no part of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word, "pages", lambda *_: {})
        yield


@pytest.fixture(scope="module")
def made(ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Said]]:
    """A report of each unit, in the arrangement that its own report has."""
    reports = {}
    for unit, year, arrangement in (("630103", 2025, "lima_perbandingan"), ("630609", 2024, "per_sasaran")):
        to = tmp_path_factory.mktemp(unit)
        reports[unit] = (to, ask("--unit", unit, "--year", year, "--susunan", arrangement, "--to", to))
    return reports


def test_three_files_with_plain_names_and_an_honest_exit_code(made: Mapping[str, tuple[Path, Said]]) -> None:
    to, said = made["630103"]
    assert sorted(p.name for p in to.iterdir()) == [
        f"Bab III Pelaihari 2025.{s}" for s in ("docx", "html", "xlsx")
    ]
    assert said.code == 0, said.out
    assert re.search(
        r"^\d{3} angka terikat pada terbitan .* UTC: 0 ditahan, 0 basi, [2-9] baris peka$", said.out, re.M
    )
    assert "6 bagian menunggu tulisan Anda" in said.out
    assert re.search(
        r"Pemeringkatan BUM Desa di Kecamatan Pelaihari Tahun 2025  <- berkas: bumdes$", said.out, re.M
    )
    to, said = made["630609"]
    assert said.code == 2 and not re.search(r" 0 ditahan", said.out), "two targets of 2024 are empty"


@pytest.fixture(scope="module")
def books(made: Mapping[str, tuple[Path, Said]]) -> Mapping[str, tuple[Workbook, Workbook]]:
    """The workbook of each unit with its formulas, and as one that reckons nothing sees it."""
    paths = {unit: next(to.glob("*.xlsx")) for unit, (to, _) in made.items()}
    return {
        u: (openpyxl.load_workbook(p), openpyxl.load_workbook(p, data_only=True)) for u, p in paths.items()
    }


@pytest.mark.parametrize("unit", ["630103", "630609"])
def test_every_figure_of_the_workbook_is_the_warehouses(
    unit: str, books: Mapping[str, tuple[Workbook, Workbook]], examples: ExampleRun
) -> None:
    _, book = books[unit]
    seen = 0
    with duckdb.connect(str(examples.published), read_only=True) as con:
        for sheet, cell, table, key, column, exact, *_ in book["Asal angka"].iter_rows(2, values_only=True):
            keys = contracts.table(table).key
            where = " AND ".join(f"CAST({k} AS VARCHAR) = ?" for k in keys)
            match = re.fullmatch(";".join(f"{k}=(.*)" for k in keys), key)
            assert match, key
            found = con.execute(f"SELECT {column} FROM {table} WHERE {where}", match.groups()).fetchall()
            value = found[0][0] if found else None
            assert exact == (None if value is None else str(value)), (sheet, cell)
            held = book[sheet][cell].value
            if isinstance(held, int | float) and value is not None:
                assert held == pytest.approx(float(value), rel=1e-14), (sheet, cell)
                seen += 1
    assert seen > 300


def reckoned(formula: str, cells: Mapping[str, object]) -> Decimal:
    """A formula reckoned by Python's own arithmetic: another hand than the writer's."""

    def range_of(found: re.Match[str]) -> str:
        what, column, first, last = found.groups()
        numbers = [cells.get(f"{column}{n}") for n in range(int(first), int(last) + 1)]
        kept = [Decimal(str(n)) for n in numbers if isinstance(n, int | float)]
        return f"Decimal('{sum(kept) / (len(kept) if what == 'AVERAGE' else 1)}')"

    text = WORDS.sub(range_of, formula.removeprefix("="))
    text = re.sub(r"\b[A-Z]+\d+\b", lambda m: f"Decimal('{cells[m[0]]}')", text)
    assert re.fullmatch(r"(Decimal\('[-\d.E+]+'\)|[-+*/()\d])+", text), formula
    return Decimal(eval(text, {"Decimal": Decimal}))  # only what the line above lets through


@pytest.mark.parametrize(("unit", "least"), [("630103", 45), ("630609", 90)])
def test_every_live_formula_gives_the_warehouses_figure(
    unit: str, least: int, books: Mapping[str, tuple[Workbook, Workbook]]
) -> None:
    live, held = books[unit]
    count = 0
    for name, at, formula in _formulas(live):
        cells = {c.coordinate: c.value for row in held[name] for c in row}
        assert tampil(reckoned(formula, cells)) == tampil(Decimal(str(cells[at]))), (name, at, formula)
        count += 1
    assert count >= least


def _formulas(book: Workbook) -> list[tuple[str, str, str]]:
    return [(s.title, c.coordinate, c.value) for s in book for row in s for c in row if c.data_type == "f"]


class Figures(HTMLParser):
    """Addresses of figures, with whether they can be opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.slots = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("data-asal"):
            self.found.append((tag, str(said["data-asal"])))
        self.slots += said.get("class") == "isian"


def test_every_figure_of_the_page_opens_its_way_back(made: Mapping[str, tuple[Path, Said]]) -> None:
    to, said = made["630103"]
    figures = Figures(next(to.glob("*.html")).read_text(encoding="utf-8"))
    assert {tag for tag, _ in figures.found} == {"button"}
    assert f"{len(figures.found)} angka terikat" in said.out and figures.slots == 6


def test_all_three_are_bound_to_the_same_figures(made: Mapping[str, tuple[Path, Said]]) -> None:
    to, _ = made["630609"]
    page = {a for _, a in Figures(next(to.glob("*.html")).read_text(encoding="utf-8")).found}
    entries, facts = word.bound(next(to.glob("*.docx")))
    assert {e.alamat for e in entries} == page and facts["kode_unit"] == "630609"


def test_a_report_that_may_have_been_edited_is_not_written_over(
    made: Mapping[str, tuple[Path, Said]], ask: Ask, tmp_path: Path
) -> None:
    shutil.copytree(made["630103"][0], tmp_path, dirs_exist_ok=True)
    edited = tmp_path / "Bab III Pelaihari 2025.docx"
    before = edited.read_bytes()
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path)
    assert said.code == 64 and "--perbarui" in said.out and edited.read_bytes() == before
    # Another arrangement than it was written in: its figures are looked up all the same.
    said = ask(
        "--unit", "630103", "--year", 2025, "--susunan", "per_sasaran", "--to", tmp_path, "--perbarui", edited
    )
    assert re.search(r"^0 angka diperbarui, \d{3} tetap, 0 .*, 0 .*, 0 .*, 0 ", said.out, re.M), said.out
    assert edited.read_bytes() == before and (tmp_path / "Bab III Pelaihari 2025 (diperbarui).docx").is_file()
    said = ask("--unit", "630609", "--year", 2024, "--to", tmp_path, "--perbarui", edited)
    assert said.code == 64 and "adalah laporan 630103 periode 2025" in said.out


def test_a_quarter_gives_the_monitoring_sheet(ask: Ask, tmp_path: Path) -> None:
    said = ask("--unit", "630103", "--year", 2025, "--quarter", 2, "--to", tmp_path)
    assert said.code == 0, said.out
    book = openpyxl.load_workbook(tmp_path / "Rencana Aksi Pelaihari 2025 TW2.xlsx")
    titles = [str(c[1].value) for c in book["Daftar isi"].iter_rows()]
    assert any("Rencana Aksi" in t for t in titles) and any("Tindak Lanjut" in t for t in titles)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--unit", "630101", "--year", 2025), "630103 Pelaihari: 2024, 2025"),
        (("--unit", "630103", "--year", 2019), "Yang ada: 2024, 2025"),
        (("--unit", "630609", "--year", 2024, "--quarter", 1), "untuk 2024-TW1"),
        (("--unit", "630103", "--year", 2025, "--gaya", "emas"), "Yang ada: baku"),
        (("--unit", "630103", "--year", 2025, "--susunan", "lain"), "lima_perbandingan"),
        (("--unit", "Pelaihari", "--year", 2025), "6 angka"),
        (("--unit", "630103", "--year", 2025, "--perbarui", "tidak ada.docx"), "tidak ada.docx tidak ada"),
        (("--unit", "630103", "--year", 2025, "--susunan", "triwulan"), "--quarter 1 sampai 4"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    words: tuple[object, ...], told: str, ask: Ask, tmp_path: Path
) -> None:
    said = ask(*words, "--to", tmp_path / "hasil")
    assert said.code == 64 and told in said.out
    assert not (tmp_path / "hasil").exists(), "nothing is made by what is refused"


def test_an_empty_home_says_run_first(ask: Ask, tmp_path: Path) -> None:
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path, home=tmp_path / "rumah")
    assert said.code == 64 and "Jalankan dahulu: lumbung run" in said.out
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path, home=tmp_path / "rumah", lang="en")
    assert "nothing is published" in said.out


def test_a_file_of_an_earlier_version_says_run_first(ask: Ask, examples: ExampleRun, tmp_path: Path) -> None:
    old = tmp_path / "rumah"
    (old / "warehouse").mkdir(parents=True)
    shutil.copy(examples.home / "warehouse" / "lumbung.duckdb", old / "warehouse")
    with duckdb.connect(str(old / "warehouse" / "lumbung.duckdb")) as con:
        con.execute("DROP VIEW v1_pautan_program")
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path / "hasil", home=old)
    assert said.code == 64 and "versi lumbung yang lain" in said.out and "lumbung run" in said.out


def test_what_an_office_s_own_definition_breaks_names_its_files(
    ask: Ask, examples: ExampleRun, tmp_path: Path
) -> None:
    home = tmp_path / "rumah"
    own = home / "warehouse" / "bab_iii" / "susunan" / "kami.yaml"
    own.parent.mkdir(parents=True)
    shutil.copy(examples.home / "warehouse" / "lumbung.duckdb", home / "warehouse")
    words = ("--unit", "630103", "--year", 2025, "--susunan", "kami", "--to", tmp_path / "hasil")
    for text in ("{judul: Bab, tingkat: dua}", "{untuk: siapa, isi: []}", "{grafik: status_desa}"):
        own.write_text(f"judul: x\nanak_judul: y\nisi: [{text}]\n", encoding="utf-8")
        said = ask(*words, home=home)
        assert said.code == 64 and str(own) in said.out, (text, said.out)


def test_an_open_document_and_a_file_in_place_of_a_folder_are_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / ".~lock.Bab III Pelaihari 2025.xlsx#").write_text("")
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path)
    assert said.code == 64 and "Bab III Pelaihari 2025.xlsx sedang terbuka" in said.out
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path, lang="en")
    assert "is open in Word" in said.out
    said = ask("--unit", "630103", "--year", 2025, "--to", tmp_path / ".~lock.Bab III Pelaihari 2025.xlsx#")
    assert said.code == 64 and "pilih folder lain" in said.out
