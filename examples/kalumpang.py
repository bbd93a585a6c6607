"""The files of Kecamatan Kalumpang (630609), in the layouts in which its report prints them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from examples.fakta import Fakta, baca, rupiah
from examples.penulis import UANG, Lembar, Nilai, Sel, tulis_csv, tulis_xlsx

UNIT = "KECAMATAN KALUMPANG KABUPATEN HULU SUNGAI SELATAN"
_JABATAN = "Camat Kalumpang,"


def tulis(tujuan: Path) -> None:
    """All files into ``tujuan/630609``."""
    unit = tujuan / "630609"
    _perjanjian_kinerja_2023(unit / "Perjanjian Kinerja Kalumpang 2023.xlsx")
    _perjanjian_kinerja(unit / "Perjanjian Kinerja Kalumpang 2024.xlsx", "MURNI")
    _perjanjian_kinerja(unit / "Perjanjian Kinerja Perubahan Kalumpang 2024.xlsx", "PERUBAHAN")
    _renstra(unit / "Renstra Kalumpang 2024-2026.xlsx")
    _rencana_kerja(unit / "Rencana Kerja Kalumpang 2024.xlsx")
    _realisasi(unit / "Realisasi Anggaran Kalumpang 2024.xlsx")
    _skm(unit / "IKM Kalumpang 2024.csv")
    _realisasi_manual(unit / "Realisasi IKU Kalumpang 2023.csv")
    _bumdes(unit / "Pemeringkatan BUMDesa Kalumpang 2024.xlsx")
    _pembanding(unit / "Perbandingan 11 Kecamatan HSS 2024.xlsx")
    _keluaran(unit / "Capaian Program dan Kegiatan Kalumpang 2024.xlsx")
    _lhe(unit / "Matriks Tindak Lanjut AKIP Kalumpang 2023.xlsx")


def _perjanjian_kinerja_2023(tujuan: Path) -> None:
    """The agreement before: only its targets were printed, beside the results of 2023."""
    lembar = _lembar_target(("PERJANJIAN KINERJA", UNIT, "TAHUN 2023"), baca("pk_target_kalumpang_2023"))
    lembar.kosong()
    lembar.catatan(
        "Catatan: rekonstruksi. Target tercetak dalam LKj Kalumpang 2024; naskah aslinya tidak ada."
    )
    tulis_xlsx(tujuan, lembar)


def _lembar_target(judul: Sequence[str], rows: list[Fakta]) -> Lembar:
    lembar = Lembar("PK", [6, 58, 60, 18])
    lembar.judul(*judul)
    lembar.kepala(["No.", "SASARAN KINERJA", "INDIKATOR KINERJA", "TARGET"], nomor="{}")
    for r in rows:
        lembar.isi(r["no"], r["sasaran"], r["indikator"], r["target"])
    return lembar


def _perjanjian_kinerja(tujuan: Path, dokumen: str) -> None:
    """Targets and budgets on one sheet, as signed; the links to programmes on another."""
    perubahan = " (PERUBAHAN)" if dokumen == "PERUBAHAN" else ""
    judul = ("PERJANJIAN KINERJA CAMAT KALUMPANG", "KABUPATEN HULU SUNGAI SELATAN", f"TAHUN 2024{perubahan}")
    lembar = _lembar_target(judul, _satu(baca("pk_target_kalumpang_2024"), "dokumen", dokumen))
    lembar.kosong(2)
    lembar.kepala(["No.", "Program", None, "Anggaran"])
    for r in _satu(baca("pk_anggaran_kalumpang_2024"), "dokumen", dokumen):
        lembar.isi(r["no"], r["program"], "Rp.", r["anggaran"])
    tanggal = "Kalumpang, 24 Oktober 2024" if perubahan else "Kalumpang, ........ 2024"
    lembar.tanda_tangan(tanggal, _JABATAN)
    pautan = Lembar("Program per IKU", [14, 84, 60, 12])
    pautan.judul("PROGRAM DAN SUB KEGIATAN PENDUKUNG INDIKATOR", UNIT, f"TAHUN 2024{perubahan}")
    pautan.kepala(["Kode Program", "Program / Sub Kegiatan", "Indikator", "Porsi (%)"])
    for r in baca("pk_pautan_kalumpang_2024"):
        nama = r["sub_kegiatan"] or r["program"]
        pautan.isi(r["kode"] or None, nama, r["indikator"], r["porsi"] or None)
    tulis_xlsx(tujuan, lembar, pautan)


def _renstra(tujuan: Path) -> None:
    """Table T.C-25: a realisation column beside three years of targets, ratios and percents as text."""
    lembar = Lembar("T.C-25", [6, 34, 40, 44, 13, 13, 13, 13])
    lembar.judul("TUJUAN DAN SASARAN JANGKA MENENGAH PELAYANAN PERANGKAT DAERAH (RENSTRA)", UNIT)
    lembar.kepala(
        ["NO.", "TUJUAN", "SASARAN", "INDIKATOR TUJUAN/SASARAN", "REALISASI",
         "TARGET KINERJA TUJUAN/SASARAN PADA TAHUN KE-", None, None],
        [*[None] * 4, "2023", "2024", "2025", "2026"],
        gabung=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "F1:H1"], nomor="({})",
    )  # fmt: skip
    mulai = lembar.baris_terakhir + 1
    for r in baca("renstra_kalumpang"):
        angka = [r[k] for k in ("realisasi_2023", "target_2024", "target_2025", "target_2026")]
        lembar.isi(1, r["tujuan"], r["sasaran"], r["indikator"], *angka)
    for kolom in (1, 2):
        lembar.gabung_ke_bawah(kolom, mulai, lembar.baris_terakhir)
    tulis_xlsx(tujuan, lembar)


def _rencana_kerja(tujuan: Path) -> None:
    """Table 2.1: the first budget by sub kegiatan, real numbers, programme and kegiatan merged downwards."""
    lembar = Lembar("Rencana Kerja", [44, 48, 62, 22])
    lembar.judul("RENCANA KERJA (ANGGARAN MURNI)", UNIT, "TAHUN 2024")
    lembar.kepala(["Program", "Kegiatan", "Sub Kegiatan", "Anggaran"])
    rows = baca("rencana_kerja_kalumpang_2024")
    mulai = lembar.baris_terakhir + 1
    for r in rows:
        jumlah = Sel(rupiah(r["anggaran"]), UANG)
        lembar.isi(r["program"], r["kegiatan"] or None, r["sub_kegiatan"] or None, jumlah)
    _gabung_kelompok(lembar, rows, mulai)
    tulis_xlsx(tujuan, lembar)


def _realisasi(tujuan: Path) -> None:
    """The second table 3.7: text amounts, some with commas for thousands, percentages as printed."""
    lembar = Lembar("Realisasi Anggaran", [44, 48, 62, 14, 14, 18, 18, 9])
    lembar.judul("REALISASI ANGGARAN TAHUN 2024", UNIT)
    lembar.kepala(
        ["Program", "Kegiatan", "Sub Kegiatan", "Kinerja Program/kegiatan/sub kegiatan", None,
         "Anggaran Sub Kegiatan", None, None],
        [*[None] * 3, "Target Kinerja", "Realisasi Kinerja", "Anggaran", "Realisasi", "%"],
        gabung=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:H1"],
    )  # fmt: skip
    rows = baca("realisasi_anggaran_kalumpang_2024")
    mulai = lembar.baris_terakhir + 1
    kolom = ("program", "kegiatan", "sub_kegiatan", "target_kinerja", "realisasi_kinerja", "anggaran",
             "realisasi", "persen")  # fmt: skip
    for r in rows:
        lembar.isi(*(r[k] or None for k in kolom))
    _gabung_kelompok(lembar, rows, mulai)
    lembar.tanda_tangan("Kalumpang, 31 Desember 2024", _JABATAN)
    tulis_xlsx(tujuan, lembar)


def _gabung_kelompok(lembar: Lembar, rows: list[Fakta], mulai: int) -> None:
    """Merge programme and kegiatan over the sub kegiatan below them."""
    _gabung_sama(lembar, 2, mulai, [(r["program"], r["kegiatan"]) for r in rows])
    _gabung_sama(lembar, 1, mulai, [r["program"] for r in rows])


def _gabung_sama(lembar: Lembar, kolom: int, mulai: int, kunci: Sequence[object]) -> None:
    """Merge one column over each run of equal keys; ``kunci`` holds one key a row from ``mulai`` on."""
    for _, rentang in groupby(range(len(kunci)), key=lambda nomor: kunci[nomor]):
        baris = [mulai + nomor for nomor in rentang]
        lembar.gabung_ke_bawah(kolom, baris[0], baris[-1])


def _skm(tujuan: Path) -> None:
    """Two semesters of which only the index was ever printed."""
    baris = [["INDEKS KEPUASAN MASYARAKAT (IKM)"], [UNIT], ["TAHUN 2024"], []]
    baris.append(["No", "Unsur Pelayanan", "Semester I", "Semester II"])
    for nomor, r in enumerate(baca("skm_ikm_kalumpang_2024"), 1):
        baris.append([str(nomor), r["uraian"], r["semester_1"], r["semester_2"]])
    tulis_csv(tujuan, baris)


def _realisasi_manual(tujuan: Path) -> None:
    """The year before, whose files are gone; its first indicator had another definition."""
    baris = [["REALISASI INDIKATOR KINERJA UTAMA TAHUN SEBELUMNYA"], [UNIT], []]
    baris.append(["Indikator Kinerja", "Tahun", "Target", "Realisasi", "Berkas Bukti", "Kunci Rumus"])
    kolom = ("indikator", "tahun", "target", "realisasi", "berkas_bukti", "kunci_rumus")
    baris += [[r[k] for k in kolom] for r in baca("realisasi_manual_kalumpang")]
    tulis_csv(tujuan, baris)


def _bumdes(tujuan: Path) -> None:
    """Annex 4: sixteen columns, the class as a 1 in one of four."""
    lembar = Lembar("Pemeringkatan", [5, 8, 22, 8, 24, 9, 14, 13, 16, 24, 9, 8, 10, 10, 12, 22])
    lembar.judul("PEMERINGKATAN BUMDESA PADA KECAMATAN KALUMPANG", "PER DESEMBER 2024")
    lembar.kepala(
        ["No", "IDProv", "Provinsi", "IDKab", "Kabupaten", "IDKec", "Kecamatan", "IDDesa", "Desa",
         "Nama BUM Desa", "Total Nilai", "Kategori", None, None, None, "KESIMPULAN TINGKAT PERKEMBANGAN"],
        [*[None] * 11, "< 55", "55 - < 70", "70 - < 85", ">= 85 - 100", None],
        gabung=[*(f"{k}1:{k}2" for k in "ABCDEFGHIJKP"), "L1:O1"], nomor="{}",
    )  # fmt: skip
    for r in baca("bumdes_kalumpang_2024"):
        kelas: list[Nilai] = [int(r[k]) if r[k] else None for k in
                              ("k_perintis", "k_pemula", "k_berkembang", "k_maju")]  # fmt: skip
        lembar.isi(
            int(r["no"]), int(r["id_prov"]), r["provinsi"], int(r["id_kab"]), r["kabupaten"],
            int(r["id_kec"]), r["kecamatan"], int(r["id_desa"]), r["desa"], r["bumdes"],
            Sel(Decimal(r["total_nilai"]), "0.00"), *kelas, r["kesimpulan"],
        )  # fmt: skip
    lembar.tanda_tangan("Kalumpang, 30 Desember 2024", _JABATAN)
    tulis_xlsx(tujuan, lembar)


_PEMBANDING = {
    "rasio_desa": ("Rasio Desa", "Rasio Desa Maju Terhadap Jumlah Desa Yang Ada di Kecamatan"),
    "bumdes": ("BUMDes", "Persentase BUMDes yang beroperasi dengan baik"),
    "ikm": ("IKM", "Indeks Kepuasan Masyarakat"),
}


def _pembanding(tujuan: Path) -> None:
    """Eleven kecamatan, three tables, percentages upside down; ratios that a spreadsheet took for hours."""
    semua = baca("pembanding_kalumpang_2024")
    lembar = []
    for kunci, (nama, indikator) in _PEMBANDING.items():
        satu = Lembar(nama, [6, 30, 16, 16, 16])
        satu.judul(f"PERBANDINGAN {indikator.upper()}", UNIT, "TAHUN 2024")
        satu.kepala(
            ["No", "Kecamatan", indikator, None, None],
            [None, None, "Target", "Realisasi", "Persentase"],
            gabung=["A1:A2", "B1:B2", "C1:E1"],
        )
        for r in _satu(semua, "tabel", kunci):
            nomor = int(r["no"]) if r["no"] else None
            satu.isi(nomor, r["kecamatan"], _rasio(r["target"]), _rasio(r["realisasi"]), r["persentase"])
        lembar.append(satu)
    tulis_xlsx(tujuan, *lembar)


def _rasio(teks: str) -> Nilai | Sel:
    """What a spreadsheet made of ``4:18``: an hour shown as 04.18; the printed percentages prove it."""
    jam, titik, menit = teks.partition(".")
    if titik and len(jam) == len(menit) == 2:
        return Sel(dt.time(int(jam), int(menit)), "hh.mm")
    return teks or None


def _keluaran(tujuan: Path) -> None:
    """Outputs of programmes and sub kegiatan; the report prints some of them twice, so do these sheets."""
    semua = baca("keluaran_kalumpang_2024")
    lembar = []
    for tabel in dict.fromkeys(r["tabel"] for r in semua):
        rows = _satu(semua, "tabel", tabel)
        satu = _lembar_program(tabel, rows) if rows[0]["program"] else _lembar_kegiatan(tabel, rows)
        lembar.append(satu)
    tulis_xlsx(tujuan, *lembar)


def _lembar_program(tabel: str, rows: list[Fakta]) -> Lembar:
    lembar = Lembar(f"Tabel {tabel}", [6, 66, 28, 28, 12])
    lembar.judul("PROGRAM YANG MENUNJANG KEBERHASILAN/KEGAGALAN PENCAPAIAN", UNIT, "TAHUN 2024")
    lembar.kepala(
        ["No", "Program", "Target Kinerja Program/kegiatan/ sub kegiatan (Th 2024)",
         "Realisasi Kinerja Program/kegiatan/ sub kegiatan (Th 2024)", "Capaian"],
        ["1", "2", "3", "5", "6"],
    )  # fmt: skip
    for r in rows:
        lembar.isi(r["no"], r["program"], r["target"], r["realisasi"], r["capaian"])
    return lembar


def _lembar_kegiatan(tabel: str, rows: list[Fakta]) -> Lembar:
    lembar = Lembar(f"Tabel {tabel}", [48, 62, 52, 12, 12, 12])
    lembar.judul("KEGIATAN YANG MENUNJANG KEBERHASILAN/KEGAGALAN PENCAPAIAN", UNIT, "TAHUN 2024")
    lembar.kepala(
        ["Kegiatan", "Sub Kegiatan", "Target Kinerja Program/kegiatan/sub kegiatan (tahun)", "Target",
         "Realisasi", "Capaian"],
        nomor="({})",
    )  # fmt: skip
    mulai = lembar.baris_terakhir + 1
    kolom = ("kegiatan", "sub_kegiatan", "indikator", "target", "realisasi", "capaian")
    for r in rows:
        lembar.isi(*(r[k] or None for k in kolom))
    _gabung_sama(lembar, 1, mulai, [r["kegiatan"] for r in rows])
    return lembar


def _lhe(tujuan: Path) -> None:
    """The follow-up matrix, its first action empty as printed, and the recommendations without one."""
    semua = baca("lhe_kalumpang_2023")
    matriks = Lembar("Matriks", [6, 52, 46, 38, 18, 20, 30])
    matriks.judul("MATRIKS TINDAK LANJUT ATAS EVALUASI INTERNAL AKIP TAHUN 2023", UNIT)
    matriks.kepala(
        ["NO", "REKOMENDASI", "RENCANA AKSI TINDAK LANJUT", "TARGET", "WAKTU PELAKSANAAN",
         "PENANGGUNG JAWAB", "STATUS/PROGRES PENYELESAIAN"]
    )  # fmt: skip
    for r in _satu(semua, "lembar", "Matriks"):
        kolom = ("no", "rekomendasi", "rencana", "target", "waktu", "penanggung_jawab", "status")
        matriks.isi(*(r[k] or None for k in kolom))
    matriks.tanda_tangan("Kalumpang, ........ 2024", _JABATAN)
    daftar = Lembar("Rekomendasi", [8, 26, 60, 40, 24])
    daftar.judul("REKOMENDASI HASIL EVALUASI LKIP TAHUN 2023", UNIT)
    daftar.kepala(["NO", "KOMPONEN", "REKOMENDASI", "RENCANA AKSI", "STATUS"])
    for r in _satu(semua, "lembar", "Rekomendasi"):
        daftar.isi(*(r[k] or None for k in ("no", "komponen", "rekomendasi", "rencana", "status")))
    tulis_xlsx(tujuan, matriks, daftar)


def _satu(rows: list[Fakta], kunci: str, nilai: str) -> list[Fakta]:
    return [r for r in rows if r[kunci] == nilai]
