"""What the reports tell, from the published tables: findings with their state, and what surrounds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from assets.publish.validation import coverage, figures
from assets.publish.validation.figures import Held
from assets.publish.validation.origins import Origins, origins
from quality.rule import RuleBook
from warehouse import contracts

GRAVEST_FIRST = ("henti", "tahan", "tolak", "ingat")
# What the reports read; figures (``contracts.names("mart")``) come on top.
SYSTEM = ("temuan", "berkas", "neraca_baris", "jalan", "riwayat_temuan", "cakupan_aturan", "jejak")
# States of a finding: what is settled, and what is open since this run or longer.
DIKOREKSI, DIKECUALIKAN, BARU, LAMA = "dikoreksi", "dikecualikan", "baru", "lama"
STATES = (BARU, LAMA, DIKECUALIKAN, DIKOREKSI)
OPEN = (BARU, LAMA)


@dataclass(frozen=True)
class Note:
    """Something that went wrong while the reports were written: a word of ``words``, and its facts."""

    kata: str
    fakta: Mapping[str, str]


@dataclass(frozen=True)
class Settlements:
    """Recorded corrections and waivers (``raw/konfigurasi``), as their files say them."""

    corrections: Sequence[Mapping[str, Any]] = ()
    waivers: Sequence[Mapping[str, Any]] = ()

    def of(self, koreksi_id: str | None, pengecualian_id: str | None) -> Mapping[str, Any] | None:
        """The record that settles a finding, if there is one."""
        if pengecualian_id:
            return next((w for w in self.waivers if str(w.get("id")) == pengecualian_id), None)
        if koreksi_id:
            return next((c for c in self.corrections if str(c.get("id")) == koreksi_id), None)
        return None


@dataclass(frozen=True)
class Facts:
    """All that is told.

    ``temuan`` are the rows of that table, gravest first, with ``keadaan`` (one of ``STATES``), ``sejak`` (the
    moment it was first seen, UTC), ``kelompok`` (its group) and ``menahan``, ``menyentuh`` (figures). The
    others are rows of plain values: ``unit`` (a unit in a year), ``aturan`` (a rule on a table), ``berkas``,
    ``neraca``, ``ditahan`` (figures that do not go out), ``selesai`` (corrections and waivers), ``hilang``
    (findings that the last run no longer has). ``asal`` is the way back of the figures among them.
    """

    jalan: Mapping[str, Any]
    temuan: pa.Table
    unit: list[dict[str, Any]]
    aturan: list[dict[str, Any]]
    berkas: list[dict[str, Any]]
    neraca: list[dict[str, Any]]
    ditahan: list[Held]
    selesai: list[dict[str, Any]]
    hilang: list[dict[str, Any]]
    nama: Mapping[str, str]
    salinan: Mapping[str, str] = field(default_factory=dict)
    catatan: Sequence[Note] = ()
    saringan: Mapping[str, str] = field(default_factory=dict)
    asal: Origins = field(default_factory=Origins)


def gather(
    tables: Mapping[str, pa.Table],
    book: RuleBook,
    settlements: Settlements,
    names: Mapping[str, str],
    *,
    copies: Mapping[str, str] | None = None,
    notes: Sequence[Note] = (),
    narrowed: Mapping[str, str] | None = None,
    whole: pa.Table | None = None,
    way_back: bool = True,
) -> Facts:
    """Gather what is told.

    Args:
        tables: the published tables (``SYSTEM`` and the figures); ``temuan`` may hold only some of its rows.
        book: the rules.
        settlements: recorded corrections and waivers.
        names: name of each unit by its code.
        copies: link to the marked copy of each file by ``berkas_id``.
        notes: what went wrong in writing.
        narrowed: by what ``temuan`` was narrowed, as a person said it.
        whole: all findings of the publication, where ``tables`` holds only some.
        way_back: whether the figures bring their origins along; most of the work.
    """
    jalan = max(contracts.as_rows(tables["jalan"]), key=lambda r: r["jalan_id"])
    held = figures.held(tables)
    with duckdb.connect() as con:
        for name in ("temuan", "berkas", "neraca_baris", "riwayat_temuan"):
            con.register(name, tables[name])
        temuan = con.sql(_FINDINGS, params={"selesai": jalan["selesai"]}).to_arrow_table()
        berkas = _rows(con, _FILES)
        neraca = _rows(con, _BALANCE)
        gone = _rows(con, _GONE, {"selesai": jalan["selesai"]})
    temuan = figures.with_figures(temuan, held)
    asked = narrowed or {}
    units = [r for r in figures.by_unit(tables, temuan, names) if _lies_in(r, asked, "tahun")]
    ditahan = [h for h in held if _lies_in(h._asdict(), asked, "periode")]
    return Facts(
        jalan=jalan,
        temuan=temuan,
        unit=units,
        aturan=coverage.coverage(tables["cakupan_aturan"], temuan, book),
        berkas=[r for r in berkas if _lies_in(r, asked)],
        neraca=[r for r in neraca if _lies_in(r, asked)],
        ditahan=ditahan,
        selesai=_settled(settlements, temuan, jalan),
        hilang=[r for r in gone if _lies_in(r, asked, "periode")],
        nama=names,
        salinan=copies or {},
        catatan=notes,
        saringan=asked,
        asal=origins(
            dict(tables) | ({"temuan": whole} if whole is not None else {}),
            {*figures.named(temuan), *(h.angka for h in ditahan)},
            sorted({r["kode_unit"] for r in units if r["utama"]}),
            findings=whole is not None,
        )
        if way_back
        else Origins(),
    )


def _lies_in(row: Mapping[str, Any], asked: Mapping[str, str], when: str = "") -> bool:
    """Whether a row is of the unit and period asked for; what is of no unit concerns all."""
    if asked.get("unit") not in (None, row["kode_unit"]) and row["kode_unit"]:
        return False
    period = asked.get("period", "") if when else ""
    said = (row[when] if when else "") or ""
    return said.startswith(period[:4]) if when == "tahun" else not period or said.startswith(period)


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, facts: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    return contracts.as_rows(con.sql(query, params=facts or None).to_arrow_table())


# A group that ties several rules together (the same difference seen by each) is one cause; else the rule is.
_FINDINGS = f"""
WITH sejak AS (
  SELECT temuan_id, max(muncul_pada) AS sejak FROM riwayat_temuan WHERE hilang_pada IS NULL GROUP BY ALL
), bernomor AS (SELECT *, row_number() OVER () AS urut FROM temuan)
SELECT t.* EXCLUDE (urut), s.sejak,
       CASE WHEN t.koreksi_id IS NOT NULL THEN '{DIKOREKSI}'
            WHEN t.pengecualian_id IS NOT NULL THEN '{DIKECUALIKAN}'
            WHEN coalesce(s.sejak >= $selesai, TRUE) THEN '{BARU}' ELSE '{LAMA}' END AS keadaan,
       CASE WHEN t.kelompok_sebab IS NOT NULL AND min(t.aturan) OVER k <> max(t.aturan) OVER k
            THEN t.kelompok_sebab ELSE t.aturan END AS kelompok
FROM bernomor t LEFT JOIN sejak s USING (temuan_id)
WINDOW k AS (PARTITION BY t.kelompok_sebab)
ORDER BY list_position({list(GRAVEST_FIRST)}, t.akibat), t.urut
"""
_FILES = """
SELECT b.*, n.dibaca, n.diterima AS baris_diterima, n.ditolak, coalesce(t.temuan, 0) AS temuan
FROM berkas b
LEFT JOIN (SELECT berkas_id, sum(dibaca)::BIGINT AS dibaca, sum(diterima)::BIGINT AS diterima,
                  sum(ditolak)::BIGINT AS ditolak FROM neraca_baris GROUP BY ALL) n USING (berkas_id)
LEFT JOIN (SELECT berkas_id, count(*) AS temuan FROM temuan GROUP BY ALL) t USING (berkas_id)
ORDER BY b.alasan IS NULL AND b.digantikan_oleh IS NULL, b.status <> 'dipakai', b.kode_unit NULLS LAST,
         b.periode NULLS LAST, b.nama, b.berkas_id
"""
_BALANCE = """
SELECT b.nama, b.kode_unit, n.* FROM neraca_baris n LEFT JOIN berkas b USING (berkas_id)
ORDER BY b.kode_unit NULLS LAST, b.nama, n.berkas_id, n.lembar
"""
_GONE = """
SELECT aturan, kode_unit, periode, pesan, muncul_pada FROM riwayat_temuan WHERE hilang_pada = $selesai
ORDER BY kode_unit, periode, aturan, pesan
"""


def _settled(settlements: Settlements, temuan: pa.Table, jalan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every recorded correction and waiver, with how many findings it settles; unused ones included."""
    counted = {c: _counts(temuan[c].to_pylist()) for c in ("koreksi_id", "pengecualian_id")}
    made = []
    for said in settlements.waivers:
        made.append(
            {
                "jenis": DIKECUALIKAN,
                "id": str(said.get("id", "")),
                "tentang": f"{said.get('aturan', '')} · {_place(said.get('di'))}",
                "alasan": str(said.get("alasan") or ""),
                "pemilik": str(said.get("pemilik") or ""),
                "sampai": said.get("berlaku_sampai"),
                "habis": bool(
                    said.get("berlaku_sampai") and said["berlaku_sampai"] < jalan["selesai"].date()
                ),
                "temuan": counted["pengecualian_id"].get(str(said.get("id")), 0),
            }
        )
    for said in settlements.corrections:
        where = f"{said.get('tabel', '')} · {_place(said.get('di'))} · {said.get('kolom', '')}"
        made.append(
            {
                "jenis": DIKOREKSI,
                "id": str(said.get("id", "")),
                "tentang": f"{where}: {said.get('tercetak')} → {said.get('pakai')}",
                "alasan": " ".join(str(said.get("alasan") or "").split()),
                "pemilik": str(said.get("oleh") or ""),
                "sampai": None,
                "habis": False,
                "temuan": counted["koreksi_id"].get(str(said.get("id")), 0),
            }
        )
    return made


def _place(di: Any) -> str:
    return ", ".join(f"{k} {v}" for k, v in di.items()) if isinstance(di, Mapping) else str(di or "")


def _counts(ids: Iterable[str | None]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in ids:
        if one:
            counted[one] = counted.get(one, 0) + 1
    return counted
