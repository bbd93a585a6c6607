"""Delimited text (csv, tab- or pipe-separated, plain txt) to one grid: encoding, delimiter, quoted rows.

Every cell is text as printed; whether ``1.234`` is a number is decided where the column's kind is known.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from assets.readers.coded import WORTH_CELLS, Codes
from assets.readers.grid import BLANK, TEXT, Book, Grid
from assets.readers.printed import seen
from assets.readers.quoting import Records, bounded_cell, records_of
from assets.readers.safety import LIMITS, Limits, Refused, check_cells

# In order of preference where two explain the rows equally well: a comma is also the decimal mark here.
DELIMITERS = ";\t|,"
LEMBAR = "-"  # a csv has no sheet

_SAMPLE = 300  # lines by which the delimiter is told
_SHOWN = 10  # row numbers in a sentence
_REMEMBERED = 1_000_000  # spellings of cells held at once
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEP_LINE = re.compile(r'"?sep=([;,|\t:^~])"?[ ;,\t|]*\r?\n', re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # ="0630": how exports keep leading zeros through Excel
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> str | None:
    """The text of the bytes, or None if they are not text.

    A byte order mark decides; without one, UTF-16 shows by its zero bytes, then UTF-8 is tried, then
    cp1252, which is what Excel writes as "CSV" on an office's Windows. Where exports were pasted together,
    each line is in the one that it fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    head = data[:2000]
    if head.count(0) * 4 > len(head):
        zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
        return _decoded(data, "utf-16-le" if zeros_odd > zeros_even else "utf-16-be")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        lines = [
            _decoded(line, "utf-8") or _decoded(line, "cp1252") for line in data.splitlines(keepends=True)
        ]
        text = "".join(line for line in lines if line is not None)
        if None in lines:
            return None
    return None if _CONTROL.search(text) else text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def read_delimited(path: Path, limits: Limits = LIMITS) -> Book:
    """The file as one grid named ``-``; ``jenis_berkas`` is ``csv``, or ``txt`` where nothing separates.

    Row 1 is the first row that a spreadsheet program would show: a ``sep=;`` line is not one.

    Raises:
        Refused: ``berkas_bukan_tabel`` (not text), ``berkas_kosong``, ``berkas_terlalu_besar``.
    """
    text = decode(path.read_bytes())
    if text is None:
        raise Refused("berkas_bukan_tabel", dikenali="berkas biner yang tidak dikenal")
    said = _SEP_LINE.match(text)
    if said:
        text = text[said.end() :]
    lines = list(StringIO(text, newline=""))  # str.splitlines would split at form feeds too
    delimiter = said[1] if said else _delimiter(lines)
    if delimiter is None:
        records = Records(_plain(lines))
    else:
        records = records_of(
            lines, delimiter, "" if said else DELIMITERS.replace(delimiter, ""), sure=bool(said)
        )
    grid = _grid(records.rows, limits)
    if not grid.teks:
        raise Refused("berkas_kosong", sebab="berkas tidak memuat teks")
    return Book("csv" if delimiter else "txt", [grid], catatan=list(_mended(records)))


def _mended(records: Records) -> Iterator[tuple[str, dict[str, str]]]:
    """What was mended, so that somebody can look whether it was so meant."""
    for aturan, rows in (("baris_dalam_satu_sel", records.utuh), ("kutip_tidak_tertutup", records.terbuka)):
        if rows:
            more = f" dan {len(rows) - _SHOWN} lainnya" if len(rows) > _SHOWN else ""
            facts = {"lembar": LEMBAR, "sel": f"A{rows[0]}", "jumlah": str(len(rows))}
            yield aturan, {**facts, "daftar": ", ".join(map(str, rows[:_SHOWN])) + more}


def _plain(lines: list[str]) -> list[list[str]]:
    return [[bounded_cell(line.rstrip("\r\n"))] for line in lines]


def _delimiter(lines: list[str]) -> str | None:
    """The mark by which most rows fall into the same number of cells, at least two of them filled.

    A row of one text and blanks is explained by any mark that a program has put behind it; such rows count
    only where there are no others.
    """
    rows = {d: _sampled(lines[:_SAMPLE], d) for d in DELIMITERS}
    for filled in (2, 0):
        steady = {d: _steady(r, filled) for d, r in rows.items()}
        best = max(DELIMITERS, key=lambda d: steady[d])
        if steady[best]:
            return best
    return None


def _sampled(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return records_of(lines, delimiter, "").rows
    except Refused:  # a cell that no program takes: another mark may explain it
        return []


def _steady(records: Iterable[list[str]], filled: int) -> int:
    widths = Counter(len(r) for r in records if len(r) > 1 and sum(map(bool, r)) >= filled)
    return max(widths.values(), default=0)


def _grid(records: list[list[str]], limits: Limits) -> Grid:
    widest = max(map(len, records), default=0)
    if WORTH_CELLS <= len(records) * widest <= limits.cells and widest <= limits.columns:
        return _coded(records, widest)
    texts = [list(map(_cell, record)) for record in records]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max((_filled(row) for row in texts), default=0)
    if width > limits.columns:
        batas = f"{limits.columns} kolom"
        raise Refused("berkas_terlalu_besar", bagian="satu baris", ukuran=f"{width} kolom", batas=batas)
    check_cells(len(texts), width, LEMBAR, limits)
    teks = [row[:width] + [""] * (width - len(row)) for row in texts]
    jenis = [TEXT * width if all(row) else "".join([TEXT if cell else BLANK for cell in row]) for row in teks]
    return Grid(LEMBAR, teks, jenis, [BLANK * width] * len(teks))


def _coded(records: list[list[str]], widest: int) -> Grid:
    """A large table by its distinct cells."""
    places, data = _Places(), array("i")
    blank = [0] * widest
    for record in records:
        data.extend(map(places.__getitem__, record))
        data.extend(blank[len(record) :])
    kinds = BLANK + TEXT * (len(places.texts) - 1)
    codes = Codes(data.tobytes(), len(records), widest, places.texts, kinds, BLANK * len(kinds))
    return codes.trimmed().grid(LEMBAR)


class _Places(dict[str, int]):
    """The place of each text among the distinct ones, by how it stands in the file."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.texts = [""]
        self._known = {"": 0}

    def __missing__(self, said: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        text = _cell(said)
        place = self._known.setdefault(text, len(self._known))
        if place == len(self.texts):
            self.texts.append(text)
        self[said] = place
        return place


def _cell(text: str) -> str:
    text = seen(text)
    if not text or text.isspace():
        return ""
    kept = _AS_TEXT.fullmatch(text) if text[0] == "=" else None
    return kept[1] if kept else text


def _filled(row: list[str]) -> int:
    return max((index for index, cell in enumerate(row, 1) if cell), default=0)
