"""What judging costs, by rule and rows: the tables of many invented kecamatan, and surveys of a million rows.

Processor seconds of each rule over tables (SELECTs, in the one database of a run), of the tables that they
share, and of all row rules together; the import of the validator is not counted, a run pays it once. Surveys
are few and long (eight sheets), the hardest shape for rules that look for copies.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks import clean_tables, kecamatan
from quality import across, judge
from quality.rule import RuleBook
from warehouse import contracts
from warehouse.regions import Regions

ANSWERS = "clean_skm_jawaban"
_SHEETS = 8
_FIRST = dt.date(clean_tables.YEAR, 1, 1).toordinal() - dt.date(1970, 1, 1).toordinal()
_SHARES = (0.02, 0.08, 0.3, 0.6)
_SLOWEST = 12
Tables = Mapping[str, pa.Table]


def answers(count: int, seed: int = 1) -> pa.Table:
    """``count`` rows of ``clean_skm_jawaban`` in eight sheets, two units a quarter, invented."""
    chance = np.random.default_rng(seed)
    sheet = np.arange(count) * _SHEETS // count
    quarter, row = sheet // 2, np.arange(count) - np.searchsorted(sheet, sheet)
    units = ["630103", "630609"]
    made: dict[str, Any] = {
        "kode_unit": _named(units, sheet % 2),
        "periode": _named([f"{clean_tables.YEAR}-TW{n}" for n in range(1, 5)], quarter),
        "berkas_id": _named([f"{n:064x}" for n in range(_SHEETS)], sheet),
        "lembar": _named(["Responden"], sheet * 0),
        "tabel_ke": sheet * 0 + 1,
        "baris": row + 5,
        "tanggal": pa.array((_FIRST + quarter * 91 + row % 88).astype("int32")).cast(pa.date32()),
        "usia": chance.integers(17, 76, count),
        "ciri": chance.integers(0, 1 << 40, count),
        "jawaban_ditolak": sheet * 0,
    }
    made |= {f"u{n}": chance.choice(4, count, p=_SHARES) + 1 for n in range(1, 10)}
    schema = contracts.table(ANSWERS).schema
    columns = [_column(made.get(f.name), f.type, count) for f in schema]
    return pa.table(columns, schema=schema)


def _named(names: list[str], at: Any) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(at.astype("int32")), pa.array(names)).cast(pa.string())


def _column(values: Any, kind: pa.DataType, count: int) -> pa.Array:
    return pa.nulls(count, kind) if values is None else pa.array(values).cast(kind)


def offices(count: int, seed: int = 1) -> dict[str, pa.Table]:
    """Clean tables of ``count`` kecamatan."""
    each = [
        clean_tables.consistent(code, random.Random(f"{seed} {code}"))
        for code in kecamatan.units(count, Regions.load())
    ]
    names = {name for rows in each for name in rows}
    return clean_tables.tables({n: list(chain.from_iterable(r.get(n, ()) for r in each)) for n in names})


def over_tables(tables: Tables, book: RuleBook) -> dict[str, tuple[float, int]]:
    """Processor seconds and offenders of each rule that has something to judge, and of what rules share."""
    rules = [r for r in book.of("lintas") if any(n in tables and tables[n].num_rows for n in r.tabel)]
    cost: dict[str, tuple[float, int]] = {}
    begun = time.process_time()
    with across.connection(tables, {name for rule in rules for name in rule.tabel}) as con:
        cost["(tables that rules share)"] = (time.process_time() - begun, 0)
        for rule in rules:
            begun = time.process_time()
            found = across.offenders(con, rule).num_rows
            cost[rule.id] = (time.process_time() - begun, found)
    return cost


def rows_alone(tables: Tables, book: RuleBook) -> tuple[float, int]:
    """Processor seconds and findings of all row rules, the validator imported before."""
    judge.judge({ANSWERS: answers(100)}, book)
    begun = time.process_time()
    found = judge.judge(tables, book)
    return time.process_time() - begun, len(found.findings)


def _tell(what: str, tables: Tables, book: RuleBook) -> None:
    rows = sum(t.num_rows for t in tables.values())
    alone, told = rows_alone(tables, book)
    cost = over_tables(tables, book)
    whole = sum(seconds for seconds, _ in cost.values())
    print(f"{what}: {rows:,} rows")
    print(f"    {'row rules, all':<32} {alone:6.2f} s cpu {told:8,} findings")
    told = _found(cost.values())
    print(f"    {f'rules over tables, {len(cost) - 1}':<32} {whole:6.2f} s cpu {told:8,} offenders")
    for rule, (seconds, found) in sorted(cost.items(), key=lambda each: -each[1][0])[:_SLOWEST]:
        print(f"      {rule:<30} {seconds:6.2f} s cpu {found:8,}")


def _found(costs: Iterable[tuple[float, int]]) -> int:
    return sum(found for _, found in costs)


def main(quick: bool = False) -> None:
    """Print what judging costs: 500 kecamatan, then 10,000, 100,000 and 1,000,000 respondents."""
    book = RuleBook.load()
    count = 50 if quick else 500
    _tell(f"{count} kecamatan", offices(count), book)
    for rows in (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000):
        _tell("survey", {ANSWERS: answers(rows)}, book)
