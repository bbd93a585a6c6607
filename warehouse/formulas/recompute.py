"""Every formula of a trail, worked out again from the operands that the trail recorded.

``lumbung verify``, the check before publishing and the tests go through here. What is proven is the
trail and what the marts do with it: each function takes operands by their role and knows no mart, so a
trail that leaves something out or names what it did not use, a figure made of other rows, a wrong branch
of a choice are found. What is not proven is a formula itself: bands, roundings and weights stand once,
in the modules beside this one, and both sides call them; their tests and the printed figures in
``tests/golden`` prove those. What proves a whole trail is ``quality/proof.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warehouse.formulas.recomputed import achieved, answered, plain, spent, villages
from warehouse.formulas.recomputed.operands import Function, Operands, Value
from warehouse.formulas.registry import UnknownFormula

_FUNCTIONS: Mapping[str, Function] = {
    **plain.FUNCTIONS,
    **achieved.FUNCTIONS,
    **spent.FUNCTIONS,
    **answered.FUNCTIONS,
    **villages.FUNCTIONS,
}
PEERS = frozenset(("peringkat_wilayah", "banyak_diperingkat"))  # formulas that need the other rows


def recompute(rumus: str, operands: Operands) -> Value:
    """What the formula gives; None where it cannot be had from them.

    Raises:
        UnknownFormula: no function for it.
        NotComputable: an operand is missing or is no number.
        ValueError: an operand is outside what the formula takes.
    """
    try:
        function = _FUNCTIONS[rumus]
    except KeyError:
        raise UnknownFormula(f"formula {rumus!r} cannot be recomputed; known: {', '.join(known())}") from None
    return function(operands)


def known() -> tuple[str, ...]:
    """Ids of all formulas that can be recomputed."""
    return tuple(sorted(_FUNCTIONS))


def missing(used: Iterable[str]) -> list[str]:
    """Formulas of a trail that nothing here recomputes."""
    return sorted(set(used) - _FUNCTIONS.keys())
