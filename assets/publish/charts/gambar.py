"""What all charts share: the picture, its look, and how a figure that is not there is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from warehouse.values.numbers import tampil

Spec = dict[str, Any]
Row = Mapping[str, Any]

LEBAR = 600  # CSS pixels with axes and margins: 15.9 cm, the text width of an A4 page
# Travels inside vl-convert, so that no machine draws other letters. One name: a list costs a third more time.
HURUF = "Liberation Sans"
TULISAN = "#1c1c1a"
REDUP = "#55554f"
GELAP = "#12436d"
SEDANG = "#3e7cb1"
MUDA = "#c9dceb"
TANDA = "#a03c00"
_ANGKA = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}


class Gambar(NamedTuple):
    """A chart: its Vega-Lite specification with the data inside, and what is seen in words (Indonesian)."""

    spesifikasi: Spec
    teks_alternatif: str


def gambar(lapisan: Sequence[Spec], tinggi: int, teks_alternatif: str, **lain: Any) -> Gambar:
    """A picture of layers, ``LEBAR`` wide and ``tinggi`` high with everything in it."""
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": teks_alternatif,
        "width": LEBAR,
        "height": tinggi,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "background": "#ffffff",
        "layer": list(lapisan),
        "config": _look(),
        **lain,
    }
    return Gambar(spec, teks_alternatif)


def lapisan(rows: Sequence[Row], mark: str | Spec, **encoding: Spec | None) -> Spec:
    """One layer with its own data."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def tulisan(rows: Sequence[Row], field: str, mark: Spec | None = None, **encoding: Spec | None) -> list[Spec]:
    """Letters with a white edge, so that they stay readable over lines."""
    look = {"type": "text", **(mark or {})}
    edge = {**look, "stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85}
    return [lapisan(rows, m, **encoding, text={"field": field}) for m in (edge, look)]


def letak(nilai: Decimal | int | None) -> float | None:
    """A position on an axis; what is read beside it is written from the exact value."""
    return None if nilai is None else float(nilai)


def angka(nilai: Decimal | int, desimal: int = 2) -> str:
    """A value as a reader sees it: ``95,54``."""
    return tampil(Decimal(nilai), desimal)


def mengapa_kosong(row: Row) -> str:
    """The word that stands where there is no value: ``ditahan`` or ``tidak ada``."""
    return "ditahan" if row.get("status_terbit") == "ditahan" else "tidak ada"


def basi(row: Row) -> bool:
    """Whether the value is of an earlier publication, kept because the present one is withheld."""
    return bool(row.get("status_terbit") == "basi")


def kosong(nama: Sequence[str]) -> str:
    """Said of what has no value; nothing where all have one. Items come as ``TW 3 (ditahan)``."""
    return f" Tanpa angka: {', '.join(nama)}." if nama else ""


def _look() -> Spec:
    teks = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": TULISAN, "titleColor": TULISAN}
    return {
        "font": HURUF,
        "locale": {"number": _ANGKA},
        "axis": {
            **teks,
            "titleFontWeight": "normal",
            "gridColor": "#e3e3de",
            "domainColor": REDUP,
            "tickColor": REDUP,
            "labelLimit": 260,
        },
        "legend": {
            **teks,
            "titleFontWeight": "normal",
            "symbolStrokeColor": TULISAN,
            "symbolType": "square",
            "labelLimit": 260,
        },
        "text": {"font": HURUF, "fontSize": 12, "color": TULISAN},
        "view": {"stroke": None},
    }
