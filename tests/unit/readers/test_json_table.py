"""JSON as grids: records as rows, their surroundings as columns, addresses that lead back, hostile texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.readers.grid import Book, Grid
from assets.readers.json_table import MAX_DEPTH, MAX_VALUES, parse, value_at
from assets.readers.opening import open_book
from assets.readers.safety import Limits

API = """{"status":200,"mapData":{"SUMMARIES":{"SKOR":0.70,"TAHUN":2024},
  "ROW":[{"NO":1,"INDIKATOR":"Skor Dokter","SKOR":5},{"NO":null,"INDIKATOR":"IKS 2024","SKOR":0.8110},
         {"NO":null,"INDIKATOR":"STATUS IDM 2024","SKOR":"Maju"}],
  "IDENTITAS":[{"id_desa":"3601072001","nama_desa":"CONTOH"}]}}"""
NESTED = """{"k":"36","kec":[{"k":"360101","d":[1,0],"ds":[["2001","SATU",0.7],["2002","DUA",0.80]]},
  {"k":"360102","d":[0,0],"ds":[]},{"k":"360103","d":[0,1],"ds":[["2001","TIGA",0.9]]}]}"""


def opened(folder: Path, text: str | bytes, limits: Limits | None = None) -> Book:
    path = folder / "data.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_book(path, limits or Limits())


def only(book: Book) -> Grid:
    assert book.ditolak is None, book.ditolak
    (grid,) = book.lembar
    return grid


def test_a_list_of_records_is_one_row_a_record_under_its_keys(tmp_path: Path) -> None:
    grid = only(opened(tmp_path, '[{"kode":"01","nilai":0.50},{"kode":"02","luar":{"x":true}}]'))
    assert (grid.lembar, grid.baris_awal) == ("/", 0)
    assert grid.teks == [["kode", "nilai", "x"], ["01", "0.50", ""], ["02", "", "TRUE"]]
    assert grid.jenis == ["ttt", "tn ", "t b"]
    assert [grid.kolom(c) for c in range(3)] == ["kode#", "nilai#", "luar/x#"]


def test_a_list_of_named_values_is_the_record_turned_on_its_side(tmp_path: Path) -> None:
    grid = only(opened(tmp_path, API))
    named = dict(zip(grid.teks[0], grid.teks[1], strict=True))
    assert named["IKS 2024"] == "0.8110" and named["STATUS IDM 2024"] == "Maju"
    assert named["id_desa"] == "3601072001" and named["SKOR"] == "0.70"
    at = grid.teks[0].index("IKS 2024")
    assert grid.kolom(at) == "mapData/ROW/1/SKOR#" and len(grid.teks) == 2


def test_what_stands_around_a_list_stands_in_each_of_its_rows_and_nothing_is_lost(tmp_path: Path) -> None:
    grid = only(opened(tmp_path, NESTED))
    assert grid.lembar == "/kec/*/ds"
    assert grid.teks == [
        ["k", "kec k", "d 0", "d 1", "ds 0", "ds 1", "ds 2"],
        ["36", "360101", "1", "0", "2001", "SATU", "0.7"],
        ["36", "360101", "1", "0", "2002", "DUA", "0.80"],
        ["36", "360103", "0", "1", "2001", "TIGA", "0.9"],
        ["36", "360102", "0", "0", "", "", ""],  # a record around with no list of its own comes last
    ]


def test_rows_without_keys_keep_their_own_header(tmp_path: Path) -> None:
    grid = only(opened(tmp_path, '[["Kode","Nama"],["01","A"],["02","B"]]'))
    assert grid.teks == [["", ""], ["Kode", "Nama"], ["01", "A"], ["02", "B"]]


def test_records_one_after_the_other_are_a_list(tmp_path: Path) -> None:
    assert only(opened(tmp_path, '{"a":1}\n{"a":2}\n')).teks == [["a"], ["1"], ["2"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_office_computers(tmp_path: Path, encoding: str) -> None:
    assert only(opened(tmp_path, '[{"nama":"caf\u00e9"}]'.encode(encoding))).teks[1] == ["caf\u00e9"]


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("0.8500", "0.8500", "n"),
        ("9007199254740993", "9007199254740993", "n"),
        ("1.5e3", "1500", "n"),
        ("1e-7", "0.0000001", "n"),
        ("1e999999999", "1e999999999", "e"),
        ("9" * 5000, "9" * 60 + "...", "e"),
        ("NaN", "NaN", "e"),
        ("-Infinity", "-Infinity", "e"),
        ('"0630"', "0630", "t"),
        ('"  "', "", " "),
        ("false", "FALSE", "b"),
    ],
)
def test_numbers_stay_as_printed_and_no_number_is_an_error_cell(
    tmp_path: Path, written: str, text: str, kind: str
) -> None:
    grid = only(opened(tmp_path, f'[{{"ada":1,"x":{written}}}]'))
    assert (grid.teks[1][1], grid.jenis[1][1]) == (text, kind)


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ('[{"a":1},{"a":', "berkas_rusak", "baris 1 huruf ke-"),
        ('{"a":1,\n"b" 2}', "berkas_rusak", "baris 2 huruf ke-5"),
        ('{"a":1,"a":2}', "berkas_rusak", '"a" tertulis dua kali'),
        ('{"a":' + "[" * 100_000, "berkas_berbahaya", f"lebih dari {MAX_DEPTH} tingkat"),
        ('{"a":[]}', "berkas_kosong", "tidak memuat"),
        ("[\n[]]", "berkas_kosong", "tidak memuat"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, text: str, rule: str, said: str
) -> None:
    book = opened(tmp_path, text)
    assert book.ditolak is not None and book.ditolak[0] == rule
    assert said in book.ditolak[1]["sebab"] and book.lembar == []


def test_one_key_twice_with_one_value_is_one_value(tmp_path: Path) -> None:
    assert only(opened(tmp_path, '[{"a":1,"a":1}]')).teks[1] == ["1"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ('{"r":"' + "x" * 50 + '","d":[' + ",".join(["[1,2]"] * 50) + "]}", Limits(cells=100)),
        ("[{" + ",".join(f'"k{i}":1' for i in range(50)) + "}]", Limits(columns=40)),
        ('[{"a":"' + "x" * 1000 + '"}]', Limits(file_bytes=500)),
    ],
)
def test_limits_are_kept_before_the_grid_is_built(tmp_path: Path, text: str, limits: Limits) -> None:
    assert (opened(tmp_path, text, limits).ditolak or ("",))[0] == "berkas_terlalu_besar"


def test_too_many_values_are_refused_before_they_are_built(tmp_path: Path) -> None:
    book = opened(tmp_path, '{"a":[' + "1," * MAX_VALUES + "1]}")
    assert book.ditolak == (
        "berkas_terlalu_besar",
        {"bagian": "isi JSON", "ukuran": f"lebih dari {MAX_VALUES} nilai", "batas": f"{MAX_VALUES} nilai"},
    )


def test_a_text_that_only_begins_like_json_stays_a_csv(tmp_path: Path) -> None:
    assert opened(tmp_path, "[1;2;3\n4;5;6\n").jenis_berkas == "csv"


# --- addresses -----------------------------------------------------------------------------------------
def walked(top: Any, lembar: str, sel: str) -> Any:
    """The value at an address by a plain walk, without the reader: the records counted, then the keys."""
    kolom, _, baris = sel.rpartition("#")
    keys = [k for k in lembar.split("/") if k] + (["*"] if isinstance(top, list) or lembar != "/" else [])
    places = [(top, ())]
    for key in keys:
        step = range if key == "*" else None
        places = [
            (inside, (*at, i)) if step else (value[key], at)
            for value, at in places
            for i, inside in (enumerate(value) if step else [(0, None)])
        ]
    record, numbers = places[int(baris) - 1]
    value, left = (top, list(numbers)) if kolom.startswith("/") else (record, [])
    for key in kolom.strip("/").split("/"):
        key = key.replace("~1", "/").replace("~0", "~")
        value = value[left.pop(0) if key == "*" else int(key) if isinstance(value, list) else key]
    return value


_scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text("aB/~0 ", max_size=5)
_keys = st.text("ab/~", min_size=1, max_size=3)
_records = st.dictionaries(
    _keys, _scalars | st.dictionaries(_keys, _scalars, max_size=2), min_size=1, max_size=4
)


@given(st.fixed_dictionaries({"u": _records, "daftar": st.lists(_records, min_size=2, max_size=4)}))
def test_the_value_at_an_address_is_the_value_of_the_cell(top: dict[str, Any]) -> None:
    _every_address(json.dumps(top))


@pytest.mark.parametrize(
    "text", [API, NESTED.replace('{"k":"360102","d":[0,0],"ds":[]},', ""), '[{"a":{"b":1}},{"c":2}]']
)
def test_addresses_of_every_shape_lead_back(text: str) -> None:
    assert _every_address(text) > 1


def _every_address(text: str) -> int:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        grids = opened(Path(folder), text).lembar
    top, plain, seen = parse(text), json.loads(text, parse_float=str, parse_int=str), 0
    for grid in grids:
        for r, row in enumerate(grid.teks[1:], 1):
            for c, cell in enumerate(row):
                if not cell:
                    continue
                sel = f"{grid.kolom(c)}{grid.baris_awal + r}"
                assert (
                    _shown(walked(plain, grid.lembar, sel)) == cell == _shown(value_at(top, grid.lembar, sel))
                )
                seen += 1
    return seen


def _shown(value: Any) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


def test_an_address_that_is_not_there_is_said() -> None:
    with pytest.raises(LookupError):
        value_at(parse(API), "/", "tidak/ada#1")
