"""Figures of other regions that a unit's report cites, and of the province and the nation.

Source: PermenPANRB 53/2014, Lampiran (comparison with other regions and national figures). Kept as cited;
whether they may be compared is the benchmark's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.indicator_rows import Matched, match, shown, unit_of, value
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.regions import Regions
from warehouse.values.codes import slug
from warehouse.values.periods import parse_period

_NATION = re.compile(r"nasional|indonesia|(rata-?\s?rata\s+)?nasional", re.IGNORECASE)
_PROVINCE = re.compile(r"(?:tingkat\s+)?(?:provinsi|prov\.?)\b\s*(?P<nama>.*)", re.IGNORECASE)
_MEAN = re.compile(r"rata\s*-?\s*rata\b|jumlah\b|total\b", re.IGNORECASE)
_GRADE = re.compile(r"\(\s*(?P<mutu>[A-D])\s*\)\s*$")
_METHODS = (
    ("INDEKS_DESA", r"indeks[\s_]+desa(?![\s_]+membangun)|\bid[\s_-]?20|9/2024"),
    ("IDM", r"\bidm\b|indeks[\s_]+desa[\s_]+membangun|2/2016"),
    ("SKM", r"\bskm\b|\bikm\b|kepuasan|14/2017"),
)


@dataclass(frozen=True)
class _Peer:
    """Whose figure it is, and in which circle it stands."""

    kode: str
    lingkup: str


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``pembanding_kutipan`` -> ``clean_pembanding``."""
    return sift("clean_pembanding", tables, context, ("pembanding_kutipan",), partial(_read, context))


def _read(context: Context, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    if row.jenis_baris != "data" or row.blank("nama") or _MEAN.match(row.printed("nama")):
        return Fate.LAYOUT
    nama = row.text("nama", required=True) or ""
    indikator, found = _indicator(context, row)
    satuan = unit_of(row, indikator)
    result = value(row, "realisasi", satuan, found.indicator)
    target = value(row, "target", satuan, found.indicator)
    peer = _peer(context.regions, row, nama)
    tahun, written = _year(row)
    return [
        {
            "kode_unit": row.unit(),
            "kode_indikator": found.kode,
            "indikator": indikator,
            "lingkup": peer.lingkup,
            "kode_pembanding": peer.kode,
            "nama": nama,
            "tahun": tahun,
            "tahun_tertulis": written,
            "nilai": result.nilai,
            "nilai_teks": shown(result),
            "pembilang": result.pembilang,
            "penyebut": result.penyebut,
            "target": target.nilai,
            "target_teks": shown(target),
            "capaian_tercetak": row.percent("capaian"),
            "mutu": _grade(row),
            "metode": _method(row.printed("metode")),
            "sumber": row.text("sumber"),
        }
    ]


def _indicator(context: Context, row: Row) -> tuple[str, Matched]:
    """The row's own indicator, else the one that the table's title names.

    Raises:
        Refused: if neither names one.
    """
    said = row.text("indikator")
    if said is None:
        said = _titled(context, row.judul)
    if said is None:
        raise Refused(
            "wajib_kosong", "indikator tidak disebut pada baris maupun judul tabel", "nama", once=True
        )
    return said, match(row, said, context.indicators)


def _titled(context: Context, judul: str) -> str | None:
    """The longest run of words in one line of a title that the catalogue knows as an indicator."""
    for words in (line.split() for line in judul.split("|")):
        for n in range(len(words), 0, -1):
            for i in range(len(words) - n + 1):
                name = " ".join(words[i : i + n]).strip(" .,:;-")
                if name and context.indicators.match(name) is not None:
                    return name
    return None


def _peer(regions: Regions, row: Row, nama: str) -> _Peer:
    kode_unit = row.unit()
    if _NATION.fullmatch(nama):
        return _Peer("00", "nasional")
    province = _PROVINCE.fullmatch(nama)
    if province is not None or nama.casefold() == _name_of_province(regions, kode_unit):
        return _Peer(kode_unit[:2], f"prov:{kode_unit[:2]}")
    return _Peer(_code(regions, nama, kode_unit) or f"nama:{slug(nama)}", f"kutipan:{kode_unit}")


def _name_of_province(regions: Regions, kode_unit: str) -> str:
    found = regions.provinsi(kode_unit[:2])
    return found.nama.casefold() if found else ""


def _code(regions: Regions, nama: str, kode_unit: str) -> str | None:
    """Code of a peer: a kecamatan of the named or own kabupaten, or a kabupaten of the province."""
    kabupaten, slash, district = nama.partition("/")
    if slash:
        found = regions.find_kecamatan(district.strip(), kabupaten.strip())
    else:
        found = regions.find_kecamatan(nama, kode_unit[:4]) or regions.find_kabupaten(nama, kode_unit[:2])
    return found[0].kode if len(found) == 1 else None


def _year(row: Row) -> tuple[int, bool]:
    said = row.printed("tahun")
    if not said:
        return row.year(), False
    found = parse_period(said)
    if found is None:
        raise Refused("tidak_terbaca", "bukan tahun", "tahun")
    return found.tahun, True


def _grade(row: Row) -> str | None:
    said = row.text("mutu")
    if said:
        return said.upper()
    behind = _GRADE.search(row.printed("realisasi"))
    return behind["mutu"].upper() if behind else None


def _method(said: str) -> str | None:
    return next((m for m, pattern in _METHODS if re.search(pattern, said, re.IGNORECASE)), None)
