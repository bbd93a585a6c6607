"""Which other permitted choice would change a verdict, and what it would give (contract 2.8).

One choice is changed at a time. The verdict of an indicator is: reached or not, the category, and
for the satisfaction index the quality letter.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assets.marts.figures import Row, figure
from warehouse.choices import Unit
from warehouse.formulas import achievement
from warehouse.formulas.achievement import Skala
from warehouse.formulas.exact import share
from warehouse.formulas.rounding import matches, printed
from warehouse.formulas.sensitivity import BATAS, TERBALIK, Kasus, batas, entry
from warehouse.trail import Source

TAHUNAN, BOBOT = "ikm_tahunan", "skm_bobot"
PENYEBUT = "penyebut_desa"
# ``choice=value: 95,64``, as marts of realised values write what another choice gives; a reading that
# is no choice has no value (``status_tercetak: 53,33``).
_ENTRY = re.compile(r"(?P<pilihan>(?P<nama>[a-z0-9_]+)(?:=[^:;]+)?):\s*(?P<angka>-?[\d.,]+)")


@dataclass(frozen=True)
class Lain:
    """The same figure under one other choice."""

    nama: str
    pilihan: str
    kasus: Kasus
    source: Source = None

    def told(self, kasus: Kasus) -> str:
        """The entry: choice, realised value, and what changes."""
        return entry(kasus, self.kasus, self.pilihan)


def formulas(kasus: Kasus, unit: Unit) -> list[Lain]:
    """The other caps, and for lower-is-better the other formulas."""
    found = [
        Lain(BATAS, f"{BATAS}={value}", replace(kasus, batas=batas(value)))
        for value in unit.permitted(BATAS)
        if value != unit.value(BATAS)
    ]
    if kasus.arah == "turun":
        found += [
            Lain(TERBALIK, f"{TERBALIK}={value}", replace(kasus, terbalik=value))
            for value in unit.permitted(TERBALIK)
            if value != unit.value(TERBALIK)
        ]
    return found


def surveys(kasus: Kasus, variants: Iterable[Row], unit: Unit) -> list[Lain]:
    """The index under other weights, and under other ways of making the year, from ``ikm_varian``."""
    rows = list(variants)
    official = next((r for r in rows if r["resmi"]), None)
    if official is None:
        return []
    found = []
    for row in rows:
        same_way, same_weight = (row[c] == official[c] for c in ("metode", "bobot_aturan"))
        other = replace(kasus, realisasi=row["ikm"], mutu=row["mutu"])
        source = figure("ikm_varian", row, "ikm")
        if same_way and not same_weight:
            found.append(Lain(BOBOT, f"{BOBOT}={row['bobot_aturan']}", other, source))
        elif same_weight and not same_way and row["metode"] in unit.permitted(TAHUNAN):
            found.append(Lain(TAHUNAN, f"{TAHUNAN}={row['metode']}", other, source))
    return found


@dataclass(frozen=True)
class Bagian:
    """A realised value that is k of n things, told in percent or as a ratio."""

    k: Decimal
    n: Decimal
    skala: Skala

    def behind(self, angka: str, nama: str) -> Decimal:
        """The share behind a printed alternative: another k of the same n, or the same k of another n."""
        value = printed(angka)[0]
        if nama != PENYEBUT:
            found = achievement.kn(angka, int(self.n), self.skala)
            return value if found is None else found.nilai
        times = 100 if self.skala == "persen" else 1
        if value == 0 or self.k == 0:
            return value
        exact = share(self.k, max(1, round(Fraction(self.k) * times / Fraction(value))), times)
        return exact if matches(angka, exact) else value


def told_by(kasus: Kasus, text: str | None, bagian: Bagian | None, source: Source) -> list[Lain | str]:
    """What the mart of realised values says of other choices; a sentence it cannot read stays as it is.

    Args:
        kasus: the official case.
        text: ``realisasi_iku.peka``.
        bagian: the share that the official value is, if it is one.
        source: the figure that the text belongs to.
    """
    found: list[Lain | str] = []
    for part in filter(None, (part.strip() for part in (text or "").split(";"))):
        said = _ENTRY.fullmatch(part)
        if said is None:
            found.append(part)
            continue
        angka = said["angka"].replace(".", "") if "," in said["angka"] else said["angka"]
        value = printed(angka)[0] if bagian is None else bagian.behind(angka, said["nama"])
        found.append(Lain(said["nama"], said["pilihan"], replace(kasus, realisasi=value), source))
    return found


def changes(
    kasus: Kasus, others: Iterable[Lain | str], options: Container[str]
) -> tuple[str | None, list[Lain | str]]:
    """The text of ``peka`` and what is told in it, in order; None if no choice changes the verdict.

    A difference that no choice of the unit decides (printed status against score) is told always.
    """
    told: list[Lain | str] = [
        other
        for other in others
        if isinstance(other, str) or other.nama not in options or other.kasus.verdict != kasus.verdict
    ]
    said = [other if isinstance(other, str) else other.told(kasus) for other in told]
    return ("; ".join(said) or None), told
