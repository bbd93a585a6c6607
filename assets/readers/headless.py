"""Tables that nobody gave a header: what their columns look like, and which forms they could be.

Nothing is read from them: which amount a bare column holds is never guessed. The officer is told what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.readers.grid import Grid
from assets.readers.vocabulary import SHAPES, Field, Form

# Rows that must be built alike before a list counts as a table, and how many of a column's cells must agree.
_ROWS, _ALIKE = 8, 0.8
_LOOKED_AT = 300
_NEAREST = 3
_CODE = re.compile(r"\d+(?:\s*\.\s*\d+)+\.?|\d{6}|\d{10}|\d{3}\s+\d{5}(?:\s+\d+)*")
_NUMBER = SHAPES["angka"]
_WORDS = SHAPES["teks"]
_LOOKS = {"kode": "kode", "rekening": "kode", "program": "kode", "wilayah": "kode", "angka": "angka"}


@dataclass(frozen=True)
class Headless:
    """A table without a header: its first grid row, its rows, what each column looks like, nearest forms."""

    first: int
    rows: int
    columns: tuple[tuple[int, str], ...]
    forms: tuple[Form, ...]

    def wanted(self) -> list[str]:
        """The fields that the nearest form asks for, in its order."""
        return [f.nama for f in _needed(self.forms[0])] if self.forms else []


def headless(grid: Grid, forms: Iterable[Form]) -> Headless | None:
    """The table on a sheet where none was recognised, if its rows are built alike."""
    rows = [r for r in range(len(grid.teks)) if len(grid.jenis[r].replace(" ", "")) > 2][:_LOOKED_AT]
    if len(rows) < _ROWS:
        return None
    columns = [(c, look) for c in range(len(grid.teks[0])) if (look := _look(grid, rows, c))]
    looks = [look for _, look in columns]
    if "angka" not in looks or not {"kode", "teks"} & set(looks):
        return None
    first = rows[0]
    if not all(_fits(grid.teks[first][c], look) for c, look in columns if grid.teks[first][c].strip()):
        return None  # a header stands there, of words that are not known
    counted = sum(any(row) for row in grid.teks[first:])
    return Headless(first, counted, tuple(columns), _nearest(looks, forms))


def _look(grid: Grid, rows: Sequence[int], c: int) -> str | None:
    """``kode``, ``angka`` or ``teks``, where most rows have a cell there that is."""
    cells = [t for r in rows if (t := grid.teks[r][c].strip())]
    if len(cells) * 2 < len(rows):
        return None
    looks = ("kode", "angka", "teks")
    return next((k for k in looks if sum(_fits(t, k) for t in cells) >= _ALIKE * len(cells)), None)


def _fits(text: str, look: str) -> bool:
    text = text.strip()
    if look == "kode":
        return _CODE.fullmatch(text) is not None
    return (_NUMBER if look == "angka" else _WORDS).search(text) is not None


def _needed(form: Form) -> list[Field]:
    """The fields a row of the form needs: the required ones, and the first way of each alternative."""
    names = [n for group in form.salah_satu for n in group[0]]
    return [f for f in form.kolom if f.wajib or f.nama in names]


def _nearest(looks: Sequence[str], forms: Iterable[Form]) -> tuple[Form, ...]:
    """Forms that could be filled from such columns, those that use most of them first."""
    found = []
    for form in forms:
        needed = _needed(form)
        wanted = [_LOOKS.get(f.nilai, "teks") for f in needed]
        if any(f.berulang for f in needed) or any(wanted.count(k) > looks.count(k) for k in set(wanted)):
            continue
        also = {_LOOKS.get(f.nilai, "teks") for f in form.kolom}
        unused = sum(k not in also for k in looks)
        found.append((unused, abs(len(looks) - len(wanted)), form.tabel, form))
    return tuple(form for *_, form in sorted(found, key=lambda x: x[:3])[:_NEAREST])
