"""Where a row belongs: kecamatan and village by code, by name, or by the table's own unit.

What does not belong here: the region list (``warehouse/regions.py``).
"""

from __future__ import annotations

from assets.clean.sift import Refused, Row
from warehouse.regions import Regions
from warehouse.values.codes import kode_wilayah


def village_code(row: Row, regions: Regions, name: str = "kode_desa") -> str | None:
    """A printed village code of a known kecamatan; None where the sheet has none.

    Raises:
        Refused: if it is no village code, or its kecamatan does not exist (a BPS code, a slip).
    """
    if not row.printed(name):
        return None
    kode = row.code(name, kode_wilayah, required=True)
    if kode is None or len(kode) != 10:
        raise Refused("tidak_terbaca", "bukan kode desa 10 angka", name)
    if regions.kecamatan(kode[:6]) is None:
        raise Refused("kode_tidak_dikenal", "kode desa ini tidak ada dalam daftar wilayah", name)
    return kode


def kecamatan(row: Row, regions: Regions) -> str:
    """Kecamatan of a row: its own code or name first, then the table's unit.

    Raises:
        Refused: if the named kecamatan is not found, or none is named and the table has none.
    """
    if row.printed("kode_kec"):
        kode = row.code("kode_kec", kode_wilayah, required=True)
        if kode is not None and regions.kecamatan(kode) is not None:
            return kode
        raise Refused("kode_tidak_dikenal", "kode kecamatan ini tidak ada dalam daftar wilayah", "kode_kec")
    kabupaten, nama, field = _named(row)
    if not nama:
        return row.unit()
    return find_kecamatan(row, regions, nama, kabupaten, field)


def find_kecamatan(row: Row, regions: Regions, nama: str, kabupaten: str | None, field: str) -> str:
    """Kecamatan of that name in the named kabupaten, else in the table's own (contract 1.7).

    Raises:
        Refused: if there is none, or more than one.
    """
    within = kabupaten or (row.unit_tabel or "")[:4] or None
    found = regions.find_kecamatan(nama, within)
    if len(found) != 1:
        why = "tidak ada" if not found else "lebih dari satu"
        raise Refused("kecamatan_tidak_ditemukan", f"kecamatan bernama ini {why} dalam daftar wilayah", field)
    return found[0].kode


def _named(row: Row) -> tuple[str | None, str, str]:
    """Kabupaten and kecamatan as printed, and the field of the latter (``TANAH LAUT / PELAIHARI``)."""
    if row.printed("kecamatan"):
        return row.printed("kabupaten") or None, row.printed("kecamatan"), "kecamatan"
    kabupaten, slash, nama = row.printed("kab_kec").partition("/")
    if not slash:
        return None, kabupaten.strip(), "kab_kec"
    return kabupaten.strip() or None, nama.strip(), "kab_kec"


def village(row: Row, regions: Regions) -> tuple[str, str]:
    """Village code and kecamatan code of a row, by code, else by name within the kecamatan.

    Raises:
        Refused: if the village or its kecamatan is not found.
    """
    kode = village_code(row, regions)
    if kode is not None:
        return kode, kode[:6]
    kode_unit = kecamatan(row, regions)
    found = regions.find_desa(row.printed("desa"), kode_unit)
    if found is None:
        raise Refused("desa_tidak_ditemukan", "desa bernama ini tidak ada dalam daftar kecamatannya", "desa")
    return found.kode, kode_unit
