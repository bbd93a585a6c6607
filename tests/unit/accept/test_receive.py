import hashlib
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kantor import JUDUL, PENERIMA, hibah, manual, skm

from assets.accept.receive import NoSuchFile, WrongFlag, receive, receive_inbox, withdraw
from assets.accept.waiting import waiting
from assets.extract.assemble import assemble
from assets.readers import ledger
from assets.readers.opening import open_book
from assets.readers.standing import sha256, standing
from warehouse.regions import Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "rumah"


def events(home: Path) -> list[dict[str, object]]:
    return list(ledger.events(home))


def status_of(home: Path, regions: Regions) -> dict[str, str]:
    return {f.entry.nama: f.status for f in standing(home, regions)}


def test_a_file_is_taken_by_its_content_and_kept_read_only_under_its_hash(tmp_path, home, regions):
    path = hibah(tmp_path / "apa saja.csv")
    (got,) = receive([path], home, regions)
    assert (got.status, got.berkas_id) == ("diterima", hashlib.sha256(path.read_bytes()).hexdigest())
    kept = home / "raw" / "hibah" / "files" / got.berkas_id[:12] / "apa saja.csv"
    assert kept.read_bytes() == path.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
    (table,) = got.tabel
    assert (table["tabel"], table["kode_unit"], table["periode"]) == ("hibah_daftar", "630103", "2025")
    assert 'penerima = A "Nama Penerima Hibah"' in got.pesan and "Pelaihari (630103)" in got.pesan


def test_the_same_bytes_are_never_taken_twice_whatever_their_name(tmp_path, home, regions):
    receive([hibah(tmp_path / "a.csv")], home, regions)
    (again,) = receive([hibah(tmp_path / "b.csv")], home, regions)
    assert again.status == "sudah_ada" and "sudah pernah diterima" in again.pesan
    pair = receive(
        [hibah(tmp_path / "c.csv", PENERIMA[:1]), hibah(tmp_path / "d.csv", PENERIMA[:1])], home, regions
    )
    assert [r.status for r in pair] == ["diterima", "sudah_ada"]
    assert len(events(home)) == 2


def test_unknown_broken_and_missing_files_are_kept_or_said_and_stop_nobody(tmp_path, home, regions):
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 500)
    letter = tmp_path / "surat.csv"
    letter.write_text("Kepada Yth\nBapak Camat\n", encoding="utf-8")
    got = receive([photo, letter, tmp_path / "tidak ada.xlsx", hibah(tmp_path / "h.csv")], home, regions)
    assert [r.status for r in got] == ["ditolak", "tidak_dikenal", "hilang", "diterima"]
    assert (home / "raw" / "tak_dikenal" / got[0].berkas_id[:12] / "foto.jpg").exists()
    assert (home / "raw" / "tak_dikenal" / got[1].berkas_id[:12] / "surat.csv").exists()
    assert all(r.nama in r.pesan and len(r.pesan) > len(r.nama) + 20 for r in got)
    assert [f.entry.nama for f in standing(home, regions)] == ["h.csv"]


def test_what_is_nearest_and_what_is_missing_is_said(tmp_path, home, regions):
    path = tmp_path / "lra.csv"
    path.write_text("Kode Rekening;Uraian;Terpakai;Realisasi\n5;BELANJA;9;8\n", encoding="utf-8")
    (got,) = receive([path], home, regions)
    assert got.status == "tidak_dikenal"
    (finding,) = got.findings
    assert finding.aturan == "tata_letak_tidak_dikenal"
    assert finding.isi["terdekat"] == "realisasi_rekening"
    assert "tidak ada kolom pagu" in got.pesan and "Terpakai" in got.pesan


def test_folders_are_walked_and_lock_files_left_alone(tmp_path, home, regions):
    hibah(tmp_path / "kiriman" / "sub" / "h.csv")
    (tmp_path / "kiriman" / "~$h.xlsx").write_bytes(b"lock")
    (tmp_path / "kiriman" / ".DS_Store").write_bytes(b"x")
    assert [r.nama for r in receive([tmp_path / "kiriman"], home, regions)] == ["h.csv"]


def test_personal_patterns_never_reach_the_ledger(tmp_path, home, regions):
    receive([hibah(tmp_path / "hibah 6301033002900001 081234567890.csv")], home, regions)
    text = ledger.file(home).read_text(encoding="utf-8")
    assert "6301033002900001" not in text and "081234567890" not in text
    assert "[disamarkan]" in text


# --- editions ------------------------------------------------------------------------------------------
def test_a_later_edition_with_all_its_keys_replaces_the_earlier_one(tmp_path, home, regions):
    receive([hibah(tmp_path / "lama.csv", jumlah="1.000")], home, regions)
    (new,) = receive([hibah(tmp_path / "baru.csv", (*PENERIMA, "PKK"))], home, regions)
    assert [f.aturan for f in new.findings] == ["edisi_digantikan"]
    assert status_of(home, regions) == {"lama.csv": "digantikan", "baru.csv": "dipakai"}


def test_a_smaller_edition_does_not_win_and_what_is_missing_is_said(tmp_path, home, regions):
    receive([hibah(tmp_path / "lama.csv")], home, regions)
    (new,) = receive([hibah(tmp_path / "baru.csv", PENERIMA[:2])], home, regions)
    assert new.status == "diterima"
    (finding,) = new.findings
    assert (finding.aturan, finding.jumlah, finding.isi["kurang"]) == ("edisi_menyusut", 1, PENERIMA[2])
    assert status_of(home, regions) == {"lama.csv": "dipakai", "baru.csv": "menyusut"}


def test_a_smaller_edition_wins_where_somebody_says_why(tmp_path, home, regions):
    (old,) = receive([hibah(tmp_path / "lama.csv")], home, regions)
    receive(
        [hibah(tmp_path / "baru.csv", PENERIMA[:2])],
        home,
        regions,
        replace=old.berkas_id[:12],
        reason="batal",
    )
    assert status_of(home, regions) == {"lama.csv": "digantikan", "baru.csv": "dipakai"}
    assert events(home)[-1]["alasan"] == "batal"


def test_replacing_works_with_a_file_that_was_accepted_before(tmp_path, home, regions):
    (old,) = receive([hibah(tmp_path / "lama.csv")], home, regions)
    small = hibah(tmp_path / "baru.csv", PENERIMA[:2])
    receive([small], home, regions)
    receive([small], home, regions, replace=old.berkas_id[:12], reason="batal")
    assert status_of(home, regions) == {"lama.csv": "digantikan", "baru.csv": "dipakai"}


def test_withdrawing_the_new_edition_brings_the_old_one_back(tmp_path, home, regions):
    receive([hibah(tmp_path / "lama.csv", jumlah="1.000")], home, regions)
    (new,) = receive([hibah(tmp_path / "baru.csv")], home, regions)
    assert withdraw(home, new.berkas_id[:10], "salah kirim") == "baru.csv"
    assert status_of(home, regions) == {"lama.csv": "dipakai"}
    (back,) = receive([tmp_path / "baru.csv"], home, regions)
    assert back.status == "diterima"
    assert status_of(home, regions) == {"lama.csv": "digantikan", "baru.csv": "dipakai"}


def test_another_period_unit_or_stage_is_no_edition_of_this_one(tmp_path, home, regions):
    receive(
        [
            hibah(tmp_path / "2025.csv"),
            hibah(tmp_path / "2024.csv", PENERIMA[:1], JUDUL.replace("2025", "2024")),
            hibah(tmp_path / "takisung.csv", PENERIMA[:1], JUDUL.replace("PELAIHARI", "TAKISUNG")),
            hibah(tmp_path / "perubahan.csv", PENERIMA[:1], JUDUL + " (PERUBAHAN)"),
        ],
        home,
        regions,
    )
    assert set(status_of(home, regions).values()) == {"dipakai"}


def test_two_agencies_of_a_kabupaten_are_no_editions_of_each_other(tmp_path, home, regions):
    titles = [f"HIBAH DINAS {name} KABUPATEN TANAH LAUT TAHUN 2025" for name in ("SOSIAL", "PENDIDIKAN")]
    receive([hibah(tmp_path / f"{i}.csv", judul=t) for i, t in enumerate(titles)], home, regions)
    assert status_of(home, regions) == {"0.csv": "dipakai", "1.csv": "dipakai"}


def test_files_that_share_no_key_stand_beside_each_other(tmp_path, home, regions):
    receive([hibah(tmp_path / "a.csv", PENERIMA[:1]), hibah(tmp_path / "b.csv", PENERIMA[1:])], home, regions)
    assert status_of(home, regions) == {"a.csv": "dipakai", "b.csv": "dipakai"}


def test_answers_are_compared_by_their_number(tmp_path, home, regions):
    receive([skm(tmp_path / "a.csv", {"KTP": 5})], home, regions)
    (corrected,) = receive([skm(tmp_path / "b.csv", {"KTP": 6})], home, regions)
    (other,) = receive([skm(tmp_path / "c.csv", {"Nikah": 3})], home, regions)
    assert [f.aturan for f in corrected.findings] == ["edisi_digantikan"] and other.findings == []
    (less,) = receive([skm(tmp_path / "d.csv", {"KTP": 2})], home, regions)
    assert [f.aturan for f in less.findings] == ["edisi_menyusut"]


def test_one_year_of_a_longer_list_is_replaced_alone(tmp_path, home, regions):
    receive([manual(tmp_path / "lama.csv", {2023: "88", 2024: "89"})], home, regions)
    receive([manual(tmp_path / "baru.csv", {2024: "89,5"})], home, regions)
    old, new = standing(home, regions)
    assert (old.status, new.status) == ("dipakai", "dipakai")
    assert old.tables[0].periode_luar == {"2024"} and new.tables[0].periode_luar == set()


# --- context -------------------------------------------------------------------------------------------
def test_a_flag_that_contradicts_is_told_until_somebody_insists(tmp_path, home, regions):
    path = hibah(tmp_path / "h.csv")
    (got,) = receive([path], home, regions, unit="630609")
    assert [f.aturan for f in got.findings] == ["unit_berbeda"]
    assert got.tabel[0]["kode_unit"] == "630103"
    (again,) = receive([path], home, regions, unit="63.01.03", tegaskan=True)
    assert (again.status, again.findings) == ("sudah_ada", [])
    assert again.tabel[0]["kode_unit"] == "630103"
    assert standing(home, regions)[0].tables[0].found.findings == []


def test_a_silent_file_takes_the_flag_given_with_a_later_accept(tmp_path, home, regions):
    path = hibah(tmp_path / "h.csv", judul="PENYALURAN HIBAH")
    (got,) = receive([path], home, regions)
    assert {f.aturan for f in got.findings} == {"unit_tidak_diketahui", "periode_tidak_diketahui"}
    (again,) = receive([path], home, regions, unit="630103", period="2025")
    assert (again.tabel[0]["kode_unit"], again.tabel[0]["periode"]) == ("630103", "2025")


def test_insisting_on_the_year_leaves_each_sheet_its_quarter(tmp_path, home, regions):
    path = skm(tmp_path / "tw1.csv", {"KTP": 3})
    (got,) = receive([path], home, regions, unit="6301", period="2025", tegaskan=True)
    assert (got.tabel[0]["kode_unit"], got.tabel[0]["periode"]) == ("630103", "2025-TW1")


def test_a_wrong_flag_after_an_insisted_one_is_told_again(tmp_path, home, regions):
    path = hibah(tmp_path / "h.csv")
    receive([path], home, regions, unit="630103", tegaskan=True)
    (got,) = receive([path], home, regions, unit="630609")
    assert [f.aturan for f in got.findings] == ["unit_berbeda"]
    assert got.tabel[0]["kode_unit"] == "630103"


@pytest.mark.parametrize("kode", ["999999", "6399"])
def test_a_unit_that_does_not_exist_is_refused(tmp_path, home, regions, kode):
    with pytest.raises(WrongFlag, match="daftar wilayah"):
        receive([hibah(tmp_path / "h.csv")], home, regions, unit=kode)


@pytest.mark.parametrize("wrong", [{"unit": "Pelaihari"}, {"period": "kemarin"}, {"source": "cerita"}])
def test_wrong_flags_are_refused(tmp_path, home, regions, wrong):
    with pytest.raises(WrongFlag):
        receive([hibah(tmp_path / "h.csv")], home, regions, **wrong)


def test_replacing_or_withdrawing_what_was_never_received(home, regions):
    with pytest.raises(NoSuchFile):
        withdraw(home, "0123456789ab", "x")
    with pytest.raises(NoSuchFile):
        receive([], home, regions, replace="abc", reason="x")


# --- inbox ---------------------------------------------------------------------------------------------
def test_everything_leaves_the_inbox_and_its_folders_say_unit_and_period(home, regions):
    inbox = home / "raw" / "inbox"
    hibah(inbox / "630103" / "2025" / "h.csv", judul="HIBAH")
    (inbox / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    got = {r.nama: r for r in receive_inbox(home, regions)}
    assert (got["h.csv"].tabel[0]["kode_unit"], got["h.csv"].tabel[0]["periode"]) == ("630103", "2025")
    assert got["h.csv"].tabel[0]["cara_unit"] == "folder"
    assert got["foto.png"].status == "ditolak"
    assert list(inbox.rglob("*")) == [] and inbox.is_dir()
    assert receive_inbox(home, regions) == []


def test_marked_copies_of_a_checked_folder_are_answered_and_not_taken(home, regions):
    inbox = home / "raw" / "inbox"
    hibah(inbox / "h.csv", judul="HIBAH KECAMATAN PELAIHARI TAHUN 2025")
    for name in ("h - diperiksa.xlsx", "h - diperiksa.html"):
        (inbox / name).write_bytes((inbox / "h.csv").read_bytes())
    got = {r.nama: r for r in receive_inbox(home, regions)}
    assert got["h.csv"].status == "diterima" and len(got) == 3
    assert {got[n].status for n in got if n != "h.csv"} == {"salinan"}
    assert "bila salinan ini yang Anda perbaiki" in got["h - diperiksa.xlsx"].pesan
    assert len(list(inbox.iterdir())) == 2 and waiting(inbox) == []
    assert receive([inbox], home, regions)[0].status == "hilang"
    assert receive([inbox / "h - diperiksa.html"], home, regions)[0].status != "hilang"  # named by hand


def test_a_file_in_the_folder_of_another_unit_is_told(home, regions):
    hibah(home / "raw" / "inbox" / "630609" / "2024" / "h.csv")
    (got,) = receive_inbox(home, regions)
    assert [f.aturan for f in got.findings] == ["unit_berbeda", "periode_berbeda"]
    assert got.findings[0].isi["asal"] == "folder raw/inbox"


def test_a_known_file_in_a_folder_that_names_unit_and_period_is_completed_by_it(home, regions):
    inbox = home / "raw" / "inbox"
    hibah(inbox / "h.csv", judul="HIBAH")
    receive_inbox(home, regions)
    hibah(inbox / "630103" / "2025" / "h.csv", judul="HIBAH")
    (again,) = receive_inbox(home, regions)
    assert (again.status, again.tabel[0]["kode_unit"], again.tabel[0]["periode"]) == (
        "sudah_ada",
        "630103",
        "2025",
    )


# --- what may go wrong with a file ---------------------------------------------------------------------
def test_a_file_that_changes_while_it_is_read_is_told_and_stays_in_the_inbox(home, regions, monkeypatch):
    path = hibah(home / "raw" / "inbox" / "h.csv")

    def writing(paths):
        for one in list(paths):
            book = open_book(one)
            hibah(one, (*PENERIMA, "PKK"))
            yield one, book

    monkeypatch.setattr("assets.accept.receive.open_guarded", writing)
    (got,) = receive_inbox(home, regions)
    assert (got.status, got.tersimpan) == ("ditolak", False)
    assert "h.csv: belum diterima" in got.pesan and "berubah" in got.pesan and "kirim ulang" in got.pesan
    assert path.exists() and events(home) == []
    monkeypatch.undo()
    (again,) = receive_inbox(home, regions)
    assert again.status == "diterima" and again.tabel[0]["baris"] == {"data": 4}
    assert not path.exists()


def test_a_file_that_may_not_be_opened_is_told_and_stops_nobody(tmp_path, home, regions, monkeypatch):
    closed, good = hibah(tmp_path / "terkunci.csv", PENERIMA[:1]), hibah(tmp_path / "h.csv")

    def hashed(path):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return sha256(path)

    monkeypatch.setattr("assets.accept.receive.sha256", hashed)
    got = receive([closed, good], home, regions)
    assert [r.status for r in got] == ["ditolak", "diterima"]
    assert "terkunci.csv" in got[0].pesan and "tidak ada izin" in got[0].pesan


def test_names_no_file_system_takes_and_empty_folders_are_missing(tmp_path, home, regions):
    (tmp_path / "kosong").mkdir()
    got = receive([tmp_path / ("x" * 300), tmp_path / "kosong"], home, regions)
    assert [r.status for r in got] == ["hilang", "hilang"]
    assert got[1].pesan == "kosong: folder ini tidak memuat berkas"


def test_why_a_file_was_not_taken_is_told_by_every_run_until_it_is_withdrawn(tmp_path, home, regions):
    photo, letter, wrong = tmp_path / "foto.jpg", tmp_path / "surat.csv", tmp_path / "630103.yaml"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 500)
    letter.write_text("Kepada Yth\nBapak Camat\n", encoding="utf-8")
    wrong.write_text("pilihan: {skm_bobot: '7'}", encoding="utf-8")
    refused = receive([photo, letter, wrong], home, regions)
    told = {f.aturan: f for f in assemble(home, regions).findings}
    assert set(told) == {"berkas_bukan_tabel", "berkas_tanpa_tabel", "konfigurasi_salah"}
    assert told["berkas_bukan_tabel"].isi == {"dikenali": "foto (JPEG)"}
    for one in refused:
        withdraw(home, one.berkas_id[:12], "salah kirim")
    assert assemble(home, regions).findings == []


def test_two_acceptances_at_once_do_not_tear_the_ledger(tmp_path, home, regions):
    files = [hibah(tmp_path / f"{i}.csv", (f"PENERIMA {i}",)) for i in range(6)]
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(lambda i: receive(files[2 * i : 2 * i + 2], home, regions), range(3)))
    assert [r.status for batch in taken for r in batch] == ["diterima"] * 6
    assert len(events(home)) == len(ledger.entries(home)) == 6


# --- readings ------------------------------------------------------------------------------------------
def test_an_unchanged_file_is_not_opened_again(tmp_path, home, regions, monkeypatch):
    receive([hibah(tmp_path / "h.csv")], home, regions)

    def never(paths, *_):
        assert not list(paths), "a file was opened again"
        return iter(())

    monkeypatch.setattr("assets.readers.standing.open_guarded", never)
    assert len(standing(home, regions)) == 1


def test_a_changed_vocabulary_reads_the_file_again(tmp_path, home, regions):
    (got,) = receive([hibah(tmp_path / "h.csv")], home, regions)
    own = home / "raw" / "hibah" / "layouts.yaml"
    own.write_text(
        "bentuk: {daftar: {kolom: {penerima: {wajib: true, kepala: ['nama penerima hibah']},"
        " jumlah: {wajib: true, kepala: [jumlah]}, realisasi: {kepala: [realisasi]}}}}",
        encoding="utf-8",
    )
    assert standing(home, regions)[0].tables[0].read.tabel == "hibah_daftar"
    said = json.loads((home / "warehouse/layers/baca" / got.berkas_id / "baca.json").read_text("utf-8"))
    own.unlink()
    standing(home, regions)
    assert (
        said["versi"]
        != json.loads((home / "warehouse/layers/baca" / got.berkas_id / "baca.json").read_text("utf-8"))[
            "versi"
        ]
    )


def test_stored_bytes_that_changed_stop_the_run(tmp_path, home, regions):
    (got,) = receive([hibah(tmp_path / "h.csv")], home, regions)
    kept = next((home / "raw/hibah/files" / got.berkas_id[:12]).iterdir())
    kept.chmod(0o644)
    kept.write_text("x", encoding="utf-8")
    (home / "warehouse/layers/baca" / got.berkas_id / "baca.json").unlink()
    (file,) = standing(home, regions)
    assert [f.aturan for f in file.read.findings] == ["berkas_berubah"]
