"""How much of its region a file of villages holds: what is missing from it is told once a file and year.

A file speaks for a kabupaten where it holds at least half of the kecamatan with villages there, and for a
whole province where it holds at least half of the kabupaten. What an absent village withholds is decided
over all files together (``desa_kurang`` in the marts).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.clean.sift import Row
from quality.finding import Finding
from warehouse.regions import Region, Regions

_MOST_NAMED = 40
_FEW = 10  # absent villages that are named one by one


@dataclass
class _File:
    first: Row
    desa: set[str] = field(default_factory=set)


class Coverage:
    """Gathers the villages of each file and year."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._files: dict[tuple[str, int], _File] = {}

    def saw(self, row: Row, kode_desa: str, tahun: int) -> None:
        """Count one village of a file."""
        self._files.setdefault((row.sheet[0], tahun), _File(row)).desa.add(kode_desa)

    def findings(self) -> Iterator[Finding]:
        """One finding for each file and year that lacks villages of the region it speaks for."""
        for (_, tahun), file in self._files.items():
            missing = self._missing(file.desa)
            if missing:
                yield self._finding(file, tahun, missing)

    # --- the region a file speaks for ----------------------------------------------------------------
    def _missing(self, found: set[str]) -> dict[Region, list[Region]]:
        """Villages that are not in the file, by kecamatan."""
        made = {}
        for kode_kab in self._kabupaten(found):
            for unit in self._regions.kecamatan_of(kode_kab):
                away = [d for d in self._villages(unit) if d.kode not in found]
                if away:
                    made[unit] = away
        return made

    def _kabupaten(self, found: set[str]) -> list[str]:
        there = {kode[:6] for kode in found}
        spoken = [k for k in sorted({u[:4] for u in there}) if self._mostly(k, there)]
        made: list[str] = []
        for province, n in Counter(k[:2] for k in spoken).items():
            ruled = [k.kode for k in self._regions.kabupaten_of(province) if self._with_villages(k.kode)]
            all_of_them = n > 1 and 2 * n >= len(ruled)
            made += ruled if all_of_them else [k for k in spoken if k[:2] == province]
        return made

    def _mostly(self, kode_kab: str, there: set[str]) -> bool:
        units = self._with_villages(kode_kab)
        return len(units) > 1 and 2 * len(there & units) >= len(units)

    def _with_villages(self, kode_kab: str) -> set[str]:
        return {u.kode for u in self._regions.kecamatan_of(kode_kab) if self._villages(u)}

    def _villages(self, unit: Region) -> list[Region]:
        return [d for d in self._regions.desa_of(unit.kode) if d.adalah_desa]

    # --- what is said --------------------------------------------------------------------------------
    def _finding(self, file: _File, tahun: int, missing: dict[Region, list[Region]]) -> Finding:
        jumlah = sum(map(len, missing.values()))
        listed = {d.kode for k in self._kabupaten(file.desa) for u in self._regions.kecamatan_of(k)
                  for d in self._villages(u)}  # fmt: skip
        whole = [u for u, away in missing.items() if len(away) == len(self._villages(u))]
        few = jumlah <= _FEW
        part = [_part(u, away, few) for u, away in missing.items() if u not in whole]
        return Finding(
            "berkas_desa_kurang",
            berkas_id=file.first.sheet[0],
            lembar=file.first.sheet[1],
            cell=file.first.cell("kode_desa" if "kode_desa" in file.first.fields else file.first.lead()),
            periode=str(tahun),
            tertulis=str(len(file.desa & listed)),
            seharusnya=str(len(listed)),
            jumlah=jumlah,
            isi={
                "wilayah": self._named(missing),
                "hilang": _some([f"{u.nama} ({len(missing[u])} desa)" for u in whole]),
                "sebagian": _some(part),
                "n_hilang": len(whole),
                "n_sebagian": len(part),
                "n_lain": len(file.desa - listed),
            },
        )

    def _named(self, missing: dict[Region, list[Region]]) -> str:
        """The kabupaten that lack villages."""
        count: dict[str, int] = defaultdict(int)
        for unit, away in missing.items():
            count[unit.induk] += len(away)
        names = {k.kode: k.nama for k in (self._regions.kabupaten(c) for c in count) if k is not None}
        return _some([f"{names.get(c, c)} ({n})" for c, n in count.items()])


def _part(unit: Region, away: list[Region], few: bool) -> str:
    names = f" ({', '.join(d.nama for d in away)})" if few else ""
    return f"{unit.nama} {len(away)}{names}"


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" dan {more} lainnya" if more > 0 else "") if names else "-"
