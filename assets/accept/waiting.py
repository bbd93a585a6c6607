"""Which files in the inbox are whole and wait to be taken; light, because every run asks it first."""

from __future__ import annotations

import re
from pathlib import Path

# Half-copied and lock files of office programs and browsers.
_NOT_YET = re.compile(r"^(?:\.|~\$|.*\.(?:tmp|part|crdownload|download|masuk)$)", re.I)


def is_whole(path: Path, below: Path) -> bool:
    """Whether a file under ``below`` is one that somebody means to send."""
    return not any(_NOT_YET.match(part) for part in path.relative_to(below).parts)


def waiting(inbox: Path) -> list[Path]:
    """The files that lie in the inbox ready to be taken, in order of path."""
    if not inbox.exists():
        return []
    return [p for p in sorted(inbox.rglob("*")) if p.is_file() and is_whole(p, inbox)]
