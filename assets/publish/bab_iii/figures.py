"""One figure of a report: from its address in the warehouse to what a reader sees.

A definition of a figure (``angka`` of a sentence, a column of a table) says::

    dari: capaian_iku.realisasi     # table and column of the warehouse; "capaian_ringkasan.@kolom": the
                                    # column that the query names
    kunci: {rumus: rumus_resmi}     # key column: column of the query; "=RASIO" is that word itself;
                                    # a key column not named is the query's or the report's of the same name
    satuan: persen | "@satuan"      # literally, or from a column of the query
    desimal: 2 | asli | "@kolom"    # asli: as many as the value has; @: as the query says
    tanda: tidak                    # without % or Rp
    mutlak: ya                      # without its sign, where words say it (turun 0,05)

or ``hitung: kolom`` in place of ``dari``: what the report itself counts, without an address. The value
itself always comes from the table by its key, never from the query, so a query cannot change a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast, get_args

from assets.publish.bab_iii.blocks import Alamat, Angka, Keadaan, Satuan
from assets.publish.bab_iii.published import Published, Row
from assets.publish.bab_iii.shelf import DefinitionBroken
from warehouse import contracts
from warehouse.values.numbers import tampil

WITHHELD = "ditahan"
NONE = "-"
_MOST = 8  # decimals that a printed target may have; beyond it is a fraction, not a print
_UNITS = frozenset(get_args(Satuan))
_KNOWN = frozenset("dari kunci satuan desimal tanda mutlak hitung".split())


def figure(spec: Mapping[str, Any], row: Row, published: Published, where: str) -> Angka:
    """The figure that a definition names, for one row of its query.

    Args:
        spec: the definition, as in the head of this module.
        row: the row of the query with the report's own parameters.
        published: the warehouse.
        where: the definition's place, for the message about a mistake in it.

    Raises:
        DefinitionBroken: unknown words in the definition, or a key that the row does not give.
    """
    if strange := set(spec) - _KNOWN:
        raise DefinitionBroken(f"{where}: kata {sorted(strange)} tidak dikenal")
    if "hitung" in spec:
        return _shown(spec, row, _value(row[spec["hitung"]], where), None, "terbit", None)
    table, _, column = str(spec["dari"]).partition(".")
    if column.startswith("@"):
        column = str(row[column[1:]])
    address = Alamat(table, _key(spec, table, row, where), column)
    found = published.row(table, address.kunci)
    if found is None:
        return _shown(spec, row, None, address, "kosong", "barisnya tidak ada dalam gudang data")
    if column not in found:
        raise DefinitionBroken(f"{where}: tabel {table} tidak berkolom {column}")
    value = _value(found[column], where)
    return _shown(spec, row, value, address, _state(found, value), published.reason(found.get("alasan")))


def counted(spec: Mapping[str, Any], value: Decimal | int | None) -> Angka:
    """What the report itself makes of figures (a mean below a column), without an address."""
    return _shown(spec, {}, value, None, "kosong" if value is None else "terbit", None)


def _key(spec: Mapping[str, Any], table: str, row: Row, where: str) -> tuple[tuple[str, str], ...]:
    named = spec.get("kunci", {})
    key = []
    for column in contracts.table(table).key:
        source = str(named.get(column, column))
        if source.startswith("="):
            key.append((column, source[1:]))
        elif source in row:
            key.append((column, str(row[source])))
        else:
            raise DefinitionBroken(f"{where}: kunci {column} dari {table} tidak ada pada baris kuerinya")
    return tuple(key)


def _value(found: Any, where: str) -> Decimal | int | None:
    if found is None or (isinstance(found, Decimal | int) and not isinstance(found, bool)):
        return found
    raise DefinitionBroken(f"{where}: {found!r} bukan bilangan pasti")


def _state(found: Row, value: Decimal | int | None) -> Keadaan:
    if found.get("status_terbit") == "basi":
        return "basi"
    if value is not None:
        return "terbit"
    return "ditahan" if found.get("status_terbit") == "ditahan" else "kosong"


def _shown(
    spec: Mapping[str, Any],
    row: Row,
    value: Decimal | int | None,
    address: Alamat | None,
    state: Keadaan,
    reason: str | None,
) -> Angka:
    unit = _unit(spec, row)
    decimals = _decimals(spec, row, unit, value)
    told = reason if state != "terbit" else None
    if value is None:
        return Angka(WITHHELD if state == "ditahan" else NONE, None, address, unit, decimals, state, told)
    size = Decimal(value)
    if spec.get("mutlak"):
        size = abs(size)
    text = _text(size, unit, decimals, marked=spec.get("tanda", True))
    return Angka(text, value, address, unit, decimals, state, told)


def _unit(spec: Mapping[str, Any], row: Row) -> Satuan:
    said = str(spec.get("satuan", "nilai"))
    if said.startswith("@"):
        said = str(row.get(said[1:]) or "nilai")
    return cast("Satuan", said) if said in _UNITS else "nilai"


def _decimals(spec: Mapping[str, Any], row: Row, unit: Satuan, value: Decimal | int | None) -> int:
    said = spec.get("desimal", 0 if unit in {"bilangan", "tahun"} else 2)
    if isinstance(said, str) and said.startswith("@"):
        said = row[said[1:]]
    if value is None or isinstance(value, int):
        return said if isinstance(said, int) else 0
    own = _own_decimals(value)
    if said == "asli":
        return own if own <= _MOST else 2
    return _enough(value, int(said), own)


def _own_decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _enough(value: Decimal, said: int, own: int) -> int:
    """As many decimals as said, or as many as it takes that a small figure is not shown as nothing."""
    decimals = said
    while value and decimals < own and abs(value) < Decimal(5).scaleb(-decimals - 1):
        decimals += 1
    return decimals


def _text(value: Decimal, unit: Satuan, decimals: int, *, marked: bool) -> str:
    if unit == "tahun":
        return str(value)
    shown = tampil(value, decimals)
    if unit == "persen" and marked:
        return f"{shown}%"
    if unit == "rupiah" and marked:
        return f"-Rp{shown[1:]}" if shown.startswith("-") else f"Rp{shown}"
    return shown
