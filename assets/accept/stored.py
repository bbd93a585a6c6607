"""Puts received bytes away: read-only, by their hash, never overwritten; and takes them out of the inbox."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 120


def safe_name(name: str) -> str:
    """The name as every file system takes it; the ending is kept."""
    tidy = _UNSAFE.sub("_", name).strip(" .") or "berkas"
    stem, dot, ending = tidy.rpartition(".")
    return tidy if len(tidy) <= _LONGEST else f"{stem[: _LONGEST - len(ending) - 1]}{dot}{ending}"


def store(home: Path, source: Path, berkas_id: str, place: str) -> str:
    """Copy a file to ``HOME/raw/<place>/<sha12>/<name>``, whole or not at all.

    Returns:
        The folder relative to ``HOME/raw``, as the ledger keeps it.
    """
    where = f"{place}/{berkas_id[:12]}"
    folder = home / "raw" / where
    folder.mkdir(parents=True, exist_ok=True)
    for held in folder.iterdir():
        if held.is_file() and held.suffix != ".masuk":
            return where
    target = folder / safe_name(source.name)
    building = target.with_name(f".{os.getpid()}.masuk")
    shutil.copyfile(source, building)
    building.chmod(0o444)
    building.replace(target)
    return where


def discard(home: Path, tempat: str) -> None:
    """Remove the copy under ``raw/tak_dikenal`` of a file that is now recognised and stored elsewhere."""
    if tempat.startswith("tak_dikenal/"):
        shutil.rmtree(home / "raw" / tempat, ignore_errors=True)


def take_out(path: Path, inbox: Path) -> None:
    """Remove a file from the inbox, and its folders where they are empty now; the inbox itself stays."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == inbox or inbox not in folder.parents or any(folder.iterdir()):
            return
        folder.rmdir()
