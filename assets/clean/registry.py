"""Which clean table is made by which function from which extract tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from assets.clean import (
    bumdes,
    dpa,
    hibah,
    idm,
    indeks_desa,
    kinerja_program,
    layanan,
    lhe,
    pautan_program,
    pembanding,
    pk_anggaran,
    realisasi_manual,
    realisasi_program,
    realisasi_rekening,
    skm_jawaban,
    skm_ringkasan,
    target,
    wilayah,
)
from assets.passing import Context, Sifted

Clean = Callable[[Mapping[str, pa.Table], Context], Sifted]


@dataclass(frozen=True)
class Cleaner:
    """One function, the extract tables it needs (without ``extract_``), and the clean table it makes.

    Of an extract table that two cleaners read, the one that answers for its rows names it first:
    ``reports_corrections`` holds for that one alone, so that a correction is told once.
    """

    function: Clean
    inputs: tuple[str, ...]
    table: str
    also: tuple[str, ...] = ()

    def reports_corrections(self, extract_table: str) -> bool:
        """Whether findings about corrections to that extract table are told here."""
        return extract_table in self.inputs and extract_table not in self.also


CLEANERS: Mapping[str, Cleaner] = {
    cleaner.table: cleaner
    for cleaner in (
        Cleaner(idm.clean, idm.SOURCES, "clean_idm"),
        Cleaner(indeks_desa.clean, ("indeks_desa_tabel",), "clean_indeks_desa"),
        Cleaner(skm_jawaban.clean, ("skm_jawaban",), "clean_skm_jawaban"),
        Cleaner(skm_ringkasan.clean, ("skm_ringkasan",), "clean_skm_ringkasan"),
        Cleaner(dpa.clean, ("dpa_pagu",), "clean_dpa"),
        Cleaner(realisasi_rekening.clean, ("realisasi_rekening",), "clean_realisasi_rekening"),
        Cleaner(
            realisasi_program.clean,
            ("realisasi_program", "kinerja_program_triwulanan"),
            "clean_realisasi_program",
            also=("kinerja_program_triwulanan",),
        ),
        Cleaner(target.clean, ("perjanjian_kinerja_target", "renstra_target"), "clean_target"),
        Cleaner(pautan_program.clean, ("perjanjian_kinerja_program",), "clean_pautan_program"),
        Cleaner(pk_anggaran.clean, ("perjanjian_kinerja_anggaran",), "clean_pk_anggaran"),
        Cleaner(
            realisasi_manual.clean,
            ("realisasi_manual_realisasi", "renstra_target"),
            "clean_realisasi_manual",
            also=("renstra_target",),
        ),
        Cleaner(bumdes.clean, ("bumdes_pemeringkatan",), "clean_bumdes"),
        Cleaner(
            kinerja_program.clean,
            ("kinerja_program_keluaran", "kinerja_program_triwulanan", "realisasi_program"),
            "clean_kinerja_program",
            also=("realisasi_program",),
        ),
        Cleaner(layanan.clean, ("layanan_volume",), "clean_layanan"),
        Cleaner(pembanding.clean, ("pembanding_kutipan",), "clean_pembanding"),
        Cleaner(hibah.clean, ("hibah_daftar",), "clean_hibah"),
        Cleaner(lhe.clean, ("lhe_tindak_lanjut",), "clean_lhe"),
        Cleaner(wilayah.clean, ("wilayah_daftar",), "clean_wilayah"),
    )
}
