"""Formulas of a table: kept only where they give what the warehouse holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assets.publish.bab_iii.live import agrees, value_of
from assets.publish.bab_iii.shelf import DefinitionBroken

ROW = {"pagu": Decimal("12296340286.46"), "realisasi": Decimal("11200768358.00"), "kosong": None, "nol": 0}
ABOVE: dict[str, list[Decimal | int | None]] = {"pagu": [Decimal(1), None, Decimal(2)], "kosong": [None]}
SHARE = Decimal("91.090260167357")


def test_a_formula_is_kept_at_the_warehouse_s_precision() -> None:
    assert agrees("{realisasi}/{pagu}*100", ROW, {}, SHARE)
    assert not agrees("{realisasi}/{pagu}*100", ROW, {}, SHARE + Decimal("0.000000000001"))
    assert not agrees("{realisasi}/{pagu}", ROW, {}, SHARE)


def test_empty_cells_are_left_out_of_sums_and_break_a_row() -> None:
    assert value_of("SUM({pagu:atas})", {}, ABOVE) == 3
    assert value_of("AVERAGE({pagu:atas})", {}, ABOVE) == Decimal("1.5")
    assert value_of("SUM({kosong:atas})", {}, ABOVE) is None
    assert value_of("{kosong}+{pagu}", ROW, {}) is None
    assert value_of("{pagu}/{nol}", ROW, {}) is None
    assert not agrees("{pagu}", ROW, {}, None)


@pytest.mark.parametrize("formula", ["{pagu}**2", "ROUND({pagu:atas})", "__import__('os')", "-{pagu}", "'a'"])
def test_other_formulas_are_refused(formula: str) -> None:
    with pytest.raises(DefinitionBroken, match="tidak dapat diperiksa"):
        value_of(formula, ROW, ABOVE)
