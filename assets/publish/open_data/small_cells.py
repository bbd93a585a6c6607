"""Figures that rest on the answers of fewer than five persons are not given away.

Who knows one answer of four learns the others. So the figures of such a survey leave the open files (they
stay in the office's own warehouse), with all that repeats them; and where a year and all but one of its
periods stand, the smallest other period goes too, because a subtraction would give the missing one back.
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
# The cell of one respondent is no aggregate; the office reads it in its own report.
WHY_CELL = "isi sel jawaban responden tidak diterbitkan; kantor membacanya dalam laporan validasi"
_ANSWERS = "skm_jawaban"
_CELL_TEXTS = ("tertulis", "seharusnya", "selisih", "dugaan", "dugaan_en", "pesan_en", "cara_perbaiki_en")

Row = Mapping[str, Any]
Survey = tuple[str, str]  # kode_unit, periode


def masked(tables: Mapping[str, pa.Table], catalogue: Catalogue) -> dict[str, pa.Table]:
    """The tables as they may be given away; those without answers behind them are handed on as they are."""
    small = surveys(contracts.as_rows(tables["ikm"])) if "ikm" in tables else set()
    indices = {i.kode for i in catalogue.indicators.values() if i.rumus == "ikm"}
    done = dict(tables)
    for name, concerns in _concerned(small, indices).items() if small else ():
        if name in done:
            done[name] = _emptied(name, done[name], concerns)
    if "temuan" in done:
        done["temuan"] = _findings(done["temuan"], tables.get("berkas"), small)
    return done


def surveys(rows: Iterable[Row]) -> set[Survey]:
    """The surveys whose figures go: too few respondents, and what would give them back."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row["n_responden"] is not None:
            counted[row["kode_unit"]][row["periode"]] = row["n_responden"]
    gone = {(u, p) for u, periods in counted.items() for p, n in periods.items() if n < SMALLEST}
    return gone | {
        (unit, other)
        for unit, periods in counted.items()
        for year in {p[:4] for p in periods}
        if (other := _also(year, {p: n for p, n in periods.items() if p[:4] == year})) is not None
    }


def _also(year: str, periods: Mapping[str, int]) -> str | None:
    """The smallest other part of a year that stands, where exactly one part is small."""
    parts = {p: n for p, n in periods.items() if p != year}
    small = [p for p, n in parts.items() if n < SMALLEST]
    if len(small) != 1 or periods.get(year, 0) < SMALLEST or len(parts) < 2:
        return None
    return min((p for p in parts if p not in small), key=lambda p: (parts[p], p))


def _concerned(small: set[Survey], indices: set[str]) -> dict[str, Callable[[Row], bool]]:
    """Table -> which of its rows repeat a figure of these surveys."""

    def survey(row: Row) -> bool:
        return (row["kode_unit"], row["periode"]) in small

    def index(row: Row) -> bool:
        return row["kode_indikator"] in indices and survey(row)

    def index_of_year(row: Row) -> bool:
        return row["kode_indikator"] in indices and (row["kode_unit"], str(row["tahun"])) in small

    def peer(row: Row) -> bool:
        return row["kode_indikator"] in indices and (row["kode_pembanding"], str(row["tahun"])) in small

    return {
        "ikm": survey,
        "ikm_unsur": survey,
        "ikm_varian": survey,
        "capaian_ringkasan": survey,  # a mean of two indicators, one of them known, tells the other
        "realisasi_iku": index,
        "capaian_iku": index,
        "efisiensi": index,
        "tren_iku": index_of_year,
        "renstra_iku": index_of_year,
        "banding": peer,
    }


def _emptied(name: str, found: pa.Table, concerns: Callable[[Row], bool]) -> pa.Table:
    contract = contracts.table(name)
    nothing: dict[str, Any] = dict.fromkeys(contract.figures)
    gone = {**nothing, "status_terbit": "ditahan", "alasan": WHY}
    rows = [{**r, **gone} if concerns(r) else r for r in contracts.as_rows(found)]
    return pa.Table.from_pylist(rows, schema=contract.schema)


def _findings(found: pa.Table, berkas: pa.Table | None, small: set[Survey]) -> pa.Table:
    """Findings without what stood in the cells of respondents, or in figures that went."""
    files = contracts.as_rows(berkas) if berkas is not None else []
    answers = {b["berkas_id"] for b in files if _ANSWERS in (b["tata_letak"] or "")}
    gone = {**dict.fromkeys(_CELL_TEXTS), "pesan": WHY_CELL}
    rows = [
        {**r, **gone}
        if r["berkas_id"] in answers or ((r["kode_unit"], r["periode"]) in small and _of_answers(r))
        else r
        for r in contracts.as_rows(found)
    ]
    return pa.Table.from_pylist(rows, schema=contracts.table("temuan").schema)


def _of_answers(row: Row) -> bool:
    return "ikm" in (row["angka_terkait"] or "") or row["aturan"].startswith(("ikm", "skm"))
