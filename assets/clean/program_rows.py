"""Rows of the programme tree: programme, kegiatan, sub kegiatan or printed total, by code or official name.

Used by every table that is printed along the tree (budget, realisation, outputs, the agreement's pages).
What does not belong here: amounts, and the nomenclature itself (``warehouse/programs.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assets.clean.sift import Refused, Row
from warehouse.programs import find_program
from warehouse.values.codes import induk_program, kode_program, slug, tingkat_program
from warehouse.values.numbers import Unreadable

LEVELS = ("program", "kegiatan", "sub_kegiatan")
TOTAL = "TOTAL"
_TOTAL_WORDS = re.compile(
    r"(sub\s*)?(jumlah|total|grand total)(\s+(total|seluruh\w*|keseluruhan|anggaran|belanja|pagu|umum))*",
    re.I,
)
_SUBTOTAL = re.compile(r"(sub\s*)?(jumlah|total)\s+(?=\S)", re.I)
_MEAN = re.compile(r"rata\s*-?\s*rata\b", re.I)
_OFFICE = re.compile(r"kecamatan(\s+\w+){0,3}", re.I)
_LEVEL_WORD = re.compile(r"(?P<sub>sub)?\s*(?P<word>program|kegiatan)\b\s*[:.-]*\s*(?=\S)", re.I)
_NOTHING = re.compile(r"[-–—.,\s]*")


@dataclass(frozen=True)
class Node:
    """One place in the tree; ``tingkat`` is one of ``LEVELS`` or ``total``."""

    kode: str
    tingkat: str
    uraian: str
    kode_induk: str | None
    kode_tercetak: str | None = None


@dataclass
class ProgramTree:
    """Reads the tree row by row; remembers the current programme and kegiatan of each table.

    ``silent``: sources whose unknown names another cleaner tells already.
    """

    silent: frozenset[str] = frozenset()
    _paths: dict[tuple[str, str, int], dict[str, Node]] = field(default_factory=dict)
    _last: tuple[str, str, int] | None = None

    def node(self, row: Row) -> Node | None:
        """The place of one row; None for what is none: a heading above programmes, a line of means.

        Raises:
            Refused: if the row has neither a code nor a name.
        """
        path = self._path(row.sheet)
        labels = _labels(row)
        code = self._code(row)
        name = next((labels[k] for k in (*reversed(LEVELS), "uraian") if k in labels), None)
        if code is None and _is_total(row, name):
            return Node(TOTAL, "total", name or "JUMLAH", None)
        if (code and tingkat_program(code) not in LEVELS) or (name and _MEAN.match(name)):
            return None
        if name is None and code is None:
            raise Refused("wajib_kosong", "baris tidak memuat kode maupun nama program", row.lead())
        made = self._coded(row, code, name) if code else self._named(row, path, labels)
        _enter(path, made)
        return made

    def _path(self, sheet: tuple[str, str, int]) -> dict[str, Node]:
        """Where a table stands in the tree; the first table of a page goes on from the page before."""
        if sheet not in self._paths:
            before = self._last
            goes_on = (
                before is not None and before[0] == sheet[0] and _next_page(before[1], sheet) == sheet[1]
            )
            self._paths[sheet] = dict(self._paths[before]) if before is not None and goes_on else {}
        self._last = sheet
        return self._paths[sheet]

    def _code(self, row: Row) -> str | None:
        if row.source not in self.silent:
            return row.code("kode", kode_program)
        try:
            return kode_program(row.printed("kode"), row.kind("kode"))
        except Unreadable:
            return None

    def _coded(self, row: Row, code: str, name: str | None) -> Node:
        printed = row.printed("kode")
        parent = induk_program(code) if tingkat_program(code) != "program" else TOTAL
        return Node(
            code, tingkat_program(code), name or printed, parent, printed if printed != code else None
        )

    def _named(self, row: Row, path: dict[str, Node], labels: dict[str, str]) -> Node:
        if "uraian" in labels and not any(k in labels for k in LEVELS):
            return self._from_words(row, path, labels["uraian"])
        made = None
        for level in LEVELS:
            if level in labels:
                deepest = level == max((k for k in labels if k in LEVELS), key=LEVELS.index)
                made = self._child(row, path, level, labels[level], tell=deepest)
                _enter(path, made)
        if made is None:
            raise Refused("wajib_kosong", "baris tidak memuat kode maupun nama program", row.lead())
        return made

    def _from_words(self, row: Row, path: dict[str, Node], name: str) -> Node:
        """A single column of names: the level is told by a word, by the nomenclature, or by the place."""
        level, bare = _said_level(name)
        if level is not None:
            return self._child(row, path, level, bare)
        for guess in LEVELS:
            kode = _known(path, guess, name)
            if kode is not None:
                return Node(kode, guess, name, _above(kode))
        beneath = next((LEVELS[LEVELS.index(k) + 1] for k in ("kegiatan", "program") if k in path), "program")
        return self._child(row, path, beneath, name)

    def _child(self, row: Row, path: dict[str, Node], level: str, name: str, *, tell: bool = True) -> Node:
        kode = _known(path, level, name)
        if kode is None and level == "program":
            kode = find_program(name)  # a column "Program / Sub Kegiatan" names any level
        if kode is not None:
            return Node(kode, tingkat_program(kode), name, _above(kode))
        if tell and row.source not in self.silent:
            field_name = level if row.printed(level) else "uraian"
            row.note("program_tidak_dikenal", field_name, whole_file=True, nama=name)
        return Node(f"nama:{slug(name)}", level, name, _parent(path, level))


def _next_page(lembar: str, sheet: tuple[str, str, int]) -> str | None:
    """Name of the page after ``lembar``, where ``sheet`` is the first table of a page."""
    number = lembar.removeprefix("hal. ")
    return f"hal. {int(number) + 1}" if sheet[2] == 1 and lembar != number and number.isdigit() else None


def _labels(row: Row) -> dict[str, str]:
    """Names by level; a name carried down past a new parent is not this row's."""
    found = {}
    fresh = False
    for level in LEVELS:
        said = row.printed(level)
        if fresh and row.filled_down(level):
            continue
        if said and not _NOTHING.fullmatch(said):
            found[level] = said
            fresh = fresh or not row.filled_down(level)
    said = row.printed("uraian")
    if said and not _NOTHING.fullmatch(said):
        found["uraian"] = said
    return found


def _is_total(row: Row, name: str | None) -> bool:
    if name is None:
        return row.jenis_baris == "total"
    return bool(_TOTAL_WORDS.fullmatch(name) or _OFFICE.fullmatch(name))


def _said_level(name: str) -> tuple[str | None, str]:
    """Level and name of ``Sub Kegiatan: ...`` or of a subtotal ``Jumlah Program ...``."""
    name = _SUBTOTAL.sub("", name, count=1)
    word = _LEVEL_WORD.match(name)
    # "Kegiatan Pemberdayaan Kelurahan" is an official name, "Program ..." always a level.
    if word is None or (word["word"].casefold() == "kegiatan" and not word["sub"] and ":" not in word[0]):
        return None, name
    if word["word"].casefold() == "program":
        return "program", name
    return ("sub_kegiatan" if word["sub"] else "kegiatan"), name[word.end() :]


def _known(path: dict[str, Node], level: str, name: str) -> str | None:
    """Official code of a name at one level, sought within the known parent."""
    parent = None if level == "program" else _parent(path, level)
    if parent is not None and parent.startswith("nama:"):
        parent = None
    kode = find_program(name, parent)
    return kode if kode is not None and tingkat_program(kode) == level else None


def _above(kode: str) -> str | None:
    return TOTAL if tingkat_program(kode) == "program" else induk_program(kode)


def _parent(path: dict[str, Node], level: str) -> str | None:
    if level == "program":
        return TOTAL
    above = path.get(LEVELS[LEVELS.index(level) - 1])
    return above.kode if above else None


def _enter(path: dict[str, Node], node: Node) -> None:
    """Make a node the current one of its level; what was below it is no longer current."""
    if node.tingkat not in LEVELS:
        return
    if path.get(node.tingkat) == node:
        return
    for deeper in LEVELS[LEVELS.index(node.tingkat) :]:
        path.pop(deeper, None)
    path[node.tingkat] = node
