"""What is left of a budget as a realisation table prints it, and whether it calls that SiLPA.

SiLPA exists only for a whole regional government (Permendagri 77/2020); an office has ``sisa``.
"""

from __future__ import annotations

from decimal import Decimal

from assets.clean.sift import Row


def remainder(row: Row) -> dict[str, Decimal | bool | None]:
    """Columns ``sisa_tercetak`` and ``sisa_bernama_silpa`` of one row; NULL where the sheet has neither."""
    left = row.money("sisa")
    if left is not None:
        return {"sisa_tercetak": left, "sisa_bernama_silpa": False}
    left = row.money("silpa")
    return {"sisa_tercetak": left, "sisa_bernama_silpa": None if left is None else True}
