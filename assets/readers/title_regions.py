"""Names of regions and agencies in the lines of a title: whose document it is, as far as a line can say.

What does not belong here: which line, flag or folder counts (``konteks.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from warehouse.regions import Region, Regions

_DISTRICT = re.compile(
    r"\b(?:kecamatan|kec\b\.?|distrik|kapanewon|kemantren)\s*:?\s*(?=(?P<nama>[^\n\d:;|()]{2,80}))", re.I
)
_REGENCY = re.compile(r"\b(?P<kata>kabupaten|kab\b\.?|kota)\s*:?\s*(?=(?P<nama>[^\n\d:;|()]{2,80}))", re.I)
# The head of the office instead of the office: "PERJANJIAN KINERJA CAMAT KURAU".
_HEAD = re.compile(
    r"\b(?:camat|panewu|mantri\s+pamong\s+praja|kepala\s+distrik)\s+(?=(?P<nama>[^\n\d:;|(),]{2,80}))", re.I
)
# A village's own document names its kecamatan too. A kelurahan is taken at its word where the line begins
# with it; "desa mandiri" is no village.
_VILLAGE = re.compile(
    r"(?P<awal>(?:^|:)\s*(?:pemerintah(?:an)?\s+|kantor\s+)?)?\b(?P<kata>kelurahan|lurah|desa)\s+"
    r"(?=(?P<nama>[^\n\d:;|(),]{2,80}))",
    re.I,
)
# "Unit Organisasi : 4.04.4.04.01": a code alone; those of a kecamatan (7.01; 4.01 and 1.20 before 2019) and
# blanks of the form (X.XX) do not tell.
_UNIT_CODE = re.compile(
    r"\bunit\s+organisasi\s*:?\s*(?P<kode>(?!0?7\.01|4\.01|1\.20)\d\d?\.\d\d[\d.]*)\s*$", re.I
)
_CODE = re.compile(r"\bkode\b[^\d\n]{0,30}(?P<kode>\d{2}\.?\d{2}(?:\.?\d{2})?)(?![\d.])", re.I)
# Words that end a name in a title.
_STOP = re.compile(
    r"\b(?:kabupaten|kab|kota|kecamatan|kec|provinsi|prov|tahun|ta|periode|triwulan|tw|semester|per|bulan|dan|"
    r"terhadap|untuk|pada|dalam|sampai|s\.?d)\b|[,/–—-](?=\s)",
    re.I,
)
# Words that follow "kecamatan" without being a name.
_NO_NAME = frozenset("lain lainnya se ini tersebut yang di ke dengan sekitar pembanding tahun".split())
# An agency of the kabupaten, where a line says whose document this is.
_AGENCY = re.compile(
    r"(?:^|:)[\s\d.X-]*(?P<nama>(?:dinas|inspektorat|sekretariat\s+(?:daerah|dprd)|satuan\s+polisi\s+pamong"
    r"|rsud|rumah\s+sakit|puskesmas|badan\s+(?!usaha|permusyawaratan|kerja))[^\n:;|()]{0,70})",
    re.I,
)
_LONGEST_NAME = 5
_NAMESAKES = 8  # told to choose from


def districts(lines: Iterable[str], regions: Regions, kab: str | None) -> list[str]:
    """Codes of the kecamatan named in the lines; a bare name counts only within its kabupaten."""
    codes: dict[str, None] = {}
    for line in lines:
        for match in _CODE.finditer(line):
            kode = match["kode"].replace(".", "")
            if regions.kecamatan(kode):
                codes[kode] = None
        own = regencies([line], regions)
        within = own[0] if len(own) == 1 else kab
        for match in chain(_DISTRICT.finditer(line), _HEAD.finditer(line)):
            for name in _names(match["nama"]) if within else ():
                hits = regions.find_kecamatan(name, within=within)
                if len(hits) == 1:
                    codes[hits[0].kode] = None
                    break
    return list(codes)


def namesakes(lines: Iterable[str], regions: Regions) -> str | None:
    """Every kecamatan of the country so named as the lines name one, for a person to choose from."""
    found: dict[str, str] = {}
    for line in lines:
        for match in chain(_DISTRICT.finditer(line), _HEAD.finditer(line)):
            hits = next((h for name in _names(match["nama"]) if (h := regions.find_kecamatan(name))), [])
            for hit in hits:
                kab = regions.kabupaten(hit.kode[:4])
                found[hit.kode] = (
                    f"{hit.kode} ({hit.nama}, {kab.nama})" if kab else f"{hit.kode} ({hit.nama})"
                )
    told = list(found.values())
    more = f"; dan {len(told) - _NAMESAKES} lain" if len(told) > _NAMESAKES else ""
    return "; ".join(told[:_NAMESAKES]) + more if told else None


def regencies(lines: Iterable[str], regions: Regions) -> list[str]:
    """Codes of the kabupaten and kota named in the lines."""
    codes: dict[str, None] = {}
    for line in lines:
        for match in _REGENCY.finditer(line):
            word = "Kota" if match["kata"].casefold() == "kota" else "Kabupaten"
            for name in _names(match["nama"]):
                hits = regions.find_kabupaten(f"{word} {name}")
                if len(hits) == 1:
                    codes[hits[0].kode] = None
                    break
    return list(codes)


def _names(text: str) -> list[str]:
    """The first words of a text as names, the longest first, up to a word that ends a name."""
    stop = _STOP.search(text)
    words = (text[: stop.start()] if stop else text).split()[:_LONGEST_NAME]
    return [" ".join(words[:n]).strip(" .,'-") for n in range(len(words), 0, -1)]


def names_district(line: str) -> bool:
    """Whether a line names a kecamatan, known or not."""
    for match in _DISTRICT.finditer(line):
        names = _names(match["nama"])
        if names and names[-1].casefold() not in _NO_NAME:
            return True
    return False


def district_in_cell(text: str, regions: Regions, kab: str | None) -> list[str]:
    """A cell like ``TANAH LAUT / PELAIHARI``, or a bare name within the file's kabupaten."""
    parent, _, own = (x.strip() for x in text.rpartition("/"))
    if own and parent:
        return [r.kode for r in regions.find_kecamatan(own, within=parent)]
    return [r.kode for r in regions.find_kecamatan(own, within=kab)] if own and kab else []


def village(lines: Iterable[str], regions: Regions, kode_unit: str) -> str | None:
    """The kelurahan or desa of a kecamatan whose document the lines say it is; its name as printed."""
    for line in lines:
        for match in _VILLAGE.finditer(line):
            found = _village(match, regions, kode_unit)
            if found:
                return found
    return None


def _village(match: re.Match[str], regions: Regions, kode_unit: str) -> str | None:
    names = _names(match["nama"])
    first = match.string[match.start("kata") :]
    leads = match["awal"] is not None
    is_desa = match["kata"].casefold() == "desa"
    for name in names:
        hit: Region | None = regions.find_desa(name, kode_unit)
        if hit is not None and (leads or not (is_desa or hit.adalah_desa)):
            return first[: first.index(name) + len(name)]
    known = bool(regions.desa_of(kode_unit))
    if leads and not is_desa and not known and names and names[-1].casefold() not in _NO_NAME:
        return f"{match['kata']} {names[0]}"
    return None


def agency(lines: Iterable[str]) -> str | None:
    """The agency of a kabupaten that a line names as the one whose document it is; a code of another one."""
    for line in lines:
        if found := _AGENCY.search(line):
            return " ".join(found["nama"].split())
        if found := _UNIT_CODE.search(line):
            return f"unit organisasi {found['kode']}"
    return None


def names_region(line: str) -> bool:
    """Whether a line has words that may name a region."""
    return any(expression.search(line) for expression in (_DISTRICT, _HEAD, _REGENCY, _CODE))
