"""The received files of a home as a list to read, with the id that ``withdraw`` asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assets.readers import ledger

_SHOWN = 12  # digits of the hash: enough to tell files apart, and ``withdraw`` takes them


def lines(home: Path) -> Iterator[str]:
    """One line a file in order of acceptance: id, status, source, unit, period, name."""
    entries = ledger.entries(home)
    if not entries:
        yield "Belum ada berkas yang diterima."
    for entry in entries.values():
        about = " · ".join(x for x in (entry.sumber, entry.nama) if x)
        status = "ditarik" if entry.ditarik else entry.status
        yield f"{entry.berkas_id[:_SHOWN]}  {status:<14} {about}"
