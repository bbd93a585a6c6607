"""The Dagster screen on this machine: graph, schedule, inbox sensor, checks."""

from __future__ import annotations

import subprocess
import sys

from pipelines.settings import PROGRAM


def serve(port: int) -> int:
    """Run Dagster's web server and daemon on 127.0.0.1 until interrupted; returns the exit code."""
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-w",
        "workspace.yaml",
    ]
    try:
        return subprocess.run(command, cwd=PROGRAM, check=False).returncode
    except KeyboardInterrupt:
        return 0
