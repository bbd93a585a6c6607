"""What ``docs/bab-iii-kantor.md`` tells an office to write makes the table and sentence it promises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from assets.publish.bab_iii.arrangement import build
from assets.publish.bab_iii.blocks import Paragraf, Tabel, teks
from assets.publish.bab_iii.shelf import OURS
from tests.conftest import ROOT, ExampleRun

pytestmark = pytest.mark.integration
PAGE = (ROOT / "docs" / "bab-iii-kantor.md").read_text(encoding="utf-8")
QUERY, SHAPE, SENTENCE, ORDER = re.findall(r"^```(?:sql|yaml)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_for_offices_can_be_followed(examples: ExampleRun, tmp_path: Path) -> None:
    shutil.copytree(OURS / "susunan", tmp_path / "susunan")
    ours, after = (
        (OURS / "susunan" / "lima_perbandingan.yaml").read_text("utf-8"),
        "      - {tabel: ikm_unsur}\n",
    )
    assert ours.count(after) == 1
    for name, text in (
        ("tabel/unsur_terendah.sql", QUERY),
        ("tabel/unsur_terendah.yaml", SHAPE),
        ("kalimat/kantor.yaml", SENTENCE),
        ("susunan/kantor.yaml", ours.replace(after, after + ORDER)),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with duckdb.connect(str(examples.published), read_only=True) as con:
        made = build(con, "630103", 2025, "kantor", milik_kantor=tmp_path)
    (table,) = (b for b in made.blok if isinstance(b, Tabel) and b.kunci == "unsur_terendah")
    assert teks(table.baris[0][1].isi) == "Kompetensi Pelaksana" and len(table.baris) == 3
    (said,) = (teks(b.isi) for b in made.blok if isinstance(b, Paragraf) and "didahulukan" in teks(b.isi))
    assert said.endswith(f"Kompetensi Pelaksana (3,727), lihat Tabel {table.nomor}.")
