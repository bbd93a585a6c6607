"""What may be taken along: the open data files beside the site, and what each table is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assets.publish.site.material import Bahan
from warehouse import contracts


@dataclass(frozen=True)
class Tabel:
    """One published table and the files that hold it."""

    nama: str
    arti: str
    baris: int
    berkas: list[tuple[str, str, int]]


def tabel(bahan: Bahan) -> list[Tabel]:
    """Every figure table that can be taken along: (ending, file name, bytes) of each of its files."""
    made = []
    for name in (*contracts.names("mart"), *contracts.names("system")):
        files = [
            (f.rpartition(".")[2], f, n) for f, n in sorted(bahan.berkas_terbit.items()) if _holds(f, name)
        ]
        if files:
            rows = len(bahan.tabel[name]) if name in bahan.tabel else 0
            made.append(Tabel(name, contracts.table(name).one_row_is, rows, files))
    return made


def _holds(file: str, table: str) -> bool:
    return PurePath(file).name.partition(".")[0] == table


def lainnya(bahan: Bahan, tables: Sequence[Tabel]) -> list[tuple[str, int]]:
    """Files that hold no table of figures: metadata, licence."""
    known = {file for one in tables for _, file, _ in one.berkas}
    return [(f, n) for f, n in sorted(bahan.berkas_terbit.items()) if f not in known]
