"""Pictures of the officer's guide: from a wrong figure in her file to the finished Bab III.

With ``LUMBUNG_GAMBAR=docs/gambar`` they are made anew; what they show is held either way.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assets.readers.pdf.pages import opened
from tests.browser.conftest import Opener, picture
from tests.conftest import ROOT, ExampleRun, lumbung

pytestmark = pytest.mark.browser
LRA = "LRA Pelaihari 31 Desember 2025.xlsx"


@pytest.fixture(scope="module")
def report(examples: ExampleRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("Bab III")
    asked = ("report", "--unit", "630103", "--year", "2025", "--to", str(to))
    assert lumbung(examples.home, *asked).code == 0
    return to / "Bab III Pelaihari 2025"


def test_a_wrong_figure_in_a_file_that_was_checked(tmp_path: Path, open_page: Opener) -> None:
    book = openpyxl.load_workbook(ROOT / "examples" / "630103" / LRA)
    assert book["LRA"]["D14"].value == "427.541.370,00"
    book["LRA"]["D14"] = "472.541.370,00"
    book.save(tmp_path / LRA)
    assert lumbung(tmp_path / "kantor", "check", str(tmp_path / LRA)).code == 2
    page = open_page_without_script(open_page, tmp_path / LRA.replace(".xlsx", " - diperiksa.html"))
    assert "427.541.370,00 (dua angka bersebelahan tertukar)" in page.inner_text("body")
    page.locator("article").first.scroll_into_view_if_needed()
    picture("panduan-periksa", page.locator("article").first.screenshot())


def open_page_without_script(open_page: Opener, path: Path) -> Any:
    return open_page(path, viewport={"width": 1000, "height": 900}, java_script_enabled=False)


def test_the_report_of_what_was_found(examples: ExampleRun, open_page: Opener) -> None:
    path = examples.home / "warehouse" / "laporan" / "laporan-validasi.html"
    page = open_page(path, "#unit=630609", viewport={"width": 1100, "height": 820})
    assert "target_kosong" in page.inner_text("body")
    page.locator("article").first.scroll_into_view_if_needed()
    picture("panduan-temuan", page.screenshot())


def test_the_page_of_bab_iii_opens_the_way_back_of_a_figure(report: Path, open_page: Opener) -> None:
    page = open_page(report.with_suffix(".html"), viewport={"width": 1100, "height": 760})
    page.locator("table button.angka", has_text="95,54").first.click()
    page.locator("dialog.asal[open] .asal-pohon").wait_for()
    picture("panduan-angka", page.screenshot())


def test_the_word_document_of_bab_iii(report: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    ask = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*ask, str(report.with_suffix(".docx"))], check=True, capture_output=True, timeout=180)
    with opened(next(tmp_path.glob("*.pdf"))) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
        at = next(i for i, text in enumerate(texts) if "Tulis hambatan" in text)
        made = io.BytesIO()
        pdf[at].render(scale=1.2).to_pil().save(made, "PNG")
    picture("panduan-word", made.getvalue())
