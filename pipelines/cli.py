"""The command line: what an officer, an auditor or a scheduler types (design section 5).

Messages are Indonesian, English with ``--lang en``. Heavy libraries are imported by the command that needs
them. Exit codes: 0 clean, 1 nothing published, 2 figures withheld, 3 some files not taken, 64 wrong usage,
70 an internal error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.settings import Settings, prepare_environment, settings, version
from pipelines.words import say

if TYPE_CHECKING:
    from assets.publish.evidence.figures import Recomputed

WRONG_USAGE, INTERNAL = 64, 70


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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder data (raw/ dan warehouse/); bawaan: folder program.",
)
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", help="Bahasa pesan.")
@click.version_option(version(), prog_name="lumbung")
@click.pass_context
def lumbung(context: click.Context, home: Path | None, lang: str) -> None:
    """Lumbung: berkas kantor kecamatan masuk, tiap angka ditimbang, satu gudang keluar."""
    found = settings(home)
    prepare_environment(found)
    context.obj = Home(found, lang)


@lumbung.command()
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


@lumbung.command()
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


@lumbung.command()
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

    _proper_scope(unit, period)
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


def _proper_scope(unit: str, period: str) -> None:
    from warehouse.values.periods import Period

    if unit and not (unit.isdigit() and len(unit) == 6):
        raise click.UsageError(f"--unit {unit!r}: kode kecamatan terdiri atas 6 angka, mis. 630103")
    if period:
        try:
            Period.parse(period)
        except ValueError as fault:
            raise click.UsageError(f"--period {period!r}: {fault}") from fault


@lumbung.command()
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


@lumbung.command()
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

    asked = Asked(table, _key(key), kolom, semua, home.lang)
    try:
        _out(written(home.settings.published, asked, form), to)
    except NotFound as fault:
        raise Refused(str(fault)) from fault


def _key(parts: Sequence[str]) -> dict[str, str]:
    wanted = {}
    for part in parts:
        name, mark, value = part.partition("=")
        if not mark:
            raise click.UsageError(f"{part!r}: kunci ditulis KOLOM=NILAI, mis. periode=2025")
        wanted[name] = value
    return wanted


def _out(said: str, to: Path | None) -> None:
    """To the screen, or into a file."""
    if to is None:
        click.echo(said)
        return
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(said + "\n", encoding="utf-8")
    except OSError as closed:
        raise Refused(f"tidak dapat ditulis ({closed}); pilih berkas lain: --to BERKAS") from closed


@lumbung.command()
@click.pass_obj
def files(home: Home) -> None:
    """Berkas yang pernah diterima: pengenal untuk withdraw, keadaan, sumber, unit, periode, nama."""
    from pipelines import received

    for line in received.lines(home.settings.home):
        click.echo(line)


@lumbung.command()
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


@lumbung.command()
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


@lumbung.command()
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
        _out(changes.written(home.settings.published, changes.Asked(**asked), form, home.lang), to)
    except changes.NoHistory as fault:
        raise Refused(str(fault)) from fault


@lumbung.command()
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
        click.echo(changes.spoken(home.settings.published, table, _key(key), kolom, pada, form, home.lang))
    except changes.NoHistory as fault:
        raise Refused(str(fault)) from fault


@lumbung.command()
@click.option("--unit", required=True, help="Kode kecamatan, 6 angka.")
@click.option("--period", required=True, help="Periode: 2025 (beserta triwulannya) atau 2025-TW1.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Berkas .zip yang ditulis.")
@click.pass_obj
def evidence(home: Home, unit: str, period: str, to: Path) -> None:
    """Paket bukti satu unit dan periode: angka, asalnya, temuan, aturan; dirantai dan disegel."""
    from pipelines import evidence as pack

    _proper_scope(unit, period)
    try:
        made = pack.make(home.settings, unit, period, to)
    except pack.CannotProve as fault:
        raise Refused(str(fault)) from fault
    home.say("evidence_made", path=to, n=made.bagian, segel=made.segel)


@lumbung.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--segel", help="Segel yang dicetak saat paket dibuat.")
@click.option(
    "--masukan",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Map berkas masukan untuk dicocokkan sidiknya.",
)
@click.pass_obj
def verify(home: Home, pack: Path, segel: str | None, masukan: Path | None) -> None:
    """Buktikan sebuah paket bukti tanpa jaringan dan tanpa gudang; sebut bagian yang tidak cocok."""
    from assets.publish.evidence import container, figures
    from pipelines.evidence import CannotProve, inputs

    proof = container.verify(pack, segel)
    for fault in proof.faults:
        home.say("verify_fault", part=fault.bagian, why=fault.sebab if home.lang == "id" else fault.sebab_en)
    if proof.faults:
        sys.exit(1)
    unit, periode = proof.tentang.get("kode_unit"), proof.tentang.get("periode")
    home.say("verified", n=proof.bagian, unit=unit, periode=periode, segel=proof.segel)
    if proof.tentang.get(figures.ABOUT) == figures.FORM:
        _recomputed(home, figures.recompute(pack))
    if not segel:
        home.say("verify_seal")
    if masukan is None:
        return
    try:
        held = inputs(pack, masukan)
    except CannotProve as wrong:
        raise Refused(str(wrong)) from wrong
    home.say("verify_inputs", have=held.semua - len(held.tidak_ada), all=held.semua, folder=masukan)
    for name in held.tidak_ada:
        home.say("verify_missing", name=name)
    sys.exit(2 if held.tidak_ada else 0)


def _recomputed(home: Home, found: Recomputed) -> None:
    """Tell what recomputing the figures of a pack gave; exit 1 where one does not follow from its trail."""
    if found.faults and not found.same_formulas:
        home.say("verify_other_formulas", pack=found.versi_paket, now=found.versi_kini)
        return
    for fault in found.faults:
        home.say("verify_fault", part=fault.bagian, why=fault.sebab if home.lang == "id" else fault.sebab_en)
    if found.faults:
        sys.exit(1)
    home.say("verify_figures", n=found.banyak)


@lumbung.command()
@click.option("--port", default=3000, show_default=True)
@click.pass_obj
def serve(home: Home, port: int) -> None:
    """Jalankan layar Dagster di 127.0.0.1: graf, jadwal, kotak masuk, pemeriksaan."""
    from pipelines.serve import serve as start

    home.say("serving", port=port)
    sys.exit(start(port))


def main() -> None:
    """Entry point: wrong usage is 64, an error of ours 70 (contract 7.5)."""
    try:
        code = lumbung.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(WRONG_USAGE)
    except Exception as fault:
        _tell_internal(fault)
        sys.exit(INTERNAL)
    sys.exit(code if isinstance(code, int) else 0)


def _tell_internal(fault: Exception) -> None:
    import traceback

    traceback.print_exc()
    said = {"galat": type(fault).__name__, "uraian": str(fault), "versi": version()}
    click.echo("Galat di dalam lumbung, bukan pada berkas Anda; terbitan lama tidak berubah.", err=True)
    click.echo(json.dumps(said, ensure_ascii=False), err=True)


if __name__ == "__main__":
    main()
