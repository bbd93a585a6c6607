"""One release: scope, findings with their cells, the way back, bookkeeping and history, ready to write."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from assets.publish import balance, history, restated, snapshot
from assets.publish.summary import summarise
from quality import findings as found_things
from quality import proof
from quality.address import Addresses
from quality.finding import Finding
from quality.gate import Withheld
from quality.judge import Verdict
from quality.origin import candidates
from quality.rule import RuleBook
from quality.waivers import used
from warehouse import contracts
from warehouse.trail import Cell, Choice, Figure, Step


@dataclass(frozen=True)
class Scope:
    """What is published: one period (a year takes its quarters along), one unit, or all (None)."""

    periode: str | None = None
    kode_unit: str | None = None

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a row lies in the scope; a row without unit or period lies in every scope."""
        if self.kode_unit and row.get("kode_unit") not in (None, self.kode_unit):
            return False
        if self.periode is None:
            return True
        if row.get("periode") is not None:
            return bool(row["periode"] == self.periode or row["periode"].startswith(self.periode + "-"))
        year = row.get("tahun", row.get("tahun_lhe"))
        return year is None or str(year) == self.periode[:4]

    @property
    def whole(self) -> bool:
        """Whether everything is published."""
        return self.periode is None and self.kode_unit is None


class HasNotes(Protocol):
    """What the stages noticed, gathered."""

    findings: list[Finding]
    rejected: list[dict[str, Any]]
    layout: list[tuple[str, str, int]]
    corrected: list[tuple[Cell, str]]
    steps: list[Step]


@dataclass
class Release:
    """Every table of the new file, the closing summary a person reads, and where findings are to be seen.

    ``tempat``: for each file its findings (rows of ``temuan``) with sheet and cell, in their order.
    """

    tables: dict[str, pa.Table]
    summary: dict[str, Any]
    tempat: dict[str, list[tuple[dict[str, Any], str | None, str | None]]]


def release(
    *,
    marts: Mapping[str, pa.Table],
    clean: Mapping[str, pa.Table],
    notes: HasNotes,
    withheld: Iterable[Withheld],
    verdicts: Iterable[Verdict],
    berkas: list[dict[str, Any]],
    peta_kolom: pa.Table,
    hitungan_lembar: pa.Table,
    book: RuleBook,
    waivers: list[dict[str, Any]],
    scope: Scope,
    warehouse: Path,
    versi_program: str,
    versi_aturan: str,
    mulai: dt.datetime,
    names: Mapping[str, str],
    alasan: str | None = None,
) -> Release:
    """Put one release together and append to the history.

    Args:
        marts: figures after the gate.
        clean: cleaned rows (only their addresses are used).
        notes: what all stages noticed.
        withheld: what the gate withheld, and for which finding.
        verdicts: what each rule found on each table, kept ones included.
        berkas: rows of table ``berkas``.
        peta_kolom: the column map, as extract hands it over.
        hitungan_lembar: row counts of each sheet, as extract hands them over.
        book: the rules, for the sentences of the findings.
        waivers: recorded exceptions.
        scope: what is published now; the rest stays as it was published.
        warehouse: the folder with the file published before and the history.
        versi_program: the program's version.
        versi_aturan: the version of formulas and rules.
        mulai: when the run began (UTC).
        names: name of each unit by its code.
        alasan: the reason given to this run for the published figures that it changes.

    Raises:
        assets.publish.balance.RowsVanished: the row balance does not add up.
        warehouse.contracts.ContractBroken: a table does not fit its contract.
        quality.proof.TrailIncomplete: a figure's formula could not be recomputed from its trail.
    """
    proof.check_formulas(step.rumus for step in notes.steps)
    addresses = Addresses(peta_kolom)
    published = warehouse / "lumbung.duckdb"
    tables = {name: _scoped(name, found, scope, published) for name, found in marts.items()}
    jalan_id = mulai.strftime("%Y%m%dT%H%M%S%f")
    names_of_files = {b["berkas_id"]: b["nama"] for b in berkas}
    tables["cakupan_aturan"] = contracts.build("cakupan_aturan", [asdict(v) for v in verdicts])
    tables["jejak"] = contracts.build("jejak", _trail_rows(notes.steps, notes.corrected, addresses))
    tables["berkas"] = contracts.build("berkas", berkas)
    tables["baris_ditolak"] = contracts.build("baris_ditolak", _rejected_rows(notes.rejected, addresses))
    tables["neraca_baris"] = contracts.build(
        "neraca_baris", balance.neraca(hitungan_lembar, clean, notes.rejected, notes.layout)
    )
    run = history.Run(contracts.utc_now(), jalan_id, alasan or None)

    def judged(findings: Iterable[Finding]) -> list[dict[str, Any]]:
        made = found_things.rows(findings, book, addresses, names_of_files, jalan_id, waivers)
        _add_withheld(made, withheld)
        return made

    tables["temuan"] = contracts.build("temuan", judged(notes.findings))
    figures = {name: tables[name] for name in marts}
    why = restated.Asked(published, tables, versi_program, versi_aturan, waivers)
    events = history.changes(figures, warehouse / "riwayat", run, why)
    open_ = history.unexplained(warehouse / "riwayat", events, run)
    findings = [*notes.findings, *restated.findings(open_)]
    told = judged(findings) if open_ else contracts.as_rows(tables["temuan"])
    tables["temuan"] = contracts.build("temuan", told)
    summary = summarise(tables, names)
    summary["ralat"] = restated.counted(events, open_)
    summary["pengecualian"] = used(told, waivers)
    tables["jalan"] = _runs(
        published,
        {
            "jalan_id": jalan_id,
            "mulai": mulai,
            "selesai": run.moment,
            "versi_program": versi_program,
            "versi_aturan": versi_aturan,
            "hasil": "terbit_dengan_penahanan" if summary["ditahan"] else "terbit",
        },
    )
    history.append(warehouse / "riwayat", events, tables["temuan"], run)
    summary["angka_berubah"] = int(events.num_rows)
    tables |= history.tables(warehouse / "riwayat")
    return Release(tables, summary, found_things.by_file(findings, told, addresses))


def _add_withheld(told: Iterable[dict[str, Any]], withheld: Iterable[Withheld]) -> None:
    """Name in each finding the figures that it withholds besides those that it is about."""
    by_finding: dict[str, list[str]] = {}
    for one in withheld:
        for temuan_id in one.temuan:
            by_finding.setdefault(temuan_id, []).append(f"{one.tabel}|{one.kunci}")
    for row in told:
        if held := by_finding.get(found_things.identity_of(row)):
            about = row["angka_terkait"].split("; ") if row["angka_terkait"] else []
            row["angka_terkait"] = "; ".join(dict.fromkeys([*about, *held]))


def _scoped(name: str, found: pa.Table, scope: Scope, published: Path) -> pa.Table:
    if scope.whole:
        return found
    before = snapshot.read(published, name)
    kept = [] if before is None else [r for r in contracts.as_rows(before) if not scope.holds(r)]
    return contracts.build(name, [*kept, *(r for r in contracts.as_rows(found) if scope.holds(r))])


def _trail_rows(
    steps: Iterable[Step], corrected: Iterable[tuple[Cell, str]], addresses: Addresses
) -> list[dict[str, Any]]:
    mended = {_place(cell): koreksi_id for cell, koreksi_id in corrected}
    counted: Counter[Figure] = Counter()
    rows = []
    for step in steps:
        counted[step.figure] += 1
        row: dict[str, Any] = {
            "tabel": step.figure.tabel,
            "kunci": step.figure.kunci,
            "kolom": step.figure.kolom,
            "urut": counted[step.figure],
            "rumus": step.rumus,
            "peran": step.peran,
            "nilai": step.nilai,
            "jenis": "tetapan",
        }
        match step.source:
            case Cell() as cell:
                row |= {"jenis": "sel", "berkas_id": cell.berkas_id, "lembar": cell.lembar}
                where = found_things.place(cell, addresses, _period_of(step.figure))
                row |= {"sel": where, "koreksi_id": mended.get(_place(cell))}
            case Figure(tabel, kunci, kolom):
                row |= {"jenis": "angka", "rujuk_tabel": tabel, "rujuk_kunci": kunci, "rujuk_kolom": kolom}
            case Choice(nama, nilai):
                row |= {"jenis": "pilihan", "rujuk_kunci": nama, "nilai": nilai}
        rows.append(row)
    return rows


def _period_of(figure: Figure) -> str | None:
    """The period or year in a figure's key: it says which of a repeated column's cells is meant."""
    parts = dict(p.split("=", 1) for p in figure.kunci.split(";"))
    return parts.get("periode") or parts.get("tahun")


def _place(cell: Cell) -> tuple[str, str, int, int, str]:
    return (cell.berkas_id, cell.lembar, cell.tabel_ke, cell.baris, cell.field)


def _rejected_rows(rejected: Iterable[Mapping[str, Any]], addresses: Addresses) -> list[dict[str, Any]]:
    rows = {}
    for said in rejected:
        row = {k: said[k] for k in ("berkas_id", "lembar", "baris", "aturan", "alasan")}
        cell = Cell(said["berkas_id"], said["lembar"], said.get("tabel_ke", 1), said["baris"], said["kolom"])
        row["kolom"] = "*" if said["kolom"] == "*" else _letter(cell, addresses)
        rows[tuple(row[k] for k in ("berkas_id", "lembar", "baris", "kolom", "aturan"))] = row
    return list(rows.values())


def _letter(cell: Cell, addresses: Addresses) -> str:
    letters = (addresses.letter(cell, name) for name in candidates(cell.field))
    return next((letter for letter in letters if letter), cell.field)


def _runs(published: Path, this: dict[str, Any]) -> pa.Table:
    before = snapshot.read(published, "jalan")
    return contracts.build("jalan", [*([] if before is None else contracts.as_rows(before)), this])
