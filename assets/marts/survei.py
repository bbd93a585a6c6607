"""What is known of one survey period: answers added up, printed summary, and the results they give.

Here one period stands alone; how periods make a year and which result is official is in ``ikm``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa

from assets.marts.reduce import reduce
from warehouse import contracts
from warehouse.formulas import survey
from warehouse.trail import Cell, Choice, Figure, Source
from warehouse.values.numbers import tampil

UNSUR = tuple(survey.unsur())
PASANGAN = ("U8", "U9")  # the regulation's list and its questionnaire swap these two
BELUM_DIPUTUSKAN = "urutan U8 dan U9 pada lembar belum diputuskan"
Operand = tuple[str, Any, Source]


@dataclass(frozen=True)
class Jawaban:
    """Answers of one unit, added up: sum and count by element, respondents, and where they stood.

    ``jumlah`` maps U1..U9 to (sum of answers, respondents who answered). While the order of U8 and
    U9 is undecided their two sums stand in sheet order: good for the index, for neither element.
    """

    semua: int
    tersentuh: int
    dipakai: int
    diputuskan: bool
    jumlah: Mapping[str, tuple[int, int]]
    asal: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Hasil:
    """One way to an index: by weight rule, with its elements and where each number comes from.

    What cannot be computed is missing from ``ikm`` or ``nrr`` and told in ``alasan``. ``tertahan``
    are elements whose mean is known but not which of the two it belongs to: withholding them must not
    reach the index, which then rests on their cells.
    """

    metode: str
    rumus: str
    responden: int | None
    ikm: Mapping[str, Decimal]
    dasar: Callable[[str], list[Operand]]
    nrr: Mapping[str, Decimal] = field(default_factory=dict)
    n: Mapping[str, int] = field(default_factory=dict)
    dasar_nrr: Mapping[str, list[Operand]] = field(default_factory=dict)
    rumus_nrr: str = "nrr"
    dasar_n: Sequence[Operand] = ()
    tertahan: frozenset[str] = frozenset()
    alasan: str | None = None


@dataclass
class Survei:
    """All that is known of one unit's survey in one period."""

    kode_unit: str
    periode: str
    aturan: Choice
    u8_u9: str
    jawaban: Jawaban | None = None
    cetakan: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def tahun(self) -> str:
        """The year of the period."""
        return self.periode[:4]

    @property
    def jenis(self) -> str:
        """``TW``, ``S``, or empty for a year."""
        return self.periode[5:].rstrip("0123456789")

    def figure(self, tabel: str, kolom: str, **more: str) -> Figure:
        """A figure of this unit and period."""
        row = {"kode_unit": self.kode_unit, "periode": self.periode, **more}
        return Figure(tabel, contracts.table(tabel).key_of(row), kolom)


def kumpulkan(
    skm_jawaban: pa.Table, skm_ringkasan: pa.Table, pilihan: Callable[[str, str], Choice]
) -> dict[tuple[str, str], Survei]:
    """Bring answers and printed summaries together, by unit and period, in that order.

    Args:
        skm_jawaban: ``clean_skm_jawaban``, one row a respondent; added up in SQL.
        skm_ringkasan: ``clean_skm_ringkasan``.
        pilihan: the unit's choice of a name.
    """
    reduced: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in contracts.as_rows(reduce("skm_unsur", skm_jawaban=skm_jawaban)):
        reduced.setdefault((row["kode_unit"], row["periode"]), []).append(row)
    printed: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for row in contracts.as_rows(skm_ringkasan):
        if row["nilai"] is not None:
            printed.setdefault((row["kode_unit"], row["periode"]), {})[row["ukuran"]] = row
    return {
        (unit, periode): Survei(
            unit,
            periode,
            pilihan(unit, "skm_bobot"),
            pilihan(unit, "u8_u9").nilai,
            jumlahkan(reduced[unit, periode]) if (unit, periode) in reduced else None,
            printed.get((unit, periode), {}),
        )
        for unit, periode in sorted(reduced.keys() | printed.keys())
    }


def jumlahkan(rows: Sequence[Mapping[str, Any]]) -> Jawaban:
    """Reduced rows (one a file and table) as one count of answers."""
    undecided = any(r["na"] or r["nb"] for r in rows)
    jumlah = {}
    for place, unsur in enumerate(UNSUR, start=1):
        more = {"U8": "a", "U9": "b"}.get(unsur)
        parts = [(r[f"s{place}"], r[f"n{place}"]) for r in rows]
        parts += [(r[f"s{more}"], r[f"n{more}"]) for r in rows] if more else []
        jumlah[unsur] = (sum(s or 0 for s, _ in parts), sum(n for _, n in parts))
    return Jawaban(
        semua=sum(r["semua"] for r in rows),
        tersentuh=sum(r["tersentuh"] for r in rows),
        dipakai=sum(r["dipakai"] for r in rows),
        diputuskan=not undecided,
        jumlah=jumlah,
        asal=tuple(rows),
    )


def dari_jawaban(
    survei: Survei, jawaban: Jawaban, metode: str, rumus: str, bagian: Sequence[Survei] = ()
) -> Hasil:
    """The result of answers: means of the elements, index by every permitted weight.

    Args:
        survei: the period or year the result is of.
        jawaban: its answers, added up.
        metode: ``langsung``, or ``gabungan`` for a year.
        rumus: id of the formula in the registry.
        bagian: the periods whose answers a year pools; its means rest on theirs.
    """
    nrr = {u: survey.nrr(s, n) for u, (s, n) in jawaban.jumlah.items() if n}
    missing = [u for u in UNSUR if u not in nrr]
    tertahan = frozenset() if jawaban.diputuskan else frozenset(PASANGAN)
    dasar_nrr = {u: _answers_of(survei, jawaban, u) for u in nrr}
    if bagian:
        dasar_nrr |= {u: _pooled(bagian, u) for u in nrr if u not in tertahan}
    direct = {u: dasar_nrr[u] for u in tertahan if u in nrr}

    def dasar(aturan: str) -> list[Operand]:
        return _means(survei, nrr, direct) + _weight(survei, aturan)

    return Hasil(
        metode=metode,
        rumus=rumus,
        responden=jawaban.dipakai,
        ikm={} if missing else _by_weight(nrr),
        dasar=dasar,
        nrr=nrr,
        n={u: n for u, (_, n) in jawaban.jumlah.items()},
        dasar_nrr=dasar_nrr,
        dasar_n=[("responden", r["dipakai"], rentang(r, "u1", "u9")) for r in jawaban.asal],
        rumus_nrr="nrr_gabungan" if bagian else "nrr",
        tertahan=tertahan,
        alasan=f"tidak ada jawaban untuk {', '.join(missing)}" if missing else None,
    )


def dari_cetakan(survei: Survei) -> Hasil | None:
    """The result of a printed summary: recomputed from its nine means, else its index as printed."""
    nrr = {u: x for u in UNSUR if (x := _within(survei, u, 1, 4)) is not None}
    if len(nrr) == len(UNSUR):
        return _ringkasan(survei, nrr)
    if not nrr and indeks_tercetak(survei) is None:
        return None
    return _tercetak(survei, nrr)


def indeks_tercetak(survei: Survei) -> Decimal | None:
    """The printed index: ``IKM``, else ``SKM`` (the sum of weighted means) on the index scale."""
    for ukuran, times in (("IKM", 1), ("SKM", 25)):
        if ukuran in survei.cetakan:
            return Decimal(survei.cetakan[ukuran]["nilai"]) * times
    return None


def sel_indeks(survei: Survei) -> list[Operand]:
    """The printed index as an operand with its cell."""
    for ukuran in ("IKM", "SKM"):
        if ukuran in survei.cetakan:
            value = survei.cetakan[ukuran]["nilai"]
            return [(f"{ukuran} tercetak", value, _printed_cell(survei, ukuran))]
    return []


def sel_unsur(survei: Survei, unsur: str) -> list[Operand]:
    """The printed mean of one element as an operand with its cell."""
    if unsur not in survei.cetakan:
        return []
    return [(f"NRR {unsur} tercetak", survei.cetakan[unsur]["nilai"], _printed_cell(survei, unsur))]


def _printed_respondents(survei: Survei) -> list[Operand]:
    if "N" not in survei.cetakan:
        return []
    return [("responden tercetak", survei.cetakan["N"]["nilai"], _printed_cell(survei, "N"))]


def _ringkasan(survei: Survei, nrr: Mapping[str, Decimal]) -> Hasil:
    dasar_nrr = {u: sel_unsur(survei, u) for u in nrr}
    # Beside answers the printed means are not those of ikm_unsur; and a summary may leave open which of
    # its last two is which: the index rests on those cells.
    direct = {u: dasar_nrr[u] for u in (PASANGAN if survei.jawaban is None else UNSUR)}

    def dasar(aturan: str) -> list[Operand]:
        return _means(survei, nrr, direct) + _weight(survei, aturan)

    responden = _printed_n(survei)
    return Hasil(
        metode="ringkasan",
        rumus="ikm",
        responden=responden,
        ikm=_by_weight(nrr),
        dasar=dasar,
        nrr=nrr,
        n={} if responden is None else dict.fromkeys(nrr, responden),
        dasar_nrr=dasar_nrr,
        rumus_nrr="salin",
        dasar_n=_printed_respondents(survei),
    )


def _tercetak(survei: Survei, nrr: Mapping[str, Decimal]) -> Hasil:
    missing = [u for u in UNSUR if u not in nrr]
    why = f"NRR {', '.join(missing)} tidak tercetak dalam skala" if nrr else "hanya indeks yang tercetak"
    index = indeks_tercetak(survei)
    if index is not None and not survey.bobot("0.11") * 225 <= index <= 100:
        why, index = f"indeks tercetak {tampil(index, 2)} di luar skala", None
    responden = _printed_n(survei)
    return Hasil(
        metode="tercetak",
        rumus="indeks_tercetak",
        responden=responden,
        # The print was made with the unit's own weight; with another one it cannot be had.
        ikm={} if index is None else {survei.aturan.nilai: index},
        dasar=lambda _: sel_indeks(survei),
        nrr=nrr,
        n={} if responden is None else dict.fromkeys(nrr, responden),
        dasar_nrr={u: sel_unsur(survei, u) for u in nrr},
        rumus_nrr="salin",
        dasar_n=_printed_respondents(survei),
        alasan=why,
    )


def _by_weight(nrr: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {aturan: survey.ikm([nrr[u] for u in UNSUR], aturan) for aturan in survey.weights()}


def _means(survei: Survei, nrr: Mapping[str, Decimal], direct: Mapping[str, list[Operand]]) -> list[Operand]:
    operands: list[Operand] = []
    for unsur in UNSUR:
        if unsur in direct:
            operands += direct[unsur]
        elif unsur in nrr:
            operands.append((f"NRR {unsur}", nrr[unsur], survei.figure("ikm_unsur", "nrr", unsur=unsur)))
    return operands


def _weight(survei: Survei, aturan: str) -> list[Operand]:
    chosen = aturan == survei.aturan.nilai
    return [("bobot", aturan, survei.aturan if chosen else Choice(survei.aturan.nama, aturan))]


def _answers_of(survei: Survei, jawaban: Jawaban, unsur: str) -> list[Operand]:
    operands: list[Operand] = []
    place = unsur[1:]
    for row in jawaban.asal:
        for suffix, field_name in _columns_of(survei, row, unsur):
            if row[f"n{suffix}"]:
                cell = rentang(row, field_name)
                operands += [
                    (f"jumlah jawaban U{place}", row[f"s{suffix}"], cell),
                    (f"banyak jawaban U{place}", row[f"n{suffix}"], cell),
                ]
    return operands


def _pooled(bagian: Sequence[Survei], unsur: str) -> list[Operand]:
    operands: list[Operand] = []
    for part in bagian:
        if part.jawaban is not None:
            total, n = part.jawaban.jumlah[unsur]
            source = part.figure("ikm_unsur", "nrr", unsur=unsur)
            operands.append((f"jumlah / banyak jawaban {unsur} {part.periode}", f"{total} / {n}", source))
    return operands


def _columns_of(survei: Survei, row: Mapping[str, Any], unsur: str) -> Iterable[tuple[str, str]]:
    """Suffix of the reduced sums and field of the sheet that hold one element's answers."""
    place = unsur[1:]
    if unsur not in PASANGAN:
        return [(place, f"u{place}")]
    first = unsur == "U8"
    as_listed = "u8_u9_a" if first else "u8_u9_b"
    as_asked = "u8_u9_b" if first else "u8_u9_a"
    paired = as_asked if survei.u8_u9 == "formulir" else as_listed
    return [(place, paired if row["berpasangan"] else f"u{place}"), ("a" if first else "b", as_listed)]


def rentang(row: Mapping[str, Any], field_name: str, to_field: str | None = None) -> Cell:
    """All answers of one file and table, from one field to another."""
    return Cell(
        row["berkas_id"],
        row["lembar"],
        row["tabel_ke"],
        row["baris_awal"],
        field_name,
        sampai_baris=row["baris_akhir"],
        sampai_field=to_field,
    )


def _within(survei: Survei, ukuran: str, low: int, high: int) -> Decimal | None:
    """A printed value inside its scale; the cleaner has told of one that is not."""
    value = survei.cetakan[ukuran]["nilai"] if ukuran in survei.cetakan else None
    return value if value is not None and low <= value <= high else None


def _printed_cell(survei: Survei, ukuran: str) -> Cell:
    return Cell.of(survei.cetakan[ukuran], f"nilai@{survei.periode}")


def _printed_n(survei: Survei) -> int | None:
    return int(survei.cetakan["N"]["nilai"]) if "N" in survei.cetakan else None
