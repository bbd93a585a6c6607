"""The way back: which inputs a published figure was made of.

A mart writes one step for each operand while it computes. The steps answer ``lumbung why`` and
tell the gate which figures a withheld cell reaches. Cells are named by row and field; their
letters are filled in once, from the column map, when everything is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cell:
    """Where a value stood: file, sheet, table on the sheet, row(s) and field of its source."""

    berkas_id: str
    lembar: str
    tabel_ke: int
    baris: int
    field: str
    sampai_baris: int | None = None
    sampai_field: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], field_name: str) -> Cell:
        """The cell of one field of a clean row (which carries its address).

        A value added up from several printed columns names the first and the last in ``<field>_dari``.
        """
        first, _, last = (row.get(f"{field_name}_dari") or field_name).partition(":")
        until = last if last and last != first else None
        return cls(row["berkas_id"], row["lembar"], row["tabel_ke"], row["baris"], first, sampai_field=until)


@dataclass(frozen=True)
class Figure:
    """A figure of ours: table, key (``Table.key_of``) and column."""

    tabel: str
    kunci: str
    kolom: str


@dataclass(frozen=True)
class Choice:
    """A choice of the unit's configuration, or its default: name and value."""

    nama: str
    nilai: str


Source = Cell | Figure | Choice | None


@dataclass(frozen=True)
class Step:
    """One operand of one figure; ``source`` None is a constant of the formula."""

    figure: Figure
    rumus: str
    peran: str
    nilai: str | None
    source: Source


@dataclass
class Trail:
    """Steps in the order they were taken."""

    steps: list[Step] = field(default_factory=list)

    def add(self, figure: Figure, rumus: str, operands: Iterable[tuple[str, Any, Source]]) -> None:
        """Record the operands ``(peran, value, source)`` from which ``rumus`` made ``figure``."""
        for peran, value, source in operands:
            self.steps.append(Step(figure, rumus, peran, None if value is None else str(value), source))
