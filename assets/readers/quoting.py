"""Rows of delimited text that quotation marks have damaged, made whole again and counted.

Four kinds happen in offices: a mark that nobody closed swallows the rows below; a row stands whole inside one
pair of marks (a comma list saved again where ``;`` separates); every row does, with blank cells behind it; a
cell holds its row beside the row itself. A row is split only where the parts fit the columns of the others.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from assets.readers.safety import Refused

# A quoted cell may hold line breaks, but one of so many lines is a quotation mark that nobody closed.
_LINES_IN_CELL = 60
# Records by which the columns are known, and how many of the cells of a column must be numbers.
_SAMPLE, _NUMBERS = 400, 0.8
_SHARED = 500_000  # distinct cells remembered at once
_NUMBER = re.compile(r"\(?-?\s*(?:rp\.?\s*)?\d[\d.,\s]*\)?%?", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """What most rows look like: their number of cells, and which of these hold numbers."""

    width: int
    numbers: frozenset[int]

    @classmethod
    def of(cls, records: Iterable[Sequence[str]]) -> Columns:
        """The columns of rows with at least three filled cells (two where there are no others)."""
        several = [r for r in records if len(r) > 1]
        rows = [r for r in several if sum(map(bool, r)) > 2] or several
        if not rows:
            return cls(0, frozenset())
        width = Counter(map(len, rows)).most_common(1)[0][0]
        numbers = set()
        for c in range(width):
            cells = [r[c] for r in rows if c < len(r) and r[c].strip()]
            if len(cells) > 1 and sum(map(is_number, cells)) >= _NUMBERS * len(cells):
                numbers.add(c)
        return cls(width, frozenset(numbers))

    def fit(self, parts: Sequence[str]) -> bool:
        """Whether a text split into these parts is such a row."""
        last = max((i for i, p in enumerate(parts) if p.strip()), default=-1)
        return last < self.width and self._numbered(parts)

    def fit_line(self, parts: Sequence[str]) -> bool:
        """Whether a line that stands alone is such a row: as wide, with a number where numbers stand."""
        return len(parts) >= self.width > 1 and self._numbered(parts)

    def _numbered(self, parts: Sequence[str]) -> bool:
        held = [parts[c] for c in self.numbers if c < len(parts) and parts[c].strip()]
        return len(held) > 0 and all(map(is_number, held))


def is_number(text: str) -> bool:
    """Whether a cell prints a number."""
    return _NUMBER.fullmatch(text.strip()) is not None


@dataclass
class Records:
    """The rows of a text, and the numbers of those that were mended."""

    rows: list[list[str]]
    utuh: list[int] = field(default_factory=list)
    """Rows that stood whole in one cell."""
    terbuka: list[int] = field(default_factory=list)
    """Rows with a quotation mark that nobody closed."""


def records_of(lines: Sequence[str], delimiter: str, others: str, *, sure: bool = False) -> Records:
    """The rows of a text, one for each record as a spreadsheet program shows it.

    Args:
        lines: the text, line breaks kept.
        delimiter: by which most rows are separated.
        others: marks that may have been laid around it.
        sure: the file itself says what separates, so a row with all its cells is as it was meant.
    """
    plain = (_split(line, delimiter) for line in lines[:_SAMPLE])
    columns = Columns.of(plain)
    made = Records([])
    made.rows = list(_sharing(_parse(lines, delimiter, columns, made.terbuka)))
    around = _around(lines, delimiter, others)
    if around is not None:
        bare = _parse(lines, around, Columns(0, frozenset()), [])
        made = Records([_inside(record, delimiter) for record in bare])
    several = [r for r in made.rows[:_SAMPLE] if any(r[1:])]
    columns = Columns.of(several or [_split(r[0], delimiter) for r in made.rows[:_SAMPLE] if r])
    marks = delimiter + others
    for i, record in enumerate(made.rows):
        if not record or not record[0] or (sure and len(record) == columns.width):
            continue
        if whole := _whole(record, marks, columns):
            made.rows[i] = whole
            made.utuh.append(i + 1)
    return made


def _sharing(records: Iterable[list[str]]) -> Iterator[list[str]]:
    """The same rows; equal cells are one text in memory."""
    known: dict[str, str] = {}
    for record in records:
        if len(known) >= _SHARED:
            known.clear()
        yield [known.setdefault(cell, cell) for cell in record]


def _split(text: str, delimiter: str) -> list[str]:
    """One row; a text that is no single row by the rules of csv is split at every mark."""
    try:
        found = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        found = []
    if len(found) == 1:
        return found[0]
    return [bounded_cell(part) for part in " ".join(text.splitlines()).split(delimiter)]


def bounded_cell(text: str) -> str:
    """The text of a cell.

    Raises:
        Refused: ``berkas_terlalu_besar``, it is longer than any that an office program takes.
    """
    longest = csv.field_size_limit()
    if len(text) <= longest:
        return text
    facts = {"bagian": "satu sel", "ukuran": f"lebih dari {longest} huruf", "batas": f"{longest} huruf"}
    raise Refused("berkas_terlalu_besar", **facts)


def _parse(lines: Sequence[str], delimiter: str, columns: Columns, opened: list[int]) -> Iterator[list[str]]:
    """Records by the rules of csv; a mark that swallows rows is a letter like any other, on its line."""
    start = count = 0
    while start < len(lines):
        swallowed = False
        for end, record in _whole_records(lines, start, delimiter):
            if record is None or (end - start > 1 and _swallows(lines, start, end, delimiter, columns)):
                swallowed = True
                break
            count += 1
            yield record
            start = end
        if not swallowed:
            return
        count += 1
        opened.append(count)
        yield [bounded_cell(part) for part in lines[start].rstrip("\r\n").split(delimiter)]
        start += 1


def _whole_records(
    lines: Sequence[str], start: int, delimiter: str
) -> Iterator[tuple[int, list[str] | None]]:
    """Each record from a line on with the line it ends before; None where a cell is beyond any program."""
    reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=delimiter)
    before = 0
    try:
        for record in reader:
            before = reader.line_num
            yield start + before, record
    except csv.Error:  # a cell beyond the reader's field limit: the same unclosed mark
        yield start + before, None


def _swallows(lines: Sequence[str], start: int, end: int, delimiter: str, columns: Columns) -> bool:
    """Whether a quoted cell that runs over several lines has swallowed rows.

    It has if most of these lines are rows by themselves, if the text ends before the mark is closed, or if
    there are too many of them and no numbers tell.
    """
    if end == len(lines) and sum(line.count('"') for line in lines[start:end]) % 2:
        return True
    below = lines[start + 1 : end]
    if not columns.numbers:
        return len(below) > _LINES_IN_CELL
    rows = sum(columns.fit_line(_split(line.rstrip("\r\n"), delimiter)) for line in below)
    return rows > 0 and 2 * rows >= len(below)


def _around(lines: Sequence[str], delimiter: str, others: str) -> str | None:
    """The mark by which every row stands in one cell with blank ones behind it, if there is one."""
    for mark in others:
        if not any(line.rstrip("\r\n").endswith(mark) for line in lines[:3]):
            continue
        rows = [r for r in csv.reader(lines[:_SAMPLE], delimiter=mark) if any(r)]
        bare = sum(len(r) > 1 and bool(r[0]) and not any(r[1:]) for r in rows)
        if bare * 20 >= len(rows) * 19 and any(delimiter in r[0] for r in rows):
            return mark
    return None


def _inside(record: Sequence[str], delimiter: str) -> list[str]:
    """The row in the first cell, with whatever stands behind it."""
    behind = [cell for cell in record[1:] if cell]
    return [*(_split(record[0], delimiter) if record else []), *behind]


def _whole(record: Sequence[str], marks: str, columns: Columns) -> list[str] | None:
    """The row that stands whole in the first cell, where the other cells are blank or say the same."""
    for mark in marks:
        if mark not in record[0]:
            continue
        parts = _split(record[0], mark)
        if _agree(record, parts) and (columns.fit(parts) or _bare_row(record, parts, mark, columns)):
            rest = list(record[len(parts) :])
            return [p if i == 0 or p.strip() else _at(record, i) for i, p in enumerate(parts)] + rest
    return None


def _agree(record: Sequence[str], parts: Sequence[str]) -> bool:
    pairs = zip(record[1:], parts[1:], strict=False)
    return all(
        not beside.strip() or not part.strip() or beside.strip() == part.strip() for beside, part in pairs
    )


def _bare_row(record: Sequence[str], parts: Sequence[str], mark: str, columns: Columns) -> bool:
    """Whether it is such a row although no number tells: alone on its line, or beginning with blank cells."""
    return len(parts) == columns.width and (len(record) == 1 or record[0].startswith(3 * mark))


def _at(record: Sequence[str], i: int) -> str:
    return record[i] if i < len(record) else ""
