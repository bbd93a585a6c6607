"""Small clean tables for the tests of marts: every row gets an address of its own."""

from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.formulas import registry
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell, Step

PELAIHARI, KALUMPANG = "630103", "630609"
REPORT = {
    PELAIHARI: {
        "skm_bobot": "0.111",
        "ikm_tahunan": "rata_periode",
        "alokasi_anggaran": "seluruhnya",
        "efisiensi_resmi": "E",
    },
    KALUMPANG: {"ikm_tahunan": "periode_akhir", "bumdes_baik": "aktif", "efisiensi_resmi": "RASIO"},
}


def knowing(files: dict[str, dict[str, Any]] | None = None) -> Context:
    """The product's own catalogue, and these configurations: choices and facts by unit."""
    facts = {"nama", "zona_waktu", "tahun_akhir_renstra", "pautan"}
    said = {
        kode: {k: v for k, v in given.items() if k in facts}
        | {"pilihan": {k: v for k, v in given.items() if k not in facts}}
        for kode, given in (files or {}).items()
    }
    return Context(Regions.load(), Catalogue.load(), Choices.load(said))


def clean(name: str, *rows: dict[str, Any], berkas: str = "b1") -> pa.Table:
    """A clean table; row numbers of the sheet start at 2."""
    address = {"berkas_id": berkas, "lembar": "-", "tabel_ke": 1}
    return contracts.build(name, [{**address, "baris": at, **row} for at, row in enumerate(rows, start=2)])


def mart(name: str, *rows: dict[str, Any]) -> pa.Table:
    """A published table as the next mart gets it."""
    return contracts.build(name, rows)


def built(name: str, made: Mart) -> dict[str, dict[str, Any]]:
    """The mart's rows as they are stored, by key; what the contract forbids fails here."""
    table = contracts.build(name, made.rows)
    check_trail(name, made)
    return {contracts.table(name).key_of(row): row for row in contracts.as_rows(table)}


def check_trail(name: str, made: Mart) -> None:
    """Every step names a column of the table, a key that has a row, and a registered formula."""
    keys = {contracts.table(name).key_of(row) for row in made.rows}
    columns = {c.name for c in contracts.table(name).columns}
    for step in made.trail.steps:
        assert step.figure.tabel == name
        assert step.figure.kunci in keys
        assert step.figure.kolom in columns
        assert registry.rumus(step.rumus).id == step.rumus


def steps(made: Mart, key: str, column: str) -> list[Step]:
    """The steps of one figure."""
    return [s for s in made.trail.steps if (s.figure.kunci, s.figure.kolom) == (key, column)]


def cells(made: Mart, key: str, column: str) -> list[tuple[int, str]]:
    """Row and field of the cells that one figure rests on directly."""
    return [(s.source.baris, s.source.field) for s in steps(made, key, column) if isinstance(s.source, Cell)]


def told(made: Mart, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [f for f in made.findings if f.aturan == rule]


def rp(text: str) -> Decimal:
    """An amount as reports print it."""
    return Decimal(text.replace(".", "").replace(",", "."))
