"""The command ``check``: judge, write, show; nothing of the home changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines import check_outputs
from pipelines.check import check
from pipelines.check_shown import Screen
from pipelines.settings import Settings, version
from warehouse import contracts


def run(
    paths: Sequence[Path],
    found: Settings,
    to: Path | None,
    lang: str,
    *,
    unit: str | None = None,
    period: str | None = None,
    source: str | None = None,
) -> int:
    """Check files and tell what was found; returns the exit code.

    Raises:
        assets.accept.receive.WrongFlag: ``unit``, ``period`` or ``source`` is none.
    """
    screen = Screen(lang)
    outcome = check(paths, found, screen, unit=unit, period=period, source=source)
    regions, versi = outcome.known.context.regions, outcome.known.versi_aturan()
    made_by = f"lumbung {version()}, aturan {versi}, {contracts.utc_now():%Y-%m-%d %H:%M} UTC"
    check_outputs.write(outcome.files, to, regions, f"Diperiksa dengan {made_by}. Berkas ini belum diterima.")
    screen.show(outcome.files, regions)
    return outcome.code
