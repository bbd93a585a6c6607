"""Services and follow-up: what passes through, what is empty and why."""

from __future__ import annotations

from typing import Any

from assets.marts.layanan import layanan
from assets.marts.tindak_lanjut import tindak_lanjut
from assets.passing import Context
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell

CONTEXT = Context(Regions.load(), Catalogue.load(), Choices.load())


def at(baris: int = 1) -> dict[str, Any]:
    return {"berkas_id": "a", "lembar": "S", "tabel_ke": 1, "baris": baris}


def test_services_keep_zero_apart_from_not_reported_and_leave_totals_out() -> None:
    def service(kode: str, jumlah: int | None, baris: int) -> dict[str, Any]:
        row = {"kode_unit": "1", "periode": "2025", "kode_layanan": kode, "layanan": kode, "jumlah": jumlah}
        return row | at(baris)

    rows = [service("a", 0, 1), service("b", None, 2), service("TOTAL", 0, 3), service("JUMLAH:x", 0, 4)]
    mart = layanan(contracts.build("clean_layanan", rows), CONTEXT)["layanan"]
    contracts.build("layanan", mart.rows)
    assert [(r["kode_layanan"], r["jumlah"], r.get("alasan")) for r in mart.rows] == [
        ("a", 0, None),
        ("b", None, "tidak dilaporkan"),
    ]


def test_follow_up_without_a_status_says_so() -> None:
    row = {
        "kode_unit": "1",
        "tahun_lhe": 2024,
        "nomor": "1",
        "rekomendasi": "R",
        "rencana": "P",
        "status": None,
    }
    mart = tindak_lanjut(contracts.build("clean_lhe", [row | at()]), CONTEXT)["tindak_lanjut"]
    table = contracts.build("tindak_lanjut", mart.rows)
    assert table.column("alasan").to_pylist() == ["status tindak lanjut tidak tertulis"]
    assert Cell("a", "S", 1, 1, "rencana") in [s.source for s in mart.trail.steps]


def test_nothing_gives_nothing() -> None:
    for function, table in ((layanan, "clean_layanan"), (tindak_lanjut, "clean_lhe")):
        (mart,) = function(contracts.build(table, []), CONTEXT).values()
        assert (mart.rows, mart.trail.steps) == ([], [])
