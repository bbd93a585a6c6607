"""What ``peka`` says, in words that an officer reads: which other permitted choice gives what.

The column itself is for machines (contract 2.8): ``bumdes_baik=MAJU: 0,00 -> capaian 0,00, tidak tercapai``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from warehouse.choices import Choices, Option

_ENTRY = re.compile(
    r"(?P<nama>[a-z0-9_]+)(?:=(?P<nilai>[^:;]+))?: (?P<angka>-?[\d.,]+)(?: -> (?P<akibat>.+))?"
)
_PERCENT = re.compile(r"^capaian (-?[\d.,]+)$")
# A reading of a file that no choice decides.
_READINGS = {"status_tercetak": "yang dipakai status tercetak"}


def clauses(peka: str | None, satuan: str | None = None) -> list[str]:
    """Each other choice as a clause, with what it gives.

    >>> clauses("penyebut_desa=desa_kelurahan: 60,00 -> capaian 90,00, tidak tercapai", "persen")
    ['bila kelurahan ikut dihitung dalam penyebut, nilainya 60,00%, capaian 90,00%, tidak tercapai']

    Args:
        peka: the column ``peka`` of a published row.
        satuan: the indicator's unit; percent values get their sign.

    Returns:
        One clause an entry; an entry that follows no known form stays as it is.
    """
    return list(_clauses(peka or "", "%" if (satuan or "").casefold().startswith(("persen", "%")) else ""))


def in_words(peka: str | None, satuan: str | None = None) -> str | None:
    """The clauses as one text; None where nothing is sensitive."""
    return "; ".join(clauses(peka, satuan)) or None


def _clauses(peka: str, mark: str) -> Iterator[str]:
    for part in filter(None, (p.strip() for p in peka.split(";"))):
        said = _ENTRY.fullmatch(part)
        clause = said and _clause(said["nama"], said["nilai"])
        if not said or not clause:
            yield part
            continue
        effects = [_PERCENT.sub(r"capaian \1%", e) for e in (said["akibat"] or "").split(", ") if e]
        yield ", ".join([f"bila {clause}", f"nilainya {said['angka']}{mark}", *effects])


def _clause(name: str, value: str | None) -> str | None:
    if value is None:
        return _READINGS.get(name)
    option = _options().get(name)
    return option.clause(value) if option else None


@cache
def _options() -> Mapping[str, Option]:
    return Choices.load().options
