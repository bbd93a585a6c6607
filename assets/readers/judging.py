"""Judges the rows of one table from top to bottom: data, total, header printed again, note, signature.

What does not belong here: finding the table (``matching.py``) and many plain rows at once (``bulk.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assets.readers.bulk import SureRows
from assets.readers.coded import codes_of
from assets.readers.grid import Grid
from assets.readers.header import is_number_row
from assets.readers.rows import (
    CATATAN,
    DATA,
    KEPALA,
    KOSONG,
    LABEL,
    LANJUTAN,
    NOMOR,
    SEKAT,
    SUBTOTAL,
    TANDA_TANGAN,
    TIDAK_DIKENAL,
    TOTAL,
    Cells,
    Column,
    PrintedTable,
    is_word,
)
from assets.readers.vocabulary import SHAPES
from assets.readers.words import normal
from warehouse.values.answers import parse_answer
from warehouse.values.numbers import Unreadable

_ORDINAL = re.compile(r"^\d{1,2}[.)]?$")
# "Pelaihari, 31 Desember 2025", "Kalumpang, ........ 2024": where and when a document was signed.
_PLACE_DATE = re.compile(
    r"^[^\W\d][\w .'/-]{2,40},[\s.\u2026_-]*\d{0,2}[\s.\u2026_-]*"
    r"(?:jan|feb|peb|mar|apr|mei|jun|jul|agu|ags|sep|okt|nov|nop|des)?[a-z]*[\s.\u2026_-]*(?:20[\d.\u2026_]{0,6})?$",
    re.I,
)
# Shapes by which a filled required cell shows that its row is data; answers are read to know.
_SURE = {n: SHAPES[n] for n in ("angka", "rekening", "wilayah", "kode")}
# A label shorter than this is no word.
_WORD = 3
# Patterns of kinds remembered for one table.
_GLANCES = 4096
# A row of a signature block holds at most so many texts, none longer than an office's name.
_SIGNERS, _SHORT = 4, 70


@dataclass(frozen=True)
class _Glance:
    """What the kinds of a row's cells alone tell: whether every required field is filled, what to look at.

    ``diperiksa`` are text cells with the shape they must have, ``jawaban`` text cells that should be answers,
    ``kata`` all cells with words or letters in them.
    """

    penuh: bool
    diperiksa: tuple[tuple[int, re.Pattern[str]], ...]
    jawaban: tuple[int, ...]
    kata: tuple[int, ...]


class RowJudge:
    """Classifies the rows of one table from top to bottom."""

    def __init__(
        self, grid: Grid, cells: Cells, table: PrintedTable, read: Callable[[str], str] = normal
    ) -> None:
        self._grid, self._cells, self._table, self._read = grid, cells, table, read
        self._columns = table.columns
        self._core = self._core_columns()
        self._carried = [c for c in self._columns if c.spec.isi_ke_bawah]
        # Cells that settle it at a glance: one column each, and the shape a text there must have.
        self._settling = [(c.kolom[0], c.spec.nilai) for c in self._core]
        self._glances: dict[str, _Glance] = {}
        self._titled = {k for h in (*table.asing, *table.tidak_dipakai) for k in h.kolom}
        heads = range(max(table.kepala[0], 0), table.kepala[1] + 1)
        self._header_rows = {self._compared(r) for r in heads}
        self._header_labels = {self._label(r) for r in heads}
        self._one_each = all(len(c.kolom) == 1 for c in self._core)
        self._shaped = any(c.spec.nilai in _SURE or c.spec.nilai == "jawaban" for c in self._core)
        self._known = [c for column in self._columns for c in column.kolom]
        self._words = lru_cache(maxsize=20_000)(self._read_words)
        self._signing = False
        self._under_header = True
        self._bulk = self._in_bulk()

    def _in_bulk(self) -> SureRows | None:
        codes = codes_of(self._grid)
        if codes is None or not self._shaped or not self._one_each:
            return None
        return SureRows(
            codes,
            needed=[c for c, _ in self._settling],
            shaped=[(c, _fits(nilai)) for c, nilai in self._settling if nilai in _SURE],
            answers=([c for c, nilai in self._settling if nilai == "jawaban"], _is_answer),
            is_word=is_word,
            class_of=self._class_of_sure,
            alone=sorted(self._cells.rows_merged_sideways()),
        )

    def sure_rows(self, r: int) -> list[str]:
        """Classes of the rows from ``r`` on that are beyond doubt, where a large sheet tells many at once."""
        if self._bulk is None or self._under_header:
            return []
        found = self._bulk.from_row(r)
        if found:
            self._signing = False
        return found

    def _class_of_sure(self, text: str) -> str:
        label = self._read(text[:LABEL])
        return "" if label in self._header_labels else self._words(label) or DATA

    def _core_columns(self) -> list[Column]:
        """Columns that a data row fills: the required ones, or what stands in for them."""
        form = self._table.form
        wanted = {f.nama for f in form.kolom if f.wajib}
        core = [c for c in self._columns if c.spec.nama in wanted]
        return core or list(self._columns)

    def header_again(self) -> None:
        """The header was printed again: what numbers its columns may follow."""
        self._under_header = True
        self._signing = False

    def obvious(self, r: int) -> bool:
        """Whether the row is beyond doubt data or a total: every required field filled, numbers readable."""
        if not self._shaped:
            return False
        if not self._one_each or self._cells.merged_sideways(r):
            return self._obvious_spread(r)
        glance = self._glance(self._grid.jenis[r])
        if not glance.penuh:
            return False
        teks = self._grid.teks[r]
        for c, shape in glance.diperiksa:
            if not shape.match(teks[c].strip()):
                return False
        # An answer that nobody understands is one respondent's; a row without answers is no respondent.
        return not glance.jawaban or 2 * sum(_is_answer(teks[c]) for c in glance.jawaban) >= len(
            glance.jawaban
        )

    def _glance(self, jenis: str) -> _Glance:
        found = self._glances.get(jenis)
        if found is None:
            kinds = [(c, jenis[c], nilai) for c, nilai in self._settling]
            texts = [(c, nilai) for c, kind, nilai in kinds if kind == "t"]
            found = _Glance(
                all(kind != " " for _, kind, _ in kinds),
                tuple((c, _SURE[n]) for c, n in texts if n in _SURE),
                tuple(c for c, n in texts if n == "jawaban"),
                tuple(c for c, kind in enumerate(jenis) if kind == "t"),
            )
            if len(self._glances) < _GLANCES:
                self._glances[jenis] = found
        return found

    def _obvious_spread(self, r: int) -> bool:
        """As ``obvious`` where a field has several columns or cells are merged sideways."""
        for column in self._core:
            text, kind, _ = self._cells.value(r, column)
            shape = _SURE.get(column.spec.nilai)
            if kind == " " or (kind == "t" and shape and not shape.match(text.strip())):
                return False
            if kind == "t" and column.spec.nilai == "jawaban" and not _is_answer(text):
                return False
        return True

    def judge(self, r: int, obvious: bool | None = None) -> str:
        """The class of a row; ``obvious`` where the caller has asked already."""
        jenis = self._grid.jenis[r]
        if jenis.isspace() and not any(self._grid.teks[r]):
            return KOSONG
        sure = self.obvious(r) if obvious is None else obvious
        label = self._label(r)
        fresh, self._under_header = self._under_header, False
        if len(label) < _WORD and (fresh or not sure) and is_number_row(self._grid.teks[r]):
            # Under the header it numbers the columns; a row of small rising figures further down is data.
            return NOMOR
        if sure and label not in self._header_labels:
            self._signing = False
            return self._words(label) or DATA
        if label in self._header_labels and self._compared(r) in self._header_rows:
            self._under_header = True
            return KEPALA
        return self._doubtful(r, label)

    def _doubtful(self, r: int, label: str) -> str:
        """The class of a row that is neither blank nor plainly data."""
        jenis = self._grid.jenis[r]
        plain = not self._cells.merged_sideways(r)
        if plain and all(jenis[c] == " " for c in self._known):
            return self._outside(r, label)
        filled = [c for c in self._columns if self._cells.filled(r, c.kolom)]
        if not filled:
            return self._outside(r, label)
        if self._cells.explains(r):
            return CATATAN
        return self._words(label) or self._by_content(r, label, filled)

    def _compared(self, r: int) -> tuple[str, ...]:
        return tuple(normal(t) for t in self._grid.teks[r] if t.strip())

    def _label(self, r: int) -> str:
        """First text with a letter in the row, normalised."""
        texts = self._grid.teks[r]
        for c in self._glance(self._grid.jenis[r]).kata:
            text = texts[c]
            if is_word(text):
                return self._read(text[:LABEL])
        return ""

    def _read_words(self, label: str) -> str | None:
        words = self._table.form.baris
        if words.total.matches(label):
            return TOTAL
        if words.subtotal.matches(label):
            return SUBTOTAL
        return None

    def _by_content(self, r: int, label: str, filled: Sequence[Column]) -> str:
        core = {c.field for c in self._core}
        full = sum(c.field in core for c in filled)
        if full == len(core):
            self._signing = False
            return DATA
        if aside := self._aside(r, label, len(filled)):
            return aside
        if self._carried and all(c.spec.isi_ke_bawah for c in filled):
            return SEKAT
        if 2 * full <= len(core) and self._misfits(r, filled):
            return TIDAK_DIKENAL
        return DATA if len(filled) >= 2 or self._numbered(r, filled[0]) else TIDAK_DIKENAL

    def _misfits(self, r: int, filled: Sequence[Column]) -> bool:
        """Whether texts stand wherever a number or a code must: a list of something else below the table."""
        cells = [(_SURE[c.spec.nilai], *self._cells.value(r, c)) for c in filled if c.spec.nilai in _SURE]
        return bool(cells) and all(
            kind == "t" and not shape.match(text.strip()) for shape, text, kind, _ in cells
        )

    def _numbered(self, r: int, only: Column) -> bool:
        """Whether a row with nothing but its key filled is numbered beside it: its figures are still owed."""
        if (only.spec.nama,) != self._table.form.kunci or self._cells.value(r, only)[1] != "t":
            return False
        beside = set(range(min(only.kolom))) - set(self._known)
        return any(_ORDINAL.match(self._grid.teks[r][c].strip()) for c in beside)

    def _aside(self, r: int, label: str, filled: int) -> str | None:
        """Notes and signatures; a signature block goes on until a full row."""
        texts = [t.strip() for t in self._grid.teks[r] if t and not t.isspace()]
        if len(texts) <= _SIGNERS and self._signed(texts):
            self._signing = True
        if self._signing:
            return TANDA_TANGAN
        note = len(texts) <= 2 and (self._table.form.baris.catatan.matches(label) or texts[0].startswith("*"))
        return CATATAN if note and filled <= 2 else None

    def _signed(self, texts: Sequence[str]) -> bool:
        """Whether half of a row's few short texts are those of a signature block."""
        words = self._table.form.baris.tanda_tangan
        found = sum(bool(_PLACE_DATE.match(t)) or words.matches(normal(t)) for t in texts)
        return found * 2 >= len(texts) and all(len(t) <= _SHORT for t in texts)

    def _outside(self, r: int, label: str) -> str:
        """A row whose known columns are all blank."""
        if aside := self._aside(r, label, 0):
            return aside
        if self._table.form.baris.total.matches(label):
            return SEKAT
        used = {c for c, k in enumerate(self._grid.jenis[r]) if k != " "}
        return LANJUTAN if used and used <= self._titled and self._table.rows else TIDAK_DIKENAL


@cache
def _fits(nilai: str) -> Callable[[str], bool]:
    """Whether a text has the shape of its field."""
    shape = _SURE[nilai]
    return lambda text: bool(shape.match(text.strip()))


@lru_cache(maxsize=20_000)
def _is_answer(text: str) -> bool:
    """Whether a text is an answer of the questionnaire: a step, a letter, or words of the form."""
    try:
        return parse_answer(text[:200]) is not None
    except Unreadable:
        return False
