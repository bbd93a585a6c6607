"""The report as a page, as a reader meets it: no network, telephone, paper, keyboard, Word's clipboard."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from assets.publish.bab_iii import page as making
from tests.browser.conftest import Opener
from tests.unit.publish import bab_iii_uji as uji

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("bab") / "Bab III.html"
    making.write(uji.REPORT, to)
    return to


def test_it_opens_without_a_network(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    assert page.wrong == []
    assert page.locator("table").count() == 3 and page.locator("figure svg").count() == 1
    assert page.locator(".isian").inner_text() == "Untuk diisi: Tulis sebab <serapan> rendah."
    assert page.locator("nav.daftar a").count() == 4


def test_no_serious_violation_of_accessibility(report: Path, open_page: Opener) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1200, 360):
        page = open_page(report, viewport={"width": width, "height": 800})
        found = axe.Axe().run(page).response["violations"]
        grave = [v for v in found if v["impact"] in ("serious", "critical")]
        assert not grave, [(v["id"], v["nodes"][0]["html"]) for v in grave]


def test_on_a_telephone_only_tables_and_charts_scroll_sideways(report: Path, open_page: Opener) -> None:
    page = open_page(report, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.querySelector('.grafik .scroll').scrollWidth") > 360


def test_a_table_goes_to_word_as_a_table(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    page.evaluate(
        "document.addEventListener('copy', e => { window.html = e.clipboardData.getData('text/html') })"
    )
    page.get_by_role("button", name="Salin Tabel 3.1 untuk Word").click()
    html = page.evaluate("window.html")
    assert html.startswith('<table border="1" style="border-collapse:collapse')
    assert "12.296.340.286,46" in html and "<button" not in html
    assert html.count("border:1px solid #000") == 4 + 2 + 2 * 5 + 4, "each cell has its own border"
    assert "tersalin" in page.inner_text("#kabar")
    assert not page.wrong


def test_part_of_a_table_chosen_by_hand_is_still_a_table(report: Path, open_page: Opener) -> None:
    page = open_page(report)
    html = page.evaluate("""() => {
      let said;
      document.addEventListener("copy", e => { said = e.clipboardData.getData("text/html") });
      const rows = document.querySelectorAll("#tabel-serapan_program tbody tr");
      const range = document.createRange();
      range.setStart(rows[0], 0);
      range.setEndAfter(rows[1]);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
      return said;
    }""")
    assert html.startswith("<table") and html.count("<tr") == 2


def pages_of(page: Any) -> list[str]:
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(io.BytesIO(printed))
    return [
        f"{round(p.get_width())}x{round(p.get_height())} {p.get_textpage().get_text_bounded()}"
        for p in document
    ]


def test_on_paper_wide_tables_lie_and_controls_are_gone(report: Path, open_page: Opener) -> None:
    sheets = pages_of(open_page(report))
    assert "Salin untuk Word" not in "".join(sheets)
    wide = [s for s in sheets if s.startswith("842x595")]
    assert len(wide) == 1 and "Tabel 3.2" in wide[0]
    assert all(s.startswith(("595x842", "842x595")) for s in sheets)


def test_a_long_table_repeats_its_header_on_paper(tmp_path: Path, open_page: Opener) -> None:
    rows = [uji.row(str(n), f"Program ke-{n}", "3000.00", "1000.00", "33.33") for n in range(120)]
    long = replace(uji.ABSORPTION, baris=tuple(rows), jumlah=0)
    making.write(replace(uji.REPORT, blok=(long,)), tmp_path / "a.html")
    sheets = pages_of(open_page(tmp_path / "a.html"))
    assert len(sheets) > 2 and all("Realisasi" in sheet for sheet in sheets[:-1])
