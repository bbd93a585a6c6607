"""Do the figures of a pack follow from the trail in it? Recomputed offline, formula by formula.

The container proves that nothing was changed since it was sealed; this proves that what was sealed is right
by its own account: each figure comes to what its operands give (``quality/proof.py``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assets.publish.evidence import container
from assets.publish.evidence.container import Fault
from quality.proof import Proof
from warehouse.formulas import registry

FORM = "asal/1"  # packs that say so in ``tentang`` hold a trail from which figures can be recomputed
ABOUT = "pembuktian"
_RULES, _FIGURES, _TRAIL = "2-aturan.json", "3-angka.json", "4-jejak.json"


@dataclass(frozen=True)
class Recomputed:
    """How many figures were compared, those that do not follow, and the versions of the formulas.

    Where the pack was made with other formulas than this program has, a figure that differs proves nothing.
    """

    banyak: int
    faults: tuple[Fault, ...]
    versi_paket: str
    versi_kini: str

    @property
    def same_formulas(self) -> bool:
        """Whether pack and program compute alike."""
        return self.versi_paket == self.versi_kini


def recompute(path: Path) -> Recomputed:
    """Recompute the figures of a pack from its trail.

    Ranks among other units are taken as they stand: the others are not in the pack.

    Args:
        path: a pack whose container was proven (``container.verify``).
    """
    figures = json.loads(container.content(path, _FIGURES))
    proof = Proof(json.loads(container.content(path, _TRAIL)), figures, whole=False)
    faults = [
        Fault(
            _FIGURES,
            f"{f.tabel} {f.kunci.replace(';', ' ')} {f.kolom} tertulis {f.tertulis}, dihitung {f.dihitung}:"
            f" {f.sebab}",
            f"{f.tabel} {f.kunci.replace(';', ' ')} {f.kolom} says {f.tertulis}, recomputed {f.dihitung}:"
            f" {f.sebab_en}",
        )
        for f in proof.faults()
    ]
    made_with = str(json.loads(container.content(path, _RULES))["versi_rumus"])
    return Recomputed(proof.proven(), tuple(faults), made_with, registry.versi())
