"""One file through the whole door: accepted by the real child, recognised, cleaned, its rows balanced.

One home and one child serve thousands of files; what a file left behind goes before the next.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assets.accept import receive as receiving
from assets.accept.telling import Received
from assets.extract import assemble
from assets.publish import balance
from assets.readers import guarded, standing
from assets.readers.grid import Book
from assets.readers.guarded import Guard
from assets.readers.safety import LIMITS, MB
from pipelines import knowledge, stages
from pipelines.settings import Settings

GUARD = Guard(memory=1_024 * MB, cpu=60, seconds=60)
# What a mutant may be refused for; any other refusal is a fault of ours.
OURS = "berkas_tak_terolah"


class Lost(AssertionError):
    """A row ended nowhere, a file was not told, or a fault of ours was told."""


@dataclass
class Outcome:
    """What became of one file."""

    status: str
    aturan: list[str]
    pesan: str
    neraca: list[dict[str, Any]] = field(default_factory=list)
    detik: float = 0.0

    @property
    def sums(self) -> tuple[int, int]:
        """Rows read, and rows that ended somewhere."""
        ends = ("diterima", "ditolak", "tata_letak", "tidak_dikenal")
        return sum(r["dibaca"] for r in self.neraca), sum(r[e] for r in self.neraca for e in ends)


class Door:
    """A home with a child; use as a context."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._known = knowledge.load(Settings(home))
        self._child = guarded._Child(GUARD, LIMITS)
        self._opened = {m: m.open_guarded for m in (receiving, standing)}

    def __enter__(self) -> Self:
        for module in self._opened:
            module.open_guarded = self._open
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for module, opened in self._opened.items():
            module.open_guarded = opened
        self._child.__exit__(kind, error, at)

    def _open(self, paths: Sequence[Path], *_: object) -> Iterator[tuple[Path, Book]]:
        return ((path, self._child.open(path)) for path in list(paths))

    def through(self, path: Path) -> Outcome:
        """Accept, assemble, clean and balance one file.

        Raises:
            Lost: see there.
        """
        self._empty()
        before = time.monotonic()
        (received,) = receiving.receive([path], self._home, self._known.context.regions)
        outcome = _told(path, received)
        if received.status == "diterima":
            outcome.neraca = self._cleaned()
            read, ended = outcome.sums
            if read != ended:
                raise Lost(f"{read} rows were read, {ended} ended somewhere")
        outcome.detik = time.monotonic() - before
        return outcome

    def _cleaned(self) -> list[dict[str, Any]]:
        found = stages.extracted(assemble.assemble(self._home, self._known.context.regions))
        wanted = {n for n, c in stages.CLEANERS.items() if any(found.tables[i].num_rows for i in c.inputs)}
        made = {
            name: stages.clean(c, {i: found.tables[i] for i in c.inputs}, self._known, found.peta_kolom)
            for name, c in stages.CLEANERS.items()
            if name in wanted
        }
        notes = stages.gathered(made.values(), [])
        tables = {name: noted.table for name, noted in made.items()}
        return balance.neraca(found.hitungan_lembar, tables, notes.rejected, notes.layout)

    def _empty(self) -> None:
        shutil.rmtree(self._home / "raw", ignore_errors=True)
        shutil.rmtree(self._home / "warehouse" / "layers" / "baca", ignore_errors=True)


def _told(path: Path, received: Received) -> Outcome:
    rules = [f.aturan for f in received.findings]
    if OURS in rules:
        raise Lost(next(str(f.isi) for f in received.findings if f.aturan == OURS))
    if received.status not in ("diterima", "tidak_dikenal", "ditolak"):
        raise Lost(f"status {received.status}")
    if received.status != "diterima" and not rules:
        raise Lost("not taken, and no reason told")
    if not received.tersimpan:
        raise Lost("its bytes were not kept")
    if "Traceback" in received.pesan or path.name not in received.pesan:
        raise Lost(f"told as {received.pesan[:200]!r}")
    return Outcome(received.status, rules, received.pesan)
