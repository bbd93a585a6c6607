"""Villages: score, status, margins; what is missing; what two files say of one village."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assets.marts.status_desa import belum_ada, metode_dipakai, status_desa
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.formulas import registry
from warehouse.indicators import Catalogue
from warehouse.regions import Regions
from warehouse.trail import Cell, Figure

KALUMPANG = "630609"
DIMENSI = ("layanan_dasar", "sosial", "ekonomi", "lingkungan", "aksesibilitas", "tata_kelola")
CONTEXT = Context(Regions.load(), Catalogue.load(), Choices.load())


def codes(unit: str = KALUMPANG) -> list[str]:
    return [d.kode for d in CONTEXT.regions.desa_of(unit) if d.adalah_desa]


def idm(
    kode: str, *values: str | None, tahun: int = 2024, berkas: str = "a", baris: int = 0
) -> dict[str, Any]:
    iks, ike, ikl, nilai = (None if v is None else Decimal(v) for v in values[:4])
    return {
        "tahun": tahun,
        "kode_desa": kode,
        "desa": f"DESA {kode[-2:]}",
        "kode_unit": kode[:6],
        "iks": iks,
        "ike": ike,
        "ikl": ikl,
        "nilai": nilai,
        "status": values[4] if len(values) > 4 else None,
        "berkas_id": berkas,
        "lembar": "S",
        "tabel_ke": 1,
        "baris": baris or int(kode[-2:]),
    }


def indeks(
    kode: str, points: str, skor: str | None, status: str | None = None, tahun: int = 2025
) -> dict[str, Any]:
    parts = dict(zip(DIMENSI, (None if p == "-" else Decimal(p) for p in points.split()), strict=True))
    return {
        "tahun": tahun,
        "kode_desa": kode,
        "desa": f"DESA {kode[-2:]}",
        "kode_unit": kode[:6],
        **parts,
        "skor": None if skor is None else Decimal(skor),
        "status": status,
        "berkas_id": "i",
        "lembar": "S",
        "tabel_ke": 1,
        "baris": int(kode[-2:]),
    }


def made(
    idm_rows: list[dict[str, Any]] | None = None, indeks_rows: list[dict[str, Any]] | None = None
) -> Mart:
    table = contracts.build("clean_idm", idm_rows or [])
    mart = status_desa(table, contracts.build("clean_indeks_desa", indeks_rows or []), CONTEXT)["status_desa"]
    contracts.build("status_desa", mart.rows)
    for step in mart.trail.steps:
        registry.rumus(step.rumus)
    return mart


def only(mart: Mart) -> dict[str, Any]:
    (row,) = mart.rows
    return row


@pytest.mark.parametrize(
    ("parts", "printed", "skor", "status"),
    [
        # Printed to four decimals: within 0,0001 the print is the score that decides.
        (("0.8057", "0.6500", "0.6667"), "0.7075", "0.7075", "MAJU"),
        (("0.8155", "0.8155", "0.8155"), "0.8155", "0.8155", "MAJU"),
        (("0.8155", "0.8155", "0.8155"), "0.8156", "0.8156", "MANDIRI"),
        # Beyond it the parts decide.
        (("0.5000", "0.5000", "0.5000"), "0.9000", "0.5", "TERTINGGAL"),
        (("0.4000", "0.4000", "0.4000"), None, "0.4", "SANGAT TERTINGGAL"),
    ],
)
def test_idm_score_and_status(
    parts: tuple[str, str, str], printed: str | None, skor: str, status: str
) -> None:
    row = only(made([idm(codes()[0], *parts, printed)]))
    assert (row["skor"], row["status"]) == (Decimal(skor), status)
    assert row["poin_naik"] is None


def test_selisih_is_printed_minus_computed_even_where_they_agree() -> None:
    row = only(made([idm(codes()[0], "0.8057", "0.6500", "0.6667", "0.7075")]))
    assert contracts.stored(row["selisih"], "decimal(24,12)") == Decimal("0.000033333333")


def test_a_part_missing_leaves_the_printed_score_with_its_reason() -> None:
    row = only(made([idm(codes()[0], None, "0.65", "0.66", "0.7075")]))
    assert (row["skor"], row["status"], row["selisih"]) == (Decimal("0.7075"), "MAJU", None)
    assert "IKS kosong" in row["alasan"]


def test_no_score_at_all_is_null_and_withholds_only_its_kecamatan() -> None:
    full = [idm(k, "0.9", "0.9", "0.9", "0.9") for k in codes()]
    full[0] = idm(codes()[0], None, "0.9", "0.9", None)
    mart = made(full + [idm(k, "0.9", "0.9", "0.9", "0.9") for k in codes("630603")])
    bad = next(r for r in mart.rows if r["kode_desa"] == codes()[0])
    assert (bad["skor"], bad["status"], bad["jarak_naik"]) == (None, None, None)
    (finding,) = mart.findings
    assert (finding.aturan, finding.kode_unit, finding.jumlah) == ("desa_tanpa_skor", KALUMPANG, 1)


# Table 3.8 of the reference report: points as printed in its six columns, score and status.
@pytest.mark.parametrize(
    ("poin", "skor", "status", "naik"),
    [
        (573, "90.24", "MANDIRI", None),
        (534, "84.09", "MANDIRI", None),
        (506, "79.69", "MANDIRI", None),
        (505, "79.53", "MAJU", 1),
        (472, "74.33", "MAJU", 34),
        (434, "68.35", "BERKEMBANG", 7),
        (364, "57.32", "TERTINGGAL", 1),
        (0, "0.00", "SANGAT TERTINGGAL", 315),
    ],
)
def test_indeks_desa_by_points(poin: int, skor: str, status: str, naik: int | None) -> None:
    left, points = poin, []
    for highest in (170, 85, 160, 90, 50, 80):
        points.append(min(left, highest))
        left -= points[-1]
    row = only(made(None, [indeks(codes()[0], " ".join(map(str, points)), skor)]))
    assert str(contracts.stored(row["skor"], "decimal(18,2)")) == skor
    assert (row["status"], row["poin_naik"]) == (status, naik)
    assert (row["jarak_naik"] is None) == (naik is None)


def test_indeks_desa_without_a_dimension_uses_the_printed_score() -> None:
    row = only(made(None, [indeks(codes()[0], "170 85 160 90 50 -", "80.00", "MANDIRI")]))
    assert (row["skor"], row["status"], row["poin_naik"]) == (Decimal("80.00"), "MANDIRI", None)
    assert "tata_kelola" in row["alasan"]


def test_a_missing_village_is_named_and_withholds_four_shares() -> None:
    mart = made([idm(k, "0.9", "0.9", "0.9", "0.9") for k in codes()[1:]])
    (finding,) = mart.findings
    assert (finding.aturan, finding.tertulis, finding.seharusnya, finding.jumlah) == (
        "desa_kurang",
        "8",
        "9",
        1,
    )
    assert finding.isi["desa"] == CONTEXT.regions.desa_of(KALUMPANG)[0].nama
    assert {f.kunci for f in finding.figures} == {
        f"kode_unit=630609;periode=2024;kode_indikator={k}"
        for k in ("persen_desa_mandiri", "rasio_desa_mandiri", "rasio_desa_maju", "persen_desa_maju_ke_atas")
    }
    # Nothing rests on the name's cell: the villages that are there go out.
    assert finding.cell is not None
    assert not [
        s for s in mart.trail.steps if isinstance(s.source, Cell) and s.source.field == finding.cell.field
    ]


def test_all_villages_there_is_no_finding_and_kelurahan_are_not_asked_for() -> None:
    assert made([idm(k, "0.9", "0.9", "0.9", "0.9") for k in codes("630103")]).findings == []
    assert len(codes("630103")) == 15
    assert belum_ada(CONTEXT, "630103", set(codes("630103"))) == []


def test_the_index_that_does_not_count_for_the_year_raises_no_finding() -> None:
    trial = [indeks(codes()[0], "1 1 1 1 1 1", "1", tahun=2024)]
    mart = made([idm(k, "0.9", "0.9", "0.9", "0.9") for k in codes()], trial)
    assert mart.findings == []
    assert len(mart.rows) == 10


@pytest.mark.parametrize(
    ("tahun", "ada", "dipakai"),
    [
        (2024, {"IDM", "INDEKS_DESA"}, "IDM"),
        (2025, {"IDM", "INDEKS_DESA"}, "INDEKS_DESA"),
        (2024, {"INDEKS_DESA"}, "INDEKS_DESA"),
        (2025, {"IDM"}, "IDM"),
        (2025, set(), None),
    ],
)
def test_one_index_counts_for_a_year(tahun: int, ada: set[str], dipakai: str | None) -> None:
    assert metode_dipakai(tahun, ada) == dipakai


def test_nothing_gives_nothing() -> None:
    mart = made()
    assert (mart.rows, mart.trail.steps, mart.findings) == ([], [], [])


def test_the_way_back_of_a_status_ends_in_cells() -> None:
    mart = made([idm(codes()[0], "0.8057", "0.65", "0.6667", "0.7075", "MAJU")])
    key = contracts.table("status_desa").key_of(mart.rows[0])

    def sources(kolom: str) -> list[Any]:
        return [s.source for s in mart.trail.steps if s.figure == Figure("status_desa", key, kolom)]

    assert sources("status") == [Figure("status_desa", key, "skor")]
    assert [f.kolom for f in sources("skor")] == ["iks", "ike", "ikl", "skor_tercetak"]
    assert sources("iks") == [Cell("a", "S", 1, 1, "iks@2024")]
    assert sources("skor_tercetak") == [Cell("a", "S", 1, 1, "nilai@2024")]


def test_a_score_that_cannot_be_had_rests_on_the_printed_one() -> None:
    mart = made([], [indeks(codes()[0], "- 60 100 60 40 60", None)])
    (row,) = mart.rows
    assert row["skor"] is None
    key = contracts.table("status_desa").key_of(row)
    source = Figure("status_desa", key, "skor_tercetak")
    assert [s.source for s in mart.trail.steps if s.figure == Figure("status_desa", key, "skor")] == [source]
