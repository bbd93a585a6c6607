"""What is stored, as a person reads it."""

from __future__ import annotations

import pytest

from assets.publish.shown import with_names

BERKAS = "ab12" * 16


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"sudah_dipakai: {BERKAS[:12]} dan 202512345678.", "sudah_dipakai: LRA.xlsx dan 202512345678."),
        (f"seluruh sidik {BERKAS} tetap", f"seluruh sidik {BERKAS} tetap"),
    ],
)
def test_a_reason_names_the_file_that_its_hash_stands_for(said: str, shown: str) -> None:
    assert with_names(said, {BERKAS: "LRA.xlsx"}) == shown
