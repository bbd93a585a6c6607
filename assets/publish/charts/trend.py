"""One indicator over the years, against its targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assets.publish.charts import gambar as g
from assets.publish.charts.gambar import Gambar, Row, Spec, lapisan

_METODE = {"INDEKS_DESA": "Indeks Desa"}


def tren_iku(rows: Iterable[Row], nama: str, satuan: str = "", desimal: int = 2) -> Gambar:
    """What was reached each year as a line that breaks where the series does, each year's target as a dash.

    Args:
        rows: as ``v1_tren_iku`` has them, of one indicator: ``tahun``, ``realisasi`` (None where withheld),
            ``target``, ``putus_seri``, ``metode``, ``status_terbit``.
        nama: the indicator as the axis names it.
        satuan: unit beside the name.
        desimal: decimals of what is written.
    """
    given = _years(sorted(rows, key=lambda r: int(r["tahun"])))
    points = _points(given, desimal)
    there, gaps = [p for p in points if p["nilai"] is not None], [p for p in points if p["nilai"] is None]
    aims = [p for p in points if p["target"] is not None]
    low, high = _range([v for p in points for v in (p["nilai"], p["target"]) if v is not None])
    x: Spec = {
        "field": "tahun",
        "type": "ordinal",
        "sort": [p["tahun"] for p in points],
        "title": None,
        "axis": {"labelAngle": 0},
    }
    cut = ", sumbu dipotong" if low > 0 else ""
    y: Spec = {
        "field": "nilai",
        "type": "quantitative",
        "title": (satuan or "Nilai") + cut,
        "scale": {"domain": [low, high], "zero": False, "nice": False},
        "axis": {"tickCount": 5},
    }
    mid = {**y, "field": "tengah"}
    for gap in gaps:
        gap["tengah"] = (low + high) / 2
    layers = [
        lapisan(
            there,
            {"type": "line", "color": g.GELAP, "strokeWidth": 2},
            x=x,
            y=y,
            detail={"field": "seri", "type": "nominal"},
        ),
        lapisan(
            aims,
            {
                "type": "tick",
                "color": g.TANDA,
                "thickness": 2.5,
                "width": {"band": 0.6},
                "orient": "horizontal",
            },
            x=x,
            y={**y, "field": "target"},
        ),
        *g.tulisan(
            aims,
            "tulisan_target",
            {"color": g.TANDA, "fontSize": 11, "dy": {"expr": "datum.geser_target"}},
            x=x,
            y={**y, "field": "target"},
        ),
        lapisan(
            there, {"type": "point", "filled": True, "size": 90, "color": g.GELAP, "opacity": 1}, x=x, y=y
        ),
        *g.tulisan(there, "tulisan", {"fontWeight": "bold", "dy": {"expr": "datum.geser"}}, x=x, y=y),
        lapisan(
            gaps,
            {"type": "text", "fontStyle": "italic", "color": g.TANDA},
            x=x,
            y=mid,
            text={"field": "tulisan"},
        ),
        lapisan(
            [p for p in points if p["putus"]],
            {"type": "text", "fontSize": 10, "color": g.REDUP, "dy": -16, "lineBreak": "|"},
            x=x,
            y={"value": "height"},
            text={"field": "putus"},
        ),
    ]
    return g.gambar(layers, 300, _words(given, nama, satuan, desimal))


def _years(rows: list[Row]) -> list[Row]:
    """The rows with an empty one for each year that is missing between them."""
    if not rows:
        return []
    by_year = {int(r["tahun"]): r for r in rows}
    empty = {"realisasi": None, "target": None}
    return [by_year.get(t, {"tahun": t, **empty}) for t in range(min(by_year), max(by_year) + 1)]


def _points(rows: list[Row], desimal: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    seri = 0
    for row in rows:
        nilai, target = row["realisasi"], row.get("target")
        broken = bool(row.get("putus_seri"))
        seri += broken or nilai is None
        above = nilai is None or target is None or nilai >= target
        found.append(
            {
                "tahun": str(row["tahun"]),
                "nilai": g.letak(nilai),
                "target": g.letak(target),
                "seri": seri,
                "tulisan": g.mengapa_kosong(row)
                if nilai is None
                else g.angka(nilai, desimal) + (" (angka lama)" if g.basi(row) else ""),
                "tulisan_target": "" if target is None else f"target {g.angka(target, desimal)}",
                "geser": -14 if above else 16,
                "geser_target": 14 if above else -12,
                "putus": f"metode baru:|{_METODE.get(row.get('metode') or '', row.get('metode') or 'lain')}"
                if broken
                else "",
            }
        )
    return found


def _range(values: list[float]) -> tuple[float, float]:
    """From nought where that leaves the differences readable, else from just below the lowest."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.35
    return (low - room if low > 0.6 * high and low - room > 0 else min(0.0, low)), high + room


def _words(rows: list[Row], nama: str, satuan: str, desimal: int) -> str:
    if not any(r["realisasi"] is not None for r in rows):
        return f"{nama}: belum ada angka."
    said = []
    for row in (r for r in rows if r["realisasi"] is not None):
        aim = f", target {g.angka(row['target'], desimal)}" if row.get("target") is not None else ""
        new = ", metode baru" if row.get("putus_seri") else ""
        old = ", angka lama" if g.basi(row) else ""
        said.append(f"{row['tahun']} {g.angka(row['realisasi'], desimal)}{aim}{new}{old}")
    gaps = [f"{r['tahun']} ({g.mengapa_kosong(r)})" for r in rows if r["realisasi"] is None]
    return f"{nama}{f' ({satuan})' if satuan else ''} tiap tahun: {'; '.join(said)}.{g.kosong(gaps)}"
