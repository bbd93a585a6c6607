"""Build beside, check, swap."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from assets.publish import snapshot
from warehouse import contracts

ROW = {
    "kode_unit": "630103",
    "periode": "2025",
    "kode_layanan": "nikah",
    "layanan": "Rekomendasi Nikah",
    "jumlah": 104,
}


def layanan(jumlah: int) -> dict[str, object]:
    return {"layanan": contracts.build("layanan", [{**ROW, "jumlah": jumlah}])}


def jumlah(target: Path) -> list[tuple[int]]:
    with duckdb.connect(str(target), read_only=True) as con:
        return con.execute("select jumlah from layanan").fetchall()


def test_a_table_is_written_with_types_and_comments(tmp_path: Path) -> None:
    target = tmp_path / "lumbung.duckdb"
    snapshot.publish(layanan(104), target)
    with duckdb.connect(str(target), read_only=True) as con:
        said = con.execute(
            "select comment from duckdb_columns() where table_name = 'layanan' and column_name = 'jumlah'"
        ).fetchall()
        assert "0 = tidak ada" in said[0][0]
        types = con.execute(
            "select data_type from duckdb_columns() where table_name='capaian_iku' and column_name='target'"
        )
        assert types.fetchall() == [("DECIMAL(24,12)",)]
    assert jumlah(target) == [(104,)]
    assert not list(tmp_path.glob("*.building")) and not list(tmp_path.glob("*.wal"))


def test_a_reader_keeps_its_state_while_the_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "lumbung.duckdb"
    snapshot.publish(layanan(104), target)
    held = target.open("rb")
    before = held.read(100)
    snapshot.publish(layanan(105), target)
    held.seek(0)
    assert held.read(100) == before  # the old file is whole for whoever has it open
    held.close()
    assert jumlah(target) == [(105,)]


def test_a_log_left_behind_does_not_make_the_new_file_unreadable(tmp_path: Path) -> None:
    target = tmp_path / "lumbung.duckdb"
    snapshot.publish(layanan(104), target)
    (tmp_path / "lumbung.duckdb.wal").write_bytes(b"left by a killed writer")
    snapshot.publish(layanan(105), target)
    assert jumlah(target) == [(105,)]


def test_what_fails_its_check_never_replaces_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "lumbung.duckdb"
    snapshot.publish(layanan(104), target)
    twice = contracts.build("layanan", [ROW])
    twice = type(twice).from_batches([*twice.to_batches(), *twice.to_batches()])
    with pytest.raises(snapshot.SnapshotUnfit, match="different keys"):
        snapshot.publish({"layanan": twice}, target)
    assert jumlah(target) == [(104,)]
    assert not list(tmp_path.glob("*.building"))


def test_decimals_are_rounded_half_up_once(tmp_path: Path) -> None:
    found = contracts.build(
        "tren_iku",
        [
            {
                "kode_unit": "630103",
                "kode_indikator": "ikm",
                "tahun": 2025,
                "realisasi": Decimal(2) / Decimal(3),
            }
        ],
    )
    assert found["realisasi"].to_pylist() == [Decimal("0.666666666667")]
