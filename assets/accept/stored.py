"""Puts received bytes away: read-only, by their hash, never overwritten; and takes them out of the inbox.

Only what is a file itself is taken: no link is followed, no pipe or device read.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from pathlib import Path

from assets.readers import private

_CHUNK = 1024 * 1024
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
# Names that mean a device on Windows, whatever their ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
# Bytes of a name; file systems end at 255, some less.
_LONGEST, _LONGEST_ENDING = 180, 12
# Ending of a copy that is being made.
HALF = ".masuk"


class Changed(Exception):
    """The file is no longer the one that was offered: somebody is still writing it."""


def obstacle(path: Path) -> str | None:
    """Why a path that is there cannot be taken as it is; None for a file of its own."""
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "itu tautan (pintasan) ke tempat lain, bukan berkas, dan tautan tidak diikuti"
    return "itu bukan berkas biasa (pipa, perangkat, atau soket)"


def safe_name(name: str) -> str:
    """The name as every file system takes it, personal patterns masked; the ending is kept."""
    tidy = _UNSAFE.sub("_", private.file_name(name)).strip(" .") or "berkas"
    tidy = f"_{tidy}" if _DEVICE.fullmatch(tidy) else tidy
    if len(tidy.encode()) <= _LONGEST:
        return tidy
    stem, dot, ending = tidy.rpartition(".")
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = tidy, "", ""
    return stem.encode()[: _LONGEST - len(ending.encode()) - 1].decode(errors="ignore") + dot + ending


def store(home: Path, source: Path, berkas_id: str, place: str) -> str:
    """Copy a file to ``HOME/raw/<place>/<sha12>/<name>``, whole or not at all.

    Returns:
        The folder relative to ``HOME/raw``, as the ledger keeps it.

    Raises:
        Changed: the bytes copied are not those of ``berkas_id``; nothing is kept.
    """
    where = f"{place}/{berkas_id[:12]}"
    folder = home / "raw" / where
    folder.mkdir(parents=True, exist_ok=True)
    held = [p for p in folder.iterdir() if p.is_file()]
    for torn in (p for p in held if p.suffix == HALF):
        torn.unlink()  # of a process that was killed while it copied
    if any(p.suffix != HALF for p in held):
        return where
    target = folder / safe_name(source.name)
    building = target.with_name(f".{os.getpid()}{HALF}")
    if _copy(source, building) != berkas_id:
        building.unlink()
        folder.rmdir()
        raise Changed
    building.chmod(0o444)
    building.replace(target)
    return where


def _copy(source: Path, target: Path) -> str:
    """Copy the bytes; the hash of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in the place of a former one; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".{path.name}.{os.getpid()}.building")
    building.write_bytes(content)
    building.replace(path)


def size(home: Path, where: str) -> int:
    """Bytes of a stored file."""
    return sum(p.stat().st_size for p in (home / "raw" / where).glob("[!.]*"))


def discard(home: Path, tempat: str) -> None:
    """Remove the copy under ``raw/tak_dikenal`` of a file that is now recognised and stored elsewhere."""
    if tempat.startswith("tak_dikenal/"):
        shutil.rmtree(home / "raw" / tempat, ignore_errors=True)


def state(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, by which a later change shows; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def take_out(path: Path, inbox: Path) -> None:
    """Remove a file from the inbox, and its folders where they are empty now; the inbox itself stays."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == inbox or inbox not in folder.parents or any(folder.iterdir()):
            return
        folder.rmdir()
