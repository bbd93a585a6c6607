"""What a recognised table is: its columns, its rows by class, the cells of a field; counts of all classes.

Every physical row ends in one class; which one is told in ``judging.py``. What does not belong here: finding
the table (``matching.py``) and what a value means (``assets/clean``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assets.readers.grid import Grid
from assets.readers.header import Head, Merges
from assets.readers.vocabulary import SHAPES, Field, Form, RowWords

DATA, SUBTOTAL, TOTAL = "data", "subtotal", "total"
HANDED_OVER = frozenset({DATA, SUBTOTAL, TOTAL})
KOSONG, JUDUL, KEPALA, NOMOR = "kosong", "judul", "kepala", "nomor_kolom"
TANDA_TANGAN, CATATAN, LANJUTAN, SEKAT = "tanda_tangan", "catatan", "lanjutan", "sekat"
PERABOT = "perabot"  # page numbers and running titles of a PDF
TIDAK_DIKENAL = "tidak_dikenal"
LAYOUT = frozenset({KOSONG, JUDUL, KEPALA, NOMOR, TANDA_TANGAN, CATATAN, LANJUTAN, SEKAT, PERABOT})

_LETTER = re.compile(r"[^\W\d_]")
# "NRR | = Nilai rata-rata": what a word above means.
_EXPLAINS = re.compile(r"^\s*=\s*[^\W\d_]{2}")
# What the sum of empty cells looks like.
_NOUGHT = re.compile(r"\s*(?:rp\.?)?[\s0.,%\u2010-\u2015\u2212-]*", re.I)
# So many letters of a text tell what its row is.
LABEL = 160
_CODES = ("kode", "rekening", "program", "wilayah")
_MARKS = frozenset(("rp", "rp.", "idr", ":", "=", "%"))


class RowsUncounted(AssertionError):
    """Some physical rows of a sheet ended in no class or in two: a fault of ours."""


@dataclass(frozen=True)
class Column:
    """A header taken for a field: ``field`` is the name handed over (``target@2025``)."""

    field: str
    head: Head
    spec: Field
    kunci: str

    @property
    def kolom(self) -> tuple[int, ...]:
        """Grid columns under the header."""
        return self.head.kolom


@dataclass
class PrintedTable:
    """One table found on a sheet.

    ``judul`` are its title lines, ``kepala`` the grid rows of its header, ``rows`` its rows that are handed
    over as (grid row, class), ``asing`` headers that name no field, ``tidak_dipakai`` known ones.
    """

    form: Form
    lembar: str
    tabel_ke: int
    judul: list[str]
    kepala: tuple[int, int]
    columns: list[Column]
    asing: list[Head]
    tidak_dipakai: list[Head] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)
    sekat: list[int] = field(default_factory=list)
    tidak_dikenal: list[int] = field(default_factory=list)
    tahun_kepala: int | None = None

    @property
    def lanjutan(self) -> bool:
        """Whether it goes on from the page before, without a header of its own."""
        return self.kepala[1] < 0

    @property
    def fields(self) -> list[str]:
        """All fields of the form in order, with the repeated ones found here."""
        return self.form.fields_with([c.field for c in self.columns])

    def filled(self, grid: Grid) -> bool:
        """Whether a data row holds more than its key: a blank form may list names to be filled in.

        Words that are still owed (a plan for each recommendation) make no blank form.
        """
        wanted = [c for c in self.columns if c.spec.wajib and c.spec.nama not in self.form.kunci]
        needed = [c for c in wanted if c.spec.nilai != "teks"]
        data = (r for r, kind in self.rows if kind == DATA)
        return any(not needed or any(grid.jenis[r][k] != " " for c in needed for k in c.kolom) for r in data)

    def unfilled_sums(self, grid: Grid) -> list[int]:
        """Rows of printed sums that are nothing but the noughts of formulas over a blank form."""
        if self.lanjutan or self.filled(grid):
            return []
        figures = [k for c in self.columns if c.spec.nilai == "angka" for k in c.kolom]
        sums = [r for r, kind in self.rows if kind in (SUBTOTAL, TOTAL)]
        return sums if all(_NOUGHT.fullmatch(grid.teks[r][k]) for r in sums for k in figures) else []


class Cells:
    """The value of a field in a row: one cell, or the filled one under a header over several columns."""

    def __init__(self, grid: Grid, merges: Merges) -> None:
        self._grid = grid
        self._merges = merges
        self._sideways = {
            r: [a for a in areas if a[0] == a[2] and a[1] < a[3]] for r, areas in merges.by_row.items()
        }
        self._begins: dict[int, tuple[str, bool]] = {}

    def at(self, r: int, c: int) -> int:
        """The column that holds the value shown at (r, c): its own, or that of a range merged sideways."""
        if self._grid.jenis[r][c] == " ":
            for _, c0, _, c1 in self._sideways.get(r, ()):
                if c0 < c <= c1:
                    return c0
        return c

    @staticmethod
    def mark_only(text: str) -> bool:
        """Whether a text is nothing but a currency mark or a colon."""
        return len(text) <= 4 and text.strip().casefold() in _MARKS

    def rows_merged_sideways(self) -> list[int]:
        """Rows that have cells merged sideways."""
        return [r for r, areas in self._sideways.items() if areas]

    def merged_sideways(self, r: int) -> bool:
        """Whether the row has cells merged sideways."""
        return bool(self._sideways.get(r))

    def label(self, r: int) -> str:
        """The first text of a row with a letter in it, as printed."""
        kinds = zip(self._grid.teks[r], self._grid.jenis[r], strict=True)
        return next((t for t, kind in kinds if kind == "t" and is_word(t)), "")

    def explains(self, r: int) -> bool:
        """Whether a row says what a word above means (``NRR | = Nilai rata-rata``)."""
        return "n" not in self._grid.jenis[r] and any(_EXPLAINS.match(t) for t in self._grid.teks[r] if t)

    def aside(self, r: int, words: RowWords, read: Callable[[str], str]) -> bool:
        """Whether a row begins like a total or a note."""
        if r not in self._begins:
            self._begins[r] = (read(self.label(r)[:LABEL]), self.explains(r))
        label, explains = self._begins[r]
        return explains or any(w.matches(label) for w in (words.total, words.subtotal, words.catatan))

    def filled(self, r: int, columns: Sequence[int]) -> list[int]:
        """Columns with a value in this row, currency marks standing alone left out."""
        jenis, teks = self._grid.jenis[r], self._grid.teks[r]
        if len(columns) == 1 and r not in self._sideways:
            c = columns[0]
            return [] if jenis[c] == " " or self.mark_only(teks[c]) else [c]
        found = dict.fromkeys(self.at(r, c) for c in columns)
        kept = [c for c in found if jenis[c] != " " and not self.mark_only(teks[c])]
        # A value merged sideways beyond this header stands under the next one.
        return [c for c in kept if len(kept) < 2 or self._end(r, c) <= max(columns)]

    def _end(self, r: int, c: int) -> int:
        return max((c1 for _, c0, _, c1 in self._sideways.get(r, ()) if c0 == c), default=c)

    def value(self, r: int, column: Column) -> tuple[str, str, str]:
        """Text, kind and format of a field.

        Under a header over several columns the cells that look as they should count (an ordinal before a name
        does not); codes spread over them are joined by dots, words by spaces.
        """
        filled = self.filled(r, column.kolom)
        grid = self._grid
        if not filled:
            return "", " ", " "
        if len(filled) > 1 and column.spec.nilai not in _CODES:
            shape = SHAPES[column.spec.nilai]
            filled = [k for k in filled if shape.search(grid.teks[r][k].strip())] or filled
        c = filled[0]
        if len(filled) == 1:
            return grid.teks[r][c], grid.jenis[r][c], grid.format[r][c]
        joint = "." if column.spec.nilai in _CODES else " "
        return joint.join(grid.teks[r][k].strip() for k in filled), "t", " "


def is_word(text: str) -> bool:
    """Whether a text can be a row's label."""
    return bool(_LETTER.search(text)) and not Cells.mark_only(text)


def check_counts(classes: Sequence[str | None], lembar: str) -> dict[str, int]:
    """``dibaca, data, tata_letak, tidak_dikenal`` of one sheet.

    Raises:
        RowsUncounted: a row without a class.
    """
    data = sum(k in HANDED_OVER for k in classes)
    layout = sum(k in LAYOUT for k in classes)
    unknown = sum(k == TIDAK_DIKENAL for k in classes)
    if data + layout + unknown != len(classes):
        lost = [i for i, k in enumerate(classes) if k not in HANDED_OVER | LAYOUT | {TIDAK_DIKENAL}]
        raise RowsUncounted(f"{lembar}: rows {lost[:5]} of {len(classes)} have no class")
    return {"dibaca": len(classes), "data": data, "tata_letak": layout, "tidak_dikenal": unknown}
