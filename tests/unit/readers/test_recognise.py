import pytest
from kisi import baca, kisi, letak, satu

from assets.readers.header import Merges
from assets.readers.recognise import Recogniser
from assets.readers.rows import Cells
from assets.readers.vocabulary import load

IDM = [
    [],
    ["REKOMENDASI INDEKS DESA MEMBANGUN (IDM) TAHUN 2024 PER DESA"],
    [None] * 15 + ["YANG DAPAT MELAKSANAKAN KEGIATAN"],
    [
        "KODE PROV",
        "NAMA PROVINSI",
        "KODE KAB",
        "NAMA KABUPATEN",
        "KODE KEC",
        "NAMA KECAMATAN",
        "KODE DESA",
        "NAMA DESA",
        "IKS 2024",
        "IKE 2024",
        "IKL 2024",
        "NILAI IDM 2024",
        "STATUS IDM 2024",
        "KETERANGAN",
        "NILAI",
        "PUSAT",
        "DESA",
    ],
    [
        63,
        "KALSEL",
        6301,
        "TANAH LAUT",
        630103,
        "PELAIHARI",
        6301032001.0,
        "ATU-ATU",
        0.85,
        0.83,
        0.93,
        0.8722,
        "MANDIRI",
        "a",
        0.1,
    ],
    [None] * 13 + ["Jarak tempuh", 0.002, "DINKES"],
    [None] * 13 + ["Jumlah PKBM", 0.007],
    [
        63,
        "KALSEL",
        6301,
        "TANAH LAUT",
        630103,
        "PELAIHARI",
        6301032002.0,
        "TAMPANG",
        0.75,
        0.63,
        0.73,
        0.7055,
        "BERKEMBANG",
        "b",
        0.1,
    ],
]


def test_the_official_village_export_is_read_from_its_first_rows():
    read = baca(kisi(IDM, gabung=[(2, 15, 2, 16)]))
    (table,) = read.tables
    assert table.form.tabel == "idm_ekspor"
    assert letak(table)["desa"] == 7, "not the DESA of the recommendations"
    assert letak(table)["nilai@2024"] == 11, "not the NILAI of the recommendations"
    assert table.rows == [(4, "data"), (7, "data")]
    assert read.classes == ["kosong", "judul", "judul", "kepala", "data", "lanjutan", "lanjutan", "data"]
    assert table.asing == []


def test_order_of_columns_and_extra_ones_do_not_matter_and_are_told():
    table = satu(
        kisi(
            [
                ["Realisasi (Rp)", "Penanggung jawab", "URAIAN", "Kode Rekening", "Pagu"],
                ["1.000.000", "Kasubbag", "BELANJA DAERAH", "5", "2.000.000"],
                ["1.000.000", "Kasubbag", "BELANJA OPERASI", "5.1", "2.000.000"],
            ]
        )
    )
    assert letak(table) == {"realisasi": 0, "uraian": 2, "kode": 3, "pagu": 4}
    assert [h.teks for h in table.asing] == ["Penanggung jawab"]


def test_this_year_and_last_year_are_told_apart_by_the_header():
    table = satu(
        kisi(
            [
                ["Kode Rekening", "URAIAN", "ANGGARAN 2025", "REALISASI 2025", "% 2025", "REALISASI 2024"],
                ["1", "2", "3", "4", "5 = (4/3)*100", "6"],
                ["5", "BELANJA", "12,00", "11,00", "91,09", "10,00"],
            ]
        )
    )
    assert letak(table) == {
        "kode": 0,
        "uraian": 1,
        "pagu": 2,
        "realisasi": 3,
        "persen": 4,
        "realisasi_tahun_lalu": 5,
    }
    assert table.tahun_kepala == 2025


def test_account_and_programme_tables_with_the_same_headers_differ_by_the_shape_of_the_code():
    heads = ["Kode", "Uraian", "Anggaran", "Realisasi"]
    accounts = satu(
        kisi([heads, ["5.1.02", "Belanja Barang", "9", "8"], ["5.1.01", "Belanja Pegawai", "9", "8"]])
    )
    programmes = satu(
        kisi([heads, ["7.01.01", "Program Penunjang", "9", "8"], ["7.01.02", "Program Lain", "9", "8"]])
    )
    assert (accounts.form.tabel, programmes.form.tabel) == ("realisasi_rekening", "realisasi_program")


@pytest.mark.parametrize("merged", [True, False])
def test_two_header_rows_are_joined_whether_merged_or_not(merged):
    gabung = [(0, 3, 0, 4), (0, 5, 0, 7), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)] if merged else []
    table = satu(
        kisi(
            [
                [
                    "Program",
                    "Kegiatan",
                    "Sub Kegiatan",
                    "Target Kinerja Program/kegiatan",
                    None,
                    "Anggaran Sub Kegiatan",
                    None,
                    None,
                ],
                [None, None, None, "Target", "Realisasi", "Anggaran", "Realisasi", "%"],
                ["P1", "K1", "S1", "100%", "100%", "9.450.000", "9.450.000", "100"],
                [None, None, "S2", "100%", "100%", "1.000", "900", "90"],
            ],
            gabung=gabung,
        )
    )
    assert table.form.tabel == "realisasi_program"
    assert letak(table) == {"program": 0, "kegiatan": 1, "sub_kegiatan": 2, "target_kinerja": 3,
                            "realisasi_kinerja": 4, "pagu": 5, "realisasi": 6, "persen": 7}  # fmt: skip


def test_quarters_in_roman_numerals_under_one_header():
    table = satu(
        kisi(
            [
                ["No", "Unsur Pelayanan", "Triwulan", None, None, None],
                [None, None, "I", "II", "III", "IV"],
                [1, "Persyaratan", "3.907", "3.887", "3.847", "3.771"],
                [None, "NRR 9 Ruang Lingkup", "3.899", "3.884", "3.869", "3.635"],
                [None, "Nilai Hasil IKM", "97.48", "97.09", "96.72", "90.88"],
            ],
            gabung=[(0, 2, 0, 5)],
        )
    )
    assert [c.field for c in table.columns] == ["unsur", "nilai@TW1", "nilai@TW2", "nilai@TW3", "nilai@TW4"]
    assert [k for _, k in table.rows] == ["data", "data", "data"]


QUESTIONS = [
    "Timestamp",
    "Jenis layanan yang diterima",
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara standar dan hasilnya?",
    "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang perilaku petugas terkait kesopanan dan keramahan?",
    "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
    "Kritik dan saran",
]


def test_a_form_of_questions_is_read_by_what_is_asked_not_by_its_number():
    table = satu(
        kisi(
            [QUESTIONS, ["2025-03-01", "KTP", *"444343434", "baik"], ["2025-03-02", "KK", *"333333333", None]]
        )
    )
    found = letak(table)
    assert (found["u9"], found["u8"]) == (9, 10), "the questionnaire asks Q8 = sarana, Q9 = pengaduan"
    assert "u8_u9_a" not in found
    assert [h.teks for h in table.asing] == ["Kritik dan saran"]


def test_headers_that_are_only_numbers_leave_u8_and_u9_undecided():
    table = satu(kisi([["No", *(f"U{n}" for n in range(1, 10))], [1, *[4] * 9], [2, *[3] * 9]]))
    assert {"u8_u9_a", "u8_u9_b"} <= letak(table).keys() and "u8" not in letak(table)


def test_header_cells_whose_text_decides_win_over_their_number():
    heads = ["No", *(f"U{n}" for n in range(1, 8)), "U8 Sarana dan Prasarana", "U9 Penanganan Pengaduan"]
    assert letak(satu(kisi([heads, [1, *[4] * 9], [2, *[3] * 9]])))["u9"] == 8


def test_a_missing_required_field_is_not_guessed_but_named():
    read = baca(
        kisi(
            [
                ["Kode Rekening", "Uraian", "Pagu", "Terpakai"],
                ["5", "BELANJA", "9", "8"],
                ["5.1", "B", "9", "8"],
            ]
        )
    )
    assert read.tables == [] or read.tables[0].form.tabel == "dpa_pagu"
    read = baca(kisi([["Kode Rekening", "Uraian", "Terpakai", "Realisasi"], ["5", "BELANJA", "9", "8"]]))
    assert read.tables == []
    (near,) = read.near
    assert near.form.tabel == "realisasi_rekening"
    assert near.hilang == ("pagu",) and near.baru == ("Terpakai",)
    assert read.counts == {"dibaca": 2, "data": 0, "tata_letak": 0, "tidak_dikenal": 2}


def test_a_required_field_claimed_twice_is_not_guessed():
    read = baca(
        kisi(
            [
                ["Kode Rekening", "Uraian", "Anggaran", "Anggaran", "Realisasi"],
                ["5", "BELANJA", "9", "7", "8"],
            ]
        )
    )
    assert read.tables == []
    assert read.near[0].ganda == ("pagu",)


def test_of_two_like_headers_the_empty_one_does_not_count():
    table = satu(
        kisi(
            [
                ["Kode Rekening", "Uraian", "Anggaran", "Anggaran", "Realisasi"],
                ["5", "BELANJA", None, "7", "8"],
            ]
        )
    )
    assert letak(table)["pagu"] == 3


def test_a_header_over_several_columns_gives_the_cell_that_is_filled():
    grid = kisi([
        ["KODE REKENING", None, None, "URAIAN", None, "ANGGARAN", None, "REALISASI"],
        ["5", None, None, "BELANJA DAERAH", None, 100, 80, None],
        [None, "5.1", None, None, "BELANJA OPERASI", 100, 80, None],
        ["5", "1", "02", None, "Belanja Barang", 100, 80, None],
    ], gabung=[(0, 0, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6), *((r, 6, r, 7) for r in (1, 2, 3))])  # fmt: skip
    table = satu(grid)
    cells = Cells(grid, Merges(grid))
    by = {c.field: c for c in table.columns}
    assert [cells.value(r, by["kode"])[0] for r in (1, 2, 3)] == ["5", "5.1", "5.1.02"]
    assert [cells.value(r, by["uraian"])[0] for r in (1, 2)] == ["BELANJA DAERAH", "BELANJA OPERASI"]
    assert [cells.value(1, by[f])[0] for f in ("pagu", "realisasi")] == ["100", "80"], (
        "merged sideways: the next header's"
    )


def test_an_ordinal_beside_the_name_under_one_header_is_left_out():
    grid = kisi(
        [
            ["No.", "Sasaran", "Indikator Kinerja Utama", None, "Target"],
            [1, "Meningkatnya", 1, "Persentase Desa Mandiri", "66,666667"],
            [None, None, 2, "Indeks Kepuasan Masyarakat", "95,59"],
        ],
        gabung=[(0, 2, 0, 3)],
    )
    table = satu(grid)
    indikator = next(c for c in table.columns if c.field == "indikator")
    assert Cells(grid, Merges(grid)).value(1, indikator)[0] == "Persentase Desa Mandiri"


def test_several_tables_on_one_sheet_each_with_its_title():
    read = baca(
        kisi(
            [
                ["PERJANJIAN KINERJA TAHUN 2024"],
                ["No", "Sasaran", "Indikator", "Target"],
                ["1", "S", "Indeks Kepuasan Masyarakat", "86"],
                [],
                ["ANGGARAN PERJANJIAN KINERJA"],
                ["No.", "Program", None, "Anggaran"],
                ["1.", "Program Penunjang", "Rp.", "19.142.200"],
                [],
                [None, None, "Kalumpang, ........ 2024"],
                [None, None, "Camat Kalumpang,"],
                [None, None, "Nama Orang"],
            ]
        )
    )
    assert [t.form.tabel for t in read.tables] == ["perjanjian_kinerja_target", "perjanjian_kinerja_anggaran"]
    assert [t.judul for t in read.tables] == [
        ["PERJANJIAN KINERJA TAHUN 2024"],
        ["ANGGARAN PERJANJIAN KINERJA"],
    ]
    assert [t.tabel_ke for t in read.tables] == [1, 2]
    assert read.classes[-3:] == ["tanda_tangan"] * 3


def test_rows_of_a_table_that_fits_nothing_are_told_not_taken_for_the_next_title():
    read = baca(
        kisi(
            [
                ["Kode Rekening", "Uraian", "Terpakai", "Realisasi"],
                ["5", "BELANJA", "9", "8"],
                [],
                ["PENYALURAN HIBAH TAHUN 2025"],
                ["Nama Penerima Hibah", "Jumlah"],
                ["KARANG TARUNA", "68.000.000"],
            ]
        )
    )
    (table,) = read.tables
    assert table.judul[-1] == "PENYALURAN HIBAH TAHUN 2025"
    assert read.classes == ["tidak_dikenal", "tidak_dikenal", "kosong", "judul", "kepala", "data"]
    assert len(read.near) == 1


def test_a_tie_between_forms_is_told(tmp_path):
    for source in ("satu", "dua"):
        (tmp_path / source).mkdir()
        (tmp_path / source / "layouts.yaml").write_text(
            "bentuk: {x: {kolom: {a: {wajib: true, kepala: [apel]}, b: {wajib: true, kepala: [besi]}}}}",
            "utf-8",
        )
    words = load(tmp_path)
    grid = kisi([["Apel", "Besi"], ["a", "b"]])
    read = Recogniser(words).sheet(grid)
    assert read.tables == [] and read.near[0].sama == ("dua_x", "satu_x")
    assert [t.form.tabel for t in Recogniser(words.only("dua")).sheet(grid).tables] == ["dua_x"]


def test_a_table_goes_on_over_the_pages_of_a_report_without_its_header():
    heads = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi"]
    pages = [
        kisi([heads, ["5", "BELANJA", "9", "8"], ["5.1", "OPERASI", "9", "8"]], lembar="hal. 1", halaman=1),
        kisi([["5.2", "MODAL", "9", "8"], ["JUMLAH BELANJA", None, "9", "8"]], lembar="hal. 2", halaman=2),
        kisi([["Catatan", None, None, None]], lembar="hal. 3", halaman=3),
    ]
    first, second, third = Recogniser(load()).book(pages)
    assert [k for _, k in second.tables[0].rows] == ["data", "total"]
    assert second.tables[0].lanjutan and not first.tables[0].lanjutan
    assert third.tables == []


def test_words_in_data_do_not_open_a_table():
    read = baca(
        kisi(
            [
                ["NO", "Indikator Kinerja", "Satuan", "Nama Pembanding", "Realisasi"],
                [1, "Persentase Desa Mandiri", "%", "Kelumpang Tengah", "15,38%"],
                [None, None, None, "Provinsi", "-"],
                [9, "Indeks Kepuasan Masyarakat", "Nilai", "Nasional", "-"],
                [None, None, "Nilai", "Kecamatan", None],
            ]
        )
    )
    assert len(read.tables) == 1 and len(read.tables[0].rows) == 4


def test_two_tables_side_by_side_are_two_tables_of_the_same_rows():
    header = ["Program", "Pagu", "Realisasi"]
    sheet = baca(
        kisi(
            [
                ["Kecamatan Kurau"],
                ["TW I", None, None, None, "TW II"],
                [*header, None, *header],
                ["Program A", 9, 8, None, "Program B", 7, 6],
                [None, None, None, None, "Program C", 7, 6],
            ],
            gabung=[(0, 0, 0, 6)],
        )
    )
    assert [letak(t) for t in sheet.tables] == [
        {"program": 0, "pagu": 1, "realisasi": 2},
        {"program": 4, "pagu": 5, "realisasi": 6},
    ]
    assert [t.rows for t in sheet.tables] == [[(3, "data")], [(3, "data"), (4, "data")]]
    assert [t.judul for t in sheet.tables] == [["Kecamatan Kurau", "TW I"], ["Kecamatan Kurau", "TW II"]]
    assert sheet.classes == ["judul", "judul", "kepala", "data", "data"]
    assert sheet.counts["data"] == 2, "a physical row counts once"


def test_headers_claimed_twice_without_a_gap_are_told():
    header = ["Program", "Pagu", "Realisasi"]
    sheet = baca(kisi([[*header, *header], ["Program A", 9, 8, "Program B", 7, 6]]))
    assert sheet.tables == []
    (near,) = sheet.near
    assert {"pagu", "realisasi"} <= set(near.ganda)
