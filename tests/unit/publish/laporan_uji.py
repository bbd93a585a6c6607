"""A small run as the reports see it: two units, four files, findings of every state, none of it real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from assets.publish.validation import facts
from assets.publish.validation.facts import Facts, Settlements
from quality.rule import RuleBook
from warehouse import contracts

NOW, BEFORE = dt.datetime(2026, 1, 31, 8, 0), dt.datetime(2025, 10, 31, 8, 0)
BOOK = RuleBook.load()
NAMES = {"630103": "Kecamatan Pelaihari", "630609": "Kecamatan Kalumpang"}
FILES = {
    "a" * 64: "LRA 630103.xlsx",
    "b" * 64: "SKM 630103.csv",
    "c" * 64: "LRA 630609.xlsx",
    "d" * 64: "Lama.xlsx",
}
WAIVER = {
    "id": "P-1", "aturan": "jumlah_program", "di": {"kode_unit": "630609"},
    "alasan": "Dibulatkan pada dokumen", "pemilik": "Sekretaris Kecamatan",
    "berlaku_sampai": dt.date(2026, 12, 31),
}  # fmt: skip
CORRECTION = {
    "id": "K-1", "tabel": "skm_ringkasan", "di": {"unsur": "Biaya"}, "kolom": "nilai@TW1",
    "tercetak": "4.980", "pakai": "3.980", "alasan": "NRR berskala 1 sampai 4",
    "oleh": "Kepala Subbagian Perencanaan",
}  # fmt: skip
HELD = "capaian_iku|kode_unit=630609;periode=2025;kode_indikator=ikm"
FREE = "capaian_iku|kode_unit=630103;periode=2025;kode_indikator=ikm"


def finding(n: int, **said: Any) -> dict[str, Any]:
    """One row of ``temuan``."""
    return {
        "temuan_id": f"{n:016x}",
        "aturan": "jumlah_program",
        "akibat": "ingat",
        "kode_unit": "630103",
        "periode": "2025",
        "berkas": FILES["a" * 64],
        "berkas_id": "a" * 64,
        "lembar": "LRA",
        "sel": f"D{n}",
        "jumlah": 1,
        "pesan": f"Kalimat nomor {n}.",
        "cara_perbaiki": "Perbaiki baris itu.",
        "dasar_hukum": "Permendagri 77/2020",
        "pesan_en": f"Sentence number {n}.",
        "cara_perbaiki_en": "Mend that row.",
    } | said


def findings() -> list[dict[str, Any]]:
    """Every state and consequence, hostile text, one cause that two rules see."""
    unit = {"kode_unit": "630609", "berkas": FILES["c" * 64], "berkas_id": "c" * 64}
    return [
        finding(1, akibat="tahan", tertulis="9.331.555,88", seharusnya="9.311.555,88", selisih="20.000",
                dugaan="satu angka tertukar", dugaan_en="one digit differs", sel_dicurigai="C9",
                sel_terkait="D10, D11", angka_terkait=f"{HELD}; {FREE}", **unit),
        finding(2, kelompok_sebab="lra:630103:2025:15.900.000", selisih="15.900.000"),
        finding(3, aturan="program_sama_lra", kelompok_sebab="lra:630103:2025:15.900.000",
                selisih="-15.900.000"),
        finding(4, akibat="tolak", aturan="kode_tidak_dikenal", periode="2025-TW1", tertulis="=1+1",
                pesan="Isi <img src=x onerror=alert(1)> & </script><b>tebal</b>", pesan_en=None),
        finding(5, pengecualian_id="P-1", **unit),
        finding(6, aturan="koreksi_dipakai", koreksi_id="K-1", tertulis="4.980", seharusnya="3.980",
                jumlah=7),
        finding(7, kode_unit=None, periode=None, berkas=None, berkas_id=None, lembar=None, sel=None),
    ]  # fmt: skip


def tables(rows: Sequence[dict[str, Any]] | None = None) -> dict[str, pa.Table]:
    """The published tables of the run."""
    told = list(findings() if rows is None else rows)
    said: dict[str, list[dict[str, Any]]] = {
        "temuan": told,
        "jalan": [
            {"jalan_id": f"{day:%Y%m%d}", "mulai": day, "selesai": day, "versi_program": "1"}
            for day in (BEFORE, NOW)
        ],
        "berkas": [
            {"berkas_id": b, "nama": n, "sumber": "realisasi", "kode_unit": n[4:10] if n[4] == "6" else None,
             "periode": "2025", "ukuran": 2048, "diterima_pada": BEFORE,
             "status": "digantikan" if n == "Lama.xlsx" else "dipakai",
             **({"alasan": "dicetak ulang BPKAD", "digantikan_oleh": "a" * 64} if n == "Lama.xlsx" else {})}
            for b, n in FILES.items()
        ],
        "neraca_baris": [
            {"berkas_id": b, "lembar": "LRA", "dibaca": 10, "diterima": 7, "ditolak": 1, "tata_letak": 2,
             "tidak_dikenal": 0}
            for b in FILES
        ],
        "riwayat_temuan": [
            *({"temuan_id": r["temuan_id"], "aturan": r["aturan"],
               "muncul_pada": NOW if r["temuan_id"].endswith("3") else BEFORE} for r in told),
            {"temuan_id": "x", "aturan": "jumlah_pk", "kode_unit": "630103", "periode": "2025",
             "pesan": "Sudah beres.", "muncul_pada": BEFORE, "hilang_pada": NOW},
        ],
        "cakupan_aturan": [
            {"aturan": "jumlah_program", "tabel": "clean_realisasi_program", "dinilai": 40, "pelanggar": 3},
            {"aturan": "jumlah_pk", "tabel": "clean_pk_anggaran", "dinilai": 12, "pelanggar": 0},
            {"aturan": "hibah_sama_rekening", "tabel": "clean_hibah", "dinilai": 0, "pelanggar": 0},
        ],
        "capaian_iku": [
            {"kode_unit": u, "periode": "2025", "kode_indikator": "ikm", "status_terbit": s, "alasan": why,
             "capaian_persen": n, "versi_aturan": "abc"}
            for u, s, why, n in (("630103", "terbit", None, "120"),
                                 ("630609", "ditahan", "jumlah_program: Kalimat 1.", None))
        ],
        "serapan_program": [
            {"kode_unit": "630103", "periode": "2025-TW1", "kode": "7.01.01", "status_terbit": "terbit",
             "alasan": "sisa ditahan: jumlah_program: Kalimat nomor 2."},
        ],
        "jejak": [
            {"tabel": "capaian_iku", "kunci": named.partition("|")[2], "kolom": "capaian_persen", "urut": 1,
             "rumus": "capaian_naik", "peran": "realisasi", "nilai": "96", "jenis": "sel",
             "berkas_id": b * 64, "lembar": "LRA", "sel": "D2"}
            for named, b in ((FREE, "a"), (HELD, "c"))
        ],
    }  # fmt: skip
    known = (*contracts.names("mart"), *facts.SYSTEM)
    return {name: contracts.build(name, said.get(name, [])) for name in known}


def told(rows: Sequence[dict[str, Any]] | None = None, **more: Any) -> Facts:
    """What the reports tell of it."""
    settled = Settlements([CORRECTION], [WAIVER])
    return facts.gather(tables(rows), BOOK, settled, NAMES, **more)
