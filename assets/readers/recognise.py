"""Finds the tables of a sheet by the words of their headers and the shape of the values below.

A region where every required field of a form is found exactly once is that form's table, whatever the order
of columns, the rows above, merged, split or repeated headers, or the sheet it stands on. What fits no form
is never guessed: the nearest form is named, with what is missing, doubtful or new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from assets.readers.fitting import Claim, Fitting, Near
from assets.readers.grid import Grid
from assets.readers.header import Head, Merges, amounts, blank, heads, is_number_row, windows
from assets.readers.rows import (
    DATA,
    HANDED_OVER,
    JUDUL,
    KEPALA,
    KOSONG,
    SEKAT,
    TIDAK_DIKENAL,
    Cells,
    Column,
    PrintedTable,
    RowJudge,
    check_counts,
)
from assets.readers.vocabulary import SHAPES, Field, Form, Vocabulary
from assets.readers.words import Pattern, normal

# Values looked at to confirm the shape of a column, and how many of them must fit.
_SAMPLE, _WITHIN, _FITS = 40, 150, 0.6
_LONGEST_HEADER = 400
# How much of the top of each sheet is a hint at what the whole file is.
_TITLE_ROWS, _TITLE_CHARS = 6, 20_000
# Shapes that a date or a time of day may have.
_ANY_KIND = ("bebas", "jawaban")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# What a title word is worth against one more column of another form.
_TITLE, _BOOK_TITLE = 1.5, 0.5


@dataclass
class SheetReading:
    """What a sheet holds: its tables, the class of every row, its counts, and headers that fit nothing."""

    lembar: str
    tables: list[PrintedTable]
    classes: list[str]
    counts: dict[str, int]
    near: list[Near] = field(default_factory=list)


@dataclass(frozen=True)
class _Match:
    form: Form
    top: int
    bottom: int
    columns: tuple[Column, ...]
    asing: tuple[Head, ...]
    tidak_dipakai: tuple[Head, ...]
    score: float
    newest: int | None


class Recogniser:
    """Finds tables with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_word: dict[str, list[tuple[int, Field, Pattern]]] = {}
        self._always: list[tuple[int, Field, Pattern]] = []
        for i, form in enumerate(vocabulary.forms):
            for one in form.kolom:
                for wording in one.kepala.patterns:
                    entry = (i, one, wording)
                    if not wording.anchors:
                        self._always.append(entry)
                    for word in wording.anchors:
                        self._by_word.setdefault(word, []).append(entry)
        self.claims = lru_cache(maxsize=200_000)(self._claims)

    def _claims(self, text: str) -> tuple[tuple[int, Field, str], ...]:
        """(form, field, period key) that a normalised header text may name."""
        words = set(text.split())
        entries = [*self._always, *(e for w in words for e in self._by_word.get(w, ()))]
        found: dict[tuple[int, str], tuple[int, Field, str]] = {}
        for i, one, wording in entries:
            if (i, one.nama) in found:
                continue
            key = wording.key(text)
            if key is not None and not one.kecuali.matches(text):
                found[i, one.nama] = (i, one, key)
        return tuple(found.values())

    def book(self, grids: Sequence[Grid]) -> list[SheetReading]:
        """Read all sheets of a file; a table that goes on over the pages of a PDF is followed.

        Raises:
            RowsUncounted: a row ended in no class (a fault of ours).
        """
        titles = normal(
            " ".join(t for g in grids for row in g.teks[:_TITLE_ROWS] for t in row if t)[:_TITLE_CHARS]
        )
        found: list[SheetReading] = []
        before: tuple[Grid, SheetReading] | None = None
        for grid in grids:
            reading = self.sheet(grid, titles, _going_on(before, grid))
            found.append(reading)
            before = (grid, reading)
        return found

    def sheet(self, grid: Grid, book_titles: str = "", before: PrintedTable | None = None) -> SheetReading:
        """Read one sheet.

        Args:
            grid: the sheet.
            book_titles: normalised titles anywhere in the file, a weak hint at the form.
            before: a table of the page before that may go on here without a header.

        Raises:
            RowsUncounted: a row ended in no class (a fault of ours).
        """
        return _Scan(self, self._vocabulary, grid, book_titles).run(before)


def _going_on(before: tuple[Grid, SheetReading] | None, grid: Grid) -> PrintedTable | None:
    """The table at the end of the page before, if this is the next page with as many columns."""
    if before is None or grid.halaman is None or before[0].halaman != grid.halaman - 1:
        return None
    page, reading = before
    if not reading.tables or not page.teks or not grid.teks or len(page.teks[0]) != len(grid.teks[0]):
        return None
    return reading.tables[-1]


def recognise(grid: Grid, vocabulary: Vocabulary) -> list[PrintedTable]:
    """The tables of one sheet; see ``Recogniser.sheet`` for what else is known of it."""
    return Recogniser(vocabulary).sheet(grid).tables


class _Scan:
    """One pass over one sheet."""

    def __init__(self, recogniser: Recogniser, vocabulary: Vocabulary, grid: Grid, book_titles: str) -> None:
        self._claims = recogniser.claims
        self._vocabulary = vocabulary
        self._grid = grid
        self._book_titles = book_titles
        self._merges = Merges(grid)
        self._cells = Cells(grid, self._merges)
        self._classes: list[str | None] = [None] * len(grid.teks)
        self._tables: list[PrintedTable] = []
        self._near: list[Near] = []

    def run(self, before: PrintedTable | None = None) -> SheetReading:
        judge = self._continue(before) if before else None
        r = 0
        while r < len(self._grid.teks):
            if judge and (classes := judge.sure_rows(r)):
                self._classes[r : r + len(classes)] = classes
                self._tables[-1].rows += zip(range(r, r + len(classes)), classes, strict=True)
                r += len(classes)
                continue
            sure = judge is not None and judge.obvious(r)
            if not sure and self._like_header(r):
                match = self._best(r)
                if match is not None and not self._chance(match, judge):
                    judge = self._open(match)
                    r = match.bottom + 1
                    continue
            self._classes[r] = self._class_of(r, judge, sure)
            r += 1
        self._close_titles(len(self._grid.teks), TIDAK_DIKENAL)
        self._drop_empty_continuation()
        classes = [c or TIDAK_DIKENAL for c in self._classes]
        self._settle_headers(classes)
        self._hand_over(classes)
        near = [n for n in self._near if classes[n.sel[0]] == TIDAK_DIKENAL]
        return SheetReading(
            self._grid.lembar, self._tables, classes, check_counts(classes, self._grid.lembar), near
        )

    def _continue(self, before: PrintedTable) -> RowJudge:
        """Go on with the columns of the page before until a header says otherwise."""
        table = replace(
            before, lembar=self._grid.lembar, tabel_ke=1, kepala=(-1, -1), rows=[], sekat=[], tidak_dikenal=[]
        )
        self._tables.append(table)
        return RowJudge(self._grid, self._cells, table)

    def _drop_empty_continuation(self) -> None:
        if self._tables and self._tables[0].lanjutan and not self._tables[0].rows:
            del self._tables[0]
            for i, table in enumerate(self._tables, 1):
                table.tabel_ke = i

    def _chance(self, match: _Match, judge: RowJudge | None) -> bool:
        """Whether a row amid data only looks like a header because two of its words are header words."""
        amid = match.top > 0 and self._classes[match.top - 1] == DATA
        return amid and judge is not None and len(match.columns) < 3 and judge.judge(match.top) == DATA

    def _class_of(self, r: int, judge: RowJudge | None, sure: bool) -> str | None:
        if judge is None:
            return KOSONG if blank(self._grid, r) else None
        found = judge.judge(r, sure)
        if found in HANDED_OVER:
            self._tables[-1].rows.append((r, found))
        elif found == SEKAT:
            self._tables[-1].sekat.append(r)
        return found

    def _settle_headers(self, classes: list[str]) -> None:
        for table in self._tables:
            if not table.lanjutan:
                classes[table.kepala[0] : table.kepala[1] + 1] = [KEPALA] * (
                    table.kepala[1] + 1 - table.kepala[0]
                )

    def _hand_over(self, classes: Sequence[str]) -> None:
        starts = [t.kepala[0] for t in self._tables[1:]]
        for table, end in zip(self._tables, [*starts, len(classes)], strict=False):
            table.tidak_dikenal = [r for r in range(table.kepala[1] + 1, end) if classes[r] == TIDAK_DIKENAL]

    # --- headers ---------------------------------------------------------------------------------
    def _like_header(self, r: int) -> bool:
        """Whether at least two cells hold words and at least one of them is a word of some vocabulary."""
        texts, jenis = self._grid.teks[r], self._grid.jenis[r]
        if "t" not in jenis or ("n" in jenis and amounts(texts, jenis)):
            return False
        worded = [t for t, k in zip(texts, jenis, strict=True) if k == "t" and len(t) <= _LONGEST_HEADER]
        if not worded or (len(worded) < 2 and not self._merges.by_row.get(r)):
            return False
        return any(self._claims(normal(t)) for t in worded)

    def _best(self, top: int) -> _Match | None:
        """The form that explains most columns of a header starting here; a tie is told, not settled."""
        found: list[_Match] = []
        nearest: Near | None = None
        for first, bottom in self._windows(top):
            above = heads(self._grid, self._merges, first, bottom)
            for match in self._matches(above, first, bottom):
                if isinstance(match, Near):
                    nearest = match if nearest is None or _nearer(match, nearest) else nearest
                else:
                    found.append(match)
        if not found:
            # One chance word is no header.
            if nearest is not None and nearest.kolom > 1:
                self._near.append(nearest)
            return None
        found.sort(key=lambda m: (-m.score, m.bottom, -m.top))
        best = found[0]
        ties = [m for m in found[1:] if m.score == best.score and m.form is not best.form]
        if ties:
            self._near.append(_tied(best, ties))
            return None
        return best

    def _windows(self, top: int) -> Iterable[tuple[int, int]]:
        """Row ranges that may be the header: from ``top`` down, and with up to two group headers above it."""
        down = list(windows(self._grid, self._merges, top))
        yield from down
        for first in (top - 1, top - 2):
            if (
                first < 0
                or self._classes[first] in HANDED_OVER | {KEPALA, KOSONG}
                or blank(self._grid, first)
            ):
                return
            for _, bottom in down:
                yield first, bottom

    def _matches(self, above: Sequence[Head], top: int, bottom: int) -> Iterable[_Match | Near]:
        claims = [self._column_claims(h) for h in above]
        newest = _newest(above)
        touched = {i for per in claims for i, *_ in per}
        titles = normal(" ".join(self._titles(top)) + " " + self._grid.lembar)
        for i in sorted(touched):
            form = self._vocabulary.forms[i]
            if form.bukan_judul.matches(titles) or any(form.tanpa.matches(h.penuh) for h in above):
                continue
            hint = self._hint(form, titles)
            if form.judul_wajib and not hint:
                continue
            mine = [
                [Claim(h, f, k, w) for j, f, k, w in per if j == i]
                for h, per in zip(above, claims, strict=True)
            ]
            yield self._fit(form, above, mine, (top, bottom), newest, hint)

    def _hint(self, form: Form, titles: str) -> float:
        if form.judul.matches(titles):
            return _TITLE
        return _BOOK_TITLE if self._book_titles and form.judul.matches(self._book_titles) else 0.0

    def _column_claims(self, head: Head) -> list[tuple[int, Field, str, bool]]:
        """What a column may be; the whole header text counts before its lowest row alone, form by form."""
        whole = [(*claim, True) for claim in self._claims(head.penuh)]
        if head.daun == head.penuh:
            return whole
        claimed = {i for i, *_ in whole}
        return whole + [(*claim, False) for claim in self._claims(head.daun) if claim[0] not in claimed]

    def _fit(
        self,
        form: Form,
        above: Sequence[Head],
        mine: Sequence[Sequence[Claim]],
        rows: tuple[int, int],
        newest: int | None,
        hint: float,
    ) -> _Match | Near:
        fitting = Fitting(partial(self.shape_fits, below=rows[1]), form, above, mine, newest)
        fitting.assign()
        if fitting.hilang or fitting.ganda or fitting.thin():
            return fitting.near(rows[0])
        taken = {id(c.head) for c in fitting.columns}
        unused = [h for h in above if id(h) not in taken]
        known = [
            h
            for h in unused
            if any(w.matches(h.penuh) for w in (self._vocabulary.abaikan, form.tidak_dipakai))
        ]
        foreign = tuple(h for h in unused if h not in known)
        columns = tuple(sorted(fitting.columns, key=lambda c: c.kolom[0]))
        # Between two readings of the same header rows the one that takes whole texts is the truer.
        score = len(columns) + hint + 0.01 * sum(fitting.whole)
        return _Match(form, *rows, columns, foreign, tuple(known), score, newest)

    # --- values ----------------------------------------------------------------------------------
    def shape_fits(self, head: Head, shape: str, below: int) -> bool | None:
        """Whether the values under a header look as they should; None where there are none."""
        expression = SHAPES[shape]
        seen = good = 0
        for r in range(below + 1, min(below + 1 + _WITHIN, len(self._grid.teks))):
            if not self._like_values(r, below):
                continue
            cells = [
                (self._grid.teks[r][c].strip(), self._grid.jenis[r][c])
                for c in self._cells.filled(r, head.kolom)
            ]
            told = [t for t, k in cells if k not in "ef"]
            if told:
                seen += 1
                good += any(expression.search(t) for t in told) and (
                    cells[0][1] in "tnb" or shape in _ANY_KIND
                )
            if seen >= _SAMPLE:
                break
        return None if not seen else good >= _FITS * seen

    def _like_values(self, r: int, below: int) -> bool:
        """Whether a row is filled enough to be judged by: no signature, no note, no column numbers."""
        jenis = self._grid.jenis[r]
        filled = len(jenis) - jenis.count(" ")
        if filled < max(min(2, len(jenis)), len(jenis) // 4):
            return False
        texts = self._grid.teks[r]
        return texts != self._grid.teks[below] and not (r <= below + 2 and is_number_row(texts))

    # --- titles ----------------------------------------------------------------------------------
    def _titles(self, top: int) -> list[str]:
        """Texts of the rows above a header, up to the table before."""
        lines: list[str] = []
        for r in range(top - 1, -1, -1):
            known = self._classes[r]
            if known in HANDED_OVER or known == KEPALA:
                break
            if known in (None, TIDAK_DIKENAL, SEKAT):
                lines.append(line(self._grid, r))
        return [x for x in reversed(lines) if x]

    def _open(self, match: _Match) -> RowJudge:
        titles = self._titles(match.top)
        self._close_titles(match.top, JUDUL)
        for r in range(match.top, match.bottom + 1):
            self._classes[r] = KEPALA
        table = PrintedTable(
            form=match.form,
            lembar=self._grid.lembar,
            tabel_ke=len(self._tables) + 1,
            judul=titles,
            kepala=(match.top, match.bottom),
            columns=list(match.columns),
            asing=list(match.asing),
            tidak_dipakai=list(match.tidak_dipakai),
            tahun_kepala=match.newest,
        )
        self._tables.append(table)
        return RowJudge(self._grid, self._cells, table)

    def _close_titles(self, end: int, as_: str) -> None:
        """Rows without a class before ``end`` get one; what was unknown behind a table titles the next one.

        Rows under a header that fitted nothing are no title, but for the lines right above ``end``.
        """
        unfit = max((n.sel[0] for n in self._near if n.sel[0] < end), default=-1)
        above_blank = False
        for r in range(end - 1, -1, -1):
            known = self._classes[r]
            if known in HANDED_OVER or known == KEPALA:
                break
            above_blank = (
                above_blank or (known == KOSONG and r < end - 1) or (known is None and blank(self._grid, r))
            )
            title = as_ == JUDUL and not (above_blank and r >= unfit >= 0)
            if known is None or (title and known in (TIDAK_DIKENAL, SEKAT)):
                self._classes[r] = as_ if title else KOSONG if blank(self._grid, r) else TIDAK_DIKENAL


def _nearer(one: Near, other: Near) -> bool:
    return (one.bagian, one.kolom) > (other.bagian, other.kolom)


def _tied(best: _Match, ties: Sequence[_Match]) -> Near:
    names = sorted({m.form.tabel for m in (best, *ties)})
    first = best.columns[0].head
    return Near(best.form, (best.top, first.kolom[0]), (), (), (), 1.0, len(best.columns), tuple(names))


def _newest(above: Sequence[Head]) -> int | None:
    years = [int(y) for h in above for y in _YEAR.findall(h.penuh)]
    return max(years, default=None)


def line(grid: Grid, r: int) -> str:
    """The texts of a row as one line, each text once."""
    return " ".join(" ".join(t.split()) for t in dict.fromkeys(grid.teks[r]) if t.strip())
