from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas import village
from warehouse.formulas.rounding import rounded

# Table 3.8 of the Pelaihari report: all 15 villages, Indeks Desa 2025.
PELAIHARI = """
BUMI JAYA|146 76 148 90 46 67|90.24|MANDIRI
SUNGAI RIAM|149 56 130 82 48 69|84.09|MANDIRI
TAMPANG|154 71 133 82 49 58|86.14|MANDIRI
TELAGA|139 59 123 74 48 77|81.89|MANDIRI
ATU-ATU|143 60 155 82 47 61|86.3|MANDIRI
PANGGUNG|129 67 132 80 47 60|81.1|MANDIRI
TUNGKARAN|135 75 109 86 44 80|83.31|MANDIRI
AMBUNGAN|126 74 142 65 49 63|81.73|MANDIRI
GUNTUNG BESAR|135 66 131 84 43 74|83.94|MANDIRI
KAMPUNG BARU|138 68 128 82 41 67|82.52|MANDIRI
SUMBER MULIA|153 77 145 78 47 70|89.76|MANDIRI
PEMUDA|132 77 145 82 49 77|88.5|MANDIRI
UJUNG BATU|145 60 101 66 36 64|74.33|MAJU
PANGGUNG BARU|147 72 98 52 42 60|74.17|MAJU
PANJARATAN|119 48 108 57 46 56|68.35|BERKEMBANG
""".strip().splitlines()


@pytest.mark.parametrize("line", PELAIHARI)
def test_the_villages_of_pelaihari(line: str) -> None:
    _, dims, score, status = line.split("|")
    points = village.poin_indeks_desa(
        dict(zip(village.dimension_maxima(), map(int, dims.split()), strict=True))
    )
    assert rounded(village.skor_indeks_desa(points), 2) == Decimal(score)
    assert village.status_indeks_desa(points) == status
    assert village.status_indeks_desa(skor=Decimal(score)) == status


def test_points_that_decide() -> None:
    assert village.poin_tertinggi() == 635
    assert [village.status_indeks_desa(p) for p in (314, 315, 364, 365, 440, 441, 505, 506)] == [
        "SANGAT TERTINGGAL",
        "TERTINGGAL",
        "TERTINGGAL",
        "BERKEMBANG",
        "BERKEMBANG",
        "MAJU",
        "MAJU",
        "MANDIRI",
    ]
    assert village.poin_naik(472) == 34
    assert village.poin_naik(506) is None
    assert village.jarak_naik("INDEKS_DESA", Decimal("74.33")) == Decimal("5.30")


@given(st.integers(0, 635))
def test_score_and_points_give_one_status(points: int) -> None:
    score = village.skor_indeks_desa(points)
    assert village.status_indeks_desa(points) == village.status_indeks_desa(skor=score)
    assert village.status_indeks_desa(points) == village.status_indeks_desa(skor=rounded(score, 2))
    missing = village.poin_naik(points)
    if missing is not None:
        order = village.statuses()
        here = order.index(village.status_indeks_desa(points))
        assert order.index(village.status_indeks_desa(points + missing)) == here + 1
        assert order.index(village.status_indeks_desa(points + missing - 1)) == here


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("0.3329", "SANGAT TERTINGGAL"),
        ("0.4907", "SANGAT TERTINGGAL"),
        ("0.4908", "TERTINGGAL"),
        ("0.5989", "TERTINGGAL"),
        ("0.5990", "BERKEMBANG"),
        ("0.7072", "BERKEMBANG"),
        ("0.7073", "MAJU"),
        ("0.8155", "MAJU"),
        ("0.8156", "MANDIRI"),
        ("0.9943", "MANDIRI"),
    ],
)
def test_idm_thresholds(score: str, status: str) -> None:
    assert village.status_idm(Decimal(score)) == status


def test_idm_is_the_mean_of_three() -> None:
    assert rounded(village.skor_idm(Decimal("0.8114"), Decimal("0.6"), Decimal("0.6667")), 4) == Decimal(
        "0.6927"
    )
    assert village.jarak_naik("IDM", Decimal("0.6927")) == Decimal("0.0146")
    assert village.jarak_naik("IDM", Decimal("0.9")) is None
    with pytest.raises(ValueError, match="IKE 60"):
        village.skor_idm(Decimal("0.8"), Decimal(60), Decimal("0.7"))


@given(st.decimals("0", "1", places=4), st.decimals("0", "1", places=4))
def test_idm_bands_are_monotone_and_the_margin_reaches_the_next(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    order = village.statuses()
    assert order.index(village.status_idm(low)) <= order.index(village.status_idm(high))
    margin = village.jarak_naik("IDM", low)
    if margin is not None:
        assert margin > 0
        assert order.index(village.status_idm(low + margin)) == order.index(village.status_idm(low)) + 1


@pytest.mark.parametrize(
    "points", [{"layanan_dasar": 171}, {"sosial": 86}, {"ekonomi": Decimal("1.5")}, {"tata_kelola": None}]
)
def test_dimensions_have_a_ceiling(points: dict[str, object]) -> None:
    full: dict[str, object] = dict(village.dimension_maxima())
    assert village.poin_indeks_desa(full) == 635  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=next(iter(points))):
        village.poin_indeks_desa({**full, **points})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "kelas"),
    [
        ("0", "PERINTIS"),
        ("54.99", "PERINTIS"),
        ("55", "PEMULA"),
        ("60.02", "PEMULA"),
        ("69.99", "PEMULA"),
        ("70", "BERKEMBANG"),
        ("84.99", "BERKEMBANG"),
        ("85", "MAJU"),
        ("100", "MAJU"),
        ("43.38", "PERINTIS"),
    ],
)
def test_bumdes_classes(score: str, kelas: str) -> None:
    assert village.kelas_bumdes(Decimal(score)) == kelas


def test_shares_of_villages() -> None:
    assert village.share_of(12, 15) == Decimal(80)
    assert village.share_of(3, 9, "rasio") == village.share_of(1, 3, "rasio")
    assert village.share_of(0, 0) is None
    with pytest.raises(ValueError, match="16 of 15"):
        village.share_of(16, 15)


def test_words_are_ordered_within_their_scale() -> None:
    assert village.at_least("MAJU", "MAJU")
    assert not village.at_least("SANGAT TERTINGGAL", "TERTINGGAL")
    assert village.at_least("PEMULA", "PERINTIS")
    with pytest.raises(ValueError, match="one scale"):
        village.at_least("PEMULA", "MANDIRI")


def test_the_index_changes_with_data_year_2025() -> None:
    assert [village.metode_tahun(y) for y in (2021, 2024, 2025)] == ["IDM", "IDM", "INDEKS_DESA"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: village.status_idm(Decimal("73.14")),
        lambda: village.status_indeks_desa(636),
        lambda: village.status_indeks_desa(),
        lambda: village.kelas_bumdes(Decimal("100.5")),
        lambda: village.jarak_naik("PODES", Decimal(1)),
    ],
)
def test_values_outside_their_scale_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"outside|needs|unknown"):
        call()  # type: ignore[operator]
