"""Outputs of programmes, kegiatan and sub kegiatan: target and realisation of their performance.

From the output tables, from realisation tables that carry both performance columns beside the money, and
from grids that print the quarters beside each other (K and Rp). Source: PermenPANRB 53/2014, Lampiran
(programmes that support an achievement); Permendagri 86/2017, form E.81.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.clean import triwulan_rows as grid
from assets.clean.indicator_rows import shown, unit_of, value
from assets.clean.program_rows import TOTAL, Node, ProgramTree
from assets.clean.sift import Fate, Refused, Row, sift
from assets.passing import Context, Sifted

_OUTPUT, _MONEY = "kinerja_program_keluaran", "realisasi_program"
_FIELDS = {_OUTPUT: ("target", "realisasi"), _MONEY: ("target_kinerja", "realisasi_kinerja")}


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``kinerja_program_keluaran``, ``_triwulanan``, ``realisasi_program`` -> ``clean_kinerja_program``."""
    beside = grid.Beside.of(tables, context, silent=_MONEY)

    def read(row: Row) -> Sequence[Mapping[str, Any]] | Fate:
        return _quarters(beside, row) if row.source == grid.GRID else _one(beside.tree, row)

    return sift("clean_kinerja_program", tables, context, (_OUTPUT, _MONEY, grid.GRID), read)


def _quarters(beside: grid.Beside, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    survey = beside.surveys[row.sheet[0]]
    unit = survey.unit(row, beside.regions)
    if survey.tahun is None and survey.terisi:
        raise Refused("periode_tidak_diketahui", "tahun tabel ini tidak diketahui", once=True)
    if survey.lepas:
        row.note_table("triwulan_terputus")
    node = beside.tree.node(row)
    outputs, money = [q.kinerja for q in survey.triwulan], [q.rupiah for q in survey.triwulan]
    if node is None or node.kode == TOTAL or row.blank(*outputs, grid.YEAR_OUTPUT, "target_kinerja"):
        return Fate.LAYOUT if node is None or row.blank(*money) else Fate.ELSEWHERE
    return list(_each_quarter(row, node, unit, survey))


def _each_quarter(row: Row, node: Node, unit: str, survey: grid.Survey) -> Iterator[Mapping[str, Any]]:
    indikator = row.text("indikator") or node.uraian
    satuan = unit_of(row, indikator)
    read = [value(row, q.kinerja, satuan) for q in survey.triwulan]
    year = value(row, grid.YEAR_OUTPUT, satuan)
    way = grid.LEVEL if survey.cara == grid.LEVEL else grid.output_way([v.nilai for v in read], year.nilai)
    if way is None and all(v.nilai is not None for v in read):
        row.note("kinerja_triwulan_tidak_pasti", survey.triwulan[-1].kinerja, together=True)
    sums: Sequence[Decimal | None] = grid.running([v.nilai for v in read], way) if way else _first_only(read)
    fixed = {
        "kode_unit": unit,
        "kode": node.kode,
        "tingkat": node.tingkat,
        "uraian": node.uraian,
        "indikator": indikator,
        "satuan": next((v.satuan for v in (*read, year) if v.satuan), None),
    }
    for n, (quarter, result) in enumerate(zip(survey.triwulan, sums, strict=True), start=1):
        behind = survey.triwulan[:n] if way == grid.SUM else (quarter,)
        told = {
            "realisasi": result,
            "realisasi_teks": " + ".join(v.teks or "kosong" for v in read[n - len(behind) : n]) or None,
            "realisasi_dari": grid.span([q.kinerja for q in behind]),
        }
        yield {**fixed, "periode": quarter.periode, "target": None, "target_teks": None, **told}
        if n == 4:
            target = value(row, "target_kinerja", satuan)
            yield {
                **fixed,
                "periode": survey.tahun,
                "target": target.nilai,
                "target_teks": shown(target),
                **told,
                "capaian_tercetak": row.percent("persen_kinerja"),
            }


def _first_only(read: Sequence[Any]) -> list[Decimal | None]:
    """The first quarter is what it is, added up or not; the later ones cannot be told."""
    return [v.nilai if n == 0 else None for n, v in enumerate(read)]


def _one(tree: ProgramTree, row: Row) -> Sequence[Mapping[str, Any]] | Fate:
    target_field, result_field = _FIELDS[row.source]
    not_ours = Fate.ELSEWHERE if row.source == _MONEY else Fate.LAYOUT
    if row.source == _MONEY and not {target_field, result_field} <= set(row.fields):
        return not_ours
    node = tree.node(row)
    if node is None or node.kode == TOTAL or row.blank(target_field, result_field, "capaian"):
        return not_ours
    indikator = row.text("indikator") or node.uraian
    target = value(row, target_field, unit_of(row, indikator))
    result = value(row, result_field, unit_of(row, indikator))
    return [
        {
            "kode_unit": row.unit(),
            "periode": row.period(),
            "kode": node.kode,
            "tingkat": node.tingkat,
            "uraian": node.uraian,
            "indikator": indikator,
            "satuan": target.satuan or result.satuan,
            "target": target.nilai,
            "target_teks": shown(target),
            "realisasi": result.nilai,
            "realisasi_teks": shown(result),
            "capaian_tercetak": row.percent("capaian"),
        }
    ]
