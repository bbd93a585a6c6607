"""Copies the rows of a recognised table as printed: text, kind and format of each field, column by column.

Also what can be told of a table from its rows alone: its keys, the regions it names, cells that are broken.
No opinion about any value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assets.readers import private
from assets.readers.arrow_text import integers, taken
from assets.readers.coded import codes_of
from assets.readers.copied import Coded, Field, Listed, marks_together
from assets.readers.grid import Grid
from assets.readers.header import Merges
from assets.readers.noticed import a1, shown
from assets.readers.rows import DATA, Cells, Column, PrintedTable
from assets.readers.vocabulary import Form
from assets.readers.words import normal
from quality.finding import Finding
from warehouse.trail import Cell

FILLED_DOWN = "^"
# Fields that hold codes and names of regions, and periods of rows.
_CODES, _PLACES = ("kode_desa", "kode_kec", "kode"), ("kab_kec", "kecamatan")
_PERIODS = ("tahun", "periode")
# Distinct region names kept of a table's rows, and letters kept of a key.
_NAMES, _KEY_SHOWN = 50, 120
# Letters kept of a title line or a header, and of a row's label.
_TITLE, _LABEL = 300, 40


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


class Copier:
    """Copies the tables of one sheet; ``findings`` holds broken cells it came across.

    ``held`` are the values that its last table carries down, for the page on which that table goes on.
    """

    def __init__(
        self, grid: Grid, berkas_id: str, judul: Sequence[str], held: Mapping[str, str] | None = None
    ) -> None:
        self._grid, self._berkas_id, self._judul = grid, berkas_id, judul
        self.held: dict[str, str] = dict(held or {})
        self._cells = Cells(grid, Merges(grid))
        self._merged = frozenset(self._cells.rows_merged_sideways())
        self._codes = codes_of(grid)
        self._cut: NDArray[np.int32] | None = None
        self._unmerged = True
        self.findings: list[Finding] = []

    def copy(self, table: PrintedTable) -> tuple[TableRead, pa.Table]:
        """Description and rows of one table."""
        fields = table.fields
        rows = [r for r, _ in table.rows]
        columns = {c.field: c for c in table.columns}
        self._take(rows)
        copied = {name: self._copied(columns.get(name), rows) for name in fields}
        for name, column in columns.items():
            copied[name].reword(partial(private.kept, shape=column.spec.nilai))
        self._fill_down(table, copied)
        self._broken_cells(table, copied)
        baris = [self._grid.baris_awal + r for r in rows]
        arrays = [
            integers(baris),
            _classes([k for _, k in table.rows]),
            marks_together([copied[f] for f in fields], "jenis", len(rows)),
            marks_together([copied[f] for f in fields], "format", len(rows)),
            *(copied[f].arrow() for f in fields),
        ]
        names = ["baris", "jenis_baris", "jenis_sel", "format_sel", *fields]
        return self._described(table, copied, baris), pa.Table.from_arrays(arrays, names=names)

    def _copied(self, column: Column | None, rows: Sequence[int]) -> Field:
        """One field: straight from its column where it has one to itself, else cell by cell."""
        if column is None:
            return Listed.blank(len(rows))
        grid = self._grid
        if self._to_itself(column):
            (c,) = column.kolom
            if self._codes is not None and self._cut is not None:
                return Coded(self._codes, self._cut[:, c], self._cells.mark_only)
            found = Listed(
                [grid.teks[r][c] for r in rows],
                [grid.jenis[r][c] for r in rows],
                [grid.format[r][c] for r in rows],
            )
            if not any(self._cells.mark_only(t) for t in set(found.teks)):
                return found
        cells = [self._cells.value(r, column) for r in rows]
        return Listed([t for t, _, _ in cells], [k for _, k, _ in cells], [f for _, _, f in cells])

    def _take(self, rows: Sequence[int]) -> None:
        """Turn to the rows of one table."""
        self._unmerged = self._merged.isdisjoint(rows)
        self._cut = self._codes.cells[list(rows)] if self._codes is not None else None

    def _to_itself(self, column: Column) -> bool:
        """Whether a field has one column that no merged cell of the table's rows reaches into."""
        return len(column.kolom) == 1 and self._unmerged

    def _fill_down(self, table: PrintedTable, copied: dict[str, Field]) -> None:
        """Carry values down over blank cells; a new value, on whatever row, clears the levels below."""
        carried = [c for c in table.columns if c.spec.isi_ke_bawah]
        if not carried:
            return
        fields = {c.field: copied[c.field].listed() for c in carried}
        copied |= fields
        at = {r: i for i, (r, _) in enumerate(table.rows)}
        held = self.held = dict(self.held) if table.lanjutan else {}
        for r in sorted([*(r for r, k in table.rows if k == DATA), *table.sekat]):
            for level, column in enumerate(carried):
                text, kind, _ = self._cells.value(r, column)
                if kind != " ":
                    if held.get(column.field) != text:
                        for below in carried[level + 1 :]:
                            held.pop(below.field, None)
                    held[column.field] = text
                elif column.field in held and r in at:
                    field, i = fields[column.field], at[r]
                    field.teks[i], field.jenis[i], field.format[i] = held[column.field], "t", FILLED_DOWN

    def _described(self, table: PrintedTable, copied: dict[str, Field], baris: Sequence[int]) -> TableRead:
        form = table.form
        is_data = [k == DATA for _, k in table.rows]
        told = {*form.kunci, *_CODES, *_PLACES, *_PERIODS}
        values = {name: list(compress(c.teks, is_data)) for name, c in copied.items() if name in told}
        judul = [private.title(x, _TITLE) for x in table.judul or self._judul]
        codes, names = _regions_of(form, values)
        header = self._grid.baris_awal + max(table.kepala[1], 0)
        return TableRead(
            sumber=form.sumber,
            bentuk=form.nama,
            lembar=table.lembar,
            tabel_ke=table.tabel_ke,
            judul=judul,
            tahun_kepala=table.tahun_kepala,
            kolom=[self._column(table, c) for c in table.columns],
            fields=list(copied),
            kolom_asing=[shown(h.teks) for h in table.asing],
            baris_awal=baris[0] if baris else header,
            baris_akhir=baris[-1] if baris else header,
            banyak=dict(Counter(k for _, k in table.rows)),
            kode_baris=codes,
            nama_baris=names,
            kunci=_keys(form, list(copied), values, sum(is_data)),
            tahap="tahap" if form.tahap.matches(normal(" ".join([*judul, table.lembar]))) else "",
            tidak_dikenal=[self._grid.baris_awal + r for r in table.tidak_dikenal],
            berkas_parquet="",
        )

    def _column(self, table: PrintedTable, column: Column) -> dict[str, str | None]:
        """Field, letter of the column that holds most of its values, header and header cell."""
        letter = self._grid.kolom(column.kolom[0])
        if not self._to_itself(column):
            used = Counter(c for r, _ in table.rows for c in self._cells.filled(r, column.kolom))
            letter = self._grid.kolom(used.most_common(1)[0][0]) if used else letter
        sel = None if table.lanjutan else a1(self._grid, *column.head.sel)
        return {
            "field": column.field,
            "kolom": letter,
            "kepala": private.bounded(column.head.teks, _TITLE),
            "kepala_sel": sel,
        }

    def _broken_cells(self, table: PrintedTable, copied: dict[str, Field]) -> None:
        """An operand that is an error or a formula without a value withholds what rests on it.

        A broken answer of one respondent is an unreadable answer like others (contract 3), counted by clean.
        """
        needed = {n for group in table.form.salah_satu for way in group for n in way}
        for column in table.columns:
            field = copied[column.field]
            if not {"e", "f"} & field.kinds():
                continue
            operand = column.spec.wajib or column.field in needed
            held = "tolak" if column.spec.nilai == "jawaban" else "tahan" if operand else None
            for run in _runs_of_broken(table.rows, field, held):
                self.findings.append(self._broken(table, column, run, copied))

    def _broken(
        self, table: PrintedTable, column: Column, run: _Broken, copied: Mapping[str, Field]
    ) -> Finding:
        """Broken cells one below the other, told once, with the labels of their rows."""
        cells = [(self._cells.filled(r, column.kolom) or [column.kolom[0]])[0] for r in (run.first, run.last)]
        said = list(
            dict.fromkeys(a1(self._grid, r, c) for r, c in zip((run.first, run.last), cells, strict=True))
        )
        labels = list(dict.fromkeys(x for i in (run.start, run.stop) if (x := _label(table, copied, i))))
        first, last = (self._grid.baris_awal + r for r in (run.first, run.last))
        cell = Cell(
            self._berkas_id,
            table.lembar,
            table.tabel_ke,
            first,
            column.field,
            last if last != first else None,
        )
        return Finding(
            "sel_galat" if run.kind == "e" else "rumus_tanpa_nilai",
            berkas_id=self._berkas_id,
            lembar=table.lembar,
            cell=cell,
            tertulis=copied[column.field].teks[run.start] or None,
            jumlah=run.stop - run.start + 1,
            isi={"daftar": ":".join(said) + (f" ({' … '.join(labels)})" if labels else "")},
            akibat=run.akibat,
        )


@dataclass(frozen=True)
class _Broken:
    """Cells of one kind and consequence in adjoining rows: indices among the table's rows, and grid rows."""

    start: int
    stop: int
    first: int
    last: int
    kind: str
    akibat: str | None


def _runs_of_broken(rows: Sequence[tuple[int, str]], field: Field, held: str | None) -> list[_Broken]:
    runs: list[_Broken] = []
    for i, ((r, jenis), kind) in enumerate(zip(rows, field.jenis, strict=True)):
        if kind not in "ef":
            continue
        akibat = held if jenis == DATA else None
        before = runs[-1] if runs else None
        if before and (before.stop, before.last, before.kind, before.akibat) == (i - 1, r - 1, kind, akibat):
            runs[-1] = replace(before, stop=i, last=r)
        else:
            runs.append(_Broken(i, i, r, r, kind, akibat))
    return runs


def _label(table: PrintedTable, copied: Mapping[str, Field], row: int) -> str:
    """What names a row: its first words; nothing of a respondent."""
    if any(c.spec.nilai == "jawaban" for c in table.columns):
        return ""
    named = [c.field for c in table.columns if c.spec.nilai == "teks"]
    return next((shown(t)[:_LABEL] for n in named if (t := copied[n].teks[row].strip())), "")


def _classes(classes: Sequence[str]) -> pa.Array:
    """``jenis_baris`` of the rows, few words in many rows."""
    words = list(dict.fromkeys(classes))
    return taken(words, np.fromiter(map(words.index, classes), np.int32, len(classes)))


def _regions_of(form: Form, values: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Distinct kecamatan codes (from columns of region codes) and kecamatan names of the rows.

    A budget's code may have as many digits: ``1.20 . 1.20.03 . 01`` is no village of Sarudik (12.01.20).
    """
    codes: dict[str, None] = {}
    names: dict[str, None] = {}
    region = {f.keluar for f in form.kolom if f.nilai == "wilayah"}
    for name, column in values.items():
        if name in _CODES and name in region:
            long_enough = (10,) if name == "kode" else (6, 10)
            digits = ("".join(ch for ch in text if ch.isdigit()) for text in dict.fromkeys(column))
            codes.update((d[:6], None) for d in digits if len(d) in long_enough)
        elif name in _PLACES:
            names.update((text.strip(), None) for text in dict.fromkeys(column) if text.strip())
    return list(codes), list(names)[:_NAMES]


def _keys(
    form: Form, fields: Sequence[str], values: dict[str, list[str]], n: int
) -> dict[str, dict[str, int]]:
    """How often each row key stands in the table, by the period of its row or column ('' for the table's)."""
    if not n:
        return {}
    parts = [_normal(values[f]) for f in values if f in form.kunci]
    if len(parts) > 1:
        keys = [" · ".join(p for p in key if p) for key in zip(*parts, strict=True)]
    else:
        keys = parts[0] if parts else [""] * n
    if form.periode == "kolom":
        counts = _counted(keys)
        return dict.fromkeys(dict.fromkeys(f.partition("@")[2] for f in fields if "@" in f), counts)
    year = next((f for f in _PERIODS if form.periode == "baris" and f in values), None)
    if year is None:
        return {"": _counted(keys)}
    by_period: dict[str, list[str]] = {}
    for key, period in zip(keys, values[year], strict=True):
        by_period.setdefault(period.strip(), []).append(key)
    return {period: _counted(some) for period, some in by_period.items()}


def _normal(texts_: Sequence[str]) -> list[str]:
    tidy = {t: " ".join(t.split()).upper() for t in set(texts_)}
    return [tidy[t] for t in texts_]


def _counted(keys: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key, n in Counter(keys).items():
        masked = private.bounded(key, _KEY_SHOWN)
        counts[masked] = counts.get(masked, 0) + n
    return counts
