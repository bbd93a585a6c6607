"""What a received file may cost us, checked before any parser sees it.

Limits, the zip and XML checks, and ``Refused``, by which a reader says that a file cannot be taken.
What the file is (its kind) is decided in ``opening.py``; time and memory of the process in ``guarded.py``.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MB = 1024 * 1024

# A province's questionnaires of a year are about 60 MB as xlsx; three times that is still an office's file.
MAX_FILE_BYTES = 200 * MB
# An office workbook has tens of parts; 60,000 empty entries cost a reader seconds and say nothing.
MAX_ZIP_ENTRIES = 10_000
# One million rows by twenty columns is 670 MB of sheet XML; beyond that the file belongs in csv.
MAX_PART_BYTES = 1_000 * MB
MAX_TOTAL_BYTES = 1_500 * MB
# Real sheets compress 7-12 to 1, the blank styled ones up to about 60; bombs measured 344-1029 to 1.
# Small parts may compress better than that without harm.
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 10 * MB
# The reader's memory follows the bounding box of a sheet (about 71 bytes a cell), not its filled cells,
# and on one cell at XFD1048576 it aborts the process instead of raising.
MAX_CELLS = 25_000_000
# A csv of one line with a million separators is not a table; xlsx itself ends at 16,384 columns.
MAX_COLUMNS = 16_384
# A performance report has some 200 pages; a page with ruled lines costs 0.1-0.2 s.
MAX_PAGES = 500

_CHUNK = 1 * MB
_OVERLAP = 32  # longer than the longest pattern below, so that none hides on a chunk's edge
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML_PARTS = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Limits:
    """The limits as one value, so that a test can lower them."""

    file_bytes: int = MAX_FILE_BYTES
    zip_entries: int = MAX_ZIP_ENTRIES
    part_bytes: int = MAX_PART_BYTES
    total_bytes: int = MAX_TOTAL_BYTES
    ratio: int = MAX_RATIO
    ratio_from_bytes: int = RATIO_COUNTS_FROM_BYTES
    cells: int = MAX_CELLS
    columns: int = MAX_COLUMNS
    pages: int = MAX_PAGES


LIMITS = Limits()


class Refused(Exception):
    """A file that cannot be taken: the id of a rule in ``quality/rules`` and the facts for its sentence."""

    def __init__(self, aturan: str, **facts: str) -> None:
        super().__init__(aturan, facts)
        self.aturan = aturan
        self.facts = facts


def check_size(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file of more bytes than an office's file can have.

    Raises:
        Refused: ``berkas_terlalu_besar``; ``berkas_kosong`` at no bytes at all.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("berkas_kosong", sebab="berkas berukuran 0 byte")
    if size > limits.file_bytes:
        raise _too_large("ukuran berkas", size, limits.file_bytes)


def check_cells(rows: int, columns: int, lembar: str, limits: Limits = LIMITS) -> None:
    """Refuse a sheet whose bounding box, from A1, holds more cells than memory allows.

    Raises:
        Refused: ``berkas_terlalu_besar``.
    """
    if rows * columns > limits.cells:
        raise Refused(
            "berkas_terlalu_besar",
            bagian=f"lembar {lembar} terentang {rows} baris x {columns} kolom",
            ukuran=f"{rows * columns} sel",
            batas=f"{limits.cells} sel",
        )


def check_zip(path: Path, limits: Limits = LIMITS) -> None:
    """Prove that a zip container (xlsx, ods) is whole, of bearable size and free of XML entities.

    Every part is decompressed once in chunks and thrown away: declared sizes lie, so the real bytes are
    counted. A document type declaration is refused because entities are dropped from cell values
    without an error by the reader (a header cell then reads as blank).

    Raises:
        Refused: ``berkas_rusak``, ``berkas_terkunci``, ``berkas_berbahaya`` or ``berkas_terlalu_besar``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_declared(archive.infolist(), limits)
            total = 0
            for entry in archive.infolist():
                total += _check_part(archive, entry, limits)
                if total > limits.total_bytes:
                    raise _too_large("isi berkas setelah dibuka", total, limits.total_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as broken:
        raise Refused("berkas_rusak", sebab=f"wadah zip tidak utuh ({broken})") from broken


def _check_declared(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.zip_entries:
        said = f"berkas memuat {len(entries)} bagian; batas {limits.zip_entries}"
        raise Refused("berkas_berbahaya", sebab=said)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("berkas_terkunci", sebab="wadah zip berkata sandi")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        raise _too_large("isi berkas setelah dibuka", total, limits.total_bytes)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> int:
    """Stream one part; its real size in bytes."""
    is_xml = entry.filename.lower().endswith(_XML_PARTS)
    size, tail = 0, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            _check_growth(entry, size, limits)
            if is_xml:
                seen = tail + chunk
                if any(doctype in seen for doctype in _DOCTYPES):
                    said = f"bagian {entry.filename} memuat deklarasi DOCTYPE"
                    raise Refused("berkas_berbahaya", sebab=said)
                tail = chunk[-_OVERLAP:]
    return size


def _check_growth(entry: zipfile.ZipInfo, size: int, limits: Limits) -> None:
    if size > limits.part_bytes:
        raise _too_large(f"bagian {entry.filename}", size, limits.part_bytes)
    if size > limits.ratio_from_bytes and size > limits.ratio * max(entry.compress_size, 1):
        raise Refused(
            "berkas_berbahaya",
            sebab=f"bagian {entry.filename} mengembang lebih dari {limits.ratio} kali saat dibuka",
        )


def _too_large(bagian: str, size: int, limit: int) -> Refused:
    return Refused("berkas_terlalu_besar", bagian=bagian, ukuran=_bytes(size), batas=_bytes(limit))


def _bytes(count: int) -> str:
    return f"{count / MB:.0f} MB" if count >= MB else f"{count} byte"


def read_head(path: Path, count: int = 4096) -> bytes:
    """The first bytes of a file, by which it is known."""
    with path.open("rb", buffering=0) as file:
        return os.read(file.fileno(), count)
