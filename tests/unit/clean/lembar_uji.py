"""Extract tables made by hand: rows as text, kinds and formats where they matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from assets.passing import Context, Sifted
from warehouse import contracts
from warehouse.choices import Choices
from warehouse.indicators import Catalogue
from warehouse.regions import Regions

PELAIHARI, KALUMPANG = "630103", "630609"
_ADDRESS = {
    "berkas_id": pa.string(),
    "lembar": pa.string(),
    "tabel_ke": pa.int64(),
    "baris": pa.int64(),
    "jenis_baris": pa.string(),
    "jenis_sel": pa.string(),
    "format_sel": pa.string(),
    "kode_unit": pa.string(),
    "periode": pa.string(),
    "judul": pa.string(),
}


def context(**units: Mapping[str, Any]) -> Context:
    """The real regions and catalogue; ``u630103={...}`` configures a unit."""
    files = {name.removeprefix("u"): {"pilihan": said} for name, said in units.items()}
    return Context(Regions.load(), Catalogue.load(), Choices.load(files))


def sel(teks: str, jenis: str = "t", format_: str = " ") -> tuple[str, str, str]:
    """A cell of a given kind and format; a plain text in a row is a text cell."""
    return teks, jenis, format_


def n(teks: str, format_: str = " ") -> tuple[str, str, str]:
    """A numeric cell."""
    return teks, "n", format_


def tabel(
    fields: str,
    rows: Iterable[Iterable[Any]],
    *,
    berkas: str = "f1",
    lembar: str = "L",
    ke: int = 1,
    mulai: int = 5,
    unit: str | None = PELAIHARI,
    periode: str | None = "2025",
    judul: str | None = None,
    jenis: Mapping[int, str] | None = None,
) -> pa.Table:
    """An extract table; ``fields`` is split at spaces, ``jenis`` gives ``jenis_baris`` by row index."""
    names = fields.split()
    made = []
    for i, row in enumerate(rows):
        cells = [_cell(c) for c in row]
        cells += [("", " ", " ")] * (len(names) - len(cells))
        made.append(
            {
                "berkas_id": berkas,
                "lembar": lembar,
                "tabel_ke": ke,
                "baris": mulai + i,
                "jenis_baris": (jenis or {}).get(i, "data"),
                "jenis_sel": "".join(c[1] for c in cells),
                "format_sel": "".join(c[2] for c in cells),
                "kode_unit": unit,
                "periode": periode,
                "judul": judul,
                **{
                    n_: c[0] or (periode if n_ == "periode" else None)
                    for n_, c in zip(names, cells, strict=True)
                },
            }
        )
    schema = pa.schema(
        [*_ADDRESS.items(), *((name, pa.string()) for name in names if name not in _ADDRESS)],
        metadata={"fields": ",".join(names)},
    )
    return pa.Table.from_pylist(made, schema=schema)


def _cell(said: Any) -> tuple[str, str, str]:
    if said is None or said == "":
        return "", " ", " "
    return said if isinstance(said, tuple) else (str(said), "t", " ")


def rows(sifted: Sifted, table: str) -> list[dict[str, Any]]:
    """The accepted rows as the warehouse would hold them: proves that they keep the contract."""
    accepted = sifted.accepted
    return contracts.as_rows(accepted if isinstance(accepted, pa.Table) else contracts.build(table, accepted))


def aturan(sifted: Sifted) -> list[str]:
    """Rule ids of the findings, in order of name."""
    return sorted(f.aturan for f in sifted.findings)
