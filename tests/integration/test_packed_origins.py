"""What a page holds of the origins is what ``why`` says, for every published figure of the examples."""

from __future__ import annotations

import duckdb
import pytest

from assets.publish import origin_graph, origin_tree
from assets.publish.way_back import pack
from tests.conftest import ExampleRun
from tests.unpacked import Unpacked

pytestmark = pytest.mark.integration


def test_every_published_figure_is_packed_as_why_tells_it(examples: ExampleRun) -> None:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        graph = origin_graph.Graph(con)
        rows = con.execute("SELECT DISTINCT tabel, kunci FROM jejak ORDER BY ALL").fetchall()
        figures = con.execute("SELECT count(DISTINCT (tabel, kunci, kolom)) FROM jejak").fetchall()[0][0]
        packed = pack.pack(graph, rows)
        unpacked = Unpacked(packed)
        assert sum(len(row[-1] or ()) for row in packed["baris"]) == figures > 5_000
        for table, key in rows:
            assert unpacked.tree(table, key) == origin_tree.tree(graph, table, key), (table, key)
        for table, key in rows[::25]:
            for column in graph.columns(table, key):
                told = origin_tree.tree(graph, table, key, column)
                assert unpacked.tree(table, key, column) == told, (table, key, column)


def test_a_units_figures_of_all_years_weigh_little(examples: ExampleRun) -> None:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        graph = origin_graph.Graph(con)
        for unit in ("630103", "630609"):
            rows = list(pack.figures_of(graph, unit))
            assert {table for table, _ in rows} >= {"capaian_iku", "ikm", "banding", "status_desa"}
            packed = pack.pack(graph, rows)
            figures = sum(len(row[-1] or ()) for row in packed["baris"])
            size = len(pack.as_script(packed).encode())
            assert figures > 1_000 and size < 300_000 and size < 200 * figures, (unit, figures, size)
            graph.forget()
