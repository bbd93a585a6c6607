"""What a run knows of its home: terms that cannot be read are told, not replaced."""

from __future__ import annotations

from pathlib import Path

from pipelines import knowledge
from pipelines.settings import Settings


def test_terms_that_cannot_be_read_are_a_finding_and_no_terms(tmp_path: Path) -> None:
    assert knowledge.load(Settings(tmp_path)).terms is not None
    folder = tmp_path / "raw" / "konfigurasi"
    folder.mkdir(parents=True)
    (folder / "data_terbuka.yaml").write_text("data_terbuka: {lisensi: bebas}\n", encoding="utf-8")
    known = knowledge.load(Settings(tmp_path))
    assert known.terms is None
    told = [f for f in known.findings if f.aturan == "data_terbuka_rusak"]
    assert len(told) == 1 and "bebas" in told[0].isi["sebab"]
    assert known.book["data_terbuka_rusak"].akibat == "ingat"
