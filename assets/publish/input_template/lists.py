"""The lists behind the drop-downs: villages of the unit, indicators, national programmes and accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assets.readers.templat import Ask, Plan
from warehouse import programs
from warehouse.indicators import Catalogue
from warehouse.regions import Region, Regions

SHEET = "Daftar"
# A list written into the cell's own check may be no longer.
_INLINE = 250
_YEARS_BACK, _YEARS_AHEAD = 6, 1


@dataclass(frozen=True)
class Known:
    """What the lists are made from; ``unit`` and ``tahun`` may be unknown."""

    regions: Regions
    catalogue: Catalogue
    unit: Region | None = None
    tahun: int | None = None

    @property
    def villages(self) -> list[Region]:
        """The desa of the unit, without its kelurahan."""
        return [r for r in self.all_villages if r.jenis == "desa"]

    @property
    def all_villages(self) -> list[Region]:
        """The desa and kelurahan of the unit."""
        return self.regions.desa_of(self.unit.kode) if self.unit else []


# Name of a list -> its words.
_MAKERS: Mapping[str, Callable[[Known], list[str]]] = {
    "desa": lambda k: [v.nama for v in k.villages],
    "kecamatan": lambda k: [d.nama for d in k.regions.kecamatan_of(k.unit.induk)] if k.unit else [],
    "indikator": lambda k: [i.nama for i in k.catalogue.indicators.values()],
    "kunci_rumus": lambda k: list(k.catalogue.indicators),
    "program": lambda k: list(dict.fromkeys(programs.nomenclature("program").values())),
    "kode_program": lambda k: list(programs.nomenclature("program")),
    "kode_rekening": lambda k: list(programs.nomenclature("rekening")),
    "tahun": lambda k: (
        [str(y) for y in range(k.tahun - _YEARS_BACK, k.tahun + _YEARS_AHEAD + 1)] if k.tahun else []
    ),
}
# Lists that are told beside another, line by line, so that a code is found by its name.
_BESIDE: Mapping[str, tuple[str, Callable[[], Sequence[str]]]] = {
    "kode_program": ("Nama menurut kode", lambda: list(programs.nomenclature("program").values())),
    "kode_rekening": ("Nama menurut kode", lambda: list(programs.nomenclature("rekening").values())),
    "kunci_rumus": (
        "Indikator menurut kunci",
        lambda: [i.nama for i in Catalogue.load().indicators.values()],
    ),
}
_TITLES = {
    "desa": "Pilihan: nama desa",
    "kecamatan": "Pilihan: kecamatan sekabupaten",
    "indikator": "Pilihan: nama indikator",
    "kunci_rumus": "Pilihan: kunci rumus",
    "program": "Pilihan: nama program dan kegiatan",
    "kode_program": "Pilihan: kode program dan kegiatan",
    "kode_rekening": "Pilihan: kode rekening",
}


@dataclass(frozen=True)
class Lists:
    """The columns of the sheet ``Daftar`` and where each list stands on it.

    ``columns`` are (title, words); ``sources`` maps the name of a list to the formula that drop-downs use.
    """

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    sources: Mapping[str, str]

    @property
    def rows(self) -> list[list[str]]:
        """The sheet, row by row, '' where a list has ended."""
        height = max((len(words) for _, words in self.columns), default=0)
        made = [[title for title, _ in self.columns]]
        made += [[words[i] if i < len(words) else "" for _, words in self.columns] for i in range(height)]
        return made if self.columns else []

    def source(self, ask: Ask) -> str | None:
        """What a drop-down of this column lists; None where it has none."""
        if ask.daftar:
            return self.sources.get(ask.daftar)
        return inline(ask.kata) if ask.kata else None


def inline(words: Sequence[str]) -> str | None:
    """A short list as the check of a cell holds it; None if it does not fit there."""
    joined = ",".join(words)
    return f'"{joined}"' if len(joined) <= _INLINE and not any("," in w or '"' in w for w in words) else None


def lists(plan: Plan, known: Known) -> Lists:
    """The lists that the columns of a plan name, those without words left out."""
    wanted = dict.fromkeys(a.daftar for s in plan.sheets for a in s.asks if a.daftar)
    columns: list[tuple[str, tuple[str, ...]]] = []
    sources: dict[str, str] = {}
    for name in wanted:
        words = _MAKERS[name](known)
        short = inline(words) if name == "tahun" else None
        if not words or short:
            sources |= {name: short} if short else {}
            continue
        letter = _letter(len(columns))
        sources[name] = f"{SHEET}!${letter}$2:${letter}${len(words) + 1}"
        columns.append((_TITLES[name], tuple(words)))
        if name in _BESIDE:
            title, beside = _BESIDE[name]
            columns.append((title, tuple(beside())))
    return Lists(tuple(columns), sources)


def _letter(index: int) -> str:
    return chr(ord("A") + index)
