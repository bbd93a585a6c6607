"""The published file as the report reads it: rows of a query, and one row of a table by its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import duckdb

from assets.publish.bab_iii.shelf import DefinitionBroken
from assets.publish.shown import with_names
from warehouse import contracts
from warehouse.formulas import registry
from warehouse.indicators import Catalogue

Row = Mapping[str, Any]
_PARAMETER = re.compile(r"\$([a-z_]+)")
# The product's code words as a reader's: kata('PK-P') is Perjanjian Kinerja Perubahan.
_WORDS = {
    "PK": "Perjanjian Kinerja",
    "PK-P": "Perjanjian Kinerja Perubahan",
    "RENSTRA": "Renstra",
    "INDEKS_DESA": "Indeks Desa",
    "persen": "Persen",
    "rasio": "Rasio",
    "nilai": "Indeks",
    "MANDIRI": "Mandiri",
    "MAJU": "Maju",
    "BERKEMBANG": "Berkembang",
    "TERTINGGAL": "Tertinggal",
    "SANGAT TERTINGGAL": "Sangat Tertinggal",
    "PEMULA": "Pemula",
    "PERINTIS": "Perintis",
}


class Published:
    """Reads only; each row is fetched once.

    Queries also know what the product defines: ``katalog_indikator`` (kode_indikator, nama, definisi, satuan,
    arah, metode, dasar_hukum, interpretasi, menggantikan), ``katalog_rumus`` (id, rumus, dasar_hukum), and
    ``kata(kode)``, a code word as a reader's.

    Args:
        con: an open connection to ``lumbung.duckdb``.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con.cursor()  # its own: what is laid beside the file below is not the caller's
        self._lay("katalog_indikator", _catalogue())
        self._lay("katalog_rumus", _formulas())
        cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in _WORDS.items())
        self._con.execute(f"CREATE TEMP MACRO kata(kode) AS CASE kode {cases} ELSE kode END")
        self._rows: dict[tuple[str, tuple[str, ...]], Row] = {}
        self._fetched: set[tuple[str, str]] = set()
        self._files = dict(con.execute("SELECT berkas_id, nama FROM berkas").fetchall())

    def _lay(self, name: str, rows: list[dict[str, str | None]]) -> None:
        """Rows of words as a table; by way of Arrow they would cost the import of pandas."""
        columns = ", ".join(f"{column} VARCHAR" for column in rows[0])
        self._con.execute(
            f"CREATE TEMP TABLE {name} AS SELECT UNNEST(CAST($1 AS STRUCT({columns})[]), recursive := true)",
            [rows],
        )

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
        contract = contracts.table(table)
        if tuple(k for k, _ in key) != contract.key:
            raise DefinitionBroken(f"{table}: kunci {[k for k, _ in key]} bukan {list(contract.key)}")
        values = tuple(v for _, v in key)
        if (table, values[0]) not in self._fetched:
            self._fetch(table, contract.key, values[0])
        return self._rows.get((table, values))

    def _fetch(self, table: str, key: tuple[str, ...], first: str) -> None:
        """All rows of that first value of the key at once: a query a row would be a thousand for a report."""
        words = ", ".join(f"CAST({k} AS VARCHAR)" for k in key)
        found = self._con.execute(
            f"SELECT {words}, * FROM {table} WHERE CAST({key[0]} AS VARCHAR) = ?", [first]
        )
        columns = [d[0] for d in found.description][len(key) :]
        for row in found.fetchall():
            self._rows[table, row[: len(key)]] = dict(zip(columns, row[len(key) :], strict=True))
        self._fetched.add((table, first))

    def reason(self, said: str | None) -> str | None:
        """A reason with names of files in place of the beginnings of their hashes."""
        return with_names(said, self._files) if said else None


@cache
def _catalogue() -> list[dict[str, str | None]]:
    words = ("nama", "definisi", "satuan", "arah", "metode", "dasar_hukum", "interpretasi")
    return [
        {
            "kode_indikator": i.kode,
            **{w: getattr(i, w) for w in words},
            "menggantikan": ",".join(i.menggantikan),
        }
        for i in Catalogue.load().indicators.values()
    ]


@cache
def _formulas() -> list[dict[str, str | None]]:
    return [{"id": r.id, "rumus": r.kalimat, "dasar_hukum": r.dasar_hukum} for r in registry.semua()]
