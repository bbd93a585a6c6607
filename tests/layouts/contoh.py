"""What a layout of the set is: a small file of our own making, and what must be found in it.

The layouts stand in ``*.yaml`` beside this file. A row of ``baris`` is a line, ``|`` stands between cells;
what looks like a number is a numeric cell, ``'`` before it makes it text, ``\\n`` breaks a line inside a
cell, ``~`` is a blank row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
_NUMBER = re.compile(r"-?\d[\d_]*(\.\d+)?")


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``gabung`` are ranges in A1 form, hidden rows and columns as a person names them."""

    rows: Sequence[Sequence[Any]]
    nama: str = "Sheet1"
    gabung: Sequence[str] = ()
    tersembunyi: bool = False
    baris_tersembunyi: Sequence[int] = ()
    kolom_tersembunyi: Sequence[str] = ()


@dataclass(frozen=True)
class Expected:
    """One table: its form, field -> column letter, physical rows by class, unit and period.

    ``unit`` and ``periode`` are '' where they cannot be told, None where the form does not ask.
    """

    tabel: str
    kolom: Mapping[str, str]
    data: Sequence[int]
    total: Sequence[int] = ()
    subtotal: Sequence[int] = ()
    unit: str | None = None
    periode: str | None = None
    lembar: str = "Sheet1"

    @property
    def classes(self) -> dict[int, str]:
        """Physical row -> class."""
        return {r: n for n in ("data", "total", "subtotal") for r in getattr(self, n)}


@dataclass(frozen=True)
class Refused:
    """A sheet that is none of ours: the nearest form, and headers that are missing, doubtful or new."""

    terdekat: str | None = None
    sebab: Sequence[str] = ()
    baru: Sequence[str] = ()
    lembar: str = "Sheet1"


@dataclass(frozen=True)
class Layout:
    """One file of the set; ``temuan`` are rules that must be told of it."""

    nama: str
    kekacauan: str
    berkas: str
    lembar: Sequence[Sheet]
    tabel: Sequence[Expected] = ()
    bukan: Sequence[Refused] = ()
    format: str = "xlsx"
    temuan: Sequence[str] = ()


def layouts(*names: str) -> list[Layout]:
    """The layouts of the files named, or of all: held-out ones first, then by file."""
    files = [FOLDER / f"{n}.yaml" for n in names] or sorted(
        FOLDER.glob("*.yaml"), key=lambda p: (not p.stem.startswith("tertahan"), p.stem == "bukan", p.stem)
    )
    return [
        _layout(path.stem, said)
        for path in files
        for said in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _layout(berkas: str, said: dict[str, Any]) -> Layout:
    sheets = [_sheet(**s) for s in said.pop("lembar")]
    first = sheets[0].nama
    tables = [_expected(first, **t) for t in said.pop("tabel", ())]
    refused = [replace(Refused(lembar=first), **n) for n in said.pop("bukan", ())]
    return Layout(berkas=berkas, lembar=sheets, tabel=tables, bukan=refused, **said)


def _sheet(baris: str, gabung: str = "", kolom_tersembunyi: str = "", **rest: Any) -> Sheet:
    rows = [[_value(c.strip()) for c in line.split("|")] for line in baris.rstrip("\n").split("\n")]
    return Sheet(rows, gabung=gabung.split(), kolom_tersembunyi=kolom_tersembunyi.split(), **rest)


def _value(text: str) -> Any:
    if text in ("", "~"):
        return None
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.removeprefix("'").replace("\\n", "\n")


def _expected(first: str, data: str = "", total: str = "", subtotal: str = "", **rest: Any) -> Expected:
    rows = {"data": _rows(data), "total": _rows(total), "subtotal": _rows(subtotal)}
    return Expected(**{"lembar": first, **rows, **rest})


def _rows(said: str) -> list[int]:
    """``"5-7 9"`` as row numbers."""
    found: list[int] = []
    for part in said.split():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found
