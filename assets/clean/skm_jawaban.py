"""Answers of the satisfaction survey: one row a respondent, read by distinct answers, never row by row.

A quarter of a province is millions of rows, and a few dozen distinct answers: each distinct text is read
once and its value taken for all rows that hold it. Source: PermenPANRB 14/2017, Lampiran (scale 1..4);
contract 3 (an answer off the scale is rejected alone and counts as blank).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.sift import Unbalanced, field_names
from assets.clean.survey_order import BY_CHOICE, undecided
from assets.clean.survey_respondents import PARTICULARS, particulars
from assets.passing import Context, Sifted
from assets.readers.title_regions import namesakes
from quality.finding import Finding
from warehouse import contracts
from warehouse.regions import Regions
from warehouse.trail import Cell
from warehouse.values.answers import DiLuarSkala, parse_answer
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import BulanLain
from warehouse.values.personal import mask

_NAME = "clean_skm_jawaban"
_UNSUR = tuple(f"u{n}" for n in range(1, 10))
_PAIR = ("u8_u9_a", "u8_u9_b")
_ADDRESS = ("berkas_id", "lembar", "tabel_ke", "baris")
_CONTEXT = (*_ADDRESS, "kode_unit")
_PERIOD = re.compile(r"\d{4}(-TW[1-4]|-S[12])?")
_MONTHS = re.compile(r"(?P<tahun>\d{4})-(?P<dari>\d{2})\.\.(?P=tahun)-(?P<ke>\d{2})")
# Extract told these cells already.
_TOLD = {"e": "sel_galat", "f": "rumus_tanpa_nilai"}
# Letters shown of a rejected answer, and how many different ones.
_SAID, _SAID_FIRST = 40, 3
_WHOLE_ROW = {
    "unit_tidak_diketahui": "kecamatan berkas ini tidak diketahui",
    "bukan_kecamatan": "tabel ini bukan milik satu kecamatan",
    "periode_tidak_diketahui": "periode tabel ini tidak diketahui",
}


@dataclass
class _Told:
    """What did not become an answer."""

    rejected: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def clean(tables: Mapping[str, pa.Table], context: Context) -> Sifted:
    """``skm_jawaban`` -> ``clean_skm_jawaban``, as an Arrow table in the order of its key.

    Returns:
        ``accepted`` is an Arrow table of the contract's schema. A respondent without a single answer is
        layout (an unused line of the form).

    Raises:
        Unbalanced: if a row ended nowhere.
    """
    table = tables.get("skm_jawaban")
    if table is None or not table.num_rows:
        return Sifted(contracts.build(_NAME, []))
    names = field_names(table)
    asked = [f for f in (*_UNSUR, *_PAIR) if f in names]
    about = [f for f in PARTICULARS if f in names]
    whole = table
    table = table.select([*_CONTEXT, "jenis_baris", "jenis_sel", "periode", *asked, *about]).combine_chunks()
    table = table.append_column("periode_survei", _periods(table["periode"]))
    is_data = pc.equal(pc.fill_null(table["jenis_baris"], "data"), "data")
    rows, told = table.filter(is_data), _Told()
    kinds = pc.dictionary_encode(pc.fill_null(_flat(rows["jenis_sel"]), ""))
    answers = {f: _Answers.read(rows, f, names.index(f), kinds) for f in asked}
    rows = rows.select([*_CONTEXT, "periode_survei", *about])
    empty = _all(a.untouched for a in answers.values()) if answers else pa.array([True] * rows.num_rows)
    why = _unusable(rows)
    usable = pc.and_(pc.invert(empty), pc.is_null(why))
    _tell_unusable(rows, pc.and_(pc.invert(empty), pc.is_valid(why)), why, told)
    _name_tables(told.findings, whole, context.regions)
    kept = rows.filter(usable)
    answers = {f: a.filter(usable) for f, a in answers.items()}
    for name, each in answers.items():
        _tell_answers(kept, name, each, told)
    accepted = _assembled(kept, answers, context, told)
    layout = _addresses(table.filter(pc.invert(is_data))) + _addresses(rows.filter(empty))
    refused = pc.sum(pc.is_valid(why.filter(pc.invert(empty))), min_count=0).as_py()
    if accepted.num_rows + refused + len(layout) != table.num_rows:
        raise Unbalanced(f"{_NAME}: {table.num_rows} rows read, not all accepted, rejected or layout")
    return Sifted(accepted, told.rejected, told.findings, [(a[0], a[1], a[3]) for a in layout])


@dataclass(frozen=True)
class _Answers:
    """One column: the answers, and why each rejected one was (NULL where none was)."""

    value: pa.Array
    why: pa.Array
    said: pa.DictionaryArray

    @classmethod
    def read(cls, rows: pa.Table, name: str, at: int, kinds: pa.DictionaryArray) -> _Answers:
        """One column; ``kinds`` are the rows' ``jenis_sel``, of which this column has place ``at``."""
        said = pc.dictionary_encode(pc.fill_null(_flat(rows[name]), ""))
        texts, patterns = said.dictionary.to_pylist(), kinds.dictionary.to_pylist()
        here = [p[at : at + 1] or " " for p in patterns]
        known = sorted(set(here))
        kind = pa.array([known.index(k) for k in here], pa.int64()).take(kinds.indices)
        # Each distinct text with each distinct kind is read once; rows only take from that.
        read = [_answer(text, k) for text in texts for k in known]
        which = pc.add(pc.multiply(said.indices.cast(pa.int64()), len(known)), kind)
        values = pa.array([v for v, _ in read], pa.int64())
        whys = pa.array([w for _, w in read], pa.string())
        return cls(values.take(which), whys.take(which), said)

    @property
    def untouched(self) -> pa.Array:
        """Where neither an answer nor a rejected one stands."""
        return pc.and_(pc.is_null(self.value), pc.is_null(self.why))

    def filter(self, kept: pa.Array) -> _Answers:
        """The answers of the kept rows."""
        return _Answers(self.value.filter(kept), self.why.filter(kept), self.said.filter(kept))


def _answer(said: str, kind: str) -> tuple[int | None, str | None]:
    """One distinct answer: its value, or the rule it breaks."""
    if kind in _TOLD:
        return None, _TOLD[kind]
    try:
        return parse_answer(said, kind or " "), None
    except DiLuarSkala:
        return None, "di_luar_skala"
    except Unreadable:
        return None, "tidak_terbaca"


def _flat(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


def _all(masks: Iterable[pa.Array]) -> pa.Array:
    found: pa.Array | None = None
    for each in masks:
        found = each if found is None else pc.and_(found, each)
    return found


def _periods(column: pa.ChunkedArray) -> pa.Array:
    """Periods; months that are exactly a quarter or semester are that one (right for a survey)."""
    coded = pc.dictionary_encode(_flat(column))
    named = pa.array([_period(p) for p in coded.dictionary.to_pylist()], pa.string())
    return named.take(coded.indices)


def _period(said: str) -> str:
    found = _MONTHS.fullmatch(said)
    if found is None:
        return said
    same = BulanLain(int(found["tahun"]), int(found["ke"]), int(found["dari"])).sama_dengan
    return str(same) if same else said


def _unusable(rows: pa.Table) -> pa.Array:
    """Why a row's whole table cannot be placed; NULL where it can."""
    unit, period = _flat(rows["kode_unit"]), _flat(rows["periode_survei"])
    return pc.if_else(
        pc.is_null(unit),
        "unit_tidak_diketahui",
        pc.if_else(
            pc.not_equal(pc.utf8_length(unit), 6),
            "bukan_kecamatan",
            pc.if_else(pc.is_null(period), "periode_tidak_diketahui", pa.scalar(None, pa.string())),
        ),
    )


def _tell_unusable(rows: pa.Table, refused: pa.Array, why: pa.Array, told: _Told) -> None:
    lost, whys = rows.filter(refused), why.filter(refused).to_pylist()
    tables: dict[tuple[Any, ...], int] = {}
    for (berkas_id, lembar, tabel_ke, baris), aturan in zip(_addresses(lost), whys, strict=True):
        told.rejected.append(_rejection(berkas_id, lembar, baris, "*", aturan, _WHOLE_ROW[aturan]))
        key = (aturan, berkas_id, lembar, tabel_ke)
        tables[key] = tables.get(key, 0) + 1
    told.findings += [
        Finding(
            aturan=aturan,
            berkas_id=berkas_id,
            lembar=lembar,
            cell=Cell(berkas_id, lembar, tabel_ke, 0, "u1"),  # what is absent points to the table's header
            jumlah=n,
            isi={"judul": "", "baris": ""},
        )
        for (aturan, berkas_id, lembar, tabel_ke), n in tables.items()
    ]


def _name_tables(findings: list[Finding], whole: pa.Table, regions: Regions) -> None:
    """Give what is said of whole tables their titles, and the kecamatan that are so named."""
    for n, finding in enumerate(findings):
        if finding.cell is None:
            continue
        place = (finding.cell.berkas_id, finding.cell.lembar, finding.cell.tabel_ke)
        own = [pc.equal(whole[c], v) for c, v in zip(("berkas_id", "lembar", "tabel_ke"), place, strict=True)]
        judul = whole["judul"].filter(_all(own))[0].as_py() or ""
        calon = namesakes(judul.split(" | "), regions)
        findings[n] = replace(finding, isi={"judul": mask(judul), "baris": "", "calon": calon})


def _tell_answers(rows: pa.Table, name: str, answers: _Answers, told: _Told) -> None:
    """Each rejected answer by its address; one finding a column and reason."""
    wrong = pc.is_valid(answers.why)
    if not pc.any(wrong).as_py():
        return
    found = rows.filter(wrong)
    whys, said = answers.why.filter(wrong).to_pylist(), answers.said.filter(wrong).to_pylist()
    units, periods = found["kode_unit"].to_pylist(), found["periode_survei"].to_pylist()
    groups: dict[tuple[Any, ...], list[int]] = {}
    for i, (berkas_id, lembar, tabel_ke, baris) in enumerate(addresses := _addresses(found)):
        told.rejected.append(
            _rejection(berkas_id, lembar, baris, name, whys[i], "bukan jawaban 1 sampai 4, atau a sampai d")
        )
        groups.setdefault((whys[i], berkas_id, lembar, tabel_ke), []).append(i)
    for (aturan, berkas_id, lembar, tabel_ke), at in groups.items():
        if aturan in _TOLD.values():
            continue
        first, last = addresses[at[0]][3], addresses[at[-1]][3]
        told.findings.append(
            Finding(
                aturan=aturan,
                berkas_id=berkas_id,
                lembar=lembar,
                cell=Cell(berkas_id, lembar, tabel_ke, first, name, last if last != first else None),
                kode_unit=units[at[0]],
                periode=periods[at[0]],
                tertulis=_said([said[i] for i in at]),
                seharusnya="1 sampai 4",
                jumlah=len(at),
                isi={"kolom": name.upper(), "alasan": "bukan jawaban 1 sampai 4, atau a sampai d"},
            )
        )


def _said(texts: Sequence[str]) -> str:
    """The distinct rejected answers of a column, the first few."""
    distinct = list(dict.fromkeys(mask(t[:_SAID]) for t in texts))
    more = f"; dan {len(distinct) - _SAID_FIRST} lainnya" if len(distinct) > _SAID_FIRST else ""
    return "; ".join(distinct[:_SAID_FIRST]) + more


def _assembled(rows: pa.Table, answers: Mapping[str, _Answers], context: Context, told: _Told) -> pa.Table:
    nothing = pa.nulls(rows.num_rows, pa.int64())
    columns = {f: answers[f].value if f in answers else nothing for f in (*_UNSUR, *_PAIR)}
    columns |= _decided(rows, columns, context, told)
    counts = [pc.cast(pc.is_valid(a.why), pa.int64()) for a in answers.values()]
    columns["jawaban_ditolak"] = _sum(counts, rows.num_rows)
    columns["kode_unit"] = _flat(rows["kode_unit"])
    columns["periode"] = _flat(rows["periode_survei"])
    columns |= particulars(rows, columns["periode"])
    _tell_odd_periods(rows, told)
    contract = contracts.table(_NAME)
    for name in _ADDRESS:
        columns[name] = _flat(rows[name]).cast(contract.schema.field(name).type)
    made = pa.table([columns[n] for n in contract.schema.names], schema=contract.schema)
    return made.sort_by([(k, "ascending") for k in contract.key])


def _sum(counts: Sequence[pa.Array], n: int) -> pa.Array:
    total = pa.array([0], pa.int64()).take(pa.array([0] * n, pa.int64())) if not counts else counts[0]
    for each in counts[1:]:
        total = pc.add(total, each)
    return total


def _decided(
    rows: pa.Table, columns: Mapping[str, pa.Array], context: Context, told: _Told
) -> dict[str, pa.Array]:
    """U8 and U9 by the unit's choice where the sheet has only their codes."""
    first, second = (columns[f] for f in _PAIR)
    bare = pc.or_(pc.is_valid(first), pc.is_valid(second))
    if not pc.any(bare).as_py():
        return {}
    units = _flat(rows["kode_unit"])
    choice = {
        u: context.choices.of(u).choice("u8_u9").nilai for u in pc.unique(units.filter(bare)).to_pylist()
    }
    by = {
        c: pc.is_in(units, pa.array([u for u, x in choice.items() if x == c], pa.string())) for c in BY_CHOICE
    }
    nothing = pa.nulls(len(first), pa.int64())
    u8 = pc.if_else(by["daftar"], first, pc.if_else(by["formulir"], second, nothing))
    u9 = pc.if_else(by["daftar"], second, pc.if_else(by["formulir"], first, nothing))
    open_ = pc.and_(bare, pc.invert(pc.or_(by["daftar"], by["formulir"])))
    _tell_order(rows.filter(open_), told)
    return {"u8": pc.coalesce(columns["u8"], u8), "u9": pc.coalesce(columns["u9"], u9)}


def _tell_order(rows: pa.Table, told: _Told) -> None:
    keys = ["berkas_id", "lembar", "tabel_ke", "kode_unit", "periode_survei"]
    for one in rows.group_by(keys).aggregate([]).sort_by([(k, "ascending") for k in keys]).to_pylist():
        header = Cell(one["berkas_id"], one["lembar"], one["tabel_ke"], 0, _PAIR[0])
        told.findings.append(undecided(header, one["kode_unit"], [one["periode_survei"]]))


def _tell_odd_periods(rows: pa.Table, told: _Told) -> None:
    keys = ["berkas_id", "lembar", "tabel_ke", "kode_unit", "periode_survei"]
    for one in rows.group_by(keys).aggregate([([], "count_all")]).to_pylist():
        if not _PERIOD.fullmatch(one["periode_survei"]):
            told.findings.append(
                Finding(
                    aturan="periode_bukan_triwulan",
                    berkas_id=one["berkas_id"],
                    lembar=one["lembar"],
                    kode_unit=one["kode_unit"],
                    periode=one["periode_survei"],
                    jumlah=one["count_all"],
                    isi={"judul": "", "baris": ""},
                )
            )


def _addresses(rows: pa.Table) -> list[tuple[str, str, int, int]]:
    return list(zip(*(rows[c].to_pylist() for c in _ADDRESS), strict=True))


def _rejection(
    berkas_id: str, lembar: str, baris: int, kolom: str, aturan: str, alasan: str
) -> dict[str, Any]:
    return {
        "berkas_id": berkas_id,
        "lembar": lembar,
        "baris": baris,
        "kolom": kolom,
        "aturan": aturan,
        "alasan": alasan,
    }
