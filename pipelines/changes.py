"""What changed between publications, with the cause; what was said first; what was said on a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from assets.publish.causes import SEBAB
from assets.publish.shown import text_of
from pipelines.words import say
from warehouse import contracts

_SHOWN = 40  # figures of one cause that are listed; all are in the JSON


class NoHistory(LookupError):
    """There is no publication, or none that the question names."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the history.

    ``since`` and ``until`` are dates or ids of runs; None means what the last change recorded, and up to now.
    ``pertama`` compares what was said first with what is said now. ``ralat`` keeps only restatements.
    """

    since: str | None = None
    until: str | None = None
    unit: str | None = None
    table: str | None = None
    pertama: bool = False
    ralat: bool = False


def written(published: Path, asked: Asked, form: str = "text", lang: str = "id") -> str:
    """The changed figures, grouped by cause, as text or JSON.

    Raises:
        NoHistory: nothing is published, or a moment is neither a date nor a known run.
    """
    with _opened(published) as con:
        begin = None if asked.pertama and asked.since is None else _begin(con, asked)
        end = moment(con, asked.until, end=True) if asked.until else None
        found = _first_and_last(con, asked) if asked.pertama else _changed(con, asked, begin, end)
    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=1, default=str)
    return "\n".join(_told(found, begin, asked, lang))


def _opened(published: Path) -> duckdb.DuckDBPyConnection:
    if not published.exists():
        raise NoHistory(f"belum ada terbitan: {published} tidak ada. Jalankan: lumbung run")
    return duckdb.connect(str(published), read_only=True)


# --- what changed ------------------------------------------------------------------------------------


def _changed(
    con: duckdb.DuckDBPyConnection, asked: Asked, begin: dt.datetime | None, end: dt.datetime | None
) -> list[dict[str, Any]]:
    where, values = _narrowed(asked)
    values = {**values, "begin": begin, "end": end}
    query = f"""
        WITH berurut AS (
          SELECT *, lag(nilai) OVER w AS sebelum, row_number() OVER w AS ke
          FROM riwayat_angka WINDOW w AS (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada)
        )
        SELECT tabel, kunci, kolom, sebelum, nilai, tercatat_pada, jalan_id, sebab, alasan, ralat,
               alasan_ralat
        FROM berurut
        WHERE tercatat_pada >= $begin AND ($end IS NULL OR tercatat_pada <= $end)
          AND NOT (sebab = 'awal' AND ke = 1) AND {where}
        ORDER BY tercatat_pada, sebab, alasan, tabel, kunci, kolom
    """
    return _rows(con, query, values)


def _first_and_last(con: duckdb.DuckDBPyConnection, asked: Asked) -> list[dict[str, Any]]:
    """Figures whose first published value is not the one that stands, with the last cause."""
    where, values = _narrowed(asked)
    query = f"""
        WITH terbit AS (
          SELECT tabel, kunci, kolom, count(*) AS perubahan,
                 arg_min(nilai, tercatat_pada) FILTER (nilai IS NOT NULL) AS sebelum,
                 min(tercatat_pada) FILTER (nilai IS NOT NULL) AS pertama_pada
          FROM riwayat_angka GROUP BY ALL
        )
        SELECT r.tabel, r.kunci, r.kolom, t.sebelum, r.nilai, t.pertama_pada, r.tercatat_pada, r.jalan_id,
               t.perubahan - 1 AS perubahan, r.sebab, r.alasan, r.ralat, r.alasan_ralat
        FROM riwayat_angka r JOIN terbit t USING (tabel, kunci, kolom)
        WHERE r.digantikan_pada IS NULL AND t.sebelum IS NOT NULL AND r.nilai IS DISTINCT FROM t.sebelum
          AND {where}
        ORDER BY r.tercatat_pada, r.sebab, r.alasan, r.tabel, r.kunci, r.kolom
    """
    return _rows(con, query, values)


def _narrowed(asked: Asked) -> tuple[str, dict[str, Any]]:
    where, values = ["true"], {}
    if asked.unit:
        # A village's code begins with its kecamatan's.
        where.append(r"regexp_matches(kunci, '(kode_unit|kode_desa|kode_pembanding)=' || $unit)")
        values["unit"] = asked.unit
    if asked.table:
        where.append("tabel = $tabel")
        values["tabel"] = asked.table
    if asked.ralat:
        where.append("ralat IS NOT NULL")
    return " AND ".join(where), values


def _told(
    found: Sequence[Mapping[str, Any]], begin: dt.datetime | None, asked: Asked, lang: str
) -> Iterator[str]:
    if not found:
        ever = begin is None or begin == dt.datetime.min
        yield say("diff_none", lang, since=say("diff_ever", lang) if ever else f"{begin:%Y-%m-%d %H:%M} UTC")
    for (when, sebab, alasan), group in groupby(found, _heading):
        rows = list(group)
        yield say(
            "diff_cause",
            lang,
            when=f"{when:%Y-%m-%d %H:%M}",
            sebab=_cause(sebab, lang),
            why=alasan,
            n=len(rows),
        )
        yield from _reasons(rows, lang)
        for row in rows[:_SHOWN]:
            place = f"{row['tabel']} {row['kunci'].replace(';', ' ')} · {row['kolom']}"
            yield f"   {place}: {text_of(row['sebelum'])} → {text_of(row['nilai'])}{_since(row, lang)}"
        if len(rows) > _SHOWN:
            yield say("diff_more", lang, n=len(rows) - _SHOWN)


def _since(row: Mapping[str, Any], lang: str) -> str:
    """When the first value was published, where that is asked."""
    first = row.get("pertama_pada")
    return f" ({say('diff_first', lang, when=first.date().isoformat())})" if first else ""


def _heading(row: Mapping[str, Any]) -> tuple[dt.datetime, str, str]:
    return (row["tercatat_pada"], row["sebab"] or "", row["alasan"] or "")


def _cause(sebab: str, lang: str) -> str:
    """The word for a cause; earlier versions recorded others, which stand as they are."""
    return say(f"sebab_{sebab}", lang) if sebab in SEBAB else sebab


def _why(sebab: str, alasan: str, lang: str) -> str:
    """Cause and reason; the first publication's reason says no more than its cause."""
    cause = _cause(sebab, lang)
    return cause if alasan in ("", _cause(sebab, "id")) else f"{cause}: {alasan}"


def _reasons(rows: Sequence[Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Whether the rows restate closed periods, and with what reason."""
    silent = sum(r["ralat"] == "tanpa_alasan" for r in rows)
    given = dict.fromkeys(r["alasan_ralat"] for r in rows if r["alasan_ralat"])
    for reason in given:
        yield say("diff_reason", lang, why=reason)
    if silent:
        yield say("diff_silent", lang, n=silent)


# --- what was said -----------------------------------------------------------------------------------


def spoken(
    published: Path,
    table: str,
    wanted: Mapping[str, str],
    column: str | None = None,
    day: str | None = None,
    form: str = "text",
    lang: str = "id",
) -> str:
    """What was published of a row: every value with its time and cause, or what stood at the end of a day.

    Args:
        published: the warehouse file.
        table: a figure table.
        wanted: columns of the key with their values; as many as one likes.
        column: only this column.
        day: ``YYYY-MM-DD`` (UTC), or the id of a run.
        form: ``text`` or ``json``.
        lang: ``id`` or ``en``.

    Raises:
        NoHistory: nothing published, no such table or column, nothing on record, or no such day.
    """
    if table not in contracts.names("mart"):
        raise NoHistory(f"tabel {table!r} tidak ada; yang ada: {', '.join(contracts.names('mart'))}")
    contract = contracts.table(table)
    if strange := set(wanted) - set(contract.key):
        raise NoHistory(
            f"{', '.join(sorted(strange))} bukan kunci {table}; kuncinya: {', '.join(contract.key)}"
        )
    with _opened(published) as con:
        at = moment(con, day, end=True) if day else None
        found = _of_rows(con, table, wanted, column, at)
    if not found:
        said = " ".join(f"{k}={v}" for k, v in wanted.items())
        raise NoHistory(
            f"tidak ada catatan {table} {said} {column or ''} {f'pada {day}' if day else ''}".strip()
        )
    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=1, default=str)
    return "\n".join(_spoken(found, lang))


def _of_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    wanted: Mapping[str, str],
    column: str | None,
    at: dt.datetime | None,
) -> list[dict[str, Any]]:
    where, values = ["tabel = $tabel"], {"tabel": table, "at": at}
    for n, (name, value) in enumerate(wanted.items()):
        where.append(f"list_contains(string_split(kunci, ';'), $k{n})")
        values[f"k{n}"] = f"{name}={value}"
    if column:
        where.append("kolom = $kolom")
        values["kolom"] = column
    query = f"""
        SELECT tabel, kunci, kolom, nilai, tercatat_pada, digantikan_pada, sebab, alasan, ralat, alasan_ralat
        FROM riwayat_angka
        WHERE {" AND ".join(where)} AND ($at IS NULL OR
          (tercatat_pada <= $at AND (digantikan_pada IS NULL OR digantikan_pada > $at)))
        ORDER BY tabel, kunci, kolom, tercatat_pada
    """
    return _rows(con, query, values)


def _spoken(found: Sequence[Mapping[str, Any]], lang: str) -> Iterator[str]:
    for key, group in groupby(found, lambda r: str(r["kunci"])):
        yield key.replace(";", " ")
        for column, rows in groupby(group, lambda r: str(r["kolom"])):
            yield f"   {column}"
            for r in rows:
                until = f" – {r['digantikan_pada']:%Y-%m-%d %H:%M}" if r["digantikan_pada"] else ""
                yield (
                    f"      {r['tercatat_pada']:%Y-%m-%d %H:%M}{until}: {text_of(r['nilai'])}"
                    f"   {_why(r['sebab'] or '', r['alasan'] or '', lang)}"
                )
                for line in _reasons([r], lang):
                    yield f"      {line}"


# --- moments -----------------------------------------------------------------------------------------


def _begin(con: duckdb.DuckDBPyConnection, asked: Asked) -> dt.datetime:
    if asked.since is not None:
        return moment(con, asked.since)
    last = con.execute("SELECT max(tercatat_pada) FROM riwayat_angka").fetchall()[0][0]
    if last is None:
        raise NoHistory("riwayat masih kosong")
    return dt.datetime.min if asked.ralat or asked.until else last


def moment(con: duckdb.DuckDBPyConnection, since: str, *, end: bool = False) -> dt.datetime:
    """The moment (UTC) that a date or the id of a run names.

    Args:
        con: the published warehouse.
        since: a date, a moment, or the id of a run.
        end: the end of the day, or of the run, instead of its beginning.

    Raises:
        NoHistory: it is neither.
    """
    run = con.execute("SELECT mulai, selesai FROM jalan WHERE jalan_id = ?", [since]).fetchall()
    if run:
        return run[0][1] if end else run[0][0]  # type: ignore[no-any-return]
    try:
        found = dt.datetime.fromisoformat(since)
    except ValueError:
        known = ", ".join(
            r[0] for r in con.execute("SELECT jalan_id FROM jalan ORDER BY 1 DESC LIMIT 5").fetchall()
        )
        raise NoHistory(f"{since!r} bukan tanggal dan bukan jalan_id; jalan terakhir: {known}") from None
    whole_day = len(since) == len("2026-03-31")
    return found + dt.timedelta(days=1, microseconds=-1) if end and whole_day else found


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    used = {k: v for k, v in values.items() if f"${k}" in query}
    return contracts.as_rows(con.sql(query, params=used).to_arrow_table())
