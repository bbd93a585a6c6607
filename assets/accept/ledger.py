"""Writes events to the ledger of received files; ``assets/readers/ledger.py`` reads what they add up to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO, Any

from assets.readers import ledger
from warehouse import contracts
from warehouse.values.personal import mask


def append(home: Path, peristiwa: str, berkas_id: str, **facts: Any) -> None:
    """Append one event; it is on the disk when this returns. Facts that are None are left out.

    The rest of a line that a crash cut short was never an event; it goes.
    """
    event = {
        "peristiwa": peristiwa,
        "pada": contracts.utc_now().isoformat(timespec="seconds"),
        "berkas_id": berkas_id,
    }
    event |= {k: mask(v) if isinstance(v, str) else v for k, v in facts.items() if v is not None}
    path = ledger.file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as out:
        _drop_torn_line(out)
        out.write((json.dumps(event, ensure_ascii=False) + "\n").encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())


def _drop_torn_line(out: IO[bytes]) -> None:
    end = out.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - 4096)
        out.seek(start)
        newline = out.read(end - start).rfind(b"\n")
        if newline >= 0:
            out.truncate(start + newline + 1)
            return
        end = start
    out.truncate(0)
