"""A dashboard that cannot be made loses no publication and is told plainly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines import closing, site
from pipelines.run import NO_SITE, Ran
from pipelines.settings import Settings


def test_a_fault_is_told_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("cakram penuh")

    monkeypatch.setattr(site, "make", broken)
    nothing: Any = None
    assert site.at_publish(Settings(tmp_path), nothing, {}) == {
        "halaman": 0,
        "galat": "RuntimeError: cakram penuh",
    }
    assert "Traceback" in caplog.text, "whoever mends it needs the place"


@pytest.mark.parametrize(("lang", "said"), [("id", "dasbor tidak dapat dibuat"), ("en", "could not be made")])
def test_the_closing_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    rows = dict.fromkeys(("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal"), 0)
    summary: dict[str, Any] = {"terbit": 1, "ditahan": 0, "berkas": 1, "baris": rows, "sebab_ditahan": {}}
    summary |= {"iku": [], "unit": [], "aturan": [], "situs": {"halaman": 0, "galat": "OSError: x"}}
    closing.show(Ran(NO_SITE, summary), Settings(tmp_path), lang)
    out = capsys.readouterr().out
    assert said in out and "OSError: x" in out
