"""Achievement, its verdicts, change over the years, and what other choices would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from warehouse.formulas import achievement, survey
from warehouse.formulas.exact import EXACT
from warehouse.formulas.recomputed.operands import (
    Function,
    Operand,
    Operands,
    Value,
    as_number,
)
from warehouse.formulas.sensitivity import Kasus, batas, entry
from warehouse.values.numbers import tampil

_REALISED = ("realisasi", "nilai")
_TARGETS = ("target hitung", "target_hitung", "target_tahun", "target_akhir", "target")


def _achieved(arah: str, terbalik: str = "(2T-R)/T") -> Function:
    def function(given: Operands) -> Value:
        target, realised = given.number(*_TARGETS), given.number(*_REALISED)
        return achievement.capaian(target, realised, arah, terbalik)[0]

    return function


def _capped(given: Operands) -> Value:
    limit = batas(given.text("batas_capaian") or "tidak")
    value = as_number(given.before)
    return value if limit is None or value is None else min(value, limit)


def _k_of_n(given: Operands) -> Value:
    k, n, target = (given.number(r) for r in ("k", "n", "target"))
    if k is None or n is None or target is None:
        return None
    return achievement.printed_ratio(k, n, target)


def _category(given: Operands) -> Value:
    return achievement.kategori(given.only().number)


def _reached(given: Operands) -> Value:
    return achievement.tercapai(given.only().number)


def _difference(given: Operands) -> Value:
    now, before = (o.number for o in given)
    return None if now is None or before is None else EXACT.subtract(now, before)


def _series_broken(given: Operands) -> Value:
    """Whether a year is the first of a new definition, or of another method than the year before."""
    if given.text("tahun pertama definisi baru") == given.text("tahun"):
        return True
    before, now = given.text("metode tahun sebelumnya"), given.text("metode")
    return before is not None and now is not None and before != now


def _verdicts(given: Operands) -> Value:
    """The sentence of ``peka``: every other permitted choice worked out anew, as told where it matters."""
    now = Kasus(
        given.number("target_hitung"),
        given.number("realisasi"),
        given.text("arah") or "naik",
        given.text("capaian_terbalik") or "(2T-R)/T",
        batas(given.text("batas_capaian") or "tidak"),
        given.text("mutu"),
    )
    told = []
    for operand in given:
        name, mark, choice = operand.peran.removeprefix("bila ").partition("=")
        if operand.peran == "catatan":
            told.append(operand.nilai or "")
        elif operand.peran.startswith("bila ") and not name.startswith("mutu "):
            chosen = name + mark + choice
            quality = given.text(f"bila mutu {chosen}") or now.mutu
            told.append(entry(now, now.under(name, choice, operand.number, quality), chosen))
    return "; ".join(told) or None


def _other_values(given: Operands) -> Value:
    """Other permitted choices that give another value: ``skm_bobot=1/9: 95,64; …``."""
    own = given.number("nilai")
    return _listed(f"{_name(o)}: {tampil(x, 2)}" for o, x in _alternatives(given) if x != own)


def _other_letters(given: Operands) -> Value:
    """Other permitted choices that give another quality letter."""
    own = given.number("nilai")
    if own is None:
        return None
    letter = survey.mutu(own)[0]
    other = ((o, x, survey.mutu(x)[0]) for o, x in _alternatives(given))
    return _listed(f"{_name(o)}: {tampil(x, 2)} ({its})" for o, x, its in other if its != letter)


def _alternatives(given: Operands) -> Iterator[tuple[Operand, Decimal]]:
    for operand in given.starting("bila "):
        if operand.number is not None:
            yield operand, operand.number


def _name(operand: Operand) -> str:
    return operand.peran.removeprefix("bila ")


def _listed(said: Iterable[str]) -> str | None:
    return "; ".join(said) or None


FUNCTIONS: Mapping[str, Function] = {
    "capaian_naik": _achieved("naik"),
    "capaian_turun": _achieved("turun"),
    "capaian_turun_t_r": _achieved("turun", "T/R"),
    "batas_capaian": _capped,
    "target_k_per_n": _k_of_n,
    "kategori": _category,
    "tercapai": _reached,
    "perubahan": _difference,
    "putus_seri": _series_broken,
    "peka": _verdicts,
    "peka_nilai": _other_values,
    "peka_mutu": _other_letters,
}
