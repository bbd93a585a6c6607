"""Marks on a workbook: what they say, and that nothing else in it changes."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from assets.publish.annotated import Mark, annotate
from assets.publish.annotated.markup import MarkupUnfit
from assets.publish.annotated.place import LAST_COLUMN, Area, a1, area
from assets.publish.annotated.styles import FILLS
from assets.readers.opening import open_book

ROOT = Path(__file__).resolve().parent.parent.parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.xlsx"))


def mark(lembar: str | None, sel: str | None, akibat: str = "tahan", title: str = "salah") -> Mark:
    return Mark(lembar, sel, akibat, title, "Tertulis: 1\nPerbaiki: tulis 2")


def office_book(path: Path) -> Path:
    """A workbook with all that an office puts into one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "LRA"
    for row in (["Kode", "Uraian", "Pagu"], ["5", "Belanja", 100], ["5.1", "Operasi", 60]):
        sheet.append(row)
    sheet["C4"] = "=SUM(C2:C3)"
    sheet["C2"].number_format = '"Rp" #,##0.00'
    sheet["C2"].font = Font(bold=True, color="FF0000FF")
    sheet["A2"].comment = Comment("catatan saya", "Petugas")
    sheet["B3"].hyperlink = "https://example.invalid/a"
    sheet.merge_cells("A6:C7")
    sheet["A6"] = "judul gabung"
    sheet.column_dimensions["F"].width = 33
    sheet.row_dimensions[3].hidden = True
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    sheet.protection.password = "rahasia"
    pick = DataValidation(type="list", formula1='"ya,tidak"')
    pick.add("D2:D9")
    sheet.add_data_validation(pick)
    red = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("C2:C9", CellIsRule(operator="greaterThan", formula=["50"], fill=red))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "H2")
    hidden = book.create_sheet("Rahasia & 'kutip'")
    hidden["A1"] = "tersembunyi"
    hidden.sheet_state = "hidden"
    plain = book.create_sheet("Polos")
    plain["B2"] = 5
    book.defined_names["PAGU"] = DefinedName("PAGU", attr_text="LRA!$C$2:$C$3")
    book.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Looks:
    """How cells of one workbook look; each style is written out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], tuple[str, str]] = {}

    def of(self, cell: Any) -> tuple[str, str]:
        """Font, border, format, alignment and protection; and the fill."""
        fill = cell.fill  # gives a cell without a style the default one
        key = tuple(cell._style)
        if key not in self._known:
            parts = (cell.font, cell.border, cell.number_format, cell.alignment, cell.protection)
            self._known[key] = (" ".join(map(repr, parts)), repr(fill))
        return self._known[key]


def settings(sheet: Any) -> dict[str, str]:
    """What a sheet is besides its cells."""
    rows = {k: (d.height, d.hidden) for k, d in sheet.row_dimensions.items() if d.height or d.hidden}
    names = ("merged_cells", "freeze_panes", "sheet_state", "protection", "page_setup", "print_area")
    return {
        **{name: str(getattr(sheet, name)) for name in names},
        "validations": str(sheet.data_validations.dataValidation),
        "formats": str([(str(k.sqref), [vars(r) for r in v]) for k, v in rules(sheet).items()]),
        "columns": str({k: (d.width, d.hidden) for k, d in sheet.column_dimensions.items()}),
        "rows": str(rows),
    }


def rules(sheet: Any) -> dict[Any, Any]:
    return {
        k: [r for r in v if not setattr(r, "dxf", None)]
        for k, v in sheet.conditional_formatting._cf_rules.items()
    }


def differences(before: Path, after: Path) -> tuple[int, list[str]]:
    """How many cells are filled otherwise; and every cell and setting that differs in anything else."""
    found, filled, looks = [], 0, (Looks(), Looks())
    one, two = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    for sheet in one.worksheets:
        other = two[sheet.title]
        for place in sorted(sheet._cells.keys() | other._cells.keys()):
            is_new = place not in sheet._cells
            was, now = sheet.cell(*place), other.cell(*place)
            (form, fill), (new_form, new_fill) = looks[0].of(was), looks[1].of(now)
            is_marked = new_fill != fill and any(c in new_fill for c in FILLS.values())
            filled += is_marked
            same = (was.value, was.data_type) == (now.value, now.data_type)
            # A blank cell that was not there takes the look of its row or column.
            same_form = form == new_form or (is_new and is_marked)
            if not (same and same_form and (fill == new_fill or is_marked)):
                found.append(f"{sheet.title}!{now.coordinate}")
        was_set, now_set = settings(sheet), settings(other)
        found += [f"{sheet.title}: {name}" for name in was_set if was_set[name] != now_set[name]]
    if sorted(one.defined_names) != sorted(two.defined_names) or one.sheetnames != two.sheetnames[:-1]:
        found.append("names of the workbook")
    return filled, found


def spread(path: Path) -> list[Mark]:
    """Marks over the filled area of every sheet: cells, a range, a row, and a blank cell beside it."""
    found = []
    for grid in open_book(path).lembar:
        last = grid.baris_awal + len(grid.teks) - 1
        for n, sel in enumerate((f"A{max(last // 2, 1)}", "B2:C3", f"{last}:{last}", f"ZZ{last + 3}")):
            found.append(mark(grid.lembar, sel, ("tahan", "tolak", "ingat", "ingat")[n]))
        found.append(mark(grid.lembar, a1(max(last - 1, 1), len(grid.teks[0])), "tolak"))
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_unmarked_cells_of_the_examples_keep_all_they_are(path: Path, tmp_path: Path) -> None:
    made = annotate(path, spread(path), tmp_path / "bertanda.xlsx")
    assert not made.salinan and made.sel_bertanda > 0
    assert differences(path, made.path) == (made.sel_bertanda, [])


def test_the_comparison_would_notice(tmp_path: Path) -> None:
    before = office_book(tmp_path / "asli.xlsx")
    book = openpyxl.load_workbook(before)
    book["LRA"]["C3"] = 61
    book["LRA"].column_dimensions["F"].width = 34
    book.create_sheet("Temuan")
    book.save(tmp_path / "diubah.xlsx")
    assert differences(before, tmp_path / "diubah.xlsx") == (0, ["LRA!C3", "LRA: columns"])


def test_parts_that_are_not_touched_stay_byte_for_byte(tmp_path: Path) -> None:
    path = office_book(tmp_path / "kantor.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
        archive.writestr("customXml/item1.xml", "<a/>")
    made = annotate(path, [mark("LRA", "C3"), mark("Polos", "B2")], tmp_path / "b.xlsm")
    before, after = parts(path), parts(made.path)
    touched = {n for n in before if before[n] != after[n]}
    assert touched == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    # Without what was put in, the sheet is what it was.
    sheet = re.sub(rb'<c s="\d+" r="C3"', b'<c r="C3"', after["xl/worksheets/sheet1.xml"])
    assert re.sub(rb'<hyperlink ref="C3"[^>]*/>', b"", sheet) == before["xl/worksheets/sheet1.xml"]
    assert differences(path, made.path) == (2, [])


def test_a_mark_fills_comments_and_is_listed_with_links_both_ways(tmp_path: Path) -> None:
    path = office_book(tmp_path / "k.xlsx")
    told = [
        mark("LRA", "C3", "ingat", "catatan kecil"),
        mark("LRA", "C3", "tahan", "angka <bertentangan> & salah"),
        mark("LRA", "B7", "tolak", "di sel gabungan"),
        mark("Rahasia & 'kutip'", "A1", "ingat"),
        mark(None, None, "tolak", "seluruh berkas"),
    ]
    book = openpyxl.load_workbook(annotate(path, told, tmp_path / "b.xlsx").path)
    sheet, index = book["LRA"], book["Temuan"]
    said = sheet["C3"].comment.text
    assert "[INGAT] catatan kecil" in said and "[TAHAN] angka <bertentangan> & salah" in said
    assert sheet["C3"].fill.fgColor.rgb == "FFF8C1B8"  # the graver one
    assert "di sel gabungan" in sheet["A6"].comment.text
    rows = {r[0].value: r for r in index.iter_rows() if r[4].value}
    assert [rows[str(n)][1].value for n in range(1, 6)] == ["INGAT", "TAHAN", "TOLAK", "INGAT", "TOLAK"]
    assert rows["1"][3].hyperlink.location == "'LRA'!C3" and rows["1"][3].value == "C3"
    assert sheet["C3"].hyperlink.location == f"'Temuan'!D{rows['1'][3].row}"
    assert rows["4"][3].hyperlink is None and "tersembunyi" in rows["4"][2].value
    assert book["Rahasia & 'kutip'"].sheet_state == "hidden" and book.active.title == "LRA"
    assert rows["5"][3].hyperlink is None


def test_what_the_officer_wrote_stays(tmp_path: Path) -> None:
    path = office_book(tmp_path / "k.xlsx")
    made = annotate(path, [mark("LRA", "A2"), mark("LRA", "B3")], tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(made.path)["LRA"]
    assert sheet["A2"].comment.text.startswith("catatan saya") and "[TAHAN]" in sheet["A2"].comment.text
    assert sheet["A2"].comment.author == "Petugas"
    assert sheet["B3"].hyperlink.target == "https://example.invalid/a"
    assert "[TAHAN]" in sheet["B3"].comment.text
    drawings = [n for n in parts(made.path) if n.endswith(".vml")]
    boxes = parts(made.path)[drawings[0]]
    assert len(drawings) == 1 and boxes.count(b'ObjectType="Note"') == 2
    shapes = re.findall(rb'id="(_x0000_s[^"]+)"', boxes)
    assert len(shapes) == len(set(shapes)) == 2


def plain_book(path: Path, sheet: str, styles: str | None = None) -> Path:
    """The least a workbook needs, with this sheet part."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    links = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
    over = f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
    over += f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
    if styles:
        links += f'<Relationship Id="rId2" Type="{office}/styles" Target="/xl/styles.xml"/>'
        over += f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
    with zipfile.ZipFile(path, "w") as out:
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        defaults = f'<Default Extension="rels" ContentType="{rels}"/>'
        out.writestr(
            "[Content_Types].xml", f'<Types xmlns="{package}/content-types">{defaults}{over}</Types>'
        )
        book = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        out.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{book}</Relationships>')
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="S" sheetId="7" r:id="rId1"/></sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        )
        out.writestr("xl/worksheets/sheet1.xml", sheet.replace("MAIN", main))
        if styles:
            out.writestr("xl/styles.xml", styles.replace("MAIN", main))
    return path


STYLES = (
    '<x:styleSheet xmlns:x="MAIN"><x:fonts count="1"><x:font><x:sz val="10"/></x:font></x:fonts>'
    '<x:cellXfs count="3"><x:xf numFmtId="0"/><x:xf numFmtId="10" applyNumberFormat="1"/>'
    '<x:xf numFmtId="3"><x:alignment horizontal="right"/></x:xf></x:cellXfs></x:styleSheet>'
)


def test_sheets_of_other_writers(tmp_path: Path) -> None:
    """Prefixes, rows and cells without addresses, self-closing rows, missing sections, cached values."""
    sheet = (
        '<x:worksheet xmlns:x="MAIN"><x:cols><x:col min="4" max="4" width="9" style="2"/></x:cols>'
        "<x:sheetData><x:row><x:c s='1'><x:f>1/2</x:f><x:v>0.5</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row>"
        '<x:row r="4" s="1" customFormat="1"/><x:row r="9"><x:c r="B9"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData><x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/>"
        "</x:worksheet>"
    )
    path = plain_book(tmp_path / "lain.xlsx", sheet, STYLES)
    told = [mark("S", sel) for sel in ("A1", "B1", "D2", "C4", "A9", "D9", "B12")]
    made = annotate(path, told, tmp_path / "b.xlsx")
    assert made.sel_bertanda == 7 and not made.salinan
    after = parts(made.path)["xl/worksheets/sheet1.xml"].decode()
    assert "<x:f>1/2</x:f><x:v>0.5</x:v>" in after
    assert re.findall(r'<x:row(?: r="(\d+)")?', after) == ["", "2", "4", "9", "12"]
    assert re.findall(r'<x:c r="([A-Z]+9)"', after) == ["A9", "B9", "D9"]
    assert after.index("<x:hyperlinks>") < after.index("<x:pageMargins") < after.index("<x:legacyDrawing")
    found = openpyxl.load_workbook(made.path)["S"]
    assert found["A1"].number_format == "0.00%" and found["C4"].number_format == "0.00%"
    assert found["D2"].number_format == "#,##0" == found["D9"].number_format
    assert found["D9"].alignment.horizontal == "right"
    assert {found[s].fill.fgColor.rgb for s in ("A1", "B1", "D2", "C4", "A9", "D9", "B12")} == {"FFF8C1B8"}
    assert [found[s].value for s in ("B1", "B9")] == [7, 1]


def test_an_empty_sheet_without_styles_can_be_marked(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "kosong.xlsx", '<worksheet xmlns="MAIN"><sheetData/></worksheet>')
    made = annotate(path, [mark("S", "B2"), mark("S", "C5"), mark("S", "A5")], tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(made.path)["S"]
    assert [sheet[s].fill.fgColor.rgb for s in ("B2", "A5", "C5")] == ["FFF8C1B8"] * 3


def test_a_doctype_is_not_followed(tmp_path: Path) -> None:
    sheet = '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet xmlns="MAIN"><sheetData/></worksheet>'
    path = plain_book(tmp_path / "k.xlsx", sheet)
    with pytest.raises(MarkupUnfit):
        annotate(path, [mark("S", "B2")], tmp_path / "b.xlsx", lembar=[])
    assert not (tmp_path / "b.xlsx").exists() and not list(tmp_path.glob(".*building"))


def test_other_files_are_marked_on_a_copy_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("Nama;Jumlah\n=1+1;1.000\nDesa A;<b>\x0b\n", encoding="utf-8")
    book = open_book(path)
    made = annotate(path, [mark(None, "B2"), mark("-", "A3")], tmp_path / "b.xlsx", lembar=book.lembar)
    found = openpyxl.load_workbook(made.path)
    sheet = found["Isi berkas"]
    assert made.salinan and made.sel_bertanda == 2
    assert [[c.value for c in row] for row in sheet["A1:B3"]] == [
        ["Nama", "Jumlah"], ["=1+1", "1.000"], ["Desa A", "<b>"],
    ]  # fmt: skip
    assert sheet["A2"].data_type in ("s", "inlineStr") and "[TAHAN]" in sheet["B2"].comment.text
    assert "SALINAN" in found["Temuan"]["A2"].value
    assert "SALINAN" not in str([c.value for r in found["Temuan"]["A4:F9"] for c in r])


def test_names_of_sheets_in_a_copy_are_ones_a_workbook_takes(tmp_path: Path) -> None:
    from assets.readers.grid import Grid

    grids = [
        Grid(name, [["isi"]], ["t"], [" "], tersembunyi=name.startswith("x"))
        for name in ("a/b:c", "A_B_C", "x" * 40, "Temuan")
    ]
    made = annotate(
        tmp_path / "tiada.ods", [mark("a/b:c", "A1"), mark("Temuan", "A1")], tmp_path / "b.xlsx", lembar=grids
    )
    found = openpyxl.load_workbook(made.path)
    assert found.sheetnames == ["a_b_c", "A_B_C (2)", "x" * 31, "Temuan", "Temuan (2)"]
    assert found["x" * 31].sheet_state == "hidden"
    assert found["a_b_c"]["A1"].hyperlink.location.startswith("'Temuan (2)'!")


@pytest.mark.parametrize(
    ("sel", "wanted"),
    [
        ("D6", Area(6, 4, 6, 4)),
        ("$D$6:b2", Area(2, 2, 6, 4)),
        ("6:8", Area(6, 1, 8, LAST_COLUMN)),
        ("XFD1048576", Area(1048576, 16384, 1048576, 16384)),
        ("XFE1", None),
        ("A1048577", None),
        ("A0", None),
        ("hal. 3 baris 12", None),
        ("SKOR#36", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(sel: str | None, wanted: Area | None) -> None:
    assert area(sel) == wanted


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_it_and_keeps_the_figures(tmp_path: Path) -> None:
    path = office_book(tmp_path / "k.xlsx")
    made = annotate(path, [mark("LRA", "C3"), mark("LRA", "A2"), mark("Polos", "B2")], tmp_path / "b.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(made.path)], check=True, capture_output=True, timeout=120)
    read = {g.lembar: g for g in open_book(tmp_path / "b.ods").lembar}
    assert read["LRA"].teks[3][2] == "160" and read["Polos"].teks[1][1] == "5"
    assert {"LRA", "Polos", "Temuan"} <= read.keys()


@pytest.mark.realdata
@pytest.mark.parametrize(
    "name",
    [
        "lra_toba/11_lra_20221130-120403.xlsx",
        "lra_toba/1_lra_20221130-012723.xlsx",
        "lra_toba/33_lra_20221130-123646.xlsx",
        "lra_pakpak/1_lra_20250618-140126.xlsx",
        "lra_pakpak/55_lra_20241002-125345.xlsx",
        "lra_pakpak/Format_Anggaran_Kas.xlsx",
        "templates/PERSENTASE.xlsx",
        "templates/contoh_bkk_infrastruktur.xlsx",
        "templates/contoh_bku_dd.xlsx",
        "templates/contoh_usulan.xlsx",
        "templates/kode_rekening_template.xlsx",
        "templates/quis.xlsx",
        "templates/simulasi.xlsx",
        "templates/template-import.xlsx",
    ],
)
def test_real_workbooks_keep_all_they_are(realdata: Path, name: str, tmp_path: Path) -> None:
    path = realdata / name
    made = annotate(path, spread(path), tmp_path / "bertanda.xlsx")
    assert not made.salinan
    assert differences(path, made.path) == (made.sel_bertanda, [])
    before, after = parts(path), parts(made.path)
    media = [n for n in before if not n.endswith((".xml", ".rels", ".vml"))]
    assert all(before[n] == after[n] for n in media)


@pytest.mark.realdata
def test_a_province_is_read_as_before(realdata: Path, tmp_path: Path) -> None:
    path = realdata / "idm" / "REKOMENDASI_IDM_PROVINSI_34_2024.xlsx"
    before = open_book(path).lembar
    told = [mark(g.lembar, f"C{n}") for g in before for n in range(2, len(g.teks), 3)]
    after = open_book(annotate(path, told, tmp_path / "b.xlsx").path).lembar
    assert len(told) > 1000 and [g.lembar for g in after] == [*(g.lembar for g in before), "Temuan"]
    for one, two in zip(before, after, strict=False):
        assert (one.teks, one.jenis, one.format) == (two.teks, two.jenis, two.format)
