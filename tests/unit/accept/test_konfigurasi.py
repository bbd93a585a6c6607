import json

import pytest
import yaml

from assets.accept.konfigurasi import KonfigurasiSalah, take
from assets.accept.receive import receive
from assets.readers import ledger
from warehouse.regions import Regions

UNIT = 'kode_unit: "630103"\npilihan:\n  skm_bobot: "0.111"\n'
KOREKSI = {
    "id": "K1",
    "tabel": "skm_ringkasan",
    "di": {"unsur": "Biaya"},
    "kolom": "nilai@TW1",
    "tercetak": "4.980",
    "pakai": "3.980",
    "alasan": "skala 1-4",
    "oleh": "kasi",
}


def written(path, said):
    text = said if isinstance(said, str) else json.dumps(said)  # JSON is YAML, without anchors
    path.write_text(text, encoding="utf-8")
    return path


def test_a_unit_configuration_goes_into_force_under_its_code(tmp_path):
    assert "630103 (skm_bobot 0.111)" in take(tmp_path, written(tmp_path / "kami.yaml", UNIT))
    assert (tmp_path / "raw/konfigurasi/630103.yaml").read_text(encoding="utf-8") == UNIT


@pytest.mark.parametrize(
    ("said", "blames"),
    [
        ('kode_unit: "630103"\npilihan: {skm_bobot: "0.5"}', "skm_bobot"),
        ('kode_unit: "630103"\nwarna: biru', "warna"),
        ("pilihan: [", "bukan YAML"),
        ("sekadar teks", "bukan konfigurasi"),
        ([{"id": "K1", "pakai": "1"}], "belum memuat"),
        ([{**KOREKSI, "di": "sini"}], '"di"'),
        ([KOREKSI, KOREKSI], "dua kali"),
        ("a: &a [1]\nb: [*a, *a]", "rujukan YAML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_key(tmp_path, said, blames):
    with pytest.raises(KonfigurasiSalah, match=blames):
        take(tmp_path, written(tmp_path / "630103.yaml", said))
    assert not (tmp_path / "raw" / "konfigurasi").exists()


def test_corrections_of_two_offices_are_kept_together_and_renewed_by_id(tmp_path):
    take(tmp_path, written(tmp_path / "a.yaml", [KOREKSI]))
    take(tmp_path, written(tmp_path / "b.yaml", [{**KOREKSI, "id": "K2"}]))
    take(tmp_path, written(tmp_path / "c.yaml", [{**KOREKSI, "id": "K2", "pakai": "3.9"}]))
    kept = yaml.safe_load((tmp_path / "raw/konfigurasi/corrections.yaml").read_text(encoding="utf-8"))
    assert [(k["id"], k["pakai"]) for k in kept] == [("K1", "3.980"), ("K2", "3.9")]


def test_waivers_are_told_from_corrections(tmp_path):
    place = {"kode_unit": "630103"}
    facts = {"alasan": "x", "pemilik": "y", "berlaku_sampai": "2026-12-31"}
    waiver = {"id": "P1", "aturan": "kolom_asing", "di": place, **facts}
    assert "pengecualian" in take(tmp_path, written(tmp_path / "x.yaml", [waiver]))
    assert (tmp_path / "raw/konfigurasi/pengecualian.yaml").exists()


def test_accept_takes_configuration_like_any_file(tmp_path):
    home, regions = tmp_path / "rumah", Regions.load()
    good, bad = receive(
        [
            written(tmp_path / "630103.yaml", UNIT),
            written(tmp_path / "salah.yaml", "warna: biru\nkode_unit: '630103'"),
        ],
        home,
        regions,
    )
    assert (good.status, bad.status) == ("konfigurasi", "konfigurasi_salah")
    assert "konfigurasi unit 630103" in good.pesan and "warna" in bad.pesan
    assert [e.status for e in ledger.entries(home).values()] == ["konfigurasi", "ditolak"]
