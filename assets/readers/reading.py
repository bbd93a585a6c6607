"""One file read once: its tables as Arrow text with addresses, and what else was seen; kept by its hash.

``HOME/warehouse/layers/baca/<berkas_id>/`` holds one Parquet file a table and ``baca.json``; it is used again
while neither the bytes nor the program's readers and vocabularies have changed. Unit and period are not kept:
they depend on flags and on the region list, and cost little.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.readers import konteks, money_unit, private, stempel, vocabulary
from assets.readers.copying import Copier, TableRead
from assets.readers.grid import UNVERIFIED, Book, Grid
from assets.readers.guarded import place_of
from assets.readers.noticed import sheet_findings
from assets.readers.pdf.proof import unproven
from assets.readers.recognise import Recogniser, line
from assets.readers.rows import JUDUL, TIDAK_DIKENAL, PrintedTable
from assets.readers.vocabulary import Vocabulary
from quality.finding import Finding
from warehouse.trail import Cell

# Lines kept of a sheet as context.
_LINES = 12
# What a kept reading was made by: the readers, and what they ask of values (numbers, masks of persons).
_PROGRAM, _READING = Path(__file__).resolve().parents[2], ("assets/readers", "warehouse/values")
# Rows from the top among which unknown ones may be such lines, and letters kept of one.
_TOP, _LONGEST = 40, 300


@dataclass
class FileRead:
    """What one file holds. ``ditolak`` names the rule and its facts where nothing could be read.

    ``templat`` is the stamp of an input workbook (``stempel.py``).
    """

    berkas_id: str
    jenis_berkas: str
    ditolak: tuple[str, dict[str, str]] | None = None
    tables: list[TableRead] = field(default_factory=list)
    lembar: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    templat: dict[str, str] = field(default_factory=dict)

    @property
    def sumber(self) -> str | None:
        """The source most of its rows belong to."""
        counts: Counter[str] = Counter()
        for table in self.tables:
            counts[table.sumber] += sum(table.banyak.values()) + 1
        return counts.most_common(1)[0][0] if counts else None

    def lines(self, lembar: str) -> list[str]:
        """Context lines of one sheet."""
        return next((s["garis"] for s in self.lembar if s["lembar"] == lembar), [])


def read_any(book: Book, berkas_id: str, words: Vocabulary) -> tuple[FileRead, list[pa.Table]]:
    """``read``, where a fault of ours costs this file only: it is refused as ``berkas_tak_terolah``."""
    try:
        return read(book, berkas_id, words)
    except Exception as fault:  # any: one file never stops the others
        rule, facts = "berkas_tak_terolah", {"sebab": place_of(fault)}
        told = Finding(rule, berkas_id=berkas_id, isi=dict(facts))
        return FileRead(berkas_id, book.jenis_berkas, (rule, facts), findings=[told]), []


def read(book: Book, berkas_id: str, words: Vocabulary) -> tuple[FileRead, list[pa.Table]]:
    """Recognise and copy every table of an opened file.

    Returns:
        What it holds, and the rows of each of its tables in the same order.

    Raises:
        assets.readers.rows.RowsUncounted: a row ended nowhere (a fault of ours).
    """
    made = FileRead(berkas_id, book.jenis_berkas, book.ditolak)
    made.findings += [_note(berkas_id, *note) for note in book.catatan]
    made.templat, own = stempel.of(book), stempel.own_sheets(book)
    made.lembar += [_own(grid) for grid in book.lembar if grid.lembar in own]
    grids = [grid for grid in book.lembar if grid.lembar not in own]
    rows: list[pa.Table] = []
    held: Mapping[str, str] = {}
    for grid, sheet in zip(grids, Recogniser(words).book(grids), strict=True):
        made.lembar.append({"lembar": grid.lembar, **sheet.counts, "garis": _lines(grid, sheet.classes)})
        copier = Copier(grid, berkas_id, next((t.judul for t in sheet.tables if t.judul), []), held)
        for table in sheet.tables:
            described, arrow = copier.copy(table)
            made.tables.append(described)
            rows.append(arrow)
            made.findings += _unverified(grid, table, described, arrow, berkas_id)
            made.findings += money_unit.told(table, described, berkas_id)
        held = copier.held
        made.findings += copier.findings
        made.findings += sheet_findings(grid, sheet, berkas_id, words.forms)
    if made.templat:
        made.findings = _of_template(made)
    made.findings = _pages_together(_without_repeats(_about_tables(made)), book)
    for i, described in enumerate(made.tables, 1):
        described.berkas_parquet = f"{i:03d}.parquet"
    return made, rows


def _unverified(
    grid: Grid, table: PrintedTable, described: TableRead, arrow: pa.Table, berkas_id: str
) -> Iterator[Finding]:
    """Rows that were read from a picture and that no arithmetic proves."""
    if grid.halaman is None or not any(UNVERIFIED in marks for marks in grid.format):
        return
    numbers = arrow.column("baris").to_pylist()
    first, last = described.kolom[0]["field"] or "", described.kolom[-1]["field"] or ""
    for i in unproven(arrow, table.form):
        cell = Cell(berkas_id, described.lembar, described.tabel_ke, numbers[i], first, sampai_field=last)
        yield Finding("ocr_belum_terverifikasi", berkas_id=berkas_id, lembar=described.lembar, cell=cell)


def _about_tables(made: FileRead) -> list[Finding]:
    """Doubts about how a page of a PDF was read matter only where a table was found on it."""
    used = {None, *(t.lembar for t in made.tables)}
    return [f for f in made.findings if f.lembar in used or not f.aturan.startswith("pdf_")]


def _of_template(made: FileRead) -> list[Finding]:
    """What is worth telling of an input workbook.

    It has a sheet for each form, and an office fills in those it has; its live totals have no value until a
    spreadsheet program has saved it, which the list of a sheet's formulas tells once.
    """
    empty = sum(f.aturan == "tabel_kosong" for f in made.findings)
    left = [f for f in made.findings if f.aturan != "tabel_kosong" or empty == len(made.tables)]
    return [f for f in left if not (f.aturan == "rumus_tanpa_nilai" and f.cell and f.akibat is None)]


def _own(grid: Grid) -> dict[str, Any]:
    """A sheet of the template itself: instructions, lists."""
    rows = len(grid.teks)
    counts = {"dibaca": rows, "data": 0, "tata_letak": rows, "tidak_dikenal": 0}
    return {"lembar": grid.lembar, **counts, "garis": []}


def _note(berkas_id: str, aturan: str, facts: Mapping[str, str]) -> Finding:
    rest = {k: v for k, v in facts.items() if k not in ("lembar", "sel", "jumlah", "tertulis")}
    jumlah = facts.get("jumlah", "1")
    return Finding(
        aturan,
        berkas_id=berkas_id,
        lembar=facts.get("lembar"),
        sel=facts.get("sel"),
        tertulis=facts.get("tertulis"),
        jumlah=int(jumlah) if jumlah.isdigit() else 1,
        isi=rest,
    )


def _without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """A sheet's list of error cells is not told where each of them is told by itself."""
    single: Counter[tuple[str, str | None]] = Counter()
    for f in findings:
        if f.cell is not None and f.aturan in ("sel_galat", "rumus_tanpa_nilai"):
            single[f.aturan, f.lembar] += f.jumlah
    return [f for f in findings if f.cell is not None or single.get((f.aturan, f.lembar), 0) < f.jumlah]


def _pages_together(findings: Sequence[Finding], book: Book) -> list[Finding]:
    """Pages of a PDF without a table are told in one finding; most pages of a report have none."""
    pages = {g.lembar for g in book.lembar if g.halaman is not None}
    bare = [f for f in findings if f.aturan == "lembar_tanpa_tabel" and f.lembar in pages]
    if len(bare) < 2:
        return list(findings)
    first, last = bare[0].lembar, bare[-1].lembar
    whole = replace(bare[0], lembar=f"{first} s.d. {last}", jumlah=sum(f.jumlah for f in bare))
    return [f for f in findings if f not in bare] + [whole]


def _lines(grid: Grid, classes: Sequence[str]) -> list[str]:
    """Titles of a sheet, and lines outside its tables that name a region or a period; nothing of lists."""
    chosen = [r for r, k in enumerate(classes) if k == JUDUL]
    chosen += [r for r, k in enumerate(classes[:_TOP]) if k == TIDAK_DIKENAL and _tells(grid, r)]
    found = (private.title(line(grid, r), _LONGEST) for r in sorted(set(chosen))[:_LINES])
    return [x for x in found if x]


def _tells(grid: Grid, r: int) -> bool:
    """Whether a row is a line of its own that may say whose or of which period the sheet is."""
    texts = {t.strip() for t in grid.teks[r] if t.strip()}
    return len(texts) <= 2 and any(len(t) <= _LONGEST and konteks.tells(t) for t in texts)


# --- on disk -----------------------------------------------------------------------------------------
def hash_of(folder: Path) -> bytes:
    """Hash of all modules of a folder and of those below it."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.digest()


@cache
def _readers() -> bytes:
    """Hash of the modules that read, as this process runs them."""
    return b"".join(hash_of(_PROGRAM / folder) for folder in _READING)


@lru_cache(maxsize=4)
def _program(raw: Path | None, stamps: tuple[tuple[str, int], ...]) -> str:
    del stamps
    digest = hashlib.sha256(_readers())
    for path in vocabulary.files(raw):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def program_version(home: Path) -> str:
    """Hash of the modules that read and of the vocabularies in force: a change of either reads all again."""
    raw = home / "raw"
    return _program(raw, tuple(sorted((str(p), p.stat().st_mtime_ns) for p in vocabulary.files(raw))))


def folder(home: Path, berkas_id: str) -> Path:
    """Where the reading of a file is kept."""
    return home / "warehouse" / "layers" / "baca" / berkas_id


def keep(
    home: Path, found: FileRead, rows: Sequence[pa.Table], sumber: str | None, versi: str | None = None
) -> None:
    """Write a reading beside, then put it in place whole; ``versi``: ``program_version``, if known."""
    target = folder(home, found.berkas_id)
    building = target.with_name(f"{target.name}.{os.getpid()}.building")
    building.mkdir(parents=True, exist_ok=True)
    for table, arrow in zip(found.tables, rows, strict=True):
        pq.write_table(arrow, building / table.berkas_parquet, compression="zstd")
    said = {"versi": versi or program_version(home), "sumber": sumber, **vars(found)}
    told = json.dumps(said, ensure_ascii=False, default=vars)
    (building / "baca.json").write_text(told, encoding="utf-8")
    put(building, target)


def put(building: Path, target: Path) -> None:
    """Put a folder in the place of another; of two processes that do so at once either one's stays."""
    former = building.with_suffix(".former")
    with contextlib.suppress(FileNotFoundError):
        target.replace(former)
    try:
        building.replace(target)
    except OSError:
        if not target.exists():
            raise
        shutil.rmtree(building)
    shutil.rmtree(former, ignore_errors=True)


def kept(home: Path, berkas_id: str, sumber: str | None, versi: str | None = None) -> FileRead | None:
    """The reading on disk, if it was made by this program from these vocabularies for the same source."""
    path = folder(home, berkas_id) / "baca.json"
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    if said.pop("versi") != (versi or program_version(home)) or said.pop("sumber") != sumber:
        return None
    said["tables"] = [TableRead(**t) for t in said["tables"]]
    said["findings"] = [_finding(f) for f in said["findings"]]
    said["ditolak"] = tuple(said["ditolak"]) if said["ditolak"] else None
    return FileRead(**said)


def rows_of(home: Path, found: FileRead, table: TableRead) -> pa.Table:
    """The rows of one table from disk."""
    return pq.ParquetFile(folder(home, found.berkas_id) / table.berkas_parquet).read()


def _finding(said: dict[str, Any]) -> Finding:
    cell = said.pop("cell")
    kept = {k: v for k, v in said.items() if k not in ("related", "figures", "suspects")}
    return Finding(**kept, cell=Cell(**cell) if cell else None)
