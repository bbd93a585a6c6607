"""What printed amounts must satisfy together: sums, the same fact in two places, percentages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from warehouse.trail import Cell

Values = Mapping[Cell, Decimal]


@dataclass(frozen=True)
class Fact:
    """One printed amount or percentage: where it stands, what it is of, and what it says."""

    cell: Cell
    nama: str
    kode: str
    kolom: str
    nilai: Decimal


@dataclass(frozen=True)
class Sum:
    """``hasil`` is the sum of ``bagian`` within ``toleransi`` (contract 5: printed unit times addends)."""

    hasil: Cell
    bagian: tuple[Cell, ...]
    toleransi: Decimal

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that takes part."""
        return (self.hasil, *self.bagian)

    def holds(self, values: Values) -> bool:
        """Whether the printed values satisfy it."""
        return abs(values[self.hasil] - self._sum(values)) <= self.toleransi

    def due(self, cell: Cell, values: Values) -> Decimal | None:
        """What ``cell`` would have to say for it to hold exactly, the others being right."""
        total = self._sum(values)
        return total if cell == self.hasil else values[cell] + values[self.hasil] - total

    def _sum(self, values: Values) -> Decimal:
        return sum((values[c] for c in self.bagian), Decimal(0))


@dataclass(frozen=True)
class Percent:
    """``persen`` is ``bagian`` of ``dari`` in percent, rounded half-up or truncated at ``desimal`` places."""

    persen: Cell
    bagian: Cell
    dari: Cell
    desimal: int

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that takes part."""
        return (self.persen, self.bagian, self.dari)

    def holds(self, values: Values) -> bool:
        """Whether the printed values satisfy it; nothing is a percentage of zero."""
        whole = values[self.dari]
        if not whole:
            return False
        exact, step = values[self.bagian] * 100 / whole, Decimal(1).scaleb(-self.desimal)
        return values[self.persen] in (exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN))

    def due(self, cell: Cell, values: Values) -> Decimal | None:
        """A rounded percentage does not tell its operands; only the percentage itself can be told."""
        whole = values[self.dari]
        if cell != self.persen or not whole:
            return None
        step = Decimal(1).scaleb(-self.desimal)
        return (values[self.bagian] * 100 / whole).quantize(step, ROUND_HALF_UP)


Relation = Sum | Percent
