from pathlib import Path

import pytest

from assets.readers import sources, vocabulary
from assets.readers.vocabulary import VocabularyInvalid

RAW = Path(__file__).resolve().parents[2] / "raw"
DECLARED = """bumdes dpa hibah idm indeks_desa kinerja_program layanan lhe lkj pembanding perjanjian_kinerja
    prodeskel realisasi realisasi_manual renstra skm wilayah""".split()


def test_the_sources_of_the_design_are_declared_and_no_others():
    folders = {p.name for p in RAW.iterdir() if p.is_dir() and any(p.glob("*.yaml"))}
    assert folders - {"konfigurasi"} == set(DECLARED) == {s.nama for s in sources.all_sources()}


@pytest.mark.parametrize("source", sources.all_sources(), ids=lambda s: s.nama)
def test_a_source_that_is_read_has_layouts_and_one_that_is_not_has_none(source):
    forms = [f for f in vocabulary.load().forms if f.sumber == source.nama]
    assert bool(forms) == source.dibaca
    assert (RAW / source.nama / "layouts.yaml").exists() == source.dibaca
    for form in forms:
        assert form.satu_baris, form.tabel
        assert any(f.wajib for f in form.kolom) or form.salah_satu, f"{form.tabel} would take anything"


def test_no_python_lives_in_raw():
    assert list(RAW.rglob("*.py")) == []


@pytest.mark.parametrize(
    ("said", "blames"),
    [
        ("judul: x\n", "belum memuat"),
        ("warna: x\n", "warna"),
        (None, "format"),
    ],
)
def test_a_wrong_source_file_names_its_key(tmp_path, said, blames):
    good = (RAW / "idm" / "source.yaml").read_text(encoding="utf-8")
    text = said or good.replace("format: [xlsx", "format: [exe")
    (tmp_path / "source.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyInvalid, match=blames):
        sources.load(tmp_path)
