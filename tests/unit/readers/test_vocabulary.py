from pathlib import Path

import pytest

from assets.readers import vocabulary
from assets.readers.vocabulary import SHAPES, VocabularyInvalid, parse
from assets.readers.words import WordList, WordsUnclear, normal, pattern

FLOW = {
    "idm_ekspor": "kode_desa desa iks ike ikl nilai status",
    "idm_api": "kode_desa desa iks ike ikl nilai status skor_ringkas",
    "idm_salinan": "kode_kec nomor_desa desa nilai iks ike ikl",
    "indeks_desa_tabel": "desa layanan_dasar sosial ekonomi lingkungan aksesibilitas tata_kelola skor status",
    "skm_jawaban": "u1 u2 u3 u4 u5 u6 u7",
    "skm_ringkasan": "unsur nilai",
    "dpa_pagu": "",
    "realisasi_rekening": "kode uraian pagu realisasi",
    "realisasi_program": "pagu realisasi",
    "perjanjian_kinerja_target": "indikator target",
    "perjanjian_kinerja_program": "indikator",
    "perjanjian_kinerja_anggaran": "program anggaran",
    "renstra_target": "indikator target",
    "realisasi_manual_realisasi": "indikator realisasi",
    "bumdes_pemeringkatan": "desa nama nilai",
    "kinerja_program_keluaran": "target realisasi",
    "kinerja_program_triwulanan": "indikator realisasi_kinerja realisasi",
    "layanan_volume": "layanan jumlah",
    "pembanding_kutipan": "nama realisasi",
    "hibah_daftar": "penerima jumlah",
    "lhe_tindak_lanjut": "rekomendasi rencana",
    "wilayah_daftar": "kode nama",
}


def test_every_table_that_extract_promises_has_a_form_with_its_required_fields():
    tables = vocabulary.load().tables
    assert set(tables) == set(FLOW)
    for name, required in FLOW.items():
        assert {f.nama for f in tables[name].kolom if f.wajib} == set(required.split()), name


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("KODE\nREKENING", "kode rekening"),
        ("Anggaran (Rp.)", "anggaran"),
        ("Capaian (%)", "capaian persen"),
        ("Ling-\nkungan", "lingkungan"),
        ("Kab./Kec.", "kab / kec"),
        ("55 - < 70", "55..<70"),
        ("≥ 85 – 100", ">=85..100"),
        ("Realisasi 2024*)", "realisasi 2024"),
        ("No.", "no"),
    ],
)
def test_headers_are_compared_without_their_dress(printed, compared):
    assert normal(printed) == compared


@pytest.mark.parametrize(
    ("wording", "text", "key"),
    [
        ("[nama] desa", "Nama Desa", ""),
        ("[nama] desa", "DESA", ""),
        ("[nama] desa", "Nama Desa Adat", None),
        ("(desa|kelurahan)", "Kelurahan", ""),
        ("iks [{tahun}]", "IKS 2024", "2024"),
        ("iks [{tahun}]", "IKS", ""),
        ("target * {tahun}", "Target Kinerja pada Tahun 2027", "2027"),
        ("nrr {periode}", "NRR TR III", "TW3"),
        ("nrr {periode}", "NRR Semester II Tahun 2024", "2024-S2"),
        ("nrr {periode}", "NRR 2025-TW4", "2025-TW4"),
        ("(kab|kabupaten)/(kec|kecamatan)", "Kabupaten/ Kecamatan", ""),
        ("/^ u ?1$/", "U 1", ""),
    ],
)
def test_a_wording_names_a_header_and_its_period(wording, text, key):
    assert pattern(wording).key(normal(text)) == key


def test_a_word_list_compares_only_wordings_that_share_a_word():
    words = WordList(["jumlah [total]", "grand total", "{tahun}"])
    assert words.matches("jumlah total") and words.matches("grand total") and words.matches("2025")
    assert not words.matches("total grand")


@pytest.mark.parametrize("wording", ["{bulan}", "", "/(/"])
def test_an_unclear_wording_says_so(wording):
    with pytest.raises(WordsUnclear):
        pattern(wording)


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (
            "angka",
            ["1.234,56", "(11.200.768.358,00)", "Rp 68.000.000", "97,48%", "-", "Nihil", "18,000,000"],
            ["7:9", "A"],
        ),
        ("rekening", ["5", "5.1.02.01.01.0052", "5 . 1 . 02"], ["I", "BELANJA"]),
        ("program", ["7.01.01", "7.01.03.2.01.0001", "X.XX.01"], ["Program", "5.1.02.01.01.0052x"]),
        ("wilayah", ["6301032001", "63.01.03.2001", "630103"], ["63.01.03.2", "Pelaihari"]),
        ("jawaban", ["4", "a", "B.", "Sangat baik"], ["45000"]),
    ],
)
def test_shapes_tell_values_apart(shape, good, bad):
    for text in good:
        assert SHAPES[shape].search(text), text
    for text in bad:
        assert not SHAPES[shape].search(text), text


@pytest.mark.parametrize(
    ("said", "blames"),
    [
        ({"kolom": {"a": {"kepala": ["a"], "warna": 1}}}, "warna"),
        ({"kolom": {"a": {"kepala": ["a"], "nilai": "uang"}}}, "uang"),
        ({"kolom": {"a": {}}}, "kepala kosong"),
        ({"kolom": {}}, "kolom kosong"),
        ({"kolom": {"a": {"kepala": ["a"]}}, "kunci": ["b"]}, "'b'"),
        ({"kolom": {"a": {"kepala": ["{abad}"]}}}, "abad"),
        ({"kolom": {"a": {"kepala": ["a"]}}, "unit": "desa"}, "desa"),
    ],
)
def test_a_wrong_layouts_file_names_the_place(said, blames):
    with pytest.raises(VocabularyInvalid, match=blames) as told:
        parse("uji", {"bentuk": {"x": said}}, {}, "uji/layouts.yaml")
    assert "uji/layouts.yaml: x" in str(told.value)


def test_a_home_overrides_a_file_of_the_program(tmp_path: Path):
    own = tmp_path / "hibah"
    own.mkdir()
    (own / "layouts.yaml").write_text(
        "bentuk: {daftar: {kolom: {penerima: {wajib: true, kepala: [yayasan]}}}}", encoding="utf-8"
    )
    forms = vocabulary.load(tmp_path).tables
    assert [f.nama for f in forms["hibah_daftar"].kolom] == ["penerima"]
    assert "idm_ekspor" in forms


def test_fields_keep_the_order_of_the_form():
    form = vocabulary.load().tables["perjanjian_kinerja_target"]
    assert form.fields_with(["target@TW2", "target@TW1"])[-4:] == [
        "target",
        "target@TW1",
        "target@TW2",
        "kunci_rumus",
    ]
