"""The reports of a run: written when it publishes, and again whenever somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.publish import snapshot
from assets.publish.annotated import mark
from assets.publish.release import Release
from assets.publish.validation import copies, facts, reports
from assets.publish.validation.facts import Facts, Note, Settlements
from assets.readers import ledger
from pipelines.knowledge import Knowledge
from pipelines.settings import Settings
from warehouse import contracts

READ = (*contracts.names("mart"), *facts.SYSTEM)


def at_publish(found: Settings, known: Knowledge, made: Release) -> list[Note]:
    """Write ``warehouse/laporan`` and the marked copies it links to; returns what could not be written."""
    folder = found.salinan
    marked = copies.write(
        _sources(found, made.tables["berkas"]),
        {b: [mark(*told) for told in about] for b, about in made.tempat.items()},
        folder,
    )
    links = reports.links(marked.salinan, folder, found.laporan)
    return reports.write_all(_facts(known, made.tables, links, notes=marked.catatan), found.laporan)


def told(known: Knowledge, tables: Mapping[str, pa.Table]) -> Facts:
    """What the published tables (``READ``) come to, without marked copies and origins of figures."""
    return _facts(known, tables, {}, way_back=False)


def again(
    found: Settings, known: Knowledge, temuan: pa.Table, narrowed: Mapping[str, str], beside: Path
) -> Facts:
    """What the last run came to, with only these of its findings, for a report in the folder ``beside``."""
    tables = snapshot.read_all(found.published, READ)
    folder = found.salinan
    links = reports.links(copies.held(folder), folder, beside)
    return _facts(known, tables | {"temuan": temuan}, links, narrowed=narrowed, whole=tables["temuan"])


def _facts(
    known: Knowledge,
    tables: Mapping[str, pa.Table],
    links: Mapping[str, str],
    *,
    notes: Iterable[Note] = (),
    narrowed: Mapping[str, str] | None = None,
    whole: pa.Table | None = None,
    way_back: bool = True,
) -> Facts:
    settlements = Settlements(known.corrections, known.waivers)
    names = {code: known.nama(code) for code in _units(tables)}
    return facts.gather(
        tables,
        known.book,
        settlements,
        names,
        copies=links,
        notes=list(notes),
        narrowed=narrowed,
        whole=whole,
        way_back=way_back,
    )


def _units(tables: Mapping[str, pa.Table]) -> set[str]:
    found: set[Any] = set()
    for table in tables.values():
        if "kode_unit" in table.schema.names:
            found |= set(table["kode_unit"].unique().to_pylist())
    return {code for code in found if code}


def _sources(found: Settings, berkas: pa.Table) -> Iterator[copies.Source]:
    """The received files in force, as they lie in the home."""
    entries = ledger.entries(found.home)
    for row in contracts.as_rows(berkas, ["berkas_id", "nama", "status"]):
        entry = entries.get(row["berkas_id"])
        path = entry.path(found.home) if entry is not None else None
        if row["status"] == ledger.DIPAKAI and path is not None:
            yield copies.Source(row["berkas_id"], row["nama"], path)
