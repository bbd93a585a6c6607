"""``check``: what an officer is told of her file, and that her home stays as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from assets.accept.receive import receive
from assets.accept.telling import Received
from assets.readers import ledger
from assets.readers.opening import open_book
from assets.readers.reading import FileRead
from pipelines import check_outputs
from pipelines.check import Checked, Found, check
from pipelines.check_shown import Screen
from pipelines.settings import Settings
from tests.conftest import lumbung
from tests.unit.accept import kantor
from warehouse.regions import Regions

ROOT = Path(__file__).resolve().parent.parent.parent.parent
KALUMPANG = ROOT / "examples" / "630609"
RENJA = KALUMPANG / "Rencana Kerja Kalumpang 2024.xlsx"
REALISASI = KALUMPANG / "Realisasi Anggaran Kalumpang 2024.xlsx"


@pytest.fixture(autouse=True)
def opened_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are opened in this process: the child and its limits have tests of their own."""

    def opened(paths: Sequence[Path]) -> object:
        return ((path, open_book(path)) for path in list(paths))

    for module in ("assets.accept.receive", "assets.readers.standing", "pipelines.check_outputs"):
        monkeypatch.setattr(f"{module}.open_guarded", opened)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


class Heard:
    """Keeps what was told, in order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def opened(self, nama: str, read: FileRead) -> None:
        self.said.append(f"{nama}: {', '.join(t.tabel for t in read.tables)}")

    def judging(self) -> None:
        self.said.append("menilai")


def look(home: Path, *paths: Path, **said: str) -> list[Checked]:
    return check(list(paths), Settings(home), Heard(), **said).files


def rules(one: Checked) -> set[str]:
    return {f.baris["aturan"] for f in one.temuan}


def tree(home: Path) -> dict[str, str]:
    """Every file and folder of a home, with its bytes and its time."""
    return {
        str(p.relative_to(home)): f"{p.lstat().st_mtime_ns} "
        + (hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "folder")
        for p in sorted(home.rglob("*"))
    }


def test_nothing_in_the_home_changes(tmp_path: Path, regions: Regions) -> None:
    home = tmp_path / "rumah"
    receive([RENJA, KALUMPANG / "konfigurasi"], home, regions)
    other = kantor.hibah(tmp_path / "hibah.csv")
    receive([other], home, regions)
    # One reading is made anew, as after an update of the program.
    for said in (home / "warehouse" / "layers" / "baca").glob("*/baca.json"):
        said.write_text(said.read_text(encoding="utf-8").replace('"versi": "', '"versi": "x'), "utf-8")
        break
    before = tree(home)
    config = tmp_path / "630609.yaml"
    config.write_text('kode_unit: "630609"\npilihan:\n  batas_capaian: "100"\n', encoding="utf-8")
    files = look(home, REALISASI, other, config, tmp_path / "tiada.xlsx")
    assert [f.received.status for f in files] == ["diterima", "sudah_ada", "konfigurasi", "hilang"]
    assert tree(home) == before


def test_contradictions_with_accepted_files_are_found_and_others_are_not_told(
    tmp_path: Path, regions: Regions, alone: Checked
) -> None:
    home = tmp_path / "rumah"
    receive([RENJA, ROOT / "examples" / "630103" / "Pembanding Pelaihari 2025.xlsx"], home, regions)
    beside = look(home, REALISASI)[0]
    assert "program_sama_dpa" in rules(beside) - rules(alone)
    found = next(f for f in beside.temuan if f.baris["aturan"] == "program_sama_dpa")
    assert found.tempat == [("Realisasi Anggaran", "F37")] and "Rencana Kerja" in found.baris["sel_terkait"]
    assert {f.baris["berkas"] for f in beside.temuan} == {REALISASI.name}
    # The other side of the contradiction sees it too, at its own cell.
    receive([REALISASI], home, regions)
    mine = look(home, RENJA)[0]
    assert any(f.baris["berkas"] == REALISASI.name and f.tempat[0][0] == "Rencana Kerja" for f in mine.temuan)


def test_rows_read_are_accounted_for(alone: Checked) -> None:
    assert alone.taken and alone.clean and alone.neraca
    for row in alone.neraca:
        assert row["dibaca"] == sum(row[c] for c in ("diterima", "ditolak", "tata_letak", "tidak_dikenal"))
    assert sum(r["diterima"] for r in alone.neraca) == 32


def test_every_edition_is_judged_as_if_it_were_the_latest(tmp_path: Path, regions: Regions) -> None:
    home = tmp_path / "rumah"
    receive([kantor.hibah(tmp_path / "penuh.csv")], home, regions)
    less = kantor.hibah(tmp_path / "kurang.csv", kantor.PENERIMA[:1], jumlah="68.00.1")
    more = kantor.hibah(tmp_path / "lebih.csv", jumlah="9.99.9")
    files = look(home, less, more)
    assert "edisi_menyusut" in rules(files[0]) - rules(files[1])
    for one, wrong, rows in zip(files, ("68.00.1", "9.99.9"), (1, 3), strict=True):
        assert not one.clean
        assert any(wrong in (f.baris["tertulis"] or "") for f in one.temuan), rules(one)
        assert sum(r["diterima"] + r["ditolak"] for r in one.neraca) == rows
    single = look(home, less)[0]
    assert rules(single) == rules(files[0]) and single.neraca == files[0].neraca


def test_what_was_waived_is_told_and_does_not_count(tmp_path: Path) -> None:
    path = kantor.hibah(tmp_path / "hibah.csv", judul="PENYALURAN HIBAH TAHUN 2025")
    waiver = tmp_path / "pengecualian.yaml"
    waiver.write_text(
        "- id: P-1\n  aturan: unit_tidak_diketahui\n  di: {berkas: hibah.csv}\n  alasan: uji\n"
        "  pemilik: camat\n  berlaku_sampai: 2999-12-31\n",
        encoding="utf-8",
    )
    one = look(tmp_path / "rumah", waiver, path)[1]
    found = next(f for f in one.temuan if f.baris["aturan"] == "unit_tidak_diketahui")
    assert not found.open and found.baris["pengecualian_id"] == "P-1"
    assert one.clean
    said = look(tmp_path / "lain", path, unit="630103")[0]
    assert "unit_tidak_diketahui" not in rules(said)


def test_files_are_told_as_they_are_opened_and_own_outputs_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    kantor.hibah(folder / "hibah.csv")
    (folder / "lain.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (folder / "hibah - diperiksa.html").write_text("<p>", encoding="utf-8")
    (folder / "lain - diperiksa.xlsx").write_text("x", encoding="utf-8")
    heard = Heard()
    files = check([folder], Settings(tmp_path / "rumah"), heard).files
    assert [f.path.name for f in files] == ["hibah.csv", "lain.csv"]
    assert heard.said == ["hibah.csv: hibah_daftar", "lain.csv: ", "menilai"]
    assert not files[1].taken and files[1].temuan[0].akibat == "tolak"


# --- outputs -----------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Collects what a page refers to and checks that its tags close."""

    VOID = {"meta", "br", "link", "img"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.refers: list[str] = []
        self.open: list[str] = []
        self.marked = 0
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.refers += [v for k, v in attrs if k in ("src", "href", "action") and v]
        self.marked += tag == "td" and "here" in (said.get("class") or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, regions: Regions) -> Checked:
    """One file checked in an empty home, its outputs written."""
    folder = tmp_path_factory.mktemp("sendiri")
    return written(folder, REALISASI, regions=regions)[0]


def written(tmp_path: Path, *paths: Path, regions: Regions) -> list[Checked]:
    files = look(tmp_path / "rumah", *paths)
    check_outputs.write(files, tmp_path / "hasil", regions, "Diperiksa")
    return files


PERSONS = ("6301033002850004", "081234567890", "siti.rahma@kantor.invalid", "Siti Rahmawati")


def test_outputs_show_the_cell_and_nobody(tmp_path: Path, regions: Regions) -> None:
    nik, phone, mail, name = PERSONS
    path = tmp_path / "skm.csv"
    lines = ["SKM KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TRIWULAN I TAHUN 2025"]
    lines += ["No;Nama;NIK;HP;Jenis Layanan;" + ";".join(f"U{n}" for n in range(1, 10)) + ";Saran"]
    lines += [f"1;{name};{nik};{phone};KTP;" + ";".join("4" * 8) + f";9;{mail}"]
    lines += [f"{i};Budi;{nik};{phone};KTP;" + ";".join("3" * 9) + ";-" for i in range(2, 6)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    one = written(tmp_path, path, regions=regions)[0]
    assert any(f.tempat[0][1] == "N3" for f in one.temuan), [f.tempat for f in one.temuan]
    book, page = one.ditulis
    text = page.read_text(encoding="utf-8")
    assert Page(text).marked >= 1
    index = openpyxl.load_workbook(book)
    told = [str(c.value) for r in index["Temuan"].iter_rows() for c in r if c.value]
    told += [c.comment.text for r in index["Isi berkas"].iter_rows() for c in r if c.comment]
    for person in PERSONS:
        assert person not in text and not any(person in t for t in told), person
        assert any(person == str(c.value) for r in index["Isi berkas"].iter_rows() for c in r)


def test_a_page_stands_alone(alone: Checked) -> None:
    text = alone.ditulis[-1].read_text(encoding="utf-8")
    page = Page(text)
    assert page.refers and all(r.startswith("#") for r in page.refers)
    assert not re.search(r"@import|url\(|<script", text)
    assert 'lang="id"' in text and "Neraca baris" in text and alone.received.nama in text
    assert [p.name for p in alone.ditulis] == [
        "Realisasi Anggaran Kalumpang 2024 - diperiksa.xlsx",
        "Realisasi Anggaran Kalumpang 2024 - diperiksa.html",
    ]


def test_what_a_file_says_is_not_markup(tmp_path: Path, regions: Regions) -> None:
    path = tmp_path / "<b>a&.csv"
    path.write_text('<script>alert(1)</script>;"x"\n<img src=x>;1\n', encoding="utf-8")
    text = written(tmp_path, path, regions=regions)[0].ditulis[-1].read_text(encoding="utf-8")
    Page(text)
    assert "<script" not in text and "<img" not in text


def test_two_files_of_one_name_keep_apart(tmp_path: Path, regions: Regions) -> None:
    one = kantor.hibah(tmp_path / "a" / "h.csv")
    two = kantor.hibah(tmp_path / "b" / "h.csv", jumlah="1.000.000")
    files = written(tmp_path, one, two, regions=regions)
    names = [p for f in files for p in f.ditulis]
    assert len(names) == 4 == len(set(names)) and all(p.exists() for p in names)


def test_a_marked_copy_is_read_like_the_original(tmp_path: Path, alone: Checked) -> None:
    again = look(tmp_path / "lagi", alone.ditulis[0])[0]
    first, second = (
        {(f.baris["aturan"], f.tempat[0]) for f in one.temuan if f.tempat[0][0] != "Temuan"}
        for one in (alone, again)
    )
    assert first and second == first


# --- the command -------------------------------------------------------------------------------------


def test_the_command_answers_without_the_judge_where_nothing_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "acak.csv"
    path.write_text("kucing;anjing\nsatu;dua\n", encoding="utf-8")
    (tmp_path / "foto.xlsx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500))
    picture = lumbung(tmp_path / "rumah", "check", str(tmp_path / "foto.xlsx"))
    assert "foto (JPEG)" in picture.out and "--propose" not in picture.out
    done = lumbung(tmp_path / "rumah", "check", str(path), str(tmp_path / "tiada.xlsx"))
    assert done.code == 2, done.err
    assert "tidak dibaca sebagai tabel" in done.out and "--propose" in done.out
    assert "Tidak ada berkas dengan nama itu" in done.out
    assert (tmp_path / "acak - diperiksa.html").exists() and (tmp_path / "acak - diperiksa.xlsx").exists()
    assert ledger.entries(tmp_path / "rumah") == {}


def test_wrong_usage(tmp_path: Path) -> None:
    path = kantor.hibah(tmp_path / "h.csv")
    done = lumbung(tmp_path / "rumah", "check", str(path), "--unit", "999999")
    assert done.code == 64 and "999999" in done.err and not list(tmp_path.glob("*diperiksa*"))


def test_a_file_that_gives_no_figure_is_not_called_fine(tmp_path: Path) -> None:
    blank = tmp_path / "kosong.csv"
    blank.write_text("HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025\n\nNama Penerima;Jumlah\n")
    [one] = look(tmp_path / "lagi", blank)
    assert one.taken and one.fruitless
    assert check_outputs.verdict(one) == "Tidak memberi satu angka pun; 1 catatan."
    assert check_outputs.verdict(one, "en") == "Gives not one figure; notes: 1."


def test_the_closing_does_not_call_a_blank_form_ready(
    tmp_path: Path, regions: Regions, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "kosong.csv"
    blank.write_text("HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025\n\nNama Penerima;Jumlah\n")
    full = kantor.hibah(tmp_path / "isi.csv", kantor.PENERIMA[:2])
    with full.open("a", encoding="utf-8") as more:
        more.write("Jumlah;1\n")
    files = look(tmp_path / "rumah", blank, full, unit="630103")
    Screen("en").show(files, regions)
    said = capsys.readouterr().out
    assert "2 files checked: 1 ready to be sent, 1 to be looked at" in said
    assert "0 rows, Pelaihari" in said and "2 rows, Pelaihari" in said
    assert not any(word in said for word in (" baris", "catatan", "perlu diperbaiki"))


def _row(**said: object) -> dict[str, object]:
    row = {"akibat": "tahan", "koreksi_id": None, "pengecualian_id": None, "berkas_id": "a" * 64, "sel": "D6"}
    words = {"pesan": "Berbeda.", "cara_perbaiki": "Samakan.", "dugaan": None, "sel_terkait": None}
    return {**row, **words, "berkas": "LRA.xlsx", "lembar": "LRA", **said}


def test_a_finding_names_its_cells_once_and_those_beside_it() -> None:
    row = _row(sel_terkait=", ".join(f"D{n}" for n in range(1, 9)), dugaan="Paling mungkin D3.")
    one = Found(row, [("hal. 1", "hal. 1 baris 5"), ("LRA", "D6"), ("-", "B2")])
    assert list(Screen("id")._finding(one, Received("LRA.xlsx", "a" * 64, "diterima"))) == [
        "  [tahan] hal. 1 baris 5, LRA!D6, B2",
        "      Berbeda.",
        "      Sel terkait: D1, D2, D3, D4, D5, D6 …",
        "      ? Paling mungkin D3.",
        "      → Samakan.",
    ]


def test_seen_from_the_other_file_a_finding_names_the_cell_it_points_at() -> None:
    row = _row(sel_terkait="[DPA.xlsx]Pagu!C4, E6, [DPA.xlsx]Pagu!C9")
    one = Found(row, [("Pagu", "C4")])
    assert list(Screen("id")._finding(one, Received("DPA.xlsx", "b" * 64, "diterima")))[:3] == [
        "  [tahan] Pagu!C4",
        "      Berbeda.",
        "      Sel terkait: [LRA.xlsx]LRA!D6, [LRA.xlsx]LRA!E6, Pagu!C9",
    ]
