"""A report from definitions: what is bound, withheld, left out, numbered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.publish.bab_iii.arrangement import build
from assets.publish.bab_iii.blocks import Angka, Dokumen, Judul, Paragraf, teks
from assets.publish.bab_iii.shelf import DefinitionBroken

UNIT = "630103"
Own = Callable[[str, str], Path]
Put = Callable[..., None]

TABLE = """
judul: "Serapan {tahun}"
kolom:
  - {nama: program, kepala: Program, lebar: 40, teks: uraian, gabung: ya}
  - {nama: pagu, kepala: [Uang, Pagu], lebar: 20, angka: {dari: serapan_program.pagu, satuan: rupiah}}
  - nama: realisasi
    kepala: [Uang, Realisasi]
    lebar: 20
    angka: {dari: serapan_program.realisasi, satuan: rupiah}
    bila_kosong: hilang
jumlah:
  - - {teks: JUMLAH, kolom: 1}
    - {angka: {dari: serapan_program.pagu, kunci: {kode: "=TOTAL"}}, rumus: "SUM({pagu:atas})", pada: pagu}
    - {hitung: "SUM({realisasi:atas})", pada: realisasi}
"""
QUERY = """
SELECT kode_unit, periode, kode, uraian FROM serapan_program
WHERE kode_unit = $kode_unit AND tingkat = 'program' ORDER BY kode
"""
SENTENCE = """
serapan:
  sql: >-
    SELECT kode_unit, periode, kode, sisa < 0 AS lebih FROM serapan_program
    WHERE kode_unit = $kode_unit AND kode = 'TOTAL'
  angka:
    realisasi: {dari: serapan_program.realisasi, satuan: rupiah}
    sisa: {dari: serapan_program.sisa, satuan: rupiah, mutlak: ya}
  kalimat:
    - bila: {lebih: ya}
      teks: "Terealisasi {realisasi}, lebih {sisa} (Tabel {tabel:uang})."
    - teks: "Terealisasi {realisasi}, sisa {sisa} (Tabel {tabel:uang})."
"""
ARRANGEMENT = """
judul: LAPORAN
anak_judul: "{nama_unit} {kabupaten} {tahun}"
isi:
  - {judul: Bab, tingkat: 1, bab: 4}
  - bersama:
      - {judul: Lain}
      - {tabel: lain}
      - {kalimat: uji/lain}
  - {kalimat: uji/serapan}
  - {tabel: uang}
"""
OTHER = 'lain: {kalimat: "Lihat Tabel {tabel:lain}."}\n'
EMPTY = "SELECT kode_unit, periode, kode, uraian FROM serapan_program WHERE kode = 'tidak ada'\n"


@pytest.fixture
def office(own: Own) -> Path:
    own("tabel/uang.yaml", TABLE)
    own("tabel/uang.sql", QUERY)
    own("tabel/lain.yaml", TABLE)
    own("tabel/lain.sql", EMPTY)
    own("kalimat/uji.yaml", SENTENCE + OTHER)
    return own("susunan/uji.yaml", ARRANGEMENT)


def programme(put: Put, kode: str, pagu: str, realisasi: str | None, **row: Any) -> None:
    total = kode == "TOTAL"
    put(
        "serapan_program",
        kode_unit=UNIT,
        periode="2025",
        kode=kode,
        uraian="Total" if total else "Program",
        tingkat="total" if total else "program",
        pagu=Decimal(pagu),
        realisasi=None if realisasi is None else Decimal(realisasi),
        sisa=None if realisasi is None else Decimal(pagu) - Decimal(realisasi),
        **row,
    )


def made(con: duckdb.DuckDBPyConnection, office: Path) -> Dokumen:
    return build(con, UNIT, 2025, "uji", milik_kantor=office)


def said(document: Dokumen) -> list[str]:
    return [teks(b.isi) for b in document.blok if isinstance(b, Paragraf)]


def test_figures_are_bound_and_the_document_says_whose_it_is(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path
) -> None:
    programme(put, "1", "100", "90")
    programme(put, "2", "200", "100.5")
    programme(put, "TOTAL", "300", "190.5")
    document = made(con, office)
    assert document.anak_judul == "Pelaihari Kabupaten Tanah Laut 2025"
    (table,) = document.tabel()
    assert table.nomor == "4.1" and said(document) == ["Terealisasi Rp190,50, sisa Rp109,50 (Tabel 4.1)."]
    first = next(document.angka())
    assert str(first.alamat) == f"serapan_program|kode_unit={UNIT};periode=2025;kode=TOTAL|realisasi"
    assert [[teks(c.isi) for c in row] for row in table.kepala] == [
        ["Program", "Uang"],
        ["Pagu", "Realisasi"],
    ]
    assert table.baris[0][0].baris == 2 and len(table.baris[1]) == 2
    total = table.baris[-1]
    assert table.jumlah == 1 and total[1].rumus == "SUM({pagu:atas})"
    counted = total[2].isi[0]
    assert isinstance(counted, Angka) and counted.nilai == Decimal("190.5") and counted.alamat is None


def test_a_total_that_does_not_add_up_has_no_formula(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path
) -> None:
    programme(put, "1", "100", "90")
    programme(put, "TOTAL", "300", "350")
    document = made(con, office)
    (table,) = document.tabel()
    assert table.baris[-1][1].rumus is None
    assert said(document) == ["Terealisasi Rp350,00, lebih Rp50,00 (Tabel 4.1)."]


def test_withheld_and_old_figures_say_why(con: duckdb.DuckDBPyConnection, put: Put, office: Path) -> None:
    programme(put, "1", "100", None, status_terbit="ditahan", alasan="jumlah: tidak cocok")
    programme(put, "2", "200", "100", status_terbit="basi", alasan="terbit 3 Januari")
    programme(put, "TOTAL", "300", None, status_terbit="ditahan", alasan="jumlah: tidak cocok")
    document = made(con, office)
    (table,) = document.tabel()
    assert [teks(n) for n in table.catatan] == [
        "Ditahan: jumlah: tidak cocok",
        "Angka terbit terakhir (Rp200,00; Rp100,00): terbit 3 Januari",
    ]
    assert said(document) == ["Terealisasi ditahan, sisa ditahan (Tabel 4.1). (Ditahan: jumlah: tidak cocok)"]


def test_a_note_told_below_an_earlier_table_is_kept_apart(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path, own: Own
) -> None:
    own("tabel/uang.yaml", f"{TABLE}catatan: [uji/catatan]\n")
    own("tabel/lain.yaml", f"{TABLE}catatan: [uji/catatan]\n")
    own("tabel/lain.sql", QUERY)
    own("kalimat/uji.yaml", f"{SENTENCE}{OTHER}catatan: {{kalimat: Menurut LRA.}}\n")
    programme(put, "1", "100", "90")
    programme(put, "TOTAL", "100", "90")
    first, second = made(con, office).tabel()
    assert first.catatan == second.catatan_terdahulu == (("Menurut LRA.",),)
    assert first.catatan_terdahulu == second.catatan == ()


def test_without_rows_a_table_goes_with_its_sentence_and_heading(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path
) -> None:
    programme(put, "TOTAL", "300", "200")
    document = made(con, office)
    assert list(document.tabel()) == [] and said(document) == []
    assert [b.teks for b in document.blok if isinstance(b, Judul)] == ["Bab"]


def test_a_column_that_nothing_fills_is_left_out_and_the_total_stays_whole(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path
) -> None:
    programme(put, "1", "100", None)
    programme(put, "TOTAL", "100", None)
    (table,) = made(con, office).tabel()
    assert [k.nama for k in table.kolom] == ["program", "pagu"]
    assert sum(c.kolom for c in table.baris[-1]) == 2


def test_a_small_change_is_not_shown_as_none(con: duckdb.DuckDBPyConnection, put: Put, own: Own) -> None:
    put("tren_iku", kode_unit=UNIT, kode_indikator="ikm", tahun=2025, perubahan=Decimal("-0.0041"))
    own(
        "kalimat/uji.yaml",
        """
beda:
  sql: SELECT kode_unit, kode_indikator, tahun FROM tren_iku
  angka: {beda: {dari: tren_iku.perubahan, mutlak: ya}}
  kalimat: "turun {beda}"
""",
    )
    office = own("susunan/uji.yaml", "judul: L\nanak_judul: L\nisi: [{kalimat: uji/beda}]\n")
    assert said(made(con, office)) == ["turun 0,004"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("x: {kalimat: 'Ada {bukan}'}", "bukan.* tidak dikenal"),
        ("x: {kalimat: 'Menurut {hukum:bukan}'}", "hukum.yaml"),
        ("x: {sql: 'SELECT bukan FROM ikm', kalimat: 'a'}", "kalimat uji/x"),
        ("x: {sql: 'SELECT $bukan AS b', kalimat: 'a'}", "parameter"),
        ("x: {teks: 'a'}", "tidak dikenal"),
        ("x: {sql: 'SELECT 1 AS a', angka: {n: {dari: ikm.ikm}}, kalimat: '{n}', b: 1}", "tidak dikenal"),
        (
            "x: {sql: 'SELECT 1.5::DOUBLE AS a', angka: {n: {hitung: a}}, kalimat: '{n}'}",
            "bukan bilangan pasti",
        ),
        ("x: {angka: {n: {dari: layanan.jumlah}}, kalimat: '{n}'}", "kunci kode_layanan"),
    ],
)
def test_a_wrong_definition_is_named(con: duckdb.DuckDBPyConnection, own: Own, wrong: str, told: str) -> None:
    own("kalimat/uji.yaml", wrong)
    office = own("susunan/uji.yaml", "judul: L\nanak_judul: L\nisi: [{kalimat: uji/x}]\n")
    with pytest.raises(DefinitionBroken, match=told):
        made(con, office)


def test_the_same_table_twice_is_refused(
    con: duckdb.DuckDBPyConnection, put: Put, office: Path, own: Own
) -> None:
    programme(put, "1", "100", "90")
    own("susunan/uji.yaml", "judul: L\nanak_judul: L\nisi: [{tabel: uang}, {tabel: uang}]\n")
    with pytest.raises(DefinitionBroken, match="dua kali"):
        made(con, office)
