"""The example files: same bytes on every run, and facts that add up as stated."""

import csv
import re
import zipfile
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import yaml

from examples import fakta, make
from examples.fakta import FAKTA, baca, rupiah
from examples.skm import jumlah_jawaban
from warehouse.programs import find_program

CONTOH = Path(make.__file__).parent
SKM = "630103/Olah SKM Pelaihari 2025.xlsx"


@pytest.fixture(scope="module")
def ditulis(tmp_path_factory):
    tujuan = tmp_path_factory.mktemp("contoh")
    make.tulis_semua(tujuan)
    return tujuan


@cache
def lembar(berkas, nama):
    if berkas.endswith(".csv"):
        made = openpyxl.Workbook().active
        with (CONTOH / berkas).open(newline="", encoding="utf-8") as opened:
            for line in csv.reader(opened, delimiter=";"):
                made.append([cell or None for cell in line])
        return made
    return openpyxl.load_workbook(CONTOH / berkas)[nama]


def jumlah(rows, kolom):
    return sum((rupiah(r[kolom]) for r in rows), Decimal(0))


def dua(nilai):
    return nilai.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def isi(berkas):
    if berkas.suffix == ".csv":
        return {"": berkas.read_bytes()}
    with zipfile.ZipFile(berkas) as buku:
        # Another XML library writes the same elements with other white space inside their tags.
        return {nama: ElementTree.canonicalize(buku.read(nama)) for nama in buku.namelist()}


def test_writing_again_gives_identical_bytes(ditulis, tmp_path):
    berkas = make.tulis_semua(tmp_path)
    assert len(berkas) > 25
    for satu in berkas:
        assert satu.read_bytes() == (ditulis / satu.relative_to(tmp_path)).read_bytes(), satu.name


def test_the_files_in_the_repository_are_the_written_ones(ditulis):
    baru = {p.relative_to(ditulis) for p in ditulis.rglob("*") if p.is_file()}
    lama = {
        p.relative_to(CONTOH)
        for p in CONTOH.rglob("*")
        if p.suffix in {".xlsx", ".csv"} and p.parent.name != "fakta"
    }
    assert lama == baru
    for nama in sorted(baru):
        # Compared inside the zip: another build of zlib packs the same content into other bytes.
        assert isi(CONTOH / nama) == isi(ditulis / nama), nama


def test_no_file_carries_the_hour_it_was_written(ditulis):
    for berkas in ditulis.rglob("*.xlsx"):
        with zipfile.ZipFile(berkas) as buku:
            assert {anggota.date_time for anggota in buku.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            waktu = set(re.findall(rb">(\d{4}-\d\d-\d\dT[^<]*)<", buku.read("docProps/core.xml")))
            assert waktu == {b"2026-01-02T08:00:00Z"}


def test_the_folder_stays_small():
    assert sum(p.stat().st_size for p in CONTOH.rglob("*") if p.is_file()) < 2_000_000


def test_every_fact_says_where_it_is_from_and_is_used(tmp_path, monkeypatch):
    dibaca = set()

    def catat(nama):
        dibaca.add(nama)
        return fakta.baca(nama)

    for modul in (make.bersama, make.pelaihari, make.kalumpang):
        monkeypatch.setattr(modul, "baca", catat)
    make.tulis_semua(tmp_path)
    semua = {p.stem for p in FAKTA.glob("*.csv")}
    assert semua - dibaca == {"temuan_wajib"}
    assert all(baca(nama) for nama in semua)


def test_a_fact_without_evidence_is_refused(tmp_path, monkeypatch):
    (tmp_path / "x.csv").write_text("a,bukti\n1,kata orang\n", encoding="utf-8")
    monkeypatch.setattr(fakta, "FAKTA", tmp_path)
    with pytest.raises(ValueError, match=r"x.csv:2: bukti 'kata orang'"):
        fakta.baca("x")


PRIBADI = re.compile(r"\b\d{16,18}\b|\bNIP\b|\bS\.(STP|Sos|AP|H|E)\b|\bM\.(Si|AP|IP|I\.P)\b|Plt\.|\bPj\.")


def test_no_personal_data(ditulis):
    for berkas in [*FAKTA.glob("*.csv"), *ditulis.rglob("*.csv")]:
        assert not PRIBADI.search(berkas.read_text(encoding="utf-8", errors="replace")), berkas.name
    for berkas in ditulis.rglob("*.xlsx"):
        for ws in openpyxl.load_workbook(berkas, read_only=True):
            for baris in ws.iter_rows(values_only=True):
                assert not any(isinstance(v, str) and PRIBADI.search(v) for v in baris), (berkas.name, baris)


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("Rp. 12.296.340.286,46", "12296340286.46"),
        ("Rp.10.186.637.991,00", "10186637991"),
        ("18,000,000", "18000000"),
        ("1,465.000", "1465000"),
        ("9.450.000", "9450000"),
    ],
)
def test_amounts_read_as_the_reports_print_them(teks, nilai):
    assert rupiah(teks) == Decimal(nilai)


# --- survey ------------------------------------------------------------------------------------------


def jawaban(triwulan):
    rows = lembar(SKM, f"TW {triwulan}").iter_rows(values_only=True)
    return [r[7:16] for r in rows if isinstance(r[0], int)]


@pytest.mark.parametrize(
    ("kolom", "triwulan", "n", "ikm"),
    [
        ("tw1", "I", 150, "97.48"),
        ("tw2", "II", 150, "97.09"),
        ("tw3", "III", 150, "96.72"),
        ("tw4", "IV", 48, "90.88"),
    ],
)
def test_answers_give_the_printed_means_and_index(kolom, triwulan, n, ikm):
    skor = jawaban(triwulan)
    assert len(skor) == n
    assert {nilai for satu in skor for nilai in satu} <= {1, 2, 3, 4}
    rata = [Decimal(sum(satu)) / n for satu in zip(*skor, strict=True)]
    tercetak = [r[kolom] for r in baca("skm_nrr_pelaihari_2025") if r["no"]]
    mended = {(r["no"], r["triwulan"]): r["pakai"] for r in baca("skm_koreksi_pelaihari_2025")}
    benar = [mended.get((str(no), triwulan), nilai) for no, nilai in enumerate(tercetak, 1)]
    assert [f"{r.quantize(Decimal('0.001'), rounding=ROUND_HALF_UP)}" for r in rata] == benar
    assert dua(sum(rata) * Decimal("0.111") * 25) == Decimal(ikm)


def test_the_three_misprints_are_impossible_means():
    for r in baca("skm_koreksi_pelaihari_2025"):
        with pytest.raises(ValueError, match="fits 0 sums"):
            jumlah_jawaban(r["tercetak"], 150)


@pytest.mark.parametrize("triwulan", ["I", "II", "III", "IV"])
def test_answers_are_no_copied_blocks(triwulan):
    skor = jawaban(triwulan)
    assert not [a for a, b in pairwise(skor) if a == b]
    assert sum(len(set(satu)) == 1 for satu in skor) / len(skor) < 0.5


# --- money -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kolom", ["anggaran_2025", "realisasi_2025", "realisasi_2024"])
def test_accounts_add_up_at_every_level(kolom):
    nilai = {r["kode"] or r["uraian"]: rupiah(r[kolom].strip("()")) for r in baca("lra_pelaihari_2025")}
    for induk in ("5", "5.1", "5.1.01", "5.1.02", "5.1.05", "5.2", "5.2.02", "5.2.03", "5.2.04"):
        anak = [
            v for k, v in nilai.items() if k.startswith(f"{induk}.") and k.count(".") == induk.count(".") + 1
        ]
        assert sum(anak) == nilai[induk], induk
    assert nilai["JUMLAH BELANJA OPERASI"] == nilai["5.1"]
    assert nilai["JUMLAH BELANJA MODAL"] == nilai["5.2"]
    assert nilai["JUMLAH BELANJA"] == nilai["SURPLUS/DEFISIT"] == nilai["5"]


def test_absorption_of_pelaihari():
    lra = baca("lra_pelaihari_2025")[0]
    assert dua(rupiah(lra["realisasi_2025"]) / rupiah(lra["anggaran_2025"]) * 100) == Decimal("91.09")


def test_programmes_of_pelaihari_miss_the_printed_total_as_stated():
    *program, total = baca("program_pelaihari_2025")
    assert jumlah(program, "realisasi") == Decimal("11216668358")
    assert jumlah(program, "realisasi") - rupiah(total["realisasi"]) == Decimal("15900000")
    # 9.331.555,88 for 9.311.555,88: twenty thousand too much, the rest is exact.
    assert jumlah(program, "pagu") - rupiah(total["pagu"]) == Decimal("20000")


def test_kegiatan_of_pelaihari_add_up_to_their_programmes():
    program, kegiatan = {}, Counter()
    for r in baca("pagu_pelaihari_2025"):
        if r["tingkat"] == "program":
            sekarang = r["uraian"]
            program[sekarang] = rupiah(r["pagu"])
        elif r["tingkat"] == "kegiatan":
            kegiatan[sekarang] += rupiah(r["pagu"])
    assert len(program) == 6
    for nama, pagu in program.items():
        assert abs(kegiatan[nama] - pagu) < 1, nama  # one list prints cents, the other whole rupiah


def test_grants_add_up_to_the_account():
    hibah = next(r for r in baca("lra_pelaihari_2025") if r["kode"] == "5.1.05")
    assert jumlah(baca("hibah_pelaihari_2025"), "jumlah") == rupiah(hibah["anggaran_2025"]) == 750_000_000


def test_kalumpang_plan_and_realisation_add_up_to_their_printed_totals():
    *rencana, total = baca("rencana_kerja_kalumpang_2024")
    assert jumlah(rencana, "anggaran") == rupiah(total["anggaran"]) == 1_493_094_950
    *sub, total = baca("realisasi_anggaran_kalumpang_2024")
    assert jumlah(sub, "anggaran") == rupiah(total["anggaran"]) == 1_715_174_950
    assert jumlah(sub, "realisasi") == rupiah(total["realisasi"]) == 1_554_346_810
    assert dua(Decimal(1_554_346_810) / 1_715_174_950 * 100) == Decimal("90.62")


@pytest.mark.parametrize(
    ("dokumen", "tabel"),
    [("PERUBAHAN", "realisasi_anggaran_kalumpang_2024"), ("MURNI", "rencana_kerja_kalumpang_2024")],
)
def test_agreement_budgets_of_kalumpang_are_the_sums_of_their_sub_kegiatan(dokumen, tabel):
    rinci = Counter()
    for r in baca(tabel)[:-1]:
        rinci[r["program"].casefold()] += rupiah(r["anggaran"])
    pk = {r["program"].replace(" / ", "/").casefold(): rupiah(r["anggaran"])
          for r in baca("pk_anggaran_kalumpang_2024") if r["dokumen"] == dokumen}  # fmt: skip
    assert pk == dict(rinci)


@pytest.mark.parametrize(
    ("indikator", "banyak", "anggaran", "realisasi"),
    [("Rasio Desa Mandiri", 6, 300_728_350, 283_787_350), ("Persentase BUMDes", 1, 9_450_000, 9_450_000)],
)
def test_links_of_kalumpang_give_the_budget_that_the_report_uses(indikator, banyak, anggaran, realisasi):
    sub = baca("realisasi_anggaran_kalumpang_2024")[:-1]
    pautan = [p for p in baca("pk_pautan_kalumpang_2024") if p["indikator"].startswith(indikator)]
    dipilih = [
        r for r in sub for p in pautan
        if r["program"].casefold() == p["program"].casefold() and p["sub_kegiatan"] in ("", r["sub_kegiatan"])
    ]  # fmt: skip
    assert len(dipilih) == banyak
    assert jumlah(dipilih, "anggaran") == anggaran
    assert jumlah(dipilih, "realisasi") == realisasi


@pytest.mark.parametrize(
    ("pk", "realisasi"),
    [
        ("pk_target_kalumpang_2023", "realisasi_manual_kalumpang"),
        ("pk_target_pelaihari_2024", "realisasi_manual_pelaihari"),
    ],
)
def test_targets_of_earlier_years_are_those_printed_beside_their_results(pk, realisasi):
    tahun = pk[-4:]
    tercetak = {(r["tahun"], r["indikator"].casefold()): r["target"] for r in baca(realisasi) if r["target"]}
    target = {(tahun, r["indikator"].casefold()): r["target"] for r in baca(pk)}
    assert target == tercetak


# --- villages, findings ------------------------------------------------------------------------------


def test_villages_of_every_kecamatan():
    desa = baca("idm_2024")
    assert len({d["kode_desa"] for d in desa}) == len(desa) == 472
    assert Counter(d["kode_kab"] for d in desa) == {"6301": 130, "6306": 144, "6302": 198}
    assert Counter(k[:4] for k in {d["kode_kec"] for d in desa}) == {"6301": 11, "6306": 11, "6302": 22}
    mandiri = Counter(d["kode_kec"] for d in desa if d["status"] == "MANDIRI")
    semua = Counter(d["kode_kec"] for d in desa)
    assert (mandiri["630103"], semua["630103"]) == (9, 15)
    assert (mandiri["630609"], semua["630609"]) == (3, 9)
    assert (mandiri["630209"], mandiri["630211"]) == (0, 0)


def test_every_village_stands_on_the_first_of_its_rows():
    for kode_kab in ("6301", "6302", "6306"):
        ws = lembar(f"bersama/REKOMENDASI_IDM_KABUPATEN_{kode_kab}_2024.xlsx", "Worksheet")
        rows = list(ws.iter_rows(min_row=5, values_only=True))
        kode = [int(r[6]) for r in rows if r[6] is not None]
        assert [str(k) for k in kode] == [
            d["kode_desa"] for d in baca("idm_2024") if d["kode_kab"] == kode_kab
        ]
        assert len(rows) >= 2 * len(kode)
        assert all(r[14] for r in rows)


def test_scores_of_indeks_desa_follow_from_their_points():
    poin = ("layanan_dasar", "sosial", "ekonomi", "lingkungan", "aksesibilitas", "tata_kelola")
    desa = baca("indeks_desa_pelaihari_2025")
    for d in desa:
        assert dua(sum(Decimal(d[p]) for p in poin) / 635 * 100) == Decimal(d["skor"]), d["desa"]
    assert Counter(d["status"] for d in desa) == {"MANDIRI": 12, "MAJU": 2, "BERKEMBANG": 1}


def test_the_cells_of_required_findings_hold_what_they_say():
    for r in baca("temuan_wajib"):
        assert r["akibat"] in {"", "ingat", "tahan", "tolak", "henti"}
        assert r["terbit"] in {"", "terbit", "ditahan"}
        ws = lembar(r["berkas"], r["lembar"])
        if ":" in r["sel"]:
            assert all(sel.value is not None for baris in ws[r["sel"]] for sel in baris), r
            continue
        assert isi_sel(ws[r["sel"]].value) == r["isi_sel"], r


def isi_sel(nilai):
    if nilai is None:
        return ""
    return nilai.strftime("%H:%M") if hasattr(nilai, "strftime") else str(nilai)


def koreksi(unit):
    tulisan = (CONTOH / unit / "konfigurasi/corrections.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(tulisan)


def test_corrections_name_cells_that_stand_in_the_files():
    semua = [*koreksi("630103"), *koreksi("630609")]
    dipakai = {
        r["isi_sel"]: r["seharusnya"] for r in baca("temuan_wajib") if r["aturan"] == "koreksi_dipakai"
    }
    assert {k["tercetak"]: k["pakai"] for k in semua} == dipakai
    assert len({k["id"] for k in semua}) == len(semua) == 5


def test_a_mended_name_is_the_official_one_of_the_same_money():
    satu = koreksi("630609")[0]
    assert find_program(satu["tercetak"], "7.01.01") is None
    assert find_program(satu["pakai"], "7.01.01") == "7.01.01.2.07.0001"
    rencana = {r["sub_kegiatan"]: r for r in baca("rencana_kerja_kalumpang_2024")}[satu["tercetak"]]
    jadi = {r["sub_kegiatan"]: r for r in baca("realisasi_anggaran_kalumpang_2024")}[satu["pakai"]]
    assert rupiah(rencana["anggaran"]) == rupiah(jadi["anggaran"]) == 360_000_000
    assert rencana["kegiatan"] == jadi["kegiatan"]
