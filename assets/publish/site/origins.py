"""The way back of the figures on the pages: a pack for each region, loaded at the first click."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from assets.publish.origin_graph import Graph
from assets.publish.site.material import Bahan, Row, tahun
from assets.publish.way_back import pack
from warehouse import contracts
from warehouse.values.codes import slug

# Tables whose every row rests on the answers of a survey.
_SURVEY = ("ikm", "ikm_unsur", "ikm_varian", "capaian_ringkasan")


def skrip(bahan: Bahan, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """File name and text of each pack.

    Args:
        bahan: the material; a figure whose operands are not shown to everybody has no way back here.
        con: the published warehouse.
    """
    # The findings as everybody may read them: those of the published file hold what respondents wrote.
    con.register("temuan", bahan.told.temuan)
    graph = Graph(con)
    owned: dict[str, list[tuple[str, str]]] = {unit: [] for unit in (*bahan.melapor, *bahan.pembanding)}
    for name, rows in bahan.tabel.items():
        contract = contracts.table(name)
        column = pack.owner_of(contract)
        if column is None:
            continue
        for row in rows:
            if not _rests_on_few(bahan, name, row, str(row[column])):
                owned.setdefault(str(row[column]), []).append((name, contract.key_of(row)))
    for owner in graph.in_turn(owned):
        yield nama(owner), pack.as_script(pack.pack(graph, owned[owner]))


def nama(owner: str) -> str:
    """The file of a region's pack."""
    return f"asal/{'-'.join(slug(part) for part in owner.split(':'))}.js"


def _rests_on_few(bahan: Bahan, table: str, row: Row, owner: str) -> bool:
    """Whether a survey below the row is of so few persons that its operands stay in the office."""
    years = {tahun(row)}
    if table == "tren_iku":  # its change rests on the year before, too
        years.add(str(row["tahun"] - 1))
    if not any(unit == owner and period[:4] in years for unit, period in bahan.survei_kecil):
        return False
    known = bahan.katalog.indicators.get(row.get("kode_indikator") or "")
    return table in _SURVEY or (known is not None and known.rumus == "ikm")
