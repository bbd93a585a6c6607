"""Grids that print the quarters beside each other: whose rows, which quarters are filled, running sums.

Used by the two tables that such a grid feeds: outputs (K) and realisation of the budget (Rp). Source:
Permendagri 86/2017, form E.81, where a quarter's columns hold that quarter alone and the column after them
their sum. What does not belong here: what becomes of a row (``kinerja_program``, ``realisasi_program``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa

from assets.clean.program_rows import ProgramTree
from assets.clean.sift import Refused, Row
from assets.passing import Context
from warehouse.regions import Regions
from warehouse.values.codes import nama_baku
from warehouse.values.numbers import Unreadable, parse_number

GRID = "kinerja_program_triwulanan"
MONEY, OUTPUT = "realisasi", "realisasi_kinerja"
YEAR_MONEY, YEAR_OUTPUT = "total", "total_kinerja"
SUM, LEVEL = "jumlah", "tingkat"
_QUARTERS = (1, 2, 3, 4)
_KEY = re.compile(r"(?:(\d{4})-)?TW([1-4])")
_DISTRICT = re.compile(r"(?:kecamatan|kec\b\.?)\s+(?P<nama>\S.*)", re.I)
_AGENCY = re.compile(
    r"(?:dinas|badan(?!\s+(?:usaha|permusyawaratan|kerja))|inspektorat|sekretariat\s+(?:daerah|dprd)|rsud|puskesmas"
    r"|satuan\s+polisi\s+pamong)\b",
    re.I,
)
# So many amounts that all rise from quarter to quarter are no chance: they are sums to date.
_RISING = 5


@dataclass(frozen=True)
class Quarter:
    """One printed quarter: its period and the fields of its money and its output."""

    periode: str
    rupiah: str
    kinerja: str


@dataclass
class Survey:
    """What is known of one file's grid as a whole.

    ``terisi`` says whether any quarter is filled; ``triwulan`` are the filled ones without a gap from the
    first on, ``lepas`` those behind a gap. ``cara`` says how a quarter is counted: ``jumlah`` (that quarter
    alone) or ``tingkat`` (to date already); ``terbukti`` whether the amounts show it.
    """

    terisi: bool = False
    tahun: str | None = None
    triwulan: tuple[Quarter, ...] = ()
    lepas: tuple[str, ...] = ()
    cara: str = SUM
    terbukti: bool = False
    perangkat: frozenset[str] = frozenset()
    kecamatan: frozenset[str] = frozenset()

    def unit(self, row: Row, regions: Regions) -> str:
        """Kecamatan code of the file.

        Raises:
            Refused: it is another agency's, or of several kecamatan; its unit is unknown; its rows name
                another one.
        """
        if self.perangkat or len(self.kecamatan) > 1:
            raise Refused("bukan_kecamatan", "tabel ini bukan milik satu kecamatan", once=True)
        said = row.unit_tabel
        if not self.kecamatan or said is None:
            return row.unit()
        (nama,) = self.kecamatan
        codes = [r.kode for r in regions.find_kecamatan(nama, within=said[:4])]
        if len(codes) != 1 or not codes[0].startswith(said):
            raise Refused("kecamatan_baris_lain", "baris menyebut kecamatan lain", once=True)
        return codes[0]


@dataclass
class _Seen:
    """Counts while a file's rows go by."""

    filled: set[str] = field(default_factory=set)
    perangkat: set[str] = field(default_factory=set)
    kecamatan: dict[str, str] = field(default_factory=dict)
    tahun: set[str] = field(default_factory=set)
    amounts: list[tuple[dict[str, Decimal], Decimal | None]] = field(default_factory=list)


def survey(table: pa.Table | None) -> Mapping[str, Survey]:
    """Each file's grid by ``berkas_id``."""
    if table is None or not table.num_rows:
        return {}
    quarters = _quarters(table.column_names)
    seen: dict[str, _Seen] = {}
    for values in table.to_pylist():
        _look(seen.setdefault(values["berkas_id"], _Seen()), values, quarters)
    return {berkas_id: _settled(one, quarters) for berkas_id, one in seen.items()}


@dataclass(frozen=True)
class Beside:
    """What a row of a grid is read with besides its own cells."""

    tree: ProgramTree
    surveys: Mapping[str, Survey]
    regions: Regions

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table], context: Context, silent: str) -> Beside:
        """The grids of these extract tables; unknown names of ``silent`` are told by another cleaner."""
        return cls(ProgramTree(silent=frozenset({silent})), survey(tables.get(GRID)), context.regions)


def _quarters(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Money and output field by the key of a quarter: ``2025-TW1``, or ``TW1`` without a year above."""
    pairs = ((name.partition("@")[2], name) for name in names)
    keys = dict.fromkeys(key for key, _ in pairs if _KEY.fullmatch(key))
    return {key: (f"{MONEY}@{key}", f"{OUTPUT}@{key}") for key in keys}


def _look(seen: _Seen, values: Mapping[str, str | None], quarters: Mapping[str, tuple[str, str]]) -> None:
    for key, names in quarters.items():
        if any((values.get(name) or "").strip() for name in names):
            seen.filled.add(key)
    if values["periode"]:
        seen.tahun.add(values["periode"][:4])
    _look_whose(seen, values)
    amounts = {key: _amount(values.get(money)) for key, (money, _) in quarters.items()}
    seen.amounts.append(
        ({key: n for key, n in amounts.items() if n is not None}, _amount(values.get(YEAR_MONEY)))
    )


def _look_whose(seen: _Seen, values: Mapping[str, str | None]) -> None:
    """An office is named by the last column of each row, or by a heading above the programmes."""
    said = [" ".join((values.get("perangkat_daerah") or "").split())]
    if not (values.get("indikator") or "").strip():
        said.append(" ".join((values.get("uraian") or "").split()))
    for text in said:
        named = _DISTRICT.fullmatch(text)
        if named:
            seen.kecamatan.setdefault(nama_baku(named["nama"]), named["nama"])
        elif _AGENCY.match(text):
            seen.perangkat.add(nama_baku(text))


def _amount(text: str | None) -> Decimal | None:
    """An amount for counting only; what cannot be read is told where the row is made."""
    try:
        return parse_number(text or "", "money")
    except Unreadable:
        return None


def _settled(seen: _Seen, quarters: Mapping[str, tuple[str, str]]) -> Survey:
    year = next(iter(seen.tahun)) if len(seen.tahun) == 1 else None
    by_period: dict[str, tuple[str, str, str]] = {}
    for key in seen.filled:
        found = _KEY.fullmatch(key)
        said = found and (found[1] or year)
        if found and said:
            by_period[f"{said}-TW{found[2]}"] = (key, *quarters[key])
    years = {periode[:4] for periode in by_period}
    whose = frozenset(seen.kecamatan.values())
    if len(years) != 1:
        return Survey(bool(seen.filled), perangkat=frozenset(seen.perangkat), kecamatan=whose)
    (tahun,) = years
    whole = [f"{tahun}-TW{n}" for n in _QUARTERS]
    kept = whole[: next((i for i, p in enumerate(whole) if p not in by_period), len(whole))]
    cara, proven = _way([by_period[p][0] for p in kept], seen.amounts)
    return Survey(
        terisi=True,
        tahun=tahun,
        triwulan=tuple(Quarter(p, *by_period[p][1:]) for p in kept),
        lepas=tuple(p for p in sorted(by_period) if p not in kept),
        cara=cara,
        terbukti=proven,
        perangkat=frozenset(seen.perangkat),
        kecamatan=whose,
    )


def _way(keys: Sequence[str], rows: Iterable[tuple[dict[str, Decimal], Decimal | None]]) -> tuple[str, bool]:
    """How quarters are counted, and whether the figures prove it.

    A printed sum settles it row by row. Without one an amount that falls from one quarter to the next is no
    sum to date; amounts that all rise may be.
    """
    votes: Counter[str] = Counter()
    falls = rises = 0
    for amounts, total in rows:
        each = [amounts[k] for k in keys if k in amounts]
        if len(each) < max(len(keys), 2) or not any(each):
            continue
        if total is not None and sum(each) != each[-1]:
            votes[SUM] += sum(each) == total
            votes[LEVEL] += each[-1] == total
        falls += any(b < a for a, b in pairwise(each))
        rises += sum(1 for n in each if n) >= 2
    if votes[LEVEL] > votes[SUM]:
        return LEVEL, True
    return SUM, bool(votes[SUM] or falls or rises < _RISING)


def running(values: Sequence[Decimal | None], way: str) -> list[Decimal | None]:
    """Amounts to the end of each quarter; unknown from the first unknown one on.

    >>> running([Decimal(1), None, Decimal(2)], SUM)
    [Decimal('1'), None, None]
    """
    if way == LEVEL:
        return list(values)
    made: list[Decimal | None] = []
    total: Decimal | None = Decimal(0)
    for value in values:
        total = None if total is None or value is None else total + value
        made.append(total)
    return made


def output_way(values: Sequence[Decimal | None], total: Decimal | None) -> str | None:
    """Whether the outputs of a row add up over the quarters or each stands for itself; None if untold.

    44 civil servants paid in each of two quarters are 44, two reports in each are 4: only the printed result
    of the year tells them apart, or quarters that come to the same either way.
    """
    told = [v for v in values if v is not None]
    if len(told) < len(values):
        return None
    if len(told) < 2 or running(told, SUM) == running(told, LEVEL):
        return SUM
    if total is not None and total == sum(told):
        return SUM
    return LEVEL if total is not None and total == told[-1] else None


def span(fields: Sequence[str]) -> str:
    """The printed columns behind a value, for ``Cell.of``: ``first:last``.

    >>> span(["realisasi@2025-TW1", "realisasi@2025-TW2"])
    'realisasi@2025-TW1:realisasi@2025-TW2'
    """
    return f"{fields[0]}:{fields[-1]}"
