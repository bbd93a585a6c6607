"""Ruled pages for the bench: a budget realisation table, forty rows a page, as an office prints one."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers import pdf_uji

_WIDTHS = (90.0, 220.0, 90.0, 90.0, 45.0)
_HEAD = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"]
_ROWS = 40


def ruled_pages(path: Path, count: int) -> Path:
    """A document of so many pages, each with the header again."""
    pages = []
    for number in range(count):
        page = pdf_uji.Page(842, 595)
        page.text(40, 40, "LAPORAN REALISASI ANGGARAN KECAMATAN PELAIHARI TAHUN 2025")
        pdf_uji.table(page, [_HEAD, *(_row(number * _ROWS + r) for r in range(_ROWS))], _WIDTHS)
        pages.append(page)
    return pdf_uji.document(path, *pages)


def _row(n: int) -> list[str]:
    pagu = 1_000_000 + 7_919 * n
    used = pagu * (50 + n % 50) // 100
    said = [f"{x:,}".replace(",", ".") for x in (pagu, used)]
    return [f"5.1.02.01.01.{n:04d}", f"Belanja Bahan Nomor {n}", *said, f"{50 + n % 50},00"]
