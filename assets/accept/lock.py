"""One acceptance at a time in a home: two at once would tear the ledger or take one file twice.

The lock is the operating system's, so a killed process never leaves it behind.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

ACCEPTING = ".kunci"


@contextlib.contextmanager
def locked(home: Path, name: str = ACCEPTING) -> Iterator[None]:
    """Wait until nobody else does the same in this home, then hold it until the block ends.

    Args:
        home: where ``raw/`` lies.
        name: the lock's file in ``raw/``; what has a name of its own does not wait for the others.
    """
    folder = home / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a+b") as handle:
        _lock(handle)
        try:
            yield
        finally:
            _unlock(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        while True:
            handle.seek(0)
            with contextlib.suppress(OSError):  # it gives up after ten seconds; we do not
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                return

    def _unlock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
