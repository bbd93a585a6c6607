"""Choices: defaults, inheritance, refusals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from warehouse import peka
from warehouse.choices import DEFAULTS, ChoiceInvalid, Choices
from warehouse.trail import Choice

PELAIHARI: dict[str, Any] = {
    "kode_unit": "630103",
    "nama": "Kecamatan Pelaihari",
    "tahun_akhir_renstra": 2030,
    "pilihan": {"skm_bobot": 0.111, "alokasi_anggaran": "seluruhnya"},
}
KABUPATEN: dict[str, Any] = {
    "nama": "Kabupaten Tanah Laut",
    "tahun_akhir_renstra": 2029,
    "pilihan": {"skm_bobot": "0.11", "batas_capaian": 120},
}


def test_the_defaults_are_those_of_the_contract() -> None:
    unit = Choices.load().of("630609")
    assert {name: unit.value(name) for name in unit.options} == {
        "skm_bobot": "1/9",
        "ikm_tahunan": "gabungan",
        "batas_capaian": "tidak",
        "capaian_terbalik": "(2T-R)/T",
        "penyebut_desa": "desa",
        "bumdes_baik": "BERKEMBANG",
        "efisiensi_resmi": "E",
        "alokasi_anggaran": "dipetakan",
        "u8_u9": "teks",
    }
    assert unit.choice("skm_bobot") == Choice("skm_bobot", "1/9")
    assert unit.nama is None
    assert unit.pautan == ()
    assert not unit.dipilih("skm_bobot")


def test_every_default_is_explained_with_its_legal_basis() -> None:
    for option in Choices.load().options.values():
        assert option.bawaan == next(iter(option.nilai))
        assert option.dasar_hukum
        assert option.arti
        assert option.alasan
        assert all(option.nilai.values())
        assert all(option.permits(value) for value in option.nilai)


def test_kecamatan_inherits_kabupaten_inherits_defaults() -> None:
    choices = Choices.load({"6301": KABUPATEN, "630103": PELAIHARI})
    unit = choices.of("630103")
    assert unit.value("skm_bobot") == "0.111"
    assert unit.value("batas_capaian") == "120"
    assert unit.value("ikm_tahunan") == "gabungan"
    assert (unit.nama, unit.tahun_akhir_renstra) == ("Kecamatan Pelaihari", 2030)
    neighbour = choices.of("630102")
    assert (neighbour.value("skm_bobot"), neighbour.nama) == ("0.11", None)
    assert neighbour.tahun_akhir_renstra == 2029
    assert choices.of("6301").nama == "Kabupaten Tanah Laut"
    assert choices.of("630609").value("skm_bobot") == "1/9"
    assert choices.units == ("6301", "630103")


def test_permitted_values_start_with_the_default_and_hold_the_units_own() -> None:
    choices = Choices.load({"6301": KABUPATEN})
    assert choices.of("630103").permitted("skm_bobot") == ("1/9", "0.111", "0.11")
    assert choices.of("630103").permitted("batas_capaian") == ("tidak", "100", "120")
    assert choices.of("630609").permitted("batas_capaian") == ("tidak", "100")
    with pytest.raises(KeyError, match="skm_bobot"):
        choices.of("630103").value("tidak_ada")


def test_the_version_follows_what_a_unit_inherits() -> None:
    bare = Choices.load()
    one = Choices.load({"6301": KABUPATEN, "630103": PELAIHARI})
    same = Choices.load({"630103": dict(reversed(PELAIHARI.items())), "6301": KABUPATEN})
    other = Choices.load({"6301": {**KABUPATEN, "tahun_akhir_renstra": 2028}, "630103": PELAIHARI})
    assert one.of("630103").versi == same.of("630103").versi
    assert one.of("630103").versi != other.of("630103").versi
    assert one.of("630609").versi == bare.of("630609").versi
    assert one.of("630102").versi != bare.of("630102").versi


@pytest.mark.parametrize(
    ("kode", "zone"),
    [
        ("630103", "Asia/Makassar"),
        ("357801", "Asia/Jakarta"),
        ("910101", "Asia/Jayapura"),
        ("610101", "Asia/Jakarta"),
    ],
)
def test_an_offices_clock_is_its_provinces(kode: str, zone: str) -> None:
    assert Choices.load().of(kode).zona_waktu == zone
    assert Choices.load({kode: {"zona_waktu": "Asia/Jakarta"}}).of(kode).zona_waktu == "Asia/Jakarta"


def test_links_are_canonical() -> None:
    said = [{"kode": "7.01.02.2.02.03", "kode_indikator": "ikm", "porsi": 33.3, "tahun": 2025}]
    said.append({"kode": "7.01.06", "kode_indikator": "persen_desa_mandiri"})
    first, second = Choices.load({"630103": {"pautan": said}}).of("630103").pautan
    assert dict(first) == {
        "kode": "7.01.02.2.02.0003",
        "kode_indikator": "ikm",
        "porsi": Decimal("33.3"),
        "tahun": 2025,
    }
    assert (second["porsi"], second["tahun"]) == (100, None)


@pytest.mark.parametrize(
    ("kode", "said", "kunci", "boleh"),
    [
        ("630103", {"pilihan": {"skm_bobot": 0.2}}, "skm_bobot", "1/9, 0.111, 0.11"),
        ("630103", {"pilihan": {"bobot": "1/9"}}, "bobot", "skm_bobot"),
        ("630103", {"pilihan": {"batas_capaian": -5}}, "batas_capaian", "angka lain di atas nol"),
        ("630103", {"pilihan": {"batas_capaian": "NaN"}}, "batas_capaian", "tidak, 100"),
        ("630103", {"pilihan": {"ikm_tahunan": "rata-rata"}}, "ikm_tahunan", "rata_periode"),
        ("630103", {"pilihan": ["skm_bobot"]}, "pilihan", "nama pilihan"),
        ("630103", {"skm_bobot": "1/9"}, "skm_bobot", "pilihan:"),
        ("630103", {"nam": "x"}, "nam", "nama"),
        ("630103", {"nama": 5}, "nama", "nama unit"),
        ("630103", {"kode_unit": "630104"}, "kode_unit", "630103"),
        ("630103", {"zona_waktu": "WITA"}, "zona_waktu", "Asia/Makassar"),
        ("630103", {"tahun_akhir_renstra": "akhir"}, "tahun_akhir_renstra", "2030"),
        ("630103", {"pautan": [{"kode": "7.01.06"}]}, "pautan ke-1", "kode_indikator"),
        ("630103", {"pautan": [{"kode": "x", "kode_indikator": "ikm"}]}, "pautan ke-1", "kode"),
        (
            "630103",
            {"pautan": [{"kode": "7.01.06", "kode_indikator": "ikm", "porsi": 101}]},
            "pautan ke-1",
            "porsi",
        ),
        ("630103", {"pautan": "7.01.06"}, "pautan", "daftar"),
        ("630103", {"laporan": "per_sasaran"}, "laporan", "susunan: NAMA"),
        ("630103", {"laporan": {"susun": "per_sasaran"}}, "laporan: susun", "susunan, gaya"),
        ("630103", {"laporan": {"gaya": 5}}, "laporan: gaya", "baku"),
        ("corrections", {}, "nama berkas", "4 angka"),
        ("630103", ["isi"], "isi", "kunci: nilai"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_is_permitted(
    kode: str, said: Any, kunci: str, boleh: str
) -> None:
    with pytest.raises(ChoiceInvalid) as caught:
        Choices.load({kode: said})
    problem = caught.value
    assert problem.kunci == kunci
    assert boleh in problem.boleh
    assert f"{kode}.yaml" in str(problem)
    assert [p.kunci for p in Choices.load().problems(kode, said)] == [kunci]


def test_all_problems_of_a_file_are_told_at_once() -> None:
    said = {"nam": "x", "pilihan": {"skm_bobot": 1, "u8_u9": "daftar"}}
    assert [p.kunci for p in Choices.load().problems("630103", said)] == ["nam", "skm_bobot"]


def test_empty_entries_leave_the_default() -> None:
    unit = Choices.load({"630103": {"nama": None, "pilihan": None, "pautan": None}}).of("630103")
    assert (unit.nama, unit.pautan, unit.value("skm_bobot")) == (None, (), "1/9")


def test_a_home_may_bring_its_own_defaults(tmp_path: Path) -> None:
    said = yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))
    said["pilihan"]["skm_bobot"]["bawaan"] = "0.11"
    own = tmp_path / "bawaan.yaml"
    own.write_text(yaml.safe_dump(said), encoding="utf-8")
    assert Choices.load(defaults=own).of("630103").value("skm_bobot") == "0.11"
    said["pilihan"]["skm_bobot"]["bawaan"] = "0.2"
    own.write_text(yaml.safe_dump(said), encoding="utf-8")
    with pytest.raises(ChoiceInvalid, match="bawaan"):
        Choices.load(defaults=own)


def test_how_a_report_looks_is_inherited_key_by_key_and_is_no_choice_that_makes_figures() -> None:
    plain = Choices.load({"630103": PELAIHARI}).of("630103")
    said = {"6301": {"laporan": {"susunan": "per_sasaran", "gaya": "biru"}}}
    both = Choices.load({**said, "630103": {**PELAIHARI, "laporan": {"gaya": "baku"}}})
    assert dict(both.of("630103").laporan) == {"susunan": "per_sasaran", "gaya": "baku"}
    assert dict(both.of("630104").laporan) == {"susunan": "per_sasaran", "gaya": "biru"}
    assert dict(plain.laporan) == {}
    alone = Choices.load({"630103": {**PELAIHARI, "laporan": {"gaya": "biru"}}}).of("630103")
    assert alone.versi == plain.versi


@pytest.mark.parametrize("name", sorted(Choices.load().options))
def test_each_value_of_a_choice_is_a_clause_that_a_reader_understands(name: str) -> None:
    option = Choices.load().options[name]
    for value in option.nilai:
        clause = option.clause(value)
        assert name not in clause and not clause.endswith(".") and "{" not in clause


def test_what_another_choice_gives_is_told_in_words() -> None:
    said = "bumdes_baik=MAJU: 0,00 -> capaian 0,00, tidak tercapai, kategori Rendah; status_tercetak: 53,33"
    assert peka.clauses(said, "persen") == [
        'bila "beroperasi dengan baik" diartikan berkelas Maju, nilainya 0,00%, capaian 0,00%, tidak'
        " tercapai, kategori Rendah",
        "bila yang dipakai status tercetak, nilainya 53,33%",
    ]
    assert peka.clauses("skm_bobot=1/9: 95,64") == [
        "bila bobot tiap unsur sepersembilan tanpa pembulatan, nilainya 95,64"
    ]
    assert peka.in_words("batas_capaian=110.5: 88,75 -> capaian 110,50", "nilai") == (
        "bila capaian dibatasi paling tinggi 110,5 persen, nilainya 88,75, capaian 110,50%"
    )
    assert peka.in_words("kalimat lain") == "kalimat lain"
    assert peka.in_words(None) is None
