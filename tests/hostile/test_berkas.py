"""The hostile set through the real child: each file has its own answer, and none costs more than itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.readers import guarded
from assets.readers.grid import Book
from assets.readers.guarded import Guard, open_guarded
from assets.readers.safety import MB
from quality.rule import RuleBook
from tests.hostile.kasus import CASES, SMALL, Case
from tests.hostile.wadah import deflated, raw_zip, repeated_part, xlsx_parts

GUARD = Guard(memory=1_024 * MB, cpu=20, seconds=30)
_SECONDS = 10  # each takes milliseconds; the machine may be busy
_WHAT_TO_DO = ("kirim", "unduh", "salin", "pastikan", "bagi menjadi", "minta")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book, float]]:
    """Every case in one batch through one guard, with the seconds each took."""
    folder = tmp_path_factory.mktemp("jahat")
    for case in CASES:
        case.make(folder / case.name)
    found, before = {}, time.monotonic()
    for path, book in open_guarded([folder / case.name for case in CASES], GUARD, SMALL):
        now = time.monotonic()
        found[path.name], before = (book, now - before), now
    return found


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook.load()


@pytest.mark.parametrize("case", [c for c in CASES if c.aturan], ids=lambda c: c.name)
def test_a_hostile_file_is_refused_for_its_own_reason(
    case: Case, answers: dict[str, tuple[Book, float]], rules: RuleBook
) -> None:
    book, seconds = answers[case.name]
    assert book.ditolak is not None, "it was read"
    aturan, facts = book.ditolak
    assert aturan == case.aturan, facts
    assert case.sebab.lower() in " ".join(facts.values()).lower()
    assert book.lembar == []
    assert seconds < _SECONDS
    rule = rules[aturan]
    standard = {"berkas": case.name}
    said = rule.pesan.format(**standard, **facts)
    assert case.name in said or aturan == "pdf_tanpa_teks"
    assert any(word in rule.cara.format(**standard, **facts).lower() for word in _WHAT_TO_DO)
    assert len(said) < 500 and said.isprintable()


@pytest.mark.parametrize("case", [c for c in CASES if not c.aturan], ids=lambda c: c.name)
def test_an_odd_but_harmless_file_is_read_as_it_stands(
    case: Case, answers: dict[str, tuple[Book, float]]
) -> None:
    """No macro, formula, script or link does anything: the stored texts are what is read."""
    book, seconds = answers[case.name]
    assert book.ditolak is None
    cells = [text for grid in book.lembar for row in grid.teks for text in row]
    assert cells
    missing = [word for word in case.sebab.split(" ") if word not in " ".join(cells)]
    assert not missing
    assert seconds < _SECONDS


def test_macros_are_told(answers: dict[str, tuple[Book, float]]) -> None:
    for name in ("makro.xlsm", "makro.xls"):
        assert "makro_diabaikan" in [rule for rule, _ in answers[name][0].catatan], name


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_bomb_of_two_gigabytes_is_stopped_in_its_first_megabytes(tmp_path: Path, part: str) -> None:
    """Real size, real limits: two megabytes of file that would open to two thousand."""
    name, data, size = repeated_part(part, b" " * MB, 2_048)
    declared = 900 * MB if "sheet1" in part else size  # one lies about it
    rest = [deflated(n, d) for n, d in xlsx_parts().items() if n != part]
    path = raw_zip(tmp_path / "bom.xlsx", [*rest, (name, data, declared, 0)])
    assert path.stat().st_size < 5 * MB
    before = time.monotonic()
    ((_, book),) = open_guarded([path], Guard(memory=500 * MB, cpu=20))
    assert book.ditolak is not None
    assert book.ditolak[0] == ("berkas_berbahaya" if "sheet1" in part else "berkas_terlalu_besar")
    assert time.monotonic() - before < _SECONDS


# --- the child dies ---

DYING = """
import json, os, signal, sys
sys.path[:] = json.loads(sys.argv[1])
from assets.readers import guarded
whole = guarded.open_book
def hang():
    while True:
        pass
def grow():
    held = []
    while True:
        held.append(bytearray(2**22))
ENDS = {
    "abort": os.abort, "mati": lambda: signal.raise_signal(signal.SIGKILL), "hang": hang, "grow": grow,
    "segv": lambda: signal.raise_signal(signal.SIGSEGV), "keluar": lambda: os._exit(0),
    "galat": lambda: {}["rahasia 6301033002900001"],
}
def opened(path, limits):
    end = ENDS.get(path.stem)
    return end() or "bukan buku" if end else whole(path, limits)
guarded.open_book = opened
guarded.serve()
"""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setattr(guarded, "_CHILD", DYING)
    yield tmp_path


@pytest.mark.parametrize(
    ("end", "aturan", "sebab"),
    [
        ("abort", "berkas_berbahaya", "batas memori"),
        ("mati", "berkas_berbahaya", "batas memori"),
        ("segv", "berkas_rusak", "berhenti di tengah"),
        ("keluar", "berkas_rusak", "berhenti di tengah"),
        ("hang", "berkas_berbahaya", "batas waktu"),
        ("galat", "berkas_tak_terolah", "KeyError"),
    ],
)
def test_whatever_ends_the_child_costs_one_file(dying: Path, end: str, aturan: str, sebab: str) -> None:
    paths = [dying / "satu.csv", dying / f"{end}.csv", dying / "dua.csv"]
    for path in paths:
        path.write_text("kode;nama\n1;a\n2;b\n")
    books = dict(open_guarded(paths, Guard(memory=400 * MB, seconds=1.5, cpu=30)))
    assert [books[p].ditolak for p in (paths[0], paths[2])] == [None, None]
    said = books[paths[1]].ditolak
    assert said is not None and said[0] == aturan
    assert sebab in said[1]["sebab"]
    assert "rahasia" not in said[1]["sebab"], "a fault of ours does not quote the file"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="memory is limited on Linux")
def test_memory_that_grows_without_end_costs_one_file(dying: Path) -> None:
    paths = [dying / "grow.csv", dying / "dua.csv"]
    for path in paths:
        path.write_text("kode;nama\n1;a\n2;b\n")
    first, second = open_guarded(paths, Guard(memory=300 * MB, seconds=30))
    assert first[1].ditolak is not None and first[1].ditolak[0] in ("berkas_tak_terolah", "berkas_berbahaya")
    assert second[1].ditolak is None
