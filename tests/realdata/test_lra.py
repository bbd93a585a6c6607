"""Realisation workbooks of 23 offices: whose, of which period, with the right columns; the others refused.

The files are the same form filled in by many hands: period typed or left as dots, unit as free text or not at
all, codes as numbers or text, sample figures left standing, other workbooks sent in its place.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assets.accept.receive import receive
from assets.readers import reading, vocabulary
from assets.readers.ledger import Entry
from assets.readers.opening import open_book
from assets.readers.reading import FileRead
from assets.readers.standing import told
from warehouse.regions import Regions
from warehouse.values.codes import kode_rekening
from warehouse.values.numbers import parse_number

pytestmark = pytest.mark.realdata

# File -> kecamatan or kabupaten, agency's own words aside, and period ('' where it is not told).
TOLD = {
    # typed in full, in several ways
    "33_lra_20221205-112242.xlsx": ("1212", "2022-TW1"),  # 01 Januari 2022 s.d 31 Maret 2022
    "33_lra_20221205-114829.xlsx": ("1212", "2022-07"),
    "41_lra_20221130-122138.xlsx": ("1212", "2022-11"),
    "9_lra_20221205-171140.xlsx": ("1212", "2022-TW3"),  # 01 Januari s.d 30 September 2022
    "23_lra_20221130-124121.xlsx": ("1212", "2022-10"),  # januari s.d oktober 2022
    "19_lra_20221220-091435.xlsx": ("1212", "2022-11"),  # Nopember
    "39_lra_20221207-092911.xlsx": ("1212", "2022-01"),  # Januari 2022
    "39_lra_20221207-093442.xlsx": ("1212", "2022-TW3"),  # Januari 2022 s/d September 2022
    "11_lra_20221130-121640.xlsx": (
        "1212",
        "2022-10..2022-10",
    ),  # 1 Oktober s.d 31 Oktober: no sum from January
    # a kecamatan by its free text
    "47_lra_20221130-123339.xlsx": ("121206", "2022-10"),  # its first day is dots, its last is not
    "57_lra_20221212-094211.xlsx": ("121223", "2022-TW1"),
    "57_lra_20221212-093820.xlsx": ("121223", "2022-02"),  # a month with a slip
    # left as dots
    "11_lra_20221130-120403.xlsx": ("1212", ""),
    "25_lra_20221206-120356.xlsx": ("1212", ""),
    "43_lra_20221130-120327.xlsx": ("1212", ""),
    "45_lra_20221130-121856.xlsx": ("1212", ""),
    "55_lra_20221130-122259.xlsx": ("1212", ""),
    "1_lra_20221208-165347.xlsx": ("1212", ""),
    # of the province, not of a kabupaten; old workbooks, one more column beside
    "1_lra_20220720-082105.xls": ("", ""),
    "1_lra_20221031-164133.xls": ("", "2022-08..2022-08"),
    "1_lra_20221129-230408.xls": ("", "2022-TW2"),
    "1_lra_20221130-012723.xlsx": ("", "2022-TW2"),
}
# Other workbooks sent in its place, and headers by which an officer sees it.
WRONG = {
    "anggaran_kas_57_20221130-124041.xlsx": "Nama OPD",
    "anggaran_kas_1_20221130-074245.xlsx": "Nama OPD",
    "dana-desa-20220720-092025.xls": "Alokasi DD",
    "dana-desa-20221130-023216.xlsx": "Alokasi DD",
}
# Sums that the offices got wrong themselves: sample figures left standing, a total that leaves out a child.
OWN_FAULTS = 5


@pytest.fixture(scope="module")
def lra(realdata: Path) -> Path:
    return realdata / "lra_toba"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


def read(path: Path) -> tuple[FileRead, list]:
    return reading.read(open_book(path), "0" * 64, vocabulary.load())


@pytest.mark.parametrize("name", TOLD)
def test_unit_and_period_are_told_or_said_to_be_missing(lra, regions, name):
    kode, periode = TOLD[name]
    found, rows = read(lra / name)
    (table,) = found.tables
    assert table.tabel == "realisasi_rekening"
    assert {k["field"]: k["kepala"] for k in table.kolom} == {
        "kode": "KODE REKENING",
        "uraian": "URAIAN",
        "pagu": "ANGGARAN",
        "realisasi": table.kolom[-1]["kepala"],
    }
    assert str(table.kolom[-1]["kepala"]).startswith("REALISASI")
    entry = Entry("0" * 64, name, 1, "2026-01-01", "uji", "dipakai", "x", 1)
    context = told(entry, found, table, vocabulary.load().form(table.sumber, table.bentuk), regions)
    assert (context.kode_unit or "", context.periode or "") == (kode, periode)
    rules = {f.aturan for f in context.findings}
    assert ("unit_tidak_diketahui" in rules, "periode_tidak_diketahui" in rules) == (not kode, not periode)
    codes = [r["kode"] for r in rows[0].to_pylist() if r["jenis_baris"] == "data"]
    assert codes == ["4", "4.1", "4.2", "4.3", "5", "5.1", "5.2", "5.3", *codes[8:]]


def test_a_form_that_nobody_filled_in_is_said_to_be_one(lra):
    found, _ = read(lra / "1_lra_20220720-082105.xls")
    (blank,) = [f for f in found.findings if f.aturan == "isian_judul_kosong"]
    assert "Unit Organisasi" in blank.isi["daftar"] and "periode" in blank.isi["daftar"]
    filled, _ = read(lra / "9_lra_20221205-171140.xlsx")
    assert not [f for f in filled.findings if f.aturan == "isian_judul_kosong"]


@pytest.mark.parametrize("name", WRONG)
def test_another_workbook_in_its_place_is_refused_by_name(lra, name):
    found, _ = read(lra / name)
    assert found.tables == []
    (refused,) = [f for f in found.findings if f.aturan == "tata_letak_tidak_dikenal"]
    assert refused.isi["terdekat"] and WRONG[name] in refused.isi["kepala_lain"]


def test_the_same_month_sent_again_replaces_the_first(lra, regions, tmp_path):
    twice = [lra / n for n in ("57_lra_20221130-121831.xlsx", "57_lra_20221212-101237.xlsx")]
    assert len({p.read_bytes() for p in twice}) == 2
    taken = [receive([p], tmp_path, regions)[0] for p in twice]
    assert [[t["periode"] for t in r.tabel] for r in taken] == [["2022-10"]] * 2
    assert [f.aturan for f in taken[1].findings if f.aturan == "edisi_digantikan"] == ["edisi_digantikan"]


def test_what_stands_under_the_headers_adds_up_in_nearly_every_file(lra):
    """The proof that the columns are the right ones: amounts of children give those of their parents."""
    sums = {p.name: _adds_up(p) for p in sorted(lra.iterdir()) if "_lra_" in p.name}
    assert len(sums) == 99
    assert sum(not right for right in sums.values()) == OWN_FAULTS


def _adds_up(path: Path) -> bool:
    found, rows = read(path)
    (table,) = found.tables
    amounts: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows[0].to_pylist():
        kinds = dict(zip(table.fields, row["jenis_sel"], strict=True))
        pagu, realisasi = (parse_number(row[n] or "", "money", kinds[n]) for n in ("pagu", "realisasi"))
        amounts[kode_rekening(row["kode"], kinds["kode"])] = (pagu or Decimal(0), realisasi or Decimal(0))
    for parent, own in amounts.items():
        children = [v for k, v in amounts.items() if k.rpartition(".")[0] == parent]
        if children and tuple(map(sum, zip(*children, strict=True))) != own:
            return False
    return len(amounts) >= 8
