"""The contracts of all tables, and the one way rows become one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from warehouse import contracts
from warehouse.contracts import ContractBroken

ROW: dict[str, Any] = {
    "kode_unit": "630103",
    "periode": "2025",
    "kode": "5.1",
    "uraian": "BELANJA OPERASI",
    "tingkat": "kelompok",
}


def _money(table: str) -> str:
    return next(c.name for c in contracts.table(table).columns if c.type == "decimal(18,2)")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize("name", contracts.names())
def test_every_table_is_described_and_can_be_made(name: str, con: duckdb.DuckDBPyConnection) -> None:
    made = contracts.table(name)
    assert made.one_row_is
    assert made.key
    assert all(c.means for c in made.columns)
    assert len({c.name for c in made.columns}) == len(made.columns)
    assert contracts.build(name, []).schema == made.schema
    for statement in contracts.ddl(name):
        con.execute(statement)
    stored = con.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
    assert stored == [(c.name, c.comment) for c in made.columns]


@pytest.mark.parametrize("name", contracts.names())
def test_key_columns_are_required(name: str) -> None:
    made = contracts.table(name)
    required = {c.name for c in made.columns if c.required}
    assert set(made.key) <= required


@pytest.mark.parametrize("name", contracts.names("mart"))
def test_what_a_row_is_about_survives_withholding(name: str) -> None:
    made = contracts.table(name)
    assert not set(made.figures) & {*made.key, *contracts.IDENTITY, "status_terbit", "alasan", "versi_aturan"}


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ContractBroken, match="serapan_rekening"):
        contracts.table("tidak_ada")


def test_rows_are_ordered_rounded_and_filled() -> None:
    column = _money("serapan_rekening")
    rows = [{**ROW, "kode": "5.2"}, {**ROW, column: Decimal("2.345")}]
    made = contracts.as_rows(contracts.build("serapan_rekening", rows))
    assert [r["kode"] for r in made] == ["5.1", "5.2"]
    assert made[0][column] == Decimal("2.35")
    assert made[1][column] is None
    assert {r["status_terbit"] for r in made} == {"terbit"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"warna": "biru"}, "not in the contract"),
        ({"kode": None}, "is empty"),
        ({_money("serapan_rekening"): 2.5}, "float"),
    ],
)
def test_a_row_that_breaks_the_contract_stops(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ContractBroken, match=why):
        contracts.build("serapan_rekening", [ROW | change])


def test_the_same_key_twice_stops() -> None:
    with pytest.raises(ContractBroken, match=r"key twice: kode_unit=630103;periode=2025;kode=5\.1"):
        contracts.build("serapan_rekening", [ROW, dict(ROW)])


@pytest.mark.parametrize(
    ("value", "type_", "kept"),
    [
        ("0.005", "decimal(18,2)", "0.01"),
        ("-0.005", "decimal(18,2)", "-0.01"),
        ("9999999999999999.99", "decimal(18,2)", "9999999999999999.99"),
        ("0.3333333333335", "decimal(24,12)", "0.333333333334"),
    ],
)
def test_storage_rounds_half_up_once(value: str, type_: str, kept: str) -> None:
    assert contracts.stored(Decimal(value), type_) == Decimal(kept)


def test_reading_keeps_decimals_and_absence() -> None:
    found = pa.table({"a": pa.array([Decimal("1.10"), None], pa.decimal128(18, 2)), "b": ["x", "y"]})
    assert contracts.as_rows(found, ["a"]) == [{"a": Decimal("1.10")}, {"a": None}]


def test_times_are_utc_without_zone() -> None:
    assert contracts.utc_now().tzinfo is None
    assert abs(contracts.utc_now() - dt.datetime.now(dt.UTC).replace(tzinfo=None)) < dt.timedelta(minutes=1)
