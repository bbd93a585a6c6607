"""The main job, and the screen that schedules it."""

from __future__ import annotations

import sys

import click

from pipelines.commands.home import Home, proper_scope


@click.command()
@click.option(
    "--unit", default="", help="Terbitkan hanya unit ini; yang lain tetap seperti terbitan terakhir."
)
@click.option("--period", default="", help="Terbitkan hanya periode ini.")
@click.option(
    "--reason", default="", help="Alasan bila angka terbit periode yang sudah lewat berubah (ralat)."
)
@click.pass_obj
def run(home: Home, unit: str, period: str, reason: str) -> None:
    """Terima isi raw/inbox, lalu baca, periksa, hitung, terbitkan; tutup dengan tabel ringkas."""
    from pipelines import closing
    from pipelines.run import NOTHING_PUBLISHED
    from pipelines.run import run as run_job

    proper_scope(unit, period)
    with closing.progress(home.lang) as told:
        ran = run_job(home.settings, unit=unit, period=period, reason=reason.strip(), told=told)
    if ran.stopped:
        click.echo(ran.stopped, err=True)
        sys.exit(NOTHING_PUBLISHED)
    _in_english(home)
    closing.show(ran, home.settings, home.lang)
    sys.exit(ran.code)


def _in_english(home: Home) -> None:
    """The English page for whoever works in English; once there, every run keeps it up to date."""
    from assets.publish.validation.reports import PAGES

    page = home.settings.laporan / PAGES["en"]
    if home.lang == "en" and home.settings.published.exists() and not page.exists():
        from pipelines import findings_view

        findings_view.write(home.settings, findings_view.Narrowed(), "html", page, "en")


@click.command()
@click.option("--port", default=3000, show_default=True, help="Layar Dagster")
@click.option("--port-situs", "site", default=3080, show_default=True, help="Dasbor")
@click.pass_obj
def serve(home: Home, port: int, site: int) -> None:
    """Tampilkan dasbor dan layar Dagster (graf, jadwal, kotak masuk, pemeriksaan) di 127.0.0.1."""
    from pipelines.serve import PortTaken
    from pipelines.serve import serve as start

    home.say("serving", port=port, site=site)
    try:
        sys.exit(start(home.settings, port, site))
    except PortTaken as fault:
        raise click.UsageError(f"port {fault} sedang dipakai; pilih yang lain dengan --port-situs") from fault
