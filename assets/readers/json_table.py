"""JSON to grids: each list of records is a sheet with one row a record, whatever lies around or inside it.

``lembar`` is the path of the list (``/kec/*/ds``; ``/`` where the whole text is one record or one list),
``baris`` the number of the record in it from 1 (0 are the keys), and a column is its key (``SKOR``, ``d/2``)
or, where it stands outside the record, its path from the top (``/kec/*/nm``). ``SKOR#36`` is thus the cell
of the 36th record; ``value_at`` finds it again. What the keys mean is the vocabulary's business.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.readers.delimited import decode
from assets.readers.grid import BLANK, BOOL, ERROR, NUMBER, TEXT, Book, Grid
from assets.readers.printed import seen
from assets.readers.safety import LIMITS, MB, Limits, Refused, check_cells, check_size

# The reading of one megabyte takes about ten of memory; a province's villages are a tenth of one.
MAX_BYTES = 64 * MB
# Answers of services nest five levels; a parser's stack ends near a thousand.
MAX_DEPTH = 32
# All villages of the nation with ten values each are 0.8 million; a value costs up to half a kilobyte.
MAX_VALUES = 3_000_000
# No amount, score or code has more digits, and none a larger power of ten.
_DIGITS = 60
# A list of plain values is columns of its record (``d/0`` ...) up to so many, else rows.
_SPREAD = 60
# Lists that are one record turned on its side: (key that holds the name, key that holds the value).
_NAMED_VALUES = (("INDIKATOR", "SKOR"),)
_TURNED_AT_MOST = 500

_STRING_OR_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]|,', re.DOTALL)
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d+(?:\.\d+)?\s*[,\]]))')

NOMOR = "#"  # between the key and the number of the record

Keys = tuple[str, ...]


class _Number(str):
    """A number as the text prints it."""

    __slots__ = ()


class _NoNumber(str):
    """``NaN`` or ``Infinity``."""

    __slots__ = ()


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does (and no csv)."""
    return _JSON.match(text) is not None


def read_json(path: Path, limits: Limits = LIMITS) -> Book:
    """The file as one grid for each of its innermost lists of records.

    Raises:
        Refused: ``berkas_rusak`` (no whole JSON, one key twice), ``berkas_berbahaya`` (nested too deep),
            ``berkas_terlalu_besar``, ``berkas_kosong``.
    """
    check_size(path, replace(limits, file_bytes=min(limits.file_bytes, MAX_BYTES)))
    text = decode(path.read_bytes())
    if text is None:
        raise Refused("berkas_rusak", sebab="teks JSON dengan huruf yang tidak terbaca")
    grids = [_grid(sheet, limits) for sheet in _sheets(parse(text))]
    grids = [g for g in grids if any(any(row) for row in g.teks[1:])]
    if not grids:
        raise Refused("berkas_kosong", sebab="berkas JSON tidak memuat satu pun nilai")
    return Book("json", grids)


def value_at(top: Any, lembar: str, sel: str) -> Any:
    """The value at an address of a grid: ``value_at(parse(text), "/mapData/ROW", "SKOR#36")``.

    Raises:
        LookupError: there is no such cell.
    """
    kolom, _, baris = sel.rpartition(NOMOR)
    sheet = next((s for s in _sheets(top) if s.lembar == lembar), None)
    record = sheet.rows[int(baris) - 1] if sheet and 1 <= int(baris) <= len(sheet.rows) else ()
    for level in record:
        for path, value in level.values.items():
            if sheet and sheet.name(level, path) == kolom:
                return value
    raise LookupError(f"{lembar} {sel}")


# --- text to values ------------------------------------------------------------------------------------
def parse(text: str) -> Any:
    """The values of a JSON text, numbers as printed; several texts one after the other are a list.

    Raises:
        Refused: as ``read_json``.
    """
    _check_shape(text)
    decoder = json.JSONDecoder(
        object_pairs_hook=_object,
        parse_float=_Number,
        parse_int=_Number,
        parse_constant=_NoNumber,
        strict=False,
    )
    found, at = [], _blank(text, 0)
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            at = _blank(text, at)
    except json.JSONDecodeError as wrong:
        where = f"baris {wrong.lineno} huruf ke-{wrong.colno}"
        raise Refused("berkas_rusak", sebab=f"JSON terpotong atau salah tulis pada {where}") from wrong
    return found[0] if len(found) == 1 else found


_SPACES = re.compile(r"[ \t\r\n]*")


def _blank(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at


def _check_shape(text: str) -> None:
    """Refuse what nests too deep or holds too many values, before anything is built from it."""
    depth = values = 0
    for mark in _STRING_OR_MARK.finditer(text):
        first = mark[0][0]
        if first == '"':
            continue
        if first in "]}":
            depth -= 1
            continue
        values += 1
        if first != ",":
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused("berkas_berbahaya", sebab=f"JSON bersarang lebih dari {MAX_DEPTH} tingkat")
        if values > MAX_VALUES:
            ukuran, batas = f"lebih dari {MAX_VALUES} nilai", f"{MAX_VALUES} nilai"
            raise Refused("berkas_terlalu_besar", bagian="isi JSON", ukuran=ukuran, batas=batas)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made and made[key] != value:
            said = seen(key)[:60]
            raise Refused("berkas_rusak", sebab=f'kunci JSON "{said}" tertulis dua kali dengan isi berbeda')
        made[key] = value
    return made


# --- values to records ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Level:
    """The plain values of one record by their path within it; ``at`` is the path of such records."""

    at: Keys
    values: Mapping[Keys, Any]
    titles: Mapping[Keys, str]


_Record = tuple[_Level, ...]  # with all that stands around it, outermost first
_Sheets = Mapping[Keys, "_Sheet"]


@dataclass
class _Sheet:
    """One innermost list of records; ``bare`` are records around it that hold none of its own."""

    at: Keys
    records: list[_Record] = field(default_factory=list)
    bare: list[_Record] = field(default_factory=list)

    @property
    def lembar(self) -> str:
        return _pointer(self.at[:-1]) or "/"

    @property
    def rows(self) -> list[_Record]:
        return self.records + self.bare

    def name(self, level: _Level, path: Keys) -> str:
        """A column: the key within the record, or the path from the top where it stands around it."""
        if level.at != self.at:
            return _pointer(level.at + path)
        return _pointer(path)[1:] or "nilai"


def _pointer(path: Keys) -> str:
    """A path in the notation of JSON pointers (RFC 6901); ``*`` stands for each record of a list."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def _sheets(top: Any) -> list[_Sheet]:
    """Every innermost list of records; one sheet of one record where there is none."""
    longest: Counter[Keys] = Counter()
    _measure(top, (), longest)
    lists = {at for at, length in longest.items() if length > 1}
    if isinstance(top, list):
        lists.add(("*",))
    inner = [at for at in lists if not any(o != at and o[: len(at)] == at for o in lists)]
    sheets = {at: _Sheet(at) for at in (inner or [()])}
    _gather(top, (), (), frozenset(lists), sheets)
    return list(sheets.values())


def _measure(value: Any, at: Keys, longest: Counter[Keys]) -> None:
    """The greatest length of each list that could be one of records."""
    if isinstance(value, dict):
        for key, inside in value.items():
            _measure(inside, (*at, key), longest)
    elif isinstance(value, list) and not _turned(value):
        plain = not any(isinstance(v, dict | list) for v in value)
        if not plain or len(value) > _SPREAD:
            longest[*at, "*"] = max(longest[*at, "*"], len(value))
        for inside in () if plain else value:
            _measure(inside, (*at, "*"), longest)


def _turned(items: Sequence[Any]) -> tuple[str, str] | None:
    """The keys of name and value where a list is one record turned on its side."""
    if not 1 < len(items) <= _TURNED_AT_MOST or not all(isinstance(v, dict) for v in items):
        return None
    for name, value in _NAMED_VALUES:
        names = [v.get(name) for v in items]
        if all(isinstance(n, str) and value in v for n, v in zip(names, items, strict=True)):
            return (name, value) if len(set(names)) == len(names) else None
    return None


def _gather(value: Any, at: Keys, around: _Record, lists: frozenset[Keys], sheets: _Sheets) -> None:
    """Put one record, or the records of the lists inside it, on their sheets."""
    flat = _Flat(lists)
    flat.take(value, at, ())
    record = (*around, _Level(at, flat.values, flat.titles))
    if at in sheets:
        sheets[at].records.append(record)
    elif not any(items for _, items in flat.inside) and flat.values:
        next(s for inner, s in sheets.items() if inner[: len(at)] == at).bare.append(record)
    for path, items in flat.inside:
        for item in items:
            _gather(item, path, record, lists, sheets)


class _Flat:
    """The plain values of one record by their path, and the lists of records inside it."""

    def __init__(self, lists: frozenset[Keys]) -> None:
        self._lists = lists
        self.values: dict[Keys, Any] = {}
        self.titles: dict[Keys, str] = {}
        self.inside: list[tuple[Keys, list[Any]]] = []

    def take(self, value: Any, at: Keys, path: Keys) -> None:
        """``at`` is the path from the top, every item of a list by ``*``; ``path`` that within the record."""
        if isinstance(value, dict):
            for key, one in value.items():
                self.take(one, (*at, key), (*path, key))
        elif not isinstance(value, list):
            self.values[path] = value
        elif (*at, "*") in self._lists:
            self.inside.append(((*at, "*"), value))
        elif turned := _turned(value):
            name, key = turned
            for i, one in enumerate(value):
                place = (*path, str(i), key)
                self.values[place], self.titles[place] = _plain(one[key]), one[name]
        else:
            for i, one in enumerate(value):
                self.take(one, (*at, "*"), (*path, str(i)))


def _plain(value: Any) -> Any:
    return None if isinstance(value, dict | list) else value


# --- records to a grid ---------------------------------------------------------------------------------
def _grid(sheet: _Sheet, limits: Limits) -> Grid:
    columns = _columns(sheet, limits)
    check_cells(len(sheet.rows) + 1, len(columns), sheet.lembar, limits)
    heads = _heads(sheet, columns)
    rows, kinds = [heads], ["".join(TEXT if h else BLANK for h in heads)]
    place = {key: c for c, key in enumerate(columns)}
    for record in sheet.rows:
        teks, jenis = [""] * len(place), [BLANK] * len(place)
        for level in record:
            for path, value in level.values.items():
                c = place[level.at, path]
                teks[c], jenis[c] = _cell(value)
        rows.append(teks)
        kinds.append("".join(jenis))
    return Grid(
        sheet.lembar,
        rows,
        kinds,
        [BLANK * len(place)] * len(rows),
        baris_awal=0,
        kolom_nama=[f"{name}{NOMOR}" for name in columns.values()],
    )


def _columns(sheet: _Sheet, limits: Limits) -> dict[tuple[Keys, Keys], str]:
    """Name of each column by level and path: what stands around the records first."""
    found: dict[tuple[Keys, Keys], str] = {}
    for record in sheet.rows:
        for level in record:
            for path in level.values:
                if (level.at, path) not in found:
                    found[level.at, path] = sheet.name(level, path)
        if len(found) > limits.columns:
            raise Refused(
                "berkas_terlalu_besar",
                bagian=f"catatan JSON pada {sheet.lembar}",
                ukuran=f"{len(found)} kunci",
                batas=f"{limits.columns} kunci",
            )
    return {key: found[key] for key in sorted(found, key=lambda k: len(k[0]))}


def _heads(sheet: _Sheet, columns: Iterable[tuple[Keys, Keys]]) -> list[str]:
    """What each column is called: its last key, with the keys before it where another is called the same."""
    titles = {(v.at, p): t for record in sheet.rows for v in record for p, t in v.titles.items()}
    short = {key: titles.get(key) or _short(*key) for key in columns}
    often = Counter(_folded(h) for h in short.values())
    whole = {key: " ".join(k for k in (*key[0], *key[1]) if k != "*") for key in short}
    return [seen(whole[key] if h and often[_folded(h)] > 1 else h) for key, h in short.items()]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(at: Keys, path: Keys) -> str:
    """The last key; a number in a list goes by the list's name, which a list at the top has not."""
    keys = [k for k in (*at, *path) if k != "*"]
    if not path or not path[-1].isdigit():
        return keys[-1] if keys else ""
    return " ".join(keys[-2:]) if len(keys) > 1 else ""


def _cell(value: Any) -> tuple[str, str]:
    match value:
        case None:
            return "", BLANK
        case bool():
            return ("TRUE" if value else "FALSE"), BOOL
        case _NoNumber():
            return str(value), ERROR
        case _Number():
            return _number(str(value))
        case str():
            text = seen(value)
            return (text, TEXT) if text and not text.isspace() else ("", BLANK)
    raise TypeError(f"no JSON value: {type(value).__name__}")


def _number(printed: str) -> tuple[str, str]:
    """A number as printed, a power of ten written out; what no form can hold is an error cell."""
    if len(printed) > _DIGITS:
        return printed[:_DIGITS] + "...", ERROR
    if "e" not in printed and "E" not in printed:
        return printed, NUMBER
    number = Decimal(printed)
    if number and abs(number.adjusted()) > _DIGITS:
        return printed, ERROR
    return format(number, "f"), NUMBER
