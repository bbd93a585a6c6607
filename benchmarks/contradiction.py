"""Whether amounts of clean tables contradict each other, by arithmetic of its own and not by the rules.

The same relations that a clerk checks with a calculator: sums up each tree, the same amount in two places,
printed percentages, signs, and payments above the budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from benchmarks.clean_tables import PROGRAMS, Rows

# Amounts are whole rupiah, each of a sum may be rounded: one rupiah for each addend is no contradiction.
_UNIT_PRINTED = Decimal(1)


def contradicted(rows: Rows) -> bool:
    """Whether amounts contradict each other: sums, percentages, equal amounts, signs, ceilings."""
    return any((_sums(rows), _twins(rows), _percents(rows), _bounds(rows)))


def _columns(rows: Rows) -> Iterable[dict[str, Decimal]]:
    """Every tree of amounts: code -> amount."""
    for name in ("clean_realisasi_rekening", "clean_realisasi_program"):
        for column in ("pagu", "realisasi", "realisasi_tahun_lalu"):
            yield {r["kode"]: r[column] for r in rows[name] if column in r}
    for stage in ("murni", "perubahan"):
        for tree in ("rekening", "program"):
            yield {
                r["kode"]: r["pagu"] for r in rows["clean_dpa"] if (r["tahap"], r["pohon"]) == (stage, tree)
            }
    for document in ("PK", "PK-P"):
        yield {r["kode"]: r["pagu"] for r in rows["clean_pk_anggaran"] if r["dokumen"] == document}


def _above(code: str, amounts: Mapping[str, Decimal]) -> str | None:
    parts = code.split(".")
    if code.startswith("7"):
        return "TOTAL" if "TOTAL" in amounts else None
    found = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((each for each in found if each in amounts), None)


def _sums(rows: Rows) -> bool:
    for amounts in _columns(rows):
        below: dict[str, list[Decimal]] = {}
        for code, amount in amounts.items():
            if code != "TOTAL" and (above := _above(code, amounts)):
                below.setdefault(above, []).append(amount)
        if any(abs(amounts[c] - sum(v)) > _UNIT_PRINTED * len(v) for c, v in below.items()):
            return True
    return False


def _twins(rows: Rows) -> bool:
    trees = list(_columns(rows))
    accounts, spent, programs, program_spent = trees[0], trees[1], trees[3], trees[4]
    first, first_programs, changed, changed_programs, agreed, agreed_again = trees[6:]
    pairs = [(accounts, changed), (programs, changed_programs), (agreed, first_programs)]
    pairs += [(agreed_again, changed_programs)]
    grants = rows["clean_hibah"]
    wholes = [
        (a, sum(v for c, v in p.items() if c != "TOTAL"))
        for a, p in (
            (accounts.get("5"), programs),
            (spent.get("5"), program_spent),
            (first.get("5"), first_programs),
        )
    ]
    wholes += [
        (amounts.get("5.1.05.05"), sum(r[c] for r in grants))
        for c, amounts in (("pagu", accounts), ("realisasi", spent))
    ]
    differs = any(abs(a[c] - b[c]) > _UNIT_PRINTED for a, b in pairs for c in a.keys() & b.keys())
    return differs or any(a is not None and abs(a - b) > _UNIT_PRINTED * len(PROGRAMS) for a, b in wholes)


def _percents(rows: Rows) -> bool:
    printed = [*rows["clean_realisasi_rekening"], *rows["clean_realisasi_program"]]
    unit = Decimal("0.01")
    return any(
        abs(r["persen_tercetak"] * r["pagu"] - 100 * r["realisasi"]) >= unit * abs(r["pagu"]) for r in printed
    )


def _bounds(rows: Rows) -> bool:
    amounts = [r for name in rows for r in rows[name] if "pagu" in r]
    over = any(r["realisasi"] > r["pagu"] for r in amounts if "realisasi" in r)
    return over or any(
        r[c] < 0 for r in amounts for c in ("pagu", "realisasi", "realisasi_tahun_lalu") if c in r
    )
