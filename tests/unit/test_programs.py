"""The national nomenclature."""

from __future__ import annotations

import csv

import pytest

from warehouse.programs import REFERENCE, find_program, nama_program, nama_rekening
from warehouse.values.codes import induk_program, kode_program, kode_rekening, nama_baku, tingkat_program


@pytest.mark.parametrize(
    ("printed", "induk", "code"),
    [
        ("PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", None, "7.01.01"),
        ("Program Penunjang Urusan Pemerintahan Daerah Kabupaten / Kota", None, "7.01.01"),
        ("Koordinasi Ketentraman dan Ketertiban Umum", None, "7.01.04"),
        ("7.01.05 Penyelenggaraan Urusan Pemerintahan Umum", None, "7.01.05"),
        (
            "Fasilitasi, Rekomendasidan Koordinasi Pembinaan dan Pengawasan Pemerintahan Desa",
            "7.01.06",
            "7.01.06.2.01",
        ),
        (
            "Pengadaan Barang Milik Daerah Penunjang Urusan Pemerintah Daerah",
            "7.01.01",
            "7.01.01.2.07",
        ),
        (
            "Peningkatan Efektivitas Kegiatan Pemberdayaan Masyarakat di Wilayah Kecamatan",
            "7.01.03.2.01",
            "7.01.03.2.01.0003",
        ),
        ("Penyediaan Bahan Logistik Kantor", "7.01.01", "7.01.01.2.06.0004"),
        ("Penyediaan Bahan Logistik Kantor", "7.01.02", None),
        ("Program yang tidak ada", None, None),
    ],
)
def test_official_names(printed: str, induk: str | None, code: str | None) -> None:
    assert find_program(printed, induk) == code


def _lines(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_list_is_canonical_and_hangs_together() -> None:
    listed = _lines("program")
    codes = [line["kode"] for line in listed]
    assert codes == sorted(set(codes))
    for line in listed:
        assert kode_program(line["kode"]) == line["kode"]
        if tingkat_program(line["kode"]) != "program":
            assert induk_program(line["kode"]) in codes
        assert find_program(line["nama"], induk_program(line["kode"])) == line["kode"]
        assert nama_program(line["kode"]) == line["nama"]
    assert {line["sumber"] for line in listed} <= {"laporan", "sipd", "renstra"}


def test_no_kegiatan_has_two_children_of_one_name() -> None:
    seen = [(induk_program(line["kode"]), nama_baku(line["nama"])) for line in _lines("program")]
    assert len(seen) == len(set(seen))


def test_accounts() -> None:
    listed = _lines("rekening")
    assert [line["kode"] for line in listed] == sorted({line["kode"] for line in listed})
    assert all(kode_rekening(line["kode"]) == line["kode"] for line in listed)
    assert nama_rekening("5.1.02") == "Belanja Barang dan Jasa"
    assert nama_rekening("5.9") is None
    assert nama_program("7.01.99") is None
