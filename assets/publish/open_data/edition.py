"""One edition of the open data: what it holds, of whom, until when, on what terms."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from warehouse import contracts
from warehouse.indicators import Catalogue
from warehouse.open_terms import Terms

FOLDER = "terbit"
TITLE = "Kinerja kecamatan: indikator utama, kepuasan masyarakat, desa, anggaran, efisiensi, pembanding"
KEYWORDS = (
    "akuntabilitas kinerja",
    "kecamatan",
    "indikator kinerja utama",
    "indeks kepuasan masyarakat",
    "desa",
)
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_SHORT = {"iku": "IKU", "ikm": "IKM", "bumdes": "BUM Desa"}
_MANY = 3


@dataclass(frozen=True)
class Edition:
    """One edition.

    Attributes:
        tables: what is given away, by name.
        names: unit code -> its name.
        terms: licence, publisher, address, BPS codes.
        catalogue: the indicators.
        at: when it was published (UTC, without zone).
        warehouse: the folder that holds ``terbit/``.
    """

    tables: Mapping[str, pa.Table]
    names: Mapping[str, str]
    terms: Terms
    catalogue: Catalogue
    at: dt.datetime
    warehouse: Path

    @property
    def moment(self) -> str:
        """When it was published, as catalogues write it."""
        return self.at.replace(microsecond=0).isoformat() + "Z"

    @property
    def name(self) -> str:
        """A name for catalogues: lower case, digits, dashes."""
        units = sorted(self.names)
        heads = units if len(units) <= _MANY else sorted({u[:4] for u in units})
        heads = heads if len(heads) <= _MANY else sorted({u[:2] for u in units})
        return "-".join(["kinerja-kecamatan", *heads])

    @property
    def publisher(self) -> str:
        """Who publishes: as the terms say, else the units themselves."""
        named = [self.names[u] for u in sorted(self.names)]
        offices = ", ".join(named) if 0 < len(named) <= _MANY else f"{len(named)} kantor kecamatan"
        return self.terms.penerbit or offices

    @property
    def citation(self) -> str:
        """One line to cite by."""
        where = f" {self.terms.alamat}" if self.terms.alamat else ""
        return (
            f"{self.publisher} ({self.at.year}). {TITLE} [data]. Terbit {self.at.date().isoformat()}, "
            f"lisensi {self.terms.lisensi.spdx}.{where}"
        )

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year that the figures speak of."""
        found: set[int] = set()
        for table in self.tables.values():
            for column in {"periode", "tahun", "tahun_lhe"} & set(table.schema.names):
                distinct = pc.unique(table.column(column)).to_pylist()
                found |= {int(str(v)[:4]) for v in distinct if v is not None}
        return (min(found), max(found)) if found else None

    def files(self, name: str) -> Iterator[tuple[str, Path]]:
        """The forms of one table, with the path below the warehouse."""
        for form in MEDIA_TYPES:
            yield form, Path(FOLDER) / f"{name}.{form}"

    def address(self, path: Path) -> str:
        """Where a file will lie: below the stated address, else relative to the catalogue."""
        return f"{self.terms.alamat or ''}{path.as_posix()}"

    def fingerprint(self, path: Path) -> tuple[int, str]:
        """Size in bytes and SHA-256 of a file that was written."""
        found = (self.warehouse / path).read_bytes()
        return len(found), hashlib.sha256(found).hexdigest()


def title(name: str) -> str:
    """A table's name for people.

    >>> title("capaian_iku")
    'Capaian IKU'
    """
    words = [_SHORT.get(w, w) for w in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def description(name: str) -> str:
    """What one row is, with its key."""
    table = contracts.table(name)
    return f"Satu baris: {table.one_row_is}. Kunci: {', '.join(table.key)}."
