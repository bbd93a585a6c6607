"""Packs of origins: the tree that ``why`` tells, each part once, safe inside a page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assets.publish import origin_tree
from assets.publish.origin_graph import Graph
from assets.publish.validation.origins import OTHERS, guessed, origins
from assets.publish.way_back import assets, pack
from tests.unit.publish import asal_uji as run
from tests.unpacked import Unpacked

IKM = run.UNIT.replace("persen_desa_mandiri", "ikm")


@pytest.fixture
def graph() -> Iterator[Graph]:
    with run.connection() as con:
        yield Graph(con)


def test_a_figure_comes_out_as_it_went_in(graph: Graph) -> None:
    packed = json.loads(pack.in_page(pack.pack(graph, [run.ACHIEVED])))
    told = origin_tree.tree(graph, *run.ACHIEVED)
    assert Unpacked(packed).tree(*run.ACHIEVED) == told
    achieved = told["kolom"][0]
    actual, target = achieved["masukan"]
    assert actual["angka"]["disalin_dari"]["tabel"] == "realisasi_iku"
    assert [o["jenis"] for o in actual["angka"]["masukan"]] == ["sel", "tetapan", "pilihan"]
    assert target["angka"]["masukan"][0]["sel"] | {"temuan": []} == {
        "berkas": run.HOSTILE, "berkas_id": run.OTHER, "lembar": "Lembar 1", "sel": "E6", "koreksi": "K-1",
        "temuan": [],
    }  # fmt: skip
    assert set(told["temuan"]) == {"t1", "t3"} and set(told["koreksi"]) == {"K-1"}


def test_a_row_is_told_figure_by_figure_each_part_once(graph: Graph) -> None:
    row = run.ACHIEVED[:2]
    packed = pack.pack(graph, [row])
    told = origin_tree.tree(graph, *row)
    assert Unpacked(packed).tree(*row) == told
    assert [n["kolom"] for n in told["kolom"]] == ["realisasi", "capaian_persen"], "the target is told below"
    keys = [f"{packed['teks'][b[0]]}{b[1]}" for b in packed["baris"]]
    assert len(keys) == len(set(keys)) == 2 and len(packed["sel"]) == 2
    assert len(packed["teks"]) == len({(type(t), t) for t in packed["teks"]})


def test_a_figure_held_back_says_why_with_the_name_of_the_file(graph: Graph) -> None:
    packed = pack.pack(graph, [("capaian_iku", IKM, "capaian_persen")])
    told = Unpacked(packed).tree("capaian_iku", IKM, "capaian_persen")
    assert told == origin_tree.tree(graph, "capaian_iku", IKM, "capaian_persen")
    assert told["kolom"][0]["cara"] == "kosong" and told["kolom"][0]["kalimat"] == "lihat Status Desa.xlsx"


def test_what_is_not_published_is_left_out(graph: Graph) -> None:
    packed = pack.pack(graph, [("capaian_iku", run.UNIT.replace("2025", "2031")), run.ACHIEVED])
    assert [b[-1] and len(b[-1]) for b in packed["baris"]] == [1, 0]


def test_rows_stand_in_the_order_they_are_asked_for(graph: Graph) -> None:
    rows = [("capaian_iku", IKM), ("realisasi_iku", run.UNIT), ("capaian_iku", run.UNIT)]
    packed = pack.pack(graph, rows)
    named = [(packed["teks"][b[0]], ";".join(packed["teks"][v] for v in b[1])) for b in packed["baris"]]
    assert [t for t, _ in named] == ["capaian_iku", "realisasi_iku", "capaian_iku"] and "ikm" in named[0][1]
    assert next(pack.figures_of(graph, "630103")) == ("capaian_iku", IKM)
    assert list(pack.figures_of(graph, None)) == []


def test_nothing_in_a_pack_ends_its_script(graph: Graph) -> None:
    packed = pack.pack(graph, [("realisasi_iku", run.UNIT)])
    assert run.HOSTILE in json.dumps(packed, ensure_ascii=False)
    script = pack.as_script(packed)
    assert "<" not in script and script.startswith("LumbungAsal.isi({")
    assert json.loads(script[len("LumbungAsal.isi(") : -len(");\n")]) == packed
    assert "</script" not in assets.script() and assets.script().startswith("//")


def test_a_pack_without_findings_keeps_their_ids(graph: Graph) -> None:
    packed = pack.pack(graph, [run.ACHIEVED], findings=False)
    assert packed["temuan"] == {} and "t1" in packed["teks"] and packed["koreksi"].keys() == {"K-1"}


def test_a_graph_forgets_and_asks_again(graph: Graph) -> None:
    before = origin_tree.tree(graph, *run.ACHIEVED)
    graph.forget()
    assert origin_tree.tree(graph, *run.ACHIEVED) == before


def test_units_are_read_together_and_forgotten(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.publish.origin_graph._AT_ONCE", 2)
    owned = {name: [run.ACHIEVED[:2]] for name in "abc"}
    alone = pack.pack(graph, owned["a"])
    asked: list[str] = []
    ask = graph.ask
    monkeypatch.setattr(graph, "ask", lambda query, *more: asked.append(query) or ask(query, *more))
    graph.forget()
    counts = []
    for name in graph.in_turn(owned):
        assert pack.pack(graph, owned[name]) == alone
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0 and counts[2] == 2 * counts[0]


def test_the_button_is_text_that_names_its_figure() -> None:
    made = assets.button("ikm", 'kode_unit=1;x="<', "ikm", "<80>")
    assert made == (
        '<button type="button" class="angka" data-asal="ikm|kode_unit=1;x=&quot;&lt;|ikm">&lt;80&gt;</button>'
    )


# --- what the report packs ---------------------------------------------------------------------------


def test_the_report_holds_its_units_whole_and_of_others_what_is_named() -> None:
    named = [
        f"capaian_iku|{IKM}",
        f"realisasi_iku|{run.UNIT}",
        "capaian_iku|kode_unit=1;periode=2;kode_indikator=3",
    ]
    whole = origins(run.tables(), named, ["630103"], findings=False)
    assert list(whole.isi) == ["630103"] == list(whole.utuh) and whole.milik == {}
    assert whole.tanpa == {named[2]}
    some = origins(run.tables(), named, [], findings=False)
    assert list(some.isi) == ["630103"] and list(some.utuh) == []
    assert len(some.isi["630103"]) < len(whole.isi["630103"])


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        (run.UNIT, "630103"),
        ("kode_desa=6301032001;tahun=2025;metode=IDM", "630103"),
        ("kode_indikator=ikm;tahun=2024;lingkup=kab:6306;kode_pembanding=630609", "630609"),
        ("bumdes_id=x;tahun=2024", OTHERS),
    ],
)
def test_a_key_tells_its_unit(key: str, unit: str) -> None:
    assert guessed(key) == unit
