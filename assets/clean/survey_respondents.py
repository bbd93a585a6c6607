"""What the rules of a survey's quality need of a respondent: the day, the age, and whether two are one.

No person is described: sex, schooling and occupation are compared and not kept. ``ciri`` is a number that
respondents with the same day (and hour) and the same particulars share within one reading. Columns are read
by their distinct texts, as the answers are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.documents import dated
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import Period

PARTICULARS = ("tanggal", "layanan", "jk", "usia", "pendidikan", "pekerjaan")
# Without an hour two people may share a line; all of these must then be filled, and the age be a number.
_TELLING = ("tanggal", "jk", "usia", "pendidikan", "pekerjaan")
_OLDEST = 110
_HOUR = r"\d{1,2}[:.]\d{2}([:.]\d{2})?"
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?!\d)")
_AGE = re.compile(r"\d+")
_BELOW = re.compile(r"<|\b(di ?bawah|kurang dari|belum)\b", re.IGNORECASE)


def particulars(rows: pa.Table, periods: pa.Array) -> dict[str, pa.Array]:
    """Columns ``tanggal``, ``usia``, ``ciri`` and ``jam_tercatat`` of the respondents.

    Args:
        rows: text columns of ``PARTICULARS``, as many as the sheet has.
        periods: the survey period of each row, which decides what day ``04/03/2025`` is.
    """
    said = {n: _texts(rows, n) for n in PARTICULARS}
    hours = pc.match_substring_regex(said["tanggal"], rf"\b{_HOUR}\b")
    exact = pc.match_substring_regex(said["usia"], r"^\d{1,3}$")
    filled = exact
    for name in _TELLING:
        filled = pc.and_(filled, pc.not_equal(said[name], ""))
    joined = pc.binary_join_element_wise(*said.values(), "\x1f")
    telling = pc.or_(hours, filled)
    coded = pc.dictionary_encode(pc.if_else(telling, joined, pa.scalar(None, pa.string())))
    return {
        "tanggal": _days(said["tanggal"], periods),
        "usia": _read(said["usia"], _age, pa.int64()),
        "ciri": coded.indices.cast(pa.int64()),
        "jam_tercatat": pc.if_else(telling, hours, pa.scalar(None, pa.bool_())),
    }


def _texts(rows: pa.Table, name: str) -> pa.Array:
    if name not in rows.column_names:
        return pa.array([""], pa.string()).take(pa.nulls(rows.num_rows, pa.int64()).fill_null(0))
    column = rows[name].combine_chunks()
    whole = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
    return pc.utf8_trim_whitespace(pc.fill_null(whole, ""))


def _read(texts: pa.Array, read: object, kind: pa.DataType) -> pa.Array:
    coded = pc.dictionary_encode(texts)
    values = pa.array([read(t) for t in coded.dictionary.to_pylist()], kind)  # type: ignore[operator]
    return values.take(coded.indices)


def _age(said: str) -> int | None:
    """Years; the lower end of a range, one less of ``di bawah 17``; None where none is told."""
    found = _AGE.search(said)
    if found is None or len(found[0]) > 3:
        return None
    years = int(found[0]) - 1 if _BELOW.search(said) else int(found[0])
    return years if 0 < years <= _OLDEST else None


def _days(texts: pa.Array, periods: pa.Array) -> pa.Array:
    """The days, each distinct text (without its hour) read once in each period that it stands in."""
    bare = pc.replace_substring_regex(texts, rf"[ T,]+{_HOUR}.*$", "")
    days, spans = pc.dictionary_encode(bare), pc.dictionary_encode(periods)
    which = pc.add(pc.multiply(days.indices.cast(pa.int64()), len(spans.dictionary)), spans.indices)
    seen = pc.dictionary_encode(which)
    names, within = days.dictionary.to_pylist(), [_span(p) for p in spans.dictionary.to_pylist()]
    read = partial(_day_of, names, within)
    return pa.array([read(at) for at in seen.dictionary.to_pylist()], pa.date32()).take(seen.indices)


def _day_of(
    names: Sequence[str], within: Sequence[tuple[dt.date, dt.date] | None], at: int
) -> dt.date | None:
    said, span = names[at // len(within)], within[at % len(within)]
    possible = list(_possible(said))
    inside = (d for d in possible if span is not None and span[0] <= d <= span[1])
    return next(inside, possible[0] if possible else None)


def _span(period: str) -> tuple[dt.date, dt.date] | None:
    try:
        found = Period.parse(period)
    except Unreadable:
        return None
    return found.awal, found.akhir


def _possible(said: str) -> Iterator[dt.date]:
    """What day a text may be, the Indonesian order first; a program may have written the American one."""
    written = dated(said)
    if written is not None:
        yield written
        return
    found = _NUMERIC.search(said)
    if found is None:
        return
    a, b, c = found.groups()
    orders = [(a, b, c)] if len(a) == 4 else [(c, b, a), (c, a, b)]
    for year, month, day in orders:
        try:
            yield dt.date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
        except ValueError:
            continue
