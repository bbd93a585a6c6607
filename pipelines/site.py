"""The dashboard of a home, made when a run publishes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from assets.publish import snapshot
from assets.publish.site import build, material
from assets.publish.validation.facts import Facts
from pipelines import reports
from pipelines.knowledge import Knowledge
from pipelines.settings import Settings

_LOG = logging.getLogger(__name__)


def at_publish(
    found: Settings, known: Knowledge, tables: Mapping[str, pa.Table], told: Facts
) -> dict[str, Any]:
    """Make ``warehouse/site`` from what was just published.

    What is published stands whatever happens here, so a fault is not raised but told: logged with its
    traceback, and in the closing of the run, which then ends as one with a fault of ours.

    Returns:
        ``halaman``: how many pages it has; ``galat``: why the site could not be made, else None.
    """
    try:
        return {"halaman": make(found, known, tables, told), "galat": None}
    except Exception as fault:
        _LOG.exception("the site could not be made; the one before stays")
        return {"halaman": 0, "galat": f"{type(fault).__name__}: {fault}"}


def again(found: Settings, known: Knowledge) -> int:
    """Make the site from the published file as it lies there; returns how many pages it has."""
    tables = snapshot.read_all(found.published, reports.READ)
    return make(found, known, tables, reports.told(known, tables))


def make(found: Settings, known: Knowledge, tables: Mapping[str, pa.Table], told: Facts) -> int:
    """Make the site of these tables."""
    open_files = {p.name: p.stat().st_size for p in (found.warehouse / "terbit").glob("*") if p.is_file()}
    gathered = material.material(tables, told, _names(known, told), known.context.indicators, open_files)
    return build.build(gathered, found.site)


def _names(known: Knowledge, told: Facts) -> dict[str, str]:
    """Names of units, their kabupaten and provinces, by code."""
    regions = known.context.regions
    names = dict(told.nama)
    for unit in told.nama:
        above = (regions.kabupaten(unit[:4]), regions.provinsi(unit[:2]))
        names |= {region.kode: region.nama for region in above if region}
    return names
