"""Quarterly grids of a city in PDF: every row read, and proven by the sums and percentages they print."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pypdfium2 as pdfium
import pytest

from assets.clean import kinerja_program, realisasi_program
from assets.clean.triwulan_rows import GRID
from assets.passing import Context
from assets.readers import reading, vocabulary
from assets.readers.opening import open_book
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.programs import find_program
from warehouse.regions import Regions
from warehouse.values.codes import tingkat_program
from warehouse.values.numbers import parse_number

FOLDER = Path(os.environ.get("LUMBUNG_REALDATA", "tidak ada")) / "triwulan_tangsel"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="LUMBUNG_REALDATA names no folder"),
]
QUARTERS = ("2023-TW1", "2023-TW2")
CITY = "3674"
Row = dict[str, Any]


@cache
def _read(name: str) -> tuple[reading.FileRead, pa.Table]:
    """What the file holds, and the rows of all its pages as extract hands them over."""
    found, rows = reading.read(open_book(FOLDER / name), "f" * 64, vocabulary.load())
    parts = []
    for table, arrow in zip(found.tables, rows, strict=True):
        same = {"berkas_id": "f1", "lembar": table.lembar, "kode_unit": CITY, "periode": None, "judul": None}
        fixed = {k: pa.array([v] * arrow.num_rows, pa.string()) for k, v in same.items()}
        at = pa.array([table.tabel_ke] * arrow.num_rows, pa.int64())
        parts.append(pa.table({**fixed, "tabel_ke": at, **{n: arrow.column(n) for n in arrow.column_names}}))
    whole = pa.concat_tables(parts)
    return found, whole.replace_schema_metadata({"fields": ",".join(found.tables[0].fields)})


def _context() -> Context:
    return Context(Regions.load(), Catalogue.load(), Choices.load({}))


@pytest.mark.parametrize(
    ("name", "pages", "rows"),
    [("BPBD.pdf", 4, 57), ("bapenda.pdf", 4, 57), ("bkpsdm.pdf", 5, 80), ("kewilayahan1.pdf", 10, 141)],
)
def test_every_row_of_every_page_is_read_and_no_column_is_left_over(name: str, pages: int, rows: int) -> None:
    found, table = _read(name)
    assert {t.tabel for t in found.tables} == {GRID} and len(found.lembar) == pages
    assert table.num_rows == rows and sum(s["tidak_dikenal"] for s in found.lembar) == 0
    assert [t.kolom_asing for t in found.tables] == [[]] * pages
    assert [s["dibaca"] for s in found.lembar][1:] == [s["data"] for s in found.lembar][1:]
    letters = {c["field"]: c["kolom"] for c in found.tables[-1].kolom}
    assert [letters[f"realisasi@{q}"] for q in QUARTERS] == ["D", "F"]
    assert found.findings == []


def test_numbers_that_blanks_are_printed_over_are_whole() -> None:
    """``7 4``, ``8 7 1 0`` and ``2 , 6 0 %`` are what other programs copy out of this file."""
    _, table = _read("bapenda.pdf")
    outputs = {t for t in table["realisasi_kinerja@2023-TW2"].to_pylist() if t}
    assert {"74", "8710", "2,60%"} <= outputs and not any(" " in t for t in outputs)


def _amount(row: Row, quarter: str) -> Decimal | None:
    return parse_number(row[f"realisasi@{quarter}"] or "", "money")


def _parents(rows: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Office and its programmes; the programme of support and its kegiatan; those and what follows."""
    office = program = kegiatan = None
    below: dict[int, list[Row]] = defaultdict(list)
    order: list[Row] = []

    def under(parent: Row | None, row: Row) -> None:
        if parent is not None:
            below[id(parent)].append(row)

    for row in rows:
        name = row["uraian"] or ""
        if row["format_sel"][4] == "^" or not name:
            continue
        kode = find_program(name, "7.01.01") if program is not None and program["penunjang"] else None
        if not row["indikator"]:
            office, program, kegiatan = row, None, None
        elif name.startswith("PROGRAM"):
            under(office, row)
            row["penunjang"] = find_program(name) == "7.01.01"
            program, kegiatan = row, None
        elif kode is not None and tingkat_program(kode) == "kegiatan":
            under(program, row)
            kegiatan = row
        else:
            under(kegiatan, row)
        order.append(row)
    return ((row, below[id(row)]) for row in order if below[id(row)])


@pytest.mark.parametrize(
    ("name", "agree", "of"), [("BPBD.pdf", 7, 14), ("bapenda.pdf", 10, 16), ("bkpsdm.pdf", 20, 20)]
)
def test_what_agencies_print_as_sums(name: str, agree: int, of: int) -> None:
    """Two of the files contradict themselves; that each number is as printed is proven by its box below."""
    told = [
        _amount(parent, quarter) == sum((_amount(row, quarter) or Decimal(0)) for row in each)
        for parent, each in _parents(_read(name)[1].to_pylist())
        for quarter in QUARTERS
    ]
    assert (sum(told), len(told)) == (agree, of)


def test_what_three_kecamatan_print_as_sums_adds_up_but_for_one() -> None:
    """Through the cleaner itself: running sums per quarter, levels by the national names."""
    _, table = _read("kewilayahan1.pdf")
    agree, wrong = 0, []
    for office in dict.fromkeys(table["perangkat_daerah"].to_pylist()):
        own = table.filter(pc.equal(table["perangkat_daerah"], office))
        sifted = realisasi_program.clean({GRID: own}, _context())
        assert isinstance(sifted.accepted, list) and not sifted.rejected
        for quarter in QUARTERS:
            said = {r["kode"]: r for r in sifted.accepted if r["periode"] == quarter}
            below: dict[str, list[Row]] = defaultdict(list)
            for row in said.values():
                below[row["kode_induk"]].append(row)
            for kode in below.keys() & said.keys():
                total = sum(r["realisasi"] for r in below[kode])
                agree += said[kode]["realisasi"] == total
                if said[kode]["realisasi"] != total:
                    wrong.append((office, quarter, kode, said[kode]["realisasi"] - total))
    assert agree == 105
    # The office's own slip in the first quarter, made good in the second.
    assert wrong == [("Kec. Pamulang", "2023-TW1", "7.01.01.2.01", 12_140_000)]


def test_percentages_of_two_quarters_rest_on_one_budget() -> None:
    """K is money by budget: both quarters give the same budget, within the two decimals printed."""
    agree, of = 0, 0
    half = Decimal("0.005")
    for path in sorted(FOLDER.glob("*.pdf")):
        for row in _read(path.name)[1].to_pylist():
            outputs = [row[f"realisasi_kinerja@{q}"] or "" for q in QUARTERS]
            amounts = [_amount(row, q) for q in QUARTERS]
            if not all(t.endswith("%") for t in outputs) or not all(amounts):
                continue
            low, high = Decimal(0), Decimal("Infinity")
            for text, amount in zip(outputs, amounts, strict=True):
                percent = parse_number(text, "percent")
                assert percent is not None and amount is not None
                low, high = max(low, amount / (percent + half)), min(high, amount / (percent - half))
            of += 1
            agree += low <= high
    assert (agree, of) == (16, 19)


def test_a_file_of_several_kecamatan_or_of_another_agency_is_balanced_and_published_nowhere() -> None:
    for name in ("BPBD.pdf", "bkpsdm.pdf", "kewilayahan1.pdf"):
        _, table = _read(name)
        outputs = kinerja_program.clean({GRID: table}, _context())
        money = realisasi_program.clean({GRID: table}, _context())
        assert outputs.accepted == [] and money.accepted == []
        assert len(outputs.rejected) == table.num_rows
        assert {f.aturan for f in outputs.findings} == {"bukan_kecamatan"} and money.findings == []


@pytest.mark.parametrize("name", ["BPBD.pdf", "bapenda.pdf", "bkpsdm.pdf", "kewilayahan1.pdf"])
def test_the_box_of_every_number_holds_that_number(name: str) -> None:
    """Asked of pdfium by box, not by letter: what stands at the address is the value told."""
    document = pdfium.PdfDocument(FOLDER / name)
    checked = 0
    for grid in open_book(FOLDER / name).lembar:
        page = document[(grid.halaman or 0) - 1]
        height, text = page.get_height(), page.get_textpage()
        for said, box in (
            (t, b)
            for row, boxes in zip(grid.teks, grid.kotak, strict=True)
            for t, b in zip(row, boxes, strict=True)
        ):
            if box and any(ch.isdigit() for ch in said):
                there = text.get_text_bounded(box[0], height - box[3], box[2], height - box[1])
                assert _plain(there) == _plain(said), (grid.lembar, said, there)
                checked += 1
    assert checked > 140


def _plain(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum() or ch in ",.%")
