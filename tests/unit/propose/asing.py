"""Six made-up layouts whose headers stand far from every vocabulary, and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

PLACE = "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"


@dataclass(frozen=True)
class Foreign:
    """A table as its office prints it: titles, header rows, rows; the form, and the field of each header."""

    titles: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Any, ...], ...]
    bentuk: str
    fields: Mapping[str, str]
    merged: tuple[str, ...] = ()

    def write(self, path: Path, *, more: tuple[tuple[Any, ...], ...] = ()) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        for line in ([t] for t in self.titles):
            sheet.append(line)
        sheet.append([])
        for row in (*self.head, *self.rows, *more):
            sheet.append(list(row))
        for area in self.merged:
            sheet.merge_cells(area)
        book.save(path)
        return path


LAYOUTS: Mapping[str, Foreign] = {
    "hibah": Foreign(
        (f"REKAP BANTUAN HIBAH {PLACE} TAHUN 2025",),
        (("No", "Ormas/Yayasan yang Dibantu", "Besaran Bantuan Cair (Rp)", "Paraf"),),
        (
            (1, "Yayasan Harapan", 25_000_000, ""),
            (2, "Lembaga Adat", 15_000_000, ""),
            (3, "Karang Taruna", 10_000_000, ""),
        ),
        "hibah_daftar",
        {"Ormas/Yayasan yang Dibantu": "penerima", "Besaran Bantuan Cair (Rp)": "jumlah"},
    ),
    "layanan": Foreign(
        (f"DATA ADMINISTRASI {PLACE}", "TRIWULAN I TAHUN 2025"),
        (("Macam Urusan Warga", "Banyak Terlayani", "Loket"),),
        (
            ("Surat Pengantar Nikah", 120, "Loket A"),
            ("Rekomendasi Proposal", 15, "Loket B"),
            ("Legalisasi", 40, "Loket A"),
        ),
        "layanan_volume",
        {"Macam Urusan Warga": "layanan", "Banyak Terlayani": "jumlah", "Loket": "seksi"},
    ),
    "lra": Foreign(
        (f"LAPORAN KEUANGAN {PLACE}", "PER 31 DESEMBER 2025"),
        (
            (
                "Nomor Akun Belanja",
                "Rincian Akun Belanja",
                "Plafon Setahun",
                "Penyerapan s.d. Bulan Ini",
                "Sisa",
            ),
        ),
        (
            ("5", "BELANJA DAERAH", 1000, 900, 100),
            ("5.1", "BELANJA OPERASI", 1000, 900, 100),
            ("5.1.02", "BELANJA BARANG DAN JASA", 1000, 900, 100),
        ),
        "realisasi_rekening",
        {
            "Nomor Akun Belanja": "kode",
            "Rincian Akun Belanja": "uraian",
            "Plafon Setahun": "pagu",
            "Penyerapan s.d. Bulan Ini": "realisasi",
        },
    ),
    "pk": Foreign(
        (f"PERJANJIAN KINERJA {PLACE} TAHUN 2025",),
        (("Sasaran", "Tolok Ukur Keberhasilan", "Angka yang Dijanjikan", "Ukuran"),),
        (
            ("Meningkatnya pelayanan", "Indeks Kepuasan Masyarakat", "86,5", "Nilai"),
            ("Meningkatnya desa", "Persentase Desa Mandiri", "80", "Persen"),
        ),
        "perjanjian_kinerja_target",
        {"Tolok Ukur Keberhasilan": "indikator", "Angka yang Dijanjikan": "target", "Ukuran": "satuan"},
    ),
    "bumdes": Foreign(
        (f"PENILAIAN BUM DESA {PLACE} TAHUN 2025",),
        (("Lokasi Desa", "Lembaga Usaha Desa", "Angka Akhir Penilaian", "Golongan"),),
        (("Bumi Jaya", "Maju Bersama", 72.5, "BERKEMBANG"), ("Tampang", "Jaya Abadi", 60, "PEMULA")),
        "bumdes_pemeringkatan",
        {
            "Lokasi Desa": "desa",
            "Lembaga Usaha Desa": "nama",
            "Angka Akhir Penilaian": "nilai",
            "Golongan": "kelas",
        },
    ),
    # Two header rows, the dimensions under one merged head.
    "indeks": Foreign(
        (f"HASIL PENGUKURAN DESA {PLACE} TAHUN 2025",),
        (
            ("Desa", "Aspek", "", "", "", "", "", "Angka Indeks Gabungan", "Predikat Akhir Status"),
            (
                "",
                "Pelayanan Dasar Warga",
                "Sosial Warga",
                "Ekonomi Warga",
                "Lingkungan Hidup",
                "Keterjangkauan Akses",
                "Tata Pemerintahan",
                "",
                "",
            ),
        ),
        (
            ("Bumi Jaya", 150, 80, 120, 80, 45, 70, 85.8, "MANDIRI"),
            ("Tampang", 140, 70, 110, 70, 40, 60, 77.2, "MAJU"),
        ),
        "indeks_desa_tabel",
        {
            "Aspek / Pelayanan Dasar Warga": "layanan_dasar",
            "Aspek / Sosial Warga": "sosial",
            "Aspek / Ekonomi Warga": "ekonomi",
            "Aspek / Lingkungan Hidup": "lingkungan",
            "Aspek / Keterjangkauan Akses": "aksesibilitas",
            "Aspek / Tata Pemerintahan": "tata_kelola",
            "Angka Indeks Gabungan": "skor",
            "Predikat Akhir Status": "status",
        },
        ("A3:A4", "B3:G3", "H3:H4", "I3:I4"),
    ),
}
