"""The main job in this process, as the command line runs it: the same job that Dagster schedules."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assets.accept.lock import locked
from pipelines import fingerprint
from pipelines.settings import Settings

PUBLISHED, NOTHING_PUBLISHED, WITHHELD, NO_SITE = 0, 1, 2, 70


@dataclass
class Ran:
    """How a run ended: exit code (design section 5), closing summary, files taken from the inbox."""

    code: int
    summary: dict[str, Any]
    received: list[Any] = field(default_factory=list)
    unchanged: bool = False
    stopped: str | None = None


@dataclass
class Clock:
    """Wall seconds by stage; each mark charges the time since the one before."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def mark(self, stage: str) -> None:
        """Charge the time since the last mark to ``stage``."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


_STAGES = (("extract_", "baca"), ("clean_", "bersih"), ("temuan_", "periksa"), ("kotak_", "terima"))


def stage_of(name: str) -> str:
    """The stage an asset's time is charged to."""
    if name in ("gerbang", "terbit"):
        return "terbit"
    if name in ("peta_kolom", "tabel_dikenal", "hitungan_lembar", "berkas_dibaca"):
        return "baca"
    return next((stage for start, stage in _STAGES if name.startswith(start)), "hitung")


def run(
    found: Settings,
    *,
    unit: str = "",
    period: str = "",
    reason: str = "",
    told: Callable[[str, int], None] | None = None,
) -> Ran:
    """Run the main job, unless nothing has changed since the last one and no reason is given.

    Args:
        found: the home.
        unit: publish only this unit; empty for all.
        period: publish only this period; empty for all.
        reason: why published figures of closed periods change (or changed before without one).
        told: called with the name of each table made and how many there will be.
    """
    # One run at a time in a home; whoever waited finds what the other made.
    with locked(found.home, ".kunci_jalan"):
        # A site that is gone comes back with the next run.
        anew = reason or not found.site.exists()
        before = None if anew else fingerprint.unchanged(found, (unit, period))
        if before is not None:
            return Ran(before["code"], before["summary"], unchanged=True)
        return _execute(found, unit, period, reason, told)


def _execute(
    found: Settings, unit: str, period: str, reason: str, told: Callable[[str, int], None] | None
) -> Ran:
    clock = Clock()
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    import dagster as dg  # seconds: only a run that has something to do pays for it

    from pipelines import definitions, graph, periods, stages
    from quality.gate import RunStopped

    clock.mark("impor")
    total = len(stages.EXTRACTS) + len(graph.CLEAN) + len(stages.MART_NAMES) + 8

    def made(name: str) -> None:
        clock.mark(stage_of(name))
        if told:
            told(name, total)

    built = definitions.build(found.home, made)
    job = built.resolve_job_def(definitions.JOB)
    try:
        result = job.execute_in_process(
            instance=dg.DagsterInstance.ephemeral(),
            partition_key=period or periods.ALL,
            run_config={
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                "ops": {"terbit": {"config": {"unit": unit, "alasan": reason}}},
            },
        )
    except RunStopped as stop:
        return Ran(NOTHING_PUBLISHED, {}, stopped=str(stop))
    summary = result.output_for_node("terbit")
    received = result.output_for_node("kotak_masuk")
    code = NOTHING_PUBLISHED if not summary["terbit"] else WITHHELD if summary["ditahan"] else PUBLISHED
    if summary["situs"]["galat"]:  # not remembered: the next run tries again
        return Ran(NO_SITE, summary, received)
    fingerprint.remember(found, (unit, period), summary, code, clock.seconds)
    return Ran(code, summary, received)
