"""Which tables of an arrangement a report has no figures for, and which file would bring them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.publish.bab_iii.blocks import Angka, Dokumen, Tabel, teks
from assets.publish.bab_iii.shelf import Shelf
from warehouse.values.periods import ROMAWI

_FACT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Missing:
    """A table without figures.

    Attributes:
        kunci: name of its definition.
        judul: its title as far as the report's facts fill it.
        sumber: sources (names of ``raw/``) whose files would bring its figures.
    """

    kunci: str
    judul: str
    sumber: tuple[str, ...]


def left_out(dokumen: Dokumen, susunan: str, shelf: Shelf) -> list[Missing]:
    """The tables that the arrangement names and the report does not show with figures, in its order.

    Raises:
        DefinitionBroken: a definition cannot be read.
    """
    tables = {t.kunci: t for t in dokumen.tabel()}
    known = set(shelf.names("tabel", ".yaml"))
    files = shelf.read("berkas.yaml")
    keys = dict.fromkeys(_named(shelf.read(f"susunan/{susunan}.yaml")["isi"]))
    return [
        Missing(key, _title(key, dokumen, shelf), tuple(_sources(key, shelf, files)))
        for key in keys
        if not any(_holds(t) for name, t in tables.items() if name == key or _repeats(name, key, known))
    ]


def _named(parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for part in parts:
        if "tabel" in part:
            yield str(part["tabel"])
        for inner in ("isi", "bersama"):
            if isinstance(part.get(inner), list):
                yield from _named(part[inner])


def _repeats(name: str, key: str, known: set[str]) -> bool:
    """Whether it is the table of one row of a list (``satu_capaian_ikm``), not another definition."""
    return name.startswith(f"{key}_") and name not in known


def _holds(table: Tabel) -> bool:
    return any(isinstance(p, Angka) for row in table.baris for cell in row for p in cell.isi) or any(
        len(row) > 1 and teks(cell.isi) for row in table.baris for cell in row
    )


def _title(key: str, document: Dokumen, shelf: Shelf) -> str:
    year = document.periode[:4]
    quarter = document.periode[-1] if "-TW" in document.periode else ""
    facts = {
        **document.keterangan,
        "tahun": year,
        "tahun_lalu": str(int(year) - 1),
        "triwulan": ROMAWI[int(quarter or 0)],
        "indikator": "tiap indikator",
    }
    title = str(shelf.read(f"tabel/{key}.yaml")["judul"])
    return _FACT.sub(lambda found: facts.get(found[1], "…"), title)


def _sources(key: str, shelf: Shelf, files: Mapping[str, Sequence[str]]) -> list[str]:
    """Of the warehouse tables its figures are from; of those its query reads where it shows only words."""
    tables = re.findall(r"\bdari: ([a-z_]+)\.", shelf.text(f"tabel/{key}.yaml"))
    tables = tables or re.findall(r"\b(?:v1_)?([a-z_]+)\b", shelf.text(f"tabel/{key}.sql"))
    return list(dict.fromkeys(source for table in tables for source in files.get(table, ())))
