"""Personal data is found and masked. The numbers here are invented: dates of birth are 30 February."""

from __future__ import annotations

import pytest

from warehouse.values.personal import MASK, has_personal, mask


@pytest.mark.parametrize(
    "secret",
    [
        "6301033002900001",  # NIK
        "6301037002900001",  # NIK of a woman: day + 40
        "6301 0330 0290 0001",
        "199002302015031001",  # NIP
        "19900230 201503 1 001",
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "nama.orang@contoh.go.id",
        "nama.orang (at) contoh.co.id",
        "6301.0330.0290.0001",
        "63.01.03.300290.0001",
        "630103-300290-0001",
        "630103 3002900001",
        "6301\u00a00330\u00a00290\u00a00001",
        "6.301033002900001E+15",  # the same as a spreadsheet shows a number
        "6301033002180004",  # KK: date of issue
        "+62-812-3456-7890",
        "+62 (812) 3456-7890",
        "(0812) 3456 7890",
        "0812.3456.7890",
        "62 812 3456 789",
        "+6281234567",
        "0821\u20131234\u20135678",
        "01.234.567.8-731.000",  # NPWP
        "01 234 567 8 731 000",
    ],
)
def test_personal_data_is_masked_anywhere(secret: str) -> None:
    for text in (
        secret,
        f"Hubungi {secret}.",
        f"SKM_{secret}_tw1.xlsx",
        f"({secret})",
        f"telp.{secret}/{secret}",
    ):
        assert has_personal(text)
        masked = mask(text)
        assert MASK in masked
        assert secret not in masked
        assert not has_personal(masked)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("081234567890,081345678901", f"{MASK},{MASK}"),
        ("6301033002900001.0", f"{MASK}.0"),
        ("No. Rek. 0123-01-012345-50-1 a.n. bendahara", f"No. Rek. {MASK} a.n. bendahara"),
        ("BRI 012301012345501", f"BRI {MASK}"),
        ("Rekening Bank Kalsel: 0010012345678", f"Rekening Bank Kalsel: {MASK}"),
        ("NPWP: 012345678731000", f"NPWP: {MASK}"),
        ("NIK 9999999999999999", f"NIK {MASK}"),
    ],
)
def test_lists_and_labelled_numbers(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "plain",
    [
        "6301032001",  # village code
        "5.1.02.01.01.0052",
        "510201010052",
        "12.296.340.286,46",
        "Rp. 82.345.678.901",
        "2025-TW1",
        "LRA 31 Desember 2025.xlsx",
        "7.01.02.2.01.0001",
        "9999999999999999",  # 16 digits, no date of birth
        "62.812.345.678",  # rupiah
        "628.123.456.789,00",
        "0.831234567891",  # a ratio
        "12,081234567891",
        "2021 2022 2023 2024",
        "7.01.01.2.01.0001.5.1.02.01.01.0052",
        "No. Rekening 5.1.02.01.01.0052",
        "Kode Rekening 510201010052",
        "Nomor Rekening: 5.1.02.02.001.00026",
        "1.02 . 1.02.01 . 00",
        "1.893.851.588",
        "63.01.03.2001",
        "Jl. A. Yani Km 3,5 No. 12345",
        "12296340286.46",
    ],
)
def test_codes_and_amounts_stay(plain: str) -> None:
    assert not has_personal(plain)
    assert mask(plain) == plain
