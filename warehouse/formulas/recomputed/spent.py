"""Budget, absorption and efficiency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from warehouse.formulas import accounts, efficiency
from warehouse.formulas.exact import decimal
from warehouse.formulas.recomputed.operands import (
    Function,
    NotComputable,
    Operands,
    Value,
)


def _absorbed(given: Operands) -> Value:
    return accounts.serapan(given.number("pagu"), given.number("realisasi"))


def _left(given: Operands) -> Value:
    return accounts.sisa(given.number("pagu"), given.number("realisasi"))


def _mapped(given: Operands) -> Value:
    """Amounts of the linked codes, each times its share; an amount that is unknown leaves none."""
    amounts = given.starting("pagu ", "realisasi ")
    if not amounts:
        return None
    whole = Fraction(0)
    for operand in amounts:
        amount, code = operand.number, operand.peran.partition(" ")[2]
        if amount is None:
            return None
        portion = given.number(f"porsi {code} (%)")
        if portion is None:
            raise NotComputable(f"the share of {code} is not recorded")
        whole += Fraction(amount) * Fraction(portion) / 100
    return decimal(whole)


def _portion(given: Operands) -> Value:
    said = given.starting("porsi ")
    if len(said) != 1:
        raise NotComputable(f"{len(said)} shares where one is due")
    return said[0].number


def _whole_budget(given: Operands) -> Value:
    amounts = given.starting("pagu ", "realisasi ")
    return amounts[0].number if amounts else None


def _efficiency(given: Operands) -> Value:
    return efficiency.e(*(given.number(r) for r in ("pagu", "capaian_persen", "realisasi")))


def _ne(given: Operands) -> Value:
    return efficiency.ne(given.number("E"))


def _ratio(given: Operands) -> Value:
    return efficiency.rasio(given.number("capaian_persen"), given.number("serapan_persen"))


FUNCTIONS: Mapping[str, Function] = {
    "serapan": _absorbed,
    "sisa": _left,
    "alokasi_dipetakan": _mapped,
    "porsi_pautan": _portion,
    "alokasi_seluruhnya": _whole_budget,
    "efisiensi_e": _efficiency,
    "efisiensi_ne": _ne,
    "efisiensi_rasio": _ratio,
}
