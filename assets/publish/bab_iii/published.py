"""The published file as the report reads it: rows of a query, and one row of a table by its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import duckdb

from assets.publish.bab_iii.shelf import DefinitionBroken
from assets.publish.shown import with_names
from warehouse import contracts

Row = Mapping[str, Any]
_PARAMETER = re.compile(r"\$([a-z_]+)")


class Published:
    """Reads only; each row is fetched once.

    Args:
        con: an open connection to ``lumbung.duckdb``.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._rows: dict[tuple[str, tuple[str, ...]], Row | None] = {}
        self._files = dict(con.execute("SELECT berkas_id, nama FROM berkas").fetchall())

    def rows(self, sql: str, parameters: Row, where: str) -> list[dict[str, Any]]:
        """The rows of a query; ``$name`` in it is a parameter.

        Raises:
            DefinitionBroken: if the query fails or wants a parameter that is not there; names ``where``.
        """
        wanted = set(_PARAMETER.findall(sql))
        if unknown := wanted - set(parameters):
            raise DefinitionBroken(f"{where}: parameter ${', $'.join(sorted(unknown))} tidak dikenal")
        try:
            found = self._con.execute(sql, {name: parameters[name] for name in wanted})
            columns = [d[0] for d in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            raise DefinitionBroken(f"{where}: {error}") from error

    def row(self, table: str, key: tuple[tuple[str, str], ...]) -> Row | None:
        """One row of a table; None where there is none."""
        known = (table, tuple(v for _, v in key))
        if known not in self._rows:
            contract = contracts.table(table)
            if tuple(k for k, _ in key) != contract.key:
                raise DefinitionBroken(f"{table}: kunci {[k for k, _ in key]} bukan {list(contract.key)}")
            where = " AND ".join(f"CAST({k} AS VARCHAR) = ?" for k in contract.key)
            found = self._con.execute(f"SELECT * FROM {table} WHERE {where}", list(known[1]))
            columns = [d[0] for d in found.description]
            got = found.fetchone()
            self._rows[known] = dict(zip(columns, got, strict=True)) if got else None
        return self._rows[known]

    def reason(self, said: str | None) -> str | None:
        """A reason with names of files in place of the beginnings of their hashes."""
        return with_names(said, self._files) if said else None
