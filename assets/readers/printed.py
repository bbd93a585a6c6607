"""How a spreadsheet value becomes printed text with a kind: the shortest exact number, ISO dates, hours.

Shared by the readers of workbooks. What a text means (a code, an amount) is not decided here.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal

from assets.readers.grid import BLANK, BOOL, DATE, DURATION, ERROR, NUMBER, TEXT, TIME

# Marks that print nothing: zero width, direction of writing, soft hyphen, byte order, control characters.
# Two texts that look the same are the same.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
# Beyond 2**53 a float's integer value shows digits that were never typed; its shortest form does not.
_EXACT = 2.0**53
# Distinct values remembered at once: enough for every code and amount of a province, bounded in memory.
_REMEMBERED = 500_000


def number_text(value: float | int) -> str:
    """The shortest text that is exactly this number: no exponent, no trailing ``.0``.

    >>> number_text(6301012001.0), number_text(0.7314), number_text(1e-7)
    ('6301012001', '0.7314', '0.0000001')
    """
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text.removesuffix(".0")


def seen(text: str) -> str:
    """The text without the marks that print nothing.

    >>> seen("\u202eDESA\u200b BARU\ufeff")
    'DESA BARU'
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def clock_text(hours: int, minutes: int, seconds: int) -> str:
    """``HH:MM``, with ``:SS`` only where there are seconds."""
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def printed(value: object) -> tuple[str, str]:
    """Text and kind of one value as the workbook reader gives it.

    A moment (date with a time of day) prints its date: no form of ours asks for more, and one shape of
    date is easier to read back than two. Text of nothing but spaces is blank.

    Raises:
        TypeError: a value of a type no workbook holds.
    """
    match value:
        case str():
            text = seen(value)
            return ("", BLANK) if not text or text.isspace() else (text, TEXT)
        case bool():
            return ("TRUE" if value else "FALSE"), BOOL
        case float() if not math.isfinite(value):
            return "#NUM!", ERROR
        case int() | float():
            return number_text(value), NUMBER
        case dt.datetime(year=1900) if value.time() != dt.time():  # 27:09 shown as h:mm; no date stands there
            return clock_text(value.hour, value.minute, value.second), TIME
        case dt.date():  # a datetime is one too
            return value.isoformat()[:10], DATE
        case dt.time():
            return clock_text(value.hour, value.minute, value.second), TIME
        case dt.timedelta():
            return _duration(value), DURATION
        case None:
            return "", BLANK
    raise TypeError(f"no workbook value: {type(value).__name__}")


def _duration(value: dt.timedelta) -> str:
    sign = "-" if value < dt.timedelta(0) else ""
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    return sign + clock_text(*divmod(minutes, 60), seconds)


class Printer:
    """Rows of values to rows of text and kinds; equal values are printed once and share one text."""

    def __init__(self) -> None:
        self._text = _Remembered(0)
        self._kind = _Remembered(1)

    def row(self, values: list[object]) -> tuple[list[str], str]:
        """Texts of one row, and its kinds as one string of the same length."""
        if bool in set(map(type, values)):  # True equals 1.0 as a key, so such a row goes value by value
            pairs = [printed(value) for value in values]
            return [text for text, _ in pairs], "".join(kind for _, kind in pairs)
        return list(map(self._text.__getitem__, values)), "".join(map(self._kind.__getitem__, values))


class _Remembered(dict[object, str]):
    """What ``printed`` gave for a value: its text (part 0) or its kind (part 1)."""

    def __init__(self, part: int) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, value: object) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        answer = self[value] = printed(value)[self._part]
        return answer
