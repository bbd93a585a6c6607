"""The way back of a figure as somebody meets it who clicks one: keyboard, telephone, paper, from a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest

from assets.publish import origin_tree
from assets.publish.origin_graph import Graph
from assets.publish.way_back import assets, pack
from tests.browser.conftest import Opener
from tests.unit.publish import asal_uji as run

pytestmark = pytest.mark.browser
ACHIEVED = assets.figure_id(*run.ACHIEVED)
ROW = assets.figure_id(*run.ACHIEVED[:2])


@pytest.fixture(scope="module")
def graph() -> Any:
    with run.connection() as con:
        yield Graph(con)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> Path:
    """A site: script and pack lie beside the page; one page in English, one with everything inside."""
    to = tmp_path_factory.mktemp("situs")
    packed = pack.pack(graph, [run.ACHIEVED[:2], ("realisasi_iku", run.UNIT)])
    (to / "asal").mkdir()
    (to / "asal.js").write_text(assets.script(), encoding="utf-8")
    (to / "asal" / "630103.js").write_text(pack.as_script(packed), encoding="utf-8")
    beside = '<script src="asal.js"></script>'
    (to / "id.html").write_text(_page("id", beside, '{load: "asal/630103.js"}'), encoding="utf-8")
    (to / "en.html").write_text(_page("en", beside, '{load: () => "asal/630103.js"}'), encoding="utf-8")
    (to / "kurang.html").write_text(_page("id", beside, '{load: "asal/tidak-ada.js"}'), encoding="utf-8")
    inside = (
        f'<script type="application/json" id="asal">{pack.in_page(packed)}</script>'
        f"<script>{assets.script()}</script>"
    )
    (to / "satu.html").write_text(_page("id", inside, '{pack: "#asal"}'), encoding="utf-8")
    return to


def _page(lang: str, scripts: str, how: str) -> str:
    figures = "".join(
        f"<li>{assets.button(*place, text)}</li>"
        for place, text in (
            (run.ACHIEVED, "120,00"),
            ((*run.ACHIEVED[:2], None), "baris"),
            (("ikm", "kode_unit=1;periode=2", "ikm"), "tidak ada"),
        )
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Uji</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{assets.style()}</style></head><body><main><h1>Uji</h1><p id=lain>Isi halaman</p>"
        f"<ul>{figures}</ul></main>{scripts}<script>LumbungAsal.init({how});"
        f'document.documentElement.dataset.siap = "ya";</script></body></html>'
    )


def opened(page: Any, text: str = "120,00") -> Any:
    """Click a figure; the dialog when it tells."""
    page.click(f"button.angka >> text={text}")
    page.locator("dialog.asal .asal-siapa").wait_for()
    return page.locator("dialog.asal")


def test_a_click_opens_formula_operands_cells_corrections_and_findings(
    folder: Path, open_page: Opener
) -> None:
    page = open_page(folder / "id.html")
    uris = [(folder / name).as_uri() for name in ("asal.js", "asal/630103.js")]
    assert page.wrong == uris[:1], "the pack waits for the first click"
    dialog = opened(page)
    assert page.wrong == uris
    said = dialog.inner_text()
    parts = ["Capaian", "120,00 persen", "capaian = realisasi / target x 100", "PermenPANRB 53/2014"]
    parts += ["versi aturan abc", "630103 · 2025 · Persentase Desa Mandiri", "terbit 2026-01-31 08:00 UTC"]
    parts += [
        "E6",
        "koreksi K-1",
        "Koreksi yang dipakai",
        "Kalimat t1.",
        "→ Perbaiki.",
        "ingat: koreksi_dipakai",
    ]
    parts += [f"lumbung why capaian_iku {run.UNIT.replace(';', ' ')} --kolom capaian_persen"]
    assert [p for p in parts if p not in said] == []
    assert "D6" not in dialog.locator(".asal-pohon").inner_text(), "deeper parts are closed"
    dialog.locator("summary", has_text="realisasi").focus()
    page.keyboard.press("Enter")
    page.locator("dialog.asal .asal-pohon >> text=D6").wait_for()
    said = dialog.inner_text()
    parts = ["Status Desa.xlsx · Status Desa", "pilihan penyebut_desa", "(tetapan rumus)", "disalin dari"]
    assert [p for p in parts if p not in said] == []
    assert dialog.locator("img").count() == 0 and run.HOSTILE in said


@pytest.mark.parametrize("figure", [ACHIEVED, ROW, assets.figure_id("realisasi_iku", run.UNIT)])
def test_the_browser_unpacks_what_why_says(
    folder: Path, open_page: Opener, graph: Graph, figure: str
) -> None:
    page = open_page(folder / "satu.html")
    opened(page)
    table, key, *column = figure.split("|")
    told = origin_tree.tree(graph, table, key, *column)
    assert page.evaluate("id => LumbungAsal.pohon(id)", figure) == json.loads(json.dumps(told))
    assert page.wrong == []


def test_escape_closes_and_gives_the_focus_back(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "id.html", "#unit=630103")
    page.locator("button.angka").first.focus()
    page.keyboard.press("Enter")
    page.locator("dialog.asal .asal-siapa").wait_for()
    assert page.evaluate("document.activeElement.id") == "asal-judul"
    assert page.url.endswith(f"#unit=630103&asal={quote(ACHIEVED, safe='')}")
    for _ in range(12):
        page.keyboard.press("Tab")
        held = page.evaluate("!document.activeElement.closest('main')")
        assert held, "the focus stays in the dialog"
    page.keyboard.press("Escape")
    page.locator("dialog.asal").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.asal") == ACHIEVED
    assert page.url.endswith("#unit=630103")


def test_an_address_opens_a_figure_and_another_after_it(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "id.html", f"#asal={quote(ACHIEVED, safe='')}")
    page.locator("dialog.asal >> text=120,00").first.wait_for()
    page.evaluate("id => { location.hash = '#asal=' + encodeURIComponent(id); }", ROW)
    page.locator("dialog.asal h2 >> text=satu indikator").wait_for()
    assert page.locator("dialog.asal .asal-pohon > details").count() == 2
    page.evaluate("location.hash = ''")
    page.locator("dialog.asal").wait_for(state="hidden")


def test_what_is_not_there_is_said(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "id.html")
    page.click("button.angka >> text=tidak ada")
    page.locator("dialog.asal >> text=tidak ada di halaman ini: ikm kode_unit=1 periode=2 ikm").wait_for()
    page = open_page(folder / "kurang.html")
    page.click("button.angka >> text=120,00")
    page.locator("dialog.asal >> text=perlu disalin lengkap").wait_for()


def test_a_finding_is_one_step_from_its_cell(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "satu.html")
    dialog = opened(page)
    dialog.locator(".asal-sel .asal-tanda").first.click()
    assert page.evaluate("document.activeElement.id") == "asal-t-t3"


def test_the_words_of_why_can_be_copied(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "satu.html", permissions=["clipboard-read", "clipboard-write"])
    dialog = opened(page)
    dialog.locator(".asal-perintah button").click()
    page.locator(".asal-status", has_text="Tersalin").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == dialog.locator(".asal-perintah code").inner_text()
    assert re.fullmatch(r"lumbung why capaian_iku (\w+=\w+ ){3}--kolom capaian_persen", copied)


def test_the_page_speaks_its_language(folder: Path, open_page: Opener) -> None:
    said = opened(open_page(folder / "en.html")).inner_text()
    parts = [
        "Origin of a figure",
        "version of rules abc",
        "Findings that touch it",
        "Sentence t1.",
        "→ Mend it.",
    ]
    assert [p for p in parts if p not in said] == []
    assert "Temuan yang menyentuhnya" not in said


def test_without_a_script_a_figure_is_its_text(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "id.html", java_script_enabled=False)
    assert page.locator("li").first.inner_text() == "120,00"
    look = "e => { const s = getComputedStyle(e); return [s.borderStyle, s.textDecorationLine]; }"
    assert page.locator("button.angka").first.evaluate(look) == ["none", "none"]


def test_a_telephone_needs_no_sideways_scroll(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "satu.html", viewport={"width": 360, "height": 740})
    dialog = opened(page)
    dialog.locator("text=Buka semua").click()
    assert dialog.evaluate("e => [e.scrollWidth <= e.clientWidth, e.getBoundingClientRect().width]") == [
        True,
        360,
    ]


def test_paper_gets_the_origin_unfolded_and_nothing_else(folder: Path, open_page: Opener) -> None:
    page = open_page(folder / "satu.html")
    dialog = opened(page)
    assert dialog.locator("details").count() == 1 and dialog.locator("details[open]").count() == 0
    paper = pypdfium2.PdfDocument(page.pdf())
    said = "\n".join(p.get_textpage().get_text_range() for p in paper)
    assert "D6" in said.split("Temuan yang")[0] and "Isi halaman" not in said
    assert "Buka semua" not in said and "lumbung why" in said
    assert dialog.locator("details[open]").count() == 0, "closed again afterwards"


@pytest.mark.parametrize("name", ["satu.html", "en.html"])
def test_nothing_stands_in_the_way_of_anyone(folder: Path, open_page: Opener, name: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="uv sync --group browser")
    page = open_page(folder / name)
    dialog = opened(page)
    dialog.locator(".asal-alat button").first.click()
    found = axe.Axe().run(page)
    wrong = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found.response["violations"]]
    assert wrong == []
