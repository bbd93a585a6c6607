"""Values taken over, counts, sums and means."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from warehouse.formulas import survey
from warehouse.formulas.exact import mean
from warehouse.formulas.recomputed.operands import (
    Function,
    Operands,
    Value,
    total,
)


def _copied(given: Operands) -> Value:
    return given.only().nilai


def _weight(given: Operands) -> Value:
    rule = given.text("bobot")
    return None if rule is None else survey.bobot(rule)


def _printed_index(given: Operands) -> Value:
    index, means = given.maybe("IKM tercetak"), given.maybe("SKM tercetak")
    if index is not None:
        return index.nilai
    value = None if means is None else means.number
    return None if value is None else survey.ikm_unsur(value)


def _end_year(given: Operands) -> Value:
    return given.number("tahun akhir")


def _sum(given: Operands) -> Value:
    found = [o.number for o in given]
    return total(found) if found and None not in found else None


def _count(given: Operands) -> Value:
    return Decimal(sum(o.nilai is not None for o in given))


def _mean(given: Operands) -> Value:
    found = [n for o in given if (n := o.number) is not None]
    return mean(found) if found else None


def _mean_of_all(given: Operands) -> Value:
    """The mean of a code's outputs: one that is missing leaves the code without."""
    return None if any(o.nilai is None for o in given) else _mean(given)


def _by_programme(given: Operands) -> dict[str, list[Decimal]]:
    """Numbers by programme; the role begins with the output's code, ``7.01.01/2: …`` being a second one."""
    found: dict[str, list[Decimal]] = {}
    for operand in given.starting("7", "nama:", "0", "1", "2", "3", "4", "5", "6", "8", "9", "X"):
        if operand.number is not None:
            found.setdefault(operand.peran.partition(" ")[0].partition("/")[0], []).append(operand.number)
    return found


def _mean_by_programme(given: Operands) -> Value:
    each = [mean(values) for values in _by_programme(given).values()]
    return mean(each) if each else None


def _left_out(given: Operands) -> Value:
    return " | ".join(f"{o.peran}: {o.nilai}" for o in given if o.nilai) or None


FUNCTIONS: Mapping[str, Function] = {
    "salin": _copied,
    "target_berlaku": _copied,
    "pagu_berlaku": _copied,
    "realisasi_tahun_lalu": _copied,
    "asal_realisasi": _copied,
    "bobot": _weight,
    "indeks_tercetak": _printed_index,
    "tahun_akhir": _end_year,
    "jumlah_triwulan": _sum,
    "jumlah_anak": _sum,
    "jumlah_responden": _sum,
    "banyak": _count,
    "rata_rata": _mean,
    "rata_keluaran": _mean_of_all,
    "rata_program": _mean_by_programme,
    "banyak_program": lambda given: Decimal(len(_by_programme(given))),
    "tidak_dihitung": _left_out,
}
