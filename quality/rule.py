"""Rules are data: ``quality/rules/*.yaml``, one list of rules a file, read strictly into one ``RuleBook``.

Every rule has ``id``, ``jenis``, ``akibat``, ``mengapa`` and its sentences ``pesan``, ``cara``,
``pesan_en``, ``cara_en``. The three kinds:

``temuan``: found by code, which makes a ``Finding`` with the rule's id.

``harap``: an expectation on clean tables (``quality/judge.py``): ``tabel`` (one or a list), ``harapan``
(a name in ``EXPECTATIONS``), ``dengan`` (its parameters; ``column`` may be a list, each judged alone),
``bila`` (column: permitted values, ``5*`` for a beginning; other rows are not judged), ``alamat`` (field
of the form to point at, with ``{column}`` placeholders, where it is not named as the clean column),
``hanya_bila_ada: true`` (for blanks: nothing is told where the form has no such column).

``lintas``: a SELECT over tables that returns offenders (``quality/across.py``): ``tabel`` (what it
reads), ``berkas_sql`` (default ``across/<id>.sql``), ``dugaan: true`` (its amounts are tied together by
sums, equalities and percentages, so the likeliest wrong cell can be named: ``quality/suspect``).

Optional for all: ``dasar_hukum``, ``berlaku: {sejak, sampai}`` (years or dates; a rule judges the periods
whose last day lies within), ``kelompok`` (findings of one cause share it), ``akibat_lain`` (what a
finding may put in place of ``akibat``), ``kunci``, ``mesin``, ``isi`` (further placeholders supplied).
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from quality.finding import AKIBAT, Finding
from warehouse import contracts

RULES = Path(__file__).parent / "rules"
ACROSS = Path(__file__).parent / "across"
JENIS = ("temuan", "harap", "lintas")
SENTENCES = ("pesan", "cara", "pesan_en", "cara_en")
# Placeholders that ``quality/findings.py`` supplies for every finding.
STANDARD = frozenset("tertulis seharusnya selisih jumlah berkas lembar sel kode_unit periode".split())

_BETWEEN = frozenset("column min_value max_value strict_min strict_max".split())
# What a rule file may ask of Great Expectations, with the parameters it may set.
EXPECTATIONS: Mapping[str, frozenset[str]] = {
    "column_values_to_be_between": _BETWEEN,
    "column_values_to_be_in_set": frozenset(("column", "value_set")),
    "column_values_to_not_be_in_set": frozenset(("column", "value_set")),
    "column_values_to_match_regex": frozenset(("column", "regex")),
    "column_values_to_not_match_regex": frozenset(("column", "regex")),
    "column_value_lengths_to_be_between": frozenset(("column", "min_value", "max_value")),
    "column_values_to_not_be_null": frozenset(("column",)),
    "column_values_to_be_null": frozenset(("column",)),
    "compound_columns_to_be_unique": frozenset(("column_list",)),
    "column_pair_values_a_to_be_greater_than_b": frozenset(("column_A", "column_B", "or_equal")),
    "column_pair_values_to_be_equal": frozenset(("column_A", "column_B")),
}
_NAMING = ("column", "column_A", "column_B", "column_list")
_COMMON = frozenset(
    """id jenis akibat mengapa pesan cara pesan_en cara_en dasar_hukum berlaku kelompok akibat_lain kunci
    mesin isi""".split()
)
_OWN: Mapping[str, frozenset[str]] = {
    "temuan": frozenset(),
    "harap": frozenset(("tabel", "harapan", "dengan", "bila", "alamat", "hanya_bila_ada")),
    "lintas": frozenset(("tabel", "berkas_sql", "dugaan")),
}


class RuleInvalid(ValueError):
    """A rule does not fit: which file, which rule, what is wrong with it, what is known."""


@dataclass(frozen=True)
class Rule:
    """One rule, as its file states it (fields: head of this module)."""

    id: str
    jenis: str
    akibat: str
    mengapa: str
    pesan: str
    cara: str
    pesan_en: str
    cara_en: str
    sumber: Path
    dasar_hukum: str | None = None
    sejak: dt.date | None = None
    sampai: dt.date | None = None
    kelompok: str | None = None
    akibat_lain: tuple[str, ...] = ()
    kunci: tuple[str, ...] = ()
    mesin: str = ""
    isi: frozenset[str] = frozenset()
    tabel: tuple[str, ...] = ()
    harapan: str | None = None
    dengan: Mapping[str, Any] = field(default_factory=dict)
    bila: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    alamat: str | None = None
    hanya_bila_ada: bool = False
    berkas_sql: Path | None = None
    dugaan: bool = False

    @property
    def placeholders(self) -> frozenset[str]:
        """Everything the four sentences ask for."""
        asked = (placeholders(getattr(self, name)) for name in SENTENCES)
        return frozenset().union(*asked)

    def holds_in(self, periode: str | None) -> bool:
        """Whether the rule judges this period; a thing without a period is judged by every rule."""
        if periode is None or (self.sejak is None and self.sampai is None):
            return True
        day = last_day(periode)
        return (self.sejak is None or self.sejak <= day) and (self.sampai is None or day <= self.sampai)


def last_day(periode: str) -> dt.date:
    """The last day of ``YYYY``, ``YYYY-TWn`` or ``YYYY-Sn``; of any other period, of its year."""
    year, _, part = periode.partition("-")
    months = {"TW": 3, "S": 6}.get(part.rstrip("0123456789"), 12)
    month = months * int(part[-1]) if months < 12 else 12
    following = dt.date(int(year) + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


class RuleBook:
    """All rules by id."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self._rules:
                other = self._rules[rule.id].sumber
                raise RuleInvalid(f"{rule.sumber}: rule {rule.id!r} stands already in {other}")
            self._rules[rule.id] = rule

    @classmethod
    def load(cls, extra: Path | None = None, rules: Path = RULES) -> RuleBook:
        """Read the product's rules; a file of the same name under ``extra`` replaces the product's file.

        Args:
            extra: the rules folder of a home; may be absent.
            rules: the product's rules folder.

        Raises:
            RuleInvalid: naming the file and the rule that does not fit.
        """
        files = {p.name: p for p in sorted(rules.glob("*.yaml"))}
        if extra is not None and extra.is_dir():
            files |= {p.name: p for p in sorted(extra.glob("*.yaml"))}
        return cls(rule for name in sorted(files) for rule in read(files[name]))

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._rules[rule_id]
        except KeyError:
            raise RuleInvalid(f"no rule {rule_id!r} in quality/rules, but a finding names it") from None

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def of(self, jenis: str) -> tuple[Rule, ...]:
        """The rules of one kind, in order of file and place."""
        return tuple(rule for rule in self if rule.jenis == jenis)

    def akibat(self, finding: Finding) -> str:
        """The consequence of a finding: the rule's, or its own where the rule permits that one.

        Raises:
            RuleInvalid: the finding asks for a consequence that its rule does not permit.
        """
        rule = self[finding.aturan]
        if finding.akibat is None or finding.akibat == rule.akibat:
            return rule.akibat
        if finding.akibat not in rule.akibat_lain:
            raise RuleInvalid(
                f"{rule.sumber}: rule {rule.id!r} does not permit akibat {finding.akibat!r}; "
                f"it says {rule.akibat!r}, akibat_lain {list(rule.akibat_lain)}"
            )
        return finding.akibat


# The C parser reads all rules in a tenth of the time; where it was not built, the other reads the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML that refuses a key written twice, and reads fractions as exact decimals."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = sorted({str(k) for k in keys if keys.count(k) > 1})
    if twice:
        raise yaml.constructor.ConstructorError(None, None, f"key twice: {', '.join(twice)}", node.start_mark)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _exact(loader: _Strict, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Strict.add_constructor("tag:yaml.org,2002:float", _exact)


def read(path: Path) -> list[Rule]:
    """The rules of one file.

    Raises:
        RuleInvalid: naming the file and the rule.
    """
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except yaml.YAMLError as wrong:
        raise RuleInvalid(f"{path}: not readable as YAML: {wrong}") from wrong
    if said is None:
        return []
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise RuleInvalid(f"{path}: must be a list of rules, each with id, jenis, akibat, ...")
    return [_rule(path, each) for each in said]


def _rule(path: Path, said: Mapping[str, Any]) -> Rule:
    where = f"{path}: rule {said.get('id', '(no id)')!r}"
    try:
        _shape(said)
        extra = _READERS[said["jenis"]](path, said)
        sejak, sampai = _validity(said.get("berlaku"))
        rule = Rule(
            **{k: said[k] for k in ("id", "jenis", "akibat", "mengapa", *SENTENCES)},
            sumber=path,
            dasar_hukum=said.get("dasar_hukum"),
            sejak=sejak,
            sampai=sampai,
            kelompok=said.get("kelompok"),
            akibat_lain=tuple(said.get("akibat_lain", ())),
            kunci=tuple(said.get("kunci", ())),
            mesin=said.get("mesin", {"harap": "gx", "lintas": "duckdb"}.get(said["jenis"], "")),
            isi=frozenset(said.get("isi", ())),
            **extra,
        )
        _sentences(rule)
    except _Wrong as wrong:
        raise RuleInvalid(f"{where}: {wrong}") from None
    return rule


class _Wrong(ValueError):
    pass


def _shape(said: Mapping[str, Any]) -> None:
    for name in ("id", "jenis", "akibat", "mengapa", *SENTENCES):
        if not isinstance(said.get(name), str) or not said[name].strip():
            raise _Wrong(f"{name} is missing or empty")
    if said["jenis"] not in JENIS:
        raise _Wrong(f"jenis {said['jenis']!r}; known: {', '.join(JENIS)}")
    known = _COMMON | _OWN[said["jenis"]]
    if unknown := said.keys() - known:
        raise _Wrong(f"unknown keys {sorted(unknown)}; a {said['jenis']} rule has {sorted(known)}")
    for akibat in (said["akibat"], *said.get("akibat_lain", ())):
        if akibat not in AKIBAT:
            raise _Wrong(f"akibat {akibat!r}; known: {', '.join(AKIBAT)}")
    if not said["id"].isidentifier() or said["id"] != said["id"].lower():
        raise _Wrong("an id is snake_case")


def _validity(said: Any) -> tuple[dt.date | None, dt.date | None]:
    if said is None:
        return None, None
    if not isinstance(said, dict) or said.keys() - {"sejak", "sampai"}:
        raise _Wrong("berlaku has only sejak and sampai")
    return _date(said.get("sejak"), (1, 1)), _date(said.get("sampai"), (12, 31))


def _date(said: Any, day: tuple[int, int]) -> dt.date | None:
    if said is None or isinstance(said, dt.date):
        return said
    if isinstance(said, int):
        return dt.date(said, *day)
    raise _Wrong(f"berlaku: {said!r} is neither a year nor a date")


@cache
def placeholders(sentence: str) -> frozenset[str]:
    """Names in braces of one sentence.

    Raises:
        RuleInvalid: if a brace holds anything but a plain name.
    """
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError as wrong:
        raise RuleInvalid(f"{sentence!r}: {wrong}") from None
    names = [(name, spec, conversion) for _, name, spec, conversion in parts if name is not None]
    for name, spec, conversion in names:
        if not name.isidentifier() or spec or conversion:
            raise RuleInvalid(f"{sentence!r}: {{{name}}} is not a plain name")
    return frozenset(name for name, _, _ in names)


# What a harap rule's sentence may use besides the standard: see ``quality/judge.py``.
HARAP_SUPPLIES = frozenset(("kolom", "arti", "kunci_baris"))


def _sentences(rule: Rule) -> None:
    try:
        asked = rule.placeholders
    except RuleInvalid as wrong:
        raise _Wrong(str(wrong)) from None
    if rule.jenis == "harap" and (missing := asked - STANDARD - HARAP_SUPPLIES - rule.isi):
        raise _Wrong(f"sentence asks for {sorted(missing)}; supplied: {sorted(STANDARD | HARAP_SUPPLIES)}")


def _no_more(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _harap(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    tables = _tables(said, stage="clean")
    harapan, dengan = str(said.get("harapan")), said.get("dengan")
    if harapan not in EXPECTATIONS:
        raise _Wrong(f"harapan {harapan!r} is not on the list: {', '.join(EXPECTATIONS)}")
    if not isinstance(dengan, dict) or not dengan:
        raise _Wrong("dengan must name at least the column")
    if unknown := dengan.keys() - EXPECTATIONS[harapan]:
        raise _Wrong(f"{harapan} has no parameter {sorted(unknown)}; it has {sorted(EXPECTATIONS[harapan])}")
    if missing := _REQUIRED.get(harapan, frozenset(("column",))) - dengan.keys():
        raise _Wrong(f"{harapan} needs {sorted(missing)}")
    bila = {k: tuple(v) if isinstance(v, list) else (v,) for k, v in said.get("bila", {}).items()}
    for table in tables:
        _columns(table, [*columns_named(dengan), *bila, *said.get("kunci", ())])
    _exact_bounds(dengan)
    alamat = said.get("alamat")
    if alamat is not None:
        for table in tables:
            _columns(table, placeholders(alamat))
    return {
        "tabel": tables,
        "harapan": harapan,
        "dengan": dengan,
        "bila": bila,
        "alamat": alamat,
        "hanya_bila_ada": bool(said.get("hanya_bila_ada", False)),
    }


_REQUIRED: Mapping[str, frozenset[str]] = {
    "column_values_to_be_in_set": frozenset(("column", "value_set")),
    "column_values_to_not_be_in_set": frozenset(("column", "value_set")),
    "column_values_to_match_regex": frozenset(("column", "regex")),
    "column_values_to_not_match_regex": frozenset(("column", "regex")),
    "compound_columns_to_be_unique": frozenset(("column_list",)),
    "column_pair_values_a_to_be_greater_than_b": frozenset(("column_A", "column_B")),
    "column_pair_values_to_be_equal": frozenset(("column_A", "column_B")),
}


def columns_named(dengan: Mapping[str, Any]) -> list[str]:
    """The columns that an expectation's parameters name, in order."""
    named: list[str] = []
    for parameter in _NAMING:
        value = dengan.get(parameter, [])
        named += value if isinstance(value, list) else [value]
    return named


def _exact_bounds(dengan: Mapping[str, Any]) -> None:
    # Great Expectations turns bounds into binary fractions; 0.1 would then reject an exact 0.1.
    for name in ("min_value", "max_value"):
        bound = dengan.get(name)
        if bound is not None and Decimal(bound) != Decimal(float(bound)):
            raise _Wrong(f"{name} {bound} is not exact in binary; write the rule as SQL (jenis lintas)")


def _tables(said: Mapping[str, Any], stage: str | None = None) -> tuple[str, ...]:
    named = said.get("tabel")
    listed = (named,) if isinstance(named, str) else tuple(named or ())
    if not listed:
        raise _Wrong("tabel is missing")
    known = contracts.names(stage)
    if unknown := [t for t in listed if t not in known]:
        raise _Wrong(f"unknown tables {unknown}; known: {', '.join(known)}")
    return listed


def _columns(table: str, named: Iterable[str]) -> None:
    known = [c.name for c in contracts.table(table).columns]
    if unknown := [c for c in named if c not in known]:
        raise _Wrong(f"{table} has no column {unknown}; it has {', '.join(known)}")


def _lintas(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    tables = _tables(said)
    name = said.get("berkas_sql", f"{said['id']}.sql")
    # A home may bring its own rule with its own SELECT beside its rules folder.
    places = [path.parent.parent / "across" / name, ACROSS / name]
    sql = next((p for p in places if p.is_file()), None)
    if sql is None:
        raise _Wrong(f"no file across/{name}")
    return {"tabel": tables, "berkas_sql": sql, "dugaan": said.get("dugaan") is True}


_READERS = {"temuan": _no_more, "harap": _harap, "lintas": _lintas}
