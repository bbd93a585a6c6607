"""Comparison with other regions: rank and percentile in each scope, and what may not be compared.

One row for each region in a scope, no pairs (contract 6): ``kab:`` and ``prov:`` hold every kecamatan
the files hold, ``kutipan:`` the peers a unit cites and the unit itself, ``nasional`` the nation's own
figure. Comparable is only the same definition, method and year, and for the index the same weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from assets.marts.realisasi_iku import DESA
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import achievement, ranking, village
from warehouse.formulas.exact import share
from warehouse.trail import Cell, Figure, Source
from warehouse.values.numbers import tampil

Row = Mapping[str, Any]
Operand = tuple[str, Any, Source]
# Method and the choice that defines the indicator; None where it is not known.
Definisi = tuple[str | None, str | None]
# Indicator, year, scope.
_Tempat = tuple[str, int, str]

INDIKATOR_DESA = frozenset(c.kode for c in DESA)
# The choice that makes two values of one code the same thing or not.
PILIHAN_PENENTU = {
    **dict.fromkeys(INDIKATOR_DESA, "penyebut_desa"),
    "persen_bumdes_baik": "bumdes_baik",
    "ikm": "skm_bobot",
}
SEBUTAN = {"penyebut_desa": "penyebut", "bumdes_baik": "arti BUM Desa baik", "skm_bobot": "bobot IKM"}
METODE = {"IDM": "IDM", "INDEKS_DESA": "Indeks Desa", "SKM": "SKM", "BUMDES": "pemeringkatan BUM Desa"}
AGREGAT = {2: "provinsi", 4: "kabupaten/kota"}
NASIONAL = "00"


@dataclass
class _Wilayah:
    """One region in one scope, before it is ranked."""

    kode: str
    nama: str
    nilai: Decimal | None
    definisi: Definisi
    sumber: str | None
    asal: Source
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    target: Decimal | None = None
    asal_target: Source = None
    penolakan: str | None = None
    kosong: str | None = None  # why there is no value


@dataclass(frozen=True)
class _Lingkup:
    """One scope of one indicator and year, with the definition that the others must share."""

    kode_indikator: str
    tahun: int
    lingkup: str
    acuan: Definisi
    catatan: str | None = None
    pengutip: str | None = None


def banding(realisasi_iku: pa.Table, pembanding: pa.Table, context: Context) -> dict[str, Mart]:
    """Rank, percentile and comparability of every region in every scope.

    Source: PermenPANRB 53/2014, Lampiran (comparison with other units and national figures).

    Args:
        realisasi_iku: computed indicators; the yearly rows are compared.
        pembanding: ``clean_pembanding``, figures that reports and decrees cite.
        context: region codes, catalogue, choices of the units.
    """
    mart = Mart()
    own = {
        (r["kode_indikator"], int(r["periode"]), r["kode_unit"]): r
        for r in contracts.as_rows(realisasi_iku)
        if len(r["periode"]) == 4
    }
    cited: dict[_Tempat, list[Row]] = {}
    for row in _one_each(contracts.as_rows(pembanding), mart, context):
        cited.setdefault((row["kode_indikator"], row["tahun"], row["lingkup"]), []).append(row)
    for digits, name in ((4, "kab"), (2, "prov")):
        for scope, regions in _computed(own.values(), digits, name, cited, context):
            _write(mart, scope, regions, context)
    for scope, regions in _quoted(own, cited, context):
        _write(mart, scope, regions, context)
    return {"banding": mart}


def _one_each(rows: list[dict[str, Any]], mart: Mart, context: Context) -> list[dict[str, Any]]:
    """One row a cited region and scope; two units that cite one public figure must cite the same."""

    def place(r: Row) -> tuple[Any, ...]:
        return (r["kode_indikator"], r["tahun"], r["lingkup"], r["kode_pembanding"])

    def order(r: Row) -> tuple[Any, ...]:
        # With numerator and denominator the figure is exact; the unit's code settles the rest.
        return (
            *place(r),
            r["pembilang"] is None,
            not r["tahun_tertulis"],
            r["nilai"] is None,
            r["kode_unit"],
        )

    kept = []
    for _, same in groupby(sorted(rows, key=order), place):
        first, *others = same
        kept.append(first)
        mart.findings += [
            _contradiction(first, other, context)
            for other in others
            if None not in (first["nilai"], other["nilai"]) and first["nilai"] != other["nilai"]
        ]
    return kept


def _contradiction(used: Row, other: Row, context: Context) -> Finding:
    known = context.indicators.get(other["kode_indikator"])
    return Finding(
        aturan="kutipan_bertentangan",
        berkas_id=other["berkas_id"],
        lembar=other["lembar"],
        cell=Cell.of(other, "realisasi"),
        related=(Cell.of(used, "realisasi"),),
        kode_unit=other["kode_unit"],
        periode=str(other["tahun"]),
        tertulis=other["nilai_teks"] or tampil(other["nilai"], 2),
        seharusnya=used["nilai_teks"] or tampil(used["nilai"], 2),
        selisih=tampil(other["nilai"] - used["nilai"], 2),
        isi={"nama": other["nama"], "indikator": known.nama if known else other["indikator"]},
    )


def _computed(
    own: Iterable[Row], digits: int, name: str, cited: dict[_Tempat, list[Row]], context: Context
) -> Iterable[tuple[_Lingkup, list[_Wilayah]]]:
    """Every kecamatan of a kabupaten or province, and the figures cited in that scope (taken out)."""

    def place(r: Row) -> tuple[str, int, str]:
        return (r["kode_indikator"], int(r["periode"]), r["kode_unit"][:digits])

    for (kode, tahun, head), rows in groupby(sorted(own, key=place), place):
        lingkup = f"{name}:{head}"
        regions = [_own_region(r, context) for r in rows]
        note = _present(regions, head, context)
        scope = _Lingkup(kode, tahun, lingkup, _usual(regions), note)
        quoted = cited.pop((kode, tahun, lingkup), [])
        yield scope, regions + [_cited_region(r, context) for r in quoted]


def _usual(regions: Iterable[_Wilayah]) -> Definisi:
    """The definition that most regions of a scope share; of equals the first by name."""
    count = Counter(r.definisi for r in regions if r.nilai is not None)
    return min(count, key=lambda d: (-count[d], str(d)), default=(None, None))


def _present(regions: Iterable[_Wilayah], head: str, context: Context) -> str | None:
    """What part of the kabupaten or province the files hold; None where they hold all of it."""
    known = {r.kode for r in regions if r.nilai is not None}
    if len(head) == 4:
        there = {k for k in known if k.startswith(head)}
        whole = [k.kode for k in context.regions.kecamatan_of(head)]
        what = "kecamatan di kabupaten/kota ini"
    else:
        there = {k[:4] for k in known}
        whole = [k.kode for k in context.regions.kabupaten_of(head)]
        what = "kabupaten/kota di provinsi ini"
    if not set(whole) - there:
        return None
    return f"hanya {len(there)} dari {len(whole)} {what} yang ada angkanya"


def _own_region(row: Row, context: Context) -> _Wilayah:
    unit, kode = row["kode_unit"], row["kode_indikator"]
    known = context.regions.kecamatan(unit)
    key = contracts.table("realisasi_iku").key_of(row)
    method = METODE.get(row["metode"], "LRA")
    return _Wilayah(
        kode=unit,
        nama=known.nama if known else context.choices.of(unit).nama or unit,
        nilai=row["realisasi"],
        definisi=_definition(kode, row["metode"], unit, context),
        sumber=f"dihitung dari {method} {row['periode']}",
        asal=Figure("realisasi_iku", key, "realisasi"),
        pembilang=row["pembilang"],
        penyebut=row["penyebut"],
        kosong=None if row["realisasi"] is not None else row["alasan"],
    )


def _definition(kode: str, metode: str | None, unit: str, context: Context) -> Definisi:
    choice = PILIHAN_PENENTU.get(kode)
    return metode, context.choices.of(unit).value(choice) if choice else None


def _cited_region(row: Row, context: Context) -> _Wilayah:
    choice = PILIHAN_PENENTU.get(row["kode_indikator"])
    return _Wilayah(
        kode=row["kode_pembanding"],
        nama=row["nama"],
        nilai=_exact(row, context),
        definisi=(_cited_method(row), _cited_choice(row, choice, context) if choice else None),
        sumber=row["sumber"],
        asal=Cell.of(row, "realisasi"),
        pembilang=row["pembilang"],
        penyebut=row["penyebut"],
        target=row["target"],
        asal_target=Cell.of(row, "target") if row["target"] is not None else None,
        penolakan=None if row["tahun_tertulis"] else "tahun angka ini tidak tertulis",
        kosong="angka ini tidak dikutip" if row["nilai"] is None else None,
    )


def _exact(row: Row, context: Context) -> Decimal | None:
    """The cited value, from its numerator and denominator where both are known."""
    indicator = context.indicators.get(row["kode_indikator"])
    unit = indicator.satuan if indicator else None
    if unit not in {"persen", "rasio"} or row["pembilang"] is None or not row["penyebut"]:
        value: Decimal | None = row["nilai"]
        return value
    return share(row["pembilang"], row["penyebut"], 100 if unit == "persen" else 1)


def _cited_method(row: Row) -> str | None:
    if row["metode"] or not row["tahun_tertulis"]:
        method: str | None = row["metode"]
        return method
    # The law leaves one village index for a data year, so a dated figure has that one's method.
    return _method_in_force(row["kode_indikator"], row["tahun"])


def _cited_choice(row: Row, choice: str, context: Context) -> str | None:
    """What the peer chose: its own configuration; for villages the law's meaning; else unknown."""
    unit = context.choices.of(row["kode_pembanding"])
    if choice == "penyebut_desa" or unit.dipilih(choice):
        return unit.value(choice)
    return None


def _quoted(
    own: Mapping[tuple[str, int, str], Row], cited: Mapping[_Tempat, list[Row]], context: Context
) -> Iterable[tuple[_Lingkup, list[_Wilayah]]]:
    """Scopes that only citations make: a unit's peers with the unit itself, and the nation."""
    for (kode, tahun, lingkup), rows in cited.items():
        kind, _, unit = lingkup.partition(":")
        regions = {r["kode_pembanding"]: _cited_region(r, context) for r in rows}
        if kind != "kutipan":
            # No unit's choice governs a public figure: it is held to the law's method and the defaults.
            yield _Lingkup(kode, tahun, lingkup, _public(kode, tahun, context)), list(regions.values())
            continue
        mine = own.get((kode, tahun, unit))
        if mine is not None:
            _put_own(regions, _own_region(mine, context))
        method = mine["metode"] if mine else _method_in_force(kode, tahun)
        reference = _definition(kode, method, unit, context)
        yield _Lingkup(kode, tahun, lingkup, reference, pengutip=unit), list(regions.values())


def _public(kode: str, tahun: int, context: Context) -> Definisi:
    choice = PILIHAN_PENENTU.get(kode)
    return _method_in_force(kode, tahun), context.choices.options[choice].bawaan if choice else None


def _method_in_force(kode: str, tahun: int) -> str | None:
    if kode in INDIKATOR_DESA:
        return village.metode_tahun(tahun)
    return {"ikm": "SKM", "persen_bumdes_baik": "BUMDES", "serapan": "LRA"}.get(kode)


def _put_own(regions: dict[str, _Wilayah], mine: _Wilayah) -> None:
    """The unit's own computed value, in the place of what it cites of itself; its target stays."""
    cited = regions.get(mine.kode)
    if cited is not None:
        mine.target, mine.asal_target = cited.target, cited.asal_target
        if mine.nilai is None:
            return
    regions[mine.kode] = mine


def _write(mart: Mart, scope: _Lingkup, regions: list[_Wilayah], context: Context) -> None:
    indicator = context.indicators.get(scope.kode_indikator)
    arah = indicator.arah if indicator else None
    refused = {r.kode: _refusal(scope, r) for r in regions}
    peers = [r for r in regions if refused[r.kode] is None and not _aggregate(r)]
    ranks = ranking.peringkat({r.kode: r.nilai for r in peers}, arah) if arah else {}
    for region in regions:
        why = refused[region.kode] or _not_ranked(region, arah)
        rank = ranks.get(region.kode)
        capaian = _capaian(scope, region, arah, context)
        row = {
            "kode_indikator": scope.kode_indikator,
            "tahun": scope.tahun,
            "lingkup": scope.lingkup,
            "kode_pembanding": region.kode,
            "nama": region.nama,
            "nilai": region.nilai,
            "pembilang": region.pembilang,
            "penyebut": region.penyebut,
            "target": region.target,
            "capaian_persen": capaian,
            "peringkat": rank,
            "dari": None if rank is None else len(ranks),
            "persentil": None if rank is None else ranking.persentil(rank, len(ranks)),
            "metode": region.definisi[0],
            "dapat_dibandingkan": refused[region.kode] is None,
            "alasan_banding": why,
            "sumber": region.sumber,
            "alasan": "; ".join(r for r in (region.kosong, scope.catatan) if r) or None,
        }
        mart.rows.append(row)
        _trace(mart, row, region, arah, scope, context)


def _refusal(scope: _Lingkup, region: _Wilayah) -> str | None:
    """Why a region may not be compared in its scope, all reasons; None if it may."""
    if region.nilai is None:
        return "nilai tidak ada"
    reasons = [region.penolakan, _otherwise_defined(scope, region)]
    return "; ".join(r for r in reasons if r) or None


def _otherwise_defined(scope: _Lingkup, region: _Wilayah) -> str | None:
    method, choice = region.definisi
    due_method, due_choice = scope.acuan
    if scope.kode_indikator not in {*PILIHAN_PENENTU, "serapan"} and scope.pengutip:
        return "definisi indikator ini tidak ada dalam katalog hitungan; kesamaannya tidak dapat dipastikan"
    if method != due_method:
        return f"metode {_word(method)}, acuan {_word(due_method)}"
    if choice != due_choice:
        word = SEBUTAN[PILIHAN_PENENTU[scope.kode_indikator]]
        return f"{word} {choice or 'tidak diketahui'}, acuan {due_choice or 'tidak diketahui'}"
    return None


def _word(method: str | None) -> str:
    return METODE.get(method, method) if method else "tidak tertulis"


def _aggregate(region: _Wilayah) -> str | None:
    """What a figure is of, if not of a kecamatan: such a figure is compared with, not ranked."""
    if region.kode == NASIONAL:
        return "nasional"
    return AGREGAT.get(len(region.kode)) if region.kode.isdigit() else None


def _not_ranked(region: _Wilayah, arah: str | None) -> str | None:
    whole = _aggregate(region)
    if whole:
        return f"angka {whole}, bukan kecamatan: tidak diperingkat"
    return None if arah else "arah indikator tidak diketahui: tidak diperingkat"


def _capaian(scope: _Lingkup, region: _Wilayah, arah: str | None, context: Context) -> Decimal | None:
    if region.target is None or arah is None:
        return None
    target = _target_used(scope, region, context)
    return achievement.capaian(target, region.nilai, arah, _inverse(scope, region, context))[0]


def _target_used(scope: _Lingkup, region: _Wilayah, context: Context) -> Decimal:
    """The cited target; for a share of n villages the k/n that it is a rounding of (contract 2.6)."""
    if region.target is None:
        raise ValueError(f"{region.kode}: no target is cited")
    indicator = context.indicators.get(scope.kode_indikator)
    whole = region.penyebut
    if indicator is None or indicator.satuan not in {"persen", "rasio"} or not whole or whole != int(whole):
        return region.target
    if scope.kode_indikator == "serapan":
        return region.target
    scale: achievement.Skala = "persen" if indicator.satuan == "persen" else "rasio"
    read = achievement.kn(region.target, int(whole), scale)
    return read.nilai if read else region.target


def _inverse(scope: _Lingkup, region: _Wilayah, context: Context) -> str:
    return context.choices.of(scope.pengutip or region.kode).value("capaian_terbalik")


def _trace(
    mart: Mart, row: Row, region: _Wilayah, arah: str | None, scope: _Lingkup, context: Context
) -> None:
    key = contracts.table("banding").key_of(row)

    def figure(kolom: str) -> Figure:
        return Figure("banding", key, kolom)

    for kolom in ("nilai", "pembilang", "penyebut"):
        # A value that cannot be had has its way back too: what withholds it holds this row.
        if kolom == "nilai" or row[kolom] is not None:
            mart.trail.add(figure(kolom), "salin", [_stood(kolom, row[kolom], region.asal)])
    if row["target"] is not None:
        mart.trail.add(figure("target"), "salin", [("target", row["target"], region.asal_target)])
    value: Operand = ("nilai", row["nilai"], figure("nilai"))
    if row["capaian_persen"] is not None and arah is not None:
        rumus = achievement.rumus_capaian(arah, _inverse(scope, region, context))
        target: Operand = ("target", row["target"], figure("target"))
        used: Operand = ("target hitung", _target_used(scope, region, context), None)
        mart.trail.add(figure("capaian_persen"), rumus, [value, target, used])
    if row["peringkat"] is not None:
        # Only its own value: another region's withheld figure must not take this rank away. Those that are
        # ranked may become fewer at the gate, so their number is not told here.
        mart.trail.add(figure("peringkat"), "peringkat_wilayah", [value, ("arah", arah, None)])
        mart.trail.add(figure("dari"), "banyak_diperingkat", [("lingkup", scope.lingkup, None)])
        both: list[Operand] = [(k, None, figure(k)) for k in ("peringkat", "dari")]
        mart.trail.add(figure("persentil"), "persentil", both)


def _stood(kolom: str, value: Decimal | None, source: Source) -> Operand:
    """Where a value stands: a computed figure has its parts in columns of their own, a citation one cell."""
    if isinstance(source, Figure):
        ours = "realisasi" if kolom == "nilai" else kolom
        return (ours, value, Figure(source.tabel, source.kunci, ours))
    return (kolom, value, source)
