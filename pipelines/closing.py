"""What a run shows: a progress bar while it works, a table a person can read when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table

from assets.publish.validation import reports
from assets.publish.validation.facts import Note
from pipelines.run import Ran
from pipelines.settings import Settings
from pipelines.words import say

# Wide enough for the sentences when the output goes to a file or a log.
_PLAIN_WIDTH = 140
_RULES_SHOWN = 30
_EXAMPLE_LENGTH = 150
# Years of the plan that lie ahead are shown only where something is wrong with them.
_TROUBLE = ("ditahan", "basi", "tolak", "tahan")


def _console(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else _PLAIN_WIDTH, highlight=False)


@contextmanager
def progress(lang: str) -> Iterator[Callable[[str, int], None] | None]:
    """A progress bar on a terminal; nothing where the output is not one."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("making", lang), total=None)

        def told(name: str, total: int) -> None:
            bar.update(task, total=total, advance=1, description=f"{say('making', lang)} {name}")

        yield told


def show(ran: Ran, found: Settings, lang: str) -> None:
    """Print the closing of a run."""
    console = _console()
    for received in ran.received:
        console.print(received.pesan, markup=False)
    if ran.unchanged:
        console.print(say("unchanged", lang))
    summary = ran.summary
    if not summary["terbit"]:
        word = "nothing_goes_out" if summary["berkas"] else "nothing"
        console.print(say(word, lang, inbox=found.inbox, n=summary["berkas"], held=summary["ditahan"]))
    _main_figures(console, summary, lang)
    _units(console, summary, lang)
    _rules(console, summary, lang)
    _held(console, summary, lang)
    _waived(console, summary, lang)
    _restated(console, summary, lang)
    console.print(say("rows", lang, berkas=summary["berkas"], **summary["baris"]))
    if found.published.exists():
        console.print(say("published_at", lang, path=found.published), soft_wrap=True)
    _report(console, summary, found, lang)
    _site(console, summary, found, lang)
    console.print(say("see", lang))


def _report(console: Console, summary: dict[str, Any], found: Settings, lang: str) -> None:
    """Where the report lies, and what of it could not be written."""
    page = found.laporan / reports.PAGES[lang]
    if page.exists():
        console.print(say("report_at", lang, path=page), soft_wrap=True, markup=False)
    notes = [Note(**note) for note in summary.get("catatan_laporan", ())]
    for sentence in reports.sentences(notes, lang):
        console.print(sentence, soft_wrap=True, markup=False)


def _site(console: Console, summary: dict[str, Any], found: Settings, lang: str) -> None:
    """Where the dashboard lies, or why it is the old one."""
    fault = summary.get("situs", {}).get("galat")
    index = found.site / "index.html"
    if fault:
        told = say("no_site", lang, fault=fault, path=index if index.exists() else "-")
        console.print(told, style="bold", soft_wrap=True, markup=False)
    elif index.exists():
        console.print(say("site_at", lang, path=index), soft_wrap=True, markup=False)


def _main_figures(console: Console, summary: dict[str, Any], lang: str) -> None:
    """One small table a unit, so that names stay whole on a narrow screen."""
    for (unit, year), rows in groupby(summary["iku"], key=lambda r: (r["unit"], r["periode"])):
        title = f"{say('main_figures', lang)}: {unit}, {year}"
        table = Table(title=title, title_justify="left", show_edge=False)
        table.add_column(say("indicator", lang))
        for word in ("target", "actual", "achieved"):
            table.add_column(say(word, lang), justify="right", no_wrap=True)
        table.add_column(say("category", lang))
        for row in rows:
            table.add_row(*(row[c] for c in ("indikator", "target", "realisasi", "capaian", "kategori")))
        console.print(table)


def _units(console: Console, summary: dict[str, Any], lang: str) -> None:
    table = Table(title=say("units", lang), title_justify="left", show_edge=False)
    table.add_column(say("unit", lang))
    table.add_column(say("year", lang), no_wrap=True)
    for word in ("out", "held", "stale", "found"):
        table.add_column(say(word, lang), justify="right")
    others: dict[str, int] = {}
    codes = set()
    for row in summary["unit"]:
        if row["utama"] and (row["tahun"] <= row["terakhir"] or any(row[c] for c in _TROUBLE)):
            table.add_row(row["unit"], row["tahun"], *_counts(row))
        elif not row["utama"]:
            codes.add(row["unit"])
            for name in ("terbit", "ditahan", "basi", "tolak", "tahan", "ingat"):
                others[name] = others.get(name, 0) + row[name]
    if codes:
        table.add_row(say("others", lang, n=len(codes)), "", *_counts(others))
    console.print(table)


def _counts(row: dict[str, Any]) -> tuple[str, str, str, str]:
    found = f"{row['tolak']}/{row['tahan']}/{row['ingat']}"
    return str(row["terbit"]), str(row["ditahan"]), str(row["basi"]), found


def _rules(console: Console, summary: dict[str, Any], lang: str) -> None:
    if not summary["aturan"]:
        return
    table = Table(title=say("by_rule", lang), title_justify="left", show_edge=False)
    table.add_column(say("rule", lang), no_wrap=True)
    table.add_column(say("consequence", lang))
    table.add_column(say("count", lang), justify="right")
    table.add_column(say("example", lang))
    for row in summary["aturan"][:_RULES_SHOWN]:
        example = _short(row["contoh" if lang == "id" else "contoh_en"])
        table.add_row(row["aturan"], row["akibat"], str(row["banyak"]), example)
    console.print(table)


def _short(text: str) -> str:
    return text if len(text) <= _EXAMPLE_LENGTH else text[:_EXAMPLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _waived(console: Console, summary: dict[str, Any], lang: str) -> None:
    """What stands in ``pengecualian.yaml`` and is used: who answers for it, why, until when."""
    if summary.get("pengecualian"):
        console.print(say("waived", lang), style="bold")
    for row in summary.get("pengecualian", ()):
        console.print(f"  • {say('waiver', lang, **row)}", markup=False)


def _restated(console: Console, summary: dict[str, Any], lang: str) -> None:
    """Published figures of closed periods that changed, and the question why."""
    restated = summary.get("ralat") or {}
    if restated.get("sekarang"):
        console.print(say("restated", lang, n=restated["sekarang"]))
    if restated.get("tanpa_alasan"):
        console.print(say("unexplained", lang, n=restated["tanpa_alasan"]), style="bold")


def _held(console: Console, summary: dict[str, Any], lang: str) -> None:
    if not summary["sebab_ditahan"]:
        return
    console.print(say("why_held", lang), style="bold")
    for reason, figures in summary["sebab_ditahan"].items():
        console.print(f"  • {reason}", markup=False)
        more = f" … +{len(figures) - 3}" if len(figures) > 3 else ""
        console.print(f"      {'; '.join(figures[:3])}{more}", markup=False, style="dim")
