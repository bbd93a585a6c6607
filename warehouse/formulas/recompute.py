"""Every formula of a trail, worked out again from the operands that the trail recorded.

``lumbung verify``, the check before publishing and the tests go through here. What is proven is the
trail and what the marts do with it: each function takes operands by their role and knows no mart, so a
trail that leaves something out or names what it did not use, a figure made of other rows, a wrong branch
of a choice are found. What is not proven is a formula itself: bands, roundings and weights stand once,
in the modules beside this one, and both sides call them; their tests and the printed figures in
``tests/golden`` prove those. What proves a whole trail is ``quality/proof.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from warehouse.formulas import accounts, achievement, efficiency, ranking, survey, village
from warehouse.formulas.exact import EXACT, decimal, mean
from warehouse.formulas.registry import UnknownFormula
from warehouse.formulas.sensitivity import Kasus, batas, entry
from warehouse.values.numbers import tampil

Value = Decimal | str | bool | None


class NotComputable(ValueError):
    """The operands recorded are not those that the formula needs; the message says what is wrong."""


@dataclass(frozen=True)
class Operand:
    """One operand as recorded: its role, and its value as text (None unknown)."""

    peran: str
    nilai: str | None

    @property
    def number(self) -> Decimal | None:
        """The value as a number.

        Raises:
            NotComputable: it is a text.
        """
        if self.nilai is None:
            return None
        try:
            return Decimal(self.nilai)
        except InvalidOperation as wrong:
            raise NotComputable(f"{self.peran}: {self.nilai!r} is no number") from wrong


@dataclass(frozen=True)
class Operands:
    """The operands of one formula.

    ``before`` is what an earlier formula of the same figure gave (a cap comes after an achievement),
    ``peers`` the values among which a rank is told, this one's included.
    """

    each: Sequence[Operand]
    before: Value = None
    peers: Sequence[Decimal] = field(default_factory=tuple)

    def __iter__(self) -> Iterator[Operand]:
        return iter(self.each)

    def maybe(self, *roles: str) -> Operand | None:
        """The first operand in one of these roles, in the order of the roles."""
        return next((o for r in roles for o in self.each if o.peran == r), None)

    def one(self, *roles: str) -> Operand:
        """The same, which must be there.

        Raises:
            NotComputable: there is none.
        """
        found = self.maybe(*roles)
        if found is None:
            raise NotComputable(f"no operand {' or '.join(roles)} among {[o.peran for o in self.each]}")
        return found

    def number(self, *roles: str) -> Decimal | None:
        """The number in one of these roles, which must be there."""
        return self.one(*roles).number

    def text(self, *roles: str) -> str | None:
        """The text in one of these roles; None where it is not there."""
        found = self.maybe(*roles)
        return None if found is None else found.nilai

    def starting(self, *heads: str) -> list[Operand]:
        """Operands whose role begins so."""
        return [o for o in self.each if o.peran.startswith(heads)]

    def only(self) -> Operand:
        """The single operand.

        Raises:
            NotComputable: there is none, or more than one.
        """
        if len(self.each) != 1:
            raise NotComputable(f"{len(self.each)} operands where one is due")
        return self.each[0]


Function = Callable[[Operands], Value]
PEERS = frozenset(("peringkat_wilayah", "banyak_diperingkat"))  # formulas that need the other rows


def recompute(rumus: str, operands: Operands) -> Value:
    """What the formula gives; None where it cannot be had from them.

    Raises:
        UnknownFormula: no function for it.
        NotComputable: an operand is missing or is no number.
        ValueError: an operand is outside what the formula takes.
    """
    try:
        function = _FUNCTIONS[rumus]
    except KeyError:
        raise UnknownFormula(f"formula {rumus!r} cannot be recomputed; known: {', '.join(known())}") from None
    return function(operands)


def known() -> tuple[str, ...]:
    """Ids of all formulas that can be recomputed."""
    return tuple(sorted(_FUNCTIONS))


def missing(used: Iterable[str]) -> list[str]:
    """Formulas of a trail that nothing here recomputes."""
    return sorted(set(used) - _FUNCTIONS.keys())


# --- values taken over -------------------------------------------------------------------------------


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
    return _total(found) if found and None not in found else None


def _total(values: Iterable[Decimal | None]) -> Decimal:
    whole = Decimal(0)
    for value in values:
        whole = EXACT.add(whole, value or Decimal(0))
    return whole


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


# --- achievement -------------------------------------------------------------------------------------

_REALISED = ("realisasi", "nilai")
_TARGETS = ("target hitung", "target_hitung", "target_tahun", "target_akhir", "target")


def _achieved(arah: str, terbalik: str = "(2T-R)/T") -> Function:
    def function(given: Operands) -> Value:
        target, realised = given.number(*_TARGETS), given.number(*_REALISED)
        return achievement.capaian(target, realised, arah, terbalik)[0]

    return function


def _capped(given: Operands) -> Value:
    limit = batas(given.text("batas_capaian") or "tidak")
    value = _decimal(given.before)
    return value if limit is None or value is None else min(value, limit)


def _decimal(value: Value) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    raise NotComputable(f"{value!r} where a number is due")


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


# --- budget and efficiency ---------------------------------------------------------------------------


def _absorbed(given: Operands) -> Value:
    return accounts.serapan(given.number("pagu"), given.number("realisasi"))


def _left(given: Operands) -> Value:
    return accounts.sisa(given.number("pagu"), given.number("realisasi"))


def _mapped(given: Operands) -> Value:
    """Amounts of the linked codes, each times its share; an amount that is unknown leaves none."""
    amounts = given.starting("pagu ", "realisasi ")
    if not amounts:
        return None
    whole = Fraction(0)
    for operand in amounts:
        amount, code = operand.number, operand.peran.partition(" ")[2]
        if amount is None:
            return None
        portion = given.number(f"porsi {code} (%)")
        if portion is None:
            raise NotComputable(f"the share of {code} is not recorded")
        whole += Fraction(amount) * Fraction(portion) / 100
    return decimal(whole)


def _whole_budget(given: Operands) -> Value:
    amounts = given.starting("pagu ", "realisasi ")
    return amounts[0].number if amounts else None


def _efficiency(given: Operands) -> Value:
    return efficiency.e(*(given.number(r) for r in ("pagu", "capaian_persen", "realisasi")))


def _ne(given: Operands) -> Value:
    return efficiency.ne(given.number("E"))


def _ratio(given: Operands) -> Value:
    return efficiency.rasio(given.number("capaian_persen"), given.number("serapan_persen"))


# --- survey ------------------------------------------------------------------------------------------


def _mean_answer(given: Operands) -> Value:
    total, n = (_total(o.number for o in given.starting(head)) for head in ("jumlah ", "banyak "))
    return survey.nrr(int(total), int(n)) if n else None


def _answered(given: Operands) -> Value:
    counts = given.starting("banyak ", "responden")
    found = [o.number for o in counts]
    return _total(found) if found and None not in found else None


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
        value = _decimal(_mean_answer(Operands(parts)))
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
    if volume != _total(counted):
        raise NotComputable(f"the services add up to {_total(counted)}, not {volume}")
    return Decimal(survey.krejcie_morgan(int(volume)))


def _rank_of_element(given: Operands) -> Value:
    each = {o.peran: o.number for o in given.starting("NRR U")}
    own = given.number("NRR")
    same = next((name for name, value in each.items() if value == own), None)
    return None if same is None else Decimal(ranking.peringkat(each)[same])


# --- villages, BUM Desa, ranks -----------------------------------------------------------------------


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
    score = _decimal(_idm(parts) if parts.maybe("iks") else _indeks_desa(parts))
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
    return Decimal(len(given.starting("status "))) + _total(o.number for o in many)


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


_FUNCTIONS: Mapping[str, Function] = {
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
    "serapan": _absorbed,
    "sisa": _left,
    "alokasi_dipetakan": _mapped,
    "alokasi_seluruhnya": _whole_budget,
    "efisiensi_e": _efficiency,
    "efisiensi_ne": _ne,
    "efisiensi_rasio": _ratio,
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
