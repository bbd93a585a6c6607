"""What the head of a printed form leaves to be filled in and nobody did: dots behind "periode" or a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from warehouse.values.periods import Period, parse_period

_DOTS = r"[.\u2026_]{2,}|\u2026"
_TO = r"(?:s\s?[./]?\s?d\b\.?|sampai(?:\s+dengan)?|hingga)"
_END = re.compile(rf"\b{_TO}\s*(?P<akhir>[^\n]*)$", re.I)
_NAMED = re.compile(rf"\b(?:periode|bulan|tri\s?wulan|semester|tanggal|per)\b\s*:?\s*(?:{_DOTS})", re.I)
_BLANK = re.compile(rf"^\s*(?:{_DOTS})")
_BARE_YEAR = re.compile(r"^(?:akhir\s+)?(?:tahun|ta\b\.?)?\s*(?:anggaran\s*)?20\d\d", re.I)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORD = re.compile(r"^[^\W\d_]{3,}\b")
# "Unit Organisasi : ......", "periode ...... s.d ...... 2022"
_LEFT = re.compile(rf"(?:[^\W\d_][\w ]{{2,60}}:\s*|\b(?:periode|bulan|{_TO})\s*)(?:{_DOTS})", re.I)


def left_open(line: str) -> bool:
    """Whether a title's period has no end that can be read: dots, or a word that is no month.

    >>> left_open("periode ...... s.d ...... 2022"), left_open("periode ...... s.d 31 Oktober 2022")
    (True, False)
    """
    end = _END.search(line)
    if end is None:
        return bool(_NAMED.search(line))
    text = end["akhir"]
    if _BLANK.match(text):
        return True
    if _BARE_YEAR.match(text) or not _WORD.match(text):
        return False
    told = parse_period(f"s.d. {text}")
    return isinstance(told, Period) and told.jenis == "tahun" and "desember" not in text.casefold()


def year_only(line: str) -> str:
    """What a line with an open period still says for sure: its year."""
    return " ".join(_YEAR.findall(line)) if left_open(line) else line


def still_blank(lines: Iterable[str]) -> list[str]:
    """The lines of a form's head that still hold dots where unit or period should stand."""
    return [x for x in lines if _LEFT.search(x)]
