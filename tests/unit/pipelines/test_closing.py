"""What a run says at its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines import closing
from pipelines.run import NOTHING_PUBLISHED, Ran
from pipelines.settings import Settings


@pytest.mark.parametrize(
    ("files", "said", "not_said"), [(3, "ditahan: 2", "inbox"), (0, "inbox", "ditahan: 0")]
)
def test_an_office_whose_files_are_held_is_not_asked_for_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: int, said: str, not_said: str
) -> None:
    rows = dict.fromkeys(("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal"), 0)
    summary: dict[str, Any] = {"terbit": 0, "ditahan": 2, "berkas": files, "baris": rows, "sebab_ditahan": {}}
    summary |= {"iku": [], "unit": [], "aturan": []}
    closing.show(Ran(NOTHING_PUBLISHED, summary), Settings(tmp_path), "id")
    out = capsys.readouterr().out
    assert said in out and not_said not in out
