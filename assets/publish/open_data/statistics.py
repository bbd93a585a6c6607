"""``metadata-statistik.json``: metadata of Satu Data Indonesia for what is given away.

The fields are those of the forms MS-Keg (activity), MS-Var (variable) and MS-Ind (indicator) of Peraturan BPS
5/2020 tentang Petunjuk Teknis Metadata Statistik, asked for by Perpres 39/2019 tentang Satu Data Indonesia.
They are filled from what the product already states: the catalogue of indicators, the formulas, the contracts
of the tables, ``raw/<source>/source.yaml``. What only the office can say is null, and ``belum_diisi`` lists
it; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assets.publish.open_data import edition as editions
from assets.publish.open_data.edition import Edition
from assets.readers import sources
from assets.readers.sources import Source
from warehouse import contracts
from warehouse.formulas import registry
from warehouse.indicators import Indicator
from warehouse.regions import Regions

_BASIS = (
    "Perpres 39/2019 tentang Satu Data Indonesia",
    "Peraturan BPS 5/2020 tentang Petunjuk Teknis Metadata Statistik",
)
_SURVEY = "skm"
_TYPES = {
    "text": "Teks",
    "integer": "Bilangan bulat",
    "boolean": "Ya/Tidak",
    "date": "Tanggal",
    "timestamp": "Waktu",
}
_NUMBER = "Bilangan desimal"


def describe(edition: Edition, regions: Regions) -> dict[str, Any]:
    """The whole document."""
    return {
        "dasar_hukum": list(_BASIS),
        "terbit": edition.moment,
        "produsen_data": [edition.names[u] for u in sorted(edition.names)],
        "kode_referensi": [_region(edition, u, regions) for u in sorted(edition.names)],
        "ms_keg": [_activity(edition, s) for s in _sources(edition)],
        "ms_ind": [_indicator(edition, i) for i in _indicators(edition)],
        "ms_var": [
            _variable(name, c) for name in sorted(edition.tables) for c in contracts.table(name).columns
        ],
    }


def _region(edition: Edition, kode: str, regions: Regions) -> dict[str, Any]:
    """The unit and its villages by both codes; the BPS code only where the walidata stated it."""
    own = regions.kecamatan(kode)
    bps = edition.terms.kode_bps
    return {
        "kode_kemendagri": kode,
        "kode_bps": bps.get(kode),
        "nama": own.nama if own else edition.names[kode],
        "desa": [
            {"kode_kemendagri": d.kode, "kode_bps": bps.get(d.kode), "nama": d.nama, "jenis": d.jenis}
            for d in regions.desa_of(kode)
        ],
    }


def _sources(edition: Edition) -> list[Source]:
    if "berkas" not in edition.tables:
        return []
    rows = contracts.as_rows(edition.tables["berkas"], only=("sumber", "status"))
    used = {r["sumber"] for r in rows if r["status"] == "dipakai"}
    return [s for s in sources.all_sources() if s.nama in used]


def _activity(edition: Edition, source: Source) -> dict[str, Any]:
    survey = source.nama == _SURVEY
    said = {
        "judul_kegiatan": source.judul,
        "kode_kegiatan": None,
        "tahun": edition.years and f"{edition.years[0]}-{edition.years[1]}",
        "cara_pengumpulan_data": "Survei" if survey else "Kompilasi Produk Administrasi",
        "jenis_kegiatan_statistik": "Statistik sektoral",
        "sektor_kegiatan": None,
        "identitas_rekomendasi": None,
        "instansi_penyelenggara": source.penerbit,
        "penanggung_jawab": None,
        "latar_belakang_dan_dasar_hukum": source.dasar_hukum,
        "tujuan_kegiatan": None,
        "frekuensi_penyelenggaraan": source.cara_datang,
        "cakupan_wilayah": sorted(edition.names),
        "unit_pengumpulan_data": source.satu_baris,
        "desain_sampel": None,
        "penjaminan_kualitas": "Tiap berkas dan angka dinilai; temuannya terbit pada tabel temuan",
        "pengolahan_dan_analisis": "Dihitung ulang dari berkas; rumus pada docs/reference/rumus.md",
        "tingkat_penyajian": "Kecamatan",
        "diseminasi": "Ya",
        "data_pribadi": source.data_pribadi,
    }
    return said | {"belum_diisi": [k for k, v in said.items() if v is None]}


def _indicators(edition: Edition) -> Iterable[Indicator]:
    """The indicators that have a row, the catalogue's first and in its order."""
    codes: set[str] = set()
    for table in edition.tables.values():
        if "kode_indikator" in table.schema.names:
            codes |= set(table.column("kode_indikator").to_pylist())
    known = [i for i in edition.catalogue.indicators.values() if i.kode in codes]
    own = sorted(codes - {i.kode for i in known})
    return [*known, *(i for c in own if (i := edition.catalogue.get(c)) is not None)]


def _indicator(edition: Edition, indicator: Indicator) -> dict[str, Any]:
    formula = registry.rumus(indicator.rumus) if indicator.rumus else None
    parts = [
        {"kegiatan_penghasil": list(v.sumber), "kode_kegiatan": None, "nama": v.nama}
        for v in indicator.variabel
    ]
    said = {
        "kode": indicator.kode,
        "nama_indikator": indicator.nama,
        "konsep": indicator.konsep,
        "definisi": indicator.definisi,
        "interpretasi": indicator.interpretasi,
        "metode_rumus_penghitungan": formula.kalimat if formula else None,
        "metode": indicator.metode,
        "aturan_tahunan": indicator.aturan_tahunan,
        "ukuran": indicator.ukuran,
        "satuan": indicator.satuan,
        "klasifikasi_penyajian": "Kecamatan; tahun, semester atau triwulan",
        "indikator_komposit": indicator.komposit,
        "indikator_pembangun": [
            {"publikasi_ketersediaan": editions.TITLE, "nama": v.nama} for v in indicator.variabel
        ]
        if indicator.komposit
        else [],
        "variabel_pembangun": [] if indicator.komposit else parts,
        "level_estimasi": "Kecamatan",
        "dapat_diakses_umum": True,
        "dasar_hukum": indicator.dasar_hukum,
        "arah": indicator.arah,
    }
    return said | {"belum_diisi": [k for k, v in said.items() if v is None]}


def _variable(name: str, column: contracts.Column) -> dict[str, Any]:
    contract = contracts.table(name)
    times = [k for k in contract.key if k in ("periode", "tahun", "tahun_lhe")]
    return {
        "dataset": name,
        "nama_variabel": column.name,
        "alias": None,
        "konsep": editions.title(name),
        "definisi": column.means,
        "referensi_pemilihan": "docs/contract.md",
        "referensi_waktu": times[0] if times else None,
        "tipe_data": _TYPES.get(column.type, _NUMBER),
        "satuan": column.unit,
        "klasifikasi_isian": None,
        "aturan_validasi": {"wajib": column.required, "bagian_kunci": column.name in contract.key},
        "kalimat_pertanyaan": None,
        "dapat_diakses_umum": True,
    }
