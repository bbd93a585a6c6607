"""How like a printed header is to the words of a vocabulary: for proposals, never to read by.

What does not belong here: recognising (``recognise.py``), which takes only what a vocabulary says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import product

from assets.readers.vocabulary import Field, VocabularyInvalid, read_yaml

# Words that say little: alike in these alone two headers are not alike.
_WEAK = frozenset(
    """nama nilai jumlah total data tahun ini yang di ke dan dari untuk dengan atau per no nomor jenis uraian
    rp persen s d a b keterangan hasil""".split()
)
_PERIOD = re.compile(r"\b(?:(?:19|20)\d\d|tahun|ta|thn|triwulan|tw|semester|i{1,3}|iv)\b")
_GROUP = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\{[a-z]+\}|\*|[^\s\[\](){}*]+")
# Spellings made of one wording, and how like two words must be to count as one.
_MOST, _SAME_WORD, _WEAK_COUNTS = 24, 0.8, 0.35
# Words that mean about the same count as much, and stand in this file.
_SAME_MEANING, _MEANINGS = 0.8, "searti.yaml"


@lru_cache(maxsize=4096)
def spellings(wording: str) -> tuple[str, ...]:
    """Texts that a wording stands for: with and without what may be left out, the first few.

    >>> spellings("[nama] (desa|kelurahan) *")
    ('nama desa', 'nama kelurahan', 'desa', 'kelurahan')
    """
    if wording.startswith("/"):
        return ()
    choices: list[tuple[str, ...]] = []
    for token in _GROUP.findall(wording):
        inside = tuple(t.strip() for t in token[1:-1].split("|"))
        if token.startswith("["):
            choices.append((*inside, ""))
        elif token.startswith("("):
            choices.append(inside)
        elif not token.startswith("{") and token != "*":
            choices.append((token,))
    made: dict[str, None] = {}
    for one in product(*choices):
        text = " ".join(" ".join(w for w in one if w and "{" not in w).split())
        if text:
            made[text] = None
        if len(made) >= _MOST:
            break
    return tuple(made)


def nearest(text: str, field: Field) -> tuple[float, str]:
    """The likeness (0 to 1) of a normalised header to the nearest wording of a field, and that wording."""
    bare = bare_of(text)
    told = [field.nama.replace("_", " "), *(s for p in field.kepala.patterns for s in spellings(p.spec))]
    return max(((likeness(bare, t), t) for t in told), default=(0.0, ""))


def bare_of(text: str) -> str:
    """A header without the year or quarter it names."""
    return " ".join(_PERIOD.sub(" ", text).split())


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> float:
    """How alike two texts are: the share of words they have in common, slips of the pen allowed for.

    >>> likeness("besaran dana hibah", "besaran hibah") > likeness("besaran dana hibah", "penerima hibah") > 0
    True
    """
    mine, theirs = one.split(), other.split()
    whole = sum(map(_weight, mine)) + sum(map(_weight, theirs))
    if not whole:
        return 0.0
    shared = sum(_weight(w) * max((_word(w, v) for v in theirs), default=0.0) for w in mine)
    back = sum(_weight(v) * max((_word(w, v) for w in mine), default=0.0) for v in theirs)
    return (shared + back) / whole


def _weight(word: str) -> float:
    return _WEAK_COUNTS if word in _WEAK else 1.0


@lru_cache(maxsize=100_000)
def _word(one: str, other: str) -> float:
    """How alike two words are: 1 for the same, 0 below the likeness of a misspelling or an inflection."""
    if one == other:
        return 1.0
    if _meaning().get(one, one) == _meaning().get(other, other):
        return _SAME_MEANING
    if min(len(one), len(other)) < 4:
        return 0.0
    if one in other or other in one:
        return min(len(one), len(other)) / max(len(one), len(other))
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= _SAME_WORD else 0.0


@cache
def _meaning() -> dict[str, str]:
    """Each word with the first of those that mean about the same."""
    said = read_yaml(_MEANINGS)
    if not isinstance(said, list) or not all(isinstance(group, list) for group in said):
        raise VocabularyInvalid(f"{_MEANINGS}: seharusnya daftar dari daftar kata")
    return {str(word): str(group[0]) for group in reversed(said) for word in group}


def words(texts: Iterable[str]) -> set[str]:
    """The words of some texts that say something."""
    return {w for t in texts for w in t.split() if w not in _WEAK and len(w) > 2}
