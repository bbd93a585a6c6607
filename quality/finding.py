"""A finding: one cause, with its address, what stood there, what was expected and what to do.

Whoever finds something (a reader, a cleaner, a rule, a mart) makes a ``Finding`` by the id of a rule;
the rule book (``quality/rules/*.yaml``) holds the consequence, the sentences and the legal basis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from warehouse.trail import Cell, Figure

AKIBAT = ("ingat", "tahan", "tolak", "henti")


@dataclass(frozen=True)
class Finding:
    """One offence against one rule.

    ``tertulis``, ``seharusnya`` and ``selisih`` are texts in Indonesian number format; ``isi`` fills
    the other placeholders of the rule's sentences. ``akibat`` overrides the rule's only where the rule
    says so. ``figures`` are the figures that a ``tahan`` withholds besides those that rest on ``cell``;
    with ``holds_cell`` False it withholds only these (a total contradicted by good parts points at the
    parts, and they go out). ``pengecualian_id`` is set by ``findings.waived``.
    ``suspects`` and ``dugaan`` say which cells are most likely wrong and why (``quality/suspect``).
    """

    aturan: str
    berkas_id: str | None = None
    lembar: str | None = None
    cell: Cell | None = None
    sel: str | None = None
    related: tuple[Cell, ...] = ()
    kode_unit: str | None = None
    periode: str | None = None
    tertulis: str | None = None
    seharusnya: str | None = None
    selisih: str | None = None
    jumlah: int = 1
    isi: Mapping[str, Any] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    akibat: str | None = None
    koreksi_id: str | None = None
    suspects: tuple[Cell, ...] = ()
    holds_cell: bool = True
    pengecualian_id: str | None = None
    dugaan: str | None = None
    dugaan_en: str | None = None
