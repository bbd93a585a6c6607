"""A small report that holds one of everything, for tests of its writers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assets.publish.bab_iii.blocks import (
    Alamat,
    Angka,
    DaftarTabel,
    Dokumen,
    Grafik,
    Isian,
    Judul,
    Keadaan,
    Kolom,
    Paragraf,
    Satuan,
    Sel,
    Tabel,
)
from warehouse.values.numbers import tampil

REASON = "Target kosong pada lembar PK <asli> & tidak ditaksir"


def of(
    nilai: str | None,
    kolom: str,
    kode: str = "1",
    satuan: Satuan = "rupiah",
    desimal: int = 2,
    keadaan: Keadaan = "terbit",
) -> Angka:
    """A figure of ``serapan_program``."""
    key = (("kode_unit", "630103"), ("periode", "2025"), ("kode", kode))
    exact = None if nilai is None else Decimal(nilai)
    text = {"ditahan": "ditahan", "kosong": "-"}.get(keadaan) or tampil(exact, desimal)
    text += "%" if satuan == "persen" and exact is not None else ""
    reason = REASON if keadaan in ("ditahan", "basi") else None
    return Angka(text, exact, Alamat("serapan_program", key, kolom), satuan, desimal, keadaan, reason)


def row(kode: str, uraian: str, pagu: str, realisasi: str | None, persen: str | None) -> tuple[Sel, ...]:
    """A programme with its absorption."""
    held: Keadaan = "terbit" if realisasi is not None else "ditahan"
    return (
        Sel((kode,)),
        Sel((uraian,)),
        Sel((of(pagu, "pagu", kode),)),
        Sel((of(realisasi, "realisasi", kode, keadaan=held),)),
        Sel((of(persen, "serapan_persen", kode, "persen", keadaan=held),), rumus="{realisasi}/{pagu}*100"),
    )


COLUMNS = (
    Kolom("kode", 10),
    Kolom("uraian", 30),
    Kolom("pagu", 20, "kanan"),
    Kolom("realisasi", 20, "kanan"),
    Kolom("persen", 10, "kanan"),
)
HEAD = (
    (
        Sel(("Kode",), baris=2),
        Sel(("Program",), baris=2),
        Sel(("Anggaran (Rp)",), kolom=2),
        Sel(("%",), baris=2),
    ),
    (Sel(("Pagu",)), Sel(("Realisasi",))),
)
ROWS = (
    row("1", "=cmd|' /C calc'!A0", "3000.00", "1000.00", "33.333333333333"),
    row("2", "Penunjang <b>Urusan</b> & lainnya", "12296340286.46", "11200768358.00", "91.090260167357"),
)
TOTAL = (
    Sel(("JUMLAH",), kolom=2),
    Sel((of("12296343286.46", "pagu", "TOTAL"),), rumus="SUM({pagu:atas})"),
    Sel((of("11200769358.00", "realisasi", "TOTAL"),), rumus="SUM({realisasi:atas})"),
    Sel((of("91.090246076113", "serapan_persen", "TOTAL", "persen"),), rumus="{realisasi}/{pagu}*100"),
)
ABSORPTION = Tabel(
    "serapan_program", "3.1", "Serapan Anggaran menurut Program", COLUMNS, HEAD, (*ROWS, TOTAL), 1,
    (("Ditahan: tidak ada",),), "LRA 2025",
)  # fmt: skip
HELD = replace(
    ABSORPTION,
    kunci="serapan_ditahan",
    nomor="3.2",
    baris=(ROWS[0], row("3", "Pemberdayaan", "500.00", None, None), TOTAL),
    mendatar=True,
)
# One value spans two rows, beside an old one and a figure inside words.
SPANNED = Tabel(
    "ikm", "3.3", "IKM: per [unsur] / triwulan yang namanya panjang sekali",
    (Kolom("sasaran", 20), Kolom("nilai", 10, "kanan"), Kolom("kata", 30)),
    ((Sel(("Sasaran",)), Sel(("Nilai",)), Sel(("Kata",))),),
    (
        (Sel(("Pelayanan",), baris=2), Sel((of("95.537037037037", "ikm", satuan="nilai", keadaan="basi"),)),
         Sel(("naik ", of("0.05", "perubahan", satuan="nilai"), " poin"))),
        (Sel((of("-0.05", "perubahan", satuan="nilai"),)),
         Sel((of("12", "pembilang", satuan="bilangan", desimal=0), " dari ",
              of("15", "penyebut", satuan="bilangan", desimal=0)))),
    ),
)  # fmt: skip
CHART = Grafik(
    "serapan", "3.1", "Serapan menurut program",
    {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": 300, "height": 120, "mark": "bar",
     "data": {"values": [{"a": "Program 1", "b": 33.3}]},
     "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}}},
    "Serapan program 1 adalah 33,33 persen.",
)  # fmt: skip
REPORT = Dokumen(
    "LAPORAN KINERJA",
    "Kecamatan Contoh & Sekitar, Kabupaten Tanah Laut, Tahun 2025",
    "630103",
    "2025",
    (
        Judul(1, "BAB III AKUNTABILITAS KINERJA"),
        DaftarTabel(),
        Judul(2, "Realisasi <Anggaran>"),
        Paragraf(("Serapan tahun ini ", of("91.090246076113", "serapan_persen", "TOTAL", "persen"), ".")),
        Paragraf(("Butir pertama",), butir=True),
        Paragraf(("Butir kedua",), butir=True),
        ABSORPTION,
        CHART,
        HELD,
        Isian("penyebab", "Tulis sebab <serapan> rendah."),
        Judul(3, "Kepuasan"),
        SPANNED,
    ),
    {
        "jalan_id": "j1",
        "versi_aturan": "v1",
        "diterbitkan_pada": "2026-01-02 03:04:05",
        "nama_unit": "Contoh",
    },
)
