"""The row balance (design principle 1): rows read = accepted + rejected + layout + told as unknown.

Counted from where rows ended, not from what was left over; a row that ended nowhere stops the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import contracts


class RowsVanished(RuntimeError):
    """Some rows that were read ended neither accepted, rejected, layout nor told as unknown."""


_ADDRESS = pa.schema([("berkas_id", pa.string()), ("lembar", pa.string()), ("baris", pa.int64())])


def neraca(
    hitungan_lembar: pa.Table,
    accepted: Mapping[str, pa.Table],
    rejected: Iterable[Mapping[str, Any]],
    layout: Iterable[tuple[str, str, int]],
) -> list[dict[str, Any]]:
    """Rows of ``neraca_baris``, one a sheet.

    Args:
        hitungan_lembar: berkas_id, lembar, dibaca, data, tata_letak, tidak_dikenal as counted by extract.
        accepted: the clean tables (address columns used). A row accepted by one table counts as accepted,
            whatever another table made of it.
        rejected: ``baris_ditolak`` rows; only whole rows (``kolom`` = ``*``) count as rejected rows.
        layout: addresses of data rows that proved to be layout while cleaning.

    Raises:
        RowsVanished: naming the sheets whose counts do not add up.
    """
    whole = [_address(r) for r in rejected if r["kolom"] == "*"]
    moved = [{"berkas_id": b, "lembar": s, "baris": n} for b, s, n in layout]
    with duckdb.connect() as con:
        con.execute("CREATE TEMP TABLE diterima (berkas_id VARCHAR, lembar VARCHAR, baris BIGINT)")
        for found in accepted.values():
            con.register("bersih", found.select(["berkas_id", "lembar", "baris"]))
            con.execute("INSERT INTO diterima SELECT DISTINCT berkas_id, lembar, baris FROM bersih")
            con.unregister("bersih")
        con.register("ditolak", pa.Table.from_pylist(whole, schema=_ADDRESS))
        con.register("pindah", pa.Table.from_pylist(moved, schema=_ADDRESS))
        con.register("hitungan", hitungan_lembar)
        found = con.sql(_SQL).to_arrow_table()
    rows = contracts.as_rows(found)
    for row in rows:
        short = row["dibaca"] - sum(row[c] for c in ("diterima", "ditolak", "tata_letak", "tidak_dikenal"))
        if short:
            raise RowsVanished(f"{row['berkas_id'][:12]} {row['lembar']}: {short} rows ended nowhere: {row}")
    return rows


_SQL = """
WITH a AS (SELECT DISTINCT berkas_id, lembar, baris FROM diterima),
r AS (SELECT DISTINCT berkas_id, lembar, baris FROM ditolak EXCEPT SELECT * FROM a),
p AS (SELECT DISTINCT berkas_id, lembar, baris FROM pindah EXCEPT SELECT * FROM a EXCEPT SELECT * FROM r),
na AS (SELECT berkas_id, lembar, count(*) AS n FROM a GROUP BY berkas_id, lembar),
nr AS (SELECT berkas_id, lembar, count(*) AS n FROM r GROUP BY berkas_id, lembar),
np AS (SELECT berkas_id, lembar, count(*) AS n FROM p GROUP BY berkas_id, lembar)
SELECT h.berkas_id, h.lembar, CAST(h.dibaca AS BIGINT) AS dibaca,
       coalesce(na.n, 0) AS diterima, coalesce(nr.n, 0) AS ditolak,
       CAST(h.tata_letak + coalesce(np.n, 0) AS BIGINT) AS tata_letak,
       CAST(h.tidak_dikenal AS BIGINT) AS tidak_dikenal
FROM hitungan h
LEFT JOIN na USING (berkas_id, lembar)
LEFT JOIN nr USING (berkas_id, lembar)
LEFT JOIN np USING (berkas_id, lembar)
ORDER BY h.berkas_id, h.lembar
"""


def _address(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"berkas_id": row["berkas_id"], "lembar": row["lembar"], "baris": row["baris"]}
