"""The overview: one line for each reporting unit and year, and the units that only serve comparison."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assets.publish.site.completeness import kelengkapan, tahun_berhasil
from assets.publish.site.material import Bahan, Row, setahun, tahun, terbuka

# The whole office in the two tables of absorption, the more exact first.
_WHOLE = (("serapan_rekening", "5"), ("serapan_program", "TOTAL"))
_MEANS = {"E": "rata_efisiensi_e", "NE": "rata_efisiensi_ne", "RASIO": "rata_efisiensi_rasio"}


@dataclass(frozen=True)
class Pos:
    """A figure somewhere in the tables: which table, its row, the column."""

    tabel: str
    baris: Row
    kolom: str

    @property
    def nilai(self) -> Any:
        """Its value, None where there is none."""
        return self.baris[self.kolom]


@dataclass(frozen=True)
class Ikhtisar:
    """What a unit's year came to, in one line.

    ``lampu`` is None for a year without figures; ``efisiensi`` with its formula's name in ``rumus``;
    ``sampai`` is the period of the absorption where the year is not over.
    """

    unit: str
    tahun: str
    terakhir: bool
    lampu: str | None
    capaian: Pos | None
    tercapai: int
    iku: int
    serapan: Pos | None
    sampai: str
    efisiensi: Pos | None
    rumus: str
    wajib: list[dict[str, Any]]
    temuan: int
    ditahan: int
    basi: int
    diterima: Any

    @property
    def ada(self) -> int:
        """How many of the owed files are there."""
        return sum(w["ada"] for w in self.wajib)


def ikhtisar(bahan: Bahan, unit: str, year: str, latest: str) -> Ikhtisar:
    """One unit's year in one line."""
    iku = setahun(bahan.of("capaian_iku", unit), year)
    state = bahan.keadaan.get((unit, year), {})
    absorbed = serapan(bahan, unit, year)
    formula = rumus_resmi(bahan, unit, year)
    means = setahun(bahan.of("capaian_ringkasan", unit), year)
    open_ = [r for r in terbuka(bahan.temuan.get(unit, ())) if (r["periode"] or "")[:4] == year]
    files = [r["diterima_pada"] for r in bahan.berkas.get(unit, ()) if r["status"] == "dipakai"]
    return Ikhtisar(
        unit=unit,
        tahun=year,
        terakhir=year == latest,
        lampu=state.get("lampu"),
        capaian=Pos("capaian_ringkasan", means[0], "rata_capaian") if means else None,
        tercapai=sum(r["tercapai"] is True for r in iku),
        iku=len(iku),
        serapan=absorbed,
        sampai=absorbed.baris["periode"][5:] if absorbed else "",
        efisiensi=Pos("capaian_ringkasan", means[0], _MEANS[formula]) if means and formula else None,
        rumus=formula,
        wajib=kelengkapan(bahan, unit, year),
        temuan=len(open_),
        ditahan=state.get("ditahan", 0),
        basi=state.get("basi", 0),
        diterima=max((f for f in files if f), default=None),
    )


def semua(bahan: Bahan) -> list[Ikhtisar]:
    """Every reporting unit and year with figures; a unit without any has one line for its latest year."""
    lines = []
    for unit in bahan.melapor:
        years = tahun_berhasil(bahan, unit) or _known_years(bahan, unit)[:1]
        lines += [ikhtisar(bahan, unit, year, years[0]) for year in years]
    return lines


def _known_years(bahan: Bahan, unit: str) -> list[str]:
    return sorted((y for u, y in bahan.keadaan if u == unit and y.isdigit()), reverse=True)


def serapan(bahan: Bahan, unit: str, year: str) -> Pos | None:
    """The absorption of the whole office in a year: the year's, else that of its latest period."""
    for table, code in _WHOLE:
        rows = [r for r in bahan.of(table, unit) if r["kode"] == code and tahun(r) == year]
        if rows:
            whole = setahun(rows, year) or [max(rows, key=lambda r: str(r["periode"]))]
            return Pos(table, whole[0], "serapan_persen")
    return None


def rumus_resmi(bahan: Bahan, unit: str, year: str) -> str:
    """The official formula of efficiency of a unit's year, '' where it has none."""
    found = (r["rumus"] for r in setahun(bahan.of("efisiensi", unit), year) if r["resmi"])
    return next(found, "")


@dataclass(frozen=True)
class Lain:
    """A unit that only stands in data about many: its villages of the latest year."""

    unit: str
    tahun: int | None
    desa: int
    status: Counter[str]


def lainnya(bahan: Bahan) -> list[Lain]:
    """The units that only serve comparison, by code."""
    lines = []
    for unit in bahan.pembanding:
        rows = bahan.of("status_desa", unit)
        latest = max((r["tahun"] for r in rows), default=None)
        mine = [r for r in rows if r["tahun"] == latest]
        lines.append(Lain(unit, latest, len(mine), Counter(r["status"] for r in mine if r["status"])))
    return lines
