"""A published file of one invented unit, and definitions of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from warehouse import contracts

UNIT = "630103"
Put = Callable[..., None]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """All published tables, empty."""
    with duckdb.connect() as made:
        for stage in ("mart", "system"):
            for name in contracts.names(stage):
                made.execute(contracts.ddl(name)[0])  # without the comments
        yield made


@pytest.fixture
def put(con: duckdb.DuckDBPyConnection) -> Put:
    """Adds a row to a published table."""

    def add(table: str, **row: Any) -> None:
        if table in contracts.names("mart"):
            row = {"status_terbit": "terbit", **row}
        found: pa.Table = contracts.build(table, [row])
        con.register("baris", found)
        con.execute(f"INSERT INTO {table} SELECT * FROM baris")
        con.unregister("baris")

    return add


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a definition of the office; gives its folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
