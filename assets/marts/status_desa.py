"""Villages: score and status recomputed beside the printed ones, and what is missing to the next status.

One row a village, year and index (contract 4). IDM and Indeks Desa never meet in one row: other
dimensions, other scales. How many villages a kecamatan must have comes from the region codes. Two files
that say different things of one village were settled, and told, when their rows were cleaned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import village
from warehouse.trail import Cell, Figure

BAGIAN_IDM = ("iks", "ike", "ikl")
INDIKATOR_DESA = (
    "persen_desa_mandiri",
    "rasio_desa_mandiri",
    "rasio_desa_maju",
    "persen_desa_maju_ke_atas",
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Skor:
    """The score that counts, how it was had, and the whole points of Indeks Desa."""

    skor: Decimal | None
    dihitung: Decimal | None
    rumus: str
    poin: int | None = None
    alasan: str | None = None


def status_desa(idm: pa.Table, indeks_desa: pa.Table, context: Context) -> dict[str, Mart]:
    """Every village of every year and index with its status and margin.

    Source: Permendesa PDTT 2/2016 (IDM), 9/2024 (Indeks Desa).

    Args:
        idm: ``clean_idm``.
        indeks_desa: ``clean_indeks_desa``.
        context: region codes tell which villages are missing.
    """
    mart = Mart()
    by_metode = {
        "IDM": contracts.as_rows(idm),
        "INDEKS_DESA": contracts.as_rows(indeks_desa),
    }
    present: dict[tuple[str, int], set[str]] = {}
    silent: set[tuple[Any, ...]] = set()
    for metode, rows in by_metode.items():
        for row in rows:
            present.setdefault(_place(row), set()).add(metode)
            found = _idm(row) if metode == "IDM" else _indeks_desa(row)
            if found.skor is None:
                silent.add((metode, row["kode_desa"], row["tahun"]))
            _write(mart, metode, row, found)
    for metode, rows in by_metode.items():
        counted = [r for r in rows if metode_dipakai(r["tahun"], present[_place(r)]) == metode]
        mart.findings += _incomplete(counted, metode, silent, context)
    return {"status_desa": mart}


def _idm(row: Row) -> _Skor:
    parts = [row[name] for name in BAGIAN_IDM]
    printed = row["nilai"]
    if any(p is None for p in parts):
        empty = ", ".join(n.upper() for n in BAGIAN_IDM if row[n] is None)
        return _printed_only(printed, f"{empty} kosong")
    computed = village.skor_idm(*parts)
    if printed is not None and village.same_idm(printed, computed):
        return _Skor(printed, computed, "skor_idm")
    return _Skor(computed, computed, "skor_idm")


def _indeks_desa(row: Row) -> _Skor:
    dimensi = {name: row[name] for name in village.dimension_maxima()}
    empty = [name for name, points in dimensi.items() if points is None]
    if empty:
        return _printed_only(row["skor"], f"dimensi {', '.join(empty)} kosong")
    poin = village.poin_indeks_desa(dimensi)
    skor = village.skor_indeks_desa(poin)
    return _Skor(skor, skor, "skor_indeks_desa", poin)


def _printed_only(printed: Decimal | None, why: str) -> _Skor:
    if printed is None:
        return _Skor(None, None, "salin", alasan=f"skor tidak dapat dihitung: {why}")
    return _Skor(printed, None, "salin", alasan=f"skor tercetak dipakai: {why}")


def _write(mart: Mart, metode: str, row: Row, found: _Skor) -> None:
    printed = row["nilai"] if metode == "IDM" else row["skor"]
    own = {c.name for c in contracts.table("status_desa").columns}
    made: dict[str, Any] = {
        **{k: v for k, v in row.items() if k in own and k not in {"skor", "status"}},
        "metode": metode,
        "skor": found.skor,
        "skor_tercetak": printed,
        "selisih": None if printed is None or found.dihitung is None else printed - found.dihitung,
        "status": _status(metode, found),
        "status_tercetak": row["status"],
        "jarak_naik": None if found.skor is None else village.jarak_naik(metode, found.skor),
        "poin_naik": None if found.poin is None else village.poin_naik(found.poin),
        "alasan": found.alasan,
    }
    mart.rows.append(made)
    _trace(mart, metode, row, made, found)


def _status(metode: str, found: _Skor) -> str | None:
    if found.skor is None:
        return None
    if metode == "IDM":
        return village.status_idm(found.skor)
    return village.status_indeks_desa(found.poin, skor=found.skor)


def _trace(mart: Mart, metode: str, row: Row, made: Row, found: _Skor) -> None:
    key = contracts.table("status_desa").key_of(made)

    def figure(kolom: str) -> Figure:
        return Figure("status_desa", key, kolom)

    parts = BAGIAN_IDM if metode == "IDM" else tuple(village.dimension_maxima())
    for name in parts:
        mart.trail.add(figure(name), "salin", [(name, row[name], _cell(row, name, metode))])
    score_name = "nilai" if metode == "IDM" else "skor"
    printed = ("skor tercetak", made["skor_tercetak"], _cell(row, score_name, metode))
    mart.trail.add(figure("skor_tercetak"), "salin", [printed])
    word = ("status tercetak", row["status"], _cell(row, "status", metode))
    mart.trail.add(figure("status_tercetak"), "salin", [word])
    operands = [(name, row[name], figure(name)) for name in parts if row[name] is not None]
    if found.dihitung is None:
        operands = []
    if found.skor is None or found.skor == made["skor_tercetak"]:
        operands.append(("skor tercetak", made["skor_tercetak"], figure("skor_tercetak")))
    mart.trail.add(figure("skor"), found.rumus, operands)
    if made["selisih"] is not None:
        parted = [(name, row[name], figure(name)) for name in parts]
        stands = ("tercetak", printed[1], figure("skor_tercetak"))
        mart.trail.add(figure("selisih"), "selisih_skor", [*parted, stands])
    by_score = "status_idm" if metode == "IDM" else "status_indeks_desa"
    score = [("skor", found.skor, figure("skor"))]
    mart.trail.add(figure("status"), by_score, score)
    mart.trail.add(figure("jarak_naik"), "jarak_naik", [*score, ("metode", metode, None)])
    if found.poin is not None:
        mart.trail.add(figure("poin_naik"), "poin_naik", score)


def _cell(row: Row, name: str, metode: str) -> Cell:
    by_year = metode == "IDM" and name in {*BAGIAN_IDM, "nilai", "status"}
    return Cell.of(row, f"{name}@{row['tahun']}" if by_year else name)


def _incomplete(
    rows: Sequence[Row], metode: str, silent: set[tuple[Any, ...]], context: Context
) -> Iterable[Finding]:
    """Kecamatan whose shares cannot be had: villages missing from the files, or without a score."""
    for (unit, _), found in groupby(sorted(rows, key=_place), _place):
        there = list(found)
        missing = belum_ada(context, unit, {r["kode_desa"] for r in there})
        if missing:
            yield _withheld("desa_kurang", there, "kode_desa", metode, missing)
        without = [r for r in there if (metode, r["kode_desa"], r["tahun"]) in silent]
        if without:
            score = "nilai" if metode == "IDM" else "skor"
            yield _withheld("desa_tanpa_skor", without, score, metode, sorted(r["desa"] for r in without))


def _place(row: Row) -> tuple[str, int]:
    return row["kode_unit"], row["tahun"]


def _withheld(
    aturan: str, there: Sequence[Row], field_name: str, metode: str, villages: list[str]
) -> Finding:
    # The files say nothing of an absent village: the address is that of its kecamatan's villages.
    first = min(there, key=lambda r: (r["berkas_id"], r["lembar"], r["tabel_ke"], r["baris"]))
    unit, tahun = _place(first)
    return Finding(
        aturan=aturan,
        berkas_id=first["berkas_id"],
        lembar=first["lembar"],
        cell=_cell(first, field_name, metode),
        kode_unit=unit,
        periode=str(tahun),
        tertulis=str(len(there)),
        seharusnya=str(len(there) + len(villages)) if aturan == "desa_kurang" else None,
        jumlah=len(villages),
        isi={"desa": ", ".join(villages), "metode": metode},
        figures=tuple(
            Figure("realisasi_iku", key_iku(unit, str(tahun), kode), "realisasi") for kode in INDIKATOR_DESA
        ),
    )


def key_iku(kode_unit: str, periode: str, kode_indikator: str) -> str:
    """The key of a computed indicator, which withholding names before it is made."""
    row = {"kode_unit": kode_unit, "periode": periode, "kode_indikator": kode_indikator}
    return contracts.table("realisasi_iku").key_of(row)


def belum_ada(context: Context, kode_unit: str, ada: set[str]) -> list[str]:
    """Villages (not kelurahan) of a kecamatan that are not among those found, by name."""
    return sorted(d.nama for d in context.regions.desa_of(kode_unit) if d.adalah_desa and d.kode not in ada)


def metode_dipakai(tahun: int, ada: Iterable[str]) -> str | None:
    """The index that counts for a year: the one in force, else the only one there is."""
    known = sorted(set(ada))
    in_force = village.metode_tahun(tahun)
    return in_force if in_force in known else next(iter(known), None)
