"""What a run of the main job costs on this machine, against the price of importing what it needs.

Prints the import floor, the first run on the examples, its stages, peak memory, and a second run with
nothing changed. Wall times depend on the machine; the ratios to the floor are the figures to watch.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import ROOT, Cost, measure

_FOLDERS = [str(ROOT / "examples" / n) for n in ("bersama", "630103", "630609")]
FLOOR = "import dagster, great_expectations, pandas, duckdb"


def lumbung(home: str, *words: str) -> list[str]:
    """The command line of the checkout."""
    return [sys.executable, "-m", "pipelines.cli", "--home", home, *words]


def examples(home: str) -> None:
    """Accept the examples into a home and run."""
    for words in (("accept", *_FOLDERS), ("run",)):
        subprocess.run(lumbung(home, *words), cwd=ROOT, capture_output=True, check=False)


def stages(home: str) -> dict[str, float]:
    """Seconds by stage of the last run, as the run itself noted them."""
    said = json.loads((Path(home) / "warehouse/layers/jalan_terakhir.json").read_text(encoding="utf-8"))
    found: dict[str, float] = said["tahap"]
    return found


def main(quick: bool) -> None:
    """Print the table."""
    floor = min(
        (measure([sys.executable, "-c", FLOOR]) for _ in range(1 if quick else 3)), key=lambda c: c.wall
    )
    print(f"{'import floor':<28} {floor}")
    with tempfile.TemporaryDirectory() as home:
        _tell("accept the examples", measure(lumbung(home, "accept", *_FOLDERS)), floor)
        first = measure(lumbung(home, "run"))
        _tell("run", first, floor)
        for name, seconds in stages(home).items():
            print(f"    {name:<24} {seconds:6.2f} s")
        again = measure(lumbung(home, "run"))
        _tell("run, nothing changed", again, floor)
        key = ("kode_unit=630103", "periode=2025", "kode_indikator=ikm")
        _tell("why, one figure", measure(lumbung(home, "why", "capaian_iku", *key)), floor)


def _tell(what: str, cost: Cost, floor: Cost) -> None:
    wall, cpu = cost.wall / floor.wall, cost.cpu / floor.cpu
    print(f"{what:<28} {cost}   {wall:.2f} x floor (cpu {cpu:.2f})   exit {cost.code}")
