"""The small language in which vocabularies name headers and rows: words, not regular expressions.

``kode [rekening]`` optional words, ``(desa|kelurahan)`` alternatives, ``*`` any words, ``{tahun}``,
``{triwulan}``, ``{semester}``, ``{periode}`` a period; ``/.../`` is a regular expression for the rare rest.
Texts are compared in normalised form (``normal``). What does not belong here: what the words mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MONEY = re.compile(r"\((?:dalam )?(?:rp\.?|rupiah|ribu(?:an)? rupiah)\)|\brp\b\.?")
_RANGE = re.compile(r"(?<=\d)\s*[-\u2010-\u2015]\s*(?=[<\d])")
_OTHER = re.compile(r"[^a-z0-9/<>=]+")
_SLASH = re.compile(r"\s*/\s*")
_WRAPPED = re.compile(r"(?<=[a-z])-[ \n]+(?=[a-z])")
# "J U M L A H": a word printed with spaces between its letters.
_SPACED = re.compile(r"(?<!\S)[a-z](?: [a-z]){4,}(?!\S)")
# "Persentase (%)" says it twice.
_TWICE = re.compile(r"\b((?:per|pro|pre)sentase|percentage)(?: persen)+\b")
_FOOTNOTE = re.compile(r"(?<=[a-z0-9)])\*+\)?")


@lru_cache(maxsize=200_000)
def normal(text: str) -> str:
    r"""The text as vocabularies compare it: lower case, plain letters, one space, no punctuation.

    A currency mark is dropped, ``%`` becomes ``persen``, a slash stands alone, a range is ``..``, and a word
    broken at the end of a line is whole again.

    >>> normal("KODE\nREKENING"), normal("Anggaran (Rp)"), normal("55 - < 70"), normal("Kab./Kec.")
    ('kode rekening', 'anggaran', '55..<70', 'kab / kec')
    >>> normal("J U M L A H")
    'jumlah'
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2265", ">=").replace("\u2264", "<=")
    plain = _WRAPPED.sub("", _MONEY.sub(" ", _FOOTNOTE.sub("", plain))).replace("%", " persen ")
    plain = _RANGE.sub("..", re.sub(r"([<>=])\s+(?=\d)", r"\1", plain))
    plain = re.sub(r"\s*\.\.\s*", "\ue000", plain)
    plain = _OTHER.sub(" ", plain.replace("\ue000", "qdotsq")).replace("qdotsq", "..")
    tidy = " ".join(_SLASH.sub(" / ", plain).split()).strip("/ ")
    return _SPACED.sub(lambda m: m.group().replace(" ", ""), _TWICE.sub(r"\1", tidy))


_TAHUN = r"(?: tahun| ta| thn)? (?P<t{n}>(?:19|20)\d\d)"
_TW = r"(?: (?:tw|tr|triwulan|tri wulan|triw|kuartal|q|k)(?: ke)? ?(?P<q{n}>iv|i{{1,3}}|[1-4]))"
_SM = r"(?: (?:semester|smt|smstr|sem|s)(?: ke)? ?(?P<s{n}>ii?|[12]))"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Pattern:
    """One wording: the expression, and the literal words of which a text must hold at least one."""

    spec: str
    expression: re.Pattern[str]
    anchors: frozenset[str]

    def key(self, text: str) -> str | None:
        """The period in a matching text (``2025``, ``2025-TW1``, ``TW1``), '' without one; else None."""
        found = self.expression.search(" " + text)
        return None if found is None else _period_key(found.groupdict())


def _period_key(groups: dict[str, str | None]) -> str:
    year, part = "", ""
    for name, value in groups.items():
        if not value:
            continue
        if name[0] == "t":
            year = value
        else:
            part = ("TW" if name[0] == "q" else "S") + str(_ROMAN.get(value) or value)
    return "-".join(x for x in (year, part) if x)


_TOKEN = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\{[a-z]+\}|\*|/|[^\s\[\](){}*/]+")


class WordsUnclear(ValueError):
    """A wording in a vocabulary cannot be read: a fault of the vocabulary file."""


@lru_cache(maxsize=20_000)
def pattern(spec: str) -> Pattern:
    """Compile one wording.

    Raises:
        WordsUnclear: unknown placeholder, empty wording, or a broken regular expression.
    """
    if len(spec) > 2 and spec.startswith("/") and spec.endswith("/"):
        return Pattern(spec, _expression(spec, spec[1:-1]), frozenset())
    counter = _Counter()
    body, anchors = _sequence(spec, spec, counter)
    if not body:
        raise WordsUnclear(f"empty wording {spec!r}")
    return Pattern(spec, _expression(spec, f"^{body}$"), anchors)


class _Counter:
    def __init__(self) -> None:
        self.n = 0

    def next(self) -> int:
        self.n += 1
        return self.n


def _expression(spec: str, source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as wrong:
        raise WordsUnclear(f"wording {spec!r} cannot be read: {wrong}") from wrong


def _sequence(spec: str, part: str, counter: _Counter) -> tuple[str, frozenset[str]]:
    """Expression of a row of tokens, each with its leading space, and the words of the first literal one."""
    out, anchors = "", frozenset[str]()
    for token in _TOKEN.findall(part):
        if token.startswith("["):
            inner, _ = _alternatives(spec, token[1:-1], counter)
            out += f"(?:{inner})?"
        elif token.startswith("("):
            inner, words = _alternatives(spec, token[1:-1], counter)
            out += f"(?:{inner})"
            anchors = anchors or words
        elif token.startswith("{"):
            out += _placeholder(spec, token[1:-1], counter)
        elif token == "*":
            out += r"(?: \S+)*"
        else:
            for word in normal(token).split() or ["/"] * ("/" in token):
                out += " " + re.escape(word)
                anchors = anchors or frozenset({word} - {"/"})
    return out, anchors


def _alternatives(spec: str, inside: str, counter: _Counter) -> tuple[str, frozenset[str]]:
    made = [_sequence(spec, one, counter) for one in inside.split("|")]
    words = frozenset[str]().union(*(w for _, w in made)) if all(w for _, w in made) else frozenset[str]()
    return "|".join(body for body, _ in made), words


def _placeholder(spec: str, name: str, counter: _Counter) -> str:
    n = counter.next()
    year = _TAHUN.format(n=n)
    quarter, half = _TW.format(n=n), _SM.format(n=n)
    known = {
        "tahun": year,
        "triwulan": quarter,
        "semester": half,
        "periode": f"(?:(?:{quarter}|{half})(?:{_TAHUN.format(n=f'{n}a')})?|{year}"
        f"(?:{_TW.format(n=f'{n}b')}|{_SM.format(n=f'{n}b')})?)",
    }
    if name not in known:
        raise WordsUnclear(f"wording {spec!r}: unknown placeholder {{{name}}}; known: {', '.join(known)}")
    return known[name]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The words of a text; the same text is compared with the lists of many forms."""
    return frozenset(text.split())


class WordList:
    """Several wordings, found fast: a text is compared only with those that share a literal word with it."""

    def __init__(self, specs: Iterable[str]) -> None:
        self.patterns = tuple(pattern(s) for s in specs)
        self._always = frozenset(i for i, p in enumerate(self.patterns) if not p.anchors)
        self._by_word: dict[str, set[int]] = {}
        for i, one in enumerate(self.patterns):
            for word in one.anchors:
                self._by_word.setdefault(word, set()).add(i)

    def candidates(self, text: str) -> Iterable[Pattern]:
        """Wordings that may match a normalised text, in the order of the list."""
        shared = self._by_word.keys() & _words(text)
        if not shared and not self._always:
            return ()
        found = self._always.union(*(self._by_word[word] for word in shared))
        return (self.patterns[i] for i in sorted(found))

    def matches(self, text: str) -> bool:
        """Whether any wording matches the normalised text."""
        return any(p.key(text) is not None for p in self.candidates(text))
