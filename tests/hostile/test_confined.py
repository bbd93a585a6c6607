"""The reading child really is closed: probed from inside, past Python by the C library too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assets.readers.confined import CALLS, FILES, HOOK

ROOT = Path(__file__).parents[2]
SETUP = """
import ctypes, errno, json, os, socket, struct, subprocess, sys, threading
from pathlib import Path
from assets.readers.confined import confine
libc = ctypes.CDLL(None, use_errno=True)
folder = Path(sys.argv[1])
(folder / "lama").write_text("isi")
kept = os.open(folder / "terbuka", os.O_WRONLY | os.O_CREAT)
held = confine()
said = {}
def python(name, act):
    try:
        act()
        said[name] = "jalan"
    except OSError as refused:
        said[name] = "ditolak"
def native(name, act):
    ctypes.set_errno(0)
    said[name] = "jalan" if act() >= 0 else errno.errorcode[ctypes.get_errno()]
"""
PROBES = """
path = lambda name: str(folder / name).encode()
python("py socket", lambda: socket.socket())
python("py connect", lambda: socket.create_connection(("127.0.0.1", 9), 1))
python("py subprocess", lambda: subprocess.run(["true"]))
python("py write", lambda: (folder / "baru").write_text("x"))
python("py append", lambda: open(folder / "lama", "a"))
python("py os.open", lambda: os.open(folder / "baru", os.O_WRONLY | os.O_CREAT))
python("py remove", lambda: (folder / "lama").unlink())
python("py rename", lambda: (folder / "lama").rename(folder / "lain"))
python("py mkdir", lambda: (folder / "map").mkdir())
python("py grow", lambda: os.write(kept, b"x"))
thread = threading.Thread(target=said.update, args=({"py thread": "jalan"},))
thread.start()
thread.join()
import numpy
said["py numpy"] = "jalan" if (numpy.ones((200, 200)) @ numpy.ones((200, 200))).sum() == 200.0**3 else "salah"
python("py read", lambda: (folder / "lama").read_text())
if "native" in sys.argv:
    native("c socket", lambda: libc.socket(2, 1, 0))
    native("c open for writing", lambda: libc.open(path("lama"), os.O_WRONLY))
    native("c creat", lambda: libc.creat(path("baru"), 0o600))
    native("c unlink", lambda: libc.unlink(path("lama")))
    native("c rename", lambda: libc.rename(path("lama"), path("lain")))
    native("c mkdir", lambda: libc.mkdir(path("map"), 0o700))
    native("c chmod", lambda: libc.chmod(path("lama"), 0o777))
    native("c fork", lambda: libc.fork())
    native("c system", lambda: 0 if libc.system(b"true") == 0 else -1)
    native("c kill", lambda: libc.kill(os.getppid(), 0))
    how = struct.pack("QQQ", os.O_WRONLY, 0, 0)
    native("c openat2", lambda: libc.syscall(437, -100, path("lama"), how, 24))
    native("c read", lambda: libc.open(path("lama"), os.O_RDONLY))
print(json.dumps([held, said]))
"""


def probed(folder: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", SETUP + PROBES, str(folder), *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    held, said = json.loads(done.stdout)
    return held, said


def test_python_code_reads_and_does_nothing_else(tmp_path: Path) -> None:
    held, said = probed(tmp_path)
    assert HOOK in held
    works = {name for name, how in said.items() if how == "jalan"}
    assert works - {"py grow"} == {"py read", "py thread", "py numpy"}
    assert (said["py grow"] == "ditolak") == (FILES in held)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lama", "terbuka"]


@pytest.mark.skipif(sys.platform != "linux", reason="the system call filter is of Linux")
def test_native_code_reads_and_does_nothing_else(tmp_path: Path) -> None:
    held, said = probed(tmp_path, "native")
    if CALLS not in held:
        pytest.skip("this kernel or machine takes no system call filter")
    native = {name: how for name, how in said.items() if name.startswith("c ")}
    assert native.pop("c read") == "jalan"
    assert native.pop("c openat2") == "ENOSYS"
    assert set(native.values()) <= {"EPERM", "EACCES"}, native
    assert (tmp_path / "lama").read_text() == "isi"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lama", "terbuka"]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc shows the limits of a process on Linux")
def test_the_child_that_reads_is_confined_and_limited(tmp_path: Path) -> None:
    """The real child, asked of the kernel while it waits between two files."""
    from assets.readers.guarded import Guard, open_guarded

    paths = [tmp_path / f"{i}.csv" for i in range(8)]
    for path in paths:
        path.write_text("kode;nama\n1;a\n2;b\n")
    guard = Guard(memory=900 * 2**20, cpu=11)
    books = open_guarded(paths, guard)
    next(books)
    mine = Path("/proc/self/task").glob("*/children")
    children = [pid for task in mine for pid in task.read_text().split()]
    limits, status = {}, {}
    for pid in children:
        if b"assets.readers.guarded" in Path(f"/proc/{pid}/cmdline").read_bytes():
            rows = Path(f"/proc/{pid}/limits").read_text().splitlines()
            limits = {row[:26].strip(): row[26:].split()[0] for row in rows}
            said = Path(f"/proc/{pid}/status").read_text().splitlines()
            status = dict(row.split(":\t", 1) for row in said if ":\t" in row)
            error = Path(f"/proc/{pid}/fd/2").readlink()
    books.close()
    assert limits["Max address space"] == str(guard.memory)
    assert int(limits["Max cpu time"]) <= guard.cpu + 5
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "0"
    assert status["Seccomp"].strip() in ("2", "0"), "2: a filter is in force; 0: this kernel has none"
    assert str(error) == "/dev/null", "what a parser prints may hold what stands in the file"
