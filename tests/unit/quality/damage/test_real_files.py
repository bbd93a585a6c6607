"""Budget tables and village exports nobody here made: their sums hold, and not one alarm is raised."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from assets.readers import reading, vocabulary
from assets.readers.guarded import open_guarded
from quality.damage.detect import detect
from quality.damage.equations import Ledger
from quality.damage.form import forms
from quality.damage.sheet import sheets

pytestmark = pytest.mark.realdata


def test_no_alarm_on_real_tables_though_thousands_of_sums_are_asked(realdata: Path) -> None:
    files = sorted((realdata / "apbd_csv").glob("*.csv")) + sorted((realdata / "lra_pakpak").glob("*.xlsx"))
    files.append(realdata / "idm" / "REKOMENDASI_IDM_PROVINSI_34_2024.xlsx")
    tables = asked = holding = 0
    for path, book in open_guarded(files):
        read, rows = reading.read(book, path.name, vocabulary.load())
        for found, copied in zip(read.tables, rows, strict=True):
            if not copied.num_rows or found.tabel not in forms():
                continue
            table = _addressed(path.name, found.tabel_ke, copied, found.fields)
            assert detect(found.tabel, table) == [], path.name
            (sheet,) = sheets(forms()[found.tabel], table)
            ledger = Ledger(sheet)
            states = [ledger.state(e) for e in ledger.equations]
            tables, asked = tables + 1, asked + len(states)
            holding += states.count(True)
    assert tables >= 20
    assert asked > 8_000
    assert holding > 0.95 * asked


def _addressed(name: str, tabel_ke: int, rows: pa.Table, fields: list[str]) -> pa.Table:
    n = rows.num_rows
    context: dict[str, pa.Array] = {
        "berkas_id": pa.array([name] * n, pa.string()),
        "lembar": pa.array(["-"] * n, pa.string()),
        "tabel_ke": pa.array([tabel_ke] * n, pa.int64()),
        "kode_unit": pa.nulls(n, pa.string()),
        "periode": pa.nulls(n, pa.string()),
    }
    for column, values in context.items():
        if column not in rows.column_names:
            rows = rows.append_column(column, values)
    return rows.replace_schema_metadata({"fields": ",".join(fields)})
