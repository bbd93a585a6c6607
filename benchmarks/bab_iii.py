"""What the reports of many kecamatan cost: one unit of a published home multiplied, three files of each.

    python -m benchmarks.bab_iii --home HOME [--unit UNIT] COUNT [COUNT ...]

Processor seconds. Page numbers of the Word document are not measured (LibreOffice takes 3 to 6 seconds a
document for them). ``make bench`` measures 22 kecamatan; the cost grows with their number.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import duckdb

from assets.publish.bab_iii import arrangement, page, spreadsheet, word
from assets.publish.bab_iii.shelf import Shelf
from assets.publish.charts import draw
from assets.publish.origin_graph import Graph
from assets.publish.way_back import pack
from benchmarks.job import examples
from benchmarks.kecamatan import units
from benchmarks.site import UNIT, multiplied, typed
from pipelines.settings import Settings
from warehouse.regions import Regions

YEAR = 2025


def measure(published: Path, unit: str, count: int) -> str:
    """The reports of so many kecamatan, one after the other: processor seconds and bytes by part."""
    codes = units(count, Regions.load())
    seconds: defaultdict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder:
        found, to = Settings(Path(folder)), Path(folder) / "bab"
        found.published.parent.mkdir(parents=True)
        to.mkdir()
        multiplied(published, unit, codes, found.published)
        style = Shelf().path("gaya/baku.docx")
        with duckdb.connect(str(found.published), read_only=True) as con:
            for code in codes:
                _one(con, code, style, to, seconds)
        sizes = Counter[str]()
        for file in to.iterdir():
            sizes[file.suffix] += file.stat().st_size
        whole = sum(seconds.values())
    parts = ", ".join(f"{name} {each / count:.2f}" for name, each in seconds.items())
    weights = ", ".join(f"{suffix} {size / count / 1000:.0f} kB" for suffix, size in sorted(sizes.items()))
    return f"{count:>4} kecamatan {whole:7.1f} s, {whole / count:.2f} s each ({parts}); each {weights}"


def _one(
    con: duckdb.DuckDBPyConnection, code: str, style: Path, to: Path, seconds: defaultdict[str, float]
) -> None:
    draw.kept_png.cache_clear()  # the units are copies, but each is to draw its own charts
    clock = time.process_time()

    def passed(part: str) -> None:
        nonlocal clock
        now = time.process_time()
        seconds[part] += now - clock
        clock = now

    document = arrangement.build(con, code, YEAR)
    passed("blocks")
    word.write(document, style, to / f"{code}.docx")
    passed("word")
    spreadsheet.write(document, to / f"{code}.xlsx")
    passed("workbook")
    packed = pack.pack(Graph(con), page.figures_of(document))
    passed("way back")
    page.write(document, to / f"{code}.html", packed)
    passed("page")


def main(quick: bool) -> None:
    """A part of ``make bench``: the examples are run, then one of their units is multiplied."""
    with tempfile.TemporaryDirectory() as home:
        examples(home)
        print(measure(Settings(Path(home)).published, UNIT, 2 if quick else 22))


if __name__ == "__main__":
    typed(__doc__, measure)
