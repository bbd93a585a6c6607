"""Opening files in a child process with limits, so that a hostile file costs a refusal and not the run.

One child serves a whole batch. It imports only the readers and can neither write a file nor reach a
network nor start a program (``confined.py`` says on which system how far). It limits its own memory
(Linux) and, for each file, its processor time (Linux, macOS); on every system the parent ends it when a
file takes too long. Windows has no ``resource`` module: there the limits of ``safety.py`` and the clock
stand alone. What its parsers print goes nowhere: it may hold what stands in the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from assets.readers.coded import Codes, Rows
from assets.readers.confined import confine
from assets.readers.grid import Book, Grid
from assets.readers.opening import open_book
from assets.readers.safety import LIMITS, MB, Limits

# The largest sheet allowed (25 million cells) measured 1.8 GB in the value reader, its text about as much
# again for mixed contents; what needs more is no office's file.
MAX_MEMORY_BYTES = 4_096 * MB
# A province's IDM export (800,000 cells) takes 2 s, a ruled PDF page 0.2 s (one with 33 columns 1-3 s).
MAX_CPU_SECONDS = 300
# The same on a machine that is busy with other work.
MAX_SECONDS = 900
# Files read ahead of the one being looked at: the child works while the parent does.
_AHEAD = 2

_PROCESS = Path("/proc/self/status")
_LENGTH = struct.Struct("<Q")
_LONGEST_REQUEST = MB  # a path and the limits
_CHILD = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from assets.readers.guarded import serve
serve()
"""
_ALLOWED = {(kind.__module__, kind.__name__): kind for kind in (Book, Grid, Codes, Rows)}


@dataclass(frozen=True)
class Guard:
    """What one file may cost: bytes of the child's memory, its processor seconds, seconds on the clock."""

    memory: int = MAX_MEMORY_BYTES
    cpu: int = MAX_CPU_SECONDS
    seconds: float = MAX_SECONDS


GUARD = Guard()


def open_guarded(
    paths: Iterable[Path], guard: Guard = GUARD, limits: Limits = LIMITS
) -> Iterator[tuple[Path, Book]]:
    """Open files one after the other in a child process, in the order given.

    A file on which the child dies is refused (``berkas_berbahaya``, or ``berkas_rusak`` where it merely
    crashed the parser), and a new child goes on with the next one. In-process and without limits of time
    and memory, the same is ``opening.open_book``.

    Yields:
        Each path with its book.
    """
    waiting: deque[tuple[Path, Future[Book]]] = deque()
    with _Child(guard, limits) as child, ThreadPoolExecutor(1, "readers") as ahead:
        try:
            for path in paths:
                waiting.append((path, ahead.submit(child.open, path)))
                if len(waiting) > _AHEAD:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            ahead.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[Path, Future[Book]]]) -> tuple[Path, Book]:
    path, book = waiting.popleft()
    return path, book.result()


class _Child:
    """The child process, started at the first file and again after each one it died on."""

    def __init__(self, guard: Guard, limits: Limits) -> None:
        self._guard = guard
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._end()

    def open(self, path: Path) -> Book:
        """One file; whatever happens to the child, a book.

        Raises:
            RuntimeError: the child could not start, so nothing can be said of any file.
        """
        process = self._process or self._start()
        clock = _Clock(process, self._guard.seconds)
        try:
            _send(process.stdin, (str(path), self._limits))
            book, tired = _answer(process.stdout, self._guard.memory)
        except (EOFError, BrokenPipeError):
            return self._refusal(process, clock.rang)
        except pickle.UnpicklingError:
            process.kill()
            self._end()
            said = "pembacanya memberi jawaban yang bukan tabel"
            return Book("", ditolak=("berkas_berbahaya", {"sebab": said}))
        finally:
            clock.cancel()
        if tired:
            self._end()
        return book

    def _start(self) -> subprocess.Popen[bytes]:
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", _CHILD, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        try:
            _send(process.stdin, self._guard)
            _receive(process.stdout)  # it has imported the readers and set its limits
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as dead:
            self._end()
            raise RuntimeError(f"the reading process did not start (code {process.returncode})") from dead
        return process

    def _refusal(self, process: subprocess.Popen[bytes], too_long: bool) -> Book:
        self._end()
        if too_long or _died_of(process.returncode, "SIGXCPU"):
            return Book("", ditolak=("berkas_berbahaya", {"sebab": "membacanya melewati batas waktu"}))
        if _died_of(process.returncode, "SIGABRT", "SIGKILL"):
            return Book("", ditolak=("berkas_berbahaya", {"sebab": "membacanya melewati batas memori"}))
        return Book("", ditolak=("berkas_rusak", {"sebab": "pembaca berkas berhenti di tengah isinya"}))

    def _end(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        with contextlib.suppress(BrokenPipeError):  # a request that a dead child never took
            _pipe(process.stdin).close()
        _pipe(process.stdout).close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def place_of(fault: BaseException) -> str:
    """A fault of ours as an officer can pass it on: its kind and line, nothing of what stood in the file."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return type(fault).__name__
    module = Path(at.tb_frame.f_code.co_filename)  # by its folder too: two folders may have a grid.py
    return f"{type(fault).__name__} di {module.parent.name}/{module.name}:{at.tb_lineno}"


class _Clock(threading.Timer):
    """Ends the child when a file has taken too long."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        super().__init__(seconds, self._ring)
        self._process = process
        self.rang = False
        self.daemon = True
        self.start()

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


def _died_of(code: int, *names: str) -> bool:
    return any(hasattr(signal, name) and code == -getattr(signal, name) for name in names)


class _Unpickler(pickle.Unpickler):
    """Takes nothing but books of grids: the child has read untrusted bytes, so it is not trusted either."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a book") from None


def _answer(pipe: IO[bytes] | None, longest: int) -> tuple[Book, bool]:
    """What the child says of a file.

    Raises:
        EOFError: the child has gone.
        pickle.UnpicklingError: it answers with anything but a book.
    """
    data = _receive(pipe, longest)
    try:
        answer = _Unpickler(BytesIO(data)).load()
    except Exception as wrong:  # any: these bytes come from a process that has read a hostile file
        raise pickle.UnpicklingError(f"no book: {type(wrong).__name__}") from wrong
    match answer:
        case (Book() as book, bool() as tired):
            return book, tired
    raise pickle.UnpicklingError(f"{type(answer).__name__} instead of a book")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError("the child has no such pipe")
    return pipe


def _send(pipe: IO[bytes] | None, thing: object) -> None:
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    out = _pipe(pipe)
    out.write(_LENGTH.pack(len(data)))
    out.write(data)
    out.flush()


def _receive(pipe: IO[bytes] | None, longest: int = _LONGEST_REQUEST) -> bytes:
    source = _pipe(pipe)
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the other side has gone")
    (length,) = _LENGTH.unpack(head)
    if length > longest:
        raise pickle.UnpicklingError(f"an answer of {length} bytes")
    data = source.read(length)
    if len(data) < length:
        raise EOFError("the other side has gone")
    return data


# --- the child's side ---


def serve() -> None:
    """Answer requests from standard input until it closes; run in the child only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a parser that prints must not print into the answers
    guard: Guard = pickle.loads(_receive(requests))
    _limit_memory(guard)
    _send(answers, confine())
    while True:
        try:
            path, limits = pickle.loads(_receive(requests))
        except EOFError:
            return
        _limit_time(guard)
        _send(answers, (_open(Path(path), limits), _tired(guard)))


def _open(path: Path, limits: Limits) -> Book:
    """``open_book``, where even a fault of ours costs this file only: where it happened is said."""
    try:
        return open_book(path, limits)
    except Exception as fault:
        return Book("", ditolak=("berkas_tak_terolah", {"sebab": place_of(fault)}))


def _limit_memory(guard: Guard) -> None:
    if sys.platform != "linux":  # elsewhere the system takes the limit without keeping it, or has none
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_at_most(guard.memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an abort is foreseen; no core file for it


def _limit_time(guard: Guard) -> None:
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(used.ru_utime + used.ru_stime) + guard.cpu
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(seconds, hard), hard))


def _at_most(wanted: int, hard: int) -> int:
    return wanted if hard < 0 else min(wanted, hard)  # a negative hard limit is "none"


def _tired(guard: Guard) -> bool:
    """Whether so much memory was taken that the next large file should meet a fresh process."""
    if sys.platform != "linux":
        return False
    # The greatest size of this program; what getrusage gives is inherited from a large parent.
    taken = (
        re.search(r"^VmHWM:\s*(\d+) kB", _PROCESS.read_text(), re.MULTILINE) if _PROCESS.exists() else None
    )
    return taken is not None and int(taken[1]) * 1024 > guard.memory // 4
