"""Making the site for many kecamatan: one unit of a published home, multiplied, trails and all.

    python -m benchmarks.site --home HOME [--unit UNIT] COUNT [COUNT ...]

Names of kecamatan are the nation's, figures are those of the one unit. What does not belong here: the job
that publishes them (``benchmarks.job``).
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.publish import snapshot
from benchmarks.job import examples
from benchmarks.kecamatan import units
from pipelines import knowledge, site
from pipelines.settings import Settings
from warehouse import contracts
from warehouse.regions import Regions

UNIT = "630103"


@dataclass(frozen=True)
class Made:
    """A site that was made.

    Attributes:
        count: how many kecamatan.
        seconds: processor seconds it took.
        pages: how many pages it has.
        size: bytes of all its files.
        overview: bytes of its overview as sent compressed.
        unit: the same of a unit's page.
    """

    count: int
    seconds: float
    pages: int
    size: int
    overview: int
    unit: int

    def __str__(self) -> str:
        each = self.seconds / self.count
        return (
            f"{self.count:>4} kecamatan {self.seconds:6.1f} s cpu, {each:.2f} s each; {self.pages} pages, "
            f"{self.size / 1e6:.0f} MB; gzipped: overview {self.overview / 1e3:.0f} kB, "
            f"a unit {self.unit / 1e3:.0f} kB"
        )


def multiplied(published: Path, unit: str, codes: Sequence[str], to: Path) -> None:
    """Publish the rows of one unit once for each code; of figures and trails nothing else is taken."""
    tables: dict[str, pa.Table] = {}
    with duckdb.connect(str(published), read_only=True) as con:
        con.register("banyak", pa.table({"unit_baru": list(codes)}))
        for name in snapshot.published_names():
            contract = contracts.table(name)
            found = con.sql(_query(contract, unit)).to_arrow_table()
            tables[name] = found.select(contract.schema.names).cast(contract.schema)
    snapshot.publish(tables, to)


def _query(contract: contracts.Table, unit: str) -> str:
    """The rows of one table once for each code; those of everybody as they are."""
    texts = [c.name for c in contract.columns if c.sql == "VARCHAR"]
    if not {"kode_unit", "kode_pembanding", "kunci"} & set(texts):
        return f'SELECT * FROM "{contract.name}"'
    shown = ", ".join(_column(c.name, c.name in texts, unit) for c in contract.columns)
    mine = " OR ".join(f"contains(t.\"{c}\", '{unit}')" for c in texts)
    key = ", ".join(f'"{k}"' for k in contract.key)
    rows = f'SELECT {shown} FROM "{contract.name}" t, banyak WHERE {mine}'
    return f"SELECT DISTINCT ON ({key}) * FROM ({rows})"


def _column(name: str, text: bool, unit: str) -> str:
    if name in ("temuan_id", "berkas_id"):
        return f'md5(t."{name}" || unit_baru) || md5(unit_baru) AS "{name}"'
    return f'replace(t."{name}", \'{unit}\', unit_baru) AS "{name}"' if text else f't."{name}"'


def measure(published: Path, unit: str, count: int) -> Made:
    """Make the site of so many kecamatan, beginning with nothing."""
    codes = units(count, Regions.load())
    with tempfile.TemporaryDirectory() as folder:
        found = Settings(Path(folder))
        multiplied(published, unit, codes, found.published)
        known = knowledge.load(found)
        start = time.process_time()
        pages = site.again(found, known)
        seconds = time.process_time() - start
        return Made(
            count=count,
            seconds=seconds,
            pages=pages,
            size=sum(p.stat().st_size for p in found.site.rglob("*") if p.is_file()),
            overview=_sent(found.site / "index.html"),
            unit=_sent(found.site / "unit" / f"{codes[0]}.html"),
        )


def _sent(page: Path) -> int:
    return len(gzip.compress(page.read_bytes()))


def main(quick: bool) -> None:
    """A part of ``make bench``: the examples are run, then one of their units is multiplied."""
    with tempfile.TemporaryDirectory() as home:
        examples(home)
        for count in (2,) if quick else (22, 500):
            print(measure(Settings(Path(home)).published, UNIT, count))


def typed(said: str | None, measure: Callable[[Path, str, int], object]) -> None:
    """Measure what is asked on the command line: a home, its unit that is multiplied, and how often."""
    asked = argparse.ArgumentParser(description=said)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--unit", default=UNIT)
    asked.add_argument("count", type=int, nargs="+")
    given = asked.parse_args()
    for count in given.count:
        print(measure(Settings(given.home).published, given.unit, count))


if __name__ == "__main__":
    typed(__doc__, measure)
