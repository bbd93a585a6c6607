import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pytest
from kisi import Galat, Rumus, kisi

from assets.readers import reading
from assets.readers.grid import Book
from assets.readers.vocabulary import load


def read(rows, **more):
    return reading.read(Book("xlsx", [kisi(rows, **more)]), "f1", load())


def test_broken_cells_withhold_where_they_are_operands_and_are_only_told_in_totals():
    found, _ = read(
        [
            ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"],
            ["5", "BELANJA", 9, 8, Galat("#DIV/0!")],
            ["5.1", "OPERASI", Rumus(), Galat("#REF!"), 90],
            [None, "JUMLAH BELANJA", Rumus(), 8, 90],
        ]
    )
    told = [(f.aturan, f.cell.field, f.cell.baris, f.akibat, f.tertulis) for f in found.findings]
    assert told == [
        ("rumus_tanpa_nilai", "pagu", 3, "tahan", None),
        ("rumus_tanpa_nilai", "pagu", 4, None, None),
        ("sel_galat", "realisasi", 3, "tahan", "#REF!"),
        ("sel_galat", "persen", 2, None, "#DIV/0!"),
    ]


def test_the_letter_is_that_of_the_column_that_holds_the_values():
    found, (rows,) = read(
        [
            ["KODE REKENING", None, None, "URAIAN", "ANGGARAN", "REALISASI"],
            [None, None, "5.1", "BELANJA", 9, 8],
            [None, None, "5.2", "BELANJA", 9, 8],
        ],
        gabung=[(0, 0, 0, 2)],
    )
    by = {c["field"]: c for c in found.tables[0].kolom}
    assert (by["kode"]["kolom"], by["kode"]["kepala_sel"]) == ("C", "A1")
    assert rows.column("kode").to_pylist() == ["5.1", "5.2"]


def test_keys_count_what_stands_more_than_once():
    found, _ = read([["Nama Penerima Hibah", "Jumlah"], ["PKK", "1"], ["pkk ", "2"], ["Karang Taruna", "3"]])
    assert found.tables[0].kunci == {"": {"PKK": 2, "KARANG TARUNA": 1}}


def test_a_form_without_rows_is_told_to_be_empty():
    found, (rows,) = read([["Nama Penerima Hibah", "Jumlah"]])
    assert [f.aturan for f in found.findings] == ["tabel_kosong"]
    assert rows.num_rows == 0 and rows.schema.field("baris").type == pa.int64()


@pytest.mark.parametrize(("jumlah", "rows"), [("0", 0), ("Rp 0,00", 0), ("-", 0), ("9", 1)])
def test_the_nought_of_a_blank_forms_sum_is_no_figure(jumlah: str, rows: int):
    blank = [["No", "Program", "Pagu", "Realisasi"], [None] * 4, ["JUMLAH", None, jumlah, jumlah]]
    found, (table,) = read(blank)
    assert table.num_rows == rows
    assert [f.aturan for f in found.findings] == ["tabel_kosong"]
    assert sum(found.lembar[0][c] for c in ("data", "tata_letak", "tidak_dikenal")) == len(blank)


def test_pages_without_a_table_are_told_together():
    pages = [kisi([["Bab I"], ["Pendahuluan"]], lembar=f"hal. {n}", halaman=n) for n in (1, 2, 3)]
    found, _ = reading.read(Book("pdf", pages), "f1", load())
    (finding,) = found.findings
    assert (finding.aturan, finding.lembar, finding.jumlah) == ("lembar_tanpa_tabel", "hal. 1 s.d. hal. 3", 6)


def test_a_reading_comes_back_from_disk_as_it_was(tmp_path):
    found, rows = read([["Kode Rekening", "Uraian", "Anggaran", "Realisasi"], ["5", "BELANJA", Rumus(), 8]])
    reading.keep(tmp_path, found, rows, None)
    assert reading.kept(tmp_path, "f1", None) == found
    assert reading.rows_of(tmp_path, found, found.tables[0]).equals(rows[0])
    assert reading.kept(tmp_path, "f1", "hibah") is None, "read as another source it is another reading"


READERS = Path(reading.__file__).parent


def test_a_change_of_any_module_that_reads_reads_every_file_again(tmp_path, monkeypatch):
    for folder in reading._READING:
        shutil.copytree(reading._PROGRAM / folder, tmp_path / folder)
    monkeypatch.setattr(reading, "_PROGRAM", tmp_path)
    modules = sorted(tmp_path.rglob("*.py"))
    assert {p.relative_to(READERS) for p in READERS.rglob("*.py")} <= {
        p.relative_to(tmp_path / "assets/readers") for p in modules if "readers" in p.parts
    }
    seen = set()
    for path in modules:
        said = path.read_text(encoding="utf-8")
        path.write_text(said + "\n", encoding="utf-8")
        seen.add(versi(tmp_path))
        path.write_text(said, encoding="utf-8")
    assert len({versi(tmp_path), *seen}) == len(modules) + 1


def versi(home):
    reading._readers.cache_clear()
    reading._program.cache_clear()
    return reading.program_version(home)


# --- persons -------------------------------------------------------------------------------------------
UNSUR = [f"U{n}" for n in range(1, 10)]
SURVEI = "SKM KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TRIWULAN I TAHUN 2025"


def everything(found, tables):
    return str(asdict(found)) + str([t.to_pylist() for t in tables])


def test_names_and_numbers_of_persons_are_kept_nowhere():
    persons = ["BUDI RAHASIA", "6301017002850001", "081234567890"]
    sheet = [
        [SURVEI],
        ["Petugas: SITI RAHASIA"],
        ["No", "Nama Responden", "NIK", "No HP", *UNSUR],
        [1, *persons, *[4] * 9],
        [2, *persons, *[3] * 9],
        [None, "DEWI RAHASIA", None, None, *[None] * 9],
        [None, "AHMAD RAHASIA KECAMATAN PELAIHARI", 5, "x", *[None] * 9],
    ]
    listed = [["RAHASIA SATU", 6301017002850003], ["RAHASIA DUA KECAMATAN PELAIHARI", 6301017002850004, "L"]]
    book = Book("xlsx", [kisi(sheet), kisi(listed, lembar="Daftar"), kisi([["x"]], lembar="y")])
    found, tables = reading.read(book, "f1", load())
    assert found.tables[0].banyak["data"] == 2
    said = everything(found, tables)
    assert "RAHASIA" not in said and "63010152" not in said and "0812" not in said
    assert found.tables[0].judul == [SURVEI, "Petugas: [disamarkan]"]


def test_a_text_that_is_no_answer_is_not_kept_and_answers_are():
    rows = [["sangat baik", "d", 5, Galat("#REF!"), "Budi Rahasia", *[4] * 4]]
    found, (table,) = read([[SURVEI], [], UNSUR, *rows, *[[3] * 9] * 8])
    first = [table.column(f"u{n}").to_pylist()[0] for n in range(1, 6)]
    assert first == ["sangat baik", "d", "5", "#REF!", "[disamarkan]"]
    assert [(f.aturan, f.akibat) for f in found.findings] == [("sel_galat", "tolak")], "one answer of many"


def test_numbers_of_persons_in_columns_of_words_are_masked():
    _, (table,) = read([["Nama Penerima Hibah", "Jumlah"], ["PKK hp 081234567890", "1"], ["PKK", "2"]])
    assert table.column("penerima").to_pylist() == ["PKK hp [disamarkan]", "PKK"]


def test_very_long_cells_cost_no_time():
    long = "A" * 300_000
    started = time.perf_counter()
    found, _ = read([[long], ["Nama Penerima Hibah", "Jumlah"], [long, "1"], ["PKK", "2"], [None, long]])
    assert time.perf_counter() - started < 5
    assert len(str(asdict(found))) < 5_000


def test_two_processes_may_keep_the_same_reading_at_once(tmp_path):
    found, rows = read([["Nama Penerima Hibah", "Jumlah"], ["PKK", "1"]])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: keep_as(tmp_path, found, rows, n), range(40)))
    assert reading.kept(tmp_path, "f1", None).tables == found.tables
    assert [p.name for p in reading.folder(tmp_path, "f1").parent.iterdir()] == ["f1"]


def keep_as(home, found, rows, n):
    building = reading.folder(home, f"f1.{n}.building")
    reading.keep(home, replace(found, berkas_id=building.name), rows, None)
    reading.put(building, reading.folder(home, "f1"))


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([["DAFTAR HADIR 2025"], ["BUDI"]], "DAFTAR HADIR 2025"),
        ([["Nama", "NIK"], ["BUDI", "6301017002850001"]], "Nama NIK"),
        ([["BUDI", "Desa Tampang"], ["SITI", "Desa Telaga"]], "-"),
        ([["BUDI", "RT 3"], ["SITI", "RT 4"]], "-"),
        ([["BUDI", 3], ["SITI", 4]], "-"),
    ],
)
def test_a_sheet_without_a_table_is_named_by_its_title_or_header_only(rows, shown):
    found, _ = read(rows)
    assert found.findings[0].isi["contoh"] == shown


def test_a_fault_of_ours_costs_one_file_and_quotes_nothing(monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("BUDI RAHASIA")

    monkeypatch.setattr("assets.readers.reading._lines", broken)
    found, tables = reading.read_any(Book("xlsx", [kisi([["a", "b"], ["1", "2"]])]), "f1", load())
    assert (found.tables, tables) == ([], [])
    assert found.ditolak is not None and found.ditolak[0] == "berkas_tak_terolah"
    assert found.ditolak[1]["sebab"].startswith("KeyError di readers/test_reading.py:")
    assert [f.aturan for f in found.findings] == ["berkas_tak_terolah"]


def test_broken_cells_one_below_the_other_are_told_once_with_their_range_and_rows():
    found, _ = read(
        [
            ["Kode Rekening", "Uraian", "Anggaran", "Realisasi"],
            ["5", "BELANJA", 9, 8],
            ["5.1", "OPERASI", Rumus(), 8],
            ["5.1.01", "PEGAWAI", Rumus(), 8],
            ["5.1.02", "BARANG", Rumus(), 8],
            ["5.2", "MODAL", 5, 8],
            ["5.3", "TAK TERDUGA", Rumus(), 8],
        ]
    )
    told = [(f.cell.baris, f.cell.sampai_baris, f.jumlah, f.isi["daftar"]) for f in found.findings]
    assert told == [(3, 5, 3, "C3:C5 (OPERASI … BARANG)"), (7, None, 1, "C7 (TAK TERDUGA)")]
