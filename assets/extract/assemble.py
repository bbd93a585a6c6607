"""What extract hands over: every table of every file in force, as printed, with its address and its context.

Files are read once (``assets/readers/reading.py``); here their cached tables are put together by form. No
value is judged and no row is dropped without being counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.readers import ledger, reading, vocabulary
from assets.readers.arrow_text import constant, table_of, texts, whole
from assets.readers.ledger import Entry
from assets.readers.settings_in_force import InForce
from assets.readers.standing import StandingFile, StandingTable, sha256, standing
from assets.readers.vocabulary import Form
from quality.finding import Finding
from warehouse.regions import Regions
from warehouse.values.personal import mask

_TEXT, _INT = pa.string(), pa.int64()
ADDRESS: tuple[tuple[str, pa.DataType], ...] = (
    ("berkas_id", _TEXT),
    ("lembar", _TEXT),
    ("tabel_ke", _INT),
    ("baris", _INT),
    ("jenis_baris", _TEXT),
    ("jenis_sel", _TEXT),
    ("format_sel", _TEXT),
    ("kode_unit", _TEXT),
    ("periode", _TEXT),
    ("judul", _TEXT),
)
PETA_KOLOM: tuple[tuple[str, pa.DataType], ...] = (
    ("berkas_id", _TEXT),
    ("lembar", _TEXT),
    ("tabel_ke", _INT),
    ("field", _TEXT),
    ("kolom", _TEXT),
    ("kepala", _TEXT),
    ("kepala_sel", _TEXT),
)
TABEL_DIKENAL: tuple[tuple[str, pa.DataType], ...] = (
    ("berkas_id", _TEXT),
    ("lembar", _TEXT),
    ("tabel_ke", _INT),
    ("sumber", _TEXT),
    ("bentuk", _TEXT),
    ("judul", _TEXT),
    ("kode_unit", _TEXT),
    ("periode", _TEXT),
    ("cara_unit", _TEXT),
    ("cara_periode", _TEXT),
    ("kolom_asing", _TEXT),
)
HITUNGAN: tuple[tuple[str, pa.DataType], ...] = (
    ("berkas_id", _TEXT),
    ("lembar", _TEXT),
    ("dibaca", _INT),
    ("data", _INT),
    ("tata_letak", _INT),
    ("tidak_dikenal", _INT),
)
_OWN = frozenset(name for name, _ in ADDRESS)
# Said of a table by clean, which rejects its rows for it; told once.
_TOLD_BY_CLEAN = frozenset(("unit_tidak_diketahui", "periode_tidak_diketahui"))


@dataclass
class Extracted:
    """See docs/flow.md section 2. ``tables`` has every ``<source>_<form>``, empty where no file holds it."""

    tables: dict[str, pa.Table]
    peta_kolom: pa.Table
    tabel_dikenal: pa.Table
    hitungan_lembar: pa.Table
    berkas: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def assemble(home: Path, context_regions: Regions) -> Extracted:
    """Everything that is in force in a home.

    Args:
        home: where ``raw/`` and ``warehouse/`` lie.
        context_regions: names and codes of regions, for the context of tables.
    """
    return _Assembly(home, context_regions).run()


class _Assembly:
    def __init__(self, home: Path, regions: Regions) -> None:
        self._home = home
        self._files = standing(home, regions)
        self._parts: dict[str, list[tuple[list[str], pa.Table]]] = defaultdict(list)
        self._columns: list[dict[str, Any]] = []
        self._tables: list[dict[str, Any]] = []
        self._counts: list[dict[str, Any]] = []
        self._findings: list[Finding] = []

    def run(self) -> Extracted:
        forms = vocabulary.load(self._home / "raw").tables
        for file in self._files:
            self._file(file)
        for entry in ledger.entries(self._home).values():
            self._findings += entry.findings
        order = [(n, forms[n]) for n in sorted(forms)]
        return Extracted(
            tables={name: _together(form, self._parts.get(name, [])) for name, form in order},
            peta_kolom=table_of(self._columns, PETA_KOLOM),
            tabel_dikenal=table_of(self._tables, TABEL_DIKENAL),
            hitungan_lembar=table_of(self._counts, HITUNGAN),
            berkas=self._berkas(),
            findings=self._findings,
        )

    def _file(self, file: StandingFile) -> None:
        self._findings += [*file.read.findings, *file.findings]
        if file.status != "dipakai":
            return
        dropped: dict[str, int] = defaultdict(int)
        unknown: dict[str, int] = defaultdict(int)
        handed = [self._table(file, table) for table in file.tables]
        kept: dict[str, set[int]] = {lembar: set() for lembar in _side_by_side(file.tables)}
        for table, rows in zip(file.tables, handed, strict=True):
            if table.read.lembar in kept and rows is not None:
                kept[table.read.lembar].update(rows.to_pylist())
        for table, rows in zip(file.tables, handed, strict=True):
            left = unknown if _nameless(table) else dropped
            left[table.read.lembar] += self._not_handed(file, table, rows, kept)
        for sheet in file.read.lembar:
            name = sheet["lembar"]
            gone, lost = dropped[name], unknown[name]
            self._counts.append(
                {
                    "berkas_id": file.entry.berkas_id,
                    "lembar": name,
                    "dibaca": sheet["dibaca"],
                    "data": sheet["data"] - gone - lost,
                    "tata_letak": sheet["tata_letak"] + gone,
                    "tidak_dikenal": sheet["tidak_dikenal"] + lost,
                }
            )

    def _not_handed(
        self,
        file: StandingFile,
        table: StandingTable,
        handed: pa.ChunkedArray | None,
        kept: dict[str, set[int]],
    ) -> int:
        """How many rows of a table nobody was handed; one that the table beside it has counts there."""
        if table.read.lembar not in kept or not table.read.banyak:
            return sum(table.read.banyak.values()) - (len(handed) if handed is not None else 0)
        own = set(reading.rows_of(self._home, file.read, table.read)["baris"].to_pylist())
        left = own - kept[table.read.lembar]
        kept[table.read.lembar] |= left
        return len(left)

    def _table(self, file: StandingFile, table: StandingTable) -> pa.ChunkedArray | None:
        """Hand one table over; returns the numbers of the rows that were."""
        read, found = table.read, table.found
        address = {"berkas_id": file.entry.berkas_id, "lembar": read.lembar, "tabel_ke": read.tabel_ke}
        self._tables.append(
            {
                **address,
                "sumber": read.sumber,
                "bentuk": read.bentuk,
                "judul": _title(table),
                "kode_unit": found.kode_unit,
                "periode": found.periode,
                "cara_unit": found.cara_unit,
                "cara_periode": found.cara_periode,
                "kolom_asing": "; ".join(read.kolom_asing) or None,
            }
        )
        names = _dated(table)
        self._columns += [{**address, **c, "field": names[str(c["field"])]} for c in read.kolom]
        dated = [_moved(f, names) for f in found.findings]
        if _nameless(table):
            self._findings += dated
            return None
        self._findings += [f for f in dated if f.aturan not in _TOLD_BY_CLEAN]
        if not table.dipakai or not read.banyak:
            return None
        rows = _counted(table, reading.rows_of(self._home, file.read, read))
        fields = [f for f in read.fields if f.partition("@")[2] not in table.periode_luar or "@" not in f]
        self._parts[read.tabel].append(([names[f] for f in fields], _addressed(table, address, rows, fields)))
        return rows["baris"]

    # --- files -----------------------------------------------------------------------------------
    def _berkas(self) -> list[dict[str, Any]]:
        """Rows of the table ``berkas``: every file ever received, and the configuration in force."""
        now = {f.entry.berkas_id: f for f in self._files}
        settled = InForce(self._home)
        entries = ledger.entries(self._home)
        rows = [self._berkas_row(e, now.get(e.berkas_id), settled) for e in entries.values()]
        known = {r["berkas_id"] for r in rows}
        for path in sorted((self._home / "raw" / "konfigurasi").glob("*.yaml")):
            berkas_id = sha256(path)
            if berkas_id not in known:
                rows.append(_configuration(path, berkas_id))
                known.add(berkas_id)
        return rows

    def _berkas_row(self, entry: Entry, file: StandingFile | None, settled: InForce) -> dict[str, Any]:
        tables = file.tables if file else []
        units = {t.found.kode_unit for t in tables}
        periods = {t.found.periode for t in tables}
        return {
            "berkas_id": entry.berkas_id,
            "nama": entry.nama,
            "sumber": "konfigurasi"
            if entry.status == ledger.KONFIGURASI
            else (file.read.sumber if file else None),
            "tata_letak": _layout(tables),
            "kode_unit": units.pop() if len(units) == 1 else None,
            "periode": periods.pop() if len(periods) == 1 else None,
            "ukuran": entry.ukuran,
            "diterima_pada": _moment(entry.diterima_pada),
            "asal": entry.asal,
            "status": status(entry, file, settled),
            "alasan": _reason(entry),
            "digantikan_oleh": next(reversed(entry.diganti_oleh), None),
        }


def _reason(entry: Entry) -> str | None:
    """Why it was withdrawn, or told to be replaced, in the words of whoever did it."""
    return entry.ditarik or next(reversed(entry.diganti_oleh.values()), None) or None


def status(entry: Entry, file: StandingFile | None, settled: InForce) -> str:
    """``berkas.status`` of a received file: what stands of it (``standing``), or why nothing does."""
    if entry.ditarik is not None:
        return "ditarik"
    if file is not None:
        return file.status
    if entry.status == ledger.KONFIGURASI:
        return "dipakai" if settled.holds(entry) else "digantikan"
    return "tidak_dikenal"


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _layout(tables: Sequence[StandingTable]) -> str | None:
    told = []
    for table in tables:
        sheet = "" if table.read.lembar == "-" else f"{table.read.lembar}: "
        columns = ", ".join(f"{c['field']}={c['kepala']}" for c in table.read.kolom)
        told.append(f"{sheet}{table.read.tabel} ({columns})")
    return "; ".join(told) or None


def _configuration(path: Path, berkas_id: str) -> dict[str, Any]:
    stat = path.stat()
    return {
        "berkas_id": berkas_id,
        "nama": mask(path.name),
        "sumber": "konfigurasi",
        "tata_letak": None,
        "kode_unit": path.stem if path.stem.isdigit() else None,
        "periode": None,
        "ukuran": stat.st_size,
        "diterima_pada": dt.datetime.fromtimestamp(int(stat.st_mtime), dt.UTC).replace(tzinfo=None),
        "asal": "folder konfigurasi",
        "status": "dipakai",
    }


def _side_by_side(tables: Sequence[StandingTable]) -> set[str]:
    """Sheets on which tables share physical rows."""
    found: set[str] = set()
    ends: dict[str, int] = {}
    for read in sorted((t.read for t in tables), key=lambda r: (r.lembar, r.baris_awal)):
        if read.baris_awal <= ends.get(read.lembar, 0):
            found.add(read.lembar)
        ends[read.lembar] = max(read.baris_akhir, ends.get(read.lembar, 0))
    return found


# --- rows ----------------------------------------------------------------------------------------------
def _title(table: StandingTable) -> str | None:
    return " | ".join(table.read.judul) or None


def _nameless(table: StandingTable) -> bool:
    """Whether columns of the table belong to a year that nothing names."""
    return any(f.endswith("@") for f in table.read.fields) and table.found.periode is None


def _dated(table: StandingTable) -> dict[str, str]:
    """Field names with the table's own period where the header names none (``iks@`` -> ``iks@2024``)."""
    period = table.found.periode
    names = {}
    for name in [*table.read.fields, *(str(c["field"]) for c in table.read.kolom)]:
        base, at, key = name.partition("@")
        spec = next((f for f in table.form.kolom if f.keluar == base and f.berulang), None)
        if at and not key and period and spec:
            names[name] = f"{base}@{period[:4] if spec.berulang == 'tahun' else period}"
        else:
            names[name] = name
    return names


def _moved(finding: Finding, names: Mapping[str, str]) -> Finding:
    cell = finding.cell
    if cell is None:
        return finding
    last = names.get(cell.sampai_field, cell.sampai_field) if cell.sampai_field else None
    return replace(finding, cell=replace(cell, field=names.get(cell.field, cell.field), sampai_field=last))


def _counted(table: StandingTable, rows: pa.Table) -> pa.Table:
    """The rows whose period this edition counts for."""
    if table.form.periode != "baris" or not table.periode_luar:
        return rows
    name = next(n for n in table.read.fields if n in ("tahun", "periode"))
    value = pc.utf8_trim_whitespace(pc.fill_null(rows.column(name), ""))
    mask_ = None
    for period in sorted(table.periode_luar):
        here = pc.not_equal(value, period)
        mask_ = here if mask_ is None else pc.and_(mask_, here)
    return rows.filter(mask_)


def _addressed(
    table: StandingTable, address: Mapping[str, Any], rows: pa.Table, fields: Sequence[str]
) -> pa.Table:
    n = rows.num_rows
    read, found = table.read, table.found
    constants = {
        "berkas_id": constant(address["berkas_id"], n),
        "lembar": constant(read.lembar, n),
        "tabel_ke": whole(read.tabel_ke, n),
        "kode_unit": constant(found.kode_unit, n),
        "periode": constant(found.periode, n),
        "judul": constant(_title(table), n),
    }
    names = _dated(table)
    kept = _marks_of(rows, read.fields, fields)
    columns = [constants.get(name, kept.get(name)) for name, _ in ADDRESS]
    columns = [
        c if c is not None else rows.column(name) for c, (name, _) in zip(columns, ADDRESS, strict=True)
    ]
    if "periode" in fields:
        # Rows that name their own period: it stands in the same column, the table's where a row is silent.
        at = [name for name, _ in ADDRESS].index("periode")
        columns[at] = pc.coalesce(rows.column("periode"), constants["periode"])
    fields = [f for f in fields if f not in _OWN]
    return pa.Table.from_arrays(
        [*columns, *(rows.column(f) for f in fields)],
        names=[*(n for n, _ in ADDRESS), *(names[f] for f in fields)],
    )


def _marks_of(rows: pa.Table, had: Sequence[str], fields: Sequence[str]) -> dict[str, pa.Array]:
    """Kinds and formats for the fields that stay."""
    if list(had) == list(fields):
        return {}
    at = [list(had).index(f) for f in fields]
    made = {}
    for name in ("jenis_sel", "format_sel"):
        made[name] = texts(["".join(m[i] for i in at) for m in rows.column(name).to_pylist()])
    return made


def _together(form: Form, parts: Sequence[tuple[list[str], pa.Table]]) -> pa.Table:
    """The tables of one form with the fields of all, kinds and formats in the same order."""
    fields = form.fields_with([f for names, _ in parts for f in names])
    columns = [*ADDRESS, *((f, _TEXT) for f in fields if f not in _OWN)]
    schema = pa.schema(columns, metadata={"fields": ",".join(fields)})
    if not parts:
        return pa.Table.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)
    return pa.concat_tables([_widened(names, rows, fields, schema) for names, rows in parts])


def _widened(names: Sequence[str], rows: pa.Table, fields: Sequence[str], schema: pa.Schema) -> pa.Table:
    arrays = {name: rows.column(name) for name in rows.column_names}
    if list(names) != list(fields):
        at = [names.index(f) if f in names else None for f in fields]
        for name in ("jenis_sel", "format_sel"):
            marks = rows.column(name).to_pylist()
            arrays[name] = texts(["".join(" " if i is None else m[i] for i in at) for m in marks])
    absent = pa.nulls(rows.num_rows, _TEXT)
    return pa.Table.from_arrays([arrays.get(f.name, absent) for f in schema], schema=schema)
