"""The one door to Great Expectations: expectations on clean tables in, verdicts and addressed findings out.

Nothing else imports great_expectations, so an upgrade touches this file; it is imported only when there
is something to judge (seconds). It sees the distinct values of the judged columns, never whole tables, so
a million rows cost what their distinct values cost; offenders are joined back to rows by SQL. A rule that
could not run proves nothing and stops the run (``RuleBroken``). None of its results is kept: they carry
values; ours carry addresses. Rules over several tables are not here but in ``across.py``.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import pyarrow as pa

from quality.finding import Finding
from quality.origin import base
from quality.rule import Rule, RuleBook, columns_named
from quality.wording import shown
from warehouse import contracts
from warehouse.trail import Cell
from warehouse.values.personal import mask

ADDRESS = ("berkas_id", "lembar", "tabel_ke", "baris")
_CONTEXT = ("kode_unit", "periode", "tahun", "tahun_lhe")
_UNIQUE = "compound_columns_to_be_unique"
_NOT_NULL = "column_values_to_not_be_null"
# Where the name of a column ends and what is said of it begins.
_BEYOND_NAME = re.compile(r" sebagaimana tercetak|[;:,(]")
_SEES_BLANKS = frozenset((_NOT_NULL, "column_values_to_be_null"))


class RuleBroken(RuntimeError):
    """A rule could not run: neither kept nor broken. The run must stop."""


@dataclass(frozen=True)
class Verdict:
    """What one rule found on one table: how many rows (of the first table of a SELECT) and offenders."""

    aturan: str
    tabel: str
    dinilai: int
    pelanggar: int


@dataclass
class Judged:
    """Findings with their addresses, and a verdict for every rule, kept ones included."""

    findings: list[Finding] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


@dataclass
class _Task:
    """One rule on one table and its columns; ``values`` are the distinct things to ask about."""

    rule: Rule
    tabel: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]] = field(default_factory=list)
    judged: int = 0
    offending: list[int] = field(default_factory=list)


def judge(tables: Mapping[str, pa.Table], book: RuleBook) -> Judged:
    """Judge the ``harap`` rules on clean tables.

    Args:
        tables: clean tables by name; a rule on a table that is absent or empty judges nothing.
        book: the rules.

    Returns:
        One finding for each offending row and column (for each key that repeats, and for each column
        that is blank throughout, one), and one verdict for each rule and table.

    Raises:
        RuleBroken: a rule could not run.
    """
    tasks = list(_tasks(tables, book))
    with duckdb.connect(":memory:") as con:
        con.execute("SET enable_external_access=false")
        for name in {task.tabel for task in tasks} & tables.keys():
            con.register(name, tables[name])
        for task in tasks:
            if tables.get(task.tabel) is not None and tables[task.tabel].num_rows:
                _gather(con, task)
        _ask([task for task in tasks if task.values])
        findings = [finding for task in tasks if task.offending for finding in _found(con, task)]
    return Judged(findings, _verdicts(tasks, findings))


def _tasks(tables: Mapping[str, pa.Table], book: RuleBook) -> Iterator[_Task]:
    for rule in book.of("harap"):
        for tabel in rule.tabel:
            named = columns_named(rule.dengan)
            alone = [(c,) for c in named] if "column" in rule.dengan else [tuple(named)]
            for columns in alone:
                yield _Task(rule, tabel, columns)


def _verdicts(tasks: Iterable[_Task], findings: Iterable[Finding]) -> list[Verdict]:
    judged: dict[tuple[str, str], int] = {}
    for task in tasks:
        place = (task.rule.id, task.tabel)
        judged[place] = max(judged.get(place, 0), task.judged)
    offending = dict.fromkeys(judged, 0)
    for finding in findings:
        offending[(finding.aturan, finding.isi["tabel"])] += finding.jumlah
    return [Verdict(rule, tabel, n, offending[(rule, tabel)]) for (rule, tabel), n in judged.items()]


# --- distinct values ---------------------------------------------------------------------------------


def _gather(con: duckdb.DuckDBPyConnection, task: _Task) -> None:
    """Fill the task's distinct values and the number of rows they stand for."""
    where, parameters = _where(con, task)
    columns = ", ".join(_quoted(c) for c in task.columns)
    grouped = f"SELECT {columns}, count(*) AS banyak FROM {_quoted(task.tabel)} {where} GROUP BY ALL"
    if task.rule.harapan == _UNIQUE:
        # A key is unique when the number of its rows is 1: those numbers are the values to ask about.
        counted = "SELECT banyak AS kali, CAST(sum(banyak) AS BIGINT) AS banyak"
        grouped = f"{counted} FROM ({grouped}) GROUP BY ALL"
    found = con.sql(f"{grouped} ORDER BY ALL", params=parameters).fetchall()
    task.values = [row[:-1] for row in found]
    task.judged = sum(row[-1] for row in found)


def _where(con: duckdb.DuckDBPyConnection, task: _Task) -> tuple[str, list[Any]]:
    """Which rows the rule judges: its own condition, its validity, and no blanks unless it is about them."""
    said: list[str] = []
    parameters: list[Any] = []
    if task.rule.harapan not in _SEES_BLANKS:
        said += [f"{_quoted(c)} IS NOT NULL" for c in task.columns]
    for column, permitted in task.rule.bila.items():
        alternatives = []
        for value in permitted:
            begins = isinstance(value, str) and value.endswith("*")
            name = _quoted(column)
            alternatives.append(f"starts_with({name}, ?)" if begins else f"{name} = ?")
            parameters.append(value[:-1] if begins else value)
        said.append(f"({' OR '.join(alternatives)})")
    if task.rule.sejak or task.rule.sampai:
        condition, periods = _in_force(con, task)
        said.append(condition)
        parameters += periods
    return (f"WHERE {' AND '.join(said)}" if said else ""), parameters


def _in_force(con: duckdb.DuckDBPyConnection, task: _Task) -> tuple[str, list[Any]]:
    known = [c.name for c in contracts.table(task.tabel).columns]
    column = next((c for c in ("periode", "tahun", "tahun_lhe") if c in known), None)
    if column is None:
        return "TRUE", []
    periods = con.sql(f"SELECT DISTINCT {_quoted(column)} FROM {_quoted(task.tabel)}").fetchall()
    held = [p for (p,) in periods if p is not None and task.rule.holds_in(str(p))]
    return f"{_quoted(column)} IN ({', '.join('?' * len(held))})" if held else "FALSE", held


def _quoted(name: str) -> str:
    return f'"{name}"'


# --- Great Expectations ------------------------------------------------------------------------------


def prepare() -> None:
    """Begin importing the engine beside other work; whoever judges later waits for the rest of it."""
    import pandas  # noqa: F401  # here and whole: others look at it, half imported it misleads them

    threading.Thread(target=_import_engine, name="great_expectations", daemon=True).start()


def _import_engine() -> None:
    import great_expectations  # noqa: F401
    from great_expectations import expectations  # noqa: F401


def _ask(tasks: Sequence[_Task]) -> None:
    """Ask each different question once, over the values of all tasks that ask it."""
    if not tasks:
        return
    questions: dict[str, list[_Task]] = {}
    for task in tasks:
        kinds = [type(v).__name__ for v in task.values[0]]
        questions.setdefault(repr((_expectation(task), kinds)), []).append(task)
    batches = _batches()
    for same in questions.values():
        values = [(task, at) for task in same for at in range(len(task.values))]
        offending = _answer(batches, same, [task.values[at] for task, at in values])
        for n in offending:
            task, at = values[n]
            task.offending.append(at)


def _expectation(task: _Task) -> tuple[str, dict[str, Any]]:
    """Name and parameters as asked; columns are called a, b."""
    rule = task.rule
    if rule.harapan == _UNIQUE:
        return "column_values_to_be_between", {"column": "a", "max_value": 1}
    named = {"column": "a"} if "column" in rule.dengan else {"column_A": "a", "column_B": "b"}
    return str(rule.harapan), {**rule.dengan, **named}


def _batches() -> Any:
    import great_expectations as gx  # seconds: only a run that has something to judge pays for it

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("nilai").add_dataframe_asset("nilai")
    return asset.add_batch_definition_whole_dataframe("semua")


def _answer(batches: Any, same: Sequence[_Task], values: Sequence[tuple[Any, ...]]) -> list[int]:
    """The positions of the values that break the expectation."""
    import pandas as pd
    from great_expectations import expectations as gxe

    name, parameters = _expectation(same[0])
    which = ", ".join(sorted({task.rule.id for task in same}))
    frame = pd.DataFrame(
        {column: [v[i] for v in values] for i, column in zip(range(len(values[0])), "ab", strict=False)},
        dtype=object,  # exact decimals stay what they are
    ).assign(n=range(len(values)))
    class_name = "Expect" + "".join(word.title() for word in name.split("_"))
    try:
        batch = batches.get_batch({"dataframe": frame})
        result = batch.validate(
            getattr(gxe, class_name)(**parameters),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["n"]},
        )
    except Exception as wrong:
        raise RuleBroken(f"rule {which} could not run, so it proves nothing: {_first_line(wrong)}") from None
    if reason := _why_it_could_not_run(result.exception_info):
        raise RuleBroken(f"rule {which} could not run, so it proves nothing: {reason}")
    offending = [int(row["n"]) for row in result.result.get("unexpected_index_list") or []]
    if bool(result.success) == bool(offending):
        raise RuleBroken(f"rule {which}: success is {result.success}, yet {len(offending)} values offend")
    return offending


def _why_it_could_not_run(info: Mapping[str, Any]) -> str | None:
    # One flat dict, or one for each metric: both carry these two keys.
    for entry in (info, *info.values()):
        if isinstance(entry, dict) and entry.get("raised_exception"):
            return _first_line(entry["exception_message"])
    return None


def _first_line(said: Any) -> str:
    return (str(said).splitlines() or [type(said).__name__])[0]


# --- offenders back to rows --------------------------------------------------------------------------


def _found(con: duckdb.DuckDBPyConnection, task: _Task) -> list[Finding]:
    if task.rule.harapan == _UNIQUE:
        return _repeated(task, _rows(con, task, _keys_that_repeat(con, task), task.columns))
    rows = _rows(con, task, [task.values[at] for at in task.offending], task.columns)
    if task.rule.harapan == _NOT_NULL:
        return _blank(task, rows, _judged_by_table(con, task))
    return [_finding(task, row) for row in rows]


def _judged_by_table(con: duckdb.DuckDBPyConnection, task: _Task) -> dict[tuple[Any, ...], int]:
    """How many rows of each table on a sheet the rule judged."""
    where, parameters = _where(con, task)
    query = f"SELECT {', '.join(ADDRESS[:3])}, count(*) FROM {_quoted(task.tabel)} {where} GROUP BY ALL"
    return {row[:-1]: row[-1] for row in con.sql(query, params=parameters).fetchall()}


def _blank(
    task: _Task, rows: Iterable[Mapping[str, Any]], judged: Mapping[tuple[Any, ...], int]
) -> list[Finding]:
    """Blank cells one by one; a column blank in every row is one cause, and told at its header."""
    by_table: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_table.setdefault(tuple(row[a] for a in ADDRESS[:3]), []).append(row)
    found = []
    for place, same in by_table.items():
        if len(same) == judged[place] and len(same) > 1:
            first = _finding(task, same[0])
            header = replace(first.cell, baris=0) if first.cell else None
            facts = {**first.isi, "kunci_baris": f"{first.isi['kunci_baris']}, ..."}
            found.append(replace(first, cell=header, jumlah=len(same), isi=facts))
        else:
            found += [_finding(task, row) for row in same]
    return found


def _keys_that_repeat(con: duckdb.DuckDBPyConnection, task: _Task) -> list[tuple[Any, ...]]:
    where, parameters = _where(con, task)
    columns = ", ".join(_quoted(c) for c in task.columns)
    counts = [task.values[at][0] for at in task.offending]
    query = (
        f"SELECT {columns} FROM {_quoted(task.tabel)} {where} GROUP BY ALL "
        f"HAVING count(*) IN ({', '.join('?' * len(counts))}) ORDER BY ALL"
    )
    return con.sql(query, params=[*parameters, *counts]).fetchall()


def _rows(
    con: duckdb.DuckDBPyConnection,
    task: _Task,
    offenders: Sequence[tuple[Any, ...]],
    columns: Sequence[str],
) -> list[dict[str, Any]]:
    """The rows that hold one of the offending values, in order of their address."""
    contract = contracts.table(task.tabel)
    types = {c.name: c.arrow for c in contract.columns}
    held = pa.table({c: pa.array([o[i] for o in offenders], types[c]) for i, c in enumerate(columns)})
    con.register("pelanggar", held)
    same = " AND ".join(f"t.{_quoted(c)} IS NOT DISTINCT FROM p.{_quoted(c)}" for c in columns)
    where, parameters = _where(con, task)
    query = (
        f"SELECT t.* FROM (SELECT * FROM {_quoted(task.tabel)} {where}) t SEMI JOIN pelanggar p ON {same} "
        f"ORDER BY {', '.join(ADDRESS)}"
    )
    found: list[dict[str, Any]] = con.sql(query, params=parameters).to_arrow_table().to_pylist()
    con.unregister("pelanggar")
    return found


def _finding(task: _Task, row: Mapping[str, Any]) -> Finding:
    field_name = task.rule.alamat.format_map(row) if task.rule.alamat else task.columns[0]
    column = base(field_name) if base(field_name) in task.columns else task.columns[0]
    others = tuple(Cell.of(row, c) for c in task.columns if c != column)
    return Finding(
        aturan=task.rule.id,
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=Cell.of(row, field_name),
        related=others,
        tertulis=_text(task.tabel, column, row),
        seharusnya=_expected(task, column, row),
        isi=_facts(task, column, row),
        **_place(row),
    )


def _repeated(task: _Task, rows: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """One finding for each key that repeats, at its second row; the other rows are related."""
    by_key: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_key.setdefault(tuple(row[c] for c in task.columns), []).append(row)
    column = task.columns[-1]
    return [
        Finding(
            aturan=task.rule.id,
            berkas_id=same[1]["berkas_id"],
            lembar=same[1]["lembar"],
            cell=Cell.of(same[1], column),
            related=tuple(Cell.of(row, column) for row in (same[0], *same[2:])),
            jumlah=len(same),
            tertulis=_text(task.tabel, column, same[1]),
            isi=_facts(task, column, same[1]),
            **_place(same[1]),
        )
        for same in by_key.values()
    ]


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: row.get(name) for name in _CONTEXT}
    period = said["periode"] or said["tahun"] or said["tahun_lhe"]
    return {"kode_unit": said["kode_unit"], "periode": None if period is None else str(period)}


def _facts(task: _Task, column: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a sentence may say besides the standard (``rule.HARAP_SUPPLIES``)."""
    contract = contracts.table(task.tabel)
    means = next(c.means for c in contract.columns if c.name == column)
    return {
        "tabel": task.tabel,
        "kolom": column.replace("_", " "),
        "arti": _BEYOND_NAME.split(means, maxsplit=1)[0],
        "kunci_baris": mask(contract.said_key(row, task.rule.kunci)),
    }


def _text(tabel: str, column: str, row: Mapping[str, Any]) -> str | None:
    kind = next(c.type for c in contracts.table(tabel).columns if c.name == column)
    said = shown(row[column], money=kind == "decimal(18,2)")
    return mask(said) if said else said


def _expected(task: _Task, column: str, row: Mapping[str, Any]) -> str | None:
    """What the expectation asks for, in words; None where only the rule's sentence can say it."""
    asked = task.rule.dengan
    other = next((c for c in task.columns if c != column), None)
    if other is not None:
        bound = "paling sedikit " if column == task.columns[0] else "paling banyak "
        equal = task.rule.harapan == "column_pair_values_to_be_equal"
        return ("" if equal else bound) + (_text(task.tabel, other, row) or "")
    if "value_set" in asked:
        return ", ".join(str(shown(v)) for v in asked["value_set"])
    low, high = shown(asked.get("min_value")), shown(asked.get("max_value"))
    if low is not None and high is not None:
        return f"{low} sampai {high}"
    if low is not None or high is not None:
        return f"paling sedikit {low}" if low is not None else f"paling banyak {high}"
    return None
