"""A heap of hostile files, odd names and things that are no files: each is told, the good go through."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, Outcome, lumbung
from tests.hostile.kasus import CASES, Case

GOOD = ROOT / "examples" / "630103" / "Status Indeks Desa Pelaihari 2025.xlsx"
TABLE = "PENYALURAN HIBAH KECAMATAN PELAIHARI KABUPATEN TANAH LAUT TAHUN 2025\n\nNama Penerima Hibah;Jumlah\n"
NAMES = [
    "-rf.csv",
    "--unit=630103.csv",
    "baris\nbaru.csv",
    "\x1b[2Jlayar.csv",
    "terbalik\u202exslx.csv",
    "a" * 251 + ".csv",
    "\U0001f33e" * 62 + ".csv",
    "titik titik...",
    "con.csv",
    " spasi .csv",
    "persen%s{berkas}$(id).csv",
    "HP 0812-3456-7890.csv",
]
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform == "win32", reason="these names and things are of POSIX file systems"),
]


def table(path: Path, name: str) -> Path:
    path.write_text(TABLE + f"KELOMPOK {name};Rp 1.000.000\nPOKDARWIS;Rp 2.000.000\n", encoding="utf-8")
    return path


@dataclass(frozen=True)
class Heap:
    home: Path
    sent: Path
    told: Outcome

    def entries(self) -> list[dict[str, object]]:
        lines = (self.home / "raw" / "berkas.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def heap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heap]:
    home, sent = tmp_path_factory.mktemp("rumah"), tmp_path_factory.mktemp("kiriman")
    for folder in ("jahat", "nama", "aneh", "folder.xlsx"):
        (sent / folder).mkdir()
    for case in CASES:
        if not case.scaled:
            case.make(sent / "jahat" / case.name)
    for i, name in enumerate(NAMES):
        table(sent / "nama" / name, f"NOMOR {i}")
    raw = os.fsencode(sent / "nama") + b"/LRA \xff\xfe.csv"
    table(Path(os.fsdecode(raw)), "BITA")
    strange(sent / "aneh")
    paths = ["jahat", "nama", "aneh", "folder.xlsx", "tidak ada.xlsx"]
    words = [str(sent / p) for p in paths]
    yield Heap(home, sent, lumbung(home, "accept", *words, "/dev/zero", str(GOOD)))
    (sent / "aneh" / "terkunci.csv").chmod(0o600)


def strange(folder: Path) -> None:
    table(folder / "asli.csv", "ASLI")
    (folder / "tautan.xlsx").symlink_to("/etc/passwd")
    (folder / "tautan ke asli.csv").symlink_to("asli.csv")
    (folder / "lingkaran.csv").symlink_to("lingkaran.csv")
    (folder / "putus.csv").symlink_to("tidak ada")
    (folder / "map luar").symlink_to("/etc")
    os.mkfifo(folder / "pipa.csv")
    table(folder / "terkunci.csv", "KUNCI").chmod(0)
    with (folder / "jarang.csv").open("wb") as sparse:
        sparse.truncate(5 * 2**30)


def told(heap: Heap, name: str) -> str:
    """What was printed of one file, up to the next."""
    _, found, rest = heap.told.out.partition(f"{name}: ")
    assert found, f"{name} is not told"
    lines = rest.splitlines()
    more = next((i for i, line in enumerate(lines[1:], 1) if not line.startswith(" ")), len(lines))
    return "\n".join(lines[:more])


def test_some_were_not_taken_and_nothing_broke(heap: Heap) -> None:
    assert heap.told.code == 3
    everything = heap.told.out + heap.told.err
    assert "Traceback" not in everything and "berkas_tak_terolah" not in everything
    assert "kesalahan program" not in everything
    assert all(letter.isprintable() or letter == "\n" for letter in everything), "no escape to the terminal"


def test_the_good_ones_among_them_are_accepted(heap: Heap) -> None:
    assert told(heap, GOOD.name).startswith("diterima")
    assert told(heap, "asli.csv").startswith("diterima")


@pytest.mark.parametrize("case", [c for c in CASES if c.aturan and not c.scaled], ids=lambda c: c.name)
def test_a_hostile_file_is_told_kept_and_not_used(heap: Heap, case: Case) -> None:
    said = told(heap, case.name)
    assert "TOLAK: " in said and said.startswith("tidak dapat dibaca")
    berkas_id = hashlib.sha256((heap.sent / "jahat" / case.name).read_bytes()).hexdigest()
    (event,) = [e for e in heap.entries() if e["berkas_id"] == berkas_id]
    assert event["status"] == "ditolak"
    (kept,) = [p for p in (heap.home / "raw" / str(event["tempat"])).iterdir() if p.suffix]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == berkas_id
    assert not kept.stat().st_mode & 0o111, "nothing kept can be started"


def test_every_name_is_taken_as_data(heap: Heap) -> None:
    events = [e for e in heap.entries() if e["status"] == "dipakai"]
    folders = [heap.home / "raw" / str(e["tempat"]) for e in events]
    kept = {next(f.iterdir()).read_text(encoding="utf-8-sig") for f in folders if "hibah" in f.parts}
    wanted = [f"NOMOR {i};" for i in range(len(NAMES))] + ["BITA;", "ASLI;"]
    assert [w for w in wanted if not any(w in text for text in kept)] == []
    for folder in folders:
        (path,) = folder.iterdir()
        assert path.name.isprintable() and len(os.fsencode(path.name)) <= 200
        assert "0812" not in path.name
    assert "0812-3456-7890" not in heap.told.out + json.dumps(heap.entries())


@pytest.mark.parametrize(
    "name", ["tautan.xlsx", "tautan ke asli.csv", "lingkaran.csv", "putus.csv", "map luar"]
)
def test_no_link_is_followed(heap: Heap, name: str) -> None:
    said = told(heap, name)
    assert said.startswith("belum diterima") and "tautan" in said and "Salin berkas aslinya" in said


def test_pipes_devices_and_missing_files_are_told_at_once(heap: Heap) -> None:
    assert "bukan berkas biasa" in told(heap, "pipa.csv")
    assert "bukan berkas biasa" in told(heap, "zero")
    assert "tidak ada berkas dengan nama itu" in told(heap, "tidak ada.xlsx")
    assert "tidak memuat berkas" in told(heap, "folder.xlsx")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(heap: Heap) -> None:
    assert "tidak ada izin" in told(heap, "terkunci.csv")


def test_what_is_too_large_is_neither_read_nor_copied(heap: Heap) -> None:
    said = told(heap, "jarang.csv")
    assert said.startswith("belum diterima") and "5120 MB" in said and "200 MB" in said
    kept = [p.stat().st_size for p in heap.home.rglob("*") if p.is_file()]
    assert max(kept) < 200 * 2**20


def test_nothing_of_the_machine_was_taken(heap: Heap) -> None:
    """``/etc/passwd`` was named by a link, an entity, a hyperlink and an external link."""
    secret = Path("/etc/passwd").read_bytes()[:40]
    held = [p for p in heap.home.rglob("*") if p.is_file() and secret in p.read_bytes()]
    assert held == []


def test_a_pipe_that_is_opened_would_wait_for_ever(heap: Heap) -> None:
    """The trap is real: opening the pipe of this set blocks until somebody writes."""
    waiting = threading.Thread(target=(heap.sent / "aneh" / "pipa.csv").read_bytes, daemon=True)
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    (heap.sent / "aneh" / "pipa.csv").write_bytes(b"")
    waiting.join(5)
    assert not waiting.is_alive()
