"""Every example file is taken for what it is: form, unit and period of each of its tables."""

from pathlib import Path

import pytest

from assets.accept.receive import receive
from assets.extract.assemble import assemble
from warehouse.regions import Regions

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
P, K = ("630103", "2025"), ("630609", "2024")
TABLES = {
    "Hibah Pelaihari 2025.csv": [("hibah_daftar", *P)],
    "LRA Pelaihari 31 Desember 2025.xlsx": [("realisasi_rekening", *P)],
    "Olah SKM Pelaihari 2025.xlsx": [("skm_jawaban", "630103", f"2025-TW{q}") for q in (1, 2, 3, 4)],
    "Pagu Perubahan Pelaihari 2025.xlsx": [("dpa_pagu", *P)],
    "Pembanding Nasional Indeks Desa 2025.csv": [("pembanding_kutipan", *P)],
    "Pembanding Pelaihari 2025.xlsx": [("pembanding_kutipan", *P)],
    "Perjanjian Kinerja Pelaihari 2025.xlsx": [
        ("perjanjian_kinerja_target", *P),
        ("perjanjian_kinerja_anggaran", *P),
        ("perjanjian_kinerja_program", *P),
    ],
    "Perjanjian Kinerja Pelaihari 2024.xlsx": [("perjanjian_kinerja_target", "630103", "2024")],
    "Perjanjian Kinerja Kalumpang 2023.xlsx": [("perjanjian_kinerja_target", "630609", "2023")],
    "Realisasi IKU Pelaihari 2021-2024.xlsx": [("realisasi_manual_realisasi", "630103", None)],
    "Realisasi Program Pelaihari 2025.xlsx": [("realisasi_program", *P)],
    "Rekap NRR dan IKM Pelaihari 2025.xlsx": [("skm_ringkasan", *P)],
    "Renstra Pelaihari 2025-2029.xlsx": [("renstra_target", "630103", None)],
    "Status Indeks Desa Pelaihari 2025.xlsx": [("indeks_desa_tabel", *P)],
    "Tindak Lanjut LHE AKIP Pelaihari 2025.xlsx": [("lhe_tindak_lanjut", *P)],
    "Volume Layanan Pelaihari 2025.csv": [("layanan_volume", *P)],
    "Capaian Program dan Kegiatan Kalumpang 2024.xlsx": [("kinerja_program_keluaran", *K) for _ in range(6)],
    "IKM Kalumpang 2024.csv": [("skm_ringkasan", *K)],
    "Matriks Tindak Lanjut AKIP Kalumpang 2023.xlsx": [
        ("lhe_tindak_lanjut", "630609", "2023"),
        ("lhe_tindak_lanjut", "630609", "2023"),
    ],
    "Pemeringkatan BUMDesa Kalumpang 2024.xlsx": [("bumdes_pemeringkatan", "630609", "2024-TW4")],
    "Perbandingan 11 Kecamatan HSS 2024.xlsx": [("pembanding_kutipan", *K)] * 3,
    "Perjanjian Kinerja Kalumpang 2024.xlsx": [
        ("perjanjian_kinerja_target", *K),
        ("perjanjian_kinerja_anggaran", *K),
        ("perjanjian_kinerja_program", *K),
    ],
    "Perjanjian Kinerja Perubahan Kalumpang 2024.xlsx": [
        ("perjanjian_kinerja_target", *K),
        ("perjanjian_kinerja_anggaran", *K),
        ("perjanjian_kinerja_program", *K),
    ],
    "Realisasi Anggaran Kalumpang 2024.xlsx": [("realisasi_program", *K)],
    "Realisasi IKU Kalumpang 2023.csv": [("realisasi_manual_realisasi", "630609", None)],
    "Rencana Kerja Kalumpang 2024.xlsx": [("dpa_pagu", *K)],
    "Renstra Kalumpang 2024-2026.xlsx": [("renstra_target", "630609", None)],
    "REKOMENDASI_IDM_KABUPATEN_6301_2024.xlsx": [("idm_ekspor", None, "2024")],
    "REKOMENDASI_IDM_KABUPATEN_6302_2024.xlsx": [("idm_ekspor", None, "2024")],
    "REKOMENDASI_IDM_KABUPATEN_6306_2024.xlsx": [("idm_ekspor", None, "2024")],
}


@pytest.fixture(scope="module")
def rumah(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("rumah")


@pytest.fixture(scope="module")
def received(rumah):
    folders = [EXAMPLES / name for name in ("bersama", "630103", "630609")]
    return {r.nama: r for r in receive(folders, rumah, Regions.load())}


def test_each_file_is_taken_for_what_it_is(received):
    told = {
        name: [(t["tabel"], t["kode_unit"], t["periode"]) for t in r.tabel]
        for name, r in received.items()
        if r.status != "konfigurasi"
    }
    assert told == TABLES
    assert {n for n, r in received.items() if r.status == "konfigurasi"} == {
        "630103.yaml",
        "630609.yaml",
        "corrections.yaml",
    }


def test_nothing_is_left_to_tell_and_nothing_is_unknown(received, rumah):
    found = assemble(rumah, Regions.load())
    assert [(f.aturan, dict(f.isi)) for f in found.findings] == []
    assert {b["status"] for b in found.berkas} == {"dipakai"}
    assert sum(r["tidak_dikenal"] for r in found.hitungan_lembar.to_pylist()) == 0


def test_the_changed_budget_and_agreement_stand_beside_the_original(received, rumah):
    titles = {
        row["judul"]
        for row in assemble(rumah, Regions.load()).tables["perjanjian_kinerja_anggaran"].to_pylist()
    }
    assert any("PERUBAHAN" in t for t in titles if "KALUMPANG" in t)
    assert any("PERUBAHAN" not in t for t in titles if "KALUMPANG" in t)
