"""All detectors over one extract table: the one call that a run and a check make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import pyarrow as pa

from quality.damage import carried, clock, coded, explain, labels, marks, scores, shifted, summing, survey
from quality.damage.equations import Ledger
from quality.damage.form import forms
from quality.damage.sheet import LARGE, Order, Place, Sheet, sheets
from quality.finding import Finding
from warehouse.trail import Cell

# What a cleaner says of a cell without knowing why; the damage that explains it is told in its place.
_EXPLAINED = frozenset(("tidak_terbaca", "di_luar_skala"))
# Where one cause shows twice, the earlier of these is told.
_CAUSE = ("label_bergeser", "kolom_bergeser", "jumlah_sebagai_data", "tanda_angka_campur")


def detect(name: str, table: pa.Table, order: Order | None = None) -> list[Finding]:
    """Proven damage in one extract table, its corrections applied.

    Args:
        name: the extract table (``docs/flow.md`` section 2).
        table: its rows.
        order: the fields of a (file, sheet, table) from left to right, see ``order_of``; without it the
            order of the form is taken.

    Returns:
        Findings with their cells; their rules are in ``quality/rules/rusak.yaml``.
    """
    form = forms().get(name)
    if form is None or not table.num_rows:
        return []
    return [f for sheet in sheets(form, table, order) for f in _one(sheet)]


def _one(sheet: Sheet) -> list[Finding]:
    off = labels.find(sheet)
    if off:
        return off  # every sum of such a sheet fails for this one reason
    found = [*shifted.find(sheet), *summing.find(sheet), *marks.mixed(sheet), *coded.find(sheet)]
    found += carried.find(sheet)
    ledger = Ledger(sheet)
    if len(sheet) <= LARGE or ledger.equations:
        found += explain.find(sheet, ledger)
    found += clock.find(sheet, ledger)
    found += scores.find(sheet)
    found += survey.find(sheet)
    return _one_a_cell(found)


def _one_a_cell(found: Iterable[Finding]) -> list[Finding]:
    """Of several findings on one cell the first; a row that is shifted or a total speaks for its cells."""
    rows = {
        (f.cell.lembar, f.cell.tabel_ke, f.cell.baris)
        for f in found
        if f.cell and f.aturan in ("kolom_bergeser", "jumlah_sebagai_data")
    }
    kept: dict[Cell | None, Finding] = {}
    for each in found:
        cell = each.cell
        whole = cell is not None and (cell.lembar, cell.tabel_ke, cell.baris) in rows
        if whole and each.aturan not in _CAUSE:
            continue
        kept.setdefault(cell, each)
    return list(kept.values())


def order_of(peta_kolom: pa.Table) -> Order:
    """The fields of each table from left to right by the column map, put in order when first asked."""

    @cache
    def known() -> dict[Place, list[str]]:
        found: dict[Place, list[tuple[int, str, str]]] = defaultdict(list)
        names = ("berkas_id", "lembar", "tabel_ke", "field", "kolom")
        columns = (peta_kolom[n].to_pylist() for n in names)
        for berkas_id, lembar, ke, field, kolom in zip(*columns, strict=True):
            found[berkas_id, lembar, ke].append((len(kolom or ""), kolom or "", field))
        return {place: [field for _, _, field in sorted(each)] for place, each in found.items()}

    return lambda place: known().get(place, ())


def told_once(findings: Sequence[Finding], damage: Sequence[Finding]) -> list[Finding]:
    """The cleaners' findings and the damage, without those that the damage of the same cell explains."""
    cells = {f.cell for f in damage if f.cell is not None}
    kept = [f for f in findings if not (f.aturan in _EXPLAINED and f.cell in cells)]
    return [*kept, *damage]
