"""Indicators that files can answer, for every kecamatan the files hold, with or without a target.

Which codes exist, their units and directions stand in the catalogue (``warehouse/indikator.yaml``);
here is how each is counted. The year of a village index or of a BUM Desa ranking is its period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa

from assets.marts.ikm import TAHUNAN
from assets.marts.reduce import reduce
from assets.marts.status_desa import belum_ada, key_iku, metode_dipakai
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.formulas import village
from warehouse.trail import Choice, Figure
from warehouse.values.numbers import tampil

Row = Mapping[str, Any]
_Lain = Mapping[str, Decimal | None]
Satuan = Literal["persen", "rasio"]
KODE_BELANJA = "5"


@dataclass(frozen=True)
class _Hitungan:
    """One indicator counted over villages: which statuses count, and its unit."""

    kode: str
    status: tuple[str, ...]
    satuan: Satuan


# The first is the base: the others rest on its counts, so that a village stands in the trail once.
DESA = (
    _Hitungan("persen_desa_mandiri", ("MANDIRI",), "persen"),
    _Hitungan("rasio_desa_mandiri", ("MANDIRI",), "rasio"),
    _Hitungan("rasio_desa_maju", ("MAJU",), "rasio"),
    _Hitungan("persen_desa_maju_ke_atas", ("MANDIRI", "MAJU"), "persen"),
)


@dataclass
class _Wilayah:
    """The villages of one kecamatan and year under the index that counts."""

    kode_unit: str
    tahun: int
    metode: str
    hitung: Row
    desa: list[Row] = field(default_factory=list)

    def figure(self, kode: str, kolom: str) -> Figure:
        """A figure of this kecamatan and year."""
        return Figure("realisasi_iku", key_iku(self.kode_unit, str(self.tahun), kode), kolom)


def realisasi_iku(
    status_desa: pa.Table,
    bumdes: pa.Table,
    ikm: pa.Table,
    serapan_rekening: pa.Table,
    context: Context,
    ikm_varian: pa.Table | None = None,
) -> dict[str, Mart]:
    """Every computed indicator of every kecamatan and period.

    Args:
        status_desa: villages with status; reduced to counts in SQL.
        bumdes: BUM Desa with class; reduced to counts in SQL.
        ikm: official satisfaction indices.
        serapan_rekening: absorption by account; code 5 is the whole agency.
        context: choices ``penyebut_desa`` and ``bumdes_baik``, and region codes.
        ikm_varian: what other choices give for the index; without it ``peka`` of the index is empty.
    """
    mart = Mart()
    _villages(mart, status_desa, context)
    _bumdes(mart, bumdes, context)
    _ikm(mart, contracts.as_rows(ikm), contracts.as_rows(ikm_varian) if ikm_varian is not None else [])
    _serapan(mart, contracts.as_rows(serapan_rekening))
    return {"realisasi_iku": mart}


def _villages(mart: Mart, status_desa: pa.Table, context: Context) -> None:
    counts = contracts.as_rows(reduce("desa_status", status_desa=status_desa))
    present: dict[tuple[str, int], set[str]] = {}
    for row in counts:
        present.setdefault((row["kode_unit"], row["tahun"]), set()).add(row["metode"])
    places = {
        (row["kode_unit"], row["tahun"], row["metode"]): _Wilayah(
            row["kode_unit"], row["tahun"], row["metode"], row
        )
        for row in counts
        if metode_dipakai(row["tahun"], present[row["kode_unit"], row["tahun"]]) == row["metode"]
    }
    columns = ("kode_desa", "tahun", "metode", "kode_unit", "desa", "status", "status_tercetak")
    for row in contracts.as_rows(status_desa, columns):
        place = places.get((row["kode_unit"], row["tahun"], row["metode"]))
        if place is not None:
            place.desa.append(row)
    for place in places.values():
        _one_place(mart, place, context)


def _one_place(mart: Mart, place: _Wilayah, context: Context) -> None:
    gap = _gap(place, context)
    pilihan = context.choices.of(place.kode_unit).choice("penyebut_desa")
    kelurahan = sum(not d.adalah_desa for d in context.regions.desa_of(place.kode_unit))
    for counted in DESA:
        row: dict[str, Any] = {
            "kode_unit": place.kode_unit,
            "periode": str(place.tahun),
            "kode_indikator": counted.kode,
            "metode": place.metode,
            "alasan": gap,
        }
        if gap is None:
            made, others = _share(place, counted, pilihan, kelurahan)
            row |= made
            _trace_share(mart, place, counted, row, pilihan, kelurahan)
            _trace_peka(mart, row, others)
        mart.rows.append(row)


def _gap(place: _Wilayah, context: Context) -> str | None:
    """Why the villages of a kecamatan cannot be counted; None if they can."""
    missing = belum_ada(context, place.kode_unit, {d["kode_desa"] for d in place.desa})
    silent = sorted(d["desa"] or d["kode_desa"] for d in place.desa if d["status"] is None)
    said = [
        f"{len(names)} desa {what}: {', '.join(names)}"
        for what, names in (("tidak ada dalam berkas", missing), ("tanpa skor", silent))
        if names
    ]
    return "; ".join(said) or None


def _share(
    place: _Wilayah, counted: _Hitungan, pilihan: Choice, kelurahan: int
) -> tuple[dict[str, Any], _Lain]:
    """The share, and what other readings of it give."""
    count = sum(place.hitung[s.lower()] for s in counted.status)
    desa = place.hitung["desa"]
    whole = {"desa": desa, "desa_kelurahan": desa + kelurahan}
    value = village.share_of(count, whole[pilihan.nilai], counted.satuan)
    others = {
        f"{pilihan.nama}={name}": village.share_of(count, n, counted.satuan)
        for name, n in whole.items()
        if name != pilihan.nilai
    }
    if place.hitung["t_berstatus"] == desa:
        printed = sum(place.hitung[f"t_{s.lower()}"] for s in counted.status)
        others["status_tercetak"] = village.share_of(printed, whole[pilihan.nilai], counted.satuan)
    share = {
        "realisasi": value,
        "pembilang": Decimal(count),
        "penyebut": Decimal(whole[pilihan.nilai]),
        "peka": _peka(value, others),
    }
    return share, others


def _trace_peka(mart: Mart, row: Row, others: _Lain) -> None:
    if row["peka"] is None:
        return
    key = contracts.table("realisasi_iku").key_of(row)
    own = ("nilai", row["realisasi"], Figure("realisasi_iku", key, "realisasi"))
    lain = [(f"bila {name}", x, None) for name, x in others.items()]
    mart.trail.add(Figure("realisasi_iku", key, "peka"), "peka_nilai", [own, *lain])


def _peka(value: Decimal | None, others: _Lain) -> str | None:
    """Other permitted choices that give another value: ``skm_bobot=1/9: 95,64; ...``."""
    said = [f"{name}: {tampil(x, 2)}" for name, x in others.items() if x is not None and x != value]
    return "; ".join(said) or None


def _trace_share(
    mart: Mart, place: _Wilayah, counted: _Hitungan, row: Row, pilihan: Choice, kelurahan: int
) -> None:
    base = DESA[0]
    above, below = place.figure(counted.kode, "pembilang"), place.figure(counted.kode, "penyebut")
    rumus = "persen_desa" if counted.satuan == "persen" else "rasio_desa"
    operands: list[Any] = []
    if counted is base:
        there: list[Any] = [_village(d) for d in place.desa]
        if pilihan.nilai == "desa_kelurahan":
            there.append(("banyak kelurahan", kelurahan, None))
        mart.trail.add(below, "banyak_desa", [*there, (pilihan.nama, pilihan.nilai, pilihan)])
        statuses = set(counted.status)
    else:
        base_above = place.figure(base.kode, "pembilang")
        mart.trail.add(below, "salin", [("desa", row["penyebut"], place.figure(base.kode, "penyebut"))])
        statuses = set(counted.status) - set(base.status)
        if set(base.status) <= set(counted.status):
            operands.append(("banyak desa MANDIRI", place.hitung["mandiri"], base_above))
    operands += [_village(d) for d in place.desa if d["status"] in statuses]
    mart.trail.add(above, "banyak_desa", operands or [("dari desa", None, below)])
    both = [("pembilang", row["pembilang"], above), ("penyebut", row["penyebut"], below)]
    choice = [(pilihan.nama, pilihan.nilai, pilihan)]
    mart.trail.add(place.figure(counted.kode, "realisasi"), rumus, [*both, *choice])


def _village(desa: Row) -> tuple[str, Any, Figure]:
    source = Figure("status_desa", contracts.table("status_desa").key_of(desa), "status")
    return (f"status {desa['desa'] or desa['kode_desa']}", desa["status"], source)


def _bumdes(mart: Mart, bumdes: pa.Table, context: Context) -> None:
    by_place: dict[tuple[str, int], list[Row]] = {}
    for row in contracts.as_rows(bumdes, ("bumdes_id", "tahun", "kode_unit", "nama", "kelas", "aktif")):
        by_place.setdefault((row["kode_unit"], row["tahun"]), []).append(row)
    for count in contracts.as_rows(reduce("bumdes_kelas", bumdes=bumdes)):
        unit = context.choices.of(count["kode_unit"])
        pilihan = unit.choice("bumdes_baik")
        row, others = _good_share(count, pilihan, unit.permitted("bumdes_baik"))
        mart.rows.append(row)
        if row["realisasi"] is not None:
            _trace_bumdes(mart, by_place[count["kode_unit"], count["tahun"]], row, pilihan)
            _trace_peka(mart, row, others)


def _good_share(count: Row, pilihan: Choice, permitted: Sequence[str]) -> tuple[dict[str, Any], _Lain]:
    total = count["bumdes"]
    good = {word: _good(count, word) for word in permitted}
    row: dict[str, Any] = {
        "kode_unit": count["kode_unit"],
        "periode": str(count["tahun"]),
        "kode_indikator": "persen_bumdes_baik",
        "metode": "BUMDES",
    }
    chosen = good[pilihan.nilai]
    if chosen is None:
        known = count["berstatus_aktif" if pilihan.nilai == "aktif" else "berkelas"]
        return {**row, "realisasi": None, "alasan": f"{total - known} BUM Desa tanpa nilai"}, {}
    value = village.share_of(chosen, total)
    others = {
        f"{pilihan.nama}={word}": None if n is None else village.share_of(n, total)
        for word, n in good.items()
        if word != pilihan.nilai
    }
    row |= {"realisasi": value, "pembilang": Decimal(chosen), "penyebut": Decimal(total)}
    return row | {"peka": _peka(value, others)}, others


def _good(count: Row, word: str) -> int | None:
    """How many BUM Desa are good in this meaning of the word; None if some cannot be judged."""
    if word == "aktif":
        return int(count["aktif"]) if count["berstatus_aktif"] == count["bumdes"] else None
    if count["berkelas"] != count["bumdes"]:
        return None
    return sum(int(count[c.lower()]) for c in village.classes() if village.at_least(c, word))


def _trace_bumdes(mart: Mart, there: Iterable[Row], row: Row, pilihan: Choice) -> None:
    key = contracts.table("realisasi_iku").key_of(row)
    above, below, value = (Figure("realisasi_iku", key, k) for k in ("pembilang", "penyebut", "realisasi"))
    kolom = "aktif" if pilihan.nilai == "aktif" else "kelas"
    each = [
        (f"BUM Desa {b['nama']}", b[kolom], Figure("bumdes", contracts.table("bumdes").key_of(b), kolom))
        for b in there
    ]
    choice = (pilihan.nama, pilihan.nilai, pilihan)
    mart.trail.add(below, "banyak_bumdes", each)
    mart.trail.add(above, "bumdes_baik", [*each, choice])
    both = [("pembilang", row["pembilang"], above), ("penyebut", row["penyebut"], below)]
    mart.trail.add(value, "persen_bumdes", [*both, choice])


def _ikm(mart: Mart, official: list[dict[str, Any]], variants: list[dict[str, Any]]) -> None:
    by_place: dict[tuple[str, str], list[Row]] = {}
    for row in variants:
        by_place.setdefault((row["kode_unit"], row["periode"]), []).append(row)
    for row in official:
        others = _other_indices(row, by_place.get((row["kode_unit"], row["periode"]), ()))
        made = {
            "kode_unit": row["kode_unit"],
            "periode": row["periode"],
            "kode_indikator": "ikm",
            "realisasi": row["ikm"],
            "metode": "SKM",
            "peka": _peka(row["ikm"], others),
            "alasan": None if row["ikm"] is not None else row["alasan"] or "IKM tidak ada",
        }
        mart.rows.append(made)
        source = Figure("ikm", contracts.table("ikm").key_of(row), "ikm")
        _copied(mart, made, "realisasi", "IKM", source)
        _trace_peka(mart, made, others)


def _other_indices(official: Row, variants: Iterable[Row]) -> _Lain:
    """What a single other choice gives: another weight, or another way to make the year."""
    found: dict[str, Decimal | None] = {}
    for v in variants:
        same_weight = v["bobot_aturan"] == official["bobot_aturan"]
        same_way = v["metode"] == official["metode"]
        if same_way and not same_weight:
            found[f"skm_bobot={v['bobot_aturan']}"] = v["ikm"]
        elif same_weight and not same_way and v["metode"] in TAHUNAN and official["metode"] in TAHUNAN:
            found[f"ikm_tahunan={v['metode']}"] = v["ikm"]
    return found


def _serapan(mart: Mart, accounts: Iterable[Row]) -> None:
    for row in accounts:
        if row["kode"] != KODE_BELANJA:
            continue
        made = {
            "kode_unit": row["kode_unit"],
            "periode": row["periode"],
            "kode_indikator": "serapan",
            "realisasi": row["serapan_persen"],
            "pembilang": row["realisasi"],
            "penyebut": row["pagu"],
            "metode": "LRA",
            "alasan": None if row["serapan_persen"] is not None else row["alasan"] or "serapan tidak ada",
        }
        mart.rows.append(made)
        key = contracts.table("serapan_rekening").key_of(row)
        for ours, theirs in (
            ("realisasi", "serapan_persen"),
            ("pembilang", "realisasi"),
            ("penyebut", "pagu"),
        ):
            _copied(mart, made, ours, theirs, Figure("serapan_rekening", key, theirs))


def _copied(mart: Mart, made: Row, kolom: str, peran: str, source: Figure) -> None:
    figure = Figure("realisasi_iku", contracts.table("realisasi_iku").key_of(made), kolom)
    mart.trail.add(figure, "salin", [(peran, made[kolom], source)])
