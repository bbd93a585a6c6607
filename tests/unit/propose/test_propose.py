"""A table that no vocabulary knows: proposed, confirmed by the officer, then read; never before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.accept.receive import receive
from assets.accept.telling import Received
from assets.readers import likeness, vocabulary
from assets.readers.opening import open_book
from assets.readers.proposal import PASTI, propose
from assets.readers.vocabulary import ADDED
from pipelines.propose import proposals
from pipelines.settings import Settings
from tests.unit.propose.asing import LAYOUTS, PLACE, Foreign
from warehouse.regions import Regions

REGIONS = Regions.load()


def sent(home: Path, *paths: Path) -> list[Received]:
    return receive(list(paths), home, REGIONS)


def proposed(home: Path, path: Path, source: str | None = None) -> Path:
    """Offer a file that is not known, and find its proposal."""
    [one] = sent(home, path)
    assert one.status == "tidak_dikenal"
    [line] = proposals(Settings(home), [one], source, "id")
    found = re.search(r"\S+\.yaml", line)
    assert found, line
    return Path(found.group())


def edited(path: Path, fields: dict[str, str], bentuk: str | None = None) -> str:
    """The proposal as an officer confirms it: right guesses confirmed, wrong ones mended, others left out."""
    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for table in said["tabel"]:
        table["yakin"] = "ya"
        table["bentuk"] = bentuk or table["bentuk"]
        for column in table["kolom"]:
            wanted = fields.get(column["kepala"])
            if column["yakin"] != "ya" or wanted:
                column["untuk"], column["yakin"] = wanted or "tidak dipakai", "ya"
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False)


def source_of(one: Foreign) -> str:
    return next(f.sumber for f in vocabulary.load().forms if f.tabel == one.bentuk)


@pytest.mark.parametrize("name", LAYOUTS)
def test_proposed_confirmed_then_read_also_next_year(tmp_path: Path, name: str) -> None:
    one = LAYOUTS[name]
    home, path = tmp_path / "home", one.write(tmp_path / f"{name}.xlsx")
    proposal = proposed(home, path, source_of(one) if name == "layanan" else None)
    proposal.write_text(edited(proposal, dict(one.fields)), encoding="utf-8")
    [taken] = sent(home, proposal)
    assert taken.status == "konfigurasi", taken.pesan
    assert (home / "raw" / source_of(one) / ADDED).exists()
    assert not (home / "raw" / source_of(one) / "layouts.yaml").exists()
    [again, other] = sent(home, path, one.write(tmp_path / "lain.xlsx", more=(one.rows[0],)))
    for received in (again, other):
        assert received.status == "diterima", received.pesan
        [table] = received.tabel
        assert table["tabel"] == one.bentuk
        columns = table["kolom"]
        assert isinstance(columns, list)
        got = {c["kepala"]: c["field"] for c in columns}
        assert {k: got.get(k) for k in one.fields} == dict(one.fields)
        assert not table["kolom_asing"]


@pytest.mark.parametrize("name", [n for n in LAYOUTS if n != "layanan"])
def test_the_first_guess_is_mostly_right(tmp_path: Path, name: str) -> None:
    one = LAYOUTS[name]
    book = open_book(one.write(tmp_path / "a.xlsx"))
    [made] = propose(book.lembar, vocabulary.load())
    assert made.form.tabel == one.bentuk and made.kurang == ()
    guessed = {" ".join(g.head.teks.split()): g.untuk for g in made.guesses if g.cara != PASTI}
    wrong = {k for k, v in guessed.items() if v and one.fields.get(k) not in (None, v)}
    assert wrong == set()


def test_a_column_that_numbers_the_rows_is_no_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{i};Program Contoh {i};{i}.250.000\n" for i in (1, 2, 3))
    path.write_text(f"REALISASI {PLACE} TAHUN 2025\n\nNo;Program;Pagu Anggaran Kas\n{rows}", encoding="utf-8")
    [made] = propose(open_book(path).lembar, vocabulary.load(), "realisasi")
    assert made.guesses[0].head.teks == "No" and made.guesses[0].untuk is None


def test_an_unconfirmed_proposal_changes_nothing_and_says_so(tmp_path: Path) -> None:
    home, path = tmp_path / "home", LAYOUTS["hibah"].write(tmp_path / "a.xlsx")
    proposal = proposed(home, path)
    before = proposal.read_bytes()
    [told] = sent(home, proposal)
    assert told.status == "konfigurasi_salah" and "belum ada yang ditegaskan" in told.pesan
    assert [f.aturan for f in told.findings] == ["usulan_salah"]
    assert not (home / "raw" / "hibah").exists() and proposal.read_bytes() == before
    [still] = sent(home, path)
    assert still.status == "tidak_dikenal"


def test_a_proposal_is_not_written_over_the_officers_edits(tmp_path: Path) -> None:
    home, path = tmp_path / "home", LAYOUTS["hibah"].write(tmp_path / "a.xlsx")
    proposal = proposed(home, path)
    proposal.write_text("# sedang saya isi", encoding="utf-8")
    assert proposed(home, path) == proposal
    assert proposal.read_text(encoding="utf-8") == "# sedang saya isi"


def test_a_recognised_file_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"HIBAH {PLACE} TAHUN 2025\n\nNama Penerima;Jumlah\nLembaga;5.000\n", encoding="utf-8")
    got = sent(tmp_path / "home", path)
    assert [r.status for r in got] == ["diterima"]
    assert "sudah dikenali" in next(proposals(Settings(tmp_path / "home"), got, None, "id"))
    assert not (tmp_path / "home" / "raw" / "usulan").exists()


def test_what_is_far_from_everything_is_not_forced_into_a_form(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Merek;Warna;Pemilik\nA;merah;x\nB;biru;y\nC;hijau;z\n", encoding="utf-8")
    got = sent(tmp_path / "home", path)
    [line] = proposals(Settings(tmp_path / "home"), got, None, "id")
    assert "tidak ada bentuk yang cukup dekat" in line and "--source" in line


def test_nothing_of_persons_is_in_a_proposal(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"BANTUAN HIBAH {PLACE} TAHUN 2025\n\nPenerima Bantuan;NIK Ketua;Ketua;Besaran Cair\n"
        "Yayasan A;6301033002900003;Siti Rekaan;5000\nYayasan B;6301037002910004;Budi Rekaan;7000\n",
        encoding="utf-8",
    )
    text = proposed(tmp_path / "home", path).read_text(encoding="utf-8")
    assert "5000; 7000" in text
    for planted in ("6301033002900003", "Siti", "Budi", "Yayasan A"):
        assert planted not in text


# --- wrong and hostile edits -------------------------------------------------------------------------
@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A home, a proposal in it, and its text as confirmed; no test here changes the home's words."""
    folder = tmp_path_factory.mktemp("usulan")
    home, one = folder / "home", LAYOUTS["lra"]
    proposal = proposed(home, one.write(folder / "lra.xlsx"))
    kept = proposal.read_text(encoding="utf-8").replace("yakin: belum", "yakin: ya")
    return home, proposal, kept


def line_of(text: str, part: str, nth: int = 0) -> int:
    return [i for i, line in enumerate(text.splitlines(), 1) if part in line][nth]


WRONG = {
    "unknown field": (
        "untuk: pagu ",
        "untuk: paguu ",
        "untuk: paguu",
        "tidak ada kolom 'paguu'; maksudnya pagu?",
    ),
    "two headers for one field": (
        "untuk: realisasi ",
        "untuk: pagu ",
        "untuk: pagu",
        "dua kepala untuk satu kolom, pagu",
    ),
    "one header for two fields": (
        'kepala: "Plafon Setahun"',
        'kepala: "Rincian Akun Belanja"',
        "untuk: uraian",
        "untuk dua kolom",
    ),
    "unknown form": (
        "bentuk: realisasi_rekening",
        "bentuk: realisasi_rek",
        "bentuk:",
        "tidak ada bentuk 'realisasi_rek'",
    ),
    "header that is not there": (
        '"Plafon Setahun"',
        '"Plafon Sewindu"',
        "untuk: pagu",
        "tidak ada di berkas itu",
    ),
    "neither yes nor no": ("    yakin: ya", "    yakin: mungkin", "yakin: mungkin", "tulis ya atau belum"),
    "misspelt key": ("    yakin: ya", "    yakn: ya", "yakn: ya", "maksudnya yakin?"),
    "a required column left out": (
        "untuk: realisasi ",
        "untuk: tidak dipakai ",
        "bentuk:",
        "kurang: realisasi",
    ),
    "rows outside the sheet": (
        "kepala_baris: [4, 4]",
        "kepala_baris: [900, 901]",
        "bentuk:",
        "di luar lembar",
    ),
    "no row numbers": ("kepala_baris: [4, 4]", "kepala_baris: [a, b]", "kepala_baris", "bukan nomor baris"),
    "a sheet that is not there": ('lembar: "Sheet"', 'lembar: "Lain"', "bentuk:", "lembar 'Lain' tidak ada"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_edit_is_told_with_its_line(offered: tuple[Path, Path, str], name: str) -> None:
    home, proposal, text = offered
    old, new, at, said = WRONG[name]
    assert old in text
    broken = text.replace(old, new, 1)
    proposal.write_text(broken, encoding="utf-8")
    [told] = sent(home, proposal)
    assert told.status == "konfigurasi_salah" and said in told.pesan, told.pesan
    assert re.search(rf"\bbaris (?:\d+ dan )?{line_of(broken, at)}\b", told.pesan), told.pesan
    assert not (home / "raw" / "realisasi").exists()


def test_a_confirmed_table_with_one_guess_left_is_refused(offered: tuple[Path, Path, str]) -> None:
    home, proposal, text = offered
    at = line_of(text, "untuk: pagu")
    lines = text.splitlines()
    lines[at] = lines[at].replace("yakin: ya", "yakin: belum")
    proposal.write_text("\n".join(lines), encoding="utf-8")
    [told] = sent(home, proposal)
    assert f"baris {at}" in told.pesan and "belum ditegaskan" in told.pesan
    assert not (home / "raw" / "realisasi").exists()


HOSTILE = {
    "aliases": "usulan: 1\nberkas: &a x\nberkas_id: *a\ntabel: [1]\n",
    "not a list": "usulan: 1\nberkas: a\nberkas_id: b\ntabel: semua\n",
    "a tag": "usulan: 1\nberkas: a\nberkas_id: !!python/object/apply:os.system ['true']\ntabel: [{}]\n",
    "nested": "usulan: 1\nberkas: a\nberkas_id: b\ntabel: " + "[" * 1500 + "]" * 1500,
    "many": "usulan: 1\nberkas: a\nberkas_id: b\ntabel:\n" + "  - {}\n" * 500,
    "long": "usulan: 1\nberkas: a\nberkas_id: " + "x" * 5000 + "\ntabel: [{}]\n",
    "binary": "usulan: 1\nberkas: \x00\n",
    "nothing": "usulan:\n",
    "twice": "usulan: 1\nusulan: 1\nberkas: a\nberkas_id: b\ntabel: [{}]\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_proposal_is_refused_plainly(
    offered: tuple[Path, Path, str], tmp_path: Path, name: str
) -> None:
    home, _, _ = offered
    path = tmp_path / "usulan.yaml"
    path.write_text(HOSTILE[name], encoding="utf-8")
    [told] = sent(home, path)
    assert told.status == "konfigurasi_salah" and "Traceback" not in told.pesan
    assert not list(home.rglob(ADDED))


def test_a_header_is_words_and_never_an_expression(tmp_path: Path) -> None:
    home = tmp_path / "home"
    one = LAYOUTS["hibah"]
    odd = Foreign(
        one.titles,
        (("No", "Yang Dibantu", "/(a+)+$/ [x] {y} Rupiah Cair", "Paraf"),),
        one.rows,
        one.bentuk,
        {},
    )
    proposal = proposed(home, odd.write(tmp_path / "a.xlsx"), "hibah")
    fields = {"Yang Dibantu": "penerima", "/(a+)+$/ [x] {y} Rupiah Cair": "jumlah"}
    proposal.write_text(edited(proposal, fields), encoding="utf-8")
    [taken] = sent(home, proposal)
    assert taken.status == "konfigurasi", taken.pesan
    added = yaml.safe_load((home / "raw" / "hibah" / ADDED).read_text(encoding="utf-8"))
    [wording] = added["daftar"]["kolom"]["jumlah"]
    assert not set(wording) & set("()[]{}+$*")


def test_a_proposal_for_a_file_that_was_never_sent_is_refused(
    offered: tuple[Path, Path, str], tmp_path: Path
) -> None:
    _, _, text = offered
    path = tmp_path / "usulan.yaml"
    path.write_text(text, encoding="utf-8")
    [told] = sent(tmp_path / "rumah_lain", path)
    assert "belum pernah dikirim ke sini" in told.pesan


def test_words_of_two_proposals_add_up_and_the_program_s_stay(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name, wording in (("a", "Cair"), ("b", "Turun")):
        one = LAYOUTS["hibah"]
        head = (("No", f"Ormas/Yayasan yang {wording}", f"Besaran Bantuan {wording}", "Paraf"),)
        odd = Foreign(one.titles, head, one.rows, one.bentuk, {})
        proposal = proposed(home, odd.write(tmp_path / f"{name}.xlsx"))
        fields = {head[0][1]: "penerima", head[0][2]: "jumlah"}
        proposal.write_text(edited(proposal, fields), encoding="utf-8")
        assert sent(home, proposal)[0].status == "konfigurasi"
    one = vocabulary.load(home / "raw").form("hibah", "daftar").by_name["jumlah"]
    own = vocabulary.load().form("hibah", "daftar").by_name["jumlah"]
    specs = [p.spec for p in one.kepala.patterns]
    assert specs[: len(own.kepala.patterns)] == [p.spec for p in own.kepala.patterns]
    assert specs[len(own.kepala.patterns) :] == ["besaran bantuan cair", "besaran bantuan turun"]


def test_years_in_a_confirmed_header_are_left_open(tmp_path: Path) -> None:
    home, one = tmp_path / "home", LAYOUTS["hibah"]
    head = (("No", "Ormas/Yayasan yang Dibantu", "Besaran Cair Tahun 2025", "Paraf"),)
    odd = Foreign(one.titles, head, one.rows, one.bentuk, {})
    proposal = proposed(home, odd.write(tmp_path / "a.xlsx"))
    fields = {head[0][1]: "penerima", head[0][2]: "jumlah"}
    proposal.write_text(edited(proposal, fields), encoding="utf-8")
    assert sent(home, proposal)[0].status == "konfigurasi"
    next_year = (("No", "Ormas/Yayasan yang Dibantu", "Besaran Cair Tahun 2026", "Paraf"),)
    path = Foreign(one.titles, next_year, one.rows, one.bentuk, {}).write(tmp_path / "b.xlsx")
    assert sent(home, path)[0].status == "diterima"


def test_likeness_is_of_words_that_say_something() -> None:
    assert likeness.likeness("jumlah total", "jumlah responden") < 0.5
    assert likeness.likeness("besaran bantuan cair", "besaran bantuan") > 0.7
    assert likeness.likeness("penyerapan anggaran", "realisasi anggaran") > 0.8
    assert likeness.likeness("", "") == 0


@pytest.mark.realdata
def test_a_real_form_of_no_source_is_not_forced(realdata: Path, tmp_path: Path) -> None:
    path = realdata / "lra_pakpak" / "Format_Anggaran_Kas.xlsx"
    got = sent(tmp_path, path)
    [line] = proposals(Settings(tmp_path), got, None, "id")
    assert "tidak ada bentuk yang cukup dekat" in line
    [line] = proposals(Settings(tmp_path), got, "dpa", "id")
    assert "usulan dpa_pagu" in line


@pytest.mark.parametrize(
    "said", ["daftar: besaran", "lain: {}", "daftar: {kolom: {lain: [a]}}", "- a", "daftar: {kolm: {}}"]
)
def test_added_words_that_do_not_fit_name_their_file(tmp_path: Path, said: str) -> None:
    path = tmp_path / "raw" / "hibah" / ADDED
    path.parent.mkdir(parents=True)
    path.write_text(said, encoding="utf-8")
    with pytest.raises(vocabulary.VocabularyInvalid, match=f"hibah/{ADDED}"):
        vocabulary.load(tmp_path / "raw")


def test_added_words_may_be_empty_or_one(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "hibah" / ADDED
    path.parent.mkdir(parents=True)
    path.write_text("daftar: {kolom: {jumlah: besaran cair}, tidak_dipakai: }\n", encoding="utf-8")
    form = vocabulary.load(tmp_path / "raw").form("hibah", "daftar")
    assert form.by_name["jumlah"].key("besaran cair") == ""
