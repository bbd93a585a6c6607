import pyarrow as pa
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
