"""Which rows read from a picture are proven: by a sum that holds, under the name that is the code's own.

A wrong digit breaks a sum to the last rupiah; a percentage of two decimals would not notice it, so it proves
nothing here. A wrong code would put a right amount in a wrong place, so its official name must confirm it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyarrow as pa

from assets.readers.rows import DATA, TOTAL
from assets.readers.vocabulary import Form
from warehouse.programs import nama_program, nama_rekening
from warehouse.values.codes import nama_baku
from warehouse.values.numbers import Unreadable, parse_number

# Columns of amounts that add up; percentages do not.
_AMOUNTS = ("pagu", "pagu_murni", "pagu_perubahan", "realisasi", "realisasi_tahun_lalu", "anggaran", "jumlah")
_NAMES = ("uraian", "sub_kegiatan", "kegiatan", "program")


def unproven(rows: pa.Table, form: Form) -> list[int]:
    """Indices of the rows that nothing proves.

    Args:
        rows: one table as copied (``copying.py``).
        form: its form.
    """
    fields = [f.nama for f in form.kolom if f.nama in _AMOUNTS and f.nama in rows.column_names]
    told = {
        name: [t or "" for t in rows.column(name).to_pylist()]
        for name in rows.column_names
        if name != "baris"
    }
    n = rows.num_rows
    if not fields:
        return list(range(n))
    families = _families(told, n)
    proven = [_by_name(told, i) for i in range(n)]
    for field in fields:
        values = [_amount(text) for text in told[field]]
        sums = [(parent, children) for parent, children in families if values[parent] is not None]
        held = _held(values, sums)
        proven = [ok and (not told[field][i].strip() or i in held) for i, ok in enumerate(proven)]
    return [i for i, ok in enumerate(proven) if not ok]


def _held(values: Sequence[Decimal | None], sums: Sequence[tuple[int, list[int]]]) -> set[int]:
    """Rows that are part of a sum that holds, and of none that does not."""
    held: set[int] = set()
    broken: set[int] = set()
    for parent, children in sums:
        parts = [values[c] for c in children]
        holds = None not in parts and sum(p for p in parts if p is not None) == values[parent]
        (held if holds else broken).update([parent, *children])
    return held - broken


def _families(told: Mapping[str, Sequence[str]], n: int) -> list[tuple[int, list[int]]]:
    """Each row that is a sum, with the rows it adds up: by their codes, and the total of the topmost ones."""
    codes = ["".join(c.split()).rstrip(".") for c in told.get("kode", [""] * n)]
    at = {code: i for i, code in enumerate(codes) if code}
    below: dict[int, list[int]] = {}
    top: list[int] = []
    for i, code in enumerate(codes):
        if told["jenis_baris"][i] != DATA:
            continue
        above = _above(code, at) if code else None
        if above is None:
            top.append(i)
        else:
            below.setdefault(above, []).append(i)
    totals = [i for i in range(n) if told["jenis_baris"][i] == TOTAL]
    return [*below.items(), *((i, top) for i in totals)]


def _above(code: str, at: Mapping[str, int]) -> int | None:
    parts = code.split(".")
    return next(
        (at[".".join(parts[:k])] for k in range(len(parts) - 1, 0, -1) if ".".join(parts[:k]) in at), None
    )


def _by_name(told: Mapping[str, Sequence[str]], i: int) -> bool:
    """Whether the code's official name is the one printed; a total has no code to confirm."""
    if told["jenis_baris"][i] == TOTAL:
        return True
    code = "".join(told.get("kode", [""] * (i + 1))[i].split()).rstrip(".")
    name = next((told[f][i] for f in _NAMES if f in told and told[f][i].strip()), "")
    official = nama_rekening(code) or nama_program(code)
    return bool(official and name and nama_baku(official) == nama_baku(name))


def _amount(text: str) -> Decimal | None:
    try:
        return parse_number(text, "money")
    except Unreadable:
        return None
