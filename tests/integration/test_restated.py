"""A year later: what changed, why, with which reason, what was said before. One run, several causes."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ExampleRun, Outcome, lumbung

pytestmark = pytest.mark.integration
IKM = ("ikm", "kode_unit=630103", "periode=2025", "--kolom", "ikm")
WAIVERS = """\
- id: P-LAMA
  aturan: porsi_lebih
  di: {kode_unit: "630609"}
  alasan: porsi memang dibagi dua sejak awal
  pemilik: kasi perencanaan
  berlaku_sampai: 2025-01-31
- id: P-KELUARAN
  aturan: target_kosong
  di: {kode_unit: "630609", periode: "2024"}
  alasan: keluaran ini tidak lagi ditargetkan
  pemilik: kasi ketenteraman
  berlaku_sampai: 2099-12-31
- id: P-SALAH
  aturan: hibah_sama_rekening
  di: {kode_unit: "999999"}
  alasan: salah tulis
  pemilik: kasi perencanaan
  berlaku_sampai: 2099-12-31
"""


class Later:
    """The home of the examples after a withdrawal, another choice and waivers, run without a reason."""

    def __init__(self, home: Path, before: ExampleRun) -> None:
        shutil.copytree(before.home, home)
        self.home = home
        volume = next((home / "raw" / "layanan").glob("files/*/*Pelaihari*"))
        assert self("withdraw", volume.parent.name, "--reason", "salah tahun").code == 0
        chosen = (home / "raw/konfigurasi/630103.yaml").read_text(encoding="utf-8")
        changed = home / "630103.yaml"
        changed.write_text(re.sub(r"skm_bobot: \S+", 'skm_bobot: "1/9"', chosen), encoding="utf-8")
        waivers = home / "pengecualian.yaml"
        waivers.write_text(WAIVERS, encoding="utf-8")
        taken = self("accept", str(changed), str(waivers))
        assert taken.code == 0, taken.out
        self.ran = self("run")

    def __call__(self, *words: str) -> Outcome:
        return lumbung(self.home, *words)

    def ask(self, sql: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(self.home / "warehouse" / "lumbung.duckdb"), read_only=True) as con:
            found = con.sql(sql)
            return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module")
def later(examples: ExampleRun, tmp_path_factory: pytest.TempPathFactory) -> Later:
    return Later(tmp_path_factory.mktemp("kelak") / "rumah", examples)


def test_each_changed_figure_has_its_own_cause(later: Later) -> None:
    assert later.ran.code == 0, "what was withheld is waived: " + later.ran.out
    rows = json.loads(later("diff", "--format", "json").out)
    by_cause: dict[str, set[str]] = {}
    for r in rows:
        by_cause.setdefault(r["sebab"], set()).add(f"{r['tabel']}.{r['kolom']}")
    assert "ikm.n_minimum" in by_cause["berkas_ditarik"] and "layanan.jumlah" in by_cause["berkas_ditarik"]
    assert {"ikm.ikm", "capaian_iku.capaian_persen", "banding.nilai"} <= by_cause["konfigurasi"]
    assert set(by_cause) <= {"berkas_ditarik", "konfigurasi", "pengecualian"}, by_cause
    index = next(r for r in rows if (r["tabel"], r["kolom"]) == ("ikm", "ikm"))
    assert index["alasan"] == "skm_bobot: 0.111 → 1/9"
    only = json.loads(later("diff", "--unit", "630609", "--format", "json").out)
    assert all("630609" in r["kunci"] for r in only)


def test_a_restatement_has_its_reason_or_says_that_it_has_none(later: Later) -> None:
    said = later("diff", "--ralat").out
    assert "alasannya: salah tahun" in said and "tanpa_alasan" in said
    assert "ralat belum beralasan" in later.ran.out
    found = later.ask(
        "SELECT kode_unit, periode, jumlah, pesan FROM temuan WHERE aturan = 'ralat_tanpa_alasan'"
    )
    assert found and all("konfigurasi" in f["pesan"] for f in found)
    silent = later.ask("SELECT count(*) AS n FROM riwayat_angka WHERE ralat = 'tanpa_alasan'")
    assert sum(f["jumlah"] for f in found) == silent[0]["n"]


def test_what_was_said_before_can_still_be_asked(later: Later) -> None:
    both = json.loads(later("riwayat", *IKM, "--format", "json").out)
    assert [r["nilai"] for r in both] == ["95.540937500000", "95.636574074074"]
    assert both[1]["ralat"] == "tanpa_alasan"
    first = later.ask("SELECT min(jalan_id) AS j FROM jalan")[0]["j"]
    then = json.loads(later("riwayat", *IKM, "--pada", first, "--format", "json").out)
    assert [r["nilai"] for r in then] == ["95.540937500000"]
    today = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    asked = f"SELECT nilai FROM v1_angka_pada('{today}') WHERE tabel = 'ikm' AND kolom = 'ikm'"
    assert {"nilai": "95.636574074074"} in later.ask(asked)
    assert later("riwayat", *IKM, "--pada", "2020-01-01").code == 64
    told = json.loads(later("diff", "--pertama", "--tabel", "ikm", "--format", "json").out)
    index = next(r for r in told if r["kolom"] == "ikm" and "periode=2025;" in r["kunci"] + ";")
    assert (index["sebelum"], index["nilai"]) == ("95.540937500000", "95.636574074074")


def test_waivers_are_shown_and_those_to_mend_are_told(later: Later) -> None:
    (waived,) = later.ask("SELECT pesan, pengecualian_id FROM temuan WHERE aturan = 'target_kosong'")
    assert waived["pengecualian_id"] == "P-KELUARAN"
    for word in ("Dikecualikan", "31-12-2099", "kasi ketenteraman", "tidak lagi ditargetkan"):
        assert word in waived["pesan"]
    assert "P-KELUARAN: 1 temuan target_kosong" in later.ran.out
    over = later.ask("SELECT pesan FROM temuan WHERE aturan = 'pengecualian_kedaluwarsa'")
    assert len(over) == 1 and "P-LAMA" in over[0]["pesan"] and "31-01-2025" in over[0]["pesan"]
    useless = later.ask("SELECT pesan FROM temuan WHERE aturan = 'pengecualian_tidak_cocok'")
    assert len(useless) == 1 and "P-SALAH" in useless[0]["pesan"]


def test_files_tell_what_became_of_them(later: Later) -> None:
    said = later("files").out
    assert re.search(r"ditarik +.*Volume Layanan Pelaihari 2025.csv\n +ditarik: salah tahun", said)
    rows = later.ask(
        "SELECT nama, status, alasan FROM berkas WHERE nama LIKE '%630103%' OR status = 'ditarik'"
    )
    assert {"nama": "630103.yaml", "status": "digantikan", "alasan": None} in rows
    assert {"nama": "630103.yaml", "status": "dipakai", "alasan": None} in rows
    withdrawn = [r for r in rows if r["status"] == "ditarik"]
    assert [r["alasan"] for r in withdrawn] == ["salah tahun"]
