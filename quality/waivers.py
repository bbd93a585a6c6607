"""Recorded exceptions that need mending, expired ones and such as fit nothing, and what the others settle.

Which finding a waiver fits, and how a waived finding says so, is ``findings``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quality.address import Addresses
from quality.finding import Finding
from quality.findings import until, waived
from quality.rule import RuleBook
from warehouse import contracts

EXPIRED, USELESS = "pengecualian_kedaluwarsa", "pengecualian_tidak_cocok"
Waiver = Mapping[str, Any]


def to_mend(
    findings: Iterable[Finding],
    book: RuleBook,
    addresses: Addresses | None,
    berkas_names: Mapping[str, str],
    waivers: Sequence[Waiver],
    today: dt.date | None = None,
) -> list[Finding]:
    """Findings about waivers: expired, or fitting no finding of this run.

    Args:
        findings: of all stages.
        book: rules by id.
        addresses: cell letters.
        berkas_names: name of each file as it arrived.
        waivers: recorded exceptions.
        today: the present day if not given.
    """
    day = today or contracts.utc_now().date()
    known = list(findings)
    told = []
    for waiver in waivers:
        # As if it were the only one and in force: what it is meant for.
        fits = sum(
            f.pengecualian_id is not None
            for f in waived(known, book, addresses, berkas_names, [waiver], dt.date.min)
        )
        if waiver["berlaku_sampai"] < day:
            told.append(_about(EXPIRED, waiver, fits))
        elif not fits:
            told.append(_about(USELESS, waiver, 1))
    return told


def _about(aturan: str, waiver: Waiver, fits: int) -> Finding:
    where = waiver["di"]
    unit, when = (str(where[k]) if k in where else None for k in ("kode_unit", "periode"))
    return Finding(
        aturan,
        kode_unit=unit if unit and unit.isdigit() else None,
        periode=when if when and "*" not in when else None,
        jumlah=max(fits, 1),
        isi={
            "pengecualian": str(waiver["id"]),
            "untuk": f"{waiver['aturan']} ({', '.join(f'{k} {v}' for k, v in where.items())})",
            "sampai": until(waiver),
            "pemilik": str(waiver["pemilik"]),
            "alasan": str(waiver["alasan"]),
            "mengena": fits,
        },
    )


def used(rows: Iterable[Mapping[str, Any]], waivers: Iterable[Waiver]) -> list[dict[str, Any]]:
    """How many findings each waiver settles, for the closing table: rows of ``temuan`` by waiver."""
    counted = Counter(r["pengecualian_id"] for r in rows if r["pengecualian_id"])
    return [
        {
            "id": str(w["id"]),
            "aturan": w["aturan"],
            "alasan": str(w["alasan"]),
            "pemilik": str(w["pemilik"]),
            "sampai": until(w),
            "banyak": counted[str(w["id"])],
        }
        for w in waivers
        if counted[str(w["id"])]
    ]
