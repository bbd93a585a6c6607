from decimal import Decimal
from typing import Any

import pytest

from assets.marts.efisiensi import efisiensi, efisiensi_program
from assets.passing import Mart
from tests.unit.marts.rows import (
    KALUMPANG,
    PELAIHARI,
    REPORT,
    built,
    clean,
    knowing,
    mart,
    rp,
    steps,
    told,
)
from warehouse.formulas.rounding import rounded
from warehouse.trail import Cell, Choice, Figure

LRA = {
    "kode_unit": PELAIHARI,
    "periode": "2025",
    "kode": "5",
    "pagu": rp("12.296.340.286,46"),
    "realisasi": rp("11.200.768.358"),
}
SUBS = {
    "7.01.06.2.01.0001": ("9.450.000", "9.450.000"),
    "7.01.06.2.01.0002": ("15.437.100", "15.317.100"),
    "7.01.06.2.01.0003": ("18.075.000", "17.525.000"),
    "7.01.06.2.01.0004": ("9.850.000", "9.700.000"),
    "7.01.03": ("257.366.250", "241.245.250"),
    "7.01.06": ("52.812.100", "51.992.100"),
    "7.01.06.2.01": ("52.812.100", "51.992.100"),
}


def achieved(
    kode: str, percent: str | None, unit: str = PELAIHARI, periode: str = "2025", **more: Any
) -> dict[str, Any]:
    value = None if percent is None else Decimal(percent)
    return {
        "kode_unit": unit,
        "periode": periode,
        "kode_indikator": kode,
        "indikator": f"Indikator {kode}",
        "arah": "naik",
        "capaian_persen": value,
        **more,
    }


def link(indikator: str, kode: str, porsi: Any = None, dokumen: str = "PK-P") -> dict[str, Any]:
    return {
        "kode_unit": KALUMPANG,
        "tahun": 2024,
        "dokumen": dokumen,
        "kode": kode,
        "kode_indikator": indikator,
        "porsi": porsi,
    }


def programmes() -> list[dict[str, Any]]:
    parents = {3: "TOTAL", 5: "7.01.06", 6: "7.01.06.2.01"}
    return [
        {
            "kode_unit": KALUMPANG,
            "periode": "2024",
            "kode": k,
            "kode_induk": parents[len(k.split("."))],
            "pagu": rp(pagu),
            "realisasi": rp(spent),
        }
        for k, (pagu, spent) in SUBS.items()
    ]


def run(
    achievements: list[dict[str, Any]],
    accounts: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    budgets: list[dict[str, Any]] = [],  # noqa: B006
    links: list[dict[str, Any]] = [],  # noqa: B006
    files: dict[str, dict[str, Any]] | None = None,
) -> tuple[dict[tuple[str, str], dict[str, Any]], Mart]:
    made = efisiensi(
        mart("capaian_iku", *achievements),
        mart("serapan_rekening", *accounts),
        mart("serapan_program", *budgets),
        clean("clean_pautan_program", *links, berkas="pk"),
        knowing(files),
    )["efisiensi"]
    return {(r["kode_indikator"], r["rumus"]): r for r in built("efisiensi", made).values()}, made


def test_pelaihari_with_the_whole_budget_for_each_indicator() -> None:
    both = [achieved("persen_desa_mandiri", "120"), achieved("ikm", "99.950308609687")]
    rows, made = run(both, [LRA], files=REPORT)
    shown = {k: None if r["efisiensi"] is None else rounded(r["efisiensi"], 2) for k, r in rows.items()}
    assert shown["persen_desa_mandiri", "E"] == Decimal("24.09")
    assert shown["persen_desa_mandiri", "NE"] == Decimal("100.00")
    assert shown["ikm", "E"] == Decimal("8.86")
    assert shown["ikm", "NE"] == Decimal("72.16")
    assert rounded(rows["ikm", "E"]["serapan_persen"], 2) == Decimal("91.09")
    assert {r["alokasi"] for r in rows.values()} == {"seluruhnya"}
    assert [k for k, r in rows.items() if r["resmi"]] == [("ikm", "E"), ("persen_desa_mandiri", "E")]
    assert made.findings == []
    key = f"kode_unit={PELAIHARI};periode=2025;kode_indikator=ikm;rumus=NE"
    assert [s.source for s in steps(made, key, "efisiensi")] == [
        Figure("efisiensi", key.replace("NE", "E"), "efisiensi")
    ]
    assert Choice("alokasi_anggaran", "seluruhnya") in [s.source for s in steps(made, key, "pagu")]


def test_kalumpang_with_one_sub_kegiatan_left_out() -> None:
    linked = [link("rasio_desa_mandiri", f"7.01.06.2.01.000{n}") for n in (2, 3, 4)]
    linked.append(link("rasio_desa_mandiri", "7.01.03"))
    rows, made = run(
        [achieved("rasio_desa_mandiri", "100", KALUMPANG, "2024")],
        budgets=programmes(),
        links=linked,
        files=REPORT,
    )
    ratio = rows["rasio_desa_mandiri", "RASIO"]
    assert (ratio["pagu"], ratio["realisasi"]) == (rp("300.728.350"), rp("283.787.350"))
    assert rounded(ratio["serapan_persen"], 2) == Decimal("94.37")
    assert rounded(ratio["efisiensi"], 1) == Decimal("1.1")
    assert ratio["resmi"] is True
    assert rows["rasio_desa_mandiri", "E"]["resmi"] is False
    key = f"kode_unit={KALUMPANG};periode=2024;kode_indikator=rasio_desa_mandiri;rumus=RASIO"
    budget = [s.source for s in steps(made, key, "pagu")]
    assert Figure("serapan_program", f"kode_unit={KALUMPANG};periode=2024;kode=7.01.03", "pagu") in budget
    assert Cell("pk", "-", 1, 5, "kode") in budget


def test_shares_of_a_programme() -> None:
    linked = [link("ikm", "7.01.03", Decimal(25)), link("rasio_desa_mandiri", "7.01.03", Decimal(75))]
    both = [achieved(k, "100", KALUMPANG, "2024") for k in ("ikm", "rasio_desa_mandiri")]
    rows, made = run(both, budgets=programmes(), links=linked)
    assert rows["ikm", "E"]["pagu"] == rp("64.341.562,50")
    assert made.findings == []


def test_a_programme_given_away_twice_is_told() -> None:
    linked = [link("rasio_desa_mandiri", "7.01.06", Decimal(60)), link("ikm", "7.01.06.2.01.0002")]
    both = [achieved(k, "100", KALUMPANG, "2024") for k in ("ikm", "rasio_desa_mandiri")]
    _, made = run(both, budgets=programmes(), links=linked)
    (finding,) = told(made, "porsi_lebih")
    assert (finding.tertulis, finding.seharusnya) == ("7.01.06.2.01.0002: 160 %", "100 %")
    assert (finding.isi["porsi"], finding.jumlah) == ("160 %", 2)
    assert finding.isi["indikator"] == (
        "Indeks Kepuasan Masyarakat di Kecamatan; Rasio Desa Mandiri terhadap Jumlah Desa"
    )
    assert finding.cell is not None
    assert (finding.cell.field, [finding.cell.baris, *(c.baris for c in finding.related)]) == ("kode", [2, 3])


def test_a_sub_kegiatan_under_a_linked_programme_counts_once() -> None:
    linked = [link("ikm", "7.01.06"), link("ikm", "7.01.06.2.01.0002")]
    rows, _ = run([achieved("ikm", "100", KALUMPANG, "2024")], budgets=programmes(), links=linked)
    assert rows["ikm", "E"]["pagu"] == rp("52.812.100")


def test_without_a_link_the_figure_is_empty_and_told() -> None:
    rows, made = run([achieved("ikm", "103.2", KALUMPANG, "2024")], budgets=programmes())
    for rumus in ("E", "NE", "RASIO"):
        assert rows["ikm", rumus]["efisiensi"] is None
        assert rows["ikm", rumus]["alasan"] == "indikator tidak dipautkan dengan program"
    assert [r["resmi"] for r in rows.values()].count(True) == 1
    (finding,) = told(made, "pautan_tidak_ada")
    assert (finding.isi, finding.cell) == ({"indikator": "Indikator ikm"}, None)


def test_indicators_without_a_link_are_one_cause_at_the_header_of_the_link_table() -> None:
    three = [achieved(k, "100", KALUMPANG, "2024") for k in ("ikm", "rasio_desa_mandiri", "serapan")]
    _, made = run(three, budgets=programmes(), links=[link("ikm", "7.01.03")])
    (finding,) = told(made, "pautan_tidak_ada")
    assert finding.jumlah == 2
    assert finding.isi == {"indikator": "Indikator rasio_desa_mandiri; Indikator serapan"}
    assert finding.cell is not None and (finding.cell.baris, finding.cell.field) == (0, "indikator")


def test_an_efficiency_without_budget_rests_on_the_unknown_one() -> None:
    unknown = [b | {"realisasi": None} for b in programmes()]
    linked = [link("ikm", "7.01.03")]
    _, made = run([achieved("ikm", "100", KALUMPANG, "2024")], budgets=unknown, links=linked)
    key = f"kode_unit={KALUMPANG};periode=2024;kode_indikator=ikm;rumus=E"
    source = Figure("serapan_program", f"kode_unit={KALUMPANG};periode=2024;kode=7.01.03", "realisasi")
    assert source in [s.source for s in steps(made, key, "realisasi")]


def test_a_link_to_a_code_without_budget_leaves_no_partial_budget() -> None:
    linked = [link("ikm", "7.01.03"), link("ikm", "7.01.05")]
    rows, made = run([achieved("ikm", "100", KALUMPANG, "2024")], budgets=programmes(), links=linked)
    assert (rows["ikm", "E"]["pagu"], rows["ikm", "E"]["efisiensi"]) == (None, None)
    assert rows["ikm", "E"]["alasan"] == "pagu atau realisasi 7.01.05 tidak ada"
    assert told(made, "pautan_tanpa_anggaran")[0].isi["kode"] == "7.01.05"


def test_the_changed_agreement_replaces_the_links_and_the_configuration_fills_in() -> None:
    linked = [link("ikm", "7.01.06", dokumen="PK"), link("ikm", "7.01.03")]
    said = {
        KALUMPANG: {
            "pautan": [
                {"kode": "7.01.06", "kode_indikator": "rasio_desa_mandiri", "porsi": 50},
                {"kode": "7.01.06", "kode_indikator": "ikm", "porsi": 50},
            ]
        }
    }
    both = [achieved(k, "100", KALUMPANG, "2024") for k in ("ikm", "rasio_desa_mandiri")]
    rows, made = run(both, budgets=programmes(), links=linked, files=said)
    assert rows["ikm", "E"]["pagu"] == rp("257.366.250")
    assert rows["rasio_desa_mandiri", "E"]["pagu"] == rp("26.406.050")
    key = f"kode_unit={KALUMPANG};periode=2024;kode_indikator=rasio_desa_mandiri;rumus=E"
    assert any(isinstance(s.source, Choice) and s.source.nama == "pautan" for s in steps(made, key, "pagu"))


def test_the_raw_achievement_counts_where_the_published_one_is_capped() -> None:
    capped = achieved(
        "persen_desa_mandiri",
        "100",
        realisasi=Decimal(80),
        pembilang=12,
        penyebut=15,
        target_hitung=Decimal("66.666666666667"),
    )
    files = {PELAIHARI: {"batas_capaian": "100", "alokasi_anggaran": "seluruhnya"}}
    rows, _ = run([capped], [LRA], files=files)
    assert rows["persen_desa_mandiri", "E"]["capaian_persen"] == 120
    assert rounded(rows["persen_desa_mandiri", "E"]["efisiensi"], 2) == Decimal("24.09")


@pytest.mark.parametrize(
    ("percent", "account", "reason"),
    [
        (None, LRA, "capaian tidak ada: target tidak ada"),
        ("100", LRA | {"pagu": Decimal(0), "realisasi": Decimal(0)}, "pagu 0"),
        ("100", LRA | {"realisasi": Decimal(0)}, "realisasi anggaran 0"),
        ("0", LRA, "capaian 0"),
        ("100", None, "LRA kode 5 tidak ada: anggaran seluruh perangkat daerah tidak diketahui"),
    ],
)
def test_an_empty_efficiency_says_why(
    percent: str | None, account: dict[str, Any] | None, reason: str
) -> None:
    row = achieved("ikm", percent, alasan="target tidak ada" if percent is None else None)
    rows, _ = run([row], [account] if account else [], files=REPORT)
    assert reason in {r["alasan"] for r in rows.values()}
    for r in rows.values():
        assert (r["efisiensi"] is None) == (r["alasan"] is not None)


def test_quarters_without_a_target_have_no_efficiency() -> None:
    rows, made = run([achieved("ikm", None, periode="2025-TW1")])
    assert rows == {}
    assert made.findings == []


def output(kode: str, percent: Any, level: str = "program") -> dict[str, Any]:
    return {
        "kode_unit": KALUMPANG,
        "periode": "2024",
        "kode": kode,
        "indikator": f"Keluaran {kode}",
        "tingkat": level,
        "uraian": "Program",
        "capaian_persen": percent,
    }


def test_outputs_against_absorption() -> None:
    spent = {"kode_unit": KALUMPANG, "periode": "2024", "kode": "7.01.03", "serapan_persen": Decimal("93.74")}
    made = efisiensi_program(
        mart(
            "kinerja_program",
            output("7.01.03", 100),
            output("7.01.03/2", 90),
            output("7.01.05", 100),
            output("7.01.04", None) | {"alasan": "target tidak ada"},
        ),
        mart("serapan_program", spent),
        knowing(),
    )["efisiensi_program"]
    rows = {r["kode"]: r for r in built("efisiensi_program", made).values()}
    assert rows["7.01.03"]["capaian_persen"] == 95
    assert rounded(rows["7.01.03"]["rasio"], 4) == Decimal("1.0134")
    assert (rows["7.01.05"]["rasio"], rows["7.01.05"]["alasan"]) == (None, "serapan kode ini tidak ada")
    assert rows["7.01.04"]["alasan"] == "Keluaran 7.01.04: target tidak ada"
