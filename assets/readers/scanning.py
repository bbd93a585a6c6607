"""One pass over one sheet, from top to bottom: where tables begin, what each row is, what titles what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assets.readers.fitting import Near
from assets.readers.grid import Grid
from assets.readers.header import amounts, blank
from assets.readers.judging import RowJudge
from assets.readers.matching import Claims, Match, Matcher
from assets.readers.rows import (
    CATATAN,
    DATA,
    HANDED_OVER,
    JUDUL,
    KEPALA,
    KOSONG,
    NOMOR,
    PERABOT,
    SEKAT,
    TIDAK_DIKENAL,
    TOTAL,
    PrintedTable,
    check_counts,
)
from assets.readers.vocabulary import Vocabulary

_LONGEST_HEADER = 400
# A heap of unknown rows is no title; so many rows above a header are.
_TITLE_LINES = 60


@dataclass
class SheetReading:
    """What a sheet holds: its tables, the class of every row, its counts, and headers that fit nothing."""

    lembar: str
    tables: list[PrintedTable]
    classes: list[str]
    counts: dict[str, int]
    near: list[Near] = field(default_factory=list)


def line(grid: Grid, r: int) -> str:
    """The texts of a row as one line, each text once."""
    return " ".join(" ".join(t.split()) for t in dict.fromkeys(grid.teks[r]) if t.strip())


class Scan:
    """One pass over one sheet."""

    def __init__(self, vocabulary: Vocabulary, claims: Claims, grid: Grid, book_titles: str) -> None:
        self._claims = claims
        self._normal = vocabulary.normal
        self._grid = grid
        self._classes: list[str | None] = [None] * len(grid.teks)
        self._matcher = Matcher(grid, vocabulary, claims, self._classes, self._titles, book_titles)
        self._tables: list[PrintedTable] = []

    def run(self, before: PrintedTable | None = None) -> SheetReading:
        """Read the sheet; ``before`` is a table of the page before that may go on here."""
        judge = self._continue(before) if before else None
        r = 0
        while r < len(self._grid.teks):
            if judge is not None and (beyond_doubt := judge.sure_rows(r)):
                self._classes[r : r + len(beyond_doubt)] = beyond_doubt
                self._tables[-1].rows += enumerate(beyond_doubt, r)
                r += len(beyond_doubt)
                continue
            if r in self._grid.perabot:
                self._classes[r] = PERABOT
                r += 1
                continue
            sure = judge is not None and judge.obvious(r)
            if not sure and self._like_header(r):
                match = self._matcher.best(r)
                if match is not None and not self._chance(match, judge):
                    judge = self._under(match, judge)
                    r = match.bottom + 1
                    continue
            self._classes[r] = self._class_of(r, judge, sure)
            r += 1
        self._close_titles(len(self._grid.teks), TIDAK_DIKENAL)
        self._drop_empty_continuation()
        classes = [c or TIDAK_DIKENAL for c in self._classes]
        self._settle_headers(classes)
        self._leave_unfilled_sums(classes)
        self._hand_over(classes)
        near = [n for n in self._matcher.near if classes[n.sel[0]] == TIDAK_DIKENAL]
        near = near or ([] if self._tables else self._matcher.far)
        return SheetReading(
            self._grid.lembar, self._tables, classes, check_counts(classes, self._grid.lembar), near
        )

    def _judge(self, table: PrintedTable) -> RowJudge:
        self._tables.append(table)
        return RowJudge(self._grid, self._matcher.cells, table, self._normal)

    def _continue(self, before: PrintedTable) -> RowJudge:
        """Go on with the columns of the page before until a header says otherwise."""
        return self._judge(
            replace(
                before,
                lembar=self._grid.lembar,
                tabel_ke=1,
                kepala=(-1, -1),
                rows=[],
                sekat=[],
                tidak_dikenal=[],
            )
        )

    def _drop_empty_continuation(self) -> None:
        if self._tables and self._tables[0].lanjutan and not self._tables[0].rows:
            del self._tables[0]
            for i, table in enumerate(self._tables, 1):
                table.tabel_ke = i

    def _chance(self, match: Match, judge: RowJudge | None) -> bool:
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

    def _leave_unfilled_sums(self, classes: list[str]) -> None:
        """A blank form's sums are no figures: zero would stand against the filled table of that period."""
        for table in self._tables:
            for r in table.unfilled_sums(self._grid):
                classes[r] = CATATAN
                table.rows = [(n, kind) for n, kind in table.rows if n != r]

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
        if not worded or (len(worded) < 2 and not self._matcher.merges.by_row.get(r)):
            return False
        return any(self._claims(self._normal(t)) for t in worded)

    def _under(self, match: Match, judge: RowJudge | None) -> RowJudge:
        """Who judges the rows under a header: of a new table, or of the one that prints its header again."""
        between = self._between(match) if judge is not None else None
        if judge is None or between is None:
            return self._open(match)
        for r in between:
            self._classes[r] = JUDUL
        self._classes[match.top : match.bottom + 1] = [KEPALA] * (match.bottom + 1 - match.top)
        judge.header_again()
        return judge

    def _between(self, match: Match) -> list[int] | None:
        """Title rows printed again before a header that is the open table's own; None where it is another's.

        A page of a long print repeats header and title. Another title, a total or a signature before the
        header is the end of the table.
        """
        table = self._tables[-1]
        if table.lanjutan or not _same_header(table, match) or any(k == TOTAL for _, k in table.rows):
            return None
        last = max([table.kepala[1], *(r for r, _ in table.rows[-1:])])
        rows = [
            r
            for r in range(last + 1, match.top)
            if self._classes[r] not in (KOSONG, CATATAN, NOMOR, SEKAT, PERABOT)
        ]
        known = set(table.judul)
        return rows if all(line(self._grid, r) in known for r in rows) else None

    # --- titles ----------------------------------------------------------------------------------
    def _titles(self, top: int) -> list[str]:
        """Texts of the rows above a header, up to the table before; of many unknown rows the nearest."""
        lines: list[str] = []
        for r in range(top - 1, -1, -1):
            if len(lines) >= _TITLE_LINES:
                break
            known = self._classes[r]
            if known in HANDED_OVER or known == KEPALA:
                break
            if known in (None, TIDAK_DIKENAL, SEKAT, PERABOT):
                lines.append(line(self._grid, r))
        return [x for x in reversed(lines) if x]

    def _open(self, match: Match) -> RowJudge:
        titles = self._titles(match.top)
        self._close_titles(match.top, JUDUL)
        for r in range(match.top, match.bottom + 1):
            self._classes[r] = KEPALA
        return self._judge(
            PrintedTable(
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
        )

    def _close_titles(self, end: int, as_: str) -> None:
        """Rows without a class before ``end`` get one; what was unknown behind a table titles the next one.

        Rows under a header that fitted nothing are no title, but for the lines right above ``end``.
        """
        unfit = max((n.sel[0] for n in self._matcher.near if n.sel[0] < end), default=-1)
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


def _same_header(table: PrintedTable, match: Match) -> bool:
    """Whether a header is the table's own, printed again: the same columns under the same words."""
    own = [(c.field, c.kolom, c.head.penuh) for c in table.columns]
    return table.form is match.form and own == [(c.field, c.kolom, c.head.penuh) for c in match.columns]
