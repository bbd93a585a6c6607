"""Writes workbooks and CSV files so that the same facts give the same bytes on every run.

Office programs stamp the hour into a workbook and its zip members; here both are fixed.
What does not belong here: what stands in a file (``pelaihari.py``, ``kalumpang.py``, ``bersama.py``).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

DIBUAT = dt.datetime(2026, 1, 2, 8, 0, 0)
UANG = "#,##0.00"

Nilai = str | int | Decimal | dt.date | dt.time | None

_GARIS = Border(*(Side(style="thin"),) * 4)
_TENGAH = Alignment(horizontal="center", vertical="center", wrap_text=True)
_ISI = Alignment(vertical="top", wrap_text=True)
_DIUBAH = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Sel:
    """A value with the number format under which an office shows it."""

    nilai: Nilai
    format: str


@dataclass
class Lembar:
    """One sheet, filled from top to bottom.

    Args:
        nama: sheet name.
        lebar: width of each column in characters; their number is the width of the table.
    """

    nama: str
    lebar: Sequence[int]
    _baris: list[tuple[list[Nilai | Sel], str]] = field(default_factory=list)
    _gabung: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def baris_terakhir(self) -> int:
        """Number of the last row written."""
        return len(self._baris)

    def kosong(self, banyak: int = 1) -> None:
        """Blank rows."""
        self._baris += [([], "polos")] * banyak

    def judul(self, *baris: str) -> None:
        """Title rows, each merged over the whole table, and one blank row."""
        for teks in baris:
            self._baris.append(([teks], "judul"))
            self._gabung.append((self.baris_terakhir, 1, self.baris_terakhir, len(self.lebar)))
        self.kosong()

    def kepala(self, *baris: Sequence[str | None], gabung: Sequence[str] = (), nomor: str = "") -> None:
        """Header rows.

        Args:
            baris: the header texts, one sequence a row.
            gabung: merged ranges with rows counted from the first header row (``A1:A2``).
            nomor: how a following row of column numbers is printed (``{}``, ``({})``); empty for none.
        """
        mulai = self.baris_terakhir
        for isi in baris:
            self._baris.append((list(isi), "kepala"))
        if nomor:
            self._baris.append(([nomor.format(n) for n in range(1, len(self.lebar) + 1)], "kepala"))
        for rentang in gabung:
            atas, bawah = rentang.split(":")
            (r1, c1), (r2, c2) = _alamat(atas), _alamat(bawah)
            self._gabung.append((mulai + r1, c1, mulai + r2, c2))

    def isi(self, *nilai: Nilai | Sel) -> None:
        """One row of the table."""
        self._baris.append((list(nilai), "isi"))

    def catatan(self, *nilai: Nilai | Sel) -> None:
        """One row without borders: a note, a signature line."""
        self._baris.append((list(nilai), "polos"))

    def gabung_ke_bawah(self, kolom: int, mulai: int, sampai: int) -> None:
        """Merge one column over the rows ``mulai`` to ``sampai``; only the first keeps its value."""
        if sampai <= mulai:
            return
        for nomor in range(mulai, sampai):
            self._baris[nomor][0][kolom - 1] = None
        self._gabung.append((mulai, kolom, sampai, kolom))

    def tanda_tangan(self, tempat_tanggal: str, jabatan: str) -> None:
        """A signature block under the table, at its right: an office, never a person."""
        kosong: list[Nilai | Sel] = [None] * (len(self.lebar) - 2)
        self.kosong()
        for teks in (tempat_tanggal, jabatan, None, None, "(nama jabatan)"):
            self.catatan(*kosong, teks)

    def tulis(self, ws: Worksheet) -> None:
        """Into an openpyxl sheet."""
        for nomor, (isi, gaya) in enumerate(self._baris, 1):
            for kolom, nilai in enumerate(isi, 1):
                _tulis_sel(ws, nomor, kolom, nilai, gaya)
        for kolom, lebar in enumerate(self.lebar, 1):
            ws.column_dimensions[get_column_letter(kolom)].width = lebar
        for r1, c1, r2, c2 in self._gabung:
            ws.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)


def _alamat(sel: str) -> tuple[int, int]:
    huruf = sel.rstrip("0123456789")
    kolom = 0
    for satu in huruf:
        kolom = kolom * 26 + ord(satu) - ord("A") + 1
    return int(sel[len(huruf) :]), kolom


def _tulis_sel(ws: Worksheet, baris: int, kolom: int, nilai: Nilai | Sel, gaya: str) -> None:
    isi = nilai.nilai if isinstance(nilai, Sel) else nilai
    sel = ws.cell(row=baris, column=kolom, value=isi)
    if isinstance(nilai, Sel):
        sel.number_format = nilai.format
    if gaya == "judul":
        sel.font, sel.alignment = Font(bold=True), _TENGAH
    elif gaya == "kepala":
        sel.font, sel.alignment, sel.border = Font(bold=True), _TENGAH, _GARIS
    elif gaya == "isi":
        sel.alignment, sel.border = _ISI, _GARIS


def tulis_xlsx(tujuan: Path, *lembar: Lembar) -> None:
    """A workbook of these sheets."""
    buku = Workbook()
    buku.remove(buku.worksheets[0])
    for satu in lembar:
        satu.tulis(buku.create_sheet(satu.nama))
    simpan(buku, tujuan)


def simpan(buku: Workbook, tujuan: Path) -> None:
    """The workbook with fixed document properties and fixed times inside the zip."""
    buku.properties.creator = "lumbung, contoh"
    buku.properties.created = DIBUAT
    mentah = io.BytesIO()
    buku.save(mentah)
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    cap = DIBUAT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(mentah) as asal, zipfile.ZipFile(tujuan, "w") as hasil:
        for nama in asal.namelist():
            isi = asal.read(nama)
            if nama == "docProps/core.xml":
                isi = _DIUBAH.sub(rb"\g<1>" + cap, isi)
            anggota = zipfile.ZipInfo(nama, date_time=(1980, 1, 1, 0, 0, 0))
            anggota.compress_type = zipfile.ZIP_DEFLATED
            anggota.external_attr = 0o644 << 16
            hasil.writestr(anggota, isi, compresslevel=9)


def tulis_csv(tujuan: Path, baris: Sequence[Sequence[str]], sandi: str = "utf-8") -> None:
    """A CSV with ``;`` and CRLF, as an Indonesian Excel saves it."""
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    teks = io.StringIO(newline="")
    csv.writer(teks, delimiter=";", lineterminator="\r\n").writerows(baris)
    tujuan.write_bytes(teks.getvalue().encode(sandi))
