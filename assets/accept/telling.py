"""What an officer is told of a received file: what it was taken for, by which headers, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from assets.readers.arrow_text import table_of
from assets.readers.rows import DATA
from assets.readers.standing import StandingFile
from quality import findings as rows_of_findings
from quality.address import Addresses
from quality.finding import Finding
from quality.rule import RuleBook
from warehouse.regions import Regions

_MAP = [(n, pa.int64() if n == "tabel_ke" else pa.string()) for n in
        ("berkas_id", "lembar", "tabel_ke", "field", "kolom", "kepala", "kepala_sel")]  # fmt: skip
_FIRST = 8


@dataclass
class Received:
    """One file that was offered.

    ``status``: diterima, sudah_ada, tidak_dikenal, ditolak, hilang, konfigurasi, konfigurasi_salah or, of a
    copy that a check marked, salinan.
    ``tabel`` lists what was recognised: sheet, form, rows, unit, period, and each field with its header.
    ``tersimpan`` is False where its bytes could not be kept, and it should be offered again.
    """

    nama: str
    berkas_id: str | None
    status: str
    tabel: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pesan: str = ""
    tersimpan: bool = True


def tables(one: StandingFile) -> list[dict[str, object]]:
    """The recognised tables of a file, for people and programs."""
    return [
        {
            "lembar": t.read.lembar,
            "tabel": t.read.tabel,
            "baris": t.read.banyak,
            "unit_di": t.form.unit,
            "periode_di": t.form.periode,
            "kode_unit": t.found.kode_unit,
            "cara_unit": t.found.cara_unit,
            "periode": t.found.periode,
            "cara_periode": t.found.cara_periode,
            "dipakai": t.dipakai,
            "kolom": [{k: c[k] for k in ("field", "kolom", "kepala")} for c in t.read.kolom],
            "kolom_asing": t.read.kolom_asing,
        }
        for t in one.tables
    ]


def message(received: Received, regions: Regions, book: RuleBook) -> str:
    """The whole message, Indonesian, several lines."""
    lines = [f"{received.nama}: {_HEAD[received.status] if received.tersimpan else _HEAD['']}"]
    for table in received.tabel:
        lines += table_lines(table, regions)
    if any(not table["dipakai"] for table in received.tabel):
        lines.append(_OTHER_EDITION)
    lines += sentences(received, book)
    return "\n".join(lines)


_OTHER_EDITION = (
    "  Bila edisi yang berlaku itu salah: lihat pengenalnya dengan lumbung files, lalu tarik dengan"
    ' lumbung withdraw PENGENAL --reason "…".'
)

_HEAD = {
    "": "belum diterima",
    "diterima": "diterima",
    "sudah_ada": "sudah pernah diterima; isinya sama",
    "tidak_dikenal": "tidak dikenali; disimpan di raw/tak_dikenal dan tidak dipakai",
    "ditolak": "tidak dapat dibaca; disimpan di raw/tak_dikenal dan tidak dipakai",
    "hilang": "tidak ada berkas dengan nama itu; periksa nama dan foldernya",
    "konfigurasi": "diterima sebagai",
    "konfigurasi_salah": "tidak diterima",
}


_WORDS = {
    "baris": ("baris", "rows"),
    "unit_tabel": ("unit tidak diketahui", "unit unknown"),
    "unit_baris": ("unit menurut barisnya", "unit as its rows say"),
    "periode_tabel": ("periode tidak diketahui", "period unknown"),
    "periode_baris": ("periode menurut kolom atau barisnya", "period as its columns or rows say"),
    "edisi_lain": (" — tidak dipakai, edisi lain berlaku", " — not used, another edition counts"),
}


def table_lines(table: dict[str, object], regions: Regions, lang: str = "id") -> Iterable[str]:
    """One recognised table (``tables``): what, where, whose, of when; and which header was taken for what."""
    said = {name: words[0 if lang == "id" else 1] for name, words in _WORDS.items()}
    counts = table["baris"]
    total = counts.get(DATA, 0) if isinstance(counts, dict) else 0
    kode = str(table["kode_unit"] or "")
    region = regions.kecamatan(kode) or regions.kabupaten(kode)
    silent = said["unit_tabel" if table["unit_di"] == "tabel" else "unit_baris"]
    unit = f"{region.nama} ({kode})" if region else kode or silent
    sheet = "" if table["lembar"] == "-" else f"{table['lembar']}: "
    unused = "" if table["dipakai"] else said["edisi_lain"]
    period = table["periode"] or said["periode_tabel" if table["periode_di"] == "tabel" else "periode_baris"]
    yield f"  {sheet}{table['tabel']}, {total} {said['baris']}, {unit}, {period}{unused}"
    columns = table["kolom"]
    if isinstance(columns, list):
        yield "    " + "; ".join(f'{c["field"]} = {c["kolom"]} "{c["kepala"]}"' for c in columns)


def sentences(received: Received, book: RuleBook) -> list[str]:
    """Each finding as a sentence with its remedy."""
    if not received.findings:
        return []
    peta = [
        {**c, "berkas_id": received.berkas_id, "lembar": t["lembar"], "tabel_ke": 1, "kepala_sel": None}
        for t in received.tabel
        for c in (t["kolom"] if isinstance(t["kolom"], list) else [])
    ]
    names = {received.berkas_id: received.nama} if received.berkas_id else {}
    made = rows_of_findings.rows(received.findings, book, Addresses(table_of(peta, _MAP)), names, None)
    told = [f"  {_MARK[row['akibat']]} {row['pesan']} {row['cara_perbaiki']}" for row in made]
    rest = len(told) - _FIRST
    return told[:_FIRST] + ([f"  … dan {rest} temuan lain; lihat: lumbung findings"] if rest > 0 else [])


_MARK = {"ingat": "ingat:", "tahan": "TAHAN:", "tolak": "TOLAK:", "henti": "HENTI:"}
