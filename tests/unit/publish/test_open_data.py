"""The open files: exact, safe to open, complete in what describes them, and without small cells."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from assets.publish import open_data
from assets.publish.open_data import delimited, small_cells
from assets.readers import sources
from warehouse import contracts, open_terms
from warehouse.indicators import Catalogue
from warehouse.open_terms import Terms, TermsInvalid
from warehouse.regions import Regions

CATALOGUE = Catalogue.load()
AT = dt.datetime(2026, 3, 31, 8, 0, 0, 123)
UNIT = "630103"


def survey(periode: str, n: int | None, **more: Any) -> dict[str, Any]:
    return {"kode_unit": UNIT, "periode": periode, "n_responden": n, "ikm": Decimal("90"), "mutu": "A"} | more


def tables(*surveys: dict[str, Any]) -> dict[str, pa.Table]:
    layanan = {
        "kode_unit": UNIT,
        "periode": "2025",
        "kode_layanan": "nikah",
        "layanan": '=cmd|"x",1',
        "jumlah": 3,
    }
    capaian = {
        "kode_unit": UNIT,
        "periode": "2025",
        "kode_indikator": "persen_desa_mandiri",
        "indikator": "Persentase\r\nDesa Mandiri",
        "sasaran": "",
        "target": Decimal("66.666666666667"),
        "realisasi": Decimal("0"),
        "tercapai": False,
    }
    berkas = {"berkas_id": "ab", "nama": "a.xlsx", "sumber": "idm", "status": "dipakai", "diterima_pada": AT}
    return {
        "ikm": contracts.build("ikm", surveys),
        "layanan": contracts.build("layanan", [layanan]),
        "capaian_iku": contracts.build("capaian_iku", [capaian]),
        "berkas": contracts.build("berkas", [berkas]),
    }


def edition(found: dict[str, pa.Table], warehouse: Path, terms: Terms | None = None) -> open_data.Edition:
    return open_data.Edition(found, {UNIT: "Kecamatan Pelaihari"}, terms or Terms(), CATALOGUE, AT, warehouse)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    open_data.write(edition(tables(survey("2025", 150)), tmp_path), Regions.load())
    return tmp_path


def said(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_csv_is_exact_and_tells_nothing_from_empty(written: Path) -> None:
    raw = (written / "terbit" / "capaian_iku.csv").read_bytes()
    assert raw.count(b"\r\n") == 3 and raw.endswith(b"\r\n")  # header, row, the break inside a name
    head, row = raw.decode("utf-8").split("\r\n", 1)
    assert head.startswith("kode_unit,periode,kode_indikator,")
    assert row.startswith('630103,2025,persen_desa_mandiri,"","Persentase\r\nDesa Mandiri",,')
    assert ",66.666666666667," in row and ",0.00," in row and ",false," in row


@pytest.mark.parametrize("name", ["ikm", "layanan", "capaian_iku", "berkas"])
def test_csv_holds_what_parquet_holds(written: Path, name: str) -> None:
    types = {c.name: c.sql for c in contracts.table(name).columns}
    how = f"columns={types}, header=true, new_line='\\r\\n', nullstr='', allow_quoted_nulls=false"
    csv = f"read_csv('{written}/terbit/{name}.csv', {how})"
    differing = duckdb.sql(
        f"SELECT * FROM {csv} EXCEPT SELECT * FROM '{written}/terbit/{name}.parquet'"
    ).fetchall()
    if name == "layanan":  # the one text that a spreadsheet would have run
        assert [r[3] for r in differing] == ['\'=cmd|"x",1']
    elif name == "berkas":  # moments are written to the second
        assert [r[7] for r in differing] == [AT.replace(microsecond=0)]
    else:
        assert differing == []
    assert duckdb.sql(f"SELECT count(*) FROM {csv}").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0E-12", "0.00"),
        ("-0.500000000000", "-0.50"),
        ("123456789012.000000000001", "123456789012.000000000001"),
    ],
)
def test_a_decimal_never_has_an_exponent(value: str, text: str) -> None:
    assert delimited.exact(Decimal(value)) == text


def test_every_column_type_of_the_contracts_has_a_form() -> None:
    kinds = {delimited._kind(c.arrow) for n in contracts.names() for c in contracts.table(n).columns}
    assert kinds == set(delimited._SAID)


def test_the_package_is_valid_and_a_wrong_cell_is_not(written: Path) -> None:
    from frictionless import Package

    report = Package(str(written / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    csv = written / "terbit" / "ikm.csv"
    csv.write_bytes(csv.read_bytes().replace(b",90.00,", b",9O.00,"))
    assert "type-error" in str(Package(str(written / "datapackage.json")).validate().flatten(["type"]))


def test_bookkeeping_is_not_given_away(tmp_path: Path) -> None:
    found = tables() | {"jalan": contracts.build("jalan", []), "jejak": contracts.build("jejak", [])}
    open_data.write(edition(found, tmp_path), Regions.load())
    assert {p.stem for p in (tmp_path / "terbit").iterdir()} == {"ikm", "layanan", "capaian_iku", "berkas"}


# Small cells


def test_figures_of_fewer_than_five_answers_do_not_leave(tmp_path: Path) -> None:
    rows = [survey("2025-TW1", 4), survey("2025-S2", None), survey("2024", 5)]
    open_data.write(edition(tables(*rows), tmp_path), Regions.load())
    got = duckdb.sql(
        f"SELECT periode, n_responden, ikm, mutu, status_terbit, alasan FROM '{tmp_path}/terbit/ikm.parquet'"
    ).fetchall()
    assert sorted(got) == [
        ("2024", 5, Decimal("90"), "A", "terbit", None),
        ("2025-S2", None, Decimal("90"), "A", "terbit", None),
        ("2025-TW1", None, None, None, "ditahan", small_cells.WHY),
    ]
    assert "2025-TW1,,," in (tmp_path / "terbit" / "ikm.csv").read_text("utf-8")


def test_a_missing_quarter_cannot_be_subtracted_back() -> None:
    quarters = [survey("2025", 340), survey("2025-TW1", 150), survey("2025-TW2", 36), survey("2025-TW3", 150)]
    assert small_cells.surveys([*quarters, survey("2025-TW4", 4)]) == {(UNIT, "2025-TW4"), (UNIT, "2025-TW2")}
    # Two small quarters hide each other; without the year there is nothing to subtract from.
    both = [survey("2025", 160), survey("2025-TW1", 152), survey("2025-TW2", 4), survey("2025-TW3", 4)]
    assert small_cells.surveys(both) == {(UNIT, "2025-TW2"), (UNIT, "2025-TW3")}
    assert small_cells.surveys([survey("2025-TW1", 150), survey("2025-TW2", 4)]) == {(UNIT, "2025-TW2")}
    # Four persons in two quarters are as few as four in one.
    few = [survey("2025", 184), survey("2025-TW1", 150), survey("2025-TW2", 2), survey("2025-TW3", 2)]
    assert small_cells.surveys([*few, survey("2025-TW4", 30)]) == {
        (UNIT, f"2025-TW{q}") for q in (2, 3, 4)
    }  # fmt: skip
    # A year that was printed without its respondents, and a quarter without them, can be subtracted as well.
    unknown = [survey("2025", None), survey("2025-TW1", None), survey("2025-TW2", 4)]
    assert small_cells.surveys(unknown) == {(UNIT, "2025-TW1"), (UNIT, "2025-TW2")}


def test_what_repeats_a_small_survey_goes_with_it() -> None:
    year = {"kode_unit": UNIT, "tahun": 2025, "kode_indikator": "ikm", "realisasi": Decimal(90)}
    period = {"kode_unit": UNIT, "periode": "2025", "kode_indikator": "ikm", "realisasi": Decimal(90)}
    region = {"lingkup": "kab:6301", "kode_pembanding": UNIT, "nilai": Decimal(90)}
    found = {
        "ikm": contracts.build("ikm", [survey("2025", 3)]),
        "ikm_unsur": contracts.build(
            "ikm_unsur", [{"kode_unit": UNIT, "periode": "2025", "unsur": "U1", "n": 3, "nrr": Decimal(4)}]
        ),
        "capaian_iku": contracts.build("capaian_iku", [period, {**period, "kode_indikator": "serapan"}]),
        "tren_iku": contracts.build("tren_iku", [year]),
        "banding": contracts.build("banding", [{"kode_indikator": "ikm", "tahun": 2025, **region}]),
    }
    given = {n: contracts.as_rows(t) for n, t in small_cells.masked(found, CATALOGUE).items()}
    assert given["ikm_unsur"][0]["nrr"] is None and given["ikm_unsur"][0]["n"] is None
    assert [r["realisasi"] for r in given["capaian_iku"]] == [None, Decimal(90)]
    assert given["tren_iku"][0]["realisasi"] is None and given["banding"][0]["nilai"] is None


def test_what_gives_a_small_quarter_back_by_another_way_goes_with_it() -> None:
    quarters = [survey("2025", 154), survey("2025-TW3", 150), survey("2025-TW4", 4)]
    way = {"kode_unit": UNIT, "periode": "2025", "bobot_aturan": "1/9", "ikm": Decimal(90)}
    turns = "ikm_tahunan=periode_akhir: 90,88"
    value = {"kode_unit": UNIT, "periode": "2025", "kode_indikator": "ikm", "realisasi": Decimal(95)}
    found = {
        "ikm": contracts.build("ikm", [{**row, "peka": turns} for row in quarters]),
        "ikm_varian": contracts.build(
            "ikm_varian", [{**way, "metode": m} for m in ("gabungan", "periode_akhir", "rata_periode")]
        ),
        "realisasi_iku": contracts.build("realisasi_iku", [{**value, "peka": turns}]),
        "capaian_iku": contracts.build(
            "capaian_iku", [{**value, "peka": turns, "alasan": "Sebab lain"}, {**value, "periode": "2024"}]
        ),
    }
    given = {n: contracts.as_rows(t) for n, t in small_cells.masked(found, CATALOGUE).items()}
    assert {r["ikm"] for r in given["ikm_varian"]} == {None}
    (value,) = given["realisasi_iku"]
    assert (value["realisasi"], value["peka"], value["status_terbit"]) == (Decimal(95), None, "terbit")
    assert value["alasan"] == small_cells.WHY_PART.format("peka")
    assert [r["peka"] for r in given["ikm"]] == [None] * 3
    reached = {r["periode"]: r["alasan"] for r in given["capaian_iku"]}
    assert reached == {"2025": f"Sebab lain; {small_cells.WHY_PART.format('peka')}", "2024": None}


def test_the_change_of_the_next_year_does_not_tell_a_small_one() -> None:
    year = {"kode_unit": UNIT, "kode_indikator": "ikm", "realisasi": Decimal(90), "perubahan": Decimal(1)}
    found = {
        "ikm": contracts.build("ikm", [survey("2024", 3), survey("2025", 150), survey("2026", 150)]),
        "tren_iku": contracts.build("tren_iku", [{**year, "tahun": y} for y in (2024, 2025, 2026)]),
    }
    rows = contracts.as_rows(small_cells.masked(found, CATALOGUE)["tren_iku"])
    assert [(r["realisasi"], r["perubahan"]) for r in rows] == [
        (None, None), (Decimal(90), None), (Decimal(90), Decimal(1))
    ]  # fmt: skip


def test_every_table_that_can_repeat_an_index_is_looked_at() -> None:
    looked = set(small_cells._concerned(set(), set()))
    named = {
        n
        for n in contracts.names("mart")
        if {"kode_indikator"} & set(contracts.table(n).schema.names) or n.startswith("ikm")
    } - {"pautan_program"}  # which programmes serve an indicator, not what it came to
    assert named <= looked


def test_what_a_respondent_answered_is_not_in_the_open_findings() -> None:
    files = [
        {"berkas_id": "jawaban", "nama": "a", "sumber": "skm", "tata_letak": "TW I: skm_jawaban (u1=U1)"},
        {"berkas_id": "lra", "nama": "b", "sumber": "realisasi", "tata_letak": "realisasi_rekening"},
    ]
    cell = {"aturan": "x", "akibat": "tolak", "sel": "F12", "tertulis": "7", "pesan": "F12: tertulis 7"}
    rows = [{**cell, "temuan_id": b["berkas_id"], "berkas_id": b["berkas_id"]} for b in files]
    found = {"berkas": contracts.build("berkas", files), "temuan": contracts.build("temuan", rows)}
    given = {r["temuan_id"]: r for r in contracts.as_rows(small_cells.masked(found, CATALOGUE)["temuan"])}
    assert (given["jawaban"]["tertulis"], given["jawaban"]["pesan"]) == (None, small_cells.WHY_CELL)
    assert given["jawaban"]["sel"] == "F12" and given["lra"]["tertulis"] == "7"


def test_findings_in_the_files_of_a_small_survey_tell_no_figure() -> None:
    files = [{"berkas_id": "rekap", "nama": "a", "sumber": "skm", "tata_letak": "Rekap: skm_nrr"}]
    printed = {"aturan": "nrr_tidak_mungkin", "akibat": "ingat", "berkas_id": "rekap", "kode_unit": UNIT}
    told = {**printed, "tertulis": "3,881", "pesan": "tertulis 3,881", "cara_perbaiki": "Tulis 3,75"}
    rows = [{**told, "temuan_id": p, "periode": p} for p in ("2024", "2025", "2025-TW1")]
    found = {
        "berkas": contracts.build("berkas", files),
        "temuan": contracts.build("temuan", [*rows, {**told, "temuan_id": "tanpa periode"}]),
        "ikm": contracts.build("ikm", [survey("2025-TW1", 4)]),
    }
    given = {r["temuan_id"]: r for r in contracts.as_rows(small_cells.masked(found, CATALOGUE)["temuan"])}
    assert [n for n, r in given.items() if r["tertulis"]] == ["2024"]
    assert given["2025"]["pesan"] == small_cells.WHY_CELL and given["2025"]["cara_perbaiki"] is None


# What describes the files


def test_indicators_carry_the_fields_of_ms_ind(written: Path) -> None:
    found = said(written / "metadata-statistik.json")
    own = next(i for i in found["ms_ind"] if i["kode"] == "persen_desa_mandiri")
    asked = "nama_indikator konsep definisi interpretasi metode_rumus_penghitungan ukuran satuan"
    assert all(
        own[k] for k in [*asked.split(), "klasifikasi_penyajian", "level_estimasi", "variabel_pembangun"]
    )
    assert own["dapat_diakses_umum"] is True and own["belum_diisi"] == []
    assert {v["dataset"] for v in found["ms_var"]} == {"ikm", "layanan", "capaian_iku", "berkas"}
    assert all(v["definisi"] and v["tipe_data"] for v in found["ms_var"])
    assert [k["judul_kegiatan"] for k in found["ms_keg"]] == ["Indeks Desa Membangun (IDM)"]
    assert "penanggung_jawab" in found["ms_keg"][0]["belum_diisi"]


def test_the_catalogue_names_sources_that_exist() -> None:
    known = {s.nama for s in sources.all_sources()}
    named = {s for i in CATALOGUE.indicators.values() for v in i.variabel for s in v.sumber}
    assert named <= known and all(i.konsep and i.variabel for i in CATALOGUE.indicators.values())


def test_a_bps_code_is_only_what_the_walidata_stated(tmp_path: Path) -> None:
    open_data.write(edition(tables(), tmp_path), Regions.load())
    region = said(tmp_path / "metadata-statistik.json")["kode_referensi"][0]
    assert region["kode_kemendagri"] == UNIT and region["kode_bps"] is None
    assert len(region["desa"]) == 20 and {d["kode_bps"] for d in region["desa"]} == {None}
    stated = open_terms.parse({"data_terbuka": {"kode_bps": {UNIT: "6301030"}}})
    open_data.write(edition(tables(), tmp_path, stated), Regions.load())
    assert said(tmp_path / "metadata-statistik.json")["kode_referensi"][0]["kode_bps"] == "6301030"
    extras = {e["key"]: e["value"] for e in said(tmp_path / "ckan.json")["extras"]}
    assert json.loads(extras["kode_bps"]) == {UNIT: "6301030"}


def test_catalogues_name_every_file_and_the_terms(tmp_path: Path) -> None:
    facts = {"lisensi": "CC0-1.0", "penerbit": "Diskominfo", "alamat": "https://data.contoh.go.id/l"}
    open_data.write(
        edition(tables(survey("2024", 9)), tmp_path, open_terms.parse({"data_terbuka": facts})),
        Regions.load(),
    )
    dcat, ckan = said(tmp_path / "dcat.jsonld"), said(tmp_path / "ckan.json")
    base = "https://data.contoh.go.id/l/"
    files = {f"{base}terbit/{p.name}" for p in (tmp_path / "terbit").iterdir()}
    given = [d for s in dcat["dcat:dataset"] for d in s["dcat:distribution"]]
    assert {d["dcat:downloadURL"]["@id"] for d in given} == files
    assert {d["dct:license"]["@id"] for d in given} == {"https://creativecommons.org/publicdomain/zero/1.0/"}
    described = {f"{base}datapackage.json", f"{base}metadata-statistik.json"}
    assert {r["url"] for r in ckan["resources"]} == files | described
    assert ckan["license_id"] == "cc-zero" and ckan["name"] == "kinerja-kecamatan-630103"
    assert dcat["dct:publisher"]["foaf:name"] == "Diskominfo" and "Diskominfo (2026)" in ckan["notes"]
    assert dcat["dcat:dataset"][0]["dct:temporal"]["dcat:startDate"]["@value"] == "2024-01-01"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"data_terbuka": {"lisensi": "bebas"}}, "CC-BY-4.0"),
        ({"data_terbuka": {"licence": "CC0-1.0"}}, "licence tidak dikenal"),
        ({"data_terbuka": {"alamat": "javascript:1"}}, "https://"),
        ({"data_terbuka": {"penerbit": 5}}, "satu baris teks"),
        ({"data_terbuka": {"kode_bps": {"630103": "630103"}}}, "7 angka BPS"),
        ({"data_terbuka": {"kode_bps": {630103: "6301030"}}}, "tanda kutip"),
        ({"lisensi": "CC0-1.0"}, "satu kunci"),
        ([], "satu kunci"),
    ],
)
def test_terms_that_cannot_be_used_say_why(facts: Any, told: str) -> None:
    with pytest.raises(TermsInvalid, match=told):
        open_terms.parse(facts)


def test_without_a_file_the_terms_are_the_default(tmp_path: Path) -> None:
    assert open_terms.load(tmp_path / "data_terbuka.yaml") == Terms()
    assert Terms().lisensi.spdx == "CC-BY-4.0"
