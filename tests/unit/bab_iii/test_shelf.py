"""An office's own definitions: what is wrong with one is said with its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assets.publish.bab_iii.shelf import DefinitionBroken, Shelf

Own = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("susunan/kami.yaml", "judul: x\nisi: [1,\n", r"kami\.yaml, baris 3: bukan YAML yang sah"),
        ("susunan/kami.yaml", "judul: \x07", r"kami\.yaml.*: bukan YAML yang sah"),
        ("susunan/kami.yaml", "judul: x", r"kami\.yaml: anak_judul harus ada dan berupa teks"),
        (
            "susunan/kami.yaml",
            "judul: x\nanak_judul: y\nisi: [apa]",
            r"kami\.yaml: isi harus ada dan .*butir",
        ),
        ("tabel/kami.yaml", "judul: x", r"kami\.yaml: kolom harus ada dan berupa daftar"),
    ],
)
def test_a_broken_definition_names_its_file(own: Own, name: str, text: str, told: str) -> None:
    with pytest.raises(DefinitionBroken, match=told):
        Shelf(own(name, text)).read(name)


def test_a_sentence_that_is_none_is_named(own: Own) -> None:
    with pytest.raises(DefinitionBroken, match=r"kami\.yaml: satu bukan daftar nama dan nilai"):
        _ = Shelf(own("kalimat/kami.yaml", "satu: kata")).sentences


def test_the_office_s_own_definitions_are_listed(own: Own, tmp_path: Path) -> None:
    own("gaya/kami.docx", "")
    assert Shelf(own("tabel/kami.sql", "SELECT 1")).own == [tmp_path / "tabel" / "kami.sql"]
    assert Shelf().own == []
