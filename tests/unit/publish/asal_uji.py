"""A publication of two figures and what they rest on, none real: every kind of operand, hostile text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb

from warehouse import contracts

UNIT = "kode_unit=630103;periode=2025;kode_indikator=persen_desa_mandiri"
ACHIEVED = ("capaian_iku", UNIT, "capaian_persen")
FILE, OTHER = "a" * 64, "b" * 64
HOSTILE = "Isi <img src=x onerror=alert(1)> & </script><b>tebal</b>"


def connection() -> duckdb.DuckDBPyConnection:
    """The publication, as a page's maker asks it."""
    con = duckdb.connect()
    for name, table in tables().items():
        con.register(name, table)
    return con


def tables() -> dict[str, Any]:
    """Its tables; those without rows too."""
    said: dict[str, list[dict[str, Any]]] = {
        "jalan": [{"jalan_id": "1", "mulai": _NOW, "selesai": _NOW, "versi_program": "1"}],
        "berkas": [
            {"berkas_id": FILE, "nama": "Status Desa.xlsx", "status": "dipakai"},
            {"berkas_id": OTHER, "nama": HOSTILE, "status": "dipakai"},
        ],
        "temuan": [
            _finding("t1", "ingat", "D6", angka_terkait=f"realisasi_iku|{UNIT}"),
            _finding("t2", "tolak", "C3:E3", pesan=HOSTILE),
            _finding("t3", "ingat", "E6", aturan="koreksi_dipakai", koreksi_id="K-1", berkas_id=OTHER),
        ],
        "capaian_iku": [
            {**_KEY, "capaian_persen": "120", "realisasi": "80", "target": "66.666667", "target_hitung":
             "66.666666666667", "status_terbit": "terbit", "versi_aturan": "abc",
             "indikator": "Persentase Desa Mandiri"},
            {**_KEY, "kode_indikator": "ikm", "status_terbit": "ditahan", "alasan": f"lihat {FILE[:12]}"},
        ],
        "realisasi_iku": [
            {**_KEY, "realisasi": "80", "pembilang": "12", "penyebut": "15", "status_terbit": "terbit",
             "versi_aturan": "abc"},
        ],
        "jejak": [
            _step(ACHIEVED, 1, "capaian_naik", "realisasi", "80", "angka",
                  ("capaian_iku", UNIT, "realisasi")),
            _step(ACHIEVED, 2, "capaian_naik", "target", "66.666667", "angka",
                  ("capaian_iku", UNIT, "target")),
            # A copy of a figure elsewhere; the same figure twice.
            _step(("capaian_iku", UNIT, "realisasi"), 1, "salin", "realisasi", "80", "angka",
                  ("realisasi_iku", UNIT, "realisasi")),
            _step(("capaian_iku", UNIT, "target"), 1, "target_berlaku", "target PK", "66.666667", "sel",
                  cell=(OTHER, "Lembar 1", "E6", "K-1")),
            _step(("realisasi_iku", UNIT, "realisasi"), 1, "persen_desa", "pembilang", "12", "sel",
                  cell=(FILE, "Status Desa", "D6", None)),
            _step(("realisasi_iku", UNIT, "realisasi"), 2, "persen_desa", "penyebut", "15", "tetapan"),
            _step(("realisasi_iku", UNIT, "realisasi"), 3, "persen_desa", "penyebut_desa", "desa", "pilihan",
                  (None, "penyebut_desa", None)),
            _step(("realisasi_iku", UNIT, "pembilang"), 1, "salin", "dari", "12", "sel",
                  cell=(FILE, "Status Desa", "D3", None)),
        ],
    }  # fmt: skip
    known = (*contracts.names("mart"), "jalan", "berkas", "temuan", "jejak")
    return {name: contracts.build(name, said.get(name, [])) for name in known}


_NOW = dt.datetime(2026, 1, 31, 8, 0)
_KEY = {"kode_unit": "630103", "periode": "2025", "kode_indikator": "persen_desa_mandiri"}


def _finding(name: str, akibat: str, sel: str, **more: Any) -> dict[str, Any]:
    return {
        "temuan_id": name, "aturan": "target_bukan_k_per_n", "akibat": akibat, "berkas_id": FILE,
        "berkas": "Status Desa.xlsx", "lembar": "Lembar 1" if more.get("berkas_id") else "Status Desa",
        "sel": sel, "jumlah": 1, "pesan": f"Kalimat {name}.", "pesan_en": f"Sentence {name}.",
        "cara_perbaiki": "Perbaiki.", "cara_perbaiki_en": "Mend it.",
    } | more  # fmt: skip


def _step(
    place: tuple[str, str, str],
    urut: int,
    rumus: str,
    peran: str,
    nilai: str,
    jenis: str,
    refers: tuple[str | None, str | None, str | None] = (None, None, None),
    cell: tuple[str | None, ...] = (None, None, None, None),
) -> dict[str, Any]:
    return {
        **dict(zip(("tabel", "kunci", "kolom"), place, strict=True)),
        "urut": urut, "rumus": rumus, "peran": peran, "nilai": nilai, "jenis": jenis,
        **dict(zip(("rujuk_tabel", "rujuk_kunci", "rujuk_kolom"), refers, strict=True)),
        **dict(zip(("berkas_id", "lembar", "sel", "koreksi_id"), cell, strict=True)),
    }  # fmt: skip
