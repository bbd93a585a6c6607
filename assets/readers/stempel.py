"""The stamp of an input workbook: which template it was made from, which sheets are the template's own.

It stands in the workbook's custom properties and, for programs that drop these, in the last line of the sheet
Petunjuk. It is a hint of ours in a file of somebody else's: nothing is read or left out because of it but
sheets whose text is letter by letter what the template wrote.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from assets.readers.grid import Book, Grid

PART = "docprops/custom.xml"
PREFIX = "lumbung_"
# What a stamp says: source, version of the template, version of the program, own sheets, fields by form.
SUMBER, VERSI, PROGRAM, LEMBAR, KOLOM = "sumber", "versi", "program", "lembar", "kolom_"
_LARGEST = 64 * 1024
# No sheet of instructions or lists is taller.
_TALLEST = 2_000
_WORD = re.compile(r"[\w.,=; -]{0,2000}")
_LINE = re.compile(r"^Stempel templat lumbung: (?P<said>.+)$")


def line(stamp: Mapping[str, str]) -> str:
    """The stamp as a line for people and for programs that lose properties."""
    return "Stempel templat lumbung: " + " | ".join(f"{k}: {v}" for k, v in stamp.items())


def sheet_mark(rows: Iterable[Iterable[str]]) -> str:
    """Mark of the text of a sheet; the line of the stamp itself and blank cells do not count."""
    texts = (" ".join(t.split()) for row in rows for t in row)
    told = [t for t in texts if t and not _LINE.match(t)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """The stamp in the custom properties of a workbook; empty where there is none or it is not readable.

    The container has passed ``safety.check_zip``.
    """
    name = next((n for n in archive.namelist() if n.lower().replace("\\", "/") == PART), None)
    if name is None or archive.getinfo(name).file_size > _LARGEST:
        return {}
    try:
        root = ElementTree.fromstring(archive.read(name))
    except ElementTree.ParseError:
        return {}  # the properties of a file are none of its data
    found = {p.get("name", ""): "".join(p.itertext()).strip() for p in root}
    return _proper({k.removeprefix(PREFIX): v for k, v in found.items() if k.startswith(PREFIX)})


def of(book: Book) -> dict[str, str]:
    """The stamp of an opened file, from its properties or else from its sheets."""
    return book.templat or _printed(book.lembar)


def _printed(grids: Iterable[Grid]) -> dict[str, str]:
    for grid in grids:
        for row in grid.teks[-3:]:
            found = _LINE.match(" ".join(row[0].split())) if row else None
            if found:
                parts = (part.partition(": ") for part in found["said"].split(" | "))
                return _proper({key: value for key, mark, value in parts if mark})
    return {}


def _proper(said: Mapping[str, str]) -> dict[str, str]:
    """Only what a stamp can say, in the letters it uses; nothing at all without source and version."""
    known = (SUMBER, VERSI, PROGRAM, LEMBAR)
    kept = {
        k: v for k, v in said.items() if (k in known or k.startswith(KOLOM)) and k.isidentifier()
        and _WORD.fullmatch(v)
    }  # fmt: skip
    return kept if SUMBER in kept and VERSI in kept else {}


def own_sheets(book: Book) -> set[str]:
    """Sheets that hold exactly what the template wrote: instructions and lists, no data of anybody."""
    told = set(pairs(of(book).get(LEMBAR, "")).values())
    small = [g for g in book.lembar if told and len(g.teks) <= _TALLEST]
    return {g.lembar for g in small if sheet_mark(g.teks) in told}


def fields(stamp: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Mark of each field by form."""
    return {k.removeprefix(KOLOM): pairs(v) for k, v in stamp.items() if k.startswith(KOLOM)}


def pairs(said: str) -> dict[str, str]:
    """``nama=tanda,nama=tanda`` as a mapping."""
    split = (part.partition("=") for part in said.split(",") if part)
    return {name.strip(): mark.strip() for name, _, mark in split}


def joined(said: Mapping[str, str]) -> str:
    """The opposite of ``pairs``."""
    return ",".join(f"{name}={mark}" for name, mark in said.items())
