"""What is in force: every received file with its reading, the context of its tables, which edition counts.

A later edition of the same source, form, unit, period and stage replaces the earlier one if it holds at
least its keys; otherwise the earlier one stays and what is missing is told (contract 2.4). Used by accepting
(to say so at once) and by extracting (to hand over what counts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from assets.readers import konteks, ledger, reading, templat, vocabulary
from assets.readers.copying import TableRead
from assets.readers.guarded import open_guarded
from assets.readers.ledger import Entry
from assets.readers.pdf.ocr import open_with_pictures
from assets.readers.reading import FileRead
from assets.readers.vocabulary import Form, Vocabulary
from quality.finding import Finding
from warehouse.regions import Regions

_MISSING_SHOWN = 5

Address = tuple[str, ...]


@dataclass
class StandingTable:
    """One table with its context; ``periode_luar`` are the periods in which another edition counts."""

    read: TableRead
    form: Form
    found: konteks.Found
    alamat: dict[str, Address] = field(default_factory=dict)
    periode_luar: set[str] = field(default_factory=set)

    @property
    def dipakai(self) -> bool:
        """Whether anything of it counts."""
        return not self.read.kunci or set(self.read.kunci) - self.periode_luar != set()


@dataclass
class StandingFile:
    """One file in the order of acceptance; ``status`` as the table ``berkas`` has it."""

    entry: Entry
    read: FileRead
    tables: list[StandingTable] = field(default_factory=list)
    status: str = "dipakai"
    findings: list[Finding] = field(default_factory=list)


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def standing(home: Path, regions: Regions) -> list[StandingFile]:
    """All recognised files of a home that were not withdrawn, in the order of acceptance."""
    words = vocabulary.load(home / "raw")
    entries = [e for e in ledger.entries(home).values() if e.berlaku]
    readings = dict(_readings(home, entries, words))
    made = [_file(e, readings[e.berkas_id], words, regions) for e in entries]
    _editions(made)
    templates = templat.Templates(home, words)
    for one in made:
        if one.status == "dipakai":
            one.findings += templates.outdated(one.entry.berkas_id, one.read.templat)
    return made


def _readings(home: Path, entries: Iterable[Entry], words: Vocabulary) -> Iterator[tuple[str, FileRead]]:
    """The reading of each file: from disk, or read again where program, vocabulary or source changed."""
    again: dict[Path, Entry] = {}
    versi = reading.program_version(home)
    for entry in entries:
        held = reading.kept(home, entry.berkas_id, entry.sumber, versi)
        if held is not None:
            yield entry.berkas_id, held
            continue
        path = entry.path(home)
        if path is None:
            yield entry.berkas_id, _altered(entry, "berkas tidak ada lagi")
        elif sha256(path) != entry.berkas_id:
            yield entry.berkas_id, _altered(entry, "isinya sudah berubah")
        else:
            again[path] = entry
    plain = [path for path, entry in again.items() if not entry.ocr]
    scanned = [path for path, entry in again.items() if entry.ocr]
    for path, book in chain(open_guarded(plain), open_with_pictures(scanned) if scanned else ()):
        entry = again[path]
        found, rows = reading.read_any(book, entry.berkas_id, words.only(entry.sumber))
        if found.ditolak is None or found.ditolak == book.ditolak:
            reading.keep(home, found, rows, entry.sumber, versi)
        yield entry.berkas_id, found


def _altered(entry: Entry, why: str) -> FileRead:
    told = Finding("berkas_berubah", berkas_id=entry.berkas_id, isi={"sebab": why})
    return FileRead(entry.berkas_id, "", findings=[told])


def _file(entry: Entry, read: FileRead, words: Vocabulary, regions: Regions) -> StandingFile:
    made = StandingFile(entry, read)
    for table in read.tables:
        form = words.form(table.sumber, table.bentuk)
        found = told(entry, read, table, form, regions)
        one = StandingTable(table, form, found)
        one.alamat = {p: _address(entry, one, p) for p in table.kunci}
        made.tables.append(one)
    return made


def told(entry: Entry, read: FileRead, table: TableRead, form: Form, regions: Regions) -> konteks.Found:
    """Unit and period of one table of a file."""
    said = konteks.Said(
        entry.unit,
        entry.periode,
        entry.unit_folder,
        entry.periode_folder,
        entry.tegas_unit,
        entry.tegas_periode,
    )
    words = konteks.Words(
        judul=table.judul,
        lembar=read.lines(table.lembar),
        berkas=[g for s in read.lembar if s["lembar"] != table.lembar for g in s["garis"]],
        nama_lembar="" if table.lembar == "-" or table.lembar.startswith("hal") else table.lembar,
        tahun_kepala=table.tahun_kepala,
        kode_baris=table.kode_baris,
        nama_baris=table.nama_baris,
        berisi=bool(table.banyak) or form.unit == "tabel",
    )
    needs = konteks.Needs(form.unit, form.periode, form.kumulatif, all(k[:4].isdigit() for k in table.kunci))
    return konteks.context(words, said, regions, needs, table.area(read.berkas_id))


# --- editions ----------------------------------------------------------------------------------------
def _address(entry: Entry, table: StandingTable, period: str) -> Address:
    form, found = table.form, table.found
    alone = f"?{entry.berkas_id}"
    if form.unit == "tabel":
        # A kabupaten has many agencies with the same keys: none is an edition of another.
        unit = found.kode_unit if found.kode_unit and len(found.kode_unit) == 6 else alone
    else:
        unit = _scope(table.read) or found.kode_unit or alone
    when = found.periode or alone
    if form.periode == "tidak":
        when = ""
    elif form.periode == "kolom":
        when = period if period[:4].isdigit() else f"{when}:{period}"
    elif form.periode == "baris":
        when = period
    return (form.tabel, unit, when, table.read.tahap)


def _scope(table: TableRead) -> str:
    """The smallest region that holds all rows: kecamatan, kabupaten, province or nation; else their names."""
    if table.kode_baris:
        lengths = (n for n in (6, 4, 2, 0) if len({k[:n] for k in table.kode_baris}) == 1)
        return "wilayah:" + table.kode_baris[0][: next(lengths)]
    return (
        "nama:" + "|".join(sorted(" ".join(n.upper().split()) for n in table.nama_baris))
        if table.nama_baris
        else ""
    )


def _editions(files: list[StandingFile]) -> None:
    """Settle which file counts for each address, going through the files as they came."""
    present = {f.entry.berkas_id for f in files}
    holders: dict[Address, list[StandingFile]] = {}
    for new in files:
        if present & new.entry.diganti_oleh.keys():
            _drop(new, "digantikan")
            continue
        for address, keys in _keys(new).items():
            _settle(new, address, keys, holders.setdefault(address, []))
    for one in files:
        if one.status == "dipakai" and one.tables and not any(t.dipakai for t in one.tables):
            one.status = (
                "menyusut" if any(f.aturan == "edisi_menyusut" for f in one.findings) else "digantikan"
            )


def _keys(one: StandingFile) -> dict[Address, dict[str, int]]:
    """Row keys of a file by address, its tables of one address taken together."""
    found: dict[Address, dict[str, int]] = {}
    for table in one.tables:
        for period, address in table.alamat.items():
            if period in table.periode_luar:
                continue
            counts = found.setdefault(address, {})
            for key, n in table.read.kunci[period].items():
                counts[key] = counts.get(key, 0) + n
    return found


def _settle(new: StandingFile, address: Address, keys: Mapping[str, int], held: list[StandingFile]) -> None:
    """One address of a new file against the files that hold it: it replaces, stands beside, or is refused."""
    rivals = [(old, _keys(old).get(address, {})) for old in held]
    rivals = [(old, theirs) for old, theirs in rivals if theirs.keys() & keys.keys()]
    for old, theirs in rivals:
        missing = [k for k, n in theirs.items() if keys.get(k, 0) < n]
        if missing:
            _leave(new, address)
            new.findings.append(_shrunk(new, old, address, missing))
            return
    for old, _ in rivals:
        _leave(old, address)
        held.remove(old)
        new.findings.append(_replaced(new, old, address))
    held.append(new)


def _leave(one: StandingFile, address: Address) -> None:
    for table in one.tables:
        table.periode_luar |= {p for p, a in table.alamat.items() if a == address}


def _drop(one: StandingFile, status: str) -> None:
    one.status = status
    for table in one.tables:
        table.periode_luar |= set(table.read.kunci)


def _shrunk(new: StandingFile, old: StandingFile, address: Address, missing: list[str]) -> Finding:
    shown = "; ".join(k or "(tanpa kunci)" for k in missing[:_MISSING_SHOWN])
    more = f"; dan {len(missing) - _MISSING_SHOWN} lainnya" if len(missing) > _MISSING_SHOWN else ""
    return _about(
        replace(
            Finding("edisi_menyusut", berkas_id=new.entry.berkas_id),
            jumlah=len(missing),
            isi={
                "lama": old.entry.nama,
                "lama_id": old.entry.berkas_id[:12],
                "tabel": _named(address),
                "kurang": shown + more,
            },
        ),
        address,
    )


def _replaced(new: StandingFile, old: StandingFile, address: Address) -> Finding:
    return _about(
        Finding(
            "edisi_digantikan",
            berkas_id=new.entry.berkas_id,
            isi={"lama": old.entry.nama, "tabel": _named(address)},
        ),
        address,
    )


def _about(finding: Finding, address: Address) -> Finding:
    _, unit, when, _ = address
    return replace(
        finding,
        kode_unit=unit if unit.isdigit() else None,
        periode=when if when[:4].isdigit() else None,
    )


def _named(address: Address) -> str:
    table, unit, when, stage = address
    parts = [unit.removeprefix("wilayah:").removeprefix("nama:"), when, "perubahan" if stage else ""]
    return " ".join([table, *(p for p in parts if p and not p.startswith("?"))])
