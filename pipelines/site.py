"""The dashboard of a home, made when a run publishes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from assets.publish import snapshot
from assets.publish.open_data import small_cells
from assets.publish.site import build, material
from assets.publish.validation.facts import Facts
from pipelines import reports
from pipelines.knowledge import Knowledge
from pipelines.settings import DESCRIPTIONS, Settings

_LOG = logging.getLogger(__name__)


def at_publish(found: Settings, known: Knowledge, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Make ``warehouse/site`` from what was just published.

    What is published stands whatever happens here, so a fault is not raised but told: logged with its
    traceback, and in the closing of the run, which then ends as one with a fault of ours.

    Returns:
        ``halaman``: how many pages it has; ``galat``: why the site could not be made, else None.
    """
    try:
        return {"halaman": make(found, known, tables), "galat": None}
    except Exception as fault:
        _LOG.exception("the site could not be made; the one before stays")
        return {"halaman": 0, "galat": f"{type(fault).__name__}: {fault}"}


def again(found: Settings, known: Knowledge) -> int:
    """Make the site from the published file as it lies there; returns how many pages it has."""
    return make(found, known, snapshot.read_all(found.published, reports.READ))


def make(found: Settings, known: Knowledge, tables: Mapping[str, pa.Table]) -> int:
    """Make the site of the published tables; what open data leaves out is left out here, too."""
    catalogue = known.context.indicators
    small = small_cells.surveys(material.rows_of(tables, "ikm"))
    shown = small_cells.masked(tables, catalogue)
    told = reports.told(known, shown)
    knows = material.Pengetahuan(catalogue, known.book, _names(known, told))
    gathered = material.material(shown, told, knows, _open_files(found), small)
    with duckdb.connect(str(found.published), read_only=True) as con:
        return build.build(gathered, con, found.site)


def _open_files(found: Settings) -> dict[str, int]:
    """Size of each open data file by its way from ``warehouse``."""
    beside = (found.warehouse / name for name in DESCRIPTIONS)
    every = [p for p in (*(found.warehouse / "terbit").glob("*.*"), *beside) if p.is_file()]
    return {p.relative_to(found.warehouse).as_posix(): p.stat().st_size for p in sorted(every)}


def _names(known: Knowledge, told: Facts) -> dict[str, str]:
    """Names of units, their kabupaten and provinces, by code."""
    regions = known.context.regions
    names = dict(told.nama)
    for unit in told.nama:
        above = (regions.kabupaten(unit[:4]), regions.provinsi(unit[:2]))
        names |= {region.kode: region.nama for region in above if region}
    return names
