"""Villages, BUM Desa, and ranks among regions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from warehouse.formulas import ranking, village
from warehouse.formulas.exact import EXACT
from warehouse.formulas.recomputed.operands import (
    Function,
    NotComputable,
    Operands,
    Value,
    as_number,
    total,
)


def _idm(given: Operands) -> Value:
    printed = given.maybe("skor tercetak")
    parts = [given.number(r) for r in ("iks", "ike", "ikl")]
    if any(p is None for p in parts):
        return None
    computed = village.skor_idm(*(p for p in parts if p is not None))
    if printed is None or printed.number is None:
        return computed
    if not village.same_idm(printed.number, computed):
        raise NotComputable(f"the printed score {printed.number} is not what its parts give: {computed}")
    return printed.number


def _indeks_desa(given: Operands) -> Value:
    points = {o.peran: o.number for o in given if o.peran in village.dimension_maxima()}
    return village.skor_indeks_desa(
        village.poin_indeks_desa({k: v for k, v in points.items() if v is not None})
    )


def _score_gap(given: Operands) -> Value:
    """The printed score less what its parts give, be it near enough to count or not."""
    parts = Operands([o for o in given if o.peran != "tercetak"])
    score = as_number(_idm(parts) if parts.maybe("iks") else _indeks_desa(parts))
    printed = given.number("tercetak")
    return None if printed is None or score is None else EXACT.subtract(printed, score)


def _status(given: Operands) -> Value:
    score = given.number("skor")
    return None if score is None else village.status_idm(score)


def _status_by_points(given: Operands) -> Value:
    score = given.number("skor")
    return None if score is None else village.status_indeks_desa(skor=score)


def _to_next(given: Operands) -> Value:
    score = given.number("skor")
    return None if score is None else village.jarak_naik(given.text("metode") or "", score)


def _points_to_next(given: Operands) -> Value:
    score = given.number("skor")
    if score is None:
        return None
    points = Fraction(score) * village.poin_tertinggi() / 100
    found = village.poin_naik(Decimal(round(points)))
    return None if found is None else Decimal(found)


def _counted(given: Operands) -> Value:
    """How many there are: named things one each, ``banyak …`` as many as it says."""
    many = given.starting("banyak ")
    return Decimal(len(given.starting("status "))) + total(o.number for o in many)


def _good(given: Operands) -> Value:
    """How many BUM Desa are good in the unit's meaning of the word."""
    word = given.text("bumdes_baik") or ""
    each = [o.nilai for o in given.starting("BUM Desa ")]
    if word == "aktif":
        return Decimal(each.count("True"))
    return Decimal(sum(v is not None and village.at_least(v, word) for v in each))


def _things(given: Operands) -> Value:
    return Decimal(len(given.starting("BUM Desa ")))


def _share(satuan: Literal["persen", "rasio"]) -> Function:
    def function(given: Operands) -> Value:
        part, whole = given.number("pembilang"), given.number("penyebut")
        return None if part is None or whole is None else village.share_of(int(part), int(whole), satuan)

    return function


def _class(given: Operands) -> Value:
    value = given.only().number
    return None if value is None else village.kelas_bumdes(value)


def _active(given: Operands) -> Value:
    value = given.only().number
    return None if value is None else value > 0


def _rank(given: Operands) -> Value:
    own, arah = given.number("nilai"), given.text("arah") or "naik"
    if own is None:
        return None
    return Decimal(ranking.peringkat({"": own, **{str(n): x for n, x in enumerate(given.peers)}}, arah)[""])


def _ranked(given: Operands) -> Value:
    return Decimal(len(given.peers))


def _percentile(given: Operands) -> Value:
    place, among = given.number("peringkat"), given.number("dari")
    return None if place is None or among is None else ranking.persentil(int(place), int(among))


FUNCTIONS: Mapping[str, Function] = {
    "skor_idm": _idm,
    "skor_indeks_desa": _indeks_desa,
    "selisih_skor": _score_gap,
    "status_idm": _status,
    "status_indeks_desa": _status_by_points,
    "jarak_naik": _to_next,
    "poin_naik": _points_to_next,
    "banyak_desa": _counted,
    "banyak_bumdes": _things,
    "bumdes_baik": _good,
    "persen_desa": _share("persen"),
    "rasio_desa": _share("rasio"),
    "persen_bumdes": _share("persen"),
    "kelas_bumdes": _class,
    "bumdes_aktif": _active,
    "peringkat_wilayah": _rank,
    "banyak_diperingkat": _ranked,
    "persentil": _percentile,
}
