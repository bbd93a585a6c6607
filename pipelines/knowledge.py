"""What a run knows before it reads a file: regions, indicators, choices, rules, corrections; versions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from assets.clean.corrections import problem
from assets.passing import Context
from pipelines.settings import PROGRAM, Settings
from quality.finding import Finding
from quality.findings import WaiverInvalid, waived
from quality.rule import RuleBook
from warehouse import open_terms
from warehouse.choices import Choices
from warehouse.formulas import registry
from warehouse.indicators import PATH as INDICATORS
from warehouse.indicators import Catalogue
from warehouse.open_terms import Terms, TermsInvalid
from warehouse.regions import Regions

CORRECTIONS = "corrections.yaml"
WAIVERS = "pengecualian.yaml"


@dataclass(frozen=True)
class Knowledge:
    """The context of all stages, the rule book, and the recorded corrections and waivers of one home.

    ``findings`` are about files of ``raw/konfigurasi`` that cannot be used.
    """

    context: Context
    book: RuleBook
    corrections: list[dict[str, Any]]
    waivers: list[dict[str, Any]]
    findings: list[Finding]
    terms: Terms | None = None  # of the open data; None where they are written and cannot be read

    def versi_aturan(self, kode_unit: str | None = None) -> str:
        """The version of formulas, rules and (for a unit) choices, as stored with every figure."""
        if kode_unit is None:
            return self._versi
        return f"{self._versi}-{self.context.choices.of(kode_unit).versi}"

    def nama(self, kode_unit: str) -> str:
        """The unit's name: its configuration's, else the region list's."""
        region = self.context.regions.kecamatan(kode_unit)
        return self.context.choices.of(kode_unit).nama or (region.nama if region else kode_unit)

    @cached_property
    def _versi(self) -> str:
        # Once a run: every row of every mart is stamped with it.
        return f"{registry.versi([INDICATORS])}-{_rules_version()}"


def load(found: Settings, wilayah: pa.Table | None = None) -> Knowledge:
    """Everything a run knows.

    Args:
        found: the home whose ``raw/konfigurasi`` is read.
        wilayah: accepted region lists (``clean_wilayah``), which override their kabupaten.

    A configuration that cannot be used is left out and told: it withholds the figures of its unit, and no
    other's.

    Raises:
        quality.rule.RuleInvalid: a rule file does not fit.
    """
    findings: list[Finding] = []
    usable = _configurations(found, findings)
    book = RuleBook.load(found.home / "quality" / "rules" if found.home != PROGRAM else None)
    corrections, waivers = found.konfigurasi / CORRECTIONS, found.konfigurasi / WAIVERS
    return Knowledge(
        context=Context(Regions.load(wilayah), Catalogue.load(), Choices.load(usable)),
        book=book,
        corrections=[c for c in _listed(corrections, findings) if _usable(corrections, c, findings)],
        waivers=[w for w in _listed(waivers, findings) if _usable_waiver(waivers, w, book, findings)],
        findings=findings,
        terms=_terms(found.konfigurasi / open_terms.FILE, findings),
    )


def choices(found: Settings) -> Choices:
    """The units' configurations alone; one that cannot be used is left out, as a run tells."""
    return Choices.load(_configurations(found, []))


def _configurations(found: Settings, findings: list[Finding]) -> dict[str, Mapping[str, Any]]:
    usable: dict[str, Mapping[str, Any]] = {}
    for path in sorted(found.konfigurasi.glob("[0-9]*.yaml")):
        said = _yaml(path, findings)
        if isinstance(said, dict) and _fits(path, said, findings):
            usable[path.stem] = said
    return usable


def _usable(path: Path, correction: Mapping[str, Any], findings: list[Finding]) -> bool:
    if wrong := problem(correction):
        findings.append(_unusable(path, wrong))
    return wrong is None


def _usable_waiver(path: Path, waiver: Mapping[str, Any], book: RuleBook, findings: list[Finding]) -> bool:
    try:
        waived((), book, None, {}, [waiver])
    except WaiverInvalid as fault:
        findings.append(_unusable(path, str(fault)))
        return False
    return True


def _yaml(path: Path, findings: list[Finding]) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        findings.append(_unusable(path, " ".join(str(fault).split())))
        return None


def _fits(path: Path, said: Mapping[str, Any], findings: list[Finding]) -> bool:
    problems = Choices.load({}).problems(path.stem, said)
    findings += [_unusable(path, str(p)) for p in problems]
    return not problems


def _terms(path: Path, findings: list[Finding]) -> Terms | None:
    try:
        return open_terms.load(path)
    except TermsInvalid as fault:
        findings.append(Finding("data_terbuka_rusak", tertulis=path.name, isi={"sebab": str(fault)}))
        return None


def _listed(path: Path, findings: list[Finding]) -> list[dict[str, Any]]:
    said = (_yaml(path, findings) if path.exists() else None) or []
    if isinstance(said, list) and all(isinstance(item, dict) for item in said):
        return said
    findings.append(_unusable(path, "isinya bukan daftar"))
    return []


def _unusable(path: Path, sebab: str) -> Finding:
    unit = path.stem if path.stem.isdigit() else None
    return Finding("konfigurasi_rusak", kode_unit=unit, tertulis=path.name, isi={"sebab": sebab})


def _rules_version() -> str:
    digest = hashlib.sha256()
    for path in sorted((PROGRAM / "quality").glob("rules/*.yaml")) + sorted(
        (PROGRAM / "quality").glob("across/*.sql")
    ):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]
