"""A configuration to fill in: every choice with its permitted values, explained where it is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warehouse.choices import Choices, Option
from warehouse.regions import Region, Regions


def write_template(kode: str, to: Path) -> None:
    """Write a configuration of a unit (6 digits) or a kabupaten (4 digits) with the defaults in comments.

    Raises:
        LookupError: there is no region with that code.
    """
    if not _known(kode):
        raise LookupError(
            f"--unit {kode!r}: tidak ada kecamatan (6 angka) atau kabupaten (4 angka) berkode itu"
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("\n".join(_lines(kode)) + "\n", encoding="utf-8")


def _known(kode: str) -> Region | None:
    regions = Regions.load()
    return regions.kecamatan(kode) if len(kode) == 6 else regions.kabupaten(kode)


def _lines(kode: str) -> Iterator[str]:
    unit = _known(kode)
    yield "# Konfigurasi unit untuk lumbung. Taruh di raw/konfigurasi, atau: lumbung accept BERKAS INI"
    yield "# Baris yang diawali # adalah bawaan; hapus tanda # dan ganti nilainya untuk memilih yang lain."
    yield f'kode_unit: "{kode}"'
    yield f"nama: {unit.nama if unit else ''}"
    yield "# zona_waktu: Asia/Makassar"
    yield "# tahun_akhir_renstra: 2030"
    yield "# Bab III kantor ini (lumbung report): susunan lima_perbandingan atau per_sasaran, gaya Word baku"
    yield "# atau biru, atau milik kantor sendiri di warehouse/bab_iii. Tidak mengubah angka; --susunan dan"
    yield "# --gaya mengalahkannya."
    yield "# laporan: {susunan: lima_perbandingan, gaya: baku}"
    yield "pilihan:"
    for name, option in Choices.load({}).options.items():
        yield from _choice(name, option)


def _choice(name: str, option: Option) -> Iterator[str]:
    yield f"  # {option.arti} ({option.dasar_hukum})"
    for value, means in option.nilai.items():
        yield f"  #   {value}: {means}"
    yield f'  # {name}: "{option.bawaan}"'
