"""Reductions: what they add up, over nothing, over blanks, and in what order."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from assets.marts.reduce import REDUCTIONS, ReductionUnknown, reduce, statement
from warehouse import contracts

NAMES = sorted(p.stem for p in REDUCTIONS.glob("*.sql"))
INPUT = {
    "skm_unsur": ("skm_jawaban", "clean_skm_jawaban"),
    "layanan_volume": ("layanan", "clean_layanan"),
    "desa_status": ("status_desa", "status_desa"),
    "bumdes_kelas": ("bumdes", "bumdes"),
}


def test_every_reduction_has_a_known_input() -> None:
    assert set(NAMES) == set(INPUT)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_reduces_to_nothing_with_whole_number_columns(name: str) -> None:
    parameter, table = INPUT[name]
    made = reduce(name, **{parameter: contracts.build(table, [])})
    assert made.num_rows == 0
    # Sums leave as 64-bit integers: an engine's wider or floating sum type never reaches Python.
    kinds = {f.type for f in made.schema if not pa.types.is_string(f.type)}
    assert kinds == {pa.int64()}


def test_an_unknown_reduction_names_the_known_ones() -> None:
    with pytest.raises(ReductionUnknown, match="skm_unsur"):
        statement("tidak_ada")


def test_a_missing_table_is_an_error_not_an_empty_result() -> None:
    with pytest.raises(duckdb.Error):
        reduce("skm_unsur")


def respondent(baris: int, *answers: int | None, berkas: str = "a", **more: object) -> dict[str, object]:
    row = {
        "kode_unit": "630103",
        "periode": "2025-TW1",
        **{f"u{i}": a for i, a in enumerate(answers, start=1)},
        "jawaban_ditolak": 0,
        "berkas_id": berkas,
        "lembar": "S",
        "tabel_ke": 1,
        "baris": baris,
    }
    return row | more


def test_one_blank_counts_per_unsur_and_two_exclude_the_respondent() -> None:
    answers = contracts.build(
        "clean_skm_jawaban",
        [
            respondent(5, 4, 4, 4, 4, 4, 4, 4, 4, 4),
            respondent(6, None, 3, 3, 3, 3, 3, 3, 3, 3),
            respondent(7, None, None, 1, 1, 1, 1, 1, 1, 1, jawaban_ditolak=1),
        ],
    )
    (row,) = reduce("skm_unsur", skm_jawaban=answers).to_pylist()
    assert (row["semua"], row["dipakai"], row["tersentuh"]) == (3, 2, 1)
    assert (row["s1"], row["n1"]) == (4, 1)
    assert (row["s2"], row["n2"]) == (7, 2)
    assert (row["baris_awal"], row["baris_akhir"]) == (5, 7)


def test_an_undecided_pair_is_added_up_apart_and_its_blanks_count() -> None:
    pair = [
        respondent(5, *[4] * 7, u8_u9_a=3, u8_u9_b=2),
        respondent(6, *[4] * 7, u8_u9_a=None, u8_u9_b=1),
        respondent(7, *[4] * 7),
    ]
    (row,) = reduce("skm_unsur", skm_jawaban=contracts.build("clean_skm_jawaban", pair)).to_pylist()
    assert row["dipakai"] == 2  # the third left both blank
    assert (row["sa"], row["na"], row["sb"], row["nb"]) == (3, 1, 3, 2)
    assert (row["s8"], row["n8"]) == (None, 0)


def test_a_decided_pair_is_not_counted_twice() -> None:
    decided = [respondent(5, *[4] * 9, u8_u9_a=4, u8_u9_b=4)]
    (row,) = reduce("skm_unsur", skm_jawaban=contracts.build("clean_skm_jawaban", decided)).to_pylist()
    assert (row["n8"], row["na"], row["berpasangan"], row["dipakai"]) == (1, 0, 1, 1)


def test_files_stay_apart_in_a_total_order() -> None:
    rows = [respondent(1, *[4] * 9, berkas=b) for b in ("b", "a")]
    made = reduce("skm_unsur", skm_jawaban=contracts.build("clean_skm_jawaban", rows))
    assert made.column("berkas_id").to_pylist() == ["a", "b"]


def test_volume_leaves_printed_totals_out_and_tells_unreported_services() -> None:
    def service(kode: str, jumlah: int | None, baris: int) -> dict[str, object]:
        place = {"berkas_id": "a", "lembar": "S", "tabel_ke": 1, "baris": baris}
        return {
            "kode_unit": "1",
            "periode": "2025",
            "kode_layanan": kode,
            "layanan": kode,
            "jumlah": jumlah,
        } | place

    rows = [
        service("ktp", 7, 1),
        service("kk", None, 2),
        service("TOTAL", 7, 3),
        service("JUMLAH:seksi", 7, 4),
    ]
    (row,) = reduce("layanan_volume", layanan=contracts.build("clean_layanan", rows)).to_pylist()
    assert (row["volume"], row["layanan"], row["dilaporkan"]) == (7, 2, 1)
