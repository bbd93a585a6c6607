"""Files of any number of invented kecamatan for one year: ``python -m benchmarks.kecamatan FOLDER``.

Forms that offices send; what stands in them is ``clean_tables.consistent``: every figure agrees with every
other. Each kecamatan is drawn from its own code, so a change to one leaves the files of the others byte for
byte. Names are of real kecamatan (the nation's list), figures are not. What does not belong here: measuring.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from benchmarks.clean_tables import YEAR, Row, Rows, consistent
from examples.penulis import simpan, tulis_csv
from warehouse.programs import nama_program
from warehouse.regions import Regions

_PROVINCES = ("35", "33", "32", "63")
_VILLAGES = range(8, 26)
_POINTS = ("layanan_dasar", "sosial", "ekonomi", "lingkungan", "aksesibilitas", "tata_kelola")
_UNSUR = (
    "Persyaratan", "Prosedur", "Waktu Penyelesaian", "Biaya/Tarif", "Produk Layanan", "Kompetensi Pelaksana",
    "Perilaku Pelaksana", "Penanganan Pengaduan", "Sarana dan Prasarana",
)  # fmt: skip
_ELEMENTS = tuple(f"U{n} {name}" for n, name in enumerate(_UNSUR, start=1))
_PERSON = ("No", "Tanggal", "Jenis Layanan", "Jenis Kelamin", "Usia", "Pendidikan", "Pekerjaan")
_ROMAN = ("I", "II", "III", "IV")

Printed = Sequence[object]
Change = Callable[[Rows], None]


@dataclass(frozen=True)
class Sheet:
    """One sheet: title lines, a header row, rows."""

    name: str
    titles: Sequence[str]
    header: Printed
    rows: Iterable[Printed]

    def lines(self) -> Iterator[Printed]:
        """Everything from top to bottom."""
        yield from ([title] for title in self.titles)
        yield []
        yield self.header
        yield from self.rows


def units(count: int, regions: Regions) -> list[str]:
    """Codes of kecamatan with 8 to 25 villages, those of the kabupaten that has most of them first.

    Raises:
        ValueError: the provinces drawn from have fewer.
    """
    fitting = [
        [k.kode for k in regions.kecamatan_of(kab.kode) if _fits(k.kode, regions)]
        for province in _PROVINCES
        for kab in regions.kabupaten_of(province)
    ]
    codes = [code for mine in sorted(fitting, key=len, reverse=True) for code in mine]
    if len(codes) < count:
        raise ValueError(
            f"{count} kecamatan are asked for; provinces {_PROVINCES} have {len(codes)} that fit"
        )
    return codes[:count]


def _fits(code: str, regions: Regions) -> bool:
    villages = [d.nama for d in regions.desa_of(code) if d.adalah_desa]
    return len(villages) in _VILLAGES and len(set(villages)) == len(villages)


def write(folder: Path, count: int, seed: int = 1, *, answers: bool = True) -> list[str]:
    """Files of ``count`` kecamatan, each in a folder of its code.

    Args:
        folder: where the folders are made.
        count: how many kecamatan.
        seed: other seeds give other figures.
        answers: whether each respondent of the survey is sent, or its summary alone (a third of the time).

    Returns:
        The codes.
    """
    regions = Regions.load()
    codes = units(count, regions)
    for code in codes:
        write_one(folder / code, code, regions, seed, answers=answers)
    return codes


def write_one(
    folder: Path,
    code: str,
    regions: Regions,
    seed: int = 1,
    *,
    answers: bool = True,
    change: Change | None = None,
) -> list[Path]:
    """Files of one kecamatan, as ``write`` makes them; ``change`` alters its rows before.

    Raises:
        ValueError: there is no such kecamatan.
    """
    unit, above = regions.kecamatan(code), regions.kabupaten(code[:4])
    if unit is None or above is None:
        raise ValueError(f"{code} is no kecamatan of the list")
    rows = consistent(code, random.Random(f"{seed} {code}"))
    if not answers:
        rows["clean_skm_jawaban"] = []
    if change is not None:
        change(rows)
    folder.mkdir(parents=True, exist_ok=True)
    office = f"KECAMATAN {unit.nama} {above.nama}".upper()
    made = []
    for title, sheets in _books(office, rows).items():
        made.append(folder / f"{title} {unit.nama} {YEAR}.xlsx")
        _workbook(made[-1], sheets)
    for title, sheet in _lists(office, rows).items():
        made.append(folder / f"{title} {unit.nama} {YEAR}.csv")
        lines = [["" if cell is None else str(cell) for cell in line] for line in sheet.lines()]
        tulis_csv(made[-1], lines)
    return made


def _books(office: str, rows: Rows) -> dict[str, list[Sheet]]:
    return {
        "Perjanjian Kinerja": _agreement(office, rows, "PK"),
        "Perjanjian Kinerja Perubahan": _agreement(office, rows, "PK-P"),
        "Renstra": [_plan(office, rows)],
        "Pagu": [_budget(office, rows, stage, tree) for stage in _STAGES for tree in _TREES],
        "Realisasi Anggaran": [_accounts(office, rows), _programs(office, rows)],
        "Survei Kepuasan Masyarakat": [*_answers(office, rows), _means(office, rows)],
        "Indeks Desa": [_villages(office, rows)],
    }


def _agreement(office: str, rows: Rows, document: str) -> list[Sheet]:
    name = "PERJANJIAN KINERJA" if document == "PK" else "PERJANJIAN KINERJA PERUBAHAN"
    year = f"TAHUN {YEAR}"
    mine = {t: [r for r in rows[t] if r["dokumen"] == document] for t in _AGREED}
    indicators = {r["kode_indikator"]: r["indikator"] for r in mine["clean_target"]}
    sheets = [
        Sheet(
            "Target",
            (name, office, year),
            ("No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target"),
            [
                (n, "Meningkatnya Kinerja Kecamatan", r["indikator"], r["satuan"], r["target"])
                for n, r in enumerate(mine["clean_target"], start=1)
            ],
        ),
        Sheet(
            "Anggaran",
            (f"{name}: ANGGARAN PROGRAM", office, year),
            ("Kode Program", "Program", "Anggaran (Rp)"),
            [(_kode(r), _program(r), r["pagu"]) for r in mine["clean_pk_anggaran"]],
        ),
    ]
    if links := mine["clean_pautan_program"]:
        links_of = [(r["kode"], nama_program(r["kode"]), indicators[r["kode_indikator"]], 100) for r in links]
        heads = ("Kode Program", "Nama Program", "Indikator Kinerja", "Porsi (%)")
        sheets.append(
            Sheet(
                "Program Pendukung", (f"{name}: PROGRAM PENDUKUNG INDIKATOR", office, year), heads, links_of
            )
        )
    return sheets


_AGREED = ("clean_target", "clean_pk_anggaran", "clean_pautan_program")
_STAGES = {
    "murni": "DOKUMEN PELAKSANAAN ANGGARAN (DPA)",
    "perubahan": "DOKUMEN PELAKSANAAN PERUBAHAN ANGGARAN (DPPA)",
}
_TREES = {"program": "Kode Program/Kegiatan/Sub Kegiatan", "rekening": "Kode Rekening"}


def _kode(row: Row) -> str | None:
    return None if row["kode"] == "TOTAL" else row["kode"]


def _program(row: Row) -> str:
    return "JUMLAH" if row["kode"] == "TOTAL" else nama_program(row["kode"]) or row["uraian"]


def _plan(office: str, rows: Rows) -> Sheet:
    targets: dict[str, list[Row]] = {}
    for row in rows["clean_target"]:
        if row["dokumen"] == "RENSTRA":
            targets.setdefault(row["indikator"], []).append(row)
    years = sorted({r["tahun"] for mine in targets.values() for r in mine})
    return Sheet(
        "Renstra",
        ("TUJUAN, SASARAN, DAN TARGET RENCANA STRATEGIS (RENSTRA)", office, f"TAHUN {years[0]}-{years[-1]}"),
        ("Tujuan", "Sasaran", "Indikator Kinerja", "Satuan", *(f"Target {y}" for y in years)),
        [
            ("Terwujudnya Pelayanan Prima", "Meningkatnya Kinerja Kecamatan", name, mine[0]["satuan"],
             *(r["target"] for r in mine))
            for name, mine in targets.items()
        ],
    )  # fmt: skip


def _budget(office: str, rows: Rows, stage: str, tree: str) -> Sheet:
    mine = [r for r in rows["clean_dpa"] if (r["tahap"], r["pohon"]) == (stage, tree)]
    text = _program if tree == "program" else _account
    return Sheet(
        f"{tree} {stage}",
        (_STAGES[stage], office, f"TAHUN ANGGARAN {YEAR}"),
        (_TREES[tree], "Uraian", "Pagu Anggaran (Rp)"),
        [(_kode(r), text(r), r["pagu"]) for r in mine],
    )


def _account(row: Row) -> str:
    said: str = row["uraian"]
    return said


def _accounts(office: str, rows: Rows) -> Sheet:
    columns = ("pagu", "realisasi", "persen_tercetak", "realisasi_tahun_lalu")
    return Sheet(
        "LRA",
        ("LAPORAN REALISASI ANGGARAN", office,
         f"UNTUK TAHUN YANG BERAKHIR SAMPAI DENGAN 31 DESEMBER {YEAR} DAN {YEAR - 1}"),
        ("Kode Rekening", "Uraian", f"Anggaran {YEAR}", f"Realisasi {YEAR}", f"% {YEAR}",
         f"Realisasi {YEAR - 1}"),
        [(r["kode"], r["uraian"], *(r[c] for c in columns)) for r in rows["clean_realisasi_rekening"]],
    )  # fmt: skip


def _programs(office: str, rows: Rows) -> Sheet:
    return Sheet(
        "Program",
        ("REALISASI ANGGARAN MENURUT PROGRAM DAN KEGIATAN", office, f"TAHUN ANGGARAN {YEAR}"),
        ("Kode", "Program/Kegiatan/Sub Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "%"),
        [
            (_kode(r), _program(r), r["pagu"], r["realisasi"], r["persen_tercetak"])
            for r in rows["clean_realisasi_program"]
        ],
    )


def _answers(office: str, rows: Rows) -> Iterator[Sheet]:
    for at, quarter in enumerate(_ROMAN, start=1):
        mine = [r for r in rows["clean_skm_jawaban"] if r["periode"] == f"{YEAR}-TW{at}"]
        if not mine:
            continue
        yield Sheet(
            f"TW {quarter}",
            ("JAWABAN SURVEI KEPUASAN MASYARAKAT", office, f"TRIWULAN {quarter} TAHUN {YEAR}"),
            (*_PERSON, *_ELEMENTS),
            [
                (n, r["tanggal"], "KTP", "LP"[n % 2], r["usia"], "SMA", "Swasta",
                 *(r[f"u{u}"] for u in range(1, 10)))
                for n, r in enumerate(mine, start=1)
            ],
        )  # fmt: skip


def _means(office: str, rows: Rows) -> Sheet:
    said = {(r["ukuran"], r["periode"]): r["nilai"] for r in rows["clean_skm_ringkasan"]}
    names = {f"U{n}": name for n, name in enumerate(_ELEMENTS, start=1)}
    names |= {"IKM": "IKM", "N": "Jumlah Responden"}
    quarters = [f"{YEAR}-TW{n}" for n in range(1, 5)]
    return Sheet(
        "Rekap",
        ("REKAPITULASI SURVEI KEPUASAN MASYARAKAT", office, f"TAHUN {YEAR}"),
        ("Unsur Pelayanan", *(f"Nilai TW {quarter}" for quarter in _ROMAN)),
        [(name, *(said.get((of, q)) for q in quarters)) for of, name in names.items()],
    )


def _villages(office: str, rows: Rows) -> Sheet:
    heads = ("Layanan Dasar", "Sosial", "Ekonomi", "Lingkungan", "Aksesibilitas", "Tata Kelola")
    return Sheet(
        "Indeks Desa",
        ("INDEKS DESA", office, f"TAHUN {YEAR}"),
        ("Kode Desa", "Nama Desa", *heads, "Skor Indeks Desa", "Status Desa"),
        [
            (r["kode_desa"], r["desa"], *(r[p] for p in _POINTS), r["skor"], r["status"])
            for r in rows["clean_indeks_desa"]
        ],
    )


def _lists(office: str, rows: Rows) -> dict[str, Sheet]:
    year = f"TAHUN {YEAR}"
    return {
        "Hibah": Sheet(
            "Hibah",
            ("DAFTAR PENERIMA HIBAH", office, year),
            ("Nama Penerima Hibah", "Jumlah Hibah (Rp)", "Realisasi Hibah (Rp)"),
            [(r["penerima"], r["pagu"], r["realisasi"]) for r in rows["clean_hibah"]],
        ),
        "Volume Pelayanan": Sheet(
            "Volume",
            ("VOLUME PELAYANAN", office, year),
            ("Jenis Layanan", "Jumlah Layanan"),
            [(r["layanan"], r["jumlah"]) for r in rows["clean_layanan"]],
        ),
    }


def _workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for line in sheet.lines():
            page.append([_cell(value) for value in line])
    simpan(book, path)


def _cell(value: object) -> object:
    """A whole amount as a whole number, as an office program stores it."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def main() -> None:
    """Write them and say where."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.kecamatan")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--count", type=int, default=22)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--summary", action="store_true", help="the survey's summary without its answers")
    said = asked.parse_args()
    codes = write(said.folder, said.count, said.seed, answers=not said.summary)
    sys.stdout.write(f"{len(codes)} kecamatan in {said.folder}: {codes[0]} .. {codes[-1]}\n")


if __name__ == "__main__":
    main()
