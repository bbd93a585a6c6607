"""Money along the accounts and along the programme tree, and the outputs beside it."""

from decimal import Decimal

import pytest
from lembar_uji import KALUMPANG, aturan, context, n, rows, sel, tabel

from assets.clean import (
    dpa,
    hibah,
    kinerja_program,
    pautan_program,
    pk_anggaran,
    realisasi_program,
    realisasi_rekening,
)

CONTEXT = context()
PENUNJANG = "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"
TRANTIB = "Program Koordinasi Ketentraman dan Ketertiban Umum"

LRA = "kode uraian pagu realisasi persen realisasi_tahun_lalu"


def _lra(*each, **where):
    return {"realisasi_rekening": tabel(LRA, each, **where)}


def test_accounts_and_printed_sums_are_rows():
    tables = _lra(
        ("5", "BELANJA DAERAH", "12.296.340.286,46", "11.200.768.358,00", "91,09", "11.418.793.994,00"),
        ("5.1.2", "Belanja Barang dan Jasa", "1.146.132.362,46", "1.066.614.726,00", "93,06", ""),
        ("", "JUMLAH BELANJA OPERASI", "12.081.908.923,46", "-", "91,10", ""),
        ("", "SURPLUS/DEFISIT", "(12.296.340.286,46)", "(11.200.768.358,00)", "91,09", ""),
    )
    found = {
        r["kode"]: r for r in rows(realisasi_rekening.clean(tables, CONTEXT), "clean_realisasi_rekening")
    }
    assert found["5"]["pagu"] == Decimal("12296340286.46") and found["5"]["tingkat"] == "akun"
    assert found["5.1.02"]["kode_tercetak"] == "5.1.2" and found["5.1.02"]["realisasi_tahun_lalu"] is None
    assert (
        found["JUMLAH:belanja-operasi"]["realisasi"] == 0
        and found["JUMLAH:belanja-operasi"]["tingkat"] == "jumlah"
    )
    assert found["JUMLAH:surplus-defisit"]["pagu"] == Decimal("-12296340286.46")


def test_a_table_in_the_old_code_system_is_kept_out_whole():
    tables = _lra(
        ("5.2", "BELANJA LANGSUNG", n("10"), n("9")), ("5.2.2.01.01", "Belanja Alat Tulis", n("10"), n("9"))
    )
    sifted = realisasi_rekening.clean(tables, CONTEXT)
    assert sifted.accepted == [] and len(sifted.rejected) == 2
    assert [(f.aturan, f.jumlah) for f in sifted.findings] == [("kode_sistem_lama", 2)]


@pytest.mark.parametrize(
    "kode", ["1.20 . 1.20.03 . 00 . 00 . 5 . 1 ", "117  11701  0000  41202 ", "5.2.2.01"]
)
def test_a_budget_in_the_old_code_system_is_kept_out_whole(kode):
    tables = {
        "dpa_pagu": tabel("kode uraian pagu", [(kode, "BELANJA", n("10")), ("", "Non Kegiatan", n("10"))])
    }
    sifted = dpa.clean(tables, CONTEXT)
    assert sifted.accepted == [] and [(f.aturan, f.jumlah) for f in sifted.findings] == [
        ("kode_sistem_lama", 2)
    ]


def test_a_note_written_across_the_amounts_is_layout_and_an_amount_is_not():
    sifted = realisasi_rekening.clean(
        _lra(("", "", "SERAPAN OPD: belum dilaporkan", ""), ("", "", n("5"), "")), CONTEXT
    )
    assert sifted.layout == [("f1", "L", 5)] and [r["baris"] for r in sifted.rejected] == [6]


def test_a_key_stated_three_times_is_one_finding_a_column():
    tables = _lra(("5.1", "O", n("1"), n("1")), ("5.1", "O", n("2"), n("1")), ("5.1", "O", n("3"), n("1")))
    sifted = realisasi_rekening.clean(tables, CONTEXT)
    assert [(f.aturan, f.jumlah, len(f.related)) for f in sifted.findings] == [("kunci_ganda", 2, 2)]
    assert len(sifted.rejected) == 2


def test_a_row_stated_again_with_several_other_amounts_is_one_cause_in_plain_words():
    tables = _lra(("5.1", "OPERASI", n("100"), n("90")), ("5.1", "OPERASI", n("110"), n("95")))
    (finding,) = realisasi_rekening.clean(tables, CONTEXT).findings
    assert (finding.cell.baris, finding.cell.field, finding.cell.sampai_field) == (5, "pagu", "realisasi")
    assert (finding.tertulis, finding.isi["lain"]) == ("pagu 100; realisasi 90", "pagu 110; realisasi 95")
    assert finding.isi["kunci"] == "630103, 2025, 5.1"


def test_names_out_of_the_nomenclature_are_told_once_a_file():
    tables = _program(
        ("", PENUNJANG, "Administrasi Umum Perangkat Daerah", "Kegiatan Tanpa Nama", "", "1", "1"),
        ("", PENUNJANG, "Administrasi Umum Perangkat Daerah", "Kegiatan Lain Lagi", "", "1", "1"),
        ("", "Program yang Tidak Ada", "", "", "", "1", "1"),
        unit=KALUMPANG, periode="2024",
    )  # fmt: skip
    found = realisasi_program.clean(tables, CONTEXT).findings
    told = [f for f in found if f.aturan == "program_tidak_dikenal"]
    assert [(f.jumlah, f.isi["nama"]) for f in told] == [(3, "Kegiatan Tanpa Nama")]
    assert [(c.baris, c.field) for c in told[0].related] == [(6, "sub_kegiatan"), (7, "program")]


def test_another_agency_without_unit_is_balanced_and_told_once():
    sifted = realisasi_rekening.clean(
        _lra(("5", "BELANJA", n("1"), n("1")), ("5.1", "OPERASI", n("1"), n("1")), unit=None), CONTEXT
    )
    assert aturan(sifted) == ["unit_tidak_diketahui"] and sifted.findings[0].jumlah == 2


def test_an_unreadable_amount_loses_the_cell_not_the_account():
    sifted = realisasi_rekening.clean(_lra(("5.1", "OPERASI", "12.34.5", n("9"), "91,10")), CONTEXT)
    (found,) = rows(sifted, "clean_realisasi_rekening")
    assert found["pagu"] is None and found["realisasi"] == 9
    assert [(r["kolom"], r["aturan"]) for r in sifted.rejected] == [("pagu", "tidak_terbaca")]
    assert "12.34.5" not in str(sifted.rejected)


def test_a_dash_for_nought_among_numbers_is_no_text_number():
    told = [
        [
            f.aturan
            for f in realisasi_rekening.clean(_lra(("5", "BELANJA", n("10"), n("9")), two), CONTEXT).findings
        ]
        for two in (("5.1", "OPERASI", "-", n("9")), ("5.1", "OPERASI", "8", n("9")))
    ]
    assert told == [[], ["angka_teks"]]


def test_an_account_without_a_readable_code_is_refused():
    sifted = realisasi_rekening.clean(
        _lra(("5.1.02.99999999", "X", n("1"), n("1")), ("", "Belanja Aneh", n("1"), n("1"))), CONTEXT
    )
    assert sifted.accepted == [] and aturan(sifted) == ["tidak_terbaca", "wajib_kosong"]


def test_one_account_twice_with_other_amounts_is_held_on_the_kept_cell():
    tables = _lra(("5.1", "OPERASI", n("100"), n("90")), ("5.1", "OPERASI", n("100"), n("95")))
    sifted = realisasi_rekening.clean(tables, CONTEXT)
    (found,) = rows(sifted, "clean_realisasi_rekening")
    (finding,) = sifted.findings
    assert found["realisasi"] == 90 and finding.aturan == "kunci_ganda"
    assert (finding.cell.baris, finding.cell.field) == (5, "realisasi") and finding.related[0].baris == 6
    assert (finding.tertulis, finding.seharusnya, finding.isi["lain"]) == ("90", None, "95")
    assert [(r["baris"], r["kolom"]) for r in sifted.rejected] == [(6, "*")]


def test_a_month_that_ends_no_quarter_is_kept_and_told_once():
    sifted = realisasi_rekening.clean(
        _lra(("5", "B", n("1"), n("1")), ("5.1", "O", n("1"), n("1")), periode="2025-02"), CONTEXT
    )
    assert len(sifted.accepted) == 2 and [(f.aturan, f.jumlah) for f in sifted.findings] == [
        ("periode_bukan_triwulan", 2)
    ]


TREE = "kode program kegiatan sub_kegiatan uraian pagu realisasi persen target_kinerja realisasi_kinerja"


def _program(*each, fields=TREE, **where):
    return {"realisasi_program": tabel(fields, each, **where)}


def test_programmes_are_known_by_name_and_the_sum_is_total():
    tables = _program(
        ("", TRANTIB, "", "", "", "9.331.555,88", "8.756.868,00"),
        ("", "JUMLAH", "", "", "", "Rp12.296.340.286,46", "Rp 11.200.768.358"),
        jenis={1: "total"},
    )
    found = rows(realisasi_program.clean(tables, CONTEXT), "clean_realisasi_program")
    assert [(r["kode"], r["kode_induk"], r["tingkat"]) for r in found] == [
        ("7.01.04", "TOTAL", "program"), ("TOTAL", None, "total"),
    ]  # fmt: skip
    assert found[1]["realisasi"] == 11200768358


def test_the_tree_is_read_from_merged_labels():
    umum = "Administrasi Umum Perangkat Daerah"
    down, umum_down = sel(PENUNJANG, "t", "^"), sel(umum, "t", "^")
    tables = _program(
        ("", PENUNJANG, umum, "Penyediaan Bahan Logistik Kantor", "", "91.125.000", "72.695.250", "79,78"),
        ("", down, umum_down, "Kegiatan yang Tidak Ada Namanya", "", "1", "1"),
        unit=KALUMPANG, periode="2024",
    )  # fmt: skip
    sifted = realisasi_program.clean(tables, CONTEXT)
    found = rows(sifted, "clean_realisasi_program")
    assert {r["tingkat"] for r in found} == {"sub_kegiatan"}
    assert {r["kode_induk"] for r in found} == {"7.01.01.2.06"}
    assert "nama:kegiatan-yang-tidak-ada-namanya" in {r["kode"] for r in found}
    told = [f for f in sifted.findings if f.aturan == "program_tidak_dikenal"]
    assert len(told) == 1 and told[0].cell.field == "sub_kegiatan"


def test_a_label_carried_down_past_a_new_programme_is_not_its_own():
    tables = _program(
        ("", PENUNJANG, "Administrasi Umum Perangkat Daerah", "", "", "10", "9"),
        ("", TRANTIB, sel("Administrasi Umum Perangkat Daerah", "t", "^"), "", "", "5", "4"),
    )
    found = {
        r["kode"]: r["tingkat"]
        for r in rows(realisasi_program.clean(tables, CONTEXT), "clean_realisasi_program")
    }
    assert found == {"7.01.01.2.06": "kegiatan", "7.01.04": "program"}


def test_one_column_of_names_is_told_apart_by_the_nomenclature():
    tables = _program(
        ("", "", "", "", "KECAMATAN", "Rp. 12.296.340.286,46", ""),
        ("", "", "", "", PENUNJANG.upper(), "Rp.11.106.754.896,00", ""),
        ("", "", "", "", "Administrasi Keuangan Perangkat Daerah", "Rp.10.186.637.991,00", ""),
        ("", "", "", "", "PROGRAM YANG TIDAK DIKENAL", "1", ""),
        ("", "", "", "", "Rata-rata Capaian", "1", ""),
    )
    sifted = realisasi_program.clean(tables, CONTEXT)
    found = {r["kode"]: r["tingkat"] for r in rows(sifted, "clean_realisasi_program")}
    assert found == {
        "TOTAL": "total", "7.01.01": "program", "7.01.01.2.02": "kegiatan",
        "nama:program-yang-tidak-dikenal": "program",
    }  # fmt: skip
    assert sifted.layout == [("f1", "L", 9)]


def test_a_code_decides_before_the_name():
    found = rows(
        realisasi_program.clean(_program(("X.XX.01", TRANTIB, "", "", "", "1", "1")), CONTEXT),
        "clean_realisasi_program",
    )
    assert (found[0]["kode"], found[0]["kode_tercetak"]) == ("7.01.01", "X.XX.01")


def test_outputs_beside_the_money_are_outputs_too_and_counted_once():
    tables = _program(
        ("", PENUNJANG, "", "", "", "10", "9", "90", "12 Bulan", "12 Bulan"),
        ("", TRANTIB, "", "", "", "10", "9", "90", "100%", "98,5%"),
        ("", "", "", "", "", "20", "18"),
        jenis={2: "total"},
    )
    money, outputs = realisasi_program.clean(tables, CONTEXT), kinerja_program.clean(tables, CONTEXT)
    assert len(money.accepted) == 3
    found = {r["kode"]: r for r in rows(outputs, "clean_kinerja_program")}
    assert (found["7.01.01"]["target"], found["7.01.01"]["satuan"]) == (12, "Bulan")
    assert (found["7.01.04"]["realisasi"], found["7.01.04"]["realisasi_teks"]) == (Decimal("98.5"), "98,5%")
    assert found["7.01.04"]["indikator"] == TRANTIB
    assert outputs.layout == [] and outputs.rejected == []


OUTPUT = "kegiatan sub_kegiatan indikator target realisasi capaian"


def test_an_output_without_target_stays_with_null():
    row = ("", "Sinergitas dengan Kepolisian", "Persentase Tugas", "", "100%", "100%")
    tables = {"kinerja_program_keluaran": tabel(OUTPUT, [row], unit=KALUMPANG, periode="2024")}
    (found,) = rows(kinerja_program.clean(tables, CONTEXT), "clean_kinerja_program")
    assert found["target"] is None and found["target_teks"] is None and found["capaian_tercetak"] == 100


def test_the_same_output_on_two_sheets_is_one_fact():
    row = (TRANTIB, "100%", "100%", "100%")
    one, two = (
        tabel("program target realisasi capaian", [row], lembar=s, unit=KALUMPANG, periode="2024")
        for s in ("3.6", "3.12")
    )
    import pyarrow as pa

    sifted = kinerja_program.clean({"kinerja_program_keluaran": pa.concat_tables([one, two])}, CONTEXT)
    assert (
        len(rows(sifted, "clean_kinerja_program")) == 1 and sifted.findings == [] and len(sifted.layout) == 1
    )


DPA = "kode program uraian pagu pagu_murni pagu_perubahan"


@pytest.mark.parametrize(
    ("judul", "tahap"), [("RENCANA KERJA 2025", "murni"), ("PAGU SETELAH PERUBAHAN APBD 2025", "perubahan")]
)
def test_the_stage_of_a_single_column_is_the_titles(judul, tahap):
    (found,) = rows(
        dpa.clean({"dpa_pagu": tabel(DPA, [("", TRANTIB, "", "9")], judul=judul)}, CONTEXT), "clean_dpa"
    )
    assert (found["tahap"], found["pohon"], found["kode"]) == (tahap, "program", "7.01.04")


def test_both_stages_on_one_row_are_two_rows_and_accounts_their_own_tree():
    tables = {
        "dpa_pagu": tabel(
            DPA, [("5.1.02.01", "", "Belanja Barang", "", "10", "12"), ("", "", "JUMLAH", "", "10", "12")]
        )
    }
    found = rows(dpa.clean(tables, CONTEXT), "clean_dpa")
    assert {(r["tahap"], r["pohon"], r["kode"], r["tingkat"], r["pagu"]) for r in found} == {
        ("murni", "rekening", "5.1.02.01", "objek", 10), ("perubahan", "rekening", "5.1.02.01", "objek", 12),
        ("murni", "rekening", "TOTAL", "total", 10), ("perubahan", "rekening", "TOTAL", "total", 12),
    }  # fmt: skip


def test_accounts_beneath_a_sub_kegiatan_are_no_accounts_pagu():
    tables = {
        "dpa_pagu": tabel(
            DPA, [("7.01.01.2.06.0004", "", "Logistik", "10"), ("5.1.02.01", "", "Barang", "10")]
        )
    }
    sifted = dpa.clean(tables, CONTEXT)
    assert [r["kode"] for r in rows(sifted, "clean_dpa")] == ["7.01.01.2.06.0004"]
    assert aturan(sifted) == ["rekening_dalam_sub_kegiatan"]


def test_the_agreements_budgets_and_links():
    budgets = {
        "perjanjian_kinerja_anggaran": tabel(
            "kode program anggaran",
            [("", TRANTIB, "Rp. 9.311.556"), ("", "JUMLAH", "Rp. 9.311.556")],
            judul="PERJANJIAN KINERJA PERUBAHAN",
        )
    }
    found = rows(pk_anggaran.clean(budgets, CONTEXT), "clean_pk_anggaran")
    assert [(r["dokumen"], r["kode"], r["pagu"]) for r in found] == [
        ("PK-P", "7.01.04", 9311556),
        ("PK-P", "TOTAL", 9311556),
    ]
    links = {
        "perjanjian_kinerja_program": tabel(
            "kode program indikator porsi",
            [
                (
                    "7.01.03",
                    "Program Pemberdayaan",
                    "Rasio Desa Mandiri terhadap jumlah desa yang ada di kecamatan",
                    "",
                ),
                (
                    "",
                    "Fasilitasi Penyusunan Peraturan Desa dan Peraturan Kepala Desa",
                    "Indeks Kepuasan Masyarakat",
                    n("0.5", "%"),
                ),
            ],
        )
    }
    linked = rows(pautan_program.clean(links, CONTEXT), "clean_pautan_program")
    by = {r["kode_indikator"]: r for r in linked}
    assert by["rasio_desa_mandiri"]["kode"] == "7.01.03" and by["rasio_desa_mandiri"]["porsi"] is None
    assert by["ikm"]["porsi"] == 50


def test_grants_are_rows_and_their_sum_is_layout():
    tables = {
        "hibah_daftar": tabel(
            "penerima jumlah realisasi",
            [("MASJID AT TAQWA", "Rp 89.000.000"), ("JUMLAH", "Rp 89.000.000")],
            jenis={1: "total"},
        )
    }
    sifted = hibah.clean(tables, CONTEXT)
    assert rows(sifted, "clean_hibah")[0]["pagu"] == 89000000 and len(sifted.layout) == 1
