"""What one other permitted choice would make of an achievement, in the words of ``peka`` (contract 2.8).

Which choices a unit has, and what each gives, is not here but in the marts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse.formulas import achievement
from warehouse.values.numbers import tampil

BATAS, TERBALIK = "batas_capaian", "capaian_terbalik"


@dataclass(frozen=True)
class Kasus:
    """What one achievement is computed from."""

    target: Decimal | None
    realisasi: Decimal | None
    arah: str
    terbalik: str
    batas: Decimal | None
    mutu: str | None = None

    @property
    def capaian(self) -> Decimal | None:
        """The achievement in percent, unrounded."""
        return achievement.capaian(self.target, self.realisasi, self.arah, self.terbalik, self.batas)[0]

    @property
    def verdict(self) -> tuple[bool | None, str | None, str | None]:
        """Reached, category, quality."""
        percent = self.capaian
        return achievement.tercapai(percent), achievement.kategori(percent), self.mutu

    def under(self, nama: str, nilai: str, realisasi: Decimal | None, mutu: str | None) -> Kasus:
        """The same case under one other choice: another formula, or another realised value.

        Args:
            nama: the choice.
            nilai: its other value.
            realisasi: what the indicator comes to under it.
            mutu: the quality letter under it.
        """
        if nama == BATAS:
            return replace(self, batas=batas(nilai))
        if nama == TERBALIK:
            return replace(self, terbalik=nilai)
        return replace(self, realisasi=realisasi, mutu=mutu)


def batas(choice: str) -> Decimal | None:
    """The cap that a value of ``batas_capaian`` means; None for none."""
    return None if choice == "tidak" else Decimal(choice)


def entry(kini: Kasus, lain: Kasus, pilihan: str) -> str:
    """One entry of ``peka``: choice, realised value, and what changes.

    Args:
        kini: the official case.
        lain: the same under the other choice.
        pilihan: how the other choice is told, ``skm_bobot=1/9``.
    """
    said = [f"{pilihan}: {tampil(lain.realisasi)}"]
    if lain.capaian is not None:
        said.append(f"capaian {tampil(lain.capaian)}")
    before, after = kini.verdict, lain.verdict
    if before[0] != after[0]:
        said.append("tercapai" if after[0] else "tidak tercapai")
    for word, old, new in zip(("kategori", "mutu"), before[1:], after[1:], strict=True):
        said += [f"{word} {new}"] if old != new else []
    return said[0] + (" -> " + ", ".join(said[1:]) if said[1:] else "")
