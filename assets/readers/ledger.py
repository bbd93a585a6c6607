"""The ledger of received files, ``HOME/raw/berkas.jsonl``: one event a line, only ever appended to.

What the events add up to is computed here, for accepting and for reading alike; writing them is
``assets/accept/ledger.py``. Names stand in it with personal patterns masked; the bytes lie under
``HOME/raw/<tempat>/``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quality.finding import Finding

DITERIMA, DIGANTIKAN, DITARIK, DITEGASKAN = "diterima", "digantikan", "ditarik", "ditegaskan"
DIPAKAI, TIDAK_DIKENAL, DITOLAK, KONFIGURASI = "dipakai", "tidak_dikenal", "ditolak", "konfigurasi"


class LedgerBroken(RuntimeError):
    """A line of the ledger cannot be read: somebody edited it."""


@dataclass
class Entry:
    """One received file as all its events leave it.

    ``unit``, ``periode`` and ``sumber`` are what an officer said, ``unit_folder`` and ``periode_folder`` what
    the inbox folder said; ``tegas_unit`` and ``tegas_periode`` whether what the officer said counts against
    the content; ``ocr`` whether its scanned pages are read; ``diganti_oleh`` are files that were told to
    replace it whatever they hold; ``sebab`` why it was not taken (``reason_of``).
    """

    berkas_id: str
    nama: str
    ukuran: int
    diterima_pada: str
    asal: str
    status: str
    tempat: str
    urutan: int
    sumber: str | None = None
    unit: str | None = None
    periode: str | None = None
    unit_folder: str | None = None
    periode_folder: str | None = None
    tegas_unit: bool = False
    tegas_periode: bool = False
    ocr: bool = False
    ditarik: str | None = None
    diganti_oleh: dict[str, str] = field(default_factory=dict)
    sebab: list[dict[str, Any]] = field(default_factory=list)

    @property
    def berlaku(self) -> bool:
        """Whether its tables may count: recognised and not withdrawn."""
        return self.status == DIPAKAI and self.ditarik is None

    @property
    def findings(self) -> list[Finding]:
        """Why the file was not taken, while it is neither recognised nor withdrawn."""
        if self.status not in (TIDAK_DIKENAL, DITOLAK) or self.ditarik is not None:
            return []
        return [Finding(**facts, berkas_id=self.berkas_id) for facts in self.sebab]

    def path(self, home: Path) -> Path | None:
        """The stored file, or None if it is no longer there."""
        kept = (home / "raw" / self.tempat).glob("[!.]*")  # a dot begins what a killed copy left behind
        found = sorted(p for p in kept if p.is_file())
        return found[0] if found else None


def reason_of(finding: Finding) -> dict[str, Any]:
    """A finding about a file that was not taken, as its line in the ledger keeps it."""
    kept = ("aturan", "lembar", "sel", "tertulis", "jumlah", "isi", "akibat")
    return {k: v for k in kept if (v := getattr(finding, k)) is not None}


def file(home: Path) -> Path:
    """The ledger of a home."""
    return home / "raw" / "berkas.jsonl"


def events(home: Path) -> Iterator[dict[str, Any]]:
    """All events in order; a last line that a crash cut short does not count.

    Raises:
        LedgerBroken: any other line that is no event.
    """
    path = file(home)
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as wrong:
            if number == len(lines):
                return
            raise LedgerBroken(f"{path.name} baris {number} tidak terbaca: {wrong}") from wrong


def entries(home: Path) -> dict[str, Entry]:
    """Every file ever received, by hash, in the order of acceptance.

    Raises:
        LedgerBroken: a line cannot be read, or names a file that was never received.
    """
    found: dict[str, Entry] = {}
    for number, event in enumerate(events(home)):
        berkas_id = event["berkas_id"]
        if event["peristiwa"] == DITERIMA:
            _take(found, event, number)
            continue
        entry = found.get(berkas_id)
        if entry is None:
            raise LedgerBroken(
                f"{file(home).name}: {event['peristiwa']} menyebut {berkas_id[:12]} yang tidak ada"
            )
        _apply(entry, event)
    return dict(sorted(found.items(), key=lambda item: item[1].urutan))


_FACTS = "nama ukuran asal status tempat sumber unit periode unit_folder periode_folder sebab ocr".split()


def _take(found: dict[str, Entry], event: dict[str, Any], number: int) -> None:
    facts = {k: event[k] for k in _FACTS if k in event}
    entry = Entry(berkas_id=event["berkas_id"], diterima_pada=event["pada"], urutan=number, **facts)
    _insist(entry, event)
    found[entry.berkas_id] = entry


def _apply(entry: Entry, event: dict[str, Any]) -> None:
    match event["peristiwa"]:
        case "ditarik":
            entry.ditarik = event["alasan"]
        case "digantikan":
            entry.diganti_oleh[event["oleh"]] = event["alasan"]
        case "ditegaskan":
            for name in ("unit", "periode", "sumber", "unit_folder", "periode_folder"):
                if event.get(name):
                    setattr(entry, name, event[name])
            _insist(entry, event)


def _insist(entry: Entry, event: dict[str, Any]) -> None:
    """What is said with insistence counts against the content until it is said again without.

    Insistence that names neither unit nor period means both as they were said before.
    """
    insists = bool(event.get("tegas"))
    both = insists and not (event.get("unit") or event.get("periode"))
    for name in ("unit", "periode"):
        if event.get(name) or both:
            setattr(entry, f"tegas_{name}", insists and getattr(entry, name) is not None)
