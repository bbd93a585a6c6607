"""The distinct cells of a large xlsx sheet, and where each stands.

A survey sheet of two million cells holds a few thousand different ones: the bytes of a cell without its
address (`` t="s"><v>4</v></c>``). The sheet is streamed once, cut into cells by array operations, and
replaced by a small one that holds each distinct cell once; the ordinary reader reads that, so that a value
means the same in a large sheet as in a small one. Whatever is not written as office programs write it
(another prefix, cells without an address or out of order, comments) is left whole to the ordinary reader.
What does not belong here: what a cell means.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assets.readers.coded import Codes
from assets.readers.grid import BLANK, Grid
from assets.readers.safety import Limits, check_cells
from assets.readers.sidecar import hidden_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Sheets of fewer bytes of XML cost the ordinary reader less than the array library costs to load.
LARGE_BYTES = 4 * 1024 * 1024
# Cells read at once, and distinct ones up to which this pays.
_BLOCK = 4 * 1024 * 1024
_MAX_DISTINCT = 3_000_000
# Columns of the small sheet.
_WIDE = 64
_ROW_LIMIT, _COLUMN_LIMIT = 1 << 20, 1 << 14

_DIMENSION = re.compile(rb"<dimension[^>]*/>|<dimension[^>]*>\s*</dimension>")
_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
# What may follow "<" in the cells: c v / r(ow) f is t(ext) e(xtLst) and r of rich text.
_ALLOWED = b"cv/rfite"
_SPELLED = (".xml", ".rels")


class NotPlain(Exception):
    """The sheet is not written in the common shape; the ordinary reader takes it whole."""


@dataclass
class Distinct:
    """Where each distinct cell of one sheet stands; ``small`` is the sheet with each of them once."""

    small: bytes
    count: int
    tinggi: int
    lebar: int
    codes: NDArray[np.int32]
    baris_tersembunyi: set[int] = field(default_factory=set)

    def expand(self, small: Grid) -> Codes:
        """The whole sheet, from what the ordinary reader made of the small one; blank edges trimmed."""
        teks, jenis, format_ = [""], [BLANK], [BLANK]
        for texts, kinds, formats in zip(small.teks, small.jenis, small.format, strict=True):
            rest = _WIDE - len(texts)
            teks += [*texts, *[""] * rest]
            jenis += kinds + BLANK * rest
            format_ += formats + BLANK * rest
        lost = self.count + 1 - len(teks)
        teks += [""] * lost
        jenis += BLANK * lost
        format_ += BLANK * lost
        del teks[self.count + 1 :], jenis[self.count + 1 :], format_[self.count + 1 :]
        whole = Codes(self.codes.tobytes(), self.tinggi, self.lebar, teks, "".join(jenis), "".join(format_))
        return whole.trimmed()


def distinct_of(archive: zipfile.ZipFile, part: str, lembar: str, limits: Limits) -> Distinct:
    """Stream one sheet.

    Raises:
        NotPlain: it is not in the common shape, or nearly every cell is another.
        Refused: its bounding box is too large.
    """
    os.putenv("OPENBLAS_NUM_THREADS", "1")  # the reading child may start no thread
    sheet = _Sheet(lembar, limits)
    with archive.open(part) as xml:
        head, first = _head(xml)
        for block in _blocks(xml, first, sheet):
            sheet.take(block)
    return sheet.done(head)


def replaced(archive: zipfile.ZipFile, small: dict[str, bytes]) -> BytesIO:
    """The workbook with these parts in the place of its own; nothing but its XML is copied."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in archive.namelist():
            if name in small:
                target.writestr(name, small[name])
            elif name.lower().endswith(_SPELLED) and not name.lower().startswith("xl/media/"):
                target.writestr(name, archive.read(name))
    made.seek(0)
    return made


def _head(xml: Any) -> tuple[bytes, bytes]:
    """What stands before the cells, and the beginning of them."""
    read = b""
    while _START not in read:
        more = xml.read(_BLOCK)
        if not more or len(read) > 2 * _BLOCK:
            raise NotPlain("no <sheetData>")
        read += more
    head, _, rest = read.partition(_START)
    prolog = head[:200].lower()
    if b"\x00" in prolog or (b"encoding=" in prolog and b"utf-8" not in prolog) or b"<!" in head:
        raise NotPlain("another encoding, or a comment")
    return head, rest


def _blocks(xml: Any, rest: bytes, sheet: _Sheet) -> Iterator[bytes]:
    """The cells in blocks of whole rows; what stands behind them goes to ``sheet.tail``."""
    while True:
        end = rest.find(_END)
        if end >= 0:
            yield rest[:end]
            sheet.tail = rest[end:] + xml.read()
            return
        cut = rest.rfind(_ROW_END) + len(_ROW_END)
        if cut < len(_ROW_END):
            if len(rest) > 8 * _BLOCK:
                raise NotPlain("a row without end")
            cut = 0
        if cut:
            yield rest[:cut]
        more = xml.read(_BLOCK)
        if not more:
            raise NotPlain("no </sheetData>")
        rest = rest[cut:] + more


class _Sheet:
    """What is known of the sheet while its blocks go by."""

    def __init__(self, lembar: str, limits: Limits) -> None:
        self._lembar, self._limits = lembar, limits
        self._known: dict[bytes, int] = {}
        self._blocks: list[tuple[int, NDArray[np.int32]]] = []
        self._last = -1
        self._height = self._width = 0
        self._hidden: set[int] = set()
        self.tail = b""

    def take(self, block: bytes) -> None:
        """Cut one block of rows into cells."""
        import numpy as np
        import pyarrow as pa

        padded = block + bytes(8)
        starts, ends = _cells(padded, len(block))
        self._hidden.update(hidden_rows(block))
        if not len(starts):
            return
        rows, columns, bodies = _addresses(padded, starts)
        order = rows * _COLUMN_LIMIT + columns
        if order[0] <= self._last or (order[1:] <= order[:-1]).any():
            raise NotPlain("cells out of order")
        self._last = int(order[-1])
        offsets = np.empty(2 * len(starts), np.int32)
        offsets[0::2], offsets[1::2] = bodies, ends
        cells = pa.Array.from_buffers(
            pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(padded)]
        )
        # pa.array would load pandas, a second or more.
        every_other = np.arange(0, len(offsets) - 1, 2, dtype=np.int64)
        indices = pa.Array.from_buffers(pa.int64(), len(starts), [None, pa.py_buffer(every_other)])
        coded = cells.take(indices).dictionary_encode()
        own = np.array([self._code(body) for body in coded.dictionary.to_pylist()], np.int32)
        codes = own[np.frombuffer(coded.indices.buffers()[1], np.int32, len(starts))]
        self._place(rows, columns, codes)

    def _code(self, body: bytes) -> int:
        """The number of a distinct cell, from 1; 0 for one that holds nothing."""
        body = body.partition(_ROW_END)[0].rstrip()
        if b"<" not in body:
            if not body.endswith(b"/>"):
                raise NotPlain("a cell without end")
            return 0
        known = self._known
        if len(known) > _MAX_DISTINCT:
            raise NotPlain("nearly every cell is another")
        return known.setdefault(body, len(known) + 1)

    def _place(self, rows: NDArray[Any], columns: NDArray[Any], codes: NDArray[np.int32]) -> None:
        import numpy as np

        filled = codes > 0
        if not filled.all():
            rows, columns, codes = rows[filled], columns[filled], codes[filled]
            if not len(rows):
                return
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        self._height, self._width = bottom, max(self._width, int(columns.max()) + 1)
        check_cells(self._height, self._width, self._lembar, self._limits)
        block = np.zeros((bottom - top, int(columns.max()) + 1), np.int32)
        block[rows - top, columns] = codes
        self._blocks.append((top, block))

    def done(self, head: bytes) -> Distinct:
        """The sheet, whole."""
        import numpy as np

        whole = np.zeros((self._height, self._width), np.int32)
        for top, block in self._blocks:
            # A row may be cut over two blocks only where it is empty in one of them.
            whole[top : top + block.shape[0], : block.shape[1]] |= block
        self._blocks.clear()
        small = b"".join((_DIMENSION.sub(b"", head), _START, *_rows(self._known), self.tail))
        return Distinct(small, len(self._known), self._height, self._width, whole, self._hidden)


def _rows(bodies: dict[bytes, int]) -> Iterator[bytes]:
    """The small sheet's rows: cell n stands at row n // wide, column n % wide."""
    letters = [_letters(c) for c in range(_WIDE)]
    for i, body in enumerate(bodies):
        row, column = divmod(i, _WIDE)
        if column == 0:
            yield b'%s<row r="%d">' % (_ROW_END if row else b"", row + 1)
        yield b'<c r="%s%d"%s' % (letters[column], row + 1, body)
    if bodies:
        yield _ROW_END


def _letters(index: int) -> bytes:
    high, low = divmod(index, 26)
    return (bytes([64 + high]) if high else b"") + bytes([65 + low])


def _cells(padded: bytes, length: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where each cell's tag begins, and where the cell ends: at the next cell or row."""
    import numpy as np

    text = np.frombuffer(padded, np.uint8)
    tags = np.flatnonzero(text == ord("<"))
    named = text[tags + 1]
    allowed = np.zeros(256, np.bool_)
    allowed[list(_ALLOWED)] = True
    if not allowed[named].all():
        raise NotPlain("tags of another kind among the cells")
    words = _words(padded)
    cell = named == ord("c")
    row = named == ord("r")
    if ((words[tags[cell]] & 0xFFFFFFFFFFFF) != _word(b'<c r="')).any():
        raise NotPlain("a cell without an address in front")
    row[row] = (words[tags[row]] & 0xFFFFFFFF) == _word(b"<row")
    marks = tags[cell | row]
    ends = np.append(marks[1:], length)
    which = cell[cell | row]
    return marks[which], ends[which]


def _addresses(padded: bytes, starts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Row and column (0-based) of each cell, and where its address ends."""
    import numpy as np

    text = np.frombuffer(padded, np.uint8)
    at = starts + 6
    first, second, third = (text[at + i].astype(np.int64) - 64 for i in range(3))
    two = second > 0
    three = two & (third > 0)
    columns = np.where(two, first * 26 + second, first)
    columns = np.where(three, columns * 26 + third, columns) - 1
    letters = [first, second[two], third[three]]
    if any(((found < 1) | (found > 26)).any() for found in letters):
        raise NotPlain("an address of another shape")
    digits_at = at + 1 + two + three
    digits, rows = _numbers(_words(padded)[digits_at])
    if (columns >= _COLUMN_LIMIT).any() or (rows < 1).any() or (rows > _ROW_LIMIT).any():
        raise NotPlain("an address beyond a sheet")
    return rows - 1, columns, digits_at + digits + 1


def _numbers(words: NDArray[np.uint64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """How many digits stand before a quote in each eight bytes, and the number they make."""
    import numpy as np

    low, high = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
    quoted = words ^ (low * np.uint64(ord('"')))
    marks = (quoted - low) & ~quoted & high
    if not marks.all():
        raise NotPlain("a long address")
    first = marks & (~marks + np.uint64(1))
    bits = np.bitwise_count(first - np.uint64(1)).astype(np.uint64) - np.uint64(7)  # 8 a digit
    if not bits.all():
        raise NotPlain("an address without a row")
    moved = words << (np.uint64(64) - bits)
    zeros = (low * np.uint64(ord("0"))) >> bits
    number = moved | zeros
    halves, digit = low * np.uint64(0xF0), low * np.uint64(0x30)
    beyond_nine = number + low * np.uint64(6)
    if ((number & halves) != digit).any() or ((beyond_nine & halves) != digit).any():
        raise NotPlain("an address that is no number")
    number &= np.uint64(0x0F0F0F0F0F0F0F0F)
    number = (number * np.uint64(2561)) >> np.uint64(8)
    number = ((number & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    number = ((number & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return (bits >> np.uint64(3)).astype(np.int64), number.astype(np.int64)


def _words(padded: bytes) -> NDArray[np.uint64]:
    """Every eight neighbouring bytes as one little-endian number."""
    import numpy as np

    return np.ndarray((len(padded) - 7,), np.dtype("<u8"), padded, strides=(1,))


def _word(text: bytes) -> int:
    return int.from_bytes(text, "little")
