"""Bab III as a Word document: what is in it, that its XML is in Word's order, and an office's own style."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from assets.publish.bab_iii import word
from assets.publish.bab_iii.blocks import Angka, Blok, Dokumen, Judul, Kolom, Paragraf, Sel, Tabel, teks
from assets.publish.bab_iii.shelf import OURS
from assets.publish.bab_iii.word.markup import el, text_of
from assets.publish.bab_iii.word.writing import write_to_measure
from assets.readers.pdf.pages import opened
from tests.unit.publish.bab_iii_uji import CHART, REPORT, SPANNED, of

BAKU = OURS / "gaya" / "baku.docx"
LONG = Tabel(
    "panjang",
    "3.4",
    "Tabel yang panjang",
    (Kolom("no", 1, "tengah"), Kolom("uraian", 4), Kolom("nilai", 2, "kanan")),
    ((Sel(("No",)), Sel(("Uraian",)), Sel(("Nilai",))),),
    tuple(
        (Sel((str(i),)), Sel(("Uraian yang panjang " * 6,)), Sel((of(f"{i}", "sisa", str(i)),)))
        for i in range(60)
    ),
)
# One address holds one value.
APART = replace(
    SPANNED,
    baris=(
        (*SPANNED.baris[0][:2], Sel(("naik ", of("0.05", "kenaikan", satuan="nilai"), " poin"))),
        SPANNED.baris[1],
    ),
)
WHOLE = replace(REPORT, blok=(*(APART if b is SPANNED else b for b in REPORT.blok), LONG))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("word") / "laporan.docx"
    word.write(WHOLE, BAKU, to)
    return to


@pytest.fixture(scope="module")
def document(made: Path) -> Document:
    return docx.Document(str(made))


def styled(document: Document, style: str) -> list[str]:
    return [text_of(p._p) for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_every_word_and_figure_of_the_report_is_in_it(document: Document) -> None:
    whole = text_of(document.element.body)
    for said in (
        "Penunjang <b>Urusan</b> & lainnya",
        "[Tulis sebab <serapan> rendah.]",
        "Butir kedua",
        "Ditahan:",
    ):
        assert said in whole
    written = [
        text_of(c.find(qn("w:sdtContent"))) for t, c in word.bound_controls(document) if t.startswith("a")
    ]
    assert written == [a.teks for a in WHOLE.angka() if a.alamat is not None]


def test_figures_are_listed_with_address_and_exact_value(made: Path) -> None:
    listed, facts = word.bound(made)
    expected = {(str(a.alamat), a.nilai, a.teks) for a in WHOLE.angka() if a.alamat is not None}
    assert {(b.alamat, b.nilai, b.teks) for b in listed} == expected
    assert len({b.id for b in listed}) == len(listed) == len(expected)
    assert facts["kode_unit"] == "630103" and facts["jalan_id"] == "j1"


def test_cover_header_and_footer_are_filled(document: Document) -> None:
    cover = [p.text for p in document.paragraphs[:3]]
    assert cover == [REPORT.judul, REPORT.anak_judul, "Angka diterbitkan 2 Januari 2026"]
    last = document.sections[-1]
    assert last.header.paragraphs[0].text == REPORT.anak_judul
    assert last.footer.paragraphs[0].text.startswith("Angka dari jalan j1")
    with_instructions = {e.text for e in last.footer._element.iter(qn("w:instrText"))}
    assert with_instructions == {" PAGE "}


def test_lists_agree_with_headings_and_captions(document: Document) -> None:
    assert styled(document, "table of figures") == [
        f"{text}\t"
        for text in (*styled(document, "Keterangan Tabel"), *styled(document, "Keterangan Grafik"))
    ]
    headings = [p.text for p in document.paragraphs if p.style is not None and "Heading" in str(p.style.name)]
    listed = [t for i in (1, 2, 3) for t in styled(document, f"toc {i}")]
    assert listed == [f"{h}\t" for h in headings] and len(headings) == 3
    names = {e.get(qn("w:name")) for e in document.element.body.iter(qn("w:bookmarkStart"))}
    marks = {name for name in names if not name.startswith("_lumbung_")}  # those are of figures
    links = [e.get(qn("w:anchor")) for e in document.element.body.iter(qn("w:hyperlink"))]
    assert set(links) == marks and len(links) == len(marks)


def test_fields_are_balanced_and_count_captions(document: Document) -> None:
    depth = 0
    for mark in document.element.body.iter(qn("w:fldChar")):
        kind = mark.get(qn("w:fldCharType"))
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert depth in (0, 1, 2)
    assert depth == 0
    codes = [str(e.text).strip() for e in document.element.body.iter(qn("w:instrText"))]
    assert codes.count("SEQ Tabel \\* ARABIC") == 4 and codes.count("SEQ Grafik \\* ARABIC") == 1
    assert [c for c in codes if c.startswith("TOC")] == [
        'TOC \\o "1-3" \\h \\z \\u', 'TOC \\h \\z \\c "Tabel"', 'TOC \\h \\z \\c "Grafik"',
    ]  # fmt: skip


def test_pages_that_are_known_stand_in_the_lists(tmp_path: Path) -> None:
    word.write(REPORT, BAKU, tmp_path / "x.docx", {"_Toc00000001": 7})
    assert styled(docx.Document(str(tmp_path / "x.docx")), "toc 1") == ["BAB III AKUNTABILITAS KINERJA\t7"]


def test_rows_are_whole_and_heads_repeat(document: Document) -> None:
    for table in document.tables:
        rows = table._tbl.tr_lst
        heads = [r.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for r in rows]
        assert any(heads) and heads == sorted(heads, reverse=True)
        assert all(r.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in rows)
        width = sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid)
        for row in rows:
            assert sum(int(c.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for c in row.tc_lst) == width


def test_numbers_stand_right_and_spans_cover(document: Document) -> None:
    absorption = document.tables[0]
    styles = [str(c.paragraphs[0].style.name) for c in absorption.rows[2].cells if c.paragraphs[0].style]
    assert styles == ["Sel", "Sel", "Angka", "Angka", "Angka"]
    assert absorption.cell(0, 0)._tc is absorption.cell(1, 0)._tc  # Kode, two rows
    assert absorption.cell(0, 2)._tc is absorption.cell(0, 3)._tc  # Anggaran, two columns
    bold = absorption.rows[-1]._tr.find(f".//{qn('w:b')}")
    assert bold is not None and absorption.rows[2]._tr.find(f".//{qn('w:b')}") is None


def test_a_wide_table_lies_on_its_side(document: Document) -> None:
    turned = [s.orientation for s in document.sections]
    assert turned == [0, 0, 1, 0]  # cover, report, wide table, report
    starts = [s._sectPr.find(qn("w:pgNumType")) for s in document.sections]
    assert [s is not None and s.get(qn("w:start")) == "1" for s in starts] == [False, True, False, False]


def test_a_chart_has_words_for_who_does_not_see_it(document: Document) -> None:
    (about,) = document.element.body.iter(qn("wp:docPr"))
    assert about.get("descr") == CHART.teks_alternatif and about.get("name") == "lumbung:serapan"


def test_the_order_of_elements_is_the_schema_s(document: Document) -> None:
    orders: dict[str, list[str]] = {
        "w:pPr": "pStyle keepNext keepLines pageBreakBefore numPr tabs spacing ind jc rPr sectPr".split(),
        "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption".split(),
        "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap vAlign".split(),
        "w:sdtPr": "rPr alias tag id lock placeholder showingPlcHdr docPartObj text".split(),
        "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid".split(),
    }
    for tag, order in orders.items():
        found = list(document.element.body.iter(qn(tag)))
        assert found, tag
        for element in found:
            places = [order.index(child.tag.rpartition("}")[2]) for child in element]
            assert places == sorted(places), f"{tag}: {[c.tag for c in element]}"
    ids = [e.get(qn("w:val")) for e in document.element.body.iter(qn("w:id"))]
    assert len(set(ids)) == len(ids)


def test_the_same_report_gives_the_same_bytes_and_names_nobody(made: Path, tmp_path: Path) -> None:
    word.write(WHOLE, BAKU, tmp_path / "lagi.docx")
    assert (tmp_path / "lagi.docx").read_bytes() == made.read_bytes()
    properties = docx.Document(str(made)).core_properties
    assert (properties.author, properties.last_modified_by) == ("lumbung", "lumbung")
    assert str(properties.created).startswith("2026-01-02 03:04:05")
    assert not [p for p in tmp_path.iterdir() if p.name != "lagi.docx"]


@pytest.mark.parametrize("gaya", sorted((OURS / "gaya").glob("*.docx")), ids=lambda p: p.stem)
def test_both_styles_carry_the_report_and_no_one_s_name(gaya: Path, tmp_path: Path) -> None:
    word.write(REPORT, gaya, tmp_path / "x.docx")
    assert len(docx.Document(str(tmp_path / "x.docx")).tables) == 3
    assert docx.Document(str(gaya)).core_properties.author == "lumbung" and gaya.stat().st_size < 20_000
    with ZipFile(gaya) as parts:
        assert b"Microsoft" not in parts.read("docProps/app.xml")


def test_there_are_two_styles() -> None:
    assert len(list((OURS / "gaya").glob("*.docx"))) >= 2


def without(style: str, to: Path) -> Path:
    document = docx.Document(str(BAKU))
    document.styles[style].delete()
    document.save(str(to))
    return to


@pytest.mark.parametrize("style", ["Angka", "Tabel", "Heading 2", "table of figures"])
def test_a_missing_style_is_named(style: str, tmp_path: Path) -> None:
    with pytest.raises(word.StyleBroken, match=rf'kantor\.docx tidak punya gaya "{style}"'):
        word.write(REPORT, without(style, tmp_path / "kantor.docx"), tmp_path / "x.docx")
    assert not (tmp_path / "x.docx").exists()


def test_an_office_s_own_places_are_filled_however_word_cut_them(tmp_path: Path) -> None:
    document = docx.Document(str(BAKU))
    cover = document.paragraphs[0].insert_paragraph_before()
    for part in ("Kec. {", "{nama", "_unit}} di {{kabupaten}}"):
        cover.add_run(part)
    document.add_paragraph("Mengetahui, camat")
    document.save(str(tmp_path / "kantor.docx"))
    word.write(REPORT, tmp_path / "kantor.docx", tmp_path / "x.docx")
    made = docx.Document(str(tmp_path / "x.docx"))
    assert made.paragraphs[0].text == "Kec. Contoh di " and made.paragraphs[-1].text == "Mengetahui, camat"


def test_an_unknown_place_is_named(tmp_path: Path) -> None:
    document = docx.Document(str(BAKU))
    document.paragraphs[0].add_run("{{nama_camat}}")
    document.save(str(tmp_path / "kantor.docx"))
    with pytest.raises(word.StyleBroken, match=r"nama_camat.*yang dikenal: anak_judul"):
        word.write(REPORT, tmp_path / "kantor.docx", tmp_path / "x.docx")


def test_no_word_file_is_no_style(tmp_path: Path) -> None:
    (tmp_path / "gaya.docx").write_text("bukan")
    with pytest.raises(word.StyleBroken, match=r"gaya\.docx bukan dokumen Word"):
        word.write(REPORT, tmp_path / "gaya.docx", tmp_path / "x.docx")


def edited(made: Path, to: Path) -> Path:
    """As a person leaves it: words of hers, one figure written over, one taken out."""
    document = docx.Document(str(made))
    (first,) = (p for p in document.paragraphs if text_of(p._p).startswith("Serapan tahun ini"))
    first.add_run(" Ini kata saya.")
    seen: dict[str, Any] = dict(word.bound_controls(document))
    by_address = {b.alamat: b.id for b in word.bound(made)[0] if b.teks}
    hand = seen[by_address[str(of("1", "pagu", "1").alamat)]]
    next(hand.iter(qn("w:t"))).text = "3.500,00"
    gone = seen[by_address[str(of("1", "pembilang").alamat)]]
    gone.getparent().remove(gone)
    document.save(str(to))
    return to


def present(report: Dokumen, **changed: Angka) -> dict[str, Angka]:
    now = {str(a.alamat): a for a in report.angka() if a.alamat is not None}
    return now | {str(a.alamat): a for a in changed.values()}


def test_a_refresh_changes_bound_figures_only(made: Path, tmp_path: Path) -> None:
    hers = edited(made, tmp_path / "hers.docx")
    now = present(
        WHOLE,
        naik=of("92.5", "serapan_persen", "TOTAL", "persen"),
        ditahan=replace(of("1", "pagu", "2", keadaan="ditahan"), nilai=None),
        tangan=of("4000.00", "pagu", "1"),
    )
    del now[str(of("1", "sisa", "59").alamat)]
    done = word.refresh(hers, now, tmp_path / "baru.docx", {"jalan_id": "j2"}, grafik=[CHART])
    fates = {(p.nasib, p.lama, p.baru) for p in done.perubahan}
    assert ("berubah", "91,09%", "92,50%") in fates
    assert ("ditahan", "12.296.340.286,46", "ditahan") in fates
    assert ("ditulis_tangan", "3.500,00", "4.000,00") in fates
    assert ("hilang", "59,00", "") in fates
    assert done.dihapus == (str(of("1", "pembilang").alamat),)
    assert done.keterangan["jalan_id"] == "j2" and done.keterangan["kode_unit"] == "630103"
    assert (done.grafik, done.grafik_lama) == ((), ())
    after, before = docx.Document(str(tmp_path / "baru.docx")), docx.Document(str(hers))
    whole = text_of(after.element.body)
    assert "Serapan tahun ini 92,50%. Ini kata saya." in whole
    assert whole.count("3.500,00") == 1  # hers; the same figure in the other table, untouched by her, is new
    assert whole.count("4.000,00") == 1
    touched = [p for p in done.perubahan if p.nasib in ("berubah", "ditahan")]
    undone = text_of(before.element.body)
    for change in dict.fromkeys((p.lama, p.baru) for p in touched):
        assert undone.count(change[0]) > whole.count(change[0])
    # Once more changes nothing, but still tells what a person wrote.
    again = word.refresh(tmp_path / "baru.docx", now, tmp_path / "lagi.docx")
    assert {p.nasib for p in again.perubahan} == {"ditulis_tangan", "hilang"}
    assert again.sama + len(again.perubahan) == done.sama + len(done.perubahan)


def test_what_a_person_wrote_is_replaced_when_asked(made: Path, tmp_path: Path) -> None:
    hers = edited(made, tmp_path / "hers.docx")
    done = word.refresh(hers, present(WHOLE), tmp_path / "baru.docx", timpa=True)
    assert ("berubah", "3.500,00", "3.000,00") in {(p.nasib, p.lama, p.baru) for p in done.perubahan}
    assert "3.500,00" not in text_of(docx.Document(str(tmp_path / "baru.docx")).element.body)


def test_figures_keep_the_letters_they_were_written_in(tmp_path: Path) -> None:
    first = of("-0.05", "perubahan", satuan="nilai")
    forms = (
        replace(first, teks="0,05"),
        replace(first, teks="-0,0500", desimal=4),
        replace(first, teks="-Rp0"),
    )
    row = (tuple(Sel((form,)) for form in forms),)
    table = replace(LONG, nomor="1.1", kepala=((Sel(("a",)), Sel(("b",)), Sel(("c",))),), baris=row)
    word.write(replace(REPORT, blok=(table,)), BAKU, tmp_path / "x.docx")
    now = {str(first.alamat): replace(first, nilai=Decimal("-1234.5678"), teks="-1.234,57")}
    done = word.refresh(tmp_path / "x.docx", now, tmp_path / "y.docx")
    assert [p.baru for p in done.perubahan] == ["1.234,57", "-1.234,5678", "-Rp1.235"]


def test_a_chart_is_drawn_anew_where_its_figures_changed(made: Path, tmp_path: Path) -> None:
    spec = {**CHART.spesifikasi, "data": {"values": [{"a": "Program 1", "b": 50}]}}
    new = replace(CHART, spesifikasi=spec, teks_alternatif="Serapan program 1 adalah 50 persen.")
    done = word.refresh(made, present(WHOLE), tmp_path / "x.docx", grafik=[new])
    assert done.grafik == ("serapan",) and not done.perubahan
    (about,) = docx.Document(str(tmp_path / "x.docx")).element.body.iter(qn("wp:docPr"))
    assert about.get("descr") == new.teks_alternatif
    assert word.refresh(made, present(WHOLE), tmp_path / "y.docx").grafik_lama == ("serapan",)


def test_figures_stay_bound_where_a_program_drops_tags_and_titles(made: Path, tmp_path: Path) -> None:
    """As LibreOffice 7.4 saves controls: bare, with an empty run before the letters."""
    document = docx.Document(str(made))
    for _, control in list(word.bound_controls(document)):
        for child in list(control.find(qn("w:sdtPr"))):
            control.find(qn("w:sdtPr")).remove(child)
        first = next(control.iter(qn("w:r")))
        first.addprevious(el("w:r", el("w:rPr")))
        first.insert(0, el("w:rPr", el("w:b")))
    document.save(str(tmp_path / "polos.docx"))
    now = present(WHOLE, naik=of("92.5", "serapan_persen", "TOTAL", "persen"))
    done = word.refresh(tmp_path / "polos.docx", now, tmp_path / "baru.docx")
    assert {(p.nasib, p.lama, p.baru) for p in done.perubahan} == {("berubah", "91,09%", "92,50%")}
    assert done.dihapus == ()
    after = docx.Document(str(tmp_path / "baru.docx")).element.body
    runs = [r for r in after.iter(qn("w:r")) if text_of(r) == "92,50%"]
    assert runs and all(r.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for r in runs)


def test_a_blank_beside_a_figure_and_controls_of_others_are_left_alone(made: Path, tmp_path: Path) -> None:
    document = docx.Document(str(made))
    letters = next(t for t in document.element.body.iter(qn("w:t")) if t.text == "91,09%")
    letters.text = "91,09% "
    first = document.element.body[0]
    first.addprevious(el("w:sdt", el("w:sdtPr", el("w:tag", val="a1"))))  # without letters
    first.addprevious(el("w:sdt", el("w:sdtPr", el("w:alias")), el("w:sdtContent")))
    document.save(str(tmp_path / "hers.docx"))
    done = word.refresh(tmp_path / "hers.docx", present(WHOLE), tmp_path / "baru.docx")
    assert done.perubahan == ()
    assert "91,09% " in text_of(docx.Document(str(tmp_path / "baru.docx")).element.body)


def test_another_document_is_not_ours(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "lain.docx"))
    with pytest.raises(word.NotOurs, match=r"lain\.docx tidak memuat daftar angka terikat"):
        word.refresh(tmp_path / "lain.docx", {}, tmp_path / "x.docx")


def test_letters_that_xml_cannot_hold_do_not_break_it(tmp_path: Path) -> None:
    table = replace(
        LONG, nomor="1.1", judul="a\x00b\ud800", baris=((Sel(("x\x0by",)), Sel(("",)), Sel(("",))),)
    )
    word.write(replace(REPORT, blok=(table,)), BAKU, tmp_path / "x.docx")
    assert docx.Document(str(tmp_path / "x.docx")).tables[0].cell(1, 0).text == "x y"


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.mark.office
def test_libreoffice_lays_it_out_without_broken_rows(soffice: str, tmp_path: Path) -> None:
    """One conversion: the pages beside all bookmarks, and each row of the long table whole on its page."""
    write_to_measure(WHOLE, BAKU, tmp_path / "x.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    ask = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "x.docx"),
    ]
    subprocess.run(ask, check=True, capture_output=True, timeout=180)
    document = opened(tmp_path / "x.pdf")
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        sizes = [page.get_size() for page in document]
    finally:
        document.close()
    of_table = [p for p in pages if "Uraian yang panjang" in p]
    assert len(of_table) > 1 and all(p.count("Uraian yang panjang") % 6 == 0 for p in of_table)
    assert all("No" in p and "Uraian\r\n" in p.replace("Uraian Nilai", "Uraian\r\n") for p in of_table)
    assert any(wide > high for wide, high in sizes)
    whole = "".join(pages)
    assert all(f"_Toc{n:08d}=" in whole for n in range(1, 9))


@pytest.mark.office
def test_figures_stay_bound_through_libreoffice(soffice: str, made: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    ask = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(made)]
    subprocess.run(ask, check=True, capture_output=True, timeout=180)
    now = present(WHOLE, naik=of("92.5", "serapan_persen", "TOTAL", "persen"))
    done = word.refresh(tmp_path / made.name, now, tmp_path / "baru.docx")
    assert {(p.nasib, p.lama, p.baru) for p in done.perubahan} == {("berubah", "91,09%", "92,50%")}
    assert done.dihapus == () and done.sama == word.refresh(made, now, tmp_path / "y.docx").sama


def orientations(blocks: tuple[Blok, ...], to: Path) -> list[int]:
    word.write(replace(REPORT, blok=blocks), BAKU, to)
    return [int(s.orientation) for s in docx.Document(str(to)).sections]


def test_headings_turn_with_their_table_and_nothing_follows_the_last(tmp_path: Path) -> None:
    heading, said, wide = Judul(1, "BAB"), Paragraf(("Kata",)), replace(LONG, mendatar=True)
    assert orientations((said, heading, wide), tmp_path / "x.docx") == [0, 0, 1]
    assert orientations((heading, said, wide, said), tmp_path / "x.docx") == [0, 0, 1, 0]


def many(columns: int, teks: str) -> Tabel:
    names = tuple(Kolom(f"k{i}", 1) for i in range(columns))
    head, row = (tuple(Sel((t,)) for _ in names) for t in ("K", teks))
    return Tabel("banyak", "3.1", "Banyak kolom", names, (head,), (row,))


def test_no_number_is_cut_by_a_narrow_column(tmp_path: Path) -> None:
    money = replace(
        LONG, nomor="3.1", kolom=(Kolom("no", 1), Kolom("u", 40), Kolom("n", 1)), baris=LONG.baris[:2]
    )
    long = (*LONG.baris[0][:2], Sel(("12.296.340.286,46",)))
    word.write(replace(REPORT, blok=(replace(money, baris=(long,)),)), BAKU, tmp_path / "x.docx")
    grid = [int(c.get(qn("w:w"))) for c in docx.Document(str(tmp_path / "x.docx")).tables[0]._tbl.tblGrid]
    assert grid[2] > 17 * 0.5 * 8.5 * 20 * 0.85  # seventeen signs of 8,5 points
    assert orientations((many(6, "12.296.340.286,46"),), tmp_path / "x.docx") == [0, 0]
    smaller = docx.Document(str(tmp_path / "x.docx")).tables[0]._tbl.find(f".//{qn('w:sz')}")
    assert smaller is not None and 14 <= int(smaller.get(qn("w:val"))) < 17
    assert orientations((many(9, "12.296.340.286,46"),), tmp_path / "x.docx") == [0, 1]


def test_words_that_no_longer_agree_with_their_figures_are_told(made: Path, tmp_path: Path) -> None:
    (said,) = (
        b.isi for b in WHOLE.blok if isinstance(b, Paragraf) and teks(b.isi).startswith("Serapan tahun ini")
    )
    now = present(WHOLE)
    same = word.refresh(made, now, tmp_path / "sama.docx", kalimat=[said])
    assert same.kalimat == () and teks(said) in same.paragraf
    turned = tuple(
        part.replace("Serapan", "Turunnya serapan") if isinstance(part, str) else part for part in said
    )
    elsewhere = ("Kalimat dari susunan lain yang tidak ada di sini.",)
    told = word.refresh(made, now, tmp_path / "lain.docx", kalimat=[turned, elsewhere]).kalimat
    assert told == ((teks(said), teks(turned)),)
