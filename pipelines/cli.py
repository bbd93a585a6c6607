"""The command line: what an officer, an auditor or a scheduler types (design section 5).

Messages are Indonesian, English with ``--lang en``. Heavy libraries are imported by the command that needs
them. Exit codes: 0 clean, 1 nothing published, 2 figures withheld, 3 some files not taken, 64 wrong usage,
70 an internal error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipelines.commands import answers, intake, job, opened, proof
from pipelines.commands.home import Home
from pipelines.settings import prepare_environment, settings, version

WRONG_USAGE, INTERNAL = 64, 70


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


for _command in (
    *(intake.accept, intake.check, intake.files, intake.withdraw, intake.template),
    *(job.run, job.serve),
    *(answers.findings, answers.why, answers.diff, answers.riwayat),
    *(proof.evidence, proof.verify, opened.report),
):
    lumbung.add_command(_command)


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
