"""Sums of a budget in the codes before Permendagri 90/2019: each level against the rows below it.

A code strings affair, agency, programme, kegiatan and account together: ``1.20 . 1.20.03 . 01.02 . 5.2.2.01``
(Permendagri 13/2006), with or without its dots; an account may also stand alone. Accounts 4, 5, 5.1 and 5.2
are those of the whole agency, whatever kegiatan is printed before them; below 5.2 stand programmes, kegiatan
and then its accounts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

Place = tuple[str, ...]

_DOTTED = re.compile(r"\s*\.\s*")
_DIGITS = re.compile(r"\d{3}\s+\d{5}(?:\s+(?P<keg>\d{2}|\d{4}))?(?:\s+(?P<akun>[456]\d*))?")
# Digits of the levels of an account: 5.2.2.01.04.
_WIDTHS = (1, 1, 1, 2, 2, 2)
# Levels above a programme: affair (1.20) and agency (1.20.03).
_ABOVE = 5
NONE = "00"


def place(kode: str) -> Place | None:
    """Where a printed code stands: below an account, a programme or an affair; None if it is no such code.

    >>> place("1.20 . 1.20.03 . 01.02 . 5.2.2.01 "), place("117  11701  0000  41202")
    (('prog', '01', '02', '5', '2', '2', '01'), ('akun', '4', '1', '2', '02'))
    >>> place("5.2.2.01"), place("1.01 . 1.01.01")
    (('akun', '5', '2', '2', '01'), ('urusan', '1', '01', '1', '01', '01'))
    """
    parts = _parts(kode.strip().strip("."))
    if parts is None:
        return None
    if parts[0] in "456":
        return ("akun", *parts)
    above, programme, account = parts[:_ABOVE], parts[_ABOVE : _ABOVE + 2], parts[_ABOVE + 2 :]
    if not programme:
        return ("urusan", *above)
    if programme[0] == NONE or 0 < len(account) < 3:
        return ("akun", *account) if account else None  # "Non Kegiatan" repeats account 5.1
    return ("prog", *programme, *account)


def _parts(kode: str) -> list[str] | None:
    if "." in kode:
        parts = _DOTTED.split(kode)
        return parts if all(p.isdigit() for p in parts) else None
    found = _DIGITS.fullmatch(kode)
    if found is None:
        return [kode] if kode.isdigit() and len(kode) == 1 else None
    keg, akun = found["keg"] or "", found["akun"] or ""
    account, at = [], 0
    for width in _WIDTHS:
        if akun[at : at + width]:
            account.append(akun[at : at + width])
        at += width
    return ["0"] * _ABOVE + [p for p in (keg[:2], keg[2:]) if p] + account


def parent(place: Place) -> Place | None:
    """The place above one; None for an account 4, 5, 6 or an affair.

    >>> parent(("prog", "01", "02", "5", "2", "2")), parent(("prog", "01"))
    (('prog', '01', '02'), ('akun', '5', '2'))
    """
    kind, *rest = place
    if kind == "urusan":
        above = {2: 1, 5: 2}.get(len(rest))
        return ("urusan", *rest[:above]) if above else None
    if kind == "akun":
        return ("akun", *rest[:-1]) if len(rest) > 1 else None
    if len(rest) == 1:
        return ("akun", "5", "2")
    return ("prog", *rest[:2]) if len(rest) == 5 else ("prog", *rest[:-1])


def unequal(rows: Iterable[tuple[Place, Decimal]]) -> Mapping[Place, tuple[Decimal, Decimal]]:
    """Places whose amount is not the sum of those right below it: (printed, sum).

    Args:
        rows: place and amount of each row; a place may stand more than once.
    """
    printed: dict[Place, Decimal] = defaultdict(Decimal)
    for where, amount in rows:
        printed[where] += amount
    sums: dict[Place, Decimal] = defaultdict(Decimal)
    for where, amount in printed.items():
        above = parent(where)
        if above is not None:
            sums[above] += amount
    return {w: (printed[w], total) for w, total in sums.items() if w in printed and printed[w] != total}
