"""Patterns of personal data (UU 27/2022 Pasal 4): found and masked, never kept.

NIK and KK numbers, NIP, telephone numbers, e-mail addresses, NPWP, bank accounts. A number without a shape of
its own (a mobile number that lost its zero, a bare bank account) cannot be told from an amount: columns of
such things are kept out by each source's allow-list, which does not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MASK = "[disamarkan]"

_GAP = "[ \u00a0\u2009._\u2013-]"
# Only what holds an at sign, or nine digits one after the other can be any of these.
_SUSPECT = re.compile(rf"@|[(\[]at[)\]]|\d(?:[()/+]|{_GAP}){{0,3}}(?:\d(?:[()/+]|{_GAP}){{0,3}}){{7}}\d")

_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]++\s?(?:@|\(at\)|\[at\])\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)
# NIP, 18 digits: date of birth, month of appointment, sex, serial; often printed in four groups.
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_NIP = re.compile(
    rf"(?<!\d){_YEAR}{_MONTH}{_DAY}{_GAP}?{_YEAR}{_MONTH}{_GAP}?[12]{_GAP}?\d{{3}}(?:\.0)?(?!\d)"
)
# NIK and KK, 16 digits: region, date (women's day of birth + 40), serial; whole, in groups, as a float.
_NIK = re.compile(
    r"(?<!\d)(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}"
    r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}(?!\d)"
)
_NIK_GROUPS = ((4, 4, 4, 4), (6, 6, 4), (6, 10), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4), (6, 2, 2, 2, 4))
_NIK_GROUPED = re.compile(
    r"(?<!\d)(?:"
    + "|".join(rf"{_GAP}{{1,2}}".join(rf"\d{{{n}}}" for n in groups) for groups in _NIK_GROUPS)
    + r")(?!\d)"
)
_NIK_FLOAT = re.compile(r"(?<!\d)\d[.,]\d{11,15}[eE]\+?15(?!\d)")
# NPWP, 15 digits as they are always printed: 01.234.567.8-901.000.
_NPWP = re.compile(rf"(?<!\d)\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)")
# Mobile numbers: 08.., 628.., +62 8..; not the middle of a code, nor the decimals of a ratio.
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:\(?\+\s?62\)?(?:{_GAP}|[()]){{0,3}}0?|62{_GAP}?|\(?0\)?[ \u00a0-]?)"
    rf"8\d(?:(?:{_GAP}|[()]){{0,3}}\d){{6,10}}(?!\d)(?![.,]\d{{1,2}}(?!\d))"
)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+")
# A number that a word says to be a person's: an account at a bank, NPWP or NIK without its usual shape.
_LABELLED = re.compile(
    r"(?P<kata>(?<!kode )\b(?:no(?:mor)?\s*\.?\s*rek(?:ening)?|norek|rek(?:ening)?\.?\s+(?:bank\s+)?"
    r"(?:bri|bni|bca|bsi|btn|mandiri|bank|bpd|kalsel)\w*"
    r"|\b(?:bri|bni|bca|bsi|btn|bank\s+[a-z]+)\b|npwp|nik|no(?:mor)?\s*\.?\s*kk|ktp)\b\W{0,4})"
    rf"(?P<angka>\d(?:{_GAP}?\d){{8,19}})(?!\d)",
    re.IGNORECASE,
)
_CODE = re.compile(r"[4-8](?:[. ]\d{1,2}){2,4}(?:[. ]\d{2,5}){0,2}|[4-6][1-4]\d{10}")


def _grouped_nik(found: re.Match[str]) -> str:
    whole = re.sub(r"\D", "", found[0])
    return MASK if _NIK.fullmatch(whole) else found[0]


def _phone(found: re.Match[str]) -> str:
    return found[0] if _AMOUNT.fullmatch(found[0]) else MASK


def _labelled(found: re.Match[str]) -> str:
    is_other = _CODE.fullmatch(found["angka"]) or _AMOUNT.fullmatch(found["angka"])
    return found[0] if is_other else found["kata"] + MASK


_PATTERNS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_EMAIL, MASK),
    (_NIP, MASK),
    (_NIK, MASK),
    (_NIK_GROUPED, _grouped_nik),
    (_NIK_FLOAT, MASK),
    (_NPWP, MASK),
    (_PHONE, _phone),
    (_PHONE, _phone),  # again: of two numbers in a row the second begins where the first one hid it
    (_LABELLED, _labelled),
)


def has_personal(text: str) -> bool:
    """Whether the text holds personal data of a known pattern."""
    return mask(text) != text


def mask(text: str) -> str:
    """The text with all personal data of a known pattern replaced; also for file names.

    >>> mask("SKM_081234567890.xlsx")
    'SKM_[disamarkan].xlsx'
    """
    if not _SUSPECT.search(text):
        return text
    for pattern, masked in _PATTERNS:
        text = pattern.sub(masked, text)
    return text
