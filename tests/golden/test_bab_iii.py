"""Both reports, made from the examples: each figure is the warehouse's, each printed one accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from assets.publish.bab_iii.arrangement import TRIWULAN, build
from assets.publish.bab_iii.blocks import Angka, Dokumen, Judul, Paragraf, teks
from docs import bab_iii
from tests.conftest import ExampleRun
from warehouse.values.numbers import tampil

pytestmark = pytest.mark.golden
MADE = {
    "pelaihari": ("630103", 2025, "lima_perbandingan", None),
    "pelaihari per sasaran": ("630103", 2025, "per_sasaran", None),
    "kalumpang": ("630609", 2024, "per_sasaran", None),
    "kalumpang lima perbandingan": ("630609", 2024, "lima_perbandingan", None),
    "triwulan III": ("630103", 2025, TRIWULAN, 3),
    "triwulan IV": ("630609", 2024, TRIWULAN, 4),
    "hanya status desa": ("630101", 2024, "lima_perbandingan", None),
}


@pytest.fixture(scope="module")
def warehouse(examples: ExampleRun) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(examples.published), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def made(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Dokumen]:
    return {
        name: build(warehouse, unit, year, style, triwulan=quarter)
        for name, (unit, year, style, quarter) in MADE.items()
    }


def stored(con: duckdb.DuckDBPyConnection, each: Angka) -> Any:
    assert each.alamat is not None
    where = " AND ".join(f"CAST({k} AS VARCHAR) = ?" for k, _ in each.alamat.kunci)
    sql = f"SELECT {each.alamat.kolom} FROM {each.alamat.tabel} WHERE {where}"
    found = con.execute(sql, [v for _, v in each.alamat.kunci]).fetchall()
    assert len(found) <= 1, each.alamat
    return found[0][0] if found else None


@pytest.mark.parametrize("name", MADE)
def test_every_figure_is_the_warehouse_s(
    name: str, made: dict[str, Dokumen], warehouse: duckdb.DuckDBPyConnection
) -> None:
    figures = [a for a in made[name].angka() if a.alamat is not None]
    assert figures
    for each in figures:
        assert each.nilai == stored(warehouse, each), str(each.alamat)


@pytest.mark.parametrize("name", MADE)
def test_every_figure_reads_as_it_is_worth(name: str, made: dict[str, Dokumen]) -> None:
    for each in made[name].angka():
        if each.nilai is None:
            assert each.teks in {"-", "ditahan"}, each
        else:
            shown = tampil(Decimal(each.nilai), each.desimal)
            bare = each.teks.removeprefix("-").removeprefix("Rp").removesuffix("%")
            assert bare == shown.removeprefix("-"), each


@pytest.mark.parametrize("name", MADE)
def test_tables_run_without_gaps_and_sentences_point_to_them(name: str, made: dict[str, Dokumen]) -> None:
    counted: dict[str, int] = {}
    for table in made[name].tabel():
        chapter, nth = table.nomor.split(".")
        counted[chapter] = counted.get(chapter, 0) + 1
        assert int(nth) == counted[chapter], table.kunci
    known = {t.nomor for t in made[name].tabel()}
    keys = [t.kunci for t in made[name].tabel()]
    assert len(keys) == len(set(keys))
    said = " ".join(teks(b.isi) for b in made[name].blok if isinstance(b, Paragraf))
    pointed = set(re.findall(r"\bTabel (\d+\.\d+)", said))
    assert pointed <= known and (pointed or name.startswith("triwulan"))


@pytest.mark.parametrize("name", MADE)
def test_every_row_fills_its_table(name: str, made: dict[str, Dokumen]) -> None:
    for table in made[name].tabel():
        for part in (table.kepala, table.baris):
            below = [0] * len(table.kolom)
            for row in part:
                free = [n for n, rows in enumerate(below) if not rows]
                assert sum(cell.kolom for cell in row) == len(free), (table.kunci, [teks(c.isi) for c in row])
                at = 0
                for cell in row:
                    for n in free[at : at + cell.kolom]:
                        below[n] = cell.baris
                    at += cell.kolom
                below = [max(0, rows - 1) for rows in below]
            assert not any(below), table.kunci


def test_formulas_stand_where_readers_expect_them(made: dict[str, Dokumen]) -> None:
    formulas = {
        (table.kunci, cell.rumus)
        for table in made["pelaihari"].tabel()
        for row in table.baris
        for cell in row
        if cell.rumus
    }
    assert ("lra", "{realisasi}/{pagu}*100") in formulas
    assert ("capaian_iku", "AVERAGE({capaian:atas})") in formulas
    assert ("realisasi_program", "SUM({pagu:atas})") in formulas
    # The lines of the programmes add to more than the agency spent: no formula may say otherwise.
    assert ("realisasi_program", "SUM({realisasi:atas})") not in formulas


def test_what_the_law_asks_for_is_shown_empty_and_the_rest_left_out(made: dict[str, Dokumen]) -> None:
    tables = {t.kunci: t for t in made["hanya status desa"].tabel()}
    assert "belum diterima" in teks(tables["capaian_iku"].baris[0][0].isi)
    assert tables["capaian_iku"].baris[0][0].kolom == len(tables["capaian_iku"].kolom)
    assert {"bumdes", "layanan", "ikm_unsur"}.isdisjoint(tables)
    headings = {b.teks for b in made["hanya status desa"].blok if isinstance(b, Judul)}
    assert "Status Desa" in headings and "Volume Layanan" not in headings


def test_verbs_are_what_the_figures_say(made: dict[str, Dokumen]) -> None:
    said = [teks(b.isi) for b in made["pelaihari"].blok if isinstance(b, Paragraf)]
    ikm = next(s for s in said if s.startswith("Realisasi Indeks Kepuasan"))
    assert "belum mencapai target 95,59" in ikm
    assert any("turun 0,05: dari 95,59 menjadi 95,54" in s for s in said)
    assert any("melampaui target 66,666667%" in s for s in said)
    assert any("tertinggi sepanjang tahun 2025 adalah Sarana dan Prasarana" in s for s in said)
    assert sum("bergantung pada cara menghitung" in s and "Tabel 3.1" in s for s in said) == 2
    notes = [teks(n) for t in made["pelaihari"].tabel() for n in t.catatan]
    assert any("peka terhadap pilihan cara menghitung" in n for n in notes)


def test_withheld_figures_say_so_below_their_table(made: dict[str, Dokumen]) -> None:
    (table,) = (t for t in made["kalumpang"].tabel() if t.kunci == "kinerja_kegiatan")
    withheld = [p for row in table.baris for c in row for p in c.isi if isinstance(p, Angka) and not p.nilai]
    assert {a.keadaan for a in withheld} == {"ditahan"} and {a.teks for a in withheld} == {"ditahan"}
    assert any(teks(n).startswith("Ditahan: target_kosong") for n in table.catatan)


def test_the_page_says_what_the_examples_give_and_nothing_is_unexplained(examples: ExampleRun) -> None:
    page = bab_iii.page(examples.published)
    assert bab_iii.TARGET.read_text(encoding="utf-8") == page, "run: make bab-iii"
    assert "### Tidak cocok" not in page and "### Tidak dimuat" not in page


def test_every_printed_table_is_listed() -> None:
    listed = {(t["laporan"], g) for t in bab_iii.printed() for g in t["golden"].split("|") if g}
    assert listed == {(f["laporan"], f["tabel_laporan"]) for f in bab_iii.figures()}
    for each in bab_iii.printed():
        assert each["golden"] or each["sebab"], each


def test_a_wrong_figure_would_be_seen(made: dict[str, Dokumen]) -> None:
    line = next(
        f for f in bab_iii.figures() if f["tabel_laporan"] == "Tabel 3.1" and f["tercetak"] == "95,54"
    )
    table = next(t for t in bab_iii.printed() if "Tabel 3.1" in t["golden"].split("|"))
    assert bab_iii.compare(table, [line], made["pelaihari"]).sama == 1
    assert len(bab_iii.compare(table, [{**line, "tercetak": "95,55"}], made["pelaihari"]).lain) == 1
    assert len(bab_iii.compare(table, [{**line, "kolom": "pembilang"}], made["pelaihari"]).hilang) == 1
