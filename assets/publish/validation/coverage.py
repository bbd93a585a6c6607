"""Which rules were asked, of how much, and what they answered: what was checked and passed, too."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from quality.rule import RuleBook
from warehouse import contracts

# What can be said of a rule on a table. ``dalam_kode``: a rule that code applies while it reads, cleans and
# computes; it counts no rows, so that no finding of it is all that can be said.
LOLOS, DILANGGAR, TANPA_BARIS, DALAM_KODE = "lolos", "dilanggar", "tanpa_baris", "dalam_kode"


def coverage(judged: pa.Table, temuan: pa.Table, book: RuleBook) -> list[dict[str, Any]]:
    """One row for each rule and table it judged; a rule applied by code has one row without a table.

    Args:
        judged: table ``cakupan_aturan``.
        temuan: the findings that are told.
        book: the rules, all of which appear.
    """
    told = Counter(temuan["aturan"].to_pylist())
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for row in contracts.as_rows(judged):
        by_rule.setdefault(row["aturan"], []).append(row)
    made = []
    for rule in book:
        about = {"aturan": rule.id, "jenis": rule.jenis, "akibat": rule.akibat, "mengapa": rule.mengapa,
                 "dasar_hukum": rule.dasar_hukum, "temuan": told[rule.id]}  # fmt: skip
        seen = by_rule.get(rule.id)
        if rule.jenis == "temuan" or not seen:
            state = DILANGGAR if told[rule.id] else DALAM_KODE if rule.jenis == "temuan" else TANPA_BARIS
            made.append({**about, "tabel": None, "dinilai": None, "pelanggar": None, "keadaan": state})
        for row in seen or ():
            made.append(
                {**about, **{k: row[k] for k in ("tabel", "dinilai", "pelanggar")}, "keadaan": _state(row)}
            )
    order = (DILANGGAR, LOLOS, TANPA_BARIS, DALAM_KODE)
    return sorted(made, key=lambda r: (order.index(r["keadaan"]), r["aturan"], r["tabel"] or ""))


def _state(row: dict[str, Any]) -> str:
    if row["pelanggar"]:
        return DILANGGAR
    return LOLOS if row["dinilai"] else TANPA_BARIS
