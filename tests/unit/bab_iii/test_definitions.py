"""What ships below ``warehouse/bab_iii``: no number in a template, nothing that points nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from assets.publish.bab_iii.sentences import PLACE
from assets.publish.bab_iii.shelf import OURS, DefinitionBroken, Shelf

SHELF = Shelf()
TABLES = SHELF.names("tabel", ".yaml")
ARRANGEMENTS = SHELF.names("susunan", ".yaml")


def templates() -> Iterator[tuple[str, str]]:
    """Every template that a reader sees, with where it stands."""
    for name, said in SHELF.sentences.items():
        given = said["kalimat"]
        for each in [given] if isinstance(given, str) else [v["teks"] for v in given]:
            yield f"kalimat {name}", each
    for key in TABLES:
        yield from ((f"tabel {key} {at}", text) for at, text in of_table(SHELF.read(f"tabel/{key}.yaml")))
    for name in ARRANGEMENTS:
        said = SHELF.read(f"susunan/{name}.yaml")
        words = [said["judul"], said["anak_judul"]]
        words += [p.get(w, "") for p in parts(said["isi"]) for w in ("judul", "petunjuk", "sumber")]
        yield from ((f"susunan {name}", str(text)) for text in words)


def of_table(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The templates of one table: its title, headers, words of its cells and total rows."""
    for word in ("judul", "sumber", "wajib"):
        yield word, str(said.get(word, ""))
    for column in said["kolom"]:
        head = column.get("kepala", "")
        yield from (("kepala", str(line)) for line in (head if isinstance(head, list) else [head]))
        yield "isi", str(column.get("teks", ""))
    for row in said.get("jumlah", ()):
        yield from (("jumlah", str(cell.get("teks", ""))) for cell in row)


def parts(isi: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for each in isi:
        if "untuk" in each:
            yield from parts(each["isi"])
        elif "bersama" in each:
            yield from parts(each["bersama"])
        else:
            yield each


def test_no_template_holds_a_number() -> None:
    """Numbers of law stand in ``hukum.yaml`` and are cited by name."""
    strange = {where: text for where, text in templates() if re.search(r"\d", PLACE.sub("", text))}
    assert not strange
    assert sum(1 for _ in templates()) > 300


def test_a_number_in_a_template_would_be_seen() -> None:
    assert re.search(r"\d", PLACE.sub("", "sebesar 95,54 menurut {hukum:survei}"))
    assert not re.search(r"\d", PLACE.sub("", "sebesar {ikm} menurut {hukum:survei}"))


def test_laws_are_named_without_numbers_and_all_are_cited() -> None:
    cited = {of for _, text in templates() for kind, of in PLACE.findall(text) if kind == "hukum"}
    assert cited == set(SHELF.laws), "cite it or delete it"


def test_every_table_has_its_query_and_stands_in_an_arrangement() -> None:
    used = {
        part["tabel"]
        for name in ARRANGEMENTS
        for part in parts(SHELF.read(f"susunan/{name}.yaml")["isi"])
        if "tabel" in part
    }
    assert used == set(TABLES) == set(SHELF.names("tabel", ".sql"))


def test_every_sentence_is_said_somewhere() -> None:
    said: set[str] = set()
    for name in ARRANGEMENTS:
        for part in parts(SHELF.read(f"susunan/{name}.yaml")["isi"]):
            given = part.get("kalimat", [])
            said.update([given] if isinstance(given, str) else given)
    for key in TABLES:
        said.update(SHELF.read(f"tabel/{key}.yaml").get("catatan", ()))
    assert said == set(SHELF.sentences)


@pytest.mark.parametrize("key", TABLES)
def test_columns_have_names_of_their_own_and_formulas_name_columns(key: str) -> None:
    said = SHELF.read(f"tabel/{key}.yaml")
    names = [c["nama"] for c in said["kolom"]]
    assert len(names) == len(set(names))
    formulas = [c.get("rumus", "") for c in said["kolom"]]
    formulas += [cell.get("rumus", cell.get("hitung", "")) for row in said.get("jumlah", ()) for cell in row]
    named = {
        n for f in formulas for one in ([f] if isinstance(f, str) else f) for n in re.findall(r"{(\w+)", one)
    }
    assert named <= set(names)


def test_the_office_s_own_definition_replaces_ours_of_the_same_name(tmp_path: Any) -> None:
    own = tmp_path / "kalimat"
    own.mkdir()
    (own / "umum.yaml").write_text('pembuka: {kalimat: "Kalimat kantor."}\n', encoding="utf-8")
    shelf = Shelf(tmp_path)
    assert shelf.sentences["umum/pembuka"]["kalimat"] == "Kalimat kantor."
    assert "umum/rumus" not in shelf.sentences  # a file is replaced as a whole
    assert shelf.path("hukum.yaml").is_relative_to(OURS)
    with pytest.raises(DefinitionBroken, match="tidak ada definisi"):
        shelf.path("tabel/tidak_ada.yaml")
