"""Codes and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.values.codes import (
    induk_program,
    induk_rekening,
    kode_program,
    kode_rekening,
    kode_wilayah,
    nama_baku,
    sistem_lama,
    slug,
    tingkat_program,
    tingkat_rekening,
)
from warehouse.values.numbers import Unreadable


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("63", "63"),
        ("63.01.03", "630103"),
        ("63.06.09.2001", "6306092001"),
        (" '6306092001 ", "6306092001"),
        ("6301031001", "6301031001"),
        ("", None),
    ],
)
def test_region_codes(text: str, code: str | None) -> None:
    assert kode_wilayah(text) == code


@pytest.mark.parametrize(
    ("text", "jenis", "why"),
    [
        ("63.1", "n", "desimal"),
        ("6.301", "t", "titiknya"),
        ("6301010", "t", "BPS"),
        ("6301010002", "t", "BPS"),  # seventh digit 0
        ("630609200", "t", "bukan kode wilayah"),
        ("06306092001", "t", "bukan kode wilayah"),
        ("٦٣٠١٠٣", "t", "bukan kode wilayah"),
        ("Pelaihari", "t", "bukan kode wilayah"),
    ],
)
def test_what_is_no_region_code_says_why(text: str, jenis: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        kode_wilayah(text, jenis)


def test_a_numeric_region_code_is_read() -> None:
    assert kode_wilayah("6301032001", "n") == "6301032001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5", "5"),
        ("5.1.02.01.01.0052", "5.1.02.01.01.0052"),
        ("5.1.2.1", "5.1.02.01"),
        ("5.1.02.01.001.00052", "5.1.02.01.01.0052"),
        ("510201010052", "5.1.02.01.01.0052"),
        ("5102", "5.1.02"),
        ("5 . 1 . 02.", "5.1.02"),
        ("", None),
    ],
)
def test_account_codes(text: str, code: str | None) -> None:
    assert kode_rekening(text) == code


@pytest.mark.parametrize("text", ["0.1", "5.1.02.01.01.0052.1", "5.1.102", "51020", "Belanja", "5..1"])
def test_what_is_no_account_code(text: str) -> None:
    with pytest.raises(Unreadable):
        kode_rekening(text)


def test_numeric_account_codes_are_read_where_nothing_can_be_lost() -> None:
    assert kode_rekening("5", "n") == "5"
    assert kode_rekening("5.1", "n") == "5.1"
    assert kode_rekening("510201", "n") == "5.1.02.01"
    with pytest.raises(Unreadable, match="nol"):
        kode_rekening("5.102", "n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7.01.02.2.01.01", "7.01.02.2.01.0001"),
        ("7.01.02.2.01.0001", "7.01.02.2.01.0001"),
        ("7.1.2.2.1.1", "7.01.02.2.01.0001"),
        ("X.XX.01", "7.01.01"),
        ("x.xx.01.2.02.0001", "7.01.01.2.02.0001"),
        ("70101", "7.01.01"),
        ("701022010001", "7.01.02.2.01.0001"),
        ("7010220101", "7.01.02.2.01.0001"),
        ("7.01", "7.01"),
        ("", None),
    ],
)
def test_programme_codes(text: str, code: str | None) -> None:
    assert kode_program(text) == code


@pytest.mark.parametrize("text", ["7.01.0.00.0.00.06.0000", "7.01.02.3.01", "7.01.02.2", "XX", "Program"])
def test_what_is_no_programme_code(text: str) -> None:
    with pytest.raises(Unreadable):
        kode_program(text)


def test_a_numeric_programme_code_may_have_lost_zeros() -> None:
    with pytest.raises(Unreadable, match="nol"):
        kode_program("7.01", "n")


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_canonical_account_codes_stay(parts: list[int]) -> None:
    widths = (1, 1, 2, 2, 2, 4)
    code = ".".join(str(n).rjust(w, "0") for n, w in zip(parts, widths, strict=False))
    assert kode_rekening(code) == code
    assert kode_rekening(code.replace(".", "")) == code


@given(st.text(alphabet="0123456789.xX ", max_size=24) | st.text(max_size=12), st.sampled_from("tn"))
def test_any_text_is_a_code_or_unreadable(text: str, jenis: str) -> None:
    for read in (kode_wilayah, kode_rekening, kode_program):
        try:
            code = read(text, jenis)
        except Unreadable as wrong:
            assert str(wrong)
        else:
            assert code is None or read(code) == code


def test_levels_and_parents() -> None:
    assert [tingkat_rekening(c) for c in ("5", "5.1", "5.1.02", "5.1.02.01", "5.1.02.01.01")] == [
        "akun",
        "kelompok",
        "jenis",
        "objek",
        "rincian_objek",
    ]
    assert tingkat_rekening("5.1.02.01.01.0052") == "sub_rincian"
    assert tingkat_rekening("JUMLAH:belanja-operasi") == "total"
    assert [tingkat_program(c) for c in ("7.01.01", "7.01.01.2.01", "7.01.01.2.01.0001", "TOTAL")] == [
        "program",
        "kegiatan",
        "sub_kegiatan",
        "total",
    ]
    with pytest.raises(ValueError, match="nama:"):
        tingkat_program("nama:sesuatu")
    with pytest.raises(ValueError, match="account"):
        tingkat_rekening("5.1.02.01.01.0052.1")
    assert induk_rekening("5.1.02") == "5.1"
    assert induk_rekening("5") is None
    assert induk_program("7.01.02.2.01.0001") == "7.01.02.2.01"
    assert induk_program("7.01.02.2.01") == "7.01.02"
    assert induk_program("7") is None


def test_the_old_account_system_is_told_apart() -> None:
    assert sistem_lama("5.2.2.01")
    assert sistem_lama("5.2.2.01.01")
    assert not sistem_lama("5.1.02.01")
    assert not sistem_lama("5.1.2.1")  # lost its zeros


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ATU-ATU", "Atu Atu"),
        ("7.01.04 PROGRAM KOORDINASI KETENTRAMAN", "Koordinasi Ketenteraman"),
        ("Peningkatan Efektifitas Pelayanan", "Peningkatan Efektivitas Pelayanan"),
        ("jumlah desa yang ada diKecamatan", "Jumlah Desa yang ada di Kecamatan"),
        ("1. Program Penunjang", "PENUNJANG"),
        ("Sarana & Prasarana", "sarana dan prasarana"),
        ("Pajak, dan Perizinan", "Pajak dan Perizinan"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert nama_baku(one) == nama_baku(other)


@pytest.mark.parametrize(
    ("one", "other"), [("5 Ilir", "13 Ilir"), ("Panggung", "Panggung Baru"), ("Desa Maju", "Desa Mandiri")]
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert nama_baku(one) != nama_baku(other)


@given(st.text(max_size=40))
def test_a_slug_is_plain_and_stable(text: str) -> None:
    made = slug(text)
    assert made
    assert slug(made) == made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
