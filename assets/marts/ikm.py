"""Satisfaction index by unit and period: official row, all variants, the nine elements (contract 3).

The official row follows the unit's choices ``skm_bobot`` and ``ikm_tahunan``; ``ikm_varian`` holds
every way that can be computed. Where answers and a printed summary both exist the answers win and
the print is kept beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from assets.marts import survei as sumber
from assets.marts.reduce import reduce
from assets.marts.survei import BELUM_DIPUTUSKAN, UNSUR, Hasil, Jawaban, Operand, Survei
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import ranking, survey
from warehouse.formulas.exact import mean, share
from warehouse.trail import Cell, Choice, Figure
from warehouse.values.numbers import tampil

TAHUNAN = ("gabungan", "rata_periode", "periode_akhir")
# Over this share of respondents with an answer outside 1..4 the figure is withheld (contract 3).
BATAS_TERSENTUH = 5
TAK_TERTAHAN: frozenset[str] = frozenset()


@dataclass
class Perhitungan:
    """The results of one unit and period: the official one and all ways that could be computed."""

    survei: Survei
    resmi: Hasil
    cara: dict[str, Hasil]
    catatan: list[str] = field(default_factory=list)
    cara_tahunan: Choice | None = None

    @property
    def aturan(self) -> str:
        """The weight rule of the official row."""
        return self.survei.aturan.nilai


@dataclass
class _Buku:
    """The three tables while they are written."""

    ikm: Mart = field(default_factory=Mart)
    varian: Mart = field(default_factory=Mart)
    unsur: Mart = field(default_factory=Mart)


def ikm(
    skm_jawaban: pa.Table, skm_ringkasan: pa.Table, layanan: pa.Table, context: Context
) -> dict[str, Mart]:
    """The index of every unit and period, its variants and its elements.

    Source: PermenPANRB 14/2017, Lampiran; contract 3.

    Args:
        skm_jawaban: ``clean_skm_jawaban``; only ever added up in SQL.
        skm_ringkasan: ``clean_skm_ringkasan``, printed means and indices.
        layanan: ``clean_layanan``; its volume is the population of the sample.
        context: choices of the units.
    """
    surveys = sumber.kumpulkan(
        skm_jawaban, skm_ringkasan, lambda unit, nama: context.choices.of(unit).choice(nama)
    )
    volume = Volume.of(layanan)
    book = _Buku()
    for (unit, tahun), of_year in groupby(surveys.values(), lambda s: (s.kode_unit, s.tahun)):
        whole_year = setahun(list(of_year), tahun, context.choices.of(unit).choice("ikm_tahunan"))
        for done in whole_year:
            _write(book, done, volume)
        book.ikm.findings += _touched(whole_year)
    return {"ikm": book.ikm, "ikm_varian": book.varian, "ikm_unsur": book.unsur}


def setahun(surveys: Sequence[Survei], tahun: str, pilihan: Choice) -> list[Perhitungan]:
    """All results of one unit in one year: each period, then the year itself."""
    periods = [p for s in surveys if s.jenis and (p := _periode(s))]
    printed = next((s for s in surveys if not s.jenis), None)
    if not periods:
        alone = _periode(printed) if printed else None
        return [alone] if alone else []
    first = periods[0].survei
    year = printed or Survei(first.kode_unit, tahun, first.aturan, first.u8_u9)
    return [*periods, _tahun(year, _one_kind(periods), pilihan)]


def _periode(survei: Survei) -> Perhitungan | None:
    cara = {}
    if survei.jawaban is not None:
        cara["langsung"] = sumber.dari_jawaban(survei, survei.jawaban, "langsung", "ikm")
    printed = sumber.dari_cetakan(survei)
    # Beside answers a bare printed index is no way of computing; it stays as ikm_tercetak.
    if printed is not None and not (cara and printed.metode == "tercetak"):
        cara[printed.metode] = printed
    if not cara:
        return None
    return Perhitungan(survei, next(iter(cara.values())), cara)


def _one_kind(periods: Sequence[Perhitungan]) -> list[Perhitungan]:
    """The periods that make the year: quarters or semesters, never both, those with answers first."""
    by_kind: dict[str, list[Perhitungan]] = {}
    for p in sorted(periods, key=lambda p: p.survei.periode):
        by_kind.setdefault(p.survei.jenis, []).append(p)

    def preference(kind: str) -> tuple[bool, bool]:
        return (not any(p.survei.jawaban for p in by_kind[kind]), kind != "TW")

    return by_kind[min(by_kind, key=preference)]


def _tahun(year: Survei, periods: list[Perhitungan], pilihan: Choice) -> Perhitungan:
    cara = {}
    answers = [p.survei.jawaban for p in periods if p.survei.jawaban is not None]
    if len(answers) == len(periods):
        pooled = sumber.jumlahkan([row for a in answers for row in a.asal])
        year.jawaban = pooled
        cara["gabungan"] = sumber.dari_jawaban(
            year, pooled, "gabungan", "ikm_gabungan", [p.survei for p in periods]
        )
    cara["rata_periode"] = _rata(year, periods)
    cara["periode_akhir"] = _akhir(year, periods[-1])
    printed = sumber.dari_cetakan(year)
    if printed is not None and printed.metode == "ringkasan":
        cara["ringkasan"] = printed
    name = pilihan.nilai if pilihan.nilai in cara else "rata_periode"
    done = Perhitungan(year, cara[name], cara, cara_tahunan=pilihan)
    if name != pilihan.nilai:
        without = [p.survei.periode for p in periods if p.survei.jawaban is None]
        done.catatan.append(f"{pilihan.nilai} tidak dapat dihitung tanpa jawaban {', '.join(without)}")
    # The pooled means stand in ikm_unsur only if pooling is official; else they rest on the cells.
    done.cara = {n: h if n == name else _on_cells(h) for n, h in cara.items()}
    return done


def _on_cells(hasil: Hasil) -> Hasil:
    """The same result, resting on its sources instead of on the published means of its elements."""
    if hasil.metode not in {"gabungan", "ringkasan"}:
        return hasil

    def dasar(aturan: str) -> list[Operand]:
        weight = [o for o in hasil.dasar(aturan) if isinstance(o[2], Choice)]
        return [o for operands in hasil.dasar_nrr.values() for o in operands] + weight

    return replace(hasil, dasar=dasar)


def _rata(year: Survei, periods: Sequence[Perhitungan]) -> Hasil:
    known = [p.resmi for p in periods]
    empty = [p.survei.periode for p in periods if p.aturan not in p.resmi.ikm]
    nrr = {u: mean([h.nrr[u] for h in known]) for u in UNSUR if all(u in h.nrr for h in known)}
    return Hasil(
        metode="rata_periode",
        rumus="ikm_rata_periode",
        responden=_total([h.responden for h in known]),
        ikm={a: mean([h.ikm[a] for h in known]) for a in survey.weights() if all(a in h.ikm for h in known)},
        dasar=lambda aturan: [o for p in periods for o in _period_index(p, aturan)],
        nrr=nrr,
        n={u: n for u in nrr if (n := _total([h.n.get(u) for h in known])) is not None},
        dasar_nrr={u: [o for p in periods for o in _period_mean(p, u)] for u in nrr},
        rumus_nrr="rata_rata",
        dasar_n=[o for p in periods for o in _period_respondents(p)],
        tertahan=TAK_TERTAHAN.union(*(h.tertahan for h in known)),
        alasan=f"IKM {', '.join(empty)} tidak ada" if empty else None,
    )


def _akhir(year: Survei, last: Perhitungan) -> Hasil:
    hasil = last.resmi
    return Hasil(
        metode="periode_akhir",
        rumus="ikm_periode_akhir",
        responden=hasil.responden,
        ikm=hasil.ikm,
        dasar=lambda aturan: _period_index(last, aturan),
        nrr=hasil.nrr,
        n=hasil.n,
        dasar_nrr={u: _period_mean(last, u) for u in hasil.nrr},
        rumus_nrr="salin",
        dasar_n=_period_respondents(last),
        tertahan=hasil.tertahan,
        alasan=hasil.alasan,
    )


def _period_index(p: Perhitungan, aturan: str) -> list[Operand]:
    if aturan == p.aturan:
        source = p.survei.figure("ikm", "ikm")
    else:
        source = p.survei.figure("ikm_varian", "ikm", metode=p.resmi.metode, bobot_aturan=aturan)
    return [(f"IKM {p.survei.periode}", p.resmi.ikm.get(aturan), source)]


def _period_respondents(p: Perhitungan) -> list[Operand]:
    if p.resmi.responden is None:
        return []
    return [(f"responden {p.survei.periode}", p.resmi.responden, p.survei.figure("ikm", "n_responden"))]


def _period_mean(p: Perhitungan, unsur: str) -> list[Operand]:
    if unsur in p.resmi.tertahan:
        return p.resmi.dasar_nrr[unsur]
    source = p.survei.figure("ikm_unsur", "nrr", unsur=unsur)
    return [(f"NRR {unsur} {p.survei.periode}", p.resmi.nrr[unsur], source)]


def _total(values: Iterable[int | None]) -> int | None:
    found = list(values)
    return None if any(v is None for v in found) else sum(v for v in found if v is not None)


@dataclass(frozen=True)
class Volume:
    """Services rendered by unit and period: the population from which a survey samples."""

    banyak: Mapping[tuple[str, str], Mapping[str, Any]]
    kode: Mapping[tuple[str, str], Sequence[str]]

    @classmethod
    def of(cls, layanan: pa.Table) -> Volume:
        """Added up in SQL; the codes are kept for the trail."""
        reduced = contracts.as_rows(reduce("layanan_volume", layanan=layanan))
        codes: dict[tuple[str, str], list[str]] = {}
        for row in contracts.as_rows(layanan, ["kode_unit", "periode", "kode_layanan"]):
            if not is_total(row["kode_layanan"]):
                codes.setdefault((row["kode_unit"], row["periode"]), []).append(row["kode_layanan"])
        return cls({(r["kode_unit"], r["periode"]): r for r in reduced}, codes)

    def minimum(self, unit: str, periode: str) -> tuple[int | None, str | None, list[Operand]]:
        """Krejcie-Morgan sample for the volume of this very period, or None with the reason."""
        parts = next((p for p in _made_of(periode) if all((unit, x) in self.banyak for x in p)), None)
        if parts is None:
            return None, f"sampel minimum kosong: volume layanan {periode} tidak ada", []
        rows = [self.banyak[unit, p] for p in parts]
        silent = sum(r["layanan"] - r["dilaporkan"] for r in rows)
        if silent:
            return None, f"sampel minimum kosong: {silent} layanan {periode} belum dilaporkan", []
        total = sum(r["volume"] for r in rows)
        if total <= 0:
            return None, f"sampel minimum kosong: volume layanan {periode} nol", []
        return survey.krejcie_morgan(total), None, self._services(unit, parts, total)

    def _services(self, unit: str, parts: Sequence[str], total: int) -> list[Operand]:
        operands: list[Operand] = [("volume layanan (N)", total, None)]
        for periode in parts:
            for kode in self.kode[unit, periode]:
                row = {"kode_unit": unit, "periode": periode, "kode_layanan": kode}
                key = contracts.table("layanan").key_of(row)
                operands.append((f"volume {kode}", None, Figure("layanan", key, "jumlah")))
        return operands


def is_total(kode_layanan: str) -> bool:
    """Whether a row of services is a printed total."""
    return kode_layanan == "TOTAL" or kode_layanan.startswith("JUMLAH:")


def _made_of(periode: str) -> list[list[str]]:
    """The period itself, else the complete sets of shorter periods that make it."""
    year, _, part = periode.partition("-")
    sets = [[periode]]
    if not part:
        sets += [[f"{year}-TW{q}" for q in range(1, 5)], [f"{year}-S1", f"{year}-S2"]]
    if part in {"S1", "S2"}:
        first = 2 * int(part[1]) - 1
        sets.append([f"{year}-TW{first}", f"{year}-TW{first + 1}"])
    return sets


def _write(book: _Buku, done: Perhitungan, volume: Volume) -> None:
    _write_variants(book.varian, done)
    _write_elements(book.unsur, done)
    _write_official(book.ikm, done, volume)


def _write_variants(mart: Mart, done: Perhitungan) -> None:
    for metode, hasil in done.cara.items():
        for aturan, value in hasil.ikm.items():
            key = {"metode": metode, "bobot_aturan": aturan}
            mart.rows.append(
                {
                    "kode_unit": done.survei.kode_unit,
                    "periode": done.survei.periode,
                    **key,
                    "ikm": value,
                    "mutu": survey.mutu(value)[0],
                    "resmi": metode == done.resmi.metode and aturan == done.aturan,
                }
            )
            index = done.survei.figure("ikm_varian", "ikm", **key)
            mart.trail.add(index, *_variant_of(done, hasil, aturan))
            letter = done.survei.figure("ikm_varian", "mutu", **key)
            mart.trail.add(letter, "mutu", [("IKM", value, index)])


def _variant_of(done: Perhitungan, hasil: Hasil, aturan: str) -> tuple[str, list[Operand]]:
    """Formula and operands of one variant; with another weight it rests on the one with the unit's own."""
    own = hasil.ikm.get(done.aturan)
    if aturan == done.aturan and hasil is done.resmi:
        return "salin", [("IKM resmi", own, done.survei.figure("ikm", "ikm"))]
    if aturan == done.aturan or own is None:
        return hasil.rumus, hasil.dasar(aturan)
    key = {"metode": hasil.metode, "bobot_aturan": done.aturan}
    source = done.survei.figure("ikm_varian", "ikm", **key)
    chosen = Choice(done.survei.aturan.nama, aturan)
    return "ikm", [(f"IKM dengan bobot {done.aturan}", own, source), ("bobot", aturan, chosen)]


def _write_elements(mart: Mart, done: Perhitungan) -> None:
    hasil, survei = done.resmi, done.survei
    ranks = ranking.peringkat(dict(hasil.nrr)) if len(hasil.nrr) == len(UNSUR) else {}
    for unsur in UNSUR:
        row: dict[str, Any] = {
            "kode_unit": survei.kode_unit,
            "periode": survei.periode,
            "unsur": unsur,
            "nama_unsur": survey.unsur()[unsur],
            "nrr_tercetak": survei.cetakan[unsur]["nilai"] if unsur in survei.cetakan else None,
        }
        mart.trail.add(
            survei.figure("ikm_unsur", "nrr_tercetak", unsur=unsur), "salin", sumber.sel_unsur(survei, unsur)
        )
        if unsur in hasil.tertahan:
            row |= {"status_terbit": "ditahan", "alasan": BELUM_DIPUTUSKAN}
        elif unsur in hasil.nrr:
            row |= _element(mart, done, unsur, ranks)
        else:
            row["alasan"] = hasil.alasan or "tidak ada NRR"
        mart.rows.append(row)


def _element(mart: Mart, done: Perhitungan, unsur: str, ranks: Mapping[str, int]) -> dict[str, Any]:
    hasil = done.resmi
    nrr = hasil.nrr[unsur]
    value = survey.ikm_unsur(nrr)

    def figure(kolom: str) -> Figure:
        return done.survei.figure("ikm_unsur", kolom, unsur=unsur)

    mart.trail.add(figure("nrr"), hasil.rumus_nrr, hasil.dasar_nrr[unsur])
    mart.trail.add(figure("n"), "banyak_jawaban", [*_counts(hasil, unsur), ("NRR", None, figure("nrr"))])
    mart.trail.add(figure("ikm_unsur"), "ikm_unsur", [("NRR", nrr, figure("nrr"))])
    mart.trail.add(figure("mutu"), "mutu", [("nilai unsur", value, figure("ikm_unsur"))])
    if ranks:
        # The index rests on all nine means, whichever of the last two is which.
        nine: list[Operand] = [(f"NRR {u}", hasil.nrr[u], None) for u in UNSUR]
        index: Operand = ("bersandar pada", None, done.survei.figure("ikm", "ikm"))
        mart.trail.add(figure("peringkat"), "peringkat", [("NRR", nrr, figure("nrr")), *nine, index])
    return {
        "n": hasil.n.get(unsur),
        "nrr": nrr,
        "ikm_unsur": value,
        "mutu": survey.mutu(value)[0],
        "peringkat": ranks.get(unsur),
    }


def _counts(hasil: Hasil, unsur: str) -> list[Operand]:
    """How many answered: counts of cells, of periods, or the printed number of respondents."""
    counts: list[Operand] = []
    for role, value, source in hasil.dasar_nrr[unsur]:
        if role.startswith("banyak jawaban "):
            counts.append((role, value, source))
        elif isinstance(source, Figure):
            counts.append((f"banyak jawaban {role}", None, replace(source, kolom="n")))
    return counts or list(hasil.dasar_n)


def _write_official(mart: Mart, done: Perhitungan, volume: Volume) -> None:
    hasil, survei = done.resmi, done.survei
    value = hasil.ikm.get(done.aturan)
    least, why, services = volume.minimum(survei.kode_unit, survei.periode)
    letter, word = survey.mutu(value) if value is not None else (None, None)
    reasons = [*done.catatan, hasil.alasan, why]
    mart.rows.append(
        {
            "kode_unit": survei.kode_unit,
            "periode": survei.periode,
            "n_responden": hasil.responden,
            "n_minimum": least,
            "bobot": survey.bobot(done.aturan),
            "bobot_aturan": done.aturan,
            "ikm": value,
            "mutu": letter,
            "kinerja": word,
            "metode": hasil.metode,
            "ikm_tercetak": sumber.indeks_tercetak(survei),
            "peka": peka(done),
            "alasan": "; ".join(r for r in reasons if r) or None,
        }
    )
    _trace_official(mart, done, value, services)
    if least is not None and hasil.responden is not None and hasil.responden < least:
        mart.findings.append(_too_few(done, hasil.responden, least))


def _trace_official(mart: Mart, done: Perhitungan, value: Decimal | None, services: list[Operand]) -> None:
    hasil, survei = done.resmi, done.survei
    index = survei.figure("ikm", "ikm")
    chosen: list[Operand] = []
    if done.cara_tahunan is not None:
        chosen = [("cara tahunan", hasil.metode, done.cara_tahunan)]
    if value is not None:
        mart.trail.add(index, hasil.rumus, hasil.dasar(done.aturan) + chosen)
        for kolom in ("mutu", "kinerja"):
            mart.trail.add(survei.figure("ikm", kolom), kolom, [("IKM", value, index)])
        if peka(done) is not None:
            others = [("nilai", value, index), *_others(done)]
            mart.trail.add(survei.figure("ikm", "peka"), "peka_mutu", others)
    if services:
        mart.trail.add(survei.figure("ikm", "n_minimum"), "krejcie_morgan", services)
    mart.trail.add(survei.figure("ikm", "n_responden"), "jumlah_responden", hasil.dasar_n)
    mart.trail.add(survei.figure("ikm", "ikm_tercetak"), "indeks_tercetak", sumber.sel_indeks(survei))
    weight = [("bobot", done.aturan, survei.aturan)]
    mart.trail.add(survei.figure("ikm", "bobot"), "bobot", weight)
    mart.trail.add(survei.figure("ikm", "bobot_aturan"), "salin", weight)


def _others(done: Perhitungan) -> list[Operand]:
    """The index under every single other choice, from the variants."""
    found: list[Operand] = []
    for metode, aturan, pilihan, value in _alternatives(done):
        source = done.survei.figure("ikm_varian", "ikm", metode=metode, bobot_aturan=aturan)
        found.append((f"bila {pilihan}", value, source))
    return found


def _alternatives(done: Perhitungan) -> Iterator[tuple[str, str, str, Decimal]]:
    """Way, weight, the choice as it is told, and the index it gives, for each single other choice."""
    for aturan, value in done.resmi.ikm.items():
        if aturan != done.aturan:
            yield done.resmi.metode, aturan, f"skm_bobot={aturan}", value
    for name in TAHUNAN:
        if name in done.cara and name != done.resmi.metode and done.aturan in done.cara[name].ikm:
            yield name, done.aturan, f"ikm_tahunan={name}", done.cara[name].ikm[done.aturan]


def peka(done: Perhitungan) -> str | None:
    """Every single permitted choice that would change the quality letter, with the value it gives."""
    value = done.resmi.ikm.get(done.aturan)
    if value is None:
        return None
    letter = survey.mutu(value)[0]
    flips = [
        f"{name}: {tampil(x, 2)} ({survey.mutu(x)[0]})"
        for _, _, name, x in _alternatives(done)
        if survey.mutu(x)[0] != letter
    ]
    return "; ".join(flips) or None


def _too_few(done: Perhitungan, responden: int, least: int) -> Finding:
    survei = done.survei
    cells = [source for _, _, source in done.resmi.dasar_n if isinstance(source, Cell)]
    return Finding(
        aturan="sampel_kurang",
        berkas_id=cells[0].berkas_id if cells else None,
        lembar=cells[0].lembar if cells else None,
        cell=cells[0] if cells else None,
        related=tuple(cells[1:]),
        kode_unit=survei.kode_unit,
        periode=survei.periode,
        tertulis=str(responden),
        seharusnya=str(least),
        selisih=str(responden - least),
        figures=(survei.figure("ikm", "ikm"),),
    )


def _touched(whole_year: Sequence[Perhitungan]) -> Iterable[Finding]:
    """Too many answers outside 1..4: the period is withheld, and the year where it pools them."""
    pooled = [f for p in whole_year if p.cara_tahunan for f in _figures(p, {"gabungan"})]
    for p in whole_year:
        answers = p.survei.jawaban
        if p.cara_tahunan or answers is None or p.resmi.metode != "langsung":
            continue
        if answers.tersentuh * 100 > BATAS_TERSENTUH * answers.semua:
            yield _too_many_rejected(p, answers, [*_figures(p, set(p.cara)), *pooled])


def _too_many_rejected(done: Perhitungan, answers: Jawaban, figures: Iterable[Figure]) -> Finding:
    survei = done.survei
    cells = [sumber.rentang(r, "u1", "u9") for r in answers.asal]
    return Finding(
        aturan="jawaban_ditolak_banyak",
        berkas_id=cells[0].berkas_id,
        lembar=cells[0].lembar,
        cell=cells[0],
        related=tuple(cells[1:]),
        kode_unit=survei.kode_unit,
        periode=survei.periode,
        tertulis=f"{tampil(share(answers.tersentuh, answers.semua, 100), 2)} %",
        seharusnya=f"{BATAS_TERSENTUH} %",
        jumlah=answers.tersentuh,
        isi={"responden": answers.semua},
        figures=tuple(figures),
    )


def _figures(done: Perhitungan, ways: set[str]) -> Iterable[Figure]:
    """The figures of one period that were made in one of these ways from its answers."""
    survei = done.survei
    for name in sorted(ways & {"langsung", "gabungan"} & done.cara.keys()):
        for aturan in done.cara[name].ikm:
            yield survei.figure("ikm_varian", "ikm", metode=name, bobot_aturan=aturan)
    if done.resmi.metode in ways & {"langsung", "gabungan"}:
        yield survei.figure("ikm", "ikm")
        for unsur in UNSUR:
            yield survei.figure("ikm_unsur", "nrr", unsur=unsur)
