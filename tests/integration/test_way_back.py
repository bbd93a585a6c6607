"""Every published figure of the examples is recomputed from its cells; another reader reads the cells."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from quality.proof import Proof
from tests.conftest import ExampleRun
from warehouse import contracts
from warehouse.formulas import recompute, registry

pytestmark = pytest.mark.integration
SAMPLE = 150
ACTIVE = {"True": "aktif", "False": "tidak aktif"}


def rows(published: Path, name: str, where: str = "true") -> list[dict[str, Any]]:
    with duckdb.connect(str(published), read_only=True) as con:
        return contracts.as_rows(con.sql(f'SELECT * FROM "{name}" WHERE {where}').to_arrow_table())


@pytest.fixture(scope="module", params=["examples", "bare_examples"])
def published(request: pytest.FixtureRequest) -> Path:
    ran: ExampleRun = request.getfixturevalue(request.param)
    return ran.published


def figures(published: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(published, name) for name in contracts.names("mart")}


def test_every_published_figure_follows_from_its_cells(published: Path) -> None:
    tables = figures(published)
    proof = Proof(rows(published, "jejak"), tables)
    assert list(proof.faults()) == []
    told = sum(
        row[column] is not None
        for name, found in tables.items()
        for row in found
        if row["status_terbit"] == "terbit"
        for column in contracts.table(name).figures
    )
    assert proof.proven() == told > 1_000


def test_every_trail_ends_in_cells_choices_or_constants(published: Path) -> None:
    trail = rows(published, "jejak")
    there = {(s["tabel"], s["kunci"], s["kolom"]) for s in trail}
    dead = [
        s
        for s in trail
        if s["jenis"] == "angka"
        and s["nilai"] is not None
        and (s["rujuk_tabel"], s["rujuk_kunci"], s["rujuk_kolom"]) not in there
    ]
    assert dead == []


def test_a_figure_that_was_altered_is_named(examples: ExampleRun) -> None:
    tables = figures(examples.published)
    row = next(r for r in tables["capaian_iku"] if r["capaian_persen"] is not None)
    row["capaian_persen"] += Decimal("0.000000000001")
    named = {(f.tabel, f.kolom) for f in Proof(rows(examples.published, "jejak"), tables).faults()}
    assert named == {("capaian_iku", "capaian_persen")}


def test_an_operand_that_was_altered_is_named(examples: ExampleRun) -> None:
    trail = rows(examples.published, "jejak")
    step = next(s for s in trail if s["jenis"] == "sel" and s["kolom"] == "realisasi" and s["nilai"])
    step["nilai"] = str(Decimal(step["nilai"]) + 1)
    faults = list(Proof(trail, figures(examples.published)).faults())
    assert (step["tabel"], step["kunci"]) in {(f.tabel, f.kunci) for f in faults}
    assert len(faults) < 20, "one cell reaches what rests on it and nothing else"


def test_each_formula_of_a_trail_is_explained_and_recomputed(published: Path) -> None:
    used = {s["rumus"] for s in rows(published, "jejak")}
    assert recompute.missing(used) == []
    explained = {r.id for r in registry.semua()}
    assert used <= explained and set(recompute.known()) <= explained


# --- the cells, by another reader --------------------------------------------------------------------


@cache
def sheet(path: Path, name: str) -> Any:
    return openpyxl.load_workbook(path, data_only=True)[name]


def printed(path: Path, lembar: str, sel: str) -> tuple[Any, str]:
    """What stands in a cell, and its number format."""
    if path.suffix == ".csv":
        letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", sel).groups()  # type: ignore[union-attr]
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.reader(text.splitlines(), delimiter=max(";,", key=text.count)))
        return lines[int(digits) - 1][openpyxl.utils.column_index_from_string(letters) - 1], "General"
    cell = sheet(path, lembar)[sel]
    return cell.value, cell.number_format


def readings(value: Any, number_format: str) -> Iterator[Decimal]:
    """Every number that a printed cell can mean."""
    if isinstance(value, dt.time):
        value = f"{value.hour}:{value.minute}"
    if isinstance(value, int | float):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        yield number
        if "%" in number_format:
            yield number * 100
        return
    text = str(value).strip()
    if text == "-":
        yield Decimal(0)
    if pair := re.fullmatch(r"0*(\d+)\s*:\s*0*(\d+)(:00)?", text):
        share = Fraction(int(pair[1]), int(pair[2]))
        for times in (1, 100):
            yield Decimal((share * times).numerator) / Decimal((share * times).denominator)
    bare = re.search(r"-?\d[\d.,]*", text)
    if bare:
        for said in (bare[0].replace(".", "").replace(",", "."), bare[0].replace(",", "")):
            try:
                yield Decimal(said)
            except InvalidOperation:
                continue


def agrees(said: str, value: Any, number_format: str) -> bool:
    try:
        number = contracts.stored(Decimal(said), "decimal(24,12)")
    except InvalidOperation:
        plain = " ".join(str(value).split()).casefold()
        return plain in {
            " ".join(said.split()).casefold(),
            {"True": "aktif", "False": "tidak aktif"}.get(said),
        }
    return any(contracts.stored(r, "decimal(24,12)") == number for r in readings(value, number_format))


def test_reported_cells_hold_what_the_trail_says(examples: ExampleRun) -> None:
    steps = rows(
        examples.published,
        "jejak",
        "jenis = 'sel' AND nilai IS NOT NULL AND koreksi_id IS NULL "
        "AND regexp_full_match(sel, '[A-Z]+[0-9]+')",
    )
    stored = {p.parent.name: p for p in (examples.home / "raw").glob("*/files/*/*")}
    chosen = random.Random(14).sample(sorted(steps, key=str), SAMPLE)
    wrong = []
    for step in chosen:
        path = stored[step["berkas_id"][:12]]
        value, form = printed(path, step["lembar"], step["sel"])
        if not agrees(step["nilai"], value, form):
            wrong.append((path.name, step["lembar"], step["sel"], value, step["tabel"], step["nilai"]))
    assert wrong == []
