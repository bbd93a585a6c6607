"""History: every change once, with its cause; a restatement with its reason, or the word that it has none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.publish import history
from assets.publish.causes import Cause
from warehouse import contracts

FIRST = dt.datetime(2026, 1, 5, 6)
LATER = dt.datetime(2026, 4, 5, 6)
LAST = dt.datetime(2026, 5, 5, 6)
NO_FINDINGS = contracts.build("temuan", [])
NEW = Cause("berkas_baru", "berkas baru: a.xlsx")
REPLACED = Cause("berkas_diganti", "b.xlsx menggantikan a.xlsx")
WITHDRAWN = Cause("berkas_ditarik", "a.xlsx ditarik: salah kirim", "salah kirim")


def layanan(*jumlah: int | None, periode: str = "2025") -> dict[str, pa.Table]:
    rows = [
        {"kode_unit": "630103", "periode": periode, "kode_layanan": f"l{i}", "layanan": "x", "jumlah": n}
        for i, n in enumerate(jumlah)
    ]
    return {"layanan": contracts.build("layanan", rows)}


def record(
    marts: dict[str, pa.Table],
    folder: Path,
    moment: dt.datetime,
    cause: Cause = NEW,
    temuan: pa.Table = NO_FINDINGS,
    alasan: str | None = None,
) -> int:
    run = history.Run(moment, moment.isoformat(), alasan)
    events = history.changes(marts, folder, run, lambda _: cause)
    history.append(folder, events, temuan, run)
    return int(events.num_rows)


def kept(folder: Path, kunci: str) -> list[dict[str, Any]]:
    rows = contracts.as_rows(history.tables(folder)["riwayat_angka"])
    return [r for r in rows if r["kolom"] == "jumlah" and kunci in r["kunci"]]


def spans(folder: Path, kunci: str) -> list[tuple[Any, ...]]:
    return [(r["nilai"], r["tercatat_pada"], r["digantikan_pada"], r["alasan"]) for r in kept(folder, kunci)]


def test_the_same_figures_again_add_nothing(tmp_path: Path) -> None:
    assert record(layanan(104), tmp_path, FIRST) == 2  # jumlah and status_terbit
    assert record(layanan(104), tmp_path, LATER) == 0
    assert len(list((tmp_path / "angka").iterdir())) == 1


def test_a_change_ends_the_old_value_and_keeps_it(tmp_path: Path) -> None:
    record(layanan(104), tmp_path, FIRST)
    record(layanan(105), tmp_path, LATER, REPLACED)
    assert spans(tmp_path, "l0") == [
        ("104", FIRST, LATER, NEW.alasan),
        ("105", LATER, None, REPLACED.alasan),
    ]


def test_a_row_that_is_gone_ends_with_an_empty_value(tmp_path: Path) -> None:
    record(layanan(104, 7), tmp_path, FIRST)
    record(layanan(104), tmp_path, LATER)
    assert [s[0] for s in spans(tmp_path, "l1")] == ["7", None]
    assert spans(tmp_path, "l1")[-1][3].startswith("baris tidak ada lagi")
    assert record(layanan(104), tmp_path, LATER + dt.timedelta(days=1)) == 0
    record(layanan(104, 7), tmp_path, LAST)
    assert [s[0] for s in spans(tmp_path, "l1")] == ["7", None, "7"]


@pytest.mark.parametrize(
    ("before", "after", "periode", "cause", "said"),
    [
        (104, 105, "2025", REPLACED, ("tanpa_alasan", None)),
        (104, 105, "2025", WITHDRAWN, ("beralasan", "salah kirim")),
        (104, 105, "2025", NEW, (None, None)),  # new data is no restatement
        (None, 105, "2025", REPLACED, (None, None)),  # said for the first time
        (104, None, "2025", REPLACED, ("tanpa_alasan", None)),
        (104, 105, "2026", REPLACED, (None, None)),  # the year is not over
    ],
)
def test_what_is_a_restatement(
    tmp_path: Path, before: int | None, after: int | None, periode: str, cause: Cause, said: tuple[Any, Any]
) -> None:
    record(layanan(before, periode=periode), tmp_path, FIRST)
    record(layanan(after, periode=periode), tmp_path, LATER, cause)
    last = kept(tmp_path, "l0")[-1]
    assert (last["ralat"], last["alasan_ralat"]) == said
    assert last["jalan_id"] == LATER.isoformat()


def test_a_reason_explains_what_was_restated_before_it_and_nothing_after(tmp_path: Path) -> None:
    record(layanan(1, 1), tmp_path, FIRST)
    record(layanan(2, 1), tmp_path, LATER, REPLACED)
    run = history.Run(LAST, "x")
    assert [r["kunci"][-2:] for r in history.unexplained(tmp_path, NO_EVENTS, run)] == ["l0"]
    explained = history.Run(LAST, "x", "LRA audited")
    assert history.unexplained(tmp_path, NO_EVENTS, explained) == []
    history.append(tmp_path, NO_EVENTS, NO_FINDINGS, explained)
    record(layanan(2, 3), tmp_path, LAST + dt.timedelta(1), REPLACED)
    assert kept(tmp_path, "l0")[-1]["alasan_ralat"] == "LRA audited"
    assert kept(tmp_path, "l1")[-1]["ralat"] == "tanpa_alasan"


def test_events_from_before_restatements_were_told_stay_readable(tmp_path: Path) -> None:
    record(layanan(1), tmp_path, FIRST)
    path = next((tmp_path / "angka").iterdir())
    old = pq.read_table(path).drop_columns(["jalan_id", "ralat", "dasar"])
    pq.write_table(old, path)
    record(layanan(2), tmp_path, LATER, REPLACED)
    assert [(r["nilai"], r["ralat"]) for r in kept(tmp_path, "l0")] == [("1", None), ("2", "tanpa_alasan")]


def test_findings_appear_and_disappear(tmp_path: Path) -> None:
    one = contracts.build("temuan", [{"temuan_id": "t1", "aturan": "r", "akibat": "ingat", "pesan": "p"}])
    record(layanan(1), tmp_path, FIRST, temuan=one)
    record(layanan(1), tmp_path, LATER)
    assert [
        (r["temuan_id"], r["muncul_pada"], r["hilang_pada"])
        for r in contracts.as_rows(history.tables(tmp_path)["riwayat_temuan"])
    ] == [("t1", FIRST, LATER)]


NO_EVENTS = history.changes({}, Path("/nowhere"), history.Run(FIRST, "x"), lambda _: NEW)
