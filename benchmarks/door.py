"""What the door costs: files received, recognised, copied with their addresses, judged and made clean tables.

Processor seconds in a unit that any machine has: one scan of the same file, every XML part unzipped and run
through expat without handlers, measured between the others in the same minutes. Alternatives run on the same
file in the same way (process of its own, imports and first small file not counted); none of them keeps
addresses, kinds or counts, or looks for damage.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import pdf, questionnaire
from benchmarks.cost import ROOT, Cost, measure, task
from benchmarks.job import lumbung

FRICTIONLESS = "frictionless[excel]==5.21.0"
_BESIDE = ROOT / ".venv-frictionless"  # outside the lock file: only the bench compares with it


@dataclass(frozen=True)
class Sizes:
    """Rows, files and pages of one bench."""

    questionnaire: int
    repeats: int
    workbooks: int
    long: int
    csv: int
    pages: int


FULL = Sizes(questionnaire=100_000, repeats=3, workbooks=1000, long=1_000_000, csv=1_000_000, pages=50)
QUICK = Sizes(questionnaire=40_000, repeats=1, workbooks=100, long=0, csv=100_000, pages=10)


def main(quick: bool) -> None:
    """Make the files, run everything on them, print the tables."""
    sizes = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        _Bench(Path(folder), sizes).run()


class _Bench:
    def __init__(self, folder: Path, sizes: Sizes) -> None:
        self._folder, self._sizes = folder, sizes
        self._small = questionnaire.write_xlsx(folder / "kecil.xlsx", 150)

    def run(self) -> None:
        for name in ("unit", "calamine", "door"):
            self._task(name, self._small)  # compiles what is imported
        self._questionnaire()
        self._workbooks()
        self._long()
        self._pages()
        self._check()

    def _task(self, name: str, *paths: Path, python: Path | None = None) -> dict[str, Any]:
        return task(name, *paths, compiled=self._folder / "compiled", python=python)

    # --- one questionnaire, and others on it -----------------------------------------------------
    def _questionnaire(self) -> None:
        rows = self._sizes.questionnaire
        path = questionnaire.write_xlsx(self._folder / "survei.xlsx", rows)
        runs: list[dict[str, dict[str, Any]]] = []
        for _ in range(self._sizes.repeats):
            runs.append({name: self._task(name, path) for name in ("unit", "calamine", "door")})
        unit, calamine, door = (_middle(run[name] for run in runs) for name in ("unit", "calamine", "door"))
        size = f"{path.stat().st_size / 1e6:.1f} MB, {unit['xml_mb']:.0f} MB of XML"
        print(f"questionnaire, {_n(rows)} x 20 ({size}); CPU s, median of {len(runs)}")
        per = unit["cpu"]
        _row("unzip + XML scan = 1 unit", unit, per)
        _row("value reader alone (calamine)", calamine, per)
        _row("accept to clean table, damage told", door, per)
        print(f"      of it accept {door['accept_cpu'] / per:.2f} units; {_n(door['clean'])} clean rows")
        if door["clean"] != rows:
            raise SystemExit(f"{door['clean']} clean rows of {rows}")
        others = {"pandas.read_excel (openpyxl)": self._task("pandas", path, self._small)}
        if beside := _frictionless():
            others["frictionless validate"] = self._task("frictionless", path, self._small, python=beside)
        for name, cost in others.items():
            _row(name, cost, per, f"{cost['cpu'] / door['cpu']:.1f} x the door")

    # --- many, long, pages -----------------------------------------------------------------------
    def _workbooks(self) -> None:
        folder = self._folder / "banyak"
        folder.mkdir()
        for i in range(self._sizes.workbooks):
            questionnaire.write_xlsx(folder / f"survei {i:04d}.xlsx", 150, seed=i)
        cost = self._task("accept", folder)
        rate = f"{cost['files'] / cost['cpu']:.0f} files per CPU s; taken {cost['diterima']}"
        print(f"accept {_n(cost['files'])} workbooks of 150 rows: {_plain(cost)}, {rate}")

    def _long(self) -> None:
        if self._sizes.long:
            path = questionnaire.write_xlsx(self._folder / "panjang.xlsx", self._sizes.long, level=1)
            unit, door = self._task("unit", path), self._task("door", path)
            of = f"{door['cpu'] / unit['cpu']:.1f} units"
            print(f"xlsx of {_n(door['clean'])} respondents to clean table: {_plain(door)}, {of}")
            path.unlink()
        path = questionnaire.write_csv(self._folder / "panjang.csv", self._sizes.csv)
        print(f"csv of {_n(self._sizes.csv)} respondents to clean table: {_plain(self._task('door', path))}")
        path.unlink()

    def _pages(self) -> None:
        path = pdf.ruled_pages(self._folder / "bergaris.pdf", self._sizes.pages)
        cost = self._task("pages", path, pdf.ruled_pages(self._folder / "satu.pdf", 1))
        rate = f"{cost['pages'] / cost['cpu']:.1f} pages per CPU s"
        print(f"pdf of {cost['pages']} ruled pages to grids: {_plain(cost)}, {rate}")

    def _check(self) -> None:
        """The whole command, imports of the rule engine included."""
        offered = {self._folder / "survei.xlsx": self._sizes.questionnaire}
        if self._sizes is FULL:
            offered = {self._small: 150, **offered}
        for path, rows in offered.items():
            words = ("check", "--to", str(self._folder / "hasil"), str(path))
            cost = measure(lumbung(str(self._folder / "rumah"), *words))
            if cost.code not in (0, 2):
                raise SystemExit(f"lumbung check of {path.name} ended with {cost.code}")
            print(f"lumbung check, {_n(rows)} rows, the whole command: {_told(cost)}")


def _middle(costs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The run with the median processor time."""
    found = list(costs)
    middle = median(sorted(c["cpu"] for c in found)[: len(found) // 2 * 2 + 1])
    return dict(min(found, key=lambda c: abs(c["cpu"] - middle)))


def _row(name: str, cost: Mapping[str, Any], per: float, more: str = "") -> None:
    said = f"{cost['cpu']:7.2f} s {cost['cpu'] / per:6.2f} units {cost['peak_mb']:6.0f} MB"
    print(f"    {name:<36} {said}  {more}".rstrip())


def _plain(cost: Mapping[str, Any]) -> str:
    return f"{cost['cpu']:.1f} CPU s, {cost['wall']:.1f} s wall, peak {cost['peak_mb']:.0f} MB"


def _told(cost: Cost) -> str:
    return f"{cost}  exit {cost.code}"


def _n(count: int) -> str:
    return f"{count:,}"


def _frictionless() -> Path | None:
    """A Python with frictionless, made once beside the checkout; None (said) where it cannot be had."""
    python = _BESIDE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    uv = Path(sys.executable).with_name("uv")
    steps = (
        [str(uv), "venv", "--quiet", "--python", sys.executable, str(_BESIDE)],
        [str(uv), "pip", "install", "--quiet", "--python", str(python), FRICTIONLESS],
    )
    try:
        if not python.exists():
            for step in steps:
                subprocess.run(step, check=True, capture_output=True, timeout=300)
        return python
    except (OSError, subprocess.SubprocessError) as fault:
        print(f"    frictionless validate: left out, it cannot be installed here ({type(fault).__name__})")
        return None
