"""What each source's tables look like: its forms (bentuk), their fields, and the words offices use for them.

Read from ``raw/<source>/layouts.yaml`` and ``raw/baris.yaml`` (words of rows that are no data); the same
file in HOME overrides the program's, and ``tambahan.yaml`` there adds the words of an office to whichever is
in force. What does not belong here: finding a form on a sheet (``recognise.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from assets.readers.words import WordList, WordsUnclear, normal

PROGRAM_RAW = Path(__file__).resolve().parents[2] / "raw"
# Words that an office has confirmed, beside those of the program.
ADDED = "tambahan.yaml"

# What the values of a field look like; ``bebas`` confirms nothing.
SHAPES: Mapping[str, re.Pattern[str]] = {
    "angka": re.compile(
        r"^(?:\(?[-+\u2212]?\s*(?:rp\.?\s*)?[-+\u2212]?\d[\d.,\s]*\)?\s*(?:%|persen)?(?:,?-)?"
        r"|[-\u2010-\u2015\u2212]{1,3}|nihil|n/a|#\S+)$",
        re.I,
    ),
    "kode": re.compile(r"^[\dXx][\d.\sXx/-]*$"),
    "rekening": re.compile(r"^[4-6](?:\s*\.\s*\d{1,5}){0,5}\s*\.?$"),
    "program": re.compile(r"^[1-8Xx]\s*\.\s*[\dXx]{2}[\d.\sXx]*$"),
    "wilayah": re.compile(r"^\d{2}(?:[.\s]?\d{2}){0,2}(?:[.\s]?\d{4})?$"),
    "teks": re.compile(r"[^\W\d_]"),
    "tahun": re.compile(r"^(?:19|20)\d\d$"),
    "jawaban": re.compile(r"^(?:[0-9](?:[.,]0+)?|[a-eA-E][.)]?|[^\W\d_].*)$", re.S),
    "satu_tanda": re.compile(r"^(?:1|v|x|ya|tidak|0|\u221a|\u2713|\u2714|-)$", re.I),
    "bebas": re.compile(r""),
}
BERULANG = ("tahun", "periode")
TAHUN = ("terbaru", "sebelumnya")
UNIT = ("tabel", "baris", "tidak")
PERIODE = ("tabel", "kolom", "baris", "tidak")


class VocabularyInvalid(ValueError):
    """A layouts.yaml or source.yaml does not fit; says file, place and what is permitted."""


@dataclass(frozen=True)
class Field:
    """One field of a form.

    ``kepala`` are its header wordings, ``kecuali`` wordings that look alike but are not it. ``berulang``
    makes one field of each period named in a header (``target@2025``). ``tahun`` tells two columns of one
    table apart by the year in their header. ``isi_ke_bawah`` carries a value down over blank cells.
    ``sebagai`` hands the values over under another field's name (``target@TW1`` beside ``target``).
    """

    nama: str
    kepala: WordList
    kecuali: WordList
    nilai: str = "bebas"
    wajib: bool = False
    berulang: str | None = None
    tahun: str | None = None
    isi_ke_bawah: bool = False
    sebagai: str | None = None

    @property
    def keluar(self) -> str:
        """Name under which the values are handed over."""
        return self.sebagai or self.nama

    def key(self, text: str) -> str | None:
        """Period key ('' without one) if the normalised header text names this field, else None."""
        for wording in self.kepala.candidates(text):
            found = wording.key(text)
            if found is not None and not self.kecuali.matches(text):
                return found
        return None


@dataclass(frozen=True)
class RowWords:
    """How rows begin that are no data: totals, subtotals, signatures, notes."""

    total: WordList
    subtotal: WordList
    tanda_tangan: WordList
    catatan: WordList
    abaikan: WordList


@dataclass(frozen=True)
class Form:
    """One kind of table of a source.

    ``salah_satu``: of each list of alternatives at least one must be found whole. ``unit`` and ``periode``
    say where they stand: once for the ``tabel``, in every ``baris``, in ``kolom`` headers, or ``tidak``.
    ``kunci`` are the fields that tell two rows apart when editions are compared; ``tahap`` are title words
    that make another document of it (a changed budget). ``judul`` words favour this form (and must be there
    with ``judul_wajib``), ``bukan_judul`` words exclude it, and so does any column headed by a word of
    ``tanpa``; ``tidak_dipakai`` names columns that are known and not needed.
    """

    sumber: str
    nama: str
    satu_baris: str
    kolom: tuple[Field, ...]
    salah_satu: tuple[tuple[tuple[str, ...], ...], ...]
    unit: str
    periode: str
    kunci: tuple[str, ...]
    tahap: WordList
    judul: WordList
    bukan_judul: WordList
    judul_wajib: bool
    tanpa: WordList
    tidak_dipakai: WordList
    kumulatif: bool
    baris: RowWords

    @property
    def tabel(self) -> str:
        """Name of the extract table, ``<source>_<form>``."""
        return f"{self.sumber}_{self.nama}"

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Position of each field name."""
        return {f.nama: i for i, f in enumerate(self.kolom)}

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by name."""
        return {f.nama: f for f in self.kolom}

    def sort_fields(self, names: Iterator[str] | Sequence[str]) -> list[str]:
        """Field names (``target@2025``) in the order of the form, repeated ones by their key."""
        return sorted(names, key=lambda n: (self.order[n.partition("@")[0]], n))

    def fields_with(self, keyed: Sequence[str]) -> list[str]:
        """All plain fields of the form and the repeated ones that were found, in order."""
        plain = [f.nama for f in self.kolom if not f.berulang]
        return self.sort_fields([*plain, *dict.fromkeys(n for n in keyed if "@" in n)])


@dataclass(frozen=True)
class Vocabulary:
    """All forms of all sources; ``ejaan`` are abbreviations and misspellings with the word they stand for."""

    forms: tuple[Form, ...]
    abaikan: WordList = field(default_factory=lambda: WordList(()))
    ejaan: Mapping[str, str] = field(default_factory=dict)

    def form(self, sumber: str, nama: str) -> Form:
        """One form; KeyError if unknown."""
        return self._by_name[f"{sumber}_{nama}"]

    @cached_property
    def normal(self) -> Callable[[str], str]:
        """``words.normal`` with every word written as the vocabularies write it."""
        return lru_cache(maxsize=200_000)(self._spelled)

    def _spelled(self, text: str) -> str:
        plain = normal(text)
        return " ".join(self.ejaan.get(w, w) for w in plain.split()) if self.ejaan else plain

    @cached_property
    def _by_name(self) -> Mapping[str, Form]:
        return {f.tabel: f for f in self.forms}

    @property
    def tables(self) -> Mapping[str, Form]:
        """Forms by the name of their extract table."""
        return self._by_name

    def only(self, sumber: str | None) -> Vocabulary:
        """The forms of one source; everything where ``sumber`` is None."""
        if sumber is None:
            return self
        return Vocabulary(tuple(f for f in self.forms if f.sumber == sumber), self.abaikan, self.ejaan)


def load(home_raw: Path | None = None) -> Vocabulary:
    """The vocabulary of the program, each file replaced by the same file under ``home_raw`` if there.

    Raises:
        VocabularyInvalid: naming the file and the place.
    """
    homes = tuple(p for p in (home_raw, PROGRAM_RAW) if p is not None)
    return _load(homes, tuple(_stamp(p) for p in homes))


def _stamp(raw: Path) -> tuple[tuple[str, int], ...]:
    """Names and times of the vocabulary files, so that an edited one is read anew."""
    found = [*raw.glob("*/layouts.yaml"), *raw.glob(f"*/{ADDED}"), *raw.glob("baris.yaml")]
    return tuple(sorted((str(p), p.stat().st_mtime_ns) for p in found))


@lru_cache(maxsize=8)
def _load(homes: tuple[Path, ...], stamps: tuple[Any, ...]) -> Vocabulary:
    del stamps  # part of the cache key only
    shared = _yaml(_first(homes, "baris.yaml"))
    forms: list[Form] = []
    for source in sources(homes):
        path = _first(homes, f"{source}/layouts.yaml")
        if path is not None:
            said = with_added(_yaml(path), _yaml(_first(homes, f"{source}/{ADDED}")), f"{source}/{ADDED}")
            forms += parse(source, said, shared, f"{source}/layouts.yaml")
    return Vocabulary(
        tuple(forms), WordList(shared.get("abaikan", ())), _spellings(shared.get("ejaan") or {})
    )


def _spellings(said: Mapping[str, Any]) -> dict[str, str]:
    """Each way of writing -> the word, from ``word: "way way"``."""
    return {normal(way): str(word) for word, ways in said.items() for way in str(ways).split()}


def files(home_raw: Path | None = None) -> list[Path]:
    """The vocabulary files in force, for versions that must change with them."""
    homes = tuple(p for p in (home_raw, PROGRAM_RAW) if p is not None)
    wanted = ["baris.yaml", *(f"{s}/{n}" for s in sources(homes) for n in ("layouts.yaml", ADDED))]
    return [p for p in (_first(homes, w) for w in wanted) if p is not None]


def sources(homes: Sequence[Path] = (PROGRAM_RAW,)) -> list[str]:
    """Names of all sources: the folders that declare a ``source.yaml`` or ``layouts.yaml``."""
    found = {p.parent.name for h in homes for n in ("source.yaml", "layouts.yaml") for p in h.glob(f"*/{n}")}
    return sorted(found)


def extended(home_raw: Path, words: Vocabulary, source: str, added: Mapping[str, Any]) -> Vocabulary:
    """``words`` with further words of one source, as ``tambahan.yaml`` would have them.

    Raises:
        VocabularyInvalid: they do not fit the source's forms.
    """
    homes = (home_raw, PROGRAM_RAW)
    layouts, held = (_yaml(_first(homes, f"{source}/{name}")) for name in ("layouts.yaml", ADDED))
    said = with_added(layouts, held, ADDED)
    made = parse(source, with_added(said, added, ADDED), _yaml(_first(homes, "baris.yaml")), source)
    return replace(words, forms=(*(f for f in words.forms if f.sumber != source), *made))


def with_added(said: Mapping[str, Any], added: Mapping[str, Any], where: str) -> dict[str, Any]:
    """A layouts file with the words of ``tambahan.yaml``.

    They stand there as ``form: {kolom: {field: [words]}, tidak_dipakai: [words]}``.

    Raises:
        VocabularyInvalid: it names a form or field that is not there.
    """
    forms = dict(said.get("bentuk") or {})
    for name, more in _mapping(added, where).items():
        more = _mapping(more, f"{where}: {name}")
        _known({name: more}, frozenset(forms), where)
        _known(more, frozenset(("kolom", "tidak_dipakai")), f"{where}: {name}")
        form = dict(forms[name])
        kolom = dict(form.get("kolom") or {})
        for field_name, words in _mapping(more.get("kolom"), f"{where}: {name}").items():
            _known({field_name: words}, frozenset(kolom), f"{where}: {name}")
            one = dict(kolom[field_name] or {})
            kolom[field_name] = one | {"kepala": [*_listed(one.get("kepala")), *_listed(words)]}
        unused = [*_listed(form.get("tidak_dipakai")), *_listed(more.get("tidak_dipakai"))]
        forms[name] = form | {"kolom": kolom, "tidak_dipakai": unused}
    return {**said, "bentuk": forms}


def _mapping(said: Any, where: str) -> Mapping[str, Any]:
    if said is not None and not isinstance(said, Mapping):
        raise VocabularyInvalid(f"{where}: seharusnya kunci: nilai, bukan {said!r}")
    return said or {}


def _listed(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said or ())


def read_yaml(name: str, home_raw: Path | None = None) -> Any:
    """What a YAML file of ``raw`` holds: the home's, else the program's; an empty mapping without one.

    Raises:
        VocabularyInvalid: it is no YAML.
    """
    return _yaml(_first([p for p in (home_raw, PROGRAM_RAW) if p is not None], name))


def _first(homes: Sequence[Path], name: str) -> Path | None:
    return next((h / name for h in homes if (h / name).is_file()), None)


def _yaml(path: Path | None) -> Any:
    if path is None:
        return {}
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.YAMLError as wrong:
        raise VocabularyInvalid(f"{path.name}: bukan YAML yang sah: {wrong}") from wrong
    return said or {}


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORM_KEYS = frozenset(
    """satu_baris kolom salah_satu unit periode kunci tahap judul bukan_judul judul_wajib tanpa tidak_dipakai
    kumulatif baris""".split()
)
_FIELD_KEYS = frozenset("kepala kecuali nilai wajib berulang tahun isi_ke_bawah sebagai arti".split())
_ROW_KEYS = frozenset(f.name for f in fields(RowWords))


def parse(source: str, said: Mapping[str, Any], shared: Mapping[str, Any], where: str) -> list[Form]:
    """The forms of one layouts file.

    Args:
        source: name of the source.
        said: the file.
        shared: ``baris.yaml``.
        where: the file, for messages.

    Raises:
        VocabularyInvalid: unknown keys, missing ``kolom``, a wrong shape, or a field named nowhere.
    """
    return [_form(source, n, f, shared, f"{where}: {n}") for n, f in (said.get("bentuk") or {}).items()]


def _known(said: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = set(said) - known
    if unknown:
        raise VocabularyInvalid(f"{where}: {sorted(unknown)} tidak dikenal; yang ada {sorted(known)}")


def _one_of(value: str, permitted: Sequence[str], where: str) -> str:
    if value not in permitted:
        raise VocabularyInvalid(f"{where}: {value!r}; yang ada {', '.join(permitted)}")
    return value


def _words(said: Any, where: str) -> WordList:
    listed = [said] if isinstance(said, str) else list(said or ())
    try:
        return WordList(str(s) for s in listed)
    except WordsUnclear as wrong:
        raise VocabularyInvalid(f"{where}: {wrong}") from wrong


def _form(source: str, name: str, said: Mapping[str, Any], shared: Mapping[str, Any], where: str) -> Form:
    _known(said, _FORM_KEYS, where)
    kolom = tuple(_field(n, f or {}, f"{where}.{n}") for n, f in (said.get("kolom") or {}).items())
    if not kolom:
        raise VocabularyInvalid(f"{where}: kolom kosong")
    names = {f.nama for f in kolom}
    groups = tuple(
        tuple(tuple([a] if isinstance(a, str) else a) for a in group)
        for group in said.get("salah_satu") or ()
    )
    kunci = tuple(said.get("kunci") or ())
    for one in (*kunci, *(n for group in groups for way in group for n in way)):
        if one not in names:
            raise VocabularyInvalid(f"{where}: {one!r} bukan kolom bentuk ini")
    return Form(
        sumber=source,
        nama=name,
        satu_baris=str(said.get("satu_baris", "")),
        kolom=kolom,
        salah_satu=groups,
        unit=_one_of(said.get("unit", "tabel"), UNIT, f"{where}.unit"),
        periode=_one_of(said.get("periode", "tabel"), PERIODE, f"{where}.periode"),
        kunci=kunci,
        tahap=_words(said.get("tahap"), where),
        judul=_words(said.get("judul"), where),
        bukan_judul=_words(said.get("bukan_judul"), where),
        judul_wajib=bool(said.get("judul_wajib", False)),
        tanpa=_words(said.get("tanpa"), where),
        tidak_dipakai=_words(said.get("tidak_dipakai"), where),
        kumulatif=bool(said.get("kumulatif", True)),
        baris=_rows(said.get("baris") or {}, shared, where),
    )


def _field(name: str, said: Mapping[str, Any], where: str) -> Field:
    _known(said, _FIELD_KEYS, where)
    if not said.get("kepala"):
        raise VocabularyInvalid(f"{where}: kepala kosong")
    berulang, tahun = said.get("berulang"), said.get("tahun")
    return Field(
        nama=name,
        kepala=_words(said["kepala"], where),
        kecuali=_words(said.get("kecuali"), where),
        nilai=_one_of(said.get("nilai", "bebas"), tuple(SHAPES), f"{where}.nilai"),
        wajib=bool(said.get("wajib", False)),
        berulang=None if berulang is None else _one_of(berulang, BERULANG, f"{where}.berulang"),
        tahun=None if tahun is None else _one_of(tahun, TAHUN, f"{where}.tahun"),
        isi_ke_bawah=bool(said.get("isi_ke_bawah", False)),
        sebagai=said.get("sebagai"),
    )


def _rows(own: Mapping[str, Any], shared: Mapping[str, Any], where: str) -> RowWords:
    _known(own, _ROW_KEYS, f"{where}.baris")
    return RowWords(
        **{key: _words(own.get(key, shared.get(key)), f"{where}.baris.{key}") for key in _ROW_KEYS}
    )
