"""Twenty-four budget lists of one kabupaten as csv: what each was read as, proved by its own sums.

The lists are in the codes before Permendagri 90/2019: read and balanced, published nowhere. That every level
adds up to the one above it shows that the right column was read and that no row was lost.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from assets.accept.receive import Received, receive
from assets.clean import dpa
from assets.extract.assemble import Extracted, assemble
from assets.passing import Context, Sifted
from quality.address import Addresses
from quality.finding import Finding
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell

pytestmark = pytest.mark.realdata

WITHOUT_HEADER = {"3401_1474293408.csv", "3401_1475658738.csv"}
BOTH = ["pagu_murni", "pagu_perubahan"]
# Columns taken for amounts, and the rows handed over, counted in the files by hand and by their sums.
READ = {
    "3401_1471949861.csv": ("IL", 95),
    "3401_1471950240.csv": ("IL", 95),
    "3401_1472446422.csv": ("CD", 936),
    "3401_1472446738.csv": ("CD", 697),
    "3401_1472814661.csv": ("CD", 1645),
    "3401_1472991873.csv": ("CD", 1645),
    "3401_1473052675.csv": ("CD", 311),
    "3401_1473828194.csv": ("C", 793),
    "3401_1473850069.csv": ("C", 65),
    "3401_1473850243.csv": ("C", 65),
    "3401_1473858362.csv": ("C", 1432),
    "3401_1473858517.csv": ("C", 204),
    "3401_1473858690.csv": ("C", 331),
    "3401_1473858869.csv": ("C", 672),
    "3401_1473858982.csv": ("C", 709),
    "3401_1473859038.csv": ("C", 333),
    "3401_1473909227.csv": ("C", 65),
    "3401_1473910716.csv": ("C", 112),
    "3401_1474293723.csv": ("C", 126),
    "3401_1474711587.csv": ("C", 325),
    "3401_1475658126.csv": ("CD", 697),
    "3401_1475658143.csv": ("CD", 621),
}


@dataclass(frozen=True)
class Lists:
    """The lists, received, extracted and cleaned once."""

    folder: Path
    received: dict[str, Received]
    extracted: Extracted
    sifted: Sifted

    @property
    def names(self) -> dict[str, str]:
        """File names by hash."""
        return {r.berkas_id: name for name, r in self.received.items()}

    def told(self, aturan: str) -> dict[str, list[Finding]]:
        """Findings of one rule by file name."""
        found: dict[str, list[Finding]] = {}
        for finding in [*self.extracted.findings, *self.sifted.findings]:
            if finding.aturan == aturan:
                found.setdefault(self.names[finding.berkas_id or ""], []).append(finding)
        return found


@pytest.fixture(scope="session")
def lists(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Lists:
    home, regions, folder = tmp_path_factory.mktemp("apbd"), Regions.load(), realdata / "apbd_csv"
    received = {r.nama: r for r in receive([folder], home, regions)}
    extracted = assemble(home, regions)
    context = Context(regions, Catalogue.load(), Choices.load())
    return Lists(folder, received, extracted, dpa.clean(extracted.tables, context))


def test_all_but_the_two_without_a_header_are_read(lists: Lists) -> None:
    assert set(lists.received) == set(READ) | WITHOUT_HEADER
    refused = {name for name, r in lists.received.items() if r.status != "diterima"}
    assert refused == WITHOUT_HEADER
    for name in WITHOUT_HEADER:
        (why,) = [f for f in lists.received[name].findings if f.aturan == "tabel_tanpa_kepala"]
        assert why.jumlah == 65 and "dpa_pagu" in why.isi["terdekat"]


def test_the_columns_of_amounts_and_the_rows_are_the_right_ones(lists: Lists) -> None:
    taken: dict[str, dict[str, str]] = {}
    for row in lists.extracted.peta_kolom.to_pylist():
        taken.setdefault(lists.names[row["berkas_id"]], {})[row["field"]] = row["kolom"]
    rows = Counter(lists.names[b] for b in lists.extracted.tables["dpa_pagu"]["berkas_id"].to_pylist())
    found = {
        name: ("".join(fields[f] for f in (*BOTH, "pagu") if f in fields), rows[name])
        for name, fields in taken.items()
    }
    assert found == READ
    assert {fields["kode"] for fields in taken.values()} == {"A"}


def test_every_level_adds_up_or_the_place_is_told(lists: Lists) -> None:
    """One list has a letter for a code, another a programme whose amount was changed by hand."""
    told = lists.told("jumlah_kode_lama")
    assert {name: [f.selisih for f in findings] for name, findings in told.items()} == {
        "3401_1473858982.csv": ["773.366.369,00"],
        "3401_1473909227.csv": ["-34.000.000,00", "68.000.000,00"],
    }


def test_each_is_known_as_one_of_the_former_code_system_and_published_nowhere(lists: Lists) -> None:
    told = lists.told("kode_sistem_lama")
    assert set(told) == set(READ) and all(len(findings) == 1 for findings in told.values())
    assert {name: f.jumlah for name, (f,) in told.items()} == {name: rows for name, (_, rows) in READ.items()}
    assert lists.sifted.accepted == []
    whose = {r["kode_unit"] for r in lists.extracted.tabel_dikenal.to_pylist()}
    assert whose == {None, "3401"}  # one list misspells its kabupaten


def test_rows_are_balanced_and_mended_ones_told(lists: Lists) -> None:
    counts = lists.extracted.hitungan_lembar.to_pylist()
    assert all(r["dibaca"] == r["data"] + r["tata_letak"] + r["tidak_dikenal"] for r in counts)
    rejected = {(r["berkas_id"], r["baris"]) for r in lists.sifted.rejected}
    assert len(rejected) == sum(rows for _, rows in READ.values()) == sum(r["data"] for r in counts)
    mended = {name: findings[0].jumlah for name, findings in lists.told("baris_dalam_satu_sel").items()}
    assert (mended["3401_1472814661.csv"], mended["3401_1473858362.csv"]) == (150, 44)
    assert {n: f[0].isi["daftar"] for n, f in lists.told("kutip_tidak_tertutup").items()} == {
        "3401_1474711587.csv": "231"
    }


def test_the_amount_at_an_address_is_the_amount_read(lists: Lists) -> None:
    """By a plain reading of a list whose rows need no mending."""

    name = "3401_1473828194.csv"
    with (lists.folder / name).open(encoding="utf-8", newline="") as file:
        printed = list(csv.reader(file))
    addresses, seen = Addresses(lists.extracted.peta_kolom), 0
    for row in lists.extracted.tables["dpa_pagu"].to_pylist():
        if lists.names[row["berkas_id"]] == name:
            cell = Cell(row["berkas_id"], row["lembar"], row["tabel_ke"], row["baris"], "pagu")
            sel = addresses.sel(cell)
            assert printed[int(sel[1:]) - 1]["ABCD".index(sel[0])] == row["pagu"]
            seen += 1
    assert seen == 793
