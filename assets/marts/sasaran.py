"""Which printed target is in force for a period (contract 1.4).

What is computed with it is not here but in ``capaian``, ``tren`` and ``renstra``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from assets.marts.figures import Row, figures, is_kecamatan, is_published, is_year
from quality.finding import Finding
from warehouse.formulas.exact import share
from warehouse.indicators import Indicator
from warehouse.trail import Cell, Source
from warehouse.values.numbers import tampil
from warehouse.values.periods import Period

RENSTRA = "RENSTRA"
# A document without a date is taken to hold from here on: agreements are made in January, changed
# ones after the changed budget, in the fourth quarter.
_UNDATED = {"PK": (1, 1), "PK-P": (10, 1)}

# Units that say percent, and how far apart target and value are before one of them is a fraction.
_PERCENT, _APART = ("%", "persen", "persentase", "prosentase"), 10


class Targets:
    """All printed targets, asked by unit, indicator and period."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._pk: dict[tuple[str, str, str], list[Row]] = {}
        self._renstra: dict[tuple[str, str, str], Row] = {}
        self._agreed: dict[tuple[str, int], set[str]] = {}
        self._quarters: dict[tuple[str, str, int], set[str]] = {}
        for row in rows:
            if is_kecamatan(row["kode_unit"]) and is_published(row["periode"]):
                self._take(row)

    def _take(self, row: Row) -> None:
        key = (row["kode_unit"], row["kode_indikator"], row["periode"])
        if row["dokumen"] == RENSTRA:
            self._renstra[key] = row
        else:
            self._pk.setdefault(key, []).append(row)
            self._agreed.setdefault((row["kode_unit"], row["tahun"]), set()).add(row["kode_indikator"])
            if not is_year(row["periode"]):
                self._quarters.setdefault((*key[:2], row["tahun"]), set()).add(row["periode"])

    def agreed(self) -> dict[tuple[str, int], set[str]]:
        """Indicators of the Perjanjian Kinerja by unit and year."""
        return self._agreed

    def planned(self) -> list[tuple[str, str, str]]:
        """Unit, indicator and period of every Renstra target."""
        return sorted(self._renstra)

    def quarters(self, unit: str, kode: str, tahun: int) -> list[str]:
        """Periods shorter than the year for which the Perjanjian Kinerja has a target."""
        return sorted(self._quarters.get((unit, kode, tahun), ()))

    def years(self) -> dict[tuple[str, str], set[int]]:
        """Years in which an indicator stood in the Perjanjian Kinerja, by unit and indicator."""
        found: dict[tuple[str, str], set[int]] = {}
        for (unit, tahun), kodes in self._agreed.items():
            for kode in kodes:
                found.setdefault((unit, kode), set()).add(tahun)
        return found

    def pk(self, unit: str, kode: str, periode: str) -> Row | None:
        """The target of the latest agreement in force on the period's last day; None if there is none."""
        last = Period.parse(periode).akhir
        found = [r for r in self._pk.get((unit, kode, periode), ()) if _since(r) <= last]
        return max(found, key=lambda r: (_since(r), r["dokumen"])) if found else None

    def renstra(self, unit: str, kode: str, periode: str) -> Row | None:
        """The Renstra's target."""
        return self._renstra.get((unit, kode, periode))

    def indicators(self) -> set[tuple[str, str]]:
        """Unit and indicator of all targets."""
        return {(u, k) for u, k, _ in (*self._pk, *self._renstra)}


def _since(row: Row) -> dt.date:
    dated: dt.date | None = row["berlaku_sejak"]
    return dated or dt.date(row["tahun"], *_UNDATED[row["dokumen"]])


def target_cell(row: Row) -> Cell:
    """Where a target stood: a column of its own, one a year in the Renstra, one a quarter in the PK."""
    if row["dokumen"] == RENSTRA:
        return Cell.of(row, f"target@{row['periode']}")
    return Cell.of(row, "target" if is_year(row["periode"]) else f"target@{row['periode'][5:]}")


def not_a_share(row: Row, n: Decimal, known: Indicator | None) -> Finding:
    """A printed target that no k of n things prints as: with the two shares around it (contract 2.6)."""
    times = 1 if known is not None and known.satuan == "rasio" else 100
    things = int(n)
    below = max(0, min(things, int(row["target"] * things / times)))
    around = dict.fromkeys((below, min(things, below + 1)))
    places = 2 if times == 100 else 4
    nearest = [f"{k}/{things} = {tampil(share(k, things, times), places)}" for k in around]
    return Finding(
        "target_bukan_k_per_n",
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=target_cell(row),
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        tertulis=row["target_teks"] or tampil(row["target"]),
        seharusnya=" atau ".join(nearest),
        isi={"indikator": row["indikator"], "n": things},
    )


def mixed_scales(
    row: Row, target: Row, hitung: Decimal | None, known: Indicator | None, by_hand: Source | None
) -> Finding | None:
    """A percentage whose target is written as a fraction (0,8 for 80) while its value is not, or vice versa.

    Args:
        row: the row of ``capaian_iku``.
        target: the row of its target.
        hitung: the target as it is computed with.
        known: the indicator, if the catalogue has it.
        by_hand: where a hand-filled value stood; a computed one is always in percent.
    """
    value, percent = row["realisasi"], (row["satuan"] or "").strip().casefold() in _PERCENT
    if value is None or hitung is None or not (percent or (known is not None and known.satuan == "persen")):
        return None
    low, high = sorted((hitung, value))
    if not (0 < low <= 1 < high and high >= _APART * low) or (low == value and by_hand is None):
        return None
    small = by_hand if low == value and isinstance(by_hand, Cell) else target_cell(target)
    return Finding(
        "persen_dan_pecahan",
        berkas_id=small.berkas_id,
        lembar=small.lembar,
        cell=small,
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        tertulis=tampil(low, 4),
        seharusnya=tampil(low * 100, 2),
        isi={"indikator": row["indikator"], "target": tampil(hitung, 4), "realisasi": tampil(value, 2)},
        figures=figures("capaian_iku", row, ("capaian_persen", "kategori", "tercapai")),
    )
