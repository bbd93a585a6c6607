"""Every number that an office could mean is read back from every way in which offices print it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assets.readers.printed import number_text
from tests.property.profil import quick
from warehouse.values.numbers import Kind, parse_number, tampil, tampil_rupiah

KINDS: tuple[Kind, ...] = ("money", "score", "percent", "ratio", "count")
DECIMALS = {"money": (0, 2), "score": (0, 6), "percent": (0, 6), "ratio": (0, 9), "count": (0, 0)}
Print = Callable[[Decimal, int], str]


def _bracketed(value: Decimal, decimals: int) -> str:
    shown = tampil(abs(value), decimals)
    return f"({shown})" if value < 0 else shown


def _spaced(value: Decimal, decimals: int) -> str:
    return tampil(value, decimals).replace(".", "\u00a0")


def _international(value: Decimal, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def _amount(value: Decimal, _: int) -> str:
    return f"({tampil_rupiah(abs(value))},-)" if value < 0 else f"Rp. {tampil(value, 2)}"


GROUPED: tuple[Print, ...] = (
    tampil,
    _bracketed,
    _spaced,
    lambda v, d: tampil(v, d).replace("-", "\u2212"),
    lambda v, d: f"  {tampil(v, d)}\u200b",
    lambda v, d: (tampil(abs(v), d) + "-") if v < 0 else f"+{tampil(v, d)}",
)
UNGROUPED: tuple[Print, ...] = (
    lambda v, d: f"{v:.{d}f}".replace(".", ","),
    lambda v, d: f"{v:.{d}f}",
    lambda v, d: f"({abs(v):.{d}f})" if v < 0 else f"{v:.{d}f}",
)


@st.composite
def printed(draw: st.DrawFn, kind: Kind) -> tuple[Decimal, int]:
    """A value of this kind and the decimals with which it is printed."""
    decimals = draw(st.integers(*DECIMALS[kind]))
    whole = 10**15 if kind == "money" else 10**11
    digits = draw(
        st.integers(-whole * 10**decimals + 1, whole * 10**decimals - 1) | st.integers(-99_999, 99_999)
    )
    return Decimal(digits).scaleb(-decimals), decimals


@given(st.data(), st.sampled_from(("money", "count")), st.sampled_from((*GROUPED, _international)))
@quick(300)
def test_amounts_and_counts_in_every_grouping(data: st.DataObject, kind: Kind, form: Print) -> None:
    value, decimals = data.draw(printed(kind))
    assert parse_number(form(value, decimals), kind) == value


@given(printed("money"))
@quick(150)
def test_amounts_in_rupiah(said: tuple[Decimal, int]) -> None:
    value, decimals = said
    assert parse_number(tampil_rupiah(value), "money") == value
    assert parse_number(_amount(value, decimals), "money") == value
    assert parse_number(f"{tampil_rupiah(value)},-", "money") == value


@given(st.data(), st.sampled_from(("score", "percent", "ratio")), st.sampled_from(UNGROUPED))
@quick(300)
def test_scores_percents_and_ratios_with_either_mark(data: st.DataObject, kind: Kind, form: Print) -> None:
    value, decimals = data.draw(printed(kind))
    text = form(value, decimals)
    assert parse_number(text, kind) == value
    if kind != "score":
        percent = value / 100 if kind == "ratio" else value
        assert parse_number(f"{text} %", kind) == percent


@given(st.data(), st.sampled_from(KINDS))
@quick(200)
def test_numeric_cells_as_the_readers_print_them(data: st.DataObject, kind: Kind) -> None:
    """Through the float that a workbook stores: what a person typed comes back to the last digit."""
    value, _ = data.draw(printed(kind))
    if len(value.as_tuple().digits) > 15:
        value = value.quantize(Decimal(1)).copy_abs() % 10**12
    assert parse_number(number_text(float(value)), kind, "n") == value
    if kind == "percent":
        shown = parse_number(number_text(float(value.scaleb(-2))), kind, "n", "%")
        assert shown == value


@given(st.decimals(-(10**12), 10**12, places=12), st.integers(0, 6))
@quick(150)
def test_what_is_printed_is_the_rounded_value(value: Decimal, decimals: int) -> None:
    text = tampil(value, decimals)
    back = Decimal(text.replace(".", "").replace(",", "."))
    assert abs(back - value) <= Decimal(5).scaleb(-decimals - 1)
    assert tampil(back, decimals) == text
