"""Comparison: one page for each scope and indicator, its years beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assets.publish.site.material import Bahan, Row
from warehouse.values.codes import slug


@dataclass(frozen=True)
class Peringkat:
    """The regions of one year: those that are ranked in their order, then those that are not and why.

    ``tertinggi`` is the largest value, which bars are drawn against.
    """

    tahun: int
    berperingkat: list[Row]
    lain: list[Row]
    tertinggi: Decimal | None


@dataclass(frozen=True)
class Banding:
    """One indicator in one scope."""

    lingkup: str
    indikator: str
    tahun: list[Peringkat]

    @property
    def bawaan(self) -> int:
        """The year shown first: the latest in which there is somebody to compare with, else the latest."""
        telling = (t.tahun for t in self.tahun if len(t.berperingkat) > 1)
        return next(telling, self.tahun[0].tahun)

    @property
    def halaman(self) -> str:
        """Where its page lies."""
        return f"banding/{nama_berkas(self.lingkup)}/{nama_berkas(self.indikator)}.html"


def nama_berkas(code: str) -> str:
    """A code as the name of a file: ``kab:6301`` is ``kab-6301``."""
    return "-".join(slug(part) for part in code.split(":"))


def semua(bahan: Bahan) -> list[Banding]:
    """Every comparison: regencies first, then provinces, the nation, what reports cite."""
    found: dict[tuple[str, str], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in bahan.tabel.get("banding", ()):
        found[row["lingkup"], row["kode_indikator"]][row["tahun"]].append(row)
    made = [
        Banding(scope, indicator, [_year(y, rows) for y, rows in sorted(years.items(), reverse=True)])
        for (scope, indicator), years in found.items()
    ]
    order = ("kab", "prov", "nasional", "kutipan")
    return sorted(made, key=lambda b: (order.index(b.lingkup.partition(":")[0]), b.lingkup, b.indikator))


def _year(year: int, rows: Sequence[Row]) -> Peringkat:
    ranked = sorted(
        (r for r in rows if r["peringkat"] is not None), key=lambda r: (r["peringkat"], r["nama"])
    )
    others = sorted((r for r in rows if r["peringkat"] is None), key=lambda r: str(r["nama"]))
    values = [r["nilai"] for r in rows if r["nilai"] is not None]
    return Peringkat(year, ranked, others, max(values, default=None))


def menurut_lingkup(found: Sequence[Banding]) -> Iterator[tuple[str, list[Banding]]]:
    """The comparisons of each scope."""
    scopes: dict[str, list[Banding]] = {}
    for one in found:
        scopes.setdefault(one.lingkup, []).append(one)
    yield from scopes.items()


def nama_lingkup(bahan: Bahan, scope: str, said: dict[str, str]) -> str:
    """A scope in words."""
    kind, _, code = scope.partition(":")
    if kind == "nasional":
        return said["lingkup_nasional"]
    if kind == "kutipan":
        return said["lingkup_kutipan"].format(nama=bahan.nama_unit(code))
    return said["lingkup_dalam"].format(nama=bahan.nama.get(code, code))
