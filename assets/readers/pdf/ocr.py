"""Letters of scanned pages, read by the program tesseract where an officer asks for it; all of it unverified.

The picture comes from the closed reading process; here, outside it, only our own picture is given to
tesseract and only its words are taken. A cell read so is marked in its format, and its row is held back
unless arithmetic proves it (``pdf/proof.py``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assets.readers.grid import UNVERIFIED, Book
from assets.readers.guarded import open_guarded, place_of
from assets.readers.pdf.grid import PageGrids
from assets.readers.pdf.pages import said, unread
from assets.readers.pdf.rules import Table, TooManyRules, tables_of
from assets.readers.pdf.scan import NoPicture, Picture
from assets.readers.pdf.text import Joiner
from assets.readers.pdf.words import Letter
from assets.readers.safety import LIMITS, Limits, Refused

LANGUAGE = "ind"
# Pages read of one file, and seconds for one page; 2 s were measured on an idle core.
MAX_PAGES = 60
_SECONDS = 120


class NoTesseract(Exception):
    """The program, or its Indonesian, is not on this machine."""


def open_with_pictures(paths: Iterable[Path], limits: Limits = LIMITS) -> Iterator[tuple[Path, Book]]:
    """``open_guarded``, and scanned pages read as far as ``MAX_PAGES``."""
    for path, book in open_guarded(paths, limits=replace(limits, pictures=MAX_PAGES)):
        yield path, read_pictures(book, limits)


def read_pictures(book: Book, limits: Limits = LIMITS) -> Book:
    """The book with a grid for each of its pictures; the pictures are gone.

    Where nothing could be read it is refused as it would have been without. A fault of ours costs this file
    only.
    """
    if not book.gambar:
        return book
    try:
        return _read(book, limits)
    except NoPicture:
        sebab = "pembacanya memberi jawaban yang bukan gambar"
        return Book("", ditolak=("berkas_berbahaya", {"sebab": sebab}))
    except Refused as refused:
        return Book(book.jenis_berkas, ditolak=(refused.aturan, refused.facts))
    except Exception as fault:  # any: one file never stops the others
        return Book("", ditolak=("berkas_tak_terolah", {"sebab": place_of(fault)}))


def _read(book: Book, limits: Limits) -> Book:
    scans = [note for note in book.catatan if note[0] == "pdf_tanpa_teks"]
    if not scans or len(book.gambar) > MAX_PAGES:
        raise NoPicture("pictures that nobody asked for")
    all_scans, *beyond = scans  # ``beyond``: the pages that are too many to be read
    others = [note for note in book.catatan if note not in scans]
    pictures, book.gambar = [Picture.of(one) for one in book.gambar], []
    try:
        made = _grids(pictures, limits, all_scans[1]["seluruhnya"])
        book.lembar = sorted([*book.lembar, *made.lembar], key=lambda grid: grid.halaman or 0)
        book.catatan = [*others, *made.catatan, *beyond]
    except NoTesseract as absent:
        book.catatan = [*others, all_scans, ("ocr_tidak_ada", {"sebab": str(absent)})]
    if not book.lembar:
        book.ditolak = all_scans
    return book


def _grids(pictures: Sequence[Picture], limits: Limits, seluruhnya: str) -> Book:
    made = PageGrids(Joiner(), limits, UNVERIFIED)
    found = Book("pdf")
    for picture in pictures:
        grid = made.grid(_tables(picture), words_of(picture), picture.tinggi, picture.halaman)
        if any(map(any, grid.teks)):  # rules alone, without a word in them, are not read
            found.lembar.append(grid)
    numbers = [grid.halaman or 0 for grid in found.lembar]
    if numbers:
        found.catatan.append(("pdf_dibaca_ocr", {"halaman": said(numbers), "jumlah": str(len(numbers))}))
    empty = sorted({p.halaman for p in pictures} - set(numbers))
    if empty:
        found.catatan.append(unread(empty, seluruhnya))
    found.catatan += made.notes()
    return found


def _tables(picture: Picture) -> list[Table]:
    try:
        return tables_of(picture.aturan)
    except TooManyRules:
        return []  # a photograph; what its words are is read all the same


def words_of(picture: Picture) -> list[Letter]:
    """The words tesseract sees, each as one letter of the page.

    Raises:
        NoTesseract: it is not here, or does not know Indonesian.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise NoTesseract("program tesseract tidak ada di komputer ini")
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "6", "--dpi", "200", "tsv"]
    environment = None if sys.platform == "win32" else {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture.png, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode:
        raise NoTesseract(f"tesseract tidak dapat membaca bahasa {LANGUAGE} (kode {done.returncode})")
    return list(_words(done.stdout.decode("utf-8", "replace"), picture.titik))


def _words(tsv: str, points: float) -> Iterator[Letter]:
    for line in tsv.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = (int(fields[n]) * points for n in (6, 7, 8, 9))
        yield Letter(fields[11].strip(), left, top, left + width, top + height)
