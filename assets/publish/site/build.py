"""Write all pages beside the old site, then put the new folder in its place: nobody meets half a site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from assets.publish.site import office, overview
from assets.publish.site.material import Bahan
from assets.publish.site.render import Pencetak
from assets.publish.site.wording import LANGUAGES

_SHARED = Path(__file__).parent / "berkas"
Page = tuple[str, str]


def build(bahan: Bahan, target: Path) -> int:
    """Make the site of the material in ``target``.

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
        for lang in LANGUAGES:
            printer = Pencetak(bahan, lang)
            below = building if lang == "id" else building / lang
            for name, text in _pages(bahan, printer):
                path = below / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                written += 1
        swap(building, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return written


def _pages(bahan: Bahan, printer: Pencetak) -> Iterator[Page]:
    lines = overview.semua(bahan)
    yield (
        "index.html",
        printer.page("ikhtisar.html", "", halaman="index.html", baris=lines, lain=overview.lainnya(bahan)),
    )
    for unit in bahan.melapor:
        mine = [line for line in lines if line.unit == unit]
        name = f"unit/{unit}.html"
        yield name, printer.page("unit.html", "../", halaman=name, kantor=office.kantor(bahan, unit, mine))


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
