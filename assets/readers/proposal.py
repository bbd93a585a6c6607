"""A proposal how a table might be read that no vocabulary knows: each header, and how sure its guess is.

Nothing is read by it: an officer confirms or mends each guess (``pipelines/propose.py`` writes them,
``assets/accept/usulan.py`` takes them back), and only then the confirmed words join the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assets.readers import likeness
from assets.readers.grid import DATE, ERROR, FORMULA, TEXT, Grid
from assets.readers.header import Head, Merges, blank, heads, is_number_row, windows
from assets.readers.recognise import Recogniser
from assets.readers.vocabulary import SHAPES, Field, Form, Vocabulary
from warehouse.values.personal import mask

PASTI, MIRIP, ISI, TIDAK_ADA = "pasti", "mirip", "isi", "tidak ada"
# A header must be this like a wording to be guessed, this like to be named as another possibility.
_LIKE, _POSSIBLE = 0.45, 0.3
# What a guess by contents alone is worth, the part of what is needed in the value, the least value proposed.
_BY_CONTENTS, _NEEDED, _LEAST = 0.2, 0.6, 0.4
# What titles add: words that the form asks for, and each word that names what a row of it is.
_TITLED, _SAID = 0.3, 0.12
_EVERYWHERE = frozenset("kecamatan kabupaten desa satu laporan daftar rekap tahun triwulan periode".split())
# A header is over more than one column in so many of the widest row.
_NARROW = 3
# Rows looked at for a header, rows below it looked at for values, values shown.
_TOP, _BELOW, _SHOWN = 60, 60, 3
_FITS = 0.7
_ALTERNATIVES = 3


@dataclass(frozen=True)
class Guess:
    """One header and what it may be.

    ``untuk`` is the field guessed, None without a guess; ``cara`` how it was come by, ``mirip`` the likeness
    in percent and ``kata`` the wording it is like; ``lain`` other fields it might be; ``contoh`` what stands
    below it, without persons.
    """

    head: Head
    untuk: str | None
    cara: str
    mirip: int
    kata: str
    lain: tuple[str, ...]
    contoh: str


@dataclass(frozen=True)
class Proposal:
    """How one table might be read; ``kurang`` are required fields without a guess."""

    lembar: str
    kepala: tuple[int, int]
    form: Form
    guesses: tuple[Guess, ...]
    kurang: tuple[str, ...]
    lain: tuple[str, ...]
    nilai: float


def propose(grids: Sequence[Grid], vocabulary: Vocabulary, sumber: str | None = None) -> list[Proposal]:
    """The best proposal for each sheet on which no table was recognised.

    Args:
        grids: the sheets of one file.
        vocabulary: the forms that may be meant.
        sumber: the source it is, if the officer says so; then its nearest form is proposed however far.
    """
    words = vocabulary.only(sumber)
    recogniser = Recogniser(words)
    least = _LEAST if sumber is None else 0.0
    found = (_Sheet(g, words, recogniser).best(least) for g in grids if not recogniser.sheet(g).tables)
    return [p for p in found if p is not None]


class _Sheet:
    """One sheet: where its header may stand, and which form explains it best."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary, recogniser: Recogniser) -> None:
        self._grid, self._vocabulary, self._claims = grid, vocabulary, recogniser.claims
        self._merges = Merges(grid)

    def best(self, least: float) -> Proposal | None:
        """The proposal that explains most; None where none is worth more than ``least``."""
        widest = max((self._width(r) for r in range(len(self._grid.teks))), default=1)
        every = [p for top, bottom in self._headers(widest) for p in self._forms(top, bottom)]
        every.sort(key=lambda p: (-p.nilai, p.kepala[1] - p.kepala[0], p.kepala))
        if not every or every[0].nilai <= least:
            return None
        first = every[0]
        others = dict.fromkeys(p.form.tabel for p in every if p.nilai >= _LEAST and p.form is not first.form)
        return replace(first, lain=tuple(others)[:_ALTERNATIVES])

    def _width(self, r: int) -> int:
        """Cells of a row that hold something."""
        return sum(k != " " for k in self._grid.jenis[r])

    def _headers(self, widest: int) -> Iterator[tuple[int, int]]:
        """Rows that may be a header: words over a good part of the columns, and rows of values below."""
        for top in range(min(_TOP, len(self._grid.teks))):
            if self._width(top) < 2 or TEXT not in self._grid.jenis[top]:
                continue
            for first, bottom in windows(self._grid, self._merges, top):
                if max(self._width(r) for r in range(first, bottom + 1)) * _NARROW < widest:
                    continue
                texts = {
                    t
                    for t, k in zip(self._grid.teks[bottom], self._grid.jenis[bottom], strict=True)
                    if k == TEXT
                }
                if texts and self._values(bottom):
                    yield first, bottom

    def _values(self, bottom: int) -> list[int]:
        """Rows below a header that hold values."""
        end = min(bottom + 1 + _BELOW, len(self._grid.teks))
        rows = [r for r in range(bottom + 1, end) if not blank(self._grid, r)]
        return [
            r
            for r in rows
            if sum(k != " " for k in self._grid.jenis[r]) >= 2 and not is_number_row(self._grid.teks[r])
        ]

    def _forms(self, top: int, bottom: int) -> Iterator[Proposal]:
        above = heads(self._grid, self._merges, top, bottom, self._vocabulary.normal)
        rows = self._values(bottom)
        columns = [_Column(h, self._grid, rows) for h in above if h.penuh]
        if len(columns) < 2:
            return
        titles = self._vocabulary.normal(" ".join(t for r in self._grid.teks[:top] for t in r if t)[:2000])
        for i, form in enumerate(self._vocabulary.forms):
            if form.bukan_judul.matches(titles) or any(form.tanpa.matches(h.penuh) for h in above):
                continue
            yield self._proposal(i, form, columns, (top, bottom), titles)

    def _proposal(
        self, at: int, form: Form, columns: Sequence[_Column], rows: tuple[int, int], titles: str
    ) -> Proposal:
        made = _Guessing(form, columns, self._known(at, columns)).guesses()
        have = {g.untuk: g for g in made if g.untuk}
        missing = tuple(_missing(form, have))
        nilai = _value(form, have, len(columns))
        if nilai and form.judul.matches(titles):
            nilai += _TITLED
        if nilai:
            nilai += min(_SAID * len(_said(titles) & _told(form)), _TITLED)
        return Proposal(self._grid.lembar, rows, form, tuple(made), missing, (), nilai)

    def _known(self, at: int, columns: Iterable[_Column]) -> dict[int, list[Field]]:
        """Fields of the form that the vocabulary itself sees in each header."""
        return {id(c.head): [f for i, f, _ in self._claims(c.head.penuh) if i == at] for c in columns}


def _value(form: Form, have: Mapping[str, Guess], columns: int) -> float:
    """How well guesses explain a table: what the form needs, and how many of the headers have a guess.

    Without one header that is at least like a word of the form nothing speaks for it.
    """
    if not any(g.cara in (PASTI, MIRIP) for g in have.values()):
        return 0.0
    needs = [_worth(have.get(f.nama)) for f in form.kolom if f.wajib]
    for group in form.salah_satu:
        needs.append(max(sum(_worth(have.get(n)) for n in way) / len(way) for way in group))
    explained = sum(_worth(g) for g in have.values()) / columns
    return _NEEDED * sum(needs) / max(len(needs), 1) + (1 - _NEEDED) * explained


def _worth(guess: Guess | None) -> float:
    """What a guess speaks for a form; a header that is nothing but a period might be of many."""
    if guess is None:
        return 0.0
    worth = {PASTI: 1.0, MIRIP: guess.mirip / 100, ISI: _BY_CONTENTS}[guess.cara]
    return worth if likeness.bare_of(guess.head.penuh) else worth / 4


def _said(titles: str) -> set[str]:
    return likeness.words([titles]) - _EVERYWHERE


def _told(form: Form) -> set[str]:
    """Words by which a title speaks of a form: its name, its source's, what a row of it is."""
    return likeness.words(
        [form.sumber.replace("_", " "), form.nama.replace("_", " "), form.satu_baris.casefold()]
    )


def _satisfied(group: Iterable[Sequence[str]], have: Mapping[str, Guess]) -> bool:
    return any(set(way) <= have.keys() for way in group)


def _missing(form: Form, have: Mapping[str, Guess]) -> Iterator[str]:
    yield from (f.nama for f in form.kolom if f.wajib and f.nama not in have)
    for group in form.salah_satu:
        if not _satisfied(group, have):
            yield "/".join("+".join(way) for way in group)


class _Column:
    """A header with the values below it."""

    def __init__(self, head: Head, grid: Grid, rows: Sequence[int]) -> None:
        self.head = head
        cells = [
            (grid.teks[r][c].strip(), grid.jenis[r][c])
            for r in rows
            for c in head.kolom
            if grid.teks[r][c].strip()
        ]
        self._all = len(rows)
        self.values = [t for t, k in cells if k not in (ERROR, FORMULA)]
        self._dated = sum(k == DATE for _, k in cells)

    @property
    def counts(self) -> bool:
        """Whether the values only number the rows."""
        return len(self.values) > 1 and self.values == [str(i) for i in range(1, len(self.values) + 1)]

    def fits(self, shape: str) -> bool | None:
        """Whether the values look so; None where there are none."""
        if not self.values:
            return None
        expression = SHAPES[shape]
        return sum(bool(expression.search(v)) for v in self.values) >= _FITS * len(self.values)

    @property
    def contoh(self) -> str:
        """What stands below, for the officer: figures and codes as printed, of words only how many.

        Words may be names of persons, which no file of ours keeps.
        """
        if not self.values:
            return "kosong"
        if self._dated:
            return f"tanggal, {len(self.values)} terisi"
        plain = [
            v for v in dict.fromkeys(self.values) if SHAPES["angka"].search(v) or SHAPES["kode"].search(v)
        ]
        if len(plain) * 2 < len(set(self.values)):
            most = max(len(v.split()) for v in self.values)
            return f"teks sampai {most} kata, {len(set(self.values))} isi berbeda"
        return "; ".join(mask(v)[:30] for v in plain[:_SHOWN])


def _holds(column: _Column, shape: str) -> bool:
    """Whether values are of a shape and of no more telling one."""
    return bool(column.fits(shape)) and not (shape == "teks" and column.fits("angka"))


class _Guessing:
    """Gives the headers of one table to the fields of one form, the likest first."""

    def __init__(self, form: Form, columns: Sequence[_Column], known: Mapping[int, list[Field]]) -> None:
        self._form, self._columns = form, columns
        self._known = known
        self._made: dict[int, Guess] = {}
        self._taken: set[str] = set()

    def guesses(self) -> list[Guess]:
        """One guess for each header, in the order of the columns."""
        liked = sorted(self._liked(), key=lambda x: (-x[0], x[1].head.kolom))
        for score, column, field, word in liked:
            certain = field in self._known[id(column.head)]
            if score >= _LIKE or certain:
                self._take(column, field, PASTI if certain else MIRIP, 1.0 if certain else score, word)
        self._by_contents()
        others = self._others(liked)
        for column in self._columns:
            if id(column) not in self._made:
                self._made[id(column)] = Guess(column.head, None, TIDAK_ADA, 0, "", (), column.contoh)
        return [
            replace(g, lain=tuple(n for n in others.get(id(c), ()) if n != g.untuk)[:_ALTERNATIVES])
            for c, g in ((c, self._made[id(c)]) for c in self._columns)
        ]

    def _liked(self) -> Iterator[tuple[float, _Column, Field, str]]:
        for column in self._columns:
            for field in self._form.kolom:
                if column.fits(field.nilai) is False:
                    continue
                certain = field in self._known[id(column.head)]
                score, word = likeness.nearest(column.head.penuh, field)
                leaf, leaf_word = likeness.nearest(column.head.daun, field)
                if leaf > score:
                    score, word = leaf, leaf_word
                if not field.kecuali.matches(column.head.penuh):
                    yield (1.0 if certain else min(score, 0.99)), column, field, word

    def _take(self, column: _Column, field: Field, cara: str, score: float, word: str) -> None:
        free = field.berulang or field.nama not in self._taken
        if id(column) in self._made or not free:
            return
        self._taken.add(field.nama)
        percent = round(100 * score) if cara != ISI else 0
        self._made[id(column)] = Guess(column.head, field.nama, cara, percent, word, (), column.contoh)

    def _by_contents(self) -> None:
        """A required field is guessed by values that only one header has and no other field wants."""
        wanting = [
            f for f in self._form.kolom if f.wajib and f.nama not in self._taken and f.nilai != "bebas"
        ]
        for field in wanting:
            free = (c for c in self._columns if id(c) not in self._made and not c.counts)
            left = [c for c in free if _holds(c, field.nilai)]
            if len(left) == 1 and sum(f.nilai == field.nilai for f in wanting) == 1:
                self._take(left[0], field, ISI, 0.0, "")

    def _others(self, liked: Iterable[tuple[float, _Column, Field, str]]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for score, column, field, _ in liked:
            if score >= _POSSIBLE:
                found.setdefault(id(column), []).append(field.nama)
        return found
