"""Status of villages year by year: stacked bars, each part named and counted in itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from assets.publish.charts.gambar import GELAP, REDUP, SEDANG, TULISAN, Gambar, Row, Spec, gambar, lapisan
from warehouse.formulas import village

_METODE = {"IDM": "IDM", "INDEKS_DESA": "Indeks Desa"}
# Dark to light from the best to the worst: told apart in grey print and by any eye.
WARNA = {
    "MANDIRI": GELAP,
    "MAJU": SEDANG,
    "BERKEMBANG": "#9cc9e3",
    "TERTINGGAL": "#f7dca6",
    "SANGAT TERTINGGAL": "#ffffff",
}
_TERANG = ("MANDIRI", "MAJU")  # dark enough for white letters
_TANPA = "TANPA STATUS"
_PENUH, _SATU = 0.84, 0.3  # width of a bar among many, and of a single one
_TERKECIL = 0.05  # share of the axis in which a line of letters stands


def status_desa(rows: Iterable[Row]) -> Gambar:
    """Villages by status in each year and method.

    Args:
        rows: one a village, year and method, as ``v1_status_desa`` has them: ``tahun``, ``metode``,
            ``status`` (None where withheld or unknown).
    """
    counts: dict[tuple[int, str], Counter[str]] = {}
    for row in rows:
        at = counts.setdefault((int(row["tahun"]), str(row["metode"])), Counter())
        at[row["status"] or _TANPA] += 1
    bars = [counts[k] for k in sorted(counts)]
    keys = [_label(k) for k in sorted(counts)]
    most = max((b.total() for b in bars), default=1)
    parts = [p for key, bar in zip(keys, bars, strict=True) for p in _parts(key, bar, most)]
    x: Spec = {
        "field": "tahun",
        "type": "ordinal",
        "sort": keys,
        "title": None,
        "axis": {"labelAngle": 0, "labelExpr": "split(datum.label, '|')", "ticks": False},
    }
    y: Spec = {
        "field": "dari",
        "type": "quantitative",
        "title": "Banyak desa",
        "scale": {"domain": [0, most]},
        "axis": {"tickMinStep": 1, "format": "d"},
    }
    known = [s for s in (*reversed(village.statuses()), _TANPA) if any(b[s] for b in bars)]
    colour: Spec = {
        "field": "status",
        "type": "nominal",
        "title": None,
        "legend": {"orient": "top", "columns": 3},
        "scale": {"domain": [_kata(s) for s in known], "range": [WARNA.get(s, "#f1f1ec") for s in known]},
    }
    # A band this wide holds "Sangat tertinggal 12".
    bar: Spec = {
        "type": "bar",
        "stroke": TULISAN,
        "strokeWidth": 0.8,
        "width": {"band": min(_PENUH, _SATU * len(keys))},
    }
    texts = [p for p in parts if p["tampak"]]
    return gambar(
        [
            lapisan(parts, bar, x=x, y=y, y2={"field": "sampai"}, color=colour),
            lapisan(
                texts,
                {"type": "text", "fontSize": 11},
                x=x,
                y={**y, "field": "tengah"},
                text={"field": "tulisan"},
                color={"field": "huruf", "type": "nominal", "scale": None},
            ),
            lapisan(
                [
                    {"tahun": k, "n": b.total(), "tulisan": f"{b.total()} desa"}
                    for k, b in zip(keys, bars, strict=True)
                ],
                {"type": "text", "fontSize": 11, "dy": -8, "color": REDUP},
                x=x,
                y={**y, "field": "n"},
                text={"field": "tulisan"},
            ),
        ],
        320,
        _words(keys, bars),
    )


def _label(key: tuple[int, str]) -> str:
    return f"{key[0]}|{_METODE.get(key[1], key[1])}"


def _kata(status: str) -> str:
    return status.capitalize()


def _parts(key: str, bar: Counter[str], most: int) -> list[dict[str, Any]]:
    """The parts of one bar, the best status at the foot."""
    found, height = [], 0
    for status in (*reversed(village.statuses()), _TANPA):
        n = bar[status]
        if not n:
            continue
        found.append(
            {
                "tahun": key,
                "status": _kata(status),
                "n": n,
                "dari": height,
                "sampai": height + n,
                "tengah": height + n / 2,
                "tulisan": f"{_kata(status)} {n}",
                "tampak": n / most >= _TERKECIL,
                "huruf": "#ffffff" if status in _TERANG else TULISAN,
            }
        )
        height += n
    return found


def _words(keys: list[str], bars: list[Counter[str]]) -> str:
    if not bars:
        return "Status desa: belum ada angka."
    said = []
    for key, bar in zip(keys, bars, strict=True):
        tahun, metode = key.split("|")
        each = [f"{_kata(s)} {bar[s]}" for s in (*reversed(village.statuses()), _TANPA) if bar[s]]
        said.append(f"{tahun} ({metode}, {bar.total()} desa): {', '.join(each)}")
    return f"Banyak desa menurut status tiap tahun. {'; '.join(said)}."
