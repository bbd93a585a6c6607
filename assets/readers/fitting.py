"""Gives each field of a form its header: every required one exactly once, or the form does not fit.

Where the headers stand and what they may mean is found in ``recognise.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assets.readers.header import Head
from assets.readers.rows import Column
from assets.readers.vocabulary import Field, Form

# What a header over values of another kind is worth against one that is missing.
_HALF_THERE = 0.7


@dataclass(frozen=True)
class Near:
    """A header that fits no form: the nearest one and why not.

    ``sel`` is the grid cell it starts at, ``bawah`` its last row. ``salah_isi`` are fields whose header is
    there over values of another kind; ``melintang`` where fields stand below each other, not side by side.
    """

    form: Form
    sel: tuple[int, int]
    bawah: int
    hilang: tuple[str, ...]
    ganda: tuple[str, ...]
    baru: tuple[str, ...]
    bagian: float
    kolom: int
    sama: tuple[str, ...] = ()
    salah_isi: tuple[str, ...] = ()
    melintang: bool = False


@dataclass(frozen=True)
class Claim:
    """A header that may be a field; ``utuh`` where its whole text says so, not only its lowest row."""

    head: Head
    spec: Field
    key: str
    utuh: bool


class Fitting:
    """Which header is which field of one form; nothing that could be two things is taken.

    ``fits`` says whether the values under a header look like a shape (None where there are none), ``newest``
    is the latest year in any header.
    """

    def __init__(
        self,
        fits: Callable[[Head, str], bool | None],
        form: Form,
        above: Sequence[Head],
        mine: Sequence[Sequence[Claim]],
        newest: int | None,
    ) -> None:
        self._form, self._above, self._newest = form, above, newest
        self._choices: dict[str, list[Claim]] = {f.nama: [] for f in form.kolom}
        self._filled: set[tuple[str, int]] = set()
        self._misshaped: set[str] = set()
        for claim in (c for per in mine for c in per):
            one = claim.spec
            if not self._year_fits(one, claim.key, claim.head.penuh):
                continue
            shaped = fits(claim.head, one.nilai)
            if shaped is not False:
                self._choices[one.nama].append(claim)
            if shaped is False and claim.utuh:
                self._misshaped.add(one.nama)
            if shaped:
                self._filled.add((one.nama, id(claim.head)))
        self.columns: list[Column] = []
        self.whole: list[bool] = []
        self.hilang: list[str] = []
        self.ganda: list[str] = []
        self._taken: set[int] = set()

    def _year_fits(self, one: Field, key: str, text: str) -> bool:
        if one.tahun is None:
            return True
        year = int(key[:4]) if key[:4].isdigit() else None
        if one.tahun == "terbaru":
            return year is None or year == self._newest
        if year is None:
            return any(w in text.split() for w in ("lalu", "sebelumnya"))
        return self._newest is not None and year == self._newest - 1

    def assign(self) -> None:
        """Give each field its header: what can be only one thing first, required before optional fields."""
        fields = sorted(self._form.kolom, key=lambda f: (bool(f.berulang), not f.wajib))
        single = [f for f in fields if not f.berulang and len(self._choices[f.nama]) == 1]
        for one in (*single, *(f for f in fields if f not in single)):
            self._settle(one)
        have = {c.spec.nama for c in self.columns}
        self.hilang += [
            f.nama for f in self._form.kolom if f.wajib and f.nama not in have and f.nama not in self.ganda
        ]
        self._alternatives(have)

    def _settle(self, one: Field) -> None:
        left = [c for c in self._choices[one.nama] if id(c.head) not in self._taken]
        if any(c.utuh for c in left):
            left = [c for c in left if c.utuh]
        if one.berulang:
            self._take_repeated(one, left)
        elif len(left) == 1:
            self._take(left[0])
        elif left:
            self._take_one_of(one, left)

    def _take(self, claim: Claim) -> None:
        one = claim.spec
        name = f"{one.keluar}@{claim.key}" if one.berulang else one.keluar
        self.columns.append(Column(name, claim.head, one, claim.key))
        self.whole.append(claim.utuh)
        self._taken.add(id(claim.head))

    def _take_one_of(self, one: Field, choices: Sequence[Claim]) -> None:
        """Of several headers only the one with values can be meant; otherwise it is not guessed."""
        filled = [c for c in choices if (one.nama, id(c.head)) in self._filled]
        if len(filled) == 1:
            self._take(filled[0])
        elif one.wajib or any(one.nama in way for group in self._form.salah_satu for way in group):
            self.ganda.append(one.nama)

    def _take_repeated(self, one: Field, choices: Sequence[Claim]) -> None:
        choices = [c for c in choices if c.key] or choices
        keys = [c.key for c in choices]
        if len(set(keys)) == len(keys):
            for claim in choices:
                self._take(claim)
        elif one.wajib:
            self.ganda.append(one.nama)

    def _alternatives(self, have: set[str]) -> None:
        for group in self._form.salah_satu:
            if not any(set(way) <= have for way in group) and not any(
                n in self.ganda for w in group for n in w
            ):
                self.hilang.append("/".join("+".join(way) for way in group))

    def thin(self, known: int) -> bool:
        """Whether two chance words among many headers is all there is; ``known`` ones are expected."""
        return len(self.columns) < 3 and len(self.columns) * 3 < len(self._above) - known

    def near(self, top: int, bottom: int) -> Near:
        """Why this form does not fit."""
        taken = {id(c.head) for c in self.columns}
        wanted = sum(f.wajib for f in self._form.kolom) + len(self._form.salah_satu)
        wrong = tuple(n for n in self.hilang if n in self._misshaped)
        lacking = len(self.hilang) + len(self.ganda) - _HALF_THERE * len(wrong)
        first = self._above[0]
        named = len({c.spec.nama for c in self.columns})
        return Near(
            form=self._form,
            sel=(top, first.kolom[0]),
            bawah=bottom,
            hilang=tuple(n for n in self.hilang if n not in wrong),
            ganda=tuple(self.ganda),
            baru=tuple(h.teks for h in self._above if id(h) not in taken),
            bagian=(wanted - lacking) / max(wanted, 1) + 0.01 * named if named or wrong else 0.0,
            kolom=named + len(self.ganda) + len(wrong),
            salah_isi=wrong,
        )
