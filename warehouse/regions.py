"""Provinces to villages by their Kemendagri codes, and by name where a file has no code.

Codes are text without dots: 2, 4, 6 and 10 digits (``6301032001``). The nation's list ships with the
product under its own licence (``reference/wilayah/NOTICE.md``); an accepted list of a kabupaten
overrides it there (contract 1.7). A name is resolved only where it is unique; nothing is guessed.
What does not belong here: findings about names that were not found.
"""

from __future__ import annotations

import csv
import gzip
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from warehouse.values.codes import nama_baku

HERE = Path(__file__).parent / "reference" / "wilayah"

JenisWilayah = Literal["provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan"]

_DISTRICT_WORD = re.compile(
    r"^\s*(?:kecamatan|kec\b\.?|distrik|kapanewon|kemantren)\b\s*[:.]?\s*(?=\S)", re.IGNORECASE
)
_VILLAGE_WORD = re.compile(r"^\s*(?:(?P<lurah>kelurahan|kel)|desa|ds)\b\.?\s*[:.]?\s*(?=\S)", re.IGNORECASE)
_REGENCY_SHORT = re.compile(r"\bkab(?:upaten)?\b\.?(?:\s*(?:administrasi|adm)\b\.?)?", re.IGNORECASE)
_CITY_SHORT = re.compile(r"\bkota(?:madya)?\b\.?(?:\s*(?:administrasi|adm)\b\.?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """One region; ``induk`` is the code of the one above, empty for a province."""

    kode: str
    nama: str
    jenis: JenisWilayah
    induk: str

    @property
    def adalah_desa(self) -> bool:
        """Whether it is a desa (not a kelurahan)."""
        return self.jenis == "desa"


def _region(kode: str, nama: str) -> Region:
    match len(kode):
        case 2:
            return Region(kode, nama, "provinsi", "")
        case 4:
            # Numbers from 71 on are cities (Kepmendagri 300.2.2-2138/2025).
            return Region(kode, nama, "kota" if kode[2] >= "7" else "kabupaten", kode[:2])
        case 6:
            return Region(kode, nama, "kecamatan", kode[:4])
    # The seventh digit: 1 kelurahan, 2 desa, 3 desa adat.
    return Region(kode, nama, "kelurahan" if kode[6] == "1" else "desa", kode[:6])


@cache
def _shipped() -> Mapping[str, str]:
    """Names of provinces, kabupaten and kecamatan by code."""
    with (HERE / "wilayah.csv").open(encoding="utf-8", newline="") as lines:
        return {line["kode"]: line["nama"] for line in csv.DictReader(lines)}


@cache
def _villages() -> list[str]:
    """The lines of the villages' list, sorted by code: a kabupaten is cut out when it is asked for."""
    return gzip.decompress((HERE / "desa.csv.gz").read_bytes()).decode("utf-8").splitlines()[1:]


@cache
def _shipped_desa(kode_kab: str) -> Mapping[str, tuple[Region, ...]]:
    """Villages of one kabupaten by kecamatan."""
    lines = _villages()
    # ":" sorts directly behind "9".
    first, last = bisect_left(lines, kode_kab), bisect_left(lines, f"{kode_kab}:")
    return _by_parent(_region(kode, nama) for kode, nama in csv.reader(lines[first:last]))


def _by_parent(regions: Iterable[Region]) -> Mapping[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for region in regions:
        found[region.induk].append(region)
    return {parent: tuple(sorted(below, key=lambda r: r.kode)) for parent, below in found.items()}


@dataclass(frozen=True)
class Regions:
    """The regions of the nation, with the lists of the kabupaten that brought their own."""

    _above: Mapping[str, Region] = field(repr=False)
    _own_desa: Mapping[str, Mapping[str, tuple[Region, ...]]] = field(repr=False)
    _below: Mapping[str, tuple[Region, ...]] = field(repr=False)
    _named: Mapping[tuple[str, str], list[Region]] = field(repr=False)
    # Villages by normalised name, made for a kecamatan when its first name is looked up.
    _desa_named: dict[str, Mapping[str, list[Region]]] = field(
        repr=False, default_factory=dict, compare=False
    )

    @classmethod
    def load(cls, extra: pa.Table | Iterable[Mapping[str, Any]] | None = None) -> Regions:
        """The shipped list; each kabupaten with rows in ``extra`` is replaced by them.

        Args:
            extra: Rows of ``clean_wilayah`` (kode_desa, nama, kode_unit, kecamatan).
        """
        rows = extra.to_pylist() if isinstance(extra, pa.Table) else list(extra or ())
        names = dict(_shipped())
        own: dict[str, list[Region]] = defaultdict(list)
        districts: dict[str, str] = {}
        for row in rows:
            desa = _region(row["kode_desa"], row["nama"])
            own[desa.kode[:4]].append(desa)
            kept = row.get("kecamatan") or districts.get(desa.induk) or names.get(desa.induk, desa.induk)
            districts[desa.induk] = kept
        names = {k: n for k, n in names.items() if len(k) != 6 or k[:4] not in own} | districts
        above = {kode: _region(kode, nama) for kode, nama in names.items()}
        named: dict[tuple[str, str], list[Region]] = defaultdict(list)
        for region in above.values():
            for key in _keys(region):
                named[(region.jenis, key)].append(region)
        return cls(above, {k: _by_parent(v) for k, v in own.items()}, _by_parent(above.values()), dict(named))

    def provinsi(self, kode: str) -> Region | None:
        """The province of that code (2 digits)."""
        return self._above.get(kode) if len(kode) == 2 else None

    def kabupaten(self, kode: str) -> Region | None:
        """The kabupaten or kota of that code (4 digits)."""
        return self._above.get(kode) if len(kode) == 4 else None

    def kecamatan(self, kode: str) -> Region | None:
        """The kecamatan of that code (6 digits)."""
        return self._above.get(kode) if len(kode) == 6 else None

    def desa(self, kode: str) -> Region | None:
        """The desa or kelurahan of that code (10 digits)."""
        return next((d for d in self.desa_of(kode[:6]) if d.kode == kode), None) if len(kode) == 10 else None

    def kabupaten_of(self, kode_prov: str) -> list[Region]:
        """The kabupaten and kota of a province, by code."""
        return list(self._below.get(kode_prov, ())) if len(kode_prov) == 2 else []

    def kecamatan_of(self, kode_kab: str) -> list[Region]:
        """The kecamatan of a kabupaten, by code."""
        return list(self._below.get(kode_kab, ())) if len(kode_kab) == 4 else []

    def desa_of(self, kode_unit: str) -> list[Region]:
        """The desa and kelurahan of a kecamatan, by code; ``jenis`` tells them apart."""
        below = self._own_desa.get(kode_unit[:4])
        if below is None:
            below = _shipped_desa(kode_unit[:4]) if len(kode_unit) == 6 else {}
        return list(below.get(kode_unit, ()))

    def find_kabupaten(self, nama: str, within: str | None = None) -> list[Region]:
        """The kabupaten and kota so named; "Bekasi" finds both, "Kota Bekasi" one.

        Args:
            nama: As printed, with or without "Kabupaten", "Kab.", "Kota".
            within: Code of a province.
        """
        key = nama_baku(_CITY_SHORT.sub("kota", _REGENCY_SHORT.sub("kabupaten", nama)))
        key = key.removeprefix("pemerintah").removeprefix("daerah")
        found = [r for jenis in ("kabupaten", "kota") for r in self._named.get((jenis, key), ())]
        return [r for r in dict.fromkeys(found) if within is None or r.induk == within]

    def find_kecamatan(self, nama: str, within: str | None = None) -> list[Region]:
        """The kecamatan so named.

        Args:
            nama: As printed, with or without "Kecamatan".
            within: Code (2 or 4 digits) or name of the kabupaten it lies in; an unknown name finds none.
        """
        found = self._named.get(("kecamatan", nama_baku(_DISTRICT_WORD.sub("", nama))), [])
        if within is None:
            return list(found)
        heads = [within] if within.isdigit() else [k.kode for k in self.find_kabupaten(within)]
        return [r for r in found if any(r.kode.startswith(head) for head in heads)]

    def find_desa(self, nama: str, kode_unit: str) -> Region | None:
        """The one desa or kelurahan of that name in the kecamatan; None if there is none, or two.

        "Kelurahan X" finds only a kelurahan, "Desa X" only a desa.
        """
        word = _VILLAGE_WORD.match(nama)
        named = self._desa_by_name(kode_unit)
        found = named.get(nama_baku(nama), [])
        if not found and word:
            kind = "kelurahan" if word["lurah"] else "desa"
            found = [d for d in named.get(nama_baku(nama[word.end() :]), []) if d.jenis == kind]
        return found[0] if len(found) == 1 else None

    def _desa_by_name(self, kode_unit: str) -> Mapping[str, list[Region]]:
        if kode_unit not in self._desa_named:
            named: dict[str, list[Region]] = defaultdict(list)
            for desa in self.desa_of(kode_unit):
                named[nama_baku(desa.nama)].append(desa)
            self._desa_named[kode_unit] = dict(named)
        return self._desa_named[kode_unit]


def _keys(region: Region) -> set[str]:
    """The normalised names a region is found by: a kabupaten with and without its word."""
    full = nama_baku(region.nama)
    if region.jenis not in ("kabupaten", "kota"):
        return {full}
    bare = re.sub(r"^(Kabupaten|Kota Administrasi|Kabupaten Administrasi|Kota)\s+", "", region.nama)
    return {full.replace("administrasi", "", 1), nama_baku(bare)}
