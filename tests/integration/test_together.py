"""Two runs at once in one home: one works, the other waits and finds what was made."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ExampleRun, lumbung

pytestmark = pytest.mark.integration


def test_two_runs_at_once(examples: ExampleRun, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    shutil.copytree(examples.home, home)
    (home / "warehouse" / "layers" / "jalan_terakhir.json").unlink()
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: lumbung(home, "run"), range(2)))
    assert [d.code for d in done] == [examples.ran.code] * 2, [d.err for d in done]
    assert sum("Tidak ada yang berubah" in d.out for d in done) == 1
    assert not list((home / "warehouse").glob("*.building"))
