"""The code location: assets, checks, the main job, the quarterly schedule and the inbox sensor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from assets.accept.waiting import waiting
from pipelines import graph, periods
from pipelines.layers import LayerIO
from pipelines.settings import settings

JOB = "utama"
ZONE = "Asia/Makassar"

utama = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Terima, baca, bersihkan, periksa, hitung, terbitkan; periode menentukan apa yang terbit.",
)


@dg.schedule(
    job=utama,
    cron_schedule="0 6 5 1,4,7,10 *",
    execution_timezone=ZONE,
    description="Tanggal 5 sesudah triwulan berakhir: terbitkan triwulan itu (Januari: beserta tahunnya).",
)
def triwulanan(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """The quarter that has just ended; in January the year as well."""
    for period in ended_periods(context.scheduled_execution_time.astimezone(ZoneInfo(ZONE)).date()):
        yield dg.RunRequest(
            run_key=f"{period}:{context.scheduled_execution_time:%Y%m%d}", partition_key=period
        )


def ended_periods(today: dt.date) -> list[str]:
    """The quarter before ``today``'s, and its year where that has ended too.

    >>> ended_periods(dt.date(2026, 1, 5))
    ['2025-TW4', '2025']
    """
    quarter = (today.month - 1) // 3
    if quarter == 0:
        return [f"{today.year - 1}-TW4", str(today.year - 1)]
    return [f"{today.year}-TW{quarter}"]


@dg.sensor(
    job=utama,
    minimum_interval_seconds=60,
    description="Berkas baru di raw/inbox menjalankan pekerjaan utama untuk semua periode.",
)
def kotak_masuk_berisi(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when the inbox holds other files than at the last look."""
    found = inbox_state(settings().inbox)
    if not found:
        return dg.SkipReason("raw/inbox kosong")
    if found == context.cursor:
        return dg.SkipReason("isi raw/inbox sama dengan pemeriksaan terakhir")
    context.update_cursor(found)
    return dg.RunRequest(run_key=found, partition_key=periods.ALL)


def inbox_state(inbox: Path) -> str:
    """Names, sizes and times of the waiting files, as one text; '' when there are none."""
    import hashlib

    lying = [f"{p.relative_to(inbox)}|{p.stat().st_size}|{p.stat().st_mtime_ns}" for p in waiting(inbox)]
    return hashlib.sha256("\n".join(lying).encode()).hexdigest() if lying else ""


def build(folder: Path | None = None, told: Callable[[str], None] | None = None) -> dg.Definitions:
    """Everything Dagster loads, for one home.

    Args:
        folder: the home; None for LUMBUNG_HOME or the checkout.
        told: called with each table's name when it is made (the command line's progress bar).
    """
    found = settings(folder)
    return dg.Definitions(
        assets=graph.ASSETS,
        asset_checks=graph.CHECKS,
        jobs=[utama],
        schedules=[triwulanan],
        sensors=[kotak_masuk_berisi],
        resources={
            "rumah": graph.Rumah(folder=str(found.home)),
            "lapis": LayerIO(found.layers, told),
        },
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The definitions of the home named by LUMBUNG_HOME, else the checkout."""
    return build()
