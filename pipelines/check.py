"""``lumbung check``: files judged without taking them in, through the same stages as the main job.

The files are received into a home of their own (``overlay``) on top of what stands in the real one, so that
contradictions with accepted files are found too; of all findings those are told that concern the files
looked at. Files that replace each other are judged one after the other, each as if it were the latest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from assets.accept import receive as accepting
from assets.accept import telling
from assets.accept.telling import Received
from assets.extract import assemble
from assets.publish import balance
from assets.readers import ledger, private
from assets.readers.arrow_text import table_of
from assets.readers.grid import Book
from assets.readers.reading import FileRead
from assets.readers.standing import StandingFile, standing
from pipelines import knowledge, stages
from pipelines.overlay import Overlay, overlay
from pipelines.settings import Settings
from quality import across, findings, judge
from quality.address import Addresses
from quality.finding import Finding

CLEAN, FOUND = 0, 2
_TAKEN = ("diterima", "sudah_ada")
_SAID_ONCE = ("edisi_menyusut", "edisi_digantikan", "berkas_sama")
_NOT_TAKEN = ("tidak_dikenal", "ditolak", "hilang", "konfigurasi_salah")


class Told(Protocol):
    """Who is told what happens, as it happens."""

    def opened(self, nama: str, read: FileRead) -> None:
        """A file was opened, and this was read in it."""

    def judging(self) -> None:
        """All files are read; the rules come next."""


@dataclass
class Found:
    """One finding about a file: its row of ``temuan``, and where in that file it is to be seen."""

    baris: dict[str, Any]
    tempat: list[tuple[str | None, str | None]]

    @property
    def akibat(self) -> str:
        """Its consequence."""
        return str(self.baris["akibat"])

    @property
    def open(self) -> bool:
        """Whether it is neither corrected nor waived."""
        return not (self.baris["koreksi_id"] or self.baris["pengecualian_id"])


@dataclass
class Checked:
    """One file that was looked at. ``read`` and ``book`` are None where it was not opened."""

    path: Path
    received: Received
    read: FileRead | None = None
    book: Book | None = None
    tabel: list[dict[str, Any]] = field(default_factory=list)
    neraca: list[dict[str, Any]] = field(default_factory=list)
    temuan: list[Found] = field(default_factory=list)
    ditulis: list[Path] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Whether accepting it would take it."""
        return self.received.status not in _NOT_TAKEN

    @property
    def clean(self) -> bool:
        """Whether it would be taken, and nothing graver than a note was found."""
        return self.taken and all(f.akibat == "ingat" for f in self.temuan if f.open)

    @property
    def fruitless(self) -> bool:
        """Whether tables were read of which not one row becomes a figure."""
        return bool(self.tabel) and not any(int(row["diterima"]) for row in self.neraca)


@dataclass
class Outcome:
    """What became of all files, in the order given, and what was known when they were judged."""

    files: list[Checked]
    known: knowledge.Knowledge

    @property
    def code(self) -> int:
        """The exit code of the command."""
        return CLEAN if all(one.clean for one in self.files) else FOUND


def check(
    paths: Sequence[Path],
    found: Settings,
    told: Told,
    *,
    unit: str | None = None,
    period: str | None = None,
    source: str | None = None,
) -> Outcome:
    """Judge files and folders (walked) without taking them in.

    Args:
        paths: files and folders; what an earlier check wrote is left out of folders.
        found: the home whose configuration, corrections, waivers and accepted files count.
        told: hears of each file as it is opened.
        unit: as for accepting.
        period: as for accepting.
        source: as for accepting.

    Raises:
        assets.accept.receive.WrongFlag: ``unit``, ``period`` or ``source`` is none.
    """
    offered = list(accepting.walk(paths))
    seen = _Seen(told)
    with overlay(found.home) as over:
        known = knowledge.load(over.settings)
        regions = known.context.regions
        received = accepting.receive(
            offered, over.path, regions, unit=unit, period=period, source=source, opened=seen.opened
        )
        if any(one.status == ledger.KONFIGURASI for one in received):
            known = knowledge.load(over.settings)
        files = [Checked(path, one, *seen.of(path)) for path, one in zip(offered, received, strict=True)]
        _judge(over, known, files, told)
    return Outcome(files, known)


class _Seen:
    """Remembers what was opened, and has the judge get ready as soon as there is something to judge."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._by_path: dict[Path, tuple[FileRead, Book]] = {}
        self._ready = False

    def opened(self, path: Path, book: Book, read: FileRead) -> None:
        self._by_path[path] = (read, book)
        self._told.opened(private.file_name(path.name), read)
        if read.tables and not self._ready:
            self._ready = True
            judge.prepare()

    def of(self, path: Path) -> tuple[FileRead | None, Book | None]:
        return self._by_path.get(path, (None, None))


# --- judging -----------------------------------------------------------------------------------------


def _judge(over: Overlay, known: knowledge.Knowledge, files: Sequence[Checked], told: Told) -> None:
    """Fill in what was found about each file."""
    entries = ledger.entries(over.path)
    waiting: dict[str, list[Checked]] = defaultdict(list)
    for one in files:
        entry = entries.get(one.received.berkas_id or "")
        if one.received.status in _TAKEN and entry is not None and entry.berlaku:
            waiting[entry.berkas_id].append(one)
        else:
            one.temuan = _about(_refusal(one, files), one, known, Addresses(_no_columns()), {})
    checked = list(waiting)
    everything: dict[str, StandingFile] = {}
    if checked:
        told.judging()
        found = standing(over.path, known.context.regions)
        over.keep_related(found, checked)
        everything = {f.entry.berkas_id: f for f in found}
    chosen, alone = checked, False
    while waiting:
        judged = _Round(over, known)
        for berkas_id in chosen:
            if alone or judged.counts_whole(berkas_id):
                for one in waiting.pop(berkas_id):
                    judged.fill(one, berkas_id)
        # Those that another edition displaced are judged again as if it were not there.
        chosen, rivals = _without_rivals(list(waiting), everything)
        over.leave_out(rivals)
        alone = True


def _without_rivals(wanted: Sequence[str], files: Mapping[str, StandingFile]) -> tuple[list[str], set[str]]:
    """Files that can be judged together, and all those that hold the same rows of the same form as they."""
    chosen: list[str] = []
    rivals: set[str] = set()
    for berkas_id in wanted:
        if berkas_id not in rivals:
            chosen.append(berkas_id)
            own = _addresses(files[berkas_id])
            rivals |= {b for b, f in files.items() if b != berkas_id and own & _addresses(f)}
    return chosen, rivals - set(chosen)


def _addresses(file: StandingFile) -> set[tuple[str, ...]]:
    return {address for table in file.tables for address in table.alamat.values()}


def _refusal(one: Checked, files: Sequence[Checked]) -> list[Finding]:
    """Why a file was not taken; the same bytes offered twice have the reason of the first."""
    first = next((f for f in files if f.received.berkas_id == one.received.berkas_id), one)
    if one.received.status == "sudah_ada" and first is not one:
        one.received.status = first.received.status
        return [*first.received.findings, *one.received.findings]
    return list(one.received.findings)


class _Round:
    """One pass of all stages over what stands in the overlay."""

    def __init__(self, over: Overlay, known: knowledge.Knowledge) -> None:
        found = assemble.assemble(over.path, known.context.regions)
        regions = stages.accepted_regions(found, known)
        if regions is not None:
            known = knowledge.load(over.settings, regions)
            found = assemble.assemble(over.path, known.context.regions)
        self._known = known
        self._read = stages.extracted(found)
        self._standing = {f.entry.berkas_id: f for f in standing(over.path, known.context.regions)}
        cleaned = stages.clean_all(self._read.tables, known, self._read.peta_kolom)
        marts = stages.compute_all(cleaned, known)
        tables = {n: t.table for n, t in (cleaned | marts).items()}
        judges = [
            self._read.files.findings,
            across.judge_across(tables, known.book).findings,
            judge.judge({n: tables[n] for n in cleaned}, known.book).findings,
        ]
        self._notes = stages.gathered([*cleaned.values(), *marts.values()], judges)
        self._clean = {n: t.table for n, t in cleaned.items()}
        self._addresses = Addresses(self._read.peta_kolom)
        self._names = {b["berkas_id"]: b["nama"] for b in self._read.files.berkas}

    def counts_whole(self, berkas_id: str) -> bool:
        """Whether nothing of the file was displaced by another edition."""
        file = self._standing[berkas_id]
        return file.status == "dipakai" and not any(t.periode_luar for t in file.tables)

    def fill(self, one: Checked, berkas_id: str) -> None:
        """What this round found about a file."""
        file = self._standing[berkas_id]
        one.read = one.read or file.read
        one.tabel = telling.tables(file)
        counts = self._read.hitungan_lembar
        own = counts.filter(pc.equal(counts["berkas_id"], berkas_id))
        one.neraca = balance.neraca(own, self._clean, self._notes.rejected, self._notes.layout)
        about = [f for f in (*self._notes.findings, *_told_before(one, file)) if concerns(f, berkas_id)]
        one.temuan = _about(about, one, self._known, self._addresses, self._names)


def _told_before(one: Checked, file: StandingFile) -> list[Finding]:
    """What receiving said of its bytes and its edition, and later rounds no longer see."""
    now = {f.aturan for f in file.findings}
    return [f for f in one.received.findings if f.aturan in _SAID_ONCE and f.aturan not in now]


def concerns(finding: Finding, berkas_id: str) -> bool:
    """Whether a finding is about a file: stands in it, or names a cell of it beside another file's."""
    return berkas_id in findings.about(finding)


def _about(
    about: Iterable[Finding],
    one: Checked,
    known: knowledge.Knowledge,
    addresses: Addresses,
    names: Mapping[str, str],
) -> list[Found]:
    """The findings as an officer reads them, with their places in this file; gravest first."""
    berkas_id = one.received.berkas_id
    held = list(about)
    by_identity = {findings.identity(f): f for f in held}
    own_name = {berkas_id: one.received.nama} if berkas_id else {}
    rows = findings.rows(held, known.book, addresses, {**names, **own_name}, None, known.waivers)
    return [
        Found(row, findings.places(by_identity[findings.identity_of(row)], row, berkas_id, addresses))
        for row in rows
    ]


def _no_columns() -> pa.Table:
    return table_of([], assemble.PETA_KOLOM)
