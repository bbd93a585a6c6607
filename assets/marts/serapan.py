"""Budget and realisation by account and by programme (contract 2.1, 2.2, 5).

The printed figure of a code is kept, unless it is proven a misprint: then the sum of the codes below it
goes out (contract 5). Where it cannot be told which side is wrong ``quality`` withholds. Missing parent
levels are built from the codes below, children are never invented. Findings made here are those that no
rule over one table can see: the same December told twice, and last year's file against the print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa

from assets.marts.figures import Row, figure, is_kecamatan, is_published, is_year
from assets.passing import Context, Mart
from quality.finding import Finding
from warehouse import contracts
from warehouse.formulas import accounts
from warehouse.programs import nama_program, nama_rekening
from warehouse.trail import Cell, Source
from warehouse.values.codes import nama_baku
from warehouse.values.numbers import tampil
from warehouse.values.periods import Period

Operand = tuple[str, Any, Source]
TOTAL = accounts.total_code()
BELANJA = accounts.spending_code()
TABEL: Mapping[accounts.Pohon, str] = {"rekening": "serapan_rekening", "program": "serapan_program"}
# Amounts of a code: the printed realisation, the budget in force, the original one, last year's.
PAGU, MURNI, REALISASI, LALU = "pagu", "pagu_murni", "realisasi", "realisasi_tahun_lalu"
TANPA_PAGU = "pagu tidak ada"
TANPA_REALISASI = "realisasi tidak ada"
PAGU_NOL = "pagu 0"


@dataclass
class Amount:
    """One amount with the formula and the operands that made it."""

    value: Decimal | None
    rumus: str
    operands: list[Operand]


@dataclass
class Baris:
    """One code of one unit and period while its amounts are gathered."""

    kode: str
    induk: str | None
    uraian: str | None
    tingkat: str | None
    kode_tercetak: str | None
    amounts: dict[str, Amount] = field(default_factory=dict)
    # Amounts that stand on the realisation sheet, and whether its list prints them in whole rupiah.
    tercetak: dict[str, tuple[Decimal, bool]] = field(default_factory=dict)


Pohon = dict[str, Baris]


def serapan(
    realisasi_rekening: pa.Table,
    realisasi_program: pa.Table,
    dpa: pa.Table,
    pk_anggaran: pa.Table,
    context: Context,
) -> dict[str, Mart]:
    """Budget, realisation, remainder (Rp) and absorption (percent) of every code.

    Source: Permendagri 77/2020 (LRA); Permendagri 90/2019 (codes); contract 2.1, 2.2, 5.

    Args:
        realisasi_rekening: ``clean_realisasi_rekening``; printed sums (``jumlah``) are left to rules.
        realisasi_program: ``clean_realisasi_program``; a printed ``TOTAL`` is left to rules.
        dpa: ``clean_dpa``; gives the original budget, and the budget where the sheet has none.
        pk_anggaran: ``clean_pk_anggaran``; gives a programme's budget where nothing else does.
        context: not needed; every mart takes it.
    """
    budget = Anggaran(contracts.as_rows(dpa), contracts.as_rows(pk_anggaran))
    rekening, program = Mart(), Mart()
    by_account = _all(realisasi_rekening, "rekening", budget, rekening)
    for (unit, periode), tree in by_account.items():
        _write(rekening, TABEL["rekening"], unit, periode, tree)
    for (unit, periode), tree in _all(realisasi_program, "program", budget, program).items():
        _office_total(tree, unit, periode, by_account.get((unit, periode), {}))
        _write(program, TABEL["program"], unit, periode, tree)
    return {"serapan_rekening": rekening, "serapan_program": program}


def _rows(table: pa.Table, *, jumlah: bool) -> list[Row]:
    """The rows of codes, or the printed sums; whole regencies are published nowhere."""
    return [
        r
        for r in contracts.as_rows(table)
        if (r["tingkat"] in ("jumlah", "total")) is jumlah
        and is_kecamatan(r["kode_unit"])
        and is_published(r["periode"])
    ]


class Anggaran:
    """Budgets by stage: what was in force at the end of a period."""

    def __init__(self, dpa: Iterable[Row], pk: Iterable[Row]) -> None:
        self._dpa = {(r["kode_unit"], r["tahun"], r["pohon"], r["kode"], r["tahap"]): r for r in dpa}
        self._murni: dict[tuple[str, int, str], dict[str, Row]] = {}
        for (unit, tahun, pohon, kode, tahap), row in self._dpa.items():
            if tahap == "murni" and row["tingkat"] not in ("jumlah", "total"):
                self._murni.setdefault((unit, tahun, pohon), {})[kode] = row
        self._pk = {(r["kode_unit"], r["tahun"], r["kode"], r["dokumen"]): r for r in pk}

    def murni(self, unit: str, periode: str, pohon: str) -> Mapping[str, Row]:
        """The rows of the original budget by code, without its printed sums."""
        return self._murni.get((unit, int(periode[:4]), pohon), {})

    def berlaku(self, unit: str, periode: str, pohon: str, kode: str) -> Row | None:
        """The last stage known that was in force at the end of the period, else the PK's."""
        year, changed = int(periode[:4]), changed_by(periode)
        stages = ("perubahan", "murni") if changed else ("murni",)
        documents = ("PK-P", "PK") if changed else ("PK",)
        rows = [self._dpa.get((unit, year, pohon, kode, s)) for s in stages]
        if pohon == "program":
            rows += [self._pk.get((unit, year, kode, d)) for d in documents]
        return next((r for r in rows if r is not None and r["pagu"] is not None), None)

    def uraian(self, unit: str, periode: str, pohon: str, kode: str) -> str | None:
        """The printed name of a code in a budget document."""
        year = int(periode[:4])
        rows = [self._dpa.get((unit, year, pohon, kode, s)) for s in ("perubahan", "murni")]
        rows += [self._pk.get((unit, year, kode, d)) for d in ("PK-P", "PK")]
        return next((r["uraian"] for r in rows if r is not None and r["uraian"]), None)


def changed_by(periode: str) -> bool:
    """Whether a changed budget is in force at the end of a period: the fourth quarter and the year."""
    return Period.parse(periode).bulan_akhir == 12


def _all(
    table: pa.Table, pohon: accounts.Pohon, budget: Anggaran, mart: Mart
) -> dict[tuple[str, str], Pohon]:
    """Codes of all units and periods, the earlier periods first, so that a year finds its last year."""
    rows = _rows(table, jumlah=False)
    totals: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(table, jumlah=True):
        for periode in map(str, Period.parse(row["periode"]).kumulatif):
            totals.setdefault((row["kode_unit"], periode), []).append(row)
    _told_twice(rows, TABEL[pohon], mart)
    trees = _printed(rows, pohon, budget)
    said = {(r["kode_unit"], r["periode"], r["kode"]): r for r in rows}
    for (unit, periode), tree in sorted(trees.items()):
        before = f"{int(periode[:4]) - 1}{periode[4:]}"
        for kode, earlier in trees.get((unit, before), {}).items():
            if kode in tree:
                source = _own(TABEL[pohon], unit, before, kode, REALISASI)
                _last_year(tree[kode], earlier, source, said.get((unit, periode, kode)), mart)
        _build(tree, pohon, unit, periode, budget, totals.get((unit, periode), ()))
    return trees


def _printed(rows: list[Row], pohon: accounts.Pohon, budget: Anggaran) -> dict[tuple[str, str], Pohon]:
    """Printed codes by published period; a row of December is both the fourth quarter and the year."""
    chosen: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        for periode in map(str, Period.parse(row["periode"]).kumulatif):
            key = (row["kode_unit"], periode, row["kode"])
            if key not in chosen or row["periode"] == periode:
                chosen[key] = row
    trees: dict[tuple[str, str], Pohon] = {}
    whole = _whole_rupiah(rows)
    for (unit, periode, kode), row in sorted(chosen.items()):
        trees.setdefault((unit, periode), {})[kode] = Baris(
            kode,
            row.get("kode_induk") or _parent(kode, pohon),
            row["uraian"],
            row["tingkat"],
            row["kode_tercetak"] if row["kode_tercetak"] != kode else None,
            {
                PAGU: _pagu(row, unit, periode, pohon, budget),
                REALISASI: _copied(row, REALISASI),
                LALU: _copied(row, LALU) if LALU in row else Amount(None, "salin", []),
            },
            {k: (row[k], whole[(*_level(row), k)]) for k in (PAGU, REALISASI) if row[k] is not None},
        )
    return trees


def _level(row: Row) -> tuple[Any, ...]:
    return (row["berkas_id"], row["lembar"], row["tabel_ke"], row["tingkat"])


def _whole_rupiah(rows: Iterable[Row]) -> dict[tuple[Any, ...], bool]:
    """Whether a level of a table prints an amount without cents throughout."""
    found: dict[tuple[Any, ...], bool] = {}
    for row in rows:
        for column in (PAGU, REALISASI):
            if row[column] is not None:
                place = (*_level(row), column)
                found[place] = found.get(place, True) and row[column] == row[column].to_integral_value()
    return found


def _parent(kode: str, pohon: accounts.Pohon) -> str | None:
    """The parent by the code; a programme row whose place is unknown belongs to the total at least."""
    found = accounts.parent(kode, pohon)
    return TOTAL if found is None and pohon == "program" and kode != TOTAL else found


def _copied(row: Row, column: str) -> Amount:
    rumus = "jumlah_triwulan" if row.get(f"{column}_dari") else "salin"
    return Amount(row[column], rumus, [(column, row[column], Cell.of(row, column))])


def _pagu(row: Row, unit: str, periode: str, pohon: str, budget: Anggaran) -> Amount:
    if row[PAGU] is not None:
        return Amount(
            row[PAGU], "pagu_berlaku", [("pagu pada lembar realisasi", row[PAGU], Cell.of(row, PAGU))]
        )
    found = budget.berlaku(unit, periode, pohon, row["kode"])
    if found is None:
        return Amount(None, "pagu_berlaku", [("pagu pada lembar realisasi", None, Cell.of(row, PAGU))])
    name = f"pagu {found.get('tahap') or found['dokumen']}"
    return Amount(found["pagu"], "pagu_berlaku", [(name, found["pagu"], _budget_cell(found))])


def _budget_cell(row: Row) -> Cell:
    return Cell.of(row, "anggaran" if "dokumen" in row else "pagu")


def _told_twice(rows: list[Row], table: str, mart: Mart) -> None:
    """A fourth quarter and a year that say different amounts for one code contradict each other."""
    by_key = {(r["kode_unit"], r["periode"], r["kode"]): r for r in rows}
    for (unit, periode, kode), year in by_key.items():
        quarter = by_key.get((unit, f"{periode}-TW4", kode)) if is_year(periode) else None
        for column in (PAGU, REALISASI) if quarter else ():
            _compare(mart, table, year, quarter or {}, column)


def _compare(mart: Mart, table: str, year: Row, quarter: Row, column: str) -> None:
    one, other = year[column], quarter[column]
    if one is None or other is None or one == other:
        return
    mart.findings.append(
        Finding(
            "anggaran_bertentangan",
            berkas_id=year["berkas_id"],
            lembar=year["lembar"],
            cell=Cell.of(year, column),
            related=(Cell.of(quarter, column),),
            kode_unit=year["kode_unit"],
            periode=year["periode"],
            tertulis=tampil(one),
            seharusnya=tampil(other),
            selisih=tampil(one - other),
            isi={"kode": year["kode"], "kolom": column},
            figures=tuple(figure(table, r, column) for r in (year, quarter)),
        )
    )


def _last_year(row: Baris, earlier: Baris, source: Source, said: Row | None, mart: Mart) -> None:
    """Put last year's own figure in place of the print, and tell a difference."""
    value = earlier.amounts[REALISASI].value
    if value is None:
        return
    if said is not None:
        _reconcile(mart, said, value, earlier.amounts[REALISASI])
    row.amounts[LALU] = Amount(value, "realisasi_tahun_lalu", [("realisasi tahun lalu", value, source)])


def _reconcile(mart: Mart, said: Row, value: Decimal, earlier: Amount) -> None:
    print_ = said.get(LALU)
    if print_ is None or print_ == value:
        return
    mart.findings.append(
        Finding(
            "tahun_lalu_berbeda",
            berkas_id=said["berkas_id"],
            lembar=said["lembar"],
            cell=Cell.of(said, LALU),
            related=tuple(s for _, _, s in earlier.operands if isinstance(s, Cell)),
            kode_unit=said["kode_unit"],
            periode=said["periode"],
            tertulis=tampil(print_),
            seharusnya=tampil(value),
            selisih=tampil(print_ - value),
            isi={"kode": said["kode"]},
        )
    )


def _build(
    tree: Pohon,
    pohon: accounts.Pohon,
    unit: str,
    periode: str,
    budget: Anggaran,
    totals: Iterable[Row],
) -> None:
    """Mend proven misprints, add the levels that are missing, and the amounts of parents printed empty."""
    printed = dict(tree)

    def induk(kode: str) -> str | None:
        return printed[kode].induk if kode in printed else _parent(kode, pohon)

    for column in (PAGU, REALISASI):
        own = partial(_own, TABEL[pohon], unit, periode, column=column)
        _mend(printed, column, induk, own, totals)
    parents = {above for kode in printed for above in _above(kode, induk)}
    for column in (PAGU, REALISASI, LALU):
        known = {
            kode: row.amounts[column].value
            for kode, row in printed.items()
            if kode not in parents or row.amounts[column].value is not None
        }
        built = accounts.build_up(known, induk)
        amount = known | {kode: value for kode, (value, _) in built.items()}
        for kode, (value, children) in built.items():
            row = tree.setdefault(kode, _built(kode, pohon, unit, periode, budget))
            operands: list[Operand] = [
                (f"{column} {child}", amount[child], _own(TABEL[pohon], unit, periode, child, column))
                for child in children
            ]
            row.amounts[column] = Amount(value, "jumlah_anak", operands)
    _original(tree, budget.murni(unit, periode, pohon), induk)


def _mend(
    printed: Pohon,
    column: str,
    induk: Callable[[str], str | None],
    own: Callable[[str], Source],
    totals: Iterable[Row],
) -> None:
    """Put the sum of its children in the place of a printed parent that is proven a misprint.

    ``quality`` tells these by the same test (``jumlah_rekening``, ``jumlah_program``).
    """
    there = {kode: row.tercetak[column] for kode, row in printed.items() if column in row.tercetak}
    # The printed total of a programme table proves its programmes; it is published from elsewhere.
    there |= {r["kode"]: _amount(r[column]) for r in totals if r["kode"] == TOTAL and r[column] is not None}
    below = _over_known(accounts.directly_below(there, induk), printed, there, induk)
    amounts = {kode: value for kode, (value, _) in there.items()}
    repeated = _repeated(totals, printed, column)
    found = accounts.misprints(amounts, below, {k: whole for k, (_, whole) in there.items()}, repeated)
    for kode, total in found.items():
        operands: list[Operand] = [
            (f"{column} {child}", found.get(child, amounts[child]), own(child)) for child in below[kode]
        ]
        printed[kode].amounts[column] = Amount(total, "jumlah_anak", operands)


def _over_known(
    below: Mapping[str, tuple[str, ...]],
    printed: Pohon,
    known: Container[str],
    induk: Callable[[str], str | None],
) -> dict[str, tuple[str, ...]]:
    """Parents whose addends are all known; a row printed blank, without details, is an unknown one."""
    parents = {above for kode in printed for above in _above(kode, induk)}
    blank = [kode for kode in printed if kode not in known and kode not in parents]
    short = {next((a for a in _above(kode, induk) if a in known), None) for kode in blank}
    return {kode: found for kode, found in below.items() if kode not in short}


def _amount(value: Decimal) -> tuple[Decimal, bool]:
    return value, value == value.to_integral_value()


def _repeated(rows: Iterable[Row], tree: Pohon, column: str) -> dict[str, Decimal]:
    """What printed JUMLAH rows say of the accounts they total; JUMLAH BELANJA is account 5."""
    names = {nama_baku(row.uraian or ""): kode for kode, row in sorted(tree.items(), reverse=True)}
    names |= dict.fromkeys(("belanja", "belanjadaerah"), BELANJA)
    found: dict[str, Decimal] = {}
    for row in rows:
        said = re.sub(r"^(jumlah|total)", "", nama_baku(row["uraian"] or ""))
        if said in names and row[column] is not None:
            found.setdefault(names[said], row[column])
    return found


def _original(tree: Pohon, murni: Mapping[str, Row], induk: Callable[[str], str | None]) -> None:
    """The original budget of every code, parents by the budget's own codes.

    A code that came only with the change has none; it is no gap in the sum of its parent.
    """

    def above(kode: str) -> str | None:
        placed: str | None = murni[kode].get("kode_induk") if kode in murni else None
        return placed or induk(kode)

    built = accounts.build_up({kode: row["pagu"] for kode, row in murni.items()}, above)
    # A row known only by name may belong below any parent, so only the total over it is certain.
    lost = any(
        above(kode) == TOTAL and row["tingkat"] not in ("program", "total") for kode, row in murni.items()
    )
    for kode, baris in tree.items():
        found: Amount | None = None
        if kode in murni:
            found = Amount(murni[kode]["pagu"], "salin", _original_cells(kode, murni, built))
        elif kode in built and (not lost or kode == TOTAL):
            found = Amount(built[kode][0], "jumlah_anak", _original_cells(kode, murni, built))
        baris.amounts[MURNI] = found or Amount(None, "salin", [])


def _original_cells(
    kode: str, murni: Mapping[str, Row], built: Mapping[str, tuple[Decimal | None, tuple[str, ...]]]
) -> list[Operand]:
    if kode in murni:
        return [(f"pagu murni {kode}", murni[kode]["pagu"], _budget_cell(murni[kode]))]
    return [operand for child in built[kode][1] for operand in _original_cells(child, murni, built)]


def _above(kode: str, induk: Callable[[str], str | None]) -> Iterable[str]:
    above = induk(kode)
    while above is not None:
        yield above
        above = induk(above)


def _built(kode: str, pohon: accounts.Pohon, unit: str, periode: str, budget: Anggaran) -> Baris:
    official = nama_program if pohon == "program" else nama_rekening
    name = "Total" if kode == TOTAL else budget.uraian(unit, periode, pohon, kode) or official(kode)
    return Baris(kode, _parent(kode, pohon), name, accounts.level(kode, pohon), None)


def _own(table: str, unit: str, periode: str, kode: str, column: str) -> Source:
    return figure(table, {"kode_unit": unit, "periode": periode, "kode": kode}, column)


def _office_total(tree: Pohon, unit: str, periode: str, accounts_: Pohon) -> None:
    """The office's total is account 5 of the LRA; without an LRA it stays the sum of the programmes."""
    belanja = accounts_.get(BELANJA)
    if belanja is None or TOTAL not in tree:
        return
    for column in (PAGU, REALISASI, LALU):
        value = belanja.amounts[column].value
        if value is not None:
            source = _own("serapan_rekening", unit, periode, BELANJA, column)
            tree[TOTAL].amounts[column] = Amount(value, "salin", [(f"LRA kode {BELANJA}", value, source)])


def _write(mart: Mart, table: str, unit: str, periode: str, tree: Pohon) -> None:
    columns = {c.name for c in contracts.table(table).columns}
    for kode, row in sorted(tree.items()):
        value = {name: amount.value for name, amount in row.amounts.items()}
        made = {
            "kode_unit": unit,
            "periode": periode,
            "kode": kode,
            "kode_induk": row.induk,
            "kode_tercetak": row.kode_tercetak,
            "uraian": row.uraian,
            "tingkat": row.tingkat,
            **value,
            "sisa": accounts.sisa(value[PAGU], value[REALISASI]),
            "serapan_persen": accounts.serapan(value[PAGU], value[REALISASI]),
            "alasan": _reason(value[PAGU], value[REALISASI]),
        }
        mart.rows.append({k: v for k, v in made.items() if k in columns})
        for name, amount in row.amounts.items():
            # An unknown optional amount rests on nothing; an unknown budget or realisation has an address.
            if name in columns and (amount.value is not None or name in (PAGU, REALISASI)):
                mart.trail.add(figure(table, made, name), amount.rumus, amount.operands)
        pair: list[Operand] = [(n, value[n], figure(table, made, n)) for n in (PAGU, REALISASI)]
        mart.trail.add(figure(table, made, "sisa"), "sisa", pair)
        mart.trail.add(figure(table, made, "serapan_persen"), "serapan", pair)


def _reason(pagu: Decimal | None, realisasi: Decimal | None) -> str | None:
    if pagu is None:
        return TANPA_PAGU
    if realisasi is None:
        return TANPA_REALISASI
    return PAGU_NOL if pagu == 0 else None
