"""The operands of one formula as a trail recorded them, by their role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from warehouse.formulas.exact import EXACT

Value = Decimal | str | bool | None


class NotComputable(ValueError):
    """The operands recorded are not those that the formula needs; the message says what is wrong."""


@dataclass(frozen=True)
class Operand:
    """One operand as recorded: its role, and its value as text (None unknown)."""

    peran: str
    nilai: str | None

    @property
    def number(self) -> Decimal | None:
        """The value as a number.

        Raises:
            NotComputable: it is a text.
        """
        if self.nilai is None:
            return None
        try:
            return Decimal(self.nilai)
        except InvalidOperation as wrong:
            raise NotComputable(f"{self.peran}: {self.nilai!r} is no number") from wrong


@dataclass(frozen=True)
class Operands:
    """The operands of one formula.

    ``before`` is what an earlier formula of the same figure gave (a cap comes after an achievement),
    ``peers`` the values among which a rank is told, this one's included.
    """

    each: Sequence[Operand]
    before: Value = None
    peers: Sequence[Decimal] = field(default_factory=tuple)

    def __iter__(self) -> Iterator[Operand]:
        return iter(self.each)

    def maybe(self, *roles: str) -> Operand | None:
        """The first operand in one of these roles, in the order of the roles."""
        return next((o for r in roles for o in self.each if o.peran == r), None)

    def one(self, *roles: str) -> Operand:
        """The same, which must be there.

        Raises:
            NotComputable: there is none.
        """
        found = self.maybe(*roles)
        if found is None:
            raise NotComputable(f"no operand {' or '.join(roles)} among {[o.peran for o in self.each]}")
        return found

    def number(self, *roles: str) -> Decimal | None:
        """The number in one of these roles, which must be there."""
        return self.one(*roles).number

    def text(self, *roles: str) -> str | None:
        """The text in one of these roles; None where it is not there."""
        found = self.maybe(*roles)
        return None if found is None else found.nilai

    def starting(self, *heads: str) -> list[Operand]:
        """Operands whose role begins so."""
        return [o for o in self.each if o.peran.startswith(heads)]

    def only(self) -> Operand:
        """The single operand.

        Raises:
            NotComputable: there is none, or more than one.
        """
        if len(self.each) != 1:
            raise NotComputable(f"{len(self.each)} operands where one is due")
        return self.each[0]


Function = Callable[[Operands], Value]


def total(values: Iterable[Decimal | None]) -> Decimal:
    """The exact sum; what is unknown adds nothing."""
    whole = Decimal(0)
    for value in values:
        whole = EXACT.add(whole, value or Decimal(0))
    return whole


def as_number(value: Value) -> Decimal | None:
    """A value that must be a number, if it is known.

    Raises:
        NotComputable: it is a text or a yes/no.
    """
    if value is None or isinstance(value, Decimal):
        return value
    raise NotComputable(f"{value!r} where a number is due")
