"""Budget realisation along the programme tree: one row a programme, kegiatan, sub kegiatan or total.

Source: Permendagri 90/2019 and its nomenclature decrees; Permendagri 86/2017, form E.81 (quarters beside each
other). Outputs on the same sheet (target and realisation of performance) are ``kinerja_program``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.clean import triwulan_rows as grid
from assets.clean.program_rows import Node, ProgramTree
from assets.clean.remainder import remainder
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted
from warehouse.values.numbers import tampil

_SOURCE = "realisasi_program"


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``realisasi_program``, the money of ``kinerja_program_triwulanan`` -> ``clean_realisasi_program``."""
    beside = grid.Beside.of(tables, context, silent=grid.GRID)

    def read(row: Row) -> Sequence[Mapping[str, Any]] | Fate:
        return _quarters(beside, row) if row.source == grid.GRID else _one(beside.tree, row)

    return sift("clean_realisasi_program", tables, context, (_SOURCE, grid.GRID), read)


def _quarters(beside: grid.Beside, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    """The money of one grid row; a further indicator of the row above has none of its own."""
    survey = beside.surveys[row.sheet[0]]
    try:
        unit = survey.unit(row, beside.regions)
        node = beside.tree.node(row)
    except Refused:
        return Fate.ELSEWHERE  # the cleaner of outputs answers for these rows and has said so
    if node is None or row.blank(*(q.rupiah for q in survey.triwulan), "pagu") or not survey.triwulan:
        return Fate.ELSEWHERE
    if row.filled_down("uraian") or row.filled_down("sub_kegiatan"):
        _stray(row, survey)
        return Fate.ELSEWHERE
    return list(_each_quarter(row, node, unit, survey))


def _stray(row: Row, survey: grid.Survey) -> None:
    """Tell money beside a second indicator: whose it is cannot be told."""
    amounts = ((q.rupiah, row.money(q.rupiah)) for q in survey.triwulan)
    found = next((name for name, amount in amounts if amount), None)
    if found is not None:
        row.note("rupiah_indikator_kedua", found)


def _each_quarter(row: Row, node: Node, unit: str, survey: grid.Survey) -> Iterator[Mapping[str, Any]]:
    amounts = [row.money(q.rupiah) for q in survey.triwulan]
    _check_year(row, survey, amounts)
    if not survey.terbukti:
        row.note("triwulan_mungkin_kumulatif", survey.triwulan[-1].rupiah)
    for n, (quarter, amount) in enumerate(
        zip(survey.triwulan, grid.running(amounts, survey.cara), strict=True), start=1
    ):
        behind = survey.triwulan[:n] if survey.cara == grid.SUM else (quarter,)
        yield {
            "kode_unit": unit,
            "periode": quarter.periode,
            **asdict(node),
            "pagu": row.money("pagu"),
            "realisasi": amount,
            "realisasi_dari": grid.span([q.rupiah for q in behind]),
            "persen_tercetak": row.percent("persen") if n == len(survey.triwulan) else None,
        }


def _check_year(row: Row, survey: grid.Survey, amounts: Sequence[Decimal | None]) -> None:
    """Tell a printed sum of the quarters that they do not add up to (contract 7.2: ours is published)."""
    printed = row.money(grid.YEAR_MONEY)
    ours = grid.running(amounts, survey.cara)[-1]
    if printed is not None and ours is not None and printed != ours:
        row.note("jumlah_triwulan_berbeda", grid.YEAR_MONEY, seharusnya=tampil(ours, 2))


def _one(tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    node = tree.node(row)
    if node is None:
        return Fate.LAYOUT
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            **asdict(node),
            "pagu": row.money("pagu"),
            "realisasi": row.money("realisasi"),
            "persen_tercetak": row.percent("persen"),
            **remainder(row),
        }
    ]
