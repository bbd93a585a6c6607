"""A small publication as the site sees it: units in every state, hostile names, none of it real."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from assets.publish import snapshot
from assets.publish.open_data import small_cells
from assets.publish.site import build, material
from assets.publish.site.material import Bahan, Pengetahuan
from assets.publish.validation import facts
from tests.unit.publish import laporan_uji as run
from warehouse import contracts
from warehouse.indicators import Catalogue

JAHAT = """<script>alert("x")</script> 'Desa' & co"""
UTUH, DITAHAN, BASI, SATU, KECIL, TETANGGA = "630103", "630609", "630105", "630107", "630108", "630101"
NAMES = {
    UTUH: "Kecamatan Pelaihari", DITAHAN: "Kalumpang", BASI: "Bati Bati", SATU: JAHAT, KECIL: "Tambang Ulang",
    TETANGGA: "Takisung", "6301": "Kabupaten Tanah Laut", "6306": "Kabupaten Hulu Sungai Selatan",
    "63": "Kalimantan Selatan",
}  # fmt: skip
JAWABAN = "sangat puas sekali"
OUT = {"status_terbit": "terbit"}


def _iku(unit: str, year: str, value: str | None, target: str = "90", **more: Any) -> dict[str, Any]:
    reached = None if value is None else Decimal(value) / Decimal(target) * 100
    return {
        "kode_unit": unit, "periode": year, "kode_indikator": "ikm",
        "indikator": "Indeks Kepuasan Masyarakat",
        "satuan": "nilai", "arah": "naik", "dokumen_target": "PK", "target": Decimal(target),
        "target_hitung": Decimal(target), "realisasi": value and Decimal(value), "capaian_persen": reached,
        "kategori": None if reached is None else "Sangat Tinggi", "tercapai": reached and reached >= 100,
        **OUT,
    } | more  # fmt: skip


def _tren(unit: str, year: int, value: str, **more: Any) -> dict[str, Any]:
    return {"kode_unit": unit, "kode_indikator": "ikm", "tahun": year, "realisasi": Decimal(value),
            "target": Decimal(90), "putus_seri": False, "asal": "dihitung", **OUT} | more  # fmt: skip


def _ikm(unit: str, period: str, value: str, n: int) -> dict[str, Any]:
    return {"kode_unit": unit, "periode": period, "metode": "langsung", "n_responden": n,
            "ikm": Decimal(value), "mutu": "A", "bobot_aturan": "1/9", **OUT}  # fmt: skip


def _desa(unit: str, number: int, name: str, **more: Any) -> dict[str, Any]:
    return {
        "kode_desa": f"{unit}20{number:02d}", "tahun": 2025, "metode": "INDEKS_DESA", "kode_unit": unit,
        "desa": name, "layanan_dasar": Decimal(100), "sosial": Decimal(80), "ekonomi": Decimal(90),
        "lingkungan": Decimal(50), "aksesibilitas": Decimal(45), "tata_kelola": Decimal(70),
        "skor": Decimal("68.5"), "status": "BERKEMBANG", "status_tercetak": "BERKEMBANG",
        "jarak_naik": Decimal("0.85"), "poin_naik": 6, **OUT,
    } | more  # fmt: skip


def _serapan(unit: str, code: str, parent: str | None, level: str, name: str) -> dict[str, Any]:
    return {"kode_unit": unit, "periode": "2025", "kode": code, "kode_induk": parent, "uraian": name,
            "tingkat": level, "pagu": Decimal(1000), "realisasi": Decimal(900), "sisa": Decimal(100),
            "serapan_persen": Decimal(90), **OUT}  # fmt: skip


def _banding(code: str, name: str, value: str | None, rank: int | None, **more: Any) -> dict[str, Any]:
    return {"kode_indikator": "ikm", "tahun": 2025, "lingkup": "kab:6301", "kode_pembanding": code,
            "nama": name, "nilai": value and Decimal(value), "peringkat": rank,
            "dari": 3 if rank else None, "metode": "SKM", "dapat_dibandingkan": bool(rank),
            **OUT} | more  # fmt: skip


def said() -> dict[str, list[dict[str, Any]]]:
    """Rows of the figure tables."""
    why = "jumlah_program: Kalimat 1."
    desa = [_desa(UTUH, 1, "BUMI JAYA"),
            _desa(UTUH, 2, JAHAT, skor=Decimal("69"), jarak_naik=Decimal("0.35")),
            _desa(UTUH, 3, "TELAGA", skor=Decimal("85"), status="MANDIRI", status_tercetak="MAJU",
                  jarak_naik=None, poin_naik=None),
            _desa(UTUH, 1, "BUMI JAYA", tahun=2024, metode="IDM", skor=Decimal("0.7"), iks=Decimal("0.8"),
                  ike=Decimal("0.6"), ikl=Decimal("0.7"), jarak_naik=Decimal("0.0072"), poin_naik=None),
            _desa(TETANGGA, 1, "GUNUNG MAKMUR")]  # fmt: skip
    return {
        "capaian_iku": [
            _iku(UTUH, "2024", "91"), _iku(UTUH, "2025", "89", peka="skm_bobot=1/9: 90,10 -> tercapai"),
            _iku(DITAHAN, "2025", None, status_terbit="ditahan", alasan=why, capaian_persen=None),
            _iku(BASI, "2025", "88", status_terbit="basi", alasan=why), _iku(SATU, "2025", "95"),
            _iku(KECIL, "2025", "90"),
        ],
        "capaian_ringkasan": [
            {"kode_unit": u, "periode": "2025", "rata_capaian": Decimal(98), "n": 1,
             "rata_efisiensi_e": Decimal("5"), "kategori": "Sangat Tinggi", **OUT}
            for u in (UTUH, SATU, KECIL)
        ],
        "tren_iku": [_tren(UTUH, 2022, "80"), _tren(UTUH, 2024, "91"),
                     _tren(UTUH, 2025, "89", putus_seri=True), _tren(SATU, 2025, "95"),
                     *(_tren(KECIL, year, "90") for year in (2025, 2026, 2027))],
        "ikm": [_ikm(UTUH, "2025", "89", 300), _ikm(UTUH, "2025-TW1", "88", 150),
                _ikm(UTUH, "2025-TW2", "90", 150),
                _ikm(KECIL, "2025", "90", 4)],
        "status_desa": desa,
        "serapan_program": [
            _serapan(UTUH, "TOTAL", None, "total", "Total"),
            _serapan(UTUH, "7.01.01", "TOTAL", "program", f"Program {JAHAT}"),
            _serapan(UTUH, "7.01.01.2.01", "7.01.01", "kegiatan", "Kegiatan"),
            _serapan(UTUH, "7.01.01.2.01.0001", "7.01.01.2.01", "sub_kegiatan", "Sub kegiatan"),
        ],
        "efisiensi": [{"kode_unit": UTUH, "periode": "2025", "kode_indikator": "ikm", "rumus": r,
                       "efisiensi": Decimal(5), "resmi": r == "E", **OUT} for r in ("E", "NE")],
        "banding": [_banding(UTUH, "Pelaihari", "89", 2), _banding(TETANGGA, "Takisung", "92", 1),
                    _banding(SATU, JAHAT, "70", 3),
                    _banding("nama:jauh", "Jauh", "99", None, alasan_banding="tahun tidak tertulis")],
    }  # fmt: skip


def tables(figures: dict[str, list[dict[str, Any]]] | None = None) -> dict[str, pa.Table]:
    """Every table that the site reads; the findings and files are those of the report's tests."""
    rows = said() if figures is None else figures
    made = run.tables([*run.findings(), _missing(), _answer()] if rows else [])
    files = contracts.as_rows(made["berkas"])
    answered = [{**b, "tata_letak": "skm_jawaban"} if b["berkas_id"] == "b" * 64 else b for b in files]
    made["berkas"] = contracts.build("berkas", answered)
    if not rows:
        made |= {n: contracts.build(n, []) for n in ("berkas", "neraca_baris", "cakupan_aturan")}
    return made | {n: contracts.build(n, rows.get(n, [])) for n in contracts.names("mart")}


def _missing() -> dict[str, Any]:
    said = "Kecamatan 630103 2025: 1 berkas belum ada, yaitu volume layanan (bersama survei kepuasan)."
    return run.finding(8, aturan="berkas_belum_ada", pesan=said, kode_unit=UTUH, lembar=None, sel=None)


def _answer() -> dict[str, Any]:
    """What stood in the cell of one respondent, below a figure that the pages show."""
    return run.finding(9, aturan="skm_jawaban_luar_skala", berkas=run.FILES["b" * 64], berkas_id="b" * 64,
                       tertulis=JAWABAN, pesan=f"Tertulis {JAWABAN}.", angka_terkait=run.FREE)  # fmt: skip


def bahan(figures: dict[str, list[dict[str, Any]]] | None = None) -> Bahan:
    """The material of it, as it may be shown to everybody."""
    found = tables(figures)
    catalogue = Catalogue.load()
    shown = small_cells.masked(found, catalogue)
    settled = facts.Settlements([run.CORRECTION], [run.WAIVER])
    told = facts.gather(shown, run.BOOK, settled, NAMES)
    knows = Pengetahuan(catalogue, run.BOOK, NAMES)
    small = small_cells.surveys(material.rows_of(found, "ikm"))
    return material.material(shown, told, knows, {"terbit/ikm.csv": 2048, "dcat.jsonld": 100}, small)


def situs(folder: Path, figures: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """The site of it."""
    published = folder / "lumbung.duckdb"
    snapshot.publish(tables(figures), published)
    with duckdb.connect(str(published), read_only=True) as con:
        build.build(bahan(figures), con, folder / "site")
    return folder / "site"
