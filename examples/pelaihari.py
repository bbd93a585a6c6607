"""The files of Kecamatan Pelaihari (630103), in the layouts in which its report prints them."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from examples.fakta import Fakta, baca, rupiah
from examples.penulis import UANG, Lembar, Sel, tulis_csv, tulis_xlsx
from examples.skm import Responden, responden, tampil

UNIT = "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"
TANDA = ("Pelaihari, 31 Desember 2025", "Camat Pelaihari,")
_TANGGAL = "dd/mm/yyyy"


def tulis(tujuan: Path) -> None:
    """All files into ``tujuan/630103``."""
    unit = tujuan / "630103"
    _indeks_desa(unit / "Status Indeks Desa Pelaihari 2025.xlsx")
    _skm_jawaban(unit / "Olah SKM Pelaihari 2025.xlsx")
    _lra(unit / "LRA Pelaihari 31 Desember 2025.xlsx")
    _perjanjian_kinerja_2024(unit / "Perjanjian Kinerja Pelaihari 2024.xlsx")
    _perjanjian_kinerja(unit / "Perjanjian Kinerja Pelaihari 2025.xlsx")
    _skm_ringkasan(unit / "Rekap NRR dan IKM Pelaihari 2025.xlsx")
    _pagu(unit / "Pagu Perubahan Pelaihari 2025.xlsx")
    _realisasi_program(unit / "Realisasi Program Pelaihari 2025.xlsx")
    _renstra(unit / "Renstra Pelaihari 2025-2029.xlsx")
    _realisasi_manual(unit / "Realisasi IKU Pelaihari 2021-2024.xlsx")
    _layanan(unit / "Volume Layanan Pelaihari 2025.csv")
    _hibah(unit / "Hibah Pelaihari 2025.csv")
    _pembanding(unit / "Pembanding Pelaihari 2025.xlsx")
    _pembanding_nasional(unit / "Pembanding Nasional Indeks Desa 2025.csv")
    _lhe(unit / "Tindak Lanjut LHE AKIP Pelaihari 2025.xlsx")


def _indeks_desa(tujuan: Path) -> None:
    """Table 3.8: kabupaten and kecamatan in one cell, no village code, scores as numbers."""
    lembar = Lembar("Status Desa", [5, 26, 20, 10, 9, 10, 11, 11, 10, 9, 15])
    lembar.judul("STATUS DESA DI KECAMATAN PELAIHARI", "KABUPATEN TANAH LAUT TAHUN 2025")
    lembar.kepala(
        ["No", "Kabupaten/ Kecamatan", "Desa", "Layanan Dasar", "Sosial", "Ekonomi", "Ling-\nkungan",
         "Akse-\nsibilitas", "Tata Kelola", "Skor", "Status 2025"],
        nomor="{}",
    )  # fmt: skip
    poin = ("layanan_dasar", "sosial", "ekonomi", "lingkungan", "aksesibilitas", "tata_kelola")
    for d in baca("indeks_desa_pelaihari_2025"):
        skor = Sel(Decimal(d["skor"]), "0.00")
        lembar.isi(int(d["no"]), d["kab_kec"], d["desa"], *(int(d[p]) for p in poin), skor, d["status"])
    lembar.tanda_tangan("Pelaihari, 31 Desember 2025", "Kepala Seksi Pemberdayaan Masyarakat dan Desa,")
    tulis_xlsx(tujuan, lembar)


def _skm_jawaban(tujuan: Path) -> None:
    """Four quarterly sheets of answers, with the sums that such sheets carry at their foot."""
    unsur = [r for r in baca("skm_nrr_pelaihari_2025") if r["no"]]
    benar = {(r["no"], r["triwulan"]): r["pakai"] for r in baca("skm_koreksi_pelaihari_2025")}
    rekaan = baca("skm_rekaan")
    lembar = []
    for ke, survei in enumerate(baca("skm_responden_pelaihari_2025"), 1):
        triwulan = survei["triwulan"]
        cetak = [benar.get((u["no"], triwulan), u[f"tw{ke}"]) for u in unsur]
        mulai, selesai = (dt.date.fromisoformat(survei[k]) for k in ("mulai", "selesai"))
        orang = responden(triwulan, cetak, int(survei["n"]), mulai, selesai, rekaan)
        lembar.append(_lembar_skm(triwulan, [f"{u['unsur']} (U{u['no']})" for u in unsur], orang))
    tulis_xlsx(tujuan, *lembar)


def _lembar_skm(triwulan: str, unsur: list[str], orang: list[Responden]) -> Lembar:
    lembar = Lembar(f"TW {triwulan}", [6, 12, 42, 8, 7, 12, 18, *[13] * 9])
    lembar.judul(
        "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN",
        UNIT, f"TRIWULAN {triwulan} TAHUN 2025",
    )  # fmt: skip
    lembar.catatan("Jawaban rekonstruksi dari rata-rata tercetak; bukan jawaban orang.")
    lembar.kepala(
        ["No. Resp", "Tanggal", "Jenis Layanan", "JK", "Usia", "Pendidikan", "Pekerjaan",
         "NILAI UNSUR PELAYANAN", *[None] * 8],
        [*[None] * 7, *unsur],
        gabung=[*(f"{k}1:{k}2" for k in "ABCDEFG"), "H1:P1"], nomor="{}",
    )  # fmt: skip
    for nomor, r in enumerate(orang, 1):
        tanggal = Sel(r.tanggal, _TANGGAL)
        lembar.isi(nomor, tanggal, r.layanan, r.jk, r.usia, r.pendidikan, r.pekerjaan, *r.jawaban)
    jumlah = [sum(skor) for skor in zip(*(r.jawaban for r in orang), strict=True)]
    rata = [Decimal(j) / len(orang) for j in jumlah]
    tertimbang = [r * Decimal("0.111") for r in rata]
    kosong = [None] * 5
    lembar.isi(None, "Jumlah nilai per unsur", *kosong, *jumlah)
    for nama, nilai in (("NRR per unsur", rata), ("NRR tertimbang per unsur", tertimbang)):
        lembar.isi(None, nama, *kosong, *(Sel(Decimal(tampil(n)), "0.000") for n in nilai))
    ikm = (sum(tertimbang, Decimal(0)) * 25).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    lembar.isi(None, "IKM unit pelayanan", *kosong, Sel(ikm, "0.00"))
    return lembar


def _lra(tujuan: Path) -> None:
    """The accounting export: amounts as text, percentages truncated, no code on its subtotal rows."""
    lembar = Lembar("LRA", [16, 58, 21, 21, 10, 21])
    lembar.judul(
        "PEMERINTAH KABUPATEN TANAH LAUT", "KECAMATAN PELAIHARI", "REALISASI ANGGARAN BELANJA DAERAH",
        "UNTUK TAHUN YANG BERAKHIR SAMPAI DENGAN 31 DESEMBER 2025 DAN 2024",
    )  # fmt: skip
    lembar.kepala(
        ["KODE REKENING", "URAIAN", "ANGGARAN 2025", "REALISASI 2025", "% 2025", "REALISASI 2024"],
        ["1", "2", "3", "4", "5 = (4/3)*100", "6"],
    )
    kolom = ("uraian", "anggaran_2025", "realisasi_2025", "persen_2025", "realisasi_2024")
    for r in baca("lra_pelaihari_2025"):
        lembar.isi(r["kode"] or None, *(r[k] for k in kolom))
    lembar.tanda_tangan(*TANDA)
    tulis_xlsx(tujuan, lembar)


def _perjanjian_kinerja_2024(tujuan: Path) -> None:
    """The agreement before, as far as its targets were ever printed: the satisfaction index alone."""
    target = _lembar_target("2024", baca("pk_target_pelaihari_2024"))
    target.kosong()
    target.catatan(
        "Catatan: rekonstruksi. Hanya target ini tercetak dalam LKj Pelaihari 2025; naskah aslinya tidak ada."
    )
    tulis_xlsx(tujuan, target)


def _lembar_target(tahun: str, rows: list[Fakta]) -> Lembar:
    target = Lembar("Perjanjian Kinerja", [6, 44, 5, 42, 14, 20])
    target.judul("PERJANJIAN KINERJA", UNIT, f"TAHUN {tahun}")
    target.kepala(
        ["No.", "Kinerja Utama (Sasaran Renstra)", None, "Indikator Kinerja Utama", "Target",
         "Penanggung Jawab"]
    )  # fmt: skip
    mulai = target.baris_terakhir + 1
    for r in rows:
        target.isi(r["no"] or None, r["sasaran"] or None, int(r["no_indikator"]), r["indikator"], r["target"],
                   r["penanggung_jawab"])  # fmt: skip
    for kolom in (1, 2):
        target.gabung_ke_bawah(kolom, mulai, target.baris_terakhir)
    return target


def _perjanjian_kinerja(tujuan: Path) -> None:
    """Targets (table 2.5), programme budgets (table 2.6) and which programme serves which indicator."""
    target = _lembar_target("2025", baca("pk_target_pelaihari_2025"))
    target.tanda_tangan("Pelaihari, ........ 2025", "Camat Pelaihari,")
    anggaran = Lembar("Anggaran", [6, 44, 62, 24])
    anggaran.judul("ANGGARAN PENUNJANG SASARAN STRATEGIS PERJANJIAN KINERJA", UNIT, "TAHUN 2025")
    anggaran.kepala(["No.", "Sasaran Strategis", "Program", "Anggaran (Rp)"], nomor="{}")
    sasaran = baca("pk_target_pelaihari_2025")[0]["sasaran"]
    for nomor, r in enumerate(baca("pk_anggaran_pelaihari_2025")):
        if r["program"] == "JUMLAH":
            anggaran.isi("JUMLAH", None, None, r["anggaran"])
        else:
            pertama = nomor == 0
            anggaran.isi(1 if pertama else None, sasaran if pertama else None, r["program"], r["anggaran"])
    pautan = Lembar("Program per Indikator", [14, 62, 44, 12])
    pautan.judul("PROGRAM PENDUKUNG INDIKATOR KINERJA UTAMA", UNIT, "TAHUN 2025")
    pautan.kepala(["Kode Program", "Program", "Indikator", "Porsi (%)"])
    for r in baca("pk_pautan_pelaihari_2025"):
        pautan.isi(r["kode"], r["program"], r["indikator"], r["porsi"] or None)
    tulis_xlsx(tujuan, target, anggaran, pautan)


def _skm_ringkasan(tujuan: Path) -> None:
    """Table 3.9 with its three misprints, decimal points and all."""
    lembar = Lembar("NRR dan IKM", [5, 34, 12, 12, 12, 12])
    lembar.judul(
        "NILAI RATA-RATA (NRR) DAN INDEKS KEPUASAN MASYARAKAT (IKM) 9 UNSUR PELAYANAN", UNIT, "TAHUN 2025"
    )
    lembar.kepala(["No", "RUANG LINGKUP SKM", "NRR TR I", "NRR TR II", "NRR TR III", "NRR TR IV"])
    for r in baca("skm_nrr_pelaihari_2025"):
        lembar.isi(r["no"] or None, r["unsur"], *(r[f"tw{n}"] for n in range(1, 5)))
    tulis_xlsx(tujuan, lembar)


def _pagu(tujuan: Path) -> None:
    """Chapter I.H: programmes in roman numbers, kegiatan below them, real numbers shown as rupiah."""
    lembar = Lembar("Pagu", [7, 84, 26])
    lembar.judul("PROGRAM DAN KEGIATAN SETELAH PERUBAHAN APBD (DPPA)", UNIT, "TAHUN ANGGARAN 2025")
    lembar.kepala(["NO", "PROGRAM/KEGIATAN", "PAGU"], nomor="{}")
    for r in baca("pagu_pelaihari_2025"):
        lembar.isi(r["no"] or None, r["uraian"], Sel(rupiah(r["pagu"]), f'"Rp. "{UANG}'))
    lembar.tanda_tangan(*TANDA)
    tulis_xlsx(tujuan, lembar)


def _realisasi_program(tujuan: Path) -> None:
    """Table 3.11 with its misprinted pagu of programme 4 and a printed total that its rows do not give."""
    lembar = Lembar("Realisasi Program", [6, 66, 24, 24])
    lembar.judul("REALISASI PROGRAM PENUNJANG", UNIT, "TAHUN ANGGARAN 2025")
    lembar.kepala(["No", "Program", "Pagu", "Realisasi"])
    for r in baca("program_pelaihari_2025"):
        if r["no"] == "JUMLAH":
            lembar.isi("JUMLAH", None, r["pagu"], r["realisasi"])
        else:
            lembar.isi(int(r["no"]), r["program"], r["pagu"], r["realisasi"])
    tulis_xlsx(tujuan, lembar)


def _renstra(tujuan: Path) -> None:
    """Table 2.1: tujuan and sasaran under one header, ten column numbers for eleven columns."""
    tahun = [str(t) for t in range(2025, 2031)]
    lembar = Lembar("Renstra", [5, 8, 52, 42, 14, *[13] * 6])
    lembar.judul("MATRIK HUBUNGAN ANTARA TUJUAN DAN SASARAN RENCANA STRATEGIS", UNIT, "TAHUN 2025-2029")
    lembar.kepala(
        ["NO", "TUJUAN/SASARAN", None, "INDIKATOR TUJUAN/SASARAN", "Realisasi Tahun 2024",
         "TARGET KINERJA TUJUAN/SASARAN PADA TAHUN KE-", *[None] * 5],
        [*[None] * 5, *tahun],
        [str(n) for n in range(1, 11)],
        gabung=["A1:A2", "B1:C2", "D1:D2", "E1:E2", "F1:K1"],
    )  # fmt: skip
    sebelum = ""
    for r in baca("renstra_pelaihari"):
        angka = [r["realisasi_2024"], *(r[f"target_{t}"] for t in tahun)]
        if r["tingkat"] == "Tujuan":
            lembar.isi(1, r["tujuan_sasaran"], None, r["indikator"], *angka)
        else:
            baru = r["tujuan_sasaran"] != sebelum
            lembar.isi(None, *(["1.", r["tujuan_sasaran"]] if baru else [None, None]), r["indikator"], *angka)
        sebelum = r["tujuan_sasaran"]
    lembar.tanda_tangan("Pelaihari, ........ 2025", "Camat Pelaihari,")
    tulis_xlsx(tujuan, lembar)


def _realisasi_manual(tujuan: Path) -> None:
    """What earlier reports say of years whose files are gone."""
    lembar = Lembar("Realisasi", [5, 46, 9, 12, 12, 40])
    lembar.judul("REALISASI INDIKATOR KINERJA UTAMA TAHUN SEBELUMNYA", UNIT)
    lembar.kepala(["No", "Indikator Kinerja", "Tahun", "Target", "Realisasi", "Berkas Bukti"])
    for nomor, r in enumerate(baca("realisasi_manual_pelaihari"), 1):
        lembar.isi(
            nomor, r["indikator"], int(r["tahun"]), r["target"] or None, r["realisasi"], r["berkas_bukti"]
        )
    tulis_xlsx(tujuan, lembar)


def _layanan(tujuan: Path) -> None:
    """Table 3.10, a dash where nothing was reported."""
    baris = [["REALISASI PELAYANAN KANTOR KECAMATAN PELAIHARI"], ["KABUPATEN TANAH LAUT TAHUN 2025"], []]
    baris.append(["No", "Jenis Pelayanan", "Jumlah pelayanan", "Keterangan"])
    baris += [[r["no"], r["layanan"], r["jumlah"], r["seksi"]] for r in baca("layanan_pelaihari_2025")]
    tulis_csv(tujuan, baris)


def _hibah(tujuan: Path) -> None:
    """The list of recipients, without a total as printed."""
    baris = [["PENYALURAN HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025"], []]
    baris.append(["NAMA ORMAS", "JUMLAH HIBAH"])
    baris += [[r["penerima"], r["jumlah"]] for r in baca("hibah_pelaihari_2025")]
    tulis_csv(tujuan, baris, sandi="cp1252")


def _pembanding(tujuan: Path) -> None:
    """The peers that table 3.7 cites, one a row instead of one a column; it names no year of theirs."""
    lembar = Lembar("Pembanding", [5, 44, 10, 36, 12, 8])
    lembar.judul("CAPAIAN KINERJA TERHADAP KECAMATAN LAIN, PROVINSI DAN NASIONAL", UNIT, "TAHUN 2025")
    lembar.kepala(["NO", "Indikator Kinerja", "Satuan", "Wilayah Pembanding", "Realisasi", "Mutu"])
    for nomor, r in enumerate(baca("pembanding_pelaihari_2025"), 1):
        lembar.isi(nomor, r["indikator"], r["satuan"], r["pembanding"], r["realisasi"], r["mutu"] or None)
    tulis_xlsx(tujuan, lembar)


def _pembanding_nasional(tujuan: Path) -> None:
    """The nation's villages by the decree on Indeks Desa, as a ratio."""
    baris = [
        ["PEMBANDING NASIONAL INDEKS DESA UNTUK KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025"],
        [],
    ]
    baris.append(["Wilayah Pembanding", "Indikator", "Satuan", "Tahun", "Realisasi", "Metode", "Sumber"])
    for r in baca("pembanding_nasional_2025"):
        rasio = f"{r['desa_mandiri']}:{r['desa']}"
        baris.append([r["nama"], r["indikator"], "%", r["tahun"], rasio, "Indeks Desa", r["sumber"]])
    tulis_csv(tujuan, baris)


def _lhe(tujuan: Path) -> None:
    """Chapter I.I: six recommendations, what is done and by which office."""
    lembar = Lembar("Tindak Lanjut", [6, 46, 46, 14, 26, 34, 40])
    lembar.judul("TINDAK LANJUT ATAS LAPORAN HASIL EVALUASI AKIP TAHUN 2025", UNIT)
    lembar.kepala(
        ["No.", "Rekomendasi", "Rencana Aksi", "Target", "Jadwal", "Penanggung jawab", "Keterangan"]
    )
    kolom = ("rekomendasi", "rencana", "target", "jadwal", "penanggung_jawab", "keterangan")
    for r in baca("lhe_pelaihari_2025"):
        lembar.isi(int(r["no"]), *(r[k] for k in kolom))
    lembar.tanda_tangan("Pelaihari, 30 Desember 2025", "Camat Pelaihari,")
    tulis_xlsx(tujuan, lembar)
