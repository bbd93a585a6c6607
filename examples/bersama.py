"""Files that more than one kecamatan shares: the IDM export of the ministry, one a kabupaten."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from examples.fakta import Fakta, baca
from examples.penulis import Lembar, Nilai, tulis_xlsx

_KEPALA_IDM = (
    "KODE PROV", "NAMA PROVINSI", "KODE KAB", "NAMA KABUPATEN", "KODE KEC", "NAMA KECAMATAN", "KODE DESA",
    "NAMA DESA", "IKS 2024", "IKE 2024", "IKL 2024", "NILAI IDM 2024", "STATUS IDM 2024", "TARGET IDM 2025",
    "KETERANGAN", "KEGIATAN YANG DAPAT DILAKUKAN", "NILAI", "PUSAT", "PROVINSI", "KABUPATEN", "DESA",
    "SWASTA", "MASYARAKAT",
)  # fmt: skip


def tulis(tujuan: Path) -> None:
    """All shared files into ``tujuan/bersama``."""
    desa = baca("idm_2024")
    for kode_kab in sorted({d["kode_kab"] for d in desa}):
        satu = [d for d in desa if d["kode_kab"] == kode_kab]
        _idm(tujuan / "bersama" / f"REKOMENDASI_IDM_KABUPATEN_{kode_kab}_2024.xlsx", satu)


def _idm(tujuan: Path, desa: list[Fakta]) -> None:
    """The ministry's layout: title in row 2, header in rows 3-4, village values on its first row only."""
    lembar = Lembar(
        "Worksheet", [9, 20, 9, 20, 9, 18, 12, 20, 9, 9, 9, 10, 14, 14, 42, 38, 12, 12, 16, 16, 8, 8, 14]
    )
    lembar.kosong()
    lembar.catatan("REKOMENDASI INDEKS DESA MEMBANGUN (IDM) TAHUN 2024 PER DESA")
    pelaksana: list[str | None] = [*[None] * 17, "YANG DAPAT MELAKSANAKAN KEGIATAN", *[None] * 5]
    lembar.kepala(pelaksana, _KEPALA_IDM, gabung=["R1:W1"])
    saran = cycle(baca("idm_rekomendasi_rekaan"))
    for nomor, d in enumerate(desa):
        for ke, r in enumerate(islice(saran, 2 + nomor % 2)):
            lembar.catatan(*(_nilai_desa(d) if ke == 0 else [None] * 14), *_nilai_saran(r))
    tulis_xlsx(tujuan, lembar)


def _nilai_desa(d: Fakta) -> list[Nilai]:
    return [
        63, "KALIMANTAN SELATAN", int(d["kode_kab"]), d["kabupaten"], int(d["kode_kec"]), d["kecamatan"],
        int(d["kode_desa"]), d["desa"], *(Decimal(d[k]) for k in ("iks", "ike", "ikl", "nilai")),
        d["status"], d["target_2025"],
    ]  # fmt: skip


def _nilai_saran(r: Fakta) -> list[Nilai]:
    return [
        r["keterangan"], r["kegiatan"] or None, Decimal(r["nilai"]), None, r["provinsi"] or None,
        r["kabupaten"] or None, r["desa"] or None, None, r["masyarakat"] or None,
    ]  # fmt: skip
