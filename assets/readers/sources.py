"""The facts of each source, ``raw/<source>/source.yaml``: who publishes it, what a row is, how it arrives.

What its tables look like is ``layouts.yaml`` (``vocabulary.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from assets.readers.vocabulary import PROGRAM_RAW, VocabularyInvalid

FORMATS = frozenset("xlsx xlsm xls ods csv txt pdf docx json".split())
PRIBADI = ("tidak ada", "ada, tidak diambil", "mungkin ada, tidak diambil")


@dataclass(frozen=True)
class Source:
    """One source.

    Attributes:
        nama: name of its folder.
        judul: what an officer calls it.
        penerbit: who makes it.
        satu_baris: what one row is.
        cara_datang: how and how often it reaches the office.
        format: file kinds it comes in.
        izin: may we keep and publish what is made of it, and why.
        data_pribadi: whether it holds personal data and what becomes of it (one of ``PRIBADI``).
        dasar_hukum: the law that orders or defines it.
        dibaca: whether this version reads it; if not, it is declared only.
        catatan: what somebody who works with it should know.
        urutan: forms that may state the same thing, the one that counts first; each with its plain name.
    """

    nama: str
    judul: str
    penerbit: str
    satu_baris: str
    cara_datang: str
    format: tuple[str, ...]
    izin: str
    data_pribadi: str
    dasar_hukum: str
    dibaca: bool = True
    catatan: str = ""
    urutan: Mapping[str, str] = field(default_factory=dict)


def load(folder: Path) -> Source:
    """The source of one folder.

    Raises:
        VocabularyInvalid: a key missing, unknown, or of a wrong value.
    """
    path = folder / "source.yaml"
    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    where = f"{folder.name}/source.yaml"
    known = {f.name for f in fields(Source)} - {"nama"}
    needed = {f.name for f in fields(Source) if f.default is f.default_factory is MISSING} - {"nama"}
    if unknown := sorted(said.keys() - known):
        raise VocabularyInvalid(f"{where}: {unknown} tidak dikenal; yang ada {sorted(known)}")
    if missing := sorted(n for n in needed if not said.get(n)):
        raise VocabularyInvalid(f"{where}: belum memuat {', '.join(missing)}")
    if odd := sorted(set(said["format"]) - FORMATS):
        raise VocabularyInvalid(f"{where}: format {odd}; yang ada {sorted(FORMATS)}")
    if said["data_pribadi"] not in PRIBADI:
        raise VocabularyInvalid(f"{where}: data_pribadi {said['data_pribadi']!r}; yang ada {PRIBADI}")
    return Source(nama=folder.name, **{**said, "format": tuple(said["format"])})


def all_sources(raw: Path = PROGRAM_RAW) -> list[Source]:
    """Every declared source."""
    return [load(p.parent) for p in sorted(raw.glob("*/source.yaml"))]
