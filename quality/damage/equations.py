"""The sums, quotients and means that a form's own rows must satisfy: what proves or disproves a value.

An equation over cells holds, fails, or cannot be asked (an operand is missing). Tolerances are those of the
contract: amounts at the coarser printed unit times the addends (5), a printed percentage at its last place,
rounded or cut off (1.2), a mean of indices at 0,0001 (4).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Literal

from quality.damage.sheet import Sheet
from quality.wording import shown

At = tuple[int, str]
Values = Mapping[At, Decimal]
_PLACES = 6
_INDEX_UNIT = Decimal("0.0001")
_WORDS_OF_SUM = 4
# A printed percentage of so many last places tells one power of ten from another; for a fraction fewer do.
UNITS, UNITS_OF_FRACTION = 50, 10


@dataclass(frozen=True)
class Equation:
    """``result`` = the sum (``jumlah``), mean (``rata``) or quotient in percent (``bagi``) of ``parts``."""

    jenis: Literal["jumlah", "rata", "bagi"]
    result: At
    parts: tuple[At, ...]

    @property
    def cells(self) -> tuple[At, ...]:
        """All cells, the result first."""
        return (self.result, *self.parts)

    def holds(self, result: Decimal, parts: Sequence[Decimal]) -> bool:
        """Whether it holds for these values."""
        if self.jenis == "jumlah":
            return abs(sum(parts, Decimal(0)) - result) <= _unit_of_sum(result, parts)
        if self.jenis == "rata":
            return abs(sum(parts, Decimal(0)) - result * len(parts)) <= _INDEX_UNIT * len(parts)
        above, below = parts
        return below != 0 and abs(above * 100 - result * below) < abs(below) * Decimal(1).scaleb(
            -places(result)
        )

    def telling(self, result: Decimal, parts: Sequence[Decimal], units: int) -> bool:
        """Whether it could not hold by chance: its result is so many units of a printed percentage."""
        if self.jenis == "jumlah":
            return abs(result) >= 100 * _unit_of_sum(result, parts)
        if self.jenis == "bagi":
            return abs(result) >= units * Decimal(1).scaleb(-places(result))
        return True

    def words(self, result: Decimal, parts: Sequence[Decimal]) -> str:
        """The arithmetic in figures, for the officer to follow with a calculator."""
        said = [shown(p) or "" for p in parts]
        if self.jenis == "bagi":
            return f"{said[0]} : {said[1]} × 100 = {_rounded(parts[0] * 100 / parts[1], result)}"
        if len(said) > _WORDS_OF_SUM:
            said = [*said[:2], "…", said[-1]]
        total = sum(parts, Decimal(0))
        if self.jenis == "rata":
            return f"({' + '.join(said)}) : {len(parts)} = {_rounded(total / len(parts), result)}"
        return f"{' + '.join(said)} = {shown(total)}"


def places(value: Decimal) -> int:
    """Decimals with which a value is printed, no more than anybody compares."""
    exponent = value.as_tuple().exponent
    return min(_PLACES, -int(exponent)) if isinstance(exponent, int) else 0


def _unit_of_sum(result: Decimal, parts: Sequence[Decimal]) -> Decimal:
    coarse = any(v == v.to_integral_value() for v in (result, *parts))
    return (Decimal(1) if coarse else Decimal("0.01")) * len(parts)


def _rounded(value: Decimal, like: Decimal) -> str:
    with localcontext() as context:
        context.prec = 40
        return shown(value.quantize(Decimal(1).scaleb(-max(2, min(4, places(like)))))) or ""


class Ledger:
    """All equations of one sheet with the values that stand there."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.equations = [*_quotients(sheet), *_means(sheet), *_sums(sheet)]

    def value(self, at: At) -> Decimal | None:
        """What stands in a cell, as the cleaners read it."""
        return self.sheet.numbers(at[1])[at[0]]

    @cached_property
    def of(self) -> Mapping[At, list[Equation]]:
        """The equations that a cell is part of."""
        found: dict[At, list[Equation]] = defaultdict(list)
        for equation in self.equations:
            for at in equation.cells:
                found[at].append(equation)
        return found

    @cached_property
    def _states(self) -> dict[Equation, bool | None]:
        return {e: self._ask(e, {}) for e in self.equations}

    def state(self, equation: Equation) -> bool | None:
        """Whether it holds as the sheet stands; None where an operand is missing."""
        return self._states[equation]

    def operands(self, equation: Equation, instead: Values) -> tuple[Decimal, list[Decimal]] | None:
        """Result and parts, some replaced; None where one is missing."""
        found = [instead.get(at, self.value(at)) for at in equation.cells]
        values = [v for v in found if v is not None]
        return (values[0], values[1:]) if len(values) == len(found) else None

    def _ask(self, equation: Equation, instead: Values) -> bool | None:
        found = self.operands(equation, instead)
        if found is None or (equation.jenis == "bagi" and found[1][1] == 0):
            return None
        return equation.holds(*found)

    def unsettled(self) -> list[Equation]:
        """Equations that fail, or lack what stands there unreadably."""
        return [e for e in self.equations if self.state(e) is False or self._one_unread(e)]

    def _one_unread(self, equation: Equation) -> bool:
        unread = [at for at in equation.cells if self.value(at) is None]
        return len(unread) == 1 and bool(self.sheet.text(*unread[0]))

    def proves(self, instead: Values, units: int = UNITS) -> Equation | None:
        """An equation that these values mend, if they break none that holds without them."""
        mended: Equation | None = None
        for equation in dict.fromkeys(e for at in instead for e in self.of.get(at, ())):
            after = self._ask(equation, instead)
            if after is False and self.state(equation):
                return None
            if after and not self.state(equation) and mended is None:
                found = self.operands(equation, instead)
                mended = equation if found and equation.telling(*found, units) else None
        return mended

    def exact(self, equation: Equation, instead: Values) -> bool:
        """Whether a sum comes out to the last figure, without any allowance for rounding."""
        found = self.operands(equation, instead)
        return found is not None and equation.jenis == "jumlah" and found[0] == sum(found[1], Decimal(0))

    def proof(self, equation: Equation, instead: Values) -> str:
        """The arithmetic of an equation in figures."""
        found = self.operands(equation, instead)
        return equation.words(*found) if found else ""


# --- which equations a sheet has ----------------------------------------------------------------------


def _quotients(sheet: Sheet) -> Iterator[Equation]:
    for result, (above, below) in sheet.form.bagi.items():
        if all(sheet.present(n) for n in (result, above, below)):
            for row in range(len(sheet)):
                if sheet.text(row, result):
                    yield Equation("bagi", (row, result), ((row, above), (row, below)))


def _means(sheet: Sheet) -> Iterator[Equation]:
    for result, parts in sheet.form.rata.items():
        for name in [n for n in sheet.fields if n.startswith(result)]:
            key = name.removeprefix(result)
            if all(sheet.present(p + key) for p in parts):
                for row in sheet.data:
                    yield Equation("rata", (row, name), tuple((row, p + key) for p in parts))


def _sums(sheet: Sheet) -> Iterator[Equation]:
    amounts = [n for n in (*sheet.form.uang, *sheet.form.cacah) if sheet.present(n)]
    if sheet.form.pohon and sheet.present(sheet.form.pohon):
        kin = children(sheet, sheet.form.pohon)
    elif sheet.form.daftar:
        kin = listed(sheet)
    else:
        return
    for name in amounts:
        for parent, rows in kin.items():
            yield Equation("jumlah", (parent, name), tuple((r, name) for r in rows))


def listed(sheet: Sheet) -> dict[int, list[int]]:
    """The one printed total of a list and the rows that it adds up."""
    totals = [i for i, j in enumerate(sheet.jenis_baris) if j == "total"]
    return {totals[0]: sheet.data} if len(totals) == 1 and sheet.data else {}


def children(sheet: Sheet, name: str) -> dict[int, list[int]]:
    """Rows by the row whose code is the nearest beginning of theirs; a code printed twice is nobody's.

    A printed total without a code adds up the rows that have no parent.
    """
    coded = codes(sheet, name)
    times = Counter(coded.values())
    at = {code: row for row, code in coded.items() if times[code] == 1}
    found: dict[int, list[int]] = defaultdict(list)
    tops = []
    for row, code in coded.items():
        parent = next((at[code[:n]] for n in range(len(code) - 1, 0, -1) if code[:n] in at), None)
        if parent is None:
            tops.append(row)
        else:
            found[parent].append(row)
    # Where a code stands twice, what adds up to its parent is not known.
    twice = {code for code, n in times.items() if n > 1}
    kin = {p: rows for p, rows in found.items() if not any(coded[r] in twice for r in rows)}
    totals = [i for i, j in enumerate(sheet.jenis_baris) if j == "total" and i not in coded]
    return {**kin, totals[0]: tops} if len(totals) == 1 and len(tops) > 1 else kin


def codes(sheet: Sheet, name: str) -> dict[int, tuple[str, ...]]:
    """Codes as segments without leading zeros; by digits where no code of the sheet has a dot."""
    texts = {i: t for i, t in enumerate(sheet.texts(name)) if re.fullmatch(r"[\dXx][\d.\sXx]*", t)}
    if any("." in t for t in texts.values()):
        return {
            i: tuple(s.lstrip("0") or "0" for s in re.split(r"[.\s]+", t.strip(" .")))
            for i, t in texts.items()
        }
    return {i: tuple(re.sub(r"\s", "", t)) for i, t in texts.items()}
