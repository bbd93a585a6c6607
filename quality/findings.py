"""Findings as rows of ``temuan``: with the cell a person can open, sentences in both languages, and waivers.

What is a finding's consequence and what it says is the rule book's business; what it withholds is the
gate's. Here findings of the same cause at the same place become one row, in a settled order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quality.address import Addresses
from quality.finding import AKIBAT, Finding
from quality.origin import candidates
from quality.rule import Rule, RuleBook
from quality.wording import UNKNOWN, fill, readable, shown
from warehouse import contracts
from warehouse.trail import Cell
from warehouse.values.personal import mask

_WAIVER_KEYS = frozenset("id aturan di alasan pemilik berlaku_sampai".split())
# What the ``di`` of a waiver may name; file names and cells may hold ``*``.
WAIVER_PLACES = frozenset("kode_unit periode berkas berkas_id lembar sel".split())
# What stands before the sentence of a waived finding, up to the first closing bracket.
_WAIVED = re.compile(r"^\[(?:Dikecualikan|Waived) [^\]]*\] ")
_NO_END = str.maketrans("]", ")")
_GRAVEST_FIRST = {akibat: -n for n, akibat in enumerate(AKIBAT)}


class WaiverInvalid(ValueError):
    """A waiver does not fit: which one, and what is wrong with it."""


def must_stop(findings: Iterable[Finding], book: RuleBook) -> list[Finding]:
    """The findings that stop the run (``henti``) before anything is published; waivers do not help."""
    return [f for f in findings if book.akibat(f) == "henti"]


def rows(
    findings: Iterable[Finding],
    book: RuleBook,
    addresses: Addresses,
    berkas_names: Mapping[str, str],
    jalan_id: str | None,
    waivers: Sequence[Mapping[str, Any]] = (),
    today: dt.date | None = None,
) -> list[dict[str, Any]]:
    """Rows of ``temuan``, gravest first, then by unit, period, file, sheet and cell.

    Args:
        findings: from all stages.
        book: rules by id.
        addresses: cell letters by the column map.
        berkas_names: name of each file as it arrived.
        jalan_id: the run.
        waivers: recorded exceptions (``pengecualian.yaml``).
        today: the day on which waivers are in force; the present day if not given.

    Raises:
        quality.rule.RuleInvalid: a finding names no rule, or a consequence its rule does not permit.
        quality.wording.SentenceIncomplete: a sentence asks for what the finding does not supply.
        WaiverInvalid: a waiver does not fit.
    """
    asked = [f for f in findings if not _never_printed(f, book, addresses)]
    marked = waived(asked, book, addresses, berkas_names, waivers, today)
    made = [_row(f, book, addresses, berkas_names, jalan_id) for f in marked]
    _say_waived(made, waivers)
    made.sort(key=_order)
    return _distinct(made)


def _never_printed(finding: Finding, book: RuleBook, addresses: Addresses) -> bool:
    """Whether a blank is told of a form that has no such column, which its rule does not ask for."""
    cell = finding.cell
    if cell is None or not book[finding.aturan].hanya_bila_ada:
        return False
    names = candidates(cell.field, finding.periode)
    return not any(addresses.letter(cell, name) for name in names)


def _row(
    finding: Finding,
    book: RuleBook,
    addresses: Addresses,
    berkas_names: Mapping[str, str],
    jalan_id: str | None,
) -> dict[str, Any]:
    rule = book[finding.aturan]
    standard = _standard(finding, addresses, berkas_names)
    values = _values(finding, standard)
    return {
        "temuan_id": identity(finding),
        "jalan_id": jalan_id,
        "aturan": finding.aturan,
        "akibat": book.akibat(finding),
        **standard,
        "berkas_id": _berkas_id(finding),
        "sel_terkait": _listed(finding.related, finding, addresses, berkas_names),
        "sel_dicurigai": _listed(finding.suspects, finding, addresses, berkas_names),
        "pesan": fill(rule, rule.pesan, values, "id"),
        "cara_perbaiki": fill(rule, rule.cara, values, "id"),
        "pesan_en": fill(rule, rule.pesan_en, values, "en"),
        "cara_perbaiki_en": fill(rule, rule.cara_en, values, "en"),
        "dugaan": finding.dugaan,
        "dugaan_en": finding.dugaan_en,
        "dasar_hukum": rule.dasar_hukum or rule.mengapa,
        "koreksi_id": finding.koreksi_id,
        "pengecualian_id": finding.pengecualian_id,
        "kelompok_sebab": _cause(rule, finding),
        "angka_terkait": "; ".join(dict.fromkeys(f"{f.tabel}|{f.kunci}" for f in finding.figures)) or None,
    }


def sentence(finding: Finding, book: RuleBook, which: str = "pesan") -> str:
    """One sentence of a finding without letters and file names, as ``alasan`` of a figure may hold it.

    Args:
        finding: the finding.
        book: rules by id.
        which: ``pesan``, ``cara``, ``pesan_en`` or ``cara_en``.
    """
    rule = book[finding.aturan]
    short = {finding.berkas_id: finding.berkas_id[:12]} if finding.berkas_id else {}
    values = _values(finding, _standard(finding, None, short))
    return fill(rule, getattr(rule, which), values, "en" if which.endswith("_en") else "id")


def _standard(
    finding: Finding, addresses: Addresses | None, berkas_names: Mapping[str, str]
) -> dict[str, Any]:
    """What every sentence may use, named as the columns of ``temuan``."""
    berkas_id = _berkas_id(finding)
    lembar = finding.lembar or (finding.cell.lembar if finding.cell else None)
    name = berkas_names.get(berkas_id) if berkas_id else None
    return {
        "tertulis": _readable(finding.tertulis),
        "seharusnya": _readable(finding.seharusnya),
        "selisih": _readable(finding.selisih),
        "jumlah": finding.jumlah,
        "berkas": _masked(name),
        "lembar": None if lembar == "-" else lembar,
        "sel": cell_of(finding, addresses),
        "kode_unit": finding.kode_unit,
        "periode": finding.periode,
    }


def _values(finding: Finding, standard: Mapping[str, Any]) -> dict[str, Any]:
    """The standard and the finding's own facts, which say more where both name a thing."""
    own = {k: _masked(shown(v)) for k, v in finding.isi.items()}
    return {**own, **standard, **{k: v for k, v in own.items() if v is not None}}


def _masked(said: str | None) -> str | None:
    return mask(said) if said else said


def _readable(said: str | None) -> str | None:
    return readable(mask(said)) if said else said


def _berkas_id(finding: Finding) -> str | None:
    return finding.berkas_id or (finding.cell.berkas_id if finding.cell else None)


def _cause(rule: Rule, finding: Finding) -> str | None:
    """Findings of one cause: same group of rules, unit and period, and the same difference if any."""
    if rule.kelompok is None:
        return None
    difference = finding.selisih.lstrip("-") if finding.selisih else None
    return ":".join(part for part in (rule.kelompok, finding.kode_unit, finding.periode, difference) if part)


# --- addresses ---------------------------------------------------------------------------------------


def cell_of(finding: Finding, addresses: Addresses | None) -> str | None:
    """The finding's cell or range in letters; a PDF's is a line of a page."""
    if finding.sel is not None or finding.cell is None:
        return finding.sel
    if addresses is None:
        return f"baris {finding.cell.baris}"
    return place(finding.cell, addresses, finding.periode)


def place(cell: Cell, addresses: Addresses, periode: str | None = None) -> str:
    """One cell in letters, under whichever name its form gave the column (``quality/origin.py``)."""
    if cell.lembar.startswith("hal"):
        page = cell.lembar.removeprefix("halaman").removeprefix("hal.").strip()
        last = f"-{cell.sampai_baris}" if cell.sampai_baris else ""
        return f"hal. {page} baris {cell.baris}{last}"
    return addresses.sel(
        replace(
            cell,
            field=_known(cell, cell.field, addresses, periode),
            sampai_field=cell.sampai_field and _known(cell, cell.sampai_field, addresses, periode),
        )
    )


def _known(cell: Cell, field: str, addresses: Addresses, periode: str | None) -> str:
    found = (name for name in candidates(field, periode) if addresses.letter(cell, name))
    return next(found, field)


def _listed(
    cells: Iterable[Cell], finding: Finding, addresses: Addresses, berkas_names: Mapping[str, str]
) -> str | None:
    """Cells of the finding's own sheet by letters alone, others with their sheet, and their file."""
    said = []
    for cell in cells:
        where = place(cell, addresses, finding.periode)
        if (cell.berkas_id, cell.lembar) != (_berkas_id(finding), finding.lembar) and cell.lembar != "-":
            where = f"{cell.lembar}!{where}"
        if cell.berkas_id != _berkas_id(finding):
            name = _masked(berkas_names.get(cell.berkas_id)) or cell.berkas_id[:12]
            where = f"[{name}]{where}"
        said.append(where)
    return ", ".join(dict.fromkeys(said)) or None


def about(finding: Finding) -> set[str]:
    """The files that a finding is about: the one it stands in, and those whose cells it names beside it."""
    cells = (finding.cell, *finding.related, *finding.suspects)
    return {b for b in (finding.berkas_id, *(c.berkas_id for c in cells if c is not None)) if b}


def places(
    finding: Finding, row: Mapping[str, Any], berkas_id: str | None, addresses: Addresses
) -> list[tuple[str | None, str | None]]:
    """Where one file shows a finding: sheet and cell, as ``row`` (its row of ``temuan``) names them."""
    if row["berkas_id"] in (None, berkas_id):
        lembar = finding.lembar or (finding.cell.lembar if finding.cell else None)
        return [(lembar, row["sel"])]
    cells = [c for c in (*finding.related, *finding.suspects) if c.berkas_id == berkas_id]
    return [(c.lembar, place(c, addresses, finding.periode)) for c in dict.fromkeys(cells)]


def by_file(
    findings: Iterable[Finding], rows: Iterable[dict[str, Any]], addresses: Addresses
) -> dict[str, list[tuple[dict[str, Any], str | None, str | None]]]:
    """For each file the findings about it (rows of ``temuan``), with the sheet and cell that show them."""
    by_identity = {identity(f): f for f in findings}
    found: dict[str, list[tuple[dict[str, Any], str | None, str | None]]] = {}
    for row in rows:
        finding = by_identity[identity_of(row)]
        for berkas_id in sorted(about(finding)):
            for lembar, sel in places(finding, row, berkas_id, addresses):
                found.setdefault(berkas_id, []).append((row, lembar, sel))
    return found


# --- identity and order ------------------------------------------------------------------------------


def identity(finding: Finding) -> str:
    """The same for the same cause in the same file, run after run: rule, file, cell, figures."""
    cell = finding.cell
    where: list[Any] = [finding.aturan, _berkas_id(finding), finding.lembar, finding.sel]
    if cell is not None:
        where += [cell.lembar, cell.tabel_ke, cell.baris, cell.field, cell.sampai_baris, cell.sampai_field]
    else:
        # Nothing to point at: what is said tells one from another.
        where += [finding.tertulis, sorted((k, str(v)) for k, v in finding.isi.items())]
    if _berkas_id(finding) is None:
        where += [finding.kode_unit, finding.periode]
    where += [f"{f.tabel}|{f.kunci}|{f.kolom}" for f in finding.figures]
    return hashlib.sha256(repr(where).encode()).hexdigest()[:16]


def identity_of(row: Mapping[str, Any]) -> str:
    """The identity of the finding that a row of ``temuan`` tells.

    Two different sentences about one cell share it; the second's ``temuan_id`` has a number behind it.
    """
    return str(row["temuan_id"]).partition("-")[0]


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    text = [row[k] or "" for k in ("kode_unit", "periode", "berkas_id", "lembar")]
    return (
        _GRAVEST_FIRST[row["akibat"]],
        *text,
        _by_cell(row["sel"]),
        row["aturan"],
        row["pesan"],
        row["temuan_id"],
    )


def _by_cell(sel: str | None) -> tuple[int, str]:
    """Row first, then column: ``D6`` before ``B10``."""
    digits = "".join(c if c.isdigit() else " " for c in sel or "").split()
    return (int(digits[0]) if digits else 0, sel or "")


def _distinct(made: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Found twice is told once; two different sentences about one cell stay two."""
    kept: dict[str, dict[str, Any]] = {}
    for row in made:
        name, n = row["temuan_id"], 1
        while (same := kept.get(row["temuan_id"])) and same["pesan"] != row["pesan"]:
            n += 1
            row["temuan_id"] = f"{name}-{n}"
        kept.setdefault(row["temuan_id"], row)
    return list(kept.values())


# --- waivers -----------------------------------------------------------------------------------------


def waived(
    findings: Iterable[Finding],
    book: RuleBook,
    addresses: Addresses | None,
    berkas_names: Mapping[str, str],
    waivers: Sequence[Mapping[str, Any]],
    today: dt.date | None = None,
) -> list[Finding]:
    """Mark the findings for which an exception is recorded and in force.

    A waiver is ``{id, aturan, di, alasan, pemilik, berlaku_sampai}``; ``di`` narrows it to ``kode_unit,
    periode, berkas, berkas_id, lembar, sel`` (``*`` stands for anything). An expired one marks nothing.

    Args:
        findings: from all stages.
        book: rules by id.
        addresses: cell letters; without them a waiver that names a cell marks nothing.
        berkas_names: name of each file as it arrived.
        waivers: recorded exceptions.
        today: the present day if not given.

    Raises:
        WaiverInvalid: naming the waiver that does not fit.
    """
    day = today or contracts.utc_now().date()
    in_force: dict[str, list[Mapping[str, Any]]] = {}
    for waiver in waivers:
        _fits(waiver, book)
        if waiver["berlaku_sampai"] >= day:
            in_force.setdefault(waiver["aturan"], []).append(waiver)
    return [_marked(f, in_force.get(f.aturan, ()), addresses, berkas_names) for f in findings]


def _fits(waiver: Mapping[str, Any], book: RuleBook) -> None:
    name = waiver.get("id", "(no id)")
    if missing := _WAIVER_KEYS - waiver.keys():
        raise WaiverInvalid(f"pengecualian {name!r}: {sorted(missing)} missing")
    if unknown := waiver.keys() - _WAIVER_KEYS:
        raise WaiverInvalid(f"pengecualian {name!r}: unknown keys {sorted(unknown)}")
    if waiver["aturan"] not in book:
        raise WaiverInvalid(f"pengecualian {name!r}: no rule {waiver['aturan']!r}")
    where = waiver["di"]
    if not isinstance(where, Mapping) or not where or where.keys() - WAIVER_PLACES:
        raise WaiverInvalid(f"pengecualian {name!r}: di names some of {sorted(WAIVER_PLACES)}")
    if not isinstance(waiver["berlaku_sampai"], dt.date):
        raise WaiverInvalid(f"pengecualian {name!r}: berlaku_sampai must be a date (YYYY-MM-DD)")


def _marked(
    finding: Finding,
    waivers: Iterable[Mapping[str, Any]],
    addresses: Addresses | None,
    berkas_names: Mapping[str, str],
) -> Finding:
    for waiver in waivers:
        if all(
            _like(str(wanted), _said(finding, part, addresses, berkas_names))
            for part, wanted in waiver["di"].items()
        ):
            return replace(finding, pengecualian_id=str(waiver["id"]))
    return finding


def _say_waived(made: Iterable[dict[str, Any]], waivers: Iterable[Mapping[str, Any]]) -> None:
    """A waived finding says so in its sentence, with who answers for it, why, and until when."""
    by_id = {str(w["id"]): w for w in waivers}
    for row in made:
        waiver = by_id.get(row["pengecualian_id"] or "")
        if waiver is not None:
            name, last = f"{waiver['id']}", until(waiver)
            why = f"{waiver['pemilik']}: {_masked(str(waiver['alasan']))}".translate(_NO_END)
            row["pesan"] = f"[Dikecualikan {name} sampai {last}, {why}] {row['pesan']}"
            row["pesan_en"] = f"[Waived {name} until {last}, {why}] {row['pesan_en']}"


def without_waiver(pesan: str) -> str:
    """The sentence alone, for readers who are told of the waiver beside it."""
    return _WAIVED.sub("", pesan, count=1)


def until(waiver: Mapping[str, Any]) -> str:
    """The last day of a waiver as it is told."""
    day: dt.date = waiver["berlaku_sampai"]
    return f"{day:%d-%m-%Y}"


def _like(wanted: str, said: str) -> bool:
    """Equal, where ``*`` stands for anything; brackets in file names are only brackets."""
    return re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), said) is not None


def _said(finding: Finding, part: str, addresses: Addresses | None, berkas_names: Mapping[str, str]) -> str:
    match part:
        case "sel":
            found = cell_of(finding, addresses) if addresses else None
        case "berkas":
            found = berkas_names.get(_berkas_id(finding) or "")
        case "berkas_id":
            found = _berkas_id(finding)
        case _:
            found = getattr(finding, part)
    return UNKNOWN if found is None else str(found)
