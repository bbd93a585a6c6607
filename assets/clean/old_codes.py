"""Tables in the code system before Permendagri 90/2019: their ``5.2`` is another thing than today's.

Read and balanced, published in no table of a kecamatan (contract 5); what their own sums contradict is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.old_sums import Place, place, unequal
from assets.clean.sift import Refused, Row
from quality.finding import Finding
from warehouse.trail import Cell
from warehouse.values.codes import sistem_lama
from warehouse.values.numbers import Unreadable, parse_number, tampil

# Permendagri 13/2006 strings affairs, agency, programme and account together: "1.20 . 1.20.03 . 00 . 00 . 5".
_STRUNG = re.compile(r"\s*\d\.\d{2}\s*\.\s*\d\.\d{2}\.\d{2}(?!\d).*|\s*\d{3}\s+\d{5}(?:\s.*)?", re.DOTALL)
_AMOUNTS = ("pagu_murni", "pagu_perubahan", "pagu", "realisasi")
_TOLD = 20


@dataclass
class _Sums:
    """The amounts of one column of one table."""

    rows: list[tuple[Place, Decimal]] = field(default_factory=list)
    cells: dict[Place, Cell] = field(default_factory=dict)
    codes: dict[Place, str] = field(default_factory=dict)
    without: int = 0
    periode: str | None = None


class OldTables:
    """Which tables of an extract table hold a code of the old system, and the amounts in them."""

    def __init__(self, table: pa.Table | None):
        self._found: frozenset[tuple[str, str, int]] = frozenset()
        self._sums: dict[tuple[tuple[str, str, int], str], _Sums] = defaultdict(_Sums)
        if table is None or not table.num_rows or "kode" not in table.column_names:
            return
        old = [
            c for c in pc.unique(table["kode"]).to_pylist() if c and (sistem_lama(c) or _STRUNG.fullmatch(c))
        ]
        rows = table.filter(pc.is_in(table["kode"], pa.array(old, pa.string())))
        columns = (rows[c].to_pylist() for c in ("berkas_id", "lembar", "tabel_ke"))
        self._found = frozenset(zip(*columns, strict=True))

    def refuse(self, row: Row) -> None:
        """Let a row of a table in today's codes pass.

        Raises:
            Refused: if its table is in the old ones.
        """
        if row.sheet in self._found:
            self._count(row)
            raise Refused("kode_sistem_lama", "kode rekening sistem sebelum Permendagri 90/2019", once=True)

    def _count(self, row: Row) -> None:
        where = place(row.printed("kode"))
        if where is None:
            return
        for name in _AMOUNTS:
            if name not in row.fields:
                continue
            sums = self._sums[row.sheet, name]
            amount = _amount(row, name)
            if amount is None:
                sums.without += 1
                continue
            sums.rows.append((where, amount))
            sums.cells.setdefault(where, row.cell(name))
            sums.codes.setdefault(where, row.printed("kode"))
            sums.periode = row.periode_tabel

    def findings(self) -> Iterator[Finding]:
        """Amounts of a level that are not the sum of those below it."""
        for (_, name), sums in self._sums.items():
            wrong = unequal(sums.rows)
            for n, (where, (printed, total)) in enumerate(wrong.items(), 1):
                rest = len(wrong) - n if n == _TOLD else 0
                cell = sums.cells[where]
                yield Finding(
                    "jumlah_kode_lama",
                    berkas_id=cell.berkas_id,
                    lembar=cell.lembar,
                    cell=cell,
                    periode=sums.periode,
                    tertulis=tampil(printed, 2),
                    seharusnya=tampil(total, 2),
                    selisih=tampil(printed - total, 2),
                    jumlah=1 + rest,
                    isi={"kode": sums.codes[where], "kolom": name.replace("_", " "), "tanpa": sums.without},
                )
                if rest:
                    break


def _amount(row: Row, name: str) -> Decimal | None:
    """An amount as far as it can be read; what cannot is no part of a sum."""
    try:
        return parse_number(row.printed(name), "money", row.kind(name), row.format(name))
    except Unreadable:
        return None
