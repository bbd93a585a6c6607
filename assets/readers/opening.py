"""The one door for received files: bytes to a book of grids, whatever the name says.

What a file is shows in its bytes. A file that is no table, or cannot be taken, comes back as a book that
says so; it never raises. Nothing here limits time or memory: that is ``guarded.py``, which calls this.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from assets.readers import delimited
from assets.readers.grid import Book
from assets.readers.json_table import is_json, read_json
from assets.readers.printed import seen
from assets.readers.private import bounded, sheet_names
from assets.readers.safety import LIMITS, Limits, Refused, cause, check_size, check_zip, read_head

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# First bytes -> what an officer calls it.
_NOT_TABLES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "foto (JPEG)"),
    (b"\x89PNG\r\n\x1a\n", "gambar (PNG)"),
    (b"GIF8", "gambar (GIF)"),
    (b"II*\x00", "gambar (TIFF)"),
    (b"MM\x00*", "gambar (TIFF)"),
    (b"Rar!\x1a\x07", "arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"{\\rtf", "dokumen teks (RTF)"),
    (b"MZ", "program Windows (EXE)"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "basis data SQLite"),
    (b"PAR1", "berkas Parquet"),
    (b"ID3", "rekaman suara (MP3)"),
    (b"OggS", "rekaman suara (OGG)"),
    (b"\x1aE\xdf\xa3", "video (MKV)"),
    (b"%!PS", "berkas PostScript"),
)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "dokumen Word lama (.doc)"),
    ("PowerPoint Document", "presentasi PowerPoint lama (.ppt)"),
    ("__properties_version1.0", "surel Outlook (.msg)"),
)
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "buku kerja Excel biner (.xlsb)"),
    ("word/document.xml", "dokumen Word (.docx)"),
    ("ppt/presentation.xml", "presentasi PowerPoint (.pptx)"),
    ("androidmanifest.xml", "aplikasi Android (.apk)"),
    ("meta-inf/manifest.mf", "program Java (.jar)"),
)
# Of what a parser says, enough to tell what is wrong; it may quote what stands in the file.
_LONGEST_FACT = 300
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SPREADSHEET = (_OPEN_DOCUMENT + "spreadsheet", _OPEN_DOCUMENT + "spreadsheet-template")
_OTHER_DOCUMENTS = {
    "text": "dokumen teks (.odt)",
    "presentation": "presentasi (.odp)",
    "graphics": "gambar (.odg)",
}
_WEB = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)


def open_book(path: Path, limits: Limits = LIMITS) -> Book:
    """Open one received file, in this process.

    Returns:
        A book of grids; or one without sheets whose ``ditolak`` names the rule that refuses it and the
        facts for its sentence. ``jenis_berkas`` is ``""`` where the kind was not reached.
    """
    book = Book("")
    try:
        check_size(path, limits)
        book.jenis_berkas, read = _recognise(path, limits)
        return _told(read(path, book.jenis_berkas, limits))
    except Refused as refused:
        facts = {name: bounded(seen(fact), _LONGEST_FACT) for name, fact in refused.facts.items()}
        book.ditolak = (refused.aturan, facts)
    except OSError as unreadable:
        book.ditolak = ("berkas_rusak", {"sebab": f"berkas tidak dapat dibuka ({cause(unreadable)})"})
    except MemoryError:
        facts = {"bagian": "isi berkas", "ukuran": "tidak muat di memori", "batas": "memori proses pembaca"}
        book.ditolak = ("berkas_terlalu_besar", facts)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # how the value reader's own bugs show; not an Exception
            raise
        book.ditolak = ("berkas_rusak", {"sebab": "isi buku kerja tidak terbaca (pembacanya berhenti)"})
    return book


def _told(book: Book) -> Book:
    """The book with the names of its sheets as they may be told."""
    names = [grid.lembar for grid in book.lembar]
    shown = dict(zip(names, sheet_names(names), strict=True))
    for grid in book.lembar:
        grid.lembar = shown[grid.lembar]
    for _, facts in book.catatan:
        if facts.get("lembar") in shown:
            facts["lembar"] = shown[facts["lembar"]]
    return book


Reader = Callable[[Path, str, Limits], Book]


def _recognise(path: Path, limits: Limits) -> tuple[str, Reader]:
    head = read_head(path, _HEAD)
    if head.startswith(_ZIP):
        return _zip_kind(path, limits), _workbook
    if head.startswith(_OLE):
        return _ole_kind(path), _workbook
    if b"%PDF-" in head[:1024]:
        return "pdf", _pdf
    text = _head_text(head)
    _refuse_other(head, text)
    return ("json", _json) if is_json(text) else ("csv", _delimited)


def _workbook(path: Path, jenis_berkas: str, limits: Limits) -> Book:
    from assets.readers.workbook import read_workbook

    book = read_workbook(path, jenis_berkas, limits)
    if jenis_berkas == "xls" and _holds_stream(path.read_bytes(), "_VBA_PROJECT_CUR"):
        book.catatan.insert(0, ("makro_diabaikan", {}))
    return book


def _pdf(path: Path, _: str, limits: Limits) -> Book:
    from assets.readers.pdf.table import read_pdf  # 0.3 s of imports that a folder of workbooks never needs

    return read_pdf(path, limits)


def _delimited(path: Path, _: str, limits: Limits) -> Book:
    return delimited.read_delimited(path, limits)


def _json(path: Path, _: str, limits: Limits) -> Book:
    return read_json(path, limits)


def _zip_kind(path: Path, limits: Limits) -> str:
    check_zip(path, limits)
    with zipfile.ZipFile(path) as archive:
        names = {name.lower().replace("\\", "/") for name in archive.namelist()}
        if "xl/workbook.xml" in names:
            return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
        mimetype = _part(archive, "mimetype")[:200].decode("ascii", "replace").strip()
        if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise Refused("berkas_terkunci", sebab="berkata sandi")
    if mimetype in _SPREADSHEET:
        return "ods"
    raise _not_a_table(_zip_said(names, mimetype))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _zip_said(names: set[str], mimetype: str) -> str:
    for part, said in _ZIP_PARTS:
        if part in names:
            return said
    if mimetype.startswith(_OPEN_DOCUMENT):
        return _OTHER_DOCUMENTS.get(mimetype.removeprefix(_OPEN_DOCUMENT), "dokumen OpenDocument")
    return "arsip ZIP"


def _ole_kind(path: Path) -> str:
    data = path.read_bytes()
    if _holds_stream(data, "EncryptedPackage"):
        raise Refused("berkas_terkunci", sebab="berkata sandi")
    if _holds_stream(data, "Workbook") or _holds_stream(data, "Book"):
        return "xls"
    known = (said for name, said in _OLE_STREAMS if _holds_stream(data, name))
    raise _not_a_table(next(known, "berkas Microsoft lama"))


def _holds_stream(data: bytes, name: str) -> bool:
    """Whether the container's directory names this stream: its name, the zeros after, its length in bytes."""
    entry = (name + "\0").encode("utf-16-le")
    return entry.ljust(64, b"\0") + len(entry).to_bytes(2, "little") in data


def _head_text(head: bytes) -> str:
    return delimited.decode(head[: len(head) // 4 * 4]) or head.decode("latin-1")


def _refuse_other(head: bytes, text: str) -> None:
    for magic, said in _NOT_TABLES:
        if head.startswith(magic):
            raise _not_a_table(said)
    if head[:4] == b"RIFF":
        raise _not_a_table("gambar (WEBP)" if head[8:12] == b"WEBP" else "rekaman suara atau video")
    if head[4:8] == b"ftyp":
        raise _not_a_table("foto (HEIC)" if head[8:11] in (b"hei", b"mif") else "video (MP4)")
    if head[:2] == b"BM" and b"\x00" in head[:16]:
        raise _not_a_table("gambar (BMP)")
    _refuse_markup(text)


def _refuse_markup(text: str) -> None:
    if _WEB.match(text):
        raise _not_a_table("halaman web (HTML) yang diberi nama seperti buku kerja")
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise _not_a_table("buku kerja XML Excel 2003")
    if text.lstrip().startswith("<?xml"):
        raise _not_a_table("berkas XML")
    if text[:400].lower().lstrip().startswith("mime-version:"):
        raise _not_a_table("halaman web arsip (MHTML)")


def _not_a_table(said: str) -> Refused:
    return Refused("berkas_bukan_tabel", dikenali=said)
