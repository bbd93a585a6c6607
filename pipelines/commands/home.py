"""What every command gets and shares: the settings, the language, refusals, output to screen or file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pipelines.settings import Settings
from pipelines.words import say


class Refused(click.ClickException):
    """What was asked cannot be answered; one plain sentence, without the usage of the command."""

    def show(self, file: Any = None) -> None:
        """Print the sentence to standard error."""
        click.echo(f"lumbung: {self.format_message()}", err=True)


class Home:
    """What every command gets: the settings and the language."""

    def __init__(self, found: Settings, lang: str) -> None:
        self.settings = found
        self.lang = lang

    def say(self, text: str, **facts: Any) -> None:
        """Print a sentence in the user's language."""
        click.echo(say(text, self.lang, **facts))


def proper_scope(unit: str, period: str) -> None:
    """Refuse a unit or period that cannot be one, before anything is done."""
    from warehouse.values.periods import Period

    if unit and not (unit.isdigit() and len(unit) == 6):
        raise click.UsageError(f"--unit {unit!r}: kode kecamatan terdiri atas 6 angka, mis. 630103")
    if period:
        try:
            Period.parse(period)
        except ValueError as fault:
            raise click.UsageError(f"--period {period!r}: {fault}") from fault


def key_of(parts: Sequence[str]) -> dict[str, str]:
    """Key columns with their values, from ``COLUMN=VALUE`` words."""
    wanted = {}
    for part in parts:
        name, mark, value = part.partition("=")
        if not mark:
            raise click.UsageError(f"{part!r}: kunci ditulis KOLOM=NILAI, mis. periode=2025")
        wanted[name] = value
    return wanted


def out(said: str, to: Path | None) -> None:
    """To the screen, or into a file."""
    if to is None:
        click.echo(said)
        return
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(said + "\n", encoding="utf-8")
    except OSError as closed:
        raise Refused(f"tidak dapat ditulis ({closed}); pilih berkas lain: --to BERKAS") from closed
