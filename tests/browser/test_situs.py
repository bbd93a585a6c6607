"""The dashboard as its readers meet it: no network, shared links, telephone, paper, keyboard, English.

With ``LUMBUNG_GAMBAR=docs/gambar`` the pictures of the documentation are made anew.
"""

from __future__ import annotations

import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pipelines import serve
from tests.browser.conftest import picture
from tests.conftest import ExampleRun
from tests.unit.publish import situs_uji as uji

pytestmark = pytest.mark.browser
UNIT = f"unit/{uji.UTUH}.html"
BANDING, DESA = "banding/kab-6301/ikm.html", f"desa/{uji.UTUH}.html"
KINDS = ("index.html", UNIT, f"unit/{uji.DITAHAN}.html", "banding/index.html", BANDING, "desa/index.html",
         DESA, "aturan.html", "tentang.html")  # fmt: skip
SMALL = {"width": 360, "height": 740}
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Units in every state, hostile names."""
    return uji.situs(tmp_path_factory.mktemp("situs"))


@pytest.fixture(scope="module")
def example(examples: ExampleRun) -> Path:
    """The site that the run of the examples made."""
    return examples.home / "warehouse" / "site"


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Opens a page without a network; ``page.wrong`` gathers faults and requests beyond the site."""
    contexts = []

    def opened(site: Path, name: str, at: str = "", **how: Any) -> Any:
        context = browser.new_context(offline=True, **({"viewport": {"width": 1280, "height": 900}} | how))
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda fault: page.wrong.append(str(fault)))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on("requestfailed", lambda r: page.wrong.append(f"failed {r.url}"))
        page.on(
            "request", lambda r: page.wrong.append(r.url) if not r.url.startswith(site.as_uri()) else None
        )
        page.goto((site / name).as_uri() + at)
        if how.get("java_script_enabled", True):
            page.wait_for_selector("html[data-siap]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


def rows(page: Any, table: str = "#ikhtisar") -> list[str]:
    """The names of the lines that are shown, in their order."""
    shown = page.locator(f"{table} tbody tr:visible th")
    return [text.split("\n")[0].strip() for text in shown.all_inner_texts()]


LATEST = ["Pelaihari", "Bati Bati", uji.JAHAT, "Tambang Ulang", "Kalumpang"]


@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_page_is_for_everyone(site: Path, visit: Visit, name: str, lang: str) -> None:
    """No network, no sideways scroll on a telephone, nothing that axe finds in the way of anyone."""
    page = visit(site, lang + name)
    assert page.wrong == [] and page.locator("main h1").count() == 1
    page.set_viewport_size(SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.set_viewport_size({"width": 1280, "height": 900})
    if name == "aturan.html":  # its rules are alike, and axe takes seconds for hundreds of them
        page.fill("[data-cari-aturan] input", "jumlah")
        assert page.locator("main article:visible").count() > 3
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="uv sync --group browser")
    found = axe.Axe().run(page)
    wrong = [(v["id"], [n["html"][:140] for n in v["nodes"][:3]]) for v in found.response["violations"]]
    assert wrong == []


@pytest.mark.parametrize("at", ["#%E0%A4%A", "#asal=%E0%A4%A", "#tahun=9999", "#__proto__=1"])
def test_an_address_that_makes_no_sense_harms_nothing(site: Path, visit: Visit, at: str) -> None:
    for name in ("index.html", UNIT, DESA):
        page = visit(site, name, at)
        assert page.wrong == [] and page.locator("main h1").is_visible(), name


def test_a_name_without_blanks_breaks_on_a_telephone(site: Path, visit: Visit) -> None:
    page = visit(site, DESA, viewport=SMALL)
    for element in ("section.desa:not([hidden]) h2", ".pilihan a"):
        page.locator(element).first.evaluate("e => { e.textContent = 'P'.repeat(250) }")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_names_are_shown_as_text(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html")
    assert rows(page) == LATEST and page.locator("main script").count() == 0


def test_filters_and_order_stand_in_the_address(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html")
    page.select_option("[name=kab]", "6306")
    assert rows(page) == ["Kalumpang"] and page.url.endswith("#kab=6306")
    page.click("form button[type=reset]")
    page.wait_for_function("!location.hash")
    assert rows(page) == LATEST
    page.select_option("[name=tahun]", "semua")
    assert len(rows(page)) == 6
    page.select_option("[name=tahun]", "2024")
    assert rows(page) == ["Pelaihari"]
    page.select_option("[name=tahun]", "")
    page.select_option("[name=keadaan]", "ditahan")
    assert rows(page) == ["Tambang Ulang", "Kalumpang"]
    page.select_option("[name=keadaan]", "")
    page.fill("[name=cari]", "bati")
    assert rows(page) == ["Bati Bati"] and page.url.endswith("#cari=bati")
    page.fill("[name=cari]", "tidak ada yang begini")
    assert page.inner_text("[data-hitungan]") == "Tidak ada yang cocok dengan saringan ini."
    assert page.wrong == []


def test_a_shared_address_brings_its_view_back(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html", "#kab=6301&urut=8-")
    page.wait_for_selector("th[aria-sort=descending]")
    assert rows(page)[0] == "Pelaihari" and len(rows(page)) == 4
    assert page.input_value("[name=kab]") == "6301" and page.input_value("[name=urut]") == "8-"
    assert page.url.endswith("#kab=6301&urut=8-")
    page.click("#ikhtisar thead th:nth-child(1) button")
    page.wait_for_selector("#ikhtisar th:nth-child(1)[aria-sort]")
    assert "urut=0-" in page.url and rows(page) == sorted(rows(page), reverse=True)


def test_a_peer_is_found_by_search_though_folded_away(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html")
    assert not page.is_visible("#lain")
    page.fill("[name=cari]", "takisung")
    assert rows(page, "#lain") == ["Takisung"] and rows(page) == []


def test_the_year_stands_in_the_address_and_goes_along_into_english(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT)
    assert page.locator("section.tahun:visible").count() == 1
    page.click("nav[data-pilih] >> text=2024")
    assert page.url.endswith("#tahun=2024")
    assert page.get_attribute("section.tahun:visible", "data-nilai") == "2024"
    page.click("[data-bahasa]")
    page.wait_for_selector("html[data-siap]", state="attached")
    assert page.url.endswith(f"en/{UNIT}#tahun=2024") and page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("section.tahun:visible", "data-nilai") == "2024"
    assert "Main indicators" in page.inner_text("main")
    page.click("[data-bahasa]")
    page.wait_for_selector("html[data-siap]", state="attached")
    assert page.url.endswith(f"site/{UNIT}#tahun=2024") and page.wrong == []


def test_from_the_overview_to_the_unit_to_its_village(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html")
    page.click("#ikhtisar a >> text=Pelaihari")
    page.wait_for_selector("html[data-siap]", state="attached")
    page.click("section.tahun:visible a >> text=Bumi Jaya")
    page.wait_for_selector("html[data-siap]", state="attached")
    assert page.url.endswith(f"{DESA}#desa=6301032001")
    assert page.locator("section.desa:visible").count() == 1
    assert "Kurang 6 poin" in page.inner_text("section.desa:visible")
    page.click("nav[data-pilih] >> text=semua desa")
    assert page.locator("section.desa:visible").count() == 3 and page.wrong == []


def test_a_part_of_a_page_has_an_address_beside_the_year(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT)
    page.click("section.tahun:visible nav.isi >> text=Serapan anggaran")
    assert page.evaluate("document.activeElement.id") == "anggaran-2025"
    page = visit(site, UNIT, "#tahun=2024&bagian=iku-2024")
    assert page.evaluate("document.activeElement.id") == "iku-2024"


def test_the_tree_opens_and_closes(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT)
    tree = page.locator("section.tahun:visible table.pohon")
    shown = lambda: tree.locator("tbody tr:visible").count()  # noqa: E731
    assert shown() == 2
    tree.locator("tr[data-kode='7.01.01'] .lipat").press("Enter")
    assert shown() == 3
    tree.locator("[data-semua]").click()
    assert shown() == 4
    tree.locator("[data-semua]").click()
    assert shown() == 1


def test_charts_are_drawn_and_say_themselves(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT)
    page.locator("#tren").scroll_into_view_if_needed()
    page.wait_for_selector("figure.garis svg")
    figure = page.locator("figure.garis")
    assert figure.locator(".ct-point").count() == 6, "three actual years, three targets; gaps stay gaps"
    said = figure.locator("[role=img]").get_attribute("aria-label")
    assert "2022 80,00, 2024 91,00" in said and "Target: 2022 90,00" in said
    assert figure.locator("text.nilai").all_text_contents() == ["80,00", "91,00", "89,00"]


@pytest.mark.parametrize("width", [1280, 360])
def test_charts_of_bars_have_room(site: Path, visit: Visit, width: int) -> None:
    page = visit(site, UNIT, viewport={"width": width, "height": 900})
    figure = page.locator("figure.batang:visible").first
    figure.scroll_into_view_if_needed()
    figure.locator("text.nilai").first.wait_for()
    box = figure.bounding_box()
    assert box["width"] > 300 and box["height"] > 170
    assert [a["x"] + a["width"] < b["x"] for a, b in pairwise(_boxes(figure.locator("text.nilai")))] == [True]


def _boxes(marks: Any) -> list[Any]:
    return [mark.bounding_box() for mark in marks.all()]


def test_without_a_script_a_page_can_be_read_whole(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT, java_script_enabled=False)
    assert page.locator("section.tahun:visible").count() == 2
    assert page.locator("table.pohon tbody tr:visible").count() == 4


def test_each_figure_opens_its_way_back(example: Path, visit: Visit) -> None:
    page = visit(example, "unit/630103.html")
    page.click("section.tahun:visible table button.angka >> text=95,54")
    page.wait_for_selector("dialog.asal[open] .asal-pohon")
    said = page.inner_text("dialog.asal")
    assert "95,54" in said and "lumbung why capaian_iku" in said and "#asal=capaian_iku" in page.url
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.asal", state="hidden")
    shared = visit(
        example,
        "unit/630103.html",
        "#asal=capaian_iku%7Ckode_unit=630103;periode=2025;kode_indikator=ikm%7Crealisasi",
    )
    shared.wait_for_selector("dialog.asal[open] .asal-pohon")
    assert page.wrong == [] and shared.wrong == []


def test_figures_of_every_kind_of_page_have_one(example: Path, visit: Visit) -> None:
    for name in (
        "index.html",
        "banding/kab-6301/persen-desa-mandiri.html",
        "desa/630103.html",
        "en/unit/630609.html",
    ):
        page = visit(example, name)
        page.locator("button.angka:visible").first.click()
        page.wait_for_selector("dialog.asal[open] .asal-pohon")
        assert page.wrong == [], name


def test_fingers_can_filter_and_sort_where_headers_are_gone(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html", viewport=SMALL)
    page.select_option("[name=urut]", "8-")
    page.wait_for_function("location.hash === '#urut=8-'")
    page.wait_for_function(
        "document.querySelector('#ikhtisar tbody tr:not([hidden]) th').innerText.includes('Pelaihari')"
    )
    assert "Capaian IKU" in page.locator("#ikhtisar tbody tr:visible").first.evaluate(
        "tr => [...tr.cells].map((c) => getComputedStyle(c, '::before').content).join(' ')"
    )


def test_paper_gets_the_year_whole_and_no_controls(site: Path, visit: Visit) -> None:
    page = visit(site, UNIT)
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    said = " ".join(" ".join(p.get_textpage().get_text_range() for p in paper).split())
    for part in ("Sub kegiatan", "sepersembilan tanpa pembulatan", "Bumi Jaya", "Diperbarui"):
        assert part in said, part
    assert "Buka semua" not in said and "English" not in said and "Ikhtisar" not in said


def test_the_keyboard_skips_to_the_content(site: Path, visit: Visit) -> None:
    page = visit(site, "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lompat"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.focus("#ikhtisar thead th:nth-child(4) button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ikhtisar th:nth-child(4)[aria-sort=descending]")


# --- lumbung serve -----------------------------------------------------------------------------------


@pytest.fixture
def served(site: Path, tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A copy of the warehouse, served on a free port."""
    home = tmp_path / "warehouse"
    shutil.copytree(site, home / "site")
    (home / "laporan").mkdir()
    (home / "laporan" / "laporan-validasi.html").write_text("laporan", encoding="utf-8")
    (home / "layers").mkdir()
    (home / "layers" / "rahasia.json").write_text("{}", encoding="utf-8")
    (home / "lumbung.duckdb").write_text("x", encoding="utf-8")
    with serve.server(home, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield home, running.server_address[1]
        running.shutdown()


def answer(port: int, path: str, host: str | None = None) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection(serve.HOST, port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"{serve.HOST}:{port}"})
    found = connection.getresponse()
    said = found.status, {k.lower(): v for k, v in found.getheaders()}, found.read().decode("utf-8")
    connection.close()
    return said


def test_a_new_publish_is_seen_without_a_restart(served: tuple[Path, int]) -> None:
    home, port = served
    with urllib.request.urlopen(f"http://{serve.HOST}:{port}/") as found:
        assert "Ikhtisar kinerja" in found.read().decode("utf-8") and found.url.endswith("/site/index.html")
    (home / "site").rename(home / "lama")
    (home / "site").mkdir()
    (home / "site" / "index.html").write_text("terbitan baru", encoding="utf-8")
    status, headers, body = answer(port, "/site/index.html")
    assert (status, body) == (200, "terbitan baru")
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-cache"
    assert headers["server"].strip() == "lumbung"


HIDDEN = ["/layers/rahasia.json", "/lumbung.duckdb", "/site/../lumbung.duckdb", "/site/%2e%2e/lumbung.duckdb",
          "/site/..%2flayers/rahasia.json", "/site/unit/", "/laporan/", "/laporan", "/site/unit", "/terbit/",
          "//etc/passwd"]  # fmt: skip


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_else_of_the_warehouse_is_shown_and_no_folder_listed(
    served: tuple[Path, int], path: str
) -> None:
    status, _, body = answer(served[1], path)
    assert status == 404 and "rahasia" not in body and "<ul>" not in body


def test_what_belongs_to_the_site_is_shown_and_only_by_its_own_name(served: tuple[Path, int]) -> None:
    port = served[1]
    assert answer(port, "/laporan/laporan-validasi.html")[::2] == (200, "laporan")
    assert answer(port, "/site/berkas/situs.js")[1]["content-type"] == "text/javascript"
    assert answer(port, "/site/index.html", host="jahat.example")[0] == 421


def test_a_home_without_a_publication_says_what_to_do(tmp_path: Path) -> None:
    with serve.server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        status, _, body = answer(running.server_address[1], "/site/index.html")
        running.shutdown()
    assert status == 404 and "lumbung run" in body


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with serve.server(tmp_path, 0) as running, pytest.raises(serve.PortTaken):
        serve.server(tmp_path, running.server_address[1])


# --- pictures of the documentation -------------------------------------------------------------------

PICTURES = {
    "dasbor-ikhtisar": ("index.html", "", None, {"width": 1280, "height": 620}),
    "dasbor-unit": ("unit/630103.html", "", None, {"width": 1280, "height": 1100}),
    "dasbor-asal": ("unit/630103.html", "", "95,54", {"width": 1280, "height": 820}),
    "dasbor-banding": ("banding/kab-6301/persen-desa-mandiri.html", "", None, {"width": 1280, "height": 900}),
    "dasbor-desa": ("desa/630103.html", "#desa=6301032011", None, {"width": 1280, "height": 820}),
    "dasbor-telepon": ("unit/630609.html", "", None, {"width": 360, "height": 900}),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_the_documentation(example: Path, visit: Visit, name: str) -> None:
    path, at, pressed, size = PICTURES[name]
    page = visit(example, path, at, viewport=size)
    if pressed:
        page.click(f"section.tahun:visible table button.angka >> text={pressed}")
        page.wait_for_selector("dialog.asal[open] .asal-pohon")
    for waiting in page.locator("figure.grafik:visible").all():
        box = waiting.bounding_box()
        if box and box["y"] < size["height"]:
            waiting.locator("svg").wait_for()
    picture(name, page.screenshot())
