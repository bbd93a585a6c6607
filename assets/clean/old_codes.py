"""Tables in the code system before Permendagri 90/2019: their ``5.2`` is another thing than today's.

Read and balanced, published in no table of a kecamatan (contract 5).
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.sift import Refused, Row
from warehouse.values.codes import sistem_lama

# Permendagri 13/2006 strings affairs, agency, programme and account together: "1.20 . 1.20.03 . 00 . 00 . 5".
_STRUNG = re.compile(r"\s*\d\.\d{2}\s*\.\s*\d\.\d{2}\.\d{2}(?!\d).*|\s*\d{3}\s+\d{5}(?:\s.*)?", re.DOTALL)


class OldTables:
    """Which tables of an extract table hold a code of the old system."""

    def __init__(self, table: pa.Table | None):
        self._found: frozenset[tuple[str, str, int]] = frozenset()
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
            raise Refused("kode_sistem_lama", "kode rekening sistem sebelum Permendagri 90/2019", once=True)
