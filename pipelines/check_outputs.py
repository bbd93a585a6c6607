"""What a check writes: each file's own workbook with cells marked, and one page, beside it or in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from assets.accept.telling import table_lines
from assets.marked import MARKED
from assets.publish import check_page
from assets.publish.annotated import Mark, annotate, mark, settled
from assets.publish.check_page import Report, Shown, TakenFor
from assets.publish.excerpt import excerpt
from assets.readers import private
from assets.readers.grid import Book, Grid
from assets.readers.guarded import open_guarded
from assets.readers.safety import cause
from pipelines.check import Checked, Found
from pipelines.words import say
from warehouse.regions import Regions

_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods", "csv", "json")
_GRAVE = ("henti", "tahan", "tolak")


class NotWritten(OSError):
    """The outputs cannot be written there; the message is Indonesian."""


def write(files: Sequence[Checked], to: Path | None, regions: Regions, keterangan: str) -> None:
    """Write the outputs of every file that was opened or refused, and note them in ``ditulis``.

    Args:
        files: as checked.
        to: the folder to write to; each file's own where None.
        regions: names of regions.
        keterangan: by which program and rules, and when.

    Raises:
        NotWritten: the folder cannot be written to.
    """
    names = _names(files, to)
    for one, book in _with_books(files):
        target = names.get(id(one))
        if target is None:
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(one, book, target, regions, keterangan)
        except OSError as closed:
            said = f"hasil tidak dapat ditulis di {target.parent} ({cause(closed)})"
            raise NotWritten(f"{said}; pilih folder lain: --to FOLDER") from closed


def _write(one: Checked, book: Book | None, target: Path, regions: Regions, keterangan: str) -> None:
    kind = book.jenis_berkas if book else ""
    if book is not None and kind in _WORKBOOKS and book.lembar:
        marked = target.with_name(target.name + (".xlsm" if kind == "xlsm" else ".xlsx"))
        annotate(one.path, marks(one.temuan), marked, nama=one.received.nama, lembar=book.lembar)
        one.ditulis.append(marked)
    page = target.with_name(target.name + ".html")
    report = _report(one, book.lembar if book else (), regions, keterangan)
    page.write_text(check_page.page(report), encoding="utf-8")
    one.ditulis.append(page)


def marks(found: Iterable[Found]) -> list[Mark]:
    """Findings as marks of the workbook: one for each place where they are to be seen."""
    return [mark(one.baris, lembar, sel) for one in found for lembar, sel in one.tempat]


def verdict(one: Checked, lang: str = "id") -> str:
    """One sentence that sums up what was found."""
    if not one.taken:
        return say(f"check_{one.received.status}", lang)
    open_ = Counter(f.akibat for f in one.temuan if f.open)
    grave = sum(open_[a] for a in _GRAVE)
    notes = say("check_notes", lang, n=open_["ingat"]) if open_["ingat"] else say("check_no_notes", lang)
    said = ", ".join(f"{open_[a]} {a}" for a in _GRAVE if open_[a])
    fine = say("check_fruitless" if one.fruitless else "check_fine", lang)
    told = say("check_grave", lang, n=grave, said=said) if grave else fine
    return f"{told}; {notes}.{_used(one, lang)}"


def _used(one: Checked, lang: str) -> str:
    """How many rows of data become no figures: a file without a grave finding may still be of no use."""
    kept, rest = (sum(int(r[c]) for r in one.neraca) for c in ("diterima", "ditolak"))
    return say("check_unused", lang, n=rest, all=kept + rest) if rest else ""


# --- where -------------------------------------------------------------------------------------------


def _names(files: Sequence[Checked], to: Path | None) -> dict[int, Path]:
    """The outputs' path without ending, for each file that is there; two never share one."""
    wanted: dict[int, Path] = {}
    taken: set[str] = set()
    for one in files:
        if one.received.status == "hilang" or one.received.berkas_id is None:
            continue
        folder = to or one.path.parent
        for name in (
            private.file_name(one.path.stem),
            private.file_name(one.path.name),
            *(f"{private.file_name(one.path.name)} ({n})" for n in range(2, len(files) + 2)),
        ):
            target = folder / (name + MARKED)
            if str(target).casefold() not in taken:
                taken.add(str(target).casefold())
                wanted[id(one)] = target
                break
    return wanted


def _with_books(files: Sequence[Checked]) -> Iterator[tuple[Checked, Book | None]]:
    """Each file with what it holds; files known before were not opened yet."""
    unopened = [f for f in files if f.book is None and f.read is not None]
    again = open_guarded([f.path for f in unopened])
    by_file = dict(zip(map(id, unopened), (book for _, book in islice(again, len(unopened))), strict=True))
    for one in files:
        yield one, one.book or by_file.get(id(one))


# --- the page ----------------------------------------------------------------------------------------


def _report(one: Checked, grids: Sequence[Grid], regions: Regions, keterangan: str) -> Report:
    return Report(
        nama=one.received.nama,
        bersih=one.clean,
        putusan=verdict(one),
        keterangan=keterangan,
        tabel=[_taken_for(t, regions) for t in one.tabel],
        neraca=one.neraca,
        temuan=[Shown(f.baris, _cut(one, f, grids), settled(f.baris)) for f in one.temuan],
    )


def _taken_for(table: dict[str, Any], regions: Regions) -> TakenFor:
    first = next(iter(table_lines(table, regions)))
    return TakenFor(first.strip(), table["kolom"], table["kolom_asing"])


def _cut(one: Checked, found: Found, grids: Sequence[Grid]) -> Any:
    for lembar, sel in found.tempat:
        grid = next((g for g in grids if g.lembar == lembar), grids[0] if len(grids) == 1 else None)
        if grid is not None and one.read is not None:
            return excerpt(grid, sel, one.read.tables)
    return None
