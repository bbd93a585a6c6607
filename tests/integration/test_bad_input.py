"""Wrong files give a plain message that names the file and says what to do; the others go through."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conftest import ROOT, lumbung

pytestmark = pytest.mark.integration
GOOD = ROOT / "examples" / "630103" / "Status Indeks Desa Pelaihari 2025.xlsx"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def photo(path: Path) -> None:
    path.write_bytes(bytes.fromhex("FFD8FFE000104A46494600010100") + bytes(2000))


def empty_workbook(path: Path) -> None:
    Workbook().save(path)


def locked_workbook(path: Path) -> None:
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1500))


def html_workbook(path: Path) -> None:
    path.write_text("<html><table><tr><td>Desa</td><td>Skor</td></tr></table></html>", encoding="utf-8")


def letter(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")


def truncated_workbook(path: Path) -> None:
    path.write_bytes(GOOD.read_bytes()[:3000])


WRONG = {
    "foto.jpg": photo,
    "kosong.xlsx": empty_workbook,
    "terkunci.xlsx": locked_workbook,
    "terpotong.xlsx": truncated_workbook,
    "unduhan.xls": html_workbook,
    "surat.docx": letter,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_named_kept_and_explained(tmp_path: Path, name: str) -> None:
    sent = tmp_path / "kiriman" / name
    sent.parent.mkdir()
    WRONG[name](sent)
    said = lumbung(tmp_path / "rumah", "accept", str(sent))
    assert said.code == 3
    assert name in said.out and len(said.out.splitlines()) >= 2
    assert "TOLAK: " in said.out and "kirim" in said.out.casefold(), "what is wrong, and what to do"
    kept = list((tmp_path / "rumah" / "raw" / "tak_dikenal").rglob(name))
    assert kept and kept[0].read_bytes() == sent.read_bytes()


def test_a_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    said = lumbung(tmp_path / "rumah", "accept", str(tmp_path / "tidak-ada.xlsx"), str(GOOD))
    assert said.code == 3 and "tidak-ada.xlsx" in said.out and GOOD.name in said.out


def test_wrong_files_in_the_inbox_do_not_hold_back_the_good(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True)
    for name, make in WRONG.items():
        make(inbox / name)
    shutil.copy(GOOD, inbox / "apa saja.xlsx")
    said = lumbung(home, "run")
    assert said.code in (0, 2), said.out + said.err
    for name in WRONG:
        assert name in said.out
    assert not [p for p in inbox.rglob("*") if p.is_file()]
    assert (home / "warehouse" / "lumbung.duckdb").exists()


def test_an_empty_home_publishes_nothing_and_says_so(tmp_path: Path) -> None:
    said = lumbung(tmp_path / "rumah", "run")
    assert said.code == 1 and "inbox" in said.out


@pytest.mark.parametrize(
    "words",
    [("run", "--period", "2025-TW9"), ("run", "--unit", "63"), ("why", "tidak_ada"), ("accept",), ("apa",)],
)
def test_wrong_usage_is_64(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert lumbung(tmp_path / "rumah", *words).code == 64
