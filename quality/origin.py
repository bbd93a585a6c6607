"""Which column of the printed form a clean column was read from.

Clean rows carry their address but not the names that their form gave its columns: ``kelas_tercetak`` was
read from ``kelas``, ``iks`` of 2024 from ``iks@2024``. Findings and the way back name either; here they meet.
"""

from __future__ import annotations

from functools import lru_cache

# Clean column -> fields of forms it may have been read from besides its own name, likeliest first.
_FORMS: dict[str, tuple[str, ...]] = {
    "pagu": ("pagu_perubahan", "pagu_murni", "anggaran", "jumlah"),
    "pagu_murni": ("pagu",),
    "pagu_perubahan": ("pagu",),
    "persen_tercetak": ("persen",),
    "sisa_tercetak": ("sisa", "silpa"),
    "kelas_tercetak": ("kelas",),
    "capaian_tercetak": ("capaian",),
    "status_tercetak": ("status",),
    "skor_tercetak": ("skor", "nilai"),
    "nilai": ("realisasi",),
    "nilai_teks": ("realisasi",),
    "realisasi_teks": ("realisasi",),
    "target_teks": ("target",),
    "bendera": ("k_perintis", "k_pemula", "k_berkembang", "k_maju"),
    "kode_desa": ("nomor_desa", "desa"),
    "kode_unit": ("kode_kec", "kecamatan", "kab_kec"),
    "kode_kab": ("kabupaten", "kab_kec"),
    "kode_tercetak": ("kode",),
    "kode": ("sub_kegiatan", "kegiatan", "program", "uraian"),
    "uraian": ("sub_kegiatan", "kegiatan", "program"),
    "kode_indikator": ("indikator",),
    "kode_layanan": ("layanan",),
    "kode_pembanding": ("nama",),
    "bumdes_id": ("nama",),
    "nomor_dokumen": ("nomor",),
    "ukuran": ("unsur",),
    "tahun_tertulis": ("tahun",),
}


def base(field: str) -> str:
    """The field without the key of a repeated column: ``target@2025`` -> ``target``."""
    return field.partition("@")[0]


def candidates(field: str, periode: str | None = None) -> list[str]:
    """Fields of a form that may hold this column, likeliest first; ``periode`` finds repeated columns.

    >>> candidates("iks", "2024")
    ['iks', 'iks@2024']
    """
    name, _, key = field.partition("@")
    # A header may name the quarter alone: nilai@2025-TW1 stood under nilai@TW1.
    keys = list(dict.fromkeys((key, key.partition("-")[2] or key))) if key else _keys(periode)
    found = []
    for each in (name, *_FORMS.get(name, ())):
        found += [f"{each}@{k}" for k in keys] if key else []
        found.append(each)
        found += [f"{each}@{k}" for k in keys] if not key else []
    return found


def _keys(periode: str | None) -> list[str]:
    if not periode:
        return []
    year, _, part = periode.partition("-")
    return [periode, part, year] if part else [year]


@lru_cache(maxsize=65536)
def same(one: str, other: str) -> bool:
    """Whether two names may stand for one column of a row; where it cannot be told, they may."""
    if "*" in (one, other):
        return True
    name, _, key = one.partition("@")
    other_name, _, other_key = other.partition("@")
    if key and other_key and not (key.endswith(other_key) or other_key.endswith(key)):
        return False
    return not {name, *_FORMS.get(name, ())}.isdisjoint({other_name, *_FORMS.get(other_name, ())})
