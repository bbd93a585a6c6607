"""``lumbung report``: Bab III of one unit as a Word document, a workbook and a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from assets.publish.bab_iii import arrangement, page, spreadsheet
from assets.publish.bab_iii.blocks import Angka, Dokumen, Isian, Paragraf
from assets.publish.bab_iii.figures import figure
from assets.publish.bab_iii.left_out import Missing, left_out
from assets.publish.bab_iii.published import Published
from assets.publish.bab_iii.shelf import DefinitionBroken, Shelf
from assets.publish.origin_graph import Graph
from assets.publish.way_back import pack
from pipelines import knowledge
from pipelines.settings import Settings
from pipelines.words import say
from warehouse import contracts, view_contract

if TYPE_CHECKING:
    from assets.publish.bab_iii.word import Bound, Pembaruan

# Tables that hold a unit's own figures; the others also hold units that only others are compared with.
_OWN = ("capaian_iku", "ikm", "kinerja_program", "serapan_program", "serapan_rekening")
STYLE = "baku"


class CannotMake(ValueError):
    """The report asked for cannot be made; ``said`` is the sentence in a language."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(say(text, "id", **facts))
        self._said = partial(say, text, **facts)

    def said(self, lang: str) -> str:
        """Why, in Indonesian (``id``) or English (``en``)."""
        return self._said(lang=lang)


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes:
        unit, year, quarter: whose report, of which year, or to which quarter of it.
        to: folder for the files.
        gaya: name of the office's Word style; None takes the unit's own.
        susunan: name of the arrangement; None takes the unit's own for a year, ours for a quarter.
        perbarui: a report that was edited: brought to present figures in place of a new Word document.
        timpa: replace a Word document that stands there already.
    """

    unit: str
    year: int
    to: Path
    quarter: int | None = None
    gaya: str | None = None
    susunan: str | None = None
    perbarui: Path | None = None
    timpa: bool = False

    def settled(self, own: Mapping[str, str]) -> tuple[str, str]:
        """Style and arrangement that it comes to: those asked for, else the unit's own, else ours."""
        usual = arrangement.TRIWULAN if self.quarter else own.get("susunan", arrangement.GAYA)
        return self.gaya or own.get("gaya", STYLE), self.susunan or usual


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        files: what was written.
        states: how many bound figures are ``terbit``, ``ditahan``, ``basi``, ``kosong``.
        sensitive: rows of the warehouse whose conclusion turns with another permitted choice.
        published_at: of the run whose figures these are.
        slots: what only a person can write and has not yet written, each with how often.
        missing: tables without figures.
        refreshed: what became of an edited document.
    """

    files: tuple[Path, ...]
    states: Mapping[str, int]
    sensitive: int
    published_at: str
    slots: Mapping[str, int]
    missing: Sequence[Missing]
    refreshed: Pembaruan | None = None

    @property
    def code(self) -> int:
        """Exit code: 2 where figures in it are withheld, an old one in their place or not."""
        return 2 if self.states.get("ditahan") or self.states.get("basi") else 0


def make(found: Settings, asked: Asked) -> Made:
    """Write the report.

    Raises:
        CannotMake: nothing is published, or not for this unit and period; the style or arrangement is not
            there; the folder or a file in it cannot be written.
    """
    if not found.published.exists():
        raise CannotMake("report_nothing", home=found.home)
    gaya, susunan = asked.settled(knowledge.choices(found).of(asked.unit).laporan)
    office = found.warehouse / "bab_iii"
    shelf = Shelf(office)
    with duckdb.connect(str(found.published), read_only=True) as con:
        _whole(con)
        _there(con, asked)
        if susunan == arrangement.TRIWULAN and asked.quarter is None:
            raise CannotMake("report_which_quarter", name=susunan)
        style = _chosen(shelf, "gaya", ".docx", gaya)
        _chosen(shelf, "susunan", ".yaml", susunan)
        files = _files(asked)
        try:
            document = arrangement.build(
                con, asked.unit, asked.year, susunan, triwulan=asked.quarter, milik_kantor=office
            )
            missing = left_out(document, susunan, shelf)
        except DefinitionBroken as fault:
            raise CannotMake("report_broken", why=fault) from fault
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            if not shelf.own:  # ours are proved by tests; what follows no rule then is a fault of the program
                raise
            own = "\n".join(f"   {path}" for path in shelf.own)
            raise CannotMake("report_own", files=own, why=repr(fault)) from fault
        origin = pack.pack(Graph(con), page.figures_of(document))
        published = Published(con)
        refreshed = _written(files, document, style, origin, asked, published)
        states = Counter[str](f.keadaan for f in document.angka() if f.alamat)
        slots = _slots(document, refreshed)
        when = document.keterangan.get("diterbitkan_pada", "")[:16]
        return Made(files, states, _sensitive(document, published), when, slots, missing, refreshed)


# --- what there is ---------------------------------------------------------------------------------------


def _whole(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file that an earlier version of the program has published without what is read today."""
    query = "SELECT table_name, column_name FROM information_schema.columns"
    have = set(con.execute(query).fetchall())
    tables = {
        (n, c.name)
        for s in ("mart", "system")
        for n in contracts.names(s)
        for c in contracts.table(n).columns
    }
    views = {(n, c["nama"]) for n, v in view_contract.load()["pandangan"].items() for c in v["kolom"]}
    if (tables | views) - have:
        raise CannotMake("report_old")


def _there(con: duckdb.DuckDBPyConnection, asked: Asked) -> None:
    """Refuse what is not published, and say what is."""
    union = " UNION ".join(f"SELECT kode_unit, periode FROM {table}" for table in _OWN)
    units: dict[str, set[str]] = {}
    for unit, period in con.execute(f"{union} ORDER BY ALL").fetchall():
        units.setdefault(unit, set()).add(period)
    if asked.unit not in units:
        listed = "\n".join(_line(unit, periods) for unit, periods in units.items()) or "   -"
        raise CannotMake("report_no_unit", unit=asked.unit, listed=listed)
    years = {period[:4] for period in units[asked.unit]}
    if str(asked.year) not in years:
        raise CannotMake("report_no_year", unit=asked.unit, year=asked.year, years=", ".join(sorted(years)))
    period = f"{asked.year}-TW{asked.quarter}"
    if asked.quarter and period not in units[asked.unit]:
        quarters = [p for p in sorted(units[asked.unit]) if p.startswith(f"{asked.year}-TW")]
        told = ", ".join(quarters) or "-"
        raise CannotMake("report_no_quarter", unit=asked.unit, period=period, quarters=told)


def _line(unit: str, periods: set[str]) -> str:
    known = arrangement.regions().kecamatan(unit)
    years = ", ".join(sorted({period[:4] for period in periods}))
    return f"   {unit} {known.nama if known else ''}: {years}"


def _chosen(shelf: Shelf, folder: str, suffix: str, name: str) -> Path:
    names = shelf.names(folder, suffix)
    if name not in names:
        raise CannotMake("report_no_style", folder=folder, name=name, names=", ".join(names))
    return shelf.path(f"{folder}/{name}{suffix}")


def _sensitive(document: Dokumen, published: Published) -> int:
    rows = {(f.alamat.tabel, f.alamat.kunci) for f in document.angka() if f.alamat is not None}
    telling = {t for t, _ in rows if any(c.name == "peka" for c in contracts.table(t).columns)}
    return sum(1 for t, key in rows if t in telling and (published.row(t, key) or {}).get("peka"))


def _slots(document: Dokumen, refreshed: Pembaruan | None) -> Mapping[str, int]:
    hints = Counter(block.petunjuk for block in document.blok if isinstance(block, Isian))
    if refreshed is None:
        return hints
    standing = Counter(refreshed.paragraf)
    left = {hint: standing[f"[{hint}]"] for hint in hints}
    return {hint: times for hint, times in left.items() if times}


# --- the files -------------------------------------------------------------------------------------------


def _files(asked: Asked) -> tuple[Path, ...]:
    """Where they go, Word first; refused where that cannot be, before anything is written."""
    known = arrangement.regions().kecamatan(asked.unit)
    name = (known.nama if known else asked.unit).replace("/", "-")
    title = (
        f"Rencana Aksi {name} {asked.year} TW{asked.quarter}"
        if asked.quarter
        else f"Bab III {name} {asked.year}"
    )
    files = tuple(asked.to / f"{title}{suffix}" for suffix in (".docx", ".xlsx", ".html"))
    if asked.perbarui is not None:
        if not asked.perbarui.is_file():
            raise CannotMake("report_no_file", file=asked.perbarui)
        files = (asked.to / f"{asked.perbarui.stem} (diperbarui).docx", *files[1:])
    try:
        asked.to.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotMake("report_folder", folder=asked.to, why=fault.strerror or fault) from fault
    for file in files:
        if any(mark.exists() for mark in _open_marks(file)):
            raise CannotMake("report_open", file=file.name)
    if files[0].exists() and asked.perbarui is None and not asked.timpa:
        raise CannotMake("report_exists", file=files[0], unit=asked.unit, year=asked.year, to=asked.to)
    return files


def _open_marks(file: Path) -> Iterator[Path]:
    """What Word and LibreOffice lay beside a file while it is open."""
    yield file.with_name(f".~lock.{file.name}#")
    yield file.with_name(f"~${file.name[2:]}")
    yield file.with_name(f"~${file.name}")


def _written(
    files: Sequence[Path],
    document: Dokumen,
    style: Path,
    origin: Mapping[str, Any],
    asked: Asked,
    published: Published,
) -> Pembaruan | None:
    from assets.publish.bab_iii import word

    refreshed = None
    writing = files[0]
    try:
        if asked.perbarui is None:
            word.write(document, style, writing, word.pages(document, style))
        else:
            now = _now(document, asked.perbarui, asked, published)
            facts, charts = document.keterangan, document.grafik()
            said = [block.isi for block in document.blok if isinstance(block, Paragraf)]
            refreshed = word.refresh(asked.perbarui, now, files[0], facts, grafik=charts, kalimat=said)
        writing = files[1]
        spreadsheet.write(document, writing)
        writing = files[2]
        page.write(document, writing, origin)
    except PermissionError as fault:
        raise CannotMake("report_locked", file=writing) from fault
    except OSError as fault:
        raise CannotMake("report_unwritten", file=writing, why=fault.strerror or fault) from fault
    except (word.NotOurs, word.StyleBroken) as fault:
        raise CannotMake("report_broken", why=fault) from fault
    return refreshed


def _now(document: Dokumen, edited: Path, asked: Asked, published: Published) -> dict[str, Angka]:
    """Present figures by address: of the report, and whatever else the edited document is bound to."""
    from assets.publish.bab_iii import word

    entries, facts = word.bound(edited)
    whose = (facts.get("kode_unit"), facts.get("periode"))
    if whose != (document.kode_unit, document.periode):
        raise CannotMake("report_other", file=edited.name, unit=whose[0], period=whose[1], asked=asked.unit)
    now = {str(figure.alamat): figure for figure in document.angka() if figure.alamat is not None}
    for entry in entries:
        if entry.alamat not in now and (found := _looked_up(entry, published)) is not None:
            now[entry.alamat] = found
    return now


def _looked_up(entry: Bound, published: Published) -> Angka | None:
    """The present figure of an address; None where the warehouse has no such row or column any more."""
    table, _, rest = entry.alamat.partition("|")
    key, _, column = rest.rpartition("|")
    if table not in contracts.names("mart"):
        return None
    contract = contracts.table(table)
    named = re.fullmatch(";".join(f"{name}=(?P<{name}>.*)" for name in contract.key), key)
    if named is None or column not in {c.name for c in contract.columns}:
        return None
    if published.row(table, tuple((name, named[name]) for name in contract.key)) is None:
        return None
    spec = {"dari": f"{table}.{column}", "satuan": entry.satuan}
    return figure(spec, named.groupdict(), published, entry.alamat)
