"""Bringing a report that a person has edited to the present figures, without touching a word of hers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from assets.publish.bab_iii.blocks import Angka, Grafik, Kalimat
from assets.publish.bab_iii.word import package
from assets.publish.bab_iii.word.bound import Bound, Register, controls
from assets.publish.bab_iii.word.markup import Element, run, text_of
from assets.publish.bab_iii.word.picture import redraw
from assets.publish.bab_iii.word.rereading import outdated, paragraphs
from warehouse.values.numbers import tampil

Nasib = Literal["berubah", "ditulis_tangan", "ditahan", "hilang"]
_AROUND = 60  # letters of the paragraph on each side


class NotOurs(ValueError):
    """The document holds no list of bound figures: not written by lumbung, or the list is lost."""


@dataclass(frozen=True)
class Perubahan:
    """What became of one bound figure, at one place of the document.

    Attributes:
        nasib: ``berubah`` (written anew), ``ditulis_tangan`` (a person wrote something else: left),
            ``ditahan`` (no longer published: the word stands there now), ``hilang`` (the warehouse has no
            such figure any more: left).
        alamat: where the figure stands in the warehouse.
        lama, baru: the letters in the document before, and of the warehouse now.
        sekitar: the paragraph around it, for her to check her words against the figure.
        alasan: why it is withheld or old.
    """

    nasib: Nasib
    alamat: str
    lama: str
    baru: str
    sekitar: str
    alasan: str | None = None


@dataclass(frozen=True)
class Pembaruan:
    """What a refresh did.

    Attributes:
        perubahan: in reading order; figures that are as they were are not in it.
        sama: places whose figure is as it was.
        dihapus: addresses of figures that a person took out of the document.
        grafik: keys of charts that were drawn anew.
        grafik_lama: keys of charts that could not be, and may show figures that have changed.
        keterangan: whose report it is and of which run: ``kode_unit``, ``periode``, ``jalan_id``.
        kalimat: sentences as they stand, each with what would be written now, where words differ.
        paragraf: the letters of every paragraph that the document now has.
    """

    perubahan: tuple[Perubahan, ...]
    sama: int
    dihapus: tuple[str, ...]
    grafik: tuple[str, ...] = ()
    grafik_lama: tuple[str, ...] = ()
    keterangan: Mapping[str, str] = field(default_factory=dict)
    kalimat: tuple[tuple[str, str], ...] = ()
    paragraf: tuple[str, ...] = ()


def bound(path: Path) -> tuple[tuple[Bound, ...], Mapping[str, str]]:
    """The figures a document is bound to, and whose report it is.

    Raises:
        NotOurs: no list of bound figures in it.
    """
    register, facts = _register(_opened(path), path)
    return tuple(register), facts


def refresh(
    path: Path,
    sekarang: Mapping[str, Angka],
    to: Path,
    keterangan: Mapping[str, str] | None = None,
    *,
    grafik: Iterable[Grafik] = (),
    kalimat: Iterable[Kalimat] = (),
    timpa: bool = False,
) -> Pembaruan:
    """Write the document with present figures.

    Args:
        path: a document of ``write``, edited since.
        sekarang: present figures by address (``str(Alamat)``).
        to: the file to write; may be ``path``.
        keterangan: facts of the run that the figures are of (``jalan_id``, ``diterbitkan_pada``).
        grafik: the charts of the report as they would be drawn now.
        kalimat: the sentences of the report as they would be written now.
        timpa: also where a person wrote something else.

    Raises:
        NotOurs: no list of bound figures in it.
    """
    document = _opened(path)
    register, facts = _register(document, path)
    before = {entry.id: entry for entry in register}
    changes: list[Perubahan] = []
    seen: set[str] = set()
    same = 0
    for tag, control in controls(document):
        if tag not in before:
            continue
        seen.add(tag)
        change = _refreshed(before[tag], control, sekarang.get(before[tag].alamat), register, timpa=timpa)
        changes += [change] if change else []
        same += change is None
    facts |= keterangan or {}
    drawn, old = redraw(document, {g.kunci: g for g in grafik})
    register.store(document, facts)
    package.save(document, to)
    gone = tuple(dict.fromkeys(e.alamat for e in before.values() if e.id not in seen))
    words = outdated(document, {tag: entry.alamat for tag, entry in before.items()}, kalimat)
    return Pembaruan(tuple(changes), same, gone, drawn, old, facts, words, paragraphs(document))


def _refreshed(
    entry: Bound, control: Element, now: Angka | None, register: Register, *, timpa: bool
) -> Perubahan | None:
    stands = text_of(control.find(qn("w:sdtContent")))
    around = _around(control)
    if now is None:
        return Perubahan("hilang", entry.alamat, stands, "", around)
    new = _written(entry, now)
    if stands.strip() == new.strip():  # a blank that she typed beside it is hers
        _remember(register, entry, now, new)
        return None
    if stands.strip() != entry.teks.strip() and not timpa:
        return Perubahan("ditulis_tangan", entry.alamat, stands, new, around, now.alasan)
    _replace(control, new)
    _remember(register, entry, now, new)
    fate: Nasib = "ditahan" if now.keadaan in ("ditahan", "kosong") else "berubah"
    return Perubahan(fate, entry.alamat, stands, new, around, now.alasan)


def _remember(register: Register, entry: Bound, now: Angka, teks: str) -> None:
    nilai = None if now.nilai is None else Decimal(now.nilai)
    register.update(entry.id, nilai=nilai, teks=teks, keadaan=now.keadaan)


def _written(entry: Bound, now: Angka) -> str:
    """The present value in the letters in which the old one was written: its sign, unit and decimals."""
    if now.nilai is None or entry.nilai is None or entry.satuan == "tahun":
        return now.teks
    if entry.nilai == now.nilai:
        return entry.teks
    value = Decimal(now.nilai)
    unsigned = entry.nilai < 0 and not entry.teks.startswith("-")
    shown = tampil(abs(value) if unsigned else value, len(entry.teks.rstrip("%").partition(",")[2]))
    minus, digits = ("-", shown[1:]) if shown.startswith("-") else ("", shown)
    money = "Rp" if entry.teks.lstrip("-").startswith("Rp") else ""
    return f"{minus}{money}{digits}{'%' if entry.teks.endswith('%') else ''}"


def _replace(control: Element, text: str) -> None:
    """New letters in the look of the old ones."""
    content = control.find(qn("w:sdtContent"))
    runs = list(content.iter(qn("w:r")))
    lettered = next((r for r in runs if text_of(r)), None)  # LibreOffice lays an empty run before it
    look = None if lettered is None else lettered.find(qn("w:rPr"))
    made = run(text)
    if look is not None:
        made.insert(0, look)
    if runs:
        runs[0].addprevious(made)
    else:
        content.append(made)
    for old in runs:
        old.getparent().remove(old)


def _around(control: Element) -> str:
    paragraph = next(control.iterancestors(qn("w:p")), None)
    if paragraph is None:
        return ""
    whole, own = text_of(paragraph), text_of(control)
    at = whole.find(own)
    begin, end = max(0, at - _AROUND), at + len(own) + _AROUND
    return ("…" if begin else "") + whole[begin:end] + ("…" if end < len(whole) else "")


def _opened(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as problem:
        raise NotOurs(f"{path.name} bukan dokumen Word (.docx) yang dapat dibuka.") from problem


def _register(document: Document, path: Path) -> tuple[Register, dict[str, str]]:
    found = Register.load(document)
    if found is None:
        raise NotOurs(
            f"{path.name} tidak memuat daftar angka terikat: bukan laporan dari lumbung, atau disimpan "
            "dengan program yang membuang daftar itu. Buat laporan baru, lalu salin tulisan Anda ke dalamnya."
        )
    return found
