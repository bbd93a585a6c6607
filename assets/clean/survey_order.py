"""Which of a sheet's bare U8 and U9 is which unsur: the unit's choice, never a guess (contract 3).

The regulation's list has U8 complaints and U9 facilities, its questionnaire asks them the other way round
(PermenPANRB 14/2017, Lampiran).
"""

from __future__ import annotations

from collections.abc import Iterable

from quality.finding import Finding
from warehouse import contracts
from warehouse.trail import Cell, Figure

# Which element the sheet's U8 and its U9 are, by the choice ``u8_u9``.
BY_CHOICE = {"daftar": ("U8", "U9"), "formulir": ("U9", "U8")}


def undecided(cell: Cell, kode_unit: str, periods: Iterable[str]) -> Finding:
    """The finding that withholds both elements and nothing else: the index does not depend on their order.

    Args:
        cell: a header (row 0) or name that says only U8 or U9.
        kode_unit: kecamatan code.
        periods: periods the sheet holds.
    """
    table, periods = contracts.table("ikm_unsur"), sorted(set(periods))
    keys = [
        table.key_of({"kode_unit": kode_unit, "periode": p, "unsur": u})
        for p in periods
        for u in ("U8", "U9")
    ]
    return Finding(
        aturan="urutan_u8_u9",
        berkas_id=cell.berkas_id,
        lembar=cell.lembar,
        cell=cell,
        holds_cell=False,
        kode_unit=kode_unit,
        periode=periods[0] if len(periods) == 1 else None,
        figures=tuple(Figure("ikm_unsur", key, "*") for key in keys),
    )
