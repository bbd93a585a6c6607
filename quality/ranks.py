"""Ranks among the regions that go out: a withheld one leaves its scope, the others move up (contract 4).

Ranks themselves are made by the mart; here they are only told anew, which needs no values: who is better
than whom does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from warehouse import contracts
from warehouse.formulas import ranking

_SCOPE = ("kode_indikator", "tahun", "lingkup")


def without_withheld(banding: pa.Table) -> pa.Table:
    """The comparison with ranks, counts and percentiles among the rows that go out as computed.

    Args:
        banding: the table after withholding; rows that are stale keep what was published of them.
    """
    if set(banding["status_terbit"].unique().to_pylist()) <= {"terbit"}:
        return banding
    rows = contracts.as_rows(banding)
    scopes: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        scopes.setdefault(tuple(row[c] for c in _SCOPE), []).append(row)
    for scope in scopes.values():
        gone = sum(row["status_terbit"] != "terbit" for row in scope)
        if gone:
            _tell_anew([row for row in scope if row["status_terbit"] == "terbit"], gone)
    return contracts.build("banding", rows)


def _tell_anew(rows: Iterable[dict[str, Any]], gone: int) -> None:
    ranked = [row for row in rows if row["peringkat"] is not None]
    if all(row["dari"] == len(ranked) for row in ranked):
        return  # what is withheld was not ranked in the first place
    places = _places(ranked)
    for row in ranked:
        row["peringkat"], row["dari"] = places[row["kode_pembanding"]], len(ranked)
        row["persentil"] = ranking.persentil(row["peringkat"], len(ranked))
        note = f"{gone} wilayah ditahan dan tidak diperingkat"
        row["alasan"] = f"{row['alasan']}; {note}" if row["alasan"] else note


def _places(ranked: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The lower the old rank the better, so the old ranks are ranked."""
    return ranking.peringkat({row["kode_pembanding"]: row["peringkat"] for row in ranked}, "turun")
