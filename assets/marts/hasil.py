"""What was realised: the figure computed from files before the one filled in by hand (contract 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assets.marts.figures import Row, agrees, exact_realisasi, figure, is_kecamatan, is_published, is_year
from quality.finding import Finding
from warehouse.indicators import Catalogue
from warehouse.trail import Cell, Figure, Source
from warehouse.values.numbers import tampil

DIHITUNG = "dihitung"
# A realisation sheet names its evidence, so it goes before a column of the Renstra.
TANGAN = ("manual", "renstra")


@dataclass(frozen=True)
class Hasil:
    """One realised value, unrounded, with its parts, its origin and where it stands."""

    exact: Decimal | None
    row: Row
    asal: str
    source: Source

    @property
    def metode(self) -> str | None:
        """The method of measuring; unknown of a hand-filled value."""
        return self.row.get("metode")

    @property
    def alasan(self) -> str | None:
        """Why a computed value is missing."""
        return self.row.get("alasan")

    def part(self, column: str) -> Source:
        """Where the numerator or denominator stands."""
        if self.asal == DIHITUNG:
            return figure("realisasi_iku", self.row, column)
        return self.source


class Realised:
    """Realised values by unit, indicator and period."""

    def __init__(self, computed: Iterable[Row], manual: Iterable[Row], indicators: Catalogue) -> None:
        self._indicators = indicators
        self._computed = {_key(r): r for r in computed if _taken(r)}
        self._manual = {(*_key(r), r["asal"]): r for r in manual if _taken(r)}

    def of(self, unit: str, kode: str, periode: str) -> Hasil | None:
        """The value that counts; a figure computed from files decides even where it is unknown."""
        row = self._computed.get((unit, kode, periode))
        if row is not None:
            return Hasil(self._exact(row), row, DIHITUNG, figure("realisasi_iku", row, "realisasi"))
        return next(iter(self._by_hand(unit, kode, periode)), None)

    def by_unit(self) -> dict[tuple[str, str], list[str]]:
        """All periods that have a value, by unit and indicator."""
        found: dict[tuple[str, str], set[str]] = {}
        for unit, kode, periode in {k[:3] for k in (*self._computed, *self._manual)}:
            found.setdefault((unit, kode), set()).add(periode)
        return {key: sorted(periods) for key, periods in found.items()}

    def filled_in(self) -> set[tuple[str, str, int]]:
        """Unit, indicator and year of all hand-filled values of a year."""
        return {(u, k, int(p)) for u, k, p, _ in self._manual if is_year(p)}

    def disputes(self, unit: str, kode: str, periode: str, resting: tuple[Figure, ...]) -> list[Finding]:
        """Hand-filled values that differ from the computed one, or from each other.

        Args:
            unit: kecamatan.
            kode: indicator.
            periode: period.
            resting: figures that rest on the value; withheld where two hand-filled ones differ.
        """
        counted = self.of(unit, kode, periode)
        if counted is None or counted.exact is None:
            return []
        others = [h for h in self._by_hand(unit, kode, periode) if h.row is not counted.row]
        return [_dispute(counted, h, resting) for h in others if not _agree(counted, h)]

    def _exact(self, row: Row) -> Decimal | None:
        known = self._indicators.get(row["kode_indikator"])
        return exact_realisasi(row, known.satuan if known else None)

    def _by_hand(self, unit: str, kode: str, periode: str) -> list[Hasil]:
        rows = [self._manual.get((unit, kode, periode, asal)) for asal in TANGAN]
        return [
            Hasil(self._exact(r), r, r["asal"], _cell(r))
            for r in rows
            if r is not None and r["realisasi"] is not None
        ]


def _dispute(counted: Hasil, other: Hasil, resting: tuple[Figure, ...]) -> Finding:
    row = other.row
    computed = counted.asal == DIHITUNG
    return Finding(
        "manual_berbeda" if computed else "isian_bertentangan",
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=_cell(row),
        related=() if computed else (_cell(counted.row),),
        kode_unit=row["kode_unit"],
        periode=row["periode"],
        tertulis=row["realisasi_teks"] or tampil(row["realisasi"]),
        seharusnya=tampil(counted.exact),
        selisih=tampil(row["realisasi"] - counted.row["realisasi"]),
        isi={"indikator": row["indikator"]},
        figures=() if computed else resting,
    )


def _key(row: Row) -> tuple[str, str, str]:
    return (row["kode_unit"], row["kode_indikator"], row["periode"])


def _taken(row: Row) -> bool:
    return is_kecamatan(row["kode_unit"]) and is_published(row["periode"])


def _cell(row: Row) -> Cell:
    return Cell.of(row, f"realisasi@{row['periode']}" if row["asal"] == "renstra" else "realisasi")


def _agree(counted: Hasil, other: Hasil) -> bool:
    """Whether two values are one, as far as the one with fewer decimals was printed."""
    if counted.exact is None or other.exact is None:
        return True
    if agrees(other.row["realisasi_teks"], other.row["realisasi"], counted.exact):
        return True
    mine = counted.row.get("realisasi_teks")
    return counted.asal != DIHITUNG and agrees(mine, counted.row["realisasi"], other.exact)
