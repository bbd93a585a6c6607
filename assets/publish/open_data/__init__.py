"""The open data of a home: tables as Parquet and CSV, and what describes them to people and catalogues."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.publish.open_data import catalogues, delimited, package, small_cells, statistics
from assets.publish.open_data.edition import FOLDER, Edition
from warehouse import contracts
from warehouse.regions import Regions

__all__ = ["Edition", "offices", "write"]
_OF_OFFICES = ("capaian_iku", "ikm", "serapan_program", "serapan_rekening", "layanan", "kinerja_program")


def write(edition: Edition, regions: Regions) -> None:
    """Write ``terbit/<table>.parquet`` and ``.csv`` (each moved into place whole), then what describes them.

    Of ``edition.tables`` only what may be given away is written: figures, findings and the list of files;
    what rests on fewer than five answers stays out.
    """
    opened = {n: t for n, t in edition.tables.items() if _is_open(n)}
    given = small_cells.masked(opened, edition.catalogue)
    edition = replace(edition, tables=given)
    _write_tables(given, edition.warehouse / FOLDER)
    _write_json(edition.warehouse / "datapackage.json", package.describe(edition))
    _write_json(edition.warehouse / "metadata-statistik.json", statistics.describe(edition, regions))
    _write_json(edition.warehouse / "dcat.jsonld", catalogues.dcat(edition))
    _write_json(edition.warehouse / "ckan.json", catalogues.ckan(edition))


def _is_open(name: str) -> bool:
    """Whether a table is given away: figures, findings and the list of files; the rest is bookkeeping."""
    return contracts.table(name).stage == "mart" or name in ("temuan", "berkas")


def offices(tables: Mapping[str, pa.Table]) -> list[str]:
    """Units whose own files are here; village indices also bring in neighbours, whose data these are not."""
    return sorted({k for n in _OF_OFFICES if n in tables for k in tables[n].column("kode_unit").to_pylist()})


def _write_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in tables.items():
        building = folder / f"{name}.parquet.building"
        pq.write_table(found, building, compression="zstd")
        building.replace(folder / f"{name}.parquet")
        building = folder / f"{name}.csv.building"
        delimited.write(found, building)
        building.replace(folder / f"{name}.csv")


def _write_json(path: Path, said: Mapping[str, Any]) -> None:
    building = path.with_name(path.name + ".building")
    building.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    building.replace(path)
