"""The validation report as an auditor meets it: no network, keyboard, telephone, paper, thousands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest

from assets.publish.validation import facts, reports
from benchmarks.report import tables
from tests.browser.conftest import Opener
from tests.unit.publish import laporan_uji as run

pytestmark = pytest.mark.browser
COPIES = {"a" * 64: "berkas/LRA%20630103%20-%20diperiksa.xlsx"}
MANY = 20_000


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven findings, one of each kind."""
    to = tmp_path_factory.mktemp("laporan") / "laporan-validasi.html"
    reports.as_page(run.told(copies=COPIES), to, "id")
    return to


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thousands of findings over hundreds of units and files."""
    to = tmp_path_factory.mktemp("besar") / "laporan-validasi.html"
    told = facts.gather(tables(MANY), run.BOOK, facts.Settlements(), {})
    reports.as_page(told, to, "id")
    return to


def count(page: Any) -> str:
    return str(page.inner_text("#hitungan"))


def sentences(page: Any) -> list[str]:
    return [text.partition(" ")[2].partition(" ")[2] for text in page.locator("article h4").all_inner_texts()]


def shown(page: Any) -> list[int]:
    """The numbers of the findings on the page."""
    return sorted(int(i, 16) for i in page.locator("article p.faint a").all_inner_texts())


def counted(page: Any, start: str) -> None:
    """Wait until the count begins so (what is typed takes effect a moment later)."""
    page.locator("#hitungan", has_text=re.compile("^" + re.escape(start))).wait_for()


def test_it_opens_without_a_network(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    assert page.wrong == []
    assert count(page) == "7 dari 7 temuan, dalam 4 kelompok"
    assert page.locator("article").count() == 7
    assert (
        page.locator("article >> text=Buka salinan bertanda").first.get_attribute("href") == COPIES["a" * 64]
    )


def test_text_of_a_finding_is_shown_as_text(report: Path, open_page: Opener) -> None:
    page = open_page(report, "#akibat=tolak")
    assert sentences(page) == ["Isi <img src=x onerror=alert(1)> & </script><b>tebal</b>"]
    assert page.locator("#daftar img, #daftar b >> text=tebal").count() == 0 and page.wrong == []


def test_without_a_script_the_gravest_are_there_as_the_script_draws_them(
    report: Path, open_page: Opener
) -> None:
    plain = open_page(report, java_script_enabled=False)
    assert plain.locator("#temuan noscript").count() == 1 and not plain.is_visible("#saringan")
    drawn = open_page(report, "#kelompok=tanpa")
    assert plain.locator("article").all_inner_texts() == drawn.locator("article").all_inner_texts()
    assert plain.locator("#unit tbody tr").count() == 3


FILTERS = [
    ("akibat", "tahan", [1]),
    ("unit", "630609", [1, 5]),
    ("unit", "-", [7]),
    ("periode", "2025", [1, 2, 3, 4, 5, 6]),
    ("periode", "2025-TW1", [4]),
    ("aturan", "program_sama_lra", [3]),
    ("berkas", "c" * 12, [1, 5]),
    ("keadaan", "dikecualikan", [5]),
    ("keadaan", "baru", [3]),
]


def test_filters_stand_in_the_address(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    for control, value, left in FILTERS:
        page.select_option(f"select[name={control}]", value)
        assert (control, value, shown(page)) == (control, value, left)
        assert page.url.endswith(f"#{control}={value}")
        page.click("#hapus")
    page.select_option("select[name=unit]", "630103")
    page.select_option("select[name=akibat]", "ingat")
    assert shown(page) == [2, 3, 6] and page.url.endswith("#unit=630103&akibat=ingat")


def test_an_address_brings_its_filters_back(report: Path, open_page: Opener) -> None:
    page = open_page(report, "#unit=630609&cari=%22nomor+5%22&kelompok=aturan")
    assert shown(page) == [5] and count(page).startswith("1 dari 7")
    held = [page.input_value(f"[name={name}]") for name in ("unit", "cari", "kelompok")]
    assert held == ["630609", '"nomor 5"', "aturan"]


def test_search_takes_every_word_wherever_it_stands(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    page.fill("input[name=cari]", 'lra 15.900.000 "nomor 3"')
    counted(page, "1 dari 7")
    assert sentences(page) == ["Kalimat nomor 3."]
    assert "cari=" in page.url
    page.click("#hapus")
    assert count(page).startswith("7 dari 7") and page.is_disabled("#hapus")


def test_one_finding_has_an_address_of_its_own(report: Path, open_page: Opener) -> None:
    page = open_page(report, f"#temuan={1:016x}")
    article = page.locator("article")
    assert count(page).startswith("1 dari 7") and article.count() == 1
    said = article.inner_text()
    parts = ["9.331.555,88", "9.311.555,88", "20.000", "satu angka tertukar", "C9", "D10, D11"]
    parts += ["Menahan angka", "Permendagri 77/2020", "kode_indikator=ikm", "diketahui, sejak 2025-10-31"]
    assert [part for part in parts if part not in said] == []


def test_a_waiver_is_shown_with_reason_owner_and_expiry(report: Path, open_page: Opener) -> None:
    said = open_page(report, "#keadaan=dikecualikan").locator("article .settled").inner_text()
    parts = ["Pengecualian P-1: Dibulatkan pada dokumen", "Pemilik: Sekretaris Kecamatan"]
    assert said.split(" · ") == [*parts, "berlaku sampai 2026-12-31"]


def test_a_link_in_the_summary_leads_to_its_findings(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    page.click("#unit a >> text=630609")
    counted(page, "2 dari 7")
    assert page.url.endswith("#unit=630609&periode=2025")


def test_a_figure_that_a_finding_withholds_opens_its_way_back(report: Path, open_page: Opener) -> None:
    page = open_page(report, f"#temuan={1:016x}")
    page.click("article button.angka >> text=kode_unit=630609")
    dialog = page.locator("dialog.asal")
    dialog.locator(".asal-siapa").wait_for()
    said = dialog.inner_text()
    parts = ["630609 · 2025 · ikm", "status ditahan", "Alasan: jumlah_program: Kalimat 1.", "D2"]
    parts += ["LRA 630609.xlsx · LRA", "capaian = realisasi / target x 100", "Kalimat nomor 1."]
    assert [part for part in parts if part not in said] == [] and page.wrong == []
    page.keyboard.press("Escape")
    assert count(page).startswith("1 dari 7"), "the view stays"
    assert page.url.endswith(f"#temuan={1:016x}")
    page.click("#ditahan button.angka >> nth=0")
    dialog.locator(".asal-siapa", has_text="630103 · 2025-TW1 · 7.01.01").wait_for()
    assert "sisa ditahan: jumlah_program" in dialog.inner_text(), "a row without figures says why"


def test_the_summary_leads_to_the_figures_of_a_unit_and_each_to_its_cell(
    report: Path, open_page: Opener
) -> None:
    page = open_page(report)
    page.click("#unit tr:has-text('630103') >> button[data-angka$='|2025|terbit']")
    page.locator("#angka-hitungan", has_text="2 baris angka").wait_for()
    assert page.evaluate("document.activeElement.id") == "angka-judul"
    page.fill("#pilihan input[name=kata]", "120,00")
    page.locator("#angka-hitungan", has_text="1 baris angka").wait_for()
    page.click("#angka-daftar td button >> text=120,00")
    page.locator("dialog.asal .asal-nilai >> text=120,00").wait_for()
    assert "LRA 630103.xlsx" in page.locator("dialog.asal").inner_text() and page.wrong == []
    page.keyboard.press("Escape")
    page.fill("#pilihan input[name=kata]", "")
    page.select_option("#pilihan select[name=unit]", "630609")
    page.select_option("#pilihan select[name=keadaan]", "ditahan")
    page.locator("#angka-daftar tbody th", has_text="2025 · ikm").wait_for()


def test_an_address_opens_a_figure_of_the_report(report: Path, open_page: Opener) -> None:
    page = open_page(report, "#akibat=tahan&asal=" + quote(run.FREE, safe=""))
    page.locator("dialog.asal .asal-siapa", has_text="630103 · 2025 · ikm").wait_for()
    assert count(page).startswith("1 dari 7") and page.wrong == []


def test_the_keyboard_reaches_everything_in_order(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "temuan-judul"
    order = []
    for _ in range(9):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    controls = ["cari", "unit", "periode", "akibat", "aturan", "berkas", "keadaan", "kelompok"]
    assert order[:8] == controls, "the button is disabled while there is nothing to clear"
    seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert seen != "none"


def test_a_telephone_needs_no_sideways_scroll(report: Path, open_page: Opener) -> None:
    page = open_page(report, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_paper_gets_every_visible_finding_and_no_controls(report: Path, open_page: Opener) -> None:
    page = open_page(report, "#unit=630103")
    paper = pypdfium2.PdfDocument(page.pdf())
    said = "\n".join(p.get_textpage().get_text_range() for p in paper)
    assert all(f"Kalimat nomor {n}." in said for n in (2, 3, 6)) and "Kalimat nomor 7." not in said
    assert "Hapus saringan" not in said and "Kelompokkan" not in said
    held = run.HELD.partition("|")[2].replace(";", " ")
    assert held in " ".join(said.split()), "figures stay on paper, though a click opens them"
    assert count(page).startswith("4 dari 7")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_stands_in_the_way_of_anyone(tmp_path: Path, open_page: Opener, lang: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="uv sync --group browser")
    to = tmp_path / "laporan.html"
    reports.as_page(run.told(copies=COPIES), to, lang)
    page = open_page(to)
    page.locator("#angka").scroll_into_view_if_needed()
    page.locator("#angka-daftar details").first.wait_for()
    found = axe.Axe().run(page)
    wrong = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found.response["violations"]]
    assert wrong == [] and page.get_attribute("html", "lang") == lang


# --- thousands ---------------------------------------------------------------------------------------


def test_thousands_open_filter_and_turn_over(large: Path, open_page: Opener) -> None:
    page = open_page(large)
    assert count(page).startswith("20.000 dari 20.000 temuan") and page.wrong == []
    assert page.locator("article").count() < 100, "groups are closed until somebody opens one"
    page.select_option("select[name=akibat]", "tahan")
    first = page.locator("details.kelompok").first
    first.locator("summary").first.focus()
    page.keyboard.press("Enter")
    first.locator("article").first.wait_for()
    before = first.locator("article").count()
    first.locator("> div > button").focus()
    page.keyboard.press("Enter")
    assert first.locator("article").count() > before == 20
    assert page.evaluate("document.activeElement.tagName") == "ARTICLE"
    page.select_option("select[name=kelompok]", "berkas")
    page.click("#daftar .pager >> text=Berikutnya")
    assert page.inner_text("#daftar .pager span").startswith("Kelompok 51–100 dari ")
    page.click("#hapus")
    page.fill("input[name=cari]", "000123: Rekening")
    counted(page, "1 dari 20.000")
    assert shown(page) == [123]


def test_long_tables_turn_over_and_search(large: Path, open_page: Opener) -> None:
    page = open_page(large)
    rows = page.locator("#berkas tbody tr")
    assert rows.count() == 50 and page.inner_text("#berkas .pager span") == "1–50 dari 800"
    first = rows.first.inner_text()
    page.click("#berkas .pager >> text=Berikutnya")
    assert rows.first.inner_text() != first
    page.fill("#berkas input", "(799).xlsx")
    page.locator("#berkas .pager span", has_text="1–1 dari 1").wait_for()
    assert rows.count() == 1
