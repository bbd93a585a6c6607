"""Targets and results as documents print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.values.fractions import Printed, is_rasio, parse_target, rasio_jam
from warehouse.values.numbers import Unreadable


@pytest.mark.parametrize(
    ("text", "satuan", "value", "unit"),
    [
        ("80%", None, "80", "%"),
        ("66,666667 %", None, "66.666667", "%"),
        ("0,33", "Desa", "0.33", "Desa"),  # Kalumpang prints a ratio of villages under "Desa"
        ("0,33", None, "0.33", None),
        ("12 Bulan", None, "12", "Bulan"),
        ("15 Dok", None, "15", "Dok"),
        ("Nilai 86", None, "86", "Nilai"),
        ("88,6 Nilai", None, "88.6", "Nilai"),
        ("82,82 (B)", "Nilai", "82.82", "Nilai"),
        ("1.250 Orang", None, "1250", "Orang"),
        ("1.250", "Orang", "1250", "Orang"),
        ("1.250", "Nilai", "1.25", "Nilai"),
        ("Rp. 1.250.000", None, "1250000", "Rp"),
        ("1,5 Bulan", None, "1.5", "Bulan"),
        ("-5%", None, "-5", "%"),
    ],
)
def test_printed_targets(text: str, satuan: str | None, value: str, unit: str | None) -> None:
    found = parse_target(text, satuan)
    assert (found.nilai, found.satuan, found.pembilang) == (Decimal(value), unit, None)


def test_a_ratio_keeps_its_parts_and_is_divided_exactly() -> None:
    found = parse_target("7:9")
    assert (found.pembilang, found.penyebut) == (7, 9)
    assert found.nilai is not None
    assert abs(found.nilai * 9 - 7) < Decimal("1e-28")
    assert parse_target("Rasio 2 : 9").penyebut == 9


@pytest.mark.parametrize("text", ["", "-", "belum ada data"])
def test_no_target_is_none(text: str) -> None:
    assert parse_target(text, "Persen") == Printed(text, None, satuan="Persen")


@pytest.mark.parametrize(
    "text", ["80-90", "12 Bulan 3 Hari", "7:0", "31/12/2025", "1.250,5,5 Dok", "Tahap 1: 20"]
)
def test_two_values_or_none_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_target(text)


def test_words_alone_are_refused() -> None:
    with pytest.raises(Unreadable):
        parse_target("Baik")


def test_numeric_cells() -> None:
    assert parse_target("0.8", "Persen", "n", "%") == Printed("80%", Decimal(80), satuan="%")
    assert parse_target("86.72", "Nilai", "n") == Printed("86,72", Decimal("86.72"), satuan="Nilai")
    # What a person reads is short, what is computed with is exact.
    long = parse_target("0.6666666666666666", None, "n", "%")
    assert (long.teks, long.nilai) == ("66,6667%", Decimal("66.66666666666666"))
    with pytest.raises(Unreadable, match="rumus"):
        parse_target("", "Nilai", "f")


@pytest.mark.parametrize(
    ("text", "jenis", "parts"),
    [
        ("04:18", "w", (4, 18)),
        ("04:18:00", "w", (4, 18)),
        ("04.18", "t", (4, 18)),
        ("10.11", "t", (10, 11)),
        ("18.18", "t", (18, 18)),
        ("0.33", "t", None),  # a share printed as a decimal
        ("0,33", "t", None),
        ("7:9", "t", None),  # a ratio as it should be
        ("4.18", "n", None),
        ("04:00", "w", None),
    ],
)
def test_a_ratio_that_became_a_time(text: str, jenis: str, parts: tuple[int, int] | None) -> None:
    assert rasio_jam(text, jenis) == parts


def test_a_time_is_a_ratio_only_in_a_ratio_column() -> None:
    found = parse_target("04:18", "Rasio", "w")
    assert (found.pembilang, found.penyebut) == (4, 18)
    assert parse_target("04.18", "Nilai").nilai == Decimal("4.18")
    with pytest.raises(Unreadable, match="jam"):
        parse_target("04:18", "Nilai", "w")
    assert is_rasio("Rasio desa")
    assert not is_rasio("Desa")


@given(
    st.text(alphabet="0123456789.,:/-()% RpBulanDokNilai", max_size=20) | st.text(max_size=20),
    st.sampled_from([None, "%", "Rasio", "Desa", "Nilai", "Rp"]),
    st.sampled_from("tnwef "),
)
def test_any_text_is_read_or_refused(text: str, satuan: str | None, jenis: str) -> None:
    try:
        found = parse_target(text, satuan, jenis)
    except Unreadable as wrong:
        assert str(wrong)
    else:
        assert found.nilai is None or type(found.nilai) is Decimal
        assert (found.pembilang is None) == (found.penyebut is None)
