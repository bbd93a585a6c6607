"""Rules over tables: each is a SELECT in ``quality/across`` that returns offenders; no rows means kept.

A SELECT reads clean and published tables by name (one that is absent is empty) with the macros of
``across/_*.sql``, in exact decimals: it multiplies instead of dividing. Its columns, all optional but
the first six: ``kode_unit, periode, berkas_id, lembar, tabel_ke, baris, field`` (the offending cell),
``sampai_baris``, ``tertulis, seharusnya, selisih`` (amounts, numbers or text), ``jumlah``, ``akibat``
(one that the rule permits), ``terkait`` and ``dicurigai`` (lists of ``sel(...)``), ``figures`` (a list of
``table|key|column``, with ``*`` and ``.`` as in the gate: what a ``tahan`` withholds besides what rests on
the cell), ``hanya_angka`` (it withholds only these). Every other column fills a placeholder of the rule's
sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from quality.finding import Finding
from quality.judge import Judged, RuleBroken, Verdict
from quality.references import references
from quality.rule import ACROSS, STANDARD, Rule, RuleBook
from quality.suspect.name import with_suspects
from quality.wording import shown
from warehouse import contracts
from warehouse.trail import Cell, Figure
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import Period
from warehouse.values.personal import mask

# What SELECTs share; the plain file comes first in order.
MACROS = sorted(ACROSS.glob("_makro*.sql"))
# Tables that several SELECTs ask of one table, made once with it: ``_tabel_<table>.sql``.
SHARED = {path.stem.removeprefix("_tabel_"): path for path in sorted(ACROSS.glob("_tabel_*.sql"))}
_REQUIRED = ("kode_unit", "periode", "berkas_id", "lembar", "tabel_ke", "baris")
_VALUES = ("tertulis", "seharusnya", "selisih")
_STRUCTURE = {*_REQUIRED, *_VALUES}.union(
    "field sampai_baris jumlah akibat terkait dicurigai figures hanya_angka".split()
)


def judge_across(tables: Mapping[str, pa.Table], book: RuleBook) -> Judged:
    """Run the ``lintas`` rules.

    Args:
        tables: clean and mart tables by name; absent ones count as empty.
        book: the rules. A rule none of whose tables has rows is not run.

    Returns:
        One finding for each offender, one verdict for each rule (under the first table it names).

    Raises:
        RuleBroken: a SELECT could not run, or does not return what its rule needs.
    """
    rules = book.of("lintas")
    judged = Judged()
    printed = _Printed(tables)
    with connection(tables, {name for rule in rules for name in rule.tabel}) as con:
        for rule in rules:
            rows = [tables[name].num_rows if name in tables else 0 for name in rule.tabel]
            findings = _found(rule, offenders(con, rule), printed) if any(rows) else []
            judged.findings += findings
            judged.verdicts.append(Verdict(rule.id, rule.tabel[0], rows[0], len(findings)))
    judged.findings = with_suspects(judged.findings, tables, [r.id for r in rules if r.dugaan])
    return judged


def connection(tables: Mapping[str, pa.Table], named: Collection[str]) -> duckdb.DuckDBPyConnection:
    """A database in memory that knows the named tables and the macros, and nothing outside itself."""
    con = duckdb.connect(":memory:")
    con.execute("SET enable_external_access=false")
    for name in sorted(named):
        found = tables.get(name)
        con.register(name, contracts.table(name).schema.empty_table() if found is None else found)
    for name, found in references(tables).items():
        con.register(name, found)
    for shared in (*MACROS, *(path for name, path in SHARED.items() if name in named)):
        con.execute(shared.read_text(encoding="utf-8"))
    return con


def offenders(con: duckdb.DuckDBPyConnection, rule: Rule) -> pa.Table:
    """What the rule's SELECT returns.

    Raises:
        RuleBroken: it could not run, lacks an address column, or lacks one its sentences use.
    """
    if rule.berkas_sql is None:
        raise RuleBroken(f"rule {rule.id!r} has no SELECT")
    try:
        found = con.sql(rule.berkas_sql.read_text(encoding="utf-8")).to_arrow_table()
    except duckdb.Error as wrong:
        said = str(wrong).splitlines()[0]
        raise RuleBroken(f"rule {rule.id!r} could not run, so it proves nothing: {said}") from wrong
    supplied = set(found.column_names)
    if missing := (set(_REQUIRED) | (rule.placeholders - STANDARD)) - supplied:
        raise RuleBroken(f"rule {rule.id!r}: {rule.berkas_sql.name} returns no column {sorted(missing)}")
    return found


class _Printed:
    """Which codes of the budget tables were printed for which period.

    Cumulative amounts are published under every period they end in: a sheet to December is the fourth
    quarter and the year (contract 2.1). What withholds a figure withholds it in both, unless the other
    period has a sheet of its own.
    """

    _FROM = {"serapan_rekening": "clean_realisasi_rekening", "serapan_program": "clean_realisasi_program"}

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = tables
        self._keys: dict[str, set[tuple[str, str, str]]] = {}

    def everywhere(self, figure: Figure) -> Iterable[Figure]:
        """The figure under every period that its printed amounts are published under."""
        source = self._FROM.get(figure.tabel)
        if source is None:
            return [figure]
        unit, periode, kode = (part.partition("=")[2] for part in figure.kunci.split(";", 2))
        try:
            periods = [str(p) for p in Period.parse(periode).kumulatif]
        except Unreadable:
            return [figure]
        others = [p for p in periods if p != periode and (unit, p, kode) not in self._of(source)]
        key = contracts.table(figure.tabel).key_of
        return [figure] + [
            Figure(figure.tabel, key({"kode_unit": unit, "periode": p, "kode": kode}), figure.kolom)
            for p in others
        ]

    def _of(self, source: str) -> set[tuple[str, str, str]]:
        if source not in self._keys:
            found = self._tables.get(source)
            names = ("kode_unit", "periode", "kode")
            columns = [found[n].to_pylist() for n in names] if found is not None else [[], [], []]
            self._keys[source] = set(zip(*columns, strict=True))
        return self._keys[source]


def _found(rule: Rule, rows: pa.Table, printed: _Printed) -> list[Finding]:
    money = {f.name for f in rows.schema if pa.types.is_decimal(f.type) and f.type.scale == 2}
    findings = (
        _finding(rule, row, money, printed) for row in rows.to_pylist() if rule.holds_in(row["periode"])
    )
    return sorted(findings, key=_order)


def _order(finding: Finding) -> tuple[str, ...]:
    cell = finding.cell
    where = (
        (cell.berkas_id, cell.lembar, f"{cell.tabel_ke:06d}", f"{cell.baris:09d}", cell.field) if cell else ()
    )
    return (finding.kode_unit or "", finding.periode or "", *where, finding.tertulis or "")


def _finding(rule: Rule, row: Mapping[str, Any], money: set[str], printed: _Printed) -> Finding:
    extra = {k: _text(v, k in money) for k, v in row.items() if k not in _STRUCTURE}
    values = {k: _text(row.get(k), k in money) for k in _VALUES}
    return Finding(
        aturan=rule.id,
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=_cell_of(row),
        related=tuple(_cell(each) for each in row.get("terkait") or ()),
        suspects=tuple(_cell(each) for each in row.get("dicurigai") or ()),
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        jumlah=row.get("jumlah") or 1,
        isi=extra,
        figures=tuple(
            f for said in row.get("figures") or () for f in printed.everywhere(Figure(*said.split("|")))
        ),
        akibat=row.get("akibat"),
        holds_cell=not row.get("hanya_angka"),
        **values,
    )


def _cell_of(row: Mapping[str, Any]) -> Cell | None:
    return None if row["berkas_id"] is None else _cell(row)


def _cell(row: Mapping[str, Any]) -> Cell:
    last = row.get("sampai_baris")
    beyond = last if last is not None and last != row["baris"] else None
    return Cell(
        row["berkas_id"], row["lembar"], row["tabel_ke"], row["baris"], row.get("field") or "*", beyond
    )


def _text(value: Any, money: bool) -> str | None:
    said = shown(value, money=money)
    return mask(said) if said else said
