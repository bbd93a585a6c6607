"""``files`` says of each received file what the table ``berkas`` says of it."""

from __future__ import annotations

from pathlib import Path

from assets.accept.receive import receive
from assets.extract import assemble
from pipelines import received
from tests.unit.accept import kantor
from warehouse.regions import Regions


def test_one_that_a_later_edition_replaced_is_not_called_used(tmp_path: Path) -> None:
    home, regions = tmp_path / "rumah", Regions.load()
    first = kantor.hibah(tmp_path / "lama.csv", kantor.PENERIMA[:1])
    receive([first], home, regions)
    receive([kantor.hibah(tmp_path / "baru.csv")], home, regions)
    said = [line.split() for line in received.lines(home)]
    assert [(words[1], words[-1]) for words in said] == [("digantikan", "lama.csv"), ("dipakai", "baru.csv")]
    stored = assemble.assemble(home, regions).berkas
    assert [(row["berkas_id"][:12], row["status"]) for row in stored] == [tuple(w[:2]) for w in said]
