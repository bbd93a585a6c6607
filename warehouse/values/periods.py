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
# Of a quarter, by its number.
ROMAWI = ("", "I", "II", "III", "IV")
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
            raise Unreadable(
                f'"{text[:40]}" bukan periode; tulis 2025, 2025-TW1 sampai TW4, atau 2025-S1, S2'
            )
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

        A quarter is itself, semester 1 the second quarter; what ends in December is TW4 and the year.
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


_MONTHS = {
    "JANUARI": 1, "FEBRUARI": 2, "PEBRUARI": 2, "MARET": 3, "APRIL": 4, "MEI": 5, "JUNI": 6, "JULI": 7,
    "AGUSTUS": 8, "SEPTEMBER": 9, "OKTOBER": 10, "NOVEMBER": 11, "NOPEMBER": 11, "DESEMBER": 12,
    # As typed: English, and slips that leave no doubt.
    "JANUARY": 1, "FEBRUARY": 2, "FEBUARI": 2, "FEBUARY": 2, "PEBUARI": 2, "MARCH": 3, "JUNE": 6, "JULY": 7,
    "AUGUST": 8, "AGUSTU": 8, "SEPTEMPER": 9, "OCTOBER": 10, "OKTOBR": 10, "DECEMBER": 12, "DESMBER": 12,
}  # fmt: skip
# Only beside a day: "BUM DES" is no December.
_SHORT = {
    "JAN": 1, "FEB": 2, "PEB": 2, "MAR": 3, "APR": 4, "JUN": 6, "JUL": 7, "AGS": 8, "AGT": 8, "AGUST": 8,
    "SEP": 9, "SEPT": 9, "OKT": 10, "NOV": 11, "NOP": 11, "DES": 12,
}  # fmt: skip
_NUMBERS = {
    "I": 1, "1": 1, "SATU": 1, "PERTAMA": 1, "II": 2, "2": 2, "DUA": 2, "KEDUA": 2,
    "III": 3, "3": 3, "TIGA": 3, "KETIGA": 3, "IV": 4, "4": 4, "EMPAT": 4, "KEEMPAT": 4,
}  # fmt: skip
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MS = "|".join(sorted(_MONTHS | _SHORT, key=len, reverse=True))
_TO = r"(?:S\s?[./]?\s?D\b\.?|SAMPAI(?: DENGAN)?|HINGGA|[-–—])"
_ORDINAL = rf"(?:KE[- ]?)?(?P<{{}}>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?!\w)"
_QUARTER = re.compile(
    rf"\b(?:TRI\s?WULAN(?:AN)?|TRIW|TW|[KQ]UARTAL|Q)[\s.:-]*{_ORDINAL.format('n')}"
    rf"(?:\s*{_TO}\s*(?:TRI\s?WULAN|TW)?[\s.-]*{_ORDINAL.format('m')})?"
)
_SEMESTER = re.compile(rf"\b(?:SEMESTER(?:AN)?|SMTR?|SEM)[\s.:-]*{_ORDINAL.format('n')}")
_ONE_DATE = (
    rf"(?:(?<!\d)(?P<h{{0}}>[0-3]?\d)[\s-]*(?P<b{{0}}>{_MS})\b\.?(?:[\s-]*(?P<t{{0}}>20\d\d)\b)?"
    rf"|(?<!\d)(?P<hh{{0}}>[0-3]?\d)[/.-](?P<bb{{0}}>[01]?\d)[/.-](?P<tt{{0}}>20\d\d)(?!\d)"
    rf"|(?<!\d)(?P<ty{{0}}>20\d\d)-(?P<by{{0}}>[01]\d)-(?P<hy{{0}}>[0-3]\d)(?!\d))"
)
_DATE = re.compile(rf"(?:\b(?P<kata>PER|{_TO}))?\s*(?:TANGGAL\s*)?{_ONE_DATE.format('a')}")
_DATES = re.compile(rf"{_ONE_DATE.format('a')}\s*{_TO}\s*(?:TANGGAL\s*)?{_ONE_DATE.format('b')}")
_MONTH_TO_MONTH = re.compile(
    rf"\b(?P<dari>{_M})\b\s*(?:TAHUN\s*)?(?:20\d\d\s*)?{_TO}\s*(?:BULAN\s*)?(?P<ke>{_M})\b"
)
_MONTH = re.compile(rf"\b(?P<ke>{_M})\b")
_YEAR = re.compile(r"(?<!\d)(?<!\d[.,])(?P<y>20\d\d)(?![\d/]|[.,]\d)")
_YEARS = re.compile(rf"{_YEAR.pattern}\s*{_TO}\s*(?:TAHUN\s*)?20\d\d")
# Numbers of laws and letters: "Nomor 14 Tahun 2017", "9/2024"; not "TW 2/2025".
_LAW = re.compile(
    r"\b(?:NOMOR|NO)\b[\s.:]*[\w./-]+\s+TAHUN\s+\d{4}"
    r"|(?<![\d/.-])(?<!TW )(?<!TW)(?<!WULAN )(?<!SEMESTER )\d{1,4}/\d{4}\b"
)


def parse_period(text: str, tahun: int | None = None, kumulatif: bool = True) -> Period | BulanLain | None:
    """The period that a title, a header or a cell names.

    Amounts are cumulative: a month or a date stands for January to then, so a month that ends a quarter
    is that quarter and 31 December the year. With ``kumulatif`` false (surveys, service volumes) months
    are just those months: "April - Juni" is TW2, "Januari - Juni" is S1. Of several years the first
    counts ("2025 dan 2024"); a span of years (a plan of 2025-2029) is no period. A date that ends no
    quarter counts only after "per" or "s.d."; elsewhere it dates a document.

    Args:
        text: As printed.
        tahun: The year to use where the text names a quarter, semester or month without one.
        kumulatif: Whether months count from January.

    Returns:
        The period; ``BulanLain`` for months that are no period of the tables; None where none is named.

    >>> str(parse_period("TRIWULAN I TAHUN 2025")), str(parse_period("s.d. 30 Juni 2025"))
    ('2025-TW1', '2025-TW2')
    """
    tidy = re.sub(r"[\s\u00a0]+", " ", text).strip().upper()
    if key := _KEY.fullmatch(tidy):
        return Period.parse(key[0])
    tidy = _LAW.sub(" ", tidy)
    span = bool(_YEARS.search(tidy))
    found = _named_part(tidy, None if span else _year(tidy, tahun)) or _named_dates(tidy, _year(tidy, tahun))
    if found is None:
        # A date that was no period dates a document: neither its month nor its year counts.
        tidy = _DATE.sub(" ", tidy)
        found = _named_months(tidy, None if span else _year(tidy, tahun))
    if found is None:
        named = None if span else _YEAR.search(tidy)
        return Period(int(named["y"])) if named else None
    return _of_months(found, kumulatif) if isinstance(found, _Months) else found


@dataclass(frozen=True)
class _Months:
    """Months of one year; ``dari`` None where only the end is named; ``sehari`` where a day is."""

    tahun: int
    ke: int
    dari: int | None = None
    sehari: bool = False


def _of_months(found: _Months, kumulatif: bool) -> Period | BulanLain:
    first = found.dari or (1 if kumulatif or found.sehari else found.ke)
    exact = BulanLain(found.tahun, found.ke, first)
    if not kumulatif:
        return exact.sama_dengan or exact
    if first != 1 or found.ke % 3:
        return exact
    whole_year = found.ke == 12 and (found.sehari or found.dari is not None)
    return Period(found.tahun) if whole_year else Period(found.tahun, "triwulan", found.ke // 3)


def _year(tidy: str, tahun: int | None) -> int | None:
    named = _YEAR.search(tidy)
    return int(named["y"]) if named else tahun


def _named_part(tidy: str, year: int | None) -> Period | _Months | None:
    """A quarter, a run of quarters, or a semester."""
    if year is None:
        return None
    if found := _QUARTER.search(tidy):
        first, last = _NUMBERS[found["n"]], _NUMBERS[found["m"] or found["n"]]
        if first == last:
            return Period(year, "triwulan", first)
        return _Months(year, last * 3, first * 3 - 2) if first < last else None
    found = _SEMESTER.search(tidy)
    if found is None or _NUMBERS[found["n"]] > 2:
        return None
    return Period(year, "semester", _NUMBERS[found["n"]])


def _named_dates(tidy: str, year: int | None) -> _Months | BulanLain | None:
    """Two dates with "s.d." between them, or one that ends months."""
    if found := _DATES.search(tidy):
        last = _day(found, "b", year)
        first = _day(found, "a", last.year if last else year)
        if first and last and first.year == last.year and first < last:
            return _ended(last, first)
        return None
    for found in _DATE.finditer(tidy):
        day = _day(found, "a", year)
        if day is None:
            continue
        introduced = bool(found["kata"]) and found["kata"] not in "-–—"
        if introduced or (day.month % 3 == 0 and day == _last_day(day.year, day.month)):
            return _ended(day)
    return None


def _ended(last: dt.date, first: dt.date | None = None) -> _Months | BulanLain:
    """Months to a day; where they are not whole months they are no period."""
    whole = last == _last_day(last.year, last.month) and (first is None or first.day == 1)
    if not whole:
        return BulanLain(last.year, last.month, first.month if first else 1)
    return _Months(last.year, last.month, first.month if first else None, sehari=True)


def _day(found: re.Match[str], which: str, year: int | None) -> dt.date | None:
    if word := found[f"b{which}"]:
        parts = (found[f"t{which}"] or year, (_MONTHS | _SHORT)[word], found[f"h{which}"])
    elif found[f"bb{which}"]:
        parts = (int(found[f"tt{which}"]), int(found[f"bb{which}"]), found[f"hh{which}"])
    else:
        parts = (int(found[f"ty{which}"]), int(found[f"by{which}"]), found[f"hy{which}"])
    if parts[0] is None:
        return None
    try:
        return dt.date(int(parts[0]), parts[1], int(parts[2]))
    except ValueError:
        return None


def _named_months(tidy: str, year: int | None) -> _Months | None:
    if year is None:
        return None
    if found := _MONTH_TO_MONTH.search(tidy):
        first, last = _MONTHS[found["dari"]], _MONTHS[found["ke"]]
        return _Months(year, last, first) if first <= last else None
    single = _MONTH.search(tidy)
    return _Months(year, _MONTHS[single["ke"]]) if single else None
