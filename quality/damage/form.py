"""What each extract table's fields hold and how they are bound: ``tabel.yaml``, read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from warehouse.values.numbers import Kind

WHERE = Path(__file__).with_name("tabel.yaml")
_KINDS: Mapping[str, Kind] = {"uang": "money", "cacah": "count", "persen": "percent"}


class FormInvalid(ValueError):
    """``tabel.yaml`` says something this module does not know."""


@dataclass(frozen=True)
class Form:
    """One extract table. Field names are those of the table without the period of a repeated column."""

    nama: str
    teks: tuple[str, ...] = ()
    uang: tuple[str, ...] = ()
    cacah: tuple[str, ...] = ()
    persen: tuple[str, ...] = ()
    rasio: tuple[str, ...] = ()
    jawaban: tuple[str, ...] = ()
    skor: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    kode: Mapping[str, str] = field(default_factory=dict)
    bagi: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pohon: str | None = None
    daftar: bool = False
    isian: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    bentuk: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _numbers(self) -> Mapping[str, Kind]:
        found = {n: kind for part, kind in _KINDS.items() for n in getattr(self, part)}
        return {**found, **dict.fromkeys(self.skor, "score")}

    def number(self, name: str) -> Kind | None:
        """The kind of number a field holds; None where it holds none, or targets in any unit."""
        return self._numbers.get(_bare(name))

    def holds(self, part: Sequence[str] | Mapping[str, Any], name: str) -> bool:
        """Whether a field (``target@2025``) is of that part (``rasio`` with ``target@``)."""
        return _bare(name) in part

    def scale(self, name: str) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest value of a score."""
        return self.skor.get(_bare(name))

    def named(self) -> frozenset[str]:
        """Every field named, without ``@``."""
        bound = [n for parts in (*self.bagi.values(), *self.rata.values()) for n in parts]
        coded = [kode for kode, _ in self.isian.values()]
        plain = (
            *self.teks,
            *self._numbers,
            *self.rasio,
            *self.jawaban,
            *self.kode,
            *self.isian,
            *self.bentuk,
        )
        return frozenset(
            n.rstrip("@") for n in (*plain, *bound, *coded, *((self.pohon,) if self.pohon else ()))
        )


def _bare(name: str) -> str:
    """``target@2025`` -> ``target@``."""
    base, at, _ = name.partition("@")
    return base + at


@cache
def forms(where: Path = WHERE) -> Mapping[str, Form]:
    """All forms by the name of their extract table.

    Raises:
        FormInvalid: an unknown key.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    said = yaml.load(where.read_text(encoding="utf-8"), Loader=loader)
    return {name: _form(name, each) for name, each in said.items()}


def _form(name: str, said: Mapping[str, Any]) -> Form:
    known = set(Form.__dataclass_fields__) - {"nama"}
    if unknown := said.keys() - known:
        raise FormInvalid(f"{WHERE.name}: {name}: {sorted(unknown)} unknown; known {sorted(known)}")
    rest: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    rest["skor"] = {n: (Decimal(a), Decimal(b)) for n, (a, b) in said.get("skor", {}).items()}
    for key in ("bagi", "rata", "isian"):
        rest[key] = {n: tuple(v) for n, v in said.get(key, {}).items()}
    return Form(nama=name, **rest)
