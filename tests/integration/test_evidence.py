"""The evidence pack of the examples: made, proven, held against the input files, and refused when touched."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from assets.publish.evidence import container
from tests.conftest import ROOT, ExampleRun, lumbung

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def pack(examples: ExampleRun, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The pack of Pelaihari 2025 and its seal."""
    path = tmp_path_factory.mktemp("bukti") / "bukti.zip"
    made = lumbung(examples.home, "evidence", "--unit", "630103", "--period", "2025", "--to", str(path))
    assert made.code == 0, made.err
    found = re.search(r"Segel: ([0-9a-f]{64})", made.out)
    assert found is not None
    return path, found[1]


def test_it_is_proven_in_an_empty_home(pack: tuple[Path, str], tmp_path: Path) -> None:
    path, segel = pack
    proof = lumbung(tmp_path, "verify", str(path), "--segel", segel)
    assert proof.code == 0 and f"Segel: {segel}" in proof.out
    other = lumbung(tmp_path, "verify", str(path), "--segel", "0" * 64)
    assert other.code == 1 and "TIDAK UTUH" in other.out


def test_it_holds_the_figures_their_cells_and_the_inputs(pack: tuple[Path, str]) -> None:
    with zipfile.ZipFile(pack[0]) as archive:
        said = {n: archive.read(n) for n in archive.namelist()}
    figures = json.loads(said["3-angka.json"])
    ikm = next(r for r in figures["capaian_iku"] if r["kode_indikator"] == "ikm" and r["periode"] == "2025")
    assert ikm["realisasi"].startswith("95.54")
    trail = json.loads(said["4-jejak.json"])
    files = {f["berkas_id"] for f in json.loads(said["1-berkas.json"])}
    cells = [t for t in trail if t["jenis"] == "sel"]
    assert cells and {t["berkas_id"] for t in cells} <= files
    assert any(t["koreksi_id"] == "K-630103-2025-04" for t in cells)
    assert b"630609" not in said["3-angka.json"], "another unit's figures have no place here"


def test_input_files_are_held_against_it(pack: tuple[Path, str], tmp_path: Path) -> None:
    whole = lumbung(tmp_path, "verify", str(pack[0]), "--masukan", str(ROOT / "examples"))
    assert whole.code == 0 and "tidak ada:" not in whole.out
    empty = tmp_path / "kosong"
    empty.mkdir()
    assert lumbung(tmp_path, "verify", str(pack[0]), "--masukan", str(empty)).code == 2


def test_a_changed_byte_names_the_part(pack: tuple[Path, str], tmp_path: Path) -> None:
    whole = bytearray(pack[0].read_bytes())
    at = whole.index(b"95.54")
    whole[at + 1] ^= 0x01
    changed = tmp_path / "ubah.zip"
    changed.write_bytes(whole)
    proof = lumbung(tmp_path, "verify", str(changed))
    assert proof.code == 1 and "3-angka.json" in proof.out


def test_a_figure_that_does_not_follow_from_its_cells_is_named(
    pack: tuple[Path, str], tmp_path: Path
) -> None:
    whole = pack[0]
    with zipfile.ZipFile(whole) as archive:
        about = json.loads(archive.read(container.MANIFEST))["tentang"]
        names = [n for n in archive.namelist() if n not in (container.MANIFEST, container.SUMS)]
        parts = {n: archive.read(n) for n in names}
    figures = json.loads(parts["3-angka.json"])
    row = next(r for r in figures["serapan_rekening"] if r["serapan_persen"])
    row["serapan_persen"] = str(Decimal(row["serapan_persen"]) + 1)
    parts["3-angka.json"] = json.dumps(figures).encode()
    forged = tmp_path / "palsu.zip"
    forged.write_bytes(container.seal(parts, about)[0])
    assert container.verify(forged).faults == ()
    proof = lumbung(tmp_path, "verify", str(forged))
    assert proof.code == 1
    assert "serapan_rekening" in proof.out and "serapan_persen" in proof.out
    assert "dihitung lagi" in lumbung(tmp_path, "verify", str(whole)).out


def test_what_is_not_published_has_no_pack(examples: ExampleRun, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    made = lumbung(examples.home, "evidence", "--unit", "630103", "--period", "2033", "--to", str(path))
    assert made.code == 64 and "630103 2033" in made.err and not path.exists()
