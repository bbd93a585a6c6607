"""Budgets (pagu) by stage: one row a code of the programme tree or of the accounts.

Source: Permendagri 77/2020 (DPA and its change), Permendagri 90/2019 (codes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow as pa

from assets.clean.documents import stage
from assets.clean.old_codes import OldTables
from assets.clean.program_rows import ProgramTree
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.codes import kode_rekening, tingkat_rekening

# An account has one digit for its kelompok (5.1), a programme two for its bidang (7.01).
_ACCOUNT = re.compile(r"\s*[456](\s*$|\.\d(\s*$|\.)|\d{11}\s*$)")
_STAGES = (("pagu_murni", "murni"), ("pagu_perubahan", "perubahan"))


@dataclass
class _Tables:
    """What was seen so far of each table on a sheet."""

    tree: ProgramTree = field(default_factory=ProgramTree)
    pohon: dict[tuple[str, str, int], str] = field(default_factory=dict)
    with_sub: set[tuple[str, str, int]] = field(default_factory=set)


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``dpa_pagu`` -> ``clean_dpa``.

    Accounts printed beneath a sub kegiatan are parts of an account, not its pagu: kept out and told.
    """
    seen, old = _Tables(), OldTables(tables.get("dpa_pagu"))
    found = sift("clean_dpa", tables, context, ("dpa_pagu",), partial(_read, seen, old))
    found.findings += old.findings()
    return found


def _read(seen: _Tables, old: OldTables, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    old.refuse(row)
    if _ACCOUNT.match(row.printed("kode")):
        place = _account(seen, row)
    else:
        node = seen.tree.node(row)
        if node is None:
            return Fate.LAYOUT
        if node.tingkat == "sub_kegiatan":
            seen.with_sub.add(row.sheet)
        if node.tingkat != "total":
            seen.pohon[row.sheet] = "program"
        place = {
            "pohon": seen.pohon.get(row.sheet, "program"),
            "kode": node.kode,
            "kode_tercetak": node.kode_tercetak,
            "uraian": node.uraian,
            "tingkat": node.tingkat,
        }
    same = {"kode_unit": row.unit(), "tahun": row.year(), **place}
    amounts = [(f, tahap) for f, tahap in _STAGES if not row.blank(f)]
    if not amounts or not row.blank("pagu"):
        amounts.append(("pagu", stage(row.judul)))
    by_stage = {tahap: row.money(f) for f, tahap in reversed(amounts)}
    return [{**same, "tahap": tahap, "pagu": pagu} for tahap, pagu in by_stage.items()]


def _account(seen: _Tables, row: Row) -> dict[str, Any]:
    if row.sheet in seen.with_sub:
        raise Refused("rekening_dalam_sub_kegiatan", "rekening ini bagian dari satu sub kegiatan", once=True)
    seen.pohon[row.sheet] = "rekening"
    kode = row.code("kode", kode_rekening, required=True) or ""
    printed = row.printed("kode")
    return {
        "pohon": "rekening",
        "kode": kode,
        "kode_tercetak": printed if printed != kode else None,
        "uraian": row.text("uraian"),
        "tingkat": tingkat_rekening(kode),
    }
