"""Ending ``lumbung serve`` ends what it started."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from pipelines import serve

WAITING = (
    "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "print('siap', flush=True); time.sleep(60)"
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_FAREWELL", 1.0)


def started() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None and process.stdout.readline() == b"siap\n"
    return process


def test_one_that_did_not_hear_the_interrupt_is_told() -> None:
    process = started()
    serve._end(process)
    assert process.wait(10) == -signal.SIGINT


def test_one_that_heard_it_is_waited_for() -> None:
    process = started()
    process.send_signal(signal.SIGINT)
    serve._end(process)
    assert process.wait(10) == -signal.SIGINT
