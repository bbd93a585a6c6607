"""A unit's page: what stands in each of its years, and what runs through all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assets.publish.site import pictures
from assets.publish.site.material import Bahan, Row, setahun, tahun, terbuka
from assets.publish.site.overview import Ikhtisar, ikhtisar
from assets.publish.site.pictures import Grafik
from assets.publish.validation.figures import Held

# The statuses of a village from the highest on, in both measures.
STATUS = ("MANDIRI", "MAJU", "BERKEMBANG", "TERTINGGAL", "SANGAT TERTINGGAL")
# Findings written out on the page; the rest is in the validation report.
TEMUAN_TERTULIS = 25


@dataclass(frozen=True)
class Pohon:
    """A row of a tree of amounts: how deep it stands, and whether rows stand below it."""

    baris: Row
    dalam: int
    induk: str
    beranak: bool


@dataclass(frozen=True)
class Kinerja:
    """An indicator in a year: its row, and the same of the year before (``tren_iku``)."""

    baris: Row
    tren: Row | None


@dataclass(frozen=True)
class Desa:
    """The villages of a year by one measure."""

    metode: str
    tahun: int
    hitung: list[tuple[str, int]]
    baris: list[Row]


@dataclass(frozen=True)
class Tahun:
    """All of a unit's year."""

    ikhtisar: Ikhtisar
    iku: list[Kinerja]
    triwulan_iku: list[Row]
    ikm: Row | None
    ikm_triwulan: list[Row]
    unsur: list[Row]
    unsur_triwulan: list[str]
    unsur_nilai: dict[tuple[str, str], Row]
    desa: Desa | None
    bumdes: list[Row]
    program: list[Pohon]
    rekening: list[Pohon]
    periode_serapan: str
    efisiensi: list[Row]
    keluaran: list[Row]
    tindak_lanjut: list[Row]
    ditahan: list[Held]
    temuan: list[Row]
    n_temuan: Counter[str]
    berkas: list[Row]
    grafik_ikm: Grafik | None
    grafik_unsur: Grafik | None


@dataclass(frozen=True)
class Kantor:
    """A unit's page."""

    unit: str
    nama: str
    tahun: list[Tahun]
    tren: list[tuple[list[Row], Grafik | None]]
    grafik_desa: Grafik | None


def kantor(bahan: Bahan, unit: str, lines: Sequence[Ikhtisar], said: dict[str, str]) -> Kantor:
    """The page of a reporting unit; ``lines`` are its years, the latest first, ``said`` the words."""
    trend: dict[str, list[Row]] = {}
    for row in sorted(bahan.of("tren_iku", unit), key=lambda r: int(r["tahun"])):
        trend.setdefault(row["kode_indikator"], []).append(row)
    years = [setahun_penuh(bahan, unit, line, said) for line in _with_villages(bahan, unit, lines)]
    bars = [(f"{t.desa.tahun}", dict(t.desa.hitung)) for t in reversed(years) if t.desa]
    return Kantor(
        unit=unit,
        nama=bahan.nama_unit(unit),
        tahun=years,
        tren=[(rows, pictures.tren(bahan.nama_indikator(code), rows, said)) for code, rows in trend.items()],
        grafik_desa=pictures.status_desa(said["status_desa"], bars, STATUS) if len(bars) > 1 else None,
    )


def _with_villages(bahan: Bahan, unit: str, lines: Sequence[Ikhtisar]) -> list[Ikhtisar]:
    """The years with figures of its own, and those of which only village data is there."""
    known = {line.tahun for line in lines}
    more = {tahun(r) for r in bahan.of("status_desa", unit)} - known
    latest = next((line.tahun for line in lines if line.terakhir), "")
    added = [ikhtisar(bahan, unit, year, latest) for year in more]
    return sorted([*lines, *added], key=lambda line: line.tahun, reverse=True)


def setahun_penuh(bahan: Bahan, unit: str, line: Ikhtisar, said: dict[str, str]) -> Tahun:
    """Everything of one year."""
    year = line.tahun

    def of(name: str) -> list[Row]:
        return [r for r in bahan.of(name, unit) if tahun(r) == year]

    trend = {r["kode_indikator"]: r for r in of("tren_iku")}
    unsur = of("ikm_unsur")
    latest = _latest_period(of("serapan_rekening"), of("serapan_program"))
    found = [r for r in bahan.temuan.get(unit, ()) if (r["periode"] or "")[:4] == year]
    iku = of("capaian_iku")
    parts = sorted((r for r in of("ikm") if r["periode"] != year), key=lambda r: str(r["periode"]))
    aspects = sorted(setahun(unsur, year), key=lambda r: str(r["unsur"]))
    return Tahun(
        ikhtisar=line,
        iku=[Kinerja(r, trend.get(r["kode_indikator"])) for r in setahun(iku, year)],
        triwulan_iku=[r for r in iku if len(r["periode"]) > len(year)],
        ikm=next(iter(setahun(of("ikm"), year)), None),
        ikm_triwulan=parts,
        unsur=aspects,
        unsur_triwulan=sorted({r["periode"] for r in unsur} - {year}),
        unsur_nilai={(r["unsur"], r["periode"]): r for r in unsur},
        desa=desa(of("status_desa")),
        bumdes=sorted(of("bumdes"), key=lambda r: str(r["nama"])),
        program=pohon_program(setahun(of("serapan_program"), latest)),
        rekening=pohon_rekening(setahun(of("serapan_rekening"), latest)),
        periode_serapan=latest,
        efisiensi=setahun(of("efisiensi"), year),
        keluaran=sorted(setahun(of("kinerja_program"), year), key=lambda r: str(r["kode"])),
        tindak_lanjut=sorted(of("tindak_lanjut"), key=lambda r: str(r["nomor"])),
        ditahan=[h for h in bahan.told.ditahan if h.kode_unit == unit and (h.periode or "")[:4] == year],
        temuan=terbuka(found)[:TEMUAN_TERTULIS],
        n_temuan=Counter(r["akibat"] for r in terbuka(found)),
        berkas=[r for r in bahan.berkas.get(unit, ()) if (r["periode"] or "")[:4] in (year, "")],
        grafik_ikm=pictures.ikm_periode(f"IKM {year}", parts, [str(r["periode"])[5:] for r in parts]),
        grafik_unsur=pictures.ikm_unsur(f"{said['menurut_unsur']} {year}", aspects),
    )


def desa(rows: Sequence[Row]) -> Desa | None:
    """The villages of a year; those nearest to their next status first, the highest status last."""
    if not rows:
        return None
    ((method, _),) = Counter(str(r["metode"]) for r in rows).most_common(1)
    mine = [r for r in rows if r["metode"] == method]
    counted = Counter(r["status"] for r in mine)
    ordered = sorted(mine, key=lambda r: (r["jarak_naik"] is None, r["jarak_naik"] or 0, str(r["desa"])))
    return Desa(method, int(mine[0]["tahun"]), [(s, counted[s]) for s in STATUS if counted[s]], ordered)


def _latest_period(*tables: Iterable[Row]) -> str:
    """The period whose amounts are shown: the year's, else the latest there is."""
    found = {str(r["periode"]) for rows in tables for r in rows}
    return min(found, key=lambda p: (len(p), [-ord(c) for c in p]), default="")


def pohon_program(rows: Iterable[Row]) -> list[Pohon]:
    """The total with its programmes below it, their kegiatan and sub-kegiatan below them."""
    return _tree(rows, lambda r: r["kode_induk"] if r["kode"] != "TOTAL" else None)


def pohon_rekening(rows: Iterable[Row]) -> list[Pohon]:
    """Accounts below those they are part of."""
    found = list(rows)
    codes = {r["kode"] for r in found}

    def parent(row: Row) -> str | None:
        code = str(row["kode"])
        while "." in code:
            code = code.rpartition(".")[0]
            if code in codes:
                return code
        return None

    return _tree(found, parent)


def _tree(rows: Iterable[Row], parent_of: Any) -> list[Pohon]:
    below: dict[str | None, list[Row]] = {}
    found = list(rows)
    codes = {r["kode"] for r in found}
    for row in found:
        parent = parent_of(row)
        below.setdefault(parent if parent in codes else None, []).append(row)

    def walk(parent: str | None, depth: int) -> Iterator[Pohon]:
        for row in sorted(below.get(parent, ()), key=lambda r: str(r["kode"])):
            yield Pohon(row, depth, parent or "", row["kode"] in below)
            yield from walk(row["kode"], depth + 1)

    return list(walk(None, 0))
