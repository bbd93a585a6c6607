"""Files coming in: taken, looked at, taken out again; and the sheets to fill."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pipelines.commands.home import Home, Refused


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--unit", help="Kode kecamatan (6 angka) atau kabupaten (4 angka).")
@click.option("--period", help="Periode: 2025, 2025-TW1, 2025-S1.")
@click.option("--source", help="Sumber, bila isi berkas dapat dibaca sebagai lebih dari satu.")
@click.option("--tegaskan", is_flag=True, help="Pakai --unit/--period walau isi berkas berkata lain.")
@click.option(
    "--replace", metavar="BERKAS_ID", help="Menangkan berkas ini atas edisi lama walau lebih sedikit."
)
@click.option("--reason", help="Alasan untuk --replace.")
@click.option(
    "--ocr/--tanpa-ocr", default=None, help="Baca halaman hasil pindai (tesseract); angkanya ditahan dulu."
)
@click.option("--propose", is_flag=True, help="Untuk tabel yang tidak dikenali: tulis usulan membacanya.")
@click.pass_obj
def accept(home: Home, /, paths: Sequence[Path], propose: bool, **said: Any) -> None:
    """Terima berkas menurut isinya; cetak tiap berkas dikenali sebagai apa."""
    from assets.accept.receive import WrongFlag, receive
    from warehouse.regions import Regions

    if said["replace"] and not said["reason"]:
        raise click.UsageError("--replace membutuhkan --reason")
    try:
        said["ocr"] = home.settings.ocr if said["ocr"] is None else said["ocr"]
        received = receive(list(paths), home.settings.home, Regions.load(), **_renamed(said))
    except WrongFlag as fault:
        raise click.UsageError(str(fault)) from fault
    for one in received:
        click.echo(one.pesan)
    if propose:
        from pipelines.propose import proposals

        for line in proposals(home.settings, received, said["source"], home.lang):
            click.echo(line)
    failed = [r for r in received if r.status in ("tidak_dikenal", "ditolak", "hilang", "konfigurasi_salah")]
    home.say("accept_closing", n=len(received) - len(failed), failed=len(failed))
    sys.exit(3 if failed else 0)


def _renamed(said: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in said.items() if v is not None}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="Folder hasil; bawaan: di samping berkasnya.")
@click.option("--unit", help="Kode kecamatan (6 angka) atau kabupaten (4 angka).")
@click.option("--period", help="Periode: 2025, 2025-TW1, 2025-S1.")
@click.option("--source", help="Sumber, bila isi berkas dapat dibaca sebagai lebih dari satu.")
@click.pass_obj
def check(home: Home, /, paths: Sequence[Path], to: Path | None, **said: Any) -> None:
    """Periksa berkas tanpa menerimanya; buku kerja bertanda dan halaman temuan ditulis di sampingnya."""
    from assets.accept.receive import WrongFlag
    from pipelines.check_outputs import NotWritten
    from pipelines.check_run import run as look

    try:
        code = look(list(paths), home.settings, to, home.lang, **said)
    except WrongFlag as fault:
        raise click.UsageError(str(fault)) from fault
    except NotWritten as fault:
        raise Refused(str(fault)) from fault
    sys.exit(code)


@click.command()
@click.pass_obj
def files(home: Home) -> None:
    """Berkas yang pernah diterima: pengenal untuk withdraw, keadaan, sumber, unit, periode, nama."""
    from pipelines import received

    for line in received.lines(home.settings.home):
        click.echo(line)


@click.command()
@click.argument("berkas_id")
@click.option("--reason", required=True, help="Mengapa berkas ini ditarik.")
@click.pass_obj
def withdraw(home: Home, berkas_id: str, reason: str) -> None:
    """Tarik berkas yang salah; tercatat dan terlihat, tidak dihapus diam-diam."""
    from assets.accept.receive import NoSuchFile
    from assets.accept.receive import withdraw as take_out

    try:
        name = take_out(home.settings.home, berkas_id, reason)
    except NoSuchFile as fault:
        raise Refused(str(fault)) from fault
    home.say("withdrawn", name=name)


class TemplateSource(click.ParamType[str]):
    """A source that has a template, in the home that is used."""

    name = "sumber"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is one."""
        from pipelines.template import sources

        home = ctx.obj if ctx is not None else None
        known = sources(home.settings if isinstance(home, Home) else None)
        if value not in known:
            self.fail(f"sumber {value!r} tidak memiliki templat; yang ada: {', '.join(known)}", param, ctx)
        return str(value)


@click.command()
@click.argument("source", type=TemplateSource())
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Berkas yang ditulis.")
@click.option("--unit", help="Kode kecamatan (6 angka); untuk konfigurasi boleh kabupaten (4 angka).")
@click.option("--year", type=int, help="Tahun angkanya; untuk renstra tahun pertama rencana.")
@click.pass_obj
def template(home: Home, source: str, to: Path, unit: str | None, year: int | None) -> None:
    """Tulis lembar isian satu sumber, dengan pilihan dan rentang menurut aturan yang akan menilainya."""
    from pipelines import template as making

    if source == "konfigurasi" and unit is None:
        raise click.UsageError("templat konfigurasi memerlukan --unit KODE")
    try:
        making.write(home.settings, source, to, unit, year)
    except making.CannotMake as fault:
        raise Refused(str(fault)) from fault
    home.say("template_written", path=to)
