"""Periods and the words for them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.values.numbers import Unreadable
from warehouse.values.periods import BULAN, BulanLain, Period, parse_period, periods

YEARS = st.integers(2000, 2099)
ANY = YEARS.flatmap(lambda y: st.sampled_from(periods([y])))


@given(ANY)
def test_a_key_is_read_again(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert parse_period(str(period)) == period
    assert parse_period(str(period), 1999, kumulatif=False) == period


@given(ANY, ANY)
def test_order_is_by_last_day_then_length(one: Period, other: Period) -> None:
    assert (one < other) or (other < one) or one == other
    if one.akhir < other.akhir:
        assert one < other
    assert one.awal <= one.akhir
    assert (one.akhir + dt.timedelta(days=1)).day == 1


def test_the_periods_of_a_year_in_order() -> None:
    keys = [str(p) for p in periods([2025])]
    assert keys == ["2025-TW1", "2025-TW2", "2025-S1", "2025-TW3", "2025-TW4", "2025-S2", "2025"]
    assert [str(p) for p in periods([2026, 2025]) if p.jenis == "tahun"] == ["2025", "2026"]


@pytest.mark.parametrize("text", ["", "2025-TW5", "2025-S3", "1999", "TW1", "2025-3", "abc"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        Period.parse(text)


def test_a_period_has_first_and_last_day() -> None:
    period = Period.parse("2024-TW1")
    assert (period.awal, period.akhir) == (dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    assert Period.parse("2024-S2").awal == dt.date(2024, 7, 1)
    assert Period(2024).akhir == dt.date(2024, 12, 31)
    with pytest.raises(Unreadable):
        Period(2024, "semester", 3)


@pytest.mark.parametrize(
    ("key", "stored"),
    [
        ("2025-TW1", ["2025-TW1"]),
        ("2025-TW4", ["2025-TW4", "2025"]),
        ("2025", ["2025-TW4", "2025"]),
        ("2025-S1", ["2025-TW2"]),
    ],
)
def test_cumulative_amounts_of_december_are_quarter_and_year(key: str, stored: list[str]) -> None:
    assert [str(p) for p in Period.parse(key).kumulatif] == stored


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TRIWULAN I TAHUN 2025", "2025-TW1"),
        ("TW IV 2025", "2025-TW4"),
        ("TW.II/2025", "2025-TW2"),
        ("TW 2/2025", "2025-TW2"),
        ("Triwulan II.2025", "2025-TW2"),
        ("Tahun 2025 Triwulan ke-3", "2025-TW3"),
        ("TRIWULAN KEDUA TA 2025", "2025-TW2"),
        ("Triwulan I s.d. III 2025", "2025-TW3"),
        ("Semester II Tahun 2024", "2024-S2"),
        ("SEMESTER 1 TAHUN 2024", "2024-S1"),
        ("per 31 Desember 2025", "2025"),
        ("s.d. 30 Juni 2025", "2025-TW2"),
        ("31/12/2025", "2025"),
        ("2025-06-30", "2025-TW2"),
        ("1 Januari s.d. 31 Maret 2025", "2025-TW1"),
        ("Bulan Maret 2025", "2025-TW1"),
        ("s/d Bulan Juni TA 2025", "2025-TW2"),
        ("Januari s/d September 2024", "2024-TW3"),
        ("Januari - Desember 2025", "2025"),
        ("PER DESEMBER 2024", "2024-TW4"),
        ("Tahun Anggaran 2025", "2025"),
        ("TA. 2025", "2025"),
        ("untuk tahun yang berakhir sampai dengan 31 Desember 2025 dan 2024", "2025"),
        ("Tahun 2025 dan 2024", "2025"),
        ("NILAI IDM 2023", "2023"),
        ("PEMERINGKATAN BUM DES TAHUN 2024", "2024"),
        ("PERJANJIAN KINERJA PERUBAHAN TAHUN 2024, 24 Oktober 2024", "2024"),
        ("REALISASI 2025 (Permendesa Nomor 9 Tahun 2024)", "2025"),
    ],
)
def test_titles(text: str, key: str) -> None:
    assert str(parse_period(text)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TRIWULAN IV",
        "Renstra Tahun 2025-2029",
        "RENSTRA 2025 s.d. 2029",
        "Peraturan Bupati Nomor 14 Tahun 2017",
        "Permendesa 9/2024",
        "Pelaihari, 5 Januari 2026",
        "24 Oktober 2024",
        "5.1.02.2025",
        "12.025,00",
    ],
)
def test_titles_that_name_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_a_missing_year_is_the_given_one_and_a_printed_one_wins() -> None:
    assert str(parse_period("TRIWULAN IV", 2025)) == "2025-TW4"
    assert str(parse_period("TW1", 2025)) == "2025-TW1"
    assert str(parse_period("TW1 2024", 2025)) == "2024-TW1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bulan Mei 2025", BulanLain(2025, 5)),
        ("Periode April - Juni 2025", BulanLain(2025, 6, 4)),
        ("Triwulan II - IV 2025", BulanLain(2025, 12, 4)),
        ("Realisasi s.d. 14 Februari 2025", BulanLain(2025, 2)),
        ("PER 29 DESEMBER 2023", BulanLain(2023, 12)),
        ("1 Januari s.d. 14 Maret 2025", BulanLain(2025, 3)),
    ],
)
def test_months_that_are_no_period_are_told_apart(text: str, kept: BulanLain) -> None:
    assert parse_period(text) == kept


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Periode April - Juni 2025", "2025-TW2"),
        ("Januari - Juni 2024", "2024-S1"),
        ("Januari - Desember 2024", "2024"),
        ("1 April s.d. 30 Juni 2025", "2025-TW2"),
        ("Bulan Maret 2025", "2025-03..2025-03"),
        ("TRIWULAN I TAHUN 2025", "2025-TW1"),
    ],
)
def test_a_survey_covers_just_its_months(text: str, key: str) -> None:
    assert str(parse_period(text, kumulatif=False)) == key


def test_other_months_know_their_end() -> None:
    months = BulanLain(2024, 2)
    assert (months.akhir, str(months), months.sama_dengan) == (dt.date(2024, 2, 29), "2024-02", None)
    assert BulanLain(2024, 6, 4).sama_dengan == Period.parse("2024-TW2")


@given(st.text(max_size=40), st.none() | YEARS, st.booleans())
def test_any_text_is_a_period_or_none(text: str, year: int | None, kumulatif: bool) -> None:
    found = parse_period(text, year, kumulatif)
    assert found is None or 2000 <= found.tahun <= 2099


@given(YEARS, st.integers(1, 12), st.integers(1, 31), st.sampled_from(["per", "s.d.", "", "Pelaihari,"]))
def test_any_date_is_read_without_error(year: int, month: int, day: int, word: str) -> None:
    found = parse_period(f"{word} {day} {BULAN[month - 1]} {year}")
    assert found is None or found.tahun == year
