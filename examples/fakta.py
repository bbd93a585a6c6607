"""The facts: small CSVs under ``fakta/``, every row with a ``bukti`` that says where it is from."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

FAKTA = Path(__file__).parent / "fakta"
BUKTI = ("tercetak: ", "rekonstruksi: ", "rekaan")

Fakta = dict[str, str]


def baca(nama: str) -> list[Fakta]:
    """All rows of one fact file, as printed.

    Args:
        nama: file name without ``.csv``.

    Returns:
        One dict a row, texts only; ``bukti`` is one of the columns.

    Raises:
        ValueError: if a row does not say where it is from.
    """
    with (FAKTA / f"{nama}.csv").open(encoding="utf-8", newline="") as berkas:
        rows = list(csv.DictReader(berkas))
    for nomor, row in enumerate(rows, 2):
        if not row["bukti"].startswith(BUKTI):
            raise ValueError(f"fakta/{nama}.csv:{nomor}: bukti {row['bukti']!r}")
    return rows


def rupiah(teks: str) -> Decimal:
    """An amount as the reports print it (``Rp. 8.007.404,10``, ``18,000,000``) as a number.

    Commas are grouping where three digits follow, as one table of Kalumpang prints them.
    """
    angka = teks.removeprefix("Rp").lstrip(". ")
    utuh, koma, pecahan = angka.rpartition(",")
    if not koma or len(pecahan.replace(".", "")) > 2:
        return Decimal(angka.replace(".", "").replace(",", ""))
    return Decimal(f"{utuh.replace('.', '').replace(',', '')}.{pecahan}")
