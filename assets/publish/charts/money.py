"""Absorption: how much of each programme's budget was spent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from assets.publish.charts import gambar as g
from assets.publish.charts.gambar import Gambar, Row, Spec, lapisan

_PANJANG = 34  # letters of a programme's name in one line


def serapan_program(rows: Iterable[Row]) -> Gambar:
    """Each programme's budget as an outline of 100 % and what was spent of it inside; the amounts beside.

    Budgets differ a thousandfold, so the bars are shares; the amounts are written.

    Args:
        rows: as ``v1_serapan_program`` has them, of one period and in the order to show: ``uraian``,
            ``tingkat`` (a ``total`` is shown last), ``pagu``, ``realisasi``, ``serapan_persen`` (None where
            withheld or without budget), ``status_terbit``.
    """
    given = sorted(rows, key=lambda r: r.get("tingkat") == "total")
    bars = [_bar(nr, r) for nr, r in enumerate(given)]
    there = [b for b in bars if b["persen"] is not None]
    gaps = [b for b in bars if b["persen"] is None]
    highest = max([100.0, *(b["persen"] for b in there)])
    y: Spec = {
        "field": "program",
        "type": "nominal",
        "sort": [b["program"] for b in bars],
        "title": None,
        "axis": {
            "ticks": False,
            "labelExpr": "split(split(datum.label, '#')[1], '|')",
            "labelPadding": 6,
            "labelLimit": 300,
        },
    }
    x: Spec = {
        "field": "persen",
        "type": "quantitative",
        "title": "Realisasi terhadap pagu (%)",
        "scale": {"domain": [0, highest * 1.02], "nice": False},
        "axis": {"tickCount": 5, "format": "d"},
    }
    nol: Spec = {"datum": 0}
    layers = [
        lapisan(
            bars,
            {"type": "bar", "height": {"band": 0.5}, "fill": "#ffffff", "stroke": g.TULISAN},
            y=y,
            x={**x, "field": "pagu"},
            x2=nol,
        ),
        lapisan(
            there,
            {"type": "bar", "height": {"band": 0.5}, "stroke": g.TULISAN, "strokeWidth": 0.8},
            y=y,
            x=x,
            x2=nol,
            color={"field": "warna", "type": "nominal", "scale": None},
        ),
        lapisan(
            there,
            {"type": "text", "align": "left", "dx": 6, "color": "#ffffff", "fontWeight": "bold"},
            y=y,
            x={**x, "field": "nol"},
            text={"field": "tulisan"},
        ),
        lapisan(
            bars,
            {"type": "text", "align": "left", "dx": 2, "dy": -21, "fontSize": 11, "color": g.REDUP},
            y=y,
            x={**x, "field": "nol"},
            text={"field": "uang"},
        ),
        lapisan(
            gaps,
            {"type": "text", "align": "left", "dx": 6, "fontStyle": "italic", "color": g.TANDA},
            y=y,
            x={**x, "field": "nol"},
            text={"field": "tulisan"},
        ),
    ]
    return g.gambar(layers, 60 + 54 * max(1, len(bars)), _words(given))


def _bar(nr: int, row: Row) -> dict[str, Any]:
    persen = row["serapan_persen"]
    tulisan = g.mengapa_kosong(row) if persen is None else f"{g.angka(persen)} %"
    total = row.get("tingkat") == "total"
    return {
        "program": f"{nr:03d}#{_lines(str(row['uraian']))}",
        "persen": g.letak(persen),
        "pagu": 100,
        "nol": 0,
        "tulisan": tulisan + (" (angka lama)" if g.basi(row) else ""),
        "uang": _uang(row),
        "warna": g.GELAP if total else g.SEDANG,
    }


def _uang(row: Row) -> str:
    return f"Rp{_rupiah(row['realisasi'])} dari Rp{_rupiah(row['pagu'])}"


def _rupiah(nilai: Decimal | None) -> str:
    return "…" if nilai is None else g.angka(nilai, 0)


def _lines(uraian: str) -> str:
    """The name in lines of at most ``_PANJANG`` letters, parted by ``|``."""
    lines = [""]
    for word in uraian.replace("|", " ").replace("#", " ").split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > _PANJANG:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "|".join(lines)


def _words(rows: list[Row]) -> str:
    there = [
        f"{r['uraian']} {g.angka(r['serapan_persen'])} % ({_uang(r)})"
        for r in rows
        if r["serapan_persen"] is not None
    ]
    gaps = [f"{r['uraian']} ({g.mengapa_kosong(r)})" for r in rows if r["serapan_persen"] is None]
    teks = (
        f"Serapan anggaran tiap program: {'; '.join(there)}."
        if there
        else "Serapan anggaran: belum ada angka."
    )
    return teks + g.kosong(gaps)
