"""Periods of performance accounts: years, quarters, semesters, and the words that titles use for them.

What does not belong here: which rows an amount of a period goes to (contract 2.1 has it; the one rule
that all cumulative sources share is ``Period.kumulatif``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

from warehouse.values.numbers import Unreadable

JenisPeriode = Literal["tahun", "triwulan", "semester"]
BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_RANK: dict[JenisPeriode, int] = {"triwulan": 0, "semester": 1, "tahun": 2}
_KEY = re.compile(r"(20\d\d)(?:-(TW|S)([1-4]))?")


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year, or a quarter or semester of it; ordered by its last day, the shorter one first.

    ``str`` gives the key of the tables: ``2025``, ``2025-TW1``, ``2025-S1``.
    """

    tahun: int
    jenis: JenisPeriode = "tahun"
    nomor: int = 0

    def __post_init__(self) -> None:
        if self.nomor not in {"tahun": (0,), "triwulan": (1, 2, 3, 4), "semester": (1, 2)}[self.jenis]:
            raise Unreadable(f"tidak ada {self.jenis} ke-{self.nomor}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a key (``2025``, ``2025-TW1``, ``2025-S1``).

        Raises:
            Unreadable: for anything else.
        """
        found = _KEY.fullmatch(text.strip().upper())
        if found is None:
            raise Unreadable(f'"{text[:40]}" bukan periode; tulis 2025, 2025-TW1 sampai TW4, atau 2025-S1, S2')
        if found[2] is None:
            return cls(int(found[1]))
        return cls(int(found[1]), "triwulan" if found[2] == "TW" else "semester", int(found[3]))

    def __str__(self) -> str:
        if self.jenis == "tahun":
            return str(self.tahun)
        return f"{self.tahun}-{'TW' if self.jenis == 'triwulan' else 'S'}{self.nomor}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.akhir, _RANK[self.jenis]) < (other.akhir, _RANK[other.jenis])

    @property
    def bulan_akhir(self) -> int:
        """The last month, 1 to 12."""
        return {"tahun": 12, "triwulan": 3 * self.nomor, "semester": 6 * self.nomor}[self.jenis]

    @property
    def awal(self) -> dt.date:
        """The first day."""
        months = {"tahun": 12, "triwulan": 3, "semester": 6}[self.jenis]
        return dt.date(self.tahun, self.bulan_akhir - months + 1, 1)

    @property
    def akhir(self) -> dt.date:
        """The last day."""
        return _last_day(self.tahun, self.bulan_akhir)

    @property
    def setahun(self) -> Period:
        """The year it lies in."""
        return Period(self.tahun)

    @property
    def kumulatif(self) -> tuple[Period, ...]:
        """The keys under which an amount cumulative to its end is stored (contract 2.1).

        A quarter is itself, semester 1 the second quarter; whatever ends in December is both TW4 and the year.
        """
        quarter = Period(self.tahun, "triwulan", self.bulan_akhir // 3)
        return (quarter, Period(self.tahun)) if self.bulan_akhir == 12 else (quarter,)


@dataclass(frozen=True)
class BulanLain:
    """Months that are no period of the tables: one that ends no quarter, or a range not from January.

    Kept and judged, not published (contract 2.1). ``sama_dengan`` is the quarter or semester whose
    months these are exactly: right for a survey, wrong for a cumulative amount.
    """

    tahun: int
    bulan: int
    dari: int = 1

    def __str__(self) -> str:
        first = f"{self.tahun}-{self.dari:02d}.." if self.dari != 1 else ""
        return f"{first}{self.tahun}-{self.bulan:02d}"

    @property
    def akhir(self) -> dt.date:
        """The last day."""
        return _last_day(self.tahun, self.bulan)

    @property
    def sama_dengan(self) -> Period | None:
        """The quarter or semester of exactly these months, if there is one."""
        for period in periods([self.tahun]):
            if period.awal.month == self.dari and period.bulan_akhir == self.bulan:
                return period
        return None


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def periods(years: Iterable[int]) -> list[Period]:
    """All periods of the years, in order: TW1, TW2, S1, TW3, TW4, S2, year."""
    found = [Period(y) for y in set(years)]
    found += [Period(p.tahun, "triwulan", n) for p in found[:] for n in (1, 2, 3, 4)]
    found += [Period(p.tahun, "semester", n) for p in found[:] if p.jenis == "tahun" for n in (1, 2)]
    return sorted(found)


_MONTH_WORDS = {
    "JANUARI": 1, "JAN": 1, "FEBRUARI": 2, "PEBRUARI": 2, "FEB": 2, "PEB": 2, "MARET": 3, "MAR": 3,
    "APRIL": 4, "APR": 4, "MEI": 5, "JUNI": 6, "JUN": 6, "JULI": 7, "JUL": 7, "AGUSTUS": 8, "AGS": 8,
    "AGT": 8, "AGUST": 8, "SEPTEMBER": 9, "SEPT": 9, "SEP": 9, "OKTOBER": 10, "OKT": 10,
    "NOVEMBER": 11, "NOPEMBER": 11, "NOV": 11, "NOP": 11, "DESEMBER": 12, "DES": 12,
}  # fmt: skip
_M = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_Y = r"(?<![\d.,])(?P<{}>20\d\d)(?![\d/]|[.,]\d)"
_TO = r"(?:S\s?[./]?\s?D\b\.?|SAMPAI(?: DENGAN)?|HINGGA|[-–—])"
_ORDINAL = (
    r"(?:KE[- ]?)?(?P<{}>IV|III|II|I|[1-4]|SATU|DUA|TIGA|EMPAT|PERTAMA|KEDUA|KETIGA|KEEMPAT|"
    r"(?:KE)?(?:DUA|TIGA|EMPAT))(?![\w.]*\w)"
)
_NUMBERS = {
    "I": 1, "1": 1, "SATU": 1, "PERTAMA": 1, "II": 2, "2": 2, "DUA": 2, "KEDUA": 2,
    "III": 3, "3": 3, "TIGA": 3, "KETIGA": 3, "IV": 4, "4": 4, "EMPAT": 4, "KEEMPAT": 4,
}  # fmt: skip
_QUARTER = re.compile(
    rf"\b(?:TRI\s?WULAN(?:AN)?|TRIW|TW|[KQ]UARTAL|Q)[\s.:-]*{_ORDINAL.format('n')}"
    rf"(?:\s*{_TO}\s*(?:TRI\s?WULAN|TW)?[\s.-]*{_ORDINAL.format('m')})?"
)
_SEMESTER = re.compile(rf"\b(?:SEMESTER|SEMESTERAN|SMTR?|SEM)[\s.:-]*{_ORDINAL.format('n')}")
_ONE_DATE = (
    rf"(?:(?P<h{{0}}>[0-3]?\d)[\s-]*(?P<b{{0}}>{_M})\b\.?(?:[\s-]*(?P<t{{0}}>20\d\d)\b)?"
    rf"|(?<!\d)(?P<hh{{0}}>[0-3]?\d)[/.-](?P<bb{{0}}>[01]?\d)[/.-](?P<tt{{0}}>20\d\d)(?!\d)"
    rf"|(?P<ty{{0}}>20\d\d)-(?P<by{{0}}>[01]\d)-(?P<hy{{0}}>[0-3]\d)(?!\d))"
)
_DATE = re.compile(rf"(?P<kata>\bPER|{_TO})?\s*(?:TANGGAL\s*)?{_ONE_DATE.format('a')}")
_DATES = re.compile(rf"{_ONE_DATE.format('a')}\s*{_TO}\s*(?:TANGGAL\s*)?{_ONE_DATE.format('b')}")
_MONTHS = re.compile(
    rf"\b(?P<dari>{_M})\b\.?\s*(?:TAHUN\s*)?(?:20\d\d\s*)?{_TO}\s*(?:BULAN\s*)?(?P<ke>{_M})\b"
)
_MONTH = re.compile(rf"\b(?P<ke>{_M})\b")
_LAW = re.compile(
    r"\b(?:NOMOR|NO)\b[\s.:]*[\w./-]+\s+TAHUN\s+\d{4}|(?<![\d/.-])(?<!TW )(?<!WULAN )(?<!TW)\d{1,4}/\d{4}\b"
)
_YEAR = re.compile(_Y.format("y"))
_YEARS = re.compile(rf"{_Y.format('y')}\s*{_TO}\s*(?:TAHUN\s*)?20\d\d")


def parse_period(text: str, tahun: int | None = None) -> Period | BulanLain | None:
    """The period that a title, a header or a cell names.

    A date of 31 December is the year, a month that ends a quarter is that quarter (amounts are
    cumulative to its end); of several years the first counts ("2025 dan 2024"). A span of years
    (a plan of 2025-2029) is no period. A date that is no end of a period counts only after
    "per" or "s.d."; elsewhere it dates a document.

    Args:
        text: As printed.
        tahun: The year to use where the text names a quarter, semester or month without one.

    Returns:
        The period; ``BulanLain`` for months that are no period of the tables; None where none is named.

    >>> str(parse_period("TRIWULAN I TAHUN 2025")), str(parse_period("s.d. 30 Juni 2025"))
    ('2025-TW1', '2025-TW2')
    """
    tidy = re.sub(r"[\s\u00a0]+", " ", text).strip().upper()
    if key := _KEY.fullmatch(tidy):
        return Period.parse(key[0])
    tidy = _LAW.sub(" ", tidy)
    span = _YEARS.search(tidy)
    year = None if span else _year(tidy, tahun)
    for read in (_quarter, _semester, _dates, _date):
        found = read(tidy, year)
        if found is not None:
            return found
    # A date that was no period dates a document: neither its month nor its year counts.
    undated = _DATE.sub(" ", tidy)
    named = _YEAR.search(undated)
    months = _months(undated, None if span else _year(undated, tahun))
    return months or (Period(int(named["y"])) if named and not span else None)


def _year(tidy: str, tahun: int | None) -> int | None:
    named = _YEAR.search(tidy)
    return int(named["y"]) if named else tahun


def _quarter(tidy: str, year: int | None) -> Period | BulanLain | None:
    found = _QUARTER.search(tidy)
    if found is None or year is None:
        return None
    first, last = _NUMBERS[found["n"]], _NUMBERS[found["m"]] if found["m"] else None
    if last is None:
        return Period(year, "triwulan", first)
    if last < first:
        return None
    return Period(year, "triwulan", last) if first == 1 else BulanLain(year, last * 3, first * 3 - 2)


def _semester(tidy: str, year: int | None) -> Period | None:
    found = _SEMESTER.search(tidy)
    if found is None or year is None or _NUMBERS[found["n"]] > 2:
        return None
    return Period(year, "semester", _NUMBERS[found["n"]])


def _dates(tidy: str, year: int | None) -> Period | BulanLain | None:
    """Two dates with "s.d." between them."""
    found = _DATES.search(tidy)
    if found is None:
        return None
    last = _day(found, "b", year)
    first = _day(found, "a", last.year if last else year)
    if first is None or last is None or first.year != last.year or first > last:
        return None
    ends = last == _last_day(last.year, last.month) and first.day == 1
    return _to_month(last, from_=first.month) if ends else BulanLain(last.year, last.month, first.month)


def _date(tidy: str, year: int | None) -> Period | BulanLain | None:
    """One date: the end of a period, or introduced by "per" or "s.d."."""
    for found in _DATE.finditer(tidy):
        day = _day(found, "a", year)
        if day is None:
            continue
        if day == _last_day(day.year, day.month) and (day.month % 3 == 0 or found["kata"]):
            return _to_month(day)
        if found["kata"] and found["kata"] not in "-–—":
            return BulanLain(day.year, day.month)
    return None


def _day(found: re.Match[str], which: str, year: int | None) -> dt.date | None:
    if word := found[f"b{which}"]:
        named = found[f"t{which}"] or year
        parts = (named, _MONTH_WORDS[word], found[f"h{which}"])
    elif found[f"bb{which}"]:
        parts = (found[f"tt{which}"], found[f"bb{which}"], found[f"hh{which}"])
    else:
        parts = (found[f"ty{which}"], found[f"by{which}"], found[f"hy{which}"])
    if parts[0] is None:
        return None
    try:
        return dt.date(int(parts[0]), int(parts[1] or 0), int(parts[2] or 0))
    except ValueError:
        return None


def _to_month(day: dt.date, from_: int = 1) -> Period | BulanLain:
    if from_ != 1:
        return BulanLain(day.year, day.month, from_)
    if day.month == 12:
        return Period(day.year)
    return Period(day.year, "triwulan", day.month // 3) if day.month % 3 == 0 else BulanLain(day.year, day.month)


def _months(tidy: str, year: int | None) -> Period | BulanLain | None:
    if year is None:
        return None
    found = _MONTHS.search(tidy) or _MONTH.search(tidy)
    if found is None:
        return None
    last = _MONTH_WORDS[found["ke"]]
    first = _MONTH_WORDS[found["dari"]] if "dari" in found.re.groupindex else 1
    if first == 1 and last % 3 == 0:
        return Period(year, "triwulan", last // 3)
    return BulanLain(year, last, first) if first <= last else None
