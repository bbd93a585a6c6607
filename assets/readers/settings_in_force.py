"""Which accepted configurations still count: a unit's own until the next, lists while one entry stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assets.readers.ledger import Entry

_UNREADABLE = (yaml.YAMLError, UnicodeDecodeError, OSError, ValueError, RecursionError)


class InForce:
    """What stands in ``HOME/raw/konfigurasi``, asked by the file that was accepted."""

    def __init__(self, home: Path) -> None:
        """Read the folder once."""
        self._home = home
        self._units: dict[str, bytes] = {}
        self._entries: list[Any] = []
        for path in sorted((home / "raw" / "konfigurasi").glob("*.yaml")):
            self._units[path.stem] = path.read_bytes()
            said = _read(path)
            self._entries += said if isinstance(said, list) else []

    def holds(self, entry: Entry) -> bool:
        """Whether something of an accepted configuration counts.

        A unit's configuration counts while its bytes stand; corrections and waivers, which are merged by id,
        while one of their entries stands as it was sent; a confirmed proposal became words and stays.
        """
        path = entry.path(self._home)
        if path is None:
            return False
        said = _read(path)
        if isinstance(said, list):
            return any(item in self._entries for item in said)
        if isinstance(said, Mapping) and ("pilihan" in said or "kode_unit" in said or path.stem.isdigit()):
            return path.read_bytes() in self._units.values()
        return True


def _read(path: Path) -> Any:
    """The content, or None of a file that is no YAML: somebody edited it, and the run tells of it."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except _UNREADABLE:
        return None
