"""The published file as the report reads it: rows of a query, and one row of a table by its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

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
        self._con.register("katalog_indikator", _catalogue())
        self._con.register("katalog_rumus", _formulas())
        cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in _WORDS.items())
        self._con.execute(f"CREATE TEMP MACRO kata(kode) AS CASE kode {cases} ELSE kode END")
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


@cache
def _catalogue() -> pa.Table:
    words = ("nama", "definisi", "satuan", "arah", "metode", "dasar_hukum", "interpretasi")
    known = Catalogue.load().indicators.values()
    columns = {
        "kode_indikator": [i.kode for i in known],
        **{w: [getattr(i, w) for i in known] for w in words},
    }
    columns["menggantikan"] = [",".join(i.menggantikan) for i in known]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


@cache
def _formulas() -> pa.Table:
    known = registry.semua()
    columns = {
        "id": [r.id for r in known],
        "rumus": [r.kalimat for r in known],
        "dasar_hukum": [r.dasar_hukum for r in known],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
