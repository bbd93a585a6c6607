"""What we said, since when, and why it changed: append-only events under ``warehouse/riwayat/``.

Each run that changes a figure or a finding appends one Parquet file of events; nothing is ever
rewritten. ``riwayat_angka`` and ``riwayat_temuan`` are those events with the moment they ended. A published
figure of a closed period that changes by anything but new data is a restatement (docs/decisions/0010): its
event has a reason, or gets one later from ``lumbung run --reason``, or says that it has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.publish.causes import AWAL, BARU, Cause, Place
from warehouse import contracts
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import Period

_ANGKA = pa.schema(
    [("tabel", pa.string()), ("kunci", pa.string()), ("kolom", pa.string()), ("nilai", pa.string()),
     ("tercatat_pada", pa.timestamp("us")), ("sebab", pa.string()), ("alasan", pa.string()),
     ("jalan_id", pa.string()), ("ralat", pa.bool_()), ("dasar", pa.string())]
)  # fmt: skip
_TEMUAN = pa.schema(
    [("temuan_id", pa.string()), ("aturan", pa.string()), ("kode_unit", pa.string()),
     ("periode", pa.string()), ("pesan", pa.string()), ("pada", pa.timestamp("us")), ("ada", pa.bool_())]
)  # fmt: skip
_ALASAN = pa.schema([("pada", pa.timestamp("us")), ("jalan_id", pa.string()), ("alasan", pa.string())])
TANPA_ALASAN, BERALASAN = "tanpa_alasan", "beralasan"


@dataclass(frozen=True)
class Run:
    """The run that records: when (UTC), its id, and the reason given for what it restates, if any."""

    moment: dt.datetime
    jalan_id: str
    alasan: str | None = None


def changes(
    marts: Mapping[str, pa.Table], folder: Path, run: Run, cause_of: Callable[[Place], Cause]
) -> pa.Table:
    """The events that these tables make: each figure that differs from the last recorded state.

    Args:
        marts: the tables about to be published.
        folder: ``warehouse/riwayat``.
        run: the run that records them.
        cause_of: why a figure changed, asked of those that were recorded before.
    """
    with duckdb.connect() as con:
        con.execute("SET TimeZone='UTC'")
        found = _changed_figures(con, marts, folder / "angka", run)
    if not found.num_rows:
        return _ANGKA.empty_table()
    first = pc.invert(found["pernah"])
    fresh = found.filter(first)
    known = contracts.as_rows(found.filter(found["pernah"]))
    new = [pa.array([v] * fresh.num_rows, t) for v, t in ((False, pa.bool_()), (None, pa.string()))]
    events = fresh.select(["tabel", "kunci", "kolom", "nilai", "tercatat_pada"])
    for name, column in zip(("sebab", "alasan"), _first(fresh, cause_of), strict=True):
        events = events.append_column(name, column)
    events = events.append_column("jalan_id", pa.array([run.jalan_id] * fresh.num_rows, pa.string()))
    events = events.append_column("ralat", new[0]).append_column("dasar", new[1])
    again = pa.Table.from_pylist([_event(row, run, cause_of) for row in known], schema=_ANGKA)
    return pa.concat_tables([events.cast(_ANGKA), again]).sort_by(
        [("tabel", "ascending"), ("kunci", "ascending"), ("kolom", "ascending")]
    )


def _first(fresh: pa.Table, cause_of: Callable[[Place], Cause]) -> tuple[pa.Array, pa.Array]:
    """Cause and sentence of figures that were never recorded before."""
    places = zip(*(fresh[c].to_pylist() for c in ("tabel", "kunci", "kolom")), strict=True)
    found = [cause_of(place) for place in places]
    return pa.array([c.sebab for c in found], pa.string()), pa.array([c.alasan for c in found], pa.string())


def _event(row: Mapping[str, Any], run: Run, cause_of: Callable[[Place], Cause]) -> dict[str, Any]:
    cause = cause_of((row["tabel"], row["kunci"], row["kolom"]))
    restated = (
        row["sebelum"] is not None
        and cause.sebab not in (AWAL, BARU)
        and row["kolom"] in contracts.table(row["tabel"]).figures
        and is_closed(row["kunci"], run.moment.date())
    )
    gone = "baris tidak ada lagi; " if row["hilang"] else ""
    return {
        **{k: row[k] for k in ("tabel", "kunci", "kolom", "nilai", "tercatat_pada")},
        "sebab": cause.sebab,
        "alasan": gone + cause.alasan,
        "jalan_id": run.jalan_id,
        "ralat": restated,
        "dasar": cause.dasar if restated else None,
    }


def is_closed(kunci: str, day: dt.date) -> bool:
    """Whether the period that a key names has ended before a day; one without a period never ends."""
    parts = dict(p.split("=", 1) for p in kunci.split(";"))
    named = parts.get("periode") or parts.get("tahun") or parts.get("tahun_lhe")
    try:
        return named is not None and Period.parse(named).akhir < day
    except Unreadable:
        return False


def unexplained(folder: Path, events: pa.Table, run: Run) -> list[dict[str, Any]]:
    """Restatements on record, these events included, for which there is no reason, oldest first.

    Returns:
        Rows ``tabel, kunci, kolom, tercatat_pada, sebab, alasan``.
    """
    with duckdb.connect() as con:
        _read(con, folder, events, run)
        return contracts.as_rows(
            con.sql(
                f"SELECT tabel, kunci, kolom, tercatat_pada, sebab, alasan FROM ({_EXPLAINED}) "
                f"WHERE ralat = '{TANPA_ALASAN}' ORDER BY tercatat_pada, tabel, kunci, kolom"
            ).to_arrow_table()
        )


def append(folder: Path, events: pa.Table, temuan: pa.Table, run: Run) -> None:
    """Write the events of a run: its figures, what changed in the findings, and the reason it was given.

    Args:
        folder: ``warehouse/riwayat``.
        events: from ``changes``.
        temuan: the findings of this run.
        run: the run.
    """
    with duckdb.connect() as con:
        con.execute("SET TimeZone='UTC'")
        gone_and_new = _changed_findings(con, temuan, folder / "temuan", run.moment)
    stamp = run.moment.strftime("%Y%m%dT%H%M%S%f")
    _append(events, folder / "angka" / f"{stamp}.parquet")
    _append(gone_and_new, folder / "temuan" / f"{stamp}.parquet")
    _append(_given(run), folder / "alasan" / f"{stamp}.parquet")


def _given(run: Run) -> pa.Table:
    rows = [{"pada": run.moment, "jalan_id": run.jalan_id, "alasan": run.alasan}] if run.alasan else []
    return pa.Table.from_pylist(rows, schema=_ALASAN)


# A reason explains every restatement up to the run it was given to that has none of its own.
_EXPLAINED = """
  SELECT k.* EXCLUDE (ralat, dasar),
         CASE WHEN NOT coalesce(k.ralat, false) THEN NULL
              WHEN coalesce(k.dasar, a.alasan) IS NULL THEN 'tanpa_alasan' ELSE 'beralasan' END AS ralat,
         CASE WHEN k.ralat THEN coalesce(k.dasar, a.alasan) END AS alasan_ralat
  FROM kejadian k
  ASOF LEFT JOIN alasan_diberi a ON k.tercatat_pada <= a.pada
"""


def _read(con: duckdb.DuckDBPyConnection, folder: Path, events: pa.Table | None, run: Run | None) -> None:
    con.execute("SET TimeZone='UTC'")
    _events(con, "kejadian", folder / "angka", _ANGKA, events)
    _events(con, "alasan_diberi", folder / "alasan", _ALASAN, None if run is None else _given(run))


def _append(events: pa.Table, path: Path) -> None:
    if events.num_rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(events, path, compression="zstd")


def _events(
    con: duckdb.DuckDBPyConnection,
    name: str,
    folder: Path,
    schema: pa.Schema,
    more: pa.Table | None = None,
) -> None:
    """The events of a folder as a table; files written before a column was recorded lack it."""
    files = sorted(str(p) for p in folder.glob("*.parquet"))
    found = pq.ParquetDataset(files, schema=schema).read() if files else schema.empty_table()
    con.register(name, found if more is None else pa.concat_tables([found, more]))


def _changed_figures(
    con: duckdb.DuckDBPyConnection,
    marts: Mapping[str, pa.Table],
    folder: Path,
    run: Run,
) -> pa.Table:
    """What differs from the last recorded state; ``pernah`` tells what was recorded before."""
    _events(con, "kejadian", folder, _ANGKA)
    con.execute("CREATE TEMP TABLE sekarang (tabel VARCHAR, kunci VARCHAR, kolom VARCHAR, nilai VARCHAR)")
    for name, found in sorted(marts.items()):
        contract = contracts.table(name)
        if not found.num_rows:
            continue
        columns = [*contract.figures, "status_terbit"]
        as_text = ", ".join(f'CAST("{c}" AS VARCHAR) AS "{c}"' for c in columns)
        listed = ", ".join(f'"{c}"' for c in columns)
        con.register("mart", found)
        con.execute(
            f"INSERT INTO sekarang SELECT '{name}', kunci, kolom, nilai FROM "
            f"(SELECT {contract.key_sql} AS kunci, {as_text} FROM mart) "
            f"UNPIVOT INCLUDE NULLS (nilai FOR kolom IN ({listed}))"
        )
        con.unregister("mart")
    return con.sql(
        """
        WITH terakhir AS (
          SELECT tabel, kunci, kolom, nilai FROM kejadian
          QUALIFY row_number() OVER (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada DESC) = 1
        )
        SELECT coalesce(s.tabel, t.tabel) AS tabel, coalesce(s.kunci, t.kunci) AS kunci,
               coalesce(s.kolom, t.kolom) AS kolom, s.nilai AS nilai, t.nilai AS sebelum,
               CAST($moment AS TIMESTAMP) AS tercatat_pada,
               t.tabel IS NOT NULL AS pernah, s.tabel IS NULL AS hilang
        FROM sekarang s FULL JOIN terakhir t USING (tabel, kunci, kolom)
        WHERE s.nilai IS DISTINCT FROM t.nilai OR (t.tabel IS NULL AND s.nilai IS NOT NULL)
        ORDER BY 1, 2, 3
        """,
        params={"moment": run.moment},
    ).to_arrow_table()


def _changed_findings(
    con: duckdb.DuckDBPyConnection, temuan: pa.Table, folder: Path, moment: dt.datetime
) -> pa.Table:
    _events(con, "kejadian_temuan", folder, _TEMUAN)
    con.register("temuan_kini", temuan)
    return (
        con.sql(
            """
        WITH terakhir AS (
          SELECT * FROM kejadian_temuan
          QUALIFY row_number() OVER (PARTITION BY temuan_id ORDER BY pada DESC) = 1
        ), hidup AS (SELECT * FROM terakhir WHERE ada)
        SELECT coalesce(k.temuan_id, h.temuan_id) AS temuan_id, coalesce(k.aturan, h.aturan) AS aturan,
               coalesce(k.kode_unit, h.kode_unit) AS kode_unit, coalesce(k.periode, h.periode) AS periode,
               coalesce(k.pesan, h.pesan) AS pesan, CAST($moment AS TIMESTAMP) AS pada,
               k.temuan_id IS NOT NULL AS ada
        FROM temuan_kini k FULL JOIN hidup h USING (temuan_id)
        WHERE k.temuan_id IS NULL OR h.temuan_id IS NULL
        ORDER BY 1
        """,
            params={"moment": moment},
        )
        .to_arrow_table()
        .cast(_TEMUAN)
    )


def tables(folder: Path) -> dict[str, pa.Table]:
    """``riwayat_angka`` and ``riwayat_temuan`` from all events, each with the moment it ended."""
    with duckdb.connect() as con:
        _read(con, folder, None, None)
        _events(con, "kejadian_temuan", folder / "temuan", _TEMUAN)
        angka = con.sql(
            f"""
            SELECT tabel, kunci, kolom, nilai, tercatat_pada,
                   lead(tercatat_pada) OVER (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada)
                     AS digantikan_pada, sebab, alasan, jalan_id, ralat, alasan_ralat
            FROM ({_EXPLAINED}) ORDER BY tabel, kunci, kolom, tercatat_pada
            """
        ).to_arrow_table()
        temuan = con.sql(
            """
            SELECT temuan_id, aturan, kode_unit, periode, pesan, pada AS muncul_pada, hilang_pada
            FROM (SELECT *, lead(pada) OVER (PARTITION BY temuan_id ORDER BY pada) AS hilang_pada
                  FROM kejadian_temuan)
            WHERE ada ORDER BY temuan_id, pada
            """
        ).to_arrow_table()
    return {
        "riwayat_angka": angka.cast(contracts.table("riwayat_angka").schema),
        "riwayat_temuan": temuan.cast(contracts.table("riwayat_temuan").schema),
    }
