"""The IDM of a village from the ministry's export, its service and a copy: which counts, what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lembar_uji import aturan, context, n, rows, tabel

from assets.clean import idm
from assets.clean.rivals import Rivals

CONTEXT = context()
YEAR = "iks@2024 ike@2024 ikl@2024 nilai@2024 status@2024"
EXPORT = f"kode_desa desa {YEAR}"
SERVICE = f"{EXPORT} skor_ringkas status_ringkas tahun_ringkas"
COPY = "kode_kec nomor_desa desa nilai@2024 iks@2024 ike@2024 ikl@2024"
PRINTED = (n("0.8114"), n("0.8"), n("0.3333"), n("0.6483"))
UNROUNDED = (n("0.81142857142857"), n("0.8"), n("0.33333333333333"), n("0.64825396825397"))


def _export(*more, berkas="export", values=PRINTED):
    return tabel(
        EXPORT,
        [("3601072001", "ANGSANA", *values, "BERKEMBANG"), *more],
        berkas=berkas,
        unit=None,
        periode=None,
    )


def _service(values=UNROUNDED, ringkas="0.64825396825397", status="BERKEMBANG", tahun="2024"):
    row = ("3601072001", "ANGSANA", *values, "Berkembang", n(ringkas), status, n(tahun))
    return tabel(SERVICE, [row], berkas="service", lembar="/", mulai=1, unit=None, periode=None)


def _copy(nilai="0.6483", iks="0.8114", kec="360107", nomor="2001"):
    row = (kec, nomor, "ANGSANA", n(nilai), n(iks), n("0.8"), n("0.3333"))
    return tabel(COPY, [row], berkas="copy", lembar="/kec/*/ds", mulai=1, unit=None, periode="2024")


def test_three_sources_that_agree_are_one_fact_of_the_export():
    tables = {"idm_salinan": _copy(), "idm_api": _service(), "idm_ekspor": _export()}
    sifted = idm.clean(tables, CONTEXT)
    assert [(r["berkas_id"], r["nilai"]) for r in rows(sifted, "clean_idm")] == [
        ("export", Decimal("0.6483"))
    ]
    assert sifted.findings == [] and sifted.rejected == []
    assert sorted(b for b, *_ in sifted.layout) == ["copy", "service"]


def test_the_copy_differs_and_is_told_with_both_sources_and_both_values():
    sifted = idm.clean({"idm_salinan": _copy(nilai="0.7017", iks="0.9714"), "idm_ekspor": _export()}, CONTEXT)
    (told,) = sifted.findings
    assert (told.aturan, told.berkas_id, told.cell.baris, told.cell.field) == (
        "sumber_bertentangan", "copy", 1, "iks@2024",
    )  # fmt: skip
    assert (told.tertulis, told.seharusnya) == ("iks 0,9714; nilai 0,7017", "iks 0,8114; nilai 0,6483")
    assert (told.isi["sumber"], told.isi["sumber_lain"]) == ("salinan pihak lain", "ekspor Kemendesa")
    assert {(c.berkas_id, c.field) for c in told.related} == {
        ("export", "iks@2024"),
        ("export", "nilai@2024"),
    }


def test_the_service_counts_before_a_copy_of_more_villages():
    other = ("360107", "2005", "CIKAYAS", n("0.6327"), n("0.7314"), n("0.6333"), n("0.5333"))
    copy = tabel(
        COPY,
        [("360107", "2001", "ANGSANA", *4 * [n("0.5")]), other],
        berkas="copy",
        unit=None,
        periode="2024",
    )
    found = rows(idm.clean({"idm_salinan": copy, "idm_api": _service()}, CONTEXT), "clean_idm")
    assert {r["kode_desa"]: r["berkas_id"] for r in found} == {"3601072001": "service", "3601072005": "copy"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ringkas": "0.7"}, "skor_ringkas"),
        ({"status": "MAJU"}, "status_ringkas"),
        ({"tahun": "2023"}, "tahun_ringkas"),
    ],
)
def test_a_summary_that_says_otherwise_is_told_and_the_indices_count(changed, field):
    sifted = idm.clean({"idm_api": _service(**changed)}, CONTEXT)
    (told,) = sifted.findings
    assert (told.aturan, told.cell.field) == ("ringkasan_berbeda", field)
    assert rows(sifted, "clean_idm")[0]["nilai"] == Decimal("0.648253968254")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"nomor": "20"}, "tidak_terbaca"),
        ({"nomor": "9001"}, "tidak_terbaca"),
        ({"kec": "369999"}, "kode_tidak_dikenal"),
    ],
)
def test_a_number_that_makes_no_village_code_is_refused(changed, rule):
    sifted = idm.clean({"idm_salinan": _copy(**changed)}, CONTEXT)
    assert sifted.accepted == [] and aturan(sifted) == [rule]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.8114", "0.81142857142857", True),  # rounded
        ("0.8142", "0.81428571428571", True),  # cut
        ("0.8143", "0.81428571428571", True),
        ("0.8115", "0.81142857142857", False),
        ("0.8", "0.8000", True),
        ("0.8", "0.81", False),
    ],
)
def test_indices_are_one_fact_where_they_agree_as_printed(one, other, same):
    assert Rivals(decimals=4).same(Decimal(one), Decimal(other)) is same
    assert Rivals().same(Decimal(one), Decimal(other)) is (Decimal(one) == Decimal(other))


# --- what a file lacks ----------------------------------------------------------------------------------
def _kabupaten(kode: str, without: set[str] = frozenset()):
    regions = CONTEXT.regions
    codes = [d.kode for u in regions.kecamatan_of(kode) for d in regions.desa_of(u.kode) if d.adalah_desa]
    held = [
        (c, f"DESA {c}", *PRINTED, "BERKEMBANG") for c in codes if c not in without and c[:6] not in without
    ]
    return tabel(EXPORT, held, berkas=f"export{kode}", unit=None, periode=None)


def _gaps(*tables):
    import pyarrow as pa

    sifted = idm.clean({"idm_ekspor": pa.concat_tables(tables)}, CONTEXT)
    return [f for f in sifted.findings if f.aturan == "berkas_desa_kurang"]


def test_a_whole_kabupaten_lacks_nothing():
    assert _gaps(_kabupaten("6301")) == []


def test_what_a_kabupaten_lacks_is_one_finding_by_kecamatan():
    regions = CONTEXT.regions
    first, second, *_ = regions.kecamatan_of("6301")
    away = next(d for d in regions.desa_of(second.kode) if d.adalah_desa)
    n_first = sum(d.adalah_desa for d in regions.desa_of(first.kode))
    (told,) = _gaps(_kabupaten("6301", {first.kode, away.kode}))
    assert told.jumlah == n_first + 1 and told.periode == "2024"
    assert told.isi["hilang"] == f"{first.nama} ({n_first} desa)"
    assert told.isi["sebagian"].startswith(f"{second.nama} 1")
    assert int(told.seharusnya) - int(told.tertulis) == n_first + 1


def test_a_list_of_one_or_two_kecamatan_speaks_for_no_kabupaten():
    units = [u.kode for u in CONTEXT.regions.kecamatan_of("6301")]
    assert _gaps(_kabupaten("6301", set(units[1:]))) == []
    assert _gaps(_kabupaten("6301", set(units[2:]))) == []


def test_few_absent_villages_are_named():
    away = next(
        d
        for u in CONTEXT.regions.kecamatan_of("6301")
        for d in CONTEXT.regions.desa_of(u.kode)
        if d.adalah_desa
    )
    (told,) = _gaps(_kabupaten("6301", {away.kode}))
    assert f"({away.nama})" in told.isi["sebagian"]
