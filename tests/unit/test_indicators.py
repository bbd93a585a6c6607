"""The catalogue of indicators."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from warehouse.formulas import registry
from warehouse.indicators import PATH, Catalogue, CatalogueBroken

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize(
    ("printed", "tingkat", "code"),
    [
        # Kalumpang 2024: IKU, Renstra, PK, formula table
        ("Rasio Desa Mandiri Terhadapjumlah desa yang ada di kecamatan", None, "rasio_desa_mandiri"),
        ("Rasio Desa Mandiri Terhadap Jumlah Desa yang ada diKecamatan", "sasaran", "rasio_desa_mandiri"),
        ("Rasio Desa Maju Terhadap Jumlah Desa yang ada di Kecamatan", None, "rasio_desa_maju"),
        ("Persentase Bumdes yang beroperasi denganBaik", None, "persen_bumdes_baik"),
        ("Persentase BUM Desa yang Beroperasi dengan Baik", None, "persen_bumdes_baik"),
        ("Indeks Kepuasan Masyarakat", None, "ikm"),
        ("Indeks Kepuasan Masyarakat", "sasaran", "ikm"),
        # Pelaihari 2025: Renstra with a tujuan, IKU, PK
        ("Indeks Kepuasan Masyarakat (Nilai)", "Tujuan", "ikm_daerah"),
        ("Indeks Kepuasan Masyarakat di Kecamatan (Nilai)", "Sasaran", "ikm"),
        ("Indeks Kepuasan Masyarakat di Kecamatan", "tujuan", "ikm"),
        ("Persentase Desa Mandiri di Kecamatan (%)", None, "persen_desa_mandiri"),
        ("PERSENTASE DESA MANDIRI DI KECAMATAN", None, "persen_desa_mandiri"),
        # other offices
        ("Indeks Kepuasan Masyarakat (IKM) Kecamatan", None, "ikm"),
        ("Indeks Kepuasan Masyarakat Kabupaten Tanah Laut", None, "ikm_daerah"),
        ("Persentase desa yang berstatus mandiri", None, "persen_desa_mandiri"),
        ("Persentase Desa Maju dan Mandiri", None, "persen_desa_maju_ke_atas"),
        ("Persentase Penyerapan Anggaran", None, "serapan"),
    ],
)
def test_printed_names(printed: str, tingkat: str | None, code: str) -> None:
    found = CATALOGUE.match(printed, tingkat=tingkat)
    assert found is not None
    assert (found[0].kode, found[1]) == (code, "alias")


@pytest.mark.parametrize(
    "printed",
    [
        "Persentase Kegiatan sesuai Tugas dan Fungsinya",
        "Persentase Desa Maju",  # neither Mandiri nor "Maju dan Mandiri"
        "Persentase Desa Tertinggal",
        "Persentase BUMDes Aktif",  # active is not "beroperasi dengan baik"
        "Persentase Kepuasan Masyarakat terhadap Pelaksanaan Tugas Kecamatan",
        "Rasio Desa",
        "",
    ],
)
def test_a_name_of_another_definition_matches_nothing(printed: str) -> None:
    assert CATALOGUE.match(printed) is None


def test_the_documents_own_key_decides() -> None:
    found = CATALOGUE.match("Nilai kepuasan warga kami", kunci="ikm")
    assert found is not None
    assert (found[0].kode, found[1]) == ("ikm", "kunci_rumus")
    assert CATALOGUE.match("Indeks Kepuasan Masyarakat", kunci="salah_tulis") is None
    assert CATALOGUE.match("Indeks Kepuasan Masyarakat", kunci="  ") is not None


def test_unknown_indicators_keep_a_code_of_their_name() -> None:
    made = CATALOGUE.manual("Persentase Kegiatan  sesuai Tugas (%)")
    assert made.kode == "manual:persentase-kegiatan-sesuai-tugas"
    assert made.manual
    assert made.rumus is None
    again = CATALOGUE.get(made.kode)
    assert again is not None
    assert again.kode == made.kode
    assert CATALOGUE.get("tidak_ada") is None


def test_every_indicator_is_computed_by_a_described_formula_or_by_none() -> None:
    for indicator in CATALOGUE.indicators.values():
        assert indicator.dasar_hukum
        assert indicator.satuan
        if indicator.rumus is not None:
            assert registry.rumus(indicator.rumus).id == indicator.rumus


def test_a_changed_definition_is_linked() -> None:
    assert CATALOGUE.penerus("rasio_desa_maju") == ("rasio_desa_mandiri",)


def test_contract_codes_are_there() -> None:
    assert set(CATALOGUE.indicators) >= {
        "persen_desa_mandiri",
        "rasio_desa_mandiri",
        "rasio_desa_maju",
        "persen_desa_maju_ke_atas",
        "persen_bumdes_baik",
        "ikm",
        "ikm_daerah",
        "serapan",
    }


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("arah", "ke atas", "arah"),
        ("menggantikan", ["tidak_ada"], "not in the catalogue"),
        ("alias", ["Indeks Kepuasan Masyarakat"], "share the name"),
        ("warna", "biru", "missing or unknown"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(
    tmp_path: Path, key: str, value: object, why: str
) -> None:
    said = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    said["serapan"][key] = value
    broken = tmp_path / "indikator.yaml"
    broken.write_text(yaml.safe_dump(said), encoding="utf-8")
    with pytest.raises(CatalogueBroken, match=why):
        Catalogue.load(broken)
