"""What an officer might type into each input workbook, by sheet and header, and its clean rows.

The figures are invented, and agree with each other where rules compare them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

PROGRAM = "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"
BUDGET = [
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", 900_000_000, 810_000_000.5),
    (
        "7.01.01.2.01",
        "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah",
        900_000_000,
        810_000_000.5,
    ),
    ("7.01.01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah", 900_000_000, 810_000_000.5),
]
UNSUR = [
    "U1 Persyaratan *",
    "U2 Prosedur *",
    "U3 Waktu Penyelesaian *",
    "U4 Biaya/Tarif *",
    "U5 Produk Layanan *",
    "U6 Kompetensi Pelaksana *",
    "U7 Perilaku Pelaksana *",
    "U8 Penanganan Pengaduan *",
    "U9 Sarana dan Prasarana *",
]

# Source -> sheet -> rows by header.
FILLED: Mapping[str, Mapping[str, list[dict[str, Any]]]] = {
    "perjanjian_kinerja": {
        "Target": [
            {
                "No": "1",
                "Sasaran Strategis": "Meningkatnya kualitas pelayanan",
                "Satuan": "Nilai",
                "Indikator Kinerja *": "Indeks Kepuasan Masyarakat",
                "Target *": "86,5",
            },
            {
                "No": "2",
                "Sasaran Strategis": "Meningkatnya kemandirian desa",
                "Satuan": "Persen",
                "Indikator Kinerja *": "Persentase Desa Mandiri",
                "Target *": "80%",
            },
        ],
        "Program Pendukung": [
            {
                "Kode Program *": "7.01.01",
                "Nama Program": BUDGET[0][1],
                "Indikator Kinerja *": "Indeks Kepuasan Masyarakat",
                "Porsi (%)": 40,
            },
        ],
        "Anggaran": [
            {"Kode Program *": "7.01.01", "Program *": BUDGET[0][1], "Anggaran (Rp) *": 900_000_000}
        ],
    },
    "renstra": {
        "Target Renstra": [
            {
                "Sasaran": "Meningkatnya kualitas pelayanan",
                "Indikator Kinerja *": "Indeks Kepuasan Masyarakat",
                "Satuan": "Nilai",
                "Realisasi 2024": "84,11",
                "Target 2025 *": "86,5",
                "Target 2026 *": "87",
                "Target 2027 *": "88",
                "Target 2028 *": "89",
                "Target 2029 *": "90,25",
            },
        ],
    },
    "realisasi_manual": {
        "Realisasi Indikator": [
            {
                "Indikator Kinerja *": "Nilai Kinerja Ruang Publik",
                "Tahun *": 2025,
                "Realisasi *": "72,5",
                "Bukti": "LHE 2025 hal. 3",
            },
        ],
    },
    "dpa": {
        "Pagu": [
            {"Kode Program/Kegiatan/Sub Kegiatan *": k, "Uraian *": n, "Pagu Anggaran (Rp) *": p}
            for k, n, p, _ in BUDGET
        ],
    },
    "realisasi": {
        "Rekening": [
            {
                "Kode Rekening *": k,
                "Nama Rekening *": n,
                "Anggaran (Rp) *": 900_000_000,
                "Realisasi (Rp) *": 810_000_000.5,
            }
            for k, n in (
                ("5", "Belanja Daerah"),
                ("5.1", "Belanja Operasi"),
                ("5.1.02", "Belanja Barang dan Jasa"),
            )
        ],
        "Program": [
            {"Kode *": k, "Program/Kegiatan/Sub Kegiatan *": n, "Anggaran (Rp) *": p, "Realisasi (Rp) *": r}
            for k, n, p, r in BUDGET
        ],
    },
    "kinerja_program": {
        "Keluaran": [
            {
                "Kode *": BUDGET[2][0],
                "Program/Kegiatan/Sub Kegiatan *": BUDGET[2][1],
                "Satuan": "Dokumen",
                "Indikator Keluaran": "Jumlah dokumen perencanaan",
                "Target Kinerja *": "4 Dokumen",
                "Realisasi Kinerja *": "3 Dokumen",
            },
        ],
    },
    "layanan": {
        "Volume Layanan": [
            {
                "Jenis Layanan *": "Rekomendasi Dispensasi Nikah",
                "Jumlah Layanan *": 120,
                "Seksi": "Seksi Pelayanan",
            },
            {"Jenis Layanan *": "Surat Pengantar", "Jumlah Layanan *": 0, "Seksi": "Seksi Pelayanan"},
        ],
    },
    "bumdes": {
        "BUM Desa": [
            {
                "Nama Desa *": "Bumi Jaya",
                "Nama BUM Desa *": "Maju Bersama",
                "Total Nilai *": 72.25,
                "Kelas": "BERKEMBANG",
                "Status Aktif": "Aktif",
            },
        ],
    },
    "hibah": {
        "Hibah": [
            {
                "Nama Penerima Hibah *": "Lembaga Adat",
                "Jumlah Hibah (Rp) *": 25_000_000,
                "Realisasi Hibah (Rp)": 20_000_000,
            },
        ],
    },
    "lhe": {
        "Tindak Lanjut LHE": [
            {
                "No": "1",
                "Komponen": "Perencanaan Kinerja",
                "Rekomendasi *": "Selaraskan cascading",
                "Rencana Aksi *": "Menyusun ulang pohon kinerja",
                "Target": "1 dokumen",
                "Jadwal": "Triwulan II",
                "Penanggung Jawab": "Sekretaris Kecamatan",
                "Status": "selesai",
                "Bukti": "SK Camat",
            },
        ],
    },
    "pembanding": {
        "Pembanding": [
            {
                "Kecamatan Pembanding *": "Takisung",
                "Indikator Kinerja *": "Indeks Kepuasan Masyarakat",
                "Satuan": "Nilai",
                "Tahun *": 2024,
                "Target": "85",
                "Realisasi *": "88,4",
                "Mutu": "A",
                "Sumber": "LKj Takisung 2024",
            },
        ],
    },
    "indeks_desa": {
        "Indeks Desa": [
            {
                "Kode Desa": "6301032006",
                "Layanan Dasar *": 150,
                "Sosial *": 80,
                "Ekonomi *": 120.5,
                "Lingkungan *": 80,
                "Aksesibilitas *": 45,
                "Tata Kelola *": 70,
                "Skor Indeks Desa *": 85.905512,
                "Status Desa *": "MANDIRI",
            },
        ],
    },
    "skm": {
        "Jawaban": [
            {
                "Jenis Layanan": "Surat Pengantar",
                "Jenis Kelamin": "Perempuan",
                "Usia": "31",
                "Pendidikan": "S1",
                "Pekerjaan": "Swasta",
                **{u: 3 + (i + n) % 2 for i, u in enumerate(UNSUR)},
            }
            for n in range(6)
        ],
    },
    "wilayah": {"Wilayah": []},
}

# Source -> clean table -> its rows, as far as they say what was typed.
CLEAN: Mapping[str, Mapping[str, list[dict[str, str]]]] = {
    "perjanjian_kinerja": {
        "clean_target": [
            {
                "kode_indikator": "ikm",
                "target": "86.5",
                "target_teks": "86,5",
                "dokumen": "PK",
                "nomor_dokumen": "1",
            },
            {
                "kode_indikator": "persen_desa_mandiri",
                "target": "80",
                "target_teks": "80%",
                "dokumen": "PK",
                "nomor_dokumen": "2",
            },
        ],
        "clean_pautan_program": [{"kode": "7.01.01", "kode_indikator": "ikm", "porsi": "40"}],
        "clean_pk_anggaran": [{"kode": "7.01.01", "pagu": "900000000.00"}],
    },
    "renstra": {
        "clean_target": [
            {"periode": y, "target": t, "dokumen": "RENSTRA", "kode_indikator": "ikm"}
            for y, t in (("2025", "86.5"), ("2026", "87"), ("2027", "88"), ("2028", "89"), ("2029", "90.25"))
        ],
        "clean_realisasi_manual": [{"periode": "2024", "kode_indikator": "ikm", "realisasi": "84.11"}],
    },
    "realisasi_manual": {
        "clean_realisasi_manual": [{"periode": "2025", "realisasi": "72.5", "bukti": "LHE 2025 hal. 3"}]
    },
    "dpa": {"clean_dpa": [{"kode": k, "pagu": "900000000.00", "tahap": "murni"} for k, *_ in BUDGET]},
    "realisasi": {
        "clean_realisasi_rekening": [
            {"kode": k, "pagu": "900000000.00", "realisasi": "810000000.50"} for k in ("5", "5.1", "5.1.02")
        ],
        "clean_realisasi_program": [
            {"kode": k, "pagu": "900000000.00", "realisasi": "810000000.50"} for k, *_ in BUDGET
        ],
    },
    "kinerja_program": {"clean_kinerja_program": [{"kode": BUDGET[2][0], "target": "4", "realisasi": "3"}]},
    "layanan": {
        "clean_layanan": [
            {"layanan": "Rekomendasi Dispensasi Nikah", "jumlah": "120"},
            {"layanan": "Surat Pengantar", "jumlah": "0"},
        ]
    },
    "bumdes": {
        "clean_bumdes": [
            {
                "kode_desa": "6301032006",
                "nama": "Maju Bersama",
                "nilai": "72.25",
                "kelas_tercetak": "BERKEMBANG",
                "aktif": "True",
            }
        ]
    },
    "hibah": {
        "clean_hibah": [{"penerima": "Lembaga Adat", "pagu": "25000000.00", "realisasi": "20000000.00"}]
    },
    "lhe": {
        "clean_lhe": [
            {
                "nomor": "1",
                "status": "selesai",
                "penanggung_jawab": "Sekretaris Kecamatan",
                "bukti": "SK Camat",
            }
        ]
    },
    "pembanding": {
        "clean_pembanding": [
            {"nama": "Takisung", "tahun": "2024", "nilai": "88.4", "mutu": "A", "kode_indikator": "ikm"}
        ]
    },
    "indeks_desa": {
        "clean_indeks_desa": [
            {"kode_desa": "6301032006", "layanan_dasar": "150", "ekonomi": "120.5", "status": "MANDIRI"}
        ]
    },
    "skm": {"clean_skm_jawaban": [{f"u{i + 1}": str(3 + (i + n) % 2) for i in range(9)} for n in range(6)]},
    "wilayah": {
        "clean_wilayah": [{"kode_desa": "6301032006", "nama": "Bumi Jaya", "kecamatan": "Pelaihari"}]
    },
}


def fill(
    path: Path, sheets: Mapping[str, Iterable[Mapping[str, Any]]], *, named_by: str | None = None
) -> None:
    """Type rows into a workbook: below the header, or beside the name that is given there."""
    book = load_workbook(path)
    for name, rows in sheets.items():
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        at = headers(sheet)
        free = first_free(sheet, at)
        for i, row in enumerate(rows):
            target = _row_of(sheet, at[named_by], row[named_by]) if named_by else free + i
            for header, value in row.items():
                sheet.cell(target, at[header]).value = value
    book.save(path)


def headers(sheet: Worksheet) -> dict[str, int]:
    """Column of each printed header."""
    return {str(c.value): c.column for c in sheet[5] if c.value}


def first_free(sheet: Worksheet, at: Mapping[str, int]) -> int:
    """The first row below the header where nothing stands, not even a total."""
    return next(r for r in range(6, 10_000) if not any(sheet.cell(r, c).value for c in at.values()))


def _row_of(sheet: Worksheet, column: int, name: str) -> int:
    return next(r for r in range(6, sheet.max_row + 1) if sheet.cell(r, column).value == name)
