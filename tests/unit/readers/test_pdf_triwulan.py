"""Form E.81 of Permendagri 86/2017 in full, as a PDF: which of its 26 columns is which field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pdf_uji import Cell, Page, document, table

from assets.readers import reading, vocabulary
from assets.readers.opening import open_book

PAIRS = [
    "Target Renstra Perangkat Daerah pada Tahun 2026 (Akhir Periode Renstra)",
    "Realisasi Capaian Kinerja Renstra Perangkat Daerah sampai dengan Renja Tahun Lalu (2024)",
    "Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun Berjalan (2025) yang Dievaluasi",
    "I",
    "II",
    "III",
    "IV",
    "Realisasi Capaian Kinerja dan Anggaran Renja Perangkat Daerah yang Dievaluasi",
    "Realisasi Kinerja dan Anggaran Renstra Perangkat Daerah s/d Tahun 2025",
    "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra Perangkat Daerah s/d Tahun 2025 (%)",
]
SINGLE = ["No", "Sasaran", "Kode", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan",
          "Indikator Kinerja Program (outcome)/Kegiatan (output)"]  # fmt: skip
QUARTERS = "Realisasi Kinerja Pada Triwulan"
LAST = "Unit Perangkat Daerah Penanggung Jawab"
Rows = list[list[str | Cell | None]]


def header(*, numbers: bool) -> Rows:
    """Three rows, and the column numbers below (as the form has them) or between group and K, Rp."""
    tall = 4 if numbers else 3
    top: list[str | Cell | None] = [Cell(t, rows=tall) for t in SINGLE]
    middle: list[str | Cell | None] = [None] * 5
    for n, said in enumerate(PAIRS):
        if said in ("I", "II", "III", "IV"):
            top += [Cell(QUARTERS, columns=8), None] if said == "I" else [None, None]
            middle += [Cell(said, columns=2), None]
        else:
            top += [Cell(said, columns=2, rows=2), None]
            middle += [None, None]
        del n
    top.append(Cell(LAST, rows=tall))
    middle.append(None)
    between: list[str | Cell | None] = [None] * 5
    for n in range(len(PAIRS)):
        between += [Cell(str(6 + n), columns=2), None]
    below: list[str | Cell | None] = [None] * 5 + ["K", "Rp"] * len(PAIRS) + [None]
    return [top, middle, [*between, None], below] if numbers else [top, middle, below]


def body() -> Rows:
    money = [["100", "900.000.000"], ["60", "500.000.000"], ["20", "150.000.000"], ["2", "10.000.000"],
             ["3", "20.000.000"], ["5", "-"], ["10", "120.000.000"], ["20", "150.000.000"],
             ["80", "650.000.000"], ["80,00", "72,22"]]  # fmt: skip
    flat = [cell for pair in money for cell in pair]
    names = ["PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK",
             "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan"]  # fmt: skip
    codes = ["7.01.02", "7.01.02.2.01"]
    return [
        [str(n + 1), "Meningkatnya pelayanan", codes[n], name, "Jumlah laporan", *flat, "Kec. Pelaihari"]
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize("numbers", [True, False])
def test_the_whole_form_is_read(tmp_path: Path, numbers: bool) -> None:
    page = Page(width=2400, height=842)
    page.text(60, 30, "EVALUASI HASIL RENJA KECAMATAN PELAIHARI KABUPATEN TANAH LAUT").text(
        60, 44, "TAHUN 2025"
    )
    table(page, [*header(numbers=numbers), *body()], [30, 100, 70, 160, 120, *[60, 110] * 10, 90], top=70)
    found, tables = reading.read(open_book(document(tmp_path / "a.pdf", page)), "a" * 64, vocabulary.load())
    assert [t.tabel for t in found.tables] == ["kinerja_program_triwulanan"]
    (first, second) = [row for arrow in tables for row in arrow.to_pylist()]
    fields: dict[str, Any] = {k: v for k, v in second.items() if v and k not in ("jenis_sel", "format_sel")}
    assert first["uraian"].startswith("PROGRAM") and fields.pop("baris") == first["baris"] + 1
    assert fields == {
        "jenis_baris": "data",
        "kode": "7.01.02.2.01",
        "uraian": "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan",
        "indikator": "Jumlah laporan",
        "target_kinerja": "20",
        "pagu": "150.000.000",
        "realisasi_kinerja@TW1": "2",
        "realisasi_kinerja@TW2": "3",
        "realisasi_kinerja@TW3": "5",
        "realisasi_kinerja@TW4": "10",
        "realisasi@TW1": "10.000.000",
        "realisasi@TW2": "20.000.000",
        "realisasi@TW3": "-",
        "realisasi@TW4": "120.000.000",
        "total_kinerja": "20",
        "total": "150.000.000",
        "perangkat_daerah": "Kec. Pelaihari",
    }
    assert [f.aturan for f in found.findings] == []
