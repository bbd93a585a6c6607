import pytest

from assets.accept.ledger import append
from assets.accept.stored import Changed, safe_name, store, take_out
from assets.readers import ledger
from assets.readers.ledger import LedgerBroken
from assets.readers.standing import sha256

ID = "a" * 64
FACTS = {
    "nama": "x.csv",
    "ukuran": 3,
    "asal": "perintah",
    "status": "dipakai",
    "tempat": "hibah/files/aaaaaaaaaaaa",
}


def test_events_add_up_to_the_present_state(tmp_path):
    append(tmp_path, ledger.DITERIMA, ID, **FACTS, unit=None)
    append(tmp_path, ledger.DITEGASKAN, ID, unit="630103", tegas=True)
    entry = ledger.entries(tmp_path)[ID]
    assert (entry.unit, entry.tegas_unit, entry.berlaku) == ("630103", True, True)
    append(tmp_path, ledger.DITARIK, ID, alasan="salah")
    assert not ledger.entries(tmp_path)[ID].berlaku
    assert "unit" not in next(ledger.events(tmp_path)), "what was not said is not written"


def test_nothing_written_is_ever_changed(tmp_path):
    append(tmp_path, ledger.DITERIMA, ID, **FACTS)
    before = ledger.file(tmp_path).read_bytes()
    append(tmp_path, ledger.DITARIK, ID, alasan="salah")
    assert ledger.file(tmp_path).read_bytes().startswith(before)


def test_a_line_cut_short_by_a_crash_counts_for_nothing_and_harms_nothing(tmp_path):
    append(tmp_path, ledger.DITERIMA, ID, **FACTS)
    with ledger.file(tmp_path).open("a", encoding="utf-8") as out:
        out.write('{"peristiwa": "dita')
    assert ledger.entries(tmp_path)[ID].berlaku
    append(tmp_path, ledger.DITARIK, ID, alasan="x")
    assert [e["peristiwa"] for e in ledger.events(tmp_path)] == ["diterima", "ditarik"]


def test_a_line_that_somebody_broke_is_told_by_its_number(tmp_path):
    append(tmp_path, ledger.DITERIMA, ID, **FACTS)
    with ledger.file(tmp_path).open("a", encoding="utf-8") as out:
        out.write("bukan peristiwa\n")
    append(tmp_path, ledger.DITARIK, ID, alasan="x")
    with pytest.raises(LedgerBroken, match="baris 2"):
        ledger.entries(tmp_path)


def test_an_event_about_an_unknown_file_is_told(tmp_path):
    append(tmp_path, ledger.DITARIK, ID, alasan="x")
    with pytest.raises(LedgerBroken):
        ledger.entries(tmp_path)


def test_names_are_stored_as_every_file_system_takes_them():
    assert safe_name('LRA: "Pelaihari"?.xlsx') == "LRA_ _Pelaihari_.xlsx"
    assert safe_name("..") == "berkas"
    assert safe_name("SKM 0812-3456-7890\n\u202excel.xlsx") == "SKM [disamarkan]_xcel.xlsx"
    assert safe_name("con.xlsx") == "_con.xlsx" and safe_name("kontrak.xlsx") == "kontrak.xlsx"
    assert safe_name("LRA\udcff.csv") == "LRA_.csv", "a byte that is no letter"
    for long in ("a" * 300 + ".xlsx", "\U0001f600" * 63 + ".xlsx", "é" * 122 + ".xlsx"):
        assert len(safe_name(long).encode()) <= 200 and safe_name(long).endswith(".xlsx")
    assert len(safe_name("x." + "y" * 250)) <= 200


def test_stored_once_and_never_overwritten(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text("satu", encoding="utf-8")
    berkas_id = sha256(source)
    where = store(tmp_path, source, berkas_id, "hibah/files")
    source.write_text("dua", encoding="utf-8")
    assert store(tmp_path, source, berkas_id, "hibah/files") == where
    (kept,) = (tmp_path / "raw" / where).iterdir()
    assert kept.read_text(encoding="utf-8") == "satu"


def test_a_file_that_changed_since_it_was_read_is_not_stored(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text("satu", encoding="utf-8")
    berkas_id = sha256(source)
    source.write_text("dua", encoding="utf-8")
    with pytest.raises(Changed):
        store(tmp_path, source, berkas_id, "hibah/files")
    assert not list((tmp_path / "raw").rglob("*.csv"))


def test_half_a_copy_of_a_killed_process_is_not_the_file(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text("satu", encoding="utf-8")
    berkas_id = sha256(source)
    folder = tmp_path / "raw" / "hibah" / "files" / berkas_id[:12]
    folder.mkdir(parents=True)
    (folder / ".4711.masuk").write_text("sa", encoding="utf-8")
    append(tmp_path, ledger.DITERIMA, berkas_id, **FACTS | {"tempat": f"hibah/files/{berkas_id[:12]}"})
    assert ledger.entries(tmp_path)[berkas_id].path(tmp_path) is None
    store(tmp_path, source, berkas_id, "hibah/files")
    assert [p.name for p in folder.iterdir()] == ["x.csv"]


def test_insistence_holds_for_what_it_named_until_it_is_said_otherwise(tmp_path):
    append(tmp_path, ledger.DITERIMA, ID, **FACTS, periode="2024")
    append(tmp_path, ledger.DITEGASKAN, ID, unit="630103", tegas=True)
    entry = ledger.entries(tmp_path)[ID]
    assert (entry.tegas_unit, entry.tegas_periode) == (True, False), "nobody insisted on 2024"
    append(tmp_path, ledger.DITEGASKAN, ID, unit="630609")
    assert not ledger.entries(tmp_path)[ID].tegas_unit
    append(tmp_path, ledger.DITEGASKAN, ID, tegas=True)
    entry = ledger.entries(tmp_path)[ID]
    assert (entry.tegas_unit, entry.tegas_periode) == (True, True)


def test_empty_folders_of_the_inbox_go_with_their_last_file(tmp_path):
    inbox = tmp_path / "inbox"
    for name in ("630103/2025/a.csv", "630103/2025/b.csv"):
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    take_out(inbox / "630103/2025/a.csv", inbox)
    assert (inbox / "630103/2025").exists()
    take_out(inbox / "630103/2025/b.csv", inbox)
    assert inbox.exists() and not (inbox / "630103").exists()
