"""Periods as Dagster partitions: what a run publishes. Everything else is always computed whole.

``semua`` publishes every period found in the files; a period publishes only its own figures and
leaves the others as they were last published.
"""

from __future__ import annotations

import dagster as dg

from warehouse.values.periods import periods

ALL = "semua"
FIRST_YEAR, LAST_YEAR = 2021, 2035
PERIODS = dg.StaticPartitionsDefinition([ALL, *(str(p) for p in periods(range(FIRST_YEAR, LAST_YEAR + 1)))])


def scope(partition: str) -> str | None:
    """The period a partition publishes; None for all."""
    return None if partition == ALL else partition
