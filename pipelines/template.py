"""``lumbung template SOURCE``: the input workbook of a source, made from the rules that will judge it."""

from __future__ import annotations

from pathlib import Path

from assets.publish.input_template import book
from assets.publish.input_template.lists import Known
from assets.publish.input_template.sheet import YearNeeded
from assets.readers import templat, vocabulary
from pipelines.configuration import write_template
from pipelines.settings import Settings, version
from quality.rule import RuleBook
from warehouse.indicators import Catalogue
from warehouse.regions import Region, Regions

_YEARS = range(2000, 2101)


class CannotMake(ValueError):
    """The template asked for cannot be made; the message is Indonesian."""


def sources(found: Settings | None = None) -> list[str]:
    """Sources that have an input workbook (of the program, and of a home), and the configuration."""
    return [*templat.names(found.raw if found else None), "konfigurasi"]


def write(found: Settings, source: str, to: Path, unit: str | None, year: int | None) -> None:
    """Write the input workbook of one source, or a configuration.

    Args:
        found: the home whose vocabularies and rules count.
        source: its name.
        to: the file; its ending must be ``.xlsx``.
        unit: code of the kecamatan, for title and lists.
        year: for title and headers; of a plan, its first year.

    Raises:
        CannotMake: there is no such unit, year or ending, or the source needs a year.
    """
    if source == "konfigurasi":
        _configuration(unit or "", to)
        return
    if to.suffix.lower() != ".xlsx":
        raise CannotMake(f"--to {to.name!r}: lembar isian ditulis sebagai .xlsx")
    if year is not None and year not in _YEARS:
        raise CannotMake(f"--year {year}: tahun terdiri atas 4 angka, misalnya 2025")
    regions = Regions.load()
    rules = RuleBook.load(found.home / "quality" / "rules")
    plan = templat.plan(source, vocabulary.load(found.raw), rules, found.raw)
    known = Known(regions, Catalogue.load(), _district(unit, regions), year)
    try:
        book.write(plan, known, version(), to)
    except YearNeeded as fault:
        raise CannotMake(f"templat {source} memerlukan --year, yaitu tahun pertama rencana") from fault
    except OSError as fault:
        raise CannotMake(f"{to} tidak dapat ditulis: {fault.strerror or fault}") from fault


def _configuration(unit: str, to: Path) -> None:
    try:
        write_template(unit, to)
    except LookupError as fault:
        raise CannotMake(str(fault)) from fault


def _district(unit: str | None, regions: Regions) -> Region | None:
    if unit is None:
        return None
    found = regions.kecamatan(unit.replace(".", "").strip())
    if found is None:
        raise CannotMake(f"--unit {unit!r}: tidak ada kecamatan berkode itu (6 angka, mis. 630103)")
    return found
