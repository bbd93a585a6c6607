"""What people open: the report of a unit."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.home import Home, Refused, proper_scope

if TYPE_CHECKING:
    from assets.publish.bab_iii.word import Pembaruan
    from pipelines.bab_iii import Made


@click.command()
@click.option("--unit", required=True, help="Kode kecamatan, 6 angka.")
@click.option("--year", type=int, required=True, help="Tahun laporan.")
@click.option("--quarter", type=click.IntRange(1, 4), help="Pemantauan sampai triwulan ini.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Folder hasil.")
@click.option("--gaya", help="Gaya Word; bawaan: konfigurasi unit (laporan: gaya), lalu baku.")
@click.option(
    "--susunan", help="Susunan laporan; bawaan: konfigurasi unit, lalu lima_perbandingan; atau triwulan."
)
@click.option(
    "--perbarui",
    type=click.Path(path_type=Path),
    help="Laporan Word yang sudah disunting: angkanya diperbarui, tulisan Anda tetap.",
)
@click.option("--timpa", is_flag=True, help="Tulis baru walau laporan Word itu sudah ada.")
@click.pass_obj
def report(home: Home, /, unit: str, **asked: Any) -> None:
    """Bab III satu kecamatan: Word, Excel, dan halaman; tiap angkanya terikat pada gudang data."""
    from pipelines import bab_iii

    proper_scope(unit, "")
    try:
        made = bab_iii.make(home.settings, bab_iii.Asked(unit, **asked))
    except bab_iii.CannotMake as fault:
        raise Refused(fault.said(home.lang)) from fault
    _told(home, made)
    sys.exit(made.code)


def _told(home: Home, made: Made) -> None:
    for file in made.files:
        home.say("template_written", path=file)
    if made.refreshed is not None:
        _changes(home, made.refreshed)
    states = {state: made.states.get(state, 0) for state in ("ditahan", "basi")}
    n = sum(made.states.values())
    home.say("report_figures", n=n, when=made.published_at, peka=made.sensitive, **states)
    if made.slots:
        home.say("report_slots", n=sum(made.slots.values()))
        for hint, times in made.slots.items():
            click.echo(f"   {hint}{f' ({times}x)' if times > 1 else ''}")
    if made.missing:
        home.say("report_missing", n=len(made.missing))
        for one in made.missing:
            home.say("report_bring", title=one.judul, sources=", ".join(one.sumber) or "-")


def _changes(home: Home, done: Pembaruan) -> None:
    fates = Counter(change.nasib for change in done.perubahan)
    counts = {fate: fates[fate] for fate in ("berubah", "ditahan", "ditulis_tangan", "hilang")}
    home.say("report_changed", sama=done.sama, dihapus=len(done.dihapus), **counts)
    if done.kalimat:
        home.say("report_words", n=len(done.kalimat))
        for stands, now in done.kalimat:
            click.echo(f"   {stands}\n      -> {now}")
    if prose := [c for c in done.perubahan if c.nasib != "berubah" or c.sekitar != c.lama]:
        home.say("report_look")
        for change in prose:
            click.echo(f"   [{change.nasib}] {change.lama} -> {change.baru or '-'} · {change.sekitar}")
    if alone := len(done.perubahan) - len(prose):
        home.say("report_cells", n=alone)
