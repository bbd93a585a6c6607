from decimal import Decimal
from typing import Any

from assets.marts.ringkasan import ringkasan
from tests.unit.marts.rows import PELAIHARI, built, knowing, mart, steps
from warehouse.formulas.rounding import rounded
from warehouse.trail import Figure

PLACE = {"kode_unit": PELAIHARI, "periode": "2025"}


def achieved(kode: str, percent: str | None, **more: Any) -> dict[str, Any]:
    return {
        **PLACE,
        "kode_indikator": kode,
        "indikator": kode,
        "capaian_persen": None if percent is None else Decimal(percent),
        **more,
    }


def efficient(kode: str, rumus: str, value: str | None, **more: Any) -> dict[str, Any]:
    return {
        **PLACE,
        "kode_indikator": kode,
        "rumus": rumus,
        "efisiensi": None if value is None else Decimal(value),
        **more,
    }


def run(*tables: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], Any]:
    names = ("capaian_iku", "efisiensi", "kinerja_program", "efisiensi_program")
    given = [*tables, *[()] * (4 - len(tables))]
    made = ringkasan(*(mart(n, *rows) for n, rows in zip(names, given, strict=True)), knowing())[
        "capaian_ringkasan"
    ]  # type: ignore[arg-type]
    return {r["periode"]: r for r in built("capaian_ringkasan", made).values()}, made


def test_means_of_unrounded_figures() -> None:
    rows, made = run(
        (achieved("persen_desa_mandiri", "120"), achieved("ikm", "99.950308609687")),
        (
            efficient("persen_desa_mandiri", "E", "24.0923"),
            efficient("ikm", "E", "8.8642"),
            efficient("ikm", "RASIO", "1.0972"),
        ),
    )
    row = rows["2025"]
    assert rounded(row["rata_capaian"], 4) == Decimal("109.9752")
    assert (row["n"], row["kategori"], row["tidak_dihitung"]) == (2, "Sangat Tinggi", None)
    assert (row["rata_efisiensi_e"], row["n_efisiensi_e"]) == (Decimal("16.47825"), 2)
    assert (row["rata_efisiensi_rasio"], row["n_efisiensi_rasio"]) == (Decimal("1.0972"), 1)
    assert (row["rata_efisiensi_ne"], row["n_efisiensi_ne"]) == (None, 0)
    key = f"kode_unit={PELAIHARI};periode=2025"
    source = Figure("capaian_iku", f"{key};kode_indikator=ikm", "capaian_persen")
    for column in ("rata_capaian", "n"):
        assert source in [s.source for s in steps(made, key, column)]


def test_what_is_empty_is_left_out_and_named() -> None:
    rows, _ = run(
        (achieved("ikm", "90"), achieved("persen_desa_mandiri", None, alasan="target tidak ada")),
        (efficient("ikm", "E", None, alasan="pagu 0"), efficient("ikm", "NE", None, alasan="pagu 0")),
    )
    row = rows["2025"]
    assert (row["rata_capaian"], row["n"], row["kategori"]) == (90, 1, "Tinggi")
    assert row["tidak_dihitung"] == "capaian persen_desa_mandiri: target tidak ada | efisiensi ikm: pagu 0"


def test_a_mean_of_nothing_is_empty() -> None:
    rows, _ = run((achieved("ikm", None, alasan="realisasi belum ada"),))
    row = rows["2025"]
    assert (row["rata_capaian"], row["n"], row["kategori"]) == (None, 0, None)
    assert row["alasan"] == "tidak ada capaian yang dapat dihitung"


def test_a_quarter_without_achievement_has_no_line() -> None:
    rows, _ = run((achieved("ikm", None, periode="2025-TW1"), achieved("ikm", "80", periode="2025-TW2")))
    assert set(rows) == {"2025-TW2"}


def test_programmes_count_once_each_whatever_their_outputs() -> None:
    def output(kode: str, percent: Any, tingkat: str = "program") -> dict[str, Any]:
        return {
            **PLACE,
            "kode": kode,
            "tingkat": tingkat,
            "indikator": kode,
            "capaian_persen": percent,
            "alasan": "target tidak ada" if percent is None else None,
        }

    def ratio(kode: str, value: Any) -> dict[str, Any]:
        return {
            **PLACE,
            "kode": kode,
            "tingkat": "program",
            "rasio": value,
            "alasan": None if value else "pagu 0",
        }

    rows, _ = run(
        (achieved("ikm", "100"),),
        (),
        (
            output("7.01.01", 100),
            output("7.01.01/2", 50),
            output("7.01.02", 95),
            output("7.01.03", None),
            output("7.01.01.2.01", 10, "kegiatan"),
        ),
        (ratio("7.01.01", Decimal("0.75")), ratio("7.01.02", Decimal("1.25")), ratio("7.01.03", None)),
    )
    row = rows["2025"]
    assert (row["rata_capaian_program"], row["n_program"]) == (85, 2)
    assert row["rata_efisiensi_program"] == 1
    assert (
        row["tidak_dihitung"]
        == "capaian program 7.01.03: target tidak ada | efisiensi program 7.01.03: pagu 0"
    )


def test_a_mean_rests_on_what_it_leaves_out() -> None:
    # A figure that a finding withholds takes the mean with it: the mean of the rest is another figure.
    _, made = run((achieved("ikm", "90"), achieved("persen_desa_mandiri", None, alasan="desa kurang")))
    key = f"kode_unit={PELAIHARI};periode=2025"
    left_out = Figure("capaian_iku", f"{key};kode_indikator=persen_desa_mandiri", "capaian_persen")
    assert left_out in [s.source for s in steps(made, key, "rata_capaian")]
