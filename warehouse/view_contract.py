"""The stable views as a contract: ``views/kontrak.json`` holds what outside dashboards may rely on.

``make docs`` renews the file and refuses what would break a reader; a test holds it to the views and to the
changelog (``docs/reference/perubahan-view.md``). Publishing writes its meanings into the warehouse as
comments. What does not belong here: the tables behind the views (``contracts``), which are ours to change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse import contracts

VIEWS = Path(__file__).parent / "views"
MACROS = VIEWS / "makro"  # views that ask for a day
PATH = VIEWS / "kontrak.json"
MEANINGS = VIEWS / "arti.yaml"
FIRST = "1.0"
_AFTER = "-- setelah"
_SHOWN = "_tampil"
# What any DuckDB makes of the one argument that macros take.
_DAY = "'2026-01-01'"

Contract = dict[str, Any]


class ContractWouldBreak(ValueError):
    """A stable view would lose, rename, retype or reorder a column: that is a ``v2_*`` view beside it."""


def in_order() -> list[Path]:
    """Views by name; one that reads another view starts with ``-- setelah: <view>`` and comes later."""
    files = sorted(VIEWS.glob("*.sql"))
    later = [v for v in files if v.read_text(encoding="utf-8").startswith(_AFTER)]
    return [v for v in files if v not in later] + later


def make(con: duckdb.DuckDBPyConnection) -> None:
    """Create every view and macro in the current database, where the tables of the contracts stand."""
    for path in (*in_order(), *sorted(MACROS.glob("*.sql"))):
        con.execute(path.read_text(encoding="utf-8"))


def comments() -> Iterator[str]:
    """The statements that write the meaning of each view and column beside it (clients show them)."""
    for name, view in load()["pandangan"].items():
        yield f'COMMENT ON VIEW "{name}" IS {_text(view["arti"])}'
        for column in view["kolom"]:
            yield f'COMMENT ON COLUMN "{name}"."{column["nama"]}" IS {_text(column["arti"])}'


def load(path: Path = PATH) -> Contract:
    """The contract as it was last written; an empty one where there is none yet."""
    if not path.exists():
        return {"versi": "", "sidik": "", "pandangan": {}, "makro": {}}
    found: Contract = json.loads(path.read_text(encoding="utf-8"))
    return found


def described() -> Contract:
    """The views and macros as they are now, without versions: columns in order, DuckDB types, meanings."""
    with duckdb.connect() as con:
        for name in (*contracts.names("mart"), *contracts.names("system")):
            for statement in contracts.ddl(name):
                con.execute(statement)
        make(con)
        views = {p.stem: _view(p, _columns(con, f'"{p.stem}"')) for p in in_order()}
        macros = {p.stem: _macro(p, con) for p in sorted(MACROS.glob("*.sql"))}
    return {"pandangan": dict(sorted(views.items())), "makro": macros}


def renewed(old: Contract, now: Contract) -> Contract:
    """The contract that follows ``old``: what is new carries the version in which it came.

    Raises:
        ContractWouldBreak: ``now`` lacks, renames, retypes or reorders what ``old`` promises.
    """
    if found := list(breaks(old, now)):
        raise ContractWouldBreak(
            "readers of the stable views would break:\n  "
            + "\n  ".join(found)
            + "\nKeep the column, or make a view v2_* beside this one (docs/dashboard.md, Views)."
        )
    versi = old["versi"] if old["versi"] and not list(additions(old, now)) else _next(old["versi"])
    made: Contract = {"versi": versi, "sidik": fingerprint(now), **deepcopy(now)}
    for kind, name, entry in _entries(made):
        before = old[kind].get(name, {"kolom": []})
        entry["sejak"] = before.get("sejak", versi)
        since = {c["nama"]: c["sejak"] for c in before["kolom"]}
        for column in entry["kolom"]:
            column["sejak"] = since.get(column["nama"], versi)
    return made


def breaks(old: Contract, now: Contract) -> Iterator[str]:
    """What a reader of ``old`` would miss in ``now``, one sentence each."""
    for kind, name, promised in _entries(old):
        entry = now[kind].get(name)
        if entry is None:
            yield f"{name} is gone"
            continue
        if promised.get("argumen") != entry.get("argumen"):
            yield f"{name}: arguments {promised.get('argumen')} are now {entry.get('argumen')}"
        types = {c["nama"]: c["tipe"] for c in entry["kolom"]}
        for column in promised["kolom"]:
            if column["nama"] not in types:
                yield f"{name}.{column['nama']} is gone or renamed"
            elif types[column["nama"]] != column["tipe"]:
                yield f"{name}.{column['nama']}: {column['tipe']} is now {types[column['nama']]}"
        kept = [c["nama"] for c in promised["kolom"] if c["nama"] in types]
        if [n for n in types if n in kept] != kept:
            yield f"{name}: the columns stand in another order"


def additions(old: Contract, now: Contract) -> Iterator[str]:
    """Views and columns that ``old`` does not know: ``v1_x``, ``v1_x.kolom``."""
    for kind, name, entry in _entries(now):
        if name not in old[kind]:
            yield name
            continue
        known = {c["nama"] for c in old[kind][name]["kolom"]}
        yield from (f"{name}.{c['nama']}" for c in entry["kolom"] if c["nama"] not in known)


def came_with(contract: Contract, versi: str) -> list[str]:
    """What a version brought; the columns of a new view are not told one by one."""
    told = []
    for _, name, entry in _entries(contract):
        if entry["sejak"] == versi:
            told.append(name)
        else:
            told += [f"{name}.{c['nama']}" for c in entry["kolom"] if c["sejak"] == versi]
    return told


def versions(contract: Contract) -> list[str]:
    """All versions in which something came, oldest first."""
    found = {c["sejak"] for _, _, entry in _entries(contract) for c in entry["kolom"]}
    return sorted(found | {contract["versi"]}, key=lambda v: [int(x) for x in v.split(".")])


def fingerprint(contract: Contract) -> str:
    """Twelve hex digits over names, order and types; meanings may be reworded."""
    shape = [
        [name, entry.get("argumen"), [[c["nama"], c["tipe"]] for c in entry["kolom"]]]
        for _, name, entry in _entries(contract)
    ]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:12]


def text(contract: Contract) -> str:
    """The file's text: one line a column, so that a change is one line of a diff."""
    said = [f'{{\n"versi": {_json(contract["versi"])},\n"sidik": {_json(contract["sidik"])}']
    for kind in ("pandangan", "makro"):
        entries = []
        for name, entry in contract[kind].items():
            head = {k: v for k, v in entry.items() if k != "kolom"}
            columns = ",\n".join(f"  {_json(c)}" for c in entry["kolom"])
            entries.append(f'{_json(name)}: {_json(head)[:-1]}, "kolom": [\n{columns}\n]}}')
        said.append(f'"{kind}": {{\n' + ",\n".join(entries) + "\n}")
    return ",\n".join(said) + "\n}\n"


def _entries(contract: Contract) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for kind in ("pandangan", "makro"):
        for name, entry in contract[kind].items():
            yield kind, name, entry


def _next(versi: str) -> str:
    if not versi:
        return FIRST
    major, minor = versi.split(".")
    return f"{major}.{int(minor) + 1}"


def _columns(con: duckdb.DuckDBPyConnection, source: str) -> list[tuple[str, str]]:
    return [(r[0], r[1]) for r in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]


def _view(path: Path, columns: list[tuple[str, str]]) -> dict[str, Any]:
    meant = meanings(path.stem)
    return {
        "arti": header(path),
        "kolom": [{"nama": n, "tipe": t, "arti": meaning_of(path.stem, n, meant)} for n, t in columns],
    }


def _macro(path: Path, con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    arguments = con.execute(
        "SELECT parameters FROM duckdb_functions() WHERE function_name = ?", [path.stem]
    ).fetchall()[0][0]
    meant = meanings(path.stem)
    columns = _columns(con, f'"{path.stem}"({_DAY})')
    return {
        "arti": header(path),
        "argumen": list(arguments),
        "kolom": [{"nama": n, "tipe": t, "arti": meaning_of(path.stem, n, meant)} for n, t in columns],
    }


def header(path: Path) -> str:
    """What the head of the file says of the view, in one paragraph."""
    said = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        if not line.startswith(_AFTER):
            said.append(" ".join(line.removeprefix("--").split()))
    return " ".join(said)


def meanings(view: str) -> Mapping[str, str]:
    """Column -> meaning: those of the table the view shows, and what ``arti.yaml`` adds for its own."""
    said = _said().get(view, {})
    table = said.get("dasar", view.removeprefix("v1_"))
    own = {c.name: c.comment for c in contracts.table(table).columns}
    return {**own, **said.get("kolom", {})}


def meaning_of(view: str, column: str, meant: Mapping[str, str]) -> str:
    """The meaning of one column; a rounded one is explained by the column it comes from.

    Raises:
        ContractBroken: no table and no line of ``arti.yaml`` says what it is.
    """
    if column in meant:
        return meant[column]
    exact = column.removesuffix(_SHOWN)
    if exact != column and exact in meant:
        return f"{meant[exact]}; dibulatkan untuk ditampilkan"
    raise contracts.ContractBroken(f"{view}.{column}: write its meaning in warehouse/views/{MEANINGS.name}")


@cache
def _said() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(MEANINGS.read_text(encoding="utf-8"))
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
