"""Printed tables for the tests of the detectors, and damage planted in them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from quality.damage.detect import detect
from quality.finding import Finding
from quality.findings import sentence
from quality.rule import RuleBook

BERKAS = "d" * 64
BOOK = RuleBook.load()
Cell = str | tuple[str, str] | tuple[str, str, str] | None


def n(value: Any, form: str = " ") -> tuple[str, str, str]:
    """A numeric cell."""
    return str(value), "n", form


def kind(text: str, jenis: str) -> tuple[str, str]:
    """A cell of another kind."""
    return text, jenis


def table(fields: str, rows: Sequence[Sequence[Cell]], jenis_baris: Sequence[str] = ()) -> pa.Table:
    """An extract table of one sheet whose rows begin in row 5."""
    names = fields.split()
    cells = [[_cell(c) for c in row] for row in rows]
    address = {
        "berkas_id": [BERKAS] * len(rows),
        "lembar": ["Lembar1"] * len(rows),
        "tabel_ke": pa.array([1] * len(rows), pa.int64()),
        "baris": pa.array(range(5, 5 + len(rows)), pa.int64()),
        "jenis_baris": list(jenis_baris) or ["data"] * len(rows),
        "jenis_sel": ["".join(c[1] for c in row) for row in cells],
        "format_sel": ["".join(c[2] for c in row) for row in cells],
        "kode_unit": ["630103"] * len(rows),
        "periode": ["2025"] * len(rows),
        "judul": ["Contoh"] * len(rows),
    }
    columns = {name: pa.array([row[k][0] for row in cells], pa.string()) for k, name in enumerate(names)}
    return pa.table(address | columns).replace_schema_metadata({"fields": ",".join(names)})


def _cell(said: Cell) -> tuple[str | None, str, str]:
    if said is None or said == "":
        return None, " ", " "
    if isinstance(said, str):
        return said, "t", " "
    text, jenis, *form = said
    return text, jenis, form[0] if form else " "


def found(name: str, given: pa.Table, order: Sequence[str] = ()) -> list[Finding]:
    """What is found; every finding must fill the sentences of its rule in both languages."""
    told = detect(name, given, (lambda place: order) if order else None)
    for each in told:
        for which in ("pesan", "cara", "pesan_en", "cara_en"):
            assert sentence(each, BOOK, which)
    return told


def told(findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    """Rule, row, field, proven value."""
    return [(f.aturan, f.cell.baris, f.cell.field, f.seharusnya) for f in findings if f.cell]


ACCOUNTS = "kode uraian pagu realisasi persen"


def accounts(rng: random.Random, groups: int = 4, show: Callable[[Decimal], Cell] = n) -> list[list[Cell]]:
    """A report by account whose sums and percentages hold: one akun, kelompok, jenis and objek below."""
    leaves: list[tuple[str, Decimal, Decimal]] = []
    for j in range(1, groups + 1):
        for o in range(1, rng.randint(2, 5)):
            pagu = Decimal(rng.randint(1_234_567, 987_654_321))
            leaves.append(
                (f"5.1.{j:02d}.{o:02d}", pagu, (pagu * rng.randint(31, 97) / 100).quantize(Decimal(1)))
            )
    rows: list[tuple[str, Decimal, Decimal]] = []
    for code in sorted({c[:k] for c, *_ in leaves for k in (1, 3, 6, 9)}):
        mine = [(p, r) for c, p, r in leaves if c == code or c.startswith(code + ".")]
        rows.append((code, sum((p for p, _ in mine), Decimal(0)), sum((r for _, r in mine), Decimal(0))))
    return [
        [code, f"Belanja {code}", show(p), show(r), n((r * 100 / p).quantize(Decimal("0.01")))]
        for code, p, r in rows
    ]
