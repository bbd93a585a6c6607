import datetime as dt
import json

import pytest
import yaml

from assets.accept.konfigurasi import KonfigurasiSalah, take
from assets.accept.receive import NoSuchFile, receive, withdraw
from assets.readers import ledger
from warehouse.regions import Regions

UNIT = 'kode_unit: "630103"\npilihan:\n  skm_bobot: "0.111"\n'
KOREKSI = {
    "id": "K1",
    "tabel": "skm_ringkasan",
    "di": {"unsur": "Biaya"},
    "kode_unit": "630103",
    "kolom": "nilai@TW1",
    "tercetak": "4.980",
    "pakai": "3.980",
    "alasan": "skala 1-4",
    "oleh": "kasi",
}


class NoAliases(yaml.SafeDumper):
    """The same place twice is written twice."""

    def ignore_aliases(self, data):
        return True


def written(path, said):
    text = said if isinstance(said, str) else yaml.dump(said, Dumper=NoAliases)
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
        ("[" * 50_000, "terlalu dalam"),
        ("- id: P1\n  berlaku_sampai: 2025-02-30", "tidak mungkin"),
        ("a: " + "9" * 6_000, "tidak mungkin"),
        ("a: [1", "baris 1, kolom 6"),
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
    facts = {"alasan": "x", "pemilik": "y", "berlaku_sampai": dt.date(2026, 12, 31)}
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


def test_an_id_that_is_a_list_is_refused(tmp_path):
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump([KOREKSI | {"id": [1, 2]}]), encoding="utf-8")
    with pytest.raises(KonfigurasiSalah, match="id seharusnya"):
        take(tmp_path / "rumah", path)


def test_a_broken_list_in_force_is_named_and_stays(tmp_path):
    held = tmp_path / "rumah" / "raw" / "konfigurasi" / "corrections.yaml"
    held.parent.mkdir(parents=True)
    held.write_text("- tanpa: id\n", encoding="utf-8")
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump([KOREKSI]), encoding="utf-8")
    with pytest.raises(KonfigurasiSalah, match=r"raw/konfigurasi/corrections\.yaml"):
        take(tmp_path / "rumah", path)
    assert held.read_text(encoding="utf-8") == "- tanpa: id\n"


def test_a_withdrawn_configuration_is_no_longer_in_force(tmp_path):
    home, regions = tmp_path / "rumah", Regions.load()
    path = tmp_path / "630103.yaml"
    path.write_text(UNIT, encoding="utf-8")
    (got,) = receive([path], home, regions)
    withdraw(home, got.berkas_id[:10], "salah")
    assert not (home / "raw" / "konfigurasi" / "630103.yaml").exists()
    receive([path], home, regions)
    assert ledger.entries(home)[got.berkas_id].ditarik is None


def test_merged_corrections_cannot_be_withdrawn_as_if_they_were(tmp_path):
    home, regions = tmp_path / "rumah", Regions.load()
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump([KOREKSI]), encoding="utf-8")
    (first,) = receive([path], home, regions)
    path.write_text(yaml.safe_dump([KOREKSI | {"id": "K2"}]), encoding="utf-8")
    receive([path], home, regions)
    with pytest.raises(NoSuchFile, match="digabung"):
        withdraw(home, first.berkas_id[:10], "salah")
    assert ledger.entries(home)[first.berkas_id].ditarik is None


WAIVERS = """\
# what the office accepts
- id: P1
  aturan: target_kosong
  di: {kode_unit: "630103"}
  alasan: dokumen memang kosong
  pemilik: kasi perencanaan
  berlaku_sampai: 2026-12-31

- id: P2
  aturan: target_kosong
  di:
    kode_unit: "630103"
  alasan: sama
  pemilik: kasi perencanaan
  berlaku_sampai: 2026-12-31
"""


@pytest.mark.parametrize(
    ("here", "instead", "blames"),
    [
        ("target_kosong\n  di:\n", "target_kosog\n  di:\n", ["baris 10", "mungkin target_kosong"]),
        ("  di:\n    kode_unit", "  di:\n    unit", ["baris 11", "unit", "kode_unit"]),
        ("  di:\n    kode_unit: \"630103\"\n", "  di: 630103\n", ["baris 11", "kunci: nilai"]),
        ("  alasan: sama\n", "", ["baris 9", "P2", "belum memuat alasan"]),
        ("- id: P2", "- id: P1", ["baris 9", "P1", "baris 2"]),
        (": 2026-12-31\n\n", ": kelak\n\n", ["baris 7", "kelak", "tanggal"]),
        ("  alasan: sama\n", "  alasan: sama\n  warna: biru\n", ["baris 14", "warna"]),
    ],
)  # fmt: skip
def test_a_fault_of_a_waiver_is_told_with_its_line(tmp_path, here, instead, blames):
    assert WAIVERS.count(here) == 1
    path = written(tmp_path / "pengecualian.yaml", WAIVERS.replace(here, instead))
    with pytest.raises(KonfigurasiSalah) as wrong:
        take(tmp_path, path)
    assert all(word in str(wrong.value) for word in blames), str(wrong.value)
    assert not (tmp_path / "raw").exists()


def test_waivers_go_into_force(tmp_path):
    assert "2 pengecualian (2 baru)" in take(tmp_path, written(tmp_path / "p.yaml", WAIVERS))


def test_a_fault_of_a_correction_is_told_with_its_line(tmp_path):
    lines = [f"  {k}: {json.dumps(v)}" for k, v in KOREKSI.items() if k not in ("id", "kode_unit")]
    said = "\n".join(["- id: K0", *lines, '  kode_unit: "630103"', "- id: K1", *lines, ""])
    with pytest.raises(KonfigurasiSalah, match=r"baris 10: butir K1 belum memuat kode_unit"):
        take(tmp_path, written(tmp_path / "corrections.yaml", said))


def test_the_terms_of_open_data_are_taken_and_checked(tmp_path):
    path = written(tmp_path / "lisensi.yaml", "data_terbuka:\n  lisensi: CC0-1.0\n")
    assert take(tmp_path, path) == "ketentuan data terbuka"
    assert (tmp_path / "raw/konfigurasi/data_terbuka.yaml").read_text("utf-8") == path.read_text("utf-8")
    with pytest.raises(KonfigurasiSalah, match="lisensi 'bebas'"):
        take(tmp_path, written(tmp_path / "lain.yaml", "data_terbuka:\n  lisensi: bebas\n"))
