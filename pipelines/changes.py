"""What changed between two publications, in figures, with the cause that was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from assets.publish.shown import text_of


class NoHistory(LookupError):
    """There is no publication, or none that the question names."""


def lines(published: Path, since: str | None) -> Iterator[str]:
    """One line a changed figure, grouped by when and why it was recorded.

    Args:
        published: the warehouse file.
        since: a date, or the id of a run; None for what the last change recorded.

    Raises:
        NoHistory: nothing is published, or ``since`` is neither a date nor a known run.
    """
    if not published.exists():
        raise NoHistory(f"belum ada terbitan: {published} tidak ada. Jalankan: lumbung run")
    with duckdb.connect(str(published), read_only=True) as con:
        begin = _begin(con, since)
        found = con.execute(_CHANGED, [begin]).fetchall()
    if not found:
        yield f"Tidak ada angka yang berubah sejak {begin:%Y-%m-%d %H:%M} UTC."
    heading: tuple[Any, ...] | None = None
    for moment, sebab, alasan, table, key, column, before, after in found:
        if heading != (moment, sebab, alasan):
            heading = (moment, sebab, alasan)
            yield f"{moment:%Y-%m-%d %H:%M} UTC · {sebab}: {alasan}"
        yield f"   {table} {key.replace(';', ' ')} · {column}: {text_of(before)} → {text_of(after)}"


_CHANGED = """
WITH berurut AS (
  SELECT *, lag(nilai) OVER w AS sebelum, row_number() OVER w AS urut
  FROM riwayat_angka WINDOW w AS (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada)
)
SELECT tercatat_pada, sebab, alasan, tabel, kunci, kolom, sebelum, nilai
FROM berurut WHERE tercatat_pada >= ? AND NOT (sebab = 'awal' AND urut = 1)
ORDER BY tercatat_pada, tabel, kunci, kolom
"""


def _begin(con: duckdb.DuckDBPyConnection, since: str | None) -> dt.datetime:
    if since is None:
        last = con.execute("SELECT max(tercatat_pada) FROM riwayat_angka").fetchall()[0][0]
        if last is None:
            raise NoHistory("riwayat masih kosong")
        return last  # type: ignore[no-any-return]
    return moment(con, since)


def moment(con: duckdb.DuckDBPyConnection, since: str) -> dt.datetime:
    """The moment (UTC) that a date or the id of a run names.

    Raises:
        NoHistory: it is neither.
    """
    run = con.execute("SELECT mulai FROM jalan WHERE jalan_id = ?", [since]).fetchall()
    if run:
        return run[0][0]  # type: ignore[no-any-return]
    try:
        return dt.datetime.fromisoformat(since)
    except ValueError:
        known = ", ".join(
            r[0] for r in con.execute("SELECT jalan_id FROM jalan ORDER BY 1 DESC LIMIT 5").fetchall()
        )
        raise NoHistory(f"{since!r} bukan tanggal dan bukan jalan_id; jalan terakhir: {known}") from None
