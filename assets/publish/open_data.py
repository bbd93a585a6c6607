"""The same tables as open files: Parquet, and a ``datapackage.json`` that describes them.

Frictionless Data Package v1; field types and meanings come from the contract of each table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import contracts

_TYPES = {
    "text": "string",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "decimal(18,2)": "number",
    "decimal(24,12)": "number",
}


def write(tables: Mapping[str, pa.Table], warehouse: Path) -> None:
    """Write ``terbit/<table>.parquet`` (each moved into place whole) and ``datapackage.json``."""
    folder = warehouse / "terbit"
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in tables.items():
        building = folder / f"{name}.parquet.building"
        pq.write_table(found, building, compression="zstd")
        building.replace(folder / f"{name}.parquet")
    building = warehouse / "datapackage.json.building"
    building.write_text(json.dumps(describe(sorted(tables)), ensure_ascii=False, indent=2) + "\n", "utf-8")
    building.replace(warehouse / "datapackage.json")


def describe(names: list[str]) -> dict[str, Any]:
    """The data package: one resource a table."""
    return {
        "profile": "data-package",
        "name": "lumbung",
        "title": "Kinerja kecamatan: indikator utama, efisiensi, pembanding",
        "resources": [_resource(name) for name in names],
    }


def _resource(name: str) -> dict[str, Any]:
    found = contracts.table(name)
    return {
        "name": name.replace("_", "-"),
        "path": f"terbit/{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": found.one_row_is,
        "schema": {
            "fields": [
                {
                    "name": c.name,
                    "type": _TYPES[c.type],
                    "description": c.comment,
                    **({"constraints": {"required": True}} if c.required else {}),
                }
                for c in found.columns
            ],
            "primaryKey": list(found.key),
        },
    }
