"""Services, recommendations, corrections, and what holds for every cleaner."""

import pytest
from lembar_uji import PELAIHARI, aturan, context, n, rows, sel, tabel

from assets.clean import corrections, layanan, lhe, realisasi_rekening
from quality.rule import RuleBook
from warehouse.trail import Cell

CONTEXT = context()


def test_a_dash_is_none_and_a_blank_is_not_reported():
    tables = {
        "layanan_volume": tabel(
            "layanan jumlah seksi",
            [
                ("Rekomendasi Nikah", "104", "Seksi Kemasyarakatan"),
                ("Surat Keterangan Ghoib", "-"),
                ("Izin Keramaian", ""),
                ("JUMLAH", "1.579"),
            ],
        )
    }
    found = {r["kode_layanan"]: r["jumlah"] for r in rows(layanan.clean(tables, CONTEXT), "clean_layanan")}
    assert found == {
        "rekomendasi-nikah": 104,
        "surat-keterangan-ghoib": 0,
        "izin-keramaian": None,
        "TOTAL": 1579,
    }


def test_half_a_service_is_unreadable():
    sifted = layanan.clean({"layanan_volume": tabel("layanan jumlah", [("Nikah", n("10.5"))])}, CONTEXT)
    assert aturan(sifted) == ["tidak_terbaca"] and rows(sifted, "clean_layanan")[0]["jumlah"] is None


LHE = "nomor komponen rekomendasi rencana target jadwal penanggung_jawab status bukti"


def _lhe(*each):
    return {"lhe_tindak_lanjut": tabel(LHE, each, periode="2023")}


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [
        ("Plt. Camat", "Plt. Camat", False),
        ("Kasubbag Perencanaan dan Keuangan", "Kasubbag Perencanaan dan Keuangan", False),
        ("Camat / Budi Santoso, S.Sos", "Camat", True),
        ("Budi Santoso", None, True),
        ("", None, False),
    ],
)
def test_who_is_responsible_is_an_office_never_a_person(said, kept, told):
    sifted = lhe.clean(_lhe(("1.", "", "Perbaiki", "Rencana", "", "Jan – Des 2023", said)), CONTEXT)
    (found,) = rows(sifted, "clean_lhe")
    assert found["penanggung_jawab"] == kept
    assert ("data_pribadi_dibuang" in aturan(sifted)) is told
    assert "Budi" not in str(sifted)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Sudah dilaksanakan bukti fisik terlampir disampaikan dalam E- Sakip Review (ESR)", "selesai"),
        ("Belum selesai", "belum"), ("Sebagian sudah dilaksanakan", "proses"), ("dalam proses", "proses"),
        ("", None), ("lihat lampiran", None),
    ],
)  # fmt: skip
def test_status_words(said, status):
    assert (
        rows(lhe.clean(_lhe(("1", "", "Perbaiki", "R", "", "", "", said)), CONTEXT), "clean_lhe")[0]["status"]
        == status
    )


def test_numbers_of_recommendations_run_on_and_the_year_is_the_evaluations():
    found = rows(
        lhe.clean(_lhe(("1.", "", "A", "x"), ("", "", "B", "y"), ("3)", "", "C", "z")), CONTEXT), "clean_lhe"
    )
    assert [(r["nomor"], r["rekomendasi"], r["tahun_lhe"]) for r in found] == [
        ("1", "A", 2023),
        ("2", "B", 2023),
        ("3", "C", 2023),
    ]


def test_a_plan_without_recommendation_is_refused_not_lost():
    sifted = lhe.clean(_lhe(("1", "", "", "Rencana tanpa rekomendasi")), CONTEXT)
    assert sifted.accepted == [] and [r["kolom"] for r in sifted.rejected] == ["*"]


def test_numbers_of_people_never_pass_in_free_text():
    sifted = lhe.clean(_lhe(("1", "", "Hubungi 081234567890", "R")), CONTEXT)
    assert "081234567890" not in str(rows(sifted, "clean_lhe")) + str(sifted.findings) + str(sifted.rejected)
    assert aturan(sifted) == ["data_pribadi_dibuang"]


# --- corrections ---------------------------------------------------------------------------------------

NRR = "unsur nilai@2025-TW1 nilai@2025-TW2"
ITEM = {
    "id": "K1", "tabel": "skm_ringkasan", "di": {"unsur": "Biaya/Tarif"}, "kode_unit": PELAIHARI,
    "periode": "2025", "kolom": "nilai@TW1", "tercetak": "4.980", "pakai": "3.980",
    "alasan": "di luar skala", "oleh": "kasubbag",
}  # fmt: skip


def _nrr(printed, *more):
    return tabel(NRR, [("Persyaratan", "3.907", "3.887"), ("BIAYA/TARIF ", printed, "3.960"), *more])


def test_a_correction_replaces_the_print_and_is_told():
    table, findings, corrected = corrections.apply("skm_ringkasan", _nrr("4.980"), [ITEM])
    assert table["nilai@2025-TW1"].to_pylist() == ["3.907", "3.980"]
    (finding,) = findings
    assert (finding.aturan, finding.tertulis, finding.seharusnya, finding.koreksi_id) == (
        "koreksi_dipakai",
        "4.980",
        "3.980",
        "K1",
    )
    assert corrected == [(Cell("f1", "L", 1, 6, "nilai@2025-TW1"), "K1")]


def test_a_numeric_cell_is_matched_by_value_and_becomes_text():
    table, findings, _ = corrections.apply("skm_ringkasan", _nrr(n("4.98")), [ITEM])
    assert [f.aturan for f in findings] == ["koreksi_dipakai"]
    assert table["nilai@2025-TW1"].to_pylist()[1] == "3.980" and table["jenis_sel"].to_pylist()[1] == "ttt"
    assert table.schema.metadata == {b"fields": NRR.replace(" ", ",").encode()}


def test_a_mended_source_expires_the_correction():
    before = _nrr("3.980")
    table, findings, corrected = corrections.apply("skm_ringkasan", before, [ITEM])
    assert table is before and corrected == []
    assert [(f.aturan, f.tertulis, f.seharusnya) for f in findings] == [
        ("koreksi_kedaluwarsa", "3.980", "4.980")
    ]


@pytest.mark.parametrize(
    "change", [{"tabel": "realisasi_program"}, {"kode_unit": "630609"}, {"periode": "2024"}]
)
def test_a_correction_of_another_table_unit_or_period_is_silent(change):
    before = _nrr("4.980")
    table, findings, corrected = corrections.apply("skm_ringkasan", before, [{**ITEM, **change}])
    assert table is before and findings == [] and corrected == []


def test_a_correction_that_fits_two_rows_of_one_table_is_not_used():
    _, findings, corrected = corrections.apply(
        "skm_ringkasan", _nrr("4.980", ("Biaya/Tarif", "4.980", "3.9")), [ITEM]
    )
    assert [(f.aturan, f.jumlah) for f in findings] == [("koreksi_ambigu", 2)] and corrected == []


def test_a_correction_without_its_parts_says_which():
    with pytest.raises(corrections.CorrectionInvalid, match="pakai"):
        corrections.apply("skm_ringkasan", _nrr("4.980"), [{k: v for k, v in ITEM.items() if k != "pakai"}])


# --- the rule book --------------------------------------------------------------------------------------


def test_every_finding_of_cleaning_has_its_rule_and_its_sentence_is_complete():
    from quality.findings import sentence

    book = RuleBook.load()
    many = [(f"5.1.02.0{i % 9 + 1}.{i:02d}", "U", "12.3.4", sel("#REF!", "e")) for i in range(1, 40)]
    sifted = realisasi_rekening.clean(
        {"realisasi_rekening": tabel("kode uraian pagu realisasi", many)}, CONTEXT
    )
    unreadable = [f for f in sifted.findings if f.aturan == "tidak_terbaca"]
    assert [f.jumlah for f in unreadable] == [1] * 20 + [19], "the first twenty are told singly"
    assert unreadable[-1].cell.sampai_baris == 43
    assert len(sifted.rejected) == 78
    for finding in sifted.findings:
        assert sentence(finding, book)


def test_a_text_longer_than_any_honest_cell_is_refused_and_never_shown_whole():
    tables = {"layanan_volume": tabel("layanan jumlah", [("N" * 9_000, "1"), ("Nikah", "x" * 9_000)])}
    sifted = layanan.clean(tables, CONTEXT)
    assert aturan(sifted) == ["tidak_terbaca", "tidak_terbaca"]
    assert all(len(f.tertulis) <= 120 and len(str(f.isi)) < 400 for f in sifted.findings)
