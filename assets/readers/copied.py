"""One field of all rows of a table, as printed: by row, or by distinct cell where the sheet is a large one.

What does not belong here: which column a field has, and which rows are the table's (``copying.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from assets.readers.arrow_text import fixed_width, taken, texts
from assets.readers.coded import Codes
from assets.readers.grid import BLANK, NUMBER, TEXT

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Listed:
    """A field by row: texts, kinds, formats."""

    teks: list[str]
    jenis: list[str]
    format: list[str]

    @classmethod
    def blank(cls, rows: int) -> Listed:
        """A field that the table does not have."""
        return cls([""] * rows, [BLANK] * rows, [BLANK] * rows)

    def kinds(self) -> set[str]:
        """The kinds that occur."""
        return set(self.jenis)

    def reword(self, kept: Callable[[str], str]) -> None:
        """Put another text in the place of a text or number."""
        changed = {t: k for t in set(self.teks) if (k := kept(t)) != t}
        if changed:
            typed = zip(self.teks, self.jenis, strict=True)
            self.teks = [changed.get(t, t) if kind in TEXT + NUMBER else t for t, kind in typed]

    def arrow(self) -> pa.Array:
        """The texts; blank is NULL."""
        if not any(self.teks):
            return pa.nulls(len(self.teks), pa.string())
        return texts([t or None for t in self.teks])

    def listed(self) -> Listed:
        """The same by row."""
        return self

    def marks(self, part: str) -> bytes:
        """Kinds or formats, one byte a row."""
        return "".join(getattr(self, part)).encode("ascii")


class Coded:
    """A field by distinct cell."""

    def __init__(self, codes: Codes, cells: NDArray[Any], is_blank: Callable[[str], bool]) -> None:
        """Cells whose text ``is_blank`` count as blank ones (code 0)."""
        import numpy as np

        self._codes = codes
        used = np.flatnonzero(np.bincount(cells, minlength=1))
        kept = [code if not is_blank(codes.teks[code]) else 0 for code in used.tolist()]
        self._distinct = kept
        self._texts = [codes.teks[code] for code in kept]
        place = np.zeros(int(used[-1]) + 1 if len(used) else 1, np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        self._which: NDArray[Any] = place[cells]

    def kinds(self) -> set[str]:
        """The kinds that occur."""
        return {self._codes.jenis[code] for code in self._distinct}

    def reword(self, kept: Callable[[str], str]) -> None:
        """Put another text in the place of a text or number."""
        for i, code in enumerate(self._distinct):
            if self._codes.jenis[code] in TEXT + NUMBER:
                self._texts[i] = kept(self._texts[i])

    def arrow(self) -> pa.Array:
        """The texts; blank is NULL."""
        return taken([t or None for t in self._texts], self._which)

    def listed(self) -> Listed:
        """The same by row."""
        jenis, formats = self.marks("jenis").decode(), self.marks("format").decode()
        return Listed(list(self.teks), list(jenis), list(formats))

    @property
    def teks(self) -> list[str]:
        """Texts by row."""
        return list(map(self._texts.__getitem__, self._which.tolist()))

    @cached_property
    def jenis(self) -> str:
        """Kinds by row."""
        return self.marks("jenis").decode()

    def marks(self, part: str) -> bytes:
        """Kinds or formats, one byte a row."""
        import numpy as np

        each = "".join(getattr(self._codes, part)[code] for code in self._distinct).encode("ascii")
        found: bytes = np.frombuffer(each, np.uint8)[self._which].tobytes() if each else b""
        return found


Field = Listed | Coded


def marks_together(fields: Sequence[Field], part: str, rows: int) -> pa.Array:
    """Kinds or formats of all fields, one string a row."""
    if not any(isinstance(field, Coded) for field in fields):
        each = [getattr(field, part) for field in fields]
        return texts([*map("".join, zip(*each, strict=True))] if rows else [])
    import numpy as np

    columns = [np.frombuffer(field.marks(part), np.uint8) for field in fields]
    return fixed_width(np.ascontiguousarray(np.stack(columns, axis=1)).tobytes(), len(fields), rows)
