"""What an input workbook asks of an officer: columns, ranges, words, from what will judge it.

``raw/<source>/templat.yaml`` chooses which fields of which forms are asked and how they look; what may be
filled in comes from ``layouts.yaml`` and ``quality/rules``. Writing the workbook is
``assets/publish/input_template``; what a filled one carries with it is ``stempel.py``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from assets.readers import sources, stempel, vocabulary
from assets.readers.vocabulary import PROGRAM_RAW, Field, Form, Vocabulary, VocabularyInvalid
from assets.readers.words import normal
from quality.finding import Finding
from quality.rule import Rule, RuleBook

FILE = "templat.yaml"
# How a cell is filled in: money, a number, a whole number, text, text in any printed manner (80%, 7:9).
ISI = ("uang", "angka", "bulat", "teks", "bebas")
NUMERIC = ("uang", "angka", "bulat")
PERIODE = ("tahun", "triwulan", "survei", "rencana", "tidak")
# Lists that the writer of the workbook fills from the unit and the reference tables.
DAFTAR = frozenset("desa kecamatan indikator kunci_rumus program kode_program kode_rekening tahun".split())
# Rows that are given: the villages of the unit that have an index, or all its desa and kelurahan.
TERISI = ("desa", "wilayah")
HITUNG = ("jumlah", "teratas", "rata")
_SHEET = frozenset("nama judul bersih bila periode baris terisi kolom jumlah".split())
_COLUMN = frozenset("kepala lebar isi pilihan saran catatan wajib bersih".split())
_BY_SHAPE = {"angka": "angka", "jawaban": "bulat", "tahun": "bulat"}
_BETWEEN, _IN_SET = "column_values_to_be_between", "column_values_to_be_in_set"
# What stands in a printed header for the period of a repeated column.
REPEATED = re.compile(r"\{(triwulan|rencana|sebelumnya)\}")
_PROBE = {"triwulan": "Triwulan I", "rencana": "2025", "sebelumnya": "2024"}


@dataclass(frozen=True)
class Batas:
    """A range that a rule sets; ``bila`` are the facts of a row for which it holds."""

    aturan: str
    mengapa: str
    minimum: Decimal | None
    maksimum: Decimal | None
    bila: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether it judges a row with these facts; one about other facts is left to the rules."""
        return all(
            name in facts and any(fnmatchcase(facts[name], str(w)) for w in words)
            for name, words in self.bila.items()
        )


@dataclass(frozen=True)
class Ask:
    """One column to fill in.

    ``kepala`` is the printed header (``{triwulan}``, ``{rencana}``, ``{sebelumnya}`` repeat it), ``isi`` one
    of ``ISI``. ``daftar`` names a list of ``DAFTAR``, ``kata`` are words; where ``tertutup`` nothing else may
    be chosen.
    """

    nama: str
    kepala: str
    wajib: bool
    isi: str
    lebar: int
    catatan: str
    daftar: str | None
    kata: tuple[str, ...]
    tertutup: bool
    batas: tuple[Batas, ...]
    bentuk_nilai: str

    @property
    def sidik(self) -> str:
        """Changes with anything an officer would fill in differently."""
        ranges = sorted(
            (b.aturan, str(b.minimum), str(b.maksimum), sorted(map(str, b.bila))) for b in self.batas
        )
        said = (self.nama, normal(self.kepala), self.wajib, self.isi, self.daftar, self.kata, self.tertutup)
        return hashlib.sha256(repr((said, ranges)).encode()).hexdigest()[:4]


@dataclass(frozen=True)
class Sheet:
    """One form as a sheet to fill in. ``terisi`` are rows given: words by field, or the name of a list.

    ``jumlah`` says which columns have a live total (by ``HITUNG``) and under which label in which column.
    """

    form: Form
    nama: str
    judul: tuple[str, ...]
    periode: str
    baris: int
    asks: tuple[Ask, ...]
    terisi: str | tuple[Mapping[str, Any], ...]
    jumlah: Mapping[str, str]
    tulis_jumlah: tuple[str, str] | None
    fakta: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """The workbook of one source."""

    sumber: str
    judul: str
    sheets: tuple[Sheet, ...]

    @property
    def kolom(self) -> dict[str, dict[str, str]]:
        """Mark of each field by form: what a stamp keeps, so that a later version can say what changed."""
        return {s.form.nama: {a.nama: a.sidik for a in s.asks} for s in self.sheets}

    @property
    def versi(self) -> str:
        """Hash of everything asked."""
        return hashlib.sha256(repr(sorted(self.kolom.items())).encode()).hexdigest()[:12]


def names(home_raw: Path | None = None) -> list[str]:
    """Sources that have a template."""
    homes = [p for p in (home_raw, PROGRAM_RAW) if p is not None]
    return sorted({p.parent.name for h in homes for p in h.glob(f"*/{FILE}")})


def plan(sumber: str, words: Vocabulary, rules: RuleBook, home_raw: Path | None = None) -> Plan:
    """What the template of a source asks.

    Raises:
        KeyError: the source has no template.
        VocabularyInvalid: its ``templat.yaml`` does not fit its forms.
    """
    if sumber not in names(home_raw):
        raise KeyError(sumber)
    said = vocabulary.read_yaml(f"{sumber}/{FILE}", home_raw)
    where = f"{sumber}/{FILE}"
    _known(said, frozenset({"lembar"}), where)
    made = tuple(
        _sheet(words.form(sumber, n), s, rules, f"{where}: {n}") for n, s in said.get("lembar", {}).items()
    )
    folders = [p / sumber for p in (home_raw, PROGRAM_RAW) if p is not None]
    about = next(sources.load(f) for f in folders if (f / "source.yaml").is_file())
    return Plan(sumber, about.judul, made)


def _known(said: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(said) - known):
        raise VocabularyInvalid(f"{where}: {unknown} tidak dikenal; yang ada {sorted(known)}")


def _sheet(form: Form, said: Mapping[str, Any], rules: RuleBook, where: str) -> Sheet:
    _known(said, _SHEET, where)
    facts = {k: str(v) for k, v in (said.get("bila") or {}).items()}
    terisi = said.get("terisi") or ()
    if isinstance(terisi, str):
        _one_of(terisi, TERISI, where)
    rows = () if isinstance(terisi, str) else tuple(terisi)
    possible = set(facts) | {k for r in rows for k in r.get("bila", ())}
    total = dict(said.get("jumlah") or {})
    label = (str(total.pop("tulis")), str(total.pop("di"))) if total else None
    judging = [r for r in rules.of("harap") if said["bersih"] in r.tabel]
    asks = tuple(_ask(form, n, s or {}, judging, possible, where) for n, s in said["kolom"].items())
    asked = {a.nama for a in asks}
    for name in (*total, *(label[1:] if label else ())):
        if name not in asked:
            raise VocabularyInvalid(f"{where}: jumlah: {name!r} bukan kolom isian")
    return Sheet(
        form=form,
        nama=said["nama"],
        judul=tuple(said["judul"]),
        periode=_one_of(said.get("periode", "tahun"), PERIODE, where),
        baris=int(said["baris"]),
        asks=asks,
        terisi=terisi if isinstance(terisi, str) else rows,
        jumlah={k: _one_of(v, HITUNG, where) for k, v in total.items()},
        tulis_jumlah=label,
        fakta=facts,
    )


def _one_of(value: str, permitted: Sequence[str], where: str) -> str:
    if value not in permitted:
        raise VocabularyInvalid(f"{where}: {value!r}; yang ada {', '.join(permitted)}")
    return value


def _ask(
    form: Form, name: str, said: Mapping[str, Any], judging: Iterable[Rule], possible: set[str], where: str
) -> Ask:
    _known(said, _COLUMN, f"{where}.{name}")
    if name not in form.by_name:
        raise VocabularyInvalid(f"{where}: {name!r} bukan kolom bentuk {form.tabel}")
    spec = form.by_name[name]
    kepala = said.get("kepala") or _first_wording(spec)
    _recognised(spec, kepala, f"{where}.{name}")
    column = said.get("bersih", name)
    ours = [r for r in judging if column in _columns(r)]
    offered, closed = said.get("pilihan", said.get("saran")), "pilihan" in said
    permitted = _permitted(ours)
    if offered is None and permitted:
        offered, closed = permitted, True
    if isinstance(offered, str) and offered not in DAFTAR:
        raise VocabularyInvalid(f"{where}.{name}: daftar {offered!r}; yang ada {', '.join(sorted(DAFTAR))}")
    return Ask(
        nama=name,
        kepala=kepala,
        wajib=bool(said.get("wajib", spec.wajib)),
        isi=_one_of(said.get("isi", _BY_SHAPE.get(spec.nilai, "teks")), ISI, f"{where}.{name}"),
        lebar=int(said.get("lebar", 16)),
        catatan=said.get("catatan", ""),
        daftar=offered if isinstance(offered, str) else None,
        kata=() if offered is None or isinstance(offered, str) else tuple(map(str, offered)),
        tertutup=closed,
        batas=tuple(_ranges(ours, possible)),
        bentuk_nilai=spec.nilai,
    )


def _columns(rule: Rule) -> list[str]:
    named = rule.dengan.get("column", [])
    return named if isinstance(named, list) else [named]


def _ranges(rules: Iterable[Rule], possible: set[str]) -> Iterable[Batas]:
    for rule in rules:
        if rule.harapan == _BETWEEN and set(rule.bila) <= possible:
            bounds = (rule.dengan.get(k) for k in ("min_value", "max_value"))
            low, high = (None if b is None else Decimal(b) for b in bounds)
            yield Batas(rule.id, rule.mengapa, low, high, {k: tuple(v) for k, v in rule.bila.items()})


def _permitted(rules: Iterable[Rule]) -> tuple[str, ...]:
    sets = (r.dengan["value_set"] for r in rules if r.harapan == _IN_SET and not r.bila)
    return tuple(str(w) for w in next(sets, ()))


# --- a filled workbook -------------------------------------------------------------------------------
class Templates:
    """The templates of a home, made when a file first asks for one."""

    def __init__(self, home: Path, words: Vocabulary) -> None:
        self._home, self._words = home, words
        self._plans: dict[str, Plan | None] = {}

    def outdated(self, berkas_id: str, stamp: Mapping[str, str]) -> list[Finding]:
        """The finding about a workbook made from an earlier version of its template; none for any other."""
        if not stamp:
            return []
        current = self._plan(stamp[stempel.SUMBER])
        if current is not None and current.versi == stamp[stempel.VERSI]:
            return []
        said = "sumber itu tidak lagi memiliki templat" if current is None else _changes(stamp, current)
        facts = {
            "sumber": stamp[stempel.SUMBER],
            "versi": stamp[stempel.VERSI],
            "program": stamp.get(stempel.PROGRAM, "-"),
            "perubahan": said,
        }
        return [Finding("templat_usang", berkas_id=berkas_id, isi=facts)]

    def _plan(self, sumber: str) -> Plan | None:
        if sumber not in self._plans:
            raw = self._home / "raw"
            rules = RuleBook.load(self._home / "quality" / "rules")
            known = sumber in names(raw)
            self._plans[sumber] = plan(sumber, self._words, rules, raw) if known else None
        return self._plans[sumber]


def _changes(stamp: Mapping[str, str], current: Plan) -> str:
    """What differs between a stamp and the template of today, in words."""
    before, now = stempel.fields(stamp), current.kolom
    told: list[str] = []
    for form in dict.fromkeys([*before, *now]):
        old, new = before.get(form, {}), now.get(form, {})
        for word, which in (
            ("kolom baru", [n for n in new if n not in old]),
            ("kolom dihapus", [n for n in old if n not in new]),
            ("aturan atau kepala berubah", [n for n in new if n in old and old[n] != new[n]]),
        ):
            if which:
                told.append(f"{form}: {word} {', '.join(which)}")
    return "; ".join(told) or "lembarnya berubah"


# --- printed headers ---------------------------------------------------------------------------------
def _recognised(spec: Field, kepala: str, where: str) -> None:
    text = REPEATED.sub(lambda m: _PROBE[m[1]], kepala)
    key = spec.key(normal(text))
    if key is None or (bool(spec.berulang) != bool(REPEATED.search(kepala))):
        raise VocabularyInvalid(f"{where}: kepala {kepala!r} tidak dikenal sebagai kolom {spec.nama}")


def _first_wording(spec: Field) -> str:
    """The first wording of the vocabulary as a header prints it: without what may be left out.

    A field whose first wording is a regular expression or repeats by period must have its header given.
    """
    wording = spec.kepala.patterns[0].spec
    plain = re.sub(r"\[[^\]]*\]|\*|\{[a-z]+\}", " ", wording)
    plain = re.sub(r"\(([^|)]*)[^)]*\)", r"\1", plain)
    return " ".join(plain.split()).title()
