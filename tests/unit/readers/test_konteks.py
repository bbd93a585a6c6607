import pytest

from assets.readers.isian import still_blank
from assets.readers.konteks import Needs, Said, Words, context, districts, finer, regencies, within
from warehouse.regions import Regions
from warehouse.trail import Cell

AREA = Cell("f1", "Lembar1", 1, 5, "kode", sampai_baris=9, sampai_field="realisasi")
PELAIHARI = "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


NOTHING = Said()


def told(regions, judul=(), said=NOTHING, unit="tabel", periode="tabel", kumulatif=True, **words):
    texts = Words(judul=judul, lembar=words.pop("lembar", ()), berkas=words.pop("berkas", ()), **words)
    return context(texts, said, regions, Needs(unit, periode, kumulatif), AREA)


@pytest.mark.parametrize(
    ("titles", "kode"),
    [
        ([PELAIHARI], "630103"),
        (["PEMERINTAH KABUPATEN TANAH LAUT", "KECAMATAN PELAIHARI", "TAHUN 2025"], "630103"),
        (["Kecamatan : Kalumpang", "Kabupaten : Hulu Sungai Selatan"], "630609"),
        (["LRA Kec. Kalumpang, Kab. Hulu Sungai Selatan 2024"], "630609"),
        (["Kode Kecamatan: 63.01.03"], "630103"),
        (["PERBANDINGAN TERHADAP KECAMATAN LAIN", PELAIHARI], "630103"),
        (["PEMERINTAH KABUPATEN TANAH LAUT", "DINAS KESEHATAN"], "6301"),
    ],
)
def test_the_unit_is_read_from_the_title(regions, titles, kode):
    found = told(regions, [*titles, "TAHUN 2025"])
    assert (found.kode_unit, found.cara_unit, found.findings) == (kode, "isi", [])


def test_a_bare_kecamatan_is_never_guessed(regions):
    found = told(regions, ["KECAMATAN PELAIHARI", "TAHUN 2025"])
    assert found.kode_unit is None
    assert [f.aturan for f in found.findings] == ["unit_tidak_diketahui"]
    assert found.findings[0].cell == AREA


@pytest.mark.parametrize("said", [Said(unit="6301"), Said(unit="630103"), Said(unit_folder="6301")])
def test_a_bare_kecamatan_is_found_within_the_kabupaten_of_flag_or_folder(regions, said):
    found = told(regions, ["KECAMATAN PELAIHARI", "TAHUN 2025"], said)
    assert (found.kode_unit, found.findings) == ("630103", [])


def test_two_kecamatan_in_one_title_are_not_chosen_between(regions):
    found = told(regions, ["KECAMATAN PELAIHARI DAN KECAMATAN TAKISUNG KABUPATEN TANAH LAUT", "2025"])
    assert found.kode_unit is None


def test_the_file_the_flag_and_the_folder_help_a_silent_sheet_in_that_order(regions):
    said = Said(unit="630609", unit_folder="630101")
    assert told(regions, ["TAHUN 2025"], said, berkas=[PELAIHARI]).cara_unit == "berkas"
    assert told(regions, ["TAHUN 2025"], Said(unit="630609")).kode_unit == "630609"
    assert told(regions, ["TAHUN 2025"], Said(unit_folder="630101")).cara_unit == "folder"


def test_content_and_flag_that_differ_are_a_finding_and_the_content_gives_the_address(regions):
    found = told(regions, [PELAIHARI, "TAHUN 2025"], Said(unit="630609", periode="2024"))
    assert (found.kode_unit, found.periode) == ("630103", "2025")
    unit, period = found.findings
    assert (unit.aturan, unit.tertulis, unit.seharusnya) == (
        "unit_berbeda",
        "630103 (Pelaihari)",
        "630609 (Kalumpang)",
    )
    assert (period.aturan, period.tertulis, period.seharusnya) == ("periode_berbeda", "2025", "2024")
    assert unit.cell == AREA and unit.isi["asal"] == "--unit/--period"


def test_who_insists_is_believed(regions):
    found = told(
        regions, [PELAIHARI, "TAHUN 2025"], Said("630609", "2024", tegas_unit=True, tegas_periode=True)
    )
    assert (found.kode_unit, found.periode, found.findings) == ("630609", "2024", [])


def test_insistence_on_the_kabupaten_or_the_year_leaves_what_the_content_says_more_closely(regions):
    said = Said("6301", "2025", tegas_unit=True, tegas_periode=True)
    found = told(regions, [PELAIHARI, "TRIWULAN II TAHUN 2025"], said)
    assert (found.kode_unit, found.periode) == ("630103", "2025-TW2")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("DINAS KESEHATAN", True),
        ("Organisasi : 1.02.0.00.01 Dinas Kesehatan", True),
        ("BADAN PENDAPATAN DAERAH", True),
        ("BADAN USAHA MILIK DESA", False),
        ("REALISASI ANGGARAN", False),
    ],
)
def test_a_document_of_another_agency_is_not_taken_for_the_kecamatan_of_the_flag(regions, line, agency):
    titles = ["PEMERINTAH KABUPATEN TANAH LAUT", line, "TAHUN 2025"]
    found = told(regions, titles, Said(unit="630103"))
    assert found.kode_unit == ("6301" if agency else "630103")
    assert [f.aturan for f in found.findings] == ["unit_berbeda"] * agency
    insisted = told(regions, titles, Said(unit="630103", tegas_unit=True))
    assert (insisted.kode_unit, insisted.findings) == ("630103", [])


def test_rows_that_should_say_their_unit_and_do_not_are_told_at_once(regions):
    found = told(regions, ["STATUS DESA", "TAHUN 2025"], unit="baris")
    assert [f.aturan for f in found.findings] == ["unit_tidak_diketahui"]
    assert told(regions, ["STATUS DESA", "TAHUN 2025"], unit="baris", berisi=False).findings == []


@pytest.mark.parametrize(
    ("titles", "sheet", "period"),
    [
        (["TRIWULAN III TAHUN 2025"], "", "2025-TW3"),
        (["UNTUK TAHUN YANG BERAKHIR SAMPAI DENGAN 31 DESEMBER 2025 DAN 2024"], "", "2025"),
        (["SKM TAHUN 2025"], "TW II", "2025-TW2"),
        (["Triwulan I", "Tahun Anggaran 2025"], "", "2025-TW1"),
        (["Semester II Tahun 2024"], "", "2024-S2"),
        ([], "TW IV 2025", "2025-TW4"),
    ],
)
def test_the_period_is_read_from_title_and_sheet_name(regions, titles, sheet, period):
    found = told(regions, [PELAIHARI, *titles], nama_lembar=sheet)
    assert (found.periode, found.findings) == (period, [])


def test_the_year_of_the_header_is_the_tables_own(regions):
    assert told(regions, [PELAIHARI], tahun_kepala=2025).periode == "2025"


def test_four_quarters_agree_with_a_flag_of_the_year(regions):
    found = told(regions, [PELAIHARI, "TRIWULAN II TAHUN 2025"], Said(periode="2025"))
    assert (found.periode, found.findings) == ("2025-TW2", [])


def test_a_flag_that_says_it_more_closely_completes_the_title(regions):
    found = told(regions, [PELAIHARI, "TAHUN ANGGARAN 2025"], Said(periode="2025-TW2"))
    assert (found.periode, found.cara_periode, found.findings) == ("2025-TW2", "bendera", [])


def test_a_year_that_ended_in_december_is_no_first_quarter(regions):
    found = told(regions, [PELAIHARI, "31 DESEMBER 2025"], Said(periode_folder="2025-TW1"))
    assert found.periode == "2025"
    assert [f.aturan for f in found.findings] == ["periode_berbeda"]


def test_a_survey_of_three_months_is_of_their_quarter_an_amount_is_not(regions):
    titles = [PELAIHARI, "APRIL S.D. JUNI 2025"]
    assert told(regions, titles, kumulatif=False).periode == "2025-TW2"
    assert told(regions, titles).periode == "2025-04..2025-06"


def test_rows_that_name_their_own_kecamatan_need_no_title(regions):
    found = told(regions, unit="baris", periode="tidak", nama_baris=["TANAH LAUT / PELAIHARI"])
    assert (found.kode_unit, found.cara_unit) == ("630103", "baris")
    found = told(regions, unit="baris", periode="tidak", kode_baris=["630103", "630104"])
    assert (found.kode_unit, found.findings) == (None, [])


def test_rows_that_name_nobody_take_the_title(regions):
    assert told(regions, [PELAIHARI, "2025"], unit="baris").kode_unit == "630103"


def test_names_are_resolved_within_their_kabupaten(regions):
    assert regencies(["KOTA BANJARMASIN", "KAB. TANAH LAUT"], regions) == ["6371", "6301"]
    assert districts(["Kecamatan Kalumpang"], regions, "6306") == ["630609"]
    assert districts(["Kecamatan Kalumpang"], regions, "6301") == []


def test_periods_within_periods():
    assert within("2025-TW1", "2025-S1") and within("2025-TW1", "2025") and not within("2025", "2025-TW1")
    assert finer("2025-TW1", "2025") and not finer("2025", "2025")


@pytest.mark.parametrize(
    ("titles", "kode"),
    [
        (["PERJANJIAN KINERJA CAMAT PELAIHARI", "KABUPATEN TANAH LAUT"], "630103"),
        (["KANTOR CAMAT PELAIHARI KABUPATEN TANAH LAUT"], "630103"),
        (["PERJANJIAN KINERJA PANEWU KRETEK KABUPATEN BANTUL"], "340203"),
        (["PERJANJIAN KINERJA CAMAT DENGAN BUPATI TANAH LAUT", "KABUPATEN TANAH LAUT"], "6301"),
    ],
)
def test_the_head_of_the_office_names_it(regions, titles, kode):
    assert told(regions, [*titles, "TAHUN 2025"]).kode_unit == kode


@pytest.mark.parametrize(
    ("line", "milik"),
    [
        ("KELURAHAN ANGSAU KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "KELURAHAN ANGSAU"),
        ("REALISASI ANGGARAN KELURAHAN ANGSAU KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "KELURAHAN ANGSAU"),
        ("Unit : Kelurahan Angsau, Kecamatan Pelaihari, Kabupaten Tanah Laut", "Kelurahan Angsau"),
        ("PEMERINTAH DESA PANGGUNG KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "DESA PANGGUNG"),
        ("DESA MANDIRI KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", None),
        ("PEMBERDAYAAN DESA DAN KELURAHAN KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", None),
        ("SARANA KELURAHAN SE-KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", None),
        ("BANTUAN BAGI DESA PANGGUNG KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", None),
    ],
)
def test_a_document_of_a_kelurahan_or_desa_is_not_its_kecamatans(regions, line, milik):
    found = told(regions, [line, "TAHUN 2025"], Said(unit="630103"))
    assert (found.milik, found.kode_unit) == (milik, "6301" if milik else "630103")
    assert [f.tertulis for f in found.findings] == ([milik] if milik else [])
    assert told(regions, [line, "2025"], unit="baris", kode_baris=["630103"]).kode_unit == "630103"


def test_a_unit_that_is_only_the_code_of_another_agency_is_not_the_kecamatan_of_the_flag(regions):
    titles = ["PEMERINTAH KABUPATEN TANAH LAUT", "Unit Organisasi : 4.04.4.04.01", "TAHUN 2025"]
    found = told(regions, titles, Said(unit="630103"))
    assert [(f.aturan, f.tertulis) for f in found.findings] == [
        ("unit_berbeda", "unit organisasi 4.04.4.04.01")
    ]
    own = told(regions, [titles[0], "Unit Organisasi : 7.01.0.00.0.00.03", "2025"], Said(unit="630103"))
    assert (own.kode_unit, own.findings) == ("630103", [])


OPEN = "periode ............ s.d ............ 2022"


def test_a_period_left_as_dots_is_not_the_year(regions):
    found = told(regions, [PELAIHARI, OPEN])
    assert (found.periode, [f.aturan for f in found.findings]) == (None, ["periode_tidak_diketahui"])
    assert told(regions, [PELAIHARI, OPEN], Said(periode="2022-TW3")).periode == "2022-TW3"
    assert told(regions, [PELAIHARI, OPEN], Said(periode="2022")).findings == []
    assert told(regions, [PELAIHARI, OPEN], nama_lembar="Juni").periode == "2022-TW2"


def test_another_year_than_that_of_the_dots_is_a_difference(regions):
    found = told(regions, [PELAIHARI, OPEN], Said(periode="2023-TW3"))
    assert (found.periode, [f.aturan for f in found.findings]) == ("2022", ["periode_berbeda"])


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("periode ............ s.d 31 Oktober 2022", "2022-10"),
        ("periode Januari s.d Febuary 2022", "2022-02"),
        ("periode Januari s.d Pebriari 2022", None),
        ("periode Januari s.d Nopember 2022", "2022-11"),
        ("Nilai U1 s.d. U9 Tahun 2022", "2022"),
        ("SAMPAI DENGAN AKHIR TAHUN 2022", "2022"),
        ("s/d bulan ini tahun 2022", None),
        ("TRIWULAN ..... TAHUN 2022", None),
    ],
)
def test_the_end_of_a_period_counts_if_it_can_be_read(regions, line, period):
    assert told(regions, [PELAIHARI, line]).periode == period


def test_blanks_of_a_form_are_found():
    head = [
        "Urusan Pemerintahan : ….",
        "Unit Organisasi : ......",
        OPEN,
        "KECAMATAN PELAIHARI",
        "Tahun : 2022",
    ]
    assert still_blank(head) == head[:3]
