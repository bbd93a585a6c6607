"""What a finished process cost, and the lines a bench prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """Wall and processor seconds and peak memory of one finished process (children included)."""

    wall: float
    cpu: float
    peak_mb: float
    code: int

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s wall {self.cpu:6.2f} s cpu {self.peak_mb:6.0f} MB peak"


def environment(compiled: Path | None = None) -> dict[str, str]:
    """The environment of a measured process; ``compiled`` keeps bytecode, as an installed program has it."""
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    if compiled is not None:
        found.pop("PYTHONDONTWRITEBYTECODE", None)
        found["PYTHONPYCACHEPREFIX"] = str(compiled)
    return found


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end and read its cost from the operating system's own accounting."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        time.perf_counter() - begun,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        process.returncode,
    )


def task(name: str, *paths: Path, compiled: Path, python: Path | None = None) -> dict[str, Any]:
    """One task of ``benchmarks/tasks.py`` in a process of its own; what it says of itself.

    Raises:
        subprocess.CalledProcessError: it failed; what it said of why went to standard error.
    """
    done = subprocess.run(
        [str(python or sys.executable), "-m", "benchmarks.tasks", name, *map(str, paths)],
        cwd=ROOT,
        env=environment(compiled),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
