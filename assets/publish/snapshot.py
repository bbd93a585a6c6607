"""Build beside, check, swap: readers of the published file never see a lock or half a state.

The file is written with the storage version of DuckDB 1.2, because dashboards lag behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse import contracts, view_contract
from warehouse.view_contract import MACROS, VIEWS

STORAGE_VERSION = "v1.2.0"


class SnapshotUnfit(RuntimeError):
    """The new file failed its check; the old one stays where it is."""


def publish(tables: Mapping[str, pa.Table], target: Path) -> None:
    """Write all tables, comments and views into a new file, check it, and move it over ``target``.

    Args:
        tables: every published table by name; a table of the contract that is absent is made empty.
        target: the file that people open.

    Raises:
        SnapshotUnfit: a count or key in the new file is not what was meant to be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(target.name + ".building")
    _remove(building)
    whole = {name: tables.get(name) for name in published_names()}
    try:
        _write(whole, building)
        _check(whole, building)
    except Exception:
        _remove(building)
        raise
    # A log left beside the target would make the new file unreadable ("WAL does not match").
    _wal(target).unlink(missing_ok=True)
    building.replace(target)


def published_names() -> tuple[str, ...]:
    """The tables of the warehouse: figures and bookkeeping, not the cleaned rows (they may be personal)."""
    return (*contracts.names("mart"), *contracts.names("system"))


def _write(tables: Mapping[str, pa.Table | None], building: Path) -> None:
    with duckdb.connect() as con:
        con.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
        con.execute(f"ATTACH '{_sql(building)}' AS baru (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE baru")
        con.execute("BEGIN")  # one transaction: a thousand comments are a thousand writes otherwise
        for name, found in tables.items():
            for statement in contracts.ddl(name):
                con.execute(statement)
            if found is not None and found.num_rows:
                con.register("masuk", found)
                columns = ", ".join(f'"{c}"' for c in contracts.table(name).schema.names)
                con.execute(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM masuk')
                con.unregister("masuk")
        view_contract.make(con)
        for statement in view_contract.comments():
            con.execute(statement)
        con.execute("COMMIT")
        con.execute("CHECKPOINT baru")
        con.execute("USE memory")
        con.execute("DETACH baru")


def _check(tables: Mapping[str, pa.Table | None], building: Path) -> None:
    with duckdb.connect(str(building), read_only=True) as con:
        for name, meant in tables.items():
            key = ", ".join(f'"{k}"' for k in contracts.table(name).key)
            written, distinct = con.execute(
                f'SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT {key} FROM "{name}")) FROM "{name}"'
            ).fetchall()[0]
            due = 0 if meant is None else meant.num_rows
            if written != due:
                raise SnapshotUnfit(f"{name}: {due} rows meant, {written} written")
            if distinct != written:
                raise SnapshotUnfit(f"{name}: {written} rows, {distinct} different keys ({key})")
        for view in VIEWS.glob("*.sql"):
            con.execute(f'SELECT * FROM "{view.stem}" LIMIT 1').fetchall()
        for macro in MACROS.glob("*.sql"):
            con.execute(f"SELECT * FROM \"{macro.stem}\"('2026-01-01') LIMIT 1").fetchall()
    if _wal(building).exists():
        raise SnapshotUnfit("the new file was not closed: a write-ahead log stands beside it")


def read(target: Path, name: str) -> pa.Table | None:
    """One table as last published, or None where there is none yet (or it has other columns now)."""
    return read_all(target, (name,)).get(name)


def read_all(target: Path, names: Iterable[str]) -> dict[str, pa.Table]:
    """Tables as last published; one that is not there yet, or has other columns now, is left out."""
    if not target.exists():
        return {}
    found = {}
    with duckdb.connect(str(target), read_only=True) as con:
        known = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for name in names:
            schema = contracts.table(name).schema
            if name in known:
                table = con.sql(f'SELECT * FROM "{name}"').to_arrow_table()
                if table.schema.names == schema.names:
                    found[name] = table.cast(schema)
    return found


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _wal(path).unlink(missing_ok=True)


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _sql(path: Path) -> str:
    return str(path).replace("'", "''")
