"""All formulas by id: the sentence that ``lumbung why`` prints, with legal basis and validity.

The ids are what marts write into the steps of a trail. A formula stands in the YAML beside its
module; this module only reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.formulas.exact import HERE, ParameterBroken, parameters


class UnknownFormula(KeyError):
    """A trail or a caller names a formula that no parameter file describes."""


@dataclass(frozen=True)
class Rumus:
    """One formula as it is explained to a reader (Indonesian sentences)."""

    id: str
    judul: str
    kalimat: str
    dasar_hukum: str
    berlaku: str | None


def rumus(id_: str) -> Rumus:
    """The formula with this id.

    Raises:
        UnknownFormula: if there is none.
    """
    try:
        return _all()[id_]
    except KeyError:
        raise UnknownFormula(f"no formula {id_!r}; known: {', '.join(sorted(_all()))}") from None


def semua() -> tuple[Rumus, ...]:
    """All formulas, ordered by id."""
    return tuple(_all()[key] for key in sorted(_all()))


def versi(also: Iterable[Path] = ()) -> str:
    """Version of the rules that make figures: hash over all formula modules and parameter files.

    Args:
        also: further files that belong to it (a unit's configuration, the catalogue).
    """
    digest = hashlib.sha256()
    for path in (*sorted(p for p in HERE.iterdir() if p.suffix in {".py", ".yaml"}), *also):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@cache
def _all() -> Mapping[str, Rumus]:
    found: dict[str, Rumus] = {}
    for path in sorted(HERE.glob("*.yaml")):
        said = parameters(path.stem)
        for entry in said.get("rumus", ()):
            if entry["id"] in found:
                raise ParameterBroken(f"{path.name}: formula {entry['id']!r} is described twice")
            found[entry["id"]] = _rumus(entry, said)
    return found


def _rumus(entry: Mapping[str, Any], said: Mapping[str, Any]) -> Rumus:
    """One entry; ``bagian`` names the part of the file whose validity it has."""
    words = {key: text for key, text in entry.items() if key != "bagian"}
    whole = said[entry["bagian"]] if "bagian" in entry else said
    return Rumus(**words, berlaku=_validity(whole.get("berlaku")))


def _validity(said: Mapping[str, Any] | None) -> str | None:
    if not said:
        return None
    until = said["sampai"]
    return f"sejak {said['dari']}" if until is None else f"{said['dari']} sampai {until}"
