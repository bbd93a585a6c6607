"""Which files in the inbox are whole and wait to be taken; light, because every run asks it first."""

from __future__ import annotations

import re
from pathlib import Path

from assets.marked import MARKED

# Half-copied and lock files of office programs and browsers.
_NOT_YET = re.compile(r"^(?:\.|~\$|.*\.(?:tmp|part|crdownload|download|masuk)$)", re.I)


def is_whole(path: Path, below: Path) -> bool:
    """Whether a file under ``below`` is one that somebody means to send."""
    return not is_marked(path) and not any(_NOT_YET.match(part) for part in path.relative_to(below).parts)


def is_marked(path: Path) -> bool:
    """Whether it is, by its name, a copy that ``lumbung check`` marked, or the page beside it."""
    return path.stem.endswith(MARKED)


def waiting(inbox: Path) -> list[Path]:
    """The files that lie in the inbox ready to be taken, in order of path."""
    if not inbox.exists():
        return []
    return [p for p in sorted(inbox.rglob("*")) if p.is_file() and is_whole(p, inbox)]
