"""Officers' workbooks that have findings, cells marked, linked from the report; only what changed is made.

A copy that cannot be made is told in the report and stops nothing: the figures are judged already.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assets.marked import MARKED
from assets.publish import annotated
from assets.publish.annotated import Mark, annotate
from assets.publish.validation.facts import Note
from assets.readers.grid import Book
from assets.readers.guarded import open_guarded

# A copy of a larger file would take longer than the whole run, and no program opens it gladly.
LARGEST = 20_000_000
_KEPT = ".salinan.json"
_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods", "csv", "json")


@dataclass(frozen=True)
class Source:
    """A received file in force."""

    berkas_id: str
    nama: str
    path: Path


@dataclass
class Copies:
    """File name of each marked copy by ``berkas_id``, and what could not be made."""

    salinan: dict[str, str] = field(default_factory=dict)
    catatan: list[Note] = field(default_factory=list)


def write(sources: Iterable[Source], marks: Mapping[str, Sequence[Mark]], folder: Path) -> Copies:
    """Write what changed, remove what is no longer due.

    Args:
        sources: received files in force; those without marks get no copy.
        marks: the marks of each file.
        folder: where the copies lie; nothing else is kept there.
    """
    made = Copies()
    kept = _remembered(folder)
    due = [s for s in sources if marks.get(s.berkas_id)]
    names = _names(due)
    state: dict[str, dict[str, str]] = {}
    waiting: list[tuple[Source, str]] = []
    for source in due:
        name, print_ = names[source.berkas_id], _print(source, marks[source.berkas_id])
        if kept.get(name, {}).get("sidik") == print_ and (folder / name).is_file():
            made.salinan[source.berkas_id] = name
            state[name] = kept[name]
        elif source.path.stat().st_size > LARGEST:
            size = f"{source.path.stat().st_size / 1e6:.0f}"
            made.catatan.append(Note("catatan_besar", {"nama": source.nama, "mb": size}))
        else:
            waiting.append((source, print_))
    for source, print_, book in _opened(waiting):
        name = names[source.berkas_id]
        if book is not None and book.jenis_berkas not in _WORKBOOKS:
            continue
        if _made(source, marks[source.berkas_id], folder / name, book, made):
            made.salinan[source.berkas_id] = name
            state[name] = {"berkas_id": source.berkas_id, "sidik": print_}
    _settle(folder, state, made)
    return made


def _opened(waiting: Sequence[tuple[Source, str]]) -> Iterable[tuple[Source, str, Book | None]]:
    """Each file; what is no workbook of parts is opened, all of them in one guarded child."""
    closed = {s.path: (s, p) for s, p in waiting if not zipfile.is_zipfile(s.path)}
    yield from ((s, p, None) for s, p in waiting if s.path not in closed)
    for path, book in open_guarded(closed):
        yield (*closed[path], book)


def _made(source: Source, marks: Sequence[Mark], to: Path, book: Book | None, made: Copies) -> bool:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        annotate(source.path, marks, to, nama=source.nama, lembar=book.lembar if book else None)
    except Exception as fault:  # whatever it is: told in the report, and the run goes on
        cause = f"{type(fault).__name__}: {fault}"
        made.catatan.append(Note("catatan_salinan", {"nama": source.nama, "sebab": cause}))
        return False
    return True


def _names(due: Iterable[Source]) -> dict[str, str]:
    """A name for each copy; files of the same name are told apart by their hash."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for source in due:
        stem, ending = Path(source.nama).stem, Path(source.nama).suffix.lower()
        ending = ".xlsm" if ending == ".xlsm" else ".xlsx"
        name = f"{stem}{MARKED}{ending}"
        if name.casefold() in taken:
            name = f"{stem} ({source.berkas_id[:8]}){MARKED}{ending}"
        taken.add(name.casefold())
        given[source.berkas_id] = name
    return given


def _print(source: Source, marks: Sequence[Mark]) -> str:
    """What a copy is made from: the file, its marks, and the program that puts them there."""
    digest = hashlib.sha256(source.berkas_id.encode() + _program())
    for mark in marks:
        digest.update(repr(astuple(mark)).encode())
    return digest.hexdigest()


@cache
def _program() -> bytes:
    digest = hashlib.sha256()
    for path in sorted(Path(annotated.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def _remembered(folder: Path) -> dict[str, Any]:
    path = folder / _KEPT
    if not path.is_file():
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}  # cut short by a killed run: all copies are made anew
    return said if isinstance(said, dict) else {}


def _settle(folder: Path, state: Mapping[str, Any], made: Copies) -> None:
    """Remove copies that are no longer due, and note what the others were made from."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name in state or path.name == _KEPT or MARKED not in path.stem:
            continue
        try:
            path.unlink()
        except OSError as held:  # open in somebody's spreadsheet program
            made.catatan.append(Note("catatan_lama", {"nama": path.name, "sebab": str(held)}))
    building = folder / f"{_KEPT}.building"
    building.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
    building.replace(folder / _KEPT)


def held(folder: Path) -> dict[str, str]:
    """File name of each marked copy that lies there, by ``berkas_id``."""
    return {
        said["berkas_id"]: name for name, said in _remembered(folder).items() if (folder / name).is_file()
    }
