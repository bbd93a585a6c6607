"""Why a figure changed, from what it rests on before and after."""

from __future__ import annotations

from typing import Any

import pytest

from assets.publish.causes import Cause, Causes, State

PLACE = ("layanan", "kode_unit=630103;periode=2025;kode_layanan=a", "jumlah")
ABOVE = ("ikm", "kode_unit=630103;periode=2025", "n_minimum")


def step(place: tuple[str, str, str] = PLACE, **more: Any) -> dict[str, Any]:
    keys = (
        "rumus",
        "peran",
        "nilai",
        "berkas_id",
        "lembar",
        "sel",
        "rujuk_tabel",
        "rujuk_kunci",
        "rujuk_kolom",
    )
    plain = dict.fromkeys((*keys, "koreksi_id"))
    return {
        **plain, "tabel": place[0], "kunci": place[1], "kolom": place[2], "urut": 1, "jenis": "sel",
        "berkas_id": "A", **more,
    }  # fmt: skip


def file(name: str, status: str = "dipakai", alasan: str | None = None) -> dict[str, Any]:
    return {"nama": name, "status": status, "alasan": alasan}


FILES = {"A": file("a.xlsx"), "B": file("b.xlsx")}
HOLDING = {
    "temuan_id": "t1", "aturan": "x", "akibat": "tahan", "pesan": "tidak cocok", "berkas_id": "A",
    "angka_terkait": f"{PLACE[0]}|{PLACE[1]}", "koreksi_id": None, "pengecualian_id": None,
}  # fmt: skip


def state(*steps: dict[str, Any], **more: Any) -> State:
    said = {"berkas": FILES, "temuan": [], "versi_program": "1", "versi_aturan": "f-r", **more}
    return State(list(steps) or [step()], **said)


CASES = {
    "new file": (state(), state(step(), step(berkas_id="B")), ("berkas_baru", "berkas baru: b.xlsx", None)),
    "replaced": (
        state(),
        state(step(berkas_id="B"), berkas={**FILES, "A": file("a.xlsx", "digantikan")}),
        ("berkas_diganti", "b.xlsx menggantikan a.xlsx", None),
    ),
    "replaced as told": (
        state(),
        state(step(berkas_id="B"), berkas={**FILES, "A": file("a.xlsx", "digantikan", "revisi")}),
        ("berkas_diganti", "b.xlsx menggantikan a.xlsx (revisi)", "revisi"),
    ),
    "withdrawn": (
        state(),
        state(step(berkas_id="B"), berkas={**FILES, "A": file("a.xlsx", "ditarik", "salah unit")}),
        ("berkas_ditarik", "a.xlsx ditarik: salah unit", "salah unit"),
    ),
    "corrected": (
        state(),
        state(
            step(koreksi_id="K1"),
            temuan=[{**HOLDING, "aturan": "koreksi_dipakai", "koreksi_id": "K1", "pesan": "skala 1-4"}],
        ),
        ("koreksi", "koreksi K1 dipakai: skala 1-4", "koreksi K1 dipakai: skala 1-4"),
    ),
    "no longer corrected": (
        state(step(koreksi_id="K1")),
        state(),
        ("koreksi", "koreksi K1 tidak dipakai lagi", "koreksi K1 tidak dipakai lagi"),
    ),
    "waived": (
        state(temuan=[HOLDING]),
        state(temuan=[{**HOLDING, "pengecualian_id": "P1"}]),
        ("pengecualian", "pengecualian P1 berlaku; sudah diperiksa", "sudah diperiksa"),
    ),
    "waiver over": (
        state(temuan=[{**HOLDING, "pengecualian_id": "P1"}]),
        state(temuan=[HOLDING]),
        ("pengecualian", "pengecualian P1 berakhir atau dihapus", "pengecualian P1 berakhir atau dihapus"),
    ),
    "choice": (
        state(step(jenis="pilihan", berkas_id=None, rujuk_kunci="skm_bobot", nilai="0.111")),
        state(step(jenis="pilihan", berkas_id=None, rujuk_kunci="skm_bobot", nilai="1/9")),
        ("konfigurasi", "skm_bobot: 0.111 → 1/9", None),
    ),
    "configuration": (
        state(versi_baris={PLACE[:2]: "f-r-1"}),
        state(versi_baris={PLACE[:2]: "f-r-2"}),
        ("konfigurasi", "konfigurasi unit 1 menjadi 2", None),
    ),
    "withheld": (state(), state(temuan=[HOLDING]), ("temuan", "ditahan: tidak cocok", None)),
    "rule": (
        state(versi_baris={PLACE[:2]: "f-r-1"}),
        state(versi_aturan="f-s", versi_baris={PLACE[:2]: "f-s-1"}),
        ("aturan", "aturan atau rumus f-r menjadi f-s", None),
    ),
    "program": (state(), state(versi_program="2"), ("program", "program 1 menjadi 2", None)),
    "another file": (
        state(berkas={"A": FILES["A"]}),
        state(),
        ("berkas_baru", "berkas lain: berkas baru: b.xlsx", None),
    ),
    "nothing": (state(), state(), ("lain", "cakupan terbit, atau sebab yang tidak dapat dirunut", None)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_cause_is_found_in_what_the_figure_rests_on(case: str) -> None:
    before, now, told = CASES[case]
    waivers = [{"id": "P1", "alasan": "sudah diperiksa"}]
    assert Causes(before, now, waivers).of(PLACE) == Cause(*told)


def test_it_is_found_below_other_figures_and_for_columns_without_a_trail() -> None:
    link = step(
        ABOVE, jenis="angka", berkas_id=None, rujuk_tabel=PLACE[0], rujuk_kunci=PLACE[1], rujuk_kolom=PLACE[2]
    )
    found = Causes(state(link, step()), state(link, step(berkas_id="B")))
    assert found.of(ABOVE).alasan == "b.xlsx menggantikan a.xlsx"
    assert found.of((*PLACE[:2], "status_terbit")).alasan == "b.xlsx menggantikan a.xlsx"
