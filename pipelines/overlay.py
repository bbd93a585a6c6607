"""A home that lasts as long as one check: what stands in the real one by reference, and the files looked at.

Nothing is ever written to the real home. Readings of standing files are linked, not copied; configuration,
vocabularies and the ledger are small and copied, so that whatever the check adds stays in here.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assets.readers import ledger, reading
from assets.readers.ledger import Entry
from assets.readers.standing import StandingFile
from pipelines.settings import Settings

_NOT_COPIED = ("inbox", "tak_dikenal")
_CONFIGURED = (".yaml", ".yml", ".csv")


class Overlay:
    """The temporary home; ``settings`` is what every stage is given in place of the real one."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.settings = Settings(folder)
        self.path = folder
        self._home = home
        self._events: list[dict[str, Any]] | None = None
        self._copy_configuration()
        if ledger.file(home).exists():
            ledger.file(folder).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ledger.file(home), ledger.file(folder))
        for entry in ledger.entries(home).values():
            self._refer(entry)

    def leave_out(self, berkas_ids: Collection[str]) -> None:
        """Let these files not count for now; those left out before count again."""
        if self._events is None:
            self._events = list(ledger.events(self.path))
        self._rewrite(e for e in self._events if e["berkas_id"] not in berkas_ids)

    def keep_related(self, files: Sequence[StandingFile], checked: Iterable[str]) -> None:
        """Leave out standing files of other offices, which no rule compares with the files looked at.

        Args:
            files: all that stands in the overlay.
            checked: hashes of the files looked at.
        """
        own = set(checked)
        units = [u for f in files if f.entry.berkas_id in own for u in _units(f) or ("",)]
        gone = {f.entry.berkas_id for f in files if f.entry.berkas_id not in own and not _related(f, units)}
        if gone:
            self._rewrite([e for e in ledger.events(self.path) if e["berkas_id"] not in gone])

    # --- made once ---------------------------------------------------------------------------------
    def _copy_configuration(self) -> None:
        """Vocabularies, corrections, waivers, unit configurations and rules of the home."""
        raw = self._home / "raw"
        wanted = [*raw.glob("*"), *raw.glob("*/*"), *(self._home / "quality" / "rules").glob("*")]
        for source in wanted:
            if source.suffix in _CONFIGURED and source.parent.name not in _NOT_COPIED and source.is_file():
                target = self.path / source.relative_to(self._home)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def _refer(self, entry: Entry) -> None:
        """Link the reading of a standing file; where it would be read anew, the file itself."""
        if not entry.berlaku:
            return
        if reading.kept(self._home, entry.berkas_id, entry.sumber) is not None:
            _link(reading.folder(self._home, entry.berkas_id), reading.folder(self.path, entry.berkas_id))
        elif entry.path(self._home) is not None:
            _link(self._home / "raw" / entry.tempat, self.path / "raw" / entry.tempat)

    def _rewrite(self, events: Iterable[Mapping[str, Any]]) -> None:
        lines = [json.dumps(e, ensure_ascii=False) + "\n" for e in events]
        ledger.file(self.path).write_text("".join(lines), encoding="utf-8")


@contextmanager
def overlay(home: Path) -> Iterator[Overlay]:
    """An overlay of ``home``, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lumbung-periksa-", ignore_cleanup_errors=True) as folder:
        yield Overlay(home, Path(folder).resolve())


def _link(source: Path, target: Path) -> None:
    """A folder by reference; where links are not permitted, its files by hard link or, at worst, copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(source.resolve(), target_is_directory=True)
    except OSError:
        shutil.copytree(source, target, copy_function=_link_file)


def _link_file(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _units(file: StandingFile) -> set[str]:
    """Codes of the regions a file is about, as short as it tells them; empty where it tells none."""
    told = {t.found.kode_unit for t in file.tables if t.found.kode_unit}
    return told | {kode[:4] for t in file.tables for kode in t.read.kode_baris}


def _related(file: StandingFile, units: Sequence[str]) -> bool:
    """Whether a file may be a counterpart: one region lies within the other, or either is unknown ('')."""
    return any(a.startswith(b) or b.startswith(a) for a in _units(file) or ("",) for b in units)
