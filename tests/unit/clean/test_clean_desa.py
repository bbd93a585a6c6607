"""Villages: IDM, Indeks Desa, BUM Desa, region lists."""

from decimal import Decimal

import pytest
from lembar_uji import KALUMPANG, aturan, context, n, rows, sel, tabel

from assets.clean import bumdes, idm, indeks_desa, wilayah
from assets.clean.sift import Unbalanced
from warehouse import contracts

IDM = (
    "kode_desa desa iks@2023 ike@2023 ikl@2023 nilai@2023 status@2023 "
    "iks@2024 ike@2024 ikl@2024 nilai@2024 status@2024"
)
CONTEXT = context()


def _idm(*villages, **where):
    return {"idm_ekspor": tabel(IDM, villages, unit=None, periode=None, **where)}


BALIMAU = (n("6306092001"), "BALIMAU", n("0.7314"), n("0.6"), n("0.7333"), n("0.6882"), "Berkembang",
           n("0.8"), n("0.7"), n("0.8667"), n("0.7889"), "MAJU")  # fmt: skip


def test_one_village_row_is_one_row_a_year_with_the_year_of_its_column():
    found = rows(idm.clean(_idm(BALIMAU), CONTEXT), "clean_idm")
    assert [(r["tahun"], r["nilai"], r["status"]) for r in found] == [
        (2023, Decimal("0.688200000000"), "BERKEMBANG"),
        (2024, Decimal("0.788900000000"), "MAJU"),
    ]
    assert {r["kode_unit"] for r in found} == {KALUMPANG} and found[0]["kode_kab"] == "6306"


def test_a_bps_code_is_refused_with_its_reason():
    sifted = idm.clean(_idm(("6301010002", "TANJUNG DEWA", *BALIMAU[2:])), CONTEXT)
    assert sifted.accepted == []
    assert [(r["kolom"], r["aturan"]) for r in sifted.rejected] == [("*", "tidak_terbaca")]
    (finding,) = sifted.findings
    assert "BPS" in finding.isi["alasan"] and finding.cell.field == "kode_desa"


def test_an_unknown_kecamatan_is_refused():
    assert aturan(idm.clean(_idm(("6399992001", *BALIMAU[1:])), CONTEXT)) == ["kode_tidak_dikenal"]


def test_an_index_off_its_scale_loses_the_cell_and_keeps_the_village():
    shipped_times_hundred = (*BALIMAU[:10], n("78.89"), "MAJU")
    sifted = idm.clean(_idm(shipped_times_hundred), CONTEXT)
    found = rows(sifted, "clean_idm")
    assert found[1]["nilai"] is None and found[1]["iks"] == Decimal("0.8")
    assert [(r["kolom"], r["aturan"]) for r in sifted.rejected] == [("nilai@2024", "di_luar_skala")]


def test_the_same_village_in_two_files_is_one_fact():
    same = {"idm_ekspor": _concat(_idm(BALIMAU), _idm(BALIMAU, berkas="f2", mulai=90))}
    sifted = idm.clean(same, CONTEXT)
    assert len(rows(sifted, "clean_idm")) == 2 and sifted.findings == []
    assert sifted.layout == [("f2", "L", 90)]


def test_two_files_that_disagree_are_told_and_the_larger_file_decides():
    other = (*BALIMAU[:10], n("0.8201"), "MANDIRI")
    second = ("6306092002", "KARANG PACI", *BALIMAU[2:])
    tables = {"idm_ekspor": _concat(_idm(other, berkas="a_copy"), _idm(BALIMAU, second, berkas="export"))}
    sifted = idm.clean(tables, CONTEXT)
    of_2024 = [r for r in rows(sifted, "clean_idm") if r["kode_desa"] == "6306092001" and r["tahun"] == 2024]
    assert [(r["nilai"], r["berkas_id"]) for r in of_2024] == [(Decimal("0.7889"), "export")]
    (finding,) = sifted.findings
    assert finding.aturan == "sumber_bertentangan" and finding.berkas_id == "a_copy"
    assert finding.tertulis == "nilai 0,8201; status MANDIRI"
    assert finding.seharusnya == "nilai 0,7889; status MAJU"
    assert finding.isi["sumber_lain"] == "ekspor Kemendesa lain yang memuat desa lebih banyak"
    assert finding.cell.field == "nilai@2024" and finding.related[0].berkas_id == "export"
    # 2023 agrees, 2024 does not: the copy's row is rejected, being accepted nowhere.
    assert [r["berkas_id"] for r in sifted.rejected] == ["a_copy"]


def _concat(*each):
    import pyarrow as pa

    return pa.concat_tables([t["idm_ekspor"] for t in each])


INDEKS = "kab_kec desa layanan_dasar sosial ekonomi lingkungan aksesibilitas tata_kelola skor status"


def _indeks(*villages, **where):
    return {"indeks_desa_tabel": tabel(INDEKS, villages, **where)}


def test_a_village_without_code_is_found_in_its_named_kecamatan():
    row = (
        "TANAH LAUT / PELAIHARI",
        "ATU-ATU",
        n("143"),
        n("60"),
        n("155"),
        n("82"),
        n("47"),
        n("61"),
        n("86.3"),
        "Mandiri",
    )
    (found,) = rows(indeks_desa.clean(_indeks(row, unit=None), CONTEXT), "clean_indeks_desa")
    assert (found["kode_unit"], found["desa"], found["skor"], found["status"]) == (
        "630103", "ATU-ATU", Decimal("86.3"), "MANDIRI",
    )  # fmt: skip
    assert found["kode_desa"].startswith("6301032")


@pytest.mark.parametrize(
    ("kab_kec", "desa", "rule"),
    [
        ("TANAH LAUT / PELAIHARI", "NEGERI DONGENG", "desa_tidak_ditemukan"),
        ("TANAH LAUT / NEGERI DONGENG", "ATU-ATU", "kecamatan_tidak_ditemukan"),
        (None, "ATU-ATU", "unit_tidak_diketahui"),
    ],
)
def test_what_is_not_found_is_not_guessed(kab_kec, desa, rule):
    sifted = indeks_desa.clean(_indeks((kab_kec, desa, *[n("50")] * 7, "MAJU"), unit=None), CONTEXT)
    assert sifted.accepted == [] and aturan(sifted) == [rule]
    assert [r["kolom"] for r in sifted.rejected] == ["*"]


def test_points_above_a_dimension_are_rejected_alone():
    row = (None, "TELAGA", n("171"), n("59"), n("123"), n("74"), n("48"), n("77"), n("81.89"), "MANDIRI")
    sifted = indeks_desa.clean(_indeks(row), CONTEXT)
    (found,) = rows(sifted, "clean_indeks_desa")
    assert found["layanan_dasar"] is None and found["sosial"] == 59
    assert sifted.findings[0].seharusnya == "0 sampai 170"


def test_a_sum_line_is_layout():
    row = ("JUMLAH", None, n("999"))
    assert indeks_desa.clean(_indeks(row, jenis={0: "total"}), CONTEXT).layout == [("f1", "L", 5)]


BUMDES = "kode_desa kecamatan desa nama nilai k_perintis k_pemula k_berkembang k_maju kelas aktif"


def _bumdes(*each):
    return {"bumdes_pemeringkatan": tabel(BUMDES, each, unit=KALUMPANG, periode="2024")}


def test_flags_give_a_class_only_where_exactly_one_is_set():
    tables = _bumdes(
        (n("6306092001"), "KALUMPANG", "Balimau", "Berkat Datuk", n("43.38"), n("1"), "", "", "", "Perintis"),
        (n("6306092002"), "KALUMPANG", "Karang Paci", "Sehati", n("32.34"), n("1"), "v", "", "", "PERINTIS"),
        (
            n("6306092003"),
            "KALUMPANG",
            "Bago Tanggul",
            "Jaya",
            n("46.98"),
            n("0"),
            "-",
            "",
            "",
            "",
            "tidak aktif",
        ),
    )
    found = rows(bumdes.clean(tables, CONTEXT), "clean_bumdes")
    assert [(r["bendera"], r["kelas_tercetak"], r["aktif"]) for r in found] == [
        ("PERINTIS", "PERINTIS", None), (None, "PERINTIS", None), (None, None, False),
    ]  # fmt: skip
    assert found[0]["bumdes_id"] == "6306092001-berkat-datuk" and found[0]["kode_unit"] == KALUMPANG


def test_a_bumdes_value_above_100_is_rejected():
    sifted = bumdes.clean(_bumdes((n("6306092001"), "", "Balimau", "Berkat", n("4338"))), CONTEXT)
    assert aturan(sifted) == ["di_luar_skala"] and rows(sifted, "clean_bumdes")[0]["nilai"] is None


def test_region_headings_are_layout_and_name_their_villages():
    tables = {
        "wilayah_daftar": tabel(
            "kode nama kecamatan",
            [("63.01", "TANAH LAUT"), ("63.01.03", "Pelaihari"), ("63.01.03.2004", "Telaga")],
        )
    }
    sifted = wilayah.clean(tables, CONTEXT)
    (found,) = rows(sifted, "clean_wilayah")
    assert (found["kode_desa"], found["kode_unit"], found["kecamatan"]) == (
        "6301032004",
        "630103",
        "Pelaihari",
    )
    assert len(sifted.layout) == 2


def test_a_cleaner_that_loses_a_row_stops():
    from assets.clean.sift import Sieve

    sieve = Sieve("clean_idm", CONTEXT)
    with pytest.raises(Unbalanced, match="ended nowhere"):
        sieve.each(sieve.rows(_idm(BALIMAU), "idm_ekspor"), lambda row: [])
        sieve.close()


def test_every_clean_table_has_its_cleaner():
    from assets.clean.registry import CLEANERS

    assert set(CLEANERS) == set(contracts.names("clean"))
    assert all(name == cleaner.table for name, cleaner in CLEANERS.items())
    by_input = [n for c in CLEANERS.values() for n in c.inputs if c.reports_corrections(n)]
    assert len(by_input) == len(set(by_input)), "a correction would be told twice"
    assert {n for c in CLEANERS.values() for n in c.inputs} == set(by_input)


def test_an_empty_home_gives_empty_tables():
    from assets.clean.registry import CLEANERS

    for name, cleaner in CLEANERS.items():
        assert rows(cleaner.function({}, CONTEXT), name) == []


def test_a_text_number_among_numbers_is_told_once_a_column():
    tables = _bumdes(
        (n("6306092001"), "", "Balimau", "A", n("43.38")),
        (n("6306092002"), "", "Karang Paci", "B", "32,34"),
        (n("6306092003"), "", "Bago Tanggul", "C", sel("46,98")),
    )
    sifted = bumdes.clean(tables, CONTEXT)
    (finding,) = sifted.findings
    assert (finding.aturan, finding.jumlah, finding.cell.field, finding.cell.baris) == (
        "angka_teks",
        2,
        "nilai",
        6,
    )
    uniform = _bumdes(
        (n("6306092001"), "", "Balimau", "A", "43,38"), (n("6306092002"), "", "Karang Paci", "B", "32,34")
    )
    assert bumdes.clean(uniform, CONTEXT).findings == []


def test_a_list_of_kecamatan_alone_replaces_nothing_and_is_told():
    units = tabel("kode nama", [("63.06.09", "Kalumpang"), ("63.06.10", "Lain")], unit=None, periode=None)
    sifted = wilayah.clean({"wilayah_daftar": units}, CONTEXT)
    assert sifted.accepted == [] and [(f.aturan, f.jumlah) for f in sifted.findings] == [
        ("wilayah_tanpa_desa", 2)
    ]
