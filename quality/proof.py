"""Does every figure follow from what its trail says? Recomputed formula by formula, from the cells up.

Reads only the trail (rows of ``jejak``) and the figures; the formulas are in
``warehouse/formulas/recomputed``. A figure is proven if its operands, as recorded, give it at the precision
of its column, and if each operand that is itself a figure is what that figure comes to. So nothing between a
cell and a published figure is taken on trust but the reading of the cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from warehouse import contracts
from warehouse.formulas.exact import share
from warehouse.formulas.recompute import PEERS, missing, recompute
from warehouse.formulas.recomputed.operands import NotComputable, Operand, Operands, Value
from warehouse.formulas.registry import UnknownFormula, semua

Row = Mapping[str, Any]
Place = tuple[str, str, str]  # table, key, column
_SCOPE = ("kode_indikator", "tahun", "lingkup")
_PEER_OF = {"peringkat_wilayah": "nilai", "banyak_diperingkat": "nilai"}


@dataclass(frozen=True)
class Fault:
    """A figure that does not follow from its trail: which, what stands there, what its operands give, why."""

    tabel: str
    kunci: str
    kolom: str
    tertulis: str | None
    dihitung: str | None
    sebab: str
    sebab_en: str


class TrailIncomplete(RuntimeError):
    """A trail uses formulas that cannot be recomputed; nothing is published with it."""


def check_formulas(rumus: Iterable[str]) -> None:
    """Stop before publishing where a trail names a formula that nothing recomputes or explains.

    Raises:
        TrailIncomplete: naming them.
    """
    used = {r for r in rumus if r}
    if unknown := missing(used):
        raise TrailIncomplete(
            f"the trail uses formulas without a recomputation: {', '.join(unknown)}; "
            "add them to a module of warehouse/formulas/recomputed"
        )
    if silent := sorted(used - {r.id for r in semua()}):
        raise TrailIncomplete(
            f"the trail uses formulas without a sentence: {', '.join(silent)}; "
            "add them under rumus: in a YAML of warehouse/formulas"
        )


class Proof:
    """The figures of a publication held against their trail."""

    def __init__(
        self, trail: Iterable[Row], figures: Mapping[str, Sequence[Row]], *, whole: bool = True
    ) -> None:
        """Take the trail in.

        Args:
            trail: rows of ``jejak``, in any order.
            figures: rows of the published tables by name.
            whole: whether all rows are there; if not, ranks among them are taken as they stand.
        """
        self._whole = whole
        self._steps: dict[Place, list[Row]] = defaultdict(list)
        for step in trail:
            self._steps[step["tabel"], step["kunci"], step["kolom"]].append(step)
        for steps in self._steps.values():
            steps.sort(key=lambda s: s["urut"])
        self._rows = {
            (name, contracts.table(name).key_of(r)): r for name, rows in figures.items() for r in rows
        }
        self._scopes: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for (name, key), row in self._rows.items():
            if name == "banding" and row["peringkat"] is not None and row["status_terbit"] == "terbit":
                self._scopes[tuple(str(row[c]) for c in _SCOPE)].append(key)
        self._made: dict[Place, Value] = {}
        self._wrong: dict[Place, tuple[str, str]] = {}

    def faults(self) -> Iterator[Fault]:
        """Every published figure that its trail does not give, and every one without a trail."""
        for (name, key), row in self._rows.items():
            for column in contracts.table(name).figures:
                fault = self._judge((name, key, column), row)
                if fault is not None:
                    yield fault

    def proven(self) -> int:
        """How many published figures have a trail and are compared with it."""
        return sum(
            (name, key, c) in self._steps and row[c] is not None and row["status_terbit"] == "terbit"
            for (name, key), row in self._rows.items()
            for c in contracts.table(name).figures
        )

    def value(self, place: Place) -> Value:
        """What a figure comes to by its trail; without one, what is published; None of the unknown.

        Raises:
            UnknownFormula: nothing recomputes its formula.
        """
        if place not in self._made:
            self._made[place] = None  # a trail that leads back to itself proves nothing
            self._made[place] = self._compute(place) if place in self._steps else self._published(place)
        return self._made[place]

    # --- one figure ------------------------------------------------------------------------------
    def _judge(self, place: Place, row: Row) -> Fault | None:
        name, _, column = place
        published = row[column]
        if row["status_terbit"] != "terbit" or (published is None and _emptied(row, column)):
            return None  # withheld, or the figure of an earlier run
        if place not in self._steps:
            return self._fault(place, published, None, *_ROOTLESS) if published is not None else None
        try:
            made = self.value(place)
        except (NotComputable, UnknownFormula, ValueError, ArithmeticError) as wrong:
            return self._fault(place, published, None, f"rumus gagal: {wrong}", f"formula failed: {wrong}")
        if place in self._wrong:
            return self._fault(place, published, made, *self._wrong[place])
        if not same(made, published, _type(name, column)):
            return self._fault(place, published, made, *_DIFFERENT)
        return None

    def _fault(self, place: Place, published: Any, made: Value, why: str, why_en: str) -> Fault:
        written = None if published is None else str(published)
        return Fault(*place, written, None if made is None else str(made), why, why_en)

    def _compute(self, place: Place) -> Value:
        made: Value = None
        for rumus, steps in groupby(self._steps[place], key=lambda s: s["rumus"]):
            if rumus in PEERS and not self._whole:
                made = self._published(place)
                continue
            given = [self._operand(place, s) for s in steps]
            peers = self._peers(place, rumus) if rumus in PEERS else ()
            made = recompute(rumus, Operands(given, made, peers))
        return made

    def _operand(self, place: Place, step: Row) -> Operand:
        operand = Operand(step["peran"] or "", step["nilai"])
        if step["jenis"] != "angka":
            return operand
        below = (step["rujuk_tabel"], step["rujuk_kunci"], step["rujuk_kolom"])
        found = self.value(below)
        if operand.nilai is None:
            return replace(operand, nilai=None if found is None else str(found))
        if below in self._steps or self._published(below) is not None:
            kind = _type(below[0], below[2])
            if not same(_whole(operand.nilai), _stored(found, kind), kind):
                named = f"{operand.peran} {operand.nilai}", f"{'.'.join((below[0], below[2]))} {found}"
                self._wrong[place] = (
                    f"masukan {named[0]} tidak sama dengan {named[1]}",
                    f"the operand {named[0]} is not {named[1]}",
                )
        return operand

    def _published(self, place: Place) -> Value:
        row = self._rows.get(place[:2])
        return None if row is None else row.get(place[2])

    def _peers(self, place: Place, rumus: str) -> tuple[Decimal, ...]:
        parts = dict(p.split("=", 1) for p in place[1].split(";"))
        column = _PEER_OF[rumus]
        keys = self._scopes.get(tuple(parts[c] for c in _SCOPE), ())
        found = (self.value(("banding", key, column)) for key in keys)
        return tuple(Decimal(str(x)) for x in found if x is not None)


_ROOTLESS = ("tidak ada asal yang tercatat", "no trail is recorded")
_DIFFERENT = ("masukannya menghasilkan angka lain", "its operands give another figure")


def _emptied(row: Row, column: str) -> bool:
    """Whether the row says that this figure alone is withheld."""
    for part in (row["alasan"] or "").split("; "):
        names, mark, _ = part.partition(" ditahan: ")
        if mark and column in names.split(", "):
            return True
    return False


def _type(table: str, column: str) -> str:
    return next(c.type for c in contracts.table(table).columns if c.name == column)


def _whole(said: str) -> Value:
    """A recorded operand; ``586 / 150`` is a share."""
    part, mark, whole = said.partition(" / ")
    if mark and part.isdigit() and whole.isdigit():
        return share(int(part), int(whole))
    return said


def _stored(value: Value, kind: str) -> Value:
    number = _number(value)
    return contracts.stored(number, kind) if number is not None and kind.startswith("decimal") else value


def _number(value: Value) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def same(made: Value, published: Any, kind: str) -> bool:
    """Whether a recomputed value is the published one at the precision of its column."""
    if made is None or published is None:
        return made is None and published is None
    if kind == "boolean":
        return str(made).casefold() == str(published).casefold()
    if kind == "integer" or kind.startswith("decimal"):
        mine, theirs = _number(made), _number(published)
        if mine is None or theirs is None:
            return False
        return contracts.stored(mine, kind) == contracts.stored(theirs, kind)
    return str(made) == str(published)
