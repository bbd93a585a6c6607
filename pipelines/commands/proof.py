"""Evidence packs: made, and proved without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.home import Home, Refused, proper_scope

if TYPE_CHECKING:
    from assets.publish.evidence.figures import Recomputed


@click.command()
@click.option("--unit", required=True, help="Kode kecamatan, 6 angka.")
@click.option("--period", required=True, help="Periode: 2025 (beserta triwulannya) atau 2025-TW1.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="Berkas .zip yang ditulis.")
@click.pass_obj
def evidence(home: Home, unit: str, period: str, to: Path) -> None:
    """Paket bukti satu unit dan periode: angka, asalnya, temuan, aturan; dirantai dan disegel."""
    from pipelines import evidence as pack

    proper_scope(unit, period)
    try:
        made = pack.make(home.settings, unit, period, to)
    except pack.CannotProve as fault:
        raise Refused(str(fault)) from fault
    home.say("evidence_made", path=to, n=made.bagian, segel=made.segel)


@click.command()
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
