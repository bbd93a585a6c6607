"""Whose table it is and of which period: from its words, then the sheet, its rows, the file, flag, folder.

What the content says gives the address. A flag or folder that only says it more closely completes it; one
that says otherwise is a finding, and the figures wait until somebody confirms. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.readers.isian import left_open, year_only
from assets.readers.title_regions import (
    agency,
    district_in_cell,
    districts,
    names_district,
    names_region,
    namesakes,
    regencies,
    village,
)
from quality.finding import Finding
from warehouse.regions import Regions
from warehouse.trail import Cell
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import BulanLain, Period, parse_period

ISI, LEMBAR, BARIS, BERKAS, BENDERA, FOLDER = "isi", "lembar", "baris", "berkas", "bendera", "folder"

_ENDS_YEAR = re.compile(r"\b(?:31\s*[-/ ]?\s*(?:desember|des|12)|desember|des\b)", re.I)


@dataclass(frozen=True)
class Said:
    """What officer and folder say of a file, and whether the officer insists on it (``--tegaskan``)."""

    unit: str | None = None
    periode: str | None = None
    unit_folder: str | None = None
    periode_folder: str | None = None
    tegas_unit: bool = False
    tegas_periode: bool = False


@dataclass(frozen=True)
class Words:
    """Texts in which unit and period may be named, nearest first; ``berisi``: the table has rows."""

    judul: Sequence[str]
    lembar: Sequence[str]
    berkas: Sequence[str]
    nama_lembar: str = ""
    tahun_kepala: int | None = None
    kode_baris: Sequence[str] = ()
    nama_baris: Sequence[str] = ()
    berisi: bool = True


@dataclass
class Found:
    """Unit and period of a table and how they were told; ``milik`` names a kelurahan whose document it is."""

    kode_unit: str | None = None
    periode: str | None = None
    cara_unit: str | None = None
    cara_periode: str | None = None
    milik: str | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Needs:
    """Where a form has its unit and period (as in ``Form``), and whether its amounts are cumulative."""

    unit: str
    periode: str
    kumulatif: bool = True
    tahun_di_kolom: bool = True


def context(words: Words, said: Said, regions: Regions, needs: Needs, table: Cell) -> Found:
    """Unit and period of one table.

    Args:
        words: the texts.
        said: flags and folder.
        regions: names and codes.
        needs: what the form needs.
        table: all cells of the table, for findings that concern it whole.
    """
    found = Found()
    _unit(found, words, said, regions, needs, table)
    _period(found, words, said, needs, table)
    return found


# --- unit --------------------------------------------------------------------------------------------
def _unit(found: Found, words: Words, said: Said, regions: Regions, needs: Needs, table: Cell) -> None:
    if needs.unit == "tidak":
        return
    kab = _regency_of(words, said, regions)
    found.kode_unit, found.cara_unit = _unit_by_content(words, regions, kab, needs)
    _lower_level(found, words, regions, needs)
    named = [(said.unit, BENDERA), (said.unit_folder, FOLDER)]
    other = _agency(words, found, needs)
    if said.tegas_unit and said.unit:
        if not (found.kode_unit or "").startswith(said.unit):  # else the content only says it more closely
            found.kode_unit, found.cara_unit = said.unit, BENDERA
        return
    for kode, cara in named:
        if kode is None:
            continue
        if other and len(kode) == 6:
            found.findings.append(_differs("unit_berbeda", found, table, kode, cara, _named(regions), other))
        elif not _completes(found, kode, cara, words, needs):
            found.findings.append(_differs("unit_berbeda", found, table, kode, cara, _named(regions)))
    if found.kode_unit is None and words.berisi and _wanted(words, needs):
        lines = [x for x in (*words.judul, words.nama_lembar) if x][:4]
        found.findings.append(
            Finding(
                "unit_tidak_diketahui",
                berkas_id=table.berkas_id,
                lembar=table.lembar,
                cell=table,
                isi={
                    "judul": " | ".join(lines) or "-",
                    "baris": table.baris,
                    "calon": namesakes([*lines, *words.lembar], regions),
                },
            )
        )


def _lower_level(found: Found, words: Words, regions: Regions, needs: Needs) -> None:
    """A kelurahan's document names its kecamatan and is not the kecamatan's: only the kabupaten is known."""
    kode = found.kode_unit
    if kode is None or len(kode) != 6 or needs.unit != "tabel":
        return
    lines = {ISI: [*words.judul, words.nama_lembar], LEMBAR: words.lembar, BERKAS: words.berkas}
    found.milik = village(lines.get(found.cara_unit or "", ()), regions, kode)
    if found.milik:
        found.kode_unit = kode[:4]


def _completes(found: Found, kode: str, cara: str, words: Words, needs: Needs) -> bool:
    """Take a code of flag or folder that is new or closer; False where it says otherwise than is known."""
    if found.kode_unit is None:
        found.kode_unit, found.cara_unit = (kode, cara) if _wanted(words, needs) else (None, None)
    elif kode.startswith(found.kode_unit):
        found.kode_unit, found.cara_unit = kode, cara
    return found.kode_unit is None or found.kode_unit.startswith(kode)


def _agency(words: Words, found: Found, needs: Needs) -> str | None:
    """The agency or kelurahan whose document it is, where the content names one and no kecamatan."""
    if needs.unit != "tabel" or len(found.kode_unit or "") == 6:
        return None
    return found.milik or agency((*words.judul, *words.lembar))


def _regency_of(words: Words, said: Said, regions: Regions) -> str | None:
    """The kabupaten within which a bare kecamatan is looked up."""
    for lines in (words.judul, words.lembar, words.berkas):
        codes = regencies(lines, regions)
        if len(codes) == 1:
            return codes[0]
    for kode in (said.unit, said.unit_folder):
        if kode:
            return kode[:4]
    return None


def _unit_by_content(
    words: Words, regions: Regions, kab: str | None, needs: Needs
) -> tuple[str | None, str | None]:
    if not _wanted(words, needs):
        by_rows = _unit_by_rows(words, regions, kab)
        return (by_rows, BARIS) if by_rows else (None, None)
    for lines, cara in (([*words.judul, words.nama_lembar], ISI), (words.lembar, LEMBAR)):
        codes = districts(lines, regions, kab)
        if len(codes) == 1:
            return codes[0], cara
        if codes or any(names_district(x) for x in lines):
            return None, None
    if by_rows := _unit_by_rows(words, regions, kab):
        return by_rows, BARIS
    codes = districts(words.berkas, regions, kab)
    if len(codes) == 1:
        return codes[0], BERKAS
    own = regencies([*words.judul, *words.lembar], regions)
    return (own[0], ISI) if len(own) == 1 and not codes else (None, None)


def _wanted(words: Words, needs: Needs) -> bool:
    """Whether the table as a whole must say its unit: its rows do not."""
    return needs.unit == "tabel" or not (words.kode_baris or words.nama_baris)


def _unit_by_rows(words: Words, regions: Regions, kab: str | None) -> str | None:
    """The kecamatan of all rows, where it is one."""
    codes = {k[:6] for k in words.kode_baris if regions.kecamatan(k[:6])}
    if not codes:
        codes = {k for name in words.nama_baris for k in district_in_cell(name, regions, kab)}
    return codes.pop() if len(codes) == 1 else None


def tells(line: str) -> bool:
    """Whether a line has words that may name a region or a period."""
    return names_region(line) or parse_period(line) is not None or left_open(line)


def _named(regions: Regions) -> Any:
    def name(kode: str) -> str:
        region = regions.kecamatan(kode) or regions.kabupaten(kode)
        return f"{kode} ({region.nama})" if region else kode

    return name


# --- period ------------------------------------------------------------------------------------------
def _period(found: Found, words: Words, said: Said, needs: Needs, table: Cell) -> None:
    if needs.periode == "tidak":
        return
    content, cara = _period_by_content(words, needs)
    # Where the title's end of the period is still dots, its year is all that is known.
    year = str(content) if content and cara == ISI and _open(words, content) else None
    content = None if year else content
    found.periode, found.cara_periode = (str(content), cara) if content else (None, None)
    if said.tegas_periode and said.periode:
        if not isinstance(content, Period) or not within(str(content), said.periode):
            found.periode, found.cara_periode = said.periode, BENDERA
        return
    exact = bool(content) and any(_ENDS_YEAR.search(x) for x in (*words.judul, *words.lembar))
    for text, how in ((said.periode, BENDERA), (said.periode_folder, FOLDER)):
        if text is None:
            continue
        if year and not text.startswith(year):
            found.periode, found.cara_periode = found.periode or year, found.cara_periode or ISI
        closer = found.periode is None or (finer(text, found.periode) and not (exact and not ends_year(text)))
        if closer:
            found.periode, found.cara_periode = text, how
        elif found.periode and not within(found.periode, text) and needs.periode != "baris":
            found.findings.append(_differs("periode_berbeda", found, table, text, how, str))
    if found.periode is None and (
        needs.periode == "tabel" or (needs.periode == "kolom" and not needs.tahun_di_kolom)
    ):
        lines = [x for x in (*words.judul, words.nama_lembar) if x][:4]
        found.findings.append(
            Finding(
                "periode_tidak_diketahui",
                berkas_id=table.berkas_id,
                lembar=table.lembar,
                cell=table,
                kode_unit=found.kode_unit,
                isi={"judul": " | ".join(lines) or "-", "baris": table.baris},
            )
        )


def _open(words: Words, content: Period | BulanLain) -> bool:
    """Whether a title says no more than the year because the rest of its period was never filled in."""
    return isinstance(content, Period) and content.jenis == "tahun" and any(map(left_open, words.judul))


def _period_by_content(words: Words, needs: Needs) -> tuple[Period | BulanLain | None, str]:
    """The period that title, header year, sheet or file names; the sheet's name may complete it."""
    title = _named_period([year_only(x) for x in words.judul], needs)
    own = title or (Period(words.tahun_kepala) if words.tahun_kepala and needs.periode == "tabel" else None)
    year = own.tahun if own else None
    tab = _of(parse_period(words.nama_lembar, tahun=year), needs)
    if own is not None:
        return (tab if isinstance(tab, Period) and finer(str(tab), str(own)) else own), ISI
    if tab is not None:
        return tab, LEMBAR
    for lines, cara in ((words.lembar, LEMBAR), (words.berkas, BERKAS)):
        named = _named_period([x for x in lines if not left_open(x)], needs)
        if named is not None:
            finest = _of(parse_period(words.nama_lembar, tahun=named.tahun), needs)
            return (finest if isinstance(finest, Period) and finer(str(finest), str(named)) else named), cara
    return None, ""


def _named_period(lines: Sequence[str], needs: Needs) -> Period | BulanLain | None:
    """The period of the lines read together, else of the first line that names one."""
    joint = parse_period(" ".join(lines)) if lines else None
    if joint is not None and not (isinstance(joint, Period) and joint.jenis == "tahun"):
        return _of(joint, needs)
    each = [p for p in (parse_period(x) for x in lines) if p is not None]
    return _of(each[0] if each else joint, needs)


def _of(period: Period | BulanLain | None, needs: Needs) -> Period | BulanLain | None:
    """A survey of exactly a quarter's months is of that quarter; a cumulative amount is not."""
    if isinstance(period, BulanLain) and not needs.kumulatif:
        return period.sama_dengan or period
    return period


def within(inner: str, outer: str) -> bool:
    """Whether a period lies in another: ``2025-TW1`` in ``2025`` and in ``2025-S1``."""
    if inner == outer:
        return True
    try:
        i, o = Period.parse(inner), Period.parse(outer)
    except Unreadable:
        return inner[:4] == outer
    return o.awal <= i.awal and i.akhir <= o.akhir


def finer(text: str, than: str) -> bool:
    """Whether ``text`` says the same period more closely."""
    return text != than and within(text, than)


def ends_year(text: str) -> bool:
    """Whether a period ends in December."""
    try:
        return Period.parse(text).bulan_akhir == 12
    except Unreadable:
        return text.endswith("-12")


def _differs(
    aturan: str, found: Found, table: Cell, said: str, cara: str, name: Any, agency: str | None = None
) -> Finding:
    content = found.kode_unit if aturan == "unit_berbeda" else found.periode
    return Finding(
        aturan,
        berkas_id=table.berkas_id,
        lembar=table.lembar,
        cell=table,
        kode_unit=found.kode_unit,
        periode=found.periode,
        tertulis=agency or name(content),
        seharusnya=name(said),
        isi={"asal": "--unit/--period" if cara == BENDERA else "folder raw/inbox"},
    )
