"""What a check shows: what each file was taken for as soon as it is read, then what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assets.accept.telling import Received, table_lines
from assets.readers import private
from assets.readers.reading import FileRead
from assets.readers.rows import DATA
from pipelines.check import Checked, Found
from pipelines.check_outputs import verdict
from pipelines.words import say
from warehouse.regions import Regions

# Findings printed of one file: grave ones, and mere notes; the page has them all.
_GRAVE_SHOWN, _NOTES_SHOWN = 40, 8
# Related cells named of one finding.
_CELLS_SHOWN = 6


class Screen:
    """Prints as the check goes on."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def opened(self, nama: str, read: FileRead) -> None:
        """A file was opened: say at once what it was taken for."""
        forms = [f"{t.tabel}{_on(t.lembar)}, {t.banyak.get(DATA, 0)}" for t in read.tables]
        key = "check_taken" if forms else "check_not_taken"
        click.echo(say(key, self._lang, name=nama, forms="; ".join(forms)))

    def judging(self) -> None:
        """All files are read; the rules come next."""
        click.echo(say("check_judging", self._lang))

    def show(self, files: Sequence[Checked], regions: Regions) -> None:
        """Print what was found, file by file, and where it is written."""
        for one in files:
            click.echo("")
            for line in self._file(one, regions):
                click.echo(line)
        clean = sum(one.clean and not one.fruitless for one in files)
        click.echo("")
        click.echo(say("check_closing", self._lang, n=len(files), clean=clean, rest=len(files) - clean))

    def _file(self, one: Checked, regions: Regions) -> Iterator[str]:
        yield f"{one.received.nama}: {verdict(one, self._lang)}"
        for table in one.tabel:
            yield from table_lines(table, regions, self._lang)
        if one.neraca:
            sums = {c: sum(int(r[c]) for r in one.neraca) for c in one.neraca[0] if c not in _WORDS}
            yield "  " + say("check_rows", self._lang, **sums)
        yield from self._findings(one.temuan, one.received)
        if one.received.status == "tidak_dikenal":  # of what cannot be opened nothing can be proposed
            yield "  " + say("check_propose", self._lang, path=_path_shown(one.path))
        for path in one.ditulis:
            yield "  " + say("check_written", self._lang, path=path)

    def _findings(self, found: Sequence[Found], of: Received) -> Iterator[str]:
        notes = [f for f in found if f.akibat == "ingat"]
        grave = [f for f in found if f.akibat != "ingat"]
        for one in (*grave[:_GRAVE_SHOWN], *notes[:_NOTES_SHOWN]):
            yield from self._finding(one, of)
        rest = max(len(grave) - _GRAVE_SHOWN, 0) + max(len(notes) - _NOTES_SHOWN, 0)
        if rest:
            yield "  " + say("check_more", self._lang, n=rest)

    def _finding(self, one: Found, of: Received) -> Iterator[str]:
        end = "" if self._lang == "id" else "_en"
        places = [_place(lembar, sel) for lembar, sel in one.tempat if sel]
        settled = "" if one.open else say("check_settled", self._lang)
        yield f"  [{one.akibat}] {', '.join([*places[:3], ''])}{settled}".rstrip(", ")
        yield f"      {one.baris[f'pesan{end}']}"
        if related := _related(one, of):
            yield "      " + say("check_related", self._lang, cells=_few(related))
        for sign, name in (("?", "dugaan"), ("→", "cara_perbaiki")):
            if one.baris[name + end]:
                yield f"      {sign} {one.baris[name + end]}"


_WORDS = ("berkas_id", "lembar")


def _path_shown(path: Path) -> str:
    """The path as a command takes it; a name that holds a person is not repeated."""
    return str(path) if private.file_name(path.name) == path.name else "BERKAS"


def _related(one: Found, of: Received) -> list[str]:
    """The other cells of a finding as seen from a file: its own by letters, others with their file's name."""
    row = one.baris
    listed = [cell for cell in (row["sel_terkait"] or "").split(", ") if cell]
    if not row["sel"] or row["berkas_id"] in (None, of.berkas_id):
        return listed
    there, here = f"[{row['berkas']}]", f"[{of.nama}]"
    shown = {_place(lembar, sel) for lembar, sel in one.tempat if sel}
    seen = [there + _place(row["lembar"], row["sel"])]
    for cell in listed:
        if cell.startswith(here):
            seen += [own for own in [cell.removeprefix(here)] if own not in shown]
        elif cell.startswith("["):
            seen.append(cell)
        else:
            seen.append(there + (cell if "!" in cell else _place(row["lembar"], cell)))
    return seen


def _few(listed: Sequence[str]) -> str:
    """The first of many related cells; the workbook lists them all."""
    return ", ".join(listed[:_CELLS_SHOWN]) + (" …" if len(listed) > _CELLS_SHOWN else "")


def _place(lembar: str | None, sel: str) -> str:
    """``LRA!D6``; a csv has no sheets, and the address in a PDF names its page."""
    return sel if lembar in (None, "-") or sel.startswith("hal.") else f"{lembar}!{sel}"


def _on(lembar: str) -> str:
    return "" if lembar == "-" else f" ({lembar})"
