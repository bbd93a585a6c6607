"""Small files as an office sends them, written where a test wants them."""

from __future__ import annotations

from pathlib import Path

JUDUL = "PENYALURAN HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025"
PENERIMA = ("KARANG TARUNA HARAPAN MASA", "ZAPIN PASIRAMAN", "REMAJA MASJID AL HIJRIYAH")


def hibah(
    path: Path, penerima: tuple[str, ...] = PENERIMA, judul: str = JUDUL, jumlah: str = "68.000.000"
) -> Path:
    """A list of grants as csv."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [judul, "", "Nama Penerima Hibah;Jumlah", *(f"{p};Rp {jumlah}" for p in penerima)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def manual(path: Path, rows: dict[int, str]) -> Path:
    """Hand-filled results, one row a year."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["REALISASI IKU KECAMATAN PELAIHARI KABUPATEN TANAH LAUT", "Indikator;Tahun;Realisasi;Bukti"]
    lines += [f"Indeks Kepuasan Masyarakat;{year};{value};Laporan" for year, value in rows.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def skm(path: Path, layanan: dict[str, int]) -> Path:
    """Answers of a quarter: so many respondents of each service."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["SKM KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TRIWULAN I TAHUN 2025"]
    lines += ["No;Jenis Layanan;" + ";".join(f"U{n}" for n in range(1, 10))]
    lines += [f"{i};{name};" + ";".join("4" * 9) for name, n in layanan.items() for i in range(1, n + 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
