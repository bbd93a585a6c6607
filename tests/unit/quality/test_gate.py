from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from quality.finding import Finding
from quality.gate import RunStopped, stop_if_meaningless, withhold
from quality.rule import RuleBook
from tests.unit.quality.rows import BERKAS, table
from tests.unit.quality.test_findings import a_rule, waiver
from warehouse import contracts
from warehouse.trail import Cell, Choice, Figure, Source, Step

BOOK = RuleBook(
    [
        a_rule(pesan="Tertulis {tertulis}.", akibat_lain=("ingat",)),
        a_rule(id="lain", pesan="Lain {tertulis}."),
        a_rule(id="ringan", akibat="ingat"),
        a_rule(id="berhenti", akibat="henti", pesan="Basis wilayah rusak.", cara="Pasang ulang."),
    ]
)
DESA = {f"63010320{n:02d}": f"kode_desa=63010320{n:02d};tahun=2025;metode=IDM" for n in (1, 2, 3)}
KODE = list(DESA)


def status(*names: str) -> Any:
    return table(
        "status_desa",
        *(
            {
                "kode_desa": k,
                "metode": "IDM",
                "skor": "0.7",
                "status": "MAJU",
                "desa": "D",
                "versi_aturan": "v2",
            }
            for k in names or KODE
        ),
    )


def desa(n: int, kolom: str = "skor") -> Figure:
    return Figure("status_desa", DESA[KODE[n]], kolom)


def cell(baris: int = 5, field: str = "nilai@2025", **more: Any) -> Cell:
    return Cell(BERKAS, more.pop("lembar", "IDM"), 1, baris, field, **more)


def step(figure: Figure, source: Source) -> Step:
    return Step(figure, "rumus", "peran", "1", source)


def finding(where: Cell | None = None, **change: Any) -> Finding:
    place = {"berkas_id": where.berkas_id, "lembar": where.lembar, "cell": where} if where else {}
    return Finding(**({"aturan": "contoh", "tertulis": "x", **place} | change))


def states(table_: Any, key: str = "kode_desa") -> dict[str, str]:
    return {r[key]: r["status_terbit"] for r in contracts.as_rows(table_)}


# A village score rests on its own cell, the share of the kecamatan on all of them, the efficiency on that.
IKU = Figure("capaian_iku", "kode_unit=630103;periode=2025;kode_indikator=persen_desa_mandiri", "realisasi")
EFISIENSI = Figure(
    "efisiensi", "kode_unit=630103;periode=2025;kode_indikator=persen_desa_mandiri;rumus=E", "efisiensi"
)
STEPS = [
    *(step(desa(n), cell(5 + n)) for n in range(3)),
    *(step(IKU, desa(n)) for n in range(3)),
    step(IKU, Choice("penyebut_desa", "desa")),
    step(EFISIENSI, IKU),
    step(EFISIENSI, None),
]


def marts() -> dict[str, Any]:
    iku = {"kode_indikator": "persen_desa_mandiri", "realisasi": "80", "indikator": "Persentase Desa Mandiri"}
    other = {"kode_indikator": "ikm", "realisasi": "95.54"}
    return {
        "status_desa": status(),
        "capaian_iku": table("capaian_iku", iku, other),
        "efisiensi": table(
            "efisiensi", {"kode_indikator": "persen_desa_mandiri", "rumus": "E", "efisiensi": "24"}
        ),
    }


def test_without_findings_everything_goes_out_untouched() -> None:
    given = marts()
    out, withheld = withhold(given, STEPS, [finding(cell(5), aturan="ringan")], BOOK)
    assert withheld == []
    assert all(out[n] is given[n] for n in given)


def test_a_cell_withholds_what_rests_on_it_and_siblings_go_out() -> None:
    out, withheld = withhold(marts(), STEPS, [finding(cell(6), tertulis="0,99")], BOOK)
    assert states(out["status_desa"]) == {KODE[0]: "terbit", KODE[1]: "ditahan", KODE[2]: "terbit"}
    assert states(out["capaian_iku"], "kode_indikator") == {"persen_desa_mandiri": "ditahan", "ikm": "terbit"}
    assert states(out["efisiensi"], "rumus") == {"E": "ditahan"}
    assert [(w.tabel, w.status_terbit) for w in withheld] == [
        ("capaian_iku", "ditahan"),
        ("efisiensi", "ditahan"),
        ("status_desa", "ditahan"),
    ]
    assert {w.alasan for w in withheld} == {"contoh: Tertulis 0,99."}


def test_a_withheld_row_keeps_its_identity_and_loses_its_figures() -> None:
    out, _ = withhold(marts(), STEPS, [finding(cell(6))], BOOK)
    row = contracts.as_rows(out["status_desa"])[1]
    assert (row["kode_desa"], row["desa"], row["kode_unit"]) == (KODE[1], "D", None)
    assert all(row[c] is None for c in contracts.table("status_desa").figures)
    iku = next(
        r for r in contracts.as_rows(out["capaian_iku"]) if r["kode_indikator"] == "persen_desa_mandiri"
    )
    assert (iku["indikator"], iku["realisasi"]) == ("Persentase Desa Mandiri", None)


def test_a_withheld_row_published_before_stays_stale() -> None:
    before = [
        {**contracts.as_rows(status(KODE[1]))[0], "skor": Decimal("0.6"), "versi_aturan": "v1"},
        {**contracts.as_rows(status(KODE[2]))[0], "skor": None, "status": None, "status_terbit": "ditahan"},
    ]
    found = [finding(cell(6)), finding(cell(7))]
    out, _ = withhold(marts(), STEPS, found, BOOK, {"status_desa": before})
    rows = {r["kode_desa"]: r for r in contracts.as_rows(out["status_desa"])}
    stale = rows[KODE[1]]
    assert (stale["status_terbit"], stale["skor"], stale["versi_aturan"]) == ("basi", Decimal("0.6"), "v1")
    assert stale["alasan"] == "contoh: Tertulis x."
    assert rows[KODE[2]]["status_terbit"] == "ditahan"


def test_stale_stays_stale_as_long_as_it_is_withheld() -> None:
    first, _ = withhold({"status_desa": status()}, STEPS, [], BOOK)
    second, _ = withhold(
        {"status_desa": status()},
        STEPS,
        [finding(cell(6))],
        BOOK,
        {"status_desa": contracts.as_rows(first["status_desa"])},
    )
    third, _ = withhold(
        {"status_desa": status()},
        STEPS,
        [finding(cell(6))],
        BOOK,
        {"status_desa": contracts.as_rows(second["status_desa"])},
    )
    assert second["status_desa"].equals(third["status_desa"])


def test_a_row_that_a_mart_withheld_keeps_its_reason_and_may_be_stale() -> None:
    held = {"kode_desa": KODE[0], "metode": "IDM", "status_terbit": "ditahan", "alasan": "skor tidak ada"}
    out, withheld = withhold(
        {"status_desa": table("status_desa", held)},
        [],
        [],
        BOOK,
        {"status_desa": contracts.as_rows(status(KODE[0]))},
    )
    (row,) = contracts.as_rows(out["status_desa"])
    assert (row["status_terbit"], row["alasan"], row["skor"]) == ("basi", "skor tidak ada", Decimal("0.7"))
    assert len(withheld) == 1


def test_a_side_figure_is_withheld_alone() -> None:
    # The index counts scores; the printed status of village 2 is contradicted, and nothing rests on it.
    found = finding(figures=(desa(1, "status_tercetak"),))
    out, withheld = withhold(marts(), STEPS, [found], BOOK)
    row = next(r for r in contracts.as_rows(out["status_desa"]) if r["kode_desa"] == KODE[1])
    assert row["status_terbit"] == "terbit" and row["skor"] is not None
    assert row["status_tercetak"] is None and row["alasan"].startswith("status_tercetak ditahan: ")
    assert [w.tabel for w in withheld] == ["status_desa"]
    assert set(states(out["capaian_iku"], "kode_indikator").values()) == {"terbit"}


def test_a_row_may_be_withheld_alone() -> None:
    out, withheld = withhold(marts(), STEPS, [finding(figures=(desa(1, "."),))], BOOK)
    assert states(out["status_desa"])[KODE[1]] == "ditahan"
    assert [w.tabel for w in withheld] == ["status_desa"]


def test_a_finding_may_name_a_whole_row() -> None:
    out, _ = withhold(marts(), STEPS, [finding(figures=(desa(1, "*"),))], BOOK)
    assert states(out["capaian_iku"], "kode_indikator")["persen_desa_mandiri"] == "ditahan"


@pytest.mark.parametrize(
    "change",
    [
        {"koreksi_id": "K-1"},
        {"akibat": "ingat"},
        {"holds_cell": False},
        {"cell": cell(6, lembar="Lain")},
        {"cell": cell(6, "desa")},
        {"cell": cell(6, "nilai@2024")},
    ],
)
def test_these_withhold_nothing(change: dict[str, Any]) -> None:
    _, withheld = withhold(marts(), STEPS, [finding(**({"cell": cell(6)} | change))], BOOK)
    assert withheld == []


def test_a_waived_finding_withholds_nothing_until_the_waiver_expires() -> None:
    waivers = [waiver(di={"berkas_id": BERKAS})]
    given = {
        "marts": marts(),
        "steps": STEPS,
        "findings": [finding(cell(6))],
        "book": BOOK,
        "waivers": waivers,
    }
    assert withhold(**given, today=dt.date(2026, 1, 15))[1] == []
    assert len(withhold(**given, today=dt.date(2026, 1, 16))[1]) == 3


@pytest.mark.parametrize(
    ("wrong", "reached"),
    [
        (cell(8, "u3"), True),
        (cell(4, "u3"), False),
        (cell(155, "u9"), True),
        (cell(156, "u9"), False),
        (cell(1, "u1", sampai_baris=5), True),
        (cell(0, "u1"), True),
        (cell(8, "u1", lembar="TW2"), False),
    ],
)
def test_a_range_is_reached_through_any_of_its_cells(wrong: Cell, reached: bool) -> None:
    wide = cell(5, "u1", sampai_baris=155, sampai_field="u9")
    _, withheld = withhold({"status_desa": status()}, [step(desa(0), wide)], [finding(wrong)], BOOK)
    assert bool(withheld) is reached


@pytest.mark.parametrize(("wrong", "reached"), [("u1", True), ("u2", False)])
def test_a_range_of_one_column_is_reached_through_that_column(wrong: str, reached: bool) -> None:
    wide = cell(5, "u1", sampai_baris=155)
    _, withheld = withhold({"status_desa": status()}, [step(desa(0), wide)], [finding(cell(9, wrong))], BOOK)
    assert bool(withheld) is reached


def test_a_range_of_wrong_cells_reaches_each() -> None:
    _, withheld = withhold(
        {"status_desa": status()}, STEPS, [finding(cell(6, "nilai", sampai_baris=900))], BOOK
    )
    assert [w.kunci for w in withheld] == [DESA[KODE[1]], DESA[KODE[2]]]


@pytest.mark.parametrize(("lembar", "reached"), [("IDM", True), ("Lain", False), (None, True)])
def test_a_finding_about_a_whole_sheet_reaches_all_that_rests_on_it(
    lembar: str | None, reached: bool
) -> None:
    found = finding(berkas_id=BERKAS, lembar=lembar)
    _, withheld = withhold({"status_desa": status()}, STEPS, [found], BOOK)
    assert len(withheld) == (3 if reached else 0)


def test_a_finding_with_figures_and_no_cell_does_not_reach_its_whole_file() -> None:
    found = finding(berkas_id=BERKAS, figures=(desa(0),))
    _, withheld = withhold({"status_desa": status()}, STEPS, [found], BOOK)
    assert [w.kunci for w in withheld] == [DESA[KODE[0]]]


def test_several_causes_of_one_row_are_all_told_in_a_settled_order() -> None:
    found = [
        finding(figures=(desa(0, "status"),), aturan="lain", tertulis="b"),
        finding(figures=(desa(0, "skor"),), tertulis="a"),
    ]
    for order in (found, found[::-1]):
        _, (held,) = withhold({"status_desa": status()}, [], order, BOOK)
        assert held.alasan == "contoh: Tertulis a.; lain: Lain b."


def test_reasons_carry_no_file_names() -> None:
    book = RuleBook([a_rule(pesan="Berkas {berkas} sel {sel}.")])
    _, withheld = withhold(
        {"status_desa": status()}, STEPS, [finding(cell(6))], book, berkas_names={BERKAS: "rahasia.xlsx"}
    )
    assert withheld[0].alasan == f"contoh: Berkas {BERKAS[:12]} sel baris 6."


def test_figures_that_rest_on_each_other_in_a_ring_end() -> None:
    ring = [step(desa(0), desa(1)), step(desa(1), desa(0)), step(desa(1), cell(5))]
    _, withheld = withhold({"status_desa": status()}, ring, [finding(cell(5))], BOOK)
    assert len(withheld) == 2


def test_henti_stops_before_anything_is_published() -> None:
    stop_if_meaningless([finding(cell(6))], BOOK)
    with pytest.raises(RunStopped, match=r"Basis wilayah rusak\. Pasang ulang\."):
        stop_if_meaningless([finding(aturan="berhenti")], BOOK)


def test_time_grows_with_the_size_and_not_its_square() -> None:
    def took(n: int) -> float:
        key = "kode_desa={};tahun=2025;metode=IDM"
        figures = [Figure("status_desa", key.format(i), "skor") for i in range(n)]
        steps = [step(f, cell(i)) for i, f in enumerate(figures)]
        steps += [step(later, earlier) for earlier, later in pairwise(figures)]
        found = [finding(cell(i), tertulis=str(i)) for i in range(0, n, 10)]
        begun = time.process_time()
        withhold({"status_desa": status()}, steps, found, BOOK)
        return time.process_time() - begun

    took(500)
    small, large = took(2_000), took(20_000)
    assert large < 40 * max(small, 0.01)


def _compared(unit: str, nilai: str, peringkat: int, **more: Any) -> dict[str, Any]:
    return {
        "kode_indikator": "serapan",
        "tahun": 2025,
        "lingkup": "kab:6301",
        "kode_pembanding": unit,
        "nilai": nilai,
        "peringkat": peringkat,
        "dari": 4,
        "persentil": "0",
        **more,
    }


def test_a_withheld_region_leaves_its_scope_and_the_others_move_up() -> None:
    regions = [
        _compared("630101", "99", 1),
        _compared("630102", "95", 2),
        _compared("630103", "95", 2),
        _compared("630104", "90", 4, alasan="hanya 4 dari 11"),
        _compared("630201", "90", 2, lingkup="kab:6302"),
    ]
    best = Figure(
        "banding", "kode_indikator=serapan;tahun=2025;lingkup=kab:6301;kode_pembanding=630101", "nilai"
    )
    out, _ = withhold({"banding": table("banding", *regions)}, [], [finding(figures=(best,))], BOOK)
    rows = {r["kode_pembanding"]: r for r in contracts.as_rows(out["banding"])}
    assert rows["630101"]["status_terbit"] == "ditahan" and rows["630101"]["peringkat"] is None
    told = {k: (r["peringkat"], r["dari"], r["persentil"]) for k, r in rows.items()}
    assert [told[k] for k in ("630102", "630103", "630104")] == [(1, 3, 100), (1, 3, 100), (3, 3, 0)]
    assert rows["630104"]["alasan"] == "hanya 4 dari 11; 1 wilayah ditahan dan tidak diperingkat"
    assert (told["630201"][:2], rows["630201"]["alasan"]) == ((2, 4), None)  # another scope


def test_a_withheld_region_without_a_rank_moves_nobody() -> None:
    gone = _compared("630101", "99", 1) | dict.fromkeys(("peringkat", "nilai", "dari", "persentil"))
    rest = [_compared("630102", "95", 1, dari=1), gone]
    empty = Figure(
        "banding", "kode_indikator=serapan;tahun=2025;lingkup=kab:6301;kode_pembanding=630101", "nilai"
    )
    out, _ = withhold({"banding": table("banding", *rest)}, [], [finding(figures=(empty,))], BOOK)
    first = next(r for r in contracts.as_rows(out["banding"]) if r["kode_pembanding"] == "630102")
    assert (first["peringkat"], first["dari"], first["alasan"]) == (1, 1, None)
