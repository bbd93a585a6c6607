"""One piece of work in a process of its own, timed from inside: ``python -m benchmarks.tasks NAME PATH...``.

What is counted is said by each task; start of the interpreter, imports and the program's own lists (regions,
rules) are not, for a run pays them once whatever the file. Prints one JSON object: processor seconds of the
process and its children, seconds on the clock, peak memory of the larger of the two, and the task's facts.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.questionnaire import TITLES

PARTS = (".xml", ".rels")
Facts = dict[str, Any]


class Watch:
    """What a stretch of work cost."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside."""
        cpu, wall = _cpu(), time.perf_counter()
        try:
            yield
        finally:
            self.cpu += _cpu() - cpu
            self.wall += time.perf_counter() - wall


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def _peak_mb() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def unit(watch: Watch, path: Path) -> Facts:
    """The unit: every XML part is unzipped and scanned by expat, without handlers."""
    from xml.parsers import expat

    size = 0
    with watch.running(), zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith(PARTS):
                continue
            scanner = expat.ParserCreate()
            with archive.open(entry) as part:
                while chunk := part.read(1 << 20):
                    size += len(chunk)
                    scanner.Parse(chunk)
            scanner.Parse(b"", True)
    return {"xml_mb": size / 1e6}


def calamine(watch: Watch, path: Path) -> Facts:
    """The value reader alone: every row of the first sheet as Python values."""
    from python_calamine import CalamineWorkbook

    rows = 0
    with watch.running(), CalamineWorkbook.from_path(path) as book:
        for _ in book.get_sheet_by_index(0).iter_rows():
            rows += 1
    return {"rows": rows}


def pandas(watch: Watch, path: Path, warm: Path) -> Facts:
    """``pandas.read_excel`` with openpyxl: a frame of values, nothing checked, no address."""
    import pandas as pd

    pd.read_excel(warm, engine="openpyxl", header=3)
    with watch.running():
        frame = pd.read_excel(path, engine="openpyxl", header=3)
    return {"rows": len(frame)}


def frictionless(watch: Watch, path: Path, warm: Path) -> Facts:
    """``frictionless validate`` with the schema it infers: types of cells, blank rows and headers."""
    import os

    from frictionless import Dialect, Resource

    def validated(file: Path) -> Facts:
        os.chdir(file.parent)  # it refuses absolute paths as unsafe
        dialect = Dialect(header_rows=[len(TITLES) + 1])
        report = Resource(path=file.name, dialect=dialect).validate()
        return {"rows": report.tasks[0].stats["rows"], "errors": report.stats["errors"]}

    validated(warm)
    with watch.running():
        return validated(path)


def door(watch: Watch, *paths: Path) -> Facts:
    """Files offered to clean table, by the stages of the main job.

    ``accept``: the bytes are hashed and kept, opened in the guarded child, tables found, every row judged and
    copied as printed with its address, kind and format to Parquet, unit and period told, the ledger written.
    Then: read back, corrections applied, every detector of damage, answers typed, rejected ones told.
    """
    from assets.accept.receive import receive
    from assets.clean.registry import CLEANERS
    from assets.extract.assemble import assemble
    from pipelines import knowledge, stages
    from pipelines.settings import Settings

    home = Path(tempfile.mkdtemp(prefix="lumbung-bench-"))
    try:
        known = knowledge.load(Settings(home))
        _once_a_process(home)
        with watch.running():
            received = receive(list(paths), home, known.context.regions)
        accepted = watch.cpu
        with watch.running():
            found = stages.extracted(assemble(home, known.context.regions))
            cleaner = CLEANERS["clean_skm_jawaban"]
            tables = {name: found.tables[name] for name in cleaner.inputs}
            noted = stages.clean(cleaner, tables, known, found.peta_kolom)
    finally:
        shutil.rmtree(home)
    return {
        "files": len(paths),
        "taken": sum(r.status == "diterima" for r in received),
        "rows": sum(t.num_rows for t in tables.values()),
        "clean": noted.table.num_rows,
        "findings": len(noted.notes.findings),
        "accept_cpu": accepted,
    }


def accept(watch: Watch, *paths: Path) -> Facts:
    """``accept`` alone, of files and folders."""
    from assets.accept.receive import receive
    from warehouse.regions import Regions

    home = Path(tempfile.mkdtemp(prefix="lumbung-bench-"))
    try:
        regions = Regions.load(None)
        _once_a_process(home)
        with watch.running():
            received = receive(list(paths), home, regions)
    finally:
        shutil.rmtree(home)
    counts: dict[str, int] = {}
    for one in received:
        counts[one.status] = counts.get(one.status, 0) + 1
    return {"files": len(received), **counts}


def pages(watch: Watch, path: Path, warm: Path) -> Facts:
    """Ruled pages of a PDF to grids of cells, in this process."""
    from assets.readers.opening import open_book

    open_book(warm)
    with watch.running():
        book = open_book(path)
    return {"pages": len(book.lembar), "refused": book.ditolak[0] if book.ditolak else None}


def _once_a_process(home: Path) -> None:
    """What a run loads once, whatever the file: libraries and the vocabularies of the sources."""
    import pandas  # noqa: F401
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401

    from assets.readers import vocabulary

    vocabulary.load(home / "raw")


TASKS: dict[str, Callable[..., Facts]] = {
    task.__name__: task for task in (unit, calamine, pandas, frictionless, door, accept, pages)
}


def main() -> None:
    """Run one task and print what it cost."""
    name, *paths = sys.argv[1:]
    watch = Watch()
    facts = TASKS[name](watch, *map(Path, paths))
    print(json.dumps({"cpu": watch.cpu, "wall": watch.wall, "peak_mb": _peak_mb(), **facts}))


if __name__ == "__main__":
    main()
