"""What a run was made from, as one hash: the same means there is nothing to do.

Nothing heavy: a run with nothing changed need not import what it does not use.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assets.accept.waiting import waiting as files_waiting
from pipelines.settings import PROGRAM, Settings

_PROGRAM_FILES = ("assets", "pipelines", "quality", "raw", "warehouse")
_ENDINGS = {".py", ".yaml", ".sql", ".csv", ".gz", ".parquet", ".css", ".js", ".html"}


def inputs(found: Settings, scope: tuple[str, str]) -> str:
    """Hash of the ledger, the configuration, the home's words and rules, the program's own files, the scope.

    The inbox is not part of it: whoever asks looks there first (``waiting``).
    """
    digest = hashlib.sha256("|".join(scope).encode())
    for path in (found.raw / "berkas.jsonl", *sorted(found.konfigurasi.glob("*.yaml")), *_own_words(found)):
        digest.update(path.name.encode() + (path.read_bytes() if path.exists() else b"-"))
    for path in _program_files():
        digest.update(str(path.relative_to(PROGRAM)).encode() + path.read_bytes())
    return digest.hexdigest()


def _own_words(found: Settings) -> list[Path]:
    """Vocabularies and rules that this home brings."""
    words = (p for n in ("layouts.yaml", "tambahan.yaml", "templat.yaml") for p in found.raw.glob(f"*/{n}"))
    rules = (p for n in ("rules/*.yaml", "across/*.sql") for p in (found.home / "quality").glob(n))
    return sorted([*words, *rules, *found.raw.glob("*.yaml")])


def _program_files() -> Iterator[Path]:
    for name in _PROGRAM_FILES:
        for path in sorted((PROGRAM / name).rglob("*")):
            below = path.relative_to(PROGRAM).parts
            made = name == "warehouse" and below[1] in ("layers", "riwayat", "terbit", "laporan", "site")
            received = name == "raw" and (
                below[1] in ("inbox", "tak_dikenal", "konfigurasi") or "files" in below
            )
            if path.suffix in _ENDINGS and path.is_file() and not made and not received:
                yield path


def waiting(found: Settings) -> bool:
    """Whether a file lies in the inbox, ready to be taken."""
    return bool(files_waiting(found.inbox))


def published_state(found: Settings) -> list[int] | None:
    """Size and time of the published file; None where there is none."""
    if not found.published.exists():
        return None
    stat = found.published.stat()
    return [stat.st_size, stat.st_mtime_ns]


def remember(
    found: Settings, scope: tuple[str, str], summary: dict[str, Any], code: int, stages: dict[str, float]
) -> None:
    """Note what the run that just ended was made from, what it said, and its seconds by stage."""
    found.last_run.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "inputs": inputs(found, scope),
        "published": published_state(found),
        "summary": summary,
        "code": code,
        "tahap": {name: round(seconds, 3) for name, seconds in stages.items()},
    }
    building = found.last_run.with_suffix(".building")
    building.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    building.replace(found.last_run)


def unchanged(found: Settings, scope: tuple[str, str]) -> dict[str, Any] | None:
    """What the last run said, if nothing it was made from has changed since; else None."""
    if waiting(found) or not found.last_run.exists():
        return None
    said: dict[str, Any] = json.loads(found.last_run.read_text(encoding="utf-8"))
    same = said["published"] == published_state(found) and said["published"] is not None
    return said if same and said["inputs"] == inputs(found, scope) else None
