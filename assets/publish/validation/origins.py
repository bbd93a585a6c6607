"""The way back of the figures that the page names, packed so that the page stays light.

Every figure of the units that report themselves, as long as they are not more than ``WHOLE``; of others, and
of all where they are more, the figures that findings name and those that do not go out. A pack is compressed
and opened at the first click, a unit at a time.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from assets.publish.origin_graph import Graph
from assets.publish.way_back import pack as packing
from warehouse import contracts

WHOLE = 40  # units of which the page holds every figure: about 55 KB each
OTHERS = "-"  # the pack of rows that belong to no unit
_READ = ("jejak", "berkas", "temuan", "jalan")

Row = tuple[str, str]  # table, key


@dataclass(frozen=True)
class Origins:
    """Packs by unit (``OTHERS`` for rows of none), and what is in them.

    ``isi`` are packs as the page holds them; ``utuh`` units of which every figure is there; ``milik`` tells
    where the rows are whose key does not tell it; ``tanpa`` are rows named by findings that are not
    published.
    """

    isi: Mapping[str, str] = field(default_factory=dict)
    utuh: Sequence[str] = ()
    milik: Mapping[str, str] = field(default_factory=dict)
    tanpa: frozenset[str] = frozenset()


def origins(
    tables: Mapping[str, pa.Table], named: Iterable[str], units: Sequence[str], *, findings: bool
) -> Origins:
    """Pack what the page names.

    Args:
        tables: the published tables: figures, ``jejak``, ``berkas``, ``temuan``, ``jalan``.
        named: figures that findings or lists name (``table|key``).
        units: units that report themselves.
        findings: whether packs bring what findings say, for a page that does not hold all of them.
    """
    rows = {(table, key) for table, _, key in (n.partition("|") for n in named)}
    with duckdb.connect() as con:
        for name in (*contracts.names("mart"), *_READ):
            con.register(name, tables[name])
        graph = Graph(con)
        owners = _owners(con, rows)
        by_unit: dict[str, dict[Row, None]] = {}
        for row in sorted(owners):
            by_unit.setdefault(owners[row], {})[row] = None
        whole = tuple(units) if len(units) <= WHOLE else ()
        for unit in whole:
            mine = by_unit.setdefault(unit, {})
            mine |= dict.fromkeys(packing.figures_of(graph, unit))
            owners |= dict.fromkeys(mine, unit)
        made = dict(_packed(graph, by_unit, findings))
    strange = {f"{t}|{k}": unit for (t, k), unit in owners.items() if guessed(k) != unit}
    missing = frozenset(f"{t}|{k}" for t, k in rows - owners.keys())
    return Origins(made, [u for u in whole if u in made], strange, missing)


def guessed(key: str) -> str:
    """The unit that a key tells: the first six digits of its first code of a region."""
    for part in key.split(";"):
        name, _, value = part.partition("=")
        if name in ("kode_unit", "kode_pembanding", "kode_desa"):
            return value[:6]
    return OTHERS


def _packed(
    graph: Graph, by_unit: Mapping[str, Mapping[Row, None]], findings: bool
) -> Iterator[tuple[str, str]]:
    for name in graph.in_turn({unit: by_unit[unit] for unit in sorted(by_unit)}):
        said = packing.in_page(packing.pack(graph, by_unit[name], findings=findings))
        # No moment in it: the same facts make the same page.
        yield name, base64.b64encode(gzip.compress(said.encode(), 9, mtime=0)).decode()


def _owners(con: duckdb.DuckDBPyConnection, rows: set[Row]) -> dict[Row, str]:
    """Whose each of these rows is; rows that are not published are not there."""
    found: dict[Row, str] = {}
    for name in {table for table, _ in rows} & set(contracts.names("mart")):
        contract = contracts.table(name)
        owner = packing.owner_of(contract) or "NULL"
        for code, *key in con.execute(f'SELECT {owner}, {", ".join(contract.key)} FROM "{name}"').fetchall():
            row = (name, contract.key_of(dict(zip(contract.key, key, strict=True))))
            if row in rows:
                found[row] = code or OTHERS
    return found
