"""A proposal as the officer edited it: with line numbers, so that a fault is told where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

from assets.readers.vocabulary import Vocabulary

KUNCI, UNUSED = "usulan", "tidak dipakai"
_YES = frozenset("ya y yes true sudah benar".split())
_NOT_YET = frozenset("belum tidak no false n ?".split()) | {""}
_TOP = frozenset((KUNCI, "berkas", "berkas_id", "tabel"))
_TABLE = frozenset("lembar kepala_baris bentuk yakin kolom".split())
_COLUMN = frozenset("kepala untuk yakin".split())
_MOST_TABLES, _MOST_COLUMNS, _LONGEST = 60, 300, 1_000


class UsulanSalah(ValueError):
    """An edited proposal cannot be used; the message is Indonesian and names its lines."""


@dataclass(frozen=True)
class Column:
    """One header and what it is confirmed to be."""

    kepala: str
    untuk: str
    yakin: bool
    baris: int


@dataclass(frozen=True)
class Table:
    """One table; ``kepala`` are the rows of its header as people count them."""

    lembar: str
    kepala: tuple[int, int]
    bentuk: str
    yakin: bool
    kolom: tuple[Column, ...]
    baris: int


@dataclass(frozen=True)
class Edited:
    """The whole proposal."""

    berkas: str
    berkas_id: str
    baris_id: int
    tabel: tuple[Table, ...]


def read(text: str) -> Edited:
    """Read a proposal; its YAML has no aliases and is not too large (``konfigurasi.py``).

    Raises:
        UsulanSalah: naming the line.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as wrong:
        mark = wrong.problem_mark if isinstance(wrong, yaml.MarkedYAMLError) else None
        raise UsulanSalah(f"baris {mark.line + 1 if mark else 1}: bukan YAML yang sah") from wrong
    top = _mapping(root, _TOP, "usulan")
    berkas_id, line = _text(top, "berkas_id", root)
    tables = _items(top, "tabel", root, _MOST_TABLES)
    return Edited(_text(top, "berkas", root)[0], berkas_id, line, tuple(_table(t) for t in tables))


def _table(node: yaml.Node) -> Table:
    said = _mapping(node, _TABLE, "tabel")
    rows = [_number(n) for n in _items(said, "kepala_baris", node, 2)]
    if len(rows) != 2:
        raise UsulanSalah(f"{_at(node)}: kepala_baris seharusnya dua nomor baris, misalnya [3, 4]")
    columns = _items(said, "kolom", node, _MOST_COLUMNS)
    bentuk, line = _text(said, "bentuk", node)
    return Table(
        lembar=_text(said, "lembar", node)[0],
        kepala=(rows[0], rows[1]),
        bentuk=bentuk,
        yakin=_sure(said, node),
        kolom=tuple(_column(c) for c in columns),
        baris=line,
    )


def _column(node: yaml.Node) -> Column:
    said = _mapping(node, _COLUMN, "kolom")
    kepala, _ = _text(said, "kepala", node)
    untuk, line = _text(said, "untuk", node)
    return Column(kepala, untuk.strip(), _sure(said, node), line)


# --- YAML with lines ---------------------------------------------------------------------------------
def _at(node: yaml.Node) -> str:
    return f"baris {node.start_mark.line + 1}"


def _mapping(node: yaml.Node | None, known: frozenset[str], what: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise UsulanSalah(f"{_at(node) if node else 'baris 1'}: {what} seharusnya baris-baris kunci: nilai")
    made: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; maksudnya {near[0]}?" if near else ""
            raise UsulanSalah(
                f"{_at(key)}: {name[:40]!r} tidak dikenal{hint} (yang ada: {', '.join(sorted(known))})"
            )
        if name in made:
            raise UsulanSalah(f"{_at(key)}: {name!r} tertulis dua kali")
        made[name] = value
    return made


def _text(said: Mapping[str, yaml.Node], name: str, node: yaml.Node | None) -> tuple[str, int]:
    found = said.get(name)
    if found is None:
        raise UsulanSalah(f"{_at(node) if node else 'baris 1'}: belum memuat {name!r}")
    if not isinstance(found, yaml.ScalarNode) or len(found.value) > _LONGEST:
        raise UsulanSalah(f"{_at(found)}: {name!r} seharusnya satu tulisan pendek")
    return str(found.value), found.start_mark.line + 1


def _items(
    said: Mapping[str, yaml.Node], name: str, node: yaml.Node | None, most: int
) -> Sequence[yaml.Node]:
    found = said.get(name)
    if not isinstance(found, yaml.SequenceNode) or not found.value:
        at = found or node
        raise UsulanSalah(f"{_at(at) if at else 'baris 1'}: {name!r} seharusnya daftar yang berisi")
    if len(found.value) > most:
        raise UsulanSalah(f"{_at(found)}: {name!r} memuat lebih dari {most} butir")
    return list(found.value)


def _number(node: yaml.Node) -> int:
    value: Any = node.value
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 7:
        raise UsulanSalah(f"{_at(node)}: {str(value)[:20]!r} bukan nomor baris")
    return int(value)


def _sure(said: Mapping[str, yaml.Node], node: yaml.Node) -> bool:
    text, line = _text(said, "yakin", node)
    plain = text.strip().casefold()
    if plain not in _YES | _NOT_YET:
        raise UsulanSalah(f"baris {line}: yakin: {text[:20]!r}; tulis ya atau belum")
    return plain in _YES


# --- confirmed ---------------------------------------------------------------------------------------
def confirmed(said: Edited, words: Vocabulary) -> tuple[list[Table], int]:
    """The tables that were confirmed whole, and how many were left as they were proposed.

    Raises:
        UsulanSalah: nothing was confirmed, a table only in part, or it contradicts itself.
    """
    asked = [t for t in said.tabel if t.yakin]
    if not asked:
        lines = ", ".join(str(t.baris) for t in said.tabel)
        raise UsulanSalah(
            f'baris {lines}: belum ada yang ditegaskan, jadi tidak ada yang berubah; ganti "yakin: belum"'
            ' menjadi "yakin: ya" pada bentuk dan tiap kolom yang benar'
        )
    faults = [f for t in asked for f in _faults(t, words)]
    if faults:
        raise UsulanSalah("; ".join(faults))
    kept = [_without_unassigned(t) for t in asked]
    return kept, len(said.tabel) - len(asked)


def _without_unassigned(table: Table) -> Table:
    kolom = tuple(c for c in table.kolom if c.untuk)
    return Table(table.lembar, table.kepala, table.bentuk, table.yakin, kolom, table.baris)


def _faults(table: Table, words: Vocabulary) -> list[str]:
    form = words.tables.get(table.bentuk)
    if form is None:
        near = get_close_matches(table.bentuk, list(words.tables), 3)
        said = f"tidak ada bentuk {table.bentuk[:60]!r}; yang mirip: {', '.join(near) or '-'}"
        return [f"baris {table.baris}: {said}"]
    told = [
        f"baris {c.baris}: {_unknown(c, list(form.by_name))}" for c in table.kolom if _odd(c, form.by_name)
    ]
    told += [
        f'baris {c.baris}: tebakan "untuk: {c.untuk}" belum ditegaskan (yakin: ya) dan belum diganti'
        for c in table.kolom
        if c.untuk and not c.yakin and not _odd(c, form.by_name)
    ]
    return told + _twice(table, {n for n, f in form.by_name.items() if f.berulang})


def _odd(column: Column, fields: Mapping[str, Any]) -> bool:
    return bool(column.untuk) and column.untuk != UNUSED and column.untuk not in fields


def _unknown(column: Column, fields: list[str]) -> str:
    near = get_close_matches(column.untuk, [*fields, UNUSED], 1)
    hint = f"maksudnya {near[0]}? " if near else ""
    return f"tidak ada kolom {column.untuk[:40]!r}; {hint}yang ada: {', '.join(fields)}, {UNUSED}"


def _twice(table: Table, repeated: set[str]) -> list[str]:
    """One field under two headers, one header for two fields."""
    by_field: dict[str, int] = {}
    by_head: dict[str, Column] = {}
    told: list[str] = []
    for column in (c for c in table.kolom if c.untuk):
        before = by_head.setdefault(column.kepala, column)
        if before.untuk != column.untuk:
            lines = f"baris {before.baris} dan {column.baris}"
            told.append(f"{lines}: satu kepala, {column.kepala[:40]!r}, untuk dua kolom")
        if column.untuk in repeated or column.untuk == UNUSED:
            continue
        first = by_field.setdefault(column.untuk, column.baris)
        if first != column.baris:
            told.append(f"baris {first} dan {column.baris}: dua kepala untuk satu kolom, {column.untuk}")
    return told
