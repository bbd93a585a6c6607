"""Questionnaire answers whose means print exactly as a report prints them.

The answers themselves were never published, so they are reconstructed: for each unsur the only
integer sum k with round(k/n, 3) = the printed mean, spread over the respondents by a fixed hash.
Who the respondents were is invented; no row is a person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from examples.fakta import Fakta

PENUH = 4


@dataclass(frozen=True)
class Responden:
    """One sheet row: when, for what, which group, and the nine answers 1..4."""

    tanggal: dt.date
    layanan: str
    jk: str
    usia: int
    pendidikan: str
    pekerjaan: str
    jawaban: tuple[int, ...]


def jumlah_jawaban(cetak: str, n: int) -> int:
    """The sum of n answers that prints as this mean with three decimals.

    Raises:
        ValueError: if no sum does, or more than one.
    """
    cocok = [k for k in range(n, PENUH * n + 1) if tampil(Decimal(k) / n) == cetak]
    if len(cocok) != 1:
        raise ValueError(f"mean {cetak} of {n} answers fits {len(cocok)} sums")
    return cocok[0]


def tampil(rata: Decimal) -> str:
    """A mean with three decimals, half-up, as the table prints it."""
    return str(rata.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


def responden(
    triwulan: str, cetak: Sequence[str], n: int, mulai: dt.date, selesai: dt.date, rekaan: Sequence[Fakta]
) -> list[Responden]:
    """The respondents of one quarter, in order of date.

    Args:
        triwulan: salt of the hash, so that no two quarters look alike.
        cetak: the printed mean of each unsur, in order.
        n: how many respondents.
        mulai: first survey day.
        selesai: last survey day.
        rekaan: weighted values of each invented attribute.
    """
    kolom = [_sebar(triwulan, unsur, jumlah_jawaban(rata, n), n) for unsur, rata in enumerate(cetak, 1)]
    jawaban = _tanpa_salinan_beruntun(list(zip(*kolom, strict=True)))
    hari = _hari_kerja(mulai, selesai)
    atribut: dict[str, list[tuple[str, int]]] = {}
    for row in rekaan:
        atribut.setdefault(row["atribut"], []).append((row["nilai"], int(row["bobot"])))
    hasil = []
    for nomor, skor in enumerate(jawaban):
        pilih = {a: _pilih(nilai, _acak(triwulan, a, nomor)) for a, nilai in atribut.items()}
        usia = int(pilih["usia"]) + _acak(triwulan, "geser", nomor) % 5 - 2
        pendidikan, pekerjaan = pilih["pendidikan/pekerjaan"].split("/")
        jk = "P" if pekerjaan == "Ibu Rumah Tangga" else pilih["jk"]
        tanggal = hari[nomor * len(hari) // n]
        hasil.append(Responden(tanggal, pilih["layanan"], jk, max(usia, 18), pendidikan, pekerjaan, skor))
    return hasil


def _sebar(triwulan: str, unsur: int, jumlah: int, n: int) -> list[int]:
    """Answers of one unsur that add up to ``jumlah``: mostly 4, the shortfall as 3 and now and then a 2."""
    kurang = PENUH * n - jumlah
    urutan = sorted(range(n), key=lambda nomor: _acak(triwulan, unsur, nomor))
    skor = [PENUH] * n
    for ke, nomor in enumerate(urutan):
        if kurang == 0:
            break
        potong = 2 if ke % 9 == 4 and kurang >= 2 else 1
        skor[nomor] -= potong
        kurang -= potong
    return skor


def _tanpa_salinan_beruntun(jawaban: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The same rows in an order where no row repeats the one above it, as far as that can be."""
    sisa, hasil = list(jawaban), list[tuple[int, ...]]()
    while sisa:
        banyak = Counter(sisa)
        boleh = [s for s in sisa if not hasil or s != hasil[-1]] or sisa
        # Once one row fills half of what is left it goes first: later it could not be kept apart.
        mendesak = [s for s in boleh if 2 * banyak[s] > len(sisa)]
        ambil = (mendesak or boleh)[0]
        sisa.remove(ambil)
        hasil.append(ambil)
    return hasil


def _hari_kerja(mulai: dt.date, selesai: dt.date) -> list[dt.date]:
    hari = [mulai + dt.timedelta(days=d) for d in range((selesai - mulai).days + 1)]
    return [d for d in hari if d.weekday() < 5]


def _pilih(nilai: Sequence[tuple[str, int]], acak: int) -> str:
    letak = acak % sum(bobot for _, bobot in nilai)
    for isi, bobot in nilai:
        if letak < bobot:
            return isi
        letak -= bobot
    raise AssertionError("weights do not add up")


def _acak(*kunci: object) -> int:
    sidik = hashlib.sha256("|".join(str(k) for k in kunci).encode()).digest()
    return int.from_bytes(sidik[:6], "big")
