"""The files of ``warehouse/laporan``: what they are called, and writing them one by one.

A file that somebody has open elsewhere may refuse to be replaced (Windows); that is told, and the others are
written all the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from assets.publish.validation import document, grids, page, workbook
from assets.publish.validation.facts import Facts, Note
from assets.publish.validation.words import words

WORKBOOK, DOCUMENT = "temuan.xlsx", "temuan.json"
PAGES = {"id": "laporan-validasi.html", "en": "laporan-validasi-en.html"}


def write_all(facts: Facts, folder: Path) -> list[Note]:
    """Write workbook, document with its schema, and the page; the English page where there is one already.

    Returns:
        What went wrong; the page tells it, too, but for the page itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    notes = list(facts.catatan)
    notes += _written(partial(as_workbook, facts, folder / WORKBOOK), WORKBOOK)
    notes += _written(partial(document.write, facts, folder / DOCUMENT), DOCUMENT)
    notes += _written(partial((folder / document.SCHEMA).write_text, schema(), "utf-8"), document.SCHEMA)
    told = replace(facts, catatan=notes)
    for lang, name in PAGES.items():
        if lang == "id" or (folder / name).exists():
            notes = notes + _written(partial(as_page, told, folder / name, lang), name)
    return notes


def _written(write: Callable[[], object], name: str) -> list[Note]:
    try:
        write()
    except OSError as held:
        cause = held.strerror or type(held).__name__
        form = name.rpartition(".")[2]
        return [Note("catatan_tertutup", {"nama": name, "sebab": cause, "bentuk": form})]
    return []


def as_page(facts: Facts, to: Path, lang: str) -> None:
    """Write the page, whole or not at all."""
    building = to.with_name(f".{to.name}.building")
    building.write_text(page.page(facts, lang), encoding="utf-8")
    building.replace(to)


def as_workbook(facts: Facts, to: Path, lang: str = "id") -> None:
    """Write the workbook, whole or not at all."""
    workbook.write(facts, to, grids.settled(facts, words(lang)), lang)


def schema() -> str:
    """The JSON Schema of the document as it is published."""
    return json.dumps(document.schema(), ensure_ascii=False, indent=2) + "\n"


def links(copies: Mapping[str, str], folder: Path, beside: Path) -> dict[str, str]:
    """The address of each marked copy, as a file in ``beside`` links to it.

    Args:
        copies: file name by ``berkas_id``.
        folder: where the copies lie.
        beside: the folder of the file that links to them.
    """
    return {berkas_id: _address(folder / name, beside) for berkas_id, name in copies.items()}


def _address(path: Path, beside: Path) -> str:
    try:
        return quote(Path(os.path.relpath(path, beside)).as_posix())
    except ValueError:  # another drive
        return path.resolve().as_uri()


def sentences(notes: Iterable[Note], lang: str) -> list[str]:
    """The notes in words."""
    said = words(lang)
    return [said[note.kata].format(**note.fakta) for note in notes]
