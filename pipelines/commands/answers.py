"""What the published file answers: findings, the way back of a figure, what changed, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pipelines.commands.home import Home, Refused, key_of, out


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "xlsx", "html"]), default="table")
@click.option("--to", type=click.Path(path_type=Path), help="Berkas tujuan (untuk json, xlsx, html).")
@click.option("--unit", help="Hanya unit ini.")
@click.option("--period", help="Hanya periode ini; satu tahun beserta triwulannya.")
@click.option("--akibat", type=click.Choice(["tolak", "tahan", "ingat", "henti"]), help="Hanya akibat ini.")
@click.option("--aturan", help="Hanya aturan ini.")
@click.option("--since", help="Hanya yang muncul sejak tanggal (2026-01-31) atau jalan_id ini.")
@click.pass_obj
def findings(home: Home, /, form: str, to: Path | None, **asked: Any) -> None:
    """Temuan dari jalan terakhir: di mana, apa yang tertulis, apa yang seharusnya, apa yang dilakukan."""
    from pipelines import findings_view
    from pipelines.changes import NoHistory

    try:
        said = findings_view.write(home.settings, findings_view.Narrowed(**asked), form, to, home.lang)
    except (findings_view.NothingPublished, NoHistory) as fault:
        raise Refused(str(fault)) from fault
    except OSError as closed:
        raise Refused(f"tidak dapat ditulis ({closed}); pilih berkas lain: --to BERKAS") from closed
    click.echo(said)


@click.command()
@click.argument("table")
@click.argument("key", nargs=-1)
@click.option("--kolom", help="Hanya kolom ini; kolom apa pun dapat ditanyakan.")
@click.option("--semua", is_flag=True, help="Semua kolom, label dan catatan baris juga.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
@click.option("--to", type=click.Path(path_type=Path), help="Berkas yang ditulis; bawaan: layar.")
@click.pass_obj
def why(
    home: Home, /, table: str, key: Sequence[str], kolom: str | None, semua: bool, form: str, to: Path | None
) -> None:
    """Asal satu angka: rumus, dasar hukum, sampai berkas, lembar dan sel. Contoh kunci: kode_unit=630103."""
    from pipelines.why import Asked, NotFound, written

    asked = Asked(table, key_of(key), kolom, semua, home.lang)
    try:
        out(written(home.settings.published, asked, form), to)
    except NotFound as fault:
        raise Refused(str(fault)) from fault


@click.command()
@click.option("--since", help="Tanggal (2026-01-31) atau jalan_id; bawaan: perubahan pada jalan terakhir.")
@click.option("--until", help="Sampai tanggal atau jalan_id ini.")
@click.option("--unit", help="Hanya angka kecamatan ini.")
@click.option("--tabel", "table", help="Hanya tabel ini.")
@click.option("--pertama", is_flag=True, help="Bandingkan yang pertama terbit dengan yang berlaku sekarang.")
@click.option("--ralat", is_flag=True, help="Hanya ralat: angka terbit periode yang sudah lewat yang diubah.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--to", type=click.Path(path_type=Path), help="Berkas yang ditulis; bawaan: layar.")
@click.pass_obj
def diff(home: Home, /, form: str, to: Path | None, **asked: Any) -> None:
    """Angka yang berubah, dengan sebabnya: berkas, koreksi, pengecualian, konfigurasi, aturan, program."""
    from pipelines import changes

    try:
        out(changes.written(home.settings.published, changes.Asked(**asked), form, home.lang), to)
    except changes.NoHistory as fault:
        raise Refused(str(fault)) from fault


@click.command()
@click.argument("table")
@click.argument("key", nargs=-1, required=True)
@click.option("--kolom", help="Hanya kolom ini.")
@click.option(
    "--pada", help="Yang berlaku pada akhir tanggal ini (2026-03-31, UTC) atau sesudah jalan_id ini."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def riwayat(
    home: Home, /, table: str, key: Sequence[str], kolom: str | None, pada: str | None, form: str
) -> None:
    """Apa yang pernah terbit dari satu baris, sejak kapan, mengapa berubah; atau yang berlaku satu hari."""
    from pipelines import changes

    try:
        click.echo(changes.spoken(home.settings.published, table, key_of(key), kolom, pada, form, home.lang))
    except changes.NoHistory as fault:
        raise Refused(str(fault)) from fault
