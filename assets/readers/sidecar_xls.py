"""What the value reader loses of an old Excel workbook (.xls): number formats, errors, what is hidden.

Reads the record stream inside the compound file ([MS-CFB], [MS-XLS]): only the records named here. Whether
a formula was ever calculated does not show in this format: it always holds a number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from assets.readers.sidecar import BUILT_IN, GENERAL, Side, format_class

_END = 0xFFFFFFFC  # this and above: no further sector
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_ROW, _COLINFO, _BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK = (
    0x0208,
    0x007D,
    0x0205,
    0x0006,
    0x0203,
    0x027E,
    0x00BD,
)
_CELLS = frozenset((_NUMBER, _RK, _FORMULA, _BOOLERR))
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BIFF8 = 0x0600


class XlsBroken(ValueError):
    """The container or its records do not hold together."""


def scan_xls(data: bytes) -> dict[str, Side]:
    """Facts of every sheet, by its name.

    Raises:
        XlsBroken: the file ends or points outside itself.
    """
    try:
        return _scan(workbook_stream(data))
    except (struct.error, IndexError) as broken:
        raise XlsBroken(f"records of the workbook: {broken}") from broken


def workbook_stream(data: bytes) -> bytes:
    """The workbook's records, out of the sectors of the compound file.

    Raises:
        XlsBroken: a chain of sectors runs in a circle or outside the file, or there is no such stream.
    """
    size = 1 << struct.unpack_from("<H", data, 0x1E)[0]
    mini_size = 1 << struct.unpack_from("<H", data, 0x20)[0]
    directory, _, cutoff, mini_fat, _, difat = struct.unpack_from("<6I", data, 0x30)
    fat = _fat(data, size, difat)
    entries = _chain(data, fat, directory, size, size)
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if kind == 2 and name in ("Workbook", "Book"):
            start, count = struct.unpack_from("<II", entries, at + 116)
            if count >= cutoff:
                return _chain(data, fat, start, size, size)[:count]
            small = _chain(data, fat, struct.unpack_from("<I", root, 116)[0], size, size)
            links = _words(_chain(data, fat, mini_fat, size, size))
            return _chain(small, links, start, mini_size, 0)[:count]
    raise XlsBroken("no workbook in the container")


def _fat(data: bytes, size: int, difat: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from("<109I", data, 0x4C))
    seen = 0
    while difat < _END:
        table = _words(data[(difat + 1) * size : (difat + 2) * size])
        sectors += table[:-1]
        difat, seen = table[-1], seen + 1
        if seen * size > len(data):
            raise XlsBroken("the table of sectors runs in a circle")
    return _words(b"".join(data[(s + 1) * size : (s + 2) * size] for s in sectors if s < _END))


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(data: bytes, links: tuple[int, ...], sector: int, size: int, offset: int) -> bytes:
    parts: list[bytes] = []
    held = 0
    while sector < _END:
        parts.append(data[offset + sector * size : offset + (sector + 1) * size])
        held += len(parts[-1])
        if held > len(data) or len(parts) > len(links):
            raise XlsBroken("a chain of sectors runs in a circle")
        sector = links[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place on to the end of its part (a sheet, or the globals), parts within it included."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _scan(stream: bytes) -> dict[str, Side]:
    own: dict[int, str] = {}
    styles: list[int] = []
    places: dict[str, int] = {}
    wide = True
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            wide = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = format_class(_text(body, 2, 2 if wide else 1, wide))
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET:
            places[_text(body, 6, 1, wide)] = struct.unpack_from("<I", body)[0]
    formats = [own.get(style) or BUILT_IN.get(style, GENERAL) for style in styles]
    return {name: _sheet(stream, at, formats) for name, at in places.items()}


def _text(body: bytes, at: int, width: int, wide: bool) -> str:
    """A counted text: in BIFF8 a flag says whether its letters have one byte or two."""
    count = int.from_bytes(body[at : at + width], "little")
    at += width
    if not wide:
        return body[at : at + count].decode("cp1252", "replace")
    if body[at] & 1:
        return body[at + 1 : at + 1 + 2 * count].decode("utf-16-le", "replace")
    return body[at + 1 : at + 1 + count].decode("latin-1")


def _sheet(stream: bytes, at: int, formats: list[str]) -> Side:
    side = Side()
    for kind, body in _records(stream, at):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<3H", body)
            _style(side, formats, row, column, style)
            if error := _error(kind, body):
                side.galat[row, column] = error
        elif kind == _MULRK:
            row, first = struct.unpack_from("<2H", body)
            for index in range((len(body) - 6) // 6):
                _style(side, formats, row, first + index, struct.unpack_from("<H", body, 4 + 6 * index)[0])
        elif kind == _ROW and body[12] & 0x20:
            side.baris_tersembunyi.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and body[8] & 0x01:
            first, last = struct.unpack_from("<2H", body)
            side.kolom_tersembunyi.append((first, last))
    return side


def _style(side: Side, formats: list[str], row: int, column: int, style: int) -> None:
    mark = formats[style] if style < len(formats) else GENERAL
    if mark != GENERAL:
        side.format.setdefault(row, []).append((column, mark))


def _error(kind: int, body: bytes) -> str | None:
    if kind == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], "#N/A")
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
    return None
