"""The workbook of the report: numbers, live formulas with their values, what is withheld, the way back."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from assets.publish.bab_iii import spreadsheet, spreadsheet_number
from assets.publish.bab_iii.blocks import Angka, Dokumen, Kalimat, Kolom, Sel, Tabel
from assets.publish.bab_iii.placing import DoesNotFit, place
from assets.publish.bab_iii.shelf import DefinitionBroken
from tests.unit.publish import bab_iii_uji as uji
from warehouse.values.numbers import tampil

NUMBER = re.compile(r"[A-Z]+\d+")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("lembar") / "Bab III.xlsx"
    spreadsheet.write(uji.REPORT, to)
    return to


@pytest.fixture(scope="module")
def live(written: Path) -> Workbook:
    return openpyxl.load_workbook(written)


@pytest.fixture(scope="module")
def values(written: Path) -> Workbook:
    """As a viewer sees it that reckons nothing: a telephone's preview, pandas."""
    return openpyxl.load_workbook(written, data_only=True)


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {(s.title, c.coordinate): c.value for s in book for r in s for c in r if c.data_type == "f"}


def reckoned(formula: str, sheet: dict[str, float]) -> Decimal:
    """A formula reckoned anew by another hand than the writer's: cells one by one, in exact decimals."""
    if called := re.fullmatch(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula):
        column, first, last = called.groups()
        cells = (sheet.get(f"{column}{n}") for n in range(int(first), int(last) + 1))
        return sum((Decimal(str(c)) for c in cells if isinstance(c, int | float)), Decimal(0))
    one, other = (Decimal(str(sheet[a])) for a in NUMBER.findall(formula))
    assert NUMBER.sub("x", formula) == "=x/x*100"
    return one / other * 100


def test_every_formula_gives_the_figure_as_shown(live: Workbook, values: Workbook) -> None:
    found = formulas(live)
    assert {(s, a) for s, a in found if s.startswith("3.1")} == {
        ("3.1 serapan program", a) for a in ("E5", "E6", "C7", "D7", "E7")
    }
    for (name, at), formula in found.items():
        sheet = {c.coordinate: c.value for r in values[name] for c in r}
        assert tampil(reckoned(formula, sheet)) == tampil(Decimal(str(sheet[at]))), (name, at)


def test_libreoffice_reckons_the_same(
    written: Path, live: Workbook, values: Workbook, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(bare, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            target.writestr(part, content)
    made = tmp_path / "made"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", made, bare]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    again = openpyxl.load_workbook(made / "bare.xlsx", data_only=True)
    for name, at in formulas(live):
        assert tampil(Decimal(str(again[name][at].value))) == tampil(Decimal(str(values[name][at].value)))


def test_a_total_whose_parts_are_withheld_is_a_number_and_no_formula(live: Workbook) -> None:
    sheet = live["3.2 serapan ditahan"]
    assert sheet["C7"].value == 12296343286.46 and sheet["D7"].data_type == "n"
    assert sheet["D6"].value == "ditahan" and uji.REASON in sheet["D6"].comment.text
    assert sheet["E6"].value == "ditahan", "a percentage of a withheld figure is no formula"


def test_numbers_read_as_the_report_reads_them(live: Workbook, values: Workbook) -> None:
    sheet = live["3.1 serapan program"]
    assert sheet["D6"].value == 11200768358 and sheet["D6"].number_format.startswith("[$-421]#,##0.00;")
    assert sheet["E5"].number_format.startswith('[$-421]#,##0.00"%"')
    assert values["3.1 serapan program"]["E5"].value == pytest.approx(33.333333333333, abs=1e-12)
    old = live[next(n for n in live.sheetnames if n.startswith("3.3"))]
    assert old["B4"].value == pytest.approx(95.537037037037) and old["B4"].comment.text.startswith("basi")
    assert old["C4"].value == "naik 0,05 poin" and old["C5"].value == "12 dari 15"


def test_what_a_spreadsheet_could_run_is_text(live: Workbook, written: Path) -> None:
    cell = live["3.1 serapan program"]["B5"]
    assert cell.value == "'=cmd|' /C calc'!A0" and cell.data_type == "s"
    assert all("cmd" not in f for f in formulas(live).values())


def test_headers_are_merged_and_repeat_on_paper(live: Workbook) -> None:
    sheet = live["3.2 serapan ditahan"]
    assert {"C3:D3", "A3:A4", "E3:E4"} <= {str(r) for r in sheet.merged_cells.ranges}
    assert sheet.print_title_rows == "$3:$4" and sheet.freeze_panes == "A5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert live["3.1 serapan program"].page_setup.orientation != "landscape"


def test_the_index_leads_to_every_sheet(live: Workbook) -> None:
    index = live["Daftar isi"]
    targets = [c.hyperlink.location for r in index for c in r if c.hyperlink]
    assert [t.rpartition("!")[0].strip("'") for t in targets] == [*live.sheetnames[1:4], "Grafik"]
    rows = [[c.value for c in r] for r in index.iter_rows(min_row=9, max_row=11)]
    assert [r[2:] for r in rows] == [[9, 0, 0], [9, 2, 0], [5, 0, 1]]


def test_every_figure_says_where_it_is_from(live: Workbook) -> None:
    sheet = live["Asal angka"]
    told = [[c.value for c in r] for r in sheet.iter_rows(min_row=2)]
    tables = [
        a for t in uji.REPORT.tabel() for r in t.baris for s in r for a in s.isi if isinstance(a, Angka)
    ]
    assert len(told) == len(tables)
    by_cell = {(r[0], r[1]): r for r in told}
    row = by_cell["3.1 serapan program", "E5"]
    assert row[2:6] == [
        "serapan_program",
        "kode_unit=630103;periode=2025;kode=1",
        "serapan_persen",
        "33.333333333333",
    ]
    assert row[8] == "lumbung why serapan_program kode_unit=630103 periode=2025 kode=1 --kolom serapan_persen"
    assert by_cell["3.2 serapan ditahan", "D6"][5:8] == [None, "ditahan", uji.REASON]
    for name, at, *_ in told:
        assert live[name][at].value is not None


def test_charts_are_pictures_with_words(written: Path) -> None:
    with zipfile.ZipFile(written) as book:
        drawing = book.read("xl/drawings/drawing1.xml").decode()
        assert "Serapan program 1 adalah 33,33 persen." in drawing
        assert book.read("xl/media/image1.png").startswith(b"\x89PNG")


def test_the_same_report_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    spreadsheet.write(uji.REPORT, tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == written.read_bytes()


def test_a_folder_that_refuses_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        spreadsheet.write(uji.REPORT, tmp_path / "tidak ada" / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_broken_table_leaves_the_old_workbook(tmp_path: Path) -> None:
    to = tmp_path / "a.xlsx"
    spreadsheet.write(uji.REPORT, to)
    before = to.read_bytes()
    wrong = Sel((uji.of("1.00", "pagu"),), rumus="VLOOKUP({pagu})")
    table = Tabel("a", "3.1", "A", (Kolom("pagu", 1),), (), ((wrong,),))
    with pytest.raises(DefinitionBroken, match="VLOOKUP"):
        spreadsheet.write(Dokumen("J", "A", "630103", "2025", (table,)), to)
    assert to.read_bytes() == before and list(tmp_path.iterdir()) == [to]


def test_sheet_names_are_allowed_and_different() -> None:
    tables = [replace(uji.ABSORPTION, kunci=f"a_very_long_key/of:a_table[{n}]" + "x" * 20) for n in range(3)]
    names = list(spreadsheet.sheet_names(tables).values())
    assert len(set(names)) == 3 and all(len(n) <= 31 and not set("[]:*?/\\") & set(n) for n in names)


def figure(teks: str, nilai: str, **said: object) -> Angka:
    return replace(uji.of("1.00", "pagu"), teks=teks, nilai=Decimal(nilai), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("isi", "pattern"),
    [
        ((figure("2025", "2025", satuan="tahun"),), "[$-421]0;[$-421]-0"),
        ((figure("Rp1.000", "1000"),), '[$-421]"Rp"#,##0;[$-421]-"Rp"#,##0'),
        ((figure("-0,05", "-0.05"),), "[$-421]#,##0.00;[$-421]-#,##0.00"),
        ((figure("0,05", "-0.05"),), "[$-421]#,##0.00;[$-421]#,##0.00"),
        ((figure("+0,05", "0.05"),), "[$-421]+#,##0.00;[$-421]-#,##0.00"),
        ((figure("(1.000,00)", "-1000"),), "[$-421]#,##0.00;[$-421](#,##0.00)"),
        (("Rp ", figure("10", "10"), " desa"), '[$-421]"Rp "#,##0" desa";[$-421]"Rp "-#,##0" desa"'),
    ],
)
def test_the_format_follows_the_words(isi: Kalimat, pattern: str) -> None:
    made = spreadsheet_number.number(isi)
    assert made is not None and made.pattern == pattern


@pytest.mark.parametrize(
    "isi",
    [
        ("tanpa angka",),
        ("turun sebesar ", figure("0,05", "0.05")),
        (figure("1", "1"), figure("2", "2")),
        (replace(figure("-", "0"), nilai=None, keadaan="kosong"),),
        (figure("12.345.678.901.234.567,89", "12345678901234567.89"),),
    ],
)
def test_what_no_number_can_say_stays_text(isi: Kalimat) -> None:
    assert spreadsheet_number.number(isi) is None


def test_spans_push_cells_aside_and_gaps_are_refused() -> None:
    placed = place(uji.HEAD, 5)
    assert [(p.row, p.column) for p in placed] == [(0, 0), (0, 1), (0, 2), (0, 4), (1, 2), (1, 3)]
    with pytest.raises(DoesNotFit, match="row 2, column 4"):
        place((uji.HEAD[0], uji.HEAD[1][:1]), 5)


def test_a_sheet_has_its_notes_whole(tmp_path: Path) -> None:
    table = replace(uji.ABSORPTION, catatan_terdahulu=(("Menurut LRA.",),))
    spreadsheet.write(replace(uji.REPORT, blok=(table,)), tmp_path / "b.xlsx")
    (sheet,) = [s for s in openpyxl.load_workbook(tmp_path / "b.xlsx") if s.title.startswith("3.1")]
    stands = [str(cell.value) for (cell, *_) in sheet.iter_rows() if cell.value]
    assert stands[-3:] == ["Menurut LRA.", "Ditahan: tidak ada", "Sumber: LRA 2025"]
