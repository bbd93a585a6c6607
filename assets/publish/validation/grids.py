"""The tables of the page, each from the facts: units, figures withheld, rules, files, row balance, more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from assets.publish.validation.facts import DIKECUALIKAN, Facts
from assets.publish.validation.grid import Cell, Grid, number
from assets.publish.validation.words import LIGHT_SIGNS

NAMES = ("unit", "ditahan", "aturan", "selesai", "hilang", "berkas", "neraca")
BALANCE = ("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal")
_FIGURES = ("terbit", "ditahan", "basi")
_OPEN = ("tahan", "tolak", "ingat")
_SIGNS = {"lolos": "✓", "dilanggar": "✗", "tanpa_baris": "○", "dalam_kode": "–"}
_HELD = {"ditahan": "✗", "basi": "▲", "sebagian": "▲"}

Said = Mapping[str, str]


def of(facts: Facts, said: Said) -> list[Grid]:
    """All tables in the order of ``NAMES``; one without rows shows nothing."""
    makers = (_units, _held, _rules, _settlements, _gone, _files, _balance)
    return [make(facts, said) for make in makers]


def _grid(name: str, said: Said, heads: list[str], rows: list[list[Cell]]) -> Grid:
    return Grid(name, said[f"{name}_judul"], said[f"{name}_ket"], heads, rows)


def _units(facts: Facts, said: Said) -> Grid:
    heads = [
        said["unit"],
        said["tahun"],
        said["keadaan"],
        *(said[s] for s in _FIGURES),
        *_OPEN,
        said["selesai"],
    ]
    rows: list[list[Cell]] = []
    for r in facts.unit:
        name = f"{r['kode_unit']} {r['nama']}".strip() or said["tanpa_unit"]
        name += "" if r["utama"] or not r["kode_unit"] else f" ({said['pembanding']})"
        light = r["lampu"]
        found = any(r[a] for a in (*_OPEN, "henti", "selesai"))
        narrowed = {"unit": r["kode_unit"] or "-", "periode": r["tahun"]}
        rows.append(
            [
                ["a", name, "#" + urlencode(narrowed)] if found else name,
                r["tahun"],
                ["l", light, LIGHT_SIGNS[light], said[f"lampu_{light}"]],
                *(_figures(facts, r, s) for s in _FIGURES),
                *(number(r[s]) for s in (*_OPEN, "selesai")),
            ]
        )
    return _grid("unit", said, heads, rows)


def _figures(facts: Facts, row: Mapping[str, Any], state: str) -> Cell:
    """How many figures are in a state; leads to the list of them where the page holds it."""
    said = number(row[state])
    listed = row["kode_unit"] in facts.asal.utuh and row[state] and row["tahun"] != "-"
    return ["d", said[1], row["kode_unit"], row["tahun"], state] if listed else said


def _held(facts: Facts, said: Said) -> Grid:
    heads = [said[w] for w in ("unit", "periode", "tabel", "kunci", "keadaan", "alasan")]
    rows: list[list[Cell]] = [
        [
            f"{h.kode_unit or ''} {facts.nama.get(h.kode_unit or '', '')}".strip(),
            h.periode or "",
            h.tabel,
            ["o", h.kunci.replace(";", " "), h.angka],
            ["l", h.status, _HELD[h.status], said[h.status]],
            h.alasan,
        ]
        for h in facts.ditahan
    ]
    return _grid("ditahan", said, heads, rows)


def _rules(facts: Facts, said: Said) -> Grid:
    words = ("aturan", "keadaan", "tabel", "dinilai", "pelanggar", "temuan", "akibat", "mengapa", "dasar")
    rows: list[list[Cell]] = [
        [
            ["a", r["aturan"], "#" + urlencode({"aturan": r["aturan"]})] if r["temuan"] else r["aturan"],
            ["l", r["keadaan"], _SIGNS[r["keadaan"]], said[r["keadaan"]]],
            r["tabel"] or "",
            number(r["dinilai"]),
            number(r["pelanggar"]),
            number(r["temuan"]),
            r["akibat"],
            r["mengapa"],
            r["dasar_hukum"] or "",
        ]
        for r in facts.aturan
    ]
    return _grid("aturan", said, [said[w] for w in words], rows)


def _settlements(facts: Facts, said: Said) -> Grid:
    words = ("jenis", "id", "tentang", "alasan", "pemilik", "sampai", "temuan")
    rows: list[list[Cell]] = [
        [
            said[_kind(r)],
            r["id"],
            r["tentang"],
            r["alasan"],
            r["pemilik"],
            _until(r, said),
            number(r["temuan"]),
        ]
        for r in facts.selesai
    ]
    return _grid("selesai", said, [said[w] for w in words], rows)


def _kind(row: Mapping[str, Any]) -> str:
    return "pengecualian" if row["jenis"] == DIKECUALIKAN else "koreksi"


def _until(row: Mapping[str, Any], said: Said) -> str:
    if row["sampai"] is None:
        return ""
    return f"{row['sampai']}" + (f" ({said['habis']})" if row["habis"] else "")


def settled(facts: Facts, said: Said) -> dict[str, str]:
    """What settles findings, by its id: kind, reason, owner, expiry in one sentence."""
    made = {}
    for r in facts.selesai:
        parts = [f"{said[_kind(r)]} {r['id']}: {r['alasan']}"]
        parts += [f"{said['pemilik']}: {r['pemilik']}"] if r["pemilik"] else []
        parts += [f"{said['sampai']} {_until(r, said)}"] if r["sampai"] else []
        made[r["id"]] = " · ".join(parts)
    return made


def _gone(facts: Facts, said: Said) -> Grid:
    rows: list[list[Cell]] = [
        [
            f"{r['kode_unit'] or ''} {facts.nama.get(r['kode_unit'] or '', '')}".strip(),
            r["periode"] or "",
            r["aturan"] or "",
            r["pesan"] or "",
            f"{r['muncul_pada']:%Y-%m-%d}",
        ]
        for r in facts.hilang
    ]
    return _grid("hilang", said, [said[w] for w in ("unit", "periode", "aturan", "kalimat", "sejak")], rows)


def _files(facts: Facts, said: Said) -> Grid:
    words = (
        "berkas",
        "status",
        "unit",
        "periode",
        "sumber",
        "temuan",
        "salinan",
        "diterima_pada",
        "ukuran",
        "sidik",
    )
    names = {r["berkas_id"]: r["nama"] for r in facts.berkas}
    rows: list[list[Cell]] = []
    for r in facts.berkas:
        copy = facts.salinan.get(r["berkas_id"])
        narrowed = "#" + urlencode({"berkas": r["berkas_id"][:12]})
        rows.append(
            [
                ["a", r["nama"] or "", narrowed] if r["temuan"] else r["nama"] or "",
                _status(r, names, said),
                r["kode_unit"] or "",
                r["periode"] or "",
                r["sumber"] or "",
                number(r["temuan"]),
                ["a", said["buka_salinan"], copy] if copy else "",
                f"{r['diterima_pada']:%Y-%m-%d %H:%M}" if r["diterima_pada"] else "",
                number(r["ukuran"]),
                ["m", r["berkas_id"]],
            ]
        )
    return _grid("berkas", said, [said[w] for w in words], rows)


def _status(file: Mapping[str, Any], names: Mapping[str, str | None], said: Said) -> str:
    """The status, and what a person said of it: for which file it was replaced, why it was withdrawn."""
    by = file["digantikan_oleh"]
    status = said["diganti_oleh"].format(nama=names.get(by) or by[:12]) if by else file["status"] or ""
    return f"{status}: {file['alasan']}" if file["alasan"] else status


def _balance(facts: Facts, said: Said) -> Grid:
    rows: list[list[Cell]] = [
        [r["nama"] or r["berkas_id"][:12], r["lembar"], *(number(r[c]) for c in BALANCE)]
        for r in facts.neraca
    ]
    return _grid("neraca", said, [said[w] for w in ("berkas", "lembar", *BALANCE)], rows)
