"""Pictures of scanned pages, made ready for reading: set straight, ruling lines found and wiped off.

Runs in the closed reading process (the file is not trusted); what leaves it is a picture of our own making
and the rules that were on it. Who reads the letters is ``pdf/ocr.py``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assets.readers.pdf.rules import Rule

Ink = NDArray[np.bool_]


class NoPicture(ValueError):
    """What came out of the reading process is no picture of a page."""


# Dots per inch; letters of office tables are then 20 to 30 dots high.
_DPI = 200
# A page larger than this (A2) is drawn smaller: memory is bounded.
_MOST_DOTS = 16_000_000
# Darker than this is ink.
_DARK = 140
# A straight run of ink so many dots long is a rule and no letter; it is wiped with so many dots around.
_RULE_RUN, _WIPE = 70, 2
# Strips by which the slant of a page is measured, and the most dots two neighbours are apart.
_STRIPS, _APART = 16, 6
# Rules parted by less than this many dots are one.
_JOINED = 12


@dataclass(frozen=True)
class Picture:
    """One page: its dots (grey, row by row, rules wiped off), the rules in points, and points per dot."""

    halaman: int
    lebar: int
    dots: bytes
    aturan: tuple[Rule, ...]
    titik: float
    tinggi: float

    def plain(self) -> tuple[Any, ...]:
        """As plain values, small, to leave the closed process."""
        packed = zlib.compress(self.dots, 1)
        return self.halaman, self.lebar, packed, tuple(map(tuple, self.aturan)), self.titik, self.tinggi

    @classmethod
    def of(cls, said: tuple[Any, ...]) -> Picture:
        """From plain values; whoever sent them is not trusted.

        Raises:
            NoPicture: they are none of ours.
        """
        try:
            halaman, lebar, packed, aturan, titik, tinggi = said
            dots = zlib.decompressobj().decompress(packed, _MOST_DOTS + 1)
            rules = tuple(Rule(bool(lies), float(at), float(a), float(b)) for lies, at, a, b in aturan)
            made = cls(int(halaman), int(lebar), dots, rules, float(titik), float(tinggi))
        except (TypeError, ValueError, OverflowError, zlib.error) as wrong:
            raise NoPicture(str(wrong)) from wrong
        if not all(map(isfinite, (made.titik, made.tinggi, *(x for rule in rules for x in rule)))):
            raise NoPicture("a place that is no number")
        if made.lebar < 1 or not 0 < len(dots) <= _MOST_DOTS or len(dots) % made.lebar:
            raise NoPicture(f"{len(dots)} dots in rows of {made.lebar}")
        return made

    @property
    def png(self) -> bytes:
        """As a PNG file."""
        return png(np.frombuffer(self.dots, dtype=np.uint8).reshape(-1, self.lebar))


def picture_of(page: Any, number: int) -> Picture:
    """Draw a page of pdfium as it is shown, straighten it, and take its rules off."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    grey = np.asarray(page.render(scale=scale, grayscale=True).to_numpy())
    grey = np.ascontiguousarray(grey.reshape(grey.shape[0], grey.shape[1], -1)[:, :, 0])
    grey = straight(grey)
    ink = grey < _DARK
    flat, upright = runs(ink, axis=1), runs(ink, axis=0)
    rules = [*_rules(flat, lies=True), *_rules(upright.T, lies=False)]
    clean = grey.copy()
    clean[_wider(flat | upright)] = 255
    points = 1 / scale
    placed = tuple(Rule(r.lies, r.at * points, r.start * points, r.end * points) for r in rules)
    return Picture(number, clean.shape[1], clean.tobytes(), placed, points, height)


def runs(ink: Ink, *, axis: int) -> Ink:
    """The ink that lies in straight runs along an axis at least as long as a rule."""
    along = ink if axis == 1 else ink.T
    padded = np.zeros((along.shape[0], along.shape[1] + 1), dtype=np.int32)
    np.cumsum(along, axis=1, dtype=np.int32, out=padded[:, 1:])
    if along.shape[1] < _RULE_RUN:
        return np.zeros_like(ink)
    full = padded[:, _RULE_RUN:] - padded[:, :-_RULE_RUN] == _RULE_RUN
    # A dot is of a run where any full window that holds it begins at most a window before it.
    begun = np.zeros((along.shape[0], along.shape[1] + 1), dtype=np.int32)
    begun[:, : full.shape[1]] += full
    begun[:, _RULE_RUN : _RULE_RUN + full.shape[1]] -= full
    found: Ink = np.cumsum(begun[:, :-1], axis=1) > 0
    return found if axis == 1 else found.T


def straight(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page turned by the small slant of its lying rules; as it is where it shows none."""
    slope = _slope(runs(grey < _DARK, axis=1))
    if abs(slope) < 1 / max(grey.shape):
        return grey
    turned = _sheared(grey, -slope)
    return np.ascontiguousarray(_sheared(np.ascontiguousarray(turned.T), slope).T)


def _slope(flat: Ink) -> float:
    """Dots that lying rules fall for each dot to the right, from strip to strip."""
    strips = [strip.sum(axis=1, dtype=np.int64) for strip in np.array_split(flat, _STRIPS, axis=1)]
    shifts = []
    for one, other in pairwise(strips):
        if not one.any() or not other.any():
            continue
        scores = [int((one * np.roll(other, -move)).sum()) for move in range(-_APART, _APART + 1)]
        shifts.append(scores.index(max(scores)) - _APART if max(scores) else 0)
    return float(np.mean(shifts)) / (flat.shape[1] / _STRIPS) if shifts else 0.0


def _sheared(grey: NDArray[np.uint8], slope: float) -> NDArray[np.uint8]:
    """Each column moved down by its distance from the left times ``slope``; the rim is white."""
    made = np.full_like(grey, 255)
    height = grey.shape[0]
    moves = np.rint(np.arange(grey.shape[1]) * slope).astype(int)
    for move in np.unique(moves):
        columns = moves == move
        rows = slice(max(move, 0), min(height, height + move))
        source = slice(max(-move, 0), min(height, height - move))
        made[rows, columns] = grey[source, columns]
    return made


def _rules(flat: Ink, *, lies: bool) -> Iterator[Rule]:
    """Lying rules of a mask; neighbouring rows of dots make one."""
    bands = np.flatnonzero(flat.any(axis=1))
    if not bands.size:
        return
    for band in np.split(bands, np.flatnonzero(np.diff(bands) > 1) + 1):
        columns = np.flatnonzero(flat[band[0] : band[-1] + 1].any(axis=0))
        for part in np.split(columns, np.flatnonzero(np.diff(columns) > _JOINED) + 1):
            yield Rule(lies, float(band[0] + band[-1]) / 2, float(part[0]), float(part[-1]))


def _wider(mask: Ink) -> Ink:
    wide = mask.copy()
    for move in range(1, _WIPE + 1):
        for axis in (0, 1):
            wide |= np.roll(mask, move, axis=axis) | np.roll(mask, -move, axis=axis)
    return wide


def png(grey: NDArray[np.uint8]) -> bytes:
    """A grey picture as a PNG file."""
    height, width = grey.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = grey
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 3)), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return made
