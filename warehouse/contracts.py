"""Every table is described once, in ``warehouse/tables/*.yaml``; this module is how the rest reads it.

Types, keys, comments, the dictionary and the DDL all come from here. What does not belong here:
what a column's value should be (that is a formula or a rule).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

TABLES = Path(__file__).parent / "tables"
# The C loader reads the forty contracts eight times faster; both build plain values only.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ARROW: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "decimal(18,2)": pa.decimal128(18, 2),
    "decimal(24,12)": pa.decimal128(24, 12),
}
_SQL: Mapping[str, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "decimal(18,2)": "DECIMAL(18,2)",
    "decimal(24,12)": "DECIMAL(24,12)",
}


class ContractBroken(ValueError):
    """A row does not fit the table it was made for: a fault of ours, never of a received file."""


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it may be empty, its unit and its meaning (Indonesian)."""

    name: str
    type: str
    means: str
    unit: str | None = None
    required: bool = False

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type."""
        return _ARROW[self.type]

    @property
    def sql(self) -> str:
        """The DuckDB type."""
        return _SQL[self.type]

    @property
    def comment(self) -> str:
        """Meaning with unit, as it is written into the warehouse."""
        return f"{self.means} [{self.unit}]" if self.unit else self.means


@dataclass(frozen=True)
class Table:
    """One table: what one row is, its key, its columns, and the figures it is there for (``main``)."""

    name: str
    stage: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    main: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, bookkeeping columns included."""
        return pa.schema([(c.name, c.arrow) for c in self.columns])

    @property
    def figures(self) -> tuple[str, ...]:
        """Columns that withholding empties: all but key, bookkeeping and the row's own identity."""
        kept = {*self.key, *(c.name for c in MART_BOOKKEEPING)}
        return tuple(c.name for c in self.columns if c.name not in kept and c.name not in IDENTITY)

    def key_of(self, row: Mapping[str, Any]) -> str:
        """The row's key as one text, ``column=value`` in key order, joined by ``;``."""
        return ";".join(f"{k}={row[k]}" for k in self.key)

    @property
    def key_sql(self) -> str:
        """An SQL expression that gives what ``key_of`` does."""
        return " || ';' || ".join(f"'{k}=' || coalesce(CAST(\"{k}\" AS VARCHAR), 'None')" for k in self.key)

    def said_key(self, row: Mapping[str, Any], key: Sequence[str] = ()) -> str:
        """The row's key as an officer knows it: names instead of made-up keys, no addresses.

        Args:
            row: the row, with the columns that name its parts where it has them.
            key: other columns to say instead of the key.
        """
        return ", ".join(self.said_parts(row, key))

    def said_parts(self, row: Mapping[str, Any], key: Sequence[str] = ()) -> list[str]:
        """The parts of ``said_key``, in key order, none twice."""
        parts = (_said(k, row) for k in (key or self.key) if k not in _UNSAID)
        return list(dict.fromkeys(p for p in parts if p))


CLEAN_BOOKKEEPING = (
    Column("berkas_id", "text", "SHA-256 berkas asal", required=True),
    Column("lembar", "text", "Lembar asal; '-' untuk csv", required=True),
    Column("tabel_ke", "integer", "Urutan tabel dalam lembar, mulai 1", required=True),
    Column("baris", "integer", "Nomor baris asal", required=True),
)
MART_BOOKKEEPING = (
    Column("status_terbit", "text", "terbit, ditahan, atau basi", required=True),
    Column("alasan", "text", "Mengapa kosong, ditahan atau basi"),
    Column("versi_aturan", "text", "Versi rumus, aturan dan konfigurasi yang membuat baris ini"),
)
# Parts of a key that a name says better, and those that say nothing to a reader.
_NAMED_BY = {
    "bumdes_id": "nama",
    "kode_desa": "desa",
    "kode_indikator": "indikator",
    "kode_layanan": "layanan",
    "kode_pembanding": "nama",
}
_UNSAID = frozenset((*(c.name for c in CLEAN_BOOKKEEPING), "lingkup", "pohon"))


def _said(key: str, row: Mapping[str, Any]) -> str | None:
    """One part of a key; villages of one name are many, so theirs keeps its code."""
    value, name = row.get(key), row.get(_NAMED_BY.get(key, key))
    if key == "kode_desa" and value and name:
        return f"{name} ({value})"
    said = name if name is not None else value
    return None if said is None else str(said)


# Columns that say which thing a row is about; they stay readable when its figures are withheld.
IDENTITY = frozenset(
    """sasaran indikator nomor_dokumen satuan arah dokumen_target uraian tingkat nama desa kode_unit kode_desa
    nama_unsur kode_induk kode_tercetak layanan komponen rekomendasi metode resmi alokasi sumber
    dapat_dibandingkan alasan_banding""".split()
)


@cache
def table(name: str) -> Table:
    """The contract of one table.

    Raises:
        ContractBroken: if there is no such table, or its file names an unknown type or key.
    """
    path = TABLES / f"{name}.yaml"
    if not path.exists():
        raise ContractBroken(f"no table {name!r} in {TABLES.name}/; known: {', '.join(names())}")
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    own = tuple(Column(name=c, **_known(name, c, facts)) for c, facts in said["columns"].items())
    extra = {"clean": CLEAN_BOOKKEEPING, "mart": MART_BOOKKEEPING}.get(said["stage"], ())
    columns = (*own, *extra)
    missing = set(said["key"]) - {c.name for c in columns}
    if missing:
        raise ContractBroken(f"{path.name}: key names unknown columns {sorted(missing)}")
    main = tuple(said.get("utama", ()))
    if strange := {*main} - {c.name for c in columns}:
        raise ContractBroken(f"{path.name}: utama names unknown columns {sorted(strange)}")
    return Table(name, said["stage"], said["one_row_is"], tuple(said["key"]), columns, main)


def _known(table_name: str, column: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    strange = set(facts) - {"type", "means", "unit", "required"}
    if strange or facts.get("type") not in _ARROW:
        raise ContractBroken(f"{table_name}.{column}: unknown {sorted(strange) or facts.get('type')}")
    return dict(facts)


@cache
def names(stage: str | None = None) -> tuple[str, ...]:
    """Names of all tables, or of one stage (``clean``, ``mart``, ``system``), in alphabetical order."""
    everyone = sorted(p.stem for p in TABLES.glob("*.yaml"))
    return tuple(n for n in everyone if stage is None or table(n).stage == stage)


def build(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table that keeps the contract: types, required columns, unique key, order by key.

    Decimals are rounded half-up to the column's scale here, once (contract 2.5). Missing optional
    columns become NULL; ``status_terbit`` defaults to ``terbit``.

    Raises:
        ContractBroken: unknown column, missing required value, or the same key twice.
    """
    contract = table(name)
    kept = [_fit(contract, row) for row in rows]
    kept.sort(key=lambda r: tuple(_sortable(r[k]) for k in contract.key))
    for before, after in pairwise(kept):
        if all(before[k] == after[k] for k in contract.key):
            raise ContractBroken(f"{name}: key twice: {contract.key_of(after)}")
    return pa.Table.from_pylist(kept, schema=contract.schema)


def _fit(contract: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    unknown = row.keys() - {c.name for c in contract.columns}
    if unknown:
        raise ContractBroken(f"{contract.name}: columns not in the contract: {sorted(unknown)}")
    fitted = {c.name: _value(contract.name, c, row.get(c.name)) for c in contract.columns}
    if contract.stage == "mart" and fitted["status_terbit"] is None:
        fitted["status_terbit"] = "terbit"
    for c in contract.columns:
        if c.required and fitted[c.name] is None:
            raise ContractBroken(f"{contract.name}.{c.name} is empty in {contract.key_of(fitted)}")
    return fitted


def _value(name: str, column: Column, value: Any) -> Any:
    if value is None or not column.type.startswith("decimal"):
        return value
    if isinstance(value, float):
        raise ContractBroken(f"{name}.{column.name}: a float ({value!r}) where an exact decimal is due")
    return stored(Decimal(value), column.type)


def stored(value: Decimal, type_: str) -> Decimal:
    """The value as the warehouse keeps it: half-up to 2 (money) or 12 decimals, once."""
    scale = 2 if type_ == "decimal(18,2)" else 12
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, "") if value is None else (1, value)


def ddl(name: str) -> list[str]:
    """The statements that make the table and its comments in DuckDB."""
    contract = table(name)
    columns = ",\n  ".join(
        f"{_quoted(c.name)} {c.sql}{' NOT NULL' if c.required else ''}" for c in contract.columns
    )
    said = [f"CREATE TABLE {_quoted(name)} (\n  {columns}\n)"]
    said.append(f"COMMENT ON TABLE {_quoted(name)} IS {_text(contract.one_row_is)}")
    said += [
        f"COMMENT ON COLUMN {_quoted(name)}.{_quoted(c.name)} IS {_text(c.comment)}" for c in contract.columns
    ]
    return said


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def as_rows(found: pa.Table, only: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """An Arrow table as plain rows (None for NULL, Decimal for money); for reduced, small tables."""
    rows: list[dict[str, Any]] = (found.select(list(only)) if only else found).to_pylist()
    return rows


def utc_now() -> dt.datetime:
    """The present moment in UTC without zone, as timestamps are stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
