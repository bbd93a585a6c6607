"""Patterns of personal data (UU 27/2022 Pasal 4): found and masked, never kept.

What does not belong here: which columns may enter at all; that is each source's allow-list.
"""

from __future__ import annotations

import re

MASK = "[disamarkan]"

_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_DAY_OF_NIK = r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])"  # women's day of birth is written + 40
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_GAP = r"[ ._-]?"
_PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"),
    # NIP, 18 digits: date of birth, month of appointment, sex, serial; often printed in four groups.
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}{_GAP}{_YEAR}{_MONTH}{_GAP}[12]{_GAP}\d{{3}}(?!\d)"),
    # NIK, 16 digits: region, date of birth, serial; sometimes in groups of four.
    re.compile(rf"(?<!\d)\d{{6}}{_DAY_OF_NIK}{_MONTH}\d{{6}}(?!\d)"),
    re.compile(r"(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)"),
    # Telephone: 08.., 628.., +62 8..; not the middle of a code or an amount.
    re.compile(r"(?<![\d.,])(?:\+62|62|0)[ .-]?8\d(?:[ .-]?\d){6,10}(?![.,]?\d)"),
)


def has_personal(text: str) -> bool:
    """Whether the text holds a NIK, NIP, telephone number or e-mail address."""
    return any(pattern.search(text) for pattern in _PATTERNS)


def mask(text: str) -> str:
    """The text with every NIK, NIP, telephone number and e-mail address replaced; also for file names.

    >>> mask("SKM_081234567890.xlsx")
    'SKM_[disamarkan].xlsx'
    """
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text
