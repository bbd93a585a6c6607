"""Tiny tables for the tests of quality: rows with just what matters, the rest filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from quality.rule import Rule, RuleBook, read
from warehouse import contracts

RULES = Path(__file__).resolve().parents[3] / "quality" / "rules"
BERKAS = "b" * 64
_FILLED = {
    "kode_unit": "630103",
    "periode": "2025",
    "tahun": 2025,
    "tahun_lhe": 2025,
    "berkas_id": BERKAS,
    "lembar": "Lembar1",
    "tabel_ke": 1,
    "kode_desa": "6301032001",
    "tahun_tertulis": True,
    "jawaban_ditolak": 0,
}


def table(name: str, *rows: Mapping[str, Any], cara: str = "build") -> pa.Table:
    """Rows of a clean or mart table; numbers may be given as text, row numbers follow from 5."""
    contract = contracts.table(name)
    filled = []
    for at, row in enumerate(rows):
        whole: dict[str, Any] = {}
        for column in contract.columns:
            if column.name in row:
                whole[column.name] = _value(column.type, row[column.name])
            elif column.name == "baris":
                whole["baris"] = 5 + at
            elif column.name == "status_terbit":
                whole["status_terbit"] = "terbit"
            elif column.required:
                whole[column.name] = _FILLED.get(column.name, f"x{at}" if column.type == "text" else at)
        if unknown := row.keys() - {c.name for c in contract.columns}:
            raise KeyError(f"{name} has no {sorted(unknown)}")
        filled.append(whole)
    if cara == "build":
        return contracts.build(name, filled)
    return pa.Table.from_pylist(filled, schema=contract.schema)


def _value(kind: str, given: Any) -> Any:
    if kind == "date" and isinstance(given, str):
        return dt.date.fromisoformat(given)
    return Decimal(given) if kind.startswith("decimal") and given is not None else given


def tables(**given: Iterable[Mapping[str, Any]]) -> dict[str, pa.Table]:
    return {name: table(name, *rows) for name, rows in given.items()}


def one(rule_id: str) -> RuleBook:
    """A book with this rule alone."""
    return RuleBook([rule(rule_id)])


@cache
def _rules() -> dict[str, Rule]:
    files = ["baris.yaml", *(p.name for p in sorted(RULES.glob("lintas*.yaml")))]
    return {r.id: r for file in files for r in read(RULES / file)}


def rule(rule_id: str) -> Rule:
    return _rules()[rule_id]


def peta(*fields: str, lembar: str = "Lembar1", berkas: str = BERKAS) -> pa.Table:
    """A column map: the fields in columns A, B, C of one table, headers in row 4."""
    where = {"berkas_id": berkas, "lembar": lembar, "tabel_ke": 1}
    rows = [
        {**where, "field": f, "kolom": letter, "kepala": f.upper(), "kepala_sel": f"{letter}4"}
        for f, letter in zip(fields, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False)
    ]
    text = [(c, pa.string()) for c in ("berkas_id", "lembar", "field", "kolom", "kepala", "kepala_sel")]
    return pa.Table.from_pylist(rows, schema=pa.schema([*text, ("tabel_ke", pa.int64())]))
