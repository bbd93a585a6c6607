"""The smallest change that makes broken relations hold: which cell, which value, how many relations agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from quality.suspect.edits import Edit, edit
from quality.suspect.relations import Fact, Relation, Sum
from warehouse.trail import Cell

# A difference smaller than this meets some printed amount by chance.
_CHANCE = Decimal(1000)
_UNLIKELY = 9


@dataclass(frozen=True)
class Suspect:
    """One change: the fact, the value it would need, and how its relations stand with it.

    ``terpenuhi`` of ``semua`` relations of the cell hold after the change, ``mend`` more than before.
    """

    fact: Fact
    nilai: Decimal
    slip: Edit | None
    mend: int
    terpenuhi: int
    semua: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is likelier."""
        return (-self.mend, self.slip.biaya if self.slip else _UNLIKELY)


class Web:
    """The facts of one unit and period, and the relations between them."""

    def __init__(self, facts: Iterable[Fact], relations: Iterable[Relation]) -> None:
        self.facts = {f.cell: f for f in facts}
        self.values = {c: f.nilai for c, f in self.facts.items()}
        self._of: dict[Cell, list[Relation]] = defaultdict(list)
        for relation in relations:
            for cell in relation.cells:
                self._of[cell].append(relation)

    def broken(self, cells: Iterable[Cell]) -> list[Relation]:
        """Relations of any of the cells that the printed values do not satisfy."""
        found = {r: None for c in cells for each in self._within(c) for r in self._of.get(each, ())}
        return [r for r in found if not r.holds(self.values)]

    def _within(self, cell: Cell) -> list[Cell]:
        """The facts that a cell or a range of one column names."""
        if cell.sampai_baris is None:
            return [cell]
        alone = replace(cell, sampai_baris=None)
        rows = range(cell.baris, cell.sampai_baris + 1)
        return [c for n in rows if (c := replace(alone, baris=n)) in self.facts]

    def suspects(self, broken: Iterable[Relation]) -> list[Suspect]:
        """The likeliest single changes, equals together; empty where none is forced by more than one thing.

        A change counts only if it breaks no relation that holds now, and if either two relations ask for it
        or it is a slip that hands make.
        """
        found: dict[tuple[Cell, Decimal], Suspect] = {}
        for relation in broken:
            for cell in relation.cells:
                value = relation.due(cell, self.values)
                if value is not None and (cell, value) not in found:
                    found[cell, value] = self._judged(cell, value)
        good = [s for s in found.values() if s.mend > 0 and s.terpenuhi == s.semua]
        good = [s for s in good if s.mend > 1 or s.slip]
        best = min((s.rank for s in good), default=None)
        return [s for s in good if s.rank == best]

    def _judged(self, cell: Cell, value: Decimal) -> Suspect:
        after: Mapping[Cell, Decimal] = {**self.values, cell: value}
        mine = self._of[cell]
        now = sum(r.holds(self.values) for r in mine)
        then = sum(r.holds(after) for r in mine)
        return Suspect(self.facts[cell], value, edit(self.values[cell], value), then - now, then, len(mine))

    def known_as(self, relation: Sum) -> tuple[str, str] | None:
        """What the difference of a broken sum is, if it is a figure we know (Indonesian, English)."""
        parts = {c: self.values[c] for c in relation.bagian}
        gap = self.values[relation.hasil] - sum(parts.values(), Decimal(0))
        if abs(gap) < _CHANCE:
            return None
        for cell, value in parts.items():
            if abs(value) == abs(gap):
                name = self.facts[cell].nama
                if (value > 0) == (gap < 0):
                    return f"{name} tidak ikut dijumlahkan", f"{name} is left out of the sum"
                return f"{name} terhitung dua kali", f"{name} is counted twice"
        return self._difference(abs(gap)) or self._amount(abs(gap), set(relation.cells))

    def _difference(self, gap: Decimal) -> tuple[str, str] | None:
        """Budget less realisation of one row, the commonest stale figure of a draft."""
        rows: dict[tuple[str, str, int, int], dict[str, Fact]] = defaultdict(dict)
        for fact in self.facts.values():
            cell = fact.cell
            rows[cell.berkas_id, cell.lembar, cell.tabel_ke, cell.baris][fact.kolom] = fact
        for row in sorted(rows.values(), key=lambda r: -max(len(f.kode) for f in r.values())):
            pagu, realisasi = row.get("pagu"), row.get("realisasi")
            if pagu and realisasi and abs(pagu.nilai - realisasi.nilai) == gap:
                name = f"{pagu.nama} ({pagu.kode})"
                return (
                    f"sama dengan pagu dikurangi realisasi {name}",
                    f"equals budget less realisation of {name}",
                )
        return None

    def _amount(self, gap: Decimal, but: set[Cell]) -> tuple[str, str] | None:
        for fact in self.facts.values():
            if fact.cell not in but and abs(fact.nilai) == gap:
                said = f"{fact.kolom} {fact.nama} ({fact.kode})"
                return f"sama dengan {said}", f"equals {said}"
        return None
