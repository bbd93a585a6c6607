"""From a field of a row to the cell a person can open: the one place where letters are made."""

from __future__ import annotations

import pyarrow as pa

from warehouse.trail import Cell


class Addresses:
    """Cell letters by the column map of all files (``peta_kolom``)."""

    def __init__(self, peta_kolom: pa.Table) -> None:
        self._letters: dict[tuple[str, str, int, str], str] = {}
        self._headers: dict[tuple[str, str, int, str], str | None] = {}
        for row in peta_kolom.to_pylist():
            place = (row["berkas_id"], row["lembar"], row["tabel_ke"], row["field"])
            self._letters[place] = row["kolom"]
            self._headers[place] = row["kepala_sel"]

    def letter(self, cell: Cell, field: str | None = None) -> str | None:
        """The column's letter, or None where the field has no column on that sheet."""
        return self._letters.get((cell.berkas_id, cell.lembar, cell.tabel_ke, field or cell.field))

    def sel(self, cell: Cell) -> str:
        """``D6``, ``D6:L155``, ``6:6`` for a whole row; a row number 0 points to the column's header."""
        first = self.letter(cell)
        if cell.baris == 0:
            place = (cell.berkas_id, cell.lembar, cell.tabel_ke, cell.field)
            return self._headers.get(place) or "A1"
        if first is None:
            return f"{cell.baris}:{cell.sampai_baris or cell.baris}"
        last = (self.letter(cell, cell.sampai_field) if cell.sampai_field else None) or first
        end = f"{last}{cell.sampai_baris or cell.baris}"
        start = f"{first}{cell.baris}"
        return start if start == end else f"{start}:{end}"
