"""What we said, since when, and why it changed: append-only events under ``warehouse/riwayat/``.

Each run that changes a figure or a finding appends one Parquet file of events; nothing is ever
rewritten. ``riwayat_angka`` and ``riwayat_temuan`` are those events with the moment they ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import contracts

_ANGKA = pa.schema(
    [("tabel", pa.string()), ("kunci", pa.string()), ("kolom", pa.string()), ("nilai", pa.string()),
     ("tercatat_pada", pa.timestamp("us")), ("sebab", pa.string()), ("alasan", pa.string())]
)  # fmt: skip
_TEMUAN = pa.schema(
    [("temuan_id", pa.string()), ("aturan", pa.string()), ("kode_unit", pa.string()),
     ("periode", pa.string()), ("pesan", pa.string()), ("pada", pa.timestamp("us")), ("ada", pa.bool_())]
)  # fmt: skip


def record(
    marts: Mapping[str, pa.Table],
    temuan: pa.Table,
    folder: Path,
    *,
    moment: dt.datetime,
    sebab: str,
    alasan: str,
) -> int:
    """Append what differs from the last recorded state; returns how many figures changed.

    Args:
        marts: the tables about to be published.
        temuan: the findings of this run.
        folder: ``warehouse/riwayat``.
        moment: when it is recorded (UTC).
        sebab: what changed since the last publish: berkas, aturan, konfigurasi, koreksi, awal.
        alasan: the same in a sentence.
    """
    with duckdb.connect() as con:
        con.execute("SET TimeZone='UTC'")
        angka = _changed_figures(con, marts, folder / "angka", moment, sebab, alasan)
        gone_and_new = _changed_findings(con, temuan, folder / "temuan", moment)
    stamp = moment.strftime("%Y%m%dT%H%M%S%f")
    _append(angka, folder / "angka" / f"{stamp}.parquet")
    _append(gone_and_new, folder / "temuan" / f"{stamp}.parquet")
    return int(angka.num_rows)


def _append(events: pa.Table, path: Path) -> None:
    if events.num_rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(events, path, compression="zstd")


def _events(con: duckdb.DuckDBPyConnection, name: str, folder: Path, schema: pa.Schema) -> None:
    files = sorted(str(p) for p in folder.glob("*.parquet"))
    con.register(name, pq.ParquetDataset(files, schema=schema).read() if files else schema.empty_table())


def _changed_figures(
    con: duckdb.DuckDBPyConnection,
    marts: Mapping[str, pa.Table],
    folder: Path,
    moment: dt.datetime,
    sebab: str,
    alasan: str,
) -> pa.Table:
    _events(con, "kejadian", folder, _ANGKA)
    con.execute("CREATE TEMP TABLE sekarang (tabel VARCHAR, kunci VARCHAR, kolom VARCHAR, nilai VARCHAR)")
    for name, found in sorted(marts.items()):
        contract = contracts.table(name)
        if not found.num_rows:
            continue
        key = " || ';' || ".join(
            f"'{k}=' || coalesce(CAST(\"{k}\" AS VARCHAR), 'None')" for k in contract.key
        )
        columns = [*contract.figures, "status_terbit"]
        as_text = ", ".join(f'CAST("{c}" AS VARCHAR) AS "{c}"' for c in columns)
        listed = ", ".join(f'"{c}"' for c in columns)
        con.register("mart", found)
        con.execute(
            f"INSERT INTO sekarang SELECT '{name}', kunci, kolom, nilai FROM "
            f"(SELECT {key} AS kunci, {as_text} FROM mart) "
            f"UNPIVOT INCLUDE NULLS (nilai FOR kolom IN ({listed}))"
        )
        con.unregister("mart")
    return (
        con.sql(
            """
        WITH terakhir AS (
          SELECT tabel, kunci, kolom, nilai FROM kejadian
          QUALIFY row_number() OVER (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada DESC) = 1
        )
        SELECT coalesce(s.tabel, t.tabel) AS tabel, coalesce(s.kunci, t.kunci) AS kunci,
               coalesce(s.kolom, t.kolom) AS kolom, s.nilai AS nilai,
               CAST($moment AS TIMESTAMP) AS tercatat_pada, CAST($sebab AS VARCHAR) AS sebab,
               CASE WHEN s.tabel IS NULL THEN 'baris tidak ada lagi; ' || $alasan ELSE $alasan END AS alasan
        FROM sekarang s FULL JOIN terakhir t USING (tabel, kunci, kolom)
        WHERE s.nilai IS DISTINCT FROM t.nilai OR (t.tabel IS NULL AND s.nilai IS NOT NULL)
        ORDER BY 1, 2, 3
        """,
            params={"moment": moment, "sebab": sebab, "alasan": alasan},
        )
        .to_arrow_table()
        .cast(_ANGKA)
    )


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
        _events(con, "kejadian", folder / "angka", _ANGKA)
        _events(con, "kejadian_temuan", folder / "temuan", _TEMUAN)
        angka = con.sql(
            """
            SELECT tabel, kunci, kolom, nilai, tercatat_pada,
                   lead(tercatat_pada) OVER (PARTITION BY tabel, kunci, kolom ORDER BY tercatat_pada)
                     AS digantikan_pada, sebab, alasan
            FROM kejadian ORDER BY tabel, kunci, kolom, tercatat_pada
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
