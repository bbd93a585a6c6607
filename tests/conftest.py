"""What all tests share: where the real files are, and one run of the examples."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real files named by LUMBUNG_REALDATA; tests that need it skip without it."""
    named = os.environ.get("LUMBUNG_REALDATA")
    if not named:
        pytest.skip("LUMBUNG_REALDATA is not set: the folder of real files is not here")
    return Path(named)


@dataclass(frozen=True)
class Outcome:
    """A finished command."""

    code: int
    out: str
    err: str


def lumbung(home: Path, *words: str, timeout: int = 300) -> Outcome:
    """Run the command line as a user would, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "--home", str(home), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DAGSTER_HOME": ""},
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class ExampleRun:
    """A home in which the examples were accepted and run once."""

    home: Path
    accepted: Outcome
    ran: Outcome

    @property
    def published(self) -> Path:
        return self.home / "warehouse" / "lumbung.duckdb"


def example_run(home: Path, *, configured: bool = True) -> ExampleRun:
    """Accept all examples into ``home`` and run; without configuration only the source files are taken."""
    folders = [ROOT / "examples" / n for n in ("bersama", "630103", "630609")]
    if configured:
        paths = [str(f) for f in folders]
    else:
        paths = [str(p) for f in folders for p in sorted(f.rglob("*")) if p.is_file() and p.suffix != ".yaml"]
    accepted = lumbung(home, "accept", *paths)
    return ExampleRun(home, accepted, lumbung(home, "run"))


def once(factory: pytest.TempPathFactory, worker: str, name: str, configured: bool) -> ExampleRun:
    """One run for all test processes: the first that comes makes it, the others wait and use it."""
    if worker == "master":
        return example_run(factory.mktemp(name), configured=configured)
    root = factory.getbasetemp().parent
    home, said = root / name, root / f"{name}.json"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            made = example_run(home, configured=configured)
            said.write_text(json.dumps([asdict(made.accepted), asdict(made.ran)]), encoding="utf-8")
        accepted, ran = (Outcome(**each) for each in json.loads(said.read_text(encoding="utf-8")))
    return ExampleRun(home, accepted, ran)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> ExampleRun:
    """The examples with each unit's configuration and corrections; read it, copy it to change it."""
    return once(tmp_path_factory, worker_id, "contoh", configured=True)


@pytest.fixture(scope="session")
def bare_examples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> ExampleRun:
    """The examples without any configuration: what the defaults give."""
    return once(tmp_path_factory, worker_id, "bawaan", configured=False)
