"""Figures in the reports: what does not go out and why, and what each unit's year came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from assets.publish.shown import with_names
from warehouse import contracts

# The light of a unit's year, from the worst on; a year of which there is only a plan is not judged by it.
PLANNED = "rencana"
LIGHTS = ("ditahan", "perbaiki", "catatan", "bersih", PLANNED)
_PLANS = ("renstra_iku",)
_OPEN = ("henti", "tahan", "tolak", "ingat")
# The year of a row, whatever its table calls it.
YEAR = ("periode", "tahun", "tahun_lhe")


class Held(NamedTuple):
    """One row of figures that does not go out whole; ``sebagian`` where only side figures are empty."""

    tabel: str
    kunci: str
    kode_unit: str | None
    periode: str | None
    status: str
    alasan: str

    @property
    def angka(self) -> str:
        """Table and key, as findings name figures."""
        return f"{self.tabel}|{self.kunci}"


SEBAGIAN = "sebagian"


def held(tables: Mapping[str, pa.Table]) -> list[Held]:
    """Rows that are withheld or stale, and rows some of whose figures are."""
    names = dict(zip(*(tables["berkas"][c].to_pylist() for c in ("berkas_id", "nama")), strict=True))
    found: list[Held] = []
    with duckdb.connect() as con:
        for name, contract in _marts(tables):
            con.register("mart", tables[name])
            unit, year = _column(contract, ("kode_unit",)), _column(contract, YEAR)
            rows = con.execute(
                f"SELECT {contract.key_sql}, {unit}, {year}, status_terbit, alasan FROM mart "
                "WHERE status_terbit <> 'terbit' OR contains(alasan, ' ditahan: ') ORDER BY ALL"
            ).fetchall()
            con.unregister("mart")
            found += [
                Held(
                    name,
                    kunci,
                    kode,
                    when,
                    SEBAGIAN if status == "terbit" else status,
                    with_names(why or "", names),
                )
                for kunci, kode, when, status, why in rows
            ]
    return sorted(found, key=lambda h: (h.kode_unit or "~", h.periode or "~", h.tabel, h.kunci))


def with_figures(temuan: pa.Table, held_rows: list[Held]) -> pa.Table:
    """The findings with ``menahan``: the figures they withhold, and ``menyentuh``: others they are about."""
    not_out = {h.angka for h in held_rows}
    holding: list[str | None] = []
    touching: list[str | None] = []
    columns = (temuan[c].to_pylist() for c in ("angka_terkait", "akibat", "koreksi_id", "pengecualian_id"))
    for said, akibat, koreksi, pengecualian in zip(*columns, strict=True):
        named = said.split("; ") if said else []
        holds = akibat == "tahan" and not (koreksi or pengecualian)
        kept = [f for f in named if holds and f in not_out]
        holding.append("; ".join(kept) or None)
        touching.append("; ".join(f for f in named if f not in kept) or None)
    made = temuan.append_column("menahan", pa.array(holding, pa.string()))
    return made.append_column("menyentuh", pa.array(touching, pa.string()))


def named(temuan: pa.Table) -> Iterator[str]:
    """Every figure that a finding of ``with_figures`` names."""
    for column in ("menahan", "menyentuh"):
        for said in temuan[column].unique().to_pylist():
            yield from said.split("; ") if said else ()


def by_unit(
    tables: Mapping[str, pa.Table], temuan: pa.Table, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One row for each unit and year: figures by state, open findings by consequence, settled ones, light.

    Units that report themselves (``utama``) come first, among them those with something withheld; the others
    only stand in comparisons.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    with duckdb.connect() as con:
        for name, contract in _marts(tables):
            if "kode_unit" not in {c.name for c in contract.columns}:
                continue
            con.register("mart", tables[name])
            what = f"kode_unit, left({_column(contract, YEAR)}, 4), status_terbit, count(*)"
            found = con.execute(f"SELECT {what} FROM mart GROUP BY ALL").fetchall()
            _add(counts, found)
            if name in _PLANS:
                _add(counts, [(unit, year, PLANNED, n) for unit, year, _, n in found])
            con.unregister("mart")
        con.register("temuan", temuan)
        _add(counts, con.execute(_STATES).fetchall())
    own = _reporting(tables)
    rows = [
        {"kode_unit": unit, "tahun": year, "nama": names.get(unit, ""), "utama": unit in own,
         **{n: found[n] for n in ("terbit", "ditahan", "basi", *_OPEN, "selesai")}, "lampu": _light(found)}
        for (unit, year), found in counts.items()
    ]  # fmt: skip
    held = {r["kode_unit"] for r in rows if r["lampu"] == LIGHTS[0]}
    return sorted(
        rows,
        key=lambda r: (not r["utama"], r["kode_unit"] not in held, r["kode_unit"] or "~", r["tahun"]),
    )


_STATES = """
SELECT coalesce(kode_unit, ''), left(periode, 4),
       CASE WHEN koreksi_id IS NULL AND pengecualian_id IS NULL THEN akibat ELSE 'selesai' END, count(*)
FROM temuan GROUP BY ALL
"""


def _add(counts: dict[tuple[str, str], Counter[str]], rows: list[tuple[Any, ...]]) -> None:
    for unit, year, what, n in rows:
        counts.setdefault((unit or "", year or "-"), Counter())[what] += n


def _reporting(tables: Mapping[str, pa.Table]) -> set[str]:
    """Units with files of their own, or with a performance agreement."""
    said = tables["berkas"]["kode_unit"].unique().to_pylist()
    if "capaian_iku" in tables:
        said += tables["capaian_iku"]["kode_unit"].unique().to_pylist()
    return {u for u in said if u and len(u) == 6}


def _light(found: Counter[str]) -> str:
    if found["ditahan"] or found["tahan"] or found["henti"]:
        return "ditahan"
    if found["basi"] or found["tolak"]:
        return "perbaiki"
    if found[PLANNED] and found[PLANNED] == found["terbit"]:
        return PLANNED
    return "catatan" if found["ingat"] else "bersih"


def _marts(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, contracts.Table]]:
    for name in contracts.names("mart"):
        if name in tables and tables[name].num_rows:
            yield name, contracts.table(name)


def _column(contract: contracts.Table, names: tuple[str, ...]) -> str:
    known = {c.name for c in contract.columns}
    found = next((n for n in names if n in known), None)
    return f'CAST("{found}" AS VARCHAR)' if found else "CAST(NULL AS VARCHAR)"
