"""Numbers as offices print them, and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.values.numbers import Kind, Unreadable, parse_number, tampil, tampil_rupiah

KINDS: tuple[Kind, ...] = ("money", "score", "percent", "ratio", "count")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.296.340.286,46", "12296340286.46"),
        ("12.296.340.287,46,-", "12296340287.46"),
        ("(11.200.768.358,00)", "-11200768358"),
        ("18,000,000", "18000000"),  # Kalumpang, table of realisation
        ("1,465.000", "1465000"),  # both marks, three digits last: all group (Kalumpang)
        ("1.465,00", "1465"),
        ("1,465.00", "1465"),
        ("Rp. 19.142.200", "19142200"),
        ("Rp.11.106.754.896,00", "11106754896"),
        ("Rp19.142.200,-", "19142200"),
        ("IDR 1,000.50", "1000.5"),
        ("1.465", "1465"),
        ("12,5", "12.5"),
        ("0", "0"),
        ("0,00", "0"),
        ("-", "0"),
        ("--", "0"),
        ("Rp -", "0"),
        ("nihil", "0"),
        ("-1.000", "-1000"),
        ("1.000-", "-1000"),
        ("−1.000", "-1000"),
        ("(Rp 1.000)", "-1000"),
        ("Rp (1.000)", "-1000"),
        ("1 234 567", "1234567"),
        ("12.296.340. 286,46", "12296340286.46"),  # wrapped in a narrow PDF column
        ("1\u00a0000", "1000"),
        ("11106754895.770000", "11106754895.77"),  # a machine's export
    ],
)
def test_money(text: str, value: str) -> None:
    assert parse_number(text, "money") == Decimal(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12345.678", "ribuan"),  # a lost dot, or a decimal: never guessed
        ("1.46500", "ribuan"),
        ("12.345.67", "tiga angka"),
        ("1.234.56,78", "ribuan"),
        ("80%", "bukan satu angka"),
        ("(-5)", "dua tanda negatif"),
        ("1.000 s.d. 2.000", "bukan satu angka"),
        ("12.345*)", "bukan satu angka"),
        ("#DIV/0!", "galat"),
        ("=A1", "bukan satu angka"),
        ("١٢٣", "bukan satu angka"),
        ("9" * 17, "terlalu besar"),
        ("1.", "bukan satu angka"),
    ],
)
def test_an_amount_that_could_mean_two_things_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parse_number(text, "money")


@pytest.mark.parametrize("kind", ["score", "percent", "ratio"])
def test_one_mark_is_the_decimal_mark_outside_money(kind: Kind) -> None:
    assert parse_number("3.907", kind) == Decimal("3.907")
    assert parse_number("97,48", kind) == Decimal("97.48")
    for both in ("1.465,00", "1,465.000", "1.234.567"):
        with pytest.raises(Unreadable):
            parse_number(both, kind)


def test_percent_signs() -> None:
    assert parse_number("66,666667 %", "percent") == Decimal("66.666667")
    assert parse_number("97,48%", "score") == Decimal("97.48")
    assert parse_number("33%", "ratio") == Decimal("0.33")


def test_counts_are_whole() -> None:
    assert parse_number("1.291", "count") == 1291
    assert parse_number("12,0", "count") == 12
    for text, jenis in (("12,5", "t"), ("12.5", "n")):
        with pytest.raises(Unreadable, match="bulat"):
            parse_number(text, "count", jenis)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_is_not_zero(kind: Kind) -> None:
    assert parse_number("", kind) is None
    assert parse_number("  ", kind, " ") is None
    assert parse_number("n/a", kind) is None
    assert parse_number("-", kind) == (0 if kind in ("money", "count") else None)


def test_a_numeric_cell_is_taken_as_it_stands() -> None:
    assert parse_number("1465.5", "money", "n") == Decimal("1465.5")
    assert parse_number("3.907", "money", "n") == Decimal("3.907")
    assert parse_number("0.7314", "percent", "n", "%") == Decimal("73.14")
    assert parse_number("73.14", "percent", "n") == Decimal("73.14")
    assert parse_number("0.33", "ratio", "n", "%") == Decimal("0.33")


@pytest.mark.parametrize("jenis", list("efdwlb"))
def test_cells_that_are_no_numbers_say_why(jenis: str) -> None:
    with pytest.raises(Unreadable, match="sel berisi"):
        parse_number("12", "money", jenis)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_what_we_print_we_read_again(value: Decimal) -> None:
    assert parse_number(tampil(value), "money") == value
    assert parse_number(tampil_rupiah(value), "money") == value


@given(
    st.text(alphabet="0123456789.,-()% RpIDR\u00a0\u2212+#nihl", max_size=24) | st.text(max_size=24),
    st.sampled_from(KINDS),
    st.sampled_from("tn ef"),
    st.sampled_from(" %0,"),
)
def test_any_text_gives_a_decimal_nothing_or_unreadable(text: str, kind: Kind, jenis: str, form: str) -> None:
    try:
        value = parse_number(text, kind, jenis, form)
    except Unreadable as wrong:
        assert str(wrong)
    else:
        assert value is None or (type(value) is Decimal and value.is_finite())


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("12296340286.455", 2, "12.296.340.286,46"),
        ("0.125", 2, "0,13"),
        ("-0.001", 2, "0,00"),
        ("-1234.5", 2, "-1.234,50"),
        ("2.5", 0, "3"),
        ("1234567890123456789012345678901234.565", 2, "1.234.567.890.123.456.789.012.345.678.901.234,57"),
    ],
)
def test_tampil_rounds_half_up(value: str, places: int, shown: str) -> None:
    assert tampil(Decimal(value), places) == shown


def test_tampil_of_nothing_is_empty() -> None:
    assert tampil(None) == ""
    assert tampil_rupiah(None) == ""
    assert tampil_rupiah(Decimal("1000")) == "Rp1.000"
