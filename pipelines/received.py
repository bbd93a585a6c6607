"""The received files of a home as a list to read, with the id that ``withdraw`` asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.extract import assemble
from assets.readers import ledger
from assets.readers.ledger import Entry
from assets.readers.settings_in_force import InForce
from assets.readers.standing import standing
from warehouse.regions import Regions

_SHOWN = 12  # digits of the hash: enough to tell files apart, and ``withdraw`` takes them


def lines(home: Path) -> Iterator[str]:
    """One line a file in order of acceptance (id, status, source, name), and below it the reason given."""
    entries = ledger.entries(home)
    if not entries:
        yield "Belum ada berkas yang diterima."
    settled = InForce(home)
    now = {file.entry.berkas_id: file for file in standing(home, Regions.load())}
    for entry in entries.values():
        about = " · ".join(x for x in (entry.sumber, entry.nama) if x)
        status = assemble.status(entry, now.get(entry.berkas_id), settled)
        yield f"{entry.berkas_id[:_SHOWN]}  {status:<14} {about}"
        for reason in _reasons(entry, entries):
            yield f"{'':{_SHOWN}}  {reason}"


def _reasons(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[str]:
    if entry.ditarik is not None:
        yield f"ditarik: {entry.ditarik}"
    for by, why in entry.diganti_oleh.items():
        name = entries[by].nama if by in entries else by[:_SHOWN]
        yield f"digantikan {name} ({by[:_SHOWN]}): {why or 'tanpa alasan'}"
