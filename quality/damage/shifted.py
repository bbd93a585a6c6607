"""Rows whose values sit one column to the left or right of their headers.

What a column looks like (number, word, date) is learnt from its other rows. A row is told where at least two
of its cells look like their neighbours' columns and, moved by one, every cell fits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from quality.damage.sheet import Sheet
from quality.finding import Finding

_BLANK, _TEXT = 32, ord("t")
_NUMBER = ord("n")
# So many rows must share a column's look before one row can be said to differ, and so large a share of them.
_ENOUGH, _SHARE = 4, 0.8
_MISFITS, _FILLED = 2, 3
_TOLD = 200


def find(sheet: Sheet) -> list[Finding]:
    """Each shifted row by itself."""
    names = [n for n in (sheet.order or sheet.fields) if sheet.present(n)]
    if len(sheet) < _ENOUGH + 1 or len(names) < _FILLED:
        return []
    looks = np.stack([_looks(sheet, n) for n in names], axis=1)
    usual = [_usual(looks[:, k]) for k in range(len(names))]
    misfit = np.zeros(len(sheet), dtype=np.int16)
    for k, look in enumerate(usual):
        if look:
            misfit += (looks[:, k] != look) & (looks[:, k] != _BLANK)
    data = set(sheet.data) if (misfit >= _MISFITS).any() else set()
    found = []
    for row in np.flatnonzero(misfit >= _MISFITS)[:_TOLD]:
        if int(row) in data and (moved := _moved(looks[row], usual)):
            found.append(_told(sheet, int(row), names, *moved))
    return found


def _looks(sheet: Sheet, name: str) -> np.ndarray[Any, Any]:
    """Kinds of a column, texts that begin with a figure taken for numbers."""
    kinds = sheet.kinds(name)
    texts = kinds == _TEXT
    if not texts.any():
        return kinds
    numeric = _begins_with_figure(sheet.column(name)) & texts
    return np.where(numeric, _NUMBER, kinds)


def _begins_with_figure(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    whole = column.combine_chunks()
    flat = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
    if flat.type != pa.string() or not len(flat):
        return np.zeros(len(flat), dtype=bool)
    _, offsets, letters = flat.buffers()
    at = np.frombuffer(offsets, np.int32, len(flat) + 1, flat.offset * 4)
    if letters is None or not letters.size:
        return np.zeros(len(flat), dtype=bool)
    held = np.frombuffer(letters, np.uint8)
    first = held[np.minimum(at[:-1], len(held) - 1)]
    return (at[1:] > at[:-1]) & (first >= ord("0")) & (first <= ord("9"))


def _usual(looks: np.ndarray[Any, Any]) -> int:
    """The look that most filled cells of a column share; 0 where there is none."""
    filled = looks[looks != _BLANK]
    if len(filled) < _ENOUGH:
        return 0
    counts = np.bincount(filled, minlength=256)
    best = int(counts.argmax())
    return best if counts[best] >= _SHARE * len(filled) else 0


def _moved(row: np.ndarray[Any, Any], usual: list[int]) -> tuple[int, int] | None:
    """Direction (+1: the values sit too far right) and first column of a move after which all cells fit."""
    for step in (1, -1):
        for start in range(len(usual)):
            if _fits(row, usual, step, start):
                return step, start
    return None


def _fits(row: np.ndarray[Any, Any], usual: list[int], step: int, start: int) -> bool:
    """Whether the cells from ``start`` on belong one column back (``step`` 1) or further (-1)."""
    width = len(usual)
    before = range(start)
    if any(row[k] not in (_BLANK, usual[k]) for k in before if usual[k]):
        return False
    if step == 1:
        if row[start] != _BLANK:
            return False
        pairs = [(int(row[k]), usual[k - 1]) for k in range(start + 1, width)]
    else:
        if row[width - 1] != _BLANK:
            return False
        pairs = [(int(row[k]), usual[k + 1]) for k in range(start, width - 1)]
    filled = [(look, wanted) for look, wanted in pairs if look != _BLANK]
    misfits = sum(1 for k in range(start, width) if row[k] != _BLANK and usual[k] and row[k] != usual[k])
    return (
        len(filled) >= _FILLED
        and misfits >= _MISFITS
        and len({look for look, _ in filled}) > 1
        and all(wanted and look == wanted for look, wanted in filled)
    )


def _told(sheet: Sheet, row: int, names: list[str], step: int, start: int) -> Finding:
    filled = [n for n in names[start:] if sheet.text(row, n)]
    return sheet.finding(
        "kolom_bergeser",
        sheet.cell(row, filled[0], None, filled[-1]),
        tertulis=sheet.text(row, filled[0]),
        seharusnya=None,
        jumlah=len(filled),
        isi={"arah": "→" if step == 1 else "←", "bukti": f"{len(filled)}/{len(filled)}"},
    )
