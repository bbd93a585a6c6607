"""A whole report: the parts of an arrangement in their order, their numbers, and what points to them.

``susunan/<gaya>.yaml``::

    judul: LAPORAN KINERJA
    anak_judul: "Kecamatan {nama_unit} ... Tahun {tahun}"
    isi:
      - {judul: "BAB III AKUNTABILITAS KINERJA", tingkat: 1, bab: 3}   # tables are 3.1, 3.2 from here
      - {kalimat: capaian/rata_rata}
      - {tabel: capaian_iku}
      - {isian: penyebab, petunjuk: "..."}
      - {grafik: status_desa, judul: "...", sql: "..."}
      - {daftar_tabel: ya}
      - {untuk: indikator, isi: [...]}     # the parts once for each row of ``daftar.indikator``
      - {bersama: [...]}                   # left out as a whole when it has no table and no sentence
    daftar: {indikator: "SELECT ..."}

Inside ``untuk`` the columns of its row are facts too: ``{indikator}``, ``$kode_indikator``. A list that is
empty leaves its parts out. The document is made twice over: first the tables and charts, which gives the
numbers, then the sentences, which point to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from assets.publish.bab_iii.blocks import Blok, DaftarTabel, Dokumen, Grafik, Isian, Judul, Tabel
from assets.publish.bab_iii.charts import chart
from assets.publish.bab_iii.published import Published
from assets.publish.bab_iii.sentences import Around, paragraphs, plain
from assets.publish.bab_iii.shelf import DefinitionBroken, Shelf
from assets.publish.bab_iii.tables import annotated, table
from warehouse.regions import Regions
from warehouse.values.periods import ROMAWI

GAYA = "lima_perbandingan"
TRIWULAN = "triwulan"


def build(
    con: duckdb.DuckDBPyConnection,
    kode_unit: str,
    tahun: int,
    susunan: str = GAYA,
    *,
    triwulan: int | None = None,
    milik_kantor: Path | None = None,
) -> Dokumen:
    """The report of one unit.

    Args:
        con: connection to the published file ``lumbung.duckdb``.
        kode_unit: Kemendagri code of the kecamatan, six digits.
        tahun: year of the report.
        susunan: name of the arrangement below ``susunan/``.
        triwulan: 1 to 4 for a quarterly sheet; the figures are those cumulative to that quarter.
        milik_kantor: the office's own definitions, ``HOME/warehouse/bab_iii``.

    Raises:
        DefinitionBroken: a definition that cannot be followed; names it.
    """
    published, shelf = Published(con), Shelf(milik_kantor)
    around = Around(published, shelf, facts(published, kode_unit, tahun, triwulan))
    said = shelf.read(f"susunan/{susunan}.yaml")
    parts = list(_Parts(said, f"susunan {susunan}").made(said["isi"], around))
    numbered = _numbered(parts)
    return Dokumen(
        judul=plain(said["judul"], {}, around, susunan),
        anak_judul=plain(said["anak_judul"], {}, around, susunan),
        kode_unit=kode_unit,
        periode=str(around.facts["periode"]),
        blok=_without_bare_headings(list(_written(parts, numbered))),
        keterangan={
            name: str(around.facts[name])
            for name in ("jalan_id", "versi_aturan", "diterbitkan_pada", "kabupaten", "nama_unit")
        },
    )


def facts(published: Published, kode_unit: str, tahun: int, triwulan: int | None) -> dict[str, Any]:
    """What every sentence and query may name: the unit, the year, the run."""
    known = regions()
    unit, kabupaten = known.kecamatan(kode_unit), known.kabupaten(kode_unit[:4])
    provinsi = known.provinsi(kode_unit[:2])
    run = published.rows("SELECT * FROM jalan ORDER BY selesai DESC LIMIT 1", {}, "jalan")
    last: Mapping[str, Any] = run[0] if run else {}
    periode = f"{tahun}-TW{triwulan}" if triwulan else str(tahun)
    return {
        "kode_unit": kode_unit,
        "kode_kab": kode_unit[:4],
        "kode_prov": kode_unit[:2],
        "nama_unit": unit.nama if unit else kode_unit,
        "kabupaten": _full(kabupaten.nama, kabupaten.jenis) if kabupaten else kode_unit[:4],
        "provinsi": provinsi.nama if provinsi else kode_unit[:2],
        "tahun": tahun,
        "tahun_lalu": tahun - 1,
        "periode": periode,
        "triwulan": ROMAWI[triwulan or 0],
        "triwulan_ke": triwulan or 0,
        "jalan_id": last.get("jalan_id", ""),
        "versi_aturan": last.get("versi_aturan", ""),
        "diterbitkan_pada": last.get("selesai", ""),
    }


@cache
def regions() -> Regions:
    """The shipped list, read once."""
    return Regions.load()


def _full(nama: str, jenis: str) -> str:
    return nama if nama.casefold().startswith((jenis, "kab")) else f"{jenis.capitalize()} {nama}"


@dataclass(frozen=True)
class _Sentence:
    """A sentence that waits for the numbers of tables."""

    name: str
    around: Around


@dataclass(frozen=True)
class _Chapter:
    """Where the numbering of tables begins anew."""

    judul: Judul
    bab: int


@dataclass(frozen=True)
class _Table:
    """A table with what its notes need."""

    key: str
    tabel: Tabel
    around: Around


_Part = Blok | _Sentence | _Chapter | _Table


# What a part is, by its first word here: a chart has a title too.
_KINDS = ("grafik", "judul", "kalimat", "tabel", "isian", "daftar_tabel", "untuk", "bersama")


@dataclass(frozen=True)
class _Parts:
    """The parts of an arrangement, each as what it will become."""

    said: Mapping[str, Any]
    where: str

    def made(self, isi: Sequence[Mapping[str, Any]], around: Around) -> Iterator[_Part]:
        for each in isi:
            kind = next((k for k in _KINDS if k in each), None)
            if kind is None:
                raise DefinitionBroken(f"{self.where}: bagian {dict(each)} tidak dikenal")
            yield from getattr(self, f"_{kind}")(each, around)

    def _judul(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        heading = Judul(int(each.get("tingkat", 2)), plain(each["judul"], {}, around, self.where))
        yield _Chapter(heading, int(each["bab"])) if "bab" in each else heading

    def _kalimat(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        names = each["kalimat"] if isinstance(each["kalimat"], list) else [each["kalimat"]]
        yield from (_Sentence(name, around) for name in names)

    def _tabel(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        made = table(each["tabel"], around)
        if made is not None:
            yield _Table(each["tabel"], made, around)

    def _grafik(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        made = chart(each, around, self.where)
        if made is not None:
            yield made

    def _isian(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        yield Isian(f"{each['isian']}{around.akhiran}", plain(each["petunjuk"], {}, around, self.where))

    def _daftar_tabel(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        del each, around
        yield DaftarTabel()

    def _untuk(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        name = each["untuk"]
        for row in around.published.rows(
            self.said["daftar"][name], around.facts, f"{self.where}, daftar {name}"
        ):
            inner = replace(around, facts={**around.facts, **row}, akhiran=f"{around.akhiran}_{_first(row)}")
            yield from self.made(each["isi"], inner)

    def _bersama(self, each: Mapping[str, Any], around: Around) -> Iterator[_Part]:
        parts = list(self.made(each["bersama"], around))
        numbers = _numbered(parts)
        if numbers or any(isinstance(p, _Sentence) and _says(p, numbers) for p in parts):
            yield from parts


def _first(row: Mapping[str, Any]) -> str:
    return str(next(iter(row.values())))


def _says(sentence: _Sentence, numbers: Mapping[str, str]) -> bool:
    """Whether the sentence has anything to say where only these tables are."""
    return any(True for _ in paragraphs(sentence.name, replace(sentence.around, nomor=numbers)))


def _numbered(parts: Sequence[_Part]) -> dict[str, str]:
    """The number of each table and chart by kind and key; they run within a chapter without gaps."""
    numbers: dict[str, str] = {}
    chapter, counts = 1, {"tabel": 0, "grafik": 0}
    for part in parts:
        if isinstance(part, _Chapter):
            chapter, counts = part.bab, {"tabel": 0, "grafik": 0}
        elif isinstance(part, _Table | Grafik):
            kind = "grafik" if isinstance(part, Grafik) else "tabel"
            key = part.kunci if isinstance(part, Grafik) else part.tabel.kunci
            counts[kind] += 1
            if f"{kind}:{key}" in numbers:
                raise DefinitionBroken(f"{kind} {key} berdiri dua kali dalam satu susunan")
            numbers[f"{kind}:{key}"] = f"{chapter}.{counts[kind]}"
    return numbers


def _written(parts: Sequence[_Part], numbers: Mapping[str, str]) -> Iterator[Blok]:
    told: set[str] = set()
    for part in parts:
        match part:
            case _Sentence():
                yield from paragraphs(part.name, replace(part.around, nomor=numbers))
            case _Table():
                around = replace(part.around, nomor=numbers)
                made = annotated(part.key, part.tabel, around, told)
                yield replace(made, nomor=numbers[f"tabel:{made.kunci}"])
            case _Chapter():
                yield part.judul
            case Grafik():
                yield replace(part, nomor=numbers[f"grafik:{part.kunci}"])
            case _:
                yield part


def _without_bare_headings(blocks: Sequence[Blok]) -> tuple[Blok, ...]:
    """Without headings below which nothing stands before the next of their own level or above.

    A chapter stands always: tables are numbered by it.
    """
    kept: list[Blok] = []
    below: int | None = 0  # level of the heading that comes next; None where something else stands there
    for block in reversed(blocks):
        if not isinstance(block, Judul):
            below = None
        elif below is not None and 1 < block.tingkat >= below:
            continue
        else:
            below = block.tingkat
        kept.append(block)
    return tuple(reversed(kept))
