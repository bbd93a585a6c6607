"""The sentences that ship: what each state of the data earns, said in honest words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from assets.publish.bab_iii.arrangement import facts
from assets.publish.bab_iii.blocks import teks
from assets.publish.bab_iii.published import Published
from assets.publish.bab_iii.sentences import Around, paragraphs
from assets.publish.bab_iii.shelf import Shelf
from warehouse import view_contract

UNIT, YEAR = "630103", 2025
OWN = {"kode_unit": UNIT, "kode_indikator": "ikm"}
Put = Callable[..., None]
Say = Callable[..., list[str]]


@pytest.fixture
def say(con: duckdb.DuckDBPyConnection) -> Say:
    """The sentences of one definition about one indicator of the unit."""
    view_contract.make(con)

    def said(name: str) -> list[str]:
        published = Published(con)
        known = facts(published, UNIT, YEAR, None)
        row = {"kode_indikator": "ikm", "indikator": "IKM", "satuan": "nilai"}
        around = Around(
            published, Shelf(), {**known, **row}, {"tabel:capaian_iku": "3.1", "tabel:lra": "3.2"}
        )
        return [teks(p.isi) for p in paragraphs(name, around)]

    return said


def iku(put: Put, **more: Any) -> None:
    given = {"periode": "2025", "indikator": "IKM", "satuan": "nilai", "arah": "naik", "kategori": "Tinggi"}
    put("capaian_iku", **{**OWN, **given, **more})


def year(put: Put, tahun: int, **more: Any) -> None:
    put("tren_iku", **{**OWN, "tahun": tahun, "putus_seri": False, **more})


D = Decimal
GONE = {"status_terbit": "ditahan", "alasan": "sel salah"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"target": D(80), "realisasi": D(88), "capaian_persen": D(110), "tercapai": True},
            "melampaui target 80,",
        ),
        (
            {"target": D(80), "realisasi": D(80), "capaian_persen": D(100), "tercapai": True},
            "00 mencapai target 80",
        ),
        (
            {"target": D(80), "realisasi": D(72), "capaian_persen": D(90), "tercapai": False},
            "belum mencapai target 80",
        ),
        (
            {
                "target": D(80),
                "realisasi": D(60),
                "capaian_persen": D(125),
                "tercapai": True,
                "arah": "turun",
            },
            "60,00 lebih rendah daripada target 80; karena makin rendah makin baik, target tercapai",
        ),
        (
            {
                "target": D(80),
                "realisasi": D(90),
                "capaian_persen": D(87),
                "tercapai": False,
                "arah": "turun",
            },
            "lebih tinggi daripada target 80; karena makin rendah makin baik, target belum tercapai",
        ),
        ({"target": D(0), "realisasi": D(5), "alasan": "target 0"}, "tidak dapat dihitung: target 0."),
        ({"realisasi": D(5)}, "sebab targetnya belum diterima."),
        ({"target": D(80)}, "belum ada; target yang diperjanjikan 80."),
        ({"alasan": "belum ada target"}, "Target dan realisasi IKM tahun 2025 belum ada: belum ada target."),
        (
            {"target": D(80), **GONE},
            "tahun 2025 ditahan; capaiannya belum dapat dinyatakan. (Ditahan: sel salah)",
        ),
        (
            {
                "target": D(80),
                "realisasi": D(88),
                "capaian_persen": D(110),
                "tercapai": True,
                "status_terbit": "basi",
                "alasan": "lama",
            },
            "(Angka terbit terakhir: lama)",
        ),
    ],
)
def test_target(put: Put, say: Say, row: dict[str, Any], expected: str) -> None:
    iku(put, **row)
    (said,) = say("capaian/target")
    assert expected in said


UP = {"realisasi": D(90), "perubahan": D(2), "capaian_persen": D(100), "target": D(90)}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"realisasi": D(88)}, UP, "IKM naik 2,00: dari 88,00 menjadi 90,00."),
        ({"realisasi": D(92)}, {**UP, "perubahan": D(-2)}, "turun 2,00: dari 92,00 menjadi 90,00."),
        (
            {"realisasi": D(88), "capaian_persen": D(110), "target": D(80)},
            UP,
            "capaian terhadap target turun dari 110,00% (target 80) menjadi 100,00% (target 90).",
        ),
        ({"realisasi": D(88), "capaian_persen": D("100.001")}, UP, "capaian terhadap target tetap 100,00%."),
        ({"realisasi": D(90)}, {**UP, "perubahan": D(0)}, "IKM tetap 90,00."),
        ({"realisasi": D(90), "capaian_persen": D(100)}, {**UP, "perubahan": D(0)}, "target tetap 100,00%."),
        ({"realisasi": D(88)}, {**UP, "putus_seri": True}, "metode atau definisinya berganti."),
        ({}, UP, "adalah yang pertama diterima; kirim berkas realisasi IKU"),
        (GONE, UP, "realisasi tahun 2024 ditahan. (Ditahan: sel salah)"),
        (
            {"realisasi": D(88)},
            {},
            "belum dapat dinyatakan, jadi belum dapat dibandingkan dengan tahun 2024 (88,00).",
        ),
        ({}, {}, "tahun 2024 dan tahun 2025 belum ada"),
    ],
)
def test_last_year(put: Put, say: Say, before: dict[str, Any], now: dict[str, Any], expected: str) -> None:
    iku(put)
    year(put, 2024, **before)
    year(put, 2025, **now)
    (said,) = say("capaian/tahun_lalu")
    assert expected in said


def test_a_year_that_is_missing_between_others_is_not_called_the_first(put: Put, say: Say) -> None:
    iku(put, arah="turun")
    year(put, 2023, realisasi=D(80))
    year(put, 2025, **UP)
    (said,) = say("capaian/tahun_lalu")
    assert "belum dapat dibandingkan dengan tahun 2024, sebab realisasi tahun itu belum diterima" in said


def test_where_less_is_better_a_rise_says_so(put: Put, say: Say) -> None:
    iku(put, arah="turun")
    year(put, 2024, realisasi=D(88))
    year(put, 2025, **UP)
    assert say("capaian/tahun_lalu")[0].endswith(
        "menjadi 90,00 (bagi indikator ini makin rendah makin baik)."
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (None, "belum diterima; kirim berkas Renstra."),
        (
            {"target_tahun": D(80), "target_akhir": D(90)},
            "belum dapat dinyatakan, jadi belum dapat dibandingkan.",
        ),
        (
            {
                "target_tahun": D(80),
                "target_akhir": D(90),
                "realisasi": D(85),
                "capaian_tahun_persen": D(106),
                "capaian_akhir_persen": D(94),
            },
            "mencapai target dengan capaian 106,00%; terhadap target akhir Renstra tahun 2030 (90) realisasi",
        ),
        (
            {"target_tahun": D(0), "target_akhir": D(90), "realisasi": D(85), "capaian_akhir_persen": D(94)},
            "capaiannya tidak dapat dihitung; terhadap target akhir",
        ),
        (
            {"target_tahun": D(80), "realisasi": D(85), "capaian_tahun_persen": D(106)},
            "capaian terhadap akhir Renstra belum dapat dihitung.",
        ),
    ],
)
def test_renstra(put: Put, say: Say, row: dict[str, Any] | None, expected: str) -> None:
    iku(put)
    if row is not None:
        put("renstra_iku", **OWN, tahun=YEAR, tahun_akhir=2030, **row)
    (said,) = say("capaian/renstra")
    assert expected in said
    assert "kosong" not in said and "  " not in said


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"pagu": D(100), "realisasi": D(90), "sisa": D(10), "serapan_persen": D(90)},
            "sisa anggaran Rp10,00.",
        ),
        (
            {"pagu": D(100), "realisasi": D(120), "sisa": D(-20), "serapan_persen": D(120)},
            "melebihi anggaran sebesar Rp20,00.",
        ),
        (
            {"pagu": D(100), "realisasi": D(100), "sisa": D(0), "serapan_persen": D(100)},
            "terealisasi seluruhnya",
        ),
        ({"pagu": D(0), "realisasi": D(0), "sisa": D(0)}, "serapannya tidak dapat dihitung."),
        (
            {"pagu": D(100), **GONE},
            "realisasi ditahan; serapannya belum dapat dihitung. (Ditahan: sel salah)",
        ),
    ],
)
def test_budget(put: Put, say: Say, row: dict[str, Any], expected: str) -> None:
    put("serapan_program", kode_unit=UNIT, periode="2025", kode="TOTAL", tingkat="total", **row)
    assert expected in say("anggaran/total")[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (None, "belum dapat dihitung: anggaran dan realisasinya belum diterima."),
        ({"alasan": "indikator tidak dipautkan"}, "belum dapat dihitung: indikator tidak dipautkan."),
        (GONE, "Efisiensi IKM ditahan. (Ditahan: sel salah)"),
        ({"efisiensi": D(-3)}, "penggunaan anggaran belum efisien."),
        ({"efisiensi": D(0)}, "kinerja sebanding dengan anggaran"),
    ],
)
def test_efficiency(put: Put, say: Say, row: dict[str, Any] | None, expected: str) -> None:
    iku(put)
    if row is not None:
        put("efisiensi", **OWN, periode="2025", rumus="E", resmi=True, alokasi="dipetakan", **row)
    assert expected in say("anggaran/efisiensi")[0]


def peer(put: Put, kode: str, nilai: Any, **more: Any) -> None:
    given = {"kode_indikator": "ikm", "tahun": YEAR, "lingkup": f"kutipan:{UNIT}", "kode_pembanding": kode}
    given |= {
        "nama": kode.title(),
        "nilai": nilai,
        "dapat_dibandingkan": False,
        "alasan_banding": "lain tahun",
    }
    put("banding", **{**given, **more})


def own(put: Put, nilai: Any) -> None:
    peer(put, UNIT, nilai, lingkup="kab:6301", nama="Pelaihari", dapat_dibandingkan=True, alasan_banding=None)


def test_peers_of_one_state_are_one_sentence_with_its_reason_once(put: Put, say: Say) -> None:
    iku(put)
    own(put, D(80))
    for kode, nilai in (("a", D(70)), ("b", D(80)), ("c", D(90)), ("d", D(90)), ("e", D(90))):
        peer(put, kode, nilai)
    (said,) = say("banding/wilayah_lain")
    assert said == (
        "Angka 5 wilayah lain yang dikutip berkisar dari 70,00 (A) sampai 90,00 (C dan 2 lainnya). "
        "Dibandingkan realisasi Kecamatan Pelaihari (80,00), 3 wilayah lebih tinggi, 1 sama, dan 1 lebih "
        "rendah. "
        "Angka-angka itu belum tentu sebanding dengan angka unit ini: lain tahun."
    )


def test_peers_of_two_states_are_two_sentences(put: Put, say: Say) -> None:
    iku(put, arah="turun")
    own(put, D(80))
    peer(put, "a", D(70), dapat_dibandingkan=True, alasan_banding=None)
    peer(put, "b", D(95))
    peer(put, "c", D(95))
    peer(put, "00", D(60), lingkup="nasional", nama="Nasional", dapat_dibandingkan=True, alasan_banding=None)
    first, second, third = say("banding/wilayah_lain")
    assert first == (
        "A: 70,00. Realisasi Kecamatan Pelaihari (80,00) lebih tinggi daripada angka itu."
        " Bagi indikator ini makin rendah makin baik."
    )
    assert (
        "Angka 2 wilayah lain yang dikutip semuanya 95,00; realisasi Kecamatan Pelaihari (80,00) lebih"
        in second
    )
    assert third.startswith("Nasional: 60,00. Realisasi Kecamatan Pelaihari (80,00) lebih tinggi daripada")


def test_a_unit_without_a_figure_is_not_compared(put: Put, say: Say) -> None:
    iku(put)
    own(put, None)
    peer(put, "a", D(70))
    assert "belum dapat dibandingkan, sebab realisasi Kecamatan Pelaihari" in say("banding/wilayah_lain")[0]


def test_peers_without_a_figure_are_named_and_missing_levels_asked_for(put: Put, say: Say) -> None:
    iku(put)
    own(put, D(80))
    peer(put, "a", None)
    peer(put, "b", None, **GONE)
    peer(put, "63", None, lingkup="prov:63", nama="Provinsi")
    assert say("banding/tanpa_angka") == [
        "Angka B ditahan: sel salah.",
        "Angka A tidak tercantum dalam kutipan yang dikirim.",
    ]
    assert say("banding/tanpa_pembanding")[0].startswith(
        "Angka provinsi dan nasional untuk IKM tahun 2025 belum"
    )
    peer(put, "00", D(60), lingkup="nasional", nama="Nasional")
    assert say("banding/tanpa_pembanding")[0].startswith("Angka provinsi untuk")


def test_a_shared_rank_says_so(put: Put, say: Say) -> None:
    iku(put)
    ranked = {"lingkup": "kab:6301", "peringkat": 2, "dari": 3}
    peer(put, UNIT, D(80), **ranked)
    assert "menempati peringkat 2 dengan nilai 80,00." in say("banding/peringkat")[0]
    peer(put, "a", D(80), **ranked)
    assert "peringkat 2, bersama 1 kecamatan lain yang nilainya sama." in say("banding/peringkat")[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"rata_capaian": D(99), "n": 2, "kategori": "Tinggi"},
            "Rata-rata capaian 2 Indikator Kinerja Utama",
        ),
        (
            {"rata_capaian": D(99), "n": 1, "kategori": "Tinggi"},
            "Capaian satu-satunya Indikator Kinerja Utama",
        ),
        ({"n": 0}, "sebab belum ada indikator yang capaiannya diketahui."),
        ({"n": 0, "tidak_dihitung": "IKM: target 0"}, "belum dapat dihitung: IKM: target 0."),
        (GONE, "tahun 2025 ditahan. (Ditahan: sel salah)"),
    ],
)
def test_mean(put: Put, say: Say, row: dict[str, Any], expected: str) -> None:
    put("capaian_ringkasan", kode_unit=UNIT, periode="2025", **row)
    assert expected in say("capaian/rata_rata")[0]


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ((True, True), "Seluruh indikator (2) mencapai target."),
        ((False, False), "Tidak satu pun dari 2 indikator mencapai target."),
        ((True, False), "1 mencapai target dan 1 belum mencapai target."),
        ((True, None), "1 mencapai target, 0 belum mencapai target, dan 1 belum dapat dinilai."),
        ((None, None), "Belum satu pun dari 2 indikator dapat dinilai."),
    ],
)
def test_how_many(put: Put, say: Say, reached: tuple[bool | None, ...], expected: str) -> None:
    for kode, each in zip(("ikm", "serapan"), reached, strict=True):
        iku(put, kode_indikator=kode, tercapai=each)
    assert expected in say("capaian/banyak_tercapai")[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "tahun 2025 belum ada angkanya; kirim berkas olah SKM atau rekap IKM."),
        (GONE, "tahun 2025 ditahan. (Ditahan: sel salah)"),
        (
            {"ikm": D(80), "mutu": "B", "kinerja": "Baik", "metode": "langsung"},
            "Banyak responden belum dilaporkan.",
        ),
    ],
)
def test_survey(put: Put, say: Say, row: dict[str, Any], expected: str) -> None:
    put("ikm", kode_unit=UNIT, periode="2025", **row)
    assert expected in say("ikm/hasil")[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"ikm": D(80), "mutu": "B", "n_responden": 7}, "Triwulan 1: IKM 80,00, mutu B, 7 responden."),
        ({"ikm": D(80), "mutu": "B"}, "banyak responden belum dilaporkan."),
        ({}, "Triwulan 1: IKM belum ada."),
        (GONE, "Triwulan 1: IKM ditahan. (Ditahan: sel salah)"),
    ],
)
def test_survey_of_a_quarter(put: Put, say: Say, row: dict[str, Any], expected: str) -> None:
    put("ikm", kode_unit=UNIT, periode="2025-TW1", **row)
    assert say("ikm/per_periode")[0].endswith(expected)
