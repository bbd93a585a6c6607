"""The satisfaction survey."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from warehouse.formulas import ranking, survey
from warehouse.formulas.exact import decimal, mean
from warehouse.formulas.recomputed.operands import (
    Function,
    NotComputable,
    Operand,
    Operands,
    Value,
    as_number,
    total,
)


def _mean_answer(given: Operands) -> Value:
    answers, n = (total(o.number for o in given.starting(head)) for head in ("jumlah ", "banyak "))
    return survey.nrr(int(answers), int(n)) if n else None


def _answered(given: Operands) -> Value:
    counts = given.starting("banyak ", "responden")
    found = [o.number for o in counts]
    return total(found) if found and None not in found else None


def _index(given: Operands) -> Value:
    """From nine means, printed or of answers; or from the index under another weight."""
    rule = given.text("bobot") or ""
    rescaled = given.starting("IKM dengan bobot ")
    if rescaled:
        value, old = rescaled[0].number, rescaled[0].peran.removeprefix("IKM dengan bobot ")
        return None if value is None else decimal(Fraction(value) / survey.weight(old) * survey.weight(rule))
    answers: dict[str, list[Operand]] = {}
    means: list[Decimal] = []
    for operand in given:
        if operand.peran.startswith("NRR ") and operand.number is not None:
            means.append(operand.number)
        elif operand.peran.startswith(("jumlah jawaban ", "banyak jawaban ")):
            answers.setdefault(operand.peran.split(" ")[2], []).append(operand)
    for parts in answers.values():
        value = as_number(_mean_answer(Operands(parts)))
        if value is not None:
            means.append(value)
    return survey.ikm(means, rule)


def _pooled_index(given: Operands) -> Value:
    """From the answers of all periods, added up for each element; official means may be given as such."""
    pooled: dict[str, list[Operand]] = {}
    rest: list[Operand] = []
    for operand in given:
        head, _, place = operand.peran.partition("jumlah / banyak jawaban ")
        if head or not place or operand.nilai is None:
            rest.append(operand)
            continue
        total, _, n = operand.nilai.partition(" / ")
        pooled.setdefault(place.split(" ")[0], []).extend(
            (Operand("jumlah jawaban", total), Operand("banyak jawaban", n))
        )
    means = [Operand(f"NRR {u}", str(_mean_answer(Operands(parts)))) for u, parts in pooled.items()]
    return _index(Operands([*rest, *means]))


def _pooled_mean(given: Operands) -> Value:
    parts: list[Operand] = []
    for operand in given:
        total, mark, n = (operand.nilai or "").partition(" / ")
        if not mark:
            parts.append(operand)
        else:
            parts += (Operand("jumlah jawaban", total), Operand("banyak jawaban", n))
    return _mean_answer(Operands(parts))


def _mean_index(given: Operands) -> Value:
    found = [o.number for o in given.starting("IKM ")]
    return mean(x for x in found if x is not None) if found and None not in found else None


def _last_index(given: Operands) -> Value:
    found = given.starting("IKM ")
    return found[-1].number if found else None


def _element(given: Operands) -> Value:
    value = given.number("NRR")
    return None if value is None else survey.ikm_unsur(value)


def _letter(place: int) -> Function:
    def function(given: Operands) -> Value:
        value = given.only().number
        return None if value is None else survey.mutu(value)[place]

    return function


def _sample(given: Operands) -> Value:
    volume, parts = given.number("volume layanan (N)"), given.starting("volume ")
    counted = [o.number for o in parts if o.peran != "volume layanan (N)"]
    if None in counted:
        return None
    if volume != total(counted):
        raise NotComputable(f"the services add up to {total(counted)}, not {volume}")
    return Decimal(survey.krejcie_morgan(int(volume)))


def _rank_of_element(given: Operands) -> Value:
    each = {o.peran: o.number for o in given.starting("NRR U")}
    own = given.number("NRR")
    same = next((name for name, value in each.items() if value == own), None)
    return None if same is None else Decimal(ranking.peringkat(each)[same])


FUNCTIONS: Mapping[str, Function] = {
    "nrr": _mean_answer,
    "nrr_gabungan": _pooled_mean,
    "banyak_jawaban": _answered,
    "ikm": _index,
    "ikm_gabungan": _pooled_index,
    "ikm_rata_periode": _mean_index,
    "ikm_periode_akhir": _last_index,
    "ikm_unsur": _element,
    "mutu": _letter(0),
    "kinerja": _letter(1),
    "krejcie_morgan": _sample,
    "peringkat": _rank_of_element,
}
