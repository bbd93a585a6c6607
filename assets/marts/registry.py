"""Which mart is made by which function from which tables: the flow of figures, in order of computing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assets.marts import (
    banding,
    bumdes,
    capaian,
    efisiensi,
    ikm,
    kinerja_program,
    layanan,
    pautan,
    realisasi_iku,
    renstra,
    ringkasan,
    serapan,
    status_desa,
    tindak_lanjut,
    tren,
)
from assets.passing import Mart


@dataclass(frozen=True)
class Making:
    """One function: its parameters by table name, and the tables it makes."""

    function: Callable[..., Mapping[str, Mart]]
    inputs: Mapping[str, str]
    outputs: tuple[str, ...]


MAKINGS: tuple[Making, ...] = (
    Making(
        ikm.ikm,
        {
            "skm_jawaban": "clean_skm_jawaban",
            "skm_ringkasan": "clean_skm_ringkasan",
            "layanan": "clean_layanan",
        },
        ("ikm", "ikm_varian", "ikm_unsur"),
    ),
    Making(
        status_desa.status_desa, {"idm": "clean_idm", "indeks_desa": "clean_indeks_desa"}, ("status_desa",)
    ),
    Making(bumdes.bumdes, {"bumdes": "clean_bumdes"}, ("bumdes",)),
    Making(layanan.layanan, {"layanan": "clean_layanan"}, ("layanan",)),
    Making(tindak_lanjut.tindak_lanjut, {"lhe": "clean_lhe"}, ("tindak_lanjut",)),
    Making(
        serapan.serapan,
        {
            "realisasi_rekening": "clean_realisasi_rekening",
            "realisasi_program": "clean_realisasi_program",
            "dpa": "clean_dpa",
            "pk_anggaran": "clean_pk_anggaran",
        },
        ("serapan_rekening", "serapan_program"),
    ),
    Making(
        kinerja_program.kinerja_program,
        {"kinerja_program": "clean_kinerja_program", "realisasi_program": "clean_realisasi_program"},
        ("kinerja_program",),
    ),
    Making(
        realisasi_iku.realisasi_iku,
        {
            "status_desa": "status_desa",
            "bumdes": "bumdes",
            "ikm": "ikm",
            "serapan_rekening": "serapan_rekening",
            "ikm_varian": "ikm_varian",
        },
        ("realisasi_iku",),
    ),
    Making(
        capaian.capaian,
        {
            "target": "clean_target",
            "realisasi_iku": "realisasi_iku",
            "realisasi_manual": "clean_realisasi_manual",
            "ikm_varian": "ikm_varian",
        },
        ("capaian_iku",),
    ),
    Making(
        pautan.pautan_program,
        {"capaian_iku": "capaian_iku", "pautan_program": "clean_pautan_program"},
        ("pautan_program",),
    ),
    Making(
        efisiensi.efisiensi,
        {
            "capaian_iku": "capaian_iku",
            "serapan_rekening": "serapan_rekening",
            "serapan_program": "serapan_program",
            "pautan_program": "clean_pautan_program",
        },
        ("efisiensi",),
    ),
    Making(
        efisiensi.efisiensi_program,
        {"kinerja_program": "kinerja_program", "serapan_program": "serapan_program"},
        ("efisiensi_program",),
    ),
    Making(
        ringkasan.ringkasan,
        {
            "capaian_iku": "capaian_iku",
            "efisiensi": "efisiensi",
            "kinerja_program": "kinerja_program",
            "efisiensi_program": "efisiensi_program",
        },
        ("capaian_ringkasan",),
    ),
    Making(
        tren.tren,
        {
            "capaian_iku": "capaian_iku",
            "realisasi_iku": "realisasi_iku",
            "realisasi_manual": "clean_realisasi_manual",
            "target": "clean_target",
        },
        ("tren_iku",),
    ),
    Making(renstra.renstra, {"target": "clean_target", "tren_iku": "tren_iku"}, ("renstra_iku",)),
    Making(
        banding.banding, {"realisasi_iku": "realisasi_iku", "pembanding": "clean_pembanding"}, ("banding",)
    ),
)
