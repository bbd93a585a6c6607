"""The choices that the law leaves to a unit, and the few facts about a unit that its files need not hold.

A configuration is a mapping, as YAML gives it (contract 1.1)::

    kode_unit: "630103"
    nama: Kecamatan Pelaihari
    kabupaten: Kabupaten Tanah Laut
    zona_waktu: Asia/Makassar
    tahun_akhir_renstra: 2030
    pilihan:                      # any choice of warehouse/formulas/bawaan.yaml
      skm_bobot: "0.111"
    pautan:                       # programmes that serve an indicator, where the PK sheet has none
      - {kode: 7.01.06, kode_indikator: persen_desa_mandiri, porsi: 100, tahun: 2025}
    laporan: {susunan: per_sasaran, gaya: baku}    # how the unit's report looks; changes no figure

Kecamatan inherits kabupaten inherits the defaults. What does not belong here: reading the files,
and what a choice does (that is a formula).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from warehouse.trail import Choice
from warehouse.values.codes import kode_program
from warehouse.values.numbers import Unreadable

DEFAULTS = Path(__file__).parent / "formulas" / "bawaan.yaml"

_FACTS = (
    "kode_unit",
    "nama",
    "kabupaten",
    "zona_waktu",
    "tahun_akhir_renstra",
    "pilihan",
    "pautan",
    "laporan",
)
# What a kecamatan does not inherit: these name the unit itself.
_OWN = frozenset({"kode_unit", "nama"})
_REPORT = ("susunan", "gaya")
_LINK = {"kode", "kode_indikator", "porsi", "tahun"}


class ChoiceInvalid(ValueError):
    """A configuration that cannot be used: which file and key, what stood there, what is permitted.

    The message is an Indonesian sentence for the officer.
    """

    def __init__(self, kode: str, kunci: str, tertulis: object, boleh: str) -> None:
        super().__init__(
            f'konfigurasi {kode}.yaml, kunci "{kunci}": tertulis {tertulis!r}; seharusnya {boleh}'
        )
        self.kode, self.kunci, self.tertulis, self.boleh = kode, kunci, str(tertulis), boleh


@dataclass(frozen=True)
class Option:
    """One choice: its default, the permitted values with their meaning, and where it comes from.

    ``bila`` tells each value as a clause that follows the word "bila"; ``*`` is any other number.
    """

    nama: str
    bawaan: str
    nilai: Mapping[str, str]
    arti: str
    alasan: str
    dasar_hukum: str
    bilangan: bool = False
    bila: Mapping[str, str] = field(default_factory=dict)

    def clause(self, value: str) -> str:
        """The choice of a value as a clause: ``bila`` *kelurahan ikut dihitung dalam penyebut*."""
        said = self.bila.get(value) or self.bila.get("*") or f"dipilih {self.nama} {{nilai}}"
        return said.replace("{nilai}", value.replace(".", ","))

    def permits(self, value: str) -> bool:
        """Whether a unit may choose this value."""
        return value in self.nilai or (self.bilangan and _positive(value))

    @property
    def boleh(self) -> str:
        """The permitted values as a sentence part."""
        return ", ".join(self.nilai) + (", atau angka lain di atas nol" if self.bilangan else "")


def _positive(value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and number > 0


@dataclass(frozen=True)
class Unit:
    """One unit with everything its configuration and the defaults say about it."""

    kode_unit: str
    options: Mapping[str, Option]
    chosen: Mapping[str, str]
    nama: str | None
    kabupaten: str | None
    zona_waktu: str
    tahun_akhir_renstra: int | None
    pautan: tuple[Mapping[str, Any], ...]
    laporan: Mapping[str, str]
    versi: str

    def value(self, name: str) -> str:
        """The chosen value, or the default.

        Raises:
            KeyError: if there is no such choice.
        """
        option = self._option(name)
        return self.chosen.get(name, option.bawaan)

    def choice(self, name: str) -> Choice:
        """The choice as an operand of a figure's trail."""
        return Choice(name, self.value(name))

    def permitted(self, name: str) -> tuple[str, ...]:
        """All values a unit may choose, the default first, then the unit's own if it is none of them."""
        option = self._option(name)
        return tuple(dict.fromkeys((option.bawaan, *option.nilai, self.value(name))))

    def dipilih(self, name: str) -> bool:
        """Whether a configuration chose it (else the default holds)."""
        self._option(name)
        return name in self.chosen

    def _option(self, name: str) -> Option:
        if name not in self.options:
            raise KeyError(f"no choice {name!r}; known: {', '.join(self.options)}")
        return self.options[name]


@dataclass(frozen=True)
class Choices:
    """The choices of all units: defaults and the configurations by region code."""

    options: Mapping[str, Option]
    zones: Mapping[str, str]
    files: Mapping[str, Mapping[str, Any]]
    bawaan_versi: str

    @classmethod
    def load(cls, files: Mapping[str, Mapping[str, Any]] | None = None, defaults: Path = DEFAULTS) -> Choices:
        """The defaults and the units' configurations.

        Args:
            files: Parsed configuration by region code: 4 digits a kabupaten, 6 a kecamatan.
            defaults: The file of defaults, where a home overrides the product's.

        Raises:
            ChoiceInvalid: the first thing in a configuration that cannot be used.
        """
        said = yaml.safe_load(defaults.read_text(encoding="utf-8"))
        options = {name: _option(name, facts) for name, facts in said["pilihan"].items()}
        bare = cls(MappingProxyType(options), _zones(said["zona_waktu"]), {}, _digest([said]))
        checked = {str(kode): bare._checked(str(kode), given) for kode, given in (files or {}).items()}
        return replace(bare, files=MappingProxyType(checked))

    def problems(self, kode: str, given: Mapping[str, Any]) -> list[ChoiceInvalid]:
        """Everything in one configuration that cannot be used; empty if all of it can."""
        return list(self._problems(kode, given))

    def of(self, kode_unit: str) -> Unit:
        """The unit of that code (6 digits a kecamatan, 4 a kabupaten), configured or not."""
        chain = [k for k in dict.fromkeys((kode_unit[:4], kode_unit)) if k in self.files]
        facts: dict[str, Any] = {}
        chosen: dict[str, str] = {}
        laporan: dict[str, str] = {}
        for kode in chain:
            laporan |= self.files[kode].get("laporan", {})
            facts |= {k: v for k, v in self.files[kode].items() if k not in _OWN or kode == kode_unit}
            chosen |= self.files[kode].get("pilihan", {})
        return Unit(
            kode_unit=kode_unit,
            options=self.options,
            chosen=MappingProxyType(chosen),
            nama=facts.get("nama"),
            kabupaten=facts.get("kabupaten"),
            zona_waktu=facts.get("zona_waktu") or self.zones.get(kode_unit[:2], self.zones[""]),
            tahun_akhir_renstra=facts.get("tahun_akhir_renstra"),
            pautan=facts.get("pautan", ()),
            laporan=MappingProxyType(laporan),
            versi=_digest([self.bawaan_versi, *(_figured(self.files[k]) for k in chain)]),
        )

    @property
    def units(self) -> tuple[str, ...]:
        """Codes of the units that have a configuration of their own."""
        return tuple(sorted(self.files))

    def _checked(self, kode: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        for problem in self._problems(kode, given):
            raise problem
        kept = {key: value for key, value in given.items() if value is not None}
        if "pilihan" in kept:
            kept["pilihan"] = {name: _text(value) for name, value in kept["pilihan"].items()}
        if "pautan" in kept:
            kept["pautan"] = tuple(_link(link) for link in kept["pautan"])
        return MappingProxyType(kept)

    def _problems(self, kode: str, given: Mapping[str, Any]) -> Iterator[ChoiceInvalid]:
        if not re.fullmatch(r"\d{4}|\d{6}", kode):
            yield ChoiceInvalid(
                kode, "nama berkas", kode, "kode kabupaten (4 angka) atau kecamatan (6 angka)"
            )
        if not isinstance(given, Mapping):
            yield ChoiceInvalid(kode, "isi", given, "baris-baris kunci: nilai")
            return
        for key, value in given.items():
            if key in self.options:
                yield ChoiceInvalid(kode, key, value, 'kunci ini di bawah "pilihan:"')
            elif key not in _FACTS:
                yield ChoiceInvalid(kode, str(key), value, f"salah satu kunci: {', '.join(_FACTS)}")
            elif value is not None:
                yield from self._fact_problems(kode, key, value)

    def _choice_problems(self, kode: str, chosen: Any) -> Iterator[ChoiceInvalid]:
        if not isinstance(chosen, Mapping):
            yield ChoiceInvalid(kode, "pilihan", chosen, "baris-baris nama pilihan: nilai")
            return
        for name, value in chosen.items():
            if name not in self.options:
                yield ChoiceInvalid(kode, str(name), value, f"salah satu pilihan: {', '.join(self.options)}")
            elif not self.options[name].permits(_text(value)):
                yield ChoiceInvalid(kode, name, value, f"salah satu dari: {self.options[name].boleh}")

    def _fact_problems(self, kode: str, key: str, value: Any) -> Iterator[ChoiceInvalid]:
        if key == "pilihan":
            yield from self._choice_problems(kode, value)
        elif key == "pautan":
            yield from _link_problems(kode, value)
        elif key == "laporan":
            yield from _report_problems(kode, value)
        elif not _fact_fits(kode, key, value):
            yield ChoiceInvalid(kode, key, value, _EXPECTED[key].format(kode=kode))


_EXPECTED = {
    "kode_unit": "{kode}, sama dengan nama berkas",
    "nama": "nama unit",
    "kabupaten": "nama kabupaten atau kota",
    "zona_waktu": "Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura",
    "tahun_akhir_renstra": "tahun, misalnya 2030",
}


def _fact_fits(kode: str, key: str, value: Any) -> bool:
    match key:
        case "kode_unit":
            return str(value) == kode
        case "zona_waktu":
            return _is_zone(value)
        case "tahun_akhir_renstra":
            return isinstance(value, int) and 2000 <= value <= 2100
    return isinstance(value, str)


def _option(name: str, facts: Mapping[str, Any]) -> Option:
    said = dict(facts)
    nilai = {_text(value): str(means).strip() for value, means in said.pop("nilai").items()}
    bila = {_text(value): str(clause).strip() for value, clause in said.pop("bila", {}).items()}
    bawaan = _text(said.pop("bawaan"))
    option = Option(name, bawaan, MappingProxyType(nilai), **said, bila=MappingProxyType(bila))
    if option.bawaan not in nilai:
        raise ChoiceInvalid("bawaan", name, option.bawaan, option.boleh)
    return option


def _text(value: Any) -> str:
    """A value as text: YAML reads 0.111 and 100 as numbers, and an empty value or "no" as none."""
    return "tidak" if value is None or value is False else str(value).strip()


def _zones(said: Mapping[str, Any]) -> Mapping[str, str]:
    return {"": said["bawaan"]} | {p: zone for zone, provinces in said["provinsi"].items() for p in provinces}


def _is_zone(value: Any) -> bool:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return False
    return True


def _link_problems(kode: str, value: Any) -> Iterator[ChoiceInvalid]:
    expected = "daftar {kode, kode_indikator, porsi, tahun}; porsi dan tahun boleh kosong"
    if not isinstance(value, list | tuple):
        yield ChoiceInvalid(kode, "pautan", value, expected)
        return
    for at, link in enumerate(value, start=1):
        try:
            _link(link)
        except (Unreadable, ArithmeticError, ValueError, TypeError, KeyError):
            yield ChoiceInvalid(kode, f"pautan ke-{at}", link, expected)


def _link(link: Mapping[str, Any]) -> Mapping[str, Any]:
    """One programme link with canonical code, exact share and year (None = every year).

    Raises:
        ValueError, TypeError, KeyError, ArithmeticError: if it is no such link.
    """
    unknown = set(link) - _LINK
    share = Decimal(str(link.get("porsi", 100)))
    code = kode_program(str(link["kode"]))
    year = link.get("tahun")
    if unknown or code is None or not 0 < share <= 100 or not isinstance(year, int | None):
        raise ValueError(f"not a programme link: {dict(link)!r}")
    return MappingProxyType(
        {"kode": code, "kode_indikator": str(link["kode_indikator"]), "porsi": share, "tahun": year}
    )


def _report_problems(kode: str, value: Any) -> Iterator[ChoiceInvalid]:
    if not isinstance(value, Mapping):
        yield ChoiceInvalid(kode, "laporan", value, "baris-baris susunan: NAMA dan gaya: NAMA")
        return
    for key, name in value.items():
        if key not in _REPORT:
            yield ChoiceInvalid(kode, f"laporan: {key}", name, f"salah satu kunci: {', '.join(_REPORT)}")
        elif not isinstance(name, str) or not name.strip():
            yield ChoiceInvalid(kode, f"laporan: {key}", name, "nama berkasnya tanpa akhiran, misalnya baku")


def _figured(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of a configuration makes figures: not how a report looks."""
    return {key: value for key, value in said.items() if key != "laporan"}


def _digest(said: list[Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
