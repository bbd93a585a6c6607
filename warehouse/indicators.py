"""The catalogue of indicators: which code a printed indicator name is (contract 1.3).

The same code means the same definition in every unit and year; a changed definition is another code
linked by ``menggantikan``. What does not belong here: how an indicator is computed (formulas), and the
finding about a name that the catalogue does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml

from warehouse.values.codes import nama_baku, slug

PATH = Path(__file__).parent / "indikator.yaml"

Cara = Literal["kunci_rumus", "alias", "manual"]
_MANUAL = "manual:"
_UNIT_BEHIND = re.compile(
    r"\s*\(\s*(?:%|persen|nilai|indeks|rasio|desa|skor|angka|poin)\s*\)\s*$", re.IGNORECASE
)


class CatalogueBroken(ValueError):
    """The catalogue contradicts itself: a fault of whoever edited it, never of a received file."""


@dataclass(frozen=True)
class Variabel:
    """What an indicator is made from, and the sources (folders of ``raw/``) that bring it."""

    nama: str
    sumber: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """One indicator by its definition.

    ``rumus`` is the id of the formula that computes it, None where no file of the unit can;
    ``metode`` says what must be the same for two values to be comparable; ``konsep``, ``ukuran``,
    ``komposit`` and ``variabel`` are what statistical metadata asks beyond that (MS-Ind).
    """

    kode: str
    nama: str
    definisi: str
    satuan: str | None
    arah: str | None
    rumus: str | None
    metode: str
    aturan_tahunan: str
    tingkat: tuple[str, ...]
    alias: tuple[str, ...]
    pola: tuple[str, ...]
    menggantikan: tuple[str, ...]
    dasar_hukum: str
    interpretasi: str
    konsep: str
    ukuran: str | None
    komposit: bool
    variabel: tuple[Variabel, ...]

    @property
    def manual(self) -> bool:
        """Whether it is unknown to the catalogue, made from a printed name."""
        return self.kode.startswith(_MANUAL)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its name and aliases in the normalised form."""
        return frozenset(nama_baku(name) for name in (self.nama, *self.alias))

    def is_named(self, baku: str) -> bool:
        """Whether a normalised name is one of its names or fits one of its patterns."""
        return baku in self.names or any(re.fullmatch(p, baku) for p in self.pola)


@dataclass(frozen=True)
class Catalogue:
    """All indicators by code, in the order of the file."""

    indicators: Mapping[str, Indicator]

    @classmethod
    def load(cls, path: Path = PATH) -> Catalogue:
        """The catalogue of the product, or of a home that overrides it.

        Raises:
            CatalogueBroken: a missing or unknown field, an unknown direction or predecessor, or two
                indicators of one level that claim the same name.
        """
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        made = cls({kode: _indicator(kode, facts) for kode, facts in said.items()})
        made._check()
        return made

    def get(self, kode: str) -> Indicator | None:
        """The indicator of that code; a ``manual:`` code gives its indicator again; None if unknown."""
        if kode.startswith(_MANUAL):
            return _manual(kode, kode.removeprefix(_MANUAL))
        return self.indicators.get(kode)

    def match(
        self, nama: str, kunci: str | None = None, tingkat: str | None = None
    ) -> tuple[Indicator, Cara] | None:
        """The indicator that a document means, and how it was recognised.

        Args:
            nama: The printed name, with or without its unit in parentheses.
            kunci: The document's own formula key; if given it decides, and an unknown one matches nothing.
            tingkat: ``tujuan`` or ``sasaran``: where two indicators share a printed name, the level
                decides; without it the sasaran's is meant. A name that only one indicator has
                ("... di Kecamatan") is that one at every level.

        Returns:
            The indicator with ``kunci_rumus`` or ``alias``; None if the catalogue does not know it.
        """
        if kunci and kunci.strip():
            known = self.indicators.get(kunci.strip())
            return (known, "kunci_rumus") if known else None
        baku = nama_baku(_UNIT_BEHIND.sub("", nama))
        found = [i for i in self.indicators.values() if i.is_named(baku)]
        if len(found) > 1:
            level = (tingkat or "sasaran").strip().casefold()
            found = [i for i in found if level in i.tingkat]
        return (found[0], "alias") if len(found) == 1 else None

    def manual(self, nama: str) -> Indicator:
        """An indicator that the catalogue does not know, under ``manual:<slug of its name>``."""
        printed = " ".join(_UNIT_BEHIND.sub("", nama).split())
        return _manual(_MANUAL + slug(printed), printed)

    def penerus(self, kode: str) -> tuple[str, ...]:
        """The codes that replaced this one."""
        return tuple(i.kode for i in self.indicators.values() if kode in i.menggantikan)

    def _check(self) -> None:
        seen: dict[tuple[str, str], str] = {}
        for indicator in self.indicators.values():
            for old in indicator.menggantikan:
                if old not in self.indicators:
                    raise CatalogueBroken(f"{indicator.kode} replaces {old!r}, which is not in the catalogue")
            for level in indicator.tingkat:
                for name in indicator.names:
                    if (other := seen.setdefault((level, name), indicator.kode)) != indicator.kode:
                        raise CatalogueBroken(
                            f"{indicator.kode} and {other} share the name {name!r} at {level}"
                        )


def _indicator(kode: str, facts: Mapping[str, object]) -> Indicator:
    expected = {f.name for f in fields(Indicator)} - {"kode"}
    if set(facts) != expected:
        raise CatalogueBroken(f"{kode}: fields {sorted(set(facts) ^ expected)} are missing or unknown")
    if facts["arah"] not in ("naik", "turun"):
        raise CatalogueBroken(f"{kode}: arah is {facts['arah']!r}, expected naik or turun")
    said = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    if not isinstance(parts := facts["variabel"], Mapping):
        raise CatalogueBroken(f"{kode}: variabel is {parts!r}, expected name: [sources]")
    said["variabel"] = tuple(Variabel(nama, tuple(sources)) for nama, sources in parts.items())
    return Indicator(kode=kode, **said)  # type: ignore[arg-type]


def _manual(kode: str, nama: str) -> Indicator:
    return Indicator(
        kode=kode,
        nama=nama,
        definisi="Menurut dokumen unit; tidak ada dalam katalog.",
        satuan=None,
        arah=None,
        rumus=None,
        metode=f"menurut dokumen unit ({kode})",
        aturan_tahunan="menurut dokumen unit",
        tingkat=(),
        alias=(),
        pola=(),
        menggantikan=(),
        dasar_hukum="Dokumen unit (Perjanjian Kinerja, Renstra)",
        interpretasi="Tidak ada dalam katalog; angkanya diisi tangan.",
        konsep="Menurut dokumen unit",
        ukuran=None,
        komposit=False,
        variabel=(),
    )
