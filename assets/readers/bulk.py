"""Rows that are beyond doubt, many at once: what ``RowJudge.obvious`` and ``judge`` say, by distinct cell.

For large sheets only (``coded.py``); a test compares row by row with the judge itself. What does not belong
here: rows about which there is a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assets.readers.coded import Codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Rows looked at in one go: few at first, for a sheet may hold many short tables.
_FIRST, _MOST = 256, 65_536
_ALONE, _NO_TEXT = "", 2

Test = Callable[[str], bool]


class SureRows:
    """The rows of a large sheet, seen with the columns of one of its tables.

    Args:
        codes: the sheet.
        needed: columns that must be filled.
        shaped: columns with a test that a text there must pass.
        answers: columns of which at least half of the texts must pass the test.
        is_word: whether a text can be a row's label.
        class_of: class of a row with this label text ('' without one), or '' where only the judge can tell.
        alone: rows that only the judge can tell, rising.
    """

    def __init__(
        self,
        codes: Codes,
        needed: Sequence[int],
        shaped: Sequence[tuple[int, Test]],
        answers: tuple[Sequence[int], Test],
        is_word: Test,
        class_of: Callable[[str], str],
        alone: Sequence[int] = (),
    ) -> None:
        self._codes = codes
        self._needed, self._shaped, self._answers = needed, shaped, answers
        self._is_word, self._class_of, self._alone = is_word, class_of, alone
        self._known: dict[Test, NDArray[np.int8]] = {}
        self._blank: NDArray[np.bool_] | None = None
        self._classes: dict[str, str] = {}
        self._start = self._end = 0
        self._found: list[str] = []
        self._ahead = _FIRST

    def from_row(self, r: int) -> list[str]:
        """Classes of the rows from ``r`` on, up to the first for the judge or a block's end."""
        if not self._start <= r < self._end:
            self._look(r)
        found = self._found
        at = first = r - self._start
        while at < len(found) and found[at]:
            at += 1
        return found[first:at]

    def _look(self, r: int) -> None:
        import numpy as np

        self._start, self._end = r, min(r + self._ahead, self._codes.tinggi)
        self._ahead = min(2 * self._ahead, _MOST)
        cells = self._codes.cells[self._start : self._end]
        blank = np.array([kind == " " for kind in self._codes.jenis]) if self._blank is None else self._blank
        self._blank = blank
        sure: NDArray[np.bool_] = np.logical_not(blank[cells[:, list(self._needed)]].any(axis=1))
        for column, test in self._shaped:
            sure &= self._tell(test, cells[:, column]) != 0
        columns, test = self._answers
        if columns:
            told = self._tell(test, cells[:, list(columns)])
            sure &= 2 * (told == 1).sum(axis=1) >= (told != _NO_TEXT).sum(axis=1)
        for row in self._alone:
            if self._start <= row < self._end:
                sure[row - self._start] = False
        self._found = self._labelled(cells, sure)

    def _labelled(self, cells: NDArray[Any], sure: NDArray[np.bool_]) -> list[str]:
        """The class of each sure row by its label, the first word in it."""
        import numpy as np

        labels = np.full(len(cells), -1, np.int64)
        for column in range(cells.shape[1]):
            open_ = np.flatnonzero(sure & (labels < 0))
            if not len(open_):
                break
            codes = cells[open_, column]
            word = self._tell(self._is_word, codes) == 1
            labels[open_[word]] = codes[word]
        names = {int(code): self._class(int(code)) for code in np.unique(labels[sure])}
        return [
            names[code] if is_sure else _ALONE
            for code, is_sure in zip(labels.tolist(), sure.tolist(), strict=True)
        ]

    def _class(self, code: int) -> str:
        text = self._codes.teks[code] if code >= 0 else ""
        if text not in self._classes:
            self._classes[text] = self._class_of(text)
        return self._classes[text]

    def _tell(self, test: Test, codes: NDArray[Any]) -> NDArray[np.int8]:
        """Of each cell: 1 for a text that passes the test, 0 for one that does not, else ``_NO_TEXT``."""
        import numpy as np

        known = self._known.get(test)
        if known is None:
            known = self._known[test] = np.full(len(self._codes.teks), -1, np.int8)
        for code in np.unique(codes[known[codes] < 0]).tolist():
            is_text = self._codes.jenis[code] == "t"
            known[code] = bool(test(self._codes.teks[code])) if is_text else _NO_TEXT
        told: NDArray[np.int8] = known[codes]
        return told
