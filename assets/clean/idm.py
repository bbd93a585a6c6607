"""Indeks Desa Membangun: one row a village and year, of every kecamatan the files hold.

Source: Permendesa PDTT 2/2016 (three indices on 0..1), data years to 2024. The same village in several
sources: the order in ``raw/idm/source.yaml`` says which counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any

import pyarrow as pa

from assets.clean.coverage import Coverage
from assets.clean.places import village_code
from assets.clean.rivals import Rivals
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from assets.readers import sources
from assets.readers.vocabulary import PROGRAM_RAW
from warehouse.regions import Regions
from warehouse.values.codes import kode_wilayah

_INDICES = ("iks", "ike", "ikl", "nilai")
# The ministry prints the parts and the index to four decimals; its service gives the same unrounded.
_DECIMALS = 4
_NUMBER = re.compile(r"[123]\d{3}")


@cache
def _order() -> Mapping[str, str]:
    """Extract tables in the order in which they count, with what an officer calls each."""
    return {f"idm_{form}": name for form, name in sources.load(PROGRAM_RAW / "idm").urutan.items()}


SOURCES = tuple(_order())


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``idm_*`` -> ``clean_idm``; the year comes from the column (``iks@2024``), else from the table."""
    rivals = Rivals(_order(), _DECIMALS)
    covered = Coverage(context.regions)
    found = sift("clean_idm", tables, context, SOURCES, partial(_read, context.regions, covered), rivals)
    found.findings += covered.findings()
    return found


def _read(regions: Regions, covered: Coverage, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.blank("kode_desa", "nomor_desa", "desa"):
        return Fate.LAYOUT
    kode_desa = _numbered(row, regions) if row.source == "idm_salinan" else village_code(row, regions)
    if kode_desa is None:
        raise Refused("wajib_kosong", "kode desa kosong", "kode_desa")
    same = {
        "kode_desa": kode_desa,
        "desa": row.text("desa", required=True),
        "kode_unit": kode_desa[:6],
        "kecamatan": row.text("kecamatan"),
        "kode_kab": row.code("kode_kab", kode_wilayah) or kode_desa[:4],
    }
    made = [{**same, **one} for one in _years(row)]
    if not made:
        raise Refused("wajib_kosong", "tidak ada satu pun nilai IDM pada baris ini", "desa")
    for one in made:
        covered.saw(row, kode_desa, one["tahun"])
    return made


def _numbered(row: Row, regions: Regions) -> str | None:
    """The code of a village that is listed by its number within its kecamatan.

    Raises:
        Refused: if either is no code, or the kecamatan does not exist.
    """
    unit = row.code("kode_kec", kode_wilayah, required=True)
    number = row.printed("nomor_desa")
    if unit is None or len(unit) != 6 or not _NUMBER.fullmatch(number):
        raise Refused("tidak_terbaca", "bukan nomor desa 4 angka dalam kecamatan 6 angka", "nomor_desa")
    if regions.kecamatan(unit) is None:
        raise Refused("kode_tidak_dikenal", "kode kecamatan ini tidak ada dalam daftar wilayah", "kode_kec")
    return unit + number


def _years(row: Row) -> Iterator[dict[str, Any]]:
    """The indices and the status of each year that the row holds."""
    for key in sorted({k for name in (*_INDICES, "status") for k in row.repeated(name)}):
        fields = {n: f"{n}@{key}" if key else n for n in (*_INDICES, "status")}
        if row.blank(*fields.values()):
            continue
        made = {n: row.score(fields[n], 0, 1) for n in _INDICES}
        status = row.text(fields["status"])
        tahun = int(key) if key else row.year()
        _check_summary(row, tahun, made["nilai"], status, fields)
        yield {"tahun": tahun, **made, "status": status.upper() if status else None}


def _check_summary(
    row: Row, tahun: int, nilai: Decimal | None, status: str | None, fields: Mapping[str, str]
) -> None:
    """The service sends each village with a summary; where the two differ it is told, the indices count."""
    said = {
        "nilai": ("skor_ringkas", nilai, row.score("skor_ringkas", 0, 1)),
        "status": ("status_ringkas", (status or "").upper(), (row.text("status_ringkas") or "").upper()),
        "tahun": ("tahun_ringkas", str(tahun), row.printed("tahun_ringkas")),
    }
    for name, (field, here, summary) in said.items():
        if here and summary and here != summary:
            tertulis = row.printed(fields[name]) if name in fields else str(tahun)
            row.note("ringkasan_berbeda", field, seharusnya=tertulis, nama=name)
