"""Large tables added up in SQL: one file a reduction, in the portable subset (``tests/structure``).

A reduction gives sums, counts and first/last rows as whole numbers; every division, rounding and
judgement comes after, in exact decimals, so no engine's arithmetic can change a figure.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

REDUCTIONS = Path(__file__).parent / "reductions"


class ReductionUnknown(ValueError):
    """No such reduction: a fault of ours, never of a received file."""


def statement(name: str) -> str:
    """The SQL text of one reduction.

    Raises:
        ReductionUnknown: if there is no file of that name.
    """
    path = REDUCTIONS / f"{name}.sql"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in REDUCTIONS.glob("*.sql")))
        raise ReductionUnknown(f"no reduction {name!r} in {REDUCTIONS.name}/; known: {known}")
    return path.read_text(encoding="utf-8")


def reduce(name: str, **tables: pa.Table) -> pa.Table:
    """Run one reduction over the tables, each known to the SQL by its keyword.

    Returns:
        An Arrow table in the total order that the SQL states.

    Raises:
        ReductionUnknown: if there is no such reduction.
        duckdb.Error: if the tables are not those the SQL reads.
    """
    sql = statement(name)
    with duckdb.connect(":memory:") as connection:
        for table_name, rows in tables.items():
            connection.register(table_name, rows)
        return connection.sql(sql).to_arrow_table()
