"""What a document's title says about it: murni or perubahan, and its date.

What does not belong here: unit and period, which extract tells.
"""

from __future__ import annotations

import datetime as dt
import re

from warehouse.values.periods import BULAN

_CHANGED = re.compile(r"\bperubahan\b|\bP-?APBD\b|\bDPPA\b|\bpergeseran\b|\bPK-?P\b", re.IGNORECASE)
_DATE = re.compile(rf"\b([0-3]?\d)\s+({'|'.join(BULAN)})\s+(20\d\d)\b", re.IGNORECASE)


def changed(judul: str) -> bool:
    """Whether the title is that of a changed budget or agreement."""
    return bool(_CHANGED.search(judul))


def agreement(judul: str) -> str:
    """``PK`` or ``PK-P``."""
    return "PK-P" if changed(judul) else "PK"


def stage(judul: str) -> str:
    """``murni`` or ``perubahan``."""
    return "perubahan" if changed(judul) else "murni"


def dated(judul: str) -> dt.date | None:
    """The date in the title, if one is written out (``24 Oktober 2024``)."""
    found = _DATE.search(judul)
    if found is None:
        return None
    try:
        return dt.date(
            int(found[3]), [b.casefold() for b in BULAN].index(found[2].casefold()) + 1, int(found[1])
        )
    except ValueError:
        return None
