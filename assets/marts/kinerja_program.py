"""Outputs of programmes, kegiatan and sub kegiatan: target, realisation, achievement.

Offices print the same output in several tables. One fact counts once; an output printed without a
name of its own (the name of its programme stands for it) is the named one if both were achieved
alike. Where they differ, one operand contradicts another and the figure is withheld.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

import pyarrow as pa

from assets.marts.figures import Row, figure, figures, grouped, is_kecamatan, is_published, is_year
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import achievement
from warehouse.trail import Cell
from warehouse.values.codes import nama_baku
from warehouse.values.numbers import tampil

TABEL = "kinerja_program"
TANPA_TARGET_TRIWULAN = "target triwulan tidak ada; targetnya setahun"
TAK_PASTI = "kinerja sampai triwulan ini tidak dapat dijumlahkan"
_FACT = ("target", "realisasi")


def kinerja_program(
    kinerja_program: pa.Table, realisasi_program: pa.Table, context: Context
) -> dict[str, Mart]:
    """Every output with its achievement in percent, uncapped; outputs are better the higher they are.

    The first output of a code keeps the code, further ones end in ``/2``, ``/3``.

    Args:
        kinerja_program: ``clean_kinerja_program``.
        realisasi_program: ``clean_realisasi_program``; an output of a code it does not hold has no
            budget to be compared with, which is told, and outputs printed on its sheets stand in
            columns of their own.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    budget = contracts.as_rows(realisasi_program)
    money = {_sheet(r) for r in budget}
    outputs = [
        r
        for r in contracts.as_rows(kinerja_program)
        if is_kecamatan(r["kode_unit"]) and is_published(r["periode"])
    ]
    for rows in grouped(outputs, "kode_unit", "periode", "kode").values():
        for place, same in enumerate(_facts(rows), start=1):
            _write(mart, same, place, money)
    _without_budget(mart, outputs, budget)
    return {TABEL: mart}


def _sheet(row: Row) -> tuple[str, str, int]:
    return (row["berkas_id"], row["lembar"], row["tabel_ke"])


def _cell(row: Row, column: str, money: Container[tuple[str, str, int]]) -> Cell:
    """Where an output stood; beside the money it has columns of its own, ``realisasi`` being rupiah there."""
    if row.get(f"{column}_dari"):
        return Cell.of(row, column)
    return Cell.of(row, f"{column}_kinerja" if _sheet(row) in money or row["realisasi_dari"] else column)


def _facts(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of one code as facts, each with all rows that state it, in the order of the sheets."""
    ordered = sorted(
        rows, key=lambda r: (_unnamed(r), r["berkas_id"], r["lembar"], r["tabel_ke"], r["baris"])
    )
    facts: list[list[Row]] = []
    for row in ordered:
        same = next((f for f in facts if _is_same(f[0], row)), None)
        if same is None:
            facts.append([row])
        else:
            same.append(row)
    return facts


def _unnamed(row: Row) -> bool:
    return nama_baku(row["indikator"]) == nama_baku(row["uraian"])


def _is_same(first: Row, row: Row) -> bool:
    """Whether a later row speaks of the same output as the first."""
    if nama_baku(first["indikator"]) == nama_baku(row["indikator"]):
        return True
    return _unnamed(row) and not _unnamed(first)


def _write(mart: Mart, same: Sequence[Row], place: int, money: Container[tuple[str, str, int]]) -> None:
    first = same[0]
    percent, reason = achievement.capaian(first["target"], first["realisasi"])
    made: dict[str, Any] = {
        **{k: first[k] for k in ("kode_unit", "periode", "tingkat", "uraian", "indikator", "satuan", *_FACT)},
        "kode": first["kode"] if place == 1 else f"{first['kode']}/{place}",
        "capaian_persen": percent,
        "alasan": _reason(first, reason),
    }
    mart.rows.append(made)
    for column in _FACT:
        stated = [(column, first[column], _cell(first, column, money))]
        summed = "jumlah_triwulan" if first.get(f"{column}_dari") else "salin"
        mart.trail.add(figure(TABEL, made, column), summed, stated)
    pair = [(column, made[column], figure(TABEL, made, column)) for column in _FACT]
    mart.trail.add(figure(TABEL, made, "capaian_persen"), "capaian_naik", pair)
    if first["target"] is None and not _of_a_year(first):
        mart.findings.append(_empty_target(made, first, _cell(first, "target", money)))
    for other in same[1:]:
        if not _agree(first, other):
            cells = (_cell(other, "realisasi", money), _cell(first, "realisasi", money))
            mart.findings.append(_contradiction(made, first, other, cells))


def _of_a_year(row: Row) -> bool:
    """Whether it is a quarter of a table whose targets are those of the year (contract 2.1)."""
    return bool(row["realisasi_dari"]) and not is_year(row["periode"])


def _reason(row: Row, reason: str | None) -> str | None:
    """Why an output has no achievement; where outputs of quarters may not add up, that comes first."""
    if row["realisasi"] is None and row["realisasi_dari"]:
        return TAK_PASTI
    return TANPA_TARGET_TRIWULAN if row["target"] is None and _of_a_year(row) else reason


def _empty_target(made: Row, row: Row, cell: Cell) -> Finding:
    """An output without a target has no achievement, whatever percentage was printed beside it."""
    return Finding(
        "target_kosong",
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=cell,
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        tertulis=row["target_teks"],
        isi={"indikator": f"{row['indikator']} ({row['uraian']})"},
        figures=(figure(TABEL, made, "capaian_persen"),),
    )


def _agree(first: Row, other: Row) -> bool:
    """Whether a row states the output as the first does.

    A blank states nothing, and an unnamed print in another unit agrees if it was achieved alike.
    """
    pairs = [(first[c], other[c]) for c in _FACT]
    mine, its = (achievement.capaian(r["target"], r["realisasi"])[0] for r in (first, other))
    alike = _unnamed(other) and (mine is None or its is None or mine == its)
    return alike or all(one is None or another is None or one == another for one, another in pairs)


def _contradiction(made: Row, first: Row, other: Row, cells: tuple[Cell, Cell]) -> Finding:
    return Finding(
        "keluaran_bertentangan",
        berkas_id=other["berkas_id"],
        lembar=other["lembar"],
        cell=cells[0],
        related=cells[1:],
        kode_unit=other["kode_unit"],
        periode=other["periode"],
        tertulis=_stated(other),
        seharusnya=_stated(first),
        isi={"indikator": first["indikator"], "uraian": first["uraian"]},
        figures=figures(TABEL, made, (*_FACT, "capaian_persen")),
    )


def _stated(row: Row) -> str:
    target = row["target_teks"] or tampil(row["target"])
    realised = row["realisasi_teks"] or tampil(row["realisasi"])
    return f"target {target or '-'}, realisasi {realised or '-'}"


def _without_budget(mart: Mart, outputs: Sequence[Row], budget: Sequence[Row]) -> None:
    """One finding a unit and period for outputs whose code the budget table does not hold."""
    codes: dict[tuple[str, str], set[str]] = {}
    for row in budget:
        above = {row["kode"], row["kode_induk"]}
        codes.setdefault((row["kode_unit"], row["periode"]), set()).update(x for x in above if x)
    for (unit, periode), rows in grouped(outputs, "kode_unit", "periode").items():
        known = codes.get((unit, periode))
        missing = [
            r
            for r in rows
            if known and not any(k == r["kode"] or k.startswith(f"{r['kode']}.") for k in known)
        ]
        if missing:
            first = missing[0]
            mart.findings.append(
                Finding(
                    "keluaran_tanpa_anggaran",
                    berkas_id=first["berkas_id"],
                    lembar=first["lembar"],
                    cell=Cell.of(first, "uraian"),
                    related=tuple(Cell.of(r, "uraian") for r in missing[1:]),
                    kode_unit=unit,
                    periode=periode,
                    jumlah=len({r["kode"] for r in missing}),
                    isi={"kode_program": ", ".join(sorted({r["kode"] for r in missing})[:5])},
                )
            )
