"""The closing summary of a run: counts and main figures, from the tables that were just made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from assets.publish.shown import with_names
from warehouse import contracts
from warehouse.values.numbers import tampil

_COUNTS = ("terbit", "ditahan", "basi", "tolak", "tahan", "ingat", "henti")
# Tables that publish nothing because nobody can tell whose or of when they are.
_ADRIFT = ("unit_tidak_diketahui", "periode_tidak_diketahui")
_ROWS = ("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal")


def summarise(tables: Mapping[str, pa.Table], names: Mapping[str, str]) -> dict[str, Any]:
    """What a person is shown when a run ends; plain values only (it is kept as JSON).

    Args:
        tables: all tables of the release.
        names: name of each unit by its code.
    """
    marts = {n: contracts.as_rows(tables[n]) for n in contracts.names("mart") if n in tables}
    temuan = contracts.as_rows(tables["temuan"])
    whole = Counter(r["status_terbit"] for rows in marts.values() for r in rows)
    adrift = [r for r in temuan if r["aturan"] in _ADRIFT]
    nama = {r["berkas_id"]: r["nama"] for r in contracts.as_rows(tables["berkas"], ["berkas_id", "nama"])}
    reasons = _reasons(marts, nama)
    for row in adrift:
        reasons.setdefault(row["pesan"] or "", []).append(f"{row['berkas']} {row['lembar'] or ''}".strip())
    return {
        "terbit": whole["terbit"],
        "ditahan": whole["ditahan"] + whole["basi"] + len(adrift),
        "sebab_ditahan": reasons,
        "iku": _main_figures(marts, names),
        "unit": _by_unit(marts, temuan, names, contracts.as_rows(tables["berkas"], ["kode_unit"])),
        "aturan": _by_rule(temuan),
        "berkas": sum(r["status"] == "dipakai" for r in contracts.as_rows(tables["berkas"], ["status"])),
        "baris": {c: sum(tables["neraca_baris"][c].to_pylist()) for c in _ROWS},
    }


def _year(row: Mapping[str, Any]) -> str:
    return str(row.get("periode") or row.get("tahun") or row.get("tahun_lhe") or "-")[:4]


def _reasons(
    marts: Mapping[str, list[dict[str, Any]]], berkas_names: Mapping[str, str]
) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for name, rows in marts.items():
        contract = contracts.table(name)
        for row in rows:
            if row["status_terbit"] != "terbit":
                said = f"{name} {contract.key_of(row).replace(';', ' ')}"
                reasons.setdefault(with_names(row["alasan"] or "-", berkas_names), []).append(said)
    return reasons


def _main_figures(
    marts: Mapping[str, list[dict[str, Any]]], names: Mapping[str, str]
) -> list[dict[str, str]]:
    """The indicators of each unit's latest reported year, with the mean under them."""
    latest = _latest(marts)
    rows = [
        _figure(r, names) for r in marts.get("capaian_iku", []) if r["periode"] == latest.get(r["kode_unit"])
    ]
    for mean in marts.get("capaian_ringkasan", []):
        if latest.get(mean["kode_unit"]) == mean["periode"]:
            said = {"target": "", "realisasi": "", "indikator": "= rata-rata"}
            rows.append(_figure({**mean, "capaian_persen": mean["rata_capaian"]}, names) | said)
    return sorted(rows, key=lambda r: (r["unit"], r["indikator"].startswith("=")))


def _latest(marts: Mapping[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The latest year of each reporting unit for which an achievement was computed or withheld."""
    latest: dict[str, str] = {}
    for row in marts.get("capaian_iku", []):
        known = row["capaian_persen"] is not None or row["status_terbit"] != "terbit"
        year = row["periode"] if len(row["periode"]) == 4 and known else ""
        latest[row["kode_unit"]] = max(year, latest.get(row["kode_unit"], ""))
    return latest


def _figure(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    held = "" if row["status_terbit"] == "terbit" else f"({row['status_terbit']})"
    achieved = tampil(row["capaian_persen"], 2)
    return {
        "unit": _named(row["kode_unit"], names),
        "periode": row["periode"],
        "indikator": row.get("indikator") or row.get("kode_indikator") or "",
        "target": row.get("target_teks") or "",
        "realisasi": tampil(row.get("realisasi"), 2),
        "capaian": f"{achieved} {held}".strip(),
        "kategori": row["kategori"] or "",
    }


def _named(kode_unit: str, names: Mapping[str, str]) -> str:
    return f"{kode_unit} {names.get(kode_unit, '')}".strip()


def _by_unit(
    marts: Mapping[str, list[dict[str, Any]]],
    temuan: list[dict[str, Any]],
    names: Mapping[str, str],
    berkas: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for rows in marts.values():
        for row in rows:
            if row.get("kode_unit"):
                counts.setdefault((row["kode_unit"], _year(row)), Counter())[row["status_terbit"]] += 1
    for row in temuan:
        if row["kode_unit"]:
            counts.setdefault((row["kode_unit"], _year(row)), Counter())[row["akibat"]] += 1
    latest = _latest(marts)
    # An office whose own files are here reports, also before its first Perjanjian Kinerja arrives.
    own = {r["kode_unit"] for r in berkas if r["kode_unit"] and len(r["kode_unit"]) == 6}
    return [
        {
            "unit": _named(unit, names),
            "tahun": year,
            "utama": unit in latest or unit in own,
            "terakhir": latest.get(unit) or year,
            **{n: found[n] for n in _COUNTS},
        }
        for (unit, year), found in sorted(counts.items())
    ]


def _by_rule(temuan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = {"henti": 0, "tahan": 1, "tolak": 2, "ingat": 3}
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in temuan:
        grouped.setdefault((row["akibat"], row["aturan"]), []).append(row)
    return [
        {
            "aturan": aturan,
            "akibat": akibat,
            "banyak": sum(r["jumlah"] or 1 for r in rows),
            "contoh": rows[0]["pesan"] or "",
            "contoh_en": rows[0]["pesan_en"] or rows[0]["pesan"] or "",
        }
        for (akibat, aturan), rows in sorted(grouped.items(), key=lambda g: (order[g[0][0]], g[0][1]))
    ]
