import subprocess
import sys
from pathlib import Path

import pytest

from assets.accept.receive import receive, withdraw
from assets.extract.assemble import assemble
from assets.readers import vocabulary
from warehouse import contracts
from warehouse.regions import Regions

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "rumah"


def csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


UNIT = "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"
LRA = (
    f"REALISASI ANGGARAN {UNIT}",
    "UNTUK TAHUN YANG BERAKHIR SAMPAI DENGAN 31 DESEMBER 2025 DAN 2024",
    "Kode Rekening;URAIAN;ANGGARAN 2025;REALISASI 2025;% 2025;REALISASI 2024;Petugas",
    "1;2;3;4;5;6;7",
    "5;BELANJA DAERAH;12.296.340.286,46;11.200.768.358,00;91,09;11.418.793.994,00;a",
    ";JUMLAH BELANJA;12.296.340.286,46;11.200.768.358,00;91,09;;",
)


def test_rows_come_as_printed_with_their_address(tmp_path, home, regions):
    (got,) = receive([csv(tmp_path / "lra.csv", *LRA)], home, regions)
    found = assemble(home, regions)
    first, last = found.tables["realisasi_rekening"].to_pylist()
    assert first == {
        "berkas_id": got.berkas_id, "lembar": "-", "tabel_ke": 1, "baris": 5, "jenis_baris": "data",
        "jenis_sel": "tttttt  ", "format_sel": "        ", "kode_unit": "630103", "periode": "2025",
        "judul": f"REALISASI ANGGARAN {UNIT} | {LRA[1]}", "kode": "5", "uraian": "BELANJA DAERAH",
        "pagu": "12.296.340.286,46", "realisasi": "11.200.768.358,00", "persen": "91,09",
        "realisasi_tahun_lalu": "11.418.793.994,00", "sisa": None, "silpa": None,
    }  # fmt: skip
    assert (last["jenis_baris"], last["kode"], last["jenis_sel"]) == ("total", None, " tttt   ")
    assert (
        found.tables["realisasi_rekening"].schema.metadata[b"fields"]
        == b"kode,uraian,pagu,realisasi,persen,realisasi_tahun_lalu,sisa,silpa"
    )


def test_the_column_map_names_letter_header_and_header_cell(tmp_path, home, regions):
    receive([csv(tmp_path / "lra.csv", *LRA)], home, regions)
    found = assemble(home, regions)
    by = {r["field"]: r for r in found.peta_kolom.to_pylist()}
    assert (by["pagu"]["kolom"], by["pagu"]["kepala"], by["pagu"]["kepala_sel"]) == (
        "C",
        "ANGGARAN 2025",
        "C3",
    )
    (known,) = found.tabel_dikenal.to_pylist()
    assert (known["cara_unit"], known["kolom_asing"]) == ("isi", "Petugas")
    assert found.hitungan_lembar.to_pylist()[0] | {"berkas_id": ""} == {
        "berkas_id": "", "lembar": "-", "dibaca": 6, "data": 2, "tata_letak": 4, "tidak_dikenal": 0,
    }  # fmt: skip
    assert [f.aturan for f in found.findings] == ["kolom_asing"]


def test_every_form_is_handed_over_even_empty_and_text_only(home, regions):
    found = assemble(home, regions)
    assert set(found.tables) == set(vocabulary.load().tables)
    for name, table in found.tables.items():
        assert table.num_rows == 0
        assert {str(f.type) for f in table.schema if f.name not in ("tabel_ke", "baris")} == {"string"}, name
        assert table.schema.metadata[b"fields"]


def test_files_with_different_years_share_one_table_with_kinds_in_step(tmp_path, home, regions):
    a = csv(tmp_path / "a.csv", f"RENSTRA {UNIT}", "Indikator;Realisasi 2023;2024;2025", "IKM;88;89;90")
    b = csv(
        tmp_path / "b.csv",
        "RENSTRA KECAMATAN KALUMPANG KABUPATEN HULU SUNGAI SELATAN",
        "Indikator;Satuan;Target 2025",
        "IKM;Nilai;91",
    )
    receive([a, b], home, regions)
    table = assemble(home, regions).tables["renstra_target"]
    fields = table.schema.metadata[b"fields"].decode().split(",")
    assert [f for f in fields if "@" in f] == ["realisasi@2023", "target@2024", "target@2025"]
    for row in table.to_pylist():
        for name, kind in zip(fields, row["jenis_sel"], strict=True):
            assert (kind == " ") == (row[name] is None), (name, row)


def test_a_column_without_a_year_takes_the_tables(tmp_path, home, regions):
    text = "Kode Desa;Nama Desa;IKS;IKE;IKL;Nilai IDM;Status"
    receive(
        [csv(tmp_path / "a.csv", "IDM TAHUN 2023", text, "6301032001;ATU-ATU;0,8;0,8;0,8;0,8;MAJU")],
        home,
        regions,
    )
    found = assemble(home, regions)
    (row,) = found.tables["idm_ekspor"].to_pylist()
    assert row["iks@2023"] == "0,8" and row["kode_unit"] == "630103"
    assert "iks@2023" in {r["field"] for r in found.peta_kolom.to_pylist()}


def test_without_any_year_nothing_is_handed_over_and_it_is_told(tmp_path, home, regions):
    text = "Kode Desa;Nama Desa;IKS;IKE;IKL;Nilai IDM;Status"
    receive([csv(tmp_path / "a.csv", text, "6301032001;ATU-ATU;0,8;0,8;0,8;0,8;MAJU")], home, regions)
    found = assemble(home, regions)
    assert found.tables["idm_ekspor"].num_rows == 0
    assert [f.aturan for f in found.findings] == ["periode_tidak_diketahui"]
    assert found.hitungan_lembar.to_pylist()[0]["tidak_dikenal"] == 1


def test_rows_that_name_their_period_keep_it(tmp_path, home, regions):
    path = csv(
        tmp_path / "a.csv",
        f"REALISASI {UNIT} TAHUN 2025",
        "Indikator;Periode;Realisasi",
        "IKM;TW I 2025;88",
        "IKM;;89",
    )
    receive([path], home, regions)
    rows = assemble(home, regions).tables["realisasi_manual_realisasi"].to_pylist()
    assert [r["periode"] for r in rows] == ["TW I 2025", "2025"]


def test_values_carried_down_are_marked(tmp_path, home, regions):
    path = csv(tmp_path / "a.csv", f"REALISASI {UNIT} 2025", "Program;Kegiatan;Sub Kegiatan;Pagu;Realisasi",
               "P1;K1;S1;9;8", ";;S2;9;8", "P2;;S3;9;8")  # fmt: skip
    receive([path], home, regions)
    rows = assemble(home, regions).tables["realisasi_program"].to_pylist()
    assert [(r["program"], r["kegiatan"]) for r in rows] == [("P1", "K1"), ("P1", "K1"), ("P2", None)]
    assert [r["format_sel"][1:3] for r in rows] == ["  ", "^^", "  "]


def test_a_name_on_a_row_of_its_own_is_carried_down_and_clears_the_levels_below(tmp_path, home, regions):
    path = csv(
        tmp_path / "a.csv",
        f"REALISASI {UNIT} 2025",
        "Program;Kegiatan;Sub Kegiatan;Pagu;Realisasi",
        "P1;;;;",
        ";K1;S1;9;8",
        "P2;;;;",
        ";;S2;9;8",
    )
    receive([path], home, regions)
    rows = assemble(home, regions).tables["realisasi_program"].to_pylist()
    assert [(r["program"], r["kegiatan"], r["sub_kegiatan"]) for r in rows] == [
        ("P1", "K1", "S1"),
        ("P2", None, "S2"),
    ]


def test_a_withdrawn_file_hands_over_nothing_but_stays_in_the_list(tmp_path, home, regions):
    (got,) = receive([csv(tmp_path / "lra.csv", *LRA)], home, regions)
    withdraw(home, got.berkas_id, "salah")
    found = assemble(home, regions)
    assert found.tables["realisasi_rekening"].num_rows == 0 and found.hitungan_lembar.num_rows == 0
    assert [(b["nama"], b["status"]) for b in found.berkas] == [("lra.csv", "ditarik")]
    contracts.build("berkas", found.berkas)


def test_a_year_replaced_by_a_later_file_is_counted_as_layout(tmp_path, home, regions):
    head = (f"REALISASI {UNIT}", "Indikator;Tahun;Realisasi")
    receive([csv(tmp_path / "a.csv", *head, "IKM;2023;88", "IKM;2024;89")], home, regions)
    receive([csv(tmp_path / "b.csv", *head, "IKM;2024;89,5")], home, regions)
    found = assemble(home, regions)
    assert sorted(r["realisasi"] for r in found.tables["realisasi_manual_realisasi"].to_pylist()) == [
        "88",
        "89,5",
    ]
    counts = [(r["data"], r["tata_letak"]) for r in found.hitungan_lembar.to_pylist()]
    assert counts == [(1, 3), (1, 2)]


def test_a_row_of_two_tables_side_by_side_counts_once_whatever_becomes_of_either(tmp_path, home, regions):
    both = csv(
        tmp_path / "a.csv",
        f"{UNIT} TAHUN 2025;;;;;",
        "Kode Rekening;Uraian;Anggaran;Realisasi;;Jenis Pelayanan;Jumlah",
        "5.1;Belanja Operasi;9;8;;Surat Pindah;4",
        "5.2;Belanja Modal;1;1;;Legalisir;7",
        ";;;;;Dispensasi;2",
    )
    receive([both], home, regions)
    found = assemble(home, regions)
    assert [t.num_rows for t in (found.tables["realisasi_rekening"], found.tables["layanan_volume"])] == [
        2,
        3,
    ]
    (counts,) = found.hitungan_lembar.to_pylist()
    assert (counts["dibaca"], counts["data"], counts["tata_letak"]) == (5, 3, 2)
    later = csv(
        tmp_path / "b.csv", *LRA[:3], "5.1;Belanja Operasi;9;9;100;8;a", "5.2;Belanja Modal;1;1;1;1;a"
    )
    receive([later], home, regions)
    found = assemble(home, regions)
    counts = next(c for c in found.hitungan_lembar.to_pylist() if c["dibaca"] == 5 and c["data"] == 3)
    assert counts["tata_letak"] == 2, "rows of the replaced table are still rows of the other"
    one = csv(
        tmp_path / "c.csv",
        f"LAYANAN {UNIT} TAHUN 2025;",
        "Jenis Pelayanan;Jumlah",
        "Surat Pindah;5",
        "Legalisir;7",
        "Dispensasi;2",
    )
    receive([one], home, regions)
    found = assemble(home, regions)
    assert {b["nama"]: b["status"] for b in found.berkas}["a.csv"] == "digantikan"


def test_names_and_numbers_of_people_do_not_pass(tmp_path, home, regions):
    path = csv(
        tmp_path / "skm.csv",
        f"SKM {UNIT} TRIWULAN I TAHUN 2025 CP 081234567890",
        "No;Nama;NIK;No HP;" + ";".join(f"U{n}" for n in range(1, 10)),
        "1;Fulan bin Fulan;6301033002900001;081298765432;" + ";".join("4" * 9),
    )
    receive([path], home, regions)
    found = assemble(home, regions)
    everything = (
        repr([t.to_pylist() for t in found.tables.values()]) + repr(found.findings) + repr(found.berkas)
    )
    everything += "".join(p.read_text("utf-8") for p in (home / "warehouse").rglob("*.json"))
    for personal in ("Fulan", "6301033002900001", "081298765432", "081234567890"):
        assert personal not in everything


def test_reading_what_is_kept_imports_no_pandas(tmp_path, home, regions):
    receive([csv(tmp_path / "lra.csv", *LRA)], home, regions)
    code = (
        "import sys; from pathlib import Path; from assets.extract.assemble import assemble;"
        "from warehouse.regions import Regions;"
        f"found = assemble(Path({str(home)!r}), Regions.load());"
        "assert found.tables['realisasi_rekening'].num_rows == 2; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
