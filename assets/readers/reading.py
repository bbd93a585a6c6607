"""One file read once: its tables as Arrow text with addresses, and what else was seen; kept by its hash.

``HOME/warehouse/layers/baca/<berkas_id>/`` holds one Parquet file a table and ``baca.json``; it is used again
while neither the bytes nor the program's readers and vocabularies have changed. Unit and period are not kept:
they depend on flags and on the region list, and cost little.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.readers import vocabulary
from assets.readers.arrow_text import integers, texts
from assets.readers.grid import Book, Grid, kolom_huruf
from assets.readers.header import Merges
from assets.readers.recognise import Near, Recogniser, SheetReading, line
from assets.readers.rows import DATA, JUDUL, TIDAK_DIKENAL, Cells, Column, PrintedTable
from assets.readers.vocabulary import Form, Vocabulary
from assets.readers.words import normal
from quality.finding import Finding
from warehouse.trail import Cell
from warehouse.values.personal import mask

_FILLED_DOWN = "^"
# Lines kept of a sheet as context, and distinct region names of its rows.
_LINES, _NAMES = 12, 50
_KEY_SHOWN = 120
# Beside recognised tables only a header that lacks little is worth a word.
_NEAR_ENOUGH = 0.5


@dataclass
class TableRead:
    """One recognised table without its rows: what it is, its columns, what its rows say of unit and period.

    ``kunci`` counts each row key (``Form.kunci``), by period where rows carry their own; ``berkas_parquet``
    is the name of its rows on disk.
    """

    sumber: str
    bentuk: str
    lembar: str
    tabel_ke: int
    judul: list[str]
    tahun_kepala: int | None
    kolom: list[dict[str, str | None]]
    fields: list[str]
    kolom_asing: list[str]
    baris_awal: int
    baris_akhir: int
    banyak: dict[str, int]
    kode_baris: list[str]
    nama_baris: list[str]
    kunci: dict[str, dict[str, int]]
    tahap: str
    tidak_dikenal: list[int]
    berkas_parquet: str

    @property
    def tabel(self) -> str:
        """Name of the extract table."""
        return f"{self.sumber}_{self.bentuk}"

    def area(self, berkas_id: str) -> Cell:
        """All cells of the table."""
        first, last = self.kolom[0]["field"] or "", self.kolom[-1]["field"] or ""
        return Cell(
            berkas_id,
            self.lembar,
            self.tabel_ke,
            self.baris_awal,
            first,
            sampai_baris=self.baris_akhir,
            sampai_field=last,
        )


@dataclass
class FileRead:
    """What one file holds. ``ditolak`` names the rule and its facts where nothing could be read."""

    berkas_id: str
    jenis_berkas: str
    ditolak: tuple[str, dict[str, str]] | None = None
    tables: list[TableRead] = field(default_factory=list)
    lembar: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sumber(self) -> str | None:
        """The source most of its rows belong to."""
        counts: Counter[str] = Counter()
        for table in self.tables:
            counts[table.sumber] += sum(table.banyak.values()) + 1
        return counts.most_common(1)[0][0] if counts else None

    def lines(self, lembar: str) -> list[str]:
        """Context lines of one sheet."""
        return next((s["garis"] for s in self.lembar if s["lembar"] == lembar), [])


def read(book: Book, berkas_id: str, words: Vocabulary) -> tuple[FileRead, list[pa.Table]]:
    """Recognise and copy every table of an opened file.

    Returns:
        What it holds, and the rows of each of its tables in the same order.

    Raises:
        assets.readers.rows.RowsUncounted: a row ended nowhere (a fault of ours).
    """
    made = FileRead(berkas_id, book.jenis_berkas, book.ditolak)
    made.findings += [_note(berkas_id, *note) for note in book.catatan]
    rows: list[pa.Table] = []
    for grid, sheet in zip(book.lembar, Recogniser(words).book(book.lembar), strict=True):
        made.lembar.append({"lembar": grid.lembar, **sheet.counts, "garis": _lines(grid, sheet.classes)})
        copier = _Copier(grid, berkas_id, next((t.judul for t in sheet.tables if t.judul), []))
        for table in sheet.tables:
            described, arrow = copier.copy(table)
            made.tables.append(described)
            rows.append(arrow)
        made.findings += copier.findings
        made.findings += _sheet_findings(grid, sheet, berkas_id)
    made.findings = _pages_together(_without_repeats(made.findings), book)
    for i, described in enumerate(made.tables, 1):
        described.berkas_parquet = f"{i:03d}.parquet"
    return made, rows


def _note(berkas_id: str, aturan: str, facts: Mapping[str, str]) -> Finding:
    rest = {k: v for k, v in facts.items() if k not in ("lembar", "sel", "jumlah", "tertulis")}
    jumlah = facts.get("jumlah", "1")
    return Finding(
        aturan,
        berkas_id=berkas_id,
        lembar=facts.get("lembar"),
        sel=facts.get("sel"),
        tertulis=facts.get("tertulis"),
        jumlah=int(jumlah) if jumlah.isdigit() else 1,
        isi=rest,
    )


def _without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """A sheet's list of error cells is not told where each of them is told by itself."""
    single: Counter[tuple[str, str | None]] = Counter()
    for f in findings:
        if f.cell is not None and f.aturan in ("sel_galat", "rumus_tanpa_nilai"):
            single[f.aturan, f.lembar] += f.jumlah
    return [f for f in findings if f.cell is not None or single.get((f.aturan, f.lembar), 0) < f.jumlah]


def _pages_together(findings: Sequence[Finding], book: Book) -> list[Finding]:
    """Pages of a PDF without a table are told in one finding; most pages of a report have none."""
    pages = {g.lembar for g in book.lembar if g.halaman is not None}
    bare = [f for f in findings if f.aturan == "lembar_tanpa_tabel" and f.lembar in pages]
    if len(bare) < 2:
        return list(findings)
    first, last = bare[0].lembar, bare[-1].lembar
    whole = replace(bare[0], lembar=f"{first} s.d. {last}", jumlah=sum(f.jumlah for f in bare))
    return [f for f in findings if f not in bare] + [whole]


def _lines(grid: Grid, classes: Sequence[str]) -> list[str]:
    """Titles of a sheet and its text outside tables: where unit and period may be named, signatures apart."""
    chosen = [r for r, k in enumerate(classes) if k == JUDUL]
    chosen += [r for r, k in enumerate(classes[:40]) if k == TIDAK_DIKENAL]
    found = (mask(line(grid, r))[:300] for r in sorted(set(chosen))[:_LINES])
    return [x for x in found if x]


# --- findings of a sheet -----------------------------------------------------------------------------
def _sheet_findings(grid: Grid, sheet: SheetReading, berkas_id: str) -> Iterable[Finding]:
    for table in sheet.tables:
        if table.asing and not table.lanjutan:
            yield _foreign(grid, table, berkas_id)
        if not table.rows and not table.lanjutan:
            yield Finding(
                "tabel_kosong",
                berkas_id=berkas_id,
                lembar=grid.lembar,
                sel=_a1(grid, *table.columns[0].head.sel),
                isi={"dikenali": table.form.tabel},
            )
        if table.tidak_dikenal:
            yield _unknown_rows(grid, table.tidak_dikenal, berkas_id)
    near = max(sheet.near, key=lambda n: n.bagian, default=None)
    if near is not None and (near.bagian >= _NEAR_ENOUGH or not sheet.tables):
        yield _unfit(grid, near, sheet, berkas_id)
    elif not sheet.tables and sheet.counts["tidak_dikenal"]:
        yield Finding(
            "lembar_tanpa_tabel",
            berkas_id=berkas_id,
            lembar=grid.lembar,
            jumlah=sheet.counts["tidak_dikenal"],
            isi={"contoh": _shown(_first_line(grid))},
        )


def _first_line(grid: Grid) -> str:
    return next((x for x in (line(grid, r) for r in range(len(grid.teks))) if x), "")


def _shown(text: str) -> str:
    tidy = mask(" ".join(text.split()))
    return tidy if len(tidy) <= 80 else tidy[:77] + "..."


def _foreign(grid: Grid, table: PrintedTable, berkas_id: str) -> Finding:
    told = [f"{kolom_huruf(h.kolom[0])} {_shown(h.teks)!r}" for h in table.asing]
    first = table.asing[0]
    return Finding(
        "kolom_asing",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=_a1(grid, *first.sel),
        jumlah=len(told),
        isi={"daftar": ", ".join(told), "dikenali": table.form.tabel},
    )


def _unknown_rows(grid: Grid, rows: Sequence[int], berkas_id: str) -> Finding:
    numbers = [grid.baris_awal + r for r in rows]
    more = f" dan {len(numbers) - 10} lainnya" if len(numbers) > 10 else ""
    return Finding(
        "baris_tidak_dikenal",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=f"{numbers[0]}:{numbers[0]}",
        jumlah=len(numbers),
        isi={"daftar": ", ".join(map(str, numbers[:10])) + more, "contoh": _shown(line(grid, rows[0]))},
    )


def _unfit(grid: Grid, near: Near, sheet: SheetReading, berkas_id: str) -> Finding:
    reasons = []
    if near.sama:
        reasons.append(f"cocok sama baik dengan {' dan '.join(near.sama)}")
    if near.hilang:
        reasons.append(f"tidak ada kolom {', '.join(near.hilang)}")
    if near.ganda:
        reasons.append(f"lebih dari satu kolom mungkin {', '.join(near.ganda)}")
    new = [repr(_shown(t)) for t in near.baru[:12]]
    return Finding(
        "tata_letak_meragukan" if near.sama else "tata_letak_tidak_dikenal",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=_a1(grid, *near.sel),
        jumlah=max(sheet.counts["tidak_dikenal"], 1),
        isi={
            "terdekat": near.form.tabel,
            "sebab": "; ".join(reasons) or "terlalu sedikit kepala kolom yang dikenal",
            "kepala_lain": ", ".join(new) or "-",
        },
        akibat="ingat" if sheet.tables else None,
    )


def _a1(grid: Grid, r: int, c: int) -> str:
    return f"{kolom_huruf(c)}{grid.baris_awal + r}"


# --- rows --------------------------------------------------------------------------------------------
class _Copier:
    """Copies the rows of a sheet's tables as printed."""

    def __init__(self, grid: Grid, berkas_id: str, judul: Sequence[str]) -> None:
        self._grid, self._berkas_id, self._judul = grid, berkas_id, judul
        self._cells = Cells(grid, Merges(grid))
        self.findings: list[Finding] = []

    def copy(self, table: PrintedTable) -> tuple[TableRead, pa.Table]:
        """Description and rows of one table."""
        fields = table.fields
        columns = {c.field: c for c in table.columns}
        rows = [self._row(r, fields, columns) for r, _ in table.rows]
        _fill_down(
            rows, [(i, columns[f].spec.isi_ke_bawah) for i, f in enumerate(fields) if f in columns], table
        )
        self._broken_cells(table, fields, columns, rows)
        baris = [self._grid.baris_awal + r for r, _ in table.rows]
        arrays = [
            integers(baris),
            texts([k for _, k in table.rows]),
            texts(["".join(row[1]) for row in rows]),
            texts(["".join(row[2]) for row in rows]),
            *(texts([row[0][i] or None for row in rows]) for i in range(len(fields))),
        ]
        head = ["baris", "jenis_baris", "jenis_sel", "format_sel"]
        return self._described(table, fields, rows, baris), pa.Table.from_arrays(
            arrays, names=[*head, *fields]
        )

    def _row(
        self, r: int, fields: Sequence[str], columns: Mapping[str, Column]
    ) -> tuple[list[str], list[str], list[str]]:
        values, kinds, formats = [], [], []
        for name in fields:
            column = columns.get(name)
            text, kind, form = self._cells.value(r, column) if column else ("", " ", " ")
            values.append(text)
            kinds.append(kind)
            formats.append(form)
        return values, kinds, formats

    def _described(
        self, table: PrintedTable, fields: list[str], rows: Sequence[Any], baris: Sequence[int]
    ) -> TableRead:
        form = table.form
        counts = Counter(k for _, k in table.rows)
        values = [row[0] for row, (_, k) in zip(rows, table.rows, strict=True) if k == DATA]
        judul = [mask(x)[:300] for x in table.judul or self._judul]
        title = normal(" ".join([*judul, table.lembar]))
        codes, names = _regions_of(fields, values)
        return TableRead(
            sumber=form.sumber,
            bentuk=form.nama,
            lembar=table.lembar,
            tabel_ke=table.tabel_ke,
            judul=judul,
            tahun_kepala=table.tahun_kepala,
            kolom=[self._column(table, c) for c in table.columns],
            fields=fields,
            kolom_asing=[_shown(h.teks) for h in table.asing],
            baris_awal=baris[0] if baris else self._grid.baris_awal + max(table.kepala[1], 0),
            baris_akhir=baris[-1] if baris else self._grid.baris_awal + max(table.kepala[1], 0),
            banyak=dict(counts),
            kode_baris=codes,
            nama_baris=names,
            kunci=_keys(form, fields, values),
            tahap="tahap" if form.tahap.matches(title) else "",
            tidak_dikenal=[self._grid.baris_awal + r for r in table.tidak_dikenal],
            berkas_parquet="",
        )

    def _column(self, table: PrintedTable, column: Column) -> dict[str, str | None]:
        """Field, letter of the column that holds most of its values, header and header cell."""
        used = Counter(c for r, _ in table.rows for c in self._cells.filled(r, column.kolom))
        letter = kolom_huruf(used.most_common(1)[0][0] if used else column.kolom[0])
        sel = None if table.lanjutan else _a1(self._grid, *column.head.sel)
        return {"field": column.field, "kolom": letter, "kepala": mask(column.head.teks), "kepala_sel": sel}

    def _broken_cells(
        self, table: PrintedTable, fields: Sequence[str], columns: Mapping[str, Column], rows: Sequence[Any]
    ) -> None:
        """An operand that is an error or a formula without a value withholds what rests on it."""
        needed = {f for f, c in columns.items() if c.spec.wajib} | _alternatives(table)
        for i, name in enumerate(fields):
            if name not in columns:
                continue
            for (r, jenis), row in zip(table.rows, rows, strict=True):
                if row[1][i] in "ef":
                    operand = jenis == DATA and name in needed
                    self.findings.append(self._broken(table, name, r, row[1][i], row[0][i], operand))

    def _broken(self, table: PrintedTable, name: str, r: int, kind: str, text: str, operand: bool) -> Finding:
        column = next(c for c in table.columns if c.field == name)
        at = (self._cells.filled(r, column.kolom) or [column.kolom[0]])[0]
        return Finding(
            "sel_galat" if kind == "e" else "rumus_tanpa_nilai",
            berkas_id=self._berkas_id,
            lembar=table.lembar,
            cell=Cell(self._berkas_id, table.lembar, table.tabel_ke, self._grid.baris_awal + r, name),
            tertulis=text or None,
            isi={"daftar": _a1(self._grid, r, at)},
            akibat="tahan" if operand else None,
        )


def _alternatives(table: PrintedTable) -> set[str]:
    return {n for group in table.form.salah_satu for way in group for n in way}


def _fill_down(rows: Sequence[Any], at: Sequence[tuple[int, bool]], table: PrintedTable) -> None:
    """Carry values down over blank cells of the fields that allow it; a new value clears the levels below."""
    carried = [i for i, down in at if down]
    held: dict[int, str] = {}
    for (values, kinds, formats), (_, jenis) in zip(rows, table.rows, strict=True):
        if jenis != DATA:
            continue
        for level, i in enumerate(carried):
            if kinds[i] != " ":
                if held.get(i) != values[i]:
                    for below in carried[level + 1 :]:
                        held.pop(below, None)
                held[i] = values[i]
            elif i in held:
                values[i], kinds[i], formats[i] = held[i], "t", _FILLED_DOWN


def _regions_of(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Distinct kecamatan codes (from any code column) and kecamatan names of the rows."""
    codes: dict[str, None] = {}
    names: dict[str, None] = {}
    for i, name in enumerate(fields):
        if name in ("kode_desa", "kode_kec", "kode"):
            digits = ("".join(ch for ch in row[i] if ch.isdigit()) for row in rows)
            long_enough = (10,) if name == "kode" else (6, 10)
            codes.update((d[:6], None) for d in digits if len(d) in long_enough)
        elif name in ("kab_kec", "kecamatan"):
            names.update((row[i].strip(), None) for row in rows if row[i].strip())
    return list(codes), list(names)[:_NAMES]


def _keys(form: Form, fields: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, int]]:
    """How often each row key stands in the table, by the period of the row or column ('' for the table's)."""
    at = [i for i, name in enumerate(fields) if name in form.kunci]
    year = next(
        (i for i, n in enumerate(fields) if form.periode == "baris" and n in ("tahun", "periode")), None
    )
    found: dict[str, dict[str, int]] = {}
    keyed = (
        list(dict.fromkeys(n.partition("@")[2] for n in fields if "@" in n))
        if form.periode == "kolom"
        else []
    )
    for row in rows:
        key = mask(" · ".join(" ".join(row[i].split()).upper() for i in at if row[i]))[:_KEY_SHOWN]
        own = "" if year is None else row[year].strip()
        periods = keyed if form.periode == "kolom" else [own]
        for period in periods:
            per = found.setdefault(period, {})
            per[key] = per.get(key, 0) + 1
    return found


# --- on disk -----------------------------------------------------------------------------------------
@lru_cache(maxsize=4)
def _program(raw: Path | None, stamps: tuple[tuple[str, int], ...]) -> str:
    del stamps
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in [*sorted(here.glob("*.py")), *vocabulary.files(raw)]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def program_version(home: Path) -> str:
    """Hash of the readers and of the vocabularies in force: a change of either reads every file again."""
    raw = home / "raw"
    watched = [*Path(__file__).parent.glob("*.py"), *vocabulary.files(raw)]
    return _program(raw, tuple(sorted((str(p), p.stat().st_mtime_ns) for p in watched)))


def folder(home: Path, berkas_id: str) -> Path:
    """Where the reading of a file is kept."""
    return home / "warehouse" / "layers" / "baca" / berkas_id


def keep(home: Path, found: FileRead, rows: Sequence[pa.Table], sumber: str | None) -> None:
    """Write a reading beside, then put it in place whole."""
    target = folder(home, found.berkas_id)
    building = target.with_name(f"{target.name}.{os.getpid()}.building")
    building.mkdir(parents=True, exist_ok=True)
    for table, arrow in zip(found.tables, rows, strict=True):
        pq.write_table(arrow, building / table.berkas_parquet, compression="zstd")
    said = {"versi": program_version(home), "sumber": sumber, **asdict(found)}
    (building / "baca.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    building.replace(target)


def kept(home: Path, berkas_id: str, sumber: str | None) -> FileRead | None:
    """The reading on disk, if it was made by this program from these vocabularies for the same source."""
    path = folder(home, berkas_id) / "baca.json"
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    if said.pop("versi") != program_version(home) or said.pop("sumber") != sumber:
        return None
    said["tables"] = [TableRead(**t) for t in said["tables"]]
    said["findings"] = [_finding(f) for f in said["findings"]]
    said["ditolak"] = tuple(said["ditolak"]) if said["ditolak"] else None
    return FileRead(**said)


def rows_of(home: Path, found: FileRead, table: TableRead) -> pa.Table:
    """The rows of one table from disk."""
    return pq.ParquetFile(folder(home, found.berkas_id) / table.berkas_parquet).read()


def _finding(said: dict[str, Any]) -> Finding:
    cell = said.pop("cell")
    kept = {k: v for k, v in said.items() if k not in ("related", "figures", "suspects")}
    return Finding(**kept, cell=Cell(**cell) if cell else None)
