"""Reductions keep the portable subset: the same whole numbers on DuckDB and on a distributed engine.

Sums, counts, first and last rows only. Division, means and rounding differ between engines, and so do
implicit types, the place of NULL, and the order of equals; each has its rule here, and each rule is
proved by a planted offence. The views are DuckDB's own and are only run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from assets.marts.reduce import REDUCTIONS
from warehouse import contracts, view_contract
from warehouse.view_contract import VIEWS

AGGREGATES = (exp.Sum, exp.Count, exp.Min, exp.Max)
# Everything else a reduction may call; a function that is not named here is an offence.
CALLS = (*AGGREGATES, exp.And, exp.Or, exp.Case, exp.If, exp.Cast, exp.Coalesce, exp.Nullif)
WINDOWED = (exp.RowNumber, exp.Rank)
INTEGERS = {exp.DataType.Type.BIGINT, exp.DataType.Type.INT}
FLOATING = {
    exp.DataType.Type.DOUBLE,
    exp.DataType.Type.FLOAT,
    exp.DataType.Type.INT128,
    exp.DataType.Type.UINT128,
}
Rule = Callable[[exp.Expression, str], Iterator[str]]


def one_select(tree: exp.Expression, sql: str) -> Iterator[str]:
    if not isinstance(tree, exp.Select):
        yield f"a {type(tree).__name__}, not one SELECT"


def known_calls(tree: exp.Expression, sql: str) -> Iterator[str]:
    for call in tree.find_all(exp.Func):
        if not isinstance(call, (*CALLS, *WINDOWED)):
            yield f"calls {call.sql('duckdb')}"


def no_division(tree: exp.Expression, sql: str) -> Iterator[str]:
    for found in tree.find_all(exp.Div):
        yield f"divides: {found.sql('duckdb')}"


def no_shorthand(tree: exp.Expression, sql: str) -> Iterator[str]:
    for group in tree.find_all(exp.Group):
        if group.args.get("all") or any(isinstance(g, exp.Literal) for g in group.expressions):
            yield "groups by ALL or by position"
    for order in tree.find_all(exp.Order):
        if any(isinstance(o.this, exp.Literal) or o.this.name.upper() == "ALL" for o in order.expressions):
            yield "orders by ALL or by position"
    for star in tree.find_all(exp.Star):
        if any(star.args.get(k) for k in ("except_", "except", "replace", "rename")):
            yield "a star with EXCLUDE, REPLACE or RENAME"


def typed_sums(tree: exp.Expression, sql: str) -> Iterator[str]:
    for total in tree.find_all(exp.Sum):
        cast = total.parent
        if not isinstance(cast, exp.Cast) or not _exact(cast.to):
            yield f"a sum without a cast to BIGINT or DECIMAL(38, s): {total.sql('duckdb')}"


def _exact(kind: exp.DataType) -> bool:
    # A bare DECIMAL is (18, 3) here and (10, 0) there; a narrower one overflows on a nation's money.
    return kind.this == exp.DataType.Type.BIGINT or bool(
        re.fullmatch(r"DECIMAL\(38, \d+\)", kind.sql("duckdb"))
    )


def no_floating(tree: exp.Expression, sql: str) -> Iterator[str]:
    for kind in tree.find_all(exp.DataType):
        if kind.this in FLOATING:
            yield f"the type {kind.sql('duckdb')}"
    for literal in tree.find_all(exp.Literal):
        if not literal.is_string and re.search(r"[.eE]", literal.this):
            yield f"the literal {literal.this}"


def whole_casts(tree: exp.Expression, sql: str) -> Iterator[str]:
    """A cast to a whole number rounds on one engine and cuts on another, unless the value is whole."""
    for cast in tree.find_all(exp.Cast):
        if cast.to.this in INTEGERS and not isinstance(cast.this, AGGREGATES):
            yield f"makes whole what may not be: {cast.sql('duckdb')}"


def placed_nulls(tree: exp.Expression, sql: str) -> Iterator[str]:
    said = len(re.findall(r"\bNULLS\s+(?:FIRST|LAST)\b", re.sub(r"--[^\n]*|'[^']*'", "", sql), re.IGNORECASE))
    keys = sum(1 for _ in tree.find_all(exp.Ordered))
    if said != keys:
        yield f"{keys} order keys, {said} NULLS FIRST or LAST"


def total_order(tree: exp.Expression, sql: str) -> Iterator[str]:
    if not tree.args.get("order"):
        yield "the result has no ORDER BY"
    for window in tree.find_all(exp.Window):
        order = window.args.get("order")
        keys = len(order.expressions) if order else 0
        if keys < (1 if isinstance(window.this, exp.Rank) else 2):
            yield f"a window without a tiebreak: {window.sql('duckdb')}"


def travels(tree: exp.Expression, sql: str) -> Iterator[str]:
    written = tree.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    sqlglot.parse_one(written, read="spark")
    yield from ()


RULES: tuple[Rule, ...] = (
    one_select,
    known_calls,
    no_division,
    no_shorthand,
    typed_sums,
    no_floating,
    whole_casts,
    placed_nulls,
    total_order,
    travels,
)


def offences(sql: str) -> list[tuple[str, str]]:
    """All offences of one statement as (rule, what)."""
    trees = [t for t in sqlglot.parse(sql, read="duckdb") if t is not None]
    if len(trees) != 1:
        return [("one_select", f"{len(trees)} statements")]
    return [(rule.__name__, what) for rule in RULES for what in rule(trees[0], sql)]


@pytest.mark.parametrize("path", sorted(REDUCTIONS.glob("*.sql")), ids=lambda p: p.stem)
def test_a_reduction_keeps_the_portable_subset(path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8")) == []


def test_there_are_reductions_to_hold() -> None:
    assert len(list(REDUCTIONS.glob("*.sql"))) >= 4


GOOD = """
SELECT a, CAST(sum(b) AS BIGINT) AS s, CAST(sum(c) AS DECIMAL(38, 2)) AS m,
  rank() OVER (ORDER BY a NULLS LAST) AS r
FROM t GROUP BY a ORDER BY a NULLS LAST
"""


def test_a_good_statement_has_no_offence() -> None:
    assert offences(GOOD) == []


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("one_select", "CREATE TABLE x AS SELECT a FROM t ORDER BY a NULLS LAST"),
        ("one_select", f"{GOOD}; {GOOD}"),
        ("known_calls", "SELECT avg(a) AS m FROM t GROUP BY a ORDER BY a NULLS LAST"),
        ("known_calls", "SELECT median(a) AS m FROM t GROUP BY a ORDER BY a NULLS LAST"),
        ("known_calls", "SELECT quantile_cont(a, 0.5) AS q FROM t GROUP BY b ORDER BY b NULLS LAST"),
        ("known_calls", "SELECT round(a, 2) AS r FROM t ORDER BY a NULLS LAST"),
        ("known_calls", "SELECT date_trunc('quarter', d) AS q FROM t ORDER BY d NULLS LAST"),
        ("known_calls", "SELECT fungsi_lain(a) AS f FROM t ORDER BY a NULLS LAST"),
        ("no_division", "SELECT a / nullif(b, 0) AS q FROM t ORDER BY a NULLS LAST"),
        ("no_shorthand", "SELECT a, CAST(sum(b) AS BIGINT) AS s FROM t GROUP BY ALL ORDER BY a NULLS LAST"),
        ("no_shorthand", "SELECT a, CAST(sum(b) AS BIGINT) AS s FROM t GROUP BY 1 ORDER BY a NULLS LAST"),
        ("no_shorthand", "SELECT a FROM t ORDER BY ALL NULLS LAST"),
        ("no_shorthand", "SELECT a FROM t ORDER BY 1 NULLS LAST"),
        ("no_shorthand", "SELECT * EXCLUDE (b) FROM t ORDER BY a NULLS LAST"),
        ("no_shorthand", "SELECT * REPLACE (1 AS b) FROM t ORDER BY a NULLS LAST"),
        ("typed_sums", "SELECT sum(a) AS s FROM t GROUP BY b ORDER BY b NULLS LAST"),
        ("typed_sums", "SELECT CAST(sum(a) AS DECIMAL) AS s FROM t GROUP BY b ORDER BY b NULLS LAST"),
        ("typed_sums", "SELECT CAST(sum(a) + 1 AS BIGINT) AS s FROM t GROUP BY b ORDER BY b NULLS LAST"),
        ("no_floating", "SELECT CAST(a AS DOUBLE) AS d FROM t ORDER BY a NULLS LAST"),
        ("no_floating", "SELECT CAST(sum(a) AS HUGEINT) AS s FROM t GROUP BY b ORDER BY b NULLS LAST"),
        ("no_floating", "SELECT a * 0.5 AS d FROM t ORDER BY a NULLS LAST"),
        ("whole_casts", "SELECT CAST(a AS BIGINT) AS b FROM t ORDER BY a NULLS LAST"),
        ("placed_nulls", "SELECT a FROM t ORDER BY a"),
        (
            "placed_nulls",
            "SELECT row_number() OVER (ORDER BY a, b NULLS LAST) AS r FROM t ORDER BY a NULLS LAST",
        ),
        ("placed_nulls", "SELECT a FROM t ORDER BY a -- NULLS LAST"),
        ("total_order", "SELECT a FROM t"),
        ("total_order", "SELECT row_number() OVER (ORDER BY a NULLS LAST) AS r FROM t ORDER BY a NULLS LAST"),
        ("total_order", "SELECT rank() OVER (PARTITION BY a) AS r FROM t ORDER BY a NULLS LAST"),
    ],
)
def test_the_lint_catches_a_planted_offence(rule: str, sql: str) -> None:
    assert rule in {found for found, _ in offences(sql)}


def test_every_rule_has_its_planted_offence() -> None:
    planted = test_the_lint_catches_a_planted_offence.pytestmark[0].args[1]  # type: ignore[attr-defined]
    # Whether a statement travels cannot be planted in valid DuckDB that passes the other rules.
    assert {r.__name__ for r in RULES} - {rule for rule, _ in planted} == {"travels"}


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    for name in contracts.names("mart") + contracts.names("system"):
        for statement in contracts.ddl(name):
            connection.execute(statement)
    view_contract.make(connection)
    return connection


@pytest.mark.parametrize("table", contracts.names("mart") + contracts.names("system"))
def test_every_published_table_has_a_stable_view_with_all_its_columns(
    warehouse: duckdb.DuckDBPyConnection, table: str
) -> None:
    columns = [c[0] for c in warehouse.execute(f'SELECT * FROM "v1_{table}" LIMIT 0').description]
    own = contracts.table(table).schema.names
    assert columns[: len(own)] == own
    assert all(extra.removesuffix("_tampil") in own for extra in columns[len(own) :])


@pytest.mark.parametrize("path", sorted(VIEWS.glob("*.sql")), ids=lambda p: p.stem)
def test_a_view_is_named_by_its_file_and_runs(warehouse: duckdb.DuckDBPyConnection, path: Path) -> None:
    assert f"CREATE VIEW {path.stem} AS" in path.read_text(encoding="utf-8")
    assert warehouse.execute(f'SELECT * FROM "{path.stem}"').fetchall() == []


def insert(warehouse: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    row = {"status_terbit": "terbit"} | values
    places = ", ".join("?" for _ in row)
    warehouse.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))


def test_the_difference_to_a_peer_is_told_only_where_both_may_be_compared(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute("BEGIN")
    same = {
        "kode_indikator": "persen_desa_mandiri",
        "tahun": 2025,
        "metode": "INDEKS_DESA",
        "dapat_dibandingkan": True,
    }
    for kode, nilai, rank in (("630103", 80, 1), ("630101", 50, 2)):
        place = {"lingkup": "kab:6301", "kode_pembanding": kode, "nilai": nilai, "peringkat": rank, "dari": 2}
        insert(warehouse, "banding", **same | place)
    insert(warehouse, "banding", **same | {"lingkup": "nasional", "kode_pembanding": "00", "nilai": 27.24})
    refused = {"dapat_dibandingkan": False, "alasan_banding": "tahun angka ini tidak tertulis"}
    quoted = {"lingkup": "kutipan:630103", "kode_pembanding": "630213", "nilai": 15.38}
    insert(warehouse, "banding", **same | quoted | refused)
    found = warehouse.execute(
        "SELECT lingkup, kode_pembanding, peringkat, selisih_tampil, alasan_banding FROM v1_banding_unit "
        "WHERE kode_unit = '630103' ORDER BY lingkup"
    ).fetchall()
    warehouse.execute("ROLLBACK")
    assert [(a, b, c, None if d is None else float(d), e) for a, b, c, d, e in found] == [
        ("kab:6301", "630101", 1, 30.0, None),
        ("kutipan:630103", "630213", None, None, "tahun angka ini tidak tertulis"),
        ("nasional", "00", None, 52.76, None),
    ]


def test_an_indicator_stands_beside_its_five_comparisons_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("BEGIN")
    unit = {"kode_unit": "630103", "kode_indikator": "persen_desa_mandiri"}
    insert(warehouse, "capaian_iku", **unit, periode="2025", realisasi=80, target=66.666667)
    insert(warehouse, "capaian_iku", **unit, periode="2025-TW1", realisasi=70)
    insert(warehouse, "tren_iku", **unit, tahun=2025, realisasi=80, perubahan=None, putus_seri=True)
    insert(warehouse, "tren_iku", **unit, tahun=2024, realisasi=60)
    insert(
        warehouse,
        "renstra_iku",
        **unit,
        tahun=2025,
        tahun_akhir=2029,
        target_akhir=100,
        capaian_akhir_persen=80,
    )
    for rumus, resmi in (("E", True), ("NE", False), ("RASIO", False)):
        insert(warehouse, "efisiensi", **unit, periode="2025", rumus=rumus, efisiensi=24.09, resmi=resmi)
    peers = {
        "kode_indikator": "persen_desa_mandiri",
        "tahun": 2025,
        "metode": "INDEKS_DESA",
        "dapat_dibandingkan": True,
    }
    insert(
        warehouse,
        "banding",
        **peers,
        lingkup="kab:6301",
        kode_pembanding="630103",
        nilai=80,
        peringkat=1,
        dari=11,
    )
    insert(warehouse, "banding", **peers, lingkup="nasional", kode_pembanding="00", nilai=27.24)
    rows = warehouse.execute(
        "SELECT periode, realisasi_tahun_lalu, putus_seri, tahun_akhir_renstra, peringkat_kabupaten, "
        "dari_kabupaten, selisih_nasional, rumus_efisiensi, efisiensi_tampil "
        "FROM v1_iku_lengkap ORDER BY periode"
    ).fetchall()
    warehouse.execute("ROLLBACK")
    plain = [
        tuple(float(x) if x is not None and not isinstance(x, str | bool) else x for x in row) for row in rows
    ]
    assert plain == [
        ("2025", 60.0, True, 2029.0, 1.0, 11.0, 52.76, "E", 24.09),
        ("2025-TW1", None, None, None, None, None, None, None, None),
    ]
