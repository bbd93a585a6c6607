"""Figures that rest on the answers of fewer than five persons are not given away.

Who knows one answer of four learns the others. So the figures of such a survey leave the open files (they
stay in the office's own warehouse), with all that repeats them. Where a year stands and the small periods in
it are of fewer than five persons even together, the smallest other period goes too, because a subtraction
would give them back. And with a period go the other ways of computing its year: one is its last period alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa

from warehouse import contracts
from warehouse.indicators import Catalogue

SMALLEST = 5
WHY = f"tidak diterbitkan: jawaban dari kurang dari {SMALLEST} responden, atau dapat menyingkapnya"
WHY_PART = f"{{}} tidak diterbitkan: dapat menyingkap jawaban dari kurang dari {SMALLEST} responden"
# The cell of one respondent is no aggregate; the office reads it in its own report.
WHY_CELL = (
    "jawaban responden dan angka dari sedikit responden tidak diterbitkan; "
    "kantor membacanya dalam laporan validasi"
)
_SOURCE, _ANSWERS = "skm", "skm_jawaban"
_CELL_TEXTS = (
    *("tertulis", "seharusnya", "selisih", "dugaan", "dugaan_en"),
    *("pesan_en", "cara_perbaiki", "cara_perbaiki_en"),
)

Row = Mapping[str, Any]
Concerns = Callable[[Row], bool]
Survey = tuple[str, str]  # kode_unit, periode


def masked(tables: Mapping[str, pa.Table], catalogue: Catalogue) -> dict[str, pa.Table]:
    """The tables as they may be given away; those without answers behind them are handed on as they are."""
    small = surveys(contracts.as_rows(tables["ikm"])) if "ikm" in tables else set()
    indices = {i.kode for i in catalogue.indicators.values() if i.rumus == "ikm"}
    done = dict(tables)
    for name, concerns in _concerned(small, indices).items() if small else ():
        if name in done:
            done[name] = _emptied(name, done[name], concerns)
    for name, (column, gives_back) in _giving_back(small, indices).items() if small else ():
        if name in done:
            done[name] = _without(column, name, done[name], gives_back)
    if "temuan" in done:
        done["temuan"] = _findings(done["temuan"], tables.get("berkas"), small)
    return done


def surveys(rows: Iterable[Row]) -> set[Survey]:
    """The surveys whose figures go: too few respondents, and what would give them back."""
    counted: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in rows:
        counted[row["kode_unit"]][row["periode"]] = row["n_responden"]
    gone = {(u, p) for u, periods in counted.items() for p in _few(periods)}
    return gone | {
        (unit, other)
        for unit, periods in counted.items()
        for year in {p[:4] for p in periods}
        if (other := _also(year, {p: n for p, n in periods.items() if p[:4] == year})) is not None
    }


def _few(periods: Mapping[str, int | None]) -> dict[str, int]:
    """The periods that are known to be of too few respondents."""
    return {p: n for p, n in periods.items() if n is not None and n < SMALLEST}


def _also(year: str, periods: Mapping[str, int | None]) -> str | None:
    """The smallest other part of a year that stands, where its small parts are too few even together."""
    few = _few(periods)
    if not few or year not in periods or year in few or sum(few.values()) >= SMALLEST:
        return None
    others = [p for p in periods if p != year and p not in few]
    return min(others, key=lambda p: (periods[p] is None, periods[p] or 0, p), default=None)


def _concerned(small: set[Survey], indices: set[str]) -> dict[str, Concerns]:
    """Table -> which of its rows repeat a figure of these surveys."""
    years = _years(small)

    def survey(row: Row) -> bool:
        return (row["kode_unit"], row["periode"]) in small

    def way(row: Row) -> bool:
        return survey(row) or (row["kode_unit"], row["periode"]) in years

    def index(row: Row) -> bool:
        return row["kode_indikator"] in indices and survey(row)

    def index_of_year(row: Row) -> bool:
        return row["kode_indikator"] in indices and (row["kode_unit"], str(row["tahun"])) in small

    def peer(row: Row) -> bool:
        return row["kode_indikator"] in indices and (row["kode_pembanding"], str(row["tahun"])) in small

    return {
        "ikm": survey,
        "ikm_unsur": survey,
        "ikm_varian": way,
        "capaian_ringkasan": survey,  # a mean of two indicators, one of them known, tells the other
        "realisasi_iku": index,
        "capaian_iku": index,
        "efisiensi": index,
        "tren_iku": index_of_year,
        "renstra_iku": index_of_year,
        "banding": peer,
    }


def _giving_back(small: set[Survey], indices: set[str]) -> dict[str, tuple[str, Concerns]]:
    """Table -> the column that would give one of these figures back in a row that stays, and which rows."""
    years = _years(small)

    def of_year(row: Row) -> bool:
        return (row["kode_unit"], row["periode"]) in years

    def index_of_year(row: Row) -> bool:
        return row["kode_indikator"] in indices and of_year(row)

    def year_after(row: Row) -> bool:
        return row["kode_indikator"] in indices and (row["kode_unit"], str(row["tahun"] - 1)) in small

    return {
        "ikm": ("peka", of_year),
        "realisasi_iku": ("peka", index_of_year),
        "capaian_iku": ("peka", index_of_year),
        "tren_iku": ("perubahan", year_after),
    }


def _years(small: set[Survey]) -> set[Survey]:
    return {(unit, period[:4]) for unit, period in small}


def _emptied(name: str, found: pa.Table, concerns: Concerns) -> pa.Table:
    contract = contracts.table(name)
    nothing: dict[str, Any] = dict.fromkeys(contract.figures)
    gone = {**nothing, "status_terbit": "ditahan", "alasan": WHY}
    rows = [{**r, **gone} if concerns(r) else r for r in contracts.as_rows(found)]
    return pa.Table.from_pylist(rows, schema=contract.schema)


def _without(column: str, name: str, found: pa.Table, concerns: Concerns) -> pa.Table:
    def told(row: Row) -> Row:
        if row[column] is None or not concerns(row):
            return row
        why = "; ".join(filter(None, (row["alasan"], WHY_PART.format(column))))
        return {**row, column: None, "alasan": why}

    rows = [told(r) for r in contracts.as_rows(found)]
    return pa.Table.from_pylist(rows, schema=contracts.table(name).schema)


def _findings(found: pa.Table, berkas: pa.Table | None, small: set[Survey]) -> pa.Table:
    """Findings without what stood in the cells of respondents, or in figures that went."""
    files = contracts.as_rows(berkas) if berkas is not None else []
    answers = {b["berkas_id"] for b in files if _ANSWERS in (b["tata_letak"] or "")}
    survey_files = {b["berkas_id"] for b in files if b["sumber"] == _SOURCE}
    years = _years(small)

    def goes(row: Row) -> bool:
        if row["berkas_id"] in answers:
            return True
        in_doubt = row["kode_unit"] is None or row["periode"] is None
        of_small = (in_doubt and bool(small)) or (row["kode_unit"], (row["periode"] or "")[:4]) in years
        return of_small and (row["berkas_id"] in survey_files or _of_index(row))

    gone = {**dict.fromkeys(_CELL_TEXTS), "pesan": WHY_CELL}
    rows = [{**r, **gone} if goes(r) else r for r in contracts.as_rows(found)]
    return pa.Table.from_pylist(rows, schema=contracts.table("temuan").schema)


def _of_index(row: Row) -> bool:
    return "ikm" in (row["angka_terkait"] or "") or row["aturan"].startswith(("ikm", "skm"))
