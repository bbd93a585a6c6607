"""Tables that are recognised but that no cleaner takes: told as unknown, so that the row balance holds.

An office may declare a source of its own in ``HOME/raw``; until somebody writes its cleaner, its rows are
kept, counted and told, and they hold nothing back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

from quality.finding import Finding


def as_unknown(hitungan_lembar: pa.Table, tables: Mapping[str, pa.Table]) -> tuple[pa.Table, list[Finding]]:
    """Count the rows of these tables as unknown.

    Args:
        hitungan_lembar: row counts of each sheet, as assembled.
        tables: extract tables by name that no cleaner asks for.

    Returns:
        The counts with those rows moved from ``data`` to ``tidak_dikenal``, and one finding a sheet.
    """
    moved: Counter[tuple[str, str]] = Counter()
    findings = []
    for name, table in sorted(tables.items()):
        here = Counter(zip(table["berkas_id"].to_pylist(), table["lembar"].to_pylist(), strict=True))
        moved += here
        findings += [
            Finding("sumber_tanpa_pengolah", berkas_id=b, lembar=s, jumlah=n, isi={"tabel": name})
            for (b, s), n in sorted(here.items())
        ]
    if not moved:
        return hitungan_lembar, findings
    rows = hitungan_lembar.to_pylist()
    for row in rows:
        n = moved[(row["berkas_id"], row["lembar"])]
        row["data"] -= n
        row["tidak_dikenal"] += n
    return pa.Table.from_pylist(rows, schema=hitungan_lembar.schema), findings
