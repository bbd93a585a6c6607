"""The guarded child: limits end the child, never the batch."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from assets.readers import guarded
from assets.readers.grid import Book
from assets.readers.guarded import Guard, open_guarded
from assets.readers.opening import open_book
from assets.readers.safety import MB, Limits

ROOT = Path(__file__).parents[3]


def table(path: Path, rows: int = 2) -> Path:
    path.write_text("kode;nama\n" + "".join(f"{i};desa {i}\n" for i in range(rows)))
    return path


def test_books_come_in_order_and_equal_those_of_the_direct_way(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["kode", 0.9109, "=A1"])
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff" + b"x" * 50)
    paths = [table(tmp_path / "a.csv", 2000), tmp_path / "b.xlsx", tmp_path / "c.jpg", tmp_path / "tidak_ada"]
    assert list(open_guarded(paths)) == [(path, open_book(path)) for path in paths]


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    slow, good = table(tmp_path / "lambat.csv", 600_000), table(tmp_path / "baik.csv")
    first, second = open_guarded([slow, good], Guard(seconds=0.6))
    assert first == (
        slow,
        Book("", ditolak=("berkas_berbahaya", {"sebab": "membacanya melewati batas waktu"})),
    )
    assert second[1].ditolak is None
    assert len(second[1].lembar[0].teks) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="memory and processor limits are kept on Linux")
def test_a_file_that_takes_too_much_processor_time_is_refused(tmp_path: Path) -> None:
    slow, good = table(tmp_path / "lambat.csv", 900_000), table(tmp_path / "baik.csv")
    first, second = open_guarded([slow, good], Guard(cpu=1))
    assert (first[1].ditolak or ("",))[0] == "berkas_berbahaya"
    assert second[1].ditolak is None


@pytest.mark.skipif(sys.platform != "linux", reason="memory and processor limits are kept on Linux")
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["ZZ60000"] = 1, 2  # 42 million cells in the value reader
    book.save(tmp_path / "lebar.xlsx")
    good = table(tmp_path / "baik.csv")
    limits = Limits(cells=10**12)  # past the first line of defence
    first, second = open_guarded([tmp_path / "lebar.xlsx", good], Guard(memory=400 * MB), limits)
    assert (first[1].ditolak or ("",))[0] in ("berkas_berbahaya", "berkas_terlalu_besar")
    assert second[1].ditolak is None


@pytest.mark.skipif(sys.platform != "linux", reason="memory and processor limits are kept on Linux")
def test_an_abort_of_the_value_reader_costs_one_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    book.save(tmp_path / "ujung.xlsx")
    good = table(tmp_path / "baik.csv")
    first, second = open_guarded([tmp_path / "ujung.xlsx", good], limits=Limits(cells=10**12))
    assert first[1].ditolak == ("berkas_berbahaya", {"sebab": "membacanya melewati batas memori"})
    assert second[1].ditolak is None


def test_only_books_are_taken_from_the_child() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return print, ("dijalankan",)

    for answer in (Evil(), (Evil(), False), "teks", (Book("csv"), "ya")):
        data = pickle.dumps(answer)
        with pytest.raises(pickle.UnpicklingError):
            guarded._answer(io.BytesIO(guarded._LENGTH.pack(len(data)) + data), MB)


def test_an_answer_longer_than_the_child_may_be_is_none() -> None:
    for head in (guarded._LENGTH.pack(2**62), guarded._LENGTH.pack(MB + 1) + b"x" * 100):
        with pytest.raises(pickle.UnpicklingError):
            guarded._answer(io.BytesIO(head), MB)


def test_a_child_that_cannot_start_is_our_fault_and_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "_CHILD", "raise SystemExit(3)")
    with pytest.raises(RuntimeError, match="did not start"):
        list(open_guarded([table(tmp_path / "a.csv")]))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted on Linux")
def test_a_large_parent_does_not_tire_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1])
    held = bytearray(b"x" * (300 * MB))
    paths = [table(tmp_path / f"{i}.csv") for i in range(3)]
    assert [b.ditolak for _, b in open_guarded(paths, Guard(memory=600 * MB))] == [None] * 3
    assert (len(started), len(held)) == (1, 300 * MB)


def test_stopping_early_leaves_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1])
    books = open_guarded([table(tmp_path / f"{i}.csv") for i in range(6)])
    next(books)
    books.close()
    assert [child.poll() is not None for child in started] == [True]


def test_the_child_imports_only_the_readers() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, assets.readers.guarded; print(*sorted(sys.modules))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {
        "dagster",
        "pandas",
        "great_expectations",
        "duckdb",
        "pyarrow",
        "yaml",
        "pypdfium2",
        "python_calamine",
    }
    assert not heavy & set(said.stdout.split())
