"""The likeliest wrong cell: planted slips in consistent amounts are found again, clean ones raise nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from quality.finding import Finding
from quality.suspect.edits import edit
from quality.suspect.gather import webs
from quality.suspect.name import with_suspects
from quality.suspect.relations import Fact, Percent, Sum
from quality.suspect.search import Web
from warehouse import contracts
from warehouse.trail import Cell

UNIT, PERIODE = "630103", "2025"


def cell(baris: int, field: str = "pagu") -> Cell:
    return Cell("b" * 64, "Realisasi", 1, baris, field)


def web(total: str, *parts: str, twin: str | None = None) -> Web:
    """A total in row 1, its parts below; ``twin`` says the first part again elsewhere."""
    amounts = [Decimal(v) for v in (total, *parts)]
    facts = [Fact(cell(n), f"baris {n}", str(n), "pagu", v) for n, v in enumerate(amounts, 1)]
    cells = [f.cell for f in facts]
    relations = [Sum(cells[0], tuple(cells[1:]), Decimal("0.01") * len(parts))]
    if twin is not None:
        facts.append(Fact(cell(99), "kembar", "99", "pagu", Decimal(twin)))
        relations.append(Sum(cells[1], (cell(99),), Decimal("0.01")))
    return Web(facts, relations)


@pytest.mark.parametrize(
    ("printed", "due", "said"),
    [
        ("9331555.88", "9311555.88", "satu angka berbeda (3 seharusnya 1)"),
        ("4.980", "3.980", "satu angka berbeda (4 seharusnya 3)"),
        ("1324", "1234", "dua angka bersebelahan tertukar"),
        ("12334", "1234", "satu angka berlebih"),
        ("124", "1234", "satu angka hilang"),
        ("1234000", "1234", "bergeser 3 tempat desimal"),
        ("-500", "500", "tanda minus hilang atau berlebih"),
    ],
)
def test_a_slip_is_named(printed: str, due: str, said: str) -> None:
    found = edit(Decimal(printed), Decimal(due))
    assert found is not None and found.teks == said


@pytest.mark.parametrize(("printed", "due"), [("1000", "2345"), ("0", "5"), ("1432", "1234"), ("12", "-13")])
def test_what_no_single_slip_explains_is_not_named(printed: str, due: str) -> None:
    assert edit(Decimal(printed), Decimal(due)) is None


def test_a_cell_that_two_relations_accuse_is_the_suspect() -> None:
    found = web("600", "120", "200", "300", twin="100")
    (suspect,) = found.suspects(found.broken([cell(1)]))
    assert suspect.fact.cell == cell(2) and suspect.nilai == 100 and suspect.terpenuhi == suspect.semua == 2


def test_a_change_that_breaks_another_relation_is_none() -> None:
    # The first part agrees with its twin, so it is not the one, though one digit of it would do.
    found = web("600", "110", "200", "300", twin="110")
    assert cell(2) not in {s.fact.cell for s in found.suspects(found.broken([cell(1)]))}


def test_percentages_speak_for_their_operands() -> None:
    printed = {"pagu": "9331555.88", "realisasi": "8756868", "persen": "94.04"}
    facts = [Fact(cell(1, k), "a", "1", k, Decimal(v)) for k, v in printed.items()]
    relation = Percent(cell(1, "persen"), cell(1, "realisasi"), cell(1, "pagu"), 2)
    values = {f.cell: f.nilai for f in facts}
    assert not relation.holds(values)
    assert relation.holds({**values, cell(1, "pagu"): Decimal("9311555.88")})


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        ("3500", ("1200", "2300", "4100"), "baris 4 tidak ikut dijumlahkan"),
        ("7600", ("1200", "2300", "2900"), "baris 2 terhitung dua kali"),
    ],
)
def test_a_difference_that_is_a_known_figure_is_named(total: str, parts: tuple[str, ...], said: str) -> None:
    found = web(total, *parts)
    (broken,) = found.broken([cell(1)])
    assert isinstance(broken, Sum) and (found.known_as(broken) or ("",))[0] == said


# --- from the tables -----------------------------------------------------------------------------------
def account(n: int, kode: str, pagu: str, realisasi: str) -> dict[str, Any]:
    persen = (Decimal(realisasi) * 100 / Decimal(pagu)).quantize(Decimal("0.01"))
    return {
        "kode_unit": UNIT, "periode": PERIODE, "kode": kode, "uraian": f"Belanja {kode}", "tingkat": "jenis",
        "pagu": Decimal(pagu), "realisasi": Decimal(realisasi), "persen_tercetak": persen,
        "berkas_id": "b" * 64, "lembar": "LRA", "tabel_ke": 1, "baris": n,
    }  # fmt: skip


def tree() -> list[dict[str, Any]]:
    """An account tree in which everything adds up."""
    leaves = {
        "5.1.01": ("7412300", "7001200"),
        "5.1.02": ("2345678", "2111111"),
        "5.2.01": ("998877", "876543"),
    }
    sums: dict[str, list[Decimal]] = {}
    for kode, values in leaves.items():
        for above in ("5", kode[:3]):
            held = sums.setdefault(above, [Decimal(0), Decimal(0)])
            held[0] += Decimal(values[0])
            held[1] += Decimal(values[1])
    whole = {**{k: (str(v[0]), str(v[1])) for k, v in sums.items()}, **leaves}
    return [account(n, kode, *whole[kode]) for n, kode in enumerate(sorted(whole), 8)]


def found_in(rows: list[dict[str, Any]]) -> Web:
    tables = {"clean_realisasi_rekening": contracts.build("clean_realisasi_rekening", rows)}
    return webs(tables, {(UNIT, PERIODE)})[UNIT, PERIODE]


def test_a_clean_tree_has_no_suspect() -> None:
    found = found_in(tree())
    assert len(found.facts) == 18 and found.broken(found.facts) == []


@pytest.mark.parametrize("seed", range(60))
def test_one_planted_slip_is_the_first_suspect(seed: int) -> None:
    chance = random.Random(seed)
    rows = tree()
    row = chance.choice(rows)
    column = chance.choice(["pagu", "realisasi"])
    right = row[column]
    digits = str(int(right))
    place = chance.randrange(1, len(digits) - 1)
    wrong = digits[:place] + str((int(digits[place]) + chance.randrange(1, 9)) % 10) + digits[place + 1 :]
    row[column] = Decimal(wrong)
    found = found_in(rows)
    suspects = found.suspects(found.broken(found.facts))
    # A slip of a few digits at the end leaves the printed percentage as it was: then its siblings are equals.
    assert (row["baris"], column, right) in [(s.fact.cell.baris, s.fact.kolom, s.nilai) for s in suspects]
    assert len(suspects) == 1 or abs(right - row[column]) * 100 < right


def test_findings_say_it_and_others_stay_as_they_are() -> None:
    rows = tree()
    rows[2]["pagu"] += 2000
    tables = {"clean_realisasi_rekening": contracts.build("clean_realisasi_rekening", rows)}
    accused = Cell.of(rows[2], "pagu")
    found = Finding("jumlah_rekening", cell=Cell.of(rows[1], "pagu"), kode_unit=UNIT, periode=PERIODE)
    found = replace(found, related=(accused,))
    other = Finding("persen_rekening", cell=accused, kode_unit=UNIT, periode=PERIODE)
    named, same = with_suspects([found, other], tables, ["jumlah_rekening"])
    assert same is other
    assert named.suspects == (accused,)
    assert named.dugaan is not None and "tertulis 7.414.300" in named.dugaan and "7.412.300" in named.dugaan
    assert named.dugaan_en is not None and named.dugaan_en.startswith("Most likely")
