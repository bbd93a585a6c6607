"""Targets, hand-written results, cited comparisons."""

import datetime as dt
from decimal import Decimal

import pytest
from lembar_uji import KALUMPANG, aturan, context, n, rows, sel, tabel

from assets.clean import pembanding, realisasi_manual, target

CONTEXT = context()
PK = "nomor tujuan sasaran indikator satuan target kunci_rumus target@TW1"
MANDIRI = "Persentase Desa Mandiri di Kecamatan"
RASIO = "Rasio Desa Mandiri terhadap jumlah desa yang ada di kecamatan"


def _pk(*each, fields=PK, **where):
    return {"perjanjian_kinerja_target": tabel(fields, each, **where)}


def test_a_target_keeps_its_print_and_says_how_its_indicator_was_found():
    tables = _pk(
        ("1.", "", "Meningkatnya Tata Kelola", MANDIRI, "", "66,666667"),
        ("2.", "", "Meningkatnya Tata Kelola", "Nama Kantor Sendiri", "", n("95.59"), "ikm"),
        judul="PERJANJIAN KINERJA KECAMATAN PELAIHARI TAHUN 2025",
    )
    found = {r["kode_indikator"]: r for r in rows(target.clean(tables, CONTEXT), "clean_target")}
    mandiri, ikm = found["persen_desa_mandiri"], found["ikm"]
    assert (mandiri["target"], mandiri["target_teks"], mandiri["cara_cocok"]) == (
        Decimal("66.666667"),
        "66,666667",
        "alias",
    )
    said = [mandiri[c] for c in ("dokumen", "periode", "arah", "nomor_dokumen", "tingkat")]
    assert said == ["PK", "2025", "naik", "1", "sasaran"]
    assert (ikm["cara_cocok"], ikm["indikator"]) == ("kunci_rumus", "Nama Kantor Sendiri")


def test_an_unknown_indicator_is_manual_and_told():
    sifted = target.clean(_pk(("1", "", "S", "Jumlah Inovasi Kecamatan (Buah)", "", "3")), CONTEXT)
    (found,) = rows(sifted, "clean_target")
    assert (
        found["kode_indikator"].startswith("manual:jumlah-inovasi-kecamatan")
        and found["cara_cocok"] == "manual"
    )
    assert found["satuan"] == "Buah" and aturan(sifted) == ["indikator_tidak_dikenal"]


@pytest.mark.parametrize(
    ("indikator", "printed", "nilai", "pembilang"),
    [
        (RASIO, "0,33", "0.33", None), (RASIO, "2:9", "0.222222222222", "2"), (RASIO, "33%", "0.33", None),
        (MANDIRI, "80%", "80", None), (MANDIRI, n("0.8", "%"), "80", None), (MANDIRI, "12:15", "80", "12"),
        ("Indeks Kepuasan Masyarakat", "Nilai 86", "86", None),
    ],
)  # fmt: skip
def test_percents_are_percent_numbers_and_ratios_decimals(indikator, printed, nilai, pembilang):
    (found,) = rows(target.clean(_pk(("1", "", "S", indikator, "", printed)), CONTEXT), "clean_target")
    assert found["target"] == Decimal(nilai)
    assert found["pembilang"] == (None if pembilang is None else Decimal(pembilang))


def test_a_changed_agreement_has_its_date_and_quarterly_targets_their_period():
    tables = _pk(
        ("1", "", "S", MANDIRI, "", "80%", "", "20%"),
        judul="PERJANJIAN KINERJA PERUBAHAN TAHUN 2024 Kandangan, 24 Oktober 2024", periode="2024",
    )  # fmt: skip
    found = {r["periode"]: r for r in rows(target.clean(tables, CONTEXT), "clean_target")}
    assert set(found) == {"2024", "2024-TW1"} and found["2024-TW1"]["target"] == 20
    assert found["2024"]["dokumen"] == "PK-P" and found["2024"]["berlaku_sejak"] == dt.date(2024, 10, 24)


def test_an_indicator_without_target_is_kept_with_null():
    (found,) = rows(target.clean(_pk(("1", "", "S", MANDIRI, "", "")), CONTEXT), "clean_target")
    assert found["target"] is None and found["periode"] == "2025"


def test_an_unreadable_target_is_null_and_told():
    sifted = target.clean(_pk(("1", "", "S", MANDIRI, "", "80% dan 90%")), CONTEXT)
    (found,) = rows(sifted, "clean_target")
    assert (
        found["target"] is None
        and found["target_teks"] == "80% dan 90%"
        and aturan(sifted) == ["tidak_terbaca"]
    )


RENSTRA = "tujuan sasaran indikator realisasi@2024 target@2025 target@2026"


def _renstra(*each):
    return {"renstra_target": tabel(RENSTRA, each, periode=None)}


def test_the_plan_gives_targets_and_one_printed_result():
    down = sel("Meningkatnya Kualitas", "t", "^")
    tables = _renstra(
        ("Meningkatnya Kualitas", "", "Indeks Kepuasan Masyarakat (Nilai)", "88,41", "88,6", "89"),
        (down, "Tata Kelola", "Indeks Kepuasan Masyarakat di Kecamatan (Nilai)", "95,59", "95,59", "95,6"),
    )  # fmt: skip
    planned = rows(target.clean(tables, CONTEXT), "clean_target")
    assert {(r["kode_indikator"], r["periode"], r["target"]) for r in planned} == {
        ("ikm_daerah", "2025", Decimal("88.6")), ("ikm_daerah", "2026", Decimal("89")),
        ("ikm", "2025", Decimal("95.59")), ("ikm", "2026", Decimal("95.6")),
    }  # fmt: skip
    assert {r["dokumen"] for r in planned} == {"RENSTRA"}
    results = rows(realisasi_manual.clean(tables, CONTEXT), "clean_realisasi_manual")
    assert {(r["kode_indikator"], r["periode"], r["asal"]) for r in results} == {
        ("ikm_daerah", "2024", "renstra"), ("ikm", "2024", "renstra"),
    }  # fmt: skip


def test_one_column_for_tujuan_and_sasaran_begins_with_the_tujuan():
    down = sel("Meningkatnya Tata Kelola", "t", "^")
    tables = {
        "renstra_target": tabel(
            "tujuan sasaran indikator target@2025",
            [
                ("Meningkatnya Kualitas", "", "Indeks Kepuasan Masyarakat (Nilai)", "88,6"),
                ("Meningkatnya Tata Kelola", "", MANDIRI, "60,6666667"),
                (down, "", "Indeks Kepuasan Masyarakat (Nilai)", "95,59"),
            ],
            judul="MATRIK HUBUNGAN ANTARA TUJUAN DAN SASARAN",
        )
    }
    found = {r["kode_indikator"]: r for r in rows(target.clean(tables, CONTEXT), "clean_target")}
    assert {k: r["tingkat"] for k, r in found.items()} == {
        "ikm_daerah": "tujuan", "persen_desa_mandiri": "sasaran", "ikm": "sasaran",
    }  # fmt: skip
    assert found["ikm"]["sasaran"] == "Meningkatnya Tata Kelola"


def test_a_plan_without_result_column_is_not_lost_nor_counted_twice():
    tables = {"renstra_target": tabel("indikator target@2025", [(MANDIRI, "80")], periode=None)}
    sifted = realisasi_manual.clean(tables, CONTEXT)
    assert (sifted.accepted, sifted.rejected, sifted.layout, sifted.findings) == ([], [], [], [])


MANUAL = "indikator tahun periode target realisasi bukti kunci_rumus"


def test_hand_written_results_carry_their_year_ratio_and_evidence():
    tables = {
        "realisasi_manual_realisasi": tabel(
            MANUAL,
            [
                ("Rasio Desa Lama", "2023", "", "2:9", "7:9", "LKj 2024", "rasio_desa_maju"),
                ("Indeks Kepuasan Masyarakat", "2025", "Triwulan I", "", "97,48"),
                (MANDIRI, "kemarin", "", "", "60"),
            ],
            periode=None,
        )
    }  # fmt: skip
    sifted = realisasi_manual.clean(tables, CONTEXT)
    found = {r["kode_indikator"]: r for r in rows(sifted, "clean_realisasi_manual")}
    assert (found["rasio_desa_maju"]["pembilang"], found["rasio_desa_maju"]["penyebut"]) == (7, 9)
    assert found["rasio_desa_maju"]["periode"] == "2023" and found["rasio_desa_maju"]["bukti"] == "LKj 2024"
    assert found["ikm"]["periode"] == "2025-TW1"
    assert [(r["baris"], r["aturan"]) for r in sifted.rejected] == [(7, "tidak_terbaca")]


def test_a_rows_own_year_is_not_overruled_by_the_tables_period():
    tables = {
        "realisasi_manual_realisasi": tabel(
            "indikator tahun periode realisasi", [(MANDIRI, "2024", "", "60")], periode="2025"
        )
    }
    assert rows(realisasi_manual.clean(tables, CONTEXT), "clean_realisasi_manual")[0]["periode"] == "2024"


PEER = "nama indikator satuan tahun target realisasi capaian mutu metode sumber"


def _peers(*each, fields=PEER, **where):
    return {"pembanding_kutipan": tabel(fields, each, **where)}


def test_peers_are_found_in_the_named_kabupaten_and_nothing_is_guessed():
    tables = _peers(
        ("Kotabaru / Kelumpang Tengah", MANDIRI, "%", "", "", "15,38%"),
        (
            "Kotabaru / Pamukan Selatan",
            "Indeks Kepuasan Masyarakat di Kecamatan",
            "Nilai",
            "",
            "",
            "85,42 (B)",
        ),
        ("Negeri Dongeng", MANDIRI, "%", "", "", "10%"),
        ("Provinsi", MANDIRI, "%", "", "", "-"),
        ("Nasional", MANDIRI, "%", "2025", "", "20503:75261", "", "", "Indeks Desa", "Kepmendesa 343/2025"),
    )
    found = {r["nama"]: r for r in rows(pembanding.clean(tables, CONTEXT), "clean_pembanding")}
    kelumpang = found["Kotabaru / Kelumpang Tengah"]
    assert (kelumpang["kode_pembanding"], kelumpang["lingkup"]) == ("630209", "kutipan:630103")
    assert (kelumpang["nilai"], kelumpang["tahun"], kelumpang["tahun_tertulis"]) == (
        Decimal("15.38"),
        2025,
        False,
    )
    pamukan = found["Kotabaru / Pamukan Selatan"]
    assert (pamukan["nilai"], pamukan["mutu"], pamukan["kode_pembanding"]) == (
        Decimal("85.42"),
        "B",
        "630211",
    )
    assert found["Negeri Dongeng"]["kode_pembanding"] == "nama:negeri-dongeng"
    assert (found["Provinsi"]["lingkup"], found["Provinsi"]["nilai"]) == ("prov:63", None)
    nation = found["Nasional"]
    assert (nation["kode_pembanding"], nation["lingkup"], nation["metode"]) == (
        "00",
        "nasional",
        "INDEKS_DESA",
    )
    assert (
        nation["tahun_tertulis"]
        and round(nation["nilai"], 2) == Decimal("27.24")
        and nation["pembilang"] == 20503
    )


def test_ratios_that_became_hours_are_ratios_again_told_once_a_column():
    title = "PERBANDINGAN RASIO DESA MAJU TERHADAP JUMLAH DESA YANG ADA DI KECAMATAN | KECAMATAN KALUMPANG"
    tables = _peers(
        ("Sungai Raya", sel("04:18", "w"), sel("18:18", "w"), "23,50%"),
        ("Kandangan", "11.14", "14.14", "78,92%"),
        ("Loksado", "0,27", "0,27", "100,00%"),
        ("Rata-rata", "", "", "76,95%"),
        fields="nama target realisasi capaian", judul=title, unit=KALUMPANG, periode="2024",
    )  # fmt: skip
    sifted = pembanding.clean(tables, CONTEXT)
    found = {r["nama"]: r for r in rows(sifted, "clean_pembanding")}
    assert {r["kode_indikator"] for r in found.values()} == {"rasio_desa_maju"}
    assert (
        found["Sungai Raya"]["pembilang"],
        found["Sungai Raya"]["penyebut"],
        found["Sungai Raya"]["nilai"],
    ) == (18, 18, 1)
    assert (found["Kandangan"]["target"], found["Kandangan"]["target_teks"]) == (
        Decimal("0.785714285714"),
        "11.14",
    )
    assert found["Loksado"]["nilai"] == Decimal("0.27") and found["Loksado"]["pembilang"] is None
    told = sorted((f.cell.field, f.jumlah, f.tertulis, f.seharusnya) for f in sifted.findings)
    assert told == [("realisasi", 2, "18:18", "18:18"), ("target", 2, "04:18", "4:18")]
    assert len(sifted.layout) == 1


def test_a_comparison_that_names_no_indicator_is_kept_out_with_one_finding():
    sifted = pembanding.clean(
        _peers(("A", "1", "2"), ("B", "1", "2"), fields="nama target realisasi", judul="TABEL"), CONTEXT
    )
    assert sifted.accepted == [] and aturan(sifted) == ["wajib_kosong"]
