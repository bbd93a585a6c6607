"""Which form a header is: every required field found exactly once, confirmed by the values below it.

Where headers stand is ``header.py``, how one form takes its columns ``fitting.py``; here the forms compete.
What fits no form is never guessed: the nearest one is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from assets.readers.fitting import Claim, Fitting, Near
from assets.readers.grid import Grid
from assets.readers.header import Head, Merges, blank, heads, is_number_row, windows
from assets.readers.rows import HANDED_OVER, KEPALA, KOSONG, Cells, Column
from assets.readers.vocabulary import SHAPES, Field, Form, RowWords, Vocabulary

# Values looked at to confirm the shape of a column, and how many of them must fit.
_SAMPLE, _ENOUGH, _WITHIN, _FITS = 40, 2, 150, 0.6
# Headers that make a table of which one column is known.
_HEADS = 3
# Shapes that a date or a time of day may have.
_ANY_KIND = ("bebas", "jawaban")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# A group of columns under a year or a quarter: "2024 iks" names what "iks 2024" names.
_PERIOD_FIRST = re.compile(
    r"^((?:tahun )?(?:19|20)\d\d|(?:tw|triwulan|semester) (?:i{1,3}|iv|[1-4])) (?=[a-z])(.+)$"
)
# What a title word is worth against one more column of another form.
_TITLE, _BOOK_TITLE = 1.5, 0.5


class Claims(Protocol):
    """What a normalised header text may name: (place of the form, field, period key)."""

    def __call__(self, text: str, /) -> tuple[tuple[int, Field, str], ...]:
        """Everything that the text may name."""
        ...


@dataclass(frozen=True)
class Match:
    """A header that is a form: its rows, its columns, and headers that are none of the form's."""

    form: Form
    top: int
    bottom: int
    columns: tuple[Column, ...]
    asing: tuple[Head, ...]
    tidak_dipakai: tuple[Head, ...]
    score: float
    newest: int | None
    utuh: int


class Matcher:
    """Finds the form of a header on one sheet.

    ``classes`` are the classes of the sheet's rows so far (filled by the caller as it goes), ``titles`` gives
    the texts above a row. ``near`` are headers that fit no form, ``far`` those of which one column is known.
    """

    def __init__(
        self,
        grid: Grid,
        vocabulary: Vocabulary,
        claims: Claims,
        classes: Sequence[str | None],
        titles: Callable[[int], list[str]],
        book_titles: str,
    ) -> None:
        self.merges = Merges(grid)
        self.cells = Cells(grid, self.merges)
        self.near: list[Near] = []
        self.far: list[Near] = []
        self._grid, self._vocabulary, self._claims = grid, vocabulary, claims
        self._classes, self._titles, self._book_titles = classes, titles, book_titles
        # Several forms ask the same of the same cells.
        self._shapes: dict[tuple[tuple[int, ...], str, int, int], bool | None] = {}
        self._below: dict[tuple[int, int], tuple[list[tuple[int, bool]], Iterator[tuple[int, bool]]]] = {}

    def best(self, top: int) -> Match | None:
        """The form that explains most columns of a header starting here; a tie is told, not settled."""
        found: list[Match] = []
        nearest: Near | None = None
        for first, bottom in self._windows(top):
            above = heads(self._grid, self.merges, first, bottom, self._vocabulary.normal)
            for match in self._matches(above, first, bottom):
                if isinstance(match, Match):
                    found.append(match)
                elif nearest is None or _nearer(match, nearest):
                    nearest = match
        if not found:
            # One chance word is no header.
            if nearest is not None and nearest.kolom > 1:
                self.near.append(nearest)
            elif nearest is not None and self._over_numbers(nearest):
                self.far.append(nearest)
            return None
        found.sort(key=lambda m: (-m.score, m.bottom, -m.top))
        best = found[0]
        ties = [m for m in found[1:] if m.score == best.score and m.form is not best.form]
        doubt = _tied(best, ties) if ties else nearest if nearest and _explains_more(nearest, best) else None
        if doubt is not None:
            self.near.append(doubt)
            return None
        # A first row that no column needs to be known by is a title over all of them.
        return best if best.utuh or best.bottom == best.top else None

    def _over_numbers(self, near: Near) -> bool:
        """Whether several headers stand over numbers: a table, though of nobody we know."""
        below = self._grid.jenis[near.bawah + 1 : near.bawah + 2]
        return len(near.baru) >= _HEADS and any("n" in kinds for kinds in below)

    def _windows(self, top: int) -> Iterator[tuple[int, int]]:
        """Row ranges that may be the header: from ``top`` down, and with up to two group headers above it."""
        if self._over_all(top, top + 1):
            return
        down = list(windows(self._grid, self.merges, top))
        yield from down
        for first in (top - 1, top - 2):
            if (
                first < 0
                or self._classes[first] in HANDED_OVER | {KEPALA, KOSONG}
                or blank(self._grid, first)
                or self._over_all(first, top)
            ):
                return
            for _, bottom in down:
                yield first, bottom

    def _over_all(self, r: int, below: int) -> bool:
        """Whether a row is a title over all columns of the row below: one text, at its left, in no column."""
        filled = [c for c, kind in enumerate(self._grid.jenis[r]) if kind != " "]
        if len(filled) != 1 or below >= len(self._grid.teks) or self.merges.bottom(r, r) > r:
            return False
        kinds = self._grid.jenis[below]
        return filled[0] <= len(kinds) - len(kinds.lstrip(" "))

    def _matches(self, above: Sequence[Head], top: int, bottom: int) -> Iterable[Match | Near]:
        claims = [self._column_claims(h) for h in above]
        newest = _newest(above)
        touched = {i for per in claims for i, *_ in per}
        titles = self._vocabulary.normal(" ".join(self._titles(top)) + " " + self._grid.lembar)
        for i in sorted(touched):
            form = self._vocabulary.forms[i]
            if form.bukan_judul.matches(titles) or any(
                form.tanpa.matches(t) for h in above for t in _ways(h)
            ):
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
        found: list[tuple[int, Field, str, bool]] = []
        for text in _ways(head):
            claimed = {i for i, *_ in found}
            found += [(*claim, True) for claim in self._claims(text) if claim[0] not in claimed]
        if head.daun == head.penuh:
            return found
        claimed = {i for i, *_ in found}
        return found + [(*claim, False) for claim in self._claims(head.daun) if claim[0] not in claimed]

    def _fit(
        self,
        form: Form,
        above: Sequence[Head],
        mine: Sequence[Sequence[Claim]],
        rows: tuple[int, int],
        newest: int | None,
        hint: float,
    ) -> Match | Near:
        fits = partial(self.shape_fits, below=rows[1], words=form.baris)
        fitting = Fitting(fits, form, above, mine, newest)
        fitting.assign()
        taken = {id(c.head) for c in fitting.columns}
        unused = [h for h in above if id(h) not in taken]
        known = [h for h in unused if self._known(form, h)]
        if fitting.hilang or fitting.ganda or fitting.thin(len(known)):
            return fitting.near(*rows)
        foreign = tuple(h for h in unused if h not in known)
        columns = tuple(sorted(fitting.columns, key=lambda c: c.kolom[0]))
        # Between two readings of the same header rows the one that takes whole texts is the truer.
        score = len(columns) + hint + 0.01 * sum(fitting.whole)
        return Match(form, *rows, columns, foreign, tuple(known), score, newest, sum(fitting.whole))

    def _known(self, form: Form, head: Head) -> bool:
        """Whether a header is known and not needed."""
        return any(w.matches(head.penuh) for w in (self._vocabulary.abaikan, form.tidak_dipakai))

    # --- values ----------------------------------------------------------------------------------
    def shape_fits(self, head: Head, shape: str, below: int, words: RowWords) -> bool | None:
        """Whether the values under a header look as they should; None where there are none.

        Totals, notes and what stands behind a blank row do not count.
        """
        key = (head.kolom, shape, below, id(words))
        if key not in self._shapes:
            self._shapes[key] = self._shape_fits(head, shape, below, words)
        return self._shapes[key]

    def _shape_fits(self, head: Head, shape: str, below: int, words: RowWords) -> bool | None:
        expression = SHAPES[shape]
        seen = good = 0
        for r, is_blank in self._value_rows(below, words):
            if is_blank:
                if seen >= _ENOUGH:
                    break  # behind a blank row another table may stand
                continue
            cells = [
                (self._grid.teks[r][c].strip(), self._grid.jenis[r][c])
                for c in self.cells.filled(r, head.kolom)
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

    def _value_rows(self, below: int, words: RowWords) -> Iterator[tuple[int, bool]]:
        """Rows under a header that hold values, and blank ones (True); looked for once, as far as asked."""
        key = (below, id(words))
        if key not in self._below:
            self._below[key] = ([], self._look_below(below, words))
        found, rest = self._below[key]
        yield from found
        for one in rest:
            found.append(one)
            yield one

    def _look_below(self, below: int, words: RowWords) -> Iterator[tuple[int, bool]]:
        for r in range(below + 1, min(below + 1 + _WITHIN, len(self._grid.teks))):
            if self._grid.jenis[r].isspace():
                yield r, True
            elif self._like_values(r, below) and not self.cells.aside(r, words, self._vocabulary.normal):
                yield r, False

    def _like_values(self, r: int, below: int) -> bool:
        """Whether a row is filled enough to be judged by: no signature, no note, no column numbers."""
        jenis = self._grid.jenis[r]
        filled = len(jenis) - jenis.count(" ")
        if filled < max(min(2, len(jenis)), len(jenis) // 4):
            return False
        texts = self._grid.teks[r]
        return texts != self._grid.teks[below] and not (r <= below + 2 and is_number_row(texts))


def _ways(head: Head) -> Iterator[str]:
    """The whole text of a header, and with a period that stands over it put last."""
    yield head.penuh
    if found := _PERIOD_FIRST.match(head.penuh):
        yield f"{found[2]} {found[1]}"


def _nearer(one: Near, other: Near) -> bool:
    return (one.bagian, one.kolom) > (other.bagian, other.kolom)


def _explains_more(near: Near, match: Match) -> bool:
    """Whether a form of which nothing is missing, only claimed twice, explains more than one that fits."""
    return (
        bool(near.ganda)
        and not (near.hilang or near.salah_isi)
        and near.form is not match.form
        and near.kolom > len(match.columns)
    )


def _tied(best: Match, ties: Sequence[Match]) -> Near:
    names = sorted({m.form.tabel for m in (best, *ties)})
    first = best.columns[0].head
    return Near(
        best.form, (best.top, first.kolom[0]), best.bottom, (), (), (), 1.0, len(best.columns), tuple(names)
    )


def _newest(above: Sequence[Head]) -> int | None:
    years = [int(y) for h in above for y in _YEAR.findall(h.penuh)]
    return max(years, default=None)
