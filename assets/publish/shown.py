"""What is stored as a person reads it: Indonesian numbers, words for yes and nothing, names of files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from warehouse import contracts
from warehouse.values.numbers import tampil


def text_of(value: Any) -> str:
    """The value as text; at least two decimals, at most the twelve that the warehouse keeps."""
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and _EXACT.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal):
        return _number(value)
    return str(value)


def with_names(said: str, names: Mapping[str, str]) -> str:
    """A reason with the names of files in it: the figure tables hold the beginnings of their hashes only.

    Args:
        said: ``alasan`` of a figure.
        names: name of each file by its hash.
    """
    if not _IN_HASH.search(said):
        return said
    short = {berkas_id[:_HASH]: name for berkas_id, name in names.items()}
    return _IN_HASH.sub(lambda found: short.get(found[0], found[0]), said)


_HASH = 12  # digits of a hash in a reason (``quality.findings.sentence``)
_IN_HASH = re.compile(rf"\b[0-9a-f]{{{_HASH}}}\b")
_EXACT = re.compile(r"-?\d+(\.\d+)?E[+-]?\d+|-?\d+\.\d+")
_MOST = 12  # decimals, as the warehouse keeps them


def _number(value: Decimal) -> str:
    short = contracts.stored(value, "decimal(24,12)").normalize()
    exponent = short.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 2
    return tampil(short, min(max(2, decimals), _MOST))
