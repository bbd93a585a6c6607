"""Recorded corrections of printed texts, applied before cleaning and told each time they are used.

A correction names what was printed; once the source prints something else it no longer applies and is
told as expired, never "correcting" a right number (habit 11 of the house style, ``corrections.yaml``)::

    - id: nrr-biaya-tw1
      tabel: skm_ringkasan           # extract table
      di: {unsur: Biaya/Tarif}       # the row: fields as printed
      kode_unit: "630103"
      periode: "2025"                # optional
      kolom: nilai@2025-TW1
      tercetak: "4.980"
      pakai: "3.980"
      alasan: di luar skala 1-4; 3.980 menghasilkan IKM 97,48 yang dicetak
      oleh: kasi pelayanan
      tanggal: 2026-02-03
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.clean.sift import field_names
from quality.finding import Finding
from warehouse.trail import Cell

_NEEDED = ("id", "tabel", "di", "kode_unit", "kolom", "tercetak", "pakai")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")


class CorrectionInvalid(ValueError):
    """A correction without what it needs; the message is an Indonesian sentence for the officer."""


@dataclass
class _Change:
    """New texts of one table by row index and field."""

    texts: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def apply(
    extract_table_name: str, table: pa.Table, corrections: Iterable[Mapping[str, Any]]
) -> tuple[pa.Table, list[Finding], list[tuple[Cell, str]]]:
    """Put the corrected texts in place of the printed ones.

    Args:
        extract_table_name: name of the extract table, as corrections give it in ``tabel``.
        table: the extract table.
        corrections: recorded corrections of a home, of all tables.

    Returns:
        The table (the same one if nothing was changed), findings (``koreksi_dipakai``,
        ``koreksi_kedaluwarsa``, ``koreksi_ambigu``), and each corrected cell with the correction's id.

    Raises:
        CorrectionInvalid: a correction lacks something.
    """
    findings: list[Finding] = []
    corrected: list[tuple[Cell, str]] = []
    change = _Change()
    for item in corrections:
        if wrong := problem(item):
            raise CorrectionInvalid(wrong)
        if item["tabel"] != extract_table_name:
            continue
        told, cells = _one(table, {**item, "kolom": _field(table, item)}, change)
        findings += told
        corrected += cells
    return (_changed(table, change) if change.texts else table), findings, corrected


def problem(item: Mapping[str, Any]) -> str | None:
    """What a correction lacks, as an Indonesian sentence; None of one that can be used."""
    missing = [k for k in _NEEDED if item.get(k) in (None, "", {})]
    if missing:
        return f"koreksi {item.get('id', '?')}: belum memuat {', '.join(missing)}"
    return None if isinstance(item["di"], Mapping) else f'koreksi {item["id"]}: "di" bukan kunci: nilai'


def _one(
    table: pa.Table, item: Mapping[str, Any], change: _Change
) -> tuple[list[Finding], list[tuple[Cell, str]]]:
    """One correction against the table: the cells it fits, or why it fits none."""
    rows = _rows_of(table, item)
    if not rows:
        return [], []
    there = [r for r in rows if _is_row(r, item["di"])]
    fits = [r for r in there if _is_printed(r, str(item["kolom"]), str(item["tercetak"]))]
    if not fits:
        return [_told("koreksi_kedaluwarsa", item, there or rows[:1])], []
    places = defaultdict(list)
    for row in fits:
        places[row["berkas_id"], row["lembar"], row["tabel_ke"]].append(row)
    findings, cells = [], []
    for same in places.values():
        if len(same) > 1:
            findings.append(_told("koreksi_ambigu", item, same))
            continue
        change.texts[same[0]["#"]][str(item["kolom"])] = str(item["pakai"])
        cells.append((_cell(same[0], item), str(item["id"])))
        findings.append(_told("koreksi_dipakai", item, same))
    return findings, cells


def _field(table: pa.Table, item: Mapping[str, Any]) -> str:
    """The column by its field; ``nilai@TW1`` is ``nilai@2025-TW1`` where the period tells the year."""
    said, names = str(item["kolom"]), field_names(table)
    name, _, key = said.partition("@")
    year = str(item.get("periode") or "")[:4]
    for other in (said, f"{name}@{year}-{key}", f"{name}@{key.removeprefix(f'{year}-')}"):
        if other in names:
            return other
    return said


def _rows_of(table: pa.Table, item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the correction's unit (and period), with their index as ``#``."""
    if not table.num_rows:
        return []
    mask = pc.fill_null(pc.equal(table["kode_unit"], str(item["kode_unit"])), False)
    if item.get("periode"):
        same = pc.starts_with(pc.fill_null(table["periode"], ""), str(item["periode"]))
        mask = pc.and_(mask, same)
    at = pc.indices_nonzero(mask)
    wanted = {
        *item["di"],
        str(item["kolom"]),
        "berkas_id",
        "lembar",
        "tabel_ke",
        "baris",
        "periode",
        "jenis_sel",
    }
    found = table.select([c for c in table.column_names if c in wanted]).take(at)
    names = field_names(table)
    place = names.index(str(item["kolom"])) if str(item["kolom"]) in names else -1
    return [{**row, "#": i, "@": place} for row, i in zip(found.to_pylist(), at.to_pylist(), strict=True)]


def _is_row(row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(_plain(row.get(name)) == _plain(printed) for name, printed in where.items())


def _is_printed(row: Mapping[str, Any], kolom: str, tercetak: str) -> bool:
    """Whether the cell prints that text; a numeric cell's text is its shortest form, so by value."""
    said = _plain(row.get(kolom))
    if said == _plain(tercetak):
        return True
    at = row["@"]
    is_number = 0 <= at < len(row["jenis_sel"] or "") and row["jenis_sel"][at] == "n"
    both = (_DECIMAL.fullmatch(said), _DECIMAL.fullmatch(_plain(tercetak)))
    return is_number and all(both) and _number(said) == _number(_plain(tercetak))


def _number(said: str) -> Decimal:
    return Decimal(said.replace(",", "."))


def _plain(value: Any) -> str:
    return " ".join(str(value).casefold().split()) if value is not None else ""


def _cell(row: Mapping[str, Any], item: Mapping[str, Any]) -> Cell:
    return Cell(row["berkas_id"], row["lembar"], row["tabel_ke"], row["baris"], str(item["kolom"]))


def _told(aturan: str, item: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Finding:
    row = rows[0]
    used = aturan == "koreksi_dipakai"
    return Finding(
        aturan=aturan,
        berkas_id=row["berkas_id"],
        lembar=row["lembar"],
        cell=_cell(row, item),
        kode_unit=str(item["kode_unit"]),
        periode=str(item.get("periode") or row["periode"] or "") or None,
        tertulis=str(item["tercetak"]) if used else (str(row.get(str(item["kolom"])) or "") or None),
        seharusnya=str(item["pakai"]) if used else str(item["tercetak"]),
        jumlah=len(rows),
        isi={
            "koreksi": str(item["id"]),
            "alasan": str(item.get("alasan", "")),
            "oleh": str(item.get("oleh", "")),
        },
        koreksi_id=str(item["id"]),
    )


def _changed(table: pa.Table, change: _Change) -> pa.Table:
    """The table with the new texts; a changed cell is text, whatever it was."""
    names = field_names(table)
    kinds = table["jenis_sel"].to_pylist()
    columns = {name: table[name].to_pylist() for texts in change.texts.values() for name in texts}
    for index, texts in change.texts.items():
        for name, said in texts.items():
            columns[name][index] = said
            at = names.index(name)
            whole = (kinds[index] or "").ljust(at + 1)
            kinds[index] = whole[:at] + "t" + whole[at + 1 :]
    for name, values in {**columns, "jenis_sel": kinds}.items():
        where = table.schema.get_field_index(name)
        table = table.set_column(
            where, table.schema.field(where), pa.array(values, table.schema.field(where).type)
        )
    return table
