"""Which of several sources that state one thing counts, and when two printed values are one fact.

The order is data (``urutan`` in ``raw/<source>/source.yaml``); what becomes of a row that is outranked is
told in ``sift.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True)
class Rivals:
    """How rows that state one key are compared where several extract tables may state it.

    ``names``: what an officer calls each extract table, the one that counts first. ``decimals``: numbers that
    agree when printed with so many decimals are one fact; None where they must be equal.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None

    def rank(self, source: str) -> int:
        """Place in the order of sources, 0 first."""
        return list(self.names).index(source) if source in self.names else 0

    def called(self, source: str, beside: str | None = None) -> str:
        """What an officer calls a source; of two files of one source the one with more villages counts."""
        name = self.names.get(source, "berkas")
        return f"{name} lain yang memuat desa lebih banyak" if source == beside else name

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values can be one fact: equal, printed shorter, or one of them not given."""
        if one is None or other is None:
            return True
        if isinstance(one, str) and isinstance(other, str):
            return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
        if self.decimals is not None and isinstance(one, Decimal) and isinstance(other, Decimal):
            unit = Decimal(1).scaleb(-self.decimals)
            ways = (ROUND_HALF_UP, ROUND_DOWN)  # exports round or cut
            return any(one.quantize(unit, a) == other.quantize(unit, b) for a in ways for b in ways)
        return bool(one == other)
