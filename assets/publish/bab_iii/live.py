"""Live formulas of a table: kept only where a spreadsheet would give what the warehouse holds."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext

from assets.publish.bab_iii.shelf import DefinitionBroken

Number = Decimal | int | None
_NAME = re.compile(r"\{([a-z_]+)(:atas)?\}")
_STORED = Decimal(1).scaleb(-12)
_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def agrees(
    formula: str, row: Mapping[str, Number], above: Mapping[str, Sequence[Number]], value: Number
) -> bool:
    """Whether the formula gives the value at the warehouse's precision (12 decimals, half-up).

    Args:
        formula: as ``Sel.rumus``: ``{realisasi}/{pagu}*100``, ``SUM({pagu:atas})``, ``AVERAGE(...)``.
        row: values of the same row by column.
        above: values of all data cells above by column; empty ones are left out, as a spreadsheet does.
        value: the warehouse's.

    Raises:
        DefinitionBroken: a formula with anything but names, numbers, ``+ - * /``, SUM and AVERAGE.
    """
    made = None if value is None else value_of(formula, row, above)
    return made is not None and made == Decimal(value or 0).quantize(_STORED, ROUND_HALF_UP)


def value_of(
    formula: str, row: Mapping[str, Number], above: Mapping[str, Sequence[Number]]
) -> Decimal | None:
    """What the formula gives, exactly, rounded half-up to 12 decimals; None where an input is empty.

    Raises:
        DefinitionBroken: as ``agrees``.
    """
    with localcontext() as context:
        context.prec = 50
        try:
            return _Reader(row, above).read(formula).quantize(_STORED, ROUND_HALF_UP)
        except (_Empty, DivisionByZero, InvalidOperation):
            return None


class _Empty(ValueError):
    """An input of the formula has no value."""


class _Reader:
    def __init__(self, row: Mapping[str, Number], above: Mapping[str, Sequence[Number]]) -> None:
        self._row = row
        self._above = above

    def read(self, formula: str) -> Decimal:
        tree = ast.parse(
            _NAME.sub(lambda f: f"atas_{f[1]}" if f[2] else f"baris_{f[1]}", formula), mode="eval"
        )
        return self._of(tree.body)

    def _of(self, node: ast.expr) -> Decimal:
        match node:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](self._of(left), self._of(right))
            case ast.Constant(value=int() as number):
                return Decimal(number)
            case ast.Name(id=name) if name.startswith("baris_"):
                return self._single(name.removeprefix("baris_"))
            case ast.Call(func=ast.Name(id="SUM" | "AVERAGE" as what), args=[ast.Name(id=name)]):
                found = [Decimal(v) for v in self._above.get(name.removeprefix("atas_"), ()) if v is not None]
                if not found:
                    raise _Empty(name)
                return sum(found, Decimal(0)) / (len(found) if what == "AVERAGE" else 1)
        raise DefinitionBroken(f"rumus dengan {ast.unparse(node)} tidak dapat diperiksa")

    def _single(self, name: str) -> Decimal:
        value = self._row.get(name)
        if value is None:
            raise _Empty(name)
        return Decimal(value)
