"""Charts: what is drawn, how a gap is told, and that drawing needs no network and no font of the machine."""

from __future__ import annotations

import json
import re
import struct
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assets.publish import charts
from assets.publish.charts import draw
from assets.publish.charts.gambar import Gambar


def ikm(periode: str, nilai: str | None, status: str = "terbit") -> dict[str, Any]:
    found = None if nilai is None else Decimal(nilai)
    return {"periode": periode, "ikm": found, "mutu": found and "A", "status_terbit": status}


def desa(tahun: int, status: str | None, metode: str = "IDM") -> dict[str, Any]:
    return {"tahun": tahun, "metode": metode, "status": status, "status_terbit": "terbit"}


def program(uraian: str, persen: str | None, tingkat: str = "program") -> dict[str, Any]:
    return {
        "uraian": uraian,
        "tingkat": tingkat,
        "pagu": Decimal("13914093.00"),
        "realisasi": persen and Decimal("12470000.00"),
        "serapan_persen": persen and Decimal(persen),
        "status_terbit": "terbit" if persen else "ditahan",
    }


def tahun(t: int, realisasi: str | None, target: str | None = None, **lain: Any) -> dict[str, Any]:
    return {
        "tahun": t,
        "realisasi": realisasi and Decimal(realisasi),
        "target": target and Decimal(target),
        "status_terbit": "terbit" if realisasi else "ditahan",
        **lain,
    }


def wilayah(kode: str, nama: str, nilai: str | None, **lain: Any) -> dict[str, Any]:
    return {"kode_pembanding": kode, "nama": nama, "nilai": nilai and Decimal(nilai), **lain}


UNSUR = [
    {"unsur": f"U{i}", "nama_unsur": nama, "nrr": nrr and Decimal(nrr), "status_terbit": "terbit"}
    for i, nama, nrr in (
        (1, "Persyaratan", "3.90"),
        (2, "Prosedur", "3.7268"),
        (3, "Waktu", None),
        (4, "Biaya", "4"),
    )
]
ALL: dict[str, Gambar] = {
    "status": charts.status_desa(
        [desa(2024, "MANDIRI"), desa(2024, None), desa(2025, "MAJU", "INDEKS_DESA")]
    ),
    "ikm": charts.ikm_periode(
        [ikm("2025-TW2", None, "ditahan"), ikm("2025-TW1", "97.4765")], Decimal("95.59")
    ),
    "unsur": charts.ikm_unsur(UNSUR),
    "serapan": charts.serapan_program(
        [program("Jumlah", "91.09", "total"), program("Desa", None), program("A", "9")]
    ),
    "tren": charts.tren_iku([tahun(2022, "87.01"), tahun(2024, "95.59", "87.5")], "IKM", "nilai"),
    "banding": charts.banding(
        [
            wilayah("1", "A", "88.75"),
            wilayah("2", "B", "90.43", dapat_dibandingkan=False),
            wilayah("3", "C", None),
        ],
        "1",
        "IKM",
    ),
}


def letters(gambar: Gambar) -> list[str]:
    return [
        re.sub("<[^>]+>", "", t) for t in re.findall(r"<text[^>]*>(.*?)</text>", draw.svg(gambar.spesifikasi))
    ]


@pytest.mark.parametrize("name", ALL)
def test_each_is_told_in_words_and_holds_its_data(name: str) -> None:
    gambar = ALL[name]
    assert (
        gambar.teks_alternatif.endswith(".") and gambar.spesifikasi["description"] == gambar.teks_alternatif
    )
    text = json.dumps(gambar.spesifikasi, allow_nan=False)
    assert '"url"' not in text and text.count("http") == 1  # the name of the schema


def test_decimals_are_commas_on_axes_and_beside_points() -> None:
    seen = letters(ALL["ikm"])
    assert "97,48 (A)" in seen and "Target 95,59" in seen
    assert not [t for t in seen if re.search(r"\d\.\d\d?$", t)]
    assert {"1,0", "1,5"} <= set(letters(ALL["unsur"]))


def test_what_is_withheld_is_a_gap_with_a_word() -> None:
    assert "ditahan" in letters(ALL["ikm"])
    assert ALL["ikm"].teks_alternatif.endswith("Target 95,59. Tanpa angka: Triwulan II 2025 (ditahan).")
    assert "Tanpa angka: Desa (ditahan)." in ALL["serapan"].teks_alternatif
    assert "Tanpa angka: 2023 (tidak ada)." in ALL["tren"].teks_alternatif
    assert "Tanpa status 1" in letters(ALL["status"])


def test_a_line_breaks_at_a_gap_and_at_a_new_method() -> None:
    rows = [
        tahun(2021, "1"),
        tahun(2022, None),
        tahun(2023, "3"),
        tahun(2024, "4", putus_seri=True, metode="SKM"),
    ]
    line = next(
        layer
        for layer in charts.tren_iku(rows, "X").spesifikasi["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "line"
    )
    assert len({p["seri"] for p in line["data"]["values"]}) == 3
    assert "2024 4,00, metode baru" in charts.tren_iku(rows, "X").teks_alternatif


def test_the_lowest_is_marked_and_bars_are_sorted() -> None:
    seen = letters(ALL["unsur"])
    assert "3,727 terendah" in seen and seen.index("U4 Biaya") < seen.index("U1 Persyaratan")
    assert ALL["unsur"].teks_alternatif.endswith("Terendah: U2 Prosedur. Tanpa angka: U3 Waktu (tidak ada).")


def test_less_can_be_better() -> None:
    rows = [wilayah("1", "A", "2"), wilayah("2", "B", "1")]
    assert "B 1,00; A 2,00" in charts.banding(rows, "1", "Waktu", arah="turun").teks_alternatif
    assert "A 2,00; B 1,00" in charts.banding(rows, "1", "Nilai").teks_alternatif


def test_total_comes_last_and_amounts_are_written() -> None:
    said = ALL["serapan"].teks_alternatif
    assert said.index("A 9,00 %") < said.index("Jumlah 91,09 % (Rp12.470.000 dari Rp13.914.093)")


@pytest.mark.parametrize(
    "empty",
    [
        charts.status_desa([]),
        charts.ikm_periode([]),
        charts.ikm_unsur([]),
        charts.serapan_program([]),
        charts.tren_iku([], "IKM"),
        charts.banding([], "1", "IKM"),
    ],
)
def test_nothing_to_show_is_said_and_can_still_be_drawn(empty: Gambar) -> None:
    assert "belum ada angka" in empty.teks_alternatif
    assert draw.svg(empty.spesifikasi).startswith("<svg")


def test_data_from_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not allowed|External data"):
        draw.svg({"data": {"url": "http://127.0.0.1:9/x.json"}, "mark": "bar"})


def test_a_picture_is_the_same_each_time_and_tells_its_size() -> None:
    first = draw.png(ALL["tren"].spesifikasi, 192)
    assert first == draw.png(ALL["tren"].spesifikasi, 192)
    wide, _ = struct.unpack(">II", first[16:24])
    at = first.index(b"pHYs") + 4
    assert wide == 1200 and struct.unpack(">I", first[at : at + 4])[0] == round(192 / 0.0254)


def test_many_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specs = [ALL["tren"].spesifikasi, ALL["ikm"].spesifikasi, ALL["tren"].spesifikasi]
    first = draw.svgs(specs, tmp_path)
    assert first[0] == first[2] == draw.svg(specs[0]) and len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(draw, "_svg", lambda _: pytest.fail("drawn again"))
    assert draw.svgs(specs, tmp_path) == first
    assert draw.svgs(specs[1:2], tmp_path) == first[1:2] and len(list(tmp_path.iterdir())) == 1
