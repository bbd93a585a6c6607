"""Survey answers and printed summaries."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from lembar_uji import PELAIHARI, aturan, context, n, rows, sel, tabel

from assets.clean import skm_jawaban, skm_ringkasan
from assets.clean.survey_respondents import PARTICULARS, particulars
from assets.marts.ikm import ikm
from warehouse import contracts

NAMED = "tanggal u1 u2 u3 u4 u5 u6 u7 u8 u9"
BARE = "u1 u2 u3 u4 u5 u6 u7 u8_u9_a u8_u9_b"
CONTEXT = context()


def _answers(fields, *each, **where):
    return {"skm_jawaban": tabel(fields, each, **{"periode": "2025-TW1", **where})}


def test_letters_words_and_numbers_are_one_scale():
    tables = _answers(NAMED, ("", "d", "Sangat mudah", n("3"), "Gratis", "4", "4.0", "c", "B", n("1")))
    (found,) = rows(skm_jawaban.clean(tables, CONTEXT), "clean_skm_jawaban")
    assert [found[f"u{i}"] for i in range(1, 10)] == [4, 4, 3, 4, 4, 4, 3, 2, 1]
    assert found["u8_u9_a"] is None and found["jawaban_ditolak"] == 0


def test_an_answer_off_the_scale_counts_as_blank_and_is_rejected_alone():
    tables = _answers(
        NAMED,
        ("", n("5"), *[n("4")] * 8),
        ("", n("4"), *[n("4")] * 7, "entah"),
        ("", n("0"), *[n("4")] * 8),
    )
    sifted = skm_jawaban.clean(tables, CONTEXT)
    found = rows(sifted, "clean_skm_jawaban")
    assert [r["u1"] for r in found] == [None, 4, None] and found[1]["u9"] is None
    assert [r["jawaban_ditolak"] for r in found] == [1, 1, 1]
    assert sorted((r["baris"], r["kolom"], r["aturan"]) for r in sifted.rejected) == [
        (5, "u1", "di_luar_skala"), (6, "u9", "tidak_terbaca"), (7, "u1", "di_luar_skala"),
    ]  # fmt: skip
    scale = next(f for f in sifted.findings if f.aturan == "di_luar_skala")
    assert (scale.jumlah, scale.cell.baris, scale.cell.sampai_baris) == (2, 5, 7)


def test_unused_lines_and_sums_are_layout():
    tables = _answers(
        NAMED, ("2025-01-03", *[n("4")] * 9), ("2025-01-04",), ("", *[n("8")] * 9), jenis={2: "subtotal"}
    )
    sifted = skm_jawaban.clean(tables, CONTEXT)
    assert sifted.accepted.num_rows == 1 and sorted(sifted.layout) == [("f1", "L", 6), ("f1", "L", 7)]


@pytest.mark.parametrize(
    ("where", "rule"),
    [
        ({"unit": None}, "unit_tidak_diketahui"),
        ({"periode": None}, "periode_tidak_diketahui"),
        ({"unit": "6301"}, "bukan_kecamatan"),
    ],
)
def test_a_sheet_without_place_is_kept_out_with_one_finding(where, rule):
    sifted = skm_jawaban.clean(_answers(NAMED, *[("", *[n("4")] * 9)] * 3, **where), CONTEXT)
    assert sifted.accepted.num_rows == 0 and len(sifted.rejected) == 3
    assert [(f.aturan, f.jumlah) for f in sifted.findings] == [(rule, 3)]


def test_months_of_exactly_a_quarter_are_that_quarter():
    found = rows(
        skm_jawaban.clean(_answers(NAMED, ("", *[n("4")] * 9), periode="2025-04..2025-06"), CONTEXT),
        "clean_skm_jawaban",
    )
    assert found[0]["periode"] == "2025-TW2"


@pytest.mark.parametrize(
    ("choice", "u8", "u9"), [({}, None, None), ({"u8_u9": "daftar"}, 1, 2), ({"u8_u9": "formulir"}, 2, 1)]
)
def test_bare_u8_and_u9_are_the_units_choice(choice, u8, u9):
    sifted = skm_jawaban.clean(_answers(BARE, (*[n("4")] * 7, n("1"), n("2"))), context(u630103=choice))
    (found,) = rows(sifted, "clean_skm_jawaban")
    assert (found["u8"], found["u9"], found["u8_u9_a"], found["u8_u9_b"]) == (u8, u9, 1, 2)
    assert aturan(sifted) == ([] if choice else ["urutan_u8_u9"])


def test_undecided_order_withholds_the_two_elements_and_nothing_else():
    sifted = skm_jawaban.clean(_answers(BARE, *[tuple([n("4")] * 9)] * 2), CONTEXT)
    (finding,) = sifted.findings
    assert not finding.holds_cell and {f.tabel for f in finding.figures} == {"ikm_unsur"}
    assert (finding.cell.baris, finding.cell.field) == (0, "u8_u9_a")
    assert {f.kunci for f in finding.figures} == {
        f"kode_unit={PELAIHARI};periode=2025-TW1;unsur={u}" for u in ("U8", "U9")
    }


def test_a_province_is_read_by_its_distinct_answers(monkeypatch):
    asked = []
    parse = skm_jawaban.parse_answer
    monkeypatch.setattr(skm_jawaban, "parse_answer", lambda *a: asked.append(a) or parse(*a))
    one = _answers(NAMED, *[("", *[n(str(1 + i % 4))] * 9) for i in range(40)])["skm_jawaban"]
    many = pa.concat_tables([one] * 50)
    many = many.set_column(3, "baris", pa.array(range(many.num_rows), pa.int64()))
    sifted = skm_jawaban.clean({"skm_jawaban": many}, CONTEXT)
    assert (
        sifted.accepted.num_rows == 2000
        and sifted.accepted.schema == contracts.table("clean_skm_jawaban").schema
    )
    assert len(asked) == 9 * 4


SUMMARY = "unsur nilai@2025-TW1 nilai@TW2"


def _summary(*each, fields=SUMMARY, **where):
    return {"skm_ringkasan": tabel(fields, each, **where)}


def test_a_summary_becomes_one_row_a_figure_and_period():
    tables = _summary(
        ("Persyaratan", "3.907", "3.887"),
        ("Prilaku Petugas", "3.900", "3.880"),
        ("Kualitas Sarana dan Prasarana", "3.960", "4.000"),
        ("NRR 9 Ruang Lingkup Pelayanan", "3.899", "3.884"),
        ("Nilai Hasil IKM", "97.48", "97.09"),
        ("Mutu Pelayanan", "A", "A"),
        ("Jumlah Responden", "150", "150"),
    )
    sifted = skm_ringkasan.clean(tables, CONTEXT)
    found = {(r["ukuran"], r["periode"]): r["nilai"] for r in rows(sifted, "clean_skm_ringkasan")}
    assert found["U7", "2025-TW2"] == Decimal("3.88") and found["U9", "2025-TW2"] == 4
    assert found["SKM", "2025-TW1"] == Decimal("3.899") and found["IKM", "2025-TW1"] == Decimal("97.48")
    assert found["N", "2025-TW2"] == 150 and len(found) == 12
    assert sifted.layout == [("f1", "L", 10)] and sifted.findings == []


@pytest.mark.parametrize(
    ("said", "ukuran"),
    [
        ("Sistem, Mekanisme dan Prosuder Pelayanan", "U2"), ("Kecepatan Waktu Pelayanan", "U3"),
        ("Kewajaran Biaya / Tarif", "U4"),
        ("Produk Spesifikasi Jenis Pelayanan", "U5"), ("Kompetensi / Kemampuan Pelaksanaan", "U6"),
        ("Penanganan Pengaduan, Saran dan Masukan ; dan", "U8"), ("Indeks Kepuasan Masyarakat", "IKM"),
        ("NRR Tertimbang", "SKM"), ("U4", "U4"), ("Unsur U 5", "U5"),
    ],
)  # fmt: skip
def test_an_element_is_known_by_its_words(said, ukuran):
    sifted = skm_ringkasan.clean(_summary((said, "3,9"), fields="unsur nilai@2025"), CONTEXT)
    found = rows(sifted, "clean_skm_ringkasan")
    if ukuran == "IKM":  # 3,9 is no index
        assert aturan(sifted) == ["di_luar_skala"] and sifted.rejected[-1]["kolom"] == "*"
    else:
        assert [r["ukuran"] for r in found] == [ukuran]


def test_a_mean_above_four_is_rejected_and_the_other_quarters_stay():
    sifted = skm_ringkasan.clean(_summary(("Biaya/Tarif", "4.980", "3.960")), CONTEXT)
    assert [(r["periode"], r["nilai"]) for r in rows(sifted, "clean_skm_ringkasan")] == [
        ("2025-TW2", Decimal("3.96"))
    ]
    (finding,) = sifted.findings
    assert (finding.aturan, finding.tertulis, finding.cell.field) == (
        "di_luar_skala",
        "4.980",
        "nilai@2025-TW1",
    )


def test_what_is_no_element_is_told():
    assert aturan(skm_ringkasan.clean(_summary(("Kebersihan Toilet", "3,9")), CONTEXT)) == [
        "unsur_tidak_dikenal"
    ]


def test_bare_codes_of_a_summary_follow_the_choice():
    tables = _summary(("U8", "3,5"), ("U9", "3,7"), fields="unsur nilai@2025-TW1")
    undecided = skm_ringkasan.clean(tables, CONTEXT)
    assert aturan(undecided) == ["urutan_u8_u9"] and undecided.findings[0].figures
    decided = skm_ringkasan.clean(tables, context(u630103={"u8_u9": "formulir"}))
    assert {r["ukuran"]: r["nilai"] for r in rows(decided, "clean_skm_ringkasan")} == {
        "U9": Decimal("3.5"),
        "U8": Decimal("3.7"),
    }
    assert decided.findings == []


def test_an_error_cell_is_kept_out_without_a_second_finding():
    sifted = skm_ringkasan.clean(_summary(("Persyaratan", sel("#REF!", "e"), "3,9")), CONTEXT)
    assert [(r["kolom"], r["aturan"]) for r in sifted.rejected] == [("nilai@2025-TW1", "sel_galat")]
    assert sifted.findings == []


def test_several_rejected_answers_of_a_column_are_named_and_not_called_blank():
    odd = [("", n(x), *[n("4")] * 8) for x in ("5", "9", "5", "0", "7")]
    (finding,) = skm_jawaban.clean(_answers(NAMED, *odd), CONTEXT).findings
    assert (finding.jumlah, finding.tertulis) == (5, "5; 9; 0; dan 1 lainnya")


# --- what the rules of a survey's quality need of a respondent ---------------------------------------


def _about(*lines: dict[str, str], periode: str = "2025-TW1") -> list[dict]:
    columns = {n: pa.array([each.get(n, "") for each in lines], pa.string()) for n in PARTICULARS}
    made = particulars(pa.table(columns), pa.array([periode] * len(lines)))
    return [
        dict(zip(made, row, strict=True)) for row in zip(*(c.to_pylist() for c in made.values()), strict=True)
    ]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-01-06", dt.date(2025, 1, 6)),
        ("06/01/2025 9:12:33", dt.date(2025, 1, 6)),
        ("2025/01/06 9:12:33 AM GMT+8", dt.date(2025, 1, 6)),
        ("Senin, 6 Januari 2025", dt.date(2025, 1, 6)),
        ("04/03/2025", dt.date(2025, 3, 4)),
        ("1/14/2025 08:00:00", dt.date(2025, 1, 14)),
        # Read the Indonesian way it would be October; the American way it lies in the survey's quarter.
        ("2/10/2025", dt.date(2025, 2, 10)),
        ("2/10/24", dt.date(2024, 10, 2)),
        ("45663", None),
        ("31/02/2025", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_the_period_makes_sense_of_it(said, day):
    assert _about({"tanggal": said})[0]["tanggal"] == day


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("16", 16),
        ("17 tahun", 17),
        ("17-25", 17),
        ("< 17", 16),
        ("di bawah 20 tahun", 19),
        ("1998", None),
        ("-", None),
    ],
)
def test_an_age_is_its_lower_bound(said, years):
    assert _about({"usia": said})[0]["usia"] == years


def test_respondents_with_the_same_hour_or_all_particulars_share_a_number():
    full = {"tanggal": "2025-01-06", "jk": "L", "usia": "53", "pendidikan": "SMA", "pekerjaan": "Petani"}
    hour = {"tanggal": "06/01/2025 9:12:33", "jk": "L"}
    found = _about(full, full, full | {"usia": "54"}, hour, hour, full | {"usia": "50-60"}, {"jk": "L"})
    numbers = [r["ciri"] for r in found]
    assert numbers[0] == numbers[1] != numbers[2] and numbers[3] == numbers[4] and numbers[5:] == [None, None]
    assert [r["jam_tercatat"] for r in found] == [False, False, False, True, True, None, None]


@pytest.mark.parametrize("slip", ["44", "444444444", "40", "-4", "4,5", "4444444444444", "34.0"])
def test_no_answer_off_the_scale_reaches_the_index(slip):
    lines = [("", n(slip), *[n("3")] * 8), ("", slip, *[n("3")] * 8), ("", *[n("3")] * 9)]
    sifted = skm_jawaban.clean(_answers(NAMED, *lines), CONTEXT)
    assert [r["u1"] for r in rows(sifted, "clean_skm_jawaban")] == [None, None, 3]
    assert {r["aturan"] for r in sifted.rejected} == {"di_luar_skala"} and len(sifted.rejected) == 2
    empty = {name: contracts.build(f"clean_{name}", []) for name in ("skm_ringkasan", "layanan")}
    made = ikm(sifted.accepted, empty["skm_ringkasan"], empty["layanan"], CONTEXT)
    assert {r["nrr"] for r in made["ikm_unsur"].rows} == {3}
    assert [f.aturan for f in made["ikm"].findings] == ["jawaban_ditolak_banyak"]
