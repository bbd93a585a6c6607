"""Personal data is found and masked. The numbers here are invented."""

from __future__ import annotations

import pytest

from warehouse.values.personal import MASK, has_personal, mask


@pytest.mark.parametrize(
    "secret",
    [
        "6301030101900001",  # NIK
        "6301034101900001",  # NIK of a woman: day + 40
        "6301 0301 0190 0001",
        "199001012015031001",  # NIP
        "19900101 201503 1 001",
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "nama.orang@contoh.go.id",
    ],
)
def test_personal_data_is_masked_anywhere(secret: str) -> None:
    for text in (secret, f"Hubungi {secret}.", f"SKM_{secret}_tw1.xlsx", f"({secret})"):
        assert has_personal(text)
        masked = mask(text)
        assert MASK in masked
        assert secret not in masked
        assert not has_personal(masked)


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
    ],
)
def test_codes_and_amounts_stay(plain: str) -> None:
    assert not has_personal(plain)
    assert mask(plain) == plain
