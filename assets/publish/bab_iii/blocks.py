"""The parts of a report, whatever it is written as: Word, spreadsheet or page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Rata = Literal["kiri", "tengah", "kanan"]
# How a figure is read: percent numbers (120 = 120 %), rupiah, index points, plain counts, ratios.
Satuan = Literal["persen", "rupiah", "nilai", "bilangan", "rasio", "tahun"]
Keadaan = Literal["terbit", "ditahan", "basi", "kosong"]


@dataclass(frozen=True)
class Alamat:
    """Where a figure stands in the warehouse: what ``lumbung why`` is asked with.

    ``kunci`` are the key columns of ``tabel`` with their values as text, in the order of the table's key.
    """

    tabel: str
    kunci: tuple[tuple[str, str], ...]
    kolom: str

    @property
    def baris(self) -> str:
        """Its row: ``kode_unit=630103;periode=2025;kode_indikator=ikm``."""
        return ";".join(f"{k}={v}" for k, v in self.kunci)

    def __str__(self) -> str:
        """``capaian_iku|kode_unit=630103;periode=2025;kode_indikator=ikm|capaian_persen``."""
        return f"{self.tabel}|{self.baris}|{self.kolom}"


@dataclass(frozen=True)
class Angka:
    """A figure in a report, bound to the warehouse.

    Attributes:
        teks: as a reader sees it (``95,54``, ``11.200.768.358,00``, ``-``); writers print this.
        nilai: the exact value; None where there is none or it is withheld.
        alamat: where it is from; None only for what the report itself counts (a row number, how many rows).
        satuan, desimal: how a spreadsheet shows ``nilai``; ``teks`` already follows them.
        keadaan: ``ditahan`` and ``basi`` are told beside the figure, by ``alasan``.
        alasan: why there is no value, or why it is an old one.
    """

    teks: str
    nilai: Decimal | int | None
    alamat: Alamat | None
    satuan: Satuan = "nilai"
    desimal: int = 2
    keadaan: Keadaan = "terbit"
    alasan: str | None = None


Potongan = str | Angka
Kalimat = tuple[Potongan, ...]


def teks(kalimat: Kalimat) -> str:
    """A sentence or cell as plain text."""
    return "".join(p if isinstance(p, str) else p.teks for p in kalimat)


@dataclass(frozen=True)
class Sel:
    """One cell of a table. A cell covered by a span of another is not listed at all.

    ``rumus`` is the formula that a spreadsheet keeps live, with ``{name}`` for the cell of the same row by
    column name and ``{name:atas}`` for all data cells above in that column: ``{realisasi}/{pagu}*100``,
    ``SUM({pagu:atas})``.
    """

    isi: Kalimat
    rata: Rata | None = None
    tebal: bool = False
    kolom: int = 1
    baris: int = 1
    rumus: str | None = None


@dataclass(frozen=True)
class Kolom:
    """One column: its name (for formulas), share of the width, and where its text stands."""

    nama: str
    lebar: float
    rata: Rata = "kiri"


@dataclass(frozen=True)
class Tabel:
    """A numbered table.

    Attributes:
        kunci: name of its definition (``capaian_iku``); also the sheet name and anchor.
        nomor: ``3.1``; numbers of a document run without gaps.
        kepala: header rows, repeated on every page.
        baris: rows of cells; ``jumlah`` of the last ones are totals.
        catatan: said below the table: what is withheld or sensitive and why.
        sumber: where it is from, as printed below it.
        catatan_terdahulu: of its notes those that stand below an earlier table of the report; for writers
            whose tables part from each other.
    """

    kunci: str
    nomor: str
    judul: str
    kolom: tuple[Kolom, ...]
    kepala: tuple[tuple[Sel, ...], ...]
    baris: tuple[tuple[Sel, ...], ...]
    jumlah: int = 0
    catatan: tuple[Kalimat, ...] = ()
    sumber: str = ""
    mendatar: bool = False
    catatan_terdahulu: tuple[Kalimat, ...] = ()


@dataclass(frozen=True)
class Grafik:
    """A numbered chart: a Vega-Lite specification with its data inside, and what it shows in words.

    ``teks_alternatif`` says in words what is seen, for a reader who does not see it.
    """

    kunci: str
    nomor: str
    judul: str
    spesifikasi: Mapping[str, Any]
    teks_alternatif: str
    sumber: str = ""


@dataclass(frozen=True)
class Judul:
    """A heading; ``tingkat`` 1 is the chapter."""

    tingkat: int
    teks: str


@dataclass(frozen=True)
class Paragraf:
    """A sentence or more; ``butir`` makes it an item of a list."""

    isi: Kalimat
    butir: bool = False


@dataclass(frozen=True)
class Isian:
    """What only a person can write: causes, plans. Marked so that it cannot be overlooked."""

    kunci: str
    petunjuk: str


@dataclass(frozen=True)
class DaftarTabel:
    """Where the list of tables and charts stands; made from the document itself."""


Blok = Judul | Paragraf | Tabel | Grafik | Isian | DaftarTabel


@dataclass(frozen=True)
class Dokumen:
    """A whole report.

    Attributes:
        judul: on the cover.
        anak_judul: the unit with its kabupaten, and the period.
        kode_unit, periode: whose and when.
        keterangan: facts of the cover and the footer by name: ``jalan_id``, ``versi_aturan``,
            ``diterbitkan_pada``, ``kabupaten``, ``nama_unit``.
        blok: the parts in their order.
    """

    judul: str
    anak_judul: str
    kode_unit: str
    periode: str
    blok: tuple[Blok, ...]
    keterangan: Mapping[str, str] = field(default_factory=dict)

    def tabel(self) -> Iterator[Tabel]:
        """Its tables in order."""
        return (b for b in self.blok if isinstance(b, Tabel))

    def grafik(self) -> Iterator[Grafik]:
        """Its charts in order."""
        return (b for b in self.blok if isinstance(b, Grafik))

    def angka(self) -> Iterator[Angka]:
        """Every bound figure, in reading order; a figure printed twice comes twice."""
        for blok in self.blok:
            for kalimat in _sentences(blok):
                yield from (p for p in kalimat if isinstance(p, Angka))


def _sentences(blok: Blok) -> Iterator[Kalimat]:
    match blok:
        case Paragraf():
            yield blok.isi
        case Tabel():
            yield from (sel.isi for row in (*blok.kepala, *blok.baris) for sel in row)
            yield from blok.catatan
        case _:
            return
