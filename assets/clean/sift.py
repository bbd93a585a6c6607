"""Rows as extracted become clean rows, rejected rows with a reason, or layout: nothing vanishes.

A cleaner says what one row means; this module reads its cells, keeps what could not be read, gathers
findings (many alike are told once) and proves that every row ended somewhere. What a column may hold
is the cleaner's business, not this module's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.rivals import Rivals
from assets.passing import Context, Sifted
from assets.readers.title_regions import namesakes
from quality.finding import Finding
from quality.origin import candidates
from warehouse import contracts
from warehouse.trail import Cell
from warehouse.values.numbers import Kind, Unreadable, parse_number, tampil
from warehouse.values.personal import MASK, mask

ADDRESS = "berkas_id lembar tabel_ke baris jenis_baris jenis_sel format_sel kode_unit periode judul".split()
# Alike findings told one by one before the rest is told together.
TOLD_SINGLY = 20
_TITLE_SHOWN = 120
# No cell of a government table holds more; patterns of personal data cost time by the length of a word.
_LONGEST_TEXT = 8_000
_TOO_LONG = "lebih panjang dari 8.000 huruf"
# Columns that name a thing: two spellings of one name are not two facts.
NAMES = frozenset(
    """desa nama uraian indikator kode_tercetak kecamatan sasaran layanan nomor_dokumen target_teks
    realisasi_teks nilai_teks realisasi_dari sumber bukti seksi tahun_tertulis cara_cocok jawaban_ditolak
    berkas_id lembar tabel_ke baris""".split()
)
_PERIOD = re.compile(r"\d{4}(-TW[1-4]|-S[12])?")
_QUOTED = re.compile(r'^\s*"[^"]*"\s*:?\s*')
# Extract already told these cells; clean only keeps them out.
_TOLD_BY_EXTRACT = {"e": "sel_galat", "f": "rumus_tanpa_nilai"}


class Fate(Enum):
    """What a row may be besides clean rows: layout, or a row that another cleaner answers for."""

    LAYOUT = "layout"
    ELSEWHERE = "elsewhere"


class Refused(Exception):
    """This row cannot become a clean row: the rule, the field at fault and a plain reason (Indonesian).

    ``once``: the reason holds for the whole table and is told once. ``told``: its cells were told already.
    """

    def __init__(
        self,
        aturan: str,
        alasan: str,
        field_name: str | None = None,
        *,
        once: bool = False,
        told: bool = False,
    ):
        super().__init__(alasan)
        self.aturan, self.alasan, self.field, self.once, self.told = aturan, alasan, field_name, once, told


class Unbalanced(RuntimeError):
    """Some rows ended nowhere: a fault of ours, never of a received file."""


class Row:
    """One extracted row: text, kind, format and address of each field, and readers that judge it."""

    __slots__ = ("_formats", "_kinds", "_sieve", "_values", "fields", "source")

    def __init__(self, sieve: Sieve, source: str, values: Mapping[str, Any], fields: Fields):
        self._sieve, self.source, self._values, self.fields = sieve, source, values, fields
        self._kinds: str = values["jenis_sel"] or ""
        self._formats: str = values["format_sel"] or ""

    @property
    def sheet(self) -> tuple[str, str, int]:
        """File, sheet and table on the sheet."""
        return self._values["berkas_id"], self._values["lembar"], self._values["tabel_ke"]

    @property
    def baris(self) -> int:
        """Physical row number in the file."""
        return int(self._values["baris"])

    @property
    def jenis_baris(self) -> str:
        """``data``, ``subtotal`` or ``total``, as extract saw it."""
        return self._values["jenis_baris"] or "data"

    @property
    def judul(self) -> str:
        """Title of the table, '' if it has none."""
        return self._values["judul"] or ""

    @property
    def periode_tabel(self) -> str | None:
        """Period of the table, if it could be told."""
        return self._values["periode"] or None

    @property
    def unit_tabel(self) -> str | None:
        """Unit of the table, if it could be told."""
        return self._values["kode_unit"] or None

    def repeated(self, name: str) -> Mapping[str, str]:
        """Fields of one repeated column by their key (year, quarter); '' where it has none."""
        return self.fields.repeated(name)

    def printed(self, name: str) -> str:
        """The text as printed, outer and doubled spaces removed; '' where blank or absent."""
        value = self._values.get(name)
        return " ".join(str(value).split()) if value else ""

    def kind(self, name: str) -> str:
        """The cell's kind, one character; ' ' where blank or absent."""
        at = self.fields.get(name, -1)
        return self._kinds[at] if 0 <= at < len(self._kinds) else " "

    def format(self, name: str) -> str:
        """The cell's format, one character; ' ' where general or absent."""
        at = self.fields.get(name, -1)
        return self._formats[at] if 0 <= at < len(self._formats) else " "

    def filled_down(self, name: str) -> bool:
        """Whether the value was carried down from a merged cell above."""
        return self.format(name) == "^"

    def cell(self, name: str) -> Cell:
        """Address of one field of this row."""
        return Cell(*self.sheet, self.baris, name)

    def lead(self) -> str:
        """The first field with a value: what a finding about the whole row points to."""
        return next((f for f in self.fields if self.printed(f)), next(iter(self.fields), ""))

    def blank(self, *names: str) -> bool:
        """Whether all these fields are blank."""
        return not any(self.printed(n) or self.kind(n) in "ef" for n in names)

    # --- context ---------------------------------------------------------------------------------
    def unit(self) -> str:
        """Kecamatan code of the row's table.

        Raises:
            Refused: if it is unknown, or the table is a whole kabupaten's (contract 5).
        """
        kode = self.unit_tabel
        if kode is None:
            raise Refused("unit_tidak_diketahui", "kecamatan berkas ini tidak diketahui", once=True)
        if len(kode) != 6:
            raise Refused("bukan_kecamatan", "tabel ini bukan milik satu kecamatan", once=True)
        return kode

    def period(self) -> str:
        """Period of the row's table: ``YYYY``, ``YYYY-TWn``, ``YYYY-Sn``, or months kept for judgement.

        Raises:
            Refused: if it is unknown.
        """
        found = self._period()
        if not _PERIOD.fullmatch(found):
            self.note_table("periode_bukan_triwulan")
        return found

    def year(self) -> int:
        """Year of the row's table.

        Raises:
            Refused: if the period is unknown.
        """
        return int(self._period()[:4])

    def _period(self) -> str:
        if self.periode_tabel is None:
            raise Refused("periode_tidak_diketahui", "periode tabel ini tidak diketahui", once=True)
        return self.periode_tabel

    # --- readers ---------------------------------------------------------------------------------
    def text(self, name: str, *, required: bool = False) -> str | None:
        """Printed text with personal patterns masked; None where blank.

        Raises:
            Refused: if it is required and blank.
        """
        said = self.printed(name)
        if not said or self.kind(name) in "ef":
            if required:
                raise Refused("wajib_kosong", f"kolom {_bare(name)} kosong", name)
            return None
        if len(said) > _LONGEST_TEXT:
            if required:
                raise Refused("tidak_terbaca", _TOO_LONG, name)
            self.refuse_cell(name, "tidak_terbaca", _TOO_LONG)
            return None
        hidden = mask(said)
        if hidden != said or MASK in said:
            self.note("data_pribadi_dibuang", name, tertulis=None)
        return hidden

    def money(self, name: str) -> Decimal | None:
        """An amount in rupiah; '-' is none (0), blank is NULL (contract 2.7)."""
        return self._number(name, "money")

    def count(self, name: str) -> int | None:
        """A whole number of things; '-' is none (0), blank is NULL (contract 2.7)."""
        found = self._number(name, "count")
        return None if found is None else int(found)

    def readable(self, name: str, kind: Kind) -> bool:
        """Whether the cell holds a number of that kind; says nothing about it."""
        try:
            return _parsed(self.printed(name), kind, self.kind(name), self.format(name)) is not None
        except Unreadable:
            return False

    def percent(self, name: str) -> Decimal | None:
        """A percentage as percent number (91.09 for 91,09 %), percent-formatted cells included."""
        return self._number(name, "percent")

    def score(self, name: str, low: str | int, high: str | int) -> Decimal | None:
        """A score within its scale; outside it the cell is rejected."""
        found = self._number(name, "score")
        if found is None or Decimal(low) <= found <= Decimal(high):
            return found
        self.refuse_cell(name, "di_luar_skala", f"di luar skala {low} sampai {high}", f"{low} sampai {high}")
        return None

    def code(
        self, name: str, parse: Callable[[str, str], str | None], *, required: bool = False
    ) -> str | None:
        """A code read by ``parse(text, kind)``; None where blank.

        Raises:
            Refused: if it is required and blank or unreadable.
        """
        said = self.printed(name)
        if not said:
            if required:
                raise Refused("wajib_kosong", f"kolom {_bare(name)} kosong", name)
            return None
        try:
            return parse(said, self.kind(name))
        except Unreadable as wrong:
            if required:
                raise Refused("tidak_terbaca", reason(wrong), name) from wrong
            self.refuse_cell(name, "tidak_terbaca", reason(wrong))
            return None

    def _number(self, name: str, kind: Kind) -> Decimal | None:
        said, jenis = self.printed(name), self.kind(name)
        if jenis in _TOLD_BY_EXTRACT:
            self.refuse_cell(name, _TOLD_BY_EXTRACT[jenis], "sel tidak memuat nilai", told=True)
            return None
        try:
            found = _parsed(said, kind, jenis, self.format(name))
        except Unreadable as wrong:
            self.refuse_cell(name, "tidak_terbaca", reason(wrong))
            return None
        if found is not None and any(c.isdigit() for c in said or ""):  # a dash for nought is no text number
            self._sieve.saw_number(self, name)
        return found

    # --- what was noticed ------------------------------------------------------------------------
    def refuse_cell(
        self, name: str, aturan: str, alasan: str, seharusnya: str | None = None, *, told: bool = False
    ) -> None:
        """Reject one cell of the row; ``told`` where extract has made the finding already."""
        self._sieve.reject(self, name, aturan, alasan)
        if not told:
            self.note(aturan, name, seharusnya=seharusnya, alasan=alasan)

    def note(
        self,
        aturan: str,
        name: str | None = None,
        *,
        tertulis: str | None = "",
        seharusnya: str | None = None,
        together: bool = False,
        whole_file: bool = False,
        **isi: Any,
    ) -> None:
        """Make a finding about the row or one of its cells; ``tertulis`` defaults to the cell's text.

        ``together``: once a column; ``whole_file``: once a file, whatever its sheets and columns.
        """
        said = (mask(self.printed(name)[:_TITLE_SHOWN]) if name else None) if tertulis == "" else tertulis
        facts = {"kolom": _bare(name) if name else "", **isi}
        place = self.sheet[:1] if whole_file else (*self.sheet, name)
        self._sieve.note(self, aturan, name, said, seharusnya, facts, together or whole_file, place)

    def note_table(self, aturan: str) -> None:
        """Make one finding for the row's whole table, however many rows say the same."""
        self._sieve.note_table(self, aturan)


@lru_cache(maxsize=65536)
def _parsed(said: str, kind: Kind, jenis: str, format_: str) -> Decimal | None:
    return parse_number(said, kind, jenis, format_)


def reason(wrong: Unreadable) -> str:
    """Why a text is unreadable, without the text: findings show it as ``tertulis``, rejections never do."""
    return mask(_QUOTED.sub("", str(wrong)))


def _bare(name: str) -> str:
    """A field as an officer may read it: ``target@2025`` -> ``target 2025``."""
    return name.replace("@", " ").replace("_", " ")


class Fields(dict[str, int]):
    """The fields of a form, repeated ones as ``name@key``, with their place in ``jenis_sel``."""

    def __init__(self, names: Iterable[str]):
        super().__init__((name, i) for i, name in enumerate(names))
        self._repeated: dict[str, dict[str, str]] = {}

    def repeated(self, name: str) -> Mapping[str, str]:
        """Fields of one repeated column by their key, in order of the key; the bare column has key ''."""
        if name not in self._repeated:
            split = (each.partition("@") for each in self)
            self._repeated[name] = dict(sorted((key, n + at + key) for n, at, key in split if n == name))
        return self._repeated[name]


def field_names(table: pa.Table) -> list[str]:
    """The form's fields in the order of ``jenis_sel``."""
    listed = (table.schema.metadata or {}).get(b"fields")
    if listed:
        return str(listed.decode()).split(",")
    return [n for n in table.column_names if n not in ADDRESS]


Read = Callable[[Row], "Sequence[Mapping[str, Any]] | Fate"]
Place = tuple[str, str, int, int]
Made = tuple[Row, dict[str, Any]]


@dataclass
class _Group:
    """Findings alike but for the cell, in the order they were made."""

    together: bool
    findings: list[Finding] = field(default_factory=list)
    beyond: list[Cell] = field(default_factory=list)

    def told(self) -> list[Finding]:
        """Each by itself and one for those beyond; or one in all, at the first cell."""
        if not self.beyond:
            return self.findings
        if self.together:
            first = replace(self.findings[0], jumlah=1 + len(self.beyond))
            columns: dict[tuple[Any, ...], list[Cell]] = defaultdict(list)
            for cell in self.beyond:
                columns[(cell.lembar, cell.tabel_ke, cell.field)].append(cell)
            return [replace(first, related=tuple(map(_over, columns.values())))]
        rest = replace(self.findings[-1], cell=_over(self.beyond), tertulis=None, jumlah=len(self.beyond))
        return [*self.findings, rest]


def _over(cells: Sequence[Cell]) -> Cell:
    """The range of a column that holds these cells."""
    until = cells[-1].baris if cells[-1].baris != cells[0].baris else None
    return replace(cells[0], sampai_baris=until)


class Sieve:
    """Gathers the rows of one clean table."""

    def __init__(self, clean_table: str, context: Context, rivals: Rivals | None = None):
        self.contract = contracts.table(clean_table)
        self.context = context
        self._rivals = rivals or Rivals()
        self._about_villages = "kode_desa" in self.contract.key
        self._accepted: list[Made] = []
        self._rejected: dict[tuple[str, str, int, str, str], dict[str, Any]] = {}
        self._groups: dict[tuple[Any, ...], _Group] = {}
        self._tables: dict[tuple[Any, ...], tuple[Row, int]] = {}
        self._numbers: dict[tuple[Any, ...], list[Any]] = {}
        self._layout: set[Place] = set()
        self._elsewhere: set[Place] = set()
        self._refused: set[Place] = set()
        self._seen: dict[Place, None] = {}
        self.findings: list[Finding] = []

    # --- in --------------------------------------------------------------------------------------
    def rows(self, tables: Mapping[str, pa.Table], *sources: str) -> Iterator[Row]:
        """Rows of the named extract tables in the order of their address, whatever the order of files."""
        for source in sources:
            table = tables.get(source)
            if table is None or not table.num_rows:
                continue
            fields = Fields(field_names(table))
            for batch in _in_order(table).to_batches(max_chunksize=20_000):
                for values in batch.to_pylist():
                    row = Row(self, source, values, fields)
                    self._seen[_place(row)] = None
                    yield row

    def each(self, rows: Iterable[Row], read: Read) -> None:
        """Read every row; what ``read`` refuses is rejected with its reason."""
        for row in rows:
            try:
                self.keep(row, read(row))
            except Refused as refused:
                self.refuse(row, refused)

    def keep(self, row: Row, made: Sequence[Mapping[str, Any]] | Fate) -> None:
        """Take what became of one row."""
        if made is Fate.LAYOUT:
            self._layout.add(_place(row))
        elif made is Fate.ELSEWHERE:
            self._elsewhere.add(_place(row))
        else:
            berkas_id, lembar, tabel_ke = row.sheet
            for values in made:
                self._accepted.append(
                    (
                        row,
                        {
                            **values,
                            "berkas_id": berkas_id,
                            "lembar": lembar,
                            "tabel_ke": tabel_ke,
                            "baris": row.baris,
                        },
                    )
                )

    def refuse(self, row: Row, refused: Refused) -> None:
        """Reject a whole row; a reason that holds for its whole table is told once a table."""
        self.reject(row, "*", refused.aturan, refused.alasan)
        if refused.once:
            self.note_table(row, refused.aturan)
        elif not refused.told:
            row.note(refused.aturan, refused.field, alasan=refused.alasan)

    def note_table(self, row: Row, aturan: str) -> None:
        """Count a row of a table that one finding will be about."""
        key = (aturan, *row.sheet)
        first, n = self._tables.get(key, (row, 0))
        self._tables[key] = (first, n + 1)

    def reject(self, row: Row, name: str, aturan: str, alasan: str) -> None:
        """Keep one rejection: address and reason, no content."""
        if name == "*":
            self._refused.add(_place(row))
        berkas_id, lembar, _ = row.sheet
        self._rejected[berkas_id, lembar, row.baris, name, aturan] = {
            "berkas_id": berkas_id,
            "lembar": lembar,
            "baris": row.baris,
            "kolom": name,
            "aturan": aturan,
            "alasan": alasan,
        }

    # --- noticed ---------------------------------------------------------------------------------
    def note(
        self,
        row: Row,
        aturan: str,
        name: str | None,
        tertulis: str | None,
        seharusnya: str | None,
        isi: Mapping[str, Any],
        together: bool,
        place: Sequence[Any],
    ) -> None:
        """One finding; alike ones of a place are told together, at once or beyond ``TOLD_SINGLY``."""
        group = self._groups.setdefault((aturan, *place), _Group(together))
        cell = row.cell(name or row.lead())
        if len(group.findings) >= (1 if together else TOLD_SINGLY):
            group.beyond.append(cell)
            return
        group.findings.append(
            Finding(
                aturan=aturan,
                berkas_id=cell.berkas_id,
                lembar=cell.lembar,
                cell=cell,
                kode_unit=row.unit_tabel,
                periode=row.periode_tabel,
                tertulis=tertulis,
                seharusnya=seharusnya,
                isi=dict(isi),
            )
        )

    def saw_number(self, row: Row, name: str) -> None:
        """Count a readable number by kind, to tell text numbers in a numeric column once (contract 7.3)."""
        seen = self._numbers.setdefault((*row.sheet, name), [row, 0, 0, None])
        if row.kind(name) == "t":
            seen[1] += 1
            seen[3] = seen[3] or row.cell(name)
        else:
            seen[2] += 1

    # --- out -------------------------------------------------------------------------------------
    def close(self) -> Sifted:
        """Settle duplicates, prove the balance, and hand over.

        Raises:
            Unbalanced: naming a row that ended nowhere.
        """
        accepted = self._without_duplicates()
        ended = {_at(r) for r in accepted} | self._refused
        settled = ended | self._layout | self._elsewhere
        lost = [place for place in self._seen if place not in settled]
        if lost:
            raise Unbalanced(f"{self.contract.name}: {len(lost)} rows ended nowhere, the first {lost[0]}")
        self._tell_tables()
        self._tell_text_numbers()
        for group in self._groups.values():
            self.findings += group.told()
        layout = sorted((berkas_id, lembar, n) for berkas_id, lembar, _, n in self._layout - ended)
        return Sifted(accepted, list(self._rejected.values()), self.findings, layout)

    def _tell_tables(self) -> None:
        for (aturan, berkas_id, lembar, _), (row, n) in self._tables.items():
            self.findings.append(
                Finding(
                    aturan=aturan,
                    berkas_id=berkas_id,
                    lembar=lembar,
                    cell=Cell(*row.sheet, 0, row.lead()),  # what is absent points to the table's header
                    kode_unit=row.unit_tabel,
                    periode=row.periode_tabel,
                    jumlah=n,
                    isi={
                        "judul": mask(row.judul[:_TITLE_SHOWN]),
                        "baris": row.baris,
                        "calon": namesakes(row.judul.split(" | "), self.context.regions),
                    },
                )
            )

    def _tell_text_numbers(self) -> None:
        for (berkas_id, lembar, _, name), (row, texts, numbers, cell) in self._numbers.items():
            if texts and numbers:
                self.findings.append(
                    Finding(
                        aturan="angka_teks",
                        berkas_id=berkas_id,
                        lembar=lembar,
                        cell=cell,
                        kode_unit=row.unit_tabel,
                        periode=row.periode_tabel,
                        jumlah=texts,
                        isi={"kolom": _bare(name)},
                    )
                )

    def _without_duplicates(self) -> list[dict[str, Any]]:
        """One row a key: equal ones are one fact; of unequal ones the weightiest stays, others are told."""
        by_key: dict[tuple[Any, ...], list[Made]] = defaultdict(list)
        for row, values in self._accepted:
            by_key[tuple(values.get(k) for k in self.contract.key)].append((row, values))
        sizes: dict[str, int] = defaultdict(int)
        for place in self._seen:
            sizes[place[0]] += 1
        for same in by_key.values():
            same.sort(key=lambda pair: self._weight(pair, sizes))
        kept = [same[0][1] for same in by_key.values()]
        places = {_at(values) for values in kept}
        for first, *others in by_key.values():
            if others:
                self._settle(first, others, places)
        return kept

    def _weight(self, pair: Made, sizes: Mapping[str, int]) -> tuple[Any, ...]:
        """What comes first: by source, of villages the larger file (an official export), else the fuller."""
        row, values = pair
        fuller, larger = -sum(v is not None for v in values.values()), -sizes[row.sheet[0]]
        order = (larger, fuller) if self._about_villages else (fuller, larger)
        return (self._rivals.rank(row.source), *order, *row.sheet, row.baris)

    def _settle(self, first: Made, others: Sequence[Made], kept: set[Place]) -> None:
        """What became of the rows that state a key again: the same fact, or a contradiction a column."""
        against: list[Made] = []
        columns: dict[str, None] = {}
        for row, values in others:
            differing = [c for c in self._compared() if not self._rivals.same(first[1].get(c), values.get(c))]
            if not differing:
                self._layout.add(_place(row))
                continue
            ranked = row.sheet[0] != first[0].sheet[0] and self._about_villages
            aturan = "sumber_bertentangan" if ranked else "kunci_ganda"
            names = ", ".join(_bare(c) for c in differing)
            # Other figures of the same physical row may stand: then only this cell goes.
            kolom = _field_of(row, differing[0], values) if _place(row) in kept else "*"
            self.reject(row, kolom, aturan, f"berbeda dengan baris {first[0].baris} pada {names}")
            if ranked:
                self.findings.append(self._outranked((row, values), first, differing))
                continue
            against.append((row, values))
            columns |= dict.fromkeys(differing)
        if against:
            # Neither outweighs the other: the finding stands on the kept row, what rests on it is held.
            self.findings.append(self._contradiction(list(columns), first, against))

    def _outranked(self, here: Made, kept: Made, differing: Sequence[str]) -> Finding:
        """One finding for all that a row says otherwise than the one that counts."""
        row, values = here
        return Finding(
            aturan="sumber_bertentangan",
            berkas_id=row.sheet[0],
            lembar=row.sheet[1],
            cell=row.cell(_field_of(row, differing[0], values)),
            related=tuple(kept[0].cell(_field_of(kept[0], c, kept[1])) for c in differing),
            kode_unit=values.get("kode_unit"),
            periode=_period_of(values),
            tertulis=_together(values, differing),
            seharusnya=_together(kept[1], differing),
            isi={
                "hal": f"{', '.join(map(_bare, differing))} ({mask(self.contract.said_key(values))})",
                "kolom": ", ".join(map(_bare, differing)),
                "sumber": self._rivals.called(row.source),
                "sumber_lain": self._rivals.called(kept[0].source, beside=row.source),
            },
        )

    def _contradiction(self, columns: Sequence[str], here: Made, there: Sequence[Made]) -> Finding:
        """One finding for a row stated again: one column that differs has its cell, several their range."""
        row, values = here
        fields = [_field_of(row, c, values) for c in columns]
        cell = row.cell(fields[0])
        if len(set(fields)) > 1:
            cell = replace(cell, sampai_field=fields[-1])
        said, key = ", ".join(map(_bare, columns)), self.contract.said_key(values)
        return Finding(
            aturan="kunci_ganda",
            berkas_id=row.sheet[0],
            lembar=row.sheet[1],
            cell=cell,
            related=tuple(r.cell(_field_of(r, columns[0], v)) for r, v in there[:TOLD_SINGLY]),
            kode_unit=values.get("kode_unit"),
            periode=_period_of(values),
            tertulis=_together(values, columns),
            jumlah=len(there),
            isi={
                "kolom": said,
                "kunci": mask(key),
                "lain": _together(there[0][1], columns) or "kosong",
                "hal": f"{said} ({mask(key)})",
            },
        )

    def _compared(self) -> Iterator[str]:
        return (
            c.name for c in self.contract.columns if c.name not in NAMES and c.name not in self.contract.key
        )


def _in_order(table: pa.Table) -> pa.Table:
    """Rows by their address; the pages of a PDF in their order, the tenth after the ninth."""
    pages = pc.extract_regex(table["lembar"], r"^hal\. (?P<n>\d+)$")
    page = pc.coalesce(pc.cast(pc.struct_field(pages, "n"), pa.int64()), pa.scalar(0, pa.int64()))
    keys = [(k, "ascending") for k in ("berkas_id", "_halaman", "lembar", "tabel_ke", "baris")]
    return table.append_column("_halaman", page).sort_by(keys).drop_columns(["_halaman"])


def _place(row: Row) -> Place:
    return (*row.sheet, row.baris)


def _at(values: Mapping[str, Any]) -> Place:
    return (values["berkas_id"], values["lembar"], values["tabel_ke"], values["baris"])


def _field_of(row: Row, column: str, values: Mapping[str, Any]) -> str:
    """The field of the row that a clean column came from."""
    found = (f for f in candidates(column, _period_of(values)) if row.printed(f))
    return next(found, row.lead())


def _period_of(values: Mapping[str, Any]) -> str | None:
    found = values.get("periode") or values.get("tahun")
    return None if found is None else str(found)


def _together(values: Mapping[str, Any], columns: Sequence[str]) -> str | None:
    """The values of some columns in one text, each with its name where there are several."""
    if len(columns) == 1:
        return _shown(values.get(columns[0]))
    return "; ".join(f"{_bare(c)} {_shown(values.get(c)) or '-'}" for c in columns)


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return tampil(value, max(0, -int(value.normalize().as_tuple().exponent)))
    return mask(str(value)[:_TITLE_SHOWN])


def sift(
    clean_table: str,
    tables: Mapping[str, pa.Table],
    context: Context,
    sources: Sequence[str],
    read: Read,
    rivals: Rivals | None = None,
) -> Sifted:
    """Sift all rows of the named extract tables into one clean table.

    Args:
        clean_table: name of the clean table's contract.
        tables: extract tables by name; an absent one counts as empty.
        context: regions, indicators, choices.
        sources: extract tables to read, in order.
        read: what one row becomes: clean rows without address columns, or a ``Fate``; may raise ``Refused``.
        rivals: how rows of one key are compared; by default the larger or fuller one counts.

    Raises:
        Unbalanced: if a row ended nowhere.
    """
    sieve = Sieve(clean_table, context, rivals)
    sieve.each(sieve.rows(tables, *sources), read)
    return sieve.close()
