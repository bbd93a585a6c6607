"""The ministry's village exports of three provinces, its service and a copy by others: counts known before.

All files are accepted, read and cleaned once for the session.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.accept.receive import receive
from assets.clean import idm
from assets.extract.assemble import Extracted, assemble
from assets.marts.status_desa import INDIKATOR_DESA, status_desa
from assets.passing import Context, Mart, Sifted
from assets.readers.json_table import parse, value_at
from quality.across import judge_across
from quality.address import Addresses
from quality.rule import RuleBook
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell

pytestmark = pytest.mark.realdata

EXPORT, SERVICE, COPY = "idm_ekspor", "idm_api", "idm_salinan"


@dataclass
class Villages:
    """What became of the files, at each stage."""

    folder: Path
    extracted: Extracted
    sifted: Sifted
    clean: pa.Table
    mart: Mart

    def of(self, province: str, source: str) -> list[dict[str, Any]]:
        """Rows of 2024 in the mart that rest on a source, of one province."""
        files = set(self.extracted.tables[source]["berkas_id"].to_pylist())
        kept = {r["kode_desa"] for b in files for r in self.by_file.get(b, ()) if r["tahun"] == 2024}
        rows = [r for r in self.mart.rows if r["tahun"] == 2024 and r["kode_desa"] in kept]
        return [r for r in rows if r["kode_desa"].startswith(province)]

    @cached_property
    def by_file(self) -> dict[str, list[dict[str, Any]]]:
        """Clean rows by the file they were taken from."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.sifted.accepted:
            found.setdefault(row["berkas_id"], []).append(row)
        return found

    def file(self, name: str) -> str:
        """Hash of a file by its name."""
        return next(b["berkas_id"] for b in self.extracted.berkas if b["nama"] == name)


@pytest.fixture(scope="session")
def villages(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Villages:
    home, regions = tmp_path_factory.mktemp("idm"), Regions.load()
    folder = realdata / "idm"
    receive(sorted(folder.glob("*.xlsx")), home, regions)
    receive([folder / "third_party_36.json"], home, regions, period="2024")
    receive([folder / "api"], home, regions)
    context = Context(regions, Catalogue.load(), Choices.load())
    extracted = assemble(home, regions)
    sifted = idm.clean(extracted.tables, context)
    clean = contracts.build("clean_idm", sifted.accepted)
    none = contracts.build("clean_indeks_desa", [])
    return Villages(folder, extracted, sifted, clean, status_desa(clean, none, context)["status_desa"])


@pytest.mark.parametrize(("province", "count"), [("34", 392), ("36", 1010), ("63", 1871)])
def test_every_village_of_an_export_is_one_row(villages: Villages, province: str, count: int) -> None:
    assert len(villages.of(province, EXPORT)) == count


def test_every_row_that_was_read_ended_somewhere(villages: Villages) -> None:
    for name in (EXPORT, SERVICE, COPY):
        rows = villages.extracted.tables[name]
        places = set(zip(*(rows[c].to_pylist() for c in ("berkas_id", "lembar", "baris")), strict=True))
        ended = {(r["berkas_id"], r["lembar"], r["baris"]) for r in villages.sifted.accepted}
        ended |= {(r["berkas_id"], r["lembar"], r["baris"]) for r in villages.sifted.rejected}
        assert places - ended - set(villages.sifted.layout) == set()
    counted = villages.extracted.hitungan_lembar.to_pylist()
    assert {r["dibaca"] for r in counted} >= {34_691, 21_784, 5_262}
    assert all(r["dibaca"] == r["data"] + r["tata_letak"] + r["tidak_dikenal"] for r in counted)
    assert sum(r["tidak_dikenal"] for r in counted) == 0


def test_south_kalimantan_by_printed_status_and_by_index(villages: Villages) -> None:
    rows = villages.of("63", EXPORT)
    assert Counter(r["status_tercetak"] for r in rows) == {"MANDIRI": 809, "MAJU": 843, "BERKEMBANG": 219}
    assert Counter(r["status"] for r in rows) == {"MANDIRI": 808, "MAJU": 844, "BERKEMBANG": 219}


def test_indices_that_differ_in_the_last_digit_agree_and_the_printed_one_counts(villages: Villages) -> None:
    rows = villages.of("63", EXPORT)
    four = Decimal("0.0001")
    means = [sum((r["iks"], r["ike"], r["ikl"]), Decimal()) / 3 for r in rows]
    differ = [r for r, mean in zip(rows, means, strict=True) if mean.quantize(four) != r["skor_tercetak"]]
    assert len(differ) == 187
    assert all(r["skor"] == r["skor_tercetak"] for r in differ)


def test_the_three_villages_whose_status_contradicts_their_index_are_named(villages: Villages) -> None:
    tables = {"clean_idm": villages.clean, "status_desa": contracts.build("status_desa", villages.mart.rows)}
    book = RuleBook([r for r in RuleBook.load() if r.id == "status_desa_berbeda"])
    told = [f for f in judge_across(tables, book).findings if (f.kode_unit or "").startswith("63")]
    wrong = {r["desa"] for r in villages.of("63", EXPORT) if r["status"] != r["status_tercetak"]}
    assert len(told) == 3 and {f.isi["desa"] for f in told} == wrong


# --- what is missing ------------------------------------------------------------------------------------
def test_the_gaps_of_banten_are_one_finding(villages: Villages) -> None:
    told = [f for f in villages.sifted.findings if f.aturan == "berkas_desa_kurang"]
    by_file = {f.berkas_id: f for f in told}
    assert len(by_file) == len(told)
    banten = by_file[villages.file("REKOMENDASI_IDM_PROVINSI_36_2024.xlsx")]
    assert (banten.tertulis, banten.seharusnya, banten.jumlah) == ("1010", "1238", 228)
    assert (banten.isi["n_hilang"], banten.isi["n_sebagian"], banten.isi["n_lain"]) == (5, 34, 0)
    away = re.findall(r"\d+", banten.isi["hilang"] + banten.isi["sebagian"])
    assert sum(map(int, away)) == 228
    kalsel = by_file[villages.file("REKOMENDASI_IDM_PROVINSI_63_2024.xlsx")]
    assert (kalsel.tertulis, kalsel.seharusnya, kalsel.jumlah) == ("1871", "1872", 1)
    assert villages.file("REKOMENDASI_IDM_PROVINSI_34_2024.xlsx") not in by_file  # holds all of its 392


def test_a_missing_village_withholds_its_own_kecamatan_only(villages: Villages) -> None:
    """The copy fills most gaps of Banten; South Kalimantan lacks one village of one kecamatan."""
    told = [f for f in villages.mart.findings if f.aturan == "desa_kurang" and f.periode == "2024"]
    kalsel = [f for f in told if f.kode_unit.startswith("63")]
    assert [f.jumlah for f in kalsel] == [1]
    held = {figure for f in told for figure in f.figures}
    assert {f.tabel for f in held} == {"realisasi_iku"} and len(held) == len(told) * len(INDIKATOR_DESA)
    assert all(f"kode_unit={f.kode_unit};" in figure.kunci for f in told for figure in f.figures)


# --- several sources ------------------------------------------------------------------------------------
def test_eighteen_villages_of_banten_differ_and_the_export_counts(villages: Villages) -> None:
    told = [f for f in villages.sifted.findings if f.aturan == "sumber_bertentangan"]
    copy, export = (
        villages.file("third_party_36.json"),
        villages.file("REKOMENDASI_IDM_PROVINSI_36_2024.xlsx"),
    )
    assert len(told) == 18
    assert {f.berkas_id for f in told} == {copy} and {c.berkas_id for f in told for c in f.related} == {
        export
    }
    assert {(f.isi["sumber"], f.isi["sumber_lain"]) for f in told} == {
        ("salinan pihak lain", "ekspor Kemendesa")
    }
    assert all(f.tertulis and f.seharusnya and f.tertulis != f.seharusnya for f in told)
    kept = {r["kode_desa"]: r["berkas_id"] for r in villages.by_file[export] if r["tahun"] == 2024}
    assert all(any(kode in f.isi["hal"] for kode in kept) for f in told)


def test_villages_that_only_the_copy_has_stand_on_the_copy(villages: Villages) -> None:
    copy = villages.by_file[villages.file("third_party_36.json")]
    assert len(copy) == 228 and {r["status"] for r in copy} == {None}  # statuses are computed from the score


def test_the_service_and_the_export_are_one_fact(villages: Villages) -> None:
    """Six villages of four years: the year of the export is its fact, the unrounded values agree with it."""
    rows = villages.extracted.tables[SERVICE]
    files = set(rows["berkas_id"].to_pylist())
    assert rows.num_rows == len(files) == 24
    years = Counter(r["tahun"] for b in files for r in villages.by_file.get(b, []))
    assert years == {2021: 6, 2022: 6, 2023: 6}
    assert not [r for r in villages.sifted.rejected if r["berkas_id"] in files]


def test_every_value_of_the_service_is_at_its_address(villages: Villages) -> None:
    addresses = Addresses(villages.extracted.peta_kolom)
    seen = 0
    for path in sorted((villages.folder / "api").glob("*.json")):
        top, berkas_id = parse(path.read_text(encoding="utf-8")), villages.file(path.name)
        for row in villages.by_file.get(berkas_id, []):
            for field in ("iks", "ike", "ikl", "nilai"):
                cell = Cell(
                    berkas_id, row["lembar"], row["tabel_ke"], row["baris"], f"{field}@{row['tahun']}"
                )
                assert Decimal(str(value_at(top, cell.lembar, addresses.sel(cell)))) == row[field]
                seen += 1
    assert seen == 18 * 4
