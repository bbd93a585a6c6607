"""One indicator of several regions beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assets.publish.charts import gambar as g
from assets.publish.charts.gambar import Gambar, Row, Spec, lapisan


def banding(
    rows: Iterable[Row], kode: str, nama: str, satuan: str = "", desimal: int = 2, arah: str = "naik"
) -> Gambar:
    """Regions by value, the best on top, one's own dark; what may not be compared is hollow and marked ``*``.

    Args:
        rows: as ``v1_banding`` has them, of one indicator, year and scope: ``kode_pembanding``, ``nama``,
            ``nilai`` (None where withheld or unknown), ``peringkat``, ``dari``, ``dapat_dibandingkan``,
            ``status_terbit``.
        kode: one's own code.
        nama: the indicator as the axis names it.
        satuan: unit beside the name.
        desimal: decimals of what is written.
        arah: ``turun`` where less is better.
    """
    sign = -1 if arah == "naik" else 1
    given = list(rows)
    known = sorted((r for r in given if r["nilai"] is not None), key=lambda r: (sign * r["nilai"], r["nama"]))
    unknown = [r for r in given if r["nilai"] is None]
    bars = [_bar(r, kode, desimal) for r in known]
    empty = [{"nama": str(r["nama"]), "nol": 0, "tulisan": g.mengapa_kosong(r)} for r in unknown]
    y: Spec = {
        "field": "nama",
        "type": "nominal",
        "sort": [b["nama"] for b in (*bars, *empty)],
        "title": None,
        "axis": {"ticks": False, "labelPadding": 6},
    }
    highest = max((b["nilai"] for b in bars), default=1.0)
    lowest = min((b["nilai"] for b in bars), default=0.0)
    x: Spec = {
        "field": "nilai",
        "type": "quantitative",
        "title": nama + (f" ({satuan})" if satuan else "") + _star(known),
        "scale": {"domain": [min(0.0, lowest), highest * 1.22 or 1.0], "nice": False},
        "axis": {"tickCount": 5},
    }
    layers = [
        lapisan(
            bars,
            {"type": "bar", "height": {"band": 0.66}, "strokeWidth": 0.8},
            y=y,
            x=x,
            x2={"datum": 0},
            color={"field": "warna", "type": "nominal", "scale": None},
            stroke={"value": g.TULISAN},
            strokeDash={"field": "garis", "type": "nominal", "scale": None},
        ),
        lapisan(bars, {"type": "text", "align": "left", "dx": 4}, y=y, x=x, text={"field": "tulisan"}),
        lapisan(
            empty,
            {"type": "text", "align": "left", "dx": 4, "fontStyle": "italic", "color": g.TANDA},
            y=y,
            x={**x, "field": "nol"},
            text={"field": "tulisan"},
        ),
    ]
    return g.gambar(layers, 60 + 24 * max(1, len(given)), _words(known, unknown, nama, desimal))


def _bar(row: Row, kode: str, desimal: int) -> dict[str, Any]:
    own = row["kode_pembanding"] == kode
    fits = bool(row.get("dapat_dibandingkan", True))
    rank = row.get("peringkat")
    tulisan = (
        g.angka(row["nilai"], desimal)
        + ("" if fits else " *")
        + (f" (ke-{rank})" if rank and (row.get("dari") or 2) > 1 else "")
    )
    return {
        "nama": str(row["nama"]),
        "nilai": g.letak(row["nilai"]),
        "tulisan": tulisan + (" (angka lama)" if g.basi(row) else ""),
        "warna": g.GELAP if own else g.MUDA if fits else "#ffffff",
        "garis": [1, 0] if fits else [3, 3],
    }


def _star(known: list[Row]) -> str:
    return "; * tidak dapat dibandingkan" if any(not r.get("dapat_dibandingkan", True) for r in known) else ""


def _words(known: list[Row], unknown: list[Row], nama: str, desimal: int) -> str:
    if not known:
        return f"{nama} menurut wilayah: belum ada angka."
    said = [
        f"{r['nama']} {g.angka(r['nilai'], desimal)}{'' if r.get('dapat_dibandingkan', True) else ' *'}"
        for r in known
    ]
    return f"{nama} menurut wilayah: {'; '.join(said)}{_star(known)}." + g.kosong(
        [f"{r['nama']} ({g.mengapa_kosong(r)})" for r in unknown]
    )
