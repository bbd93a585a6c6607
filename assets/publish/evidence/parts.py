"""What goes into an evidence pack: figures of one unit and period, and everything they rest on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from assets.publish.evidence import figures as figures_proof
from warehouse import contracts
from warehouse.formulas import registry
from warehouse.values.personal import mask

_FIGURE = tuple[str, str]  # table, key


class NothingToProve(LookupError):
    """The published warehouse has no figure of that unit and period. The message is Indonesian."""


def gather(
    con: duckdb.DuckDBPyConnection, unit: str, periode: str, kept: Mapping[str, Path]
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The parts in the order of the chain, and the facts of the pack.

    Args:
        con: the published warehouse, read-only.
        unit: ``kode_unit``.
        periode: a year takes its quarters and halves along.
        kept: files that speak for themselves, by their name in the pack (configuration, corrections, rules).

    Raises:
        NothingToProve: no figure of that unit and period is published.
    """
    figures = {name: _rows(con, name, unit, periode) for name in contracts.names("mart")}
    figures = {name: rows for name, rows in figures.items() if rows}
    if not figures:
        raise NothingToProve(f"tidak ada angka terbit untuk {unit} {periode}")
    keys = [(n, contracts.table(n).key_of(r)) for n, rows in figures.items() for r in rows]
    _name_figures(con, keys)
    trail = _all(con, _BELOW, [])
    findings = _findings(con, unit, periode, sorted({t["berkas_id"] for t in trail if t["berkas_id"]}))
    files = {t["berkas_id"] for t in trail if t["berkas_id"]} | {
        f["berkas_id"] for f in findings if f["berkas_id"]
    }
    run = _all(con, "SELECT * FROM jalan ORDER BY selesai DESC LIMIT 1", [])
    about = {
        "kode_unit": unit,
        "periode": periode,
        figures_proof.ABOUT: figures_proof.FORM,
        **{k: _plain(v) for k, v in run[0].items()},
    }
    made = {
        "1-berkas.json": _listed(con, "berkas", "berkas_id", files),
        "2-aturan.json": _formulas(trail),
        "3-angka.json": figures,
        "4-jejak.json": trail,
        "5-temuan.json": findings,
        "6-baris-ditolak.json": _listed(con, "baris_ditolak", "berkas_id", files),
        "7-neraca-baris.json": _listed(con, "neraca_baris", "berkas_id", files),
        "8-riwayat-angka.json": _all(con, _HISTORY, []),
    }
    parts = {"BACA-SAYA.txt": _READ_ME.encode(), **{name: _json(said) for name, said in made.items()}}
    # Names and telephone numbers that a person wrote into a reason stay at home.
    parts |= {name: mask(path.read_text(encoding="utf-8")).encode() for name, path in sorted(kept.items())}
    return parts, about


_READ_ME = """Paket bukti lumbung

Isi: berkas masukan dengan sidik SHA-256-nya (1), rumus dan aturan yang dipakai (2), angka yang terbit (3),
asal tiap angka sampai sel (4), temuan dengan koreksi dan pengecualiannya (5), baris yang ditolak (6), neraca
baris (7), riwayat angka (8), serta konfigurasi, koreksi, dan pengecualian yang berlaku.

Membuktikan: lumbung verify PAKET.zip --segel SEGEL   (segel dicetak saat paket dibuat; catat di berita acara)
Tanpa lumbung: unzip PAKET.zip lalu sha256sum -c SHA256SUMS
Berkas masukan sendiri tidak ikut karena dapat memuat data pribadi; cocokkan sidiknya dengan 1-berkas.json:
lumbung verify PAKET.zip --masukan MAP
"""


def _rows(con: duckdb.DuckDBPyConnection, name: str, unit: str, periode: str) -> list[dict[str, Any]]:
    table = contracts.table(name)
    columns = {c.name for c in table.columns}
    whose = next((c for c in ("kode_unit", "kode_pembanding") if c in columns), None)
    if whose is None:
        return []
    where, values = [f'"{whose}" = ?'], [unit]
    if "periode" in columns:
        where.append("(periode = ? OR starts_with(periode, ? || '-'))")
        values += [periode, periode]
    elif year := next((c for c in ("tahun", "tahun_lhe") if c in columns), None):
        where.append(f'"{year}" = ?')
        values.append(periode[:4])
    order = ", ".join(f'"{k}"' for k in table.key)
    return _all(con, f'SELECT * FROM "{name}" WHERE {" AND ".join(where)} ORDER BY {order}', values)


def _name_figures(con: duckdb.DuckDBPyConnection, keys: Sequence[_FIGURE]) -> None:
    """The pack's figures as the table ``asal``, which the queries below read."""
    con.execute("CREATE OR REPLACE TEMP TABLE asal (tabel VARCHAR, kunci VARCHAR)")
    con.executemany("INSERT INTO asal VALUES (?, ?)", [list(k) for k in keys])


# Every step below the figures, those of other units and periods that they rest on included.
_BELOW = """
WITH RECURSIVE turun AS (
  SELECT DISTINCT j.tabel, j.kunci, j.kolom FROM jejak j JOIN asal USING (tabel, kunci)
  UNION
  SELECT j.rujuk_tabel, j.rujuk_kunci, j.rujuk_kolom
  FROM jejak j JOIN turun t ON j.tabel = t.tabel AND j.kunci = t.kunci AND j.kolom = t.kolom
  WHERE j.jenis = 'angka'
)
SELECT j.* FROM jejak j JOIN turun USING (tabel, kunci, kolom)
ORDER BY tabel, kunci, kolom, urut
"""


def _findings(
    con: duckdb.DuckDBPyConnection, unit: str, periode: str, files: list[str]
) -> list[dict[str, Any]]:
    """Of the unit and its kabupaten, and of files that its figures rest on where no unit could be told."""
    return _all(
        con,
        "SELECT * FROM temuan WHERE (kode_unit = ? OR kode_unit = left(?, 4) "
        "OR (kode_unit IS NULL AND (berkas_id IS NULL OR berkas_id IN (SELECT unnest(?))))) "
        "AND (periode IS NULL OR left(periode, 4) = left(?, 4)) ORDER BY temuan_id",
        [unit, unit, files, periode],
    )


_HISTORY = """
SELECT r.* FROM riwayat_angka r JOIN asal USING (tabel, kunci)
ORDER BY tabel, kunci, kolom, tercatat_pada
"""


def _listed(
    con: duckdb.DuckDBPyConnection, table: str, column: str, values: Iterable[str]
) -> list[dict[str, Any]]:
    order = ", ".join(f'"{k}"' for k in contracts.table(table).key)
    return _all(
        con,
        f'SELECT * FROM "{table}" WHERE "{column}" IN (SELECT unnest(?)) ORDER BY {order}',
        [sorted(values)],
    )


def _formulas(trail: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    used = sorted({t["rumus"] for t in trail if t["rumus"]})
    said = [
        {"id": r.id, "kalimat": r.kalimat, "dasar_hukum": r.dasar_hukum} for r in map(registry.rumus, used)
    ]
    return {"versi_rumus": registry.versi(), "rumus": said}


def _all(con: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    return contracts.as_rows(con.sql(query, params=values).to_arrow_table())


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _plain(value: Any) -> Any:
    """Exact decimals and times as text; a number in JSON would be read back as a binary fraction."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value
