"""Tables between the stages: kept in memory for the run, and on disk for whoever looks later.

``warehouse/layers/<asset>.parquet`` can be opened by anyone; what else an asset hands on (findings, the way
back of figures) lies beside it as a pickle, written and read by this program only.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.stages import Noted


class LayerIO(dg.IOManager):
    """One file an asset under ``folder``; moved into place whole, so a killed run leaves no half a table."""

    def __init__(self, folder: Path, told: Callable[[str], None] | None = None) -> None:
        self._folder = folder
        self._told = told
        self._held: dict[str, Any] = {}

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Keep the asset's value for this run, and write it."""
        name = context.asset_key.path[-1]
        self._held[name] = obj
        self._folder.mkdir(parents=True, exist_ok=True)
        if isinstance(obj, Noted):
            self._write_table(name, obj.table)
            self._write_object(name, obj.notes)
        elif isinstance(obj, pa.Table):
            self._write_table(name, obj)
        elif obj is not None:
            self._write_object(name, obj)
        if self._told:
            self._told(name)

    def load_input(self, context: dg.InputContext) -> Any:
        """The value of an upstream asset, from this run or from disk."""
        name = context.asset_key.path[-1]
        if name in self._held:
            return self._held[name]
        table, notes = self._path(name, "parquet"), self._path(name, "pkl")
        if not table.exists():
            return pickle.loads(notes.read_bytes())
        found = pq.read_table(table)
        return Noted(found, pickle.loads(notes.read_bytes())) if notes.exists() else found

    def _path(self, name: str, ending: str) -> Path:
        return self._folder / f"{name}.{ending}"

    def _write_table(self, name: str, table: pa.Table) -> None:
        building = self._path(name, "building")
        pq.write_table(table, building, compression="zstd")
        building.replace(self._path(name, "parquet"))

    def _write_object(self, name: str, obj: Any) -> None:
        building = self._path(name, "building")
        building.write_bytes(pickle.dumps(obj, protocol=pickle.HIGHEST_PROTOCOL))
        building.replace(self._path(name, "pkl"))
