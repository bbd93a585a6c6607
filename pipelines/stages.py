"""What each stage does to its tables, without a scheduler: the main job and ``check`` both go through here.

The stages themselves are under ``assets/`` and ``quality/``; here stands what they are given and what is kept
of each: a table, and the notes beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from assets.clean import corrections
from assets.clean.registry import CLEANERS, Cleaner
from assets.extract import assemble, unhandled
from assets.marts.registry import MAKINGS, Making
from pipelines.knowledge import Knowledge
from quality.damage import detect
from quality.finding import Finding
from warehouse import contracts
from warehouse.trail import Cell, Figure, Step

EXTRACTS = tuple(sorted({name for c in CLEANERS.values() for name in c.inputs}))
MART_NAMES = tuple(name for making in MAKINGS for name in making.outputs)
_WILAYAH = "wilayah_daftar"


@dataclass
class Notes:
    """What an asset noticed besides its table."""

    findings: list[Finding] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    layout: list[tuple[str, str, int]] = field(default_factory=list)
    corrected: list[tuple[Cell, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass
class Noted:
    """A table with its notes."""

    table: pa.Table
    notes: Notes


@dataclass
class FilesRead:
    """The files in force (rows of table ``berkas``), and what was found while reading them."""

    berkas: list[dict[str, Any]]
    findings: list[Finding]


@dataclass
class Extracted:
    """All that was read: extract tables by name, the column map, the tables recognised, row counts, files."""

    tables: dict[str, pa.Table]
    peta_kolom: pa.Table
    tabel_dikenal: pa.Table
    hitungan_lembar: pa.Table
    files: FilesRead


def accepted_regions(found: assemble.Extracted, known: Knowledge) -> pa.Table | None:
    """Accepted region lists (``clean_wilayah``), or None where there is none.

    Such a list overrides its kabupaten, also for telling which unit a table is of: whoever gets one loads
    what is known anew and assembles again.
    """
    listed = found.tables[_WILAYAH]
    return clean(CLEANERS["clean_wilayah"], {_WILAYAH: listed}, known).table if listed.num_rows else None


def extracted(found: assemble.Extracted) -> Extracted:
    """What the cleaners take; tables that none of them asks for are counted and told as unknown."""
    unasked = {n: t for n, t in found.tables.items() if n not in EXTRACTS and t.num_rows}
    counts, told = unhandled.as_unknown(found.hitungan_lembar, unasked)
    return Extracted(
        {n: found.tables[n] for n in EXTRACTS},
        found.peta_kolom,
        found.tabel_dikenal,
        counts,
        FilesRead(found.berkas, [*found.findings, *told]),
    )


def clean(
    cleaner: Cleaner, tables: Mapping[str, pa.Table], known: Knowledge, peta_kolom: pa.Table | None = None
) -> Noted:
    """Corrections on the printed text, then the cleaner and the detectors of damage, each cell told once.

    Args:
        cleaner: which clean table is made; the result keeps its contract.
        tables: the extract tables that it takes.
        known: what the run knows.
        peta_kolom: the column map, for the order of columns on a sheet; without it the form's order is taken.
    """
    notes = Notes()
    mended = {}
    damage: list[Finding] = []
    order = detect.order_of(peta_kolom) if peta_kolom is not None else None
    for name, printed in tables.items():
        mended[name], findings, corrected = corrections.apply(name, printed, known.corrections)
        if cleaner.reports_corrections(name):
            notes.findings += findings
            damage += detect.detect(name, mended[name], order)
        notes.corrected += corrected
    sifted = cleaner.function(mended, known.context)
    notes.findings += detect.told_once(sifted.findings, damage)
    notes.rejected, notes.layout = sifted.rejected, sifted.layout
    accepted = sifted.accepted
    table = accepted if isinstance(accepted, pa.Table) else contracts.build(cleaner.table, accepted)
    return Noted(table, notes)


def clean_all(
    tables: Mapping[str, pa.Table], known: Knowledge, peta_kolom: pa.Table | None = None
) -> dict[str, Noted]:
    """Every clean table from the extract tables it needs."""
    return {
        name: clean(cleaner, {n: tables[n] for n in cleaner.inputs}, known, peta_kolom)
        for name, cleaner in CLEANERS.items()
    }


def compute(making: Making, inputs: Mapping[str, pa.Table], known: Knowledge) -> dict[str, Noted]:
    """The figures of one mart function, each row stamped with the version of the rules that made it."""
    made = {}
    for name, mart in making.function(**inputs, context=known.context).items():
        rows = [{**r, "versi_aturan": known.versi_aturan(r.get("kode_unit"))} for r in mart.rows]
        made[name] = Noted(contracts.build(name, rows), Notes(findings=mart.findings, steps=mart.trail.steps))
    return made


def compute_all(cleaned: Mapping[str, Noted], known: Knowledge) -> dict[str, Noted]:
    """Every mart, in the order of the registry: each may take what those before it made."""
    made: dict[str, Noted] = dict(cleaned)
    for making in MAKINGS:
        inputs = {parameter: made[name].table for parameter, name in making.inputs.items()}
        made |= compute(making, inputs, known)
    return {name: made[name] for name in MART_NAMES}


def about_unit(finding: Finding, tables: Mapping[str, Noted]) -> Finding:
    """The finding with every figure of its unit (a kabupaten's code stands for all its kecamatan)."""
    figures = [
        Figure(name, contracts.table(name).key_of(row), "*")
        for name in MART_NAMES
        if "kode_unit" in tables[name].table.schema.names
        for row in contracts.as_rows(tables[name].table)
        if (row["kode_unit"] or "").startswith(finding.kode_unit or "-")
    ]
    return replace(finding, figures=tuple(figures))


def gathered(noted: Iterable[Noted], others: Iterable[list[Finding]]) -> Notes:
    """The notes of all tables and the findings of all judges as one."""
    whole = Notes()
    for each in noted:
        whole.findings += each.notes.findings
        whole.rejected += each.notes.rejected
        whole.layout += each.notes.layout
        whole.corrected += each.notes.corrected
        whole.steps += each.notes.steps
    for findings in others:
        whole.findings += findings
    return whole
