"""Finds the tables of a sheet by the words of their headers and the shape of the values below.

A region where every required field of a form is found exactly once is that form's table, whatever the order
of columns, the rows above, merged, split or repeated headers, or the sheet it stands on. What fits no form
is never guessed: the nearest form is named, with what is missing, doubtful or new.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assets.readers import sides
from assets.readers.grid import Grid
from assets.readers.rows import PrintedTable
from assets.readers.scanning import Scan, SheetReading, line
from assets.readers.vocabulary import Field, Vocabulary
from assets.readers.words import Pattern

__all__ = ["Recogniser", "SheetReading", "line", "recognise"]

# How much of the top of each sheet is a hint at what the whole file is.
_TITLE_ROWS, _TITLE_CHARS = 6, 20_000


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
        titles = self._vocabulary.normal(
            " ".join(t for g in grids for row in g.teks[:_TITLE_ROWS] for t in row if t)[:_TITLE_CHARS]
        )
        found: list[SheetReading] = []
        before: tuple[Grid, SheetReading] | None = None
        for grid in grids:
            reading = self.sheet(grid, titles, _going_on(before, grid))
            found.append(reading)
            before = (grid, reading)
        return found

    def _apart(self, grid: Grid, groups: sides.Groups, whole: SheetReading, book_titles: str) -> SheetReading:
        """The sheet as the tables side by side on it, if there are more of them than it gave as one."""
        for some in (sides.beginning(grid, groups), grid):
            each = [
                Scan(self._vocabulary, self.claims, part, book_titles).run()
                for part in sides.parts(some, groups)
            ]
            known = sum(t.kepala[0] < len(some.teks) for t in whole.tables)
            if sum(len(reading.tables) for reading in each) <= known:
                return whole
        return sides.together(grid, each)

    def sheet(self, grid: Grid, book_titles: str = "", before: PrintedTable | None = None) -> SheetReading:
        """Read one sheet.

        Args:
            grid: the sheet.
            book_titles: normalised titles anywhere in the file, a weak hint at the form.
            before: a table of the page before that may go on here without a header.

        Raises:
            RowsUncounted: a row ended in no class (a fault of ours).
        """
        found = Scan(self._vocabulary, self.claims, grid, book_titles).run(before)
        if groups := sides.groups(grid, found, self._vocabulary):
            found = self._apart(grid, groups, found, book_titles)
        if not found.tables and (near := sides.lying(grid, self._vocabulary, self.claims)):
            found.near.append(near)
        return found


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
