"""Measures the set: each layout is written, opened and recognised as any received file, then compared."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from assets.readers import reading, vocabulary
from assets.readers.copying import TableRead
from assets.readers.ledger import Entry
from assets.readers.opening import open_book
from assets.readers.reading import FileRead
from assets.readers.standing import told
from tests.layouts.berkas import write
from tests.layouts.contoh import FOLDER, Expected, Layout, Refused, layouts
from warehouse.regions import Regions

_REFUSED = ("tata_letak_tidak_dikenal", "tata_letak_meragukan", "lembar_tanpa_tabel", "tabel_tanpa_kepala")


@dataclass
class Measured:
    """One layout: what it was taken for, columns and rows right of all, and every difference in words."""

    layout: Layout
    dikenali: list[str] = field(default_factory=list)
    kolom: tuple[int, int] = (0, 0)
    baris: tuple[int, int] = (0, 0)
    beda: list[str] = field(default_factory=list)

    @property
    def benar(self) -> bool:
        """Whether everything is as expected."""
        return not self.beda


@lru_cache(maxsize=1)
def _regions() -> Regions:
    return Regions.load()


@lru_cache(maxsize=1)
def measured() -> tuple[Measured, ...]:
    """The whole set, measured once."""
    return tuple(measure(layouts()))


def first_try() -> list[dict[str, str]]:
    """What the held-out layouts gave before the recogniser was touched for them."""
    with (FOLDER / "percobaan_pertama.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def measure(some: Iterable[Layout]) -> list[Measured]:
    """Write, read and compare every layout."""
    with tempfile.TemporaryDirectory() as folder:
        return [_one(layout, Path(folder)) for layout in some]


def _one(layout: Layout, folder: Path) -> Measured:
    found, rows = reading.read(open_book(write(layout, folder)), "0" * 64, vocabulary.load())
    made = Measured(layout, [t.tabel for t in found.tables])
    if found.ditolak:
        made.beda.append(f"ditolak: {found.ditolak[0]}")
    left = list(zip(found.tables, rows, strict=True))
    for want in layout.tabel:
        mine = next((x for x in left if x[0].lembar == want.lembar and x[0].tabel == want.tabel), None)
        if mine is None:
            made.beda.append(f"{want.tabel} tidak dikenali di {want.lembar}")
            _count(made, (0, len(want.kolom)), (0, len(want.classes)))
            continue
        left.remove(mine)
        _compare(made, want, found, *mine)
    for table, _ in left:
        made.beda.append(f"{table.tabel} dikenali di {table.lembar}, tidak diharapkan")
    for near in layout.bukan:
        made.beda += _refusal(near, found)
    told_rules = {f.aturan for f in found.findings}
    made.beda += [f"{rule} tidak dikatakan" for rule in layout.temuan if rule not in told_rules]
    return made


def _count(made: Measured, kolom: tuple[int, int], baris: tuple[int, int]) -> None:
    made.kolom = (made.kolom[0] + kolom[0], made.kolom[1] + kolom[1])
    made.baris = (made.baris[0] + baris[0], made.baris[1] + baris[1])


def _compare(made: Measured, want: Expected, found: FileRead, table: TableRead, rows: pa.Table) -> None:
    columns = {k["field"] or "": k["kolom"] for k in table.kolom}
    classes = dict(zip(rows["baris"].to_pylist(), rows["jenis_baris"].to_pylist(), strict=True))
    pairs: Sequence[tuple[dict, dict]] = ((dict(want.kolom), columns), (want.classes, classes))
    scores = []
    for expected, seen in pairs:
        everything = expected.keys() | seen.keys()
        wrong = [k for k in everything if expected.get(k) != seen.get(k)]
        scores.append((len(everything) - len(wrong), len(everything)))
        made.beda += [f"{want.tabel} {k}: {seen.get(k)}, seharusnya {expected.get(k)}" for k in sorted(wrong)]
    _count(made, scores[0], scores[1])
    entry = Entry("0" * 64, "x", 1, "2026-01-01", "uji", "dipakai", "x", 1)
    context = told(entry, found, table, vocabulary.load().form(table.sumber, table.bentuk), _regions())
    for name, expected, seen in (
        ("unit", want.unit, context.kode_unit),
        ("periode", want.periode, context.periode),
    ):
        if expected is not None and (seen or "") != expected:
            made.beda.append(f"{want.tabel} {name}: {seen}, seharusnya {expected or None}")


def _refusal(near: Refused, found: FileRead) -> list[str]:
    if any(t.lembar == near.lembar for t in found.tables):
        return [f"{near.lembar} dikenali, seharusnya tidak"]
    said = [f for f in found.findings if f.aturan in _REFUSED and f.lembar in (near.lembar, "-")]
    if not said:
        return [f"{near.lembar}: penolakan tidak dikatakan"]
    facts = said[0].isi
    wrong = []
    if near.terdekat and facts.get("terdekat") != near.terdekat:
        wrong.append(f"terdekat {facts.get('terdekat')}, seharusnya {near.terdekat}")
    for words, where in ((near.sebab, "sebab"), (near.baru, "kepala_lain")):
        wrong += [f"{w!r} tidak disebut di {where}" for w in words if w not in str(facts.get(where, ""))]
    return wrong
