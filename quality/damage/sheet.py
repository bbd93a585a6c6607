"""One printed table of an extract table, seen by column: kinds at once, texts and numbers only when asked.

What does not belong here: what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quality.damage.form import Form
from quality.finding import Finding
from warehouse.trail import Cell
from warehouse.values.numbers import Unreadable, parse_number
from warehouse.values.personal import mask

ADDRESS = frozenset(
    "berkas_id lembar tabel_ke baris jenis_baris jenis_sel format_sel kode_unit periode judul".split()
)
_PLACE = ("berkas_id", "lembar", "tabel_ke")
_SHOWN = 80
# Beyond this many rows a column is read only where its kinds say that something is odd.
LARGE = 20_000
Place = tuple[str, str, int]
Order = Callable[[Place], Sequence[str]]


class Sheet:
    """The rows of one table on one sheet.

    ``fields`` are the form's fields in the order of ``jenis_sel``.
    """

    def __init__(self, form: Form, rows: pa.Table, order: Order | None = None) -> None:
        self.form, self._rows = form, rows
        self.place: Place = tuple(rows[n][0].as_py() for n in _PLACE)
        self.fields = _fields(rows)
        self._order = order
        self.kode_unit = rows["kode_unit"][0].as_py()
        self.periode = rows["periode"][0].as_py()
        self._texts: dict[str, list[str]] = {}
        self._numbers: dict[str, list[Decimal | None]] = {}

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The fields as they stand on the sheet from left to right; () where that is not known."""
        return tuple(f for f in (self._order(self.place) if self._order else ()) if f in self.fields)

    @cached_property
    def baris(self) -> list[int]:
        """Physical row numbers."""
        return [int(n) for n in self._rows["baris"].to_pylist()]

    @cached_property
    def jenis_baris(self) -> list[str]:
        """``data``, ``subtotal`` or ``total`` of each row."""
        return [j or "data" for j in self._rows["jenis_baris"].to_pylist()]

    @cached_property
    def _kinds(self) -> np.ndarray[Any, Any]:
        return _matrix(self._rows["jenis_sel"], len(self.fields))

    @cached_property
    def _formats(self) -> np.ndarray[Any, Any]:
        return _matrix(self._rows["format_sel"], len(self.fields))

    def kinds(self, name: str) -> np.ndarray[Any, Any]:
        """Kinds of one column as character codes."""
        return self._kinds[:, self.fields.index(name)]

    def rows_of_kind(self, name: str, kinds: str) -> list[int]:
        """Rows in which the field is of one of these kinds."""
        return [int(i) for i in np.flatnonzero(np.isin(self.kinds(name), [ord(k) for k in kinds]))]

    def kind(self, row: int, name: str) -> str:
        """Kind of one cell."""
        return chr(self._kinds[row, self.fields.index(name)])

    def format(self, row: int, name: str) -> str:
        """Number format of one cell."""
        return chr(self._formats[row, self.fields.index(name)])

    def present(self, name: str) -> bool:
        """Whether the field has any value here."""
        return name in self.fields and bool((self.kinds(name) != 32).any())

    def column(self, name: str) -> pa.ChunkedArray:
        """The texts of one column as Arrow."""
        return self._rows[name]

    def texts(self, name: str) -> list[str]:
        """Texts of one column, outer and doubled spaces removed; '' where blank."""
        if name not in self._texts:
            self._texts[name] = [" ".join(t.split()) if t else "" for t in self._rows[name].to_pylist()]
        return self._texts[name]

    def text(self, row: int, name: str) -> str:
        """Text of one cell."""
        return self.texts(name)[row]

    def text_at(self, row: int, name: str) -> str:
        """Text of one cell, without reading its whole column."""
        if name in self._texts:
            return self._texts[name][row]
        return " ".join((self._rows[name][row].as_py() or "").split())

    def head(self, name: str, until: int) -> list[str]:
        """The texts of a column above row ``until``."""
        return [t or "" for t in self._rows[name].slice(0, until).to_pylist()]

    def jenis_baris_at(self, row: int) -> str:
        """``data``, ``subtotal`` or ``total`` of one row."""
        return self._rows["jenis_baris"][row].as_py() or "data"

    @property
    def column_names(self) -> list[str]:
        """Columns that the table has."""
        return list(self._rows.column_names)

    def numbers(self, name: str) -> list[Decimal | None]:
        """Values of one column as the cleaners read them; None where blank or unreadable."""
        if name not in self._numbers:
            kind = self.form.number(name) or "percent"
            said: dict[tuple[str, str, str], Decimal | None] = {}
            made = []
            for i, text in enumerate(self.texts(name)):
                key = (text, self.kind(i, name), self.format(i, name))
                if key not in said:
                    said[key] = _read(*key, kind)
                made.append(said[key])
            self._numbers[name] = made
        return self._numbers[name]

    @cached_property
    def data(self) -> list[int]:
        """Rows that are data."""
        return [i for i, j in enumerate(self.jenis_baris) if j == "data"]

    # --- findings ---------------------------------------------------------------------------------
    def cell(self, row: int, name: str, until: int | None = None, last: str | None = None) -> Cell:
        """Address of a field, down to row ``until`` and over to field ``last``."""
        end = self.baris[until] if until is not None and until != row else None
        return Cell(*self.place, self.baris[row], name, end, last if last != name else None)

    def finding(self, aturan: str, cell: Cell, *, tertulis: str | None = None, **more: Any) -> Finding:
        """A finding about this table; facts of the sentences go in ``isi``."""
        facts = {"kolom": cell.field.replace("@", " ").replace("_", " "), **more.pop("isi", {})}
        return Finding(
            aturan,
            berkas_id=cell.berkas_id,
            lembar=cell.lembar,
            cell=cell,
            kode_unit=self.kode_unit,
            periode=self.periode,
            tertulis=mask(tertulis[:_SHOWN]) if tertulis else tertulis,
            isi={k: mask(v) if isinstance(v, str) else v for k, v in facts.items()},
            **more,
        )


def _read(text: str, jenis: str, format_: str, kind: Any) -> Decimal | None:
    try:
        return parse_number(text, kind, jenis, format_)
    except Unreadable:
        return None


def _fields(rows: pa.Table) -> list[str]:
    listed = (rows.schema.metadata or {}).get(b"fields")
    if listed:
        return str(listed.decode()).split(",")
    return [n for n in rows.column_names if n not in ADDRESS]


def _matrix(marks: pa.ChunkedArray, width: int) -> np.ndarray[Any, Any]:
    """One byte a cell; rows whose marks are missing or short are blank there."""
    whole = marks.combine_chunks() if isinstance(marks, pa.ChunkedArray) else marks
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    lengths = pc.min_max(pc.binary_length(whole)).as_py()
    if whole.null_count == 0 and lengths["min"] == lengths["max"] == width:
        buffer, start = whole.buffers()[2], whole.offset * width
        return np.frombuffer(buffer, np.uint8, len(whole) * width, start).reshape(len(whole), width)
    padded = "".join((m or "")[:width].ljust(width) for m in whole.to_pylist())
    return np.frombuffer(padded.encode("ascii", "replace"), np.uint8).reshape(len(whole), width)


def sheets(form: Form, table: pa.Table, order: Order | None = None) -> Iterator[Sheet]:
    """The tables of one extract table, each on its own sheet, in order."""
    if not table.num_rows:
        return
    marks = [pc.fill_null(table[n].combine_chunks().cast(pa.string()), "") for n in _PLACE]
    starts = {0}
    for each in marks:
        flat = pa.concat_arrays(each.chunks) if isinstance(each, pa.ChunkedArray) else each
        changed = pc.not_equal(flat[1:], flat[:-1])
        starts |= {int(i) + 1 for i in np.flatnonzero(changed.to_numpy(zero_copy_only=False))}
    edges = [*sorted(starts), table.num_rows]
    for start, end in pairwise(edges):
        part = table.slice(start, end - start)
        yield Sheet(form, part, order)


def over(sheet: Sheet, finding: Finding, rows: Sequence[int]) -> Finding:
    """The finding told once for several rows of its column: from the first to the last of them."""
    if len(rows) < 2 or finding.cell is None:
        return finding
    wide = sheet.cell(rows[0], finding.cell.field, rows[-1])
    return replace(finding, cell=wide, jumlah=len(rows))
