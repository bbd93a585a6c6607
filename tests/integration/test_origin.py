"""``why`` answers for every column of every published table, in every form."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import duckdb
import pytest

from assets.publish import origin_graph, origin_page, origin_tree
from tests.conftest import ExampleRun, lumbung
from warehouse import contracts

pytestmark = pytest.mark.integration
ASKED = ("capaian_iku", "kode_unit=630103", "periode=2025", "kode_indikator=persen_desa_mandiri")


@pytest.mark.parametrize("table", contracts.names("mart"))
def test_every_column_has_an_answer(examples: ExampleRun, table: str) -> None:
    contract = contracts.table(table)
    order = ", ".join(contract.key)
    with duckdb.connect(str(examples.published), read_only=True) as con:
        # One row of each kind: published whole, with something withheld, withheld.
        found = con.execute(
            f'SELECT * FROM "{table}" QUALIFY row_number() OVER '
            f"(PARTITION BY status_terbit, alasan IS NULL ORDER BY {order}) = 1"
        )
        names = [d[0] for d in found.description or ()]
        rows = [dict(zip(names, r, strict=True)) for r in found.fetchall()]
        assert rows
        for row in rows:
            told = origin_tree.tree(origin_graph.Graph(con), table, contract.key_of(row), whole=True)
            by_name = {node["kolom"]: node for node in told["kolom"]}
            assert set(by_name) == {c.name for c in contract.columns if c.name not in contract.key}
            for name, node in by_name.items():
                if row[name] is not None and not node.get("ulangan"):
                    assert node["cara"] != "kosong", f"{table}.{name}"
                    assert node["masukan"] or node["kalimat"], f"{table}.{name}"
            page = origin_page.page(told)
            assert page.count("<details") == page.count("</details>") > 0


def test_each_column_that_is_no_figure_has_a_sentence_and_no_other() -> None:
    plain = {
        c.name
        for name in contracts.names("mart")
        for c in contracts.table(name).columns
        if c.name not in contracts.table(name).figures and c.name not in contracts.table(name).key
    }
    assert plain == set(origin_graph.labels())
    assert all(x["id"] and x["en"] for x in origin_graph.labels().values())


def test_the_json_leads_to_cells_formulas_and_findings(examples: ExampleRun) -> None:
    said = lumbung(examples.home, "why", *ASKED, "--format", "json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    percent = next(n for n in told["kolom"] if n["kolom"] == "capaian_persen")
    assert percent["nilai"] == "120.000000000000" and percent["rumus"] == ["capaian_naik"]
    assert told["rumus"]["capaian_naik"]["dasar_hukum"]
    cells = list(origin_tree.cells(told))
    assert {c["berkas"] for c in cells} >= {"Status Indeks Desa Pelaihari 2025.xlsx"}
    assert all(c["sel"] and c["berkas_id"] for c in cells)
    touched = {told["temuan"][i]["aturan"] for c in cells for i in c["temuan"]}
    assert "pk_sama_renstra" in touched or "target_bukan_k_per_n" in touched, touched


def test_a_correction_is_told_with_its_reason_where_its_cell_is(examples: ExampleRun) -> None:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        table, key, column, named = con.execute(
            "SELECT tabel, kunci, kolom, koreksi_id FROM jejak WHERE koreksi_id IS NOT NULL ORDER BY ALL"
        ).fetchall()[0]
        told = origin_tree.tree(origin_graph.Graph(con), table, key, column)
    assert [c["koreksi"] for c in origin_tree.cells(told)].count(named) >= 1
    assert "Alasan" in told["koreksi"][named]


class Links(HTMLParser):
    """Ids, targets of links inside the page, and whatever would reach out."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("href", "src"):
            if said := given.get(name):
                (self.targets.add(said[1:]) if said.startswith("#") else self.outside.append(said))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_stands_alone(examples: ExampleRun, tmp_path, lang: str) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "asal.html"
    said = lumbung(examples.home, "--lang", lang, "why", *ASKED, "--format", "html", "--to", str(target))
    assert said.code == 0, said.err
    text = target.read_text(encoding="utf-8")
    found = Links()
    found.feed(text)
    assert found.outside == [] and "url(" not in text and "@import" not in text
    assert found.targets <= set(found.ids) and len(found.ids) == len(set(found.ids))
    assert f'lang="{lang}"' in text and ("Origin of a figure" in text) == (lang == "en")
    assert re.search(r"Status Desa · D6", text)
