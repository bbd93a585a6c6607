"""Regions by code and by name."""

from __future__ import annotations

import pytest

from warehouse import contracts, regions
from warehouse.regions import Region, Regions

NATION = Regions.load()


def test_pelaihari_and_kalumpang() -> None:
    below = NATION.desa_of("630103")
    assert sum(d.adalah_desa for d in below) == 15
    assert sum(d.jenis == "kelurahan" for d in below) == 5
    assert len(NATION.desa_of("630609")) == 9
    assert NATION.kecamatan("630103") == Region("630103", "Pelaihari", "kecamatan", "6301")
    assert len(NATION.kecamatan_of("6301")) == len(NATION.kecamatan_of("6306")) == 11


def test_the_nation_is_whole() -> None:
    provinces = [c for n in range(11, 98) if (c := NATION.provinsi(str(n)))]
    assert len(provinces) == 38
    regencies = [k for p in provinces for k in NATION.kabupaten_of(p.kode)]
    assert len(regencies) == 514
    assert sum(k.jenis == "kota" for k in regencies) == 98
    assert sum(len(NATION.kecamatan_of(k.kode)) for k in regencies) == 7285


def test_villages_are_read_only_when_asked_for() -> None:
    regions._villages.cache_clear()
    regions._shipped_desa.cache_clear()
    fresh = Regions.load()
    assert fresh.kecamatan("630103") is not None
    assert regions._villages.cache_info().currsize == 0
    fresh.desa_of("630103")
    assert regions._shipped_desa.cache_info().currsize == 1


def test_every_village_lies_in_a_known_kecamatan() -> None:
    lines = regions._villages()
    assert lines == sorted(lines)
    assert len({line.split(",")[0] for line in lines}) == len(lines) == 83762
    assert all(NATION.kecamatan(line[:6]) for line in lines)


@pytest.mark.parametrize(
    ("nama", "within", "codes"),
    [
        ("Pelaihari", None, ["630103"]),
        ("KECAMATAN PELAIHARI", "6301", ["630103"]),
        ("Kec. Pelaihari", "TANAH LAUT", ["630103"]),
        ("Kelumpang Tengah", "Kab. Kotabaru", ["630209"]),
        ("Kalumpang", "6306", ["630609"]),
        ("Pelaihari", "6306", []),
        ("Pelaihari", "Tanah Yang Tidak Ada", []),
        ("Tidak Ada", None, []),
    ],
)
def test_kecamatan_by_name(nama: str, within: str | None, codes: list[str]) -> None:
    assert [k.kode for k in NATION.find_kecamatan(nama, within)] == codes


def test_a_name_shared_in_the_nation_is_not_guessed() -> None:
    found = NATION.find_kecamatan("Batu Ampar")
    assert len(found) > 1
    assert len({k.kode for k in found}) == len(found)
    assert [k.kode for k in NATION.find_kecamatan("Batu Ampar", "63")] == ["630109"]


@pytest.mark.parametrize(
    ("nama", "codes"),
    [
        ("Kabupaten Tanah Laut", ["6301"]),
        ("TANAH LAUT", ["6301"]),
        ("Pemerintah Kabupaten Tanah Laut", ["6301"]),
        ("Kotabaru", ["6302"]),
        ("KOTA BARU", ["6302"]),
        ("Bekasi", ["3216", "3275"]),
        ("Kota Bekasi", ["3275"]),
        ("Kab. Bekasi", ["3216"]),
        ("Kota Adm. Jakarta Pusat", ["3171"]),
        ("", []),
    ],
)
def test_kabupaten_by_name(nama: str, codes: list[str]) -> None:
    assert [k.kode for k in NATION.find_kabupaten(nama)] == codes


@pytest.mark.parametrize(
    ("nama", "code"),
    [
        ("ATU-ATU", "6301032012"),
        ("Atu Atu", "6301032012"),
        ("Desa Panggung", "6301032015"),
        ("PANGGUNG BARU", "6301032020"),
        ("Kelurahan Angsau", "6301031004"),
        ("Angsau", "6301031004"),
        ("Desa Angsau", None),  # a kelurahan
        ("Kelurahan Panggung", None),  # a desa
        ("Kalumpang", None),  # elsewhere
        ("Desa", None),
        ("", None),
    ],
)
def test_village_by_name_within_its_kecamatan(nama: str, code: str | None) -> None:
    found = NATION.find_desa(nama, "630103")
    assert (found.kode if found else None) == code
    if found:
        assert NATION.desa(found.kode) == found


def test_every_village_name_of_a_province_finds_itself_or_is_shared() -> None:
    for kabupaten in NATION.kabupaten_of("63"):
        for kecamatan in NATION.kecamatan_of(kabupaten.kode):
            for desa in NATION.desa_of(kecamatan.kode):
                found = NATION.find_desa(desa.nama.upper(), kecamatan.kode)
                assert found is None or found == desa


@pytest.mark.parametrize("kode", ["", "9", "99", "6399", "630199", "63010399999", "abcdef"])
def test_unknown_codes_give_nothing(kode: str) -> None:
    for look in (NATION.provinsi, NATION.kabupaten, NATION.kecamatan, NATION.desa):
        assert look(kode) is None
    assert NATION.desa_of(kode) == []


def test_an_accepted_list_replaces_its_kabupaten_only() -> None:
    row = {"berkas_id": "b", "lembar": "-", "tabel_ke": 1, "baris": 2}
    given = contracts.build(
        "clean_wilayah",
        [
            row | {"kode_desa": "6301032001", "nama": "Desa Baru", "kode_unit": "630103", "kecamatan": "PLH"},
            row | {"kode_desa": "6301991001", "nama": "Lurah", "kode_unit": "630199", "kecamatan": None},
        ],
    )
    own = Regions.load(given)
    assert [d.nama for d in own.desa_of("630103")] == ["Desa Baru"]
    assert [k.kode for k in own.kecamatan_of("6301")] == ["630103", "630199"]
    assert own.kecamatan("630103").nama == "PLH"  # type: ignore[union-attr]
    assert own.find_desa("Lurah", "630199") == Region("6301991001", "Lurah", "kelurahan", "630199")
    assert own.find_kecamatan("Pelaihari", "6301") == []
    assert len(own.desa_of("630609")) == 9
    assert len(NATION.kecamatan_of("6301")) == 11
