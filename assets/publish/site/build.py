"""Write all pages beside the old site, then put the new folder in its place: nobody meets half a site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from assets.publish.rule_book import by_kind
from assets.publish.site import comparison, office, open_files, origins, overview, villages
from assets.publish.site.material import Bahan
from assets.publish.site.render import Pencetak
from assets.publish.site.wording import LANGUAGES
from assets.publish.way_back import assets
from warehouse.formulas import registry

_SHARED = Path(__file__).parent / "berkas"
Page = tuple[str, str]


def build(bahan: Bahan, con: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Make the site of the material in ``target``.

    Args:
        bahan: what stands on the pages.
        con: the published warehouse, for the way back of the figures.
        target: the folder of the site.

    Returns:
        How many pages it has.

    Raises:
        OSError: the folder cannot be written or put in place; the old site stays.
    """
    building = target.with_name(f".{target.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    written = 0
    try:
        shutil.copytree(_SHARED, building / "berkas")
        (building / "berkas" / "asal.js").write_text(assets.script(), encoding="utf-8")
        (building / "berkas" / "asal.css").write_text(assets.style(), encoding="utf-8")
        for name, text in origins.skrip(bahan, con):
            _write(building / name, text)
        for lang in LANGUAGES:
            for name, text in _pages(bahan, Pencetak(bahan, lang)):
                _write(building / ("" if lang == "id" else lang) / name, text)
                written += 1
        swap(building, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return written


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _pages(bahan: Bahan, printer: Pencetak) -> Iterator[Page]:
    lines = overview.semua(bahan)
    yield printer.page("ikhtisar.html", "index.html", baris=lines, lain=overview.lainnya(bahan))
    for unit in bahan.melapor:
        mine = [line for line in lines if line.unit == unit]
        about = office.kantor(bahan, unit, mine, printer.kata)
        yield printer.page("unit.html", f"unit/{unit}.html", kantor=about)
    yield from _comparisons(bahan, printer)
    yield from _villages(bahan, printer)
    yield _rules(bahan, printer)
    tables = open_files.tabel(bahan)
    others = open_files.lainnya(bahan, tables)
    yield printer.page("tentang.html", "tentang.html", tabel=tables, lain=others)


def _comparisons(bahan: Bahan, printer: Pencetak) -> Iterator[Page]:
    found = comparison.semua(bahan)
    scopes = list(comparison.menurut_lingkup(found))
    yield printer.page("banding.html", "banding/index.html", menurut_lingkup=scopes)
    for _, mine in scopes:
        for one in mine:
            yield printer.page("banding_satu.html", one.halaman, banding=one, saudara=mine)


def _villages(bahan: Bahan, printer: Pencetak) -> Iterator[Page]:
    listed = []
    for unit in bahan.berdesa:
        found = villages.desa_desa(bahan, unit)
        listed.append({"kode": unit, "kab": unit[:4], "desa": len(found)})
        yield printer.page("desa_unit.html", f"desa/{unit}.html", unit=unit, desa=found)
    yield printer.page("desa.html", "desa/index.html", unit=listed)


def _rules(bahan: Bahan, printer: Pencetak) -> Page:
    judged: dict[str, tuple[int, int]] = {}
    for row in bahan.told.aturan:
        if row["tabel"]:
            rows, broken = judged.get(row["aturan"], (0, 0))
            judged[row["aturan"]] = (rows + row["dinilai"], broken + row["pelanggar"])
    rules = list(by_kind(bahan.tahu.aturan, printer.lang))
    return printer.page(
        "aturan.html", "aturan.html", aturan=rules, cakupan=judged, rumus=list(registry.semua())
    )


def swap(new: Path, target: Path) -> None:
    """Put a folder in another's place; where that fails half-way the old one is put back.

    Two renames, for no system renames a folder over one that is not empty: between them lies a moment
    without a site, never one with half of it.
    """
    old = target.with_name(f".{target.name}.lama")
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
