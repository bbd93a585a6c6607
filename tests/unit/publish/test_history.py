"""History: every change once, with its cause; nothing when nothing changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.publish import history
from warehouse import contracts

FIRST = dt.datetime(2026, 1, 5, 6)
LATER = dt.datetime(2026, 4, 5, 6)
NO_FINDINGS = contracts.build("temuan", [])


def layanan(*jumlah: int | None) -> dict[str, pa.Table]:
    rows = [
        {"kode_unit": "630103", "periode": "2025", "kode_layanan": f"l{i}", "layanan": "x", "jumlah": n}
        for i, n in enumerate(jumlah)
    ]
    return {"layanan": contracts.build("layanan", rows)}


def record(marts: dict[str, pa.Table], folder: Path, moment: dt.datetime, **more: Any) -> int:
    said = {"temuan": NO_FINDINGS, "sebab": "berkas", "alasan": "berkas masuk: a.xlsx", **more}
    return history.record(marts, said.pop("temuan"), folder, moment=moment, **said)


def spans(folder: Path, kunci: str) -> list[tuple[Any, ...]]:
    rows = contracts.as_rows(history.tables(folder)["riwayat_angka"])
    return [
        (r["nilai"], r["tercatat_pada"], r["digantikan_pada"], r["alasan"])
        for r in rows
        if r["kolom"] == "jumlah" and kunci in r["kunci"]
    ]


def test_the_same_figures_again_add_nothing(tmp_path: Path) -> None:
    assert record(layanan(104), tmp_path, FIRST) == 2  # jumlah and status_terbit
    assert record(layanan(104), tmp_path, LATER) == 0
    assert len(list((tmp_path / "angka").iterdir())) == 1


def test_a_change_ends_the_old_value_and_keeps_it(tmp_path: Path) -> None:
    record(layanan(104), tmp_path, FIRST)
    record(layanan(105), tmp_path, LATER, alasan="berkas masuk: b.xlsx")
    assert spans(tmp_path, "l0") == [
        ("104", FIRST, LATER, "berkas masuk: a.xlsx"),
        ("105", LATER, None, "berkas masuk: b.xlsx"),
    ]


def test_a_row_that_is_gone_ends_with_an_empty_value(tmp_path: Path) -> None:
    record(layanan(104, 7), tmp_path, FIRST)
    record(layanan(104), tmp_path, LATER)
    assert [s[0] for s in spans(tmp_path, "l1")] == ["7", None]
    assert spans(tmp_path, "l1")[-1][3].startswith("baris tidak ada lagi")
    assert record(layanan(104), tmp_path, LATER + dt.timedelta(days=1)) == 0


def test_findings_appear_and_disappear(tmp_path: Path) -> None:
    one = contracts.build("temuan", [{"temuan_id": "t1", "aturan": "r", "akibat": "ingat", "pesan": "p"}])
    record(layanan(1), tmp_path, FIRST, temuan=one)
    record(layanan(1), tmp_path, LATER)
    assert [
        (r["temuan_id"], r["muncul_pada"], r["hilang_pada"])
        for r in contracts.as_rows(history.tables(tmp_path)["riwayat_temuan"])
    ] == [("t1", FIRST, LATER)]
