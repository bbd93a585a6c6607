"""What the stages hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from quality.finding import Finding
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Trail


@dataclass(frozen=True)
class Context:
    """What every stage may know besides its input: regions, indicators, and each unit's choices."""

    regions: Regions
    indicators: Catalogue
    choices: Choices


@dataclass
class Sifted:
    """Clean rows and what did not become one.

    ``accepted``: rows of the clean table's contract, address columns included (dicts, not yet Arrow).
    ``rejected``: ``{berkas_id, lembar, baris, kolom, aturan, alasan}``; ``kolom`` is a field name, or
    ``*`` where the whole row is rejected. ``findings``: what was noticed on the way.
    ``layout``: addresses ``(berkas_id, lembar, baris)`` of data rows that proved to be layout.
    """

    accepted: list[dict[str, Any]] | pa.Table = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    layout: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass
class Mart:
    """Figures of one published table with the way back of each, and findings made while computing."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    trail: Trail = field(default_factory=Trail)
    findings: list[Finding] = field(default_factory=list)
