"""Satisfaction (IKM): the index by quarter between the bands of quality, and the elements by height."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from assets.publish.charts import gambar as g
from assets.publish.charts.gambar import Gambar, Row, Spec, lapisan
from warehouse.formulas import survey
from warehouse.values.periods import Period

_PITA = ("#dfe9f2", "#f1f1ec", "#f9ecd2", "#f3d9c6")  # A to D: told apart by the words in them
_SEMPIT = Decimal(4)  # index points above and below what is shown


def ikm_periode(rows: Iterable[Row], target: Decimal | None = None) -> Gambar:
    """The index of each quarter or semester, with the bands of quality behind and the target as a line.

    Args:
        rows: as ``v1_ikm`` has them, one a period of one year: ``periode``, ``ikm`` (None where withheld),
            ``mutu``, ``status_terbit``. A whole year among them is left out.
        target: target of the year on the same scale.
    """
    periods = [r for r in sorted(rows, key=lambda r: Period.parse(r["periode"])) if "-" in r["periode"]]
    points = [_point(r, before) for r, before in zip(periods, [None, *periods], strict=False)]
    there = [r["ikm"] for r in periods if r["ikm"] is not None]
    low, high = _range([*there, *([target] if target is not None else [])])
    order = [p["periode"] for p in points]
    x: Spec = {
        "field": "periode",
        "type": "ordinal",
        "sort": order,
        "title": None,
        "axis": {"labelAngle": 0, "grid": False},
    }
    y: Spec = {
        "field": "nilai",
        "type": "quantitative",
        "title": "IKM (skala 25–100, sumbu dipotong)",
        "scale": {"domain": [g.letak(low), g.letak(high)], "zero": False, "nice": False},
    }
    values, gaps = [p for p in points if p["nilai"] is not None], [p for p in points if p["nilai"] is None]
    layers = [
        *_bands(low, high, y),
        lapisan(
            points,
            {"type": "line", "color": g.GELAP, "strokeWidth": 2, "invalid": "break-paths-show-path-domains"},
            x=x,
            y=y,
        ),
        lapisan(
            values, {"type": "point", "filled": True, "size": 90, "color": g.GELAP, "opacity": 1}, x=x, y=y
        ),
        *g.tulisan(values, "tulisan", {"dy": {"expr": "datum.geser"}, "fontWeight": "bold"}, x=x, y=y),
        lapisan(
            gaps,
            {"type": "text", "color": g.TANDA, "fontStyle": "italic"},
            x=x,
            y={**y, "field": "tengah"},
            text={"field": "tulisan"},
        ),
        *_target(target, y),
    ]
    for gap in gaps:
        gap["tengah"] = g.letak((low + high) / 2)
    return g.gambar(layers, 300, _words(periods, target))


def ikm_unsur(rows: Iterable[Row]) -> Gambar:
    """Elements by mean value, highest on top, the lowest marked by word and colour.

    Args:
        rows: as ``v1_ikm_unsur`` has them, of one period: ``unsur``, ``nama_unsur``, ``nrr`` (1..4; None
            where withheld), ``status_terbit``.
    """
    given = list(rows)
    known = sorted((r for r in given if r["nrr"] is not None), key=lambda r: (-r["nrr"], r["unsur"]))
    lowest = min((r["nrr"] for r in known), default=None)
    bars: list[dict[str, Any]] = [
        {
            "unsur": _nama(r),
            "nilai": g.letak(r["nrr"]),
            "mulai": 1,
            "tulisan": g.angka(r["nrr"], 3) + (" terendah" if r["nrr"] == lowest else "") + _lama(r),
            "warna": g.TANDA if r["nrr"] == lowest else g.SEDANG,
        }
        for r in known
    ]
    empty = [
        {"unsur": _nama(r), "mulai": 1, "tulisan": g.mengapa_kosong(r)} for r in given if r["nrr"] is None
    ]
    y: Spec = {
        "field": "unsur",
        "type": "nominal",
        "sort": [b["unsur"] for b in (*bars, *empty)],
        "title": None,
        "axis": {"ticks": False, "labelPadding": 6, "labelLimit": 300},
    }
    x: Spec = {
        "field": "nilai",
        "type": "quantitative",
        "title": "Nilai rata-rata unsur (skala 1–4)",
        "scale": {"domain": [1, 5], "nice": False},
        "axis": {"values": [1, 1.5, 2, 2.5, 3, 3.5, 4], "format": ".1f"},
    }
    said = ", ".join(f"{r['nama_unsur']} {g.angka(r['nrr'], 3)}" for r in known)
    teks = (
        f"Nilai rata-rata tiap unsur pelayanan dari tertinggi: {said}."
        if known
        else "Unsur: belum ada angka."
    )
    return g.gambar(
        [
            lapisan(
                bars,
                {"type": "bar", "height": {"band": 0.66}, "stroke": g.TULISAN, "strokeWidth": 0.8},
                y=y,
                x=x,
                x2={"field": "mulai"},
                color={"field": "warna", "type": "nominal", "scale": None},
            ),
            lapisan(bars, {"type": "text", "align": "left", "dx": 4}, y=y, x=x, text={"field": "tulisan"}),
            lapisan(
                empty,
                {"type": "text", "align": "left", "dx": 4, "fontStyle": "italic", "color": g.TANDA},
                y=y,
                x={**x, "field": "mulai"},
                text={"field": "tulisan"},
            ),
        ],
        60 + 26 * max(1, len(given)),
        teks
        + _lowest(known)
        + g.kosong([f"{_nama(r)} ({g.mengapa_kosong(r)})" for r in given if r["nrr"] is None]),
    )


def _nama(row: Row) -> str:
    return f"{row['unsur']} {row['nama_unsur']}" if row.get("nama_unsur") else str(row["unsur"])


def _lama(row: Row) -> str:
    return " (angka lama)" if g.basi(row) else ""


def _lowest(known: list[Row]) -> str:
    return f" Terendah: {_nama(known[-1])}." if known else ""


def _period(periode: str) -> str:
    part = Period.parse(periode)
    kata = {"triwulan": "Triwulan", "semester": "Semester"}[part.jenis]
    return f"{kata} {'I II III IV'.split()[part.nomor - 1]} {part.tahun}"


def _point(row: Row, before: Row | None) -> dict[str, Any]:
    ikm = row["ikm"]
    tulisan = g.mengapa_kosong(row) if ikm is None else f"{g.angka(ikm)} ({row['mutu']}){_lama(row)}"
    falls = before is not None and before["ikm"] is not None and ikm is not None and ikm < before["ikm"]
    return {
        "periode": _period(row["periode"]),
        "nilai": g.letak(ikm),
        "tulisan": tulisan,
        "geser": 16 if falls else -14,
    }


def _range(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    floor = survey.mutu_bands()[-1][2]
    if not values:
        return floor, Decimal(100)
    return max(floor, min(values) - _SEMPIT), min(Decimal(100), max(values) + _SEMPIT)


def _bands(low: Decimal, high: Decimal, y: Spec) -> list[Spec]:
    """The bands of quality that reach into what is shown, each with its letter and word at the right."""
    found, top = [], Decimal(100)
    for (mutu, kinerja, mulai), latar in zip(survey.mutu_bands(), _PITA, strict=True):
        if mulai < high and top > low:
            found.append(
                {
                    "nilai": g.letak(max(mulai, low)),
                    "atas": g.letak(min(top, high)),
                    "warna": latar,
                    "tulisan": f"{mutu}: {kinerja}",
                }
            )
        top = mulai
    warna: Spec = {"field": "warna", "type": "nominal", "scale": None}
    return [
        lapisan(found, {"type": "rect", "stroke": "#ffffff"}, y=y, y2={"field": "atas"}, color=warna),
        lapisan(
            found,
            {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dx": 4,
                "dy": -3,
                "color": g.REDUP,
                "fontSize": 11,
            },
            x={"value": 0},
            y=y,
            text={"field": "tulisan"},
        ),
    ]


def _target(target: Decimal | None, y: Spec) -> list[Spec]:
    if target is None:
        return []
    row = [{"nilai": g.letak(target), "tulisan": f"Target {g.angka(target)}"}]
    return [
        lapisan(row, {"type": "rule", "color": g.TANDA, "strokeWidth": 2, "strokeDash": [6, 4]}, y=y),
        lapisan(
            row,
            {
                "type": "text",
                "align": "right",
                "baseline": "top",
                "dy": 4,
                "dx": -4,
                "color": g.TANDA,
                "fontWeight": "bold",
            },
            x={"value": "width"},
            y=y,
            text={"field": "tulisan"},
        ),
    ]


def _words(periods: list[Row], target: Decimal | None) -> str:
    if not periods:
        return "Indeks Kepuasan Masyarakat tiap periode: belum ada angka."
    said = [
        f"{_period(r['periode'])} {g.angka(r['ikm'])} (mutu {r['mutu']}){_lama(r)}"
        for r in periods
        if r["ikm"] is not None
    ]
    gaps = [f"{_period(r['periode'])} ({g.mengapa_kosong(r)})" for r in periods if r["ikm"] is None]
    aim = f" Target {g.angka(target)}." if target is not None else ""
    teks = (
        f"Indeks Kepuasan Masyarakat tiap periode: {'; '.join(said)}."
        if said
        else "Indeks Kepuasan Masyarakat."
    )
    return teks + aim + g.kosong(gaps)
