"""Which files a unit owed for a year, and which of them are missing: ``quality/kewajiban.yaml``.

The rule ``berkas_belum_ada`` judges that on the cleaned rows, which are not published; here its finding is
read back by the names it was made from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import quality
from assets.publish.site.material import Bahan, tahun

RULE = "berkas_belum_ada"
_OWED = Path(quality.__file__).with_name("kewajiban.yaml")
_RESULTS = ("capaian_iku", "ikm", "serapan_rekening", "serapan_program")


@cache
def kewajiban() -> tuple[dict[str, Any], ...]:
    """Every obligation in the order of the file."""
    return tuple(yaml.safe_load(_OWED.read_text(encoding="utf-8")))


def tahun_berhasil(bahan: Bahan, unit: str) -> list[str]:
    """Years in which a unit has figures of its own, the latest first."""
    found = {tahun(r) for name in _RESULTS for r in bahan.of(name, unit)}
    return sorted(found - {""}, reverse=True)


def kelengkapan(bahan: Bahan, unit: str, year: str) -> list[dict[str, Any]]:
    """The files owed by a unit for a year, with ``ada``; none for a year that it did not report on."""
    told = [r for r in bahan.temuan.get(unit, ()) if r["aturan"] == RULE and r["periode"] == year]
    if not told and year not in tahun_berhasil(bahan, unit):
        return []
    said = " ".join(r["pesan"] or "" for r in told)
    formulas = _formulas(bahan, unit, year)
    owed = (w for w in kewajiban() if _owed(w, int(year), formulas) or w["nama"] in said)
    return [w | {"ada": w["nama"] not in said} for w in owed]


def _owed(one: dict[str, Any], year: int, formulas: set[str]) -> bool:
    due = one.get("sejak", 0) <= year <= one.get("sampai", 9999)
    return due and ("bila_indikator" not in one or bool(formulas & set(one["bila_indikator"])))


def _formulas(bahan: Bahan, unit: str, year: str) -> set[str]:
    rows = [*bahan.of("capaian_iku", unit), *bahan.of("renstra_iku", unit)]
    codes = {r["kode_indikator"] for r in rows if tahun(r) == year}
    found = (bahan.katalog.indicators.get(code) for code in codes)
    return {one.rumus for one in found if one and one.rumus}
