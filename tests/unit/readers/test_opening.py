"""The one door: what a file is shows in its bytes, and a bad file is a refusal, never an exception."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from assets.readers.grid import Book
from assets.readers.opening import open_book
from assets.readers.safety import Limits
from quality.rule import RuleBook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(path: Path, data: bytes) -> Book:
    path.write_bytes(data)
    return open_book(path)


def workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "kode"
    book.save(path)
    return path.read_bytes()


def stream(name: str) -> bytes:
    """One directory entry of an old Microsoft container: name, its length, the rest zero."""
    entry = (name + "\0").encode("utf-16-le")
    return entry.ljust(64, b"\0") + len(entry).to_bytes(2, "little") + b"\0" * 62


def ole(*names: str) -> bytes:
    return OLE + b"\0" * 504 + b"".join(stream(n) for n in ("Root Entry", *names))


def zip_of(path: Path, *names: str, mimetype: str = "") -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<a/>")
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.xlsx", "a.pdf", "a.csv", "a.jpg", "tanpa_akhiran"])
def test_a_workbook_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    book = opened(tmp_path / name, workbook(tmp_path / "asal.xlsx"))
    assert (book.jenis_berkas, book.ditolak) == ("xlsx", None)
    assert book.lembar[0].teks == [["kode"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x9c" * 500, "foto (JPEG)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "gambar (PNG)"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "gambar (WEBP)"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "foto (HEIC)"),
        (b"Rar!\x1a\x07\x01\x00", "arsip RAR"),
        (b"MZ\x90\x00\x03", "program Windows (EXE)"),
        (ole("WordDocument"), "dokumen Word lama (.doc)"),
        (ole("Apa"), "berkas Microsoft lama"),
        (
            b"<html><body><table><tr><td>1</td></tr></table>",
            "halaman web (HTML) yang diberi nama seperti buku kerja",
        ),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "halaman web (HTML) yang diberi nama seperti buku kerja"),
        (b"<table border=1><tr><td>", "halaman web (HTML) yang diberi nama seperti buku kerja"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "buku kerja XML Excel 2003",
        ),
        (b'<?xml version="1.0"?><data/>', "berkas XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "halaman web arsip (MHTML)"),
        (bytes(range(256)) * 4, "berkas biner yang tidak dikenal"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, data: bytes, said: str) -> None:
    book = opened(tmp_path / "laporan.xlsx", data)
    assert book.ditolak == ("berkas_bukan_tabel", {"dikenali": said})
    assert book.lembar == []


@pytest.mark.parametrize(
    ("names", "mimetype", "said"),
    [
        (["word/document.xml"], "", "dokumen Word (.docx)"),
        (["ppt/presentation.xml"], "", "presentasi PowerPoint (.pptx)"),
        (["xl/workbook.bin"], "", "buku kerja Excel biner (.xlsb)"),
        (["laporan.xlsx", "foto.jpg"], "", "arsip ZIP"),
        (["content.xml"], "application/vnd.oasis.opendocument.text", "dokumen teks (.odt)"),
    ],
)
def test_zip_containers_of_other_things(tmp_path: Path, names: list[str], mimetype: str, said: str) -> None:
    book = opened(tmp_path / "a.xlsx", zip_of(tmp_path / "asal", *names, mimetype=mimetype))
    assert book.ditolak == ("berkas_bukan_tabel", {"dikenali": said})


def test_a_csv_line_in_brackets_is_no_json(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.csv", b"[kode];[nama]\n1;a\n2;b\n").lembar[0].teks[0] == ["[kode]", "[nama]"]


def test_locked_workbooks_are_locked_and_not_broken(tmp_path: Path) -> None:
    locked = ole("EncryptionInfo", "EncryptedPackage")
    assert (opened(tmp_path / "a.xlsx", locked).ditolak or ("",))[0] == "berkas_terkunci"


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_truncated_workbook_is_broken(tmp_path: Path, keep: float) -> None:
    whole = workbook(tmp_path / "asal.xlsx")
    book = opened(tmp_path / "a.xlsx", whole[: int(len(whole) * keep)])
    assert book.ditolak is not None
    assert book.ditolak[0] == "berkas_rusak"


def test_workbook_whose_parts_are_missing_or_cut_is_broken(tmp_path: Path) -> None:
    assert (opened(tmp_path / "a.xlsx", zip_of(tmp_path / "asal", "xl/workbook.xml")).ditolak or ("",))[
        0
    ] in (
        "berkas_rusak",
        "berkas_kosong",
    )
    workbook(tmp_path / "asal.xlsx")
    with zipfile.ZipFile(tmp_path / "asal.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as cut:
        for name in whole.namelist():
            data = whole.read(name)
            cut.writestr(name, data[:-30] if name.endswith("sheet1.xml") else data)
    assert (open_book(tmp_path / "b.xlsx").ditolak or ("",))[0] == "berkas_rusak"
    assert (opened(tmp_path / "c.xls", ole("Workbook")).ditolak or ("",))[0] == "berkas_rusak"


def test_entities_in_a_cell_are_refused_and_not_read_as_blank(tmp_path: Path) -> None:
    workbook(tmp_path / "asal.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with (
        zipfile.ZipFile(tmp_path / "asal.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as changed,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            changed.writestr(
                name, bomb + data.replace(b"kode", b"&b;") if name.endswith("sheet1.xml") else data
            )
    assert (open_book(tmp_path / "b.xlsx").ditolak or ("",))[0] == "berkas_berbahaya"


@pytest.mark.parametrize("data", [b"", b"  \r\n \n", b"\xef\xbb\xbf"])
def test_files_without_content_are_empty(tmp_path: Path, data: bytes) -> None:
    assert (opened(tmp_path / "a.csv", data).ditolak or ("",))[0] == "berkas_kosong"


def test_empty_workbook(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    book = open_book(tmp_path / "a.xlsx")
    assert (book.jenis_berkas, book.ditolak) == (
        "xlsx",
        ("berkas_kosong", {"sebab": "tidak ada lembar yang berisi"}),
    )


def test_what_is_not_there_or_is_a_folder_is_said_not_raised(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak_ada.xlsx", tmp_path):
        book = open_book(path)
        assert book.ditolak is not None
        assert book.ditolak[0] == "berkas_rusak"
        assert "tidak dapat dibuka" in book.ditolak[1]["sebab"]


def test_limits_reach_every_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path)
    assert (open_book(path, Limits(file_bytes=100)).ditolak or ("",))[0] == "berkas_terlalu_besar"
    assert (open_book(path, Limits(zip_entries=2)).ditolak or ("",))[0] == "berkas_berbahaya"
    assert (open_book(path, Limits(cells=0)).ditolak or ("",))[0] == "berkas_terlalu_besar"


def test_every_refusal_has_a_rule_whose_sentence_its_facts_fill(tmp_path: Path) -> None:
    rules = RuleBook.load()
    standard = {"berkas": "a.xlsx"}
    (tmp_path / "besar").write_bytes(b"a;b\n1;2\n")
    refusals = [
        opened(tmp_path / "1", b"\x89PNG\r\n\x1a\n").ditolak,
        opened(tmp_path / "2", b"").ditolak,
        opened(tmp_path / "3", ole("EncryptedPackage")).ditolak,
        opened(tmp_path / "4", b"PK\x03\x04" + b"x" * 90).ditolak,
        open_book(tmp_path / "besar", Limits(file_bytes=2)).ditolak,
        open_book(tmp_path / "besar", Limits(columns=1)).ditolak,
    ]
    for refusal in refusals:
        assert refusal is not None
        rule = rules[refusal[0]]
        assert rule.akibat == "tolak"
        assert rule.pesan.format(**standard, **refusal[1])
        assert rule.cara.format(**standard, **refusal[1])
        assert rule.pesan_en.format(**standard, **refusal[1])
