"""Small tables that every rule over tables may read besides the run's own: names, bands, duties, villages.

Each is made from the one place that knows it (the catalogue, the formulas, ``kewajiban.yaml``, the region
codes), so that a SELECT holds no list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from warehouse.formulas.exact import parameters
from warehouse.indicators import Catalogue
from warehouse.regions import Regions

DUTIES = Path(__file__).parent / "kewajiban.yaml"
_VILLAGE_TABLES = ("clean_idm", "clean_indeks_desa")
_BAND = pa.decimal128(24, 12)


def references(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """All of them by name.

    Args:
        tables: the run's tables; the villages are those of the kecamatan that they hold.

    Returns:
        ``katalog`` (kode_indikator, nama, satuan, arah, metode, menggantikan), ``ambang_mutu`` (mutu,
        kinerja, mulai), ``kewajiban`` (one source a unit owes for a year), ``desa_resmi`` (kode_desa, nama).
    """
    return {
        "katalog": _catalogue(),
        "ambang_mutu": _grades(),
        "kewajiban": _duties(),
        "desa_resmi": _villages(tables),
    }


@cache
def _catalogue() -> pa.Table:
    known = Catalogue.load().indicators.values()
    return pa.table(
        {
            "kode_indikator": pa.array([i.kode for i in known], pa.string()),
            "nama": pa.array([i.nama for i in known], pa.string()),
            "satuan": pa.array([i.satuan for i in known], pa.string()),
            "arah": pa.array([i.arah for i in known], pa.string()),
            "rumus": pa.array([i.rumus for i in known], pa.string()),
            "menggantikan": pa.array([list(i.menggantikan) for i in known], pa.list_(pa.string())),
        }
    )


@cache
def _grades() -> pa.Table:
    bands = parameters("survey")["mutu"]
    return pa.table(
        {
            "mutu": pa.array([b["mutu"] for b in bands], pa.string()),
            "kinerja": pa.array([b["kinerja"] for b in bands], pa.string()),
            "mulai": pa.array([b["mulai"] for b in bands], _BAND),
        }
    )


@cache
def _duties() -> pa.Table:
    said: list[dict[str, Any]] = yaml.safe_load(DUTIES.read_text(encoding="utf-8"))
    columns: dict[str, pa.DataType] = {
        "sumber": pa.string(),
        "nama": pa.string(),
        "nama_en": pa.string(),
        "tabel": pa.list_(pa.string()),
        "bila_indikator": pa.list_(pa.string()),
        "sejak": pa.int64(),
        "sampai": pa.int64(),
        "jatuh_tempo": pa.string(),
        "ruginya": pa.string(),
        "ruginya_en": pa.string(),
    }
    if strange := {k for each in said for k in each} - columns.keys():
        raise ValueError(f"{DUTIES.name}: unknown keys {sorted(strange)}; known: {', '.join(columns)}")
    return pa.Table.from_pylist([{c: each.get(c) for c in columns} for each in said], pa.schema(columns))


@cache
def _shipped() -> Regions:
    return Regions.load()


def _villages(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Official names of the villages of every kecamatan that the tables hold; accepted lists override."""
    units = {
        u for n in _VILLAGE_TABLES if n in tables for u in pc.unique(tables[n]["kode_unit"]).to_pylist() if u
    }
    accepted = tables.get("clean_wilayah")
    known = Regions.load(accepted) if accepted is not None and accepted.num_rows else _shipped()
    found = [d for unit in sorted(units) for d in known.desa_of(unit)]
    return pa.table(
        {
            "kode_desa": pa.array([d.kode for d in found], pa.string()),
            "nama": pa.array([d.nama for d in found], pa.string()),
        }
    )
