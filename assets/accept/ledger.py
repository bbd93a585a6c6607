"""Writes events to the ledger of received files; ``assets/readers/ledger.py`` reads what they add up to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from assets.readers import ledger
from warehouse import contracts
from warehouse.values.personal import mask


def append(home: Path, peristiwa: str, berkas_id: str, **facts: Any) -> None:
    """Append one event; it is on the disk when this returns. Facts that are None are left out."""
    event = {
        "peristiwa": peristiwa,
        "pada": contracts.utc_now().isoformat(timespec="seconds"),
        "berkas_id": berkas_id,
    }
    event |= {k: mask(v) if isinstance(v, str) else v for k, v in facts.items() if v is not None}
    path = ledger.file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as out:
        # A line that a crash cut short must not swallow this one.
        torn = out.tell() > 0 and not _ends_with_newline(path)
        line = json.dumps(event, ensure_ascii=False, sort_keys=False)
        out.write((("\n" if torn else "") + line + "\n").encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
