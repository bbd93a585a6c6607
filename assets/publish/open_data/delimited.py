"""A table as CSV (RFC 4180): UTF-8 without mark, comma, CRLF; exact decimals with a point; NULL is empty.

An empty text is written as ``""``, so it is not NULL. Text that a spreadsheet would run gets an apostrophe
before it (``cells.safe_text``); the Parquet file beside it holds the text as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.publish.cells import safe_text

_NEEDS_QUOTES = frozenset(',"\r\n')


def write(found: pa.Table, path: Path) -> None:
    """Write the file; whoever calls moves it into place."""
    columns = [_texts(column) for column in found.columns]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(_quoted(n) for n in found.schema.names) + "\r\n")
        out.writelines(",".join(row) + "\r\n" for row in zip(*columns, strict=True))


def _texts(column: pa.ChunkedArray) -> Iterator[str]:
    said = _SAID[_kind(column.type)]
    return ("" if value is None else said(value) for value in column.to_pylist())


def _kind(kind: pa.DataType) -> str:
    return str(kind).partition("(")[0].partition("[")[0]


def exact(value: Decimal) -> str:
    """All digits that count, at least two decimals, never an exponent.

    >>> exact(Decimal("95.540937500000")), exact(Decimal("0E-12")), exact(Decimal("100.00"))
    ('95.5409375', '0.00', '100.00')
    """
    whole, _, part = f"{value:f}".partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def _text(value: str) -> str:
    return _quoted(safe_text(value)) if value else '""'


def _quoted(value: str) -> str:
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES & set(value) else value


def _moment(value: dt.datetime) -> str:
    return value.replace(microsecond=0).isoformat() + "Z"


_SAID: dict[str, Callable[[Any], str]] = {
    "string": _text,
    "int64": str,
    "bool": lambda value: "true" if value else "false",
    "date32": dt.date.isoformat,
    "timestamp": _moment,
    "decimal128": exact,
}
