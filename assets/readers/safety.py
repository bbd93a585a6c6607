"""What a received file may cost us, checked before any parser sees it.

Limits, the zip and XML checks, and ``Refused``, by which a reader says that a file cannot be taken.
What the file is (its kind) is decided in ``opening.py``; time and memory of the process in ``guarded.py``.
"""

from __future__ import annotations

import copy
import os
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

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

_SYSTEM_SAID: dict[type[OSError], str] = {
    PermissionError: "tidak ada izin untuk membacanya",
    FileNotFoundError: "berkas itu tidak ada lagi",
    IsADirectoryError: "itu folder, bukan berkas",
    TimeoutError: "jaringan atau penyimpanannya tidak menjawab",
}
_CHUNK = 1 * MB
_OVERLAP = 32  # longer than the longest pattern below, so that none hides on a chunk's edge
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
# Pictures: no reader parses them, and drawing programs write a harmless DOCTYPE into theirs.
_PICTURES = (".svg", ".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", ".bmp", ".tiff", ".tif")
# What a container that is cut or garbled makes of the library; an XML part may name an encoding that is none.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, SyntaxError, LookupError,
)  # fmt: skip
_LOCAL_HEADER = 30
_MAX_LINKS = 4 * MB  # ten thousand sheets
_SHEET_LINKS = "xl/_rels/workbook.xml.rels"
# What a size is declared as so that the stream's own end is what ends it.
_WITHOUT_END = 1 << 62


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
    pictures: int = 0  # scanned pages handed on as pictures, to be read by OCR


LIMITS = Limits()


class Refused(Exception):
    """A file that cannot be taken: the id of a rule in ``quality/rules`` and the facts for its sentence."""

    def __init__(self, aturan: str, **facts: str) -> None:
        super().__init__(aturan, facts)
        self.aturan = aturan
        self.facts = facts


def cause(closed: OSError) -> str:
    """Why the system did not open a file, in the officer's language."""
    for kind, said in _SYSTEM_SAID.items():
        if isinstance(closed, kind):
            return said
    return f"sistem menjawab: {closed.strerror or type(closed).__name__}"


def check_size(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file of more bytes than an office's file can have.

    Raises:
        Refused: ``berkas_terlalu_besar``; ``berkas_kosong`` at no bytes at all.
    """
    if path.stat().st_size == 0:
        raise Refused("berkas_kosong", sebab="berkas berukuran 0 byte")
    check_largest(path, limits)


def check_largest(path: Path, limits: Limits = LIMITS) -> None:
    """The upper limit alone, asked before the bytes are even hashed.

    Raises:
        Refused: ``berkas_terlalu_besar``.
    """
    size = path.stat().st_size
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
    counted to the end of the compressed stream. A document type declaration is refused because entities
    are dropped from cell values without an error by the reader (a header cell then reads as blank).
    Names inside the container are compared and never used as paths.

    Raises:
        Refused: ``berkas_rusak``, ``berkas_terkunci``, ``berkas_berbahaya`` or ``berkas_terlalu_besar``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_declared(entries, limits)
            _check_names(entries)
            total = 0
            for entry in entries:
                total += _check_part(archive, entry, limits)
                if total > limits.total_bytes:
                    raise _too_large("isi berkas setelah dibuka", total, limits.total_bytes)
            _check_sheets(archive)
    except _BROKEN as broken:
        raise Refused("berkas_rusak", sebab="wadah zip terpotong atau isinya berubah") from broken


def _check_declared(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.zip_entries:
        said = f"berkas memuat {len(entries)} bagian; batas {limits.zip_entries}"
        raise Refused("berkas_berbahaya", sebab=said)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("berkas_terkunci", sebab="wadah zip berkata sandi")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        raise _too_large("isi berkas setelah dibuka", total, limits.total_bytes)
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for one, after in pairwise(placed):  # a few bytes offered as thousands of parts
        if one.header_offset + _LOCAL_HEADER + one.compress_size > after.header_offset:
            raise Refused("berkas_berbahaya", sebab="bagian-bagian di dalam wadah zip saling menindih")


def _check_names(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what no office program writes: ways out of the container, links, two parts of one name."""
    seen = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name.split("/")[0] or ".." in PurePosixPath(name).parts:
            raise Refused("berkas_berbahaya", sebab="nama bagian di dalamnya menunjuk ke luar wadah zip")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused("berkas_berbahaya", sebab="wadah zip memuat tautan ke berkas lain")
        if name.lower() in seen:  # two readers may take one each
            raise Refused("berkas_berbahaya", sebab="dua bagian di dalam wadah zip bernama sama")
        seen.add(name.lower())


def _check_sheets(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook whose sheet is called a picture: pictures are not searched for entities."""
    for name in archive.namelist():
        if name.lower().replace("\\", "/") == _SHEET_LINKS:
            if archive.getinfo(name).file_size > _MAX_LINKS:
                raise _too_large("daftar lembar", archive.getinfo(name).file_size, _MAX_LINKS)
            links = ElementTree.fromstring(archive.read(name))
            if any(link.get("Target", "").lower().endswith(_PICTURES) for link in links):
                raise Refused("berkas_berbahaya", sebab="sebuah lembar di dalamnya menyamar sebagai gambar")


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> int:
    """Stream one part; its real size in bytes."""
    is_picture = entry.filename.lower().endswith(_PICTURES)
    unbounded = copy.copy(entry)
    unbounded.file_size = _WITHOUT_END
    size, tail = 0, b""
    with archive.open(unbounded) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            _check_growth(entry, size, limits)
            if not is_picture:
                seen = tail + chunk
                if any(doctype in seen for doctype in _DOCTYPES):
                    raise Refused(
                        "berkas_berbahaya", sebab=f"bagian {_shown(entry)} memuat deklarasi DOCTYPE"
                    )
                tail = chunk[-_OVERLAP:]
    if size != entry.file_size:
        said = f"bagian {_shown(entry)} berisi {size} byte, tercatat {entry.file_size}"
        raise Refused("berkas_rusak", sebab=f"wadah zip tidak utuh ({said})")
    return size


def _check_growth(entry: zipfile.ZipInfo, size: int, limits: Limits) -> None:
    if size > limits.part_bytes:
        raise _too_large(f"bagian {_shown(entry)}", size, limits.part_bytes)
    if size > limits.ratio_from_bytes and size > limits.ratio * max(entry.compress_size, 1):
        raise Refused(
            "berkas_berbahaya",
            sebab=f"bagian {_shown(entry)} mengembang lebih dari {limits.ratio} kali saat dibuka",
        )


def _shown(entry: zipfile.ZipInfo) -> str:
    """The name of a part as a sentence may hold it."""
    return "".join(letter if letter.isprintable() else "_" for letter in entry.filename[:80])


def _too_large(bagian: str, size: int, limit: int) -> Refused:
    return Refused("berkas_terlalu_besar", bagian=bagian, ukuran=_bytes(size), batas=_bytes(limit))


def _bytes(count: int) -> str:
    return f"{count / MB:.0f} MB" if count >= MB else f"{count} byte"


def read_head(path: Path, count: int = 4096) -> bytes:
    """The first bytes of a file, by which it is known."""
    with path.open("rb", buffering=0) as file:
        return os.read(file.fileno(), count)
