import pytest
from hypothesis import given
from hypothesis import strategies as st
from kisi import baca, kisi

from assets.readers.header import is_number_row
from assets.readers.rows import RowsUncounted, check_counts

LRA = [
    ["PEMERINTAH KABUPATEN TANAH LAUT"],
    ["Kode Rekening", "URAIAN", "ANGGARAN", "REALISASI"],
    ["1", "2", "3", "4"],
    ["5", "BELANJA DAERAH", "9", "8"],
    [None, "JUMLAH BELANJA OPERASI", "9", "8"],
    [],
    ["Kode Rekening", "URAIAN", "ANGGARAN", "REALISASI"],
    ["5.2", "BELANJA MODAL", "9", "8"],
    [None, "JUMLAH BELANJA", "9", "8"],
    [None, "SURPLUS/DEFISIT", "(9)", "(8)"],
    ["Keterangan: angka belum diperiksa"],
    ["entah apa"],
    [None, None, None, "Pelaihari, 31 Desember 2025"],
    [None, None, None, "Camat Pelaihari"],
    [None, None, None, "NIP. 19700230 199003 1 001"],
]


def test_every_row_of_an_account_report_has_its_class():
    assert baca(kisi(LRA)).classes == [
        "judul", "kepala", "nomor_kolom", "data", "subtotal", "kosong", "kepala", "data", "total", "subtotal",
        "catatan", "tidak_dikenal", "tanda_tangan", "tanda_tangan", "tanda_tangan",
    ]  # fmt: skip


def test_a_full_row_ends_a_signature_block():
    rows = [*LRA[:4], ["Mengetahui"], ["Camat"], ["5.1", "BELANJA OPERASI", "9", "8"]]
    assert baca(kisi(rows)).classes[4:] == ["tanda_tangan", "tanda_tangan", "data"]


def test_a_row_with_only_a_parent_name_is_a_section_whose_name_is_carried_down():
    read = baca(
        kisi(
            [
                ["Program", "Kegiatan", "Pagu"],
                ["Program A", None, None],
                [None, "Kegiatan 1", "5"],
                ["Program B", "Kegiatan 2", "6"],
            ]
        )
    )
    assert read.classes[1:] == ["sekat", "data", "data"]


def test_an_indicator_that_begins_with_jumlah_is_no_total():
    read = baca(
        kisi(
            [
                ["Indikator", "Satuan", "Target"],
                ["Jumlah BUMDes aktif", "unit", "9"],
                ["Jumlah", "unit", "9"],
            ]
        )
    )
    assert read.classes[1:] == ["data", "data"]


def test_a_row_of_rising_figures_below_the_first_data_is_data():
    read = baca(
        kisi(
            [
                ["No", *(f"U{n}" for n in range(1, 10))],
                list(range(1, 11)),
                [1, *[4] * 9],
                [1, 1, 2, 2, 3, 3, 4, 4, 4, 4],
            ]
        )
    )
    assert read.classes[1:] == ["nomor_kolom", "data", "data"]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)"], True),
        (["1", "2", "3", "5", "6"], True),
        (["1", "2", "3", "4", "5 = (4/3)*100", "6"], True),
        (["a", "b", "c"], True),
        (["4", "1", "3", "2", "5"], True),
        (["2", "1", "3"], False),
        (["2023", "2024", "2025"], False),
        (["4", "3", "4", "4"], False),
        (["5", "6", "7"], False),
        (["1"], False),
    ],
)
def test_column_numbers(row, numbers):
    assert is_number_row(row) is numbers


def test_a_row_without_a_class_is_a_fault_of_ours():
    with pytest.raises(RowsUncounted, match=r"LRA: rows \[1\]"):
        check_counts(["data", None, "kosong"], "LRA")


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(0, 9999),
                st.sampled_from(
                    [
                        "Kode Rekening",
                        "Uraian",
                        "Anggaran",
                        "Realisasi",
                        "JUMLAH",
                        "5.1",
                        "Camat",
                        "2025",
                        "x",
                    ]
                ),
            ),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_stands_on_a_sheet_its_rows_add_up(rows):
    read = baca(kisi(rows))
    counts = read.counts
    assert counts["dibaca"] == len(rows) == counts["data"] + counts["tata_letak"] + counts["tidak_dikenal"]
    handed = [r for t in read.tables for r, _ in t.rows]
    assert len(handed) == len(set(handed)) == counts["data"]


def test_an_indicator_without_a_target_is_data_and_a_heading_is_not():
    rows = [
        ["PERJANJIAN KINERJA KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025"],
        ["No.", "Sasaran", None, "Indikator Kinerja", "Target"],
        ["1", "Meningkatnya pelayanan", 1, "Persentase Desa Mandiri", "80"],
        [None, None, 2, "Indeks Kepuasan Masyarakat", None],
        [None, None, None, "Kinerja Lain", None],
    ]
    sheet = baca(kisi(rows, gabung=[(1, 1, 1, 2)]))
    assert sheet.classes[2:] == ["data", "data", "tidak_dikenal"]


def test_an_explanation_below_and_a_list_of_something_else_are_no_data():
    rows = [
        ["No", *(f"U{n}" for n in range(1, 10))],
        [1, *[3] * 9],
        [2, *[4] * 9],
        ["NRR", *["3,5"] * 9],
        ["- NRR", "= Nilai rata-rata"],
    ]
    assert baca(kisi(rows)).classes[1:] == ["data", "data", "subtotal", "catatan"]
    villages = [
        [
            "Kode Desa",
            "Desa",
            "Layanan Dasar",
            "Sosial",
            "Ekonomi",
            "Lingkungan",
            "Akses",
            "TK",
            "Skor",
            "Status",
        ],
        *[[f"630102200{n}", "Desa", 150, 70, 110, 80, 46, 72, 83.15, "MANDIRI"] for n in (1, 2)],
        [],
        ["Mandiri", "2"],
    ]
    assert baca(kisi(villages)).classes[1:] == ["data", "data", "kosong", "tidak_dikenal"]


def test_respondents_who_answer_in_words_are_data_and_a_heading_is_not():
    said = ["Sesuai", "Mudah", "Cepat", "Gratis", "Sesuai", "Kompeten", "Ramah", "Baik", "Baik sekali"]
    rows = [
        ["No", *(f"U{n}" for n in range(1, 10))],
        [1, *said],
        [2, *said[:8], None],
        ["Loket 1"],
        [3, *said],
    ]
    assert baca(kisi(rows)).classes[1:] == ["data", "data", "lanjutan", "data"]


def test_a_header_printed_again_goes_on_and_another_title_begins_anew():
    header = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi"]
    page = [["5.1", "A", 9, 8], ["Halaman 1"], ["LRA 2025"], header, ["1", "2", "3", "4"], ["5.2", "B", 9, 8]]
    read = baca(kisi([["LRA 2025"], header, *page]))
    (table,) = read.tables
    assert [k for _, k in table.rows] == ["data", "data"]
    assert read.classes[2:] == ["data", "catatan", "judul", "kepala", "nomor_kolom", "data"]
    other = baca(kisi([["LRA 2025"], header, page[0], [], ["LRA 2024"], header, page[-1]]))
    assert [t.judul for t in other.tables] == [["LRA 2025"], ["LRA 2024"]]
    total = baca(kisi([["LRA 2025"], header, page[0], [None, "JUMLAH", 9, 8], header, page[-1]]))
    assert len(total.tables) == 2
